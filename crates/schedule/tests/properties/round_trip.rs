//! A plan written as Microsoft Project XML and read again is the same plan.

use std::fs;

use calendar::{Calendar, Exception, Rules, Season, office_hours, office_week};
use jiff::civil::date;
use proptest::prelude::*;
use schedule::{Direction, Lag, Plan, schedule};

use crate::world;

#[test]
fn the_plans_of_microsoft_project_come_back_whole() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/schedule/");
    let mut compared = 0;
    for kind in ["msproject", "generated"] {
        for folder in fs::read_dir(format!("{root}{kind}")).unwrap() {
            let Ok(xml) = fs::read(folder.unwrap().path().join("input.xml")) else { continue };
            let plan = Plan::from_xml(&xml).unwrap();
            let dates = schedule(&plan).unwrap();
            let again = Plan::from_xml(plan.to_xml(Some(&dates)).as_bytes()).unwrap();
            assert_eq!(again.tasks, plan.tasks);
            assert_eq!(again.links, plan.links);
            assert_eq!(again.calendar, plan.calendar);
            assert_eq!(schedule(&again).unwrap().rows(), dates.rows());
            compared += 1;
        }
    }
    assert_eq!(compared, 24 + 25);
}

#[test]
fn calendars_come_back_with_their_base_their_seasons_and_their_exceptions() {
    let mut summer = office_week();
    summer[4].clear();
    let season = Season { first: date(2015, 7, 1), last: date(2015, 8, 31), week: summer };
    let night = vec!["00:00-06:00".parse().unwrap(), "22:00-24:00".parse().unwrap()];
    let day = date(2015, 12, 1);
    let exception =
        |day, working| Exception { first: day, last: day, working, name: "值守".into() };
    let rules = Rules {
        name: "示范市".into(),
        seasons: vec![season],
        exceptions: vec![exception(day, night), exception(date(2015, 12, 5), office_hours())],
        ..Rules::default()
    };
    let mut plan = Plan::starting("2015-11-20T08:00".parse().unwrap());
    let own = Calendar::china().derive(&rules).unwrap();
    plan.calendars = vec![own.clone(), Calendar::continuous()];
    plan.add(schedule::Task { calendar: Some(1), ..schedule::Task::new(1, "a <b> & \"c\"", 60) });
    let again = Plan::from_xml(plan.to_xml(None).as_bytes()).unwrap();
    assert_eq!(again.tasks, plan.tasks);
    assert_eq!(again.calendars[0].name(), "示范市");
    assert_eq!(again.calendars[0].base().map(Calendar::name), Some("cn"));
    assert!(again.calendars[1].is_continuous());
    let mut day = date(2004, 1, 1);
    while day < date(2027, 1, 1) {
        assert_eq!(again.calendars[0].hours(day), own.hours(day), "{day}");
        day = day.tomorrow().unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_comes_back_with_the_same_dates(plan in world::plan(), name in "\\PC{0,12}") {
        let mut plan = plan;
        // What the format has no place for.
        plan.data_date = None;
        plan.tasks[0].name = name;
        match plan.direction {
            Direction::Forward => plan.finish = None,
            Direction::Backward => plan.start = None,
        }
        for task in &mut plan.tasks {
            task.is_milestone |= task.duration == 0;
            let is_alap = task.constraint == schedule::Constraint::AsLateAsPossible;
            if plan.direction == Direction::Backward && is_alap {
                task.constraint = schedule::Constraint::AsSoonAsPossible;
            }
        }
        for link in &mut plan.links {
            if let Lag::Percent(share) | Lag::ElapsedPercent(share) = &mut link.lag {
                *share = share.round();
            }
        }
        let Ok(dates) = schedule(&plan) else { return Ok(()) };
        let again = Plan::from_xml(plan.to_xml(Some(&dates)).as_bytes()).unwrap();
        let found = schedule(&again).unwrap();
        for (place, task) in plan.tasks.iter().enumerate() {
            let other = again.tasks.iter().position(|other| other.uid == task.uid).unwrap();
            prop_assert_eq!(found.row(other), dates.row(place));
            prop_assert_eq!(again.tasks[other].name.trim(), task.name.trim());
        }
    }
}
