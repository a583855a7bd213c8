//! The list as a workbook (导出 Excel): the same items in the same order as the address shows, with
//! headings that an import takes for the same columns, so that the file can be edited and brought
//! in again.

use std::collections::HashMap;

use mechanisms::{Day, Id};
use paper::book::{Cell, Column, write};
use sqlx::{AssertSqlSafe, Row};

use super::chart::item_row;
use crate::{
    access::Me,
    failure::{Failure, Meaning},
    matters::{self, Filter, past},
    trouble::Trouble,
    ui::words::Words,
};

/// The most rows one file holds.
const MOST: i64 = 50_000;
/// Items looked up at once.
const TOGETHER: usize = 500;

/// The headings by their words, and how wide their columns are.
const COLUMNS: [(&str, u16); 19] = [
    ("sheet-number", 8),
    ("sheet-area", 14),
    ("sheet-goal", 22),
    ("sheet-title", 28),
    ("sheet-how", 36),
    ("sheet-target", 12),
    ("sheet-sponsor", 16),
    ("sheet-lead", 16),
    ("sheet-co-units", 20),
    ("sheet-owner", 18),
    ("sheet-start", 11),
    ("sheet-due", 11),
    ("sheet-light", 8),
    ("sheet-stage", 10),
    ("sheet-percent", 7),
    ("sheet-forecast", 11),
    ("sheet-latest-start", 11),
    ("sheet-done", 11),
    ("sheet-note", 36),
];

/// What the shared row does not say.
#[derive(Clone, Debug, Default)]
struct More {
    what: String,
    how: String,
    target: String,
    co_units: Vec<i64>,
}

/// The list of an address as the bytes of a workbook.
pub async fn book(me: &Me, filter: &Filter) -> Result<Vec<u8>, Trouble> {
    let w = Words::of(me.visit.lang);
    if matters::count(me, filter).await? > MOST {
        return Err(Trouble::Unreadable { field: "page".into(), why: "sheet-too-many" });
    }
    let lines = matters::lines(me, filter, MOST, 0).await?;
    let ids: Vec<i64> = lines.iter().map(|line| line.id).collect();
    let goals: Vec<i64> = lines.iter().map(|line| line.goal).collect();
    let more = match me.past {
        None => more(me, &ids).await?,
        Some(day) => then(me, &ids, day).await?,
    };
    let goals = titles(me, &goals).await?;
    let empty = More::default();
    let rows: Vec<Vec<Cell>> = lines
        .into_iter()
        .map(|line| {
            let row = item_row(me, line);
            let (line, more) = (&row.line, more.get(&row.line.id).unwrap_or(&empty));
            let goal = goals.get(&line.goal).cloned().unwrap_or_default();
            let units = more.co_units.iter().map(|id| me.roster.unit_name(Id::new(*id)));
            let co_units = units.collect::<Vec<_>>().join("、");
            vec![
                line.number.clone().into(),
                goal.0.into(),
                goal.1.into(),
                line.title.clone().into(),
                more.how.clone().into(),
                more.target.clone().into(),
                row.sponsor.into(),
                row.lead.into(),
                co_units.into(),
                row.owner.into(),
                day(line.start_on),
                day(line.due_on),
                w.light(&line.light).into(),
                w.t(&format!("stage-{}", line.stage)).into(),
                Cell::Number(f64::from(i32::try_from(line.percent).unwrap_or(100))),
                day(line.forecast_on),
                day(line.latest_start_on),
                day(line.done_on),
                more.what.clone().into(),
            ]
        })
        .collect();
    let columns: Vec<Column> =
        COLUMNS.iter().map(|(key, width)| Column { heading: w.t(key), width: *width }).collect();
    let today = me.today();
    let made = (today.year(), today.month(), today.day());
    let book = write(&w.t("sheet-name"), &columns, &rows, made);
    Ok(book.meaning("writing the list as a workbook")?)
}

fn day(day: Option<Day>) -> Cell {
    day.map_or(Cell::Empty, |day| Cell::Day(day.year(), day.month(), day.day()))
}

async fn more(me: &Me, ids: &[i64]) -> Result<HashMap<i64, More>, Failure> {
    let mut found: HashMap<i64, More> = HashMap::new();
    for part in ids.chunks(TOGETHER) {
        let texts: Vec<String> = part.iter().map(i64::to_string).collect();
        let list = texts.join(", ");
        let text = format!(
            "select id, content, measures, target, unit_of_measure from item \
             where jurisdiction = $1 and id in ({list}) order by id"
        );
        let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id);
        for row in &query.fetch_all(me.house.store.reader()).await? {
            let (target, unit): (Option<i64>, String) = (row.try_get(3)?, row.try_get(4)?);
            let one = More {
                what: row.try_get(1)?,
                how: row.try_get(2)?,
                target: target.map_or(String::new(), |target| format!("{target} {unit}")),
                co_units: Vec::new(),
            };
            found.insert(row.try_get(0)?, one);
        }
        let text = format!(
            "select matter, unit from party where jurisdiction = $1 and kind = 'item' \
             and part = 'co' and unit is not null and matter in ({list}) order by matter, seat"
        );
        let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id);
        for row in &query.fetch_all(me.house.store.reader()).await? {
            if let Some(one) = found.get_mut(&row.try_get(0)?) {
                one.co_units.push(row.try_get(1)?);
            }
        }
    }
    Ok(found)
}

/// The same on a past day.
async fn then(me: &Me, ids: &[i64], day: Day) -> Result<HashMap<i64, More>, Failure> {
    let mut found = HashMap::new();
    for part in ids.chunks(TOGETHER) {
        let texts: Vec<String> = part.iter().map(i64::to_string).collect();
        let which = format!(" and m.id in ({})", texts.join(", "));
        for (id, item) in past::replayed(me, &which, day).await? {
            let target = item.content.target.as_ref();
            let one = More {
                what: item.content.what.clone(),
                how: item.content.how.join("\n"),
                target: target
                    .map_or(String::new(), |target| format!("{} {}", target.amount, target.unit)),
                co_units: item.content.co_units.iter().map(|unit| unit.0).collect(),
            };
            found.insert(id, one);
        }
    }
    Ok(found)
}

/// Area and title of goals.
async fn titles(me: &Me, ids: &[i64]) -> Result<HashMap<i64, (String, String)>, Failure> {
    let mut titles = HashMap::new();
    for part in ids.chunks(TOGETHER) {
        let texts: Vec<String> = part.iter().map(i64::to_string).collect();
        let text = format!(
            "select id, area, title from matter where jurisdiction = $1 and kind = 'goal' \
             and id in ({}) order by id",
            texts.join(", ")
        );
        let query = sqlx::query(AssertSqlSafe(text)).bind(me.body.id);
        for row in &query.fetch_all(me.house.store.reader()).await? {
            let area: Option<String> = row.try_get(1)?;
            titles.insert(row.try_get(0)?, (area.unwrap_or_default(), row.try_get(2)?));
        }
    }
    Ok(titles)
}
