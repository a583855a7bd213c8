//! Reminders across all kinds of matters: the rows they cast, and the digest (每日一报) that stands
//! for a flood of single messages: what was sent to me, what waits for my answer, what comes next
//! and on which day; and for the supervision office, what goes out next by the ladder.

pub mod api;
mod digest;
mod pages;

use axum::{Router, routing::get};
use mechanisms::reminder::Urged;

use crate::{
    House, cells,
    store::{
        kept::World,
        rows::{Rows, Table},
    },
};

/// Reminders, a row for each post one went to.
pub static REMINDER: Table = Table {
    name: "reminder",
    keys: &["kind", "matter", "number", "seat"],
    columns: &[
        "post",
        "level",
        "text",
        "sent_on",
        "answer_due",
        "signed_on",
        "answered_on",
        "revoked_on",
    ],
};

/// The rung that comes next in an open matter.
pub static CLIMB: Table =
    Table { name: "climb", keys: &["kind", "matter"], columns: &["level", "next_on", "given"] };

/// Casts the reminders of a matter, and its next rung while the unit's side owes something.
pub fn cast(
    kind: &'static str,
    id: i64,
    urged: &Urged<'_>,
    owes: bool,
    world: &World<'_>,
    rows: &mut Rows,
) {
    for one in urged.given {
        // Reminders older than the ladder went to whoever was responsible.
        let older = [urged.parties.owner];
        let named: Vec<_> = one.to.iter().copied().map(Some).collect();
        let to = if named.is_empty() { &older[..] } else { &named[..] };
        for (seat, post) in (0_i64..).zip(to) {
            let day = |stamp: &mechanisms::Stamp| stamp.day.to_string();
            let signed = one.signed.as_ref().map(day);
            let answered = one.answer.as_ref().map(|(_, stamp)| day(stamp));
            let revoked = one.revoked.as_ref().map(|(_, stamp)| day(stamp));
            let (level, text) = (one.level.word(), one.text.as_str());
            let (sent, due) = (day(&one.stamp), one.answer_due);
            rows.put(
                &REMINDER,
                cells![
                    kind, id, one.number, seat, *post, level, text, sent, due, signed, answered,
                    revoked
                ],
            );
        }
    }
    let next = world.ladder.next(urged.due_on, urged.given, world.calendar);
    if let Some(next) = next.filter(|_| owes) {
        let given = urged.given.iter().filter(|one| one.revoked.is_none()).count();
        let given = i64::try_from(given).unwrap_or(i64::MAX);
        rows.put(&CLIMB, cells![kind, id, next.level.word(), next.on, given]);
    }
}

pub fn routes() -> Router<House> {
    Router::new().route("/reminders", get(pages::reminders_page))
}
