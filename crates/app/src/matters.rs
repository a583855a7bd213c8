//! Which items a list shows: every filter, order and page of it lives in the address, and the
//! number that led here and the count here come from the same condition.

use mechanisms::{Day, light::Light};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

pub use self::{
    filter::{CASCADED, Filter},
    sums::{count, counts, timely},
};
use crate::{
    access::{Me, Scope},
    failure::Failure,
};

mod filter;
mod sums;

/// Matters that are sooner sorted than looked for among a million in order.
const FEW: i64 = 2_000;

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

    fn of_mut(&mut self, light: Light) -> &mut i64 {
        match light {
            Light::Late => &mut self.late,
            Light::Warn => &mut self.warn,
            Light::Ok => &mut self.ok,
            Light::Idle => &mut self.idle,
            Light::Hold => &mut self.hold,
            Light::Done => &mut self.done,
        }
    }
}

/// The columns of a [`Line`], in order.
const LINE: &str = "m.id, m.number, m.title, m.parent, m.lead_unit, m.sponsor, m.owner, m.stage, \
    m.standing, m.start_on, m.due_on, m.forecast_on, m.latest_start_on, m.done_on, m.percent, \
    m.yellow_on, m.red_on";

/// One page of the list, most urgent first unless the address asks for the numbers' order.
pub async fn lines(me: &Me, filter: &Filter, limit: i64, skip: i64) -> Result<Vec<Line>, Failure> {
    let order = match filter.sort.as_deref() {
        Some("number") => "m.sort, m.id",
        _ => "m.urgent_on, m.sort, m.id",
    };
    // In the order of an index one reads on until a page is full, which is soon where many pass.
    // Few that pass are read themselves, and sorted. Searching asks; so does whoever sees a part.
    let asked = filter.q.as_deref().is_some_and(|q| !q.trim().is_empty());
    let few = match asked || me.scope != Scope::All {
        true if count(me, filter).await? <= FEW => filter.few(me),
        _ => "matter m where ".to_owned(),
    };
    // Which rows they are is found in an index; only the page's own rows are fetched.
    let text = format!(
        "select {LINE} from (select m.id from {few}{} order by {order} limit {limit} \
         offset {skip}) k cross join matter m where m.jurisdiction = $1 and m.kind = 'item' \
         and m.id = k.id order by {order}",
        filter.condition(me).await?
    );
    let (area, q) = (filter.area_text(), filter.q_text(me));
    let question = format!("{text}\n{area}\n{q}");
    let lines = me.remember(&question, async {
        let rows = sqlx::query(AssertSqlSafe(text))
            .bind(me.body.id)
            .bind(me.today().to_string())
            .bind(area)
            .bind(q)
            .fetch_all(me.house.store.reader())
            .await?;
        rows.iter().map(|row| line(row, me.today())).collect()
    });
    lines.await
}

/// The items of some goals, goal by goal, by number.
pub async fn of_goals(me: &Me, goals: &[i64], filter: &Filter) -> Result<Vec<Line>, Failure> {
    if goals.is_empty() {
        return Ok(Vec::new());
    }
    let list: Vec<String> = goals.iter().map(i64::to_string).collect();
    let text = format!(
        "select {LINE} from matter m where {} and m.parent in ({}) order by m.parent, m.sort, m.id",
        filter.condition(me).await?,
        list.join(", ")
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(me.today().to_string())
        .bind(filter.area_text())
        .bind(filter.q_text(me))
        .fetch_all(me.house.store.reader())
        .await?;
    rows.iter().map(|row| line(row, me.today())).collect()
}

/// The condition on a row `m` that it stands in one of the body's own plans, for those who see
/// everything: what units below do for the same commitment is not counted twice. A unit's own
/// officers count all they have a part in.
pub async fn top(me: &Me) -> Result<&str, Failure> {
    me.top.get_or_try_init(|| me.remember("top", read_top(me))).await.map(String::as_str)
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
