//! The pen: what one turn holds while it asks. It reads states, asks commands and collects their
//! events; nothing is written until every command of the turn has been allowed.

use std::{
    any::Any,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use mechanisms::{
    Ask, Day, Id, Officer, Refuses, Stamp,
    roster::Roster,
    workdays::{self, Workdays},
};

use super::{
    beside::Beside,
    engine::Writing,
    kept::{Counted, Fact, Held, Kept, World, replay},
    rebuild::Caster,
    rows::Rows,
    sums::Tally,
    workdays::WORKDAYS,
};
use crate::failure::{Failure, Meaning};

/// Why a turn came to nothing.
#[derive(Debug)]
pub enum Stop {
    /// A rule said no, and says why.
    Refused(Box<dyn Refuses>),
    /// There is no such matter.
    Missing,
    /// Our fault.
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Stop {
    pub fn refused(refusal: impl Refuses) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// Which matter of which mechanism.
pub(super) type Key = (&'static str, i64);

/// A state, and what its own mechanism does with it.
#[derive(Clone)]
pub(super) struct Slot {
    pub(super) state: Option<Arc<dyn Held>>,
    /// The rows and the tally's place that are on disk.
    pub(super) rows: Arc<Rows>,
    pub(super) tally: Option<Counted>,
}

/// An event on its way into the journal.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) turn: i64,
    pub(super) kind: &'static str,
    pub(super) matter: i64,
    pub(super) stamp: Stamp,
    pub(super) act: String,
    pub(super) payload: String,
}

/// What the turns of one group share.
pub(super) struct Group<'g> {
    pub(super) jurisdiction: i64,
    pub(super) writing: &'g mut Writing,
    pub(super) slots: &'g mut HashMap<Key, Slot>,
    pub(super) roster: &'g mut Arc<Roster>,
    pub(super) calendar: Arc<calendar::Calendar>,
    /// A turn changed the calendar on this day: every open matter is cast again.
    pub(super) rearranged: Option<(Day, Caster)>,
    pub(super) lights: Arc<mechanisms::light::Pack>,
    pub(super) ladder: Arc<mechanisms::reminder::Ladder>,
    pub(super) pending: Vec<Pending>,
    pub(super) beside: Vec<Beside>,
    pub(super) changed: HashSet<Key>,
    pub(super) tally: Tally,
    pub(super) size: i64,
    pub(super) turn: i64,
    pub(super) next_id: i64,
}

/// Who acts, on which day, at which instant.
#[derive(Clone, Debug)]
pub struct Hand {
    pub jurisdiction: i64,
    pub by: Officer,
    pub day: Day,
    pub at: String,
}

/// One officer holding the pen of one jurisdiction.
pub struct Pen<'t, 'g> {
    pub(super) group: &'t mut Group<'g>,
    hand: Hand,
    pub(super) slots: HashMap<Key, Slot>,
    pub(super) roster: Option<Arc<Roster>>,
    pub(super) arranged: Option<(Arc<calendar::Calendar>, Caster)>,
    pub(super) pending: Vec<Pending>,
    pub(super) beside: Vec<Beside>,
    pub(super) ids: i64,
}

impl std::fmt::Debug for Pen<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pen").field("hand", &self.hand).field("pending", &self.pending).finish()
    }
}

impl<'t, 'g> Pen<'t, 'g> {
    pub(super) fn new(group: &'t mut Group<'g>, hand: Hand) -> Self {
        Self {
            group,
            hand,
            slots: HashMap::new(),
            roster: None,
            arranged: None,
            pending: Vec::new(),
            beside: Vec::new(),
            ids: 0,
        }
    }

    /// The officer, day and instant of this turn.
    pub fn hand(&self) -> &Hand {
        &self.hand
    }

    /// Units, posts and people as this turn sees them, its own changes included.
    pub fn roster(&self) -> &Roster {
        self.roster.as_ref().unwrap_or(self.group.roster)
    }

    pub fn calendar(&self) -> &calendar::Calendar {
        &self.group.calendar
    }

    /// An id that no matter of this jurisdiction has yet.
    pub fn fresh<M: Kept>(&mut self) -> Id<M> {
        Id::new(self.fresh_number())
    }

