//! The marks of the lights: each has a shape of its own, so that they are told apart in grey.

use std::fmt::Write;

use super::Mark;

/// Diamond, triangle, disc, ring with a tick, square with bars, dashed ring, about twice `r` wide.
pub(super) fn mark(svg: &mut String, mark: Mark, (x, y): (f64, f64), r: f64) {
    let (d, s) = (r * 1.25, r * 1.15);
    let _ = match mark {
        Mark::Late => write!(
            svg,
            "<path d=\"M{x:.2} {:.2}l{d:.2} {d:.2}-{d:.2} {d:.2}-{d:.2}-{d:.2}z\" \
             class=\"w-f-late\"/>",
            y - d
        ),
        Mark::Warn => write!(
            svg,
            "<path d=\"M{x:.2} {:.2}l{d:.2} {:.2}h-{:.2}z\" class=\"w-f-warn\"/>",
            y - d * 0.9,
            d * 1.8,
            d * 2.0
        ),
        Mark::Ok => {
            write!(svg, "<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"{r:.2}\" class=\"w-f-ok\"/>")
        }
        Mark::Done => write!(
            svg,
            "<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"{r:.2}\" class=\"w-ring\"/><path d=\"M{:.2} \
             {y:.2}l{:.2} {:.2} {:.2}-{:.2}\" class=\"w-tick\"/>",
            x - r * 0.5,
            r * 0.4,
            r * 0.4,
            r * 0.65,
            r * 0.8
        ),
        Mark::Hold => write!(
            svg,
            "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" rx=\".3\" \
             class=\"w-hold\"/><path d=\"M{:.2} {:.2}v{r:.2}M{:.2} {:.2}v{r:.2}\" \
             class=\"w-hold\"/>",
            x - s,
            y - s,
            s * 2.0,
            s * 2.0,
            x - r * 0.35,
            y - r * 0.5,
            x + r * 0.35,
            y - r * 0.5
        ),
        Mark::Idle => write!(
            svg,
            "<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"{r:.2}\" class=\"w-ring w-dash\"/>"
        ),
    };
}
