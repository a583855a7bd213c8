//! The workbook that comes back: tried first, cell by cell against what went out and what is there
//! now; brought in as a job, row by row, each by its own rules; and taken back like any job.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use axum::{
    extract::Multipart,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::future::BoxFuture;
use mechanisms::{
    Id,
    problem::{Command, Content, Horizon, Problem, Scope},
    roster::Power,
};
use paper::merge::{Column, Edited, FaultKind, Line, MergeError, Outcome, merge, read};

use super::{bulk::NoWayBack, sheet};
use crate::{
    access::Me,
    failure::Meaning,
    jobs::{self, Act, Asked, One},
    matters::problems,
    store::{Pen, Stop},
    trouble::Trouble,
    typed::{self, Unreadable},
    ui::{self, Shell, told, words::Words},
};

/// 导入修改过的台账.
pub static CELLS: Act =
    Act { key: "problem-cells", kind: "problem", carry, take_back: Some(take_back) };

/// A cell of a row: what it was and what it is to be.
type Cells = BTreeMap<String, (String, String)>;

/// A line of the trial.
struct Told {
    at: String,
    number: String,
    id: Option<i64>,
    column: String,
    was: String,
    now: String,
    /// What the program says, of a conflict; or why it is wrong.
    note: String,
}

struct Tried {
    file: String,
    /// The file itself, carried by the form: nothing is kept before it is brought in.
    kept: String,
    rows: usize,
    changed_rows: usize,
    agreed: usize,
    changes: Vec<Told>,
    conflicts: Vec<Told>,
    faults: Vec<Told>,
    added: Vec<Told>,
    removed: Vec<Told>,
}

#[derive(Template)]
#[template(path = "problem/lists/import.html")]
struct ImportPage {
    shell: Shell,
    tried: Option<Tried>,
    error: Option<String>,
    reason: String,
}

pub async fn import_page(me: Me) -> Result<Html<String>, Trouble> {
    me.needs(Power::Register)?;
    let shell = Shell::of(&me, "/problems").await?;
    Ok(ui::page(&ImportPage { shell, tried: None, error: None, reason: String::new() })?)
}

#[derive(Default)]
struct Sent {
    file: String,
    bytes: Vec<u8>,
    reason: String,
    bring_in: bool,
}

async fn sent(mut form: Multipart) -> Result<Sent, Trouble> {
    let wrong = |_| Trouble::Unreadable { field: "file".into(), why: "error-unreadable-form" };
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        match field.name().unwrap_or_default() {
            "file" => {
                sent.file = field.file_name().unwrap_or_default().to_owned();
                sent.bytes = field.bytes().await.map_err(wrong)?.to_vec();
            }
            "name" => sent.file = field.text().await.map_err(wrong)?,
            "kept" => {
                let text = field.text().await.map_err(wrong)?;
                sent.bytes = STANDARD.decode(text).unwrap_or_default();
            }
            "reason" => sent.reason = field.text().await.map_err(wrong)?,
            "bring_in" => sent.bring_in = field.text().await.map_err(wrong)? == "yes",
            _ => {}
        }
    }
    Ok(sent)
}

