//! The record (操作日志): every entry of the journal, who made it, and its proof in the log.
//!
//! `proof.rs` gives what an outsider needs to check one entry, or all of them, without us.

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
    ui::{self, Shell, encode, words::Words},
};

mod proof;

const PAGE: usize = 100;

pub fn routes() -> Router<House> {
    Router::new()
        .route("/journal", get(journal_page))
        .route("/journal/checkpoint", get(checkpoint))
        .route("/journal/bundle.tar", get(proof::bundle))
        .route("/journal/{number}", get(entry_page))
        .route("/journal/{number}/proof", get(proof::proof))
        .route("/journal/{number}/entry", get(proof::entry))
}

/// The address of the page, taken apart.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Narrow {
    kind: String,
    act: String,
    matter: String,
    post: String,
    from: String,
    to: String,
    before: String,
}

impl Narrow {
    /// Conditions on an entry `e`; texts are bound as `$2` to `$5`.
    fn condition(&self) -> String {
        let mut text = String::from(" and $2 = $2 and $3 = $3 and $4 = $4 and $5 = $5");
        let named = [("kind", &self.kind), ("act", &self.act)];
        for (place, (column, value)) in named.iter().enumerate() {
            if !value.is_empty() {
                text.push_str(&format!(" and e.{column} = ${}", place + 2));
            }
        }
        for (value, side, place) in [(&self.from, ">=", 4), (&self.to, "<=", 5)] {
            if value.parse::<mechanisms::Day>().is_ok() {
                text.push_str(&format!(" and e.day {side} ${place}"));
            }
        }
        for (column, value) in [("matter", &self.matter), ("post", &self.post)] {
            if let Ok(value) = value.parse::<i64>() {
                text.push_str(&format!(" and e.{column} = {value}"));
            }
        }
        text
    }

    /// The query of the address, from an entry downwards.
    fn below_entry(&self, before: i64) -> String {
        let parts = [
            ("kind", &self.kind),
            ("act", &self.act),
            ("matter", &self.matter),
            ("post", &self.post),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let mut text = format!("/journal?before={before}");
        for (name, value) in parts.iter().filter(|part| !part.1.is_empty()) {
            text.push_str(&format!("&{name}={}", encode(value)));
        }
        text
    }

    fn is_narrow(&self) -> bool {
        [&self.kind, &self.act, &self.matter, &self.post, &self.from, &self.to]
            .iter()
            .any(|value| !value.is_empty())
    }
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
    found: i64,
    lines: Vec<Line>,
    older: Option<String>,
    narrow: Narrow,
    kinds: Vec<(String, String)>,
    acts: Vec<(String, String)>,
    /// Entries and their proofs may be opened.
    proves: bool,
}

const FROM: &str = "from entry e left join matter m on m.jurisdiction = e.jurisdiction \
    and m.kind = e.kind and m.id = e.matter where e.jurisdiction = $1";

async fn journal_page(me: Me, Query(narrow): Query<Narrow>) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let proves = me.may(Power::ReadJournal);
    let of_one = narrow.kind == "item" && narrow.matter.parse::<i64>().is_ok();
    if !of_one {
        me.needs(Power::ReadJournal)?;
    }
    let mut condition = narrow.condition();
    if !proves {
        // The record of one item, for those who may see the item.
        condition.push_str(&format!(" and m.id is not null and {}", me.scope.condition()));
    }
    let found: i64 = {
        let text = format!("select count(*) {FROM}{condition}");
        bound(&text, &me, &narrow).fetch_one(me.house.store.reader()).await?.try_get(0)?
    };
    let mut text = format!(
        "select e.number, e.day, e.at, e.person, e.post, e.kind, e.matter, e.act, m.number, \
         m.title {FROM}{condition}"
    );
    if let Ok(before) = narrow.before.parse::<i64>() {
        text.push_str(&format!(" and e.number < {before}"));
    }
    text.push_str(&format!(" order by e.number desc limit {PAGE}"));
    let rows = bound(&text, &me, &narrow).fetch_all(me.house.store.reader()).await?;
    let lines = rows.iter().map(|row| line(row, &me, &w)).collect::<Result<Vec<_>, _>>()?;
    let older = lines.last().filter(|_| lines.len() == PAGE);
    let older = older.map(|last| narrow.below_entry(last.number));
    let page = JournalPage {
        shell: Shell::of(&me, "/journal").await?,
        size: head(&me).await?.0,
        found,
        lines,
        older,
        kinds: choices("kind", &me, &w).await?,
        acts: choices("act", &me, &w).await?,
        proves,
        narrow,
    };
    Ok(ui::page(&page)?)
}

