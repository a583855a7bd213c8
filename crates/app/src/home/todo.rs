//! What waits (我的待办): every move that is this officer's, or that of whoever has one of their
//! powers, by when it is due.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Query, response::Html};
use mechanisms::{Day, Id, plan::item::Item};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, Row};

use super::drawn::{Drawn, drawn};
use crate::{
    access::Me,
    failure::Failure,
    matters::past::replayed,
    trouble::Trouble,
    ui::{self, Shell, encode, shell::seats, words::Words},
};

/// Moves on one page.
const PAGE: i64 = 100;

/// One move that waits, as lists show it.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The word of the move, and its name.
    pub what: String,
    pub name: String,
    pub href: String,
    pub number: String,
    pub title: String,
    pub unit: String,
    /// What was asked or said, where the matter knows.
    pub note: String,
    pub due: String,
    pub overdue: bool,
    pub when: When,
    pub item: Option<i64>,
}

/// How soon a move is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    Overdue,
    Today,
    Week,
    Later,
}

impl When {
    const ALL: [Self; 4] = [Self::Overdue, Self::Today, Self::Week, Self::Later];

    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Week => "week",
            Self::Later => "later",
        }
    }

    /// The word of its heading.
    pub fn key(self) -> &'static str {
        match self {
            Self::Overdue => "todo-overdue",
            Self::Today => "todo-today",
            Self::Week => "todo-week",
            Self::Later => "todo-later",
        }
    }

    /// The condition on a row `t` of `todo` with `$2` as today and `$3` as a week from it.
    fn condition(self) -> &'static str {
        match self {
            Self::Overdue => " and t.by_on < $2",
            Self::Today => " and t.by_on = $2",
            Self::Week => " and t.by_on > $2 and t.by_on <= $3",
            Self::Later => " and t.by_on > $3",
        }
    }

    fn of(due: Option<Day>, today: Day) -> Self {
        match due.map(|due| today.until(due).map_or(0, |span| span.get_days())) {
            Some(..0) => Self::Overdue,
            Some(0) => Self::Today,
            Some(1..=7) => Self::Week,
            _ => Self::Later,
        }
    }
}

/// Which moves are asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The word of one kind of move.
    pub what: Option<String>,
    /// `overdue`, `today`, `week` or `later`.
    pub due: Option<String>,
    pub page: Option<i64>,
}

impl Asked {
    fn condition(&self) -> String {
        let word = |text: &&str| {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        };
        let what = self.what.as_deref().filter(word);
        let mut text = what.map_or(String::new(), |what| format!(" and t.what = '{what}'"));
        let due = When::ALL.iter().find(|when| Some(when.word()) == self.due.as_deref());
        text.push_str(due.map_or("", |when| when.condition()));
        text
    }

    /// The query with one value set or taken away.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut text = String::new();
        let set = [("what", self.what.as_deref()), ("due", self.due.as_deref())];
        let kept = set.into_iter().filter(|(key, _)| *key != name);
        let given = [(name, Some(value))];
        for (key, value) in kept.chain(given) {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                text.push(if text.is_empty() { '?' } else { '&' });
                text.push_str(&format!("{key}={}", encode(value)));
            }
        }
        text
    }
}

fn bound<'q>(me: &Me, text: String) -> sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments> {
    let today = me.now.day();
    let week = today.saturating_add(jiff::Span::new().days(7));
    sqlx::query(AssertSqlSafe(text)).bind(me.body.id).bind(today.to_string()).bind(week.to_string())
}

