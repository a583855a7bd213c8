//! The problem slice (问题清单和整改台账): problems, the batch ledgers that number them, and the turns
//! that join both.
//!
//! Start reading at `page.rs` (one problem), then `acts.rs` (its steps); `rows.rs` says what lists
//! are read from. `lists` has the lists themselves.

pub mod acts;
pub mod api;
mod ledgers;
pub mod lists;
mod new;
mod page;
pub mod rows;
mod shown;

use axum::{
    Router,
    routing::{get, post},
};
use mechanisms::{
    Day, Id,
    problem::{Command, Content, Ledger, LinkKind, Problem, Source, Stage, ledger},
    roster::{Power, Unit},
};

use crate::{
    House,
    access::{Me, Part},
    store::{Hand, Pen, Stop},
    trouble::Trouble,
};

pub fn routes() -> Router<House> {
    Router::new()
        .route("/problems/new", get(new::new_page).post(new::register))
        .route("/problems/{id}", get(page::problem_page))
        .route("/problems/{id}/edit", get(new::edit_page).post(new::amend))
        .route(
            "/problems/{id}/{noun}",
            get(acts::act_page).post(acts::carry_out).layer(crate::evidence::limit()),
        )
        .route("/ledgers", get(ledgers::ledgers_page).post(ledgers::open_batch))
        .route("/ledgers/{id}", get(ledgers::ledger_page))
        .route("/ledgers/{id}/lists", post(ledgers::file))
        .route("/ledgers/{id}/lists/{unit}/approval", post(ledgers::approve))
        .route("/ledgers/{id}/lists/{unit}/return", post(ledgers::send_back))
}

/// The problem behind an address, for those who may see it.
pub async fn find(me: &Me, id: i64) -> Result<Problem, Trouble> {
    let found = me.house.store.state::<Problem>(me.body.id, Id::new(id)).await?;
    let problem = found.ok_or(Trouble::NotFound)?;
    if me.scope.sees(&parts(&problem)) { Ok(problem) } else { Err(Trouble::NotFound) }
}

/// A batch ledger: everybody sees what it is and who has filed.
pub async fn find_ledger(me: &Me, id: i64) -> Result<Ledger, Trouble> {
    let found = me.house.store.state::<Ledger>(me.body.id, Id::new(id)).await?;
    found.ok_or(Trouble::NotFound)
}

/// Who has a part in a problem.
pub fn parts(problem: &Problem) -> Vec<Part> {
    let parties = rows::parties(problem).into_iter();
    parties.map(|party| Part { unit: party.unit, post: party.post }).collect()
}

/// Begins a problem. Whoever registers takes it on the ledger at once, under its number for life;
/// what a unit found itself waits for its list to be approved.
pub async fn begin(
    pen: &mut Pen<'_, '_>,
    ledger: Id<Ledger>,
    content: Content,
) -> Result<Id<Problem>, Stop> {
    pen.find::<Ledger>(ledger).await?;
    let found = content.source != Source::SelfCheck;
    let id = pen.fresh::<Problem>();
    pen.ask::<Problem>(id, Command::File { ledger, content }).await?;
    if found && pen.roster().may(pen.hand().by, Power::Register) {
        register(pen, id).await?;
    }
    Ok(id)
}

/// Takes one filed problem on the ledger: the ledger gives the number, the problem bears it.
pub async fn register(pen: &mut Pen<'_, '_>, id: Id<Problem>) -> Result<(), Stop> {
    let problem = pen.find::<Problem>(id).await?;
    let ledger = problem.ledger;
    pen.ask::<Ledger>(ledger, ledger::Command::Number { problem: id }).await?;
    let state = pen.find::<Ledger>(ledger).await?;
    let number = state.number(state.last);
    pen.ask::<Problem>(id, Command::Register { number }).await
}

/// Files a unit's list: problems begun before, and those that begin with it.
pub async fn file_list(
    pen: &mut Pen<'_, '_>,
    ledger: Id<Ledger>,
    unit: Id<Unit>,
    (mut problems, new): (Vec<Id<Problem>>, Vec<Content>),
    looked_at: String,
) -> Result<Vec<Id<Problem>>, Stop> {
    for content in new {
        let id = pen.fresh::<Problem>();
        pen.ask::<Problem>(id, Command::File { ledger, content }).await?;
        problems.push(id);
    }
    let filed = problems.clone();
    let command = ledger::Command::FileList { unit, problems, looked_at };
    pen.ask::<Ledger>(ledger, command).await?;
    Ok(filed)
}

