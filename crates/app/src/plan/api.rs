//! The plan over the API: lists with the same filters as the pages, one item, and its steps.

use axum::{
    Json,
    extract::{Path, Query, State},
};
use mechanisms::{
    Day, Id,
    plan::item::{Account, Command, Content, Evidence, Level, Milestone, ThreeAnswers},
    reminder::Wish,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::matters::{self as list, Filter, Line};
use crate::{House, access::Me, trouble::Trouble};

/// The API's doors of this slice.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(items))
        .routes(routes!(item))
        .routes(routes!(super::backward::api::backward))
        .routes(routes!(step))
        .routes(routes!(counts))
}

/// One item of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemLine {
    pub id: i64,
    pub number: String,
    pub title: String,
    pub goal: i64,
    pub lead_unit: Option<i64>,
    pub sponsor: Option<i64>,
    pub owner: Option<i64>,
    pub stage: String,
    /// late, warn, ok, idle, hold or done, on the day asked for.
    pub light: String,
    pub percent: i64,
    pub start_on: Option<String>,
    pub due_on: Option<String>,
    pub forecast_on: Option<String>,
    pub latest_start_on: Option<String>,
    pub turns_yellow_on: Option<String>,
    pub turns_red_on: Option<String>,
}

/// A page of a list, and how many items the whole list has.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemList {
    pub total: i64,
    pub items: Vec<ItemLine>,
}

impl From<Line> for ItemLine {
    fn from(line: Line) -> Self {
        let text = |day: Option<Day>| day.map(|day| day.to_string());
        Self {
            id: line.id,
            number: line.number,
            title: line.title,
            goal: line.goal,
            lead_unit: line.lead,
            sponsor: line.sponsor,
            owner: line.owner,
            stage: line.stage,
            light: line.light.word().to_owned(),
            percent: line.percent,
            start_on: text(line.start_on),
            due_on: text(line.due_on),
            forecast_on: text(line.forecast_on),
            latest_start_on: text(line.latest_start_on),
            turns_yellow_on: text(line.yellow_on),
            turns_red_on: text(line.red_on),
        }
    }
}

/// Items within your scope, most urgent first.
#[utoipa::path(get, path = "/api/items", tag = "plan",
    params(
        ("light" = Option<String>, Query, description = "late, warn, urgent, ok, idle, hold, done"),
        ("plan" = Option<i64>, Query), ("year" = Option<i64>, Query, description = "by default \
          the newest that has begun; what it carries over from earlier years counts in it"),
        ("as_of" = Option<String>, Query, description = "a past day: items as they stood at its \
          end, those taken away since included"),
        ("origin" = Option<String>, Query, description = "carried over from earlier years, or new"),
        ("waits" = Option<String>, Query, description = "the move it waits for: sign, report, …"),
        ("timeliness" = Option<String>, Query), ("lead" = Option<i64>, Query),
        ("sponsor" = Option<i64>, Query), ("owner" = Option<i64>, Query),
        ("stage" = Option<String>, Query), ("area" = Option<String>, Query),
        ("q" = Option<String>, Query), ("sort" = Option<String>, Query),
        ("page" = Option<i64>, Query, description = "from 1, 50 items each")),
    responses((status = 200, body = ItemList), (status = 401),
        (status = 422, description = "too many items for a past day: narrow it to a goal")))]
async fn items(me: Me, Query(filter): Query<Filter>) -> Result<Json<ItemList>, Trouble> {
    let me = me.looking_at(filter.as_of()).await?;
    if !list::past::within(&me, &filter).await? {
        return Err(Trouble::Unreadable { field: "as_of".into(), why: "past-too-many" });
    }
    let total = list::count(&me, &filter).await?;
    let skip = (filter.page() - 1) * list::PAGE;
    let lines = list::lines(&me, &filter, list::PAGE, skip).await?;
    Ok(Json(ItemList { total, items: lines.into_iter().map(ItemLine::from).collect() }))
}

/// How many items show each light.
#[derive(Debug, Serialize, ToSchema)]
pub struct LightCounts {
    pub late: i64,
    pub warn: i64,
    pub ok: i64,
    pub idle: i64,
    pub hold: i64,
    pub done: i64,
    pub total: i64,
}

