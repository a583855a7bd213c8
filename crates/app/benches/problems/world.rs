//! The world of the bench: problems in every stage, written by turns over the demonstration city.
//!
//! ```text
//! block: 200 problems of one unit, found by the supervision office, carried on in some six turns
//! box:   three of a hundred without measures, sixteen under way, three ready, six applied or
//!        checked, the rest closed; sources, categories, watchers and scopes by the number
//! ```
//!
//! Everything about a problem follows from its number, so two fills give the same world.

use std::sync::{Arc, Mutex, PoisonError};

use app::{
    problem::begin,
    store::{Hand, Stop, Store},
};
use futures_util::future::{BoxFuture, join_all};
use jiff::{Span, civil::date};
use mechanisms::{
    Day, Id, Officer,
    plan::item::Evidence,
    problem::{Command, Content, Horizon, Ledger, Measure, Problem, Scope, Source, Tick, ledger},
    roster::{Person, Post, Role, Unit},
};

use crate::titles::{at, mixed, title};

/// Problems of a block, and blocks on their way at once.
const BLOCK: i64 = 200;
const TOGETHER: i64 = 4;

const HEAD: i64 = 1_001;
const CLERK: i64 = 1_002;
const SECOND: i64 = 1_003;

/// A unit with the post that answers for it.
#[derive(Clone, Copy, Debug)]
struct Lead {
    unit: Id<Unit>,
    owner: Officer,
}

struct Cast {
    leads: Vec<Lead>,
    sponsors: Vec<Id<Post>>,
    ledger: Id<Ledger>,
}

fn hand(by: Officer, day: Day) -> Hand {
    Hand { jurisdiction: 1, by, day, at: format!("{day}T01:00:00.000000Z") }
}

fn office(post: i64) -> Officer {
    Officer { person: Id::<Person>::new(post + 1_000), post: Id::<Post>::new(post) }
}

pub fn clerk() -> Hand {
    hand(office(CLERK), date(2015, 11, 20))
}

/// Writes `problems` problems in a ledger of their own.
pub async fn fill(store: &Arc<Store>, problems: i64) {
    let cast = Arc::new(cast(store).await);
    let blocks = (problems / BLOCK).max(1);
    for first in (0..blocks).step_by(usize::try_from(TOGETHER).expect("a small number")) {
        let together =
            (first..blocks.min(first + TOGETHER)).map(|block| fill_block(store, &cast, block));
        join_all(together).await;
    }
}

async fn cast(store: &Arc<Store>) -> Cast {
    let roster = store.roster(1).await.expect("the roster");
    let today = date(2015, 11, 20);
    let lead = |(unit, _): (Id<Unit>, &Unit)| {
        let post = roster.head_of(unit)?;
        Some(Lead { unit, owner: Officer { person: roster.holder(post, today)?, post } })
    };
    let counted = roster.units().filter(|(_, unit)| unit.kind.is_counted());
    let leads = counted.filter_map(lead);
    let leads = leads.filter(|lead| !(HEAD..=1_004).contains(&lead.owner.post.0)).collect();
    let sponsors = roster.posts().filter(|(_, post)| post.role == Role::Leader);
    let sponsors = sponsors.map(|(id, _)| id).collect();
    let turn = store.turn(hand(office(CLERK), date(2015, 1, 5)), |pen| {
        Box::pin(async move {
            let id = pen.fresh::<Ledger>();
            let (title, file_by) = ("大台账".to_owned(), date(2015, 3, 1));
            let open = ledger::Command::Open { ordinal: 9, title, file_by };
            pen.ask::<Ledger>(id, open).await?;
            Ok(id)
        })
    });
    Cast { leads, sponsors, ledger: turn.await.expect("a ledger") }
}

/// How far a problem comes: the box it ends in, from 1.
fn reached(number: i64) -> i64 {
    match mixed(number) % 100 {
        0..3 => 1,
        3..19 => 2,
        19..22 => 3,
        22..28 => 4,
        _ => 5,
    }
}

