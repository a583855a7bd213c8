//! Which items a list shows: every filter, order and page of it lives in the address, and the
//! number that led here and the count here come from the same condition.

use mechanisms::{
    Day,
    light::{Light, Turns},
    plan::item::Timeliness,
};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

pub use self::{
    filter::{CASCADED, Filter},
    span::{Origin, PlanLine, Span, plans, span},
    sums::{Counts, Groups, by_unit, counts, timely},
};
use crate::{
    access::{Me, Scope},
    failure::Failure,
};

mod filter;
pub mod goals;
pub mod past;
pub mod problems;
mod span;
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
    pub plan: i64,
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

/// The columns of a [`Line`], in order.
const LINE: &str = "m.id, m.number, m.title, m.parent, m.lead_unit, m.sponsor, m.owner, m.stage, \
    m.standing, m.start_on, m.due_on, m.forecast_on, m.latest_start_on, m.done_on, m.percent, \
    m.yellow_on, m.red_on, m.plan";

/// One page of the list, most urgent first unless the address says otherwise.
pub async fn lines(me: &Me, filter: &Filter, limit: i64, skip: i64) -> Result<Vec<Line>, Failure> {
    if me.past.is_some() {
        return past::lines(me, filter, limit, skip).await;
    }
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
    // Which rows they are is found in an index; only the page's own rows are fetched. A cross
    // join is read in the order in which it is written.
    let text = format!(
        "select {LINE} from (select m.id from {few}{} order by {order} limit {limit} \
         offset {skip}) k cross join matter m where m.jurisdiction = $1 and m.kind = 'item' \
         and m.id = k.id order by {order}",
        filter.condition(me).await?
    );
    let question = format!("{text}\n{}\n{}", filter.area_text(), filter.q_text(me));
    me.remember(&question, async {
        let rows = read(me, filter, text).await?;
        rows.iter().map(|row| line(row, me.today())).collect()
    })
    .await
}

/// The items of some goals, goal by goal, by number.
pub async fn of_goals(me: &Me, goals: &[i64], filter: &Filter) -> Result<Vec<Line>, Failure> {
    if goals.is_empty() {
        return Ok(Vec::new());
    }
    if me.past.is_some() {
        return past::of_goals(me, goals, filter).await;
    }
    let list: Vec<String> = goals.iter().map(i64::to_string).collect();
    let text = format!(
        "select {LINE} from matter m where {} and m.parent in ({}) order by m.parent, m.sort, m.id",
        filter.condition(me).await?,
        list.join(", ")
    );
    let rows = read(me, filter, text).await?;
    rows.iter().map(|row| line(row, me.today())).collect()
}

/// Rows `m` under the condition of an address, with what it binds.
pub async fn read(me: &Me, filter: &Filter, text: String) -> Result<Vec<AnyRow>, Failure> {
    let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id).bind(me.today().to_string());
    let query = query.bind(filter.area_text()).bind(filter.q_text(me));
    Ok(query.fetch_all(me.house.store.reader()).await?)
}

/// How many items the list has. Sums answer where a sum exists.
pub async fn count(me: &Me, filter: &Filter) -> Result<i64, Failure> {
    let plain = Filter {
        light: filter.light.clone(),
        sort: filter.sort.clone(),
        zoom: filter.zoom.clone(),
        page: filter.page,
        all: filter.all,
        shut: filter.shut.clone(),
        ..filter.bounds()
    };
    if plain == *filter && me.scope == Scope::All {
        return Ok(counts(me, filter).await?.named(filter.light.as_deref()));
    }
    if me.past.is_some() {
        return past::count(me, filter).await;
    }
    let besides = Filter { timeliness: None, origin: None, ..filter.clone() };
    if let Some(group) = filter.timeliness.as_deref()
        && me.scope == Scope::All
        && filter.light.is_none()
        && plain == besides
    {
        let place = Timeliness::ALL.iter().position(|one| one.word() == group);
        let groups = timely(me, filter).await?;
        let of = |origin: usize| match (place, group) {
            (Some(place), _) => groups[origin][place],
            (None, "issued") => groups[origin].iter().sum(),
            _ => 0,
        };
        return Ok(match filter.origin() {
            Some(Origin::Carried) => of(0),
            Some(Origin::New) => of(1),
            None => of(0) + of(1),
        });
    }
    let (few, condition) = (filter.few(me), filter.condition(me).await?);
    let text = format!("select count(*) from {few}{condition}");
    let question = format!("{text}\n{}\n{}", filter.area_text(), filter.q_text(me));
    me.remember(&question, async {
        let rows = read(me, filter, text).await?;
        Ok(rows.first().map_or(Ok(0), |row| row.try_get(0))?)
    })
    .await
}

/// Which items somebody who sees a part may see, said shortly: how many, and the sum of their ids.
/// Who gets or loses a part in one changes both.
pub async fn which(me: &Me, bounds: &Filter) -> Result<(i64, i64), Failure> {
    let plans = match bounds.plan {
        Some(plan) => plan.to_string(),
        None => span(me, bounds).await?.plans(),
    };
    let text = format!(
        "select count(*), cast(coalesce(sum(m.id), 0) as bigint) from {}m.jurisdiction = $1 \
         and m.kind = 'item' and m.plan in ({plans}) and {}",
        Filter::default().few(me),
        me.scope.condition()
    );
    me.remember(&text.clone(), async {
        let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id);
        let row = query.fetch_one(me.house.store.reader()).await?;
        Ok((row.try_get(0)?, row.try_get(1)?))
    })
    .await
}

/// The light a matter of any kind shows on a day.
fn light(standing: &str, turns: Turns, today: Day) -> Light {
    match standing {
        "draft" | "gone" => Light::Idle,
        "hold" => Light::Hold,
        "done" => Light::Done,
        _ => turns.light(today),
    }
}

fn line(row: &AnyRow, today: Day) -> Result<Line, Failure> {
    let day = |place: usize| -> Result<Option<Day>, Failure> {
        let text: Option<String> = row.try_get(place)?;
        Ok(text.and_then(|text| text.parse().ok()))
    };
    let standing: String = row.try_get(8)?;
    let (yellow_on, red_on) = (day(15)?, day(16)?);
    let turns = Turns { yellow_on, red_on };
    let light = light(&standing, turns, today);
    Ok(Line {
        id: row.try_get(0)?,
        number: row.try_get(1)?,
        title: row.try_get(2)?,
        goal: row.try_get::<Option<i64>, _>(3)?.unwrap_or(0),
        plan: row.try_get::<Option<i64>, _>(17)?.unwrap_or(0),
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
