//! Group commit: the turns that wait for one jurisdiction's pen are decided one after another
//! and committed together, so that one sync to disk makes many turns durable.
//!
//! ```text
//! turn ─┐                       ┌─ decide, decide, decide …
//! turn ─┼─▶ queue ─▶ one group ─┤─ entries, leaves, rows, tally, head      ─▶ commit ─▶ answers
//! turn ─┘                       └─ one signed checkpoint
//! ```
//!
//! Nobody is answered before the commit has returned.

use std::{
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
    sync::Arc,
};

use futures_util::{FutureExt, future::BoxFuture};
use mechanisms::{Mechanism, roster::Roster};
use sqlx::{AssertSqlSafe, Row};
use tokio::sync::{mpsc, oneshot};

use super::{
    Shared,
    engine::Writing,
    kept::World,
    leaves::Leaves,
    pen::{Group, Hand, Key, Pen, Pending, Slot, Stop},
    recast::Moved,
    rows::{Cell, Changes, Rows, Table, bind, insert_text, portions},
    sums::{Sums, Tally},
};
use crate::failure::{Failure, Meaning};

/// What a turn asks, once it holds the pen.
pub(super) type Asked =
    Box<dyn for<'p, 't, 'g> FnOnce(&'p mut Pen<'t, 'g>) -> BoxFuture<'p, Result<(), Stop>> + Send>;

/// A turn waiting for the pen.
pub(super) struct Waiting {
    pub(super) hand: Hand,
    pub(super) asked: Asked,
    pub(super) answer: oneshot::Sender<Result<(), Stop>>,
}

/// More turns than this are not committed together: the first should not wait for the last.
const GROUP: usize = 256;
/// How often in vain a group looks for the turns it expects before it begins without them:
/// about a tenth of a millisecond.
const PATIENCE: usize = 400;
/// States kept in memory between groups.
const SLOTS: usize = 20_000;

/// The writer of one jurisdiction in this process.
pub(super) struct Writer {
    pub(super) shared: Arc<Shared>,
    pub(super) jurisdiction: i64,
    code: String,
    leaves: Option<Leaves>,
    pub(super) slots: HashMap<Key, Slot>,
    roster: Arc<Roster>,
    pub(super) calendar: Arc<calendar::Calendar>,
}

/// Serves turns until the store is dropped.
pub(super) async fn serve(
    shared: Arc<Shared>,
    jurisdiction: i64,
    code: String,
    mut queue: mpsc::Receiver<Waiting>,
) {
    let mut writer = Writer {
        shared,
        jurisdiction,
        code,
        leaves: None,
        slots: HashMap::new(),
        roster: Arc::default(),
        calendar: Arc::default(),
    };
    let mut group = Vec::with_capacity(GROUP);
    let mut before = 0;
    while queue.recv_many(&mut group, GROUP).await > 0 {
        gather(&mut queue, &mut group, before).await;
        before = group.len();
        while !group.is_empty() {
            writer.serve_group(&mut group).await;
        }
    }
}

/// Those who were just answered ask again at once: a moment's patience puts them into one group
/// instead of a small one and the rest. One writer alone never waits: it was alone before.
async fn gather(queue: &mut mpsc::Receiver<Waiting>, group: &mut Vec<Waiting>, before: usize) {
    let mut idle = 0;
    while group.len() < before && idle < PATIENCE {
        tokio::task::yield_now().await;
        idle += 1;
        while group.len() < GROUP
            && let Ok(one) = queue.try_recv()
        {
            group.push(one);
            idle = 0;
        }
    }
}

impl Writer {
    /// Carries out what waits, up to the first turn that changes the calendar: those after it
    /// are left for a group of their own, which reads everything anew.
    async fn serve_group(&mut self, waiting: &mut Vec<Waiting>) {
        let mut answers = Vec::with_capacity(waiting.len());
        let people: Vec<i64> = waiting.iter().map(|one| one.hand.by.person.0).collect();
        match self.commit_group(waiting, &mut answers).await {
            Ok(()) => {
                let size = self.leaves.as_ref().map_or(0, Leaves::size);
                self.shared.wrote(self.jurisdiction, &people, size);
                for (answer, result) in answers {
                    // The asker may have gone; the turn stands all the same.
                    let _ = answer.send(result);
                }
            }
            Err(failure) => {
                tracing::error!(%failure, jurisdiction = self.jurisdiction, "a group of turns");
                self.forget();
                for (answer, result) in answers {
                    let stop = match result {
                        Ok(()) => Stop::Failed(Failure::new(failure.to_string())),
                        Err(stop) => stop,
                    };
                    let _ = answer.send(Err(stop));
                }
            }
        }
    }

