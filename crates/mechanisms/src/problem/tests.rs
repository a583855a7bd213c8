//! Stories of a problem, told as its rules answer them.

use expect_test::expect;

use super::{
    Against, Answer, Command, Content, Horizon, LinkKind, Measure, Problem, Refusal, Scope, Source,
    Stage, Tick, Yardstick,
};
use crate::{
    Id,
    light::Light,
    plan::item::Evidence,
    reminder::{Level, Wish},
    roster::{self, Role},
    world::{BUREAU, LEADERS, OFFICE, OTHER, ROOT, SECTION, World, day},
};

mod back;
mod beside;
mod random;

pub(super) fn content(world: &World) -> Content {
    Content {
        source: Source::Supervision,
        yardstick: Some(Yardstick::Law),
        aspect: None,
        category: "大气污染".into(),
        what: "拆除后的燃煤锅炉复燃 1 台\n现场正在供汽".into(),
        cause: String::new(),
        target: String::new(),
        horizon: Horizon::Middle,
        sponsor: Some(world.post("mayor")),
        unit: BUREAU,
        owner: Some(world.post("li")),
        watcher: Some(world.post("clerk")),
        criteria: vec!["现场没有锅炉".into(), "列入巡查台账".into()],
        scope: Scope::None,
        publication_workdays: 0,
        complaint: None,
        found_on: day("2015-09-10"),
        due_on: Some(day("2015-10-30")),
        urgent: false,
    }
}

pub(super) fn evidence(name: &str, on: &str) -> Vec<Evidence> {
    let (name, reference) = (name.to_owned(), name.to_owned());
    vec![Evidence { name, reference, hash: None, true_for: day(on) }]
}

fn measures() -> Vec<Measure> {
    let one = |number, text: &str, due: &str| Measure {
        number,
        text: text.into(),
        due_on: day(due),
        done_on: None,
    };
    vec![one(1, "拆除锅炉", "2015-10-15"), one(2, "列入巡查", "2015-10-30")]
}

fn set_measures() -> Command {
    Command::SetMeasures {
        cause: "拆后无人巡查".into(),
        target: "不再复燃".into(),
        criteria: Vec::new(),
        measures: measures(),
    }
}

fn done(number: i64, on: &str) -> Command {
    let (evidence, done) = (evidence("巡查记录", on), vec![(number, day(on))]);
    Command::Report { text: format!("第 {number} 条完成"), evidence, done }
}

fn apply(on: &str) -> Command {
    Command::Apply {
        text: "已拆除并列入巡查".into(), evidence: evidence("拆除照片说明", on)
    }
}

fn check() -> Command {
    Command::Check { finding: "材料属实".into() }
}

fn verify() -> Command {
    let tick = |criterion, note: &str| Tick { criterion, note: note.into() };
    Command::Verify {
        finding: "现场看过".into(),
        ticks: vec![tick(1, "没有锅炉"), tick(2, "台账第 7 页")],
        look_back_on: day("2015-12-20"),
        despite: String::new(),
    }
}

/// One problem, its world, and what was told of it.
struct Told {
    world: World,
    problem: Problem,
    text: String,
}

impl Told {
    fn begin(change: impl FnOnce(&mut Content)) -> Self {
        Self::begin_as("2-118", change)
    }

    fn begin_as(number: &str, change: impl FnOnce(&mut Content)) -> Self {
        let mut world = World::new();
        let mut content = content(&world);
        change(&mut content);
        let file = Command::File { ledger: Id::new(9), content };
        let problem = world.ask(None, "clerk", "2015-09-10", file).expect("a problem");
        let mut told = Self { world, problem, text: String::new() };
        told.does("clerk", "2015-09-10", Command::Register { number: number.into() });
        told
    }

    /// With both measures done by 20 October.
    fn ready(change: impl FnOnce(&mut Content)) -> Self {
        let mut told = Self::begin(change);
        told.rectified();
        told
    }

    fn rectified(&mut self) {
        self.does("li", "2015-09-14", set_measures());
        self.does("li", "2015-10-12", done(1, "2015-10-12"));
        self.does("li", "2015-10-20", done(2, "2015-10-20"));
    }

    /// Closed on 27 October.
    fn closed(change: impl FnOnce(&mut Content)) -> Self {
        let mut told = Self::ready(change);
        told.struck_off();
        told
    }

    fn struck_off(&mut self) {
        self.does("li", "2015-10-21", apply("2015-10-21"));
        self.does("clerk", "2015-10-26", check());
        self.does("second", "2015-10-27", verify());
    }

    fn does(&mut self, who: &str, on: &str, command: Command) {
        let act = format!("{command:?}");
        let state = Some(self.problem.clone());
        self.problem = self
            .world
            .ask(state, who, on, command)
            .unwrap_or_else(|refusal| panic!("{on} {who} {act}: {refusal:?}"));
        self.tell(who, on, &act);
    }

