//! Access: who is at the door, in which post, and what they may see.
//!
//! A page or an API call that takes [`Me`] is closed to strangers: a visitor without a session is
//! led to the sign-in page, a program without a bearer token gets 401.

pub mod account;
pub mod csrf;
pub mod doors;
pub mod scope;
pub mod session;

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use mechanisms::{
    Ask, Day, Id, Officer,
    roster::{Power, Roster},
};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, OnceCell};
use tower_sessions::Session;

pub use self::scope::{Part, Scope};
use crate::{
    House,
    clock::Moment,
    failure::Failure,
    matters::{PlanLine, past::Replayed},
    store::{Hand, Jurisdiction, memory::Standing, pen::Stop},
    trouble::Trouble,
    ui::words::Lang,
};

/// The session's key for who signed in.
pub const WHO: &str = "who";

/// Who signed in, and in which of their posts they act.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Who {
    pub jurisdiction: i64,
    pub person: i64,
    pub post: i64,
}

/// The officer at the door.
#[derive(Clone, Debug)]
pub struct Me {
    pub house: House,
    pub body: Jurisdiction,
    pub officer: Officer,
    pub roster: Arc<Roster>,
    /// The body's working days.
    pub calendar: Arc<calendar::Calendar>,
    pub now: Moment,
    /// Where the body's journal stood when the request came.
    pub under: Standing,
    pub scope: Scope,
    /// The past day this page shows, where it shows one.
    pub past: Option<Day>,
    /// The plans of the body, and the items of a past day, read once a request.
    pub(crate) plans: Arc<OnceCell<Vec<PlanLine>>>,
    pub(crate) replayed: Arc<Mutex<Replayed>>,
    /// How this visitor sees pages: language, theme, the address asked for.
    pub visit: Visit,
    /// The token of the session's forms; empty for programs.
    pub csrf: String,
}

impl Me {
    /// The day a page shows: today, or the past day it was asked for.
    pub fn today(&self) -> Day {
        self.past.unwrap_or_else(|| self.now.day())
    }

    /// The same officer looking at a past day, with the working days as they were then. A day
    /// that has not passed is today.
    pub async fn looking_at(self, day: Option<Day>) -> Result<Self, Failure> {
        let past = day.filter(|day| *day < self.now.day());
        let calendar = match past {
            Some(day) => self.house.store.calendar_on(self.body.id, day).await?,
            None => self.calendar,
        };
        Ok(Self { past, calendar, ..self })
    }

    pub fn may(&self, power: Power) -> bool {
        self.roster.may(self.officer, power)
    }

    /// The hand that holds the pen in this officer's turns.
    pub fn hand(&self) -> Hand {
        Hand {
            jurisdiction: self.body.id,
            by: self.officer,
            day: self.now.day(),
            at: self.now.at.clone(),
        }
    }

    /// All that a rule asked by this officer would know, on the day the page shows.
    pub fn ask(&self) -> Ask<'_> {
        Ask {
            by: self.officer,
            today: self.today(),
            at: self.now.instant,
            roster: &self.roster,
            calendar: &self.calendar,
            lights: self.house.store.lights(),
            ladder: self.house.store.ladder(),
        }
    }

    /// An answer from the body's rows, remembered until something is written; in a large body it
    /// may be the one just before, see `store::memory`. The question holds all else it depends on;
    /// the scope and the day of the officer are added here.
    pub async fn remember<T: Clone + Send + Sync + 'static>(
        &self,
        question: &str,
        find: impl Future<Output = Result<T, Failure>> + Send,
    ) -> Result<T, Failure> {
        let question = format!("{question}\n{}\n{}", self.today(), self.scope.condition());
        let under = (self.body.id, self.under, self.written());
        self.house.memory.answer(under, question, find).await.map(|found| T::clone(&found))
    }

    /// An answer about the end of a past day, remembered until something is written down for that
    /// day or one before it. What it takes from rows of today belongs into the question.
    pub async fn remember_of<T: Clone + Send + Sync + 'static>(
        &self,
        day: Day,
        question: &str,
        find: impl Future<Output = Result<T, Failure>> + Send,
    ) -> Result<T, Failure> {
        let question = format!("{question}\nof {day}\n{}", self.scope.condition());
        let under = self.house.store.standing_on(self.body.id, self.under, day).await?;
        let under = (self.body.id, under, self.written());
        self.house.memory.answer(under, question, find).await.map(|found| T::clone(&found))
    }

    fn written(&self) -> i64 {
        self.house.store.last_written(self.body.id, self.officer.person.0)
    }

    /// Closes the door unless the officer has the power.
    pub fn needs(&self, power: Power) -> Result<(), Trouble> {
        if self.may(power) { Ok(()) } else { Err(Trouble::NotYours) }
    }
}

