//! Lights (灯): computed, never typed, and every one says why.
//!
//! A rule pack holds thresholds over facts that only get worse while nothing happens. So each
//! rule has one day on which it turns yellow and one on which it turns red; a matter keeps the
//! earliest of each, and today's light is a comparison. Nothing runs at midnight.

use serde::Deserialize;

use crate::Day;

/// What the light shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// 红灯.
    Late,
    /// 预警.
    Warn,
    /// 正常.
    Ok,
    /// 未启动.
    Idle,
    /// 暂缓.
    Hold,
    /// 完成.
    Done,
}

impl Light {
    pub const ALL: &[Self] =
        &[Self::Late, Self::Warn, Self::Ok, Self::Idle, Self::Hold, Self::Done];

    pub fn word(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Warn => "warn",
            Self::Ok => "ok",
            Self::Idle => "idle",
            Self::Hold => "hold",
            Self::Done => "done",
        }
    }
}

/// Thresholds of one rule: the value from which on it is yellow, and red.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub key: Key,
    /// Yellow from this value on; a rule without it is never yellow.
    pub yellow: Option<i64>,
    /// Red from this value on; a rule without it is never red.
    pub red: Option<i64>,
    /// Where the thresholds come from, in the office's own words.
    #[serde(default)]
    pub source: String,
}

/// The facts a rule may watch. Each grows with time while nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// 时限: minus the working days left until the deadline; 1 on the day after it.
    Deadline,
    /// 节点逾期: days past the earliest milestone that is not reached.
    Milestone,
    /// 预测超期: days by which the forecast passes the deadline.
    Forecast,
    /// 倒排已过: minus the working days until the remaining work must start; 1 the day after.
    LatestStart,
    /// 进度滞后: points behind the plan of milestones.
    Lag,
    /// 按期报告: working days past the day on which a report was due.
    Report,
}

impl Key {
    pub fn word(self) -> &'static str {
        match self {
            Self::Deadline => "deadline",
            Self::Milestone => "milestone",
            Self::Forecast => "forecast",
            Self::LatestStart => "latest-start",
            Self::Lag => "lag",
            Self::Report => "report",
        }
    }
}

/// A set of rules with its version.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    pub version: i64,
    pub valid_from: Day,
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

/// Why a pack cannot be used.
pub type PackError = toml::de::Error;

impl Pack {
    /// Reads a pack; an error names its line.
    pub fn parse(text: &str) -> Result<Self, PackError> {
        toml::from_str(text)
    }

    /// The pack that ships.
    pub fn standard() -> Result<Self, PackError> {
        Self::parse(include_str!("../../../packs/lights.toml"))
    }

    /// What every rule says on a day, passed ones too, in the pack's order.
    pub fn reasons(&self, facts: &Facts, calendar: &calendar::Calendar, today: Day) -> Vec<Reason> {
        let reason = |rule: &Rule| {
            let value = facts.value(rule.key, calendar, today)?;
            let reached = |from: Option<i64>| from.is_some_and(|from| value >= from);
            let light = match () {
                () if reached(rule.red) => Light::Late,
                () if reached(rule.yellow) => Light::Warn,
                () => Light::Ok,
            };
            Some(Reason { key: rule.key, light, value, yellow: rule.yellow, red: rule.red })
        };
        self.rules.iter().filter_map(reason).collect()
    }

    /// The days on which the light turns yellow and red if nothing more happens.
    pub fn turns(&self, facts: &Facts, calendar: &calendar::Calendar) -> Turns {
        let first = |level: fn(&Rule) -> Option<i64>| {
            self.rules
                .iter()
                .filter_map(|rule| facts.first_day(rule.key, level(rule)?, calendar))
                .min()
        };
        Turns { yellow_on: first(|rule| rule.yellow), red_on: first(|rule| rule.red) }
    }
}

/// One rule's answer, with the fact it looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub key: Key,
    pub light: Light,
    /// The fact, in the rule's own unit.
    pub value: i64,
    pub yellow: Option<i64>,
    pub red: Option<i64>,
}

/// When a matter's light turns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    pub yellow_on: Option<Day>,
    pub red_on: Option<Day>,
}

impl Turns {
    /// The light of an open matter on a day.
    pub fn light(&self, today: Day) -> Light {
        match () {
            () if self.red_on.is_some_and(|day| day <= today) => Light::Late,
            () if self.yellow_on.is_some_and(|day| day <= today) => Light::Warn,
            () => Light::Ok,
        }
    }
}

