//! Registering a problem (登记问题), a unit's writing down of what it found itself, and mending
//! what was written.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::{
    Id, Refuses,
    problem::{Aspect, Command, Content, Horizon, Ledger, Problem, Scope, Source, Yardstick},
    roster::Power,
};
use sqlx::Row;

use super::{Asked, acts::Given, ask_problem, begin, find};
use crate::{
    access::Me,
    store::Stop,
    trouble::Trouble,
    typed::{self, Unreadable},
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

/// A choice: its field, its name, and the values with their names.
struct Choice {
    name: &'static str,
    label: String,
    values: Vec<(String, String)>,
    chosen: String,
}

#[derive(Template)]
#[template(path = "problem/new.html")]
struct NewPage {
    shell: Shell,
    /// None while registering.
    id: Option<i64>,
    registers: bool,
    given: Given,
    choices: Vec<Choice>,
    units: Vec<String>,
    posts: Vec<String>,
    error: Option<(String, String)>,
}

impl NewPage {
    fn value(&self, name: &str) -> &str {
        self.given.get(name).map_or("", String::as_str)
    }

    /// Where the form is sent.
    fn place(&self) -> String {
        self.id.map_or("/problems/new".to_owned(), |id| format!("/problems/{id}/edit"))
    }

    fn name(&self) -> String {
        self.shell.w.t(if self.id.is_some() { "edit" } else { "problem-new" })
    }
}

pub async fn new_page(me: Me, Query(begun): Query<Given>) -> Result<Response, Trouble> {
    let today = me.today();
    let due = today.saturating_add(jiff::Span::new().days(60));
    let mut given: Given = [
        ("found_on", today.to_string()),
        ("due_on", due.to_string()),
        ("unit", own_unit(&me)),
        ("publication", "0".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    given.extend(begun);
    Ok(ui::page(&view(&me, given, None).await?)?.into_response())
}

pub async fn edit_page(me: Me, Path(id): Path<i64>) -> Result<Response, Trouble> {
    let problem = find(&me, id).await?;
    let page = NewPage { id: Some(id), ..view(&me, written(&problem, &me), None).await? };
    Ok(ui::page(&page)?.into_response())
}

/// What a problem says, as its form holds it.
fn written(problem: &Problem, me: &Me) -> Given {
    let content = &problem.content;
    let title = |post: Option<_>| post.map_or("", |post| me.roster.post_title(post)).to_owned();
    let mut given: Given = [
        ("base", problem.version.to_string()),
        ("ledger", problem.ledger.0.to_string()),
        ("source", content.source.word().to_owned()),
        ("horizon", content.horizon.word().to_owned()),
        ("yardstick", content.yardstick.map_or("", Yardstick::word).to_owned()),
        ("aspect", content.aspect.map_or("", Aspect::word).to_owned()),
        ("scope", content.scope.word().to_owned()),
        ("category", content.category.clone()),
        ("what", content.what.clone()),
        ("unit", me.roster.unit_name(content.unit).to_owned()),
        ("owner", title(content.owner)),
        ("sponsor", title(content.sponsor)),
        ("watcher", title(content.watcher)),
        ("found_on", content.found_on.to_string()),
        ("due_on", content.due_on.map(|day| day.to_string()).unwrap_or_default()),
        ("publication", content.publication_workdays.to_string()),
        ("complaint", content.complaint.clone().unwrap_or_default()),
        ("criteria", content.criteria.join("\n")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    if content.urgent {
        given.insert("urgent".to_owned(), "1".to_owned());
    }
    given
}

/// Mends what was written. Who saved in between is not overwritten: the rules compare versions.
pub async fn amend(
    me: Me,
    Path(id): Path<i64>,
    Form(given): Form<Given>,
) -> Result<Response, Trouble> {
    let problem = find(&me, id).await?;
    let base = given.get("base").and_then(|base| base.parse().ok()).unwrap_or(-1);
    let refused: Box<dyn Refuses> = match content(&given, &me) {
        Err(unreadable) => Box::new(unreadable),
        Ok((_, content)) => {
            // What the road map says is set with the measures.
            let (cause, target) = (problem.content.cause.clone(), problem.content.target.clone());
            let content = Content { cause, target, ..content };
            let asked = Asked::Plain(Command::Amend { base, content });
            match ask_problem(&me.house, me.hand(), Id::new(id), asked).await {
                Ok(()) => return Ok(Redirect::to(&format!("/problems/{id}")).into_response()),
                Err(Stop::Refused(refusal)) => refusal,
                Err(stop) => return Err(stop.into()),
            }
        }
    };
    let w = Words::of(me.visit.lang);
    let field = refused.field().unwrap_or_default().to_owned();
    let error = (field, sentence(&w, refused.key(), &refused.facts()));
    let page = NewPage { id: Some(id), ..view(&me, given, Some(error)).await? };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

/// The unit of an officer who writes down what their own unit found.
fn own_unit(me: &Me) -> String {
    if me.may(Power::Register) {
        return String::new();
    }
    let unit = me.roster.unit_of(me.officer.post);
    let chain = unit.map(|unit| me.roster.unit_and_ancestors(unit)).unwrap_or_default();
    let counted = chain
        .into_iter()
        .find(|unit| me.roster.unit(*unit).is_some_and(|unit| unit.kind.is_counted()));
    counted.map_or("", |unit| me.roster.unit_name(unit)).to_owned()
}

pub async fn register(me: Me, Form(given): Form<Given>) -> Result<Response, Trouble> {
    let refused: Box<dyn Refuses> = match content(&given, &me) {
        Err(unreadable) => Box::new(unreadable),
        Ok((ledger, content)) => {
            let turn = me.house.store.turn(me.hand(), move |pen| {
                Box::pin(async move { begin(pen, ledger, content).await })
            });
            match turn.await {
                Ok(id) => return Ok(Redirect::to(&format!("/problems/{id}")).into_response()),
                Err(Stop::Refused(refusal)) => refusal,
                Err(stop) => return Err(stop.into()),
            }
        }
    };
    let w = Words::of(me.visit.lang);
    let field = refused.field().unwrap_or_default().to_owned();
    let error = (field, sentence(&w, refused.key(), &refused.facts()));
    let page = view(&me, given, Some(error)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

/// What was typed, as the content of a problem.
fn content(given: &Given, me: &Me) -> Result<(Id<Ledger>, Content), Unreadable> {
    let text = |name: &str| given.get(name).map_or("", String::as_str).trim().to_owned();
    let wrong = |field, found: String| Unreadable { field, why: "unreadable-choice", found };
    let post = |field: &'static str| typed::post(&me.roster, field, &text(field));
    let ledger = text("ledger").parse().map_err(|_| wrong("ledger", text("ledger")))?;
    let missing =
        Unreadable { field: "unit", why: "unreadable-unit-missing", found: String::new() };
    let complaint = text("complaint");
    let criteria = text("criteria");
    let criteria = criteria.lines().map(str::trim).filter(|line| !line.is_empty());
    let content = Content {
        source: Source::of(&text("source")).ok_or(wrong("source", text("source")))?,
        yardstick: Yardstick::of(&text("yardstick")),
        aspect: Aspect::of(&text("aspect")),
        category: text("category"),
        what: text("what"),
        cause: String::new(),
        target: String::new(),
        horizon: Horizon::of(&text("horizon")).ok_or(wrong("horizon", text("horizon")))?,
        sponsor: post("sponsor")?,
        unit: typed::unit(&me.roster, "unit", &text("unit"))?.ok_or(missing)?,
        owner: post("owner")?,
        watcher: post("watcher")?,
        criteria: criteria.map(str::to_owned).collect(),
        scope: Scope::of(&text("scope")).ok_or(wrong("scope", text("scope")))?,
        publication_workdays: typed::number("publication", &text("publication"))?.unwrap_or(0),
        complaint: (!complaint.is_empty()).then_some(complaint),
        found_on: typed::sure_day("found_on", &text("found_on"))?,
        due_on: typed::day("due_on", &text("due_on"))?,
        urgent: given.contains_key("urgent"),
    };
    Ok((Id::new(ledger), content))
}

async fn view(me: &Me, given: Given, error: Option<(String, String)>) -> Result<NewPage, Trouble> {
    let w = Words::of(me.visit.lang);
    let registers = me.may(Power::Register);
    let worded = |name: &'static str, words: Vec<&'static str>, optional: bool| {
        let none = optional.then(|| (String::new(), w.t("problem-any")));
        let word = |word: &str| (word.to_owned(), w.t(&format!("problem-{name}-{word}")));
        Choice {
            name,
            label: w.t(&format!("problem-{name}")),
            values: none.into_iter().chain(words.into_iter().map(word)).collect(),
            chosen: given.get(name).cloned().unwrap_or_default(),
        }
    };
    let source = |one: &&Source| registers || **one == Source::SelfCheck;
    let choices = vec![
        Choice {
            name: "ledger",
            label: w.t("problem-ledger"),
            values: ledgers(me).await?,
            chosen: given.get("ledger").cloned().unwrap_or_default(),
        },
        worded("source", Source::ALL.iter().filter(source).map(|one| one.word()).collect(), false),
        worded("horizon", Horizon::ALL.iter().map(|one| one.word()).collect(), false),
        worded("yardstick", Yardstick::ALL.iter().map(|one| one.word()).collect(), true),
        worded("aspect", Aspect::ALL.iter().map(|one| one.word()).collect(), true),
        worded("scope", Scope::ALL.iter().map(|one| one.word()).collect(), false),
    ];
    let units = me.roster.units().filter(|(_, unit)| unit.to.is_none());
    let posts = me.roster.posts().filter(|(_, post)| post.closed.is_none());
    Ok(NewPage {
        shell: Shell::of(me, "/problems").await?,
        id: None,
        registers,
        choices,
        units: units.map(|(_, unit)| unit.name.clone()).collect(),
        posts: posts.map(|(_, post)| post.title.clone()).collect(),
        given,
        error,
    })
}

/// Open batches, newest first.
async fn ledgers(me: &Me) -> Result<Vec<(String, String)>, Trouble> {
    let rows = sqlx::query(
        "select id, title from matter where jurisdiction = $1 and kind = 'ledger' \
         and standing = 'open' order by sort desc, id desc limit 50",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut list = Vec::new();
    for row in &rows {
        let id: i64 = row.try_get(0)?;
        list.push((id.to_string(), row.try_get(1)?));
    }
    Ok(list)
}
