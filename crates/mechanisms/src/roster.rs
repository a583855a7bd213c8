//! Units, posts and people (单位与人员): who holds which post, and what a post may do.
//!
//! One roster per jurisdiction. Responsibility is carried by posts; people come and go, and a
//! hand-over ends one tenure and begins the next in a single fact, so no matter is ever without
//! somebody.
//!
//! ```text
//! Found ─▶ OpenUnit ─▶ OpenPost ─▶ Appoint ─▶ HandOver ─▶ … ─▶ Dismiss ─▶ ClosePost ─▶ CloseUnit
//! ```

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{Ask, Day, Id, Mechanism, Stamp, require};

mod chain;
mod decide;
mod power;
mod refusal;

pub use power::{Power, Role};
pub use refusal::Refusal;

/// What kind of unit this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum UnitKind {
    /// The body itself; the one unit without a parent.
    Root,
    /// 市领导: where leaders' posts are.
    Leadership,
    /// 县（市、区）.
    County,
    /// 开发区、管理区.
    Zone,
    /// 市直部门.
    Department,
    /// 市属企事业单位.
    Enterprise,
    /// 科室 inside any of these.
    Section,
}

impl UnitKind {
    pub const ALL: &[Self] = &[
        Self::Root,
        Self::Leadership,
        Self::County,
        Self::Zone,
        Self::Department,
        Self::Enterprise,
        Self::Section,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Leadership => "leadership",
            Self::County => "county",
            Self::Zone => "zone",
            Self::Department => "department",
            Self::Enterprise => "enterprise",
            Self::Section => "section",
        }
    }

    /// Counted among the units that must deliver (21 + 72 + 37 in the published account).
    pub fn is_counted(self) -> bool {
        matches!(self, Self::County | Self::Zone | Self::Department | Self::Enterprise)
    }
}

/// A unit, with the days on which it existed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub name: String,
    /// A division code where there is one; free text, for zones have none.
    pub code: String,
    pub kind: UnitKind,
    pub parent: Option<Id<Unit>>,
    pub from: Day,
    /// The last day, where it has been closed.
    pub to: Option<Day>,
}

/// A post: it bears responsibility and powers, whoever holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    pub title: String,
    pub unit: Id<Unit>,
    pub role: Role,
    /// Heads its unit.
    pub head: bool,
    pub closed: Option<Day>,
}

/// A person of the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
}

/// A person in a post, from a day to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    pub person: Id<Person>,
    pub post: Id<Post>,
    pub from: Day,
    /// The last day; open while it lasts.
    pub to: Option<Day>,
}

/// Units, posts, people and tenures of one jurisdiction.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    units: Arc<BTreeMap<Id<Unit>, Unit>>,
    children: Arc<BTreeMap<Id<Unit>, Vec<Id<Unit>>>>,
    posts: Arc<BTreeMap<Id<Post>, Post>>,
    people: Arc<BTreeMap<Id<Person>, Person>>,
    /// By post, oldest first.
    tenures: Arc<BTreeMap<Id<Post>, Vec<Tenure>>>,
    held: Arc<BTreeMap<Id<Person>, Vec<Id<Post>>>>,
}

/// What an officer asks of the roster. Ids are handed in, so that one turn may build a tree.
#[derive(Clone, Debug)]
pub enum Command {
    /// The first turn of a jurisdiction: its root unit. Anybody may ask it, once.
    Found {
        unit: Id<Unit>,
        name: String,
        code: String,
    },
    OpenUnit {
        unit: Id<Unit>,
        name: String,
        code: String,
        kind: UnitKind,
        parent: Id<Unit>,
        from: Day,
    },
    RenameUnit {
        unit: Id<Unit>,
        name: String,
    },
    MoveUnit {
        unit: Id<Unit>,
        parent: Id<Unit>,
    },
    /// `open_matters`: how many unfinished matters name the unit.
    CloseUnit {
        unit: Id<Unit>,
        to: Day,
        open_matters: i64,
    },
    OpenPost {
        post: Id<Post>,
        title: String,
        unit: Id<Unit>,
        role: Role,
        head: bool,
    },
    RenamePost {
        post: Id<Post>,
        title: String,
    },
    ClosePost {
        post: Id<Post>,
        open_matters: i64,
    },
    RegisterPerson {
        person: Id<Person>,
        name: String,
    },
    RenamePerson {
        person: Id<Person>,
        name: String,
    },
    Appoint {
        person: Id<Person>,
        post: Id<Post>,
        from: Day,
    },
    /// One person leaves a post and another takes it, with everything it bears.
    HandOver {
        post: Id<Post>,
        from: Id<Person>,
        to: Id<Person>,
        day: Day,
    },
    /// `open_matters`: how many unfinished matters the post bears.
    Dismiss {
        post: Id<Post>,
        person: Id<Person>,
        to: Day,
        open_matters: i64,
    },
}