/// What the rules watch, as it stands after the last thing that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub due_on: Option<Day>,
    /// The planned day of the earliest milestone that is not reached.
    pub milestone_on: Option<Day>,
    pub forecast_on: Option<Day>,
    /// The day of the report the forecast and the lag were computed from.
    pub reported_on: Option<Day>,
    pub latest_start_on: Option<Day>,
    /// The plan: days and the share planned to be done by then, in points of 100, rising.
    pub plan: Vec<(Day, i64)>,
    /// The share done, in points of 100.
    pub done: i64,
    pub report_due_on: Option<Day>,
}

impl Facts {
    /// A rule's fact on a day; nothing where the matter has no such fact.
    pub fn value(&self, key: Key, calendar: &calendar::Calendar, today: Day) -> Option<i64> {
        match key {
            Key::Deadline => self.due_on.map(|due| past(due, calendar, today)),
            Key::LatestStart => self.latest_start_on.map(|start| past(start, calendar, today)),
            Key::Milestone => self.milestone_on.map(|day| days(day, today)),
            Key::Forecast => {
                let (forecast, due) = (self.forecast_on?, self.due_on?);
                Some(days(due, forecast.max(today)))
            }
            Key::Lag => {
                self.plan.first()?;
                Some(self.planned(today) - self.done)
            }
            Key::Report => self.report_due_on.map(|day| {
                if today <= day { 0 } else { calendar.count_workdays(next(day), today) }
            }),
        }
    }

    /// The first day on which a rule's fact reaches a value, if nothing more happens.
    fn first_day(&self, key: Key, value: i64, calendar: &calendar::Calendar) -> Option<Day> {
        let since = self.reported_on.or_else(|| self.plan.first().map(|point| point.0));
        match key {
            Key::Deadline => self.due_on.map(|due| when_past(due, value, calendar)),
            Key::LatestStart => self.latest_start_on.map(|start| when_past(start, value, calendar)),
            Key::Milestone => self.milestone_on.map(|day| plus(day, value)),
            Key::Forecast => {
                let (forecast, due) = (self.forecast_on?, self.due_on?);
                if days(due, forecast) >= value { since } else { Some(plus(due, value)) }
            }
            Key::Lag => self.when_planned(self.done + value),
            Key::Report => self.report_due_on.map(|day| calendar.add_workdays(day, value.max(1))),
        }
    }

    /// The share planned by a day, straight between the points of the plan.
    fn planned(&self, today: Day) -> i64 {
        let after = self.plan.iter().position(|(day, _)| *day > today);
        match after {
            Some(0) => 0,
            None => self.plan.last().map_or(0, |point| point.1),
            Some(place) => {
                let ((from, low), (to, high)) = (self.plan[place - 1], self.plan[place]);
                low + (high - low) * days(from, today) / days(from, to).max(1)
            }
        }
    }

    /// The first day by which this share is planned.
    fn when_planned(&self, share: i64) -> Option<Day> {
        let mut from = *self.plan.first()?;
        if from.1 >= share {
            return Some(from.0);
        }
        for to in self.plan.iter().skip(1) {
            if to.1 >= share {
                let span = days(from.0, to.0).max(1);
                let rise = (to.1 - from.1).max(1);
                return Some(plus(from.0, ((share - from.1) * span + rise - 1) / rise));
            }
            from = *to;
        }
        None
    }
}

/// Minus the working days in `(today, limit]`; after the limit, the days past it.
fn past(limit: Day, calendar: &calendar::Calendar, today: Day) -> i64 {
    if today > limit {
        days(limit, today)
    } else if today == limit {
        0
    } else {
        -calendar.count_workdays(next(today), limit)
    }
}

/// The first day on which [`past`] reaches a value.
fn when_past(limit: Day, value: i64, calendar: &calendar::Calendar) -> Day {
    if value > 0 {
        return plus(limit, value);
    }
    calendar.sub_workdays(next(limit), 1 - value).min(limit)
}

fn days(from: Day, to: Day) -> i64 {
    i64::from(from.until(to).map(|span| span.get_days()).unwrap_or(0))
}

fn plus(day: Day, days: i64) -> Day {
    day.saturating_add(jiff::Span::new().days(days.clamp(-9_999, 99_999)))
}

fn next(day: Day) -> Day {
    plus(day, 1)
}
