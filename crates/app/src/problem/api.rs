//! Problems and batch ledgers over the API: one problem whole, and its steps; a ledger with who
//! has filed, and its lists.

use axum::{
    Json,
    extract::{Path, State},
};
use mechanisms::{
    Day, Id,
    plan::item::{Evidence, Move},
    problem::{Content, Ledger, Measure, Problem, Stage, ledger},
    reminder::Next,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use self::step::Step;
use super::{approve_list, ask_problem, begin, file_list, find, find_ledger};
use crate::{House, access::Me, trouble::Trouble};

mod step;

/// The API's doors of this slice.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(problem))
        .routes(routes!(register))
        .routes(routes!(take_step))
        .routes(routes!(open_ledger))
        .routes(routes!(one_ledger))
        .routes(routes!(file))
        .routes(routes!(approve))
        .routes(routes!(send_back))
}

/// One problem whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemWhole {
    pub id: i64,
    pub ledger: i64,
    /// Given for life when it was taken on the ledger: 2-118.
    pub number: Option<String>,
    /// filed, registered, rectifying, to-apply, applied, checked, publishing, closed, archived,
    /// suspended, waived, merged or withdrawn.
    pub stage: String,
    /// late, warn, ok, idle, hold or done, as of today.
    pub light: String,
    /// Which of the five official groups it counts in.
    pub timeliness: String,
    pub version: i64,
    #[schema(value_type = Object)]
    pub content: Content,
    #[schema(value_type = Vec<Object>)]
    pub measures: Vec<Measure>,
    pub first_due_on: Option<String>,
    pub owed_on: Option<String>,
    pub done_on: Option<String>,
    pub look_back_on: Option<String>,
    /// Until when it is waived.
    pub waived_until: Option<String>,
    pub relapses: usize,
    pub reminders: Vec<ReminderLine>,
    /// The next step of the reminder ladder, known beforehand.
    pub next_reminder: Option<NextLine>,
    pub waits_for: Vec<MoveLine>,
    pub objections: usize,
}

/// A reminder: sent, signed for, answered, or not.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReminderLine {
    pub number: i64,
    pub level: String,
    pub to: Vec<i64>,
    pub sent_on: String,
    pub answer_due: String,
    pub signed_on: Option<String>,
    pub answered_on: Option<String>,
    pub revoked_on: Option<String>,
}

/// The rung that comes next, and its first day.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextLine {
    pub level: String,
    pub on: String,
}

/// A move somebody owes.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoveLine {
    pub what: String,
    pub post: Option<i64>,
    pub power: Option<String>,
    pub since: String,
    pub due_on: Option<String>,
}

fn whole(id: i64, problem: &Problem, me: &Me) -> ProblemWhole {
    let text = |day: Option<Day>| day.map(|day| day.to_string());
    let (calendar, today) = (&*me.calendar, me.today());
    let waiver = problem.waiver.as_ref().filter(|_| problem.stage == Stage::Waived);
    let ladder = me.house.store.ladder();
    let due_on = problem.content.due_on;
    let open = problem.stage.standing() == "open";
    let next = ladder.next(due_on, &problem.reminders, calendar).filter(|_| open);
    ProblemWhole {
        id,
        ledger: problem.ledger.0,
        number: problem.number.clone(),
        stage: problem.stage_word().to_owned(),
        light: problem.light(me.house.store.lights(), calendar, today).word().to_owned(),
        timeliness: problem.timeliness(today).word().to_owned(),
        version: problem.version,
        content: problem.content.clone(),
        measures: problem.measures.clone(),
        first_due_on: text(problem.first_due_on),
        owed_on: text(problem.owed_on),
        done_on: text(problem.done_on),
        look_back_on: text(problem.look_back_on),
        waived_until: text(waiver.map(|waiver| waiver.until)),
        relapses: problem.standing_relapses().count(),
        reminders: problem.reminders.iter().map(reminder_line).collect(),
        next_reminder: next
            .map(|Next { level, on }| NextLine { level: level.word().into(), on: on.to_string() }),
        waits_for: problem.waits_for(calendar).into_iter().map(move_line).collect(),
        objections: problem.objections.len(),
    }
}

