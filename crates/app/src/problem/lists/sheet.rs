//! The list as a workbook (导出 Excel) that can be edited and brought back: the same problems in the
//! same order as the address shows, with a base for the merge.

use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Response},
};
use mechanisms::{
    Id,
    problem::{Horizon, Problem, Scope},
    roster::Post,
};
use paper::merge::{Column, Kind, Line, write};

use super::row;
use crate::{
    access::Me,
    failure::Meaning,
    matters::problems::{self, Filter},
    trouble::Trouble,
    ui::words::Words,
};

/// The most rows one file holds.
pub const MOST: i64 = 20_000;

/// Key, width, what it holds, and whether it may be edited; in the order of the sheet.
const COLUMNS: [(&str, u16, Kind, bool); 20] = [
    ("number", 8, Kind::Text, false),
    ("source", 10, Kind::Text, false),
    ("category", 12, Kind::Text, true),
    ("what", 36, Kind::Text, false),
    ("cause", 24, Kind::Text, true),
    ("target", 24, Kind::Text, true),
    ("measures", 36, Kind::Text, false),
    ("horizon", 10, Kind::Text, true),
    ("unit", 16, Kind::Text, false),
    ("sponsor", 16, Kind::Text, true),
    ("owner", 16, Kind::Text, true),
    ("watcher", 16, Kind::Text, true),
    ("criteria", 30, Kind::Text, true),
    ("scope", 10, Kind::Text, true),
    ("found_on", 11, Kind::Day, false),
    ("due_on", 11, Kind::Day, true),
    ("stage", 10, Kind::Text, false),
    ("reminders", 7, Kind::Number, false),
    ("done_on", 11, Kind::Day, false),
    ("look_back_on", 11, Kind::Day, false),
];

/// The columns, with their headings and choices in a language.
pub fn columns(w: &Words) -> Vec<Column> {
    let column = |(key, width, kind, free): (&str, u16, Kind, bool)| {
        let heading = w.t(&format!("problem-sheet-{key}").replace('_', "-"));
        let column = match free {
            true => Column::free(key, &heading, width, kind),
            false => Column::fixed(key, &heading, width, kind),
        };
        match key {
            "horizon" => column.one_of(Horizon::ALL.iter().map(|one| horizon(*one, w)).collect()),
            "scope" => column.one_of(Scope::ALL.iter().map(|one| scope(*one, w)).collect()),
            _ => column,
        }
    };
    COLUMNS.into_iter().map(column).collect()
}

pub fn horizon(horizon: Horizon, w: &Words) -> String {
    w.t(&format!("problem-horizon-{}", horizon.word()))
}

pub fn scope(scope: Scope, w: &Words) -> String {
    w.t(&format!("problem-scope-{}", scope.word()))
}

/// One problem as a row of the sheet.
pub fn line(me: &Me, id: i64, problem: &Problem, w: &Words) -> Line {
    let content = &problem.content;
    let post = |post: Option<Id<Post>>| {
        post.map_or(String::new(), |post| me.roster.post_title(post).to_owned())
    };
    let day = |day: Option<mechanisms::Day>| day.map_or(String::new(), |day| day.to_string());
    let measures = problem.measures.iter().map(|one| {
        let done = one.done_on.map_or(String::new(), |day| format!(" ✓ {day}"));
        format!("{}. {} {}{done}", one.number, one.text, one.due_on)
    });
    let reminders = problem.reminders.iter().filter(|one| one.revoked.is_none()).count();
    let cells = vec![
        problem.number.clone().unwrap_or_default(),
        w.t(&format!("problem-source-{}", content.source.word())),
        content.category.clone(),
        content.what.clone(),
        content.cause.clone(),
        content.target.clone(),
        measures.collect::<Vec<_>>().join("\n"),
        horizon(content.horizon, w),
        me.roster.unit_name(content.unit).to_owned(),
        post(content.sponsor),
        post(content.owner),
        post(content.watcher),
        content.criteria.join("\n"),
        scope(content.scope, w),
        content.found_on.to_string(),
        day(content.due_on),
        row::stage(problem.stage_word(), w),
        reminders.to_string(),
        day(problem.done_on),
        day(problem.look_back_on),
    ];
    let cells = cells.into_iter().map(|cell| cell.trim().replace("\r\n", "\n")).collect();
    Line { id, version: problem.version, cells }
}

/// The problems of an address, or those that were chosen on the page, as a workbook.
pub async fn workbook(
    me: Me,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let w = Words::of(me.visit.lang);
    let value = |name: &str| pairs.iter().find(|pair| pair.0 == name).map(|pair| pair.1.clone());
    let chosen = pairs.iter().filter(|pair| pair.0 == "id");
    let chosen: Vec<i64> = chosen.filter_map(|pair| pair.1.parse().ok()).collect();
    let filter = match value("query") {
        Some(query) => Filter::of(&query),
        None => Filter::of(&serde_urlencoded::to_string(&pairs).unwrap_or_default()),
    };
    let ids = match chosen.is_empty() || value("all").is_some() {
        true => problems::ids(&me, &filter, MOST + 1).await?,
        false => problems::visible(&me, &chosen).await?,
    };
    if i64::try_from(ids.len()).unwrap_or(i64::MAX) > MOST {
        return Err(Trouble::Unreadable { field: "page".into(), why: "sheet-too-many" });
    }
    let mut states: std::collections::HashMap<i64, Problem> =
        problems::states(&me, &ids).await?.into_iter().collect();
    let lines: Vec<Line> = ids
        .iter()
        .filter_map(|id| states.remove(id).map(|problem| line(&me, *id, &problem, &w)))
        .collect();
    let today = me.today();
    let made = (today.year(), today.month(), today.day());
    let book = write(&w.t("problem-sheet-name"), &columns(&w), &lines, made);
    let book = book.meaning("writing the ledger as a workbook")?;
    let name = format!("attachment; filename=\"problems-{today}.xlsx\"");
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, book).into_response())
}
