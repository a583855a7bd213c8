//! The world of the bench: a jurisdiction of many matters in every stage, written by turns.
//!
//! ```text
//! plans: the body's own of four years (half of all items), one of each unit under the newest
//! block: 200 items of one lead unit under 8 goals, carried through a year in some fifteen turns
//! item:  a tenth drafts, a third under way with reports, the rest done, held, waiting, waived
//! ```
//!
//! Everything about an item follows from its number, so two fills give the same world.

use std::sync::{Arc, Mutex, PoisonError};

use crate::titles::{at, mixed, title};
use app::store::{Hand, Stop, Store};
use futures_util::future::{BoxFuture, join_all};
use jiff::{Span, civil::date};
use mechanisms::{
    Day, Id, Officer,
    plan::{
        self, Plan,
        goal::{self, Goal},
        item::{Account, Command, Content, Due, Evidence, Item, Milestone, Target},
    },
    roster::{Person, Post, Role, Unit},
};

/// Items of a block, and of a goal in it.
const BLOCK: i64 = 200;
const GOAL: i64 = 25;
/// Blocks on their way at once: enough for a group to be full, few enough to stay in memory.
const TOGETHER: i64 = 4;

const CLERK: i64 = 1_002;
const HEAD: i64 = 1_001;
const CHECKER: i64 = 1_004;

/// A unit that leads items, with the post that answers for them.
#[derive(Clone, Copy, Debug)]
struct Lead {
    unit: Id<Unit>,
    owner: Officer,
}

/// Who there is to take part.
struct Cast {
    leads: Vec<Lead>,
    sponsors: Vec<Id<Post>>,
    plans: Vec<(Id<Plan>, Id<Unit>)>,
}

/// Which way an item goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Draft,
    Approved,
    Issued,
    Signed,
    Running,
    Applied,
    Held,
    Waived,
    Done,
    Archived,
}

impl Way {
    /// Of a hundred items of a year: most of an older plan is done.
    fn of(number: i64, old: bool) -> Self {
        let share = mixed(number) % 100;
        // The shares below which each way lies.
        let ends = if old {
            [1, 2, 3, 4, 10, 11, 13, 16, 30]
        } else {
            [12, 16, 20, 24, 74, 77, 79, 81, 92]
        };
        let ways = [
            Self::Draft,
            Self::Approved,
            Self::Issued,
            Self::Signed,
            Self::Running,
            Self::Applied,
            Self::Held,
            Self::Waived,
            Self::Done,
        ];
        let mut ends = ends.iter().zip(ways);
        ends.find(|end| share < *end.0).map_or(Self::Archived, |end| end.1)
    }
}

pub fn hand(post: i64, day: Day) -> Hand {
    let by = Officer { person: Id::<Person>::new(post + 1_000), post: Id::<Post>::new(post) };
    Hand { jurisdiction: 1, by, day, at: format!("{day}T01:00:00.000000Z") }
}

pub fn clerk() -> Hand {
    hand(CLERK, date(2015, 11, 20))
}

/// Writes `matters` items and their plans and goals.
pub async fn fill(store: &Arc<Store>, matters: i64) {
    let cast = Arc::new(cast(store).await);
    let blocks = (matters / BLOCK).max(1);
    for first in (0..blocks).step_by(usize::try_from(TOGETHER).expect("a small number")) {
        let together =
            (first..blocks.min(first + TOGETHER)).map(|block| fill_block(store, &cast, block));
        join_all(together).await;
    }
}

/// Reads the roster and opens the plans.
async fn cast(store: &Arc<Store>) -> Cast {
    let roster = store.roster(1).await.expect("the roster");
    let today = date(2015, 11, 20);
    let mut leads: Vec<Lead> = roster
        .units()
        .filter(|(_, unit)| unit.kind.is_counted())
        .filter_map(|(unit, _)| {
            let post = roster.head_of(unit)?;
            Some(Lead { unit, owner: Officer { person: roster.holder(post, today)?, post } })
        })
        .filter(|lead| !(HEAD..=CHECKER).contains(&lead.owner.post.0))
        .collect();
    let bureau = leads.iter().position(|lead| roster.unit_name(lead.unit) == "市环保局");
    leads.swap(0, bureau.expect("the environment bureau"));
    let leaders = roster.posts().filter(|(_, post)| post.role == Role::Leader);
    let sponsors = leaders.map(|(id, _)| id).collect();
    let units: Vec<Id<Unit>> = leads.iter().map(|lead| lead.unit).collect();
    let plans = open_plans(store, units).await;
    Cast { leads, sponsors, plans }
}

