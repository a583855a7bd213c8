//! What brings a problem back, or takes back what was said of it.

use super::*;

#[test]
fn the_verifier_has_ten_minutes_to_take_it_back() {
    let mut told = Told::closed(|_| {});
    assert_eq!(told.problem.stage, Stage::Closed);
    let undo = || Command::UndoVerification;
    assert_eq!(told.refused("clerk", "2015-10-27", undo()), "refused-not-verifier");
    told.world.minute = 11;
    assert_eq!(told.refused("second", "2015-10-27", undo()), "refused-undo-minutes");
    assert_eq!(told.refused("second", "2015-10-28", undo()), "refused-undo-minutes");
    told.world.minute = 10;
    told.does("second", "2015-10-27", undo());
    assert_eq!((told.problem.stage, told.problem.done_on), (Stage::Checked, None));
    told.does("second", "2015-10-27", verify());
    assert_eq!(told.problem.stage, Stage::Closed);
}

#[test]
fn publication_runs_its_workdays_before_it_is_closed() {
    let mut told = Told::closed(|content| {
        (content.scope, content.publication_workdays) = (Scope::Public, 5);
    });
    assert_eq!(told.problem.stage, Stage::Publishing);
    assert_eq!(told.problem.published_until, Some(day("2015-11-03")));
    let end = || Command::EndPublication { note: "无异议".into() };
    assert_eq!(told.refused("second", "2015-11-03", end()), "refused-still-published");
    assert_eq!(told.refused("chief", "2015-11-04", end()), "refused-no-power");
    told.does("second", "2015-11-04", end());
    assert_eq!(
        (told.problem.stage, told.problem.done_on),
        (Stage::Closed, Some(day("2015-10-21")))
    );
}

#[test]
fn a_relapse_keeps_the_number_and_the_clock_honest() {
    let mut told = Told::closed(|_| {});
    assert_eq!(told.problem.timeliness(day("2015-11-20")).word(), "done-on-time");
    let again = |due: &str| Command::LookBack {
        held: false,
        finding: "又冒烟了".into(),
        evidence: Vec::new(),
        again_on: None,
        due_on: Some(day(due)),
    };
    assert_eq!(told.refused("li", "2015-12-18", again("2016-01-15")), "refused-no-power");
    assert_eq!(told.refused("second", "2015-12-18", again("2015-12-17")), "refused-due-past");
    told.does("second", "2015-12-18", again("2016-01-15"));
    let problem = &told.problem;
    assert_eq!((problem.stage, problem.number.as_deref()), (Stage::Registered, Some("2-118")));
    assert_eq!(problem.content.found_on, day("2015-09-10"));
    assert_eq!(problem.first_due_on, Some(day("2015-10-30")));
    assert_eq!(problem.timeliness(day("2015-12-20")).word(), "overdue");
    // The light goes by the new deadline, and nothing before it counts as done.
    let light =
        |told: &Told, on| told.problem.light(&told.world.lights, &told.world.calendar, day(on));
    assert_eq!(light(&told, "2015-12-20"), Light::Ok);
    assert_eq!(light(&told, "2016-01-16"), Light::Late);
    assert_eq!(
        told.refused("li", "2015-12-21", apply("2015-12-21")),
        "refused-problem-out-of-order"
    );
    let measures = Command::SetMeasures {
        cause: "锅炉未拆走".into(),
        target: "拆走".into(),
        criteria: Vec::new(),
        measures: vec![Measure {
            number: 1,
            text: "拆走".into(),
            due_on: day("2016-01-10"),
            done_on: Some(day("2015-12-01")),
        }],
    };
    told.does("li", "2015-12-21", measures);
    assert_eq!(told.refused("li", "2015-12-22", apply("2015-12-22")), "refused-measures-open");
    told.does("li", "2015-12-28", done(1, "2015-12-28"));
    told.does("li", "2015-12-29", apply("2015-12-29"));
    told.does("clerk", "2015-12-30", check());
    let verify = Command::Verify {
        finding: "拆走了".into(),
        ticks: vec![1, 2]
            .into_iter()
            .map(|at| Tick { criterion: at, note: "看过".into() })
            .collect(),
        look_back_on: day("2016-03-01"),
        despite: String::new(),
    };
    told.does("second", "2015-12-31", verify);
    assert_eq!(told.problem.timeliness(day("2016-02-01")).word(), "done-late");
    assert_eq!(told.problem.number.as_deref(), Some("2-118"));
    assert_eq!(told.problem.standing_relapses().count(), 1);
}

