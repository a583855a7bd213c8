//! The cumulative chart of an item: the plan dashed, what was done, where it leads, and the gap
//! between what was planned and what was done.

use jiff::{Span, civil::date};
use mechanisms::{Day, light::Light};

use super::{
    svg::{Anchor, Svg},
    words::{Lang, Words},
};

#[cfg(test)]
mod tests;

const LEFT: f64 = 44.0;
const RIGHT: f64 = 668.0;
const FOOT: f64 = 180.0;
const TOP: f64 = 27.0;

/// What the curve shows.
#[derive(Clone, Debug)]
pub struct Curve {
    /// Days and the cumulative amount planned by then, rising.
    pub plan: Vec<(Day, i64)>,
    /// Days of reports and the amount they told.
    pub actual: Vec<(Day, i64)>,
    pub forecast: Option<Day>,
    pub target: i64,
    pub due: Option<Day>,
    pub today: Day,
    pub late: bool,
}

/// Where days and amounts stand.
struct Frame<'c> {
    curve: &'c Curve,
    from: Day,
    to: Day,
    top: i64,
}

impl<'c> Frame<'c> {
    fn of(curve: &'c Curve) -> Option<Self> {
        let days = curve.plan.iter().chain(&curve.actual).map(|point| point.0);
        let first = days.clone().min()?;
        let ends = [Some(curve.today), curve.due, curve.forecast];
        let last = days.chain(ends.into_iter().flatten()).max()?;
        let amounts = curve.plan.iter().chain(&curve.actual).map(|point| point.1);
        Some(Self {
            curve,
            from: date(first.year(), first.month(), 1),
            to: last.saturating_add(Span::new().days(10)),
            top: amounts.fold(curve.target, i64::max).max(1),
        })
    }

    fn x(&self, day: Day) -> f64 {
        LEFT + between(self.from, day) / between(self.from, self.to).max(1.0) * (RIGHT - LEFT)
    }

    fn y(&self, amount: i64) -> f64 {
        FOOT - drawn(amount) / drawn(self.top) * (FOOT - TOP)
    }

    fn points(&self, list: &[(Day, i64)]) -> Vec<(f64, f64)> {
        list.iter().map(|(day, amount)| (self.x(*day), self.y(*amount))).collect()
    }
}

/// Draws it; nothing where there is nothing to draw.
pub fn draw(curve: &Curve, words: &Words) -> Option<String> {
    let frame = Frame::of(curve)?;
    let mut svg = Svg::open("chart", "0 0 760 214", "", &label(curve, words));
    amounts(&mut svg, &frame);
    months(&mut svg, &frame, words);
    let mut plan = frame.points(&curve.plan);
    let actual = frame.points(&curve.actual);
    gap(&mut svg, &frame, &plan, &actual);
    let milestones: Vec<(f64, f64)> = plan.iter().skip(1).copied().collect();
    if let Some(last) = plan.last().copied() {
        plan.push((RIGHT, last.1));
    }
    svg.through(&plan, "pl");
    svg.through(&actual, "al");
    for milestone in milestones {
        svg.diamond(milestone, true);
    }
    names(&mut svg, &frame, words);
    marks(&mut svg, &frame, words);
    Some(svg.close())
}

/// Lines at round amounts, and one at the target.
fn amounts(svg: &mut Svg, frame: &Frame<'_>) {
    let target = frame.curve.target;
    let step = round_step(frame.top);
    let rounds = (0..).map(|n| n * step).take_while(|amount| *amount < target);
    for amount in rounds.filter(|amount| frame.y(*amount) - frame.y(target) > 16.0) {
        let y = frame.y(amount);
        svg.line((LEFT, y), (RIGHT, y), "ax");
        svg.text((LEFT - 8.0, y + 4.0), Anchor::End, "ax-t", &count(amount));
    }
    let y = frame.y(target);
    svg.line((LEFT, y), (RIGHT, y), "tgt");
    svg.text((LEFT - 8.0, y + 4.0), Anchor::End, "lb-b", &count(target));
}

/// 1, 2, 4 or 5 times a power of ten, so that two to four lines fit under the top.
fn round_step(top: i64) -> i64 {
    let mut power = 1;
    loop {
        for factor in [1, 2, 4, 5] {
            if factor * power * 3 >= top {
                return factor * power;
            }
        }
        power *= 10;
    }
}

fn months(svg: &mut Svg, frame: &Frame<'_>, words: &Words) {
    let whole = between(frame.from, frame.to);
    let every = if whole > 800.0 { 3 } else { 1 };
    let mut month = frame.from;
    while month <= frame.to {
        let x = frame.x(month);
        svg.line((x, FOOT), (x, FOOT + 4.0), "gt-wk");
        if x < RIGHT - 20.0 {
            let told = month_name(month, every > 1 && month.month() < 4, words);
            svg.text((x + 4.0, FOOT + 17.0), Anchor::Start, "ax-t", &told);
        }
        month = month.saturating_add(Span::new().months(every));
    }
}

/// Shades what was planned by today and not done.
fn gap(svg: &mut Svg, frame: &Frame<'_>, plan: &[(f64, f64)], actual: &[(f64, f64)]) {
    let (Some(first), Some(last)) = (plan.first(), actual.last()) else { return };
    let planned_now = planned(plan, last.0);
    if planned_now >= last.1 || !frame.curve.late {
        return;
    }
    let mut edge: Vec<(f64, f64)> = plan.iter().filter(|point| point.0 < last.0).copied().collect();
    edge.push((last.0, planned_now));
    edge.extend(actual.iter().rev().filter(|point| point.0 >= first.0));
    svg.area(&edge, "gapf");
}

