//! The overview's drawings: one strip of lights, and weeks of red and amber in columns.

#![expect(clippy::cast_precision_loss, reason = "counts are drawn here, not counted")]

use mechanisms::{Day, light::Light};

use super::{
    svg::{Anchor, Svg},
    words::Words,
};
use crate::matters::Counts;

#[cfg(test)]
mod tests;

const FOOT: f64 = 124.0;
const TOP: f64 = 22.0;
const LEFT: f64 = 26.0;
const RIGHT: f64 = 406.0;
const COLUMN: f64 = 18.0;

/// A bar cut into the lights, in one sentence for those who do not see it.
pub fn strip(counts: &Counts, words: &Words) -> String {
    let order = [Light::Done, Light::Ok, Light::Warn, Light::Late, Light::Hold, Light::Idle];
    let parts: Vec<(Light, i64, String)> = order
        .into_iter()
        .map(|light| (light, counts.of(light)))
        .filter(|(_, n)| *n > 0)
        .map(|(light, n)| (light, n, words.n(&format!("light-count-{}", light.word()), &n)))
        .collect();
    let told: Vec<&str> = parts.iter().map(|part| &*part.2).collect();
    let label =
        if told.is_empty() { words.t("no-data") } else { told.join(&words.t("list-comma")) };
    let stretch = "preserveAspectRatio=\"none\" ";
    let mut svg = Svg::open("sbar", "0 0 248 10", stretch, &label);
    let gaps = 1.5 * parts.len().saturating_sub(1) as f64;
    let total = counts.total().max(1) as f64;
    let mut x = 0.0;
    for (light, n, told) in parts {
        let width = (n as f64 / total * (246.0 - gaps)).max(1.5);
        let span = (x, x + width);
        svg.group(&told);
        svg.bar(span, 0.0, 10.0, &format!("f-{}", light.word()));
        if light == Light::Late {
            svg.bar(span, 0.0, 10.0, "hatch-over");
        }
        svg.group_end();
        x += width + 1.5;
    }
    svg.close()
}

/// Stacked columns of (week, red, amber), red at the bottom so that it has a straight base.
pub fn columns(weeks: &[(Day, i64, i64)], words: &Words) -> String {
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else {
        let mut svg = Svg::open("chart", "0 -6 470 158", "", &words.t("trend-label-empty"));
        svg.line((LEFT, FOOT), (RIGHT, FOOT), "ax");
        svg.text((216.0, 76.0), Anchor::Middle, "lb-t", &words.t("trend-label-empty"));
        return svg.close();
    };
    let label = words.a(
        "trend-label",
        &[
            ("weeks", &weeks.len().to_string()),
            ("late0", &first.1.to_string()),
            ("late1", &last.1.to_string()),
            ("warn0", &first.2.to_string()),
            ("warn1", &last.2.to_string()),
        ],
    );
    let mut svg = Svg::open("chart", "0 -6 470 158", "", &label);
    let highest = weeks.iter().map(|week| week.1 + week.2).max().unwrap_or(0);
    let step = round_step(highest);
    let scale = (FOOT - TOP) / (step * 4) as f64;
    for line in 0..=4 {
        let y = FOOT - (line * step) as f64 * scale;
        svg.line((LEFT, y), (RIGHT, y), "ax");
        svg.text((LEFT - 6.0, y + 4.0), Anchor::End, "ax-t", &(line * step).to_string());
    }
    let pitch = (RIGHT - LEFT) / weeks.len() as f64;
    for (place, week) in weeks.iter().enumerate() {
        let x = LEFT + pitch * (place as f64 + 0.5) - COLUMN / 2.0;
        column(&mut svg, week, x, scale, words);
        if (weeks.len() - 1 - place).is_multiple_of(2) {
            let day = week.0.strftime("%m-%d").to_string();
            svg.text((x + COLUMN / 2.0, FOOT + 17.0), Anchor::Middle, "ax-t", &day);
        }
    }
    let red = FOOT - last.1 as f64 * scale / 2.0 + 4.0;
    let amber = FOOT - (last.1 as f64 + last.2 as f64 / 2.0) * scale + 4.0;
    let amber = amber.min(red - 15.0);
    svg.text((RIGHT + 6.0, red), Anchor::Start, "lb-b t-l", &words.n("trend-late", &last.1));
    svg.text((RIGHT + 6.0, amber), Anchor::Start, "lb-b t-w", &words.n("trend-warn", &last.2));
    svg.close()
}

fn column(svg: &mut Svg, week: &(Day, i64, i64), x: f64, scale: f64, words: &Words) {
    let (day, late, warn) = week;
    let told = words.a(
        "trend-week",
        &[
            ("day", &day.strftime("%m-%d").to_string()),
            ("late", &late.to_string()),
            ("warn", &warn.to_string()),
        ],
    );
    svg.group(&told);
    let (red, amber) = (*late as f64 * scale, *warn as f64 * scale);
    let span = (x, x + COLUMN);
    if red > 0.0 {
        svg.bar(span, FOOT - red, red, "f-late");
        svg.bar(span, FOOT - red, red, "hatch-over");
    }
    if amber > 0.0 {
        let gap = if red > 0.0 { 1.0 } else { 0.0 };
        svg.bar(span, FOOT - red - amber, (amber - gap).max(0.5), "trend-a");
    }
    svg.group_end();
}

/// A round step, four of which reach the highest column: 1, 2, 5, 10, 20, 50, …
fn round_step(highest: i64) -> i64 {
    let mut power = 1;
    loop {
        for factor in [1, 2, 5] {
            if factor * power * 4 >= highest {
                return factor * power;
            }
        }
        power *= 10;
    }
}
