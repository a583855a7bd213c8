//! Stories of a key project: the weeks of autumn 2015, with their holidays and make-up days.

use super::{Charter, Command, Decision, Held, Minutes, Project};
use crate::{
    Id, Refuses,
    light::Light,
    world::{BUREAU, World, day},
};

fn charter(world: &World) -> Charter {
    Charter {
        title: "燃煤锅炉淘汰".into(),
        aim: "1,450 台全部淘汰".into(),
        unit: BUREAU,
        leader: world.post("mayor"),
        team: vec![world.post("chief"), world.post("li")],
        start_on: day("2015-09-14"),
        due_on: day("2015-12-31"),
    }
}

fn project(world: &mut World) -> Project {
    let register = Command::Register { goal: Id::new(9), charter: charter(world) };
    world.ask(None, "clerk", "2015-09-14", register).expect("a project")
}

fn meeting(world: &World, held_on: &str) -> Command {
    let minutes = Minutes {
        held_on: day(held_on),
        chair: world.post("mayor"),
        present: vec![world.post("chief")],
        raised: 3,
        solved: 2,
        text: "调度".into(),
    };
    Command::Meet { minutes, decisions: Vec::new() }
}

#[test]
fn a_week_without_a_meeting_is_missed_and_stays_so() {
    let mut world = World::new();
    let mut project = project(&mut world);
    for (on, held) in [("2015-09-18", "2015-09-18"), ("2015-10-10", "2015-10-10")] {
        let meet = meeting(&world, held);
        project = world.ask(Some(project), "li", on, meet).expect("a meeting");
    }
    let weeks = project.weeks(&world.calendar, day("2015-10-20"));
    let shown: Vec<String> =
        weeks.iter().map(|week| format!("{} {}", week.monday, week.held.word())).collect();
    // 10 October is a Saturday on which one works: the meeting keeps its week.
    expect_test::expect![[r#"
        [
            "2015-09-14 met",
            "2015-09-21 missed",
            "2015-09-28 missed",
            "2015-10-05 met",
            "2015-10-12 missed",
            "2015-10-19 ahead",
        ]
    "#]]
    .assert_debug_eq(&shown);
    assert_eq!(project.missed(&world.calendar, day("2015-10-20")), 3);
}

#[test]
fn the_light_turns_on_the_last_working_day_and_after_the_week() {
    let mut world = World::new();
    let mut project = project(&mut world);
    let light = |project: &Project, on: &str| project.turns(&world.calendar).light(day(on));
    assert_eq!(light(&project, "2015-09-17"), Light::Ok);
    assert_eq!(light(&project, "2015-09-18"), Light::Warn);
    assert_eq!(light(&project, "2015-09-20"), Light::Warn);
    assert_eq!(light(&project, "2015-09-21"), Light::Late);
    let meet = meeting(&world, "2015-09-21");
    project = world.ask(Some(project), "chief", "2015-09-21", meet).expect("a meeting");
    assert_eq!(project.turns(&world.calendar).light(day("2015-09-25")), Light::Ok);
    // The week of 5 October ends with the make-up Saturday.
    let meet = meeting(&world, "2015-09-30");
    project = world.ask(Some(project), "chief", "2015-09-30", meet).expect("a meeting");
    assert_eq!(project.next_week(&world.calendar).held, Held::Ahead);
    assert_eq!(project.next_week(&world.calendar).last_workday, Some(day("2015-10-10")));
}

#[test]
fn one_leader_one_team() {
    let mut world = World::new();
    let whole = charter(&world);
    let mut refused = |change: &dyn Fn(&mut Charter)| {
        let mut charter = whole.clone();
        change(&mut charter);
        let register = Command::Register { goal: Id::new(9), charter };
        let answer = world.ask::<Project>(None, "clerk", "2015-09-14", register);
        answer.map(|_| "").unwrap_or_else(|refusal| refusal.key())
    };
    let (li, chief, mayor) = (Id::new(207), Id::new(206), Id::new(204));
    assert_eq!(refused(&|_| {}), "");
    assert_eq!(refused(&|charter| charter.team.clear()), "refused-team-missing");
    assert_eq!(refused(&|charter| charter.leader = li), "refused-not-a-leader");
    assert_eq!(refused(&|charter| charter.team.push(mayor)), "refused-twice-in-team");
    assert_eq!(refused(&|charter| charter.team.push(chief)), "refused-twice-in-team");
    assert_eq!(refused(&|charter| charter.aim.clear()), "refused-aim-missing");
    assert_eq!(refused(&|charter| charter.due_on = day("2015-01-01")), "refused-start-after-due");
}

#[test]
fn minutes_are_recorded_while_people_remember() {
    let mut world = World::new();
    let project = project(&mut world);
    let tell = |world: &mut World, who, on, held| {
        let meet = meeting(world, held);
        world.refused(&project, who, on, meet)
    };
    assert_eq!(tell(&mut world, "li", "2015-09-15", "2015-09-16"), "refused-meeting-ahead");
    assert_eq!(tell(&mut world, "li", "2015-09-15", "2015-09-11"), "refused-meeting-before");
    assert_eq!(tell(&mut world, "outsider", "2015-09-16", "2015-09-16"), "refused-not-of-the-team");
    assert_eq!(tell(&mut world, "li", "2015-09-23", "2015-09-16"), "");
    assert_eq!(tell(&mut world, "li", "2015-09-24", "2015-09-16"), "refused-recorded-late");
}

#[test]
fn nobody_of_the_team_ends_it() {
    let mut world = World::new();
    let mut project = project(&mut world);
    let end = || Command::End { result: "全部淘汰".into() };
    assert_eq!(world.refused(&project, "mayor", "2015-12-30", end()), "refused-no-power");
    assert_eq!(world.refused(&project, "li", "2015-12-30", end()), "refused-no-power");
    let mut inside = project.charter.clone();
    inside.team.push(world.post("second"));
    let amend = Command::Amend { base: 0, charter: inside };
    project = world.ask(Some(project), "clerk", "2015-09-15", amend).expect("a change");
    assert_eq!(world.refused(&project, "second", "2015-12-30", end()), "refused-own-work");
    project = world.ask(Some(project), "head", "2015-12-30", end()).expect("the end");
    let meet = meeting(&world, "2015-12-31");
    assert_eq!(world.refused(&project, "li", "2015-12-31", meet), "refused-project-ended");
}

#[test]
fn a_decision_becomes_one_item_and_none_is_left_behind() {
    let mut world = World::new();
    let mut project = project(&mut world);
    let Command::Meet { minutes, .. } = meeting(&world, "2015-09-18") else { return };
    let decided = Decision {
        text: "停运六台锅炉".into(),
        how: "先改管网".into(),
        lead: BUREAU,
        owner: world.post("li"),
        due_on: day("2015-10-16"),
    };
    let late = Decision { due_on: day("2015-09-01"), ..decided.clone() };
    let meet = Command::Meet { minutes: minutes.clone(), decisions: vec![late] };
    let told = world.refused(&project, "li", "2015-09-18", meet);
    assert_eq!(told, "refused-decision-due-past");
    let meet = Command::Meet { minutes, decisions: vec![decided] };
    project = world.ask(Some(project), "li", "2015-09-18", meet).expect("a meeting");
    assert_eq!(project.unadopted(), 1);
    let adopt = |place| Command::Adopt { meeting: 1, place, item: Id::new(77) };
    let on = "2015-09-21";
    assert_eq!(world.refused(&project, "li", on, adopt(1)), "refused-no-power");
    assert_eq!(world.refused(&project, "clerk", on, adopt(2)), "refused-unknown-decision");
    let end = Command::End { result: "完".into() };
    assert_eq!(world.refused(&project, "head", on, end), "refused-decisions-open");
    project = world.ask(Some(project), "clerk", on, adopt(1)).expect("an item");
    assert_eq!(project.decision(1, 1).and_then(|decided| decided.1), Some(Id::new(77)));
    assert_eq!(world.refused(&project, "clerk", on, adopt(1)), "refused-already-adopted");
}
