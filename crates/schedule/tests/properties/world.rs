//! Random plans of every kind: calendars, links, constraints, summary tasks, progress.

use calendar::{Calendar, Moment};
use proptest::prelude::*;
use schedule::{Constraint, Direction, Kind, Lag, Link, Mode, Plan, Progress, Task};

const HOUR: i64 = 3600;

/// Monday 16 November 2015 and so many quarters of an hour.
pub fn at(quarters: i64) -> Moment {
    "2015-11-16T08:00".parse::<Moment>().unwrap() + quarters * 900
}

pub fn moment() -> impl Strategy<Value = Moment> {
    (-200_i64..1600).prop_map(at)
}

pub fn constraint() -> impl Strategy<Value = Constraint> {
    (0_usize..14, moment()).prop_map(|(which, date)| match which {
        0 => Constraint::AsLateAsPossible,
        1 => Constraint::MustStart(date),
        2 => Constraint::MustFinish(date),
        3 => Constraint::StartNoEarlier(date),
        4 => Constraint::StartNoLater(date),
        5 => Constraint::FinishNoEarlier(date),
        6 => Constraint::FinishNoLater(date),
        _ => Constraint::AsSoonAsPossible,
    })
}

pub fn progress() -> impl Strategy<Value = Progress> {
    (0_usize..10, moment(), 0_i64..30, 0_i64..20).prop_map(|(which, started, length, left)| {
        match which {
            0 => {
                let finished = Some(started + length * HOUR);
                Progress { started: Some(started), finished, remaining: None }
            }
            1 => Progress { started: Some(started), finished: None, remaining: Some(left * HOUR) },
            2 => Progress { started: Some(started), ..Progress::default() },
            _ => Progress::default(),
        }
    })
}

pub fn lag() -> impl Strategy<Value = Lag> {
    (0_usize..8, -20_i64..30).prop_map(|(which, hours)| match which {
        0 => Lag::Elapsed(hours * HOUR),
        1 => Lag::Percent(hours as f64 * 5.0),
        2 => Lag::ElapsedPercent(hours as f64 * 5.0),
        3 | 4 => Lag::Working(hours * HOUR / 2),
        _ => Lag::NONE,
    })
}

fn task(uid: i64) -> impl Strategy<Value = Task> {
    let first = (0_i64..60, 0_usize..10, constraint(), prop::option::weighted(0.15, moment()));
    let second = (progress(), 0_usize..20, moment(), 0_i64..40, 0_usize..4);
    (first, second).prop_map(move |(first, second)| {
        let (quarters, kind, constraint, deadline) = first;
        let (progress, mode, start, length, calendar) = second;
        let mut task = Task::new(uid, "", quarters * 900);
        task.is_elapsed = kind == 0;
        task.constraint = constraint;
        task.deadline = deadline;
        task.progress = progress;
        task.calendar = (calendar > 0 && kind < 4).then_some(calendar % 3);
        task.mode = match mode {
            0 => Mode::Inactive,
            1 => Mode::Manual { start, finish: start + length * HOUR },
            2 => Mode::External { start, finish: start + length * HOUR },
            _ => Mode::Auto,
        };
        task
    })
}

pub fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(vec![
        Kind::FinishStart,
        Kind::FinishStart,
        Kind::StartStart,
        Kind::FinishFinish,
        Kind::StartFinish,
    ])
}

/// A plan of up to 14 tasks; some are not plans, for their links run in a ring by a summary task.
pub fn plan() -> impl Strategy<Value = Plan> {
    (2_usize..14).prop_flat_map(|tasks| {
        let list: Vec<_> = (0..tasks).map(|place| task(place as i64 + 10)).collect();
        let parents = prop::collection::vec(prop::option::weighted(0.25, 0..tasks), tasks);
        let links = prop::collection::vec((0..tasks, 0..tasks, kind(), lag()), 0..2 * tasks);
        let ends = (any::<bool>(), prop::option::weighted(0.3, moment()), any::<bool>());
        let data_date = prop::option::weighted(0.3, moment());
        (list, parents, links, ends, data_date).prop_map(
            |(list, parents, links, ends, data_date)| {
                let (is_forward, finish, has_start) = ends;
                let mut plan = Plan::starting(at(0));
                if !is_forward {
                    plan.direction = Direction::Backward;
                    plan.start = plan.start.filter(|_| has_start);
                    plan.finish = Some(at(900));
                } else {
                    plan.finish = finish;
                }
                plan.data_date = data_date;
                plan.calendars =
                    vec![Calendar::china(), Calendar::office(), Calendar::continuous()];
                plan.tasks = list;
                for (place, parent) in parents.into_iter().enumerate() {
                    plan.tasks[place].parent = parent.filter(|parent| *parent < place);
                }
                for (a, b, kind, lag) in links.into_iter().filter(|(a, b, ..)| a != b) {
                    plan.links.push(Link { from: a.min(b), to: a.max(b), kind, lag });
                }
                plan
            },
        )
    })
}