/// The moves that wait for an officer, soonest first.
pub async fn waiting(
    me: &Me,
    asked: &Asked,
    (limit, skip): (i64, i64),
) -> Result<Vec<Waiting>, Failure> {
    let w = Words::of(me.visit.lang);
    let today = me.now.day();
    // Each seat's moves stand in the order of their days: a page needs the first of each only.
    let first = limit + skip;
    let seats: Vec<String> = seats(me)
        .iter()
        .map(|seat| {
            format!(
                "select * from (select t.what, t.due_on, t.by_on, t.since, t.kind, t.matter \
                 from todo t where t.jurisdiction = $1 and t.whose = {seat} and t.since <= $2 \
                 and $3 <> ''{} order by t.by_on, t.since, t.matter limit {first}) s",
                asked.condition()
            )
        })
        .collect();
    let text = format!(
        "select t.what, t.due_on, m.kind, m.id, m.number, m.title, m.lead_unit from ({}) t \
         cross join matter m where m.jurisdiction = $1 and m.kind = t.kind and m.id = t.matter \
         order by t.by_on, t.since, m.id, t.what limit {limit} offset {skip}",
        seats.join(" union all ")
    );
    let rows = bound(me, text).fetch_all(me.house.store.reader()).await?;
    let mut list = Vec::new();
    for row in &rows {
        let what: String = row.try_get(0)?;
        let due: Option<String> = row.try_get(1)?;
        let due: Option<Day> = due.and_then(|text| text.parse().ok());
        let (kind, id): (String, i64) = (row.try_get(2)?, row.try_get(3)?);
        let unit: Option<i64> = row.try_get(6)?;
        list.push(Waiting {
            href: format!("/{kind}s/{id}{}", door(&what)),
            name: w.t(&format!("todo-{what}")),
            what,
            number: match kind.as_str() {
                "item" | "problem" => row.try_get(4)?,
                _ => String::new(),
            },
            title: row.try_get(5)?,
            unit: unit.map(|id| me.roster.unit_name(Id::new(id)).to_owned()).unwrap_or_default(),
            note: String::new(),
            overdue: due.is_some_and(|due| due < today),
            due: due.map_or(String::new(), |due| w.left(&due, &today)),
            when: When::of(due, today),
            item: (kind == "item").then_some(id),
        });
    }
    Ok(list)
}

/// How many moves of each kind wait, and the kind's soonest day.
pub async fn kinds(me: &Me) -> Result<Vec<(String, i64, Option<Day>)>, Failure> {
    let text = format!(
        "select t.what, count(*), min(t.due_on) from todo t where t.jurisdiction = $1 \
         and t.whose in ({}) and t.since <= $2 and $3 <> '' \
         group by t.what order by coalesce(min(t.due_on), '9999-12-31'), t.what",
        seats(me).join(", ")
    );
    me.remember(&format!("{text}\n{}", me.now.day()), async {
        let rows = bound(me, text).fetch_all(me.house.store.reader()).await?;
        let mut kinds = Vec::new();
        for row in &rows {
            let due: Option<String> = row.try_get(2)?;
            kinds.push((row.try_get(0)?, row.try_get(1)?, due.and_then(|text| text.parse().ok())));
        }
        Ok(kinds)
    })
    .await
}

async fn count(me: &Me, asked: &Asked) -> Result<i64, Failure> {
    let condition = asked.condition();
    let text = format!(
        "select count(*) from todo t where t.jurisdiction = $1 and t.whose in ({}) \
         and t.since <= $2 and $3 <> ''{condition}",
        seats(me).join(", ")
    );
    me.remember(&format!("{text}\n{}", me.now.day()), async {
        Ok(bound(me, text).fetch_one(me.house.store.reader()).await?.try_get(0)?)
    })
    .await
}

/// Says beside each move what was asked or said.
pub async fn noted(me: &Me, list: &mut [Waiting]) -> Result<(), Failure> {
    let w = Words::of(me.visit.lang);
    let ids: Vec<String> =
        list.iter().filter_map(|one| one.item.map(|id| id.to_string())).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let which = format!(" and m.id in ({})", ids.join(", "));
    let items: BTreeMap<i64, Item> =
        replayed(me, &which, me.now.day()).await?.into_iter().collect();
    for one in list {
        if let Some(item) = one.item.and_then(|id| items.get(&id)) {
            one.note = note(item, &one.what, me, &w);
        }
    }
    Ok(())
}

