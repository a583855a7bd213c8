//! How many items there are: from the sums of the turns where a sum exists, counted once for each
//! state of the journal where none does. A number and its list ask the same condition.

use mechanisms::{light::Light, plan::item::Timeliness};
use sqlx::{AssertSqlSafe, Row};

use super::{
    Counts, Filter,
    filter::{light_condition, timeliness_condition},
    top,
};
use crate::{
    access::{Me, Scope},
    failure::Failure,
};

/// What an overview shows of all items within a scope.
#[derive(Clone, Copy, Debug, Default)]
struct Totals {
    counts: Counts,
    groups: [i64; 5],
}

/// How many items the list has.
pub async fn count(me: &Me, filter: &Filter) -> Result<i64, Failure> {
    if let Some(n) = summed(me, filter).await? {
        return Ok(n);
    }
    let (few, condition) = (filter.few(me), filter.condition(me).await?);
    let text = format!("select count(*) from {few}{condition}");
    let (area, q) = (filter.area_text(), filter.q_text(me));
    let question = format!("{text}\n{area}\n{q}");
    me.remember(&question, async {
        let row = sqlx::query(AssertSqlSafe(text))
            .bind(me.body.id)
            .bind(me.today().to_string())
            .bind(area)
            .bind(q)
            .fetch_one(me.house.store.reader())
            .await?;
        Ok(row.try_get(0)?)
    })
    .await
}

/// The sum behind a list that asks for a plan, a light or a group of timeliness alone.
async fn summed(me: &Me, filter: &Filter) -> Result<Option<i64>, Failure> {
    let plain = Filter {
        light: filter.light.clone(),
        timeliness: filter.timeliness.clone(),
        plan: filter.plan,
        sort: filter.sort.clone(),
        zoom: filter.zoom.clone(),
        page: filter.page,
        all: filter.all,
        level: filter.level.clone(),
        ..Filter::default()
    };
    // Within a scope there are sums of everything only.
    let known = me.scope == Scope::All || filter.plan.is_none();
    if plain != *filter || !known {
        return Ok(None);
    }
    let plans = plans(me, filter.plan, filter.level.as_deref() == Some("all")).await?;
    match (filter.light.as_deref(), filter.timeliness.as_deref()) {
        (Some(_), Some(_)) => Ok(None),
        (None, Some(group)) => {
            let Some(place) = Timeliness::ALL.iter().position(|one| one.word() == group) else {
                return Ok(None);
            };
            Ok(grouped(me, &plans).await?.get(place).copied())
        }
        (light, None) => {
            let counts = lit(me, &plans).await?;
            Ok(match light {
                None => Some(counts.total()),
                Some("urgent") => Some(counts.late + counts.warn),
                Some(word) => Light::ALL
                    .iter()
                    .find(|light| light.word() == word)
                    .map(|light| counts.of(*light)),
            })
        }
    }
}

/// The lights of a plan, or of the body's own plans, within the officer's scope.
pub async fn counts(me: &Me, plan: Option<i64>) -> Result<Counts, Failure> {
    let plans = plans(me, plan, false).await?;
    lit(me, &plans).await
}

/// How many items are in each of the five official groups: on time, late, not yet due, overdue,
/// undated.
pub async fn timely(me: &Me) -> Result<[i64; 5], Failure> {
    let plans = plans(me, None, false).await?;
    grouped(me, &plans).await
}

/// The condition on the plan of a row `m`, after the others.
async fn plans(me: &Me, plan: Option<i64>, every: bool) -> Result<String, Failure> {
    match plan {
        Some(plan) => Ok(format!(" and m.plan = {plan}")),
        None if every => Ok(String::new()),
        None => Ok(top(me).await?.to_owned()),
    }
}

async fn lit(me: &Me, plans: &str) -> Result<Counts, Failure> {
    if me.scope != Scope::All {
        return Ok(totals(me, plans).await?.counts);
    }
    me.remember(&format!("lights{plans}"), async {
        // A day that is none comes before every other.
        let text = format!(
            "select m.standing, m.turn, cast(sum(m.n) as bigint) from tally m \
             where m.jurisdiction = $1 and m.kind = 'item' and m.standing <> 'gone' \
             and m.day <= $2{plans} group by m.standing, m.turn order by 1, 2"
        );
        let rows = sqlx::query(AssertSqlSafe(text))
            .bind(me.body.id)
            .bind(me.today().to_string())
            .fetch_all(me.house.store.reader())
            .await?;
        let mut counts = Counts::default();
        let mut amber_or_red = 0;
        for row in &rows {
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
    })
    .await
}

async fn grouped(me: &Me, plans: &str) -> Result<[i64; 5], Failure> {
    if me.scope != Scope::All {
        return Ok(totals(me, plans).await?.groups);
    }
    me.remember(&format!("groups{plans}"), async {
        let text = format!(
            "select {}, {}, {}, {}, {} from tally_due m where m.jurisdiction = $1 \
             and m.kind = 'item' and $2 <> ''{plans}",
            sum("m.standing = 'done' and m.due_on = 'kept'", "m.n"),
            sum("m.standing = 'done' and m.due_on = 'missed'", "m.n"),
            sum("m.standing in ('open', 'hold') and m.due_on >= $2 and m.due_on < 'a'", "m.n"),
            sum("m.standing in ('open', 'hold') and m.due_on < $2", "m.n"),
            sum("m.standing not in ('draft', 'gone') and m.due_on = 'none'", "m.n"),
        );
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

fn sum(condition: &str, n: &str) -> String {
    format!("cast(coalesce(sum(case when {condition} then {n} else 0 end), 0) as bigint)")
}

/// Everything a scope's overview counts, in one pass over the scope.
async fn totals(me: &Me, plans: &str) -> Result<Totals, Failure> {
    me.remember(&format!("totals{plans}"), async {
        let lights = Light::ALL.iter().map(|light| light_condition(Some(light.word())).to_owned());
        let groups = Timeliness::ALL.iter().map(|group| {
            format!("m.standing <> 'gone'{}", timeliness_condition(Some(group.word())))
        });
        let sums: Vec<String> =
            lights.chain(groups).map(|condition| sum(&condition, "1")).collect();
        let text = format!(
            "select {} from {}m.jurisdiction = $1 and m.kind = 'item' and $2 <> ''{plans}",
            sums.join(", "),
            Filter::default().few(me),
        );
        let row = sqlx::query(AssertSqlSafe(text))
            .bind(me.body.id)
            .bind(me.today().to_string())
            .fetch_one(me.house.store.reader())
            .await?;
        let mut totals = Totals::default();
        for (place, light) in Light::ALL.iter().enumerate() {
            *totals.counts.of_mut(*light) = row.try_get(place)?;
        }
        for (place, group) in totals.groups.iter_mut().enumerate() {
            *group = row.try_get(Light::ALL.len() + place)?;
        }
        Ok(totals)
    })
    .await
}
