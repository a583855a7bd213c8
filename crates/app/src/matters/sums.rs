//! Sums: how many items show each light and stand in each official group. Where somebody sees
//! everything, the tally answers; else the rows are counted, once for each state of the journal.
//! A past day is replayed.

use std::collections::BTreeMap;

use mechanisms::light::Light;
use sqlx::{AssertSqlSafe, Row};

use super::{
    Filter, past,
    span::{Span, span},
};
use crate::{
    access::{Me, Scope},
    failure::Failure,
};

/// How many items show each light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub late: i64,
    pub warn: i64,
    pub ok: i64,
    pub idle: i64,
    pub hold: i64,
    pub done: i64,
}

/// The five official groups, in their order.
pub type Groups = [i64; 5];

impl Counts {
    pub fn total(&self) -> i64 {
        self.late + self.warn + self.ok + self.idle + self.hold + self.done
    }

    pub fn of(&self, light: Light) -> i64 {
        match light {
            Light::Late => self.late,
            Light::Warn => self.warn,
            Light::Ok => self.ok,
            Light::Idle => self.idle,
            Light::Hold => self.hold,
            Light::Done => self.done,
        }
    }

    /// How many a list narrowed to a light has; `urgent` is red and amber.
    pub fn named(&self, light: Option<&str>) -> i64 {
        match light {
            Some("urgent") => self.late + self.warn,
            Some(word) => Light::ALL
                .iter()
                .find(|light| light.word() == word)
                .map_or(0, |light| self.of(*light)),
            None => self.total(),
        }
    }

    pub(super) fn add(&mut self, light: &str, n: i64) {
        match light {
            "late" => self.late += n,
            "warn" => self.warn += n,
            "ok" => self.ok += n,
            "idle" => self.idle += n,
            "hold" => self.hold += n,
            _ => self.done += n,
        }
    }
}

/// The light of a row `m`, `$2` being today: the same comparison the rules make.
const LIGHT: &str = "case when m.standing = 'draft' then 'idle' \
    when m.standing = 'hold' then 'hold' when m.standing = 'done' then 'done' \
    when m.red_on <= $2 then 'late' when m.yellow_on <= $2 then 'warn' else 'ok' end";

/// The lights of the plan or the year an address means, within the officer's scope.
pub async fn counts(me: &Me, filter: &Filter) -> Result<Counts, Failure> {
    let bounds = filter.bounds();
    if me.scope != Scope::All {
        return match me.past {
            Some(_) => past::counts(me, &bounds).await,
            None => counted(me, &bounds).await,
        };
    }
    let span = span(me, filter).await?;
    let (of_plan, whole) = match filter.plan {
        Some(plan) => (format!(" and m.plan = {plan}"), true),
        None => (span.sums(), span.old.is_empty()),
    };
    if me.past.is_some() {
        let plans = filter.plan.map_or_else(|| span.plans(), |plan| plan.to_string());
        return then(me, &bounds, &plans).await;
    }
    // A day that is none comes before every other.
    let text = format!(
        "select m.standing, m.turn, cast(sum(m.n) as bigint) from tally m \
         where m.jurisdiction = $1 and m.kind = 'item' and m.standing <> 'gone' \
         and m.day <= $2{of_plan} group by m.standing, m.turn order by 1, 2"
    );
    me.remember(&format!("lights{of_plan}{whole}"), async {
        let mut counts = lit(me, text).await?;
        if !whole {
            counts.done += ended(me, &span).await?.iter().sum::<i64>();
        }
        Ok(counts)
    })
    .await
}

async fn lit(me: &Me, text: String) -> Result<Counts, Failure> {
    let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id).bind(me.today().to_string());
    let (mut counts, mut amber_or_red) = (Counts::default(), 0);
    for row in &query.fetch_all(me.house.store.reader()).await? {
        let (standing, turn): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let n: i64 = row.try_get(2)?;
        match (standing.as_str(), turn.as_str()) {
            ("open", "") => counts.ok = n,
            ("open", "late") => counts.late = n,
            ("open", "warn") => amber_or_red = n,
            ("draft", "") => counts.idle = n,
            ("hold", "") => counts.hold = n,
            ("done", "") => counts.done = n,
            _ => {}
        }
    }
    counts.ok -= amber_or_red;
    counts.warn = amber_or_red - counts.late;
    Ok(counts)
}

/// The lights of a past day. The tally knows red and amber of every day; what else there was is
/// replayed, where that is not too much.
async fn then(me: &Me, bounds: &Filter, plans: &str) -> Result<Counts, Failure> {
    if past::within(me, bounds).await? {
        return past::counts(me, bounds).await;
    }
    let text = format!(
        "select m.turn, cast(coalesce(sum(m.n), 0) as bigint) from tally_day m \
         where m.jurisdiction = $1 and m.kind = 'item' and m.plan in ({plans}) and m.day <= $2 \
         group by m.turn order by 1"
    );
    let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id).bind(me.today().to_string());
    let (mut late, mut amber_or_red) = (0, 0);
    for row in &query.fetch_all(me.house.store.reader()).await? {
        match row.try_get::<String, _>(0)?.as_str() {
            "late" => late = row.try_get(1)?,
            _ => amber_or_red = row.try_get(1)?,
        }
    }
    Ok(Counts { late, warn: amber_or_red - late, ..Counts::default() })
}