    /// A number that nothing of this jurisdiction has yet.
    pub fn fresh_number(&mut self) -> i64 {
        let number = self.group.next_id + self.ids;
        self.ids += 1;
        number
    }

    /// The state of a matter, this turn's own changes included.
    pub async fn read<M: Kept>(&mut self, id: Id<M>) -> Result<Option<Arc<M>>, Stop> {
        let slot = self.slot::<M>(id).await?;
        Ok(slot.state.clone().and_then(|held| (held as Arc<dyn Any + Send + Sync>).downcast().ok()))
    }

    /// The state of a matter that must be there.
    pub async fn find<M: Kept>(&mut self, id: Id<M>) -> Result<Arc<M>, Stop> {
        self.read(id).await?.ok_or(Stop::Missing)
    }

    /// Asks a command of a matter. What it makes happen is part of this turn.
    pub async fn ask<M: Kept>(&mut self, id: Id<M>, command: M::Command) -> Result<(), Stop> {
        let state = self.read::<M>(id).await?;
        let ask = self.asking()?;
        let events = M::decide(state.as_deref(), command, &ask).map_err(Stop::refused)?;
        self.record::<M>(id, state, events)
    }

    /// All that a rule asked in this turn knows.
    pub fn asking(&self) -> Result<Ask<'_>, Stop> {
        Ok(Ask {
            by: self.hand.by,
            today: self.hand.day,
            at: self.hand.at.parse().meaning("reading the instant of a turn")?,
            roster: self.roster(),
            calendar: &self.group.calendar,
            lights: &self.group.lights,
            ladder: &self.group.ladder,
        })
    }

    /// Arranges the working days of the jurisdiction. With the turn every open matter is cast
    /// again, since its days may have moved.
    pub async fn arrange(&mut self, command: workdays::Command, cast: Caster) -> Result<(), Stop> {
        self.ask::<Workdays>(WORKDAYS, command).await?;
        let state = self.find::<Workdays>(WORKDAYS).await?;
        self.arranged = Some((Arc::new(state.calendar().clone()), cast));
        Ok(())
    }

    fn record<M: Kept>(
        &mut self,
        id: Id<M>,
        state: Option<Arc<M>>,
        events: Vec<M::Event>,
    ) -> Result<(), Stop> {
        if events.is_empty() {
            return Ok(());
        }
        // The turn's own hold is let go, so that only its first fact pays for a copy: a plan of
        // ten thousand goals is not copied for each of them.
        if let Some(slot) = self.slots.get_mut(&(M::KIND, id.0)) {
            slot.state = None;
        }
        let mut state = state.map(Arc::unwrap_or_clone);
        for event in events {
            let number = self.group.size + count(&self.group.pending) + count(&self.pending);
            let stamp =
                Stamp { number, day: self.hand.day, at: self.hand.at.clone(), by: self.hand.by };
            let payload = serde_json::to_string(&event).meaning("writing an event down")?;
            let act = act(&payload);
            state = Some(M::apply(state, &event, &stamp));
            self.pending.push(Pending {
                turn: self.group.turn,
                kind: M::KIND,
                matter: id.0,
                stamp,
                act,
                payload,
            });
        }
        let Some(state) = state else { return Ok(()) };
        let state = Arc::new(state);
        if let Ok(roster) = (state.clone() as Arc<dyn Any + Send + Sync>).downcast::<Roster>() {
            self.roster = Some(roster);
        }
        if let Some(slot) = self.slots.get_mut(&(M::KIND, id.0)) {
            slot.state = Some(state);
        }
        Ok(())
    }

    async fn slot<M: Kept>(&mut self, id: Id<M>) -> Result<&mut Slot, Stop> {
        let key = (M::KIND, id.0);
        if !self.slots.contains_key(&key) {
            let slot = match self.group.slots.get(&key) {
                Some(slot) => slot.clone(),
                None => self.group.load::<M>(id).await?,
            };
            self.slots.insert(key, slot);
        }
        self.slots.get_mut(&key).ok_or(Stop::Missing)
    }

    /// Every command was allowed: what this turn did becomes part of the group.
    pub(super) fn lift(self) {
        let Self { group, hand, mut slots, roster, arranged, pending, beside, ids } = self;
        if let Some(roster) = roster {
            *group.roster = roster;
        }
        if let Some((calendar, cast)) = arranged {
            group.calendar = calendar;
            group.rearranged = Some((hand.day, cast));
            group.count_again(hand.day);
        }
        let changed: HashSet<Key> =
            pending.iter().map(|event| (event.kind, event.matter)).collect();
        for key in &changed {
            if let Some(slot) = slots.get_mut(key) {
                group.count(key.0, hand.day, slot);
            }
        }
        group.changed.extend(changed);
        group.slots.extend(slots);
        group.turn += i64::from(!pending.is_empty());
        group.next_id += ids;
        group.pending.extend(pending);
        group.beside.extend(beside);
    }
}

