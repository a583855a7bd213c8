//! What officers type about items, read: milestones, evidence, reports.

use mechanisms::{
    Day, Id,
    plan::item::{Account, Evidence, Item, Level},
    roster::{Roster, Unit},
};

use super::acts::Given;
pub use crate::typed::{Unreadable, day, number, sure_day};
use crate::{
    evidence::{Kept, of_files},
    typed::unit,
};

/// A step of the reminder ladder.
pub fn level(text: &str) -> Result<Level, Unreadable> {
    Level::of(text).ok_or(Unreadable {
        field: "level",
        why: "unreadable-choice",
        found: text.to_owned(),
    })
}

/// Evidence by reference, one a line: a document and where it is kept; and the files that came.
pub fn evidence(given: &Given, files: &[Kept], today: Day) -> Result<Vec<Evidence>, Unreadable> {
    let true_for = day("true_for", &given.true_for)?.unwrap_or(today);
    let lines = given.evidence.lines().map(str::trim).filter(|line| !line.is_empty());
    let named = lines.map(|line| Evidence {
        name: line.to_owned(),
        reference: line.to_owned(),
        hash: None,
        true_for,
    });
    Ok(named.chain(of_files(files, true_for)).collect())
}

/// The whole amount a report says: what came since the last one and the sum before it, or the
/// whole as it was typed.
pub fn sum(given: &super::report::ReportForm, before: i64) -> Result<Option<i64>, Unreadable> {
    match number("since", &given.since)? {
        Some(since) => Ok(Some(before.saturating_add(since))),
        None => number("amount", &given.amount),
    }
}

/// What the lead unit says it has done, from the report form.
pub fn account(
    given: &super::report::ReportForm,
    files: &[Kept],
    (roster, item): (&Roster, &Item),
    today: Day,
) -> Result<Account, Unreadable> {
    let wrong =
        Unreadable { field: "since", why: "unreadable-number", found: given.amount.clone() };
    let before = match given.correct.as_str() {
        "yes" => item.amount_before(),
        _ => item.amount(),
    };
    let amount = sum(given, before)?.ok_or(wrong)?;
    let mut reached: Vec<(i64, Day)> =
        given.ticks("reached-").map(|number| (number, today)).collect();
    for text in given.reached.split(',').filter(|text| !text.is_empty()) {
        reached.extend(number("reached", text)?.map(|number| (number, today)));
    }
    let mut needs: Vec<Id<Unit>> = given.ticks("need-").map(Id::new).collect();
    for name in given.needs.split(['、', ',', '，']) {
        needs.extend(unit(roster, "needs", name)?);
    }
    needs.dedup();
    let evidence = Given {
        evidence: given.evidence.clone(),
        true_for: given.true_for.clone(),
        ..Given::default()
    };
    Ok(Account {
        amount,
        text: given.text.trim().to_owned(),
        stuck: given.stuck.trim().to_owned(),
        needs,
        evidence: self::evidence(&evidence, files, today)?,
        reached,
    })
}
