//! The problem ledger of the small world: two rounds of lists, 426 problems, and what became of
//! each of them, through the same commands as any officer's.

use std::collections::BTreeMap;

use jiff::civil::Time;
use mechanisms::{
    Day, Id,
    plan::item::Evidence,
    problem::{
        Against, Answer, Aspect, Command, Content, Horizon, Ledger, Measure, Problem, Scope,
        Source, Tick, Yardstick, ledger,
    },
    reminder::{Level, Wish},
};
use serde::Deserialize;

use super::{World, read};
use crate::{
    failure::{Failure, Meaning},
    store::{Hand, Pen, Stop},
};

const CLERK: &str = "督办一科科长";
const SECOND: &str = "督办二科科长";
const HEAD: &str = "督查室主任";
const VERIFIER: &str = "督查室核验员";
const INSPECTOR: &str = "督导组组员";
const OTHER_INSPECTOR: &str = "第一督导组组长";
/// The rounds: ordinal, title, opened on, lists due by.
const ROUNDS: [(i64, &str, Day, Day); 2] = [
    (1, "第一轮：督导与自查", jiff::civil::date(2015, 7, 1), jiff::civil::date(2015, 7, 16)),
    (2, "第二轮：督导与回头看", jiff::civil::date(2015, 10, 26), jiff::civil::date(2015, 11, 5)),
];

#[derive(Debug, Deserialize)]
struct ProblemLine {
    number: String,
    unit: String,
    source: String,
    yardstick: String,
    aspect: String,
    category: String,
    title: String,
    found: String,
    cause: String,
    target: String,
    measures: String,
    criteria: String,
    horizon: String,
    sponsor: String,
    owner: String,
    watcher: String,
    found_on: Day,
    due: Day,
    urgent: String,
    complaint: String,
    scope: String,
    publish: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct ListLine {
    ledger: i64,
    unit: String,
    filed_on: Day,
    filed_at: Time,
    approved_on: Day,
    approved_at: Time,
    looked_at: String,
}

#[derive(Debug, Deserialize)]
struct ActLine {
    day: Day,
    time: Time,
    number: String,
    act: String,
    amount: String,
    text: String,
    by: String,
}

/// What one officer asks of the ledger in one turn.
#[derive(Debug)]
pub(super) enum Deed {
    Open {
        ordinal: i64,
        title: String,
        file_by: Day,
    },
    /// What others than the unit found, written down by the supervision office.
    Note {
        ordinal: i64,
        number: String,
        content: Box<Content>,
    },
    File {
        ordinal: i64,
        unit: Id<mechanisms::roster::Unit>,
        list: Filed,
    },
    Approve {
        ordinal: i64,
        unit: Id<mechanisms::roster::Unit>,
    },
    Act {
        number: String,
        command: Command,
    },
}

/// A unit's list in the order of its numbers: what it found itself with its content.
#[derive(Debug)]
pub(super) struct Filed {
    problems: Vec<(String, Option<Content>)>,
    looked_at: String,
}

impl Deed {
    /// It names what was asked just before it.
    pub(super) fn is_list(&self) -> bool {
        matches!(self, Self::File { .. })
    }
}

/// Ids by what people say: ledgers by ordinal, problems by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) ledgers: BTreeMap<i64, Id<Ledger>>,
    pub(super) problems: BTreeMap<String, Id<Problem>>,
}

