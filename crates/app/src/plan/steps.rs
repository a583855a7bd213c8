//! The steps of a plan as officers type them, one a line, and what an item waits for.
//!
//! ```text
//! 2015-07-31 第一批拆除 400            day, title, amount (may be left out)
//! 2015-09-30 第二批拆除 800 | 40       … and the working days it takes
//! 倒排 抽查验收 | 10 | 2FS+5、1        … counted back from the deadline, and what it waits for
//! ```

use mechanisms::{
    Day,
    plan::item::{After, Item, Milestone},
};
use schedule::Kind;

use crate::typed::Unreadable;

/// The words with which a step asks for its day to be counted back.
const BACK: [&str; 4] = ["倒排", "back", "-", "—"];

/// The steps of a form, and those whose day is to be counted back from the deadline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    pub milestones: Vec<Milestone>,
    pub undated: Vec<i64>,
}

/// Reads the steps of a form; blank lines are passed over.
pub fn read(text: &str) -> Result<Steps, Unreadable> {
    let mut steps = Steps::default();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for (line, number) in lines.zip(1_i64..) {
        let (step, is_dated) = step(line, number).ok_or_else(|| wrong(line))?;
        steps.milestones.push(step);
        if !is_dated {
            steps.undated.push(number);
        }
    }
    Ok(steps)
}

fn wrong(line: &str) -> Unreadable {
    Unreadable { field: "milestones", why: "unreadable-milestone", found: line.to_owned() }
}

fn step(line: &str, number: i64) -> Option<(Milestone, bool)> {
    let mut parts = line.split(['|', '｜', '\t']).map(str::trim);
    let (day, rest) = parts.next()?.split_once(char::is_whitespace)?;
    let is_dated = !BACK.contains(&day);
    let planned_on = if is_dated { day.parse().ok()? } else { Day::MAX };
    let rest = rest.trim();
    let (title, amount) = match rest.rsplit_once(char::is_whitespace) {
        Some((title, amount)) if amount.parse::<i64>().is_ok() => (title, amount.parse().ok()),
        _ => (rest, None),
    };
    let workdays = match parts.next().unwrap_or_default() {
        "" => None,
        days => Some(days.parse().ok()?),
    };
    let after = waits(parts.next().unwrap_or_default(), |number| number.parse().ok())?;
    let after = after.into_iter().map(|(step, kind, lag)| After { step, kind, lag }).collect();
    let title = title.trim();
    let step = Milestone { amount, workdays, after, ..Milestone::on(number, title, planned_on) };
    (parts.next().is_none() && !title.is_empty()).then_some((step, is_dated))
}

/// What is waited for, by name, each with which end waits for which and how many working days:
/// `2`, `2SS`, `27-1FS+3`. None where one of them cannot be read.
pub fn waits<T>(text: &str, name: impl Fn(&str) -> Option<T>) -> Option<Vec<(T, Kind, i64)>> {
    let parts = text.split(['、', ',', '，', ' ', '\n']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(|part| wait(part, &name)).collect()
}

fn wait<T>(part: &str, name: &impl Fn(&str) -> Option<T>) -> Option<(T, Kind, i64)> {
    let letters = |c: char| c.is_ascii_alphabetic();
    let Some(at) = part.find(letters) else { return Some((name(part)?, Kind::default(), 0)) };
    let (before, rest) = part.split_at(at);
    let kind = rest.get(..2)?.to_ascii_uppercase().parse().ok()?;
    let lag = match rest.get(2..)?.trim() {
        "" => 0,
        lag => lag.strip_prefix('+').unwrap_or(lag).parse().ok()?,
    };
    Some((name(before)?, kind, lag))
}

/// The other way round: `2`, `2SS`, `27-1FS+3`.
pub fn wait_text(name: &str, kind: Kind, lag: i64) -> String {
    let is_plain = kind == Kind::default() && lag == 0;
    let code = if is_plain { "" } else { kind.code() };
    let lag = if lag == 0 { String::new() } else { format!("{lag:+}") };
    format!("{name}{code}{lag}")
}

/// Steps the way [`read`] reads them.
pub fn text(steps: &[Milestone]) -> String {
    let line = |step: &Milestone| {
        let mut text = format!("{} {}", step.planned_on, step.title);
        if let Some(amount) = step.amount {
            text.push_str(&format!(" {amount}"));
        }
        if let Some(days) = step.workdays {
            text.push_str(&format!(" | {days}"));
        } else if !step.after.is_empty() {
            text.push_str(" |");
        }
        if !step.after.is_empty() {
            text.push_str(&format!(" | {}", after_text(step)));
        }
        text
    };
    steps.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What a step waits for: `1、2SS+3`.
pub fn after_text(step: &Milestone) -> String {
    let one = |after: &After| wait_text(&after.step.to_string(), after.kind, after.lag);
    step.after.iter().map(one).collect::<Vec<_>>().join("、")
}

impl Steps {
    /// The steps with every day, those left open counted back from the deadline of the item as
    /// these steps, pace and deadline would make it.
    pub fn dated(
        mut self,
        item: &Item,
        best_pace: Option<i64>,
        due_on: Option<Day>,
        calendar: &calendar::Calendar,
    ) -> Result<Vec<Milestone>, Unreadable> {
        if self.undated.is_empty() {
            return Ok(self.milestones);
        }
        let due = due_on.or(item.due_on()).ok_or(Unreadable {
            field: "milestones",
            why: "unreadable-undated",
            found: BACK[0].to_owned(),
        })?;
        for step in self.milestones.iter_mut().filter(|one| self.undated.contains(&one.number)) {
            step.planned_on = due;
        }
        let item = item.with_steps(&self.milestones, best_pace, due_on);
        Ok(item.counted_back(&self.undated, calendar))
    }
}

#[cfg(test)]
mod tests {
    use mechanisms::plan::item::After;
    use schedule::Kind;

    use super::{read, text};

    #[test]
    fn steps_are_read_and_written_the_same() {
        let typed = "2015-07-31 第一批拆除 400\n2015-09-30 第二批 拆除 800 | 40\n\
                     2015-10-30 抽查验收 | 10 | 2FS+5、1\n2015-11-30 公示 | | 3SS-1";
        let steps = read(typed).unwrap();
        assert!(steps.undated.is_empty());
        assert_eq!(text(&steps.milestones), typed);
        let third = &steps.milestones[2];
        assert_eq!((third.workdays, third.amount), (Some(10), None));
        let first = After { step: 2, kind: Kind::FinishStart, lag: 5 };
        assert_eq!(third.after[0], first);
        assert_eq!(third.after[1].kind, Kind::FinishStart);
    }

    #[test]
    fn a_step_may_leave_its_day_to_the_deadline() {
        let steps = read("2015-07-31 摸底\n\n倒排 施工 | 20\nback check | 5 | 2ff+1").unwrap();
        assert_eq!(steps.undated, [2, 3]);
        assert_eq!(steps.milestones[2].after[0].kind, Kind::FinishFinish);
    }

    #[test]
    fn what_cannot_be_read_is_shown() {
        for line in [
            "2015-02-29 摸底",
            "施工",
            "2015-07-31",
            "2015-07-31 施工 | 两天",
            "2015-07-31 施工 | 2 | 1XX",
            "2015-07-31 施工 | 2 | 1FS+一",
            "2015-07-31 施工 | 2 | 1 | 多",
        ] {
            assert_eq!(read(line).unwrap_err().found, line);
        }
    }
}