/// How high the plan stands at a place.
fn planned(plan: &[(f64, f64)], x: f64) -> f64 {
    let after = plan.iter().position(|point| point.0 > x);
    match after {
        None | Some(0) => plan.last().map_or(FOOT, |point| point.1),
        Some(place) => {
            let (from, to) = (plan[place - 1], plan[place]);
            from.1 + (to.1 - from.1) * (x - from.0) / (to.0 - from.0).max(0.1)
        }
    }
}

/// 计划 and 实际 beside their lines, where there is room for both.
fn names(svg: &mut Svg, frame: &Frame<'_>, words: &Words) {
    let curve = frame.curve;
    let middle = |list: &[(Day, i64)]| {
        let points = frame.points(list);
        (points.len() > 2).then(|| points[points.len() / 2])
    };
    if let (Some(plan), Some(actual)) = (middle(&curve.plan), middle(&curve.actual)) {
        svg.text((plan.0 - 9.0, plan.1 - 4.0), Anchor::End, "lb-t", &words.t("curve-plan"));
        svg.text(
            (actual.0 + 6.0, actual.1 + 15.0),
            Anchor::Start,
            "lb-t",
            &words.t("curve-actual"),
        );
    }
}

fn marks(svg: &mut Svg, frame: &Frame<'_>, words: &Words) {
    let curve = frame.curve;
    let now = frame.x(curve.today);
    let due = curve.due.map(|due| (frame.x(due), words.a("curve-due", &[("day", &short(due))])));
    let crowded = due.as_ref().is_some_and(|(at, _)| *at < now && now - at < 120.0);
    svg.line((now, 4.0), (now, FOOT), "gt-today");
    let (side, off) = if crowded { (Anchor::Start, 5.0) } else { (Anchor::End, -5.0) };
    svg.text((now + off, 12.0), side, "lb-t", &words.t("today"));
    if let Some((at, told)) = due {
        svg.line((at, 4.0), (at, FOOT), "mk");
        let (side, off) = if crowded { (Anchor::End, -5.0) } else { (Anchor::Start, 5.0) };
        svg.text((at + off, 12.0), side, "lb-t", &told);
    }
    let Some((day, amount)) = curve.actual.last() else { return };
    let last = (frame.x(*day), frame.y(*amount));
    if let Some(end) = curve.forecast.filter(|end| end > day) {
        let light = if curve.late { Light::Late } else { Light::Ok };
        let tip = (frame.x(end), frame.y(curve.target));
        svg.through(&[last, tip], if curve.late { "fl" } else { "fl fl-ok" });
        svg.glyph(light, (tip.0 - 7.0, tip.1 - 7.0), 14.0);
        let class = if curve.late { "lb-b t-l" } else { "lb-b" };
        let told = words.a("curve-forecast", &[("day", &short(end))]);
        svg.text((RIGHT + 6.0, tip.1 + 20.0), Anchor::Start, class, &told);
    }
    svg.dot(last, 4.0, "f-accent");
    let below = (last.1 + 42.0).min(FOOT - 8.0).max(last.1 + 14.0);
    svg.text((last.0 - 8.0, below), Anchor::End, "lb-b", &words.n("curve-done", amount));
}

/// One sentence for those who do not see it.
fn label(curve: &Curve, words: &Words) -> String {
    let day = |day: Day| words.day(&day, &curve.today);
    let target = count(curve.target);
    let amount = count(curve.actual.last().map_or(0, |point| point.1));
    let (planned, today) = (curve.plan.last().map(|point| day(point.0)), day(curve.today));
    let forecast = curve.forecast.map(day);
    let key = match (&planned, &forecast) {
        (Some(_), Some(_)) => "curve-label",
        (Some(_), None) => "curve-label-no-forecast",
        (None, _) => "curve-label-no-plan",
    };
    let args = [
        ("target", &*target),
        ("amount", &*amount),
        ("planned", planned.as_deref().unwrap_or_default()),
        ("today", &*today),
        ("forecast", forecast.as_deref().unwrap_or_default()),
    ];
    words.a(key, &args)
}

fn short(day: Day) -> String {
    day.strftime("%m-%d").to_string()
}

fn between(from: Day, to: Day) -> f64 {
    from.until(to).map_or(0.0, |span| f64::from(span.get_days()))
}

#[expect(clippy::cast_precision_loss, reason = "amounts are drawn, not counted")]
fn drawn(amount: i64) -> f64 {
    amount as f64
}

fn month_name(day: Day, with_year: bool, words: &Words) -> String {
    let month = match words.lang {
        Lang::En => day.strftime("%b").to_string(),
        _ => day.month().to_string(),
    };
    let key = if with_year { "month-year" } else { "month-name" };
    // Years go in as text: they take no separator.
    words.a(key, &[("year", &format!("{}", day.strftime("%Y"))), ("month", &month)])
}

/// 1,026.
fn count(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::from(if n < 0 { "−" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// One line of the table beside the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    pub day: String,
    pub plan: String,
    pub actual: String,
}

/// What the drawing shows, as a table: days in order, with what was planned by then and what had
/// been done.
pub fn points(curve: &Curve, words: &Words) -> Vec<Point> {
    let mut days: std::collections::BTreeMap<Day, (Option<i64>, Option<i64>)> =
        std::collections::BTreeMap::new();
    for (day, amount) in &curve.plan {
        days.entry(*day).or_default().0 = Some(*amount);
    }
    for (day, amount) in &curve.actual {
        days.entry(*day).or_default().1 = Some(*amount);
    }
    let told = |amount: Option<i64>| amount.map(count).unwrap_or_default();
    let point = |(day, (plan, actual)): (Day, (Option<i64>, Option<i64>))| Point {
        day: words.short(&day, &curve.today),
        plan: told(plan),
        actual: told(actual),
    };
    days.into_iter().map(point).collect()
}
