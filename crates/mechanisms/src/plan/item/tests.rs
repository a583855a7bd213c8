//! Stories of a work item, told as its rules answer them.

use super::{
    Account, Command, Content, Due, Evidence, Item, Level, Milestone, Target, ThreeAnswers,
};
use crate::{
    Id,
    light::Light,
    reminder::Wish,
    world::{BUREAU, OTHER, World, day},
};

pub(super) fn content(world: &World) -> Content {
    let step = |number, on: &str, amount| Milestone {
        number,
        title: format!("第 {number} 批"),
        planned_on: day(on),
        amount: Some(amount),
        reached_on: None,
        workdays: None,
        after: Vec::new(),
    };
    Content {
        title: "淘汰燃煤锅炉".into(),
        what: "全部淘汰".into(),
        target: Some(Target { amount: 100, unit: "台".into() }),
        how: vec!["先通管网".into()],
        lead: Some(BUREAU),
        co_units: vec![OTHER],
        sponsor: Some(world.post("mayor")),
        owner: Some(world.post("li")),
        start_on: Some(day("2015-01-15")),
        due: Some(Due::On(day("2015-11-30"))),
        milestones: vec![step(1, "2015-06-30", 50), step(2, "2015-11-30", 100)],
        best_pace: Some(10),
        report_every: 7,
        ..Content::default()
    }
}

/// An item under way since 12 January 2015.
pub(super) fn under_way(world: &mut World, content: Content) -> Item {
    let draft = Command::Draft {
        plan: Id::new(10),
        goal: Id::new(11),
        number: "27-1".into(),
        parent: None,
        content: content.clone(),
    };
    let steps: [(&str, &str, Command); 7] = [
        ("clerk", "2015-01-05", Command::Submit),
        ("head", "2015-01-06", Command::Approve),
        ("clerk", "2015-01-07", Command::Issue),
        ("li", "2015-01-08", Command::Sign),
        (
            "li",
            "2015-01-09",
            Command::ProposePlan { milestones: content.milestones, best_pace: content.best_pace },
        ),
        ("clerk", "2015-01-12", Command::ApprovePlan),
        ("second", "2015-01-12", Command::SaveBaseline),
    ];
    let mut item = world.ask(None, "clerk", "2015-01-05", draft).expect("a draft");
    for (who, on, step) in steps {
        item = world.ask(Some(item), who, on, step).expect("a step");
    }
    item
}

fn account(amount: i64, reached: &[(i64, &str)]) -> Account {
    Account {
        amount,
        text: format!("累计 {amount} 台"),
        stuck: String::new(),
        needs: Vec::new(),
        evidence: Vec::new(),
        reached: reached.iter().map(|(number, on)| (*number, day(on))).collect(),
    }
}

fn report(world: &mut World, item: Item, on: &str, amount: i64, reached: &[(i64, &str)]) -> Item {
    let command = Command::Report { account: account(amount, reached) };
    world.ask(Some(item), "li", on, command).expect("a report")
}

fn evidence() -> Vec<Evidence> {
    let name = "验收报告".to_owned();
    vec![Evidence { reference: name.clone(), name, hash: None, true_for: day("2015-11-20") }]
}