/// What a visitor brings before anybody knows who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub lang: Lang,
    /// `light`, `dark`, or empty for what the device prefers.
    pub theme: &'static str,
    /// Single letters are keys, unless switched off.
    pub keys: bool,
    /// The address asked for, with its query.
    pub path: String,
}

impl Visit {
    pub fn of(parts: &Parts) -> Self {
        let cookies = parts
            .headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect::<Vec<_>>()
            .join("; ");
        let cookie = |name: &str| {
            cookies.split(';').find_map(|pair| {
                let (key, value) = pair.trim().split_once('=')?;
                (key == name).then_some(value.to_owned())
            })
        };
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
        let lang = cookie("lang")
            .and_then(|tag| Lang::from_tag(&tag))
            .unwrap_or_else(|| Lang::accepted(accepted.unwrap_or_default()));
        let theme = match cookie("theme").as_deref() {
            Some("dark") => "dark",
            Some("light") => "light",
            _ => "",
        };
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let keys = cookie("keys").as_deref() != Some("off");
        Self { lang, theme, keys, path }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts))
    }
}

impl FromRequestParts<House> for Me {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Trouble> {
        let visit = Visit::of(parts);
        let (who, csrf) = match bearer(parts) {
            Some(token) => {
                let found = account::bearer(&house.store, &token).await?;
                let (jurisdiction, officer) = found.ok_or(Trouble::Stranger)?;
                (
                    Who { jurisdiction, person: officer.person.0, post: officer.post.0 },
                    String::new(),
                )
            }
            None => from_session(parts, house).await?,
        };
        let body = house.store.jurisdiction(who.jurisdiction).await?.ok_or(Trouble::Stranger)?;
        let under = house.store.standing(body.id).await?;
        let roster = house.store.roster_under(body.id, under).await?;
        let calendar = house.store.calendar_under(body.id, under).await?;
        let now = house.clock.now();
        let officer = Officer { person: Id::new(who.person), post: Id::new(who.post) };
        if !roster.posts_of(officer.person, now.day()).contains(&officer.post) {
            return Err(Trouble::Stranger);
        }
        let scope = Scope::of(officer, &roster, now.day());
        let (house, plans, replayed) = (house.clone(), Arc::default(), Arc::default());
        Ok(Self {
            house,
            body,
            officer,
            roster,
            calendar,
            now,
            under,
            scope,
            past: None,
            plans,
            replayed,
            visit,
            csrf,
        })
    }
}

fn bearer(parts: &Parts) -> Option<String> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::to_owned)
}

async fn from_session(parts: &mut Parts, house: &House) -> Result<(Who, String), Trouble> {
    let Ok(session) = Session::from_request_parts(parts, house).await else {
        return Err(Trouble::Failed(Failure::new("a door without sessions")));
    };
    let read = |error: tower_sessions::session::Error| {
        Trouble::Failed(Failure::new(format!("reading a session: {error}")))
    };
    let who = session.get::<Who>(WHO).await.map_err(read)?.ok_or(Trouble::Stranger)?;
    let csrf = session.get::<String>(csrf::KEY).await.map_err(read)?.unwrap_or_default();
    Ok((who, csrf))
}

impl From<Stop> for Trouble {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(refusal) => Self::Refused(refusal),
            Stop::Missing => Self::NotFound,
            Stop::Failed(failure) => Self::Failed(failure),
        }
    }
}