/// Approves the list of a unit that waits, and takes its problems on the ledger in their order;
/// how many there were. One that was withdrawn meanwhile leaves its number unused.
pub async fn approve_list(
    pen: &mut Pen<'_, '_>,
    ledger: Id<Ledger>,
    unit: Id<Unit>,
) -> Result<usize, Stop> {
    let before = pen.find::<Ledger>(ledger).await?;
    let listed = before.waiting_list(unit).map(|list| list.problems.clone()).unwrap_or_default();
    let first = before.last + 1;
    pen.ask::<Ledger>(ledger, ledger::Command::ApproveList { unit }).await?;
    let mut count = 0;
    for (place, id) in (first..).zip(listed) {
        if pen.find::<Problem>(id).await?.stage == Stage::Filed {
            let number = before.number(place);
            pen.ask::<Problem>(id, Command::Register { number }).await?;
            count += 1;
        }
    }
    Ok(count)
}

/// What an officer asks of a problem: a command, or one that takes more than the problem itself.
#[derive(Clone, Debug)]
pub enum Asked {
    Plain(Command),
    /// Takes it on the ledger, which gives the number.
    Register,
    Merge {
        into: Id<Problem>,
        reason: String,
    },
    Link {
        kind: LinkKind,
        other: Id<Problem>,
    },
    /// A sibling unit answers: nothing there, or a problem of its own, which begins with it.
    AnswerPush {
        unit: Id<Unit>,
        found: Option<Box<Content>>,
        text: String,
    },
}

/// One step of a problem, and all that belongs to it: one turn.
pub async fn step(pen: &mut Pen<'_, '_>, id: Id<Problem>, asked: Asked) -> Result<(), Stop> {
    match asked {
        Asked::Plain(command) => pen.ask::<Problem>(id, command).await,
        Asked::Register => register(pen, id).await,
        Asked::Merge { into, reason } => {
            let number = number_of(pen, into).await?;
            pen.ask::<Problem>(id, Command::Merge { into, number, reason }).await?;
            link(pen, into, LinkKind::Duplicate, id).await
        }
        Asked::Link { kind, other } => {
            let number = number_of(pen, other).await?;
            pen.ask::<Problem>(id, Command::Link { kind, other, number }).await?;
            link(pen, other, kind, id).await
        }
        Asked::AnswerPush { unit, found, text } => {
            answer_push(pen, id, unit, found.map(|content| *content), text).await.map(|_| ())
        }
    }
}

/// Carries a step out as a turn of its own.
pub async fn ask_problem(
    house: &House,
    hand: Hand,
    id: Id<Problem>,
    asked: Asked,
) -> Result<(), Stop> {
    let turn =
        house.store.turn(hand, move |pen| Box::pin(async move { step(pen, id, asked).await }));
    turn.await
}

async fn number_of(pen: &mut Pen<'_, '_>, id: Id<Problem>) -> Result<String, Stop> {
    Ok(pen.find::<Problem>(id).await?.number.clone().unwrap_or_default())
}

/// The link the other way, where it is not there yet.
async fn link(
    pen: &mut Pen<'_, '_>,
    id: Id<Problem>,
    kind: LinkKind,
    other: Id<Problem>,
) -> Result<(), Stop> {
    let known = pen.find::<Problem>(id).await?;
    if known.links.iter().any(|link| link.other == other && link.kind == kind) {
        return Ok(());
    }
    let number = number_of(pen, other).await?;
    pen.ask::<Problem>(id, Command::Link { kind, other, number }).await
}

/// A sibling unit answers. A problem it found begins in the same ledger; its number comes when it
/// is taken on it, and until then the link is the problem itself.
async fn answer_push(
    pen: &mut Pen<'_, '_>,
    id: Id<Problem>,
    unit: Id<Unit>,
    found: Option<Content>,
    text: String,
) -> Result<Option<Id<Problem>>, Stop> {
    let asked = pen.find::<Problem>(id).await?;
    let Some(content) = found else {
        let command = Command::AnswerPush { unit, found: None, text };
        return pen.ask::<Problem>(id, command).await.map(|()| None);
    };
    let new = pen.fresh::<Problem>();
    let ledger = asked.ledger;
    pen.ask::<Problem>(new, Command::File { ledger, content }).await?;
    let command = Command::AnswerPush { unit, found: Some((new, String::new())), text };
    pen.ask::<Problem>(id, command).await?;
    Ok(Some(new))
}

/// A closure audit found it false: it is open again under its number, in the audit's own turn.
pub async fn found_false(
    pen: &mut Pen<'_, '_>,
    id: Id<Problem>,
    finding: String,
    due_on: Day,
) -> Result<(), Stop> {
    let command = Command::Relapse { by_way_of: "closure-audit", finding, due_on };
    pen.ask::<Problem>(id, command).await
}