/// The body's plans, the newest first, then one of each unit under the newest.
async fn open_plans(store: &Arc<Store>, units: Vec<Id<Unit>>) -> Vec<(Id<Plan>, Id<Unit>)> {
    let turn = store.turn(hand(CLERK, date(2015, 1, 4)), move |pen| {
        Box::pin(async move {
            let root = Id::<Unit>::new(2);
            let mut plans = Vec::new();
            for year in [2015, 2014, 2013, 2012] {
                let plan = pen.fresh::<Plan>();
                let title = format!("{year}年大计划");
                let open = plan::Command::Open { year, title, unit: root, parent: None };
                pen.ask::<Plan>(plan, open).await?;
                plans.push((plan, root));
            }
            let top = plans[0].0;
            for unit in units {
                let plan = pen.fresh::<Plan>();
                let title = "本单位2015年计划".to_owned();
                let open = plan::Command::Open { year: 2015, title, unit, parent: Some(top) };
                pen.ask::<Plan>(plan, open).await?;
                pen.ask::<Plan>(top, plan::Command::Branch { unit, plan }).await?;
                plans.push((plan, unit));
            }
            Ok(plans)
        })
    });
    turn.await.expect("the plans")
}

/// The items of a block as the turns after the first know them.
type Made = Arc<Mutex<Vec<(i64, Id<Item>)>>>;

/// What everybody asks of an item, in order: who, how many days after the block began.
type Act = (i64, i64, fn(&Told) -> Option<Command>);

/// What an act may look at.
struct Told {
    number: i64,
    way: Way,
    due: Day,
    today: Day,
}

/// Carries a block through its year: every turn asks one thing of each item that is so far. The
/// turns stand in the queue one behind the other, so a group takes many of them.
async fn fill_block(store: &Arc<Store>, cast: &Arc<Cast>, block: i64) {
    let (plan, unit) = plan_of(cast, block);
    let old = (1..4).any(|place| cast.plans[place].0 == plan);
    let begun = date(2015, 1, 5).saturating_add(Span::new().days(mixed(block) % 215));
    let made: Made = Arc::default();
    let owner = at(&cast.leads, block).owner.post.0;
    let draft = store.turn(hand(CLERK, begun), {
        let (cast, made) = (cast.clone(), made.clone());
        move |pen| Box::pin(async move { draft(pen, &cast, block, (plan, unit), &made).await })
    });
    let mut turns: Vec<BoxFuture<'_, Result<(), Stop>>> = vec![Box::pin(draft)];
    for (who, after, act) in acts() {
        let day = begun.saturating_add(Span::new().days(after));
        let hand = hand(if who == 0 { owner } else { who }, day);
        let made = made.clone();
        turns.push(Box::pin(store.turn(hand, move |pen| {
            Box::pin(async move {
                let items = made.lock().unwrap_or_else(PoisonError::into_inner).clone();
                for (number, item) in items {
                    let (way, due) = (Way::of(number, old), due(number, begun));
                    let told = Told { number, way, due, today: day };
                    if let Some(command) = act(&told) {
                        pen.ask::<Item>(item, command).await?;
                    }
                }
                Ok(())
            })
        })));
    }
    for answer in join_all(turns).await {
        answer.expect("a turn of a block");
    }
}

/// Half of all blocks stand in the body's plans, most of those in this year's; the others in the
/// plan of their lead unit.
fn plan_of(cast: &Cast, block: i64) -> (Id<Plan>, Id<Unit>) {
    let units = i64::try_from(cast.leads.len()).expect("some units");
    let round = block / units;
    if round % 2 == 1 {
        return *at(&cast.plans[4..], block % units);
    }
    cast.plans[[0, 0, 1, 0, 2, 0, 3][usize::try_from(round / 2 % 7).expect("a place")]]
}

async fn draft(
    pen: &mut app::store::Pen<'_, '_>,
    cast: &Cast,
    block: i64,
    (plan, unit): (Id<Plan>, Id<Unit>),
    made: &Made,
) -> Result<(), Stop> {
    const AREAS: &str =
        "项目建设 生态环境 民生事业 港口物流 科技创新 农业农村 城市建设 社会治理 商贸旅游 国资国企";
    for part in 0..BLOCK / GOAL {
        let goal = pen.fresh::<Goal>();
        let number = format!("{}", block * (BLOCK / GOAL) + part + 100);
        let take = plan::Command::Number { number: number.clone(), goal };
        pen.ask::<Plan>(plan, take).await?;
        let areas: Vec<&str> = AREAS.split_whitespace().collect();
        let area = (*at(&areas, mixed(block * 8 + part))).to_owned();
        let title = title(block * 1_000_003 + part);
        let sponsor = Some(*at(&cast.sponsors, block));
        let draft =
            goal::Command::Draft { plan, unit, number: number.clone(), area, title, sponsor };
        pen.ask::<Goal>(goal, draft).await?;
        for place in 1..=GOAL {
            let item = pen.fresh::<Item>();
            let which = block * BLOCK + part * GOAL + place;
            let number = format!("{number}-{place}");
            let take = goal::Command::Number { number: number.clone(), item };
            pen.ask::<Goal>(goal, take).await?;
            let content = content(cast, which, block, pen.hand().day);
            let draft = Command::Draft { plan, goal, number, parent: None, content };
            pen.ask::<Item>(item, draft).await?;
            made.lock().unwrap_or_else(PoisonError::into_inner).push((which, item));
        }
    }
    Ok(())
}

