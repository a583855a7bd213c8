//! Whatever officers ask, in whatever order: nothing is closed by fewer than three persons or from
//! inside the unit's chain, and every refusal names its rule.

use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::{content, evidence, measures, set_measures};
use crate::{
    Day, Id, Officer, Refuses,
    problem::{Against, Answer, Command, LinkKind, Problem, Scope, Source, Stage, Tick},
    reminder::{Level, Wish},
    roster::Role,
    world::{BUREAU, OTHER, SECTION, World, day},
};

const OFFICERS: [&str; 10] =
    ["admin", "head", "clerk", "second", "mayor", "secretary", "chief", "li", "wang", "outsider"];

/// Every command there is, as of a day.
fn commands(world: &World, on: Day) -> Vec<Command> {
    let text = || "有话".to_owned();
    let (own, soon) = (content(world), on.saturating_add(jiff::Span::new().days(20)));
    let evidence = || evidence("台账", "2015-09-12");
    let due = own.due_on;
    let mut wishes: Vec<Command> = Level::ALL
        .iter()
        .map(|level| {
            let (level, text, reason) = (*level, text(), String::new());
            Command::Remind(Wish { level, text, answer_due: None, reason })
        })
        .collect();
    let ticks = || [1, 2].map(|at| Tick { criterion: at, note: "看过".into() }).to_vec();
    let done = measures().into_iter().map(|one| (one.number, day("2015-09-14"))).collect();
    let mut all = vec![
        Command::File { ledger: Id::new(9), content: own.clone() },
        Command::Amend { base: 0, content: own.clone() },
        Command::Register { number: "2-118".into() },
        Command::Withdraw { reason: text() },
        set_measures(),
        Command::SetMeasures {
            cause: text(),
            target: text(),
            criteria: Vec::new(),
            measures: vec![super::Measure {
                number: 1,
                text: text(),
                due_on: due.unwrap_or(on),
                done_on: Some(on),
            }],
        },
        Command::ReturnMeasures { reason: text() },
        Command::Report { text: text(), evidence: evidence(), done },
        Command::CorrectReport { text: text(), evidence: evidence(), done: Vec::new() },
        Command::CheckReport { number: 1, sound: true, note: text() },
        Command::CheckReport { number: 2, sound: false, note: text() },
        Command::SignReminder { number: 1 },
        Command::AnswerReminder { number: 1, text: text() },
        Command::RevokeReminder { number: 1, reason: text() },
        Command::Watch { post: world.post("second") },
        Command::Watch { post: world.post("wang") },
        Command::MoveDue { due_on: soon, reason: text() },
        Command::AskExtension { due_on: soon, reason: text() },
        Command::DecideExtension { granted: true, reason: text() },
        Command::DecideExtension { granted: false, reason: text() },
        Command::AskSuspension { reason: text() },
        Command::DecideSuspension { granted: true, reason: text() },
        Command::Resume { due_on: Some(soon), reason: text() },
        Command::Waive { until: soon, reason: text() },
        Command::Apply { text: text(), evidence: evidence() },
        Command::CorrectApplication { text: text(), evidence: evidence() },
        Command::Consult { answer: Answer::Satisfied, note: text(), on },
        Command::Check { finding: text() },
        Command::Return { reason: text() },
        Command::Verify {
            finding: text(),
            ticks: ticks(),
            look_back_on: soon,
            despite: String::new(),
        },
        Command::UndoVerification,
        Command::EndPublication { note: text() },
        Command::Archive,
    ];
    all.append(&mut wishes);
    all.extend(after(on, soon));
    all
}

fn after(on: Day, soon: Day) -> Vec<Command> {
    let text = || "有话".to_owned();
    let look = |held| Command::LookBack {
        held,
        finding: text(),
        evidence: Vec::new(),
        again_on: None,
        due_on: Some(soon),
    };
    let objections =
        Against::ALL.iter().map(|against| Command::Object { against: *against, reason: text() });
    let mut all: Vec<Command> = objections.collect();
    all.extend([
        look(true),
        look(false),
        Command::Relapse { by_way_of: "finding", finding: text(), due_on: soon },
        Command::Relapse { by_way_of: "closure-audit", finding: text(), due_on: on },
        Command::Merge { into: Id::new(50), number: "2-001".into(), reason: text() },
        Command::Link { kind: LinkKind::Recurrence, other: Id::new(51), number: "1-007".into() },
        Command::Push { units: vec![OTHER, SECTION], text: text(), answer_due: soon },
        Command::AnswerPush { unit: OTHER, found: None, text: text() },
        Command::State { text: text() },
        Command::DecideObjection { number: 1, upheld: true, reason: text() },
        Command::DecideObjection { number: 2, upheld: false, reason: text() },
        Command::HandOver { post: Id::new(207), from: "甲".into(), to: "乙".into() },
    ]);
    all
}

