//! What each line of the year's acts asks, and of whom.

use mechanisms::{
    Day,
    plan::item::{self, Account, Evidence, Level, ThreeAnswers},
    reminder::Wish,
};

use super::{ActLine, ItemLine, World, content};
use crate::failure::{Failure, Meaning};

pub(super) fn commands(
    act: &ActLine,
    line: &ItemLine,
    world: &World,
) -> Result<Vec<(String, item::Command)>, Failure> {
    use item::Command;
    let by = |who: &str, command| Ok(vec![(who.to_owned(), command)]);
    let (clerk, second, owner) = ("督办一科科长", "督办二科科长", line.owner.as_str());
    // The supervision office is checked by others too.
    let checker =
        if line.lead == "市委督查室" { "督导组组员" } else { "督查室核验员" };
    let text = act.text.clone();
    let remind = |level| {
        let answer_due = Some(act.day.saturating_add(jiff::Span::new().days(4)));
        Command::Remind(Wish { level, text: text.clone(), answer_due, reason: text.clone() })
    };
    let reminder = || act.amount.parse().meaning("demo: a reminder's number");
    match act.act.as_str() {
        "begin" => {
            let milestones = content(line, world)?.milestones;
            let plan = Command::ProposePlan { milestones, best_pace: line.best_pace };
            Ok(vec![
                (clerk.into(), Command::Issue),
                (owner.into(), Command::Sign),
                (owner.into(), plan),
                (clerk.into(), Command::ApprovePlan),
            ])
        }
        "report" => by(owner, Command::Report { account: account_of(act, world)? }),
        "check" | "return" => {
            let report = act.amount.parse().meaning("demo: a report's number")?;
            by(checker, Command::Check { report, sound: act.act == "check", note: text })
        }
        "close" => by(owner, Command::ApplyToClose { text, evidence: vec![evidence(act)] }),
        "verify" => by(checker, Command::Verify { finding: text }),
        "suspend" => by("督查室主任", Command::Suspend { reason: text }),
        "urge" => by(second, remind(Level::Urge)),
        "urge-hard" => by(second, remind(Level::UrgeHard)),
        "order" => by(second, remind(Level::Order)),
        "sign" => by(owner, Command::SignReminder { number: reminder()? }),
        "answer" => by(owner, Command::AnswerReminder { number: reminder()?, text }),
        "three" => {
            let due_on = act.day.saturating_add(jiff::Span::new().days(7));
            by(second, Command::AskThree { due_on })
        }
        "answer-three" => {
            let mut parts = act.text.split('|').map(str::to_owned);
            let mut next = || parts.next().unwrap_or_default();
            let (progress, breakthrough, result) = (next(), next(), next());
            let answers = ThreeAnswers { progress, breakthrough, result };
            by(&line.sponsor, Command::AnswerThree(answers))
        }
        "extend" => {
            let due_on: Day = act.amount.parse().meaning("demo: the day of an extension")?;
            let mut milestones = content(line, world)?.milestones;
            if let Some(last) = milestones.last_mut() {
                last.planned_on = due_on;
            }
            let best_pace = line.best_pace.map(|pace| pace * 2);
            by(owner, Command::AskExtension { due_on, reason: text, milestones, best_pace })
        }
        "refuse-extension" => {
            by("督查室主任", Command::DecideExtension { granted: false, reason: text })
        }
        other => Err(Failure::new(format!("demo: no act is called {other:?}"))),
    }
}

fn account_of(act: &ActLine, world: &World) -> Result<Account, Failure> {
    let mut reached = Vec::new();
    for part in act.reached.split(';').filter(|part| !part.is_empty()) {
        let (number, day) = part.split_once('@').unwrap_or((part, ""));
        let number = number.parse().meaning("demo: a milestone's number")?;
        reached.push((number, day.parse().meaning("demo: the day of a milestone")?));
    }
    let needs = act.needs.split('、').filter(|name| !name.is_empty());
    Ok(Account {
        amount: act.amount.parse().meaning("demo: an amount")?,
        text: act.text.clone(),
        stuck: act.stuck.clone(),
        needs: needs.map(|name| world.unit(name)).collect::<Result<_, _>>()?,
        evidence: Vec::new(),
        reached,
    })
}

fn evidence(act: &ActLine) -> Evidence {
    let name = format!("验收报告 {}", act.number);
    Evidence { reference: name.clone(), name, hash: None, true_for: act.day }
}
