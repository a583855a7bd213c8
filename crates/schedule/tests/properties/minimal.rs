//! Conflicts against brute force: every subset of the facts, decided by Bellman and Ford.

use calendar::{Calendar, Moment};
use proptest::prelude::*;
use schedule::{
    Change, Conflict, Constraint, Fact, Kind, Lag, Link, Network, Plan, Relaxations, Task,
};

const HOUR: i64 = 3600;

/// Hours after the plan's start.
#[derive(Clone, Debug)]
struct Small {
    durations: Vec<i64>,
    links: Vec<(usize, usize, Kind, i64)>,
    /// The task, which of the eight, and the date.
    constraints: Vec<(usize, usize, i64)>,
    deadlines: Vec<(usize, i64)>,
    finish: Option<i64>,
}

fn small() -> impl Strategy<Value = Small> {
    (2_usize..6).prop_flat_map(|tasks| {
        let kind = prop::sample::select(vec![
            Kind::FinishStart,
            Kind::StartStart,
            Kind::FinishFinish,
            Kind::StartFinish,
        ]);
        let link = (0..tasks, 0..tasks, kind, -4_i64..5);
        (
            prop::collection::vec(0_i64..7, tasks),
            prop::collection::vec(link, 0..7),
            prop::collection::vec((0..tasks, 0_usize..8, -3_i64..25), 0..4),
            prop::collection::vec((0..tasks, 2_i64..25), 0..3),
            prop::option::of(4_i64..25),
        )
            .prop_map(|(durations, links, constraints, deadlines, finish)| {
                let forward = links.into_iter().filter(|(from, to, ..)| from != to);
                let forward =
                    forward.map(|(a, b, kind, lag)| (a.min(b), a.max(b), kind, lag)).collect();
                Small { durations, links: forward, constraints, deadlines, finish }
            })
    })
}

/// The plan on a calendar, its dates so many worked hours after the start.
fn plan_of(small: &Small, calendar: &Calendar) -> Plan {
    let start: Moment = "2015-11-18T08:00".parse().unwrap();
    let date = |hours: i64| calendar.add_time(start, hours * HOUR);
    let mut plan = Plan::starting(start);
    plan.calendars = vec![calendar.clone()];
    plan.finish = small.finish.map(date);
    for (task, hours) in small.durations.iter().enumerate() {
        plan.add(Task::new(task as i64, "", hours * HOUR));
    }
    for (task, which, hours) in &small.constraints {
        let date = date(*hours);
        plan.tasks[*task].constraint = match which {
            0 => Constraint::AsSoonAsPossible,
            1 => Constraint::AsLateAsPossible,
            2 => Constraint::MustStart(date),
            3 => Constraint::MustFinish(date),
            4 => Constraint::StartNoEarlier(date),
            5 => Constraint::StartNoLater(date),
            6 => Constraint::FinishNoEarlier(date),
            _ => Constraint::FinishNoLater(date),
        };
    }
    for (task, hours) in &small.deadlines {
        plan.tasks[*task].deadline = Some(date(*hours));
    }
    for (from, to, kind, lag) in &small.links {
        let lag = Lag::Working(lag * HOUR);
        plan.links.push(Link { from: *from, to: *to, kind: *kind, lag });
    }
    plan
}

/// The facts of a plan, as officers name them.
fn facts_of(plan: &Plan) -> Vec<Fact> {
    let mut facts = vec![Fact::Start { date: plan.start.unwrap() }];
    facts.extend(plan.finish.map(|date| Fact::Finish { date }));
    for task in &plan.tasks {
        if let Some(date) = task.constraint.date() {
            let constraint = task.constraint.code();
            facts.push(Fact::Constraint { task: task.uid, constraint, date });
        }
        facts.extend(task.deadline.map(|date| Fact::Deadline { task: task.uid, date }));
    }
    for link in &plan.links {
        let Lag::Working(lag) = link.lag else { unreachable!() };
        let (from, to, lag_min) = (link.from as i64, link.to as i64, lag as f64 / 60.0);
        facts.push(Fact::Link { from, to, kind: link.kind, lag_min });
    }
    facts
}

/// `to` is at least `from` plus so many seconds; node 0 is the beginning of time.
type Bound = (usize, usize, i64);