/// Every deed of the year, by its day.
pub(super) fn deeds(world: &World) -> Result<BTreeMap<Day, Vec<(Hand, Deed)>>, Failure> {
    let lines: Vec<ProblemLine> = read(include_str!("../../../../demo/problems.csv"))?;
    let lists: Vec<ListLine> = read(include_str!("../../../../demo/lists.csv"))?;
    let acts: Vec<ActLine> = read(include_str!("../../../../demo/problem-acts.csv"))?;
    let mut days: BTreeMap<Day, Vec<(Hand, Deed)>> = BTreeMap::new();
    let mut put = |hand: Hand, deed| days.entry(hand.day).or_default().push((hand, deed));
    for (ordinal, title, opened_on, file_by) in ROUNDS {
        let open = Deed::Open { ordinal, title: title.to_owned(), file_by };
        put(world.hand(CLERK, opened_on)?, open);
    }
    for list in &lists {
        let unit = world.unit(&list.unit)?;
        let ordinal = list.ledger;
        let round = format!("{ordinal}-");
        let of = |line: &&ProblemLine| line.unit == list.unit && line.number.starts_with(&round);
        let found: Vec<&ProblemLine> = lines.iter().filter(of).collect();
        let filer = format!("{}承办科长", list.unit);
        let filer = found.first().map_or(&filer, |line| &line.owner);
        let noted_at = list.filed_at.saturating_sub(jiff::SignedDuration::from_hours(1));
        let noter = world.hand_at(SECOND, list.filed_on, noted_at)?;
        let mut problems = Vec::new();
        for line in found {
            let (number, content) = (line.number.clone(), content(line, world)?);
            let own = content.source == Source::SelfCheck;
            if !own {
                let note = Deed::Note {
                    ordinal,
                    number: number.clone(),
                    content: Box::new(content.clone()),
                };
                put(noter.clone(), note);
            }
            problems.push((number, own.then_some(content)));
        }
        let file = Filed { problems, looked_at: list.looked_at.clone() };
        let hand = world.hand_at(filer, list.filed_on, list.filed_at)?;
        put(hand, Deed::File { ordinal, unit, list: file });
        let hand = world.hand_at(CLERK, list.approved_on, list.approved_at)?;
        put(hand, Deed::Approve { ordinal, unit });
    }
    let by_number: BTreeMap<&str, &ProblemLine> =
        lines.iter().map(|line| (line.number.as_str(), line)).collect();
    for act in &acts {
        let line = by_number.get(act.number.as_str()).copied();
        let line = line.ok_or_else(|| Failure::new(format!("demo: problem {}", act.number)))?;
        let (who, command) = command(act, line, world)?;
        let who = if act.by.is_empty() { who } else { &act.by };
        let number = act.number.clone();
        put(world.hand_at(who, act.day, act.time)?, Deed::Act { number, command });
    }
    Ok(days)
}

/// Carries out a deed; what it gave a number to comes back.
pub(super) async fn carry(pen: &mut Pen<'_, '_>, deed: Deed, known: &Known) -> Result<Known, Stop> {
    let mut new = Known::default();
    let ledger_of = |ordinal| known.ledgers.get(&ordinal).copied().ok_or(Stop::Missing);
    match deed {
        Deed::Open { ordinal, title, file_by } => {
            let id = pen.fresh::<Ledger>();
            pen.ask::<Ledger>(id, ledger::Command::Open { ordinal, title, file_by }).await?;
            new.ledgers.insert(ordinal, id);
        }
        Deed::Note { ordinal, number, content } => {
            let (id, ledger) = (pen.fresh::<Problem>(), ledger_of(ordinal)?);
            pen.ask::<Problem>(id, Command::File { ledger, content: *content }).await?;
            new.problems.insert(number, id);
        }
        Deed::File { ordinal, unit, list } => {
            let ledger = ledger_of(ordinal)?;
            let mut problems = Vec::new();
            for (number, content) in list.problems {
                let Some(content) = content else {
                    problems.push(known.problems.get(&number).copied().ok_or(Stop::Missing)?);
                    continue;
                };
                let id = pen.fresh::<Problem>();
                pen.ask::<Problem>(id, Command::File { ledger, content }).await?;
                new.problems.insert(number, id);
                problems.push(id);
            }
            let looked_at = list.looked_at;
            let file = ledger::Command::FileList { unit, problems, looked_at };
            pen.ask::<Ledger>(ledger, file).await?;
        }
        Deed::Approve { ordinal, unit } => {
            crate::problem::approve_list(pen, ledger_of(ordinal)?, unit).await?;
        }
        Deed::Act { number, command } => {
            let id = known.problems.get(&number).copied().ok_or(Stop::Missing)?;
            pen.ask::<Problem>(id, command).await?;
        }
    }
    Ok(new)
}