#[test]
fn a_waiver_ends_by_itself() {
    let mut told = Told::begin(|_| {});
    told.does("li", "2015-09-14", set_measures());
    let waive = || Command::Waive { until: day("2015-12-31"), reason: "供暖期后再拆".into() };
    assert_eq!(told.refused("chief", "2015-10-08", waive()), "refused-no-power");
    told.does("head", "2015-10-08", waive());
    let light =
        |told: &Told, on| told.problem.light(&told.world.lights, &told.world.calendar, day(on));
    // While it holds nothing is owed; then it is open and red, and no fact was written.
    assert_eq!(light(&told, "2015-12-01"), Light::Ok);
    assert_eq!(light(&told, "2015-12-31"), Light::Warn);
    assert_eq!(light(&told, "2016-01-01"), Light::Late);
    assert_eq!(
        told.refused("li", "2015-12-31", done(1, "2015-12-31")),
        "refused-problem-out-of-order"
    );
    assert_eq!(told.problem.stage_on(day("2016-01-01")), Stage::Rectifying);
    told.does("li", "2016-01-04", done(1, "2016-01-04"));
    assert_eq!(told.problem.stage, Stage::Rectifying);
    let inside = told.world.also("head", SECTION, Role::Cadre, "2016-01-04");
    assert_eq!(inside.person, told.world.officer("head").person);
    let again = Command::Waive { until: day("2016-03-31"), reason: "再缓".into() };
    assert_eq!(told.refused("head", "2016-01-05", again), "refused-own-work");
}

#[test]
fn an_objection_has_thirty_days_and_another_judge() {
    let mut told = Told::ready(|_| {});
    told.does("li", "2015-10-21", apply("2015-10-21"));
    told.does("clerk", "2015-10-22", Command::Return { reason: "照片看不清".into() });
    let object = |against| Command::Object { against, reason: "现场可以看".into() };
    let returned = || object(Against::Return);
    assert_eq!(told.refused("clerk", "2015-10-23", returned()), "refused-not-responsible");
    assert_eq!(told.refused("li", "2015-11-22", returned()), "refused-objection-days");
    assert_eq!(told.refused("li", "2015-10-23", object(Against::Relapse)), "refused-no-conclusion");
    told.does("li", "2015-11-21", returned());
    assert_eq!(told.problem.objections[0].decide_by, day("2015-12-21"));
    let decide =
        |upheld| Command::DecideObjection { number: 1, upheld, reason: "现场已看".into() };
    assert_eq!(told.refused("chief", "2015-11-23", decide(true)), "refused-no-power");
    told.does("secretary", "2015-11-23", decide(true));
    // The return no longer holds: the application stands as it was made.
    assert_eq!(told.problem.stage, Stage::Applied);
    assert_eq!(told.problem.applied_on(), Some(day("2015-10-21")));
    assert_eq!(told.refused("secretary", "2015-11-24", decide(true)), "refused-unknown-objection");
    // Against a refused extension: who refused does not judge.
    let mut told = Told::begin(|_| {});
    let ask = Command::AskExtension { due_on: day("2015-11-30"), reason: "缺件".into() };
    told.does("li", "2015-10-20", ask);
    told.does(
        "head",
        "2015-10-21",
        Command::DecideExtension { granted: false, reason: "不准".into() },
    );
    told.does("li", "2015-10-22", object(Against::RefusedExtension));
    assert_eq!(told.refused("head", "2015-10-23", decide(true)), "refused-own-conclusion");
    told.does("secretary", "2015-10-23", decide(true));
    assert_eq!(told.problem.content.due_on, Some(day("2015-11-30")));
    // Against a relapse: it is closed again, and was never reopened.
    let mut told = Told::closed(|_| {});
    let relapse = Command::Relapse {
        by_way_of: "finding",
        finding: "群众说又冒烟".into(),
        due_on: day("2015-12-31"),
    };
    told.does("clerk", "2015-12-01", relapse);
    told.does("li", "2015-12-02", set_measures_by("2015-12-20"));
    told.does("li", "2015-12-03", object(Against::Relapse));
    assert_eq!(told.refused("clerk", "2015-12-04", decide(true)), "refused-no-power");
    told.does("head", "2015-12-04", decide(true));
    assert_eq!(told.problem.stage, Stage::Closed);
    assert_eq!(told.problem.timeliness(day("2015-12-05")).word(), "done-on-time");
    assert_eq!(told.problem.measures_done(), (2, 2));
}

fn set_measures_by(due: &str) -> Command {
    Command::SetMeasures {
        cause: "另查".into(),
        target: "不冒烟".into(),
        criteria: Vec::new(),
        measures: vec![Measure { number: 1, text: "看".into(), due_on: day(due), done_on: None }],
    }
}
