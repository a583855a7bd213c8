//! Stories of the ladder: which rung comes on which workday, and who is reached.

use expect_test::expect;

use super::{Ladder, Level, Next, Parties, Refusal, Reminder, Sent, Urged, Wish};
use crate::{
    Ask, Day, Refuses, Stamp, require,
    world::{SECTION, World, day},
};

/// A matter of the section whose reminders are sent and never answered.
struct Silent {
    world: World,
    given: Vec<Reminder>,
    urgent: bool,
    due_on: Option<Day>,
}

impl Silent {
    fn due(on: &str) -> Self {
        Self { world: World::new(), given: Vec::new(), urgent: false, due_on: Some(day(on)) }
    }

    fn parties(&self) -> Parties {
        Parties {
            unit: Some(SECTION),
            owner: Some(self.world.post("li")),
            sponsor: Some(self.world.post("mayor")),
            watcher: Some(self.world.post("second")),
        }
    }

    fn next(&self) -> Option<Next> {
        self.world.ladder.next(self.due_on, &self.given, &self.world.calendar)
    }

    fn send(&mut self, who: &str, on: &str, level: Level, reason: &str) -> Result<(), Refusal> {
        let parties = self.parties();
        let (by, today) = (self.world.officer(who), day(on));
        let world = &self.world;
        let ask = Ask {
            by,
            today,
            at: jiff::Timestamp::UNIX_EPOCH,
            roster: &world.roster,
            calendar: &world.calendar,
            lights: &world.lights,
            ladder: &world.ladder,
        };
        let (due_on, urgent) = (self.due_on, self.urgent);
        let urged = Urged { parties, due_on, urgent, given: &self.given };
        let wish =
            Wish { level, text: "请整改".into(), answer_due: None, reason: reason.to_owned() };
        let offered = world.ladder.offered(&urged, &ask).contains(&level);
        let sent = world.ladder.send(wish, &urged, &ask);
        require(offered || sent.is_err(), Refusal::NoSuchRung)?;
        let Sent { number, level, text, to, answer_due, reason } = sent?;
        let stamp = Stamp { number: 0, day: today, at: String::new(), by };
        self.given.push(Reminder {
            number,
            level,
            text,
            to,
            answer_due,
            reason,
            stamp,
            signed: None,
            answer: None,
            revoked: None,
        });
        Ok(())
    }

    /// Sends each next rung on its first day, and tells what went to whom.
    fn climb(&mut self) -> String {
        let mut told = String::new();
        while let Some(Next { level, on }) = self.next() {
            let who = if level >= Level::ProposeTalk { "head" } else { "second" };
            let before = on.yesterday().expect("a day").to_string();
            // A day too soon: the last slip is open still, or the rung's day has not come.
            let early = match self.given.is_empty() {
                true => String::new(),
                false => match self.send(who, &before, level, "") {
                    Ok(()) => " too soon".to_owned(),
                    Err(no) => format!(" {}", no.key()),
                },
            };
            self.send(who, &on.to_string(), level, "").expect("the rung on its day");
            let last = self.given.last().expect("a reminder");
            let to: Vec<&str> =
                last.to.iter().map(|post| self.world.roster.post_title(*post)).collect();
            told += &format!(
                "{on} {} 回复期限 {} 致 {}{early}\n",
                level.word(),
                last.answer_due,
                to.join("、")
            );
        }
        told
    }
}

