//! The problem (问题): found, listed, put right, struck off by a third person, and looked at again.
//!
//! ```text
//! Filed ─list approved─▶ Registered ─set measures─▶ Rectifying ─apply─▶ Applied ─check─▶ Checked
//!   │                     待定措施 ▲                  整改中 ⟲           │                 │
//!   │withdraw                │     └─return measures─┘ ▲    └─return─────┴─────────────────┤
//!   ▼                        │                         │                      verify, by a │
//! Withdrawn                  │            suspend / resume, extend   third person outside │
//!                            │relapse                                                       ▼
//!                            │                                               Publishing 公示中
//!                            │                                                     │period over
//!        Archived ◀─archive─ Closed 已销号 ◀───────────────────────────────────────┘
//!            └───────────────┴── look-back: held, or relapsed under the same number
//!
//! Suspended, Waived (until a day, then open again by itself), Merged (into another number).
//! ```
//!
//! The applicant, the first checker and the verifier are three different persons, whatever posts
//! they hold, and nobody closes a problem of their own unit's chain. A problem that came back never
//! counts as put right on time.

use crate::{
    Ask, Day, Id, Mechanism, Officer, Stamp,
    plan::item::Evidence,
    reminder::{Parties, Reminder, Urged},
    roster::Unit,
};

mod apply;
mod command;
mod decide;
mod event;
mod facts;
mod guard;
pub mod ledger;
mod parts;
mod refusal;
mod stage;
#[cfg(test)]
pub(crate) mod tests;
mod waiting;

pub use command::Command;
pub use event::Event;
pub use ledger::Ledger;
pub use parts::{
    Against, Answer, Application, Aspect, Consultation, Content, Extension, Horizon, Link,
    LinkKind, LookBack, Measure, Objection, Progress, Push, Relapse, Scope, Source, Suspension,
    Tick, Verification, Waiver, Yardstick,
};
pub use refusal::{Missing, Refusal};
pub use stage::{Stage, Step};

/// Minutes within which a verification can be taken back by the one who made it.
pub const UNDO_MINUTES: i64 = 10;
/// Days within which a conclusion may be objected to, and within which the objection is decided
/// (Regulations on government supervision, art. 17).
pub const OBJECTION_DAYS: i64 = 30;
/// How often a deadline may be extended on the unit's own asking.
pub const EXTENSIONS: usize = 2;

/// A problem on the ledger.
#[derive(Clone, Debug)]
pub struct Problem {
    pub ledger: Id<Ledger>,
    /// The number for life, given when its list is approved: 2-118.
    pub number: Option<String>,
    pub stage: Stage,
    pub content: Content,
    /// How many times the content was amended.
    pub version: i64,
    pub measures: Vec<Measure>,
    pub filed: Stamp,
    pub registered: Option<Stamp>,
    /// When the measures were set, and by whom.
    pub planned: Option<Stamp>,
    /// The first deadline there was.
    pub first_due_on: Option<Day>,
    /// The deadline that counts for being on time: moved by what was granted before any relapse,
    /// never by a relapse.
    pub owed_on: Option<Day>,
    pub progress: Vec<Progress>,
    pub reminders: Vec<Reminder>,
    pub extensions: Vec<Extension>,
    pub suspensions: Vec<Suspension>,
    pub waiver: Option<Waiver>,
    /// Applications to close, with what became of each.
    pub applications: Vec<Application>,
    /// The last day of the publication period, while it runs.
    pub published_until: Option<Day>,
    /// The day on which it was put right: that of the application that was verified.
    pub done_on: Option<Day>,
    pub closed: Option<Stamp>,
    /// When to look again, while that is owed.
    pub look_back_on: Option<Day>,
    pub look_backs: Vec<LookBack>,
    pub relapses: Vec<Relapse>,
    /// The number it was merged into.
    pub merged: Option<(Id<Problem>, String)>,
    pub links: Vec<Link>,
    /// Sibling units asked to look at home.
    pub pushes: Vec<Push>,
    /// What the unit or a person had to say.
    pub statements: Vec<(String, Stamp)>,
    pub objections: Vec<Objection>,
    /// The last fact of any kind.
    pub touched: Stamp,
}

impl Mechanism for Problem {
    const KIND: &'static str = "problem";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(
        state: Option<&Self>,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        decide::decide(state, command, ask)
    }

    fn apply(state: Option<Self>, event: &Event, stamp: &Stamp) -> Self {
        apply::apply(state, event, stamp)
    }
}

impl Problem {
    /// What lists show as its title: the first line of what was found.
    pub fn title(&self) -> &str {
        self.content.what.lines().next().unwrap_or_default()
    }

    pub fn unit(&self) -> Id<Unit> {
        self.content.unit
    }

    /// Whom its reminders concern.
    pub fn parties(&self) -> Parties {
        Parties {
            unit: Some(self.content.unit),
            owner: self.content.owner,
            sponsor: self.content.sponsor,
            watcher: self.content.watcher,
        }
    }

    /// What the reminder ladder knows of it.
    pub fn urged(&self) -> Urged<'_> {
        Urged {
            parties: self.parties(),
            due_on: self.content.due_on,
            urgent: self.content.urgent,
            given: &self.reminders,
        }
    }

    /// The reminder that still waits for a signature or an answer.
    pub fn open_reminder(&self) -> Option<&Reminder> {
        crate::reminder::open(&self.reminders)
    }

    /// The application that is being checked, or was verified.
    pub fn application(&self) -> Option<&Application> {
        let stage = self.stage;
        let held = matches!(stage, Stage::Applied | Stage::Checked | Stage::Publishing);
        self.applications.last().filter(|_| held || stage.standing() == "done")
    }

    pub fn open_extension(&self) -> Option<&Extension> {
        self.extensions.last().filter(|one| one.decision.is_none())
    }

    pub fn open_suspension(&self) -> Option<&Suspension> {
        self.suspensions.last().filter(|one| one.decision.is_none())
    }

    pub fn open_objection(&self) -> Option<&Objection> {
        self.objections.iter().find(|one| one.decision.is_none())
    }

    /// Relapses that stand: those an objection did not overturn.
    pub fn standing_relapses(&self) -> impl Iterator<Item = &Relapse> {
        self.relapses.iter().filter(|one| !one.overturned)
    }

    pub fn has_relapsed(&self) -> bool {
        self.standing_relapses().next().is_some()
    }

    /// Every measure is done, and there is one.
    pub fn is_ready(&self) -> bool {
        let all = self.measures.iter().all(|measure| measure.done_on.is_some());
        all && !self.measures.is_empty()
    }

    /// Everybody who has had a hand in putting it right.
    pub fn doers(&self) -> impl Iterator<Item = Officer> {
        let planned = self.planned.iter().map(|stamp| stamp.by);
        let progress =
            self.progress.iter().flat_map(|one| [Some(&one.stamp), one.corrected.as_ref()]);
        let applied =
            self.applications.iter().flat_map(|one| [Some(&one.stamp), one.corrected.as_ref()]);
        planned.chain(progress.chain(applied).flatten().map(|stamp| stamp.by))
    }

    /// All evidence, with the day it was received.
    pub fn evidence(&self) -> impl Iterator<Item = (&Evidence, Day)> {
        let progress = self.progress.iter().map(|one| (&one.evidence, one.stamp.day));
        let applied = self.applications.iter().map(|one| (&one.evidence, one.stamp.day));
        let looked = self.look_backs.iter().map(|one| (&one.evidence, one.stamp.day));
        let all = progress.chain(applied).chain(looked);
        all.flat_map(|(list, day)| list.iter().map(move |one| (one, day)))
    }
}
