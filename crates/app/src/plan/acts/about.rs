//! What a step is about, beside its form: who decides on something sees what it is.

use mechanisms::plan::item::{Item, Milestone};

use super::{super::backward, Given};
use crate::{access::Me, ui::words::Words};

/// Names and texts, in the order they are read.
pub fn of(noun: &str, given: &Given, item: &Item, me: &Me, w: &Words) -> Vec<(String, String)> {
    let day = |day: &mechanisms::Day| w.day(day, &me.today());
    let mut list = Vec::new();
    let mut tell = |key: &str, text: String| {
        if !text.is_empty() {
            list.push((w.t(key), text));
        }
    };
    match noun {
        "issue" | "signature" | "objection" | "approval" => parts(item, me, w, &mut tell),
        "reminder-answer" | "reminder-signature" => {
            if let Some(open) = item.open_reminder() {
                tell("reminder-text", open.text.clone());
                tell("reminder-answer-due", day(&open.answer_due));
            }
        }
        "extension-decision" => {
            if let Some(asked) = item.open_extension() {
                tell("extension-new-due", day(&asked.due_on));
                tell("field-reason", asked.reason.clone());
                tell("extension-schedule", steps(&asked.milestones, me, w));
                let (due, pace) = (Some(asked.due_on), asked.best_pace);
                let extended = item.with_steps(&asked.milestones, pace, due);
                tell("backward-title", backward::in_a_sentence(&extended, me, w));
            }
        }
        "extension" => {
            tell("col-due", item.due_on().map(|due| day(&due)).unwrap_or_default());
            tell("report-rest-now", amount(item, item.remaining()));
        }
        "check" => {
            let number = given.report.parse::<i64>().ok();
            let found =
                item.reports.iter().rev().find(|one| number.is_none_or(|n| one.number == n));
            if let Some(report) = found {
                tell("reports", w.n("report-number", report.number));
                tell("field-text", report.account.text.clone());
                tell("report-amount", amount(item, report.account.amount));
            }
        }
        "verification" | "closing-return" => {
            if let Some((text, evidence, _)) = &item.closing {
                tell("closing-text", text.clone());
                let names: Vec<&str> = evidence.iter().map(|one| one.name.as_str()).collect();
                tell("closing-evidence", names.join("；"));
                tell("report-amount", amount(item, item.amount()));
            }
        }
        "closing" => {
            tell("report-amount", amount(item, item.amount()));
            tell("item-target", amount(item, item.whole()));
        }
        "plan-approval" | "plan-return" => {
            tell("milestones", steps(&item.content.milestones, me, w));
            tell("backward-title", backward::in_a_sentence(item, me, w));
        }
        _ => {}
    }
    list
}

/// Each step with its day.
fn steps(milestones: &[Milestone], me: &Me, w: &Words) -> String {
    let step = |one: &Milestone| format!("{} {}", w.day(&one.planned_on, &me.today()), one.title);
    milestones.iter().map(step).collect::<Vec<_>>().join("；")
}

/// Who gets it, what is asked, by when.
fn parts(item: &Item, me: &Me, w: &Words, tell: &mut dyn FnMut(&str, String)) {
    let content = &item.content;
    tell("four-what", content.what.clone());
    tell("lead-unit", content.lead.map_or("", |unit| me.roster.unit_name(unit)).to_owned());
    let co: Vec<&str> = content.co_units.iter().map(|unit| me.roster.unit_name(*unit)).collect();
    tell("co-units", co.join("、"));
    tell("owner", content.owner.map_or("", |post| me.roster.post_title(post)).to_owned());
    let due = match item.due_on() {
        Some(due) => w.day(&due, &me.today()),
        None => item.undated_reason().unwrap_or_default().to_owned(),
    };
    tell("four-when", due);
}

fn amount(item: &Item, amount: i64) -> String {
    let unit = item.content.target.as_ref().map_or("%", |target| target.unit.as_str());
    format!("{amount} {unit}")
}
