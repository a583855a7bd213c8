//! Backward schedules told on the days of 2015, counted by hand on the calendar of the State
//! Council: 1–7 October off, Saturday 10 October made up.

use schedule::Kind;

use super::{Backward, Seat};
use crate::{
    Id,
    plan::item::{
        Account, After, Command, Content, Due, Item, Milestone, Target, WaitsFor,
        tests::{content, under_way},
    },
    world::{World, day},
};

fn step(number: i64, title: &str, on: &str, workdays: i64) -> Milestone {
    Milestone { workdays: Some(workdays), ..Milestone::on(number, title, day(on)) }
}

/// 勘察 5, 设计 10, 施工 20 beside 采购 15 (begins with 施工, ends at least 2 days before it ends).
fn steps() -> Vec<Milestone> {
    let mut works = vec![
        step(1, "勘察", "2015-09-08", 5),
        step(2, "设计", "2015-09-22", 10),
        step(3, "采购", "2015-10-27", 15),
        step(4, "施工", "2015-10-30", 20),
    ];
    works[2].after = vec![After { step: 2, kind: Kind::FinishStart, lag: 0 }];
    works[3].after = vec![
        After { step: 2, kind: Kind::FinishStart, lag: 0 },
        After { step: 3, kind: Kind::FinishFinish, lag: 2 },
    ];
    works
}

fn stepped(world: &World) -> Content {
    Content {
        target: None,
        start_on: Some(day("2015-08-31")),
        due: Some(Due::On(day("2015-10-30"))),
        milestones: steps(),
        best_pace: None,
        ..content(world)
    }
}

fn told(back: &Backward) -> String {
    let mut text = String::new();
    for line in back.lines() {
        let step = line.seat.step.map_or("–".to_owned(), |number| number.to_string());
        let days = line.workdays.map_or("–".to_owned(), |days| days.to_string());
        let critical = if line.is_critical { " critical" } else { "" };
        text.push_str(&format!(
            "{step} {days}d early {}..{} late {}..{} slack {}{critical}\n",
            line.early_start, line.early_finish, line.late_start, line.late_finish, line.slack,
        ));
    }
    text
}

