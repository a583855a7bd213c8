//! The closure audit of the small world: what was closed of the first round is drawn from in
//! October, and looked at again by people drawn outside the chains; one closure is found false.
//! Secret and public number are invented, as everything here is.

use std::sync::Arc;

use jiff::civil::{Time, date, time};
use mechanisms::{
    Day, Id,
    audit::{Audit, Command, Terms},
    problem::Problem,
};

use super::{World, problems::Known, told};
use crate::{
    audit,
    failure::Failure,
    store::{Hand, Store},
};

const CLERK: &str = "督办一科科长";
const INSPECTORS: [&str; 7] = [
    "督导组组员",
    "第一督导组组长",
    "第一督导组组员",
    "第二督导组组长",
    "第二督导组组员",
    "第三督导组组长",
    "第三督导组组员",
];
const OPENED: Day = date(2015, 10, 12);
const ANNOUNCED: Day = date(2015, 10, 14);
const REVEALED: Day = date(2015, 10, 15);
/// The days on which results are recorded, and how many on each.
const LOOKED: [Day; 6] = [
    date(2015, 10, 20),
    date(2015, 10, 22),
    date(2015, 10, 27),
    date(2015, 10, 29),
    date(2015, 11, 3),
    date(2015, 11, 10),
];
const EACH: usize = 4;
const SECRET: &str = "督查室保险柜第三层里用蜡封好的信封，只有主任和档案员知道，第 2 号";
/// The closure found false, and the new deadline of its problem.
const FALSE: (&str, Day) = ("1-189", date(2015, 11, 6));
const FOUND: [&str; 5] = [
    "到现场看了，和销号时一样，没有反弹",
    "查了台账又问了两个人，保持住了",
    "没有打招呼去的，制度还在执行",
    "抽了近两个月的记录，没有再出现",
    "当面问了办事的群众，说确实改了",
];

/// The audit, once it is open.
#[derive(Debug, Default)]
pub(super) struct Round(Option<Id<Audit>>);

/// The days on which anything happens in it.
pub(super) fn days() -> impl Iterator<Item = Day> {
    [OPENED, ANNOUNCED, REVEALED].into_iter().chain(LOOKED)
}

impl Round {
    /// What happens in the audit on a day.
    pub(super) async fn hold(
        &mut self,
        day: Day,
        (store, world): (&Arc<Store>, &World),
        known: &Known,
    ) -> Result<(), Failure> {
        let clock = |time: Time| day.to_datetime(time).strftime("%Y-%m-%dT%H:%M").to_string();
        let morning = clock(time(10, 30, 0, 0));
        match day {
            OPENED => {
                let mut inspectors = Vec::new();
                for title in INSPECTORS {
                    inspectors.push(world.officer(title)?.person);
                }
                let terms = Terms {
                    title: "第一轮销号抽查".to_owned(),
                    up_to: date(2015, 10, 9),
                    take: 30,
                    tolerable: 12,
                    inspectors,
                    source: "体育彩票排列五 2015 年 10 月 14 日".to_owned(),
                    sealed: draw::fingerprint(SECRET),
                    at: morning,
                };
                let candidates: Vec<Id<Problem>> = known.problems.values().copied().collect();
                let hand = world.hand_at(CLERK, day, time(10, 30, 0, 0))?;
                let turn = store.turn(hand, move |pen| {
                    Box::pin(async move { audit::open(pen, terms, candidates).await })
                });
                self.0 = Some(turn.await.map_err(told)?);
                Ok(())
            }
            ANNOUNCED => {
                let (number, at) = ("39517".to_owned(), clock(time(20, 45, 0, 0)));
                let hand = world.hand_at(CLERK, day, time(21, 0, 0, 0))?;
                self.ask(store, hand, Command::Announce { number, at }, None).await
            }
            REVEALED => {
                let hand = world.hand_at(CLERK, day, time(10, 30, 0, 0))?;
                let reveal = Command::Reveal { secret: SECRET.to_owned(), at: morning };
                self.ask(store, hand, reveal, None).await
            }
            _ => self.look(day, store, world).await,
        }
    }

    async fn ask(
        &self,
        store: &Arc<Store>,
        hand: Hand,
        command: Command,
        due_on: Option<Day>,
    ) -> Result<(), Failure> {
        let id = self.0.ok_or_else(|| Failure::new("demo: the audit is not open"))?;
        let turn = store.turn(hand, move |pen| {
            Box::pin(async move { audit::record(pen, id, command, due_on).await })
        });
        turn.await.map_err(told)
    }

    /// The first of each team records what it saw, in the order of the draw.
    async fn look(&self, day: Day, store: &Arc<Store>, world: &World) -> Result<(), Failure> {
        let id = self.0.ok_or_else(|| Failure::new("demo: the audit is not open"))?;
        let state = store.state::<Audit>(world.body, id).await?;
        let state = state.ok_or_else(|| Failure::new("demo: the audit is not kept"))?;
        let done = state.sample.iter().filter(|(_, outcome)| outcome.is_some()).count();
        for (place, picked) in (done..).zip(state.unrecorded().take(EACH)) {
            let person = picked.team.first().copied();
            let mut officers = world.posts.values();
            let officer = officers.find(|officer| Some(officer.person) == person);
            let title = officer.map(|officer| world.titled(officer.post)).transpose()?;
            let title = title.ok_or_else(|| Failure::new("demo: an inspector without a post"))?;
            let number = state.framed(picked.problem).map(|one| one.number.as_str());
            let is_false = number == Some(FALSE.0);
            let finding = match is_false {
                true => "原来指定的那家公司又在办，换的只是告示",
                false => FOUND[place % FOUND.len()],
            };
            let (problem, held, finding) = (picked.problem, !is_false, finding.to_owned());
            let record = Command::Record { problem, held, finding };
            let hand = world.hand_at(&title, day, time(16, 0, 0, 0))?;
            self.ask(store, hand, record, is_false.then_some(FALSE.1)).await?;
        }
        Ok(())
    }
}