pub async fn upload(me: Me, form: Multipart) -> Result<Response, Trouble> {
    me.needs(Power::Register)?;
    let sent = sent(form).await?;
    let w = Words::of(me.visit.lang);
    let columns = sheet::columns(&w);
    let shell = Shell::of(&me, "/problems").await?;
    let edited = match read(&sent.bytes, &columns) {
        Ok(edited) => edited,
        Err(why) => {
            let error = Some(unreadable(&why, &w));
            let page = ui::page(&ImportPage { shell, tried: None, error, reason: sent.reason })?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let outcome = compare(&me, &edited, &columns, &w).await?;
    let outcome = named(&me, outcome, &columns);
    let mut error = None;
    if sent.bring_in {
        let none = outcome.changes.is_empty().then(|| w.t("problems-import-nothing"));
        error = none.or_else(|| sent.reason.trim().is_empty().then(|| w.t("job-reason-missing")));
        if error.is_none() {
            return begin(&me, &sent, &outcome, &columns).await;
        }
    }
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let tried = Some(tried(&sent, &edited, &outcome, &columns, &w));
    let page = ui::page(&ImportPage { shell, tried, error, reason: sent.reason })?;
    Ok((status, page).into_response())
}

fn unreadable(why: &MergeError, w: &Words) -> String {
    match why {
        MergeError::Sheet(error) => told::sheet(w, error),
        MergeError::NoBase => w.t("problems-import-no-base"),
        MergeError::NoNumbers => w.t("problems-import-no-numbers"),
    }
}

/// The merge with the rows as they are now; only edited rows are read.
async fn compare(
    me: &Me,
    edited: &Edited,
    columns: &[Column],
    w: &Words,
) -> Result<Outcome, Trouble> {
    let alone = merge(edited, columns, |id| edited.base.get(&id).cloned());
    let ids: Vec<i64> = alone.by_row().into_keys().collect();
    let states = problems::states(me, &ids).await?;
    let now: HashMap<i64, Line> =
        states.iter().map(|(id, problem)| (*id, sheet::line(me, *id, problem, w))).collect();
    Ok(merge(edited, columns, |id| now.get(&id).cloned()))
}

/// Posts nobody knows are faults of their cells, not changes.
fn named(me: &Me, mut outcome: Outcome, columns: &[Column]) -> Outcome {
    let (good, bad) = outcome.changes.into_iter().partition(|change| {
        let key = columns[change.column].key.as_str();
        let post = ["sponsor", "owner", "watcher"].contains(&key);
        !post || typed::post(&me.roster, "owner", &change.now).is_ok()
    });
    outcome.changes = good;
    outcome.faults.extend(Vec::into_iter(bad).map(|change| paper::merge::Fault {
        kind: FaultKind::Broken,
        heading: columns[change.column].heading.clone(),
        at: change.at,
        id: Some(change.id),
        found: change.now,
    }));
    outcome
}

fn tried(sent: &Sent, edited: &Edited, outcome: &Outcome, columns: &[Column], w: &Words) -> Tried {
    let number = |id: &i64| {
        let line = edited.base.get(id);
        line.and_then(|line| line.cells.first()).cloned().unwrap_or_default()
    };
    let blank = |at: &str, id: Option<i64>| Told {
        at: at.to_owned(),
        number: id.as_ref().map(number).unwrap_or_default(),
        id,
        column: String::new(),
        was: String::new(),
        now: String::new(),
        note: String::new(),
    };
    Tried {
        file: sent.file.clone(),
        kept: STANDARD.encode(&sent.bytes),
        rows: outcome.rows,
        changed_rows: outcome.by_row().len(),
        agreed: outcome.agreed,
        changes: outcome
            .changes
            .iter()
            .map(|one| Told {
                column: columns[one.column].heading.clone(),
                was: one.was.clone(),
                now: one.now.clone(),
                ..blank(&one.at, Some(one.id))
            })
            .collect(),
        conflicts: outcome
            .conflicts
            .iter()
            .map(|one| Told {
                column: columns[one.column].heading.clone(),
                was: one.was.clone(),
                now: one.edited.clone(),
                note: one.current.clone(),
                ..blank(&one.at, Some(one.id))
            })
            .collect(),
        faults: outcome
            .faults
            .iter()
            .map(|one| Told {
                column: one.heading.clone(),
                now: one.found.clone(),
                note: w.t(fault(one.kind)),
                ..blank(&one.at, one.id)
            })
            .collect(),
        added: outcome
            .added
            .iter()
            .map(|one| {
                let cells: Vec<&str> =
                    one.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
                Told { now: cells.join("　"), ..blank(&one.row.to_string(), None) }
            })
            .collect(),
        removed: outcome.removed.iter().map(|id| blank("", Some(*id))).collect(),
    }
}

fn fault(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Broken => "merge-broken",
        FaultKind::Fixed => "merge-fixed",
        FaultKind::UnknownColumn => "merge-unknown-column",
        FaultKind::MissingColumn => "merge-missing-column",
        FaultKind::Twice => "merge-twice",
        FaultKind::Gone => "merge-gone",
    }
}

async fn begin(
    me: &Me,
    sent: &Sent,
    outcome: &Outcome,
    columns: &[Column],
) -> Result<Response, Trouble> {
    let mut matters = Vec::new();
    for (matter, changes) in outcome.by_row() {
        let cells: Cells = changes
            .iter()
            .map(|one| (columns[one.column].key.clone(), (one.was.clone(), one.now.clone())))
            .collect();
        let given = serde_json::to_string(&cells).meaning("writing a row down")?;
        matters.push(One { matter, given });
    }
    let lang = me.visit.lang.tag().to_owned();
    let given = [("file".to_owned(), sent.file.clone()), ("lang".to_owned(), lang)].into();
    let asked = Asked { reason: sent.reason.clone(), given };
    let id = jobs::start(&me.house, me.hand(), &CELLS, asked, matters).await?;
    Ok(Redirect::to(&format!("/jobs/{id}")).into_response())
}

/// Puts some cells into a problem. What the list calls one row are several commands: the content,
/// the watcher, the deadline.
async fn put(
    pen: &mut Pen<'_, '_>,
    id: Id<Problem>,
    cells: &BTreeMap<String, String>,
    reason: &str,
) -> Result<(), Stop> {
    let problem = pen.find(id).await?;
    let mut content = problem.content.clone();
    for (key, text) in cells {
        let unread = |wrong: Unreadable| Stop::refused(wrong);
        let roster = pen.roster();
        match key.as_str() {
            "category" => content.category.clone_from(text),
            "cause" => content.cause.clone_from(text),
            "target" => content.target.clone_from(text),
            "criteria" => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                content.criteria = lines.map(str::to_owned).collect();
            }
            "horizon" => content.horizon = one_of(text, Horizon::ALL, sheet::horizon)?,
            "scope" => content.scope = one_of(text, Scope::ALL, sheet::scope)?,
            "sponsor" => {
                content.sponsor = typed::post(roster, "sponsor", text).map_err(unread)?;
            }
            "owner" => content.owner = typed::post(roster, "owner", text).map_err(unread)?,
            "watcher" => content.watcher = typed::post(roster, "watcher", text).map_err(unread)?,
            "due_on" => content.due_on = typed::day("due_on", text).map_err(unread)?,
            _ => return Err(Stop::Missing),
        }
    }
    let (watcher, due_on) = (content.watcher, content.due_on);
    let rest =
        Content { watcher: problem.content.watcher, due_on: problem.content.due_on, ..content };
    if rest != problem.content {
        let amend = Command::Amend { base: problem.version, content: rest };
        pen.ask::<Problem>(id, amend).await?;
    }
    if let Some(post) = watcher.filter(|_| watcher != problem.content.watcher) {
        pen.ask::<Problem>(id, Command::Watch { post }).await?;
    }
    if let Some(due_on) = due_on.filter(|_| due_on != problem.content.due_on) {
        let reason = reason.to_owned();
        pen.ask::<Problem>(id, Command::MoveDue { due_on, reason }).await?;
    }
    Ok(())
}