#[test]
fn silence_climbs_on_the_workdays_of_2015_and_make_up_days_count() {
    // The holiday of 3 to 5 September; Sunday the 6th is worked.
    let mut matter = Silent::due("2015-09-01");
    expect![[r#"
        2015-09-02 nudge 回复期限 2015-09-07 致 大气科科长
        2015-09-08 urge 回复期限 2015-09-11 致 大气科科长、市环保局局长 refused-reminder-open
        2015-09-14 urge-hard 回复期限 2015-09-17 致 市环保局局长、大气科科长、分管副市长 refused-rung-early
        2015-09-18 order 回复期限 2015-09-25 致 市环保局局长、分管副市长 refused-reminder-open
        2015-09-28 propose-talk 回复期限 2015-10-10 致 分管副市长、市环保局局长 refused-rung-early
    "#]]
    .assert_eq(&matter.climb());
    // From 30 September on: the week of 1 to 7 October rests, Saturday the 10th is worked.
    let mut matter = Silent::due("2015-09-30");
    expect![[r#"
        2015-10-08 nudge 回复期限 2015-10-10 致 大气科科长
        2015-10-12 urge 回复期限 2015-10-15 致 大气科科长、市环保局局长 refused-rung-early
        2015-10-16 urge-hard 回复期限 2015-10-21 致 市环保局局长、大气科科长、分管副市长 refused-reminder-open
        2015-10-22 order 回复期限 2015-10-29 致 市环保局局长、分管副市长 refused-reminder-open
        2015-10-30 propose-talk 回复期限 2015-11-06 致 分管副市长、市环保局局长 refused-reminder-open
    "#]]
    .assert_eq(&matter.climb());
}

#[test]
fn no_rung_is_left_out_unless_it_is_urgent_and_somebody_says_why() {
    let mut matter = Silent::due("2015-11-10");
    let skipped = Err(Refusal::Skipped { next: Level::Nudge });
    assert_eq!(matter.send("second", "2015-11-11", Level::Order, "急"), skipped);
    matter.urgent = true;
    let unsaid = Err(Refusal::UrgentReasonMissing);
    assert_eq!(matter.send("second", "2015-11-11", Level::UrgeHard, " "), unsaid);
    assert_eq!(matter.send("second", "2015-11-11", Level::UrgeHard, "供暖在即"), Ok(()));
    let open = Err(Refusal::Open { until: day("2015-11-16") });
    assert_eq!(matter.send("second", "2015-11-12", Level::UrgeHard, "急"), open);
    assert_eq!(matter.send("second", "2015-11-12", Level::Order, "急"), open);
    let falls = Err(Refusal::Falls { reached: Level::UrgeHard });
    assert_eq!(matter.send("second", "2015-11-17", Level::Nudge, "急"), falls);
    let skipped = Err(Refusal::Skipped { next: Level::Order });
    assert_eq!(matter.send("head", "2015-11-17", Level::ProposeTalk, "急"), skipped);
    assert_eq!(matter.send("second", "2015-11-17", Level::Order, ""), Ok(()));
}

#[test]
fn who_may_urge_is_a_rule() {
    let mut told = Vec::new();
    for level in Level::ALL {
        for who in ["mayor", "second", "clerk", "head", "chief", "li", "outsider", "admin"] {
            let mut matter = Silent::due("2015-11-10");
            matter.urgent = true;
            if matter.send(who, "2015-11-11", *level, "急") != Err(Refusal::NoPower) {
                told.push(format!("{} {who}", level.word()));
            }
        }
    }
    expect![[r#"
        nudge mayor
        nudge second
        nudge clerk
        nudge head
        urge mayor
        urge second
        urge clerk
        urge head
        urge-hard mayor
        urge-hard second
        urge-hard clerk
        urge-hard head
        order second
        order clerk
        order head
        propose-talk head"#]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn an_answer_is_no_silence_and_a_vacant_post_is_passed_over() {
    let mut matter = Silent::due("2015-11-10");
    matter.send("second", "2015-10-20", Level::Nudge, "").expect("before the deadline too");
    assert_eq!(matter.given[0].answer_due, day("2015-10-22"));
    assert_eq!(matter.next(), Some(Next { level: Level::Urge, on: day("2015-10-23") }));
    let stamp = matter.given[0].stamp.clone();
    matter.given[0].answer = Some(("十一月初改完".into(), stamp));
    assert_eq!(matter.next(), Some(Next { level: Level::Urge, on: day("2015-11-11") }));
    // The same rung again, once its reply was due.
    assert_eq!(matter.send("second", "2015-10-23", Level::Nudge, ""), Ok(()));
    matter.due_on = None;
    let parties = Parties { owner: None, ..matter.parties() };
    let world = &matter.world;
    let ask = Ask {
        by: world.officer("second"),
        today: day("2015-10-23"),
        at: jiff::Timestamp::UNIX_EPOCH,
        roster: &world.roster,
        calendar: &world.calendar,
        lights: &world.lights,
        ladder: &world.ladder,
    };
    assert_eq!(world.ladder.recipients(Level::Nudge, &parties, &ask), []);
    let to = world.ladder.recipients(Level::Urge, &parties, &ask);
    assert_eq!(to, [world.post("chief")]);
}

#[test]
fn a_pack_says_where_it_is_wrong() {
    let wrong = include_str!("../../../../packs/reminders.toml").replace("\"nudge\"", "\"poke\"");
    let error = Ladder::parse(&wrong).expect_err("an unknown rung").to_string();
    assert!(error.contains("no rung is named \"poke\""), "{error}");
    assert!(error.contains("line 10"), "{error}");
}