fn wrong(line: &ProblemLine, text: &str) -> Failure {
    Failure::new(format!("demo: problem {} {text}", line.number))
}

fn content(line: &ProblemLine, world: &World) -> Result<Content, Failure> {
    let word = |what: &str| wrong(line, &format!("with an unknown {what}"));
    Ok(Content {
        source: Source::of(&line.source).ok_or_else(|| word("source"))?,
        yardstick: Yardstick::of(&line.yardstick),
        aspect: Aspect::of(&line.aspect),
        category: line.category.clone(),
        what: format!("{}\n{}", line.title, line.found),
        cause: line.cause.clone(),
        target: line.target.clone(),
        horizon: Horizon::of(&line.horizon).ok_or_else(|| word("horizon"))?,
        sponsor: Some(world.officer(&line.sponsor)?.post),
        unit: world.unit(&line.unit)?,
        owner: Some(world.officer(&line.owner)?.post),
        watcher: Some(world.officer(&line.watcher)?.post),
        criteria: line.criteria.split('；').map(str::to_owned).collect(),
        scope: Scope::of(&line.scope).ok_or_else(|| word("scope"))?,
        publication_workdays: line.publish.unwrap_or(0),
        complaint: Some(line.complaint.clone()).filter(|text| !text.is_empty()),
        found_on: line.found_on,
        due_on: Some(line.due),
        urgent: line.urgent == "yes",
    })
}

fn measures(listed: &str) -> Result<Vec<Measure>, Failure> {
    let mut measures = Vec::new();
    for (text, number) in listed.split(';').zip(1_i64..) {
        let (text, day) = text.split_once('|').unwrap_or((text, ""));
        let due_on = day.parse().meaning("demo: the day of a measure")?;
        measures.push(Measure { number, text: text.to_owned(), due_on, done_on: None });
    }
    Ok(measures)
}

/// Who checks first, who verifies, who looks again: people outside the unit's chain.
fn outsiders(line: &ProblemLine) -> (&str, &'static str, &'static str) {
    match line.unit.as_str() {
        "市委督查室" => (INSPECTOR, OTHER_INSPECTOR, OTHER_INSPECTOR),
        "市审计局" => (&line.watcher, VERIFIER, OTHER_INSPECTOR),
        _ => (&line.watcher, VERIFIER, INSPECTOR),
    }
}