#[test]
fn steps_are_counted_back_from_the_deadline() {
    let mut world = World::new();
    let content = stepped(&world);
    let item = under_way(&mut world, content);
    let back = Backward::of(&[(Id::new(9), &item)], &world.calendar, day("2015-08-31")).unwrap();
    expect_test::expect![[r#"
        – –d early 2015-08-31..2015-10-23 late 2015-09-08..2015-10-30 slack 5
        1 5d early 2015-08-31..2015-09-07 late 2015-09-08..2015-09-14 slack 5
        2 10d early 2015-09-08..2015-09-21 late 2015-09-15..2015-09-28 slack 5
        3 15d early 2015-09-22..2015-10-16 late 2015-10-09..2015-10-28 slack 8
        4 20d early 2015-09-22..2015-10-23 late 2015-09-29..2015-10-30 slack 5
    "#]]
    .assert_eq(&told(&back));
    assert!(back.is_feasible() && back.conflict().is_none());
    let works = back.step(Id::new(9), 4).unwrap();
    assert_eq!(back.seat(works.begins[0].task), Some(Seat { item: Id::new(9), step: Some(4) }));
    // The survey must begin: construction waits for the design, and that for the survey.
    assert_eq!(
        item.latest_start_on(&world.calendar),
        Some(back.step(Id::new(9), 1).unwrap().late_start)
    );
}

fn reported(world: &mut World, item: Item, on: &str, amount: i64, reached: &[i64]) -> Item {
    let account = Account {
        amount,
        text: "按计划推进".into(),
        stuck: String::new(),
        needs: Vec::new(),
        evidence: Vec::new(),
        reached: reached.iter().map(|number| (*number, day(on))).collect(),
    };
    world.ask(Some(item), "li", on, Command::Report { account }).expect("a report")
}

#[test]
fn what_is_done_stays_and_the_rest_follows_it() {
    let mut world = World::new();
    let content = stepped(&world);
    let mut item = under_way(&mut world, content);
    item = reported(&mut world, item, "2015-09-18", 30, &[1]);
    // The survey took until 18 September, the design has begun: nothing else need have.
    let (id, today) = (Id::new(9), day("2015-09-21"));
    let back = Backward::of(&[(id, &item)], &world.calendar, today).unwrap();
    assert_eq!(back.step(id, 2).unwrap().early_start, day("2015-09-21"));
    assert_eq!(back.step(id, 4).unwrap().early_finish, day("2015-11-05"));
    assert_eq!(item.latest_start_on(&world.calendar), Some(day("2015-09-29")));
    assert!(!back.is_feasible());
    assert_eq!(back.step(id, 4).unwrap().slack, -4);
    let (conflict, ways) = back.conflict().unwrap();
    assert!(conflict.is_minimal && conflict.is_smallest);
    assert_eq!(back.workdays(conflict.missing), 4);
    // Any one of them would do: four days less of design or of construction, or four days more.
    assert!(ways.single.iter().all(|way| back.workdays(way.by) == 4));
    let moved = |way: &&schedule::Relaxation| matches!(way.change, schedule::Change::Move { .. });
    assert!(ways.single.iter().any(|way| moved(&way)));
}

#[test]
fn a_step_with_a_quantity_takes_what_is_left_of_it() {
    let mut world = World::new();
    let mut content = stepped(&world);
    content.target = Some(Target { amount: 100, unit: "台".into() });
    let batch = |number, on: &str, days, amount| Milestone {
        amount: Some(amount),
        ..step(number, "一批", on, days)
    };
    content.milestones = vec![batch(1, "2015-09-25", 20, 40), batch(2, "2015-10-30", 20, 100)];
    let mut item = under_way(&mut world, content);
    assert_eq!(item.latest_start_on(&world.calendar), Some(day("2015-08-31")));
    item = reported(&mut world, item, "2015-09-18", 55, &[1]);
    // 45 of 60 are left: 15 of 20 working days, counted back from 30 October.
    assert_eq!(item.step_workdays(&item.content.milestones[1]), Some(15));
    assert_eq!(item.latest_start_on(&world.calendar), Some(day("2015-10-12")));
}

#[test]
fn undated_steps_get_the_last_day_that_keeps_the_deadline() {
    let mut world = World::new();
    let content = stepped(&world);
    let item = under_way(&mut world, content);
    let days: Vec<String> = item
        .counted_back(&[1, 2, 3, 4], &world.calendar)
        .iter()
        .map(|step| step.planned_on.to_string())
        .collect();
    assert_eq!(days, ["2015-09-14", "2015-09-28", "2015-10-28", "2015-10-30"]);
    assert_eq!(item.counted_back(&[], &world.calendar), item.content.milestones);
}

#[test]
fn plans_that_cannot_be_meant_are_refused() {
    let mut world = World::new();
    let content = stepped(&world);
    let mut item = under_way(&mut world, content);
    item.stage = crate::plan::item::Stage::Signed;
    let mut refused = |change: &dyn Fn(&mut Vec<Milestone>)| {
        let mut milestones = steps();
        change(&mut milestones);
        let command = Command::ProposePlan { milestones, best_pace: None };
        world.refused(&item, "li", "2015-08-31", command)
    };
    let after = |step| vec![After { step, kind: Kind::FinishStart, lag: 0 }];
    assert_eq!(refused(&|_| ()), "");
    assert_eq!(refused(&|steps| steps[1].workdays = Some(-1)), "refused-workdays-wrong");
    assert_eq!(refused(&|steps| steps[1].after = after(7)), "refused-unknown-milestone");
    assert_eq!(refused(&|steps| steps[1].after = after(4)), "refused-steps-circular");
    assert_eq!(refused(&|steps| steps[1].after = after(2)), "refused-steps-circular");
    // The design on 29 September would leave construction nineteen days.
    assert_eq!(
        refused(&|steps| steps[1].planned_on = day("2015-09-29")),
        "refused-step-after-latest"
    );
}

#[test]
fn an_extension_whose_steps_cannot_be_kept_is_refused() {
    let mut world = World::new();
    let content = stepped(&world);
    let mut item = under_way(&mut world, content);
    item = reported(&mut world, item, "2015-10-12", 40, &[1, 2]);
    let mut milestones = steps();
    milestones[2].planned_on = day("2015-11-06");
    let mut ask = |due: &str, last: &str| {
        let mut milestones = milestones.clone();
        milestones[3].planned_on = day(last);
        let command = Command::AskExtension {
            due_on: day(due),
            reason: "连续降雨".into(),
            milestones,
            best_pace: None,
        };
        world.refused(&item, "li", "2015-10-19", command)
    };
    // Twenty days of construction from 19 October end on 13 November.
    assert_eq!(ask("2015-11-12", "2015-11-12"), "refused-schedule-too-late");
    assert_eq!(ask("2015-11-13", "2015-11-13"), "");
}

#[test]
fn items_wait_for_items() {
    let mut world = World::new();
    let content = stepped(&world);
    let first = under_way(&mut world, content.clone());
    let (one, two) = (Id::new(9), Id::new(10));
    let wait = WaitsFor { item: one, kind: Kind::FinishStart, lag: 1 };
    let rest = Content {
        milestones: Vec::new(),
        target: Some(Target { amount: 30, unit: "户".into() }),
        best_pace: Some(10),
        due: Some(Due::On(day("2015-11-20"))),
        after: vec![wait],
        ..content
    };
    let mut second = first.clone();
    second.content = rest;
    let today = day("2015-08-31");
    let back = Backward::of(&[(one, &first), (two, &second)], &world.calendar, today).unwrap();
    let line = |item, step| back.lines().into_iter().find(|line| line.seat == Seat { item, step });
    let follows = line(two, None).unwrap();
    assert_eq!(follows.workdays, Some(15));
    // Construction ends on 23 October at the earliest, and one day is waited.
    assert_eq!(follows.early_start, day("2015-10-27"));
    assert_eq!(follows.late_start, day("2015-11-02"));
    // What others wait for has less room: 29 October instead of 30.
    assert_eq!(line(one, Some(4)).unwrap().late_finish, day("2015-10-29"));
    let mut circle = first.clone();
    circle.content.after = vec![WaitsFor { item: two, kind: Kind::FinishStart, lag: 0 }];
    assert!(Backward::of(&[(one, &circle), (two, &second)], &world.calendar, today).is_err());
}
