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

use crate::{Ask, Day, Id, Mechanism, Refuses, Stamp, require};

mod chain;
mod power;

pub use power::{Power, Role};

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

/// Why the roster says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotFounded,
    AlreadyFounded,
    NoPower,
    NameMissing,
    NoSuchUnit,
    NoSuchPost,
    NoSuchPerson,
    IdTaken,
    /// A unit under itself.
    Circle,
    UnitHasUnits {
        count: usize,
    },
    UnitHasPosts {
        count: usize,
    },
    /// The matters it bears would be nobody's.
    BearsMatters {
        count: i64,
    },
    PostTaken {
        by: String,
    },
    NotHolder,
    SamePerson,
    /// The three administrators are three people.
    AdminsSeparate,
    BeforeStart,
}

impl Refuses for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Self::NotFounded => "refused-not-founded",
            Self::AlreadyFounded => "refused-already-founded",
            Self::NoPower => "refused-no-power",
            Self::NameMissing => "refused-name-missing",
            Self::NoSuchUnit => "refused-no-such-unit",
            Self::NoSuchPost => "refused-no-such-post",
            Self::NoSuchPerson => "refused-no-such-person",
            Self::IdTaken => "refused-id-taken",
            Self::Circle => "refused-unit-circle",
            Self::UnitHasUnits { .. } => "refused-unit-has-units",
            Self::UnitHasPosts { .. } => "refused-unit-has-posts",
            Self::BearsMatters { .. } => "refused-bears-matters",
            Self::PostTaken { .. } => "refused-post-taken",
            Self::NotHolder => "refused-not-holder",
            Self::SamePerson => "refused-same-person",
            Self::AdminsSeparate => "refused-admins-separate",
            Self::BeforeStart => "refused-before-start",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnitHasUnits { count } | Self::UnitHasPosts { count } => {
                vec![("count", count.to_string())]
            }
            Self::BearsMatters { count } => vec![("count", count.to_string())],
            Self::PostTaken { by } => vec![("by", by.clone())],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NameMissing => Some("name"),
            Self::NoSuchUnit | Self::Circle => Some("unit"),
            Self::NoSuchPerson | Self::SamePerson => Some("person"),
            Self::BeforeStart => Some("day"),
            _ => None,
        }
    }
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
    fn decide_unit(&self, command: Command) -> Result<Event, Refusal> {
        Ok(match command {
            Command::OpenUnit { unit: id, name, code, kind, parent, from } => {
                require(!self.units.contains_key(&id), Refusal::IdTaken)?;
                require(!name.trim().is_empty(), Refusal::NameMissing)?;
                self.existing_unit(parent)?;
                let unit = Unit { name, code, kind, parent: Some(parent), from, to: None };
                Event::UnitOpened { id, unit }
            }
            Command::RenameUnit { unit, name } => {
                self.existing_unit(unit)?;
                require(!name.trim().is_empty(), Refusal::NameMissing)?;
                Event::UnitRenamed { unit, name }
            }
            Command::MoveUnit { unit, parent } => {
                self.existing_unit(unit)?;
                self.existing_unit(parent)?;
                require(!self.unit_and_descendants(unit).contains(&parent), Refusal::Circle)?;
                Event::UnitMoved { unit, parent }
            }
            Command::CloseUnit { unit, to, open_matters } => {
                let closing = self.existing_unit(unit)?;
                require(closing.from <= to, Refusal::BeforeStart)?;
                let open = |id: &&Id<Unit>| self.units.get(id).is_some_and(|one| one.to.is_none());
                let below = self.children_of(unit).iter().filter(open).count();
                require(below == 0, Refusal::UnitHasUnits { count: below })?;
                let of_unit = |post: &&Post| post.unit == unit && post.closed.is_none();
                let posts = self.posts.values().filter(of_unit).count();
                require(posts == 0, Refusal::UnitHasPosts { count: posts })?;
                require(open_matters == 0, Refusal::BearsMatters { count: open_matters })?;
                Event::UnitClosed { unit, to }
            }
            _ => return Err(Refusal::NoPower),
        })
    }

    fn decide_post(&self, command: Command, today: Day) -> Result<Event, Refusal> {
        Ok(match command {
            Command::OpenPost { post: id, title, unit, role, head } => {
                require(!self.posts.contains_key(&id), Refusal::IdTaken)?;
                require(!title.trim().is_empty(), Refusal::NameMissing)?;
                self.existing_unit(unit)?;
                Event::PostOpened { id, post: Post { title, unit, role, head, closed: None } }
            }
            Command::RenamePost { post, title } => {
                self.existing_post(post)?;
                require(!title.trim().is_empty(), Refusal::NameMissing)?;
                Event::PostRenamed { post, title }
            }
            Command::ClosePost { post, open_matters } => {
                self.existing_post(post)?;
                require(open_matters == 0, Refusal::BearsMatters { count: open_matters })?;
                if let Some(tenure) = self.open_tenure(post) {
                    return Err(Refusal::PostTaken { by: self.name_of(tenure.person) });
                }
                Event::PostClosed { post, day: today }
            }
            _ => return Err(Refusal::NoPower),
        })
    }

    fn decide_person(&self, command: Command) -> Result<Event, Refusal> {
        Ok(match command {
            Command::RegisterPerson { person, name } => {
                require(!self.people.contains_key(&person), Refusal::IdTaken)?;
                require(!name.trim().is_empty(), Refusal::NameMissing)?;
                Event::PersonRegistered { person, name }
            }
            Command::RenamePerson { person, name } => {
                require(self.people.contains_key(&person), Refusal::NoSuchPerson)?;
                require(!name.trim().is_empty(), Refusal::NameMissing)?;
                Event::PersonRenamed { person, name }
            }
            Command::Appoint { person, post, from } => {
                self.existing_post(post)?;
                require(self.people.contains_key(&person), Refusal::NoSuchPerson)?;
                if let Some(tenure) = self.open_tenure(post) {
                    return Err(Refusal::PostTaken { by: self.name_of(tenure.person) });
                }
                self.admins_stay_separate(person, post)?;
                let last = self.tenures.get(&post).and_then(|list| list.last());
                let free = last.and_then(|tenure| tenure.to).is_none_or(|to| to < from);
                require(free, Refusal::BeforeStart)?;
                Event::Appointed { person, post, from }
            }
            Command::HandOver { post, from, to, day } => {
                self.existing_post(post)?;
                require(self.people.contains_key(&to), Refusal::NoSuchPerson)?;
                require(from != to, Refusal::SamePerson)?;
                let tenure = self.tenure_of(post, from)?;
                require(tenure.from < day, Refusal::BeforeStart)?;
                self.admins_stay_separate(to, post)?;
                Event::HandedOver { post, from, to, day }
            }
            Command::Dismiss { post, person, to, open_matters } => {
                let tenure = self.tenure_of(post, person)?;
                require(tenure.from <= to, Refusal::BeforeStart)?;
                require(open_matters == 0, Refusal::BearsMatters { count: open_matters })?;
                Event::Dismissed { post, person, to }
            }
            _ => return Err(Refusal::NoPower),
        })
    }

    fn existing_unit(&self, unit: Id<Unit>) -> Result<&Unit, Refusal> {
        self.units.get(&unit).filter(|unit| unit.to.is_none()).ok_or(Refusal::NoSuchUnit)
    }

    fn existing_post(&self, post: Id<Post>) -> Result<&Post, Refusal> {
        self.posts.get(&post).filter(|post| post.closed.is_none()).ok_or(Refusal::NoSuchPost)
    }

    fn tenure_of(&self, post: Id<Post>, person: Id<Person>) -> Result<Tenure, Refusal> {
        let tenure = self.open_tenure(post).ok_or(Refusal::NotHolder)?;
        require(tenure.person == person, Refusal::NotHolder)?;
        Ok(tenure)
    }

    fn admins_stay_separate(&self, person: Id<Person>, post: Id<Post>) -> Result<(), Refusal> {
        let role = self.posts.get(&post).map(|post| post.role).ok_or(Refusal::NoSuchPost)?;
        let clash = self.held.get(&person).into_iter().flatten().any(|other| {
            let still = self.open_tenure(*other).is_some_and(|tenure| tenure.person == person);
            let other = self.posts.get(other).map(|post| post.role);
            still && other.is_some_and(|other| other.is_admin() && other != role)
        });
        require(!(role.is_admin() && clash), Refusal::AdminsSeparate)
    }

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
