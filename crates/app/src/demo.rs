//! 示范市, the small world that the demonstration and the tests share: invented, its clock
//! standing at 20 November 2015. A year of reports is carried out day by day through the same
//! commands as any officer's; every light on its pages is computed from them.

mod acts;
mod audits;
mod people;
mod problems;
mod projects;

use std::{collections::BTreeMap, sync::Arc};

use futures_util::future::join_all;
use jiff::civil::{DateTime, Time};
use mechanisms::{
    Day, Id, Officer,
    plan::{
        self, Plan,
        goal::{self, Goal},
        item::{self, Content, Due, Item, Milestone, Target},
    },
    roster::{Post, Unit},
};
use serde::Deserialize;

use self::{
    problems::{Deed, Known},
    projects::{Meetings, Step},
};
use crate::{
    DemoDoor,
    access::account,
    failure::{Failure, Meaning},
    store::{Hand, Stop, Store},
};

/// Where the clock of the demonstration stands.
pub const NOW: DateTime = jiff::civil::datetime(2015, 11, 20, 9, 0, 0, 0);
/// Every account of the demonstration has this password.
pub const PASSWORD: &str = "shigan-demo";
/// Turns asked at once: few enough for the runtime to poll them in one go, in order.
const TOGETHER: usize = 40;
/// The day on which counties take their shares.
const CASCADE: Day = jiff::civil::date(2015, 3, 2);
/// The first day on which anything happens.
const FIRST: Day = jiff::civil::date(2015, 1, 4);

#[derive(Debug, Deserialize)]
struct UnitLine {
    name: String,
    code: String,
    kind: String,
    parent: String,
}

#[derive(Debug, Deserialize)]
struct PostLine {
    title: String,
    unit: String,
    role: String,
    head: String,
    login: String,
}

#[derive(Clone, Debug, Deserialize)]
struct ItemLine {
    number: String,
    area: String,
    goal: String,
    goal_title: String,
    title: String,
    what: String,
    how: String,
    sponsor: String,
    lead: String,
    owner: String,
    start: Day,
    due: Day,
    target: i64,
    unit: String,
    best_pace: Option<i64>,
    every: i64,
    milestones: String,
}

/// One act of the year: when, in which item, what, and what is said.
#[derive(Debug, Deserialize)]
struct ActLine {
    day: Day,
    time: Time,
    number: String,
    act: String,
    amount: String,
    text: String,
    stuck: String,
    needs: String,
    reached: String,
}

/// Ids by the numbers people say.
type Numbers<T> = BTreeMap<String, Id<T>>;

/// Names and numbers of the small world.
struct World {
    body: i64,
    units: BTreeMap<String, Id<Unit>>,
    posts: BTreeMap<String, Officer>,
}

impl World {
    fn officer(&self, title: &str) -> Result<Officer, Failure> {
        let found = self.posts.get(title).copied();
        found.ok_or_else(|| Failure::new(format!("demo: no post is called {title:?}")))
    }

    fn unit(&self, name: &str) -> Result<Id<Unit>, Failure> {
        let found = self.units.get(name).copied();
        found.ok_or_else(|| Failure::new(format!("demo: no unit is called {name:?}")))
    }

    fn titled(&self, post: Id<Post>) -> Result<String, Failure> {
        let found = self.posts.iter().find(|one| one.1.post == post);
        found.map(|one| one.0.clone()).ok_or_else(|| Failure::new(format!("demo: post {post}")))
    }

    /// The hand of an officer at nine in the morning.
    fn hand(&self, title: &str, day: Day) -> Result<Hand, Failure> {
        self.hand_at(title, day, jiff::civil::time(9, 0, 0, 0))
    }

    /// The hand of an officer at a time of the day, as the clock of the city shows it.
    fn hand_at(&self, title: &str, day: Day, time: Time) -> Result<Hand, Failure> {
        let by = self.officer(title)?;
        let at = jiff::tz::offset(8).to_timestamp(day.to_datetime(time));
        let at = at.meaning("demo: a time")?;
        Ok(Hand { jurisdiction: self.body, by, day, at: format!("{at:.6}") })
    }
}

/// Fills an empty database with the demonstration, and returns the doors to knock at.
pub async fn fill(store: &Arc<Store>) -> Result<Vec<DemoDoor>, Failure> {
    let posts: Vec<PostLine> = read(include_str!("../../../demo/posts.csv"))?;
    let world = people::people_world(store, &posts).await?;
    let items: Vec<ItemLine> = read(include_str!("../../../demo/items.csv"))?;
    let (numbers, goals) = draft(store, &world, &items).await?;
    let meetings = Meetings::open(store, &world, &goals).await?;
    let acts: Vec<ActLine> = read(include_str!("../../../demo/acts.csv"))?;
    carry_out(store, &world, (&items, &numbers, &acts), meetings).await?;
    doors(store, &world, &posts).await
}

fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<Vec<T>, Failure> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().meaning("reading the demonstration's data")
}

async fn draft(
    store: &Arc<Store>,
    world: &World,
    items: &[ItemLine],
) -> Result<(Numbers<Item>, Numbers<Goal>), Failure> {
    let mut contents = Vec::new();
    for line in items {
        contents.push((line.clone(), content(line, world)?));
    }
    let unit = world.units.get("示范市").copied().unwrap_or(Id::new(2));
    let sponsors: BTreeMap<String, Id<Post>> =
        world.posts.iter().map(|(title, officer)| (title.clone(), officer.post)).collect();
    let turn = store.turn(world.hand("督办一科科长", FIRST)?, move |pen| {
        Box::pin(async move {
            let plan = pen.fresh::<Plan>();
            let title = "2015年市委“四个干”运行图".to_owned();
            let open = plan::Command::Open { year: 2015, title, unit, parent: None };
            pen.ask::<Plan>(plan, open).await?;
            let mut goals: BTreeMap<String, Id<Goal>> = BTreeMap::new();
            let mut numbers = BTreeMap::new();
            for (line, content) in contents {
                let goal = match goals.get(&line.goal) {
                    Some(goal) => *goal,
                    None => {
                        let goal = pen.fresh::<Goal>();
                        let number = line.goal.clone();
                        let take = plan::Command::Number { number: number.clone(), goal };
                        pen.ask::<Plan>(plan, take).await?;
                        let sponsor = sponsors.get(&line.sponsor).copied();
                        let (area, title) = (line.area.clone(), line.goal_title.clone());
                        let draft =
                            goal::Command::Draft { plan, unit, number, area, title, sponsor };
                        pen.ask::<Goal>(goal, draft).await?;
                        goals.insert(line.goal.clone(), goal);
                        goal
                    }
                };
                let item = pen.fresh::<Item>();
                let number = line.number.clone();
                let take = goal::Command::Number { number: number.clone(), item };
                pen.ask::<Goal>(goal, take).await?;
                let draft = item::Command::Draft { plan, goal, number, parent: None, content };
                pen.ask::<Item>(item, draft).await?;
                pen.ask::<Item>(item, item::Command::Submit).await?;
                numbers.insert(line.number, item);
            }
            Ok((numbers, goals))
        })
    });
    let (numbers, goals) = turn.await.map_err(told)?;
    let all: Vec<Id<Item>> = numbers.values().copied().collect();
    let turn = store.turn(world.hand("督查室主任", FIRST)?, move |pen| {
        Box::pin(async move {
            for item in all {
                pen.ask::<Item>(item, item::Command::Approve).await?;
            }
            Ok(())
        })
    });
    turn.await.map_err(told)?;
    Ok((numbers, goals))
}

fn content(line: &ItemLine, world: &World) -> Result<Content, Failure> {
    let wrong = |text: &str| Failure::new(format!("demo: {} {text}", line.number));
    let mut milestones = Vec::new();
    for (text, number) in line.milestones.split(';').zip(1_i64..) {
        let mut parts = text.split('|');
        let day = parts.next().and_then(|day| day.parse().ok());
        milestones.push(Milestone {
            number,
            planned_on: day.ok_or_else(|| wrong("a milestone without its day"))?,
            title: parts.next().unwrap_or_default().to_owned(),
            amount: parts.next().and_then(|amount| amount.parse().ok()),
            reached_on: None,
            workdays: None,
            after: Vec::new(),
        });
    }
    let lead = world.units.get(&line.lead).copied();
    Ok(Content {
        title: line.title.clone(),
        what: line.what.clone(),
        target: Some(Target { amount: line.target, unit: line.unit.clone() }),
        how: line.how.split('；').map(str::to_owned).collect(),
        lead: Some(lead.ok_or_else(|| wrong("an unknown lead unit"))?),
        co_units: Vec::new(),
        sponsor: Some(world.officer(&line.sponsor)?.post),
        owner: Some(world.officer(&line.owner)?.post),
        watcher: Some(world.officer("督办二科科长")?.post),
        start_on: Some(line.start),
        due: Some(Due::On(line.due)),
        milestones,
        best_pace: line.best_pace,
        report_every: line.every,
        three_every: 0,
        after: Vec::new(),
    })
}