    fn refused(&mut self, who: &str, on: &str, command: Command) -> &'static str {
        self.world.refused(&self.problem, who, on, command)
    }

    fn tell(&mut self, who: &str, on: &str, act: &str) {
        let act = act.split([' ', '(', '{']).next().unwrap_or_default();
        let light = self.problem.light(&self.world.lights, &self.world.calendar, day(on));
        let moves = self.problem.waits_for(&self.world.calendar);
        let moves: Vec<String> = moves
            .iter()
            .map(|one| {
                let post = one.post.map(|post| self.world.roster.post_title(post).to_owned());
                let power = one.power.map(|power| power.word().to_owned());
                let due = one.due_on.map_or(String::new(), |due| format!(" {due}"));
                format!("{} {}{due}", one.what, post.or(power).unwrap_or_default())
            })
            .collect();
        let (stage, moves) = (self.problem.stage_word(), moves.join(", "));
        let line = format!("{on} {who} {act}: {stage} {}\n  {moves}", light.word());
        self.text += &format!("{}\n", line.trim_end());
    }
}

/// A problem closed under this number, for the stories of others.
pub(crate) fn closed_under(number: &str) -> Problem {
    let mut told = Told::begin_as(number, |_| {});
    told.rectified();
    told.struck_off();
    told.problem
}

