//! What happens beside the way: more time, corrections, siblings, reminders.

use super::*;

#[test]
fn more_time_is_asked_by_the_unit_and_decided_by_another() {
    let mut told = Told::begin(|_| {});
    told.does("li", "2015-09-14", set_measures());
    let ask = |due: &str| Command::AskExtension { due_on: day(due), reason: "管件未到".into() };
    assert_eq!(told.refused("clerk", "2015-10-20", ask("2015-11-30")), "refused-not-responsible");
    assert_eq!(told.refused("li", "2015-10-20", ask("2015-10-30")), "refused-extension-not-later");
    assert_eq!(told.refused("li", "2015-10-31", ask("2015-11-30")), "refused-extension-after-due");
    told.does("li", "2015-10-20", ask("2015-11-30"));
    let decide = |granted| Command::DecideExtension { granted, reason: "同意".into() };
    assert_eq!(told.refused("clerk", "2015-10-21", decide(true)), "refused-no-power");
    told.does("head", "2015-10-21", decide(true));
    // The measure that was late by then moved with the deadline.
    let days: Vec<String> =
        told.problem.measures.iter().map(|one| one.due_on.to_string()).collect();
    assert_eq!(days, ["2015-11-30", "2015-10-30"]);
    assert_eq!(told.problem.owed_on, Some(day("2015-11-30")));
    assert_eq!(told.problem.first_due_on, Some(day("2015-10-30")));
    let suspend = Command::AskSuspension { reason: "停工令".into() };
    told.does("li", "2015-10-22", suspend);
    let decide = |granted| Command::DecideSuspension { granted, reason: "情况属实".into() };
    told.does("head", "2015-10-23", decide(true));
    assert_eq!(
        told.problem.light(&told.world.lights, &told.world.calendar, day("2016-01-01")),
        Light::Hold
    );
    let resume = Command::Resume { due_on: Some(day("2015-12-15")), reason: "复工".into() };
    assert_eq!(told.refused("li", "2015-11-30", resume.clone()), "refused-no-power");
    told.does("head", "2015-11-30", resume);
    assert_eq!(told.problem.stage, Stage::Rectifying);
    let moved = Command::MoveDue { due_on: day("2015-12-20"), reason: "统一调整".into() };
    assert_eq!(told.refused("clerk", "2015-12-01", moved.clone()), "refused-no-power");
    told.does("head", "2015-12-01", moved);
    assert_eq!(told.problem.owed_on, Some(day("2015-12-20")));
}

#[test]
fn what_is_corrected_before_a_check_is_no_fault() {
    let mut told = Told::begin(|_| {});
    told.does("li", "2015-09-14", set_measures());
    told.does("li", "2015-10-12", done(1, "2015-10-12"));
    let correct = || Command::CorrectReport {
        text: "还差一台".into(),
        evidence: Vec::new(),
        done: Vec::new(),
    };
    told.does("wang", "2015-10-13", correct());
    assert!(told.problem.progress[0].corrected.is_some());
    assert_eq!(told.problem.measures_done(), (0, 2));
    let sound = |sound| Command::CheckReport { number: 1, sound, note: String::new() };
    assert_eq!(told.refused("clerk", "2015-10-14", sound(false)), "refused-reason-missing");
    told.does("clerk", "2015-10-14", sound(true));
    assert_eq!(told.refused("li", "2015-10-14", correct()), "refused-already-checked");
    // A report that is sent back undoes what it said was done.
    told.does("li", "2015-10-15", done(1, "2015-10-15"));
    let back = Command::CheckReport { number: 2, sound: false, note: "现场还在".into() };
    told.does("clerk", "2015-10-16", back);
    assert_eq!(told.problem.measures_done(), (0, 2));
    told.does("li", "2015-10-19", done(1, "2015-10-19"));
    told.does("li", "2015-10-20", done(2, "2015-10-20"));
    told.does("li", "2015-10-21", apply("2015-10-21"));
    let evidence = evidence("补充说明", "2015-10-21");
    let mended = Command::CorrectApplication { text: "更正台数".into(), evidence };
    told.does("li", "2015-10-22", mended.clone());
    told.does("clerk", "2015-10-23", check());
    assert_eq!(told.refused("li", "2015-10-23", mended), "refused-problem-out-of-order");
}

