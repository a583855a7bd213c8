//! The overview's drawings: one strip of lights, and twelve weeks of red and amber in columns.

#![expect(clippy::cast_precision_loss, reason = "counts are drawn here, not counted")]

use std::fmt::Write;

use mechanisms::{Day, light::Light};

use super::words::{Words, escape};
use crate::matters::{Counts, Filter};

/// A bar cut into the lights, in one sentence for those who do not see it.
pub fn strip(counts: &Counts, words: &Words) -> String {
    let order = [Light::Done, Light::Ok, Light::Warn, Light::Late, Light::Hold, Light::Idle];
    let classes = ["f-done", "f-ok", "f-warn", "f-late", "f-hold", "f-idle"];
    let parts: Vec<(&str, bool, i64, String)> = order
        .into_iter()
        .zip(classes)
        .map(|(light, class)| (class, light == Light::Late, counts.of(light), words.light(&light)))
        .collect();
    bar(&parts, words)
}

/// A bar cut into parts: the class of each, whether it is hatched, how many, and what they are.
pub fn bar(parts: &[(&str, bool, i64, String)], words: &Words) -> String {
    let parts: Vec<_> = parts.iter().filter(|part| part.2 > 0).collect();
    let label: Vec<String> = parts.iter().map(|part| format!("{} {}", part.3, part.2)).collect();
    let mut svg = format!(
        "<svg class=\"sbar\" viewBox=\"0 0 248 10\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"{}\">",
        escape(&label.join(&words.t("list-comma")))
    );
    let gaps = 1.5 * parts.len().saturating_sub(1) as f64;
    let total = parts.iter().map(|part| part.2).sum::<i64>().max(1) as f64;
    let mut x = 0.0;
    for ((class, hatched, n, _), title) in parts.iter().zip(&label) {
        let width = (*n as f64 / total * (246.0 - gaps)).max(1.0);
        let _ = write!(
            svg,
            "<rect x=\"{x:.1}\" y=\"0\" width=\"{width:.1}\" height=\"10\" rx=\"1.5\" \
             class=\"{class}\"><title>{}</title></rect>",
            escape(title)
        );
        if *hatched {
            let _ = write!(
                svg,
                "<rect x=\"{x:.1}\" y=\"0\" width=\"{width:.1}\" height=\"10\" rx=\"1.5\" \
                 class=\"hatch-over\"/>"
            );
        }
        x += width + 1.5;
    }
    svg.push_str("</svg>");
    svg
}

/// Stacked columns, red at the bottom so that it has a straight base; each opens the list of its
/// day.
pub fn columns(weeks: &[(Day, i64, i64)], filter: &Filter, words: &Words) -> String {
    let Some((today, late, warn)) = weeks.last() else { return String::new() };
    let top = weeks.iter().map(|week| week.1 + week.2).max().unwrap_or(0).max(4);
    let step = round_step(top);
    let lines = (top + step - 1) / step;
    let scale = 102.0 / (step * lines) as f64;
    let first = weeks.first().map_or((0, 0), |week| (week.1, week.2));
    let n = |n: i64| n.to_string();
    let label = words.a(
        "trend-label",
        &[
            ("weeks", &weeks.len().to_string()),
            ("late0", &n(first.0)),
            ("late1", &n(*late)),
            ("warn0", &n(first.1)),
            ("warn1", &n(*warn)),
        ],
    );
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 -6 470 158\" role=\"group\" aria-label=\"{label}\">"
    );
    for line in 0..=lines {
        let (value, y) = (line * step, BASE - (line * step) as f64 * scale);
        let _ = write!(
            svg,
            "<line x1=\"26\" x2=\"406\" y1=\"{y:.1}\" y2=\"{y:.1}\" class=\"ax\"/><text x=\"20\" \
             y=\"{:.1}\" text-anchor=\"end\" class=\"ax-t\">{value}</text>",
            y + 4.0
        );
    }
    for (place, week) in weeks.iter().enumerate() {
        let x = 32.8 + place as f64 * 31.6;
        column(&mut svg, x, (week, scale), *today, filter, words);
        if place % 2 == 1 {
            let _ = write!(
                svg,
                "<text x=\"{:.1}\" y=\"142\" text-anchor=\"middle\" class=\"ax-t\">{}</text>",
                x + 9.0,
                words.short(&week.0, today)
            );
        }
    }
    ends(&mut svg, (*late, *warn), scale, words);
    svg.push_str("</svg>");
    svg
}

/// Where the columns stand.
const BASE: f64 = 124.0;

/// A step of 1, 2 or 5 that leaves at most five lines.
fn round_step(top: i64) -> i64 {
    let mut unit = 1;
    while top > unit * 40 && unit < i64::MAX / 100 {
        unit *= 10;
    }
    let steps = [unit, unit * 2, unit * 5, unit * 10];
    steps.into_iter().find(|step| top <= step * 4).unwrap_or(unit * 10)
}

fn column(
    svg: &mut String,
    x: f64,
    ((day, late, warn), scale): (&(Day, i64, i64), f64),
    today: Day,
    filter: &Filter,
    words: &Words,
) {
    let (red, amber) = (*late as f64 * scale, *warn as f64 * scale);
    let (red_top, amber_top) = (BASE - red, BASE - red - amber);
    let told = words.a(
        "trend-week",
        &[
            ("day", &words.short(day, &today)),
            ("late", &late.to_string()),
            ("warn", &warn.to_string()),
        ],
    );
    let _ = write!(
        svg,
        "<a href=\"/plan{}\" aria-label=\"{}\"><title>{}</title><rect x=\"{:.1}\" y=\"20\" \
         width=\"31.6\" height=\"104\" class=\"gt-hit\"/>",
        escape(&filter.on(*day, today).with("page", "")),
        escape(&told),
        escape(&told),
        x - 6.8
    );
    for (y, height, class) in [
        (amber_top, (amber - 1.0).max(0.0), "trend-a"),
        (red_top, red, "f-late"),
        (red_top, red, "hatch-over"),
    ] {
        let _ = write!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"18\" height=\"{height:.1}\" \
             class=\"{class}\"/>"
        );
    }
    svg.push_str("</a>");
}

fn ends(svg: &mut String, (late, warn): (i64, i64), scale: f64, words: &Words) {
    let red = BASE - late as f64 * scale / 2.0 + 4.0;
    let amber = (BASE - (late as f64 + warn as f64 / 2.0) * scale + 4.0).min(red - 16.0);
    for (light, n, y) in [("late", late, red), ("warn", warn, amber)] {
        let name = words.t(&format!("light-{light}"));
        let _ = write!(
            svg,
            "<text x=\"412\" y=\"{y:.1}\" class=\"lb-b t-{}\">{name} {n}</text>",
            &light[..1]
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn steps_are_round_and_lines_few() {
        for (top, step) in [(4, 1), (5, 2), (8, 2), (20, 5), (36, 10), (54, 20), (170, 50)] {
            assert_eq!(super::round_step(top), step, "{top}");
        }
    }
}
