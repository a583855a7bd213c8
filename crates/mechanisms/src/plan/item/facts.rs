//! What can be computed of an item: how far it is, where it is heading, when it must start, and
//! the facts its light is judged by.

use super::{Item, Report, Stage};
use crate::{
    Day,
    light::{Facts, Light, Pack, Turns},
};

/// Days of reports the forecast looks back on.
const WINDOW: i64 = 28;

/// How fast it has gone lately: an amount over so many days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub amount: i64,
    pub days: i64,
}

impl Pace {
    /// Units a week, rounded down.
    pub fn a_week(self) -> i64 {
        self.amount * 7 / self.days.max(1)
    }
}

/// The five official groups of timeliness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timeliness {
    /// 按时办结.
    DoneOnTime,
    /// 逾期办结.
    DoneLate,
    /// 未到完成时限.
    NotYetDue,
    /// 逾期未办结.
    Overdue,
    /// 无明确完成时限.
    Undated,
}

impl Timeliness {
    pub const ALL: &[Self] =
        &[Self::DoneOnTime, Self::DoneLate, Self::NotYetDue, Self::Overdue, Self::Undated];

    pub fn word(self) -> &'static str {
        match self {
            Self::DoneOnTime => "done-on-time",
            Self::DoneLate => "done-late",
            Self::NotYetDue => "not-yet-due",
            Self::Overdue => "overdue",
            Self::Undated => "undated",
        }
    }
}

impl Item {
    /// The whole: the target, or 100 points.
    pub fn whole(&self) -> i64 {
        self.content.target.as_ref().map_or(100, |target| target.amount).max(1)
    }

    /// The cumulative amount last reported and not sent back.
    pub fn amount(&self) -> i64 {
        standing(&self.reports)
    }

    fn standing_report(&self) -> Option<&Report> {
        stands(&self.reports)
    }

    /// What had been reported before the newest report.
    pub fn amount_before(&self) -> i64 {
        standing(self.reports.split_last().map_or(&[], |parts| parts.1))
    }

    pub fn remaining(&self) -> i64 {
        (self.whole() - self.amount()).max(0)
    }

    /// The share done, in points of 100, rounded down.
    pub fn percent(&self) -> i64 {
        if matches!(self.stage, Stage::Done | Stage::Archived) {
            return 100;
        }
        (self.amount() * 100 / self.whole()).clamp(0, 100)
    }

    /// The pace of the last four weeks before the newest report.
    pub fn pace(&self) -> Option<Pace> {
        let last = self.standing_report()?;
        let from = last.stamp.day.saturating_sub(jiff::Span::new().days(WINDOW));
        let start = self.content.start_on.or(self.signed.as_ref().map(|stamp| stamp.day));
        let before = self.reports.iter().rev().find(|report| report.stamp.day <= from);
        let (since, amount) = match before {
            Some(report) => (report.stamp.day, report.account.amount),
            None => (start.unwrap_or(self.drafted.day), 0),
        };
        let days = i64::from(since.until(last.stamp.day).ok()?.get_days());
        let amount = last.account.amount - amount;
        (days > 0 && amount > 0).then_some(Pace { amount, days })
    }

    /// Where the pace leads: the day on which the whole would be reached.
    pub fn forecast_on(&self) -> Option<Day> {
        if let Some(day) = self.done_on {
            return Some(day);
        }
        let reported = self.standing_report()?.stamp.day;
        let remaining = self.remaining();
        if remaining == 0 {
            return Some(reported);
        }
        let pace = self.pace()?;
        let days = (remaining * pace.days + pace.amount - 1) / pace.amount;
        Some(reported.saturating_add(jiff::Span::new().days(days.min(36_500))))
    }

    /// The last day on which the remaining work can start and still end by the deadline: at the
    /// best pace, or by the steps and what they wait for, whichever comes first.
    pub fn latest_start_on(&self, calendar: &calendar::Calendar) -> Option<Day> {
        let by_steps = self.steps_latest_start(calendar);
        self.latest_start_by_pace(calendar).into_iter().chain(by_steps).min()
    }

    /// The same by the best pace alone.
    pub fn latest_start_by_pace(&self, calendar: &calendar::Calendar) -> Option<Day> {
        latest_start(self.due_on()?, self.remaining(), self.content.best_pace, calendar)
    }

    /// The amount a week that would still meet the deadline.
    pub fn needed_pace(&self, today: Day) -> Option<i64> {
        let days = i64::from(today.until(self.due_on()?).ok()?.get_days());
        (days > 0).then(|| (self.remaining() * 7 + days - 1) / days)
    }