/// The lights of a plan or year within your scope.
#[utoipa::path(get, path = "/api/counts", tag = "plan",
    params(("plan" = Option<i64>, Query), ("year" = Option<i64>, Query),
        ("as_of" = Option<String>, Query, description = "a past day")),
    responses((status = 200, body = LightCounts)))]
async fn counts(me: Me, Query(filter): Query<Filter>) -> Result<Json<LightCounts>, Trouble> {
    let me = me.looking_at(filter.as_of()).await?;
    let counts = list::counts(&me, &filter).await?;
    Ok(Json(LightCounts {
        late: counts.late,
        warn: counts.warn,
        ok: counts.ok,
        idle: counts.idle,
        hold: counts.hold,
        done: counts.done,
        total: counts.total(),
    }))
}

/// One item whole, with every rule behind its light.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemWhole {
    pub id: i64,
    pub number: String,
    pub stage: String,
    pub version: i64,
    pub light: String,
    #[schema(value_type = Object)]
    pub content: serde_json::Value,
    pub reasons: Vec<RuleAnswer>,
    pub timeliness: String,
    pub percent: i64,
    pub amount: i64,
    pub forecast_on: Option<String>,
    pub latest_start_on: Option<String>,
}

/// What one rule says.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleAnswer {
    pub rule: String,
    pub light: String,
    pub value: i64,
    pub yellow: Option<i64>,
    pub red: Option<i64>,
}

/// One item.
#[utoipa::path(get, path = "/api/items/{id}", tag = "plan", params(("id" = i64, Path)),
    responses((status = 200, body = ItemWhole), (status = 404)))]
async fn item(me: Me, Path(id): Path<i64>) -> Result<Json<ItemWhole>, Trouble> {
    let item = super::item::find(&me, id).await?;
    let (calendar, lights) = (&*me.calendar, me.house.store.lights());
    let today = me.today();
    let reasons = lights.reasons(&item.facts(calendar), calendar, today);
    let content = serde_json::to_value(&item.content)
        .map_err(|error| crate::failure::Failure::new(error.to_string()))?;
    Ok(Json(ItemWhole {
        id,
        number: item.number.clone(),
        stage: item.stage.word().to_owned(),
        version: item.version,
        light: item.light(lights, calendar, today).word().to_owned(),
        content,
        reasons: reasons
            .into_iter()
            .map(|reason| RuleAnswer {
                rule: reason.key.word().to_owned(),
                light: reason.light.word().to_owned(),
                value: reason.value,
                yellow: reason.yellow,
                red: reason.red,
            })
            .collect(),
        timeliness: item.timeliness(today).word().to_owned(),
        percent: item.percent(),
        amount: item.amount(),
        forecast_on: item.forecast_on().map(|day| day.to_string()),
        latest_start_on: item.latest_start_on(calendar).map(|day| day.to_string()),
    }))
}

/// A step of an item's life, by name, with what it needs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant)]
pub enum Step {
    Submit,
    Approve,
    Return {
        reason: String,
    },
    Issue,
    Sign,
    Object {
        reason: String,
    },
    ProposePlan {
        #[schema(value_type = Vec<Object>)]
        milestones: Vec<Milestone>,
        best_pace: Option<i64>,
    },
    ApprovePlan,
    ReturnPlan {
        reason: String,
    },
    Report {
        #[schema(value_type = Object)]
        account: Account,
    },
    Correct {
        #[schema(value_type = Object)]
        account: Account,
    },
    Check {
        report: i64,
        sound: bool,
        note: String,
    },
    Remind {
        #[schema(value_type = String)]
        level: Level,
        text: String,
        /// Where none is given, as the rung of the ladder says.
        #[schema(value_type = Option<String>)]
        #[serde(default)]
        answer_due: Option<Day>,
        /// Why it begins higher than the ladder would.
        #[serde(default)]
        reason: String,
    },
    RevokeReminder {
        number: i64,
        reason: String,
    },
    SignReminder {
        number: i64,
    },
    AnswerReminder {
        number: i64,
        text: String,
    },
    AskExtension {
        #[schema(value_type = String)]
        due_on: Day,
        reason: String,
        #[schema(value_type = Vec<Object>)]
        milestones: Vec<Milestone>,
        best_pace: Option<i64>,
    },
    DecideExtension {
        granted: bool,
        reason: String,
    },
    Suspend {
        reason: String,
    },
    Resume {
        #[schema(value_type = Option<String>)]
        due_on: Option<Day>,
        reason: String,
    },
    AskThree {
        #[schema(value_type = String)]
        due_on: Day,
    },
    AnswerThree {
        #[schema(value_type = Object)]
        answers: ThreeAnswers,
    },
    ApplyToClose {
        text: String,
        #[schema(value_type = Vec<Object>)]
        evidence: Vec<Evidence>,
    },
    ReturnClosing {
        reason: String,
    },
    Verify {
        finding: String,
    },
    Archive,
    Waive {
        reason: String,
    },
    Withdraw {
        reason: String,
    },
    Amend {
        base: i64,
        #[schema(value_type = Object)]
        content: Content,
    },
    SaveBaseline,
}

