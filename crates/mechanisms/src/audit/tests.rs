//! The story of a year: 312 closed problems, a drawn sample, two found false, the stated bound,
//! the widened sample, and the two open again under their numbers.

use expect_test::expect;

use super::{Audit, Command, Framed, Refusal, Stage, Terms, Verdict};
use crate::{
    Id, Officer,
    problem::{self, Problem},
    roster::{Person, Role},
    world::{BUREAU, OFFICE, OTHER, World, day},
};

const SECRET: &str = "4f1d0c2b3a49586776859483a2b1c0df";

struct Told {
    world: World,
    inspectors: Vec<Officer>,
}

impl Told {
    /// Six inspectors: two of them from units whose problems are in the frame.
    fn new() -> Self {
        let mut world = World::new();
        let names = ["admin", "head", "mayor", "secretary", "wang", "outsider"];
        let inspectors =
            names.map(|name| world.also(name, OFFICE, Role::Inspector, "2015-12-01")).to_vec();
        Self { world, inspectors }
    }

    fn terms(&self, take: i64, tolerable: i64) -> Terms {
        Terms {
            title: "截至 2015-12-15 的销号抽查".into(),
            up_to: day("2015-12-15"),
            take,
            tolerable,
            inspectors: self.inspectors.iter().map(|one| one.person).collect(),
            source: "福利彩票 3D 第 2015345 期".into(),
            sealed: draw::fingerprint(SECRET),
            at: "2015-12-16T09:00".into(),
        }
    }

    /// Closed problems, two thirds of the bureau; the clerk and the second had a hand in all.
    fn frame(&self, count: i64) -> Vec<Framed> {
        let hands = ["clerk", "second"].map(|name| self.world.officer(name).person).to_vec();
        let framed = |place: i64| Framed {
            problem: Id::new(1000 + place),
            number: format!("2-{place:03}"),
            unit: if place % 3 == 0 { OTHER } else { BUREAU },
            hands: hands.clone(),
        };
        (1..=count).map(framed).collect()
    }

    fn does(&mut self, audit: Option<Audit>, who: &str, on: &str, command: Command) -> Audit {
        self.world.ask(audit, who, on, command).expect("a step")
    }

    /// Up to the drawn sample.
    fn drawn(&mut self, count: i64, take: i64, tolerable: i64) -> Audit {
        let (terms, closed) = (self.terms(take, tolerable), self.frame(count));
        let audit = self.does(None, "clerk", "2015-12-16", Command::Open { terms, closed });
        let number = || "528".to_owned();
        let early = Command::Announce { number: number(), at: "2015-12-16T09:00".into() };
        assert_eq!(
            self.world.refused(&audit, "clerk", "2015-12-16", early),
            "refused-draw-after-number"
        );
        let announce = Command::Announce { number: number(), at: "2015-12-16T21:30".into() };
        let audit = self.does(Some(audit), "clerk", "2015-12-17", announce);
        let other = Command::Reveal { secret: "另一个".into(), at: "2015-12-17T09:00".into() };
        assert_eq!(
            self.world.refused(&audit, "clerk", "2015-12-17", other),
            "refused-draw-other-secret"
        );
        let reveal = Command::Reveal { secret: SECRET.into(), at: "2015-12-17T09:00".into() };
        self.does(Some(audit), "clerk", "2015-12-17", reveal)
    }

    /// The officer of an inspector.
    fn officer(&self, person: Id<Person>) -> Officer {
        *self.inspectors.iter().find(|one| one.person == person).expect("an inspector")
    }

    /// Every missing result, true but for those found false.
    fn record(&mut self, mut audit: Audit, found_false: &[usize]) -> Audit {
        for place in 0..audit.sample.len() {
            if audit.sample[place].1.is_some() {
                continue;
            }
            let picked = audit.sample[place].0.clone();
            let held = !found_false.contains(&place);
            let finding = if held { "属实" } else { "没有改" }.to_owned();
            let by = self.officer(picked.team[0]);
            let command = Command::Record { problem: picked.problem, held, finding };
            audit = self.world.ask_as(Some(audit), by, "2015-12-22", command).expect("a result");
        }
        audit
    }
}