    /// Nothing in memory may be trusted after a failed commit.
    fn forget(&mut self) {
        self.leaves = None;
        self.slots.clear();
        self.roster = Arc::default();
        self.calendar = Arc::default();
    }

    async fn commit_group(
        &mut self,
        waiting: &mut Vec<Waiting>,
        answers: &mut Vec<Answered>,
    ) -> Result<(), Failure> {
        let (head, mut writing) = match self.take_pen().await {
            Ok(pen) => pen,
            Err(failure) => {
                answers.extend(waiting.drain(..).map(|one| (one.answer, Ok(()))));
                return Err(failure);
            }
        };
        let mut group = Group {
            jurisdiction: self.jurisdiction,
            writing: &mut writing,
            slots: &mut self.slots,
            roster: &mut self.roster,
            calendar: self.calendar.clone(),
            rearranged: None,
            lights: self.shared.lights.clone(),
            ladder: self.shared.ladder.clone(),
            pending: Vec::new(),
            beside: Vec::new(),
            changed: HashSet::new(),
            tally: Tally::new(),
            size: head.size,
            turn: head.turn,
            next_id: head.next_id,
        };
        let mut left = std::mem::take(waiting).into_iter();
        for one in left.by_ref() {
            let mut pen = Pen::new(&mut group, one.hand);
            let asked = AssertUnwindSafe(async { (one.asked)(&mut pen).await });
            let result = asked.catch_unwind().await.unwrap_or_else(|_| {
                Err(Stop::Failed(Failure::new("a rule broke off: the turn was not carried out")))
            });
            if result.is_ok() {
                pen.lift();
            }
            answers.push((one.answer, result));
            if group.rearranged.is_some() {
                break;
            }
        }
        waiting.extend(left);
        let (pending, changed, tally) = (group.pending, group.changed, group.tally);
        let beside = group.beside;
        let (calendar, rearranged) = (group.calendar, group.rearranged);
        let next = Head { turn: group.turn, next_id: group.next_id, ..head };
        if pending.is_empty() && beside.is_empty() && next.next_id == head.next_id {
            return writing.abandon().await;
        }
        let mut sums = Sums::default();
        sums.count(tally);
        let before = std::mem::replace(&mut self.calendar, calendar);
        self.write(next, &pending, &changed, &mut sums, &mut writing).await?;
        if let Some((day, cast)) = rearranged {
            let moved = Moved { before: &before, day, cast, passed_over: &changed };
            self.cast_again(moved, &mut sums, &mut writing).await?;
        }
        sums.write(self.jurisdiction, &mut writing).await?;
        super::beside::write(self.jurisdiction, beside, &mut writing).await?;
        writing.commit().await?;
        if self.slots.len() > SLOTS {
            self.slots.retain(|key, _| key.0 == Roster::KIND);
        }
        Ok(())
    }

    /// Takes the jurisdiction's pen: no other process holds it until this transaction ends.
    async fn take_pen(&mut self) -> Result<(Head, Writing), Failure> {
        let mut writing = self.shared.engine.begin().await?;
        let row = sqlx::query(
            "update head set size = size where jurisdiction = $1 \
             returning size, turn, next_id, log, checkpoint",
        )
        .bind(self.jurisdiction)
        .fetch_one(writing.on())
        .await
        .meaning("taking the pen")?;
        let head = Head { size: row.try_get(0)?, turn: row.try_get(1)?, next_id: row.try_get(2)? };
        if self.leaves.as_ref().is_none_or(|leaves| leaves.size() != head.size) {
            self.forget();
            let (text, checkpoint): (String, String) = (row.try_get(3)?, row.try_get(4)?);
            let leaves = Leaves::open(&self.code, &self.shared.secret, &text, &checkpoint)?;
            if leaves.size() != head.size {
                return Err(Failure::new("corrupt journal: the head and its log differ in size"));
            }
            self.leaves = Some(leaves);
            let state = super::roster(self.jurisdiction, writing.on()).await?;
            self.roster = Arc::new(state.unwrap_or_default());
            self.calendar = super::workdays::calendar(self.jurisdiction, writing.on()).await?;
        }
        Ok((head, writing))
    }

