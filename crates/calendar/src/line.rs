//! The line of time: spans of days that follow one week each, with prefix sums.
//!
//! Working time is a function W of the clock that never falls: how much has been worked up to a
//! moment. Everything else follows from W and its two inverses, the earliest and the latest
//! moment at which an amount has been worked. Both cost O(log spans) at most.

use std::collections::{BTreeMap, HashMap};

use crate::{Exception, Fault, Range, Rules, Week, moment::number_of, steps::Steps};

/// Where an amount falls: the day, how much of that day, and the ranges worked on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point<'a> {
    pub(crate) day: i64,
    pub(crate) of_day: i64,
    pub(crate) hours: &'a [Range],
}

/// What is worked in one day: how many of one unit.
type Amounts = [i64; 7];

#[derive(Debug)]
pub(crate) struct Line {
    /// The first day of each span, as a day number; the first span has no beginning.
    firsts: Vec<i64>,
    /// An index over all but the first.
    steps: Steps,
    spans: Vec<Span>,
    weeks: Vec<Pattern>,
    pub(crate) days: Sums,
    pub(crate) seconds: Sums,
    /// Every minute of every day is worked: time is plain addition.
    pub(crate) is_continuous: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    week: usize,
    /// The exception that made it, where one did.
    exception: Option<usize>,
}

/// A week with its ranges in order and joined where they touch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pattern {
    week: Week,
}

/// Amounts of one unit along the line.
#[derive(Debug)]
pub(crate) struct Sums {
    /// Of each week pattern: the amount before each weekday, and of the whole week.
    before: Vec<[i64; 8]>,
    /// At the first day of each span, counted from the first day of the second span.
    at_first: Vec<i64>,
    /// The same, less what the span's week has from a Monday to there.
    base: Vec<i64>,
    /// An index over all but the first.
    steps: Steps,
}

impl Line {
    /// Lays the rules of a calendar over those of its bases, the outermost base first.
    pub(crate) fn lay(layers: &[&Rules], exceptions: &[Exception]) -> Result<Self, Fault> {
        let mut own = Pattern::of(&crate::office_week())?;
        let mut painted = BTreeMap::from([(i64::MIN, Span { week: 0, exception: None })]);
        for rules in layers {
            if let Some(week) = &rules.week {
                own = Pattern::of(week)?;
            }
        }
        if own.week.iter().all(Vec::is_empty) {
            return Err(Fault::NoWorkingTime);
        }
        let mut weeks = Weeks { patterns: vec![own], places: HashMap::new() };
        for season in layers.iter().flat_map(|rules| &rules.seasons) {
            let week = weeks.place(Pattern::of(&season.week)?);
            let range = in_order(season.first, season.last)?;
            paint(&mut painted, range, Span { week, exception: None });
        }
        for (place, exception) in exceptions.iter().enumerate() {
            let hours = &exception.working;
            let week = weeks.place(Pattern::of(&std::array::from_fn(|_| hours.clone()))?);
            let range = in_order(exception.first, exception.last)?;
            paint(&mut painted, range, Span { week, exception: Some(place) });
        }
        Ok(Self::summed(painted, weeks.patterns))
    }

    fn summed(painted: BTreeMap<i64, Span>, weeks: Vec<Pattern>) -> Self {
        let (firsts, spans): (Vec<i64>, Vec<Span>) = painted.into_iter().unzip();
        let days = |pattern: &Pattern| pattern.week.each_ref().map(|h| i64::from(!h.is_empty()));
        let seconds = |pattern: &Pattern| pattern.week.each_ref().map(|h| total(h));
        let days = Sums::new(&firsts, &spans, weeks.iter().map(days));
        let seconds = Sums::new(&firsts, &spans, weeks.iter().map(seconds));
        let is_continuous = spans.len() == 1 && seconds.before[0][7] == 7 * crate::DAY;
        let steps = Steps::over(&firsts[1..]);
        Self { firsts, steps, spans, weeks, days, seconds, is_continuous }
    }

    fn span(&self, day: i64) -> usize {
        self.steps.no_more(&self.firsts[1..], day)
    }

    /// The ranges worked on a day.
    pub(crate) fn hours(&self, day: i64) -> &[Range] {
        let span = self.spans[self.span(day)];
        &self.weeks[span.week].week[weekday(day)]
    }

    /// The place of the exception that holds on a day.
    pub(crate) fn exception(&self, day: i64) -> Option<usize> {
        self.spans[self.span(day)].exception
    }

    /// The seconds worked before a day, and the ranges worked on it.
    pub(crate) fn day(&self, day: i64) -> (i64, &[Range]) {
        let span = self.span(day);
        let week = self.spans[span].week;
        let before = self.seconds.base[span] + self.seconds.since_monday(week, day);
        (before, &self.weeks[week].week[weekday(day)])
    }

    /// The amount on the days before a day.
    pub(crate) fn before(&self, sums: &Sums, day: i64) -> i64 {
        let span = self.span(day);
        sums.base[span] + sums.since_monday(self.spans[span].week, day)
    }

