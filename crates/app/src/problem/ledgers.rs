//! Batch ledgers: the list of them, opening one, a unit's filing of its list, and the supervision
//! office's decision on it.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use mechanisms::{
    Id, Refuses,
    problem::{
        Ledger, Problem, Stage,
        ledger::{Command, Filing, List},
    },
    roster::{Power, Unit},
};
use sqlx::Row;

use super::{acts::Given, approve_list, file_list, find_ledger};
use crate::{
    access::Me,
    store::Stop,
    trouble::Trouble,
    typed,
    ui::{
        self, Shell,
        words::{Words, sentence},
    },
};

/// Opens a batch, and gives its id.
pub async fn open(me: &Me, command: Command) -> Result<i64, Stop> {
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move {
            let id = pen.fresh::<Ledger>();
            pen.ask::<Ledger>(id, command).await?;
            Ok(id.0)
        })
    });
    turn.await
}

/// One command of a ledger as a turn of its own.
pub async fn ask(me: &Me, id: i64, command: Command) -> Result<(), Stop> {
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move { pen.ask::<Ledger>(Id::new(id), command).await })
    });
    turn.await
}

/// One batch in the list.
struct Batch {
    id: i64,
    title: String,
    file_by: String,
    covered: usize,
    units: usize,
    problems: i64,
    waiting: usize,
    closed: bool,
}

#[derive(Template)]
#[template(path = "problem/ledgers.html")]
struct LedgersPage {
    shell: Shell,
    batches: Vec<Batch>,
    may_open: bool,
    given: Given,
    error: Option<(String, String)>,
}

impl LedgersPage {
    fn value(&self, name: &str) -> &str {
        self.given.get(name).map_or("", String::as_str)
    }
}

pub async fn ledgers_page(me: Me) -> Result<Html<String>, Trouble> {
    Ok(ui::page(&list(&me, Given::new(), None).await?)?)
}

async fn list(
    me: &Me,
    given: Given,
    error: Option<(String, String)>,
) -> Result<LedgersPage, Trouble> {
    let w = Words::of(me.visit.lang);
    let rows = sqlx::query(
        "select id from matter where jurisdiction = $1 and kind = 'ledger' order by sort desc, id",
    )
    .bind(me.body.id)
    .fetch_all(me.house.store.reader())
    .await?;
    let mut batches = Vec::new();
    for row in &rows {
        let id: i64 = row.try_get(0)?;
        let ledger = find_ledger(me, id).await?;
        let coverage = ledger.coverage(&me.roster, me.today());
        let waits = |one: &&(Id<Unit>, Filing)| ledger.waiting_list(one.0).is_some();
        batches.push(Batch {
            id,
            title: ledger.title.clone(),
            file_by: w.day(&ledger.file_by, &me.today()),
            covered: coverage.covered(),
            units: coverage.all(),
            problems: ledger.last,
            waiting: coverage.units.iter().filter(waits).count(),
            closed: ledger.closed.is_some(),
        });
    }
    let shell = Shell::of(me, "/problems").await?;
    Ok(LedgersPage { shell, batches, may_open: me.may(Power::Register), given, error })
}

/// Opens a batch from its form.
pub async fn open_batch(me: Me, Form(given): Form<Given>) -> Result<Response, Trouble> {
    let text = |name: &str| given.get(name).map_or("", String::as_str).trim().to_owned();
    let read = || {
        let ordinal = typed::number("ordinal", &text("ordinal"))?.unwrap_or(0);
        let file_by = typed::sure_day("file_by", &text("file_by"))?;
        Ok::<_, typed::Unreadable>(Command::Open { ordinal, title: text("title"), file_by })
    };
    let refused: Box<dyn Refuses> = match read() {
        Err(unreadable) => Box::new(unreadable),
        Ok(command) => match open(&me, command).await {
            Ok(id) => return Ok(Redirect::to(&format!("/ledgers/{id}")).into_response()),
            Err(Stop::Refused(refusal)) => refusal,
            Err(stop) => return Err(stop.into()),
        },
    };
    let page = list(&me, given, Some(told(&me, &*refused))).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
}

fn told(me: &Me, refused: &dyn Refuses) -> (String, String) {
    let w = Words::of(me.visit.lang);
    let field = refused.field().unwrap_or_default().to_owned();
    (field, sentence(&w, refused.key(), &refused.facts()))
}

/// A list that waits for a decision.
struct Waits {
    unit: i64,
    name: String,
    filed: String,
    looked_at: String,
    problems: Vec<(i64, String)>,
}

#[derive(Template)]
#[template(path = "problem/ledger.html")]
struct LedgerPage {
    shell: Shell,
    id: i64,
    title: String,
    lede: String,
    closed: bool,
    waiting: Vec<Waits>,
    uncovered: Vec<(String, String)>,
    /// The unit this officer files for, what became of its last list, and what could be listed.
    own: Option<(i64, String, String)>,
    filed: Vec<(i64, String)>,
    may_decide: bool,
    error: Option<(String, String)>,
}

pub async fn ledger_page(me: Me, Path(id): Path<i64>) -> Result<Html<String>, Trouble> {
    Ok(ui::page(&view(&me, id, None).await?)?)
}