/// What a fact says of the starts of tasks, on a calendar that never rests.
fn bounds(fact: &Fact, durations: &[i64], zero: Moment) -> Vec<Bound> {
    let node = |task: i64| task as usize + 1;
    let length = |task: i64| durations[task as usize];
    match fact {
        Fact::Start { date } => (1..=durations.len()).map(|task| (0, task, *date - zero)).collect(),
        Fact::Finish { date } => {
            let latest = |task: usize| (task, 0, durations[task - 1] - (*date - zero));
            (1..=durations.len()).map(latest).collect()
        }
        Fact::Deadline { task, date } => vec![(node(*task), 0, length(*task) - (*date - zero))],
        Fact::Constraint { task, constraint, date } => {
            let (node, length, date) = (node(*task), length(*task), *date - zero);
            let (at, begins) = match *constraint {
                "MSO" | "SNET" | "SNLT" => (date, true),
                _ => (date - length, false),
            };
            let _ = begins;
            let (below, above) = ((0, node, at), (node, 0, -at));
            match *constraint {
                "MSO" | "MFO" => vec![below, above],
                "SNET" | "FNET" => vec![below],
                _ => vec![above],
            }
        }
        Fact::Link { from, to, kind, lag_min } => {
            let lag = (*lag_min * 60.0) as i64;
            let by = match kind {
                Kind::FinishStart => length(*from) + lag,
                Kind::StartStart => lag,
                Kind::FinishFinish => length(*from) + lag - length(*to),
                Kind::StartFinish => lag - length(*to),
            };
            vec![(node(*from), node(*to), by)]
        }
        other => panic!("{other:?}"),
    }
}

/// Can these facts hold together? Not if a round of them pushes a start beyond itself.
fn can_hold<'a>(facts: impl IntoIterator<Item = &'a Fact>, durations: &[i64]) -> bool {
    let zero: Moment = "2015-11-01T00:00".parse().unwrap();
    let all: Vec<Bound> =
        facts.into_iter().flat_map(|fact| bounds(fact, durations, zero)).collect();
    let mut starts = vec![0_i64; durations.len() + 1];
    for _ in 0..=starts.len() {
        let mut is_still = true;
        for (from, to, by) in &all {
            if starts[*to] < starts[*from] + by {
                starts[*to] = starts[*from] + by;
                is_still = false;
            }
        }
        if is_still {
            return true;
        }
    }
    false
}

/// The least number of facts that cannot hold together, by trying all sets in rising size.
fn least_conflict(facts: &[Fact], durations: &[i64]) -> Option<usize> {
    if can_hold(facts, durations) {
        return None;
    }
    (1..=facts.len()).find(|size| {
        let sets = 0_u32..1 << facts.len();
        sets.filter(|set| set.count_ones() as usize == *size).any(|set| {
            let chosen = facts.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
            !can_hold(chosen.map(|(_, fact)| fact), durations)
        })
    })
}