impl Group<'_> {
    /// Moves the matters that this group has changed already to their places under another
    /// calendar.
    fn count_again(&mut self, day: Day) {
        let changed: Vec<Key> = self.changed.iter().copied().collect();
        for key in changed {
            if let Some(mut slot) = self.slots.remove(&key) {
                self.count(key.0, day, &mut slot);
                self.slots.insert(key, slot);
            }
        }
    }

    /// The world rows are cast in.
    fn world(&self) -> World<'_> {
        let (calendar, lights, ladder) = (&*self.calendar, &*self.lights, &*self.ladder);
        World { calendar, lights, ladder, past: &[] }
    }

    /// Moves a matter to its new place in the sums.
    fn count(&mut self, kind: &'static str, day: Day, slot: &mut Slot) {
        let world = self.world();
        let counted = slot.state.as_ref().and_then(|state| state.count(&world));
        if counted == slot.tally {
            return;
        }
        if let Some(before) = slot.tally.take() {
            *self.tally.entry((kind, before, day)).or_default() -= 1;
        }
        if let Some(after) = &counted {
            *self.tally.entry((kind, after.clone(), day)).or_default() += 1;
        }
        slot.tally = counted;
    }

    /// Reads a matter's facts and replays them.
    async fn load<M: Kept>(&mut self, id: Id<M>) -> Result<Slot, Failure> {
        let facts = facts(self.jurisdiction, M::KIND, id.0, self.writing.on()).await?;
        let state: Option<M> =
            replay(&facts).meaning(&format!("corrupt journal: replaying {} {id}", M::KIND))?;
        let mut rows = Rows::default();
        let mut tally = None;
        if let Some(state) = &state {
            let world = self.world();
            state.rows(id, &world, &mut rows);
            tally = state.counted(&world);
        }
        let state = state.map(|state| Arc::new(state) as Arc<dyn Held>);
        let slot = Slot { state, rows: Arc::new(rows), tally };
        self.slots.insert((M::KIND, id.0), slot.clone());
        Ok(slot)
    }
}

pub(super) async fn facts(
    jurisdiction: i64,
    kind: &str,
    matter: i64,
    connection: &mut sqlx::AnyConnection,
) -> Result<Vec<Fact>, Failure> {
    let rows = sqlx::query(
        "select number, day, at, person, post, payload from entry \
         where jurisdiction = $1 and kind = $2 and matter = $3 order by number",
    )
    .bind(jurisdiction)
    .bind(kind.to_owned())
    .bind(matter)
    .fetch_all(connection)
    .await?;
    rows.iter().map(fact).collect()
}

/// A fact from the columns number, day, at, person, post, payload.
pub fn fact(row: &sqlx::any::AnyRow) -> Result<Fact, Failure> {
    use sqlx::Row;
    let day: String = row.try_get(1)?;
    let stamp = Stamp {
        number: row.try_get(0)?,
        day: day.parse().meaning("corrupt journal: the day of an entry")?,
        at: row.try_get(2)?,
        by: Officer { person: Id::new(row.try_get(3)?), post: Id::new(row.try_get(4)?) },
    };
    Ok(Fact { stamp, payload: row.try_get(5)? })
}

fn count<T>(list: &[T]) -> i64 {
    i64::try_from(list.len()).unwrap_or(i64::MAX)
}

/// The variant's name: the one key of the object, or the text itself for a unit variant.
fn act(payload: &str) -> String {
    payload.trim_start_matches(['{', '"']).split('"').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_act_is_the_variant() {
        assert_eq!(super::act(r#"{"Issued":{"day":"2015-01-01"}}"#), "Issued");
        assert_eq!(super::act(r#""Archived""#), "Archived");
    }
}
