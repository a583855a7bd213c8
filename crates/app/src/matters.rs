//! Which items a list shows: every filter, order and page of it lives in the address, and the
//! number that led here and the count here come from the same condition.

use mechanisms::{Day, light::Light, plan::item::Timeliness};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

pub use self::filter::{CASCADED, Filter};
use crate::{
    access::{Me, Scope},
    failure::Failure,
};

mod filter;

/// Rows on one page of a list.
pub const PAGE: i64 = 50;

/// One line of a list.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: i64,
    pub number: String,
    pub title: String,
    pub goal: i64,
    pub lead: Option<i64>,
    pub sponsor: Option<i64>,
    pub owner: Option<i64>,
    pub stage: String,
    pub standing: String,
    pub start_on: Option<Day>,
    pub due_on: Option<Day>,
    pub forecast_on: Option<Day>,
    pub latest_start_on: Option<Day>,
    pub done_on: Option<Day>,
    pub percent: i64,
    pub yellow_on: Option<Day>,
    pub red_on: Option<Day>,
    pub light: Light,
}

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

    fn add(&mut self, light: &str, n: i64) {
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
pub const LIGHT: &str = "case when m.standing = 'draft' then 'idle' \
    when m.standing = 'hold' then 'hold' when m.standing = 'done' then 'done' \
    when m.red_on <= $2 then 'late' when m.yellow_on <= $2 then 'warn' else 'ok' end";

/// The columns of a [`Line`], in order.
const LINE: &str = "m.id, m.number, m.title, m.parent, m.lead_unit, m.sponsor, m.owner, m.stage, \
    m.standing, m.start_on, m.due_on, m.forecast_on, m.latest_start_on, m.done_on, m.percent, \
    m.yellow_on, m.red_on";

/// One page of the list, most urgent first unless the address says otherwise.
pub async fn lines(me: &Me, filter: &Filter, limit: i64, skip: i64) -> Result<Vec<Line>, Failure> {
    let order = match (filter.sort.as_deref(), filter.light.as_deref()) {
        (Some("number"), _) => "m.plan, m.sort, m.id",
        (_, Some("late")) => "m.urgent_on, m.sort, m.id",
        (_, Some("warn")) => "m.yellow_on, m.id",
        (_, Some("done" | "hold" | "idle")) => "m.plan, m.sort, m.id",
        _ => "m.urgent_on, m.sort, m.id",
    };
    let text = format!(
        "select {LINE} from matter m where {} order by {order} limit {limit} offset {skip}",
        filter.condition(me).await?
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(me.today().to_string())
        .bind(filter.area_text())
        .bind(filter.q_text())
        .fetch_all(me.house.store.reader())
        .await?;
    rows.iter().map(|row| line(row, me.today())).collect()
}

/// The items of some goals, by number.
pub async fn of_goals(me: &Me, goals: &[i64], filter: &Filter) -> Result<Vec<Line>, Failure> {
    if goals.is_empty() {
        return Ok(Vec::new());
    }
    let list: Vec<String> = goals.iter().map(i64::to_string).collect();
    let text = format!(
        "select {LINE} from matter m where {} and m.parent in ({}) order by m.sort, m.id",
        filter.condition(me).await?,
        list.join(", ")
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(me.today().to_string())
        .bind(filter.area_text())
        .bind(filter.q_text())
        .fetch_all(me.house.store.reader())
        .await?;
    rows.iter().map(|row| line(row, me.today())).collect()
}

/// How many items the list has. Sums answer where a sum exists.
pub async fn count(me: &Me, filter: &Filter) -> Result<i64, Failure> {
    let plain = Filter {
        light: filter.light.clone(),
        plan: filter.plan,
        sort: filter.sort.clone(),
        zoom: filter.zoom.clone(),
        page: filter.page,
        all: filter.all,
        level: filter.level.clone(),
        ..Filter::default()
    };
    let whole = plain == *filter && filter.level.is_none();
    if whole && me.scope == Scope::All {
        let counts = counts(me, filter.plan).await?;
        return Ok(match filter.light.as_deref() {
            Some("urgent") => counts.late + counts.warn,
            Some(word) => Light::ALL
                .iter()
                .find(|light| light.word() == word)
                .map_or(0, |light| counts.of(*light)),
            None => counts.total(),
        });
    }
    let besides = Filter { timeliness: None, ..filter.clone() };
    if let Some(group) = filter.timeliness.as_deref()
        && me.scope == Scope::All
        && filter.light.is_none()
        && filter.level.is_none()
        && plain == besides
    {
        let place = Timeliness::ALL.iter().position(|one| one.word() == group);
        let groups = timely(me, filter.plan).await?;
        return Ok(place.and_then(|place| groups.get(place)).copied().unwrap_or(0));
    }
    let text = format!("select count(*) from matter m where {}", filter.condition(me).await?);
    let row = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(me.today().to_string())
        .bind(filter.area_text())
        .bind(filter.q_text())
        .fetch_one(me.house.store.reader())
        .await?;
    Ok(row.try_get(0)?)
}

/// How many items are in each of the five official groups, from the sums: on time, late, not yet
/// due, overdue, undated.
pub async fn timely(me: &Me, plan: Option<i64>) -> Result<[i64; 5], Failure> {
    let of_plan = match plan {
        Some(plan) => format!(" and m.plan = {plan}"),
        None => top(me).await?.to_owned(),
    };
    let sum = |condition: &str| {
        format!("cast(coalesce(sum(case when {condition} then m.n else 0 end), 0) as bigint)")
    };
    let text = format!(
        "select {}, {}, {}, {}, {} from tally_due m where m.jurisdiction = $1 \
         and m.kind = 'item' and $2 <> ''{of_plan}",
        sum("m.standing = 'done' and m.due_on = 'kept'"),
        sum("m.standing = 'done' and m.due_on = 'missed'"),
        sum("m.standing in ('open', 'hold') and m.due_on >= $2 and m.due_on < 'a'"),
        sum("m.standing in ('open', 'hold') and m.due_on < $2"),
        sum("m.standing not in ('draft', 'gone') and m.due_on = 'none'"),
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
}

/// The condition on a row `m` that it stands in one of the body's own plans, for those who see
/// everything: what units below do for the same commitment is not counted twice. A unit's own
/// officers count all they have a part in.
pub async fn top(me: &Me) -> Result<&str, Failure> {
    me.top.get_or_try_init(|| read_top(me)).await.map(String::as_str)
}

async fn read_top(me: &Me) -> Result<String, Failure> {
    if me.scope != Scope::All {
        return Ok(String::new());
    }
    let rows = sqlx::query("select id, parent from plan where jurisdiction = $1 order by id")
        .bind(me.body.id)
        .fetch_all(me.house.store.reader())
        .await?;
    let mut tops = Vec::new();
    for row in &rows {
        let (id, parent): (i64, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
        if parent.is_none() {
            tops.push(id.to_string());
        }
    }
    if tops.len() == rows.len() {
        return Ok(String::new());
    }
    Ok(format!(" and m.plan in ({})", tops.join(", ")))
}

/// The lights of a plan, or of the body's own plans, within the officer's scope.
pub async fn counts(me: &Me, plan: Option<i64>) -> Result<Counts, Failure> {
    let of_plan = match plan {
        Some(plan) => format!(" and m.plan = {plan}"),
        None => top(me).await?.to_owned(),
    };
    let text = if me.scope == Scope::All {
        // A row of the tally stands for `n` rows of `matter`; a day that never comes for none.
        format!(
            "select {LIGHT} as light, cast(sum(m.n) as bigint) from tally m \
             where m.jurisdiction = $1 and m.kind = 'item' and m.standing <> 'gone'{of_plan} \
             group by 1 order by 1"
        )
    } else {
        format!(
            "select {LIGHT} as light, count(*) from matter m where m.jurisdiction = $1 \
             and m.kind = 'item' and m.standing <> 'gone'{of_plan} and {} group by 1 order by 1",
            me.scope.condition()
        )
    };
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(me.today().to_string())
        .fetch_all(me.house.store.reader())
        .await?;
    let mut counts = Counts::default();
    for row in &rows {
        let light: String = row.try_get(0)?;
        counts.add(&light, row.try_get(1)?);
    }
    Ok(counts)
}

fn line(row: &AnyRow, today: Day) -> Result<Line, Failure> {
    let day = |place: usize| -> Result<Option<Day>, Failure> {
        let text: Option<String> = row.try_get(place)?;
        Ok(text.and_then(|text| text.parse().ok()))
    };
    let standing: String = row.try_get(8)?;
    let (yellow_on, red_on) = (day(15)?, day(16)?);
    let turns = mechanisms::light::Turns { yellow_on, red_on };
    let light = match standing.as_str() {
        "draft" | "gone" => Light::Idle,
        "hold" => Light::Hold,
        "done" => Light::Done,
        _ => turns.light(today),
    };
    Ok(Line {
        id: row.try_get(0)?,
        number: row.try_get(1)?,
        title: row.try_get(2)?,
        goal: row.try_get::<Option<i64>, _>(3)?.unwrap_or(0),
        lead: row.try_get(4)?,
        sponsor: row.try_get(5)?,
        owner: row.try_get(6)?,
        stage: row.try_get(7)?,
        standing,
        start_on: day(9)?,
        due_on: day(10)?,
        forecast_on: day(11)?,
        latest_start_on: day(12)?,
        done_on: day(13)?,
        percent: row.try_get::<Option<i64>, _>(14)?.unwrap_or(0),
        yellow_on,
        red_on,
        light,
    })
}

impl Line {
    /// Days by which the forecast (or today) passes the deadline; negative when early.
    pub fn slip(&self, today: Day) -> Option<i64> {
        let (due, forecast) = (
            self.due_on?,
            self.forecast_on.unwrap_or(today).max(if self.standing == "done" {
                Day::MIN
            } else {
                today
            }),
        );
        Some(i64::from(due.until(forecast).ok()?.get_days()))
    }
}
