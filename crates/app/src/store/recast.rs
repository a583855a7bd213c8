//! Casting again: a calendar that changes moves days of matters that nobody touched.

use std::collections::HashSet;

use mechanisms::{Mechanism, roster::Roster};
use sqlx::Row;

use super::{
    engine::Writing,
    group::Writer,
    kept::World,
    pen::{self, Key},
    rebuild::Caster,
    rows::{Changes, Rows},
    sums::{Sums, Tally},
};
use crate::failure::Failure;

/// A change of the calendar on its way into the rows.
pub(super) struct Moved<'a> {
    pub(super) before: &'a calendar::Calendar,
    pub(super) day: mechanisms::Day,
    pub(super) cast: Caster,
    /// Matters that the group itself has cast already.
    pub(super) passed_over: &'a HashSet<Key>,
}

impl Writer {
    /// Casts every open matter that the group has not cast itself under the new calendar.
    pub(super) async fn cast_again(
        &mut self,
        moved: Moved<'_>,
        sums: &mut Sums,
        writing: &mut Writing,
    ) -> Result<(), Failure> {
        let rows = sqlx::query(
            "select kind, id from matter where jurisdiction = $1 \
             and standing in ('open', 'hold') order by kind, id",
        )
        .bind(self.jurisdiction)
        .fetch_all(writing.on())
        .await?;
        let (mut moves, mut tally) = (Vec::new(), Tally::new());
        for row in &rows {
            let (kind, id): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
            if moved.passed_over.iter().any(|key| key.0 == kind && key.1 == id) {
                continue;
            }
            let facts = pen::facts(self.jurisdiction, &kind, id, writing.on()).await?;
            let cast = |calendar: &calendar::Calendar| {
                let (lights, ladder) = (&self.shared.lights, &self.shared.ladder);
                let world = World { calendar, lights, ladder, past: &[] };
                let mut rows = Rows::default();
                let mut counts = (moved.cast)(&kind, id, &facts, &world, &mut rows)?;
                let counted = counts.days.pop().and_then(|last| last.1);
                Ok::<_, Failure>((rows, counts.kind, counted))
            };
            let (before, kind, left) = cast(moved.before)?;
            let (after, _, came) = cast(&self.calendar)?;
            sums.wait(&before, -1);
            sums.wait(&after, 1);
            if before != after {
                moves.push((before, after));
            }
            if left != came {
                for (place, n) in [(left, -1), (came, 1)] {
                    if let Some(place) = place {
                        *tally.entry((kind, place, moved.day)).or_default() += n;
                    }
                }
            }
        }
        sums.count(tally);
        // What is held in memory was cast under the calendar before.
        self.slots.retain(|key, _| key.0 == Roster::KIND);
        let mut changes = Changes::default();
        for (before, after) in &moves {
            changes.from_to(before, after);
        }
        changes.flush(self.jurisdiction, writing).await
    }
}
