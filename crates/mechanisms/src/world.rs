//! A small world for the stories of unit tests: a body, a bureau with a section, a supervision
//! office, two leaders, and their officers. Acts are asked of the rules and applied.

use calendar::Calendar;

use crate::{
    Ask, Day, Id, Mechanism, Officer, Refuses, Stamp,
    light::Pack,
    reminder::Ladder,
    roster::{self, Person, Post, Role, Roster, Unit, UnitKind},
};

pub const ROOT: Id<Unit> = Id::new(2);
pub const OFFICE: Id<Unit> = Id::new(3);
pub const LEADERS: Id<Unit> = Id::new(4);
pub const BUREAU: Id<Unit> = Id::new(5);
pub const SECTION: Id<Unit> = Id::new(6);
pub const OTHER: Id<Unit> = Id::new(7);

/// The officers: name, title, unit, role, heads the unit.
const POSTS: [(&str, &str, Id<Unit>, Role, bool); 10] = [
    ("admin", "系统管理员", OFFICE, Role::SystemAdmin, false),
    ("head", "督查室主任", OFFICE, Role::SupervisionHead, true),
    ("clerk", "督办一科科长", OFFICE, Role::Supervisor, false),
    ("second", "督办二科科长", OFFICE, Role::Supervisor, false),
    ("mayor", "分管副市长", LEADERS, Role::Leader, false),
    ("secretary", "市委书记", LEADERS, Role::Leader, true),
    ("chief", "市环保局局长", BUREAU, Role::UnitHead, true),
    ("li", "大气科科长", SECTION, Role::Cadre, true),
    ("wang", "大气科干部", SECTION, Role::Cadre, false),
    ("outsider", "市住建局局长", OTHER, Role::UnitHead, true),
];

/// A day from text.
pub fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// The roster, the calendar and the lights that rules ask.
pub struct World {
    pub roster: Roster,
    pub calendar: Calendar,
    pub lights: Pack,
    pub ladder: Ladder,
    /// Minutes after nine o'clock at which the next command is asked.
    pub minute: i64,
    number: i64,
}

impl World {
    pub fn new() -> Self {
        let mut world = Self {
            roster: Roster::default(),
            calendar: Calendar::china(),
            lights: Pack::standard().expect("the standard pack"),
            ladder: Ladder::standard().expect("the standard ladder"),
            minute: 0,
            number: 0,
        };
        let from = day("2015-01-04");
        let open = |unit, name: &str, kind, parent| roster::Command::OpenUnit {
            unit,
            name: name.into(),
            code: String::new(),
            kind,
            parent,
            from,
        };
        let found =
            roster::Command::Found { unit: ROOT, name: "示范市".into(), code: "139900".into() };
        let mut commands = vec![
            found,
            open(OFFICE, "市委督查室", UnitKind::Department, ROOT),
            open(LEADERS, "市领导", UnitKind::Leadership, ROOT),
            open(BUREAU, "市环保局", UnitKind::Department, ROOT),
            open(SECTION, "大气科", UnitKind::Section, BUREAU),
            open(OTHER, "市住建局", UnitKind::Department, ROOT),
        ];
        for (name, title, unit, role, head) in POSTS {
            let Officer { person, post } = world.officer(name);
            let title = title.into();
            commands.push(roster::Command::OpenPost { post, title, unit, role, head });
            commands.push(roster::Command::RegisterPerson { person, name: name.into() });
            commands.push(roster::Command::Appoint { person, post, from });
        }
        let mut state: Option<Roster> = None;
        for command in commands {
            state = Some(world.ask(state, "admin", "2015-01-04", command).expect("the roster"));
            world.roster = state.clone().unwrap_or_default();
        }
        world
    }

    /// The officer of a name.
    pub fn officer(&self, name: &str) -> Officer {
        let place = POSTS.iter().position(|post| post.0 == name).expect("an officer");
        let place = i64::try_from(place).expect("a place");
        Officer { person: Id::<Person>::new(100 + place), post: Id::<Post>::new(200 + place) }
    }

    pub fn post(&self, name: &str) -> Id<Post> {
        self.officer(name).post
    }

    /// The person takes a further post, and is the officer acting in it.
    pub fn also(&mut self, name: &str, unit: Id<Unit>, role: Role, on: &str) -> Officer {
        let person = self.officer(name).person;
        let post = Id::<Post>::new(300 + self.number);
        let open = roster::Command::OpenPost {
            post,
            title: format!("{name}兼职"),
            unit,
            role,
            head: false,
        };
        let appoint = roster::Command::Appoint { person, post, from: day(on) };
        for command in [open, appoint] {
            let state = Some(self.roster.clone());
            self.roster = self.ask(state, "admin", on, command).expect("a further post");
        }
        Officer { person, post }
    }

    /// The state after a command, or the refusal.
    pub fn ask<M: Mechanism>(
        &mut self,
        state: Option<M>,
        who: &str,
        on: &str,
        command: M::Command,
    ) -> Result<M, M::Refusal> {
        self.ask_as(state, self.officer(who), on, command)
    }

    /// The same, in whatever post.
    pub fn ask_as<M: Mechanism>(
        &mut self,
        state: Option<M>,
        by: Officer,
        on: &str,
        command: M::Command,
    ) -> Result<M, M::Refusal> {
        let today = day(on);
        let at = format!("{today}T{:02}:{:02}:00.000000Z", 1 + self.minute / 60, self.minute % 60);
        let ask = Ask {
            by,
            today,
            at: at.parse().expect("an instant"),
            roster: &self.roster,
            calendar: &self.calendar,
            lights: &self.lights,
            ladder: &self.ladder,
        };
        let events = M::decide(state.as_ref(), command, &ask)?;
        let mut state = state;
        for event in events {
            let stamp = Stamp { number: self.number, day: today, at: at.clone(), by };
            self.number += 1;
            // What the journal keeps is what is applied.
            let kept = serde_json::to_string(&event).expect("an event");
            let event = serde_json::from_str(&kept).expect("the same event");
            state = Some(M::apply(state, &event, &stamp));
        }
        Ok(state.expect("a state"))
    }

    /// The key of the refusal that a command must meet.
    pub fn refused<M: Mechanism>(
        &mut self,
        state: &M,
        who: &str,
        on: &str,
        command: M::Command,
    ) -> &'static str {
        match self.ask(Some(state.clone()), who, on, command) {
            Ok(_) => "",
            Err(refusal) => refusal.key(),
        }
    }
}