async fn counted(me: &Me, bounds: &Filter) -> Result<Counts, Failure> {
    let (few, condition) = (bounds.few(me), bounds.condition(me).await?);
    let text =
        format!("select {LIGHT} as light, count(*) from {few}{condition} group by 1 order by 1");
    me.remember(&text.clone(), async {
        let mut counts = Counts::default();
        for row in &super::read(me, bounds, text).await? {
            let light: String = row.try_get(0)?;
            counts.add(&light, row.try_get(1)?);
        }
        Ok(counts)
    })
    .await
}

/// What earlier years' plans ended in this one: on time, late, without a deadline.
async fn ended(me: &Me, span: &Span) -> Result<[i64; 3], Failure> {
    if me.past.is_some() {
        return past::ended(me, span).await;
    }
    let sum = |word: &str| {
        format!(
            "cast(coalesce(sum(case when m.due_on >= '{word}-{}' and m.due_on < '{word}.' \
             then m.n else 0 end), 0) as bigint)",
            span.year
        )
    };
    let text = format!(
        "select {}, {}, {} from tally_due m where m.jurisdiction = $1 and m.kind = 'item' \
         and m.standing = 'done' and m.plan in ({})",
        sum("kept"),
        sum("missed"),
        sum("none"),
        super::span::list(&span.old)
    );
    me.remember(&text.clone(), async {
        let row = sqlx::query(AssertSqlSafe(text))
            .bind(me.body.id)
            .fetch_one(me.house.store.reader())
            .await?;
        Ok([row.try_get(0)?, row.try_get(1)?, row.try_get(2)?])
    })
    .await
}

/// How many items are in each of the five official groups: on time, late, not yet due, overdue,
/// undated; what earlier years left, then what is new.
pub async fn timely(me: &Me, filter: &Filter) -> Result<[Groups; 2], Failure> {
    if me.past.is_some() {
        return past::timely(me, &filter.bounds()).await;
    }
    let mut groups = [[0; 5]; 2];
    if me.scope != Scope::All {
        for of_unit in by_unit(me, filter).await?.values() {
            for (sum, of_origin) in groups.iter_mut().zip(of_unit) {
                sum.iter_mut().zip(of_origin).for_each(|(sum, n)| *sum += n);
            }
        }
        return Ok(groups);
    }
    if let Some(plan) = filter.plan {
        groups[1] = of_plans(me, &plan.to_string(), true).await?;
        return Ok(groups);
    }
    let span = span(me, filter).await?;
    groups[1] = of_plans(me, &super::span::list(&span.new), true).await?;
    if !span.old.is_empty() {
        groups[0] = of_plans(me, &super::span::list(&span.old), false).await?;
        let ended = ended(me, &span).await?;
        groups[0][0] += ended[0];
        groups[0][1] += ended[1];
        groups[0][4] += ended[2];
    }
    Ok(groups)
}

/// The groups of some plans from the sums, with or without what has ended.
async fn of_plans(me: &Me, plans: &str, ended: bool) -> Result<Groups, Failure> {
    let sum = |condition: &str| {
        format!("cast(coalesce(sum(case when {condition} then m.n else 0 end), 0) as bigint)")
    };
    let standing = if ended { "" } else { " and m.standing in ('open', 'hold')" };
    let text = format!(
        "select {}, {}, {}, {}, {} from tally_due m where m.jurisdiction = $1 \
         and m.kind = 'item' and $2 <> '' and m.plan in ({plans}){standing}",
        sum("m.due_on >= 'kept' and m.due_on < 'kept.'"),
        sum("m.due_on >= 'missed' and m.due_on < 'missed.'"),
        sum("m.standing in ('open', 'hold') and m.due_on >= $2 and m.due_on < 'a'"),
        sum("m.standing in ('open', 'hold') and m.due_on < $2"),
        sum("m.standing not in ('draft', 'gone') \
             and m.due_on >= 'none' and m.due_on < 'none.'"),
    );
    me.remember(&text.clone(), async {
        let row = sqlx::query(AssertSqlSafe(text))
            .bind(me.body.id)
            .bind(me.today().to_string())
            .fetch_one(me.house.store.reader())
            .await?;
        let mut groups = [0; 5];
        for (place, group) in groups.iter_mut().enumerate() {
            *group = row.try_get(place)?;
        }
        Ok(groups)
    })
    .await
}

/// The groups of every lead unit. Rows are counted: no sum knows units.
pub async fn by_unit(
    me: &Me,
    filter: &Filter,
) -> Result<BTreeMap<Option<i64>, [Groups; 2]>, Failure> {
    let bounds = filter.bounds();
    if me.past.is_some() {
        return past::by_unit(me, &bounds).await;
    }
    let new = match filter.plan {
        Some(plan) => plan.to_string(),
        None => span(me, filter).await?.of_year(),
    };
    let text = format!(
        "select m.lead_unit, case when m.plan in ({new}) then 1 else 0 end, case \
         when m.due_on is null then 4 when m.standing = 'done' and m.done_on <= m.due_on then 0 \
         when m.standing = 'done' then 1 when m.due_on >= $2 then 2 else 3 end, count(*) \
         from {}{} and m.standing <> 'draft' group by 1, 2, 3 order by 1, 2, 3",
        bounds.few(me),
        bounds.condition(me).await?
    );
    me.remember(&text.clone(), async {
        let mut units: BTreeMap<Option<i64>, [Groups; 2]> = BTreeMap::new();
        for row in &super::read(me, &bounds, text).await? {
            let (origin, group): (i64, i64) = (row.try_get(1)?, row.try_get(2)?);
            let place = |n: i64| usize::try_from(n).unwrap_or(0);
            let groups = units.entry(row.try_get(0)?).or_default();
            groups[place(origin)][place(group)] += row.try_get::<i64, _>(3)?;
        }
        Ok(units)
    })
    .await
}