/// The facts and durations after a change, a minute less of it where `less` is 60.
fn changed(facts: &[Fact], durations: &[i64], change: &Change, less: i64) -> (Vec<Fact>, Vec<i64>) {
    let (mut facts, mut durations) = (facts.to_vec(), durations.to_vec());
    match change {
        Change::Move { of, to } => {
            let place = facts.iter().position(|fact| fact == of).unwrap();
            match &mut facts[place] {
                Fact::Start { date }
                | Fact::Finish { date }
                | Fact::Deadline { date, .. }
                | Fact::Constraint { date, .. } => {
                    *date = *to + if *to < *date { less } else { -less };
                }
                other => panic!("{other:?}"),
            }
        }
        Change::Shorten { task, to, .. } => durations[*task as usize] = to + less,
        Change::Overlap { of, to } => {
            let place = facts.iter().position(|fact| fact == of).unwrap();
            let Fact::Link { lag_min, .. } = &mut facts[place] else { panic!("{of:?}") };
            *lag_min = (to + less) as f64 / 60.0;
        }
    }
    (facts, durations)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn a_conflict_is_the_smallest_there_is(small in small()) {
        let plan = plan_of(&small, &Calendar::continuous());
        let durations: Vec<i64> = plan.tasks.iter().map(|task| task.duration).collect();
        let facts = facts_of(&plan);
        let least = least_conflict(&facts, &durations);
        let network = Network::of(&plan).unwrap();
        let found = Conflict::smallest(&plan, &network);
        prop_assert_eq!(found.as_ref().map(|conflict| conflict.facts.len()), least);
        let Some(found) = found else { return Ok(()) };
        prop_assert!(found.is_smallest && found.is_minimal);
        prop_assert!(found.facts.iter().all(|fact| facts.contains(fact)), "{:?}", found.facts);
        prop_assert!(!can_hold(&found.facts, &durations));
        for without in 0..found.facts.len() {
            let mut fewer = found.facts.clone();
            fewer.remove(without);
            prop_assert!(can_hold(&fewer, &durations), "without {without}: {:?}", found.facts);
        }
        // The same hours on an office's calendar are the same conflict.
        let office = plan_of(&small, &Calendar::office());
        let network = Network::of(&office).unwrap();
        let worked = Conflict::smallest(&office, &network).unwrap();
        prop_assert_eq!(worked.facts.len(), found.facts.len());
        prop_assert!(worked.is_minimal && worked.missing > 0);
    }

    #[test]
    fn slack_falls_short_only_where_facts_conflict(small in small(), is_office: bool) {
        let calendar = if is_office { Calendar::office() } else { Calendar::continuous() };
        let plan = plan_of(&small, &calendar);
        if schedule::schedule(&plan).unwrap().is_late() {
            let network = Network::of(&plan).unwrap();
            prop_assert!(Conflict::smallest(&plan, &network).is_some());
        }
    }

    #[test]
    fn summary_tasks_and_progress_are_explained_too(plan in crate::world::plan()) {
        let mut plan = plan;
        for task in &mut plan.tasks {
            (task.mode, task.is_elapsed) = (schedule::Mode::Auto, false);
            // On two calendars the end of a range on one is lateness on the other.
            task.calendar = None;
        }
        for link in &mut plan.links {
            if let Lag::Elapsed(_) | Lag::ElapsedPercent(_) = link.lag {
                link.lag = Lag::NONE;
            }
        }
        // Work begun before what it waits for is no plan's fact any more.
        let has_begun: Vec<bool> =
            plan.tasks.iter().map(|task| task.progress.started.is_some()).collect();
        let parents: Vec<Option<usize>> = plan.tasks.iter().map(|task| task.parent).collect();
        plan.links.retain(|link| {
            let is_below = |task: usize| {
                let mut at = Some(task);
                while at.is_some_and(|at| at != link.to) {
                    at = at.and_then(|at| parents[at]);
                }
                at.is_some()
            };
            (0..has_begun.len()).all(|task| !has_begun[task] || !is_below(task))
        });
        let Ok(dates) = schedule::schedule(&plan) else { return Ok(()) };
        if dates.is_late() {
            let network = Network::of(&plan).unwrap();
            prop_assert!(Conflict::smallest(&plan, &network).is_some());
        }
    }

    #[test]
    fn a_relaxation_is_enough_and_no_less_is(small in small()) {
        let plan = plan_of(&small, &Calendar::continuous());
        let network = Network::of(&plan).unwrap();
        let Some(conflict) = Conflict::smallest(&plan, &network) else { return Ok(()) };
        let durations: Vec<i64> = plan.tasks.iter().map(|task| task.duration).collect();
        let facts = facts_of(&plan);
        let found = Relaxations::of(&plan, &network, &conflict);
        prop_assert!(found.is_complete);
        for one in &found.single {
            let (eased, lengths) = changed(&conflict.facts, &durations, &one.change, 0);
            prop_assert!(can_hold(&eased, &lengths), "{one:?}");
            let (short, lengths) = changed(&conflict.facts, &durations, &one.change, 60);
            prop_assert!(!can_hold(&short, &lengths), "{one:?}");
            if one.whole_plan == Some(one.by) {
                let (eased, lengths) = changed(&facts, &durations, &one.change, 0);
                prop_assert!(can_hold(&eased, &lengths), "{one:?}");
            }
        }
        // Removing a date altogether is the largest change there is: where that would do, a
        // change of the date was found.
        for fact in &conflict.facts {
            let fixes = !matches!(fact, Fact::Link { .. });
            let moves = |one: &schedule::Relaxation| match &one.change {
                Change::Move { of, .. } => of == fact,
                _ => false,
            };
            prop_assert!(!fixes || found.single.iter().any(moves), "{fact:?} of {found:?}");
        }
    }
}