    /// The day by which the next report is due.
    pub fn report_due_on(&self) -> Option<Day> {
        if self.stage != Stage::UnderWay {
            return None;
        }
        let last = self.reports.last().map(|report| report.stamp.day);
        let since = last.or(self.signed.as_ref().map(|stamp| stamp.day))?;
        let since = self.content.start_on.map_or(since, |start| start.max(since));
        Some(since.saturating_add(jiff::Span::new().days(self.content.report_every.max(1))))
    }

    /// The day by which the sponsor answers 要进度、要突破、要成果: the day asked for, or in an item
    /// that asks again and again, so many days after the last answer.
    pub fn three_due_on(&self) -> Option<Day> {
        if let Some(asked) = self.open_three() {
            return Some(asked.due_on);
        }
        let every = self.content.three_every;
        if every <= 0 || self.content.sponsor.is_none() || self.stage != Stage::UnderWay {
            return None;
        }
        let answered = self.threes.last().and_then(|three| three.answer.as_ref());
        let since = answered.map(|answer| answer.1.day).or(self.issued.as_ref().map(|at| at.day));
        Some(since?.saturating_add(jiff::Span::new().days(every)))
    }

    /// What the rules of the lights watch.
    pub fn facts(&self, calendar: &calendar::Calendar) -> Facts {
        let open = |step: &&super::Milestone| step.reached_on.is_none();
        Facts {
            due_on: self.due_on(),
            milestone_on: self.content.milestones.iter().find(open).map(|step| step.planned_on),
            forecast_on: self.forecast_on(),
            reported_on: self.reports.last().map(|report| report.stamp.day),
            latest_start_on: self.latest_start_on(calendar),
            plan: self.plan_points(),
            done: self.percent(),
            report_due_on: self.report_due_on(),
        }
    }

    /// The plan in points of 100: the start, the milestones with an amount, the deadline.
    fn plan_points(&self) -> Vec<(Day, i64)> {
        let (Some(start), Some(due)) = (self.content.start_on, self.due_on()) else {
            return Vec::new();
        };
        let mut points = vec![(start, 0)];
        for step in &self.content.milestones {
            if let Some(amount) = step.amount {
                points.push((step.planned_on, (amount * 100 / self.whole()).min(100)));
            }
        }
        points.push((due, 100));
        points.sort();
        points
    }

    /// The days on which the light turns, if nothing more happens. Only open items have them.
    pub fn turns(&self, pack: &Pack, calendar: &calendar::Calendar) -> Turns {
        match self.stage.standing() {
            "open" => pack.turns(&self.facts(calendar), calendar),
            _ => Turns::default(),
        }
    }

    /// The light on a day.
    pub fn light(&self, pack: &Pack, calendar: &calendar::Calendar, today: Day) -> Light {
        match self.stage.standing() {
            "draft" | "gone" => Light::Idle,
            "hold" => Light::Hold,
            "done" => Light::Done,
            _ => self.turns(pack, calendar).light(today),
        }
    }

    /// Which of the five official groups it counts in.
    pub fn timeliness(&self, today: Day) -> Timeliness {
        let due = self.first_due_on.max(self.due_on());
        match (due, self.done_on) {
            (None, _) => Timeliness::Undated,
            (Some(due), Some(done)) if done <= due => Timeliness::DoneOnTime,
            (Some(_), Some(_)) => Timeliness::DoneLate,
            (Some(due), None) if today <= due => Timeliness::NotYetDue,
            (Some(_), None) => Timeliness::Overdue,
        }
    }
}

/// The newest report that was not sent back.
fn stands(reports: &[Report]) -> Option<&Report> {
    reports.iter().rev().find(|report| report.check.as_ref().is_none_or(|check| check.0))
}

/// The amount that stands after these reports.
pub(super) fn standing(reports: &[Report]) -> i64 {
    stands(reports).map_or(0, |report| report.account.amount)
}

/// Counts back from the deadline the working days the rest takes at the best pace a week
/// (five working days).
pub(super) fn latest_start(
    due: Day,
    remaining: i64,
    best_pace: Option<i64>,
    calendar: &calendar::Calendar,
) -> Option<Day> {
    let workdays = workdays_at(best_pace, remaining).filter(|days| *days > 0)?;
    Some(calendar.sub_workdays(due.tomorrow().ok()?, workdays))
}

/// The working days an amount takes at a pace a week (five working days), rounded up.
pub(super) fn workdays_at(best_pace: Option<i64>, amount: i64) -> Option<i64> {
    let pace = best_pace.filter(|pace| *pace > 0)?;
    Some((amount * 5 + pace - 1) / pace)
}

/// The day on which a periodic question comes up: a week before its answer is due.
pub(super) fn early(due: Day) -> Day {
    due.saturating_sub(jiff::Span::new().days(7))
}