fn command<'l>(
    act: &ActLine,
    line: &'l ProblemLine,
    world: &World,
) -> Result<(&'l str, Command), Failure> {
    let text = act.text.clone();
    let day = || act.amount.parse::<Day>().meaning("demo: the day of an act");
    let (owner, watcher) = (line.owner.as_str(), line.watcher.as_str());
    let (checker, verifier, inspector) = outsiders(line);
    if let Some(level) = Level::of(&act.act) {
        let by = if level >= Level::Order { HEAD } else { watcher };
        let answer_due = Some(day()?);
        return Ok((by, Command::Remind(Wish { level, text, answer_due, reason: String::new() })));
    }
    Ok(match act.act.as_str() {
        "measures" => {
            let (cause, target) = (line.cause.clone(), line.target.clone());
            let again = Some(&act.text).filter(|text| !text.is_empty());
            let measures = measures(again.unwrap_or(&line.measures))?;
            (owner, Command::SetMeasures { cause, target, criteria: Vec::new(), measures })
        }
        "report" => (owner, Command::Report { text, evidence: Vec::new(), done: done(act)? }),
        "apply" => (owner, Command::Apply { text, evidence: evidence(act) }),
        "ask" => {
            let answer = Answer::of(&act.amount);
            let answer = answer.ok_or_else(|| wrong(line, "with an unknown answer"))?;
            (checker, Command::Consult { answer, note: text, on: act.day })
        }
        "check" => (checker, Command::Check { finding: text }),
        "return" => (checker, Command::Return { reason: text }),
        "verify" => {
            let ticks = (1..)
                .zip(line.criteria.split('；'))
                .map(|(criterion, text)| Tick {
                    criterion, note: format!("{text}：看过，是")
                });
            let (ticks, look_back_on) = (ticks.collect(), day()?);
            let despite = String::new();
            (verifier, Command::Verify { finding: text, ticks, look_back_on, despite })
        }
        "end-publication" => (verifier, Command::EndPublication { note: text }),
        "look-back" | "relapse" => {
            let held = act.act == "look-back";
            let due_on = if held { None } else { Some(day()?) };
            let look = Command::LookBack {
                held,
                finding: text,
                evidence: Vec::new(),
                again_on: None,
                due_on,
            };
            (inspector, look)
        }
        "correct" => (owner, Command::CorrectApplication { text, evidence: evidence(act) }),
        _ => return beside(act, line, world),
    })
}

/// What is asked beside the way: answers, more time, statements, objections, siblings.
fn beside<'l>(
    act: &ActLine,
    line: &'l ProblemLine,
    world: &World,
) -> Result<(&'l str, Command), Failure> {
    let text = act.text.clone();
    let day = || act.amount.parse::<Day>().meaning("demo: the day of an act");
    let number = || act.amount.parse::<i64>().meaning("demo: the number of an act");
    let (owner, watcher) = (line.owner.as_str(), line.watcher.as_str());
    Ok(match act.act.as_str() {
        "sign" => (owner, Command::SignReminder { number: number()? }),
        "answer" => (owner, Command::AnswerReminder { number: number()?, text }),
        "extend" => (owner, Command::AskExtension { due_on: day()?, reason: text }),
        "grant" => (HEAD, Command::DecideExtension { granted: true, reason: text }),
        "refuse" => (HEAD, Command::DecideExtension { granted: false, reason: text }),
        "waive" => (HEAD, Command::Waive { until: day()?, reason: text }),
        "push" => {
            let (names, due) = act.amount.split_once('@').unwrap_or((&act.amount, ""));
            let units = names.split('、').map(|name| world.unit(name)).collect::<Result<_, _>>()?;
            let answer_due = due.parse().meaning("demo: the day of a push")?;
            (watcher, Command::Push { units, text, answer_due })
        }
        "push-answer" => {
            let unit = world.unit(&act.amount)?;
            (owner, Command::AnswerPush { unit, found: None, text })
        }
        "state" => (owner, Command::State { text }),
        "object-registration" => {
            (owner, Command::Object { against: Against::Registration, reason: text })
        }
        "dismiss" => {
            (HEAD, Command::DecideObjection { number: number()?, upheld: false, reason: text })
        }
        other => return Err(Failure::new(format!("demo: no act is called {other:?}"))),
    })
}

fn done(act: &ActLine) -> Result<Vec<(i64, Day)>, Failure> {
    let mut done = Vec::new();
    for part in act.amount.split(';').filter(|part| !part.is_empty()) {
        let (number, day) = part.split_once('@').unwrap_or((part, ""));
        let number = number.parse().meaning("demo: a measure's number")?;
        done.push((number, day.parse().meaning("demo: the day of a measure")?));
    }
    Ok(done)
}

fn evidence(act: &ActLine) -> Vec<Evidence> {
    let names = act.amount.split('；').filter(|name| !name.is_empty());
    let of = |name: &str| Evidence {
        name: name.to_owned(),
        reference: format!("{} {name}", act.number),
        hash: None,
        true_for: act.day,
    };
    names.map(of).collect()
}