fn reminder_line(one: &mechanisms::reminder::Reminder) -> ReminderLine {
    ReminderLine {
        number: one.number,
        level: one.level.word().to_owned(),
        to: one.to.iter().map(|post| post.0).collect(),
        sent_on: one.stamp.day.to_string(),
        answer_due: one.answer_due.to_string(),
        signed_on: one.signed.as_ref().map(|stamp| stamp.day.to_string()),
        answered_on: one.answer.as_ref().map(|answer| answer.1.day.to_string()),
        revoked_on: one.revoked.as_ref().map(|revoked| revoked.1.day.to_string()),
    }
}

fn move_line(one: Move) -> MoveLine {
    MoveLine {
        what: one.what.to_owned(),
        post: one.post.map(|post| post.0),
        power: one.power.map(|power| power.word().to_owned()),
        since: one.since.to_string(),
        due_on: one.due_on.map(|day| day.to_string()),
    }
}

/// One problem, with whose move it is and the next reminder.
#[utoipa::path(get, path = "/api/problems/{id}", tag = "problems", params(("id" = i64, Path)),
    responses((status = 200, body = ProblemWhole), (status = 404)))]
async fn problem(me: Me, Path(id): Path<i64>) -> Result<Json<ProblemWhole>, Trouble> {
    let problem = find(&me, id).await?;
    Ok(Json(whole(id, &problem, &me)))
}

/// A problem to begin.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Begun {
    pub ledger: i64,
    #[schema(value_type = Object)]
    pub content: Content,
}

/// Begins a problem. What supervision, the public or others found is taken on the ledger at once;
/// what a unit found itself waits for its list to be approved.
#[utoipa::path(post, path = "/api/problems", tag = "problems", request_body = Begun,
    responses((status = 200, body = ProblemWhole), (status = 404), (status = 409)))]
async fn register(me: Me, Json(begun): Json<Begun>) -> Result<Json<ProblemWhole>, Trouble> {
    let Begun { ledger, content } = begun;
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move { begin(pen, Id::new(ledger), content).await })
    });
    let id = turn.await?.0;
    let problem = find(&me, id).await?;
    Ok(Json(whole(id, &problem, &me)))
}

/// Takes a step. A refusal comes back as 409 with its reason and facts.
#[utoipa::path(post, path = "/api/problems/{id}/steps", tag = "problems",
    params(("id" = i64, Path)),
    request_body(content = Object, description = "`step` and its fields, as Step"),
    responses((status = 200, body = ProblemWhole), (status = 404), (status = 409), (status = 422)))]
async fn take_step(
    State(house): State<House>,
    me: Me,
    Path(id): Path<i64>,
    Json(step): Json<Step>,
) -> Result<Json<ProblemWhole>, Trouble> {
    find(&me, id).await?;
    let evidence: &[Evidence] = step.evidence();
    crate::evidence::must_be_kept(&house, evidence).await?;
    ask_problem(&house, me.hand(), Id::new(id), step.into()).await?;
    let problem = find(&me, id).await?;
    Ok(Json(whole(id, &problem, &me)))
}

/// A batch ledger, with who has filed.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerWhole {
    pub id: i64,
    pub ordinal: i64,
    pub title: String,
    pub file_by: String,
    /// The last number given.
    pub last: i64,
    pub closed: bool,
    /// Counted units with an approved list, of all.
    pub covered: usize,
    pub units: usize,
    /// Counted units without one, by name.
    pub uncovered: Vec<Uncovered>,
}

/// A counted unit without an approved list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Uncovered {
    pub unit: i64,
    pub name: String,
    /// missing, waiting or returned.
    pub filing: String,
}

fn ledger_whole(id: i64, ledger: &Ledger, me: &Me) -> LedgerWhole {
    let coverage = ledger.coverage(&me.roster, me.today());
    let uncovered = coverage.uncovered().map(|(unit, filing)| Uncovered {
        unit: unit.0,
        name: me.roster.unit_name(unit).to_owned(),
        filing: filing.word().to_owned(),
    });
    LedgerWhole {
        id,
        ordinal: ledger.ordinal,
        title: ledger.title.clone(),
        file_by: ledger.file_by.to_string(),
        last: ledger.last,
        closed: ledger.closed.is_some(),
        covered: coverage.covered(),
        units: coverage.all(),
        uncovered: uncovered.collect(),
    }
}

