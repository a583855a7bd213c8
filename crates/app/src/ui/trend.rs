//! The overview's drawings: one strip of lights, and twelve weeks of red and amber in columns.

#![expect(clippy::cast_precision_loss, reason = "counts are drawn here, not counted")]

use std::fmt::Write;

use mechanisms::{Day, light::Light};

use super::words::Words;
use crate::matters::Counts;

/// A bar cut into the lights, in one sentence for those who do not see it.
pub fn strip(counts: &Counts, words: &Words) -> String {
    let order = [Light::Done, Light::Ok, Light::Warn, Light::Late, Light::Hold, Light::Idle];
    let parts: Vec<(Light, i64)> =
        order.into_iter().map(|light| (light, counts.of(light))).filter(|(_, n)| *n > 0).collect();
    let name =
        |light: Light, n: i64| format!("{} {n}", words.t(&format!("light-{}", light.word())));
    let label: Vec<String> = parts.iter().map(|(light, n)| name(*light, *n)).collect();
    let mut svg = format!(
        "<svg class=\"sbar\" viewBox=\"0 0 248 10\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"{}\">",
        label.join(&words.t("list-comma"))
    );
    let gaps = 1.5 * parts.len().saturating_sub(1) as f64;
    let total = counts.total().max(1) as f64;
    let mut x = 0.0;
    for (light, n) in parts {
        let width = (n as f64 / total * (246.0 - gaps)).max(1.0);
        let title = name(light, n);
        let _ = write!(
            svg,
            "<rect x=\"{x:.1}\" y=\"0\" width=\"{width:.1}\" height=\"10\" rx=\"1.5\" \
             class=\"f-{}\"><title>{title}</title></rect>",
            light.word()
        );
        if light == Light::Late {
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

/// Stacked columns, red at the bottom so that it has a straight base.
pub fn columns(weeks: &[(Day, i64, i64)], words: &Words) -> String {
    let Some((_, late, warn)) = weeks.last() else { return String::new() };
    let top = weeks.iter().map(|week| week.1 + week.2).max().unwrap_or(1).max(4);
    let step = ((top + 3) / 4).max(1);
    let scale = 100.0 / (step * 4) as f64;
    let label = words.a("trend-told", &[("late", &late.to_string()), ("warn", &warn.to_string())]);
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 0 460 150\" role=\"img\" aria-label=\"{label}\">"
    );
    for line in 0..=4 {
        let (value, y) = (line * step, 120.0 - (line * step) as f64 * scale);
        let _ = write!(
            svg,
            "<line x1=\"30\" x2=\"404\" y1=\"{y:.1}\" y2=\"{y:.1}\" class=\"ax\"/><text x=\"24\" \
             y=\"{:.1}\" text-anchor=\"end\" class=\"ax-t\">{value}</text>",
            y + 4.0
        );
    }
    for (place, (day, late, warn)) in weeks.iter().enumerate() {
        let x = 34.0 + place as f64 * 31.0;
        let (red, amber) = (*late as f64 * scale, *warn as f64 * scale);
        let (red_top, amber_top) = (120.0 - red, 120.0 - red - amber);
        let _ = write!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{amber_top:.1}\" width=\"19\" height=\"{amber:.1}\" \
             class=\"f-warn\"/><rect x=\"{x:.1}\" y=\"{red_top:.1}\" width=\"19\" \
             height=\"{red:.1}\" class=\"f-late\"/><rect x=\"{x:.1}\" y=\"{red_top:.1}\" \
             width=\"19\" height=\"{red:.1}\" class=\"hatch-over\"/>"
        );
        if place % 2 == 1 {
            let _ = write!(
                svg,
                "<text x=\"{:.1}\" y=\"138\" text-anchor=\"middle\" class=\"ax-t\">{}</text>",
                x + 9.5,
                day.strftime("%m-%d")
            );
        }
    }
    ends(&mut svg, (*late, *warn), scale, words);
    svg.push_str("</svg>");
    svg
}

fn ends(svg: &mut String, (late, warn): (i64, i64), scale: f64, words: &Words) {
    let red = 120.0 - late as f64 * scale / 2.0 + 4.0;
    let amber = (120.0 - (late as f64 + warn as f64 / 2.0) * scale + 4.0).min(red - 14.0);
    for (light, n, y) in [("late", late, red), ("warn", warn, amber)] {
        let name = words.t(&format!("light-{light}"));
        let _ = write!(
            svg,
            "<text x=\"408\" y=\"{y:.1}\" class=\"lb-b t-{}\">{name} {n}</text>",
            &light[..1]
        );
    }
}