/// Facts of the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Founded { unit: Id<Unit>, name: String, code: String, day: Day },
    UnitOpened { id: Id<Unit>, unit: Unit },
    UnitRenamed { unit: Id<Unit>, name: String },
    UnitMoved { unit: Id<Unit>, parent: Id<Unit> },
    UnitClosed { unit: Id<Unit>, to: Day },
    PostOpened { id: Id<Post>, post: Post },
    PostRenamed { post: Id<Post>, title: String },
    PostClosed { post: Id<Post>, day: Day },
    PersonRegistered { person: Id<Person>, name: String },
    PersonRenamed { person: Id<Person>, name: String },
    Appointed { person: Id<Person>, post: Id<Post>, from: Day },
    HandedOver { post: Id<Post>, from: Id<Person>, to: Id<Person>, day: Day },
    Dismissed { post: Id<Post>, person: Id<Person>, to: Day },
}

impl Mechanism for Roster {
    const KIND: &'static str = "roster";
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(
        state: Option<&Self>,
        command: Command,
        ask: &Ask<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let Some(roster) = state else {
            let Command::Found { unit, name, code } = command else {
                return Err(Refusal::NotFounded);
            };
            require(!name.trim().is_empty(), Refusal::NameMissing)?;
            return Ok(vec![Event::Founded { unit, name, code, day: ask.today }]);
        };
        let founding = roster.tenures.is_empty();
        require(founding || roster.may(ask.by, Power::ManageUnits), Refusal::NoPower)?;
        let event = match command {
            Command::Found { .. } => return Err(Refusal::AlreadyFounded),
            Command::OpenUnit { .. }
            | Command::RenameUnit { .. }
            | Command::MoveUnit { .. }
            | Command::CloseUnit { .. } => roster.decide_unit(command)?,
            Command::OpenPost { .. } | Command::RenamePost { .. } | Command::ClosePost { .. } => {
                roster.decide_post(command, ask.today)?
            }
            _ => roster.decide_person(command)?,
        };
        Ok(vec![event])
    }

    fn apply(state: Option<Self>, event: &Event, _: &Stamp) -> Self {
        let mut roster = state.unwrap_or_default();
        roster.take(event.clone());
        roster
    }
}

impl Roster {
    fn take(&mut self, event: Event) {
        match event {
            Event::Founded { unit, name, code, day } => {
                let kind = UnitKind::Root;
                let root = Unit { name, code, kind, parent: None, from: day, to: None };
                Arc::make_mut(&mut self.units).insert(unit, root);
            }
            Event::UnitOpened { id, unit } => {
                if let Some(parent) = unit.parent {
                    Arc::make_mut(&mut self.children).entry(parent).or_default().push(id);
                }
                Arc::make_mut(&mut self.units).insert(id, unit);
            }
            Event::UnitRenamed { unit, name } => self.with_unit(unit, |unit| unit.name = name),
            Event::UnitMoved { unit, parent } => {
                let children = Arc::make_mut(&mut self.children);
                for list in children.values_mut() {
                    list.retain(|child| *child != unit);
                }
                children.entry(parent).or_default().push(unit);
                self.with_unit(unit, |unit| unit.parent = Some(parent));
            }
            Event::UnitClosed { unit, to } => self.with_unit(unit, |unit| unit.to = Some(to)),
            Event::PostOpened { id, post } => {
                Arc::make_mut(&mut self.posts).insert(id, post);
            }
            Event::PostRenamed { post, title } => self.with_post(post, |post| post.title = title),
            Event::PostClosed { post, day } => self.with_post(post, |post| post.closed = Some(day)),
            Event::PersonRegistered { person, name } | Event::PersonRenamed { person, name } => {
                Arc::make_mut(&mut self.people).insert(person, Person { name });
            }
            Event::Appointed { person, post, from } => self.begin(person, post, from),
            Event::HandedOver { post, to, day, .. } => {
                self.end(post, day.yesterday().unwrap_or(day));
                self.begin(to, post, day);
            }
            Event::Dismissed { post, to, .. } => self.end(post, to),
        }
    }

    fn with_unit(&mut self, unit: Id<Unit>, change: impl FnOnce(&mut Unit)) {
        if let Some(unit) = Arc::make_mut(&mut self.units).get_mut(&unit) {
            change(unit);
        }
    }

    fn with_post(&mut self, post: Id<Post>, change: impl FnOnce(&mut Post)) {
        if let Some(post) = Arc::make_mut(&mut self.posts).get_mut(&post) {
            change(post);
        }
    }

    fn begin(&mut self, person: Id<Person>, post: Id<Post>, from: Day) {
        let tenure = Tenure { person, post, from, to: None };
        Arc::make_mut(&mut self.tenures).entry(post).or_default().push(tenure);
        let held = Arc::make_mut(&mut self.held).entry(person).or_default();
        if !held.contains(&post) {
            held.push(post);
        }
    }

    fn end(&mut self, post: Id<Post>, to: Day) {
        if let Some(tenure) =
            Arc::make_mut(&mut self.tenures).get_mut(&post).and_then(|list| list.last_mut())
        {
            tenure.to = Some(to);
        }
    }
}
