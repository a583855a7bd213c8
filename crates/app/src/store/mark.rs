//! A place in a turn to which it can be taken back: of many matters asked in one turn, those that
//! are refused are left out and the rest stand.

use std::{collections::HashMap, sync::Arc};

use mechanisms::roster::Roster;

use super::{
    pen::{Key, Pen, Slot},
    rebuild::Caster,
};

/// A place in a turn to which it can be taken back, see [`Pen::mark`].
pub struct Mark {
    slots: HashMap<Key, Slot>,
    roster: Option<Arc<Roster>>,
    arranged: Option<(Arc<calendar::Calendar>, Caster)>,
    pending: usize,
    beside: usize,
    ids: i64,
}

impl std::fmt::Debug for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mark").field("pending", &self.pending).finish_non_exhaustive()
    }
}

impl Pen<'_, '_> {
    /// Remembers how far the turn is, so that a part of it that is refused can be left out and
    /// the rest stand: [`Pen::back_to`].
    pub fn mark(&self) -> Mark {
        Mark {
            slots: self.slots.clone(),
            roster: self.roster.clone(),
            arranged: self.arranged.clone(),
            pending: self.pending.len(),
            beside: self.beside.len(),
            ids: self.ids,
        }
    }

    /// Takes the turn back to where it was marked.
    pub fn back_to(&mut self, mark: Mark) {
        self.slots = mark.slots;
        self.roster = mark.roster;
        self.arranged = mark.arranged;
        self.pending.truncate(mark.pending);
        self.beside.truncate(mark.beside);
        self.ids = mark.ids;
    }
}