async fn view(me: &Me, id: i64, error: Option<(String, String)>) -> Result<LedgerPage, Trouble> {
    let w = Words::of(me.visit.lang);
    let ledger = find_ledger(me, id).await?;
    let coverage = ledger.coverage(&me.roster, me.today());
    let may_decide = me.may(Power::Register);
    let name = |unit: Id<Unit>| me.roster.unit_name(unit).to_owned();
    let mut waiting = Vec::new();
    for (unit, _) in coverage.units.iter().filter(|_| may_decide) {
        if let Some(list) = ledger.waiting_list(*unit) {
            waiting.push(waits(me, *unit, list, &w).await?);
        }
    }
    let filing = |one: Filing| w.t(&format!("filing-{}", one.word()));
    let uncovered = coverage.uncovered().map(|(unit, one)| (name(unit), filing(one))).collect();
    let own = counted_unit(me);
    let filed = match own {
        Some(unit) => unlisted(me, id, unit).await?,
        None => Vec::new(),
    };
    let (all, covered) = (coverage.all().to_string(), coverage.covered().to_string());
    let day = w.day(&ledger.file_by, &me.today());
    let args = [("day", &*day), ("units", &*all), ("covered", &*covered)];
    Ok(LedgerPage {
        shell: Shell::of(me, "/problems").await?,
        id,
        title: ledger.title.clone(),
        lede: w.a("ledger-lede", &args),
        closed: ledger.closed.is_some(),
        waiting,
        uncovered,
        own: own.map(|unit| (unit.0, name(unit), filing(ledger.filing(unit)))),
        filed,
        may_decide,
        error,
    })
}

async fn waits(me: &Me, unit: Id<Unit>, list: &List, w: &Words) -> Result<Waits, Trouble> {
    let mut problems = Vec::new();
    for id in &list.problems {
        if let Some(problem) = me.house.store.state::<Problem>(me.body.id, *id).await? {
            problems.push((id.0, problem.title().to_owned()));
        }
    }
    Ok(Waits {
        unit: unit.0,
        name: me.roster.unit_name(unit).to_owned(),
        filed: w.day(&list.filed.day, &me.today()),
        looked_at: list.looked_at.clone(),
        problems,
    })
}

/// The counted unit this officer files for.
fn counted_unit(me: &Me) -> Option<Id<Unit>> {
    let own = me.roster.unit_of(me.officer.post)?;
    let counted =
        |unit: &Id<Unit>| me.roster.unit(*unit).is_some_and(|unit| unit.kind.is_counted());
    me.roster.unit_and_ancestors(own).into_iter().find(counted)
}

/// What the unit wrote down in this batch and has no number yet.
async fn unlisted(me: &Me, id: i64, unit: Id<Unit>) -> Result<Vec<(i64, String)>, Trouble> {
    let rows = sqlx::query(
        "select id, title from matter where jurisdiction = $1 and kind = 'problem' \
         and plan = $2 and lead_unit = $3 and stage = $4 order by id",
    )
    .bind(me.body.id)
    .bind(id)
    .bind(unit.0)
    .bind(Stage::Filed.word())
    .fetch_all(me.house.store.reader())
    .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// A unit files its list: the problems that are ticked.
pub async fn file(
    me: Me,
    Path(id): Path<i64>,
    Form(given): Form<BTreeMap<String, String>>,
) -> Result<Response, Trouble> {
    find_ledger(&me, id).await?;
    let unit = counted_unit(&me).ok_or(Trouble::NotYours)?;
    let ticked = given.keys().filter_map(|key| key.strip_prefix("problem-")?.parse().ok());
    let problems: Vec<Id<Problem>> = ticked.map(Id::new).collect();
    let looked_at = given.get("looked_at").map(|text| text.trim().to_owned()).unwrap_or_default();
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move {
            file_list(pen, Id::new(id), unit, (problems, Vec::new()), looked_at).await
        })
    });
    let filed = turn.await.map(|_| ());
    settled(&me, id, filed).await
}

pub async fn approve(me: Me, Path((id, unit)): Path<(i64, i64)>) -> Result<Response, Trouble> {
    find_ledger(&me, id).await?;
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move { approve_list(pen, Id::new(id), Id::new(unit)).await })
    });
    let approved = turn.await.map(|_| ());
    settled(&me, id, approved).await
}

pub async fn send_back(
    me: Me,
    Path((id, unit)): Path<(i64, i64)>,
    Form(given): Form<Given>,
) -> Result<Response, Trouble> {
    find_ledger(&me, id).await?;
    let reason = given.get("reason").map(|text| text.trim().to_owned()).unwrap_or_default();
    let command = Command::ReturnList { unit: Id::new(unit), reason };
    let sent = ask(&me, id, command).await;
    settled(&me, id, sent).await
}

/// Back to the ledger, or the ledger with the reason why not.
async fn settled(me: &Me, id: i64, done: Result<(), Stop>) -> Result<Response, Trouble> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/ledgers/{id}")).into_response()),
        Err(Stop::Refused(refusal)) => {
            let page = view(me, id, Some(told(me, &*refusal))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, ui::page(&page)?).into_response())
        }
        Err(stop) => Err(stop.into()),
    }
}
