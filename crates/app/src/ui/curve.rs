//! The cumulative chart of an item: the plan dashed, what was done, where it leads, and the gap.

use std::fmt::Write;

use jiff::{Span, civil::date};
use mechanisms::Day;

use super::words::Words;

const LEFT: f64 = 52.0;
const RIGHT: f64 = 668.0;
const FOOT: f64 = 180.0;
const TOP: f64 = 27.0;

/// What the curve shows.
#[derive(Clone, Debug)]
pub struct Curve {
    pub plan: Vec<(Day, i64)>,
    pub actual: Vec<(Day, i64)>,
    pub forecast: Option<Day>,
    pub target: i64,
    pub due: Option<Day>,
    pub today: Day,
    pub late: bool,
}

/// Draws it; nothing where there is nothing to draw.
pub fn draw(curve: &Curve, words: &Words) -> Option<String> {
    let days = curve.plan.iter().chain(&curve.actual).map(|point| point.0);
    let from = days.clone().min()?;
    let ends = [Some(curve.today), curve.due, curve.forecast];
    let to = days.chain(ends.into_iter().flatten()).max()?;
    let to = to.saturating_add(Span::new().days(7));
    let whole = between(from, to).max(1.0);
    let x = |day: Day| LEFT + between(from, day) / whole * (RIGHT - LEFT);
    let top = curve.actual.iter().map(|point| point.1).fold(curve.target, i64::max).max(1);
    let y = |amount: i64| FOOT - to_f64(amount) / to_f64(top) * (FOOT - TOP);
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 0 760 214\" role=\"img\" aria-label=\"{}\">",
        label(curve, words)
    );
    axes(&mut svg, curve, (from, to), &x, &y);
    let points = |list: &[(Day, i64)]| -> String {
        let texts: Vec<String> =
            list.iter().map(|(day, amount)| format!("{:.1},{:.1}", x(*day), y(*amount))).collect();
        texts.join(" ")
    };
    let actual = points(&curve.actual);
    let plan = points(&curve.plan);
    let _ = write!(
        svg,
        "<polyline points=\"{plan}\" class=\"pl\"/><polyline points=\"{actual}\" class=\"al\"/>"
    );
    if let (Some(last), Some(end)) = (curve.actual.last(), curve.forecast) {
        let _ = write!(
            svg,
            "<polyline points=\"{:.1},{:.1} {:.1},{:.1}\" class=\"fl\"/>",
            x(last.0),
            y(last.1),
            x(end),
            y(curve.target)
        );
    }
    for (day, amount) in curve.plan.iter().skip(1) {
        let _ = write!(
            svg,
            "<path d=\"M{:.1} {:.1}l5 5-5 5-5-5z\" class=\"gt-ms\"/>",
            x(*day),
            y(*amount) - 5.0
        );
    }
    marks(&mut svg, curve, words, &x, &y);
    svg.push_str("</svg>");
    Some(svg)
}

fn axes(
    svg: &mut String,
    curve: &Curve,
    (from, to): (Day, Day),
    x: &dyn Fn(Day) -> f64,
    y: &dyn Fn(i64) -> f64,
) {
    for amount in [0, curve.target / 2, curve.target] {
        let at = y(amount);
        let class = if amount == curve.target { "tgt" } else { "ax" };
        let _ = write!(
            svg,
            "<line x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{at:.1}\" y2=\"{at:.1}\" \
             class=\"{class}\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" \
             class=\"ax-t\">{amount}</text>",
            LEFT - 8.0,
            at + 4.0
        );
    }
    let mut month = date(from.year(), from.month(), 1);
    while month <= to {
        let at = x(month).max(LEFT);
        let name = month.month();
        let _ = write!(
            svg,
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{FOOT}\" y2=\"184\" class=\"gt-wk\"/>\
             <text x=\"{:.1}\" y=\"197\" class=\"ax-t\">{name}</text>",
            at + 4.0
        );
        month = month.saturating_add(Span::new().months(1));
    }
}

fn marks(
    svg: &mut String,
    curve: &Curve,
    words: &Words,
    x: &dyn Fn(Day) -> f64,
    y: &dyn Fn(i64) -> f64,
) {
    let now = x(curve.today);
    let _ = write!(
        svg,
        "<line x1=\"{now:.1}\" x2=\"{now:.1}\" y1=\"4\" y2=\"{FOOT}\" class=\"gt-today\"/>\
         <text x=\"{:.1}\" y=\"12\" text-anchor=\"end\" class=\"lb-t\">{}</text>",
        now - 5.0,
        words.t("today")
    );
    if let Some(due) = curve.due {
        let at = x(due);
        let _ = write!(
            svg,
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"4\" y2=\"{FOOT}\" class=\"mk\"/>\
             <text x=\"{:.1}\" y=\"12\" class=\"lb-t\">{} {}</text>",
            at + 5.0,
            words.t("due"),
            due.strftime("%m-%d")
        );
    }
    if let Some(last) = curve.actual.last() {
        let _ = write!(
            svg,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\" class=\"f-accent\"/><text x=\"{:.1}\" \
             y=\"{:.1}\" text-anchor=\"end\" class=\"lb-b\">{}</text>",
            x(last.0),
            y(last.1),
            x(last.0) - 8.0,
            y(last.1) + 22.0,
            words.n("curve-done", last.1)
        );
    }
    if let Some(end) = curve.forecast {
        let class = if curve.late { "late" } else { "ok" };
        let (at, top) = (x(end), y(curve.target));
        let _ = write!(
            svg,
            "<use href=\"#g-{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"14\" height=\"14\" \
             class=\"g-{class}\"/><text x=\"674\" y=\"{:.1}\" class=\"lb-b\">{} {}</text>",
            at - 7.0,
            top - 7.0,
            top + 20.0,
            words.t("forecast"),
            end.strftime("%m-%d")
        );
    }
}

fn label(curve: &Curve, words: &Words) -> String {
    let done = curve.actual.last().map_or(0, |point| point.1).to_string();
    let target = curve.target.to_string();
    let end = curve.forecast.map_or("—".to_owned(), |day| day.to_string());
    words.a("curve-told", &[("done", &done), ("target", &target), ("forecast", &end)])
}

fn between(from: Day, to: Day) -> f64 {
    from.until(to).map_or(0.0, |span| f64::from(span.get_days()))
}

#[expect(clippy::cast_precision_loss, reason = "amounts are drawn, not counted")]
fn to_f64(amount: i64) -> f64 {
    amount as f64
}