#[test]
fn siblings_look_at_home() {
    let mut told = Told::begin(|_| {});
    let push = |units: &[Id<roster::Unit>]| Command::Push {
        units: units.to_vec(),
        text: "请查本单位已拆锅炉".into(),
        answer_due: day("2015-09-30"),
    };
    assert_eq!(told.refused("clerk", "2015-09-11", push(&[BUREAU])), "refused-no-siblings");
    assert_eq!(told.refused("chief", "2015-09-11", push(&[OTHER])), "refused-no-power");
    told.does("clerk", "2015-09-11", push(&[OTHER, BUREAU, OTHER]));
    assert_eq!(told.problem.pushes.len(), 1);
    assert_eq!(told.refused("clerk", "2015-09-12", push(&[OTHER])), "refused-no-siblings");
    let answer = |found| Command::AnswerPush { unit: OTHER, found, text: "查了 12 处".into() };
    assert_eq!(told.refused("li", "2015-09-14", answer(None)), "refused-not-responsible");
    told.does("outsider", "2015-09-14", answer(Some((Id::new(77), "2-131".into()))));
    assert_eq!(told.refused("outsider", "2015-09-15", answer(None)), "refused-push-answered");
    assert_eq!(told.problem.links[0].kind, LinkKind::Sibling);
    assert_eq!(told.problem.links[0].number, "2-131");
}

#[test]
fn what_is_on_the_ledger_stays_what_it_was_found_to_be() {
    let mut told = Told::begin(|_| {});
    let base = told.problem.version;
    let amend = |told: &Told, change: &dyn Fn(&mut Content)| {
        let mut content = told.problem.content.clone();
        change(&mut content);
        Command::Amend { base, content }
    };
    let command = amend(&told, &|content| content.what = "小问题".into());
    assert_eq!(told.refused("clerk", "2015-09-11", command), "refused-fixed-for-life");
    let command = amend(&told, &|content| content.due_on = Some(day("2015-12-31")));
    assert_eq!(told.refused("clerk", "2015-09-11", command), "refused-due-needs-extension");
    let command = amend(&told, &|content| content.criteria.clear());
    assert_eq!(told.refused("clerk", "2015-09-11", command), "refused-criteria-missing");
    let command = amend(&told, &|content| content.category = "锅炉".into());
    assert_eq!(told.refused("li", "2015-09-11", command.clone()), "refused-no-power");
    told.does("clerk", "2015-09-11", command.clone());
    assert_eq!(told.refused("second", "2015-09-12", command), "refused-changed");
    let watch = |post| Command::Watch { post };
    let (li, second) = (told.world.post("li"), told.world.post("second"));
    assert_eq!(told.refused("clerk", "2015-09-12", watch(li)), "refused-own-chain");
    told.does("clerk", "2015-09-12", watch(second));
    let merge = |number: &str| Command::Merge {
        into: Id::new(50),
        number: number.into(),
        reason: "同一台".into(),
    };
    assert_eq!(told.refused("clerk", "2015-09-12", merge("2-118")), "refused-own-number");
    told.does("clerk", "2015-09-12", merge("2-041"));
    assert_eq!(told.problem.stage.standing(), "gone");
}

#[test]
fn an_overdue_problem_climbs_the_ladder() {
    let mut told = Told::begin(|_| {});
    told.does("li", "2015-09-14", set_measures());
    let wish = |level| {
        let (text, reason) = ("逾期，请整改".to_owned(), String::new());
        Command::Remind(Wish { level, text, answer_due: None, reason })
    };
    told.does("clerk", "2015-11-02", wish(Level::Nudge));
    assert_eq!(told.refused("clerk", "2015-11-05", wish(Level::UrgeHard)), "refused-rung-skipped");
    assert_eq!(told.refused("clerk", "2015-11-04", wish(Level::Urge)), "refused-reminder-open");
    told.does("clerk", "2015-11-05", wish(Level::Urge));
    let revoke = || Command::RevokeReminder { number: 2, reason: "发重了".into() };
    assert_eq!(told.refused("second", "2015-11-05", revoke()), "refused-not-sender");
    told.does("clerk", "2015-11-05", revoke());
    assert_eq!(
        told.refused("li", "2015-11-05", Command::SignReminder { number: 2 }),
        "refused-unknown-reminder"
    );
    told.does("clerk", "2015-11-06", wish(Level::Urge));
    told.does("chief", "2015-11-06", Command::SignReminder { number: 3 });
    let again = Command::SignReminder { number: 3 };
    assert_eq!(told.refused("li", "2015-11-06", again), "refused-reminder-signed");
    let answer = |text: &str| Command::AnswerReminder { number: 3, text: text.into() };
    assert_eq!(told.refused("outsider", "2015-11-09", answer("知道")), "refused-not-addressed");
    told.does("chief", "2015-11-09", answer("十三日前拆完"));
    assert_eq!(told.refused("clerk", "2015-11-11", wish(Level::UrgeHard)), "refused-rung-early");
    told.does("clerk", "2015-11-12", wish(Level::UrgeHard));
}