impl From<Step> for Command {
    fn from(step: Step) -> Self {
        match step {
            Step::Submit => Self::Submit,
            Step::Approve => Self::Approve,
            Step::Return { reason } => Self::Return { reason },
            Step::Issue => Self::Issue,
            Step::Sign => Self::Sign,
            Step::Object { reason } => Self::Object { reason },
            Step::ProposePlan { milestones, best_pace } => {
                Self::ProposePlan { milestones, best_pace }
            }
            Step::ApprovePlan => Self::ApprovePlan,
            Step::ReturnPlan { reason } => Self::ReturnPlan { reason },
            Step::Report { account } => Self::Report { account },
            Step::Correct { account } => Self::Correct { account },
            Step::Check { report, sound, note } => Self::Check { report, sound, note },
            Step::Remind { level, text, answer_due, reason } => {
                Self::Remind(Wish { level, text, answer_due, reason })
            }
            Step::RevokeReminder { number, reason } => Self::RevokeReminder { number, reason },
            Step::SignReminder { number } => Self::SignReminder { number },
            Step::AnswerReminder { number, text } => Self::AnswerReminder { number, text },
            Step::AskExtension { due_on, reason, milestones, best_pace } => {
                Self::AskExtension { due_on, reason, milestones, best_pace }
            }
            Step::DecideExtension { granted, reason } => Self::DecideExtension { granted, reason },
            Step::Suspend { reason } => Self::Suspend { reason },
            Step::Resume { due_on, reason } => Self::Resume { due_on, reason },
            Step::AskThree { due_on } => Self::AskThree { due_on },
            Step::AnswerThree { answers } => Self::AnswerThree(answers),
            Step::ApplyToClose { text, evidence } => Self::ApplyToClose { text, evidence },
            Step::ReturnClosing { reason } => Self::ReturnClosing { reason },
            Step::Verify { finding } => Self::Verify { finding },
            Step::Archive => Self::Archive,
            Step::Waive { reason } => Self::Waive { reason },
            Step::Withdraw { reason } => Self::Withdraw { reason },
            Step::Amend { base, content } => Self::Amend { base, content },
            Step::SaveBaseline => Self::SaveBaseline,
        }
    }
}

/// The stage after the step.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stepped {
    pub stage: String,
    pub version: i64,
}

/// Takes a step. A refusal comes back as 409 with its reason and facts.
#[utoipa::path(post, path = "/api/items/{id}/steps", tag = "plan", params(("id" = i64, Path)),
    request_body(content = Object, description = "`step` and its fields, as Step"),
    responses((status = 200, body = Stepped), (status = 404), (status = 409), (status = 422)))]
async fn step(
    State(house): State<House>,
    me: Me,
    Path(id): Path<i64>,
    Json(step): Json<Step>,
) -> Result<Json<Stepped>, Trouble> {
    super::item::find(&me, id).await?;
    if let Step::Report { account: Account { evidence, .. } }
    | Step::Correct { account: Account { evidence, .. } }
    | Step::ApplyToClose { evidence, .. } = &step
    {
        crate::evidence::must_be_kept(&house, evidence).await?;
    }
    super::ask_item(&house, me.hand(), Id::new(id), step.into()).await?;
    let item = super::item::find(&me, id).await?;
    Ok(Json(Stepped { stage: item.stage.word().to_owned(), version: item.version }))
}
