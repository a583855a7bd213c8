//! What may be done to units, posts and people.

use super::{Command, Event, Person, Post, Refusal, Roster, Tenure, Unit};
use crate::{Day, Id, require};

impl Roster {
    pub(super) fn decide_unit(&self, command: Command) -> Result<Event, Refusal> {
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

    pub(super) fn decide_post(&self, command: Command, today: Day) -> Result<Event, Refusal> {
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

    pub(super) fn decide_person(&self, command: Command) -> Result<Event, Refusal> {
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
}