fn due(number: i64, begun: Day) -> Day {
    begun.saturating_add(Span::new().days(90 + mixed(number * 3 + 1) % 500))
}

fn content(cast: &Cast, number: i64, block: i64, begun: Day) -> Content {
    let lead = at(&cast.leads, block);
    let due = due(number, begun);
    let step = |place: i64| Milestone {
        number: place,
        title: format!("第{place}批"),
        planned_on: begun.saturating_add(
            Span::new()
                .days(i64::from(begun.until(due).map_or(90, |span| span.get_days())) * place / 3),
        ),
        amount: Some(40 * place),
        reached_on: None,
        workdays: None,
        after: Vec::new(),
    };
    let co = mixed(number * 5 + 2) % 6;
    Content {
        title: title(number),
        what: "按时完成全部建设内容并通过验收".into(),
        target: Some(Target { amount: 120, unit: "处".into() }),
        how: vec!["倒排工期、挂图作战".into(), "每周调度一次".into()],
        lead: Some(lead.unit),
        co_units: match co {
            0..3 => Vec::new(),
            _ => (3..=co).map(|place| at(&cast.leads, block + place * 7).unit).collect(),
        },
        sponsor: Some(*at(&cast.sponsors, block)),
        owner: Some(lead.owner.post),
        watcher: Some(Id::new(CLERK + number % 2)),
        start_on: Some(begun),
        due: Some(Due::On(due)),
        milestones: vec![step(1), step(2), step(3)],
        best_pace: Some(6 + number % 10),
        report_every: [7, 30, 90][usize::try_from(number % 3).expect("a place")],
        ..Content::default()
    }
}

/// The year of a block. `0` is the officer who answers for the lead unit.
fn acts() -> [Act; 12] {
    use Way::{Applied, Approved, Archived, Done, Draft, Held, Issued, Running, Signed, Waived};
    [
        (CLERK, 1, |told| (told.way > Draft).then_some(Command::Submit)),
        (HEAD, 3, |told| (told.way >= Approved).then_some(Command::Approve)),
        (CLERK, 5, |told| (told.way >= Issued).then_some(Command::Issue)),
        (0, 7, |told| (told.way >= Signed).then_some(Command::Sign)),
        (0, 8, |told| (told.way >= Running && told.way != Waived).then(|| propose(told))),
        (CLERK, 10, |told| {
            (told.way >= Running && told.way != Waived).then_some(Command::ApprovePlan)
        }),
        (HEAD, 12, |told| {
            let reason = "政策调整".to_owned();
            (told.way == Waived).then_some(Command::Waive { reason })
        }),
        (0, 60, |told| {
            let reports = told.way >= Running && told.way != Waived;
            (reports && told.number % 5 != 0).then(|| told.report(told.number % 50))
        }),
        (0, 80, |told| match told.way {
            Applied | Done | Archived => Some(told.report(120)),
            Running if told.number % 3 == 0 => Some(told.report(50 + told.number % 60)),
            _ => None,
        }),
        (0, 90, |told| {
            let text = "全部完成".to_owned();
            let evidence = vec![told.evidence()];
            matches!(told.way, Applied | Done | Archived)
                .then_some(Command::ApplyToClose { text, evidence })
        }),
        (CHECKER, 95, |told| {
            let finding = "现场核验属实".to_owned();
            matches!(told.way, Done | Archived).then_some(Command::Verify { finding })
        }),
        (HEAD, 100, |told| match told.way {
            Archived => Some(Command::Archive),
            Held => Some(Command::Suspend { reason: "资金未到位".into() }),
            _ => None,
        }),
    ]
}

fn propose(told: &Told) -> Command {
    let step = |place: i64| Milestone {
        number: place,
        title: format!("第{place}批"),
        planned_on: told.due.saturating_sub(Span::new().days(30 * (3 - place))),
        amount: Some(40 * place),
        reached_on: None,
        workdays: None,
        after: Vec::new(),
    };
    Command::ProposePlan { milestones: vec![step(1), step(2), step(3)], best_pace: None }
}

impl Told {
    fn report(&self, amount: i64) -> Command {
        Command::Report {
            account: Account {
                amount,
                text: "按计划推进".into(),
                stuck: String::new(),
                needs: Vec::new(),
                evidence: Vec::new(),
                reached: (1..=(amount / 40).min(3)).map(|step| (step, self.today)).collect(),
            },
        }
    }

    fn evidence(&self) -> Evidence {
        let name = format!("验收报告 {}", self.number);
        Evidence { reference: name.clone(), name, hash: None, true_for: self.today }
    }
}