/// The year, day by day: meetings first, which set things going, then what every officer does,
/// in the order of their hours.
async fn carry_out(
    store: &Arc<Store>,
    world: &World,
    (items, numbers, acts): (&[ItemLine], &Numbers<Item>, &[ActLine]),
    mut meetings: Meetings,
) -> Result<(), Failure> {
    let lines: BTreeMap<&str, &ItemLine> =
        items.iter().map(|line| (line.number.as_str(), line)).collect();
    let mut days: BTreeMap<Day, Vec<Step>> = meetings.days().map(|day| (day, Vec::new())).collect();
    for act in acts {
        let line = lines.get(act.number.as_str()).copied();
        let item = numbers.get(&act.number).copied();
        let (line, item) =
            line.zip(item).ok_or_else(|| Failure::new(format!("demo: item {}", act.number)))?;
        for (who, command) in acts::commands(act, line, world)? {
            let step = (world.hand_at(&who, act.day, act.time)?, item, command);
            days.entry(act.day).or_default().push(step);
        }
    }
    let (mut deeds, mut known) = (problems::deeds(world)?, Known::default());
    for day in deeds.keys().copied().chain(audits::days()).collect::<Vec<_>>() {
        days.entry(day).or_default();
    }
    let mut audit = audits::Round::default();
    let mut cascaded = false;
    while let Some((day, mut steps)) = days.pop_first() {
        steps.extend(meetings.hold(day, store, world).await?);
        if !cascaded && day >= CASCADE {
            // What counties do hangs on the body's items, which are issued in January.
            steps.extend(projects::cascade(store, world, numbers).await?);
            cascaded = true;
        }
        let (today, later): (Vec<Step>, Vec<Step>) =
            steps.into_iter().partition(|step| step.0.day <= day);
        for step in later {
            days.entry(step.0.day).or_default().push(step);
        }
        let items = today.into_iter().map(|(hand, item, asked)| (hand, Turn::Item(item, asked)));
        let deeds = deeds.remove(&day).unwrap_or_default();
        let deeds = deeds.into_iter().map(|(hand, deed)| (hand, Turn::Ledger(deed)));
        let mut today: Vec<(Hand, Turn)> = items.chain(deeds).collect();
        today.sort_by(|one, other| one.0.at.cmp(&other.0.at));
        take(store, today, &mut known).await?;
        if audits::days().any(|one| one == day) {
            audit.hold(day, (store, world), &known).await?;
        }
    }
    Ok(())
}

/// What one officer asks at once.
#[derive(Debug)]
enum Turn {
    Item(Id<Item>, item::Command),
    Ledger(Deed),
}

impl Turn {
    fn is_list(&self) -> bool {
        matches!(self, Self::Ledger(deed) if deed.is_list())
    }
}

/// Turns are asked in order, a few at a time, and answered together.
async fn take(
    store: &Arc<Store>,
    mut turns: Vec<(Hand, Turn)>,
    known: &mut Known,
) -> Result<(), Failure> {
    while !turns.is_empty() {
        // A list names problems that were written down before it.
        let lists = turns.iter().skip(1).position(|(_, turn)| turn.is_list());
        let size = lists.map_or(turns.len(), |place| place + 1).min(TOGETHER);
        let rest = turns.split_off(size);
        let before = Arc::new(known.clone());
        let asked = std::mem::replace(&mut turns, rest).into_iter().map(|(hand, turn)| {
            let shown = format!("{} {turn:?}", hand.day);
            let known = before.clone();
            async move {
                let answer = match turn {
                    Turn::Item(item, command) => {
                        let asked = store.turn(hand, move |pen| {
                            Box::pin(async move { crate::plan::step(pen, item, command).await })
                        });
                        asked.await.map(|()| Known::default())
                    }
                    Turn::Ledger(deed) => {
                        let asked = store.turn(hand, move |pen| {
                            Box::pin(async move { problems::carry(pen, deed, &known).await })
                        });
                        asked.await
                    }
                };
                answer.map_err(|stop| Failure::new(format!("demo: {shown}: {stop:?}")))
            }
        });
        let mut new = Vec::new();
        for answer in join_all(asked).await {
            new.push(answer?);
        }
        for one in new {
            known.ledgers.extend(one.ledgers);
            known.problems.extend(one.problems);
        }
    }
    Ok(())
}

async fn doors(
    store: &Arc<Store>,
    world: &World,
    posts: &[PostLine],
) -> Result<Vec<DemoDoor>, Failure> {
    let hash = account::hash(PASSWORD.into()).await?;
    let mut doors = Vec::new();
    for line in posts.iter().filter(|line| !line.login.is_empty()) {
        let person = world.officer(&line.title)?.person;
        account::set_hash(store, world.body, person, &line.login, &hash).await?;
        doors.push(DemoDoor {
            role: line.title.clone(),
            login: line.login.clone(),
            password: PASSWORD.into(),
        });
    }
    Ok(doors)
}

fn told(stop: Stop) -> Failure {
    Failure::new(format!("demo: {stop:?}"))
}