fn note(item: &Item, what: &str, me: &Me, w: &Words) -> String {
    let unit = item.content.target.as_ref().map_or("%", |target| target.unit.as_str());
    let told = match what {
        "decide-extension" => item.open_extension().map(|one| {
            let day = w.day(&one.due_on, &me.now.day());
            w.a("note-extension", &[("day", &day), ("reason", &one.reason)])
        }),
        "verify" => {
            item.closing.as_ref().map(|closing| w.a("note-closing", &[("text", &closing.0)]))
        }
        "check" | "report" => item.reports.last().map(|report| {
            let amount = report.account.amount.to_string();
            let day = w.day(&report.stamp.day, &me.now.day());
            w.a("note-report", &[("day", &day), ("amount", &amount), ("unit", unit)])
        }),
        "answer" => item.open_reminder().map(|one| one.text.clone()),
        _ => None,
    };
    told.unwrap_or_default()
}

/// The door behind a waiting move.
fn door(what: &str) -> &'static str {
    match what {
        "report" => "/report",
        "answer" => "/reminder-answer",
        "answer-three" => "/three-answers",
        "plan" => "/plan",
        "decide-extension" => "/extension-decision",
        "verify" => "/verification",
        "measures" => "/measures",
        "rectify" => "/report",
        "apply" => "/application",
        "first-check" => "/first-check",
        "check-report" => "/check",
        "end-publication" => "/publication-end",
        "look-back" => "/look-back",
        "answer-push" => "/push-answer",
        "decide-suspension" => "/suspension-decision",
        "decide-objection" => "/objection-decision",
        "meet" => "/meeting",
        _ => "",
    }
}

/// A kind of move in the filter bar.
struct Kind {
    name: String,
    n: i64,
    href: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "home/todo.html")]
struct TodoPage {
    shell: Shell,
    lede: String,
    kinds: Vec<Kind>,
    /// A heading, how many there are, where they are listed alone, and those on this page.
    groups: Vec<(When, i64, String, Vec<Waiting>)>,
    /// Closed problems the officer was drawn to look at again.
    drawn: Vec<Drawn>,
    total: i64,
    narrowed: bool,
    asked: Asked,
    page: i64,
    last_page: i64,
}

pub async fn todo(me: Me, Query(asked): Query<Asked>) -> Result<Html<String>, Trouble> {
    let w = Words::of(me.visit.lang);
    let shell = Shell::of(&me, "/todo").await?;
    let total = count(&me, &asked).await?;
    let page = asked.page.unwrap_or(1).max(1);
    let mut list = waiting(&me, &asked, (PAGE, (page - 1) * PAGE)).await?;
    noted(&me, &mut list).await?;
    let mut groups = Vec::new();
    let mut rest = list.into_iter().peekable();
    for when in When::ALL {
        let mut of = Vec::new();
        while let Some(one) = rest.next_if(|one| one.when == when) {
            of.push(one);
        }
        if !of.is_empty() {
            let narrowed = Asked { due: Some(when.word().to_owned()), ..asked.clone() };
            let n = count(&me, &narrowed).await?;
            groups.push((when, n, format!("/todo{}", narrowed.with("page", "")), of));
        }
    }
    let overdue = Asked { due: Some("overdue".to_owned()), ..Asked::default() };
    let late = count(&me, &overdue).await?;
    let (all, late) = (shell.waiting.to_string(), late.to_string());
    let links = [("all", "/todo"), ("late", "/todo?due=overdue")];
    let lede = match (shell.waiting, &*late) {
        (0, _) => w.t("todo-lede-none"),
        (_, "0") => w.linked("todo-lede-calm", &[("n", &all)], &links),
        _ => w.linked("todo-lede", &[("n", &all), ("late", &late)], &links),
    };
    let kinds = kinds(&me).await?.into_iter().map(|(what, n, _)| {
        let here = asked.what.as_deref() == Some(&*what);
        let href = format!("/todo{}", asked.with("what", if here { "" } else { &what }));
        Kind { name: w.t(&format!("todo-{what}")), n, href, here }
    });
    let page = TodoPage {
        drawn: drawn(&me).await?,
        kinds: kinds.collect(),
        lede,
        groups,
        narrowed: asked.what.is_some() || asked.due.is_some(),
        last_page: (total + PAGE - 1).max(1) / PAGE,
        total,
        page,
        asked,
        shell,
    };
    Ok(ui::page(&page)?)
}