#[test]
fn the_year_of_an_item_in_lights() {
    let mut world = World::new();
    let mut item = {
        let content = content(&world);
        under_way(&mut world, content)
    };
    let mut told = Vec::new();
    let mut look = |world: &World, item: &Item, on: &str| {
        let light = item.light(&world.lights, &world.calendar, day(on));
        let turns = item.turns(&world.lights, &world.calendar);
        told.push(format!("{on} {} {:?} {:?}", light.word(), turns.yellow_on, turns.red_on));
    };
    look(&world, &item, "2015-01-20");
    item = report(&mut world, item, "2015-04-20", 30, &[]);
    look(&world, &item, "2015-04-20");
    look(&world, &item, "2015-05-15");
    item = report(&mut world, item, "2015-07-10", 40, &[]);
    look(&world, &item, "2015-07-10");
    item = report(&mut world, item, "2015-09-28", 100, &[(1, "2015-07-20"), (2, "2015-09-25")]);
    look(&world, &item, "2015-09-28");
    let close = Command::ApplyToClose { text: "办结".into(), evidence: evidence() };
    item = world.ask(Some(item), "li", "2015-09-29", close).expect("an application");
    item = world
        .ask(Some(item), "second", "2015-10-09", Command::Verify { finding: "属实".into() })
        .expect("the end");
    look(&world, &item, "2015-10-09");
    expect_test::expect![[r#"
        [
            "2015-01-20 ok Some(2015-01-29) Some(2015-04-28)",
            "2015-04-20 ok Some(2015-05-05) Some(2015-07-08)",
            "2015-05-15 warn Some(2015-05-05) Some(2015-07-08)",
            "2015-07-10 late Some(2015-06-30) Some(2015-07-08)",
            "2015-09-28 ok Some(2015-10-13) Some(2015-12-01)",
            "2015-10-09 done None None",
        ]
    "#]]
    .assert_debug_eq(&told);
}

#[test]
fn three_people_at_least_and_none_of_the_chain() {
    let mut world = World::new();
    let mut item = {
        let content = content(&world);
        under_way(&mut world, content)
    };
    item = report(&mut world, item, "2015-09-28", 100, &[(1, "2015-07-20"), (2, "2015-09-25")]);
    let close = Command::ApplyToClose { text: "办结".into(), evidence: evidence() };
    assert_eq!(
        world.refused(&item, "outsider", "2015-09-29", close.clone()),
        "refused-not-lead-unit"
    );
    item = world.ask(Some(item), "li", "2015-09-29", close).expect("an application");
    let verify = || Command::Verify { finding: "属实".into() };
    let told: Vec<String> = ["li", "wang", "chief", "mayor", "outsider", "admin", "second"]
        .iter()
        .map(|who| format!("{who} {}", world.refused(&item, who, "2015-10-09", verify())))
        .collect();
    expect_test::expect![[r#"
        [
            "li refused-no-power",
            "wang refused-no-power",
            "chief refused-no-power",
            "mayor refused-no-power",
            "outsider refused-no-power",
            "admin refused-no-power",
            "second ",
        ]
    "#]]
    .assert_debug_eq(&told);
}

#[test]
fn an_extension_brings_a_new_schedule_that_can_be_kept() {
    let mut world = World::new();
    let item = {
        let content = content(&world);
        under_way(&mut world, content)
    };
    let item = report(&mut world, item, "2015-06-30", 40, &[]);
    let ask = |due: &str, pace| Command::AskExtension {
        due_on: day(due),
        reason: "管网滞后".into(),
        milestones: vec![Milestone {
            number: 1,
            title: "全部".into(),
            planned_on: day(due),
            amount: Some(100),
            reached_on: None,
            workdays: None,
            after: Vec::new(),
        }],
        best_pace: pace,
    };
    let mut refused = |on: &str, command| world.refused(&item, "li", on, command);
    assert_eq!(refused("2015-11-27", ask("2015-11-15", None)), "refused-extension-not-later");
    assert_eq!(refused("2015-12-01", ask("2015-12-31", None)), "refused-extension-after-due");
    // Sixty boilers at ten a week take thirty working days: 4 December is too near.
    assert_eq!(refused("2015-11-27", ask("2015-12-04", None)), "refused-schedule-too-late");
    assert_eq!(refused("2015-11-27", ask("2015-12-04", Some(100))), "");
    let asked = world.ask(Some(item), "li", "2015-11-27", ask("2016-01-29", None)).expect("a wish");
    let decide = |granted| Command::DecideExtension { granted, reason: "同意".into() };
    assert_eq!(world.refused(&asked, "clerk", "2015-11-27", decide(true)), "refused-no-power");
    let granted = world.ask(Some(asked), "head", "2015-11-27", decide(true)).expect("a decision");
    assert_eq!(granted.due_on(), Some(day("2016-01-29")));
}

#[test]
fn the_sponsor_is_asked_again_and_again() {
    let mut world = World::new();
    let mut item = {
        let content = Content { three_every: 30, ..content(&world) };
        under_way(&mut world, content)
    };
    assert_eq!(item.three_due_on(), Some(day("2015-02-06")));
    let answers = |progress: &str| {
        Command::AnswerThree(ThreeAnswers {
            progress: progress.into(),
            breakthrough: "尚无突破".into(),
            result: "尚无成果".into(),
        })
    };
    assert_eq!(world.refused(&item, "mayor", "2015-01-20", answers("早")), "refused-no-three");
    assert_eq!(world.refused(&item, "mayor", "2015-02-02", answers("")), "refused-text-missing");
    assert_eq!(world.refused(&item, "chief", "2015-02-02", answers("过半")), "refused-not-sponsor");
    item = world.ask(Some(item), "mayor", "2015-02-02", answers("过半")).expect("answers");
    assert_eq!(item.threes.len(), 1);
    assert_eq!(item.three_due_on(), Some(day("2015-03-04")));
    let asked = Command::AskThree { due_on: day("2015-02-13") };
    item = world.ask(Some(item), "clerk", "2015-02-06", asked).expect("a question");
    assert_eq!(item.three_due_on(), Some(day("2015-02-13")));
    let moves = item.waits_for(&world.calendar);
    let three = moves.iter().find(|one| one.what == "answer-three").expect("a move");
    assert_eq!((three.since, three.post), (day("2015-02-06"), Some(world.post("mayor"))));
}

#[test]
fn reminders_only_grow_heavier_and_objections_have_five_workdays() {
    let mut world = World::new();
    let item = {
        let content = content(&world);
        under_way(&mut world, content)
    };
    let remind = |level, reason: &str| {
        let answer_due = Some(day("2015-11-24"));
        Command::Remind(Wish { level, text: "抓紧".into(), answer_due, reason: reason.into() })
    };
    let hard = |reason| remind(Level::UrgeHard, reason);
    // The ladder begins at its foot, unless it is urgent and somebody says why.
    let mut refused = |item: &Item, on: &str, wish| world.refused(item, "clerk", on, wish);
    assert_eq!(refused(&item, "2015-11-20", hard("")), "refused-urgent-reason-missing");
    assert_eq!(refused(&item, "2015-11-20", remind(Level::Nudge, "")), "");
    let item = world.ask(Some(item), "clerk", "2015-11-20", hard("供暖在即")).expect("a reminder");
    let mut refused = |on: &str, level| {
        let wish = Wish { level, text: "抓紧".into(), answer_due: None, reason: String::new() };
        world.refused(&item, "clerk", on, Command::Remind(wish))
    };
    assert_eq!(refused("2015-11-24", Level::Order), "refused-reminder-open");
    assert_eq!(refused("2015-11-25", Level::Urge), "refused-level-falls");
    assert_eq!(refused("2015-11-25", Level::ProposeTalk), "refused-no-power");
    assert_eq!(refused("2015-11-25", Level::Order), "");
    let to = &item.reminders[0].to;
    assert_eq!(*to, [world.post("chief"), world.post("li"), world.post("mayor")]);
    assert_eq!(item.light(&world.lights, &world.calendar, day("2015-11-20")), Light::Late);
    // Issued on Wednesday 18 February 2015, the eve of the festival: the holiday does not count,
    // the make-up Saturday does.
    let draft = Command::Draft {
        plan: Id::new(10),
        goal: Id::new(11),
        number: "27-2".into(),
        parent: None,
        content: content(&world),
    };
    let mut item: Item = world.ask(None, "clerk", "2015-02-16", draft).expect("a draft");
    for (who, on, step) in [
        ("clerk", "2015-02-16", Command::Submit),
        ("head", "2015-02-17", Command::Approve),
        ("clerk", "2015-02-17", Command::Issue),
    ] {
        item = world.ask(Some(item), who, on, step).expect("a step");
    }
    assert_eq!(item.objection_until(&world.calendar), Some(day("2015-03-02")));
    let object = || Command::Object { reason: "职责不符".into() };
    assert_eq!(world.refused(&item, "chief", "2015-03-02", object()), "");
    assert_eq!(world.refused(&item, "chief", "2015-03-03", object()), "refused-objection-late");
}
