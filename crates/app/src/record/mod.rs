//! The record (操作日志): every entry of the journal, who made it, and its proof in the log.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    http::header,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use mechanisms::{Id, roster::Power};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Row};

use crate::{
    House,
    access::Me,
    failure::Failure,
    trouble::Trouble,
    ui::{self, Shell, words::Words},
};

const PAGE: i64 = 100;

pub fn routes() -> Router<House> {
    Router::new()
        .route("/journal", get(journal_page))
        .route("/journal/checkpoint", get(checkpoint))
        .route("/journal/{number}", get(entry_page))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Narrow {
    kind: Option<String>,
    matter: Option<i64>,
    person: Option<i64>,
    before: Option<i64>,
}

struct Line {
    number: i64,
    day: String,
    at: String,
    who: String,
    post: String,
    kind: String,
    act: String,
    href: String,
    matter: String,
}

#[derive(Template)]
#[template(path = "record/journal.html")]
struct JournalPage {
    shell: Shell,
    size: i64,
    lines: Vec<Line>,
    older: Option<String>,
    narrowed: bool,
}

async fn journal_page(me: Me, Query(narrow): Query<Narrow>) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    if narrow.kind.as_deref() != Some("item") || narrow.matter.is_none() {
        me.needs(Power::ReadJournal)?;
    }
    let mut text = String::from(
        "select e.number, e.day, e.at, e.person, e.post, e.kind, e.matter, e.act, m.number, \
         m.title from entry e left join matter m on m.jurisdiction = e.jurisdiction \
         and m.kind = e.kind and m.id = e.matter where e.jurisdiction = $1 and $2 = $2",
    );
    if narrow.kind.is_some() {
        text.push_str(" and e.kind = $2");
    }
    for (column, value) in [("matter", narrow.matter), ("person", narrow.person)] {
        if let Some(value) = value {
            text.push_str(&format!(" and e.{column} = {value}"));
        }
    }
    if let Some(before) = narrow.before {
        text.push_str(&format!(" and e.number < {before}"));
    }
    text.push_str(&format!(" order by e.number desc limit {PAGE}"));
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .bind(narrow.kind.clone().unwrap_or_default())
        .fetch_all(me.house.store.reader())
        .await?;
    let mut lines = Vec::new();
    for row in &rows {
        lines.push(line(row, &me, &w)?);
    }
    let older = lines.last().filter(|_| lines.len() == 100).map(|last| {
        let kind = narrow.kind.as_ref().map(|k| format!("&kind={k}")).unwrap_or_default();
        let matter = narrow.matter.map(|m| format!("&matter={m}")).unwrap_or_default();
        format!("/journal?before={}{kind}{matter}", last.number)
    });
    let page = JournalPage {
        shell: Shell::of(&me, "/journal").await?,
        size: head(&me).await?.0,
        lines,
        older,
        narrowed: narrow.matter.is_some() || narrow.person.is_some(),
    };
    Ok(ui::page(&page)?)
}

fn line(row: &sqlx::any::AnyRow, me: &Me, w: &Words) -> Result<Line, Failure> {
    let (kind, act): (String, String) = (row.try_get(5)?, row.try_get(7)?);
    let (person, post): (i64, i64) = (row.try_get(3)?, row.try_get(4)?);
    let matter: i64 = row.try_get(6)?;
    let number: Option<String> = row.try_get(8)?;
    let title: Option<String> = row.try_get(9)?;
    let at: String = row.try_get(2)?;
    Ok(Line {
        number: row.try_get(0)?,
        day: row.try_get(1)?,
        at: at.get(11..16).unwrap_or_default().to_owned(),
        who: me.roster.person(Id::new(person)).map(|one| one.name.clone()).unwrap_or_default(),
        post: me.roster.post_title(Id::new(post)).to_owned(),
        href: if kind == "item" { format!("/items/{matter}") } else { String::new() },
        matter: format!("{} {}", number.unwrap_or_default(), title.unwrap_or_default()),
        act: w.t(&format!("act-{}", kebab(&act))),
        kind: w.t(&format!("kind-{kind}")),
    })
}

/// `ThreeAsked` as `three-asked`.
fn kebab(act: &str) -> String {
    let mut out = String::new();
    for (place, c) in act.chars().enumerate() {
        if c.is_ascii_uppercase() && place > 0 {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

async fn head(me: &Me) -> Result<(i64, String), Failure> {
    let row = sqlx::query("select size, checkpoint from head where jurisdiction = $1")
        .bind(me.body.id)
        .fetch_one(me.house.store.reader())
        .await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

#[derive(Template)]
#[template(path = "record/entry.html")]
struct EntryPage {
    shell: Shell,
    number: i64,
    fields: Vec<(&'static str, String)>,
    payload: Option<String>,
    leaf: String,
    proof: Vec<String>,
    size: i64,
    root: String,
    holds: bool,
}

async fn entry_page(me: Me, Path(number): Path<i64>) -> Result<Html<String>, Trouble> {
    me.needs(Power::ReadJournal)?;
    let store = &me.house.store;
    let proven = store.prove(&me.body, number).await?.ok_or(Trouble::NotFound)?;
    let entry = &proven.entry;
    let fields = vec![
        ("entry-turn", entry.turn.to_string()),
        ("entry-at", entry.at.clone()),
        ("entry-day", entry.day.clone()),
        ("entry-post", me.roster.post_title(Id::new(entry.post)).to_owned()),
        ("entry-kind", format!("{} {}", entry.kind, entry.matter)),
        ("entry-act", entry.act.clone()),
        ("entry-commitment", entry.commitment.clone()),
    ];
    let page = EntryPage {
        shell: Shell::of(&me, "/journal").await?,
        number,
        fields,
        payload: proven.payload,
        leaf: proven.leaf,
        proof: proven.path,
        size: proven.size,
        root: proven.root,
        holds: proven.holds,
    };
    Ok(ui::page(&page)?)
}

/// The signed checkpoint, as any C2SP client reads it.
async fn checkpoint(me: Me) -> Result<Response, Trouble> {
    let (_, note) = head(&me).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], note).into_response())
}