    async fn write(
        &mut self,
        mut head: Head,
        pending: &[Pending],
        changed: &HashSet<Key>,
        sums: &mut Sums,
        writing: &mut Writing,
    ) -> Result<(), Failure> {
        let leaves = self.leaves.as_mut().ok_or_else(|| Failure::new("a pen without leaves"))?;
        let mut entries = Vec::with_capacity(pending.len());
        for event in pending {
            entries.push(leaves.append(event)?);
        }
        insert(self.jurisdiction, &ENTRY, &entries, writing).await.meaning("writing entries")?;
        insert(self.jurisdiction, &TILE, &leaves.take_tiles(), writing)
            .await
            .meaning("writing tiles")?;
        self.write_rows(changed, sums, writing).await?;
        let leaves = self.leaves.as_ref().ok_or_else(|| Failure::new("a pen without leaves"))?;
        head.size = leaves.size();
        sqlx::query(
            "update head set size = $1, turn = $2, next_id = $3, checkpoint = $4, log = $5 \
             where jurisdiction = $6",
        )
        .bind(head.size)
        .bind(head.turn)
        .bind(head.next_id)
        .bind(leaves.checkpoint()?)
        .bind(leaves.text())
        .bind(self.jurisdiction)
        .execute(writing.on())
        .await
        .meaning("moving the head")?;
        Ok(())
    }

    async fn write_rows(
        &mut self,
        changed: &HashSet<Key>,
        sums: &mut Sums,
        writing: &mut Writing,
    ) -> Result<(), Failure> {
        let mut moves = Vec::with_capacity(changed.len());
        for key in changed {
            let Some(slot) = self.slots.get_mut(key) else { continue };
            let Some(state) = &slot.state else { continue };
            let world = World {
                calendar: &self.calendar,
                lights: &self.shared.lights,
                ladder: &self.shared.ladder,
                past: &[],
            };
            let mut rows = Rows::default();
            state.cast(key.1, &world, &mut rows);
            let after = Arc::new(rows);
            let before = std::mem::replace(&mut slot.rows, after.clone());
            sums.wait(&before, -1);
            sums.wait(&after, 1);
            moves.push((before, after));
        }
        let mut changes = Changes::default();
        for (before, after) in &moves {
            changes.from_to(before, after);
        }
        changes.flush(self.jurisdiction, writing).await
    }
}

/// A turn's answer on its way back.
type Answered = (oneshot::Sender<Result<(), Stop>>, Result<(), Stop>);

/// Where a journal stands.
#[derive(Clone, Copy, Debug)]
struct Head {
    size: i64,
    turn: i64,
    next_id: i64,
}

/// Inserts rows that must not be there yet.
pub(super) async fn insert(
    jurisdiction: i64,
    table: &Table,
    rows: &[Vec<Cell>],
    writing: &mut Writing,
) -> Result<(), Failure> {
    for portion in portions(rows) {
        let mut query =
            sqlx::query(AssertSqlSafe(insert_text(table, portion.len(), writing.dialect)));
        for row in portion {
            query = query.bind(jurisdiction);
            for value in row {
                query = bind(query, value);
            }
        }
        query.execute(writing.on()).await?;
    }
    Ok(())
}

pub(super) static ENTRY: Table = Table {
    name: "entry",
    keys: &["number"],
    columns: &[
        "turn",
        "at",
        "day",
        "person",
        "post",
        "kind",
        "matter",
        "act",
        "commitment",
        "salt",
        "payload",
    ],
};

pub(super) static TILE: Table =
    Table { name: "tile", keys: &["level", "number"], columns: &["hashes"] };