    /// Where the amount, counted as [`Line::before`] counts, is first reached: the day, and how
    /// much of that day is needed, from 1.
    pub(crate) fn first_reaching(&self, sums: &Sums, amount: i64) -> Point<'_> {
        // The span whose end first reaches the amount; the last span has no end.
        let span = sums.steps.less(&sums.at_first[1..], amount);
        let (week, base) = self.place(sums, span);
        let amount = amount - base;
        let whole = sums.before[week][7].max(1);
        let (weeks, rest) = ((amount - 1).div_euclid(whole), (amount - 1).rem_euclid(whole) + 1);
        let weekday = sums.before[week].partition_point(|before| *before < rest) - 1;
        let hours = &self.weeks[week].week[weekday];
        let day = weeks * 7 + weekday as i64 + MONDAY;
        Point { day, of_day: rest - sums.before[week][weekday], hours }
    }

    /// The latest day before whose work no more than the amount has been done, and how much of
    /// that day is used up, less than all of it.
    pub(crate) fn last_holding(&self, sums: &Sums, amount: i64) -> Point<'_> {
        let span = sums.steps.no_more(&sums.at_first[1..], amount);
        let (week, base) = self.place(sums, span);
        let amount = amount - base;
        let whole = sums.before[week][7].max(1);
        let (weeks, rest) = (amount.div_euclid(whole), amount.rem_euclid(whole));
        let weekday = sums.before[week].partition_point(|before| *before <= rest) - 1;
        let hours = &self.weeks[week].week[weekday];
        let day = weeks * 7 + weekday as i64 + MONDAY;
        Point { day, of_day: rest - sums.before[week][weekday], hours }
    }

    /// A span's week, and what to take from an amount to count from a Monday of that week.
    fn place(&self, sums: &Sums, span: usize) -> (usize, i64) {
        (self.spans[span].week, sums.base[span])
    }
}

/// The day a span's sums are taken at: its first, and for the first span that of the next.
fn anchor(firsts: &[i64], span: usize) -> i64 {
    if span > 0 { firsts[span] } else { firsts.get(1).copied().unwrap_or(MONDAY) }
}

/// Monday 5 January 1970.
const MONDAY: i64 = 4;

fn weekday(day: i64) -> usize {
    (day - MONDAY).rem_euclid(7) as usize
}

impl Sums {
    fn new(firsts: &[i64], spans: &[Span], amounts: impl Iterator<Item = Amounts>) -> Self {
        let before = amounts.map(prefix).collect();
        let at_first = Vec::with_capacity(spans.len());
        let mut sums = Self { before, at_first, base: Vec::new(), steps: Steps::default() };
        let mut sum = 0;
        for (place, span) in spans.iter().enumerate() {
            sums.at_first.push(sum);
            sums.base.push(sum - sums.since_monday(span.week, anchor(firsts, place)));
            if let Some(next) = firsts.get(place + 1) {
                sum += sums.within(span.week, anchor(firsts, place), *next);
            }
        }
        sums.steps = Steps::over(&sums.at_first[1..]);
        sums
    }

    fn within(&self, week: usize, from: i64, to: i64) -> i64 {
        self.since_monday(week, to) - self.since_monday(week, from)
    }

    fn since_monday(&self, week: usize, day: i64) -> i64 {
        let sums = &self.before[week];
        (day - MONDAY).div_euclid(7) * sums[7] + sums[weekday(day)]
    }
}

fn prefix(amounts: Amounts) -> [i64; 8] {
    let mut before = [0; 8];
    for (day, amount) in amounts.into_iter().enumerate() {
        before[day + 1] = before[day] + amount;
    }
    before
}

fn total(hours: &[Range]) -> i64 {
    hours.iter().map(|range| range.to - range.from).sum()
}

impl Pattern {
    fn of(week: &Week) -> Result<Self, Fault> {
        let mut week = week.clone();
        for hours in &mut week {
            hours.sort_unstable();
            for pair in hours.windows(2) {
                if pair[1].from < pair[0].to {
                    return Err(Fault::Overlap(pair[0], pair[1]));
                }
            }
            hours.dedup_by(|later, earlier| {
                let touches = later.from == earlier.to;
                if touches {
                    earlier.to = later.to;
                }
                touches
            });
        }
        Ok(Self { week })
    }
}

/// The weeks met so far. The week of the calendar itself stays alone in its place, the first.
struct Weeks {
    patterns: Vec<Pattern>,
    places: HashMap<Pattern, usize>,
}

impl Weeks {
    fn place(&mut self, pattern: Pattern) -> usize {
        if let Some(place) = self.places.get(&pattern) {
            return *place;
        }
        self.patterns.push(pattern.clone());
        self.places.insert(pattern, self.patterns.len() - 1);
        self.patterns.len() - 1
    }
}

fn in_order(first: jiff::civil::Date, last: jiff::civil::Date) -> Result<(i64, i64), Fault> {
    if first > last {
        return Err(Fault::Backwards { first, last });
    }
    Ok((number_of(first), number_of(last)))
}

/// Lays a span over what was there; days are numbered, both ends included.
fn paint(painted: &mut BTreeMap<i64, Span>, (first, last): (i64, i64), span: Span) {
    let below = painted.range(..=last + 1).next_back().map(|(_, span)| *span);
    let inside: Vec<i64> = painted.range(first..=last).map(|(day, _)| *day).collect();
    for day in inside {
        painted.remove(&day);
    }
    painted.insert(first, span);
    if let Some(below) = below {
        painted.entry(last + 1).or_insert(below);
    }
}