/// One batch ledger and its coverage.
#[utoipa::path(get, path = "/api/ledgers/{id}", tag = "problems", params(("id" = i64, Path)),
    responses((status = 200, body = LedgerWhole), (status = 404)))]
async fn one_ledger(me: Me, Path(id): Path<i64>) -> Result<Json<LedgerWhole>, Trouble> {
    let ledger = find_ledger(&me, id).await?;
    Ok(Json(ledger_whole(id, &ledger, &me)))
}

/// A batch to open.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Batch {
    pub ordinal: i64,
    pub title: String,
    #[schema(value_type = String)]
    pub file_by: Day,
}

/// Opens a batch ledger.
#[utoipa::path(post, path = "/api/ledgers", tag = "problems", request_body = Batch,
    responses((status = 200, body = LedgerWhole), (status = 409)))]
async fn open_ledger(me: Me, Json(batch): Json<Batch>) -> Result<Json<LedgerWhole>, Trouble> {
    let Batch { ordinal, title, file_by } = batch;
    let command = ledger::Command::Open { ordinal, title, file_by };
    let id = super::ledgers::open(&me, command).await?;
    let ledger = find_ledger(&me, id).await?;
    Ok(Json(ledger_whole(id, &ledger, &me)))
}

/// A unit's list: problems begun before, and those that begin with it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct FiledList {
    pub unit: i64,
    #[serde(default)]
    pub problems: Vec<i64>,
    #[schema(value_type = Vec<Object>)]
    #[serde(default)]
    pub new: Vec<Content>,
    /// What was looked at; must be said where nothing was found.
    #[serde(default)]
    pub looked_at: String,
}

/// The problems of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed {
    pub problems: Vec<i64>,
}

/// Files a unit's list.
#[utoipa::path(post, path = "/api/ledgers/{id}/lists", tag = "problems",
    params(("id" = i64, Path)), request_body = FiledList,
    responses((status = 200, body = Listed), (status = 404), (status = 409)))]
async fn file(
    me: Me,
    Path(id): Path<i64>,
    Json(list): Json<FiledList>,
) -> Result<Json<Listed>, Trouble> {
    find_ledger(&me, id).await?;
    let FiledList { unit, problems, new, looked_at } = list;
    let before = problems.into_iter().map(Id::new).collect();
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move {
            file_list(pen, Id::new(id), Id::new(unit), (before, new), looked_at).await
        })
    });
    let problems = turn.await?.into_iter().map(|one| one.0).collect();
    Ok(Json(Listed { problems }))
}

/// Approves the list of a unit that waits: its problems get their numbers.
#[utoipa::path(post, path = "/api/ledgers/{id}/lists/{unit}/approval", tag = "problems",
    params(("id" = i64, Path), ("unit" = i64, Path)),
    responses((status = 200, body = LedgerWhole), (status = 404), (status = 409)))]
async fn approve(me: Me, Path((id, unit)): Path<(i64, i64)>) -> Result<Json<LedgerWhole>, Trouble> {
    find_ledger(&me, id).await?;
    let turn = me.house.store.turn(me.hand(), move |pen| {
        Box::pin(async move { approve_list(pen, Id::new(id), Id::new(unit)).await })
    });
    turn.await?;
    let ledger = find_ledger(&me, id).await?;
    Ok(Json(ledger_whole(id, &ledger, &me)))
}

/// Why a list goes back.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Back {
    pub reason: String,
}

/// Sends the list of a unit back.
#[utoipa::path(post, path = "/api/ledgers/{id}/lists/{unit}/return", tag = "problems",
    params(("id" = i64, Path), ("unit" = i64, Path)), request_body = Back,
    responses((status = 200, body = LedgerWhole), (status = 404), (status = 409)))]
async fn send_back(
    me: Me,
    Path((id, unit)): Path<(i64, i64)>,
    Json(back): Json<Back>,
) -> Result<Json<LedgerWhole>, Trouble> {
    find_ledger(&me, id).await?;
    let command = ledger::Command::ReturnList { unit: Id::new(unit), reason: back.reason };
    super::ledgers::ask(&me, id, command).await?;
    let ledger = find_ledger(&me, id).await?;
    Ok(Json(ledger_whole(id, &ledger, &me)))
}
