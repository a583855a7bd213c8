//! Closure audits over the API.

use axum::{Json, extract::Path};
use mechanisms::{
    Day, Id,
    audit::{Audit, Command, Picked, Terms},
    problem::Problem,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{acts, opening, pages, shown::Said};
use crate::{House, access::Me, trouble::Trouble};

/// The API's doors of this slice.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(audits, open)).routes(routes!(audit, step))
}

/// A closure audit, with what its results say so far.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditWhole {
    pub id: i64,
    /// open, announced, drawn, concluded or cancelled.
    pub stage: String,
    #[schema(value_type = Object)]
    pub terms: Terms,
    /// Numbers in the frame.
    pub frame: Vec<String>,
    /// SHA-256 of the frame's and the terms' canonical bytes.
    pub fingerprints: Option<(String, String)>,
    pub number: Option<(String, String)>,
    pub secret: Option<(String, String)>,
    pub sample: Vec<AuditLine>,
    pub stated: Stated,
    /// How many the sample held after each drawing.
    pub widened: Vec<i64>,
    pub conclusion: Option<String>,
}

/// A problem of the sample, in the order of the draw.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditLine {
    #[schema(value_type = Object)]
    pub picked: Picked,
    pub number: String,
    /// None while no result is recorded.
    pub held: Option<bool>,
    pub finding: Option<String>,
    /// What all results up to this one say; none behind a gap.
    pub stated: Option<Stated>,
}

/// With 95 % confidence at most `most` of `population` closures are false.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stated {
    pub population: u64,
    pub examined: u64,
    pub found: u64,
    pub most: u64,
    pub percent: String,
    /// stop, go-on or recheck-all.
    pub verdict: String,
    /// How many more, all found true, would end it.
    pub more: Option<u64>,
}

impl From<Said> for Stated {
    fn from(said: Said) -> Self {
        let Said { population, examined, found, most, percent, verdict, more } = said;
        Self { population, examined, found, most, percent, verdict: verdict.to_owned(), more }
    }
}

fn whole(id: i64, audit: &Audit) -> AuditWhole {
    let mut said = audit.statements().into_iter().skip(1);
    let line = |(picked, outcome): &(Picked, Option<mechanisms::audit::Outcome>)| AuditLine {
        number: audit.framed(picked.problem).map(|one| one.number.clone()).unwrap_or_default(),
        picked: picked.clone(),
        held: outcome.as_ref().map(|one| one.held),
        finding: outcome.as_ref().map(|one| one.finding.clone()),
        stated: said.next().map(|one| Said::of(one).into()),
    };
    AuditWhole {
        id,
        stage: audit.stage.word().to_owned(),
        terms: audit.terms.clone(),
        frame: audit.frame.iter().map(|one| one.number.clone()).collect(),
        fingerprints: audit.fingerprints(),
        number: audit.number.clone(),
        secret: audit.secret.clone(),
        sample: audit.sample.iter().map(line).collect(),
        stated: Said::of(audit.statement()).into(),
        widened: audit.widened.iter().map(|one| one.0).collect(),
        conclusion: audit.concluded.as_ref().map(|one| one.0.clone()),
    }
}

/// Closure audits you may see, newest first.
#[utoipa::path(get, path = "/api/audits", tag = "audit",
    responses((status = 200, body = [AuditWhole])))]
async fn audits(me: Me) -> Result<Json<Vec<AuditWhole>>, Trouble> {
    let all = pages::all(&me).await?;
    Ok(Json(all.iter().map(|(id, audit)| whole(*id, audit)).collect()))
}

/// One closure audit.
#[utoipa::path(get, path = "/api/audits/{id}", tag = "audit", params(("id" = i64, Path)),
    responses((status = 200, body = AuditWhole), (status = 404)))]
async fn audit(me: Me, Path(id): Path<i64>) -> Result<Json<AuditWhole>, Trouble> {
    Ok(Json(whole(id, &super::find(&me, id).await?)))
}

/// A new audit. The secret stays with you: only its fingerprint is sent, as `terms.sealed`.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewAudit {
    #[schema(value_type = Object)]
    pub terms: Terms,
}

/// Publishes the frame of a new audit and the fingerprint of its secret.
#[utoipa::path(post, path = "/api/audits", tag = "audit", request_body = NewAudit,
    responses((status = 200, body = AuditWhole), (status = 404), (status = 409)))]
async fn open(me: Me, Json(new): Json<NewAudit>) -> Result<Json<AuditWhole>, Trouble> {
    // When it was published is the body's own clock, not the program's.
    let terms = Terms { at: opening::now(&me), ..new.terms };
    let id = opening::opened(&me, terms).await?;
    Ok(Json(whole(id.0, &super::find(&me, id.0).await?)))
}

/// A step of an audit's life, by name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum AuditStep {
    Announce {
        number: String,
        /// When it was published: `YYYY-MM-DDTHH:MM`.
        at: String,
    },
    Reveal {
        secret: String,
    },
    Record {
        #[schema(value_type = i64)]
        problem: Id<Problem>,
        held: bool,
        finding: String,
        /// The new deadline of a problem whose closure is found false.
        #[schema(value_type = Option<String>)]
        due_on: Option<Day>,
    },
    Widen {
        more: i64,
    },
    Conclude {
        #[serde(default)]
        text: String,
    },
    Cancel {
        reason: String,
    },
}

/// Takes a step. A refusal comes back as 409 with its reason and facts.
#[utoipa::path(post, path = "/api/audits/{id}", tag = "audit", params(("id" = i64, Path)),
    request_body(content = Object, description = "`step` and its fields, as AuditStep"),
    responses((status = 200, body = AuditWhole), (status = 404), (status = 409)))]
async fn step(
    me: Me,
    Path(id): Path<i64>,
    Json(step): Json<AuditStep>,
) -> Result<Json<AuditWhole>, Trouble> {
    super::find(&me, id).await?;
    let (command, due) = match step {
        AuditStep::Announce { number, at } => (Command::Announce { number, at }, None),
        AuditStep::Reveal { secret } => (Command::Reveal { secret, at: opening::now(&me) }, None),
        AuditStep::Record { problem, held, finding, due_on } => {
            (Command::Record { problem, held, finding }, due_on)
        }
        AuditStep::Widen { more } => (Command::Widen { more }, None),
        AuditStep::Conclude { text } => (Command::Conclude { text }, None),
        AuditStep::Cancel { reason } => (Command::Cancel { reason }, None),
    };
    acts::asked(&me, id, command, due).await?;
    Ok(Json(whole(id, &super::find(&me, id).await?)))
}
