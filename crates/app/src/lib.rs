//! The app: asking, keeping, showing, reminding. This file is its table of contents.
//!
//! ```text
//! a request ─▶ access (who) ─▶ a slice's page or API ─▶ store.turn ─▶ a slice's page
//! ```
//!
//! Slices (`roster`, `plan`, …) do not name each other; `home` and `record` read across them.

pub mod access;
pub mod audit;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod drafting;
pub mod drafts;
pub mod evidence;
pub mod failure;
pub mod home;
pub mod imports;
pub mod jobs;
pub mod matters;
pub mod openapi;
pub mod plan;
pub mod problem;
pub mod project;
pub mod record;
pub mod reminders;
pub mod roster;
pub mod store;
pub mod trouble;
pub mod typed;
pub mod ui;
pub mod workdays;

use std::sync::Arc;

use axum::{Router, middleware};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use crate::{
    access::session::Sessions,
    clock::Clock,
    failure::{Failure, Meaning},
    store::{
        Store,
        evidence::Evidence,
        kept::{Counts, Fact, Kept, World, replay_one},
        rows::{Rows, Table},
    },
};

/// A turn takes many small pieces of memory, and so does the embedded database.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Everything the doors share.
#[derive(Debug)]
pub struct App {
    pub store: Arc<Store>,
    pub clock: Clock,
    pub evidence: Evidence,
    /// Visitors come through HTTPS.
    pub https: bool,
    /// Shows the sign-ins of a demonstration on the sign-in page.
    pub demo: Vec<DemoDoor>,
    pub memory: home::Memory,
    pub jobs: jobs::Desk,
}

/// One sign-in of a demonstration.
#[derive(Clone, Debug)]
pub struct DemoDoor {
    pub role: String,
    pub login: String,
    pub password: String,
}

/// The app, shared by every request.
pub type House = Arc<App>;

/// How long an idle session lasts.
const IDLE: time::Duration = time::Duration::hours(8);

/// The router: every slice's doors, and what stands before all of them.
pub fn routes(house: House) -> Router {
    let sessions = SessionManagerLayer::new(Sessions(house.store.clone()))
        .with_name("shigan")
        .with_same_site(SameSite::Lax)
        .with_http_only(true)
        .with_secure(house.https)
        .with_expiry(Expiry::OnInactivity(IDLE));
    Router::new()
        .merge(home::routes())
        .merge(plan::routes())
        .merge(problem::routes())
        .merge(problem::lists::routes())
        .merge(project::routes())
        .merge(audit::routes())
        .merge(reminders::routes())
        .merge(roster::routes())
        .merge(workdays::routes())
        .merge(evidence::routes())
        .merge(drafts::routes())
        .merge(imports::routes())
        .merge(jobs::routes())
        .merge(record::routes())
        .merge(access::doors::routes())
        .merge(openapi::routes())
        .merge(ui::routes())
        .fallback(async || trouble::Trouble::NotFound)
        .layer(middleware::from_fn(access::csrf::guard))
        .layer(sessions)
        .layer(middleware::from_fn(trouble::draw))
        .layer(middleware::from_fn(ui::headers))
        .with_state(house)
}

/// The acts that may be done to many matters at once.
pub fn acts() -> impl Iterator<Item = &'static jobs::Act> {
    problem::lists::acts()
}

/// The tables that hold rows, and may be refilled.
pub static ROWS: &[&Table] = &[
    &store::kept::MATTER,
    &store::kept::PARTY,
    &store::kept::TODOS,
    &store::search::WORDS,
    &plan::rows::PLAN,
    &plan::rows::ITEM,
    &plan::rows::MILESTONE,
    &plan::rows::WAITS_FOR,
    &plan::rows::ASSESSMENT,
    &plan::rows::INTAKE,
    &evidence::EVIDENCE,
    &matters::problems::PROBLEM_LINE,
    &reminders::REMINDER,
    &reminders::CLIMB,
    &project::rows::PROJECT,
    &project::rows::MEETING,
    &project::rows::DECISION,
];

macro_rules! kinds {
    ($($mechanism:ty),* $(,)?) => {
        /// Casts the rows of one matter of any kind from its facts.
        pub fn cast(
            kind: &str,
            id: i64,
            facts: &[Fact],
            world: &World<'_>,
            rows: &mut Rows,
        ) -> Result<Counts, Failure> {
            $(if kind == <$mechanism as mechanisms::Mechanism>::KIND {
                return cast_one::<$mechanism>(id, facts, world, rows);
            })*
            Err(Failure::new(format!("corrupt journal: an entry of the unknown kind {kind:?}")))
        }
    };
}

fn cast_one<M: Kept>(
    id: i64,
    facts: &[Fact],
    world: &World<'_>,
    rows: &mut Rows,
) -> Result<Counts, Failure> {
    let mut state: Option<M> = None;
    let mut counts = Counts { kind: M::KIND, days: Vec::new() };
    for (place, fact) in facts.iter().enumerate() {
        state = replay_one(state, fact)
            .meaning(&format!("corrupt journal: replaying {} {id}", M::KIND))?;
        let (day, next) = (fact.stamp.day, facts.get(place + 1).map(|next| next.stamp.day));
        if next == Some(day) {
            continue;
        }
        for day in [day].into_iter().chain(world.changes(day, next)) {
            let world = world.on(day);
            counts.days.push((day, state.as_ref().and_then(|state| state.counted(&world))));
        }
    }
    if let Some(state) = state {
        state.rows(mechanisms::Id::new(id), world, rows);
    }
    Ok(counts)
}

kinds!(
    mechanisms::roster::Roster,
    mechanisms::plan::Plan,
    mechanisms::plan::goal::Goal,
    mechanisms::plan::item::Item,
    mechanisms::intake::Intake,
    mechanisms::problem::Ledger,
    mechanisms::problem::Problem,
    mechanisms::project::Project,
    mechanisms::audit::Audit,
    mechanisms::workdays::Workdays,
);
