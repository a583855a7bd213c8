//! Bulk jobs (批量办理): one act on many matters with one reason.
//!
//! ```text
//! start ─▶ running ─▶ done ─▶ undoing ─▶ undone
//!             └──── undo ────────┘
//! ```
//!
//! A job is carried out in portions, each a turn of its own, so that nobody else waits long for
//! the pen. Each matter is asked by the same rules as if it were asked alone; what is refused is
//! kept with its reason and the rest goes on. A portion and the note that it was done are one
//! transaction: after a crash the job goes on where it was, and nothing is done twice.
//!
//! An act says how it is carried out and how it is taken back: by a compensating act, asked by
//! the same rules. A slice names its acts, and `lib.rs` gathers them. Read `work.rs` next, then
//! `pages.rs`.

pub mod api;
mod pages;
mod work;

use std::{
    collections::{BTreeMap, HashSet},
    fmt,
    sync::Mutex,
};

use axum::{
    Router,
    routing::{get, post},
};
use futures_util::future::BoxFuture;

pub use self::work::{resume, start};
use crate::{
    House,
    store::{Pen, Stop},
};

/// The most matters one job takes.
pub const MOST: usize = 20_000;

/// What is given for all matters of a job alike.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub reason: String,
    pub given: BTreeMap<String, String>,
}

/// One matter of a job.
#[derive(Clone, Debug)]
pub struct One {
    pub matter: i64,
    /// What was given for this matter alone.
    pub given: String,
}

/// Carries an act out on one matter; the answer is what it needs to be taken back.
pub type Carry = for<'p, 't, 'g> fn(
    &'p mut Pen<'t, 'g>,
    &'p One,
    &'p Asked,
) -> BoxFuture<'p, Result<String, Stop>>;

/// Takes it back, given what it needs, with the reason of the undoing.
pub type TakeBack = for<'p, 't, 'g> fn(
    &'p mut Pen<'t, 'g>,
    &'p One,
    &'p str,
    &'p str,
) -> BoxFuture<'p, Result<(), Stop>>;

/// An act that may be done to many matters at once.
pub struct Act {
    /// The word key of its name is `job-` and this.
    pub key: &'static str,
    pub kind: &'static str,
    pub carry: Carry,
    /// None where nothing can undo it.
    pub take_back: Option<TakeBack>,
}

impl fmt::Debug for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Act").field("key", &self.key).finish_non_exhaustive()
    }
}

/// The acts there are, and the jobs this process is carrying out.
#[derive(Debug, Default)]
pub struct Desk {
    acts: Vec<&'static Act>,
    running: Mutex<HashSet<(i64, i64)>>,
}

impl Desk {
    pub fn new(acts: impl IntoIterator<Item = &'static Act>) -> Self {
        Self { acts: acts.into_iter().collect(), running: Mutex::default() }
    }

    pub fn act(&self, key: &str) -> Option<&'static Act> {
        self.acts.iter().find(|act| act.key == key).copied()
    }
}

pub fn routes() -> Router<House> {
    Router::new()
        .route("/jobs", get(pages::jobs_page))
        .route("/jobs/{id}", get(pages::job_page))
        .route("/jobs/{id}/undoing", post(pages::undo))
}
