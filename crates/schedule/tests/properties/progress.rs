//! What is done stays; what is not done is scheduled from the data date.

use calendar::{Calendar, Moment};
use proptest::prelude::*;
use schedule::{Because, Edit, Kind, Lag, Link, Live, Mode, Plan, Progress, Task, schedule};

use crate::world;

const DAY: i64 = 8 * 3600;

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

/// Survey two days, build three, open: one after the other from Monday 16 November 2015.
fn three() -> Plan {
    let mut plan = Plan::starting(moment("2015-11-16T08:00"));
    plan.calendars = vec![Calendar::china()];
    for (uid, name, days) in [(1, "survey", 2), (2, "build", 3), (3, "open", 0)] {
        plan.add(Task::new(uid, name, days * DAY));
    }
    for to in 1..3 {
        plan.links.push(Link { from: to - 1, to, kind: Kind::FinishStart, lag: Lag::NONE });
    }
    plan
}

#[test]
fn a_late_finish_moves_what_follows() {
    let mut plan = three();
    plan.tasks[0].progress = Progress {
        started: Some(moment("2015-11-17T08:00")),
        finished: Some(moment("2015-11-18T12:00")),
        remaining: None,
    };
    plan.data_date = Some(moment("2015-11-18T17:00"));
    let dates = schedule(&plan).unwrap();
    assert_eq!(dates.row(0).start.to_string(), "2015-11-17T08:00");
    assert_eq!(dates.row(0).finish.to_string(), "2015-11-18T12:00");
    assert!(!dates.row(0).is_critical);
    // Not begun by Wednesday evening, so not before Thursday.
    assert_eq!(dates.row(1).start.to_string(), "2015-11-19T08:00");
    assert_eq!(dates.row(1).finish.to_string(), "2015-11-23T17:00");
    assert_eq!(dates.why_starts(&plan, 1)[0].because, Because::DataDate);
}

#[test]
fn what_remains_is_done_after_the_data_date() {
    let mut plan = three();
    plan.tasks[0].progress = Progress {
        started: Some(moment("2015-11-16T08:00")),
        finished: None,
        remaining: Some(DAY),
    };
    plan.data_date = Some(moment("2015-11-19T08:00"));
    let dates = schedule(&plan).unwrap();
    assert_eq!(dates.row(0).start.to_string(), "2015-11-16T08:00");
    assert_eq!(dates.row(0).finish.to_string(), "2015-11-19T17:00");
    assert_eq!(dates.row(2).finish.to_string(), "2015-11-24T17:00");
    assert!(dates.row(0).is_critical);
}

#[test]
fn the_forecast_against_a_deadline_says_how_much_is_missing() {
    let mut plan = three();
    plan.tasks[2].deadline = Some(moment("2015-11-20T17:00"));
    let mut live = Live::of(plan).unwrap();
    assert!(!live.schedule().is_late());
    let progress = Progress {
        started: Some(moment("2015-11-16T08:00")),
        finished: Some(moment("2015-11-18T17:00")),
        remaining: None,
    };
    live.change(Edit::Progress { task: 0, progress }).unwrap();
    let dates = live.schedule();
    assert!(dates.is_late());
    assert_eq!(dates.row(2).total_slack, -DAY);
    assert_eq!(dates.row(1).late_start.to_string(), "2015-11-18T08:00");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn the_past_stays_and_nothing_new_lies_in_it(plan in world::plan()) {
        let Ok(dates) = schedule(&plan) else { return Ok(()) };
        let is_summary = |place: usize| plan.tasks.iter().any(|task| task.parent == Some(place));
        for (place, (task, row)) in plan.tasks.iter().zip(dates.rows()).enumerate() {
            if is_summary(place) || task.mode != Mode::Auto {
                continue;
            }
            if let Some(started) = task.progress.started {
                prop_assert_eq!((row.early_start, row.start), (started, started));
                if let Some(finished) = task.progress.finished {
                    prop_assert_eq!((row.early_finish, row.finish), (finished, finished));
                    prop_assert!(!row.is_critical);
                    continue;
                }
                if let (Some(date), Some(1..)) = (plan.data_date, task.progress.remaining) {
                    prop_assert!(row.early_finish >= date);
                }
            } else if let Some(date) = plan.data_date {
                prop_assert!(row.early_start >= date || task.is_milestone);
            }
        }
    }
}
