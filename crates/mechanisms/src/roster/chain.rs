//! What rules and pages ask of the roster: who holds a post, who commands whom, who may what.

use super::{Id, Person, Post, Power, Role, Roster, Tenure, Unit};
use crate::{Day, Officer};

impl Roster {
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    pub fn unit(&self, unit: Id<Unit>) -> Option<&Unit> {
        self.units.get(&unit)
    }

    pub fn units(&self) -> impl Iterator<Item = (Id<Unit>, &Unit)> {
        self.units.iter().map(|(id, unit)| (*id, unit))
    }

    /// The unit without a parent.
    pub fn root(&self) -> Option<Id<Unit>> {
        self.units.iter().find(|(_, unit)| unit.parent.is_none()).map(|(id, _)| *id)
    }

    pub fn children_of(&self, unit: Id<Unit>) -> &[Id<Unit>] {
        self.children.get(&unit).map_or(&[], Vec::as_slice)
    }

    pub fn post(&self, post: Id<Post>) -> Option<&Post> {
        self.posts.get(&post)
    }

    pub fn posts(&self) -> impl Iterator<Item = (Id<Post>, &Post)> {
        self.posts.iter().map(|(id, post)| (*id, post))
    }

    pub fn person(&self, person: Id<Person>) -> Option<&Person> {
        self.people.get(&person)
    }

    pub fn people(&self) -> impl Iterator<Item = (Id<Person>, &Person)> {
        self.people.iter().map(|(id, person)| (*id, person))
    }

    pub fn tenures(&self) -> impl Iterator<Item = &Tenure> {
        self.tenures.values().flatten()
    }

    /// A unit's name; empty for none.
    pub fn unit_name(&self, unit: Id<Unit>) -> &str {
        self.units.get(&unit).map_or("", |unit| &unit.name)
    }

    /// A post's title; empty for none.
    pub fn post_title(&self, post: Id<Post>) -> &str {
        self.posts.get(&post).map_or("", |post| &post.title)
    }

    pub(super) fn name_of(&self, person: Id<Person>) -> String {
        self.people.get(&person).map(|person| person.name.clone()).unwrap_or_default()
    }

    pub(super) fn open_tenure(&self, post: Id<Post>) -> Option<Tenure> {
        self.tenures.get(&post)?.last().copied().filter(|tenure| tenure.to.is_none())
    }

    /// Who holds a post on a day.
    pub fn holder(&self, post: Id<Post>, day: Day) -> Option<Id<Person>> {
        let tenures = self.tenures.get(&post)?;
        tenures.iter().rev().find(|tenure| tenure.lasts_on(day)).map(|tenure| tenure.person)
    }

    /// The posts a person holds on a day.
    pub fn posts_of(&self, person: Id<Person>, day: Day) -> Vec<Id<Post>> {
        let held = self.held.get(&person).into_iter().flatten().copied();
        held.filter(|post| self.holder(*post, day) == Some(person)).collect()
    }

    /// The post a person acts in unless they choose another: the one with the most powers.
    pub fn leading_post(&self, person: Id<Person>, day: Day) -> Option<Id<Post>> {
        let powers =
            |post: &Id<Post>| self.posts.get(post).map_or(0, |post| post.role.powers().len());
        self.posts_of(person, day).into_iter().rev().max_by_key(powers)
    }

    /// May the officer's post do this? The account administrator's part falls to the system's
    /// administrator until somebody is appointed to it.
    pub fn may(&self, officer: Officer, power: Power) -> bool {
        let Some(post) = self.posts.get(&officer.post).filter(|post| post.closed.is_none()) else {
            return false;
        };
        if post.role.powers().contains(&power) {
            return true;
        }
        power == Power::ManageAccounts
            && post.role == Role::SystemAdmin
            && !self.posts.iter().any(|(id, post)| {
                post.role == Role::SecurityAdmin && self.open_tenure(*id).is_some()
            })
    }

    /// The unit an officer's post belongs to.
    pub fn unit_of(&self, post: Id<Post>) -> Option<Id<Unit>> {
        self.posts.get(&post).map(|post| post.unit)
    }

    /// The head's post of a unit, where it has one.
    pub fn head_of(&self, unit: Id<Unit>) -> Option<Id<Post>> {
        let heads = |post: &Post| post.unit == unit && post.head && post.closed.is_none();
        self.posts.iter().find(|(_, post)| heads(post)).map(|(id, _)| *id)
    }

    /// The unit and those above it, nearest first.
    pub fn unit_and_ancestors(&self, unit: Id<Unit>) -> Vec<Id<Unit>> {
        let mut out = Vec::new();
        let mut next = Some(unit);
        while let Some(unit) = next.filter(|unit| !out.contains(unit)) {
            out.push(unit);
            next = self.units.get(&unit).and_then(|unit| unit.parent);
        }
        out
    }

    /// The unit and everything below it.
    pub fn unit_and_descendants(&self, unit: Id<Unit>) -> Vec<Id<Unit>> {
        let mut out = vec![unit];
        let mut place = 0;
        while let Some(unit) = out.get(place) {
            out.extend_from_slice(self.children_of(*unit));
            place += 1;
        }
        out
    }

    /// Is the other unit in this unit's chain of command: itself, above it or below it?
    pub fn in_chain(&self, unit: Id<Unit>, other: Id<Unit>) -> bool {
        self.unit_and_ancestors(unit).contains(&other)
            || self.unit_and_ancestors(other).contains(&unit)
    }

    /// Does a person hold, on that day, any post in the chain of any of these units?
    pub fn person_in_chain(&self, person: Id<Person>, units: &[Id<Unit>], day: Day) -> bool {
        self.posts_of(person, day)
            .into_iter()
            .filter_map(|post| self.unit_of(post))
            .any(|held| units.iter().any(|unit| self.in_chain(*unit, held)))
    }
}

impl Tenure {
    /// Does this tenure cover the day?
    pub fn lasts_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}
