//! A body arranges days of its own.

use super::{Arranged, Command, Workdays};
use crate::world::{World, day};

fn span(first: &str, last: &str, works: bool) -> Arranged {
    Arranged { first: day(first), last: day(last), works, name: "市庆".into() }
}

fn arrange(days: Vec<Arranged>) -> Command {
    Command::Arrange { days, reason: "市政府通知".into() }
}

#[test]
fn own_days_lie_over_those_of_the_state_council() {
    let mut world = World::new();
    let days =
        vec![span("2015-12-10", "2015-12-11", false), span("2015-12-12", "2015-12-12", true)];
    let state = world.ask(None, "head", "2015-11-20", arrange(days.clone())).unwrap();
    let calendar: &calendar::Calendar = Workdays::calendar(&state);
    assert!(!calendar.is_workday(day("2015-12-10")) && calendar.is_workday(day("2015-12-12")));
    // The holidays of the State Council stay.
    assert!(!calendar.is_workday(day("2016-01-01")));
    assert_eq!(calendar.add_workdays(day("2015-12-09"), 1), day("2015-12-12"));
    // The next edition is the whole list: what it leaves out no longer holds.
    let state = world.ask(Some(state), "head", "2015-11-23", arrange(days[..1].to_vec())).unwrap();
    assert!(!state.calendar().is_workday(day("2015-12-12")));
    assert_eq!(state.editions.len(), 2);
}

#[test]
fn what_has_passed_is_not_arranged_otherwise() {
    let mut world = World::new();
    let off = |on: &str| arrange(vec![span(on, on, false)]);
    let state: Workdays = world.ask(None, "head", "2015-11-20", off("2015-11-23")).unwrap();
    let mut refused = |who: &str, on: &str, command| world.refused(&state, who, on, command);
    assert_eq!(refused("clerk", "2015-11-20", off("2015-11-24")), "refused-no-power");
    assert_eq!(refused("head", "2015-11-24", off("2015-11-20")), "refused-day-past");
    // Leaving out a day that has passed would change it too.
    assert_eq!(refused("head", "2015-11-24", off("2015-11-26")), "refused-day-past");
    assert_eq!(refused("head", "2015-11-23", off("2015-11-26")), "");
    assert_eq!(refused("head", "2015-11-20", off("2015-11-23")), "refused-days-unchanged");
    let nameless = Arranged { name: " ".into(), ..span("2015-12-01", "2015-12-01", false) };
    assert_eq!(refused("head", "2015-11-20", arrange(vec![nameless])), "refused-day-name-missing");
    let turned = span("2015-12-02", "2015-12-01", false);
    assert_eq!(refused("head", "2015-11-20", arrange(vec![turned])), "refused-day-span");
    let twice =
        vec![span("2015-12-01", "2015-12-03", false), span("2015-12-03", "2015-12-04", true)];
    assert_eq!(refused("head", "2015-11-20", arrange(twice)), "refused-days-overlap");
    let silent = Command::Arrange { days: Vec::new(), reason: " ".into() };
    assert_eq!(refused("head", "2015-11-20", silent), "refused-reason-missing");
}