/// A value by its name in any of the languages.
fn one_of<T: Copy>(text: &str, all: &[T], name: fn(T, &Words) -> String) -> Result<T, Stop> {
    let named = |one: &&T| {
        let langs = ui::words::Lang::ALL.into_iter();
        langs.map(Words::of).any(|w| name(**one, &w) == text)
    };
    all.iter().find(named).copied().ok_or(Stop::Missing)
}

fn carry<'p>(
    pen: &'p mut Pen<'_, '_>,
    one: &'p One,
    asked: &'p Asked,
) -> BoxFuture<'p, Result<String, Stop>> {
    Box::pin(async move {
        let cells: Cells = serde_json::from_str(&one.given).meaning("reading a row")?;
        let now = cells.iter().map(|(key, (_, now))| (key.clone(), now.clone())).collect();
        put(pen, Id::new(one.matter), &now, &asked.reason).await?;
        Ok(one.given.clone())
    })
}

/// Puts back what the cells were, where they still hold what was brought in.
fn take_back<'p>(
    pen: &'p mut Pen<'_, '_>,
    one: &'p One,
    before: &'p str,
    reason: &'p str,
) -> BoxFuture<'p, Result<(), Stop>> {
    Box::pin(async move {
        let cells: Cells = serde_json::from_str(before).meaning("reading a row")?;
        let id = Id::<Problem>::new(one.matter);
        let problem = pen.find(id).await?;
        let stands = |(key, (_, now)): (&String, &(String, String))| holds(pen, &problem, key, now);
        if !cells.iter().all(stands) {
            return Err(Stop::refused(NoWayBack::Changed));
        }
        let emptied = |(key, (was, _)): (&String, &(String, String))| {
            was.is_empty() && ["watcher", "due_on"].contains(&key.as_str())
        };
        if cells.iter().any(emptied) {
            return Err(Stop::refused(NoWayBack::Nothing));
        }
        let was = cells.iter().map(|(key, (was, _))| (key.clone(), was.clone())).collect();
        put(pen, id, &was, reason).await
    })
}

/// Does a cell still hold what was brought in?
fn holds(pen: &Pen<'_, '_>, problem: &Problem, key: &str, text: &str) -> bool {
    let content = &problem.content;
    let post = |post: Option<Id<_>>| {
        post.map_or(String::new(), |post| pen.roster().post_title(post).to_owned())
    };
    match key {
        "category" => content.category == text,
        "cause" => content.cause.trim() == text,
        "target" => content.target.trim() == text,
        "criteria" => content.criteria.join("\n") == text,
        "horizon" => one_of(text, Horizon::ALL, sheet::horizon)
            .is_ok_and(|horizon| horizon == content.horizon),
        "scope" => one_of(text, Scope::ALL, sheet::scope).is_ok_and(|scope| scope == content.scope),
        "sponsor" => post(content.sponsor) == text,
        "owner" => post(content.owner) == text,
        "watcher" => post(content.watcher) == text,
        "due_on" => content.due_on.map_or(String::new(), |day| day.to_string()) == text,
        _ => false,
    }
}
