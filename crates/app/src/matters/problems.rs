//! The problems a list shows: every filter, order and page of it lives in the address, and the
//! number that led here and the count here come from the same condition.
//!
//! `line.rs` is the row lists are read from, `filter.rs` the address, `sums.rs` the counts.

pub use self::{
    filter::{Filter, NARROWING},
    line::{PROBLEM_LINE, cast},
    sums::{Funnel, Owned, Tab, by_owner, by_unit, categories, counts, funnel, overdue, units},
};
use mechanisms::{Day, light::Light, problem::Problem};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{
    access::{Me, Scope},
    failure::{Failure, Meaning},
    store::{kept::replay, pen},
};

mod filter;
mod line;
mod sums;

/// Rows on one page of the ledger.
pub const PAGE: i64 = 20;

/// Problems looked up at once.
const TOGETHER: usize = 500;

/// One line of the ledger.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: i64,
    pub number: String,
    pub title: String,
    pub unit: i64,
    pub sponsor: Option<i64>,
    pub owner: Option<i64>,
    pub watcher: Option<i64>,
    pub stage: String,
    pub standing: String,
    pub source: String,
    pub category: String,
    pub horizon: String,
    pub due_on: Option<Day>,
    /// The deadline, or the end of a waiver while it holds.
    pub counts_on: Option<Day>,
    pub done_on: Option<Day>,
    pub reminders: i64,
    pub relapses: i64,
    pub light: Light,
}

const LINE: &str = "m.id, m.number, m.title, m.lead_unit, m.sponsor, m.owner, m.watcher, m.stage, \
    m.standing, p.source, p.category, p.horizon, m.due_on, p.counts_on, m.done_on, p.reminders, \
    p.relapses, m.yellow_on, m.red_on";

/// One page of the ledger.
pub async fn lines(me: &Me, filter: &Filter, limit: i64, skip: i64) -> Result<Vec<Line>, Failure> {
    let order = filter.order();
    // Which rows they are is found in an index; only the page's own rows are fetched. A cross
    // join is read in the order in which it is written.
    let text = format!(
        "select {LINE} from (select p.id from problem_line p where {} order by {order} \
         limit {limit} offset {skip}) k \
         cross join problem_line p cross join matter m where p.jurisdiction = $1 \
         and p.id = k.id and m.jurisdiction = $1 and m.kind = 'problem' and m.id = k.id \
         order by {order}",
        filter.condition(me)
    );
    me.remember(&filter.question(&text), async {
        let rows = read(me, filter, text).await?;
        rows.iter().map(|row| line(row, me.today())).collect()
    })
    .await
}

/// How many the list has.
pub async fn count(me: &Me, filter: &Filter) -> Result<i64, Failure> {
    if *filter == Filter::everything() && me.scope == Scope::All {
        return sums::all(me).await;
    }
    let text = format!("select count(*) from problem_line p where {}", filter.condition(me));
    me.remember(&filter.question(&text), async {
        let rows = read(me, filter, text).await?;
        Ok(rows.first().map_or(Ok(0), |row| row.try_get(0))?)
    })
    .await
}

/// Every number of a list, in its order, up to a limit: what a bulk job takes.
pub async fn ids(me: &Me, filter: &Filter, limit: i64) -> Result<Vec<i64>, Failure> {
    let text = format!(
        "select p.id from problem_line p where {} order by {} limit {limit}",
        filter.condition(me),
        filter.order()
    );
    let rows = read(me, filter, text).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

/// Of some numbers those the officer sees on the ledger, in its order.
pub async fn visible(me: &Me, ids: &[i64]) -> Result<Vec<i64>, Failure> {
    let mut seen = Vec::new();
    for part in ids.chunks(TOGETHER) {
        let all = Filter::everything();
        let text = format!(
            "select p.id from problem_line p where {} and p.id in ({}) order by {}",
            all.condition(me),
            super::span::list(part),
            all.order()
        );
        let rows = read(me, &all, text).await?;
        for row in &rows {
            seen.push(row.try_get(0)?);
        }
    }
    Ok(seen)
}

/// The problems themselves, replayed, of those the officer sees; in the order of their numbers.
pub async fn states(me: &Me, ids: &[i64]) -> Result<Vec<(i64, Problem)>, Failure> {
    let mut states = Vec::new();
    let matter = |row: &AnyRow| row.try_get::<i64, _>(6).unwrap_or(0);
    for part in visible(me, ids).await?.chunks(TOGETHER) {
        let text = format!(
            "select e.number, e.day, e.at, e.person, e.post, e.payload, e.matter from entry e \
             where e.jurisdiction = $1 and e.kind = 'problem' and e.matter in ({}) \
             order by e.matter, e.number",
            super::span::list(part)
        );
        let rows = sqlx::query(AssertSqlSafe(text))
            .bind(me.body.id)
            .fetch_all(me.house.store.reader())
            .await?;
        for of_one in rows.chunk_by(|one, next| matter(one) == matter(next)) {
            let facts = of_one.iter().map(pen::fact).collect::<Result<Vec<_>, _>>()?;
            let id = of_one.first().map_or(0, matter);
            let state = replay::<Problem>(&facts)
                .meaning(&format!("corrupt journal: replaying problem {id}"))?;
            states.extend(state.map(|state| (id, state)));
        }
    }
    Ok(states)
}

/// Rows `p` under the condition of an address, with what it binds.
pub(crate) async fn read(me: &Me, filter: &Filter, text: String) -> Result<Vec<AnyRow>, Failure> {
    let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id).bind(me.today().to_string());
    let query = query.bind(filter.category.clone().unwrap_or_default()).bind(filter.asked(me));
    Ok(query.fetch_all(me.house.store.reader()).await?)
}

fn line(row: &AnyRow, today: Day) -> Result<Line, Failure> {
    let day = |place: usize| -> Result<Option<Day>, Failure> {
        let text: Option<String> = row.try_get(place)?;
        Ok(text.and_then(|text| text.parse().ok()))
    };
    let standing: String = row.try_get(8)?;
    let turns = mechanisms::light::Turns { yellow_on: day(17)?, red_on: day(18)? };
    let light = super::light(&standing, turns, today);
    Ok(Line {
        id: row.try_get(0)?,
        number: row.try_get(1)?,
        title: row.try_get(2)?,
        unit: row.try_get::<Option<i64>, _>(3)?.unwrap_or(0),
        sponsor: row.try_get(4)?,
        owner: row.try_get(5)?,
        watcher: row.try_get(6)?,
        stage: row.try_get(7)?,
        standing,
        source: row.try_get(9)?,
        category: row.try_get(10)?,
        horizon: row.try_get(11)?,
        due_on: day(12)?,
        counts_on: day(13)?,
        done_on: day(14)?,
        reminders: row.try_get(15)?,
        relapses: row.try_get(16)?,
        light,
    })
}

impl Line {
    /// The box of the five it is in, from 1; 0 where it is in none.
    pub fn boxes(&self) -> i64 {
        line::boxed(&self.stage)
    }

    /// Days by which the day that counts has passed; none where it has not, or no longer counts.
    pub fn overdue(&self, today: Day) -> Option<i64> {
        let day = self.counts_on.filter(|day| *day < today && self.standing == "open")?;
        day.until(today).ok().map(|span| i64::from(span.get_days()))
    }
}