fn content(cast: &Cast, number: i64, lead: &Lead, found_on: Day) -> Content {
    let sources = [Source::Supervision, Source::Public, Source::Audit, Source::Superior];
    const CATEGORIES: &str =
        "大气污染 行政审批 会风文风 项目推进 民生资金 信访积案 安全生产 队伍建设";
    let categories: Vec<&str> = CATEGORIES.split_whitespace().collect();
    let due_on = found_on.saturating_add(Span::new().days(60 + mixed(number * 3) % 360));
    Content {
        source: *at(&sources, mixed(number * 7)),
        yardstick: None,
        aspect: None,
        category: (*at(&categories, mixed(number * 11))).to_owned(),
        what: title(number),
        cause: String::new(),
        target: String::new(),
        horizon: *at(Horizon::ALL, number),
        sponsor: Some(*at(&cast.sponsors, number)),
        unit: lead.unit,
        owner: Some(lead.owner.post),
        watcher: Some(Id::new(if mixed(number) % 7 == 0 { SECOND } else { CLERK })),
        criteria: vec!["到现场看过".into()],
        scope: if number % 9 == 0 { Scope::Public } else { Scope::Body },
        publication_workdays: 0,
        complaint: None,
        found_on,
        due_on: Some(due_on),
        urgent: false,
    }
}

type Made = Arc<Mutex<Vec<(i64, Id<Problem>)>>>;
/// What everybody asks of a problem, in order: who (none for the unit), days after, what.
type Act = (Option<i64>, i64, fn(i64, Day) -> Option<Command>);

const ACTS: [Act; 5] = [
    (None, 5, |number, day| {
        let measure = Measure {
            number: 1,
            text: "全面整改".into(),
            due_on: day.saturating_add(Span::new().days(20)),
            done_on: None,
        };
        (reached(number) >= 2).then(|| Command::SetMeasures {
            cause: "制度没有落实".into(),
            target: "全部改到位".into(),
            criteria: Vec::new(),
            measures: vec![measure],
        })
    }),
    (None, 30, |number, day| {
        let (text, done) = ("已经改完".to_owned(), vec![(1, day)]);
        (reached(number) >= 3).then(|| Command::Report { text, evidence: Vec::new(), done })
    }),
    (None, 40, |number, day| {
        let name = format!("整改材料 {number}");
        let evidence = vec![Evidence { reference: name.clone(), name, hash: None, true_for: day }];
        let text = "全部改到位，申请销号".to_owned();
        (reached(number) >= 4).then_some(Command::Apply { text, evidence })
    }),
    (Some(CLERK), 45, |number, _| {
        let checked = reached(number) >= 5 || (reached(number) == 4 && number % 2 == 0);
        checked.then(|| Command::Check { finding: "属实".into() })
    }),
    (Some(SECOND), 50, |number, day| {
        (reached(number) >= 5).then(|| Command::Verify {
            finding: "到现场看过，已经改好".into(),
            ticks: vec![Tick { criterion: 1, note: "看过".into() }],
            look_back_on: day.saturating_add(Span::new().days(90)),
            despite: String::new(),
        })
    }),
];

async fn fill_block(store: &Arc<Store>, cast: &Arc<Cast>, block: i64) {
    let lead = *at(&cast.leads, block);
    let begun = date(2015, 1, 12).saturating_add(Span::new().days(mixed(block) % 250));
    let made: Made = Arc::default();
    let draft = store.turn(hand(office(HEAD), begun), {
        let (cast, made) = (cast.clone(), made.clone());
        move |pen| {
            Box::pin(async move {
                for place in 0..BLOCK {
                    let number = block * BLOCK + place;
                    let content = content(&cast, number, &lead, begun);
                    let id = begin(pen, cast.ledger, content).await?;
                    made.lock().unwrap_or_else(PoisonError::into_inner).push((number, id));
                }
                Ok(())
            })
        }
    });
    let mut turns: Vec<BoxFuture<'_, Result<(), Stop>>> = vec![Box::pin(draft)];
    for (who, after, act) in ACTS {
        let day = begun.saturating_add(Span::new().days(after));
        let by = who.map_or(lead.owner, office);
        let made = made.clone();
        turns.push(Box::pin(store.turn(hand(by, day), move |pen| {
            Box::pin(async move {
                let list = made.lock().unwrap_or_else(PoisonError::into_inner).clone();
                for (number, id) in list {
                    if let Some(command) = act(number, pen.hand().day) {
                        pen.ask::<Problem>(id, command).await?;
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