#[test]
fn the_story_of_a_year() {
    let mut told = Told::new();
    let audit = told.drawn(312, 40, 15);
    assert_eq!((audit.stage, audit.sample.len()), (Stage::Drawn, 40));
    // Whoever has the file has the draw.
    let bundle = audit.bundle().expect("a bundle");
    assert!(draw::verify(bundle.json().as_bytes(), None).expect("a report").holds());
    let drawn: Vec<&str> = bundle.drawn.iter().map(|one| &*one.id).collect();
    let number = |id| audit.framed(id).map(|one| &*one.number).expect("in the frame");
    let sample: Vec<&str> = audit.sample.iter().map(|one| number(one.0.problem)).collect();
    assert_eq!(sample, drawn);
    for (picked, _) in &audit.sample {
        let unit = audit.framed(picked.problem).expect("in the frame").unit;
        assert_eq!(picked.team.len(), 2);
        let inside =
            |who: &Id<Person>| told.world.roster.person_in_chain(*who, &[unit], day("2015-12-16"));
        assert!(!picked.team.iter().any(inside), "nobody inspects in their own chain");
    }
    let conclude = |text: &str| Command::Conclude { text: text.into() };
    let on = "2015-12-22";
    assert_eq!(told.world.refused(&audit, "clerk", on, conclude("")), "refused-results-missing");
    let audit = told.record(audit, &[11, 30]);
    let said = |audit: &Audit| {
        let one = audit.statement();
        let draw = draw::audit::upper_bound(one.population, one.examined, one.found, super::RISK);
        let bound = draw.expect("a bound");
        assert_eq!(bound.most, one.most);
        let (found, examined, verdict) = (one.found, one.examined, one.verdict.word());
        format!("{found} of {examined}: {bound}\n{verdict} {:?}", one.more)
    };
    let first = said(&audit);
    assert_eq!(told.world.refused(&audit, "clerk", on, conclude("")), "refused-audit-go-on");
    // The next in the same order, as many as would settle it if all were true.
    let more = i64::try_from(audit.statement().more.expect("within reach")).expect("a number");
    let audit = told.does(Some(audit), "clerk", on, Command::Widen { more });
    let whole =
        draw::order(&audit.frame.iter().map(|one| &*one.number).collect::<Vec<_>>(), &bundle.seed);
    let next: Vec<Id<Problem>> = whole.iter().map(|at| audit.frame[*at].problem).collect();
    let sample: Vec<Id<Problem>> = audit.sample.iter().map(|one| one.0.problem).collect();
    assert_eq!(sample, next[..sample.len()]);
    let audit = told.record(audit, &[]);
    expect![[r#"
        2 of 40: with 95 % confidence at most 44 of 312 (14.11 %) are false
        go-on Some(95)
        2 of 135: with 95 % confidence at most 12 of 312 (3.85 %) are false
        stop Some(0)"#]]
    .assert_eq(&format!("{first}\n{}", said(&audit)));
    assert_eq!(audit.statement().verdict, Verdict::Stop);
    let widen = Command::Widen { more: 1 };
    assert_eq!(told.world.refused(&audit, "clerk", on, widen), "refused-audit-enough");
    let audit = told.does(Some(audit), "clerk", on, conclude(""));
    assert_eq!(audit.stage, Stage::Concluded);
    for place in [11, 30] {
        reopened(&mut told, &audit, place);
    }
}

/// A false closure: its problem is open again, under its number.
fn reopened(told: &mut Told, audit: &Audit, place: usize) {
    let (picked, outcome) = &audit.sample[place];
    let outcome = outcome.as_ref().expect("a result");
    assert!(!outcome.held);
    let number = audit.framed(picked.problem).expect("in the frame").number.clone();
    let closed = problem::tests::closed_under(&number);
    let relapse = problem::Command::Relapse {
        by_way_of: "closure-audit",
        finding: outcome.finding.clone(),
        due_on: day("2016-01-15"),
    };
    let by = outcome.stamp.by;
    let open = told.world.ask_as(Some(closed), by, "2015-12-22", relapse).expect("a relapse");
    assert_eq!(open.number.as_deref(), Some(&*number));
    assert_eq!(open.stage, problem::Stage::Registered);
    assert_eq!(open.relapses[0].by_way_of, "closure-audit");
    assert_eq!(open.timeliness(day("2016-01-10")).word(), "overdue");
}

#[test]
fn results_come_from_the_team_alone_and_once() {
    let mut told = Told::new();
    let audit = told.drawn(60, 12, 3);
    let picked = audit.sample[0].0.clone();
    let record = |finding: &str| Command::Record {
        problem: picked.problem,
        held: true,
        finding: finding.into(),
    };
    let mut asked = |by: Officer, command| {
        told.world.ask_as(Some(audit.clone()), by, "2015-12-22", command).err()
    };
    let stranger =
        *told.inspectors.iter().find(|one| !picked.team.contains(&one.person)).expect("a stranger");
    let member = *told.inspectors.iter().find(|one| one.person == picked.team[0]).expect("one");
    assert_eq!(asked(stranger, record("看过")), Some(Refusal::NotDrawn));
    assert_eq!(asked(member, record(" ")), Some(Refusal::TextMissing));
    let outside = Command::Record { problem: Id::new(1), held: true, finding: "看过".into() };
    assert_eq!(asked(member, outside), Some(Refusal::NotInSample));
    let once = told.world.ask_as(Some(audit.clone()), member, "2015-12-22", record("看过"));
    let once = once.expect("a result");
    let twice = told.world.ask_as(Some(once), member, "2015-12-23", record("再看"));
    assert_eq!(twice.err(), Some(Refusal::AlreadyRecorded));
}

#[test]
fn results_out_of_order_are_not_counted_before_their_turn() {
    let mut told = Told::new();
    let audit = told.drawn(60, 12, 3);
    let picked = audit.sample[4].0.clone();
    let by = told.officer(picked.team[1]);
    let command =
        Command::Record { problem: picked.problem, held: false, finding: "没改".into() };
    let audit = told.world.ask_as(Some(audit), by, "2015-12-22", command).expect("a result");
    let one = audit.statement();
    assert_eq!((one.examined, one.found, one.most), (0, 0, 60));
    let audit = told.record(audit, &[]);
    assert_eq!((audit.statement().examined, audit.statement().found), (12, 1));
}

#[test]
fn too_many_false_ones_leave_no_way_but_all() {
    let mut told = Told::new();
    let audit = told.drawn(30, 8, 1);
    let audit = told.record(audit, &[0, 1, 2]);
    assert_eq!(audit.statement().verdict, Verdict::RecheckAll);
    let conclude = || Command::Conclude { text: "够了".into() };
    assert_eq!(
        told.world.refused(&audit, "clerk", "2015-12-23", conclude()),
        "refused-recheck-all"
    );
    let widen = |more| Command::Widen { more };
    let on = "2015-12-23";
    assert_eq!(told.world.refused(&audit, "clerk", on, widen(23)), "refused-take-wrong");
    let audit = told.does(Some(audit), "clerk", on, widen(22));
    let audit = told.record(audit, &[]);
    let one = audit.statement();
    assert_eq!((one.examined, one.found, one.most), (30, 3, 3));
    assert_eq!(told.does(Some(audit), "clerk", on, conclude()).stage, Stage::Concluded);
}

#[test]
fn an_audit_that_cannot_be_drawn_is_not_opened() {
    let mut told = Told::new();
    let closed = told.frame(9);
    let mut open = |terms: Terms, closed: Vec<Framed>| {
        let open = Command::Open { terms, closed };
        told.world.ask(None::<Audit>, "clerk", "2015-12-16", open).err()
    };
    let terms = Told::new().terms(3, 1);
    let most = closed.len();
    let nine = || closed.clone();
    assert_eq!(open(terms.clone(), Vec::new()), Some(Refusal::FrameEmpty));
    let of = |take, tolerable| Terms { take, tolerable, ..terms.clone() };
    assert_eq!(open(of(10, 1), nine()), Some(Refusal::TakeWrong { most }));
    assert_eq!(open(of(3, 10), nine()), Some(Refusal::TolerableWrong { most }));
    let powerless = World::new().officer("chief").person;
    let inspectors = vec![terms.inspectors[0], powerless];
    let who = "chief".to_owned();
    assert_eq!(
        open(Terms { inspectors, ..terms.clone() }, nine()),
        Some(Refusal::InspectorPowerless { who })
    );
    // Of the two, one comes from the bureau: six of nine problems would be looked at by one.
    let inspectors = vec![terms.inspectors[0], terms.inspectors[4]];
    let numbers = "2-001、2-002、2-004、2-005、2-007、2-008".to_owned();
    assert_eq!(open(Terms { inspectors, ..terms }, nine()), Some(Refusal::Recused { numbers }));
}