fn bound<'q>(
    text: &str,
    me: &Me,
    narrow: &Narrow,
) -> sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments> {
    sqlx::query(AssertSqlSafe(text.to_owned()))
        .bind(me.body.id)
        .bind(narrow.kind.clone())
        .bind(narrow.act.clone())
        .bind(narrow.from.clone())
        .bind(narrow.to.clone())
}

/// What a filter offers: what the journal holds, by its words.
async fn choices(
    column: &'static str,
    me: &Me,
    w: &Words,
) -> Result<Vec<(String, String)>, Failure> {
    let text = format!(
        "select distinct {column} from entry where jurisdiction = $1 order by {column} limit 100"
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(me.body.id)
        .fetch_all(me.house.store.reader())
        .await?;
    let named = |value: String| {
        let word = match column {
            "act" => act_name(w, "", &value),
            _ => w.t(&format!("{column}-{}", kebab(&value))),
        };
        (value, word)
    };
    rows.iter().map(|row| Ok(named(row.try_get(0)?))).collect()
}

fn line(row: &sqlx::any::AnyRow, me: &Me, w: &Words) -> Result<Line, Failure> {
    let (kind, act): (String, String) = (row.try_get(5)?, row.try_get(7)?);
    let (person, post): (i64, i64) = (row.try_get(3)?, row.try_get(4)?);
    let matter: i64 = row.try_get(6)?;
    let number: Option<String> = row.try_get(8)?;
    let title: Option<String> = row.try_get(9)?;
    let at: String = row.try_get(2)?;
    let local = me.house.clock.local(&at);
    Ok(Line {
        number: row.try_get(0)?,
        day: row.try_get(1)?,
        at: local.map(|at| at.strftime("%H:%M").to_string()).unwrap_or_default(),
        who: me.roster.person(Id::new(person)).map(|one| one.name.clone()).unwrap_or_default(),
        post: me.roster.post_title(Id::new(post)).to_owned(),
        href: match kind.as_str() {
            "item" => format!("/items/{matter}"),
            "project" => format!("/projects/{matter}"),
            "problem" => format!("/problems/{matter}"),
            "ledger" => format!("/ledgers/{matter}"),
            "audit" => format!("/audits/{matter}"),
            _ => String::new(),
        },
        matter: format!("{} {}", number.unwrap_or_default(), title.unwrap_or_default()),
        act: act_name(w, &kind, &act),
        kind: w.t(&format!("kind-{kind}")),
    })
}

/// What an act is called: where kinds call the same act differently, by the kind's own word; and
/// without a kind, by the first word there is.
fn act_name(w: &Words, kind: &str, act: &str) -> String {
    let act = kebab(act);
    let own = format!("act-{kind}-{act}");
    if w.has(&own) {
        return w.t(&own);
    }
    let plain = format!("act-{act}");
    let others = ["problem", "ledger", "audit"].map(|kind| format!("act-{kind}-{act}"));
    let known = std::iter::once(&plain).chain(&others).find(|key| w.has(key));
    w.t(known.unwrap_or(&plain))
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
    checkpoint: String,
    key: String,
    script: &'static str,
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
    let payload = proven.payload.as_deref().map(|text| {
        let value = serde_json::from_str::<serde_json::Value>(text);
        let pretty = value.and_then(|value| serde_json::to_string_pretty(&value));
        pretty.unwrap_or_else(|_| text.to_owned())
    });
    let page = EntryPage {
        shell: Shell::of(&me, "/journal").await?,
        number,
        fields,
        payload,
        leaf: proven.leaf,
        proof: proven.path,
        size: proven.size,
        root: proven.root,
        holds: proven.holds,
        checkpoint: proven.checkpoint,
        key: proven.key,
        script: proof::SCRIPT,
    };
    Ok(ui::page(&page)?)
}

/// The signed checkpoint, as any C2SP client reads it.
async fn checkpoint(me: Me) -> Result<Response, Trouble> {
    let (_, note) = head(&me).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], note).into_response())
}