#[test]
fn the_life_of_a_problem() {
    let mut told = Told::closed(|_| {});
    assert_eq!(told.problem.done_on, Some(day("2015-10-21")));
    assert_eq!(told.refused("head", "2015-11-02", Command::Archive), "refused-look-back-owed");
    let look = Command::LookBack {
        held: true,
        finding: "没有复燃".into(),
        evidence: Vec::new(),
        again_on: None,
        due_on: None,
    };
    told.does("second", "2015-12-18", look);
    told.does("head", "2015-12-21", Command::Archive);
    expect![[r#"
        2015-09-10 clerk Register: registered ok
          measures 大气科科长 2015-10-30
        2015-09-14 li SetMeasures: rectifying ok
          rectify 大气科科长 2015-10-15
        2015-10-12 li Report: rectifying ok
          rectify 大气科科长 2015-10-30, check-report 督办一科科长 2015-10-30
        2015-10-20 li Report: to-apply ok
          apply 大气科科长 2015-10-30, check-report 督办一科科长 2015-10-30
        2015-10-21 li Apply: applied ok
          first-check 督办一科科长 2015-10-30
        2015-10-26 clerk Check: checked warn
          verify verify 2015-10-30
        2015-10-27 second Verify: closed done
          look-back verify 2015-12-20
        2015-12-18 second LookBack: closed done
          archive archive
        2015-12-21 head Archive: archived done
    "#]]
    .assert_eq(&told.text);
}

#[test]
fn three_persons_and_nobody_of_the_chain() {
    let mut told = Told::ready(|_| {});
    assert_eq!(
        told.refused("outsider", "2015-10-21", apply("2015-10-21")),
        "refused-not-responsible"
    );
    told.does("li", "2015-10-21", apply("2015-10-21"));
    let all = [
        "admin",
        "head",
        "clerk",
        "second",
        "mayor",
        "secretary",
        "chief",
        "li",
        "wang",
        "outsider",
    ];
    let mut text = String::new();
    for who in all {
        let answer = told.refused(who, "2015-10-22", check());
        text += format!("check {who} {answer}").trim_end();
        text += "\n";
    }
    told.does("clerk", "2015-10-26", check());
    for who in all {
        let answer = told.refused(who, "2015-10-27", verify());
        text += format!("verify {who} {answer}").trim_end();
        text += "\n";
    }
    expect![[r#"
        check admin refused-not-watcher
        check head
        check clerk
        check second
        check mayor refused-not-watcher
        check secretary refused-not-watcher
        check chief refused-not-watcher
        check li refused-not-watcher
        check wang refused-not-watcher
        check outsider refused-not-watcher
        verify admin refused-no-power
        verify head
        verify clerk refused-another-person
        verify second
        verify mayor refused-no-power
        verify secretary refused-no-power
        verify chief refused-no-power
        verify li refused-no-power
        verify wang refused-no-power
        verify outsider refused-no-power
    "#]]
    .assert_eq(&text);
}

#[test]
fn a_person_is_one_person_in_all_their_posts() {
    let mut told = Told::ready(|_| {});
    // Second also works in the section: whichever post they act in, they are of the unit.
    let in_section = told.world.also("second", SECTION, Role::Cadre, "2015-10-20");
    let state = || Some(told.problem.clone());
    let applied = told.world.ask_as(state(), in_section, "2015-10-21", apply("2015-10-21"));
    told.problem = applied.expect("an application by the unit");
    assert_eq!(told.refused("second", "2015-10-22", check()), "refused-own-work");
    told.does("clerk", "2015-10-22", check());
    assert_eq!(told.refused("second", "2015-10-23", verify()), "refused-another-person");
    // The first checker acts in another post of theirs.
    let inspector = told.world.also("clerk", OTHER, Role::Inspector, "2015-10-20");
    let state = Some(told.problem.clone());
    let verified = told.world.ask_as(state, inspector, "2015-10-23", verify());
    assert_eq!(verified.err(), Some(Refusal::SamePerson));
    // Who applied and then moved to the supervision office had a hand in it all the same.
    let officer = told.world.officer("li");
    let moved = told.world.also("li", OFFICE, Role::Supervisor, "2015-10-23");
    let hand_over = roster::Command::HandOver {
        post: officer.post,
        from: officer.person,
        to: told.world.officer("wang").person,
        day: day("2015-10-24"),
    };
    let state = Some(told.world.roster.clone());
    let roster = told.world.ask(state, "admin", "2015-10-24", hand_over);
    told.world.roster = roster.expect("a hand-over");
    let back = Command::Return { reason: "不实".into() };
    let returned = told.world.ask_as(Some(told.problem.clone()), moved, "2015-10-26", back);
    assert_eq!(returned.err(), Some(Refusal::SamePerson));
    // The head's other post stands above the section.
    let above = told.world.also("head", ROOT, Role::Leader, "2015-10-20");
    assert_eq!(told.world.roster.unit_of(above.post), Some(ROOT));
    assert_eq!(told.refused("head", "2015-10-23", verify()), "refused-own-chain");
}

#[test]
fn every_criterion_is_ticked_and_a_look_back_is_set() {
    let mut told = Told::ready(|content| content.complaint = Some("信访 2015-0311".into()));
    told.does("li", "2015-10-21", apply("2015-10-21"));
    told.does("clerk", "2015-10-22", check());
    let verify = |ticks: &[i64], look: &str, despite: &str| Command::Verify {
        finding: "现场看过".into(),
        ticks: ticks.iter().map(|at| Tick { criterion: *at, note: "看过".into() }).collect(),
        look_back_on: day(look),
        despite: despite.into(),
    };
    let mut refused = |command| told.refused("second", "2015-10-23", command);
    assert_eq!(refused(verify(&[1, 2], "2015-12-20", "")), "refused-not-consulted");
    let consult =
        |answer, note: &str| Command::Consult { answer, note: note.into(), on: day("2015-10-22") };
    assert_eq!(refused(consult(Answer::NotSatisfied, "")), "refused-text-missing");
    told.does("clerk", "2015-10-23", consult(Answer::NotSatisfied, "夜里还有烟"));
    let mut refused = |command| told.refused("second", "2015-10-23", command);
    assert_eq!(refused(verify(&[1, 2], "2015-12-20", "")), "refused-despite-missing");
    assert_eq!(refused(verify(&[1], "2015-12-20", "烟是邻厂的")), "refused-not-ticked");
    assert_eq!(refused(verify(&[1, 2], "2015-10-23", "烟是邻厂的")), "refused-look-back-missing");
    assert_eq!(refused(verify(&[1, 2], "2015-12-20", "烟是邻厂的")), "");
}

#[test]
fn a_unit_files_what_it_found_itself_and_another_registers_it() {
    let mut world = World::new();
    let own = Content { source: Source::SelfCheck, ..content(&world) };
    let file = |content: &Content| Command::File { ledger: Id::new(9), content: content.clone() };
    let nobody: Option<Problem> = None;
    let foreign = world.ask(nobody.clone(), "outsider", "2015-09-10", file(&own));
    assert_eq!(foreign.err(), Some(Refusal::NoPower));
    let found = world.ask(nobody.clone(), "li", "2015-09-10", file(&content(&world)));
    assert_eq!(found.err(), Some(Refusal::NoPower), "supervision's findings are not its own");
    let ahead = Content { found_on: day("2015-09-11"), ..own.clone() };
    let ahead = world.ask(nobody.clone(), "li", "2015-09-10", file(&ahead));
    assert_eq!(ahead.err(), Some(Refusal::DayAhead { day: day("2015-09-11") }));
    let bare = Content { owner: None, due_on: None, ..own };
    let problem = world.ask(nobody, "li", "2015-09-10", file(&bare)).expect("a problem");
    let register = || Command::Register { number: "2-001".into() };
    assert_eq!(world.refused(&problem, "li", "2015-09-11", register()), "refused-no-power");
    assert_eq!(
        world.refused(&problem, "clerk", "2015-09-11", register()),
        "refused-problem-incomplete"
    );
    let of = [LEADERS, OFFICE];
    assert!(of.iter().all(|unit| world.roster.unit(*unit).is_some()));
}