/// What must be true of a problem that counts as put right.
fn three_persons_at_least(world: &World, problem: &Problem, on: Day) {
    if !matches!(problem.stage, Stage::Publishing | Stage::Closed | Stage::Archived) {
        return;
    }
    let application = problem.applications.last().expect("an application");
    let checked = application.check.as_ref().expect("a first check");
    let verified = application.verification.as_ref().expect("a verification");
    let people = [application.stamp.by, checked.1.by, verified.stamp.by].map(|by| by.person);
    assert!(people[0] != people[1] && people[1] != people[2] && people[0] != people[2]);
    assert_eq!(application.returned, None);
    let verifier = people[2];
    assert!(!problem.doers().any(|doer| doer.person == verifier));
    assert!(!world.roster.person_in_chain(verifier, &[BUREAU], on), "{verifier} is of the chain");
    let ticked = |place: i64| verified.ticks.iter().any(|tick| tick.criterion == place);
    assert!((1_i64..).zip(&problem.content.criteria).all(|(place, _)| ticked(place)));
    assert!(verified.look_back_on > verified.stamp.day);
}

/// Which command leads on from a stage: random choices alone would seldom get far.
fn leads_on(stage: Stage, command: &Command) -> bool {
    matches!(
        (stage, command),
        (Stage::Filed, Command::Register { .. })
            | (Stage::Registered, Command::SetMeasures { .. })
            | (Stage::Rectifying, Command::Report { .. } | Command::Apply { .. })
            | (Stage::Applied, Command::Check { .. } | Command::Consult { .. })
            | (Stage::Checked, Command::Verify { .. })
            | (Stage::Publishing, Command::EndPublication { .. })
            | (Stage::Closed, Command::LookBack { .. } | Command::UndoVerification)
            | (Stage::Suspended, Command::Resume { .. })
    )
}

/// One choice: who, which command, led on or not, how many days pass first, in which post.
type Choice = (usize, usize, bool, i64, bool);

fn play(choices: &[Choice], variant: usize) -> (usize, Option<Stage>) {
    let mut world = World::new();
    // Two who hold more than one post: an inspector from the bureau, a supervisor in the section.
    let twofold = [
        world.also("chief", super::OFFICE, Role::Supervisor, "2015-09-01"),
        world.also("second", SECTION, Role::Cadre, "2015-09-01"),
        world.also("outsider", super::OFFICE, Role::Inspector, "2015-09-01"),
    ];
    let mut own = content(&world);
    match variant {
        1 => own.source = Source::SelfCheck,
        2 => own.complaint = Some("信访 1".into()),
        3 => (own.scope, own.publication_workdays) = (Scope::Public, 3),
        _ => {}
    }
    let mut on = day("2015-09-14");
    let file = Command::File { ledger: Id::new(9), content: own };
    let mut problem: Problem = world.ask(None, "clerk", "2015-09-14", file).expect("a problem");
    let mut closed = 0;
    for (who, what, led, days, other) in choices {
        on = on.saturating_add(jiff::Span::new().days(*days));
        let all = commands(&world, on);
        let led: Vec<&Command> =
            all.iter().filter(|one| *led && leads_on(problem.stage, one)).collect();
        let command = led.get(what % led.len().max(1)).copied().unwrap_or(&all[what % all.len()]);
        let name = OFFICERS[who % OFFICERS.len()];
        let officer: Officer =
            if *other { twofold[who % twofold.len()] } else { world.officer(name) };
        let before = problem.stage;
        let state = Some(problem.clone());
        match world.ask_as(state, officer, &on.to_string(), command.clone()) {
            Ok(next) => problem = next,
            Err(refusal) => {
                let key = refusal.key();
                assert!(key.starts_with("refused-") && key.len() > 8, "{refusal:?}");
                assert!(
                    refusal
                        .facts()
                        .iter()
                        .all(|(name, value)| { !name.is_empty() && !value.is_empty() })
                );
                continue;
            }
        }
        three_persons_at_least(&world, &problem, on);
        assert_eq!(problem.filed.day, day("2015-09-14"));
        let registered = problem.number.is_some();
        assert!(
            registered || matches!(problem.stage, Stage::Filed | Stage::Withdrawn | Stage::Merged)
        );
        closed += usize::from(problem.stage == Stage::Closed && before != Stage::Closed);
        let moves = problem.waits_for(&world.calendar);
        assert!(moves.iter().all(|one| one.post.is_some() || one.power.is_some()));
        if problem.stage.standing() == "open" {
            assert!(!moves.is_empty(), "an open problem waits for somebody: {problem:?}");
        }
    }
    (closed, Some(problem.stage))
}

#[test]
fn no_sequence_closes_a_problem_with_fewer_than_three_persons() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, rng);
    let choice = (
        0..1000_usize,
        0..1000_usize,
        prop::bool::weighted(0.7),
        0..4_i64,
        prop::bool::weighted(0.3),
    );
    let sequence = (prop::collection::vec(choice, 120), 0..4_usize);
    let closings = std::cell::Cell::new(0);
    runner
        .run(&sequence, |(choices, variant)| {
            closings.set(closings.get() + play(&choices, variant).0);
            Ok(())
        })
        .expect("no sequence");
    // Enough of them do close, so that what is asserted of closed problems was looked at.
    assert!(closings.get() > 50, "{} closings", closings.get());
}
