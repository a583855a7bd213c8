//! The row the lists of the ledger are read from.

use mechanisms::{
    Id,
    plan::item::Timeliness,
    problem::{Problem, Step},
};

use crate::{
    cells,
    store::{
        kept::{NEVER, sortable},
        rows::{Rows, Table},
    },
};

/// One problem, as lists order and narrow it.
pub static PROBLEM_LINE: Table = Table {
    name: "problem_line",
    keys: &["id"],
    columns: &[
        "rank",
        "sort",
        "stage",
        "box",
        "standing",
        "counts_on",
        "timely_on",
        "listed_on",
        "done_on",
        "source",
        "category",
        "horizon",
        "scope",
        "unit",
        "sponsor",
        "owner",
        "watcher",
        "ledger",
        "reminders",
        "relapses",
        "look_back_on",
        "looked",
    ],
};

/// Casts the row of one problem.
pub fn cast(problem: &Problem, id: Id<Problem>, rows: &mut Rows) {
    let content = &problem.content;
    let standing = problem.stage.standing();
    // While a waiver holds, its end is the day that counts.
    let counts_on = problem.facts().due_on;
    let class = match standing {
        "open" => 0,
        "hold" => 1,
        "done" => 2,
        "draft" => 3,
        _ => 4,
    };
    let last = match standing {
        "done" => content.due_on,
        _ => counts_on,
    };
    let rank = format!("{class}{}", last.map_or(NEVER.to_owned(), |day| day.to_string()));
    // A problem that came back never counts as put right on time.
    let timely_on = match (problem.owed_on, problem.done_on) {
        (None, _) => "none".to_owned(),
        (Some(due), None) => due.to_string(),
        (Some(_), Some(done)) if problem.timeliness(done) == Timeliness::DoneOnTime => {
            "kept".to_owned()
        }
        (Some(_), Some(_)) => "missed".to_owned(),
    };
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let reminders = problem.reminders.iter().filter(|one| one.revoked.is_none()).count();
    rows.put(
        &PROBLEM_LINE,
        cells![
            id,
            rank,
            sortable(problem.number.as_deref().unwrap_or_default()),
            problem.stage_word(),
            boxed(problem.stage_word()),
            standing,
            counts_on,
            timely_on,
            problem.registered.as_ref().map(|stamp| stamp.day),
            problem.done_on,
            content.source.word(),
            content.category.as_str(),
            content.horizon.word(),
            content.scope.word(),
            content.unit,
            content.sponsor,
            content.owner,
            content.watcher,
            problem.ledger,
            count(reminders),
            count(problem.standing_relapses().count()),
            problem.look_back_on,
            count(problem.look_backs.iter().filter(|look| look.held).count()),
        ],
    );
}

/// The place of the box a stage is in, from 1; 0 where it is in none.
pub(super) fn boxed(stage: &str) -> i64 {
    let at = Step::ALL.iter().position(|step| step.stage_words().contains(&stage));
    at.map_or(0, |place| i64::try_from(place).unwrap_or(0) + 1)
}
