//! One row of the run chart: what was spent, what is forecast, and the marks around it.

use mechanisms::{Day, light::Light};

use super::{Bar, ITEM, WIDTH, Window, days};
use crate::ui::svg::{Anchor, Svg};

/// Draws an item's row, whose top is `y`, as a link.
pub(super) fn draw(svg: &mut Svg, bar: &Bar, y: f64, window: &Window) {
    svg.link(&bar.href, &bar.title);
    svg.bar((0.0, WIDTH), y, ITEM, "gt-hit");
    baseline(svg, bar, y, window);
    match (bar.start, bar.done) {
        (start, Some(done)) => finished(svg, start, done, y, window),
        (start, None) => running(svg, bar, start, y, window),
    }
    for (day, reached) in &bar.milestones {
        let x = window.x(*day);
        if (0.0..=WIDTH).contains(&x) {
            svg.diamond((x, y + 14.0), *reached);
        }
    }
    if let Some(start) = bar.latest_start.filter(|_| bar.done.is_none()) {
        let x = window.x(start);
        let class = if start < window.today { "gt-lsm gt-lsm-x" } else { "gt-lsm" };
        if (0.0..=WIDTH).contains(&x) {
            svg.path(&format!("M{:.1} {:.1}h8l-4 6z", x - 4.0, y + 2.0), class);
        }
    }
    svg.link_end();
}

fn baseline(svg: &mut Svg, bar: &Bar, y: f64, window: &Window) {
    let (Some(start), Some(due)) = bar.baseline else { return };
    svg.bar(window.seen(start, due), y + 21.0, 3.0, "gt-base");
    let x = window.x(due);
    if (0.0..=WIDTH).contains(&x) {
        svg.path(&format!("M{x:.1} {:.1}v9", y + 18.0), "gt-cap");
    }
}

fn finished(svg: &mut Svg, start: Option<Day>, done: Day, y: f64, window: &Window) {
    let (x, tip) = window.seen(start.unwrap_or(done), done);
    svg.round((x, tip), y + 9.0, 10.0, "gt-fin");
    if tip > 0.0 {
        svg.glyph(Light::Done, (tip + 5.0, y + 7.0), 14.0);
    }
}

/// An item that goes on. Without a start it began today; without a deadline it has no end but
/// its forecast.
fn running(svg: &mut Svg, bar: &Bar, start: Option<Day>, y: f64, window: &Window) {
    let today = window.today;
    let start = start.unwrap_or(today);
    let spent = bar.due.map_or(today, |due| due.min(today));
    svg.round(window.seen(start, spent), y + 9.0, 10.0, "gt-act");
    if let Some(due) = bar.due.filter(|due| *due < today) {
        svg.bar(window.seen(due.max(start), today), y + 9.0, 10.0, "f-late");
    }
    let class = match bar.light {
        Light::Late => "gt-f gt-f-late",
        Light::Warn => "gt-f gt-f-warn",
        Light::Hold => "gt-f gt-f-hold",
        Light::Idle => "gt-f gt-f-idle",
        Light::Ok | Light::Done => "gt-f gt-f-ok",
    };
    let from = start.max(today);
    let Some(end) = bar.forecast.or(bar.due).map(|end| end.max(from)) else { return };
    let planned = bar.due.map_or(end, |due| due.clamp(from, end));
    let marked = matches!(bar.light, Light::Late | Light::Warn | Light::Hold);
    // A bar that runs out of sight leaves room for its glyph.
    let edge = if marked && window.x(end) > WIDTH - 18.0 { WIDTH - 18.0 } else { WIDTH };
    let ahead = |from, to| {
        let (x, tip) = window.seen(from, to);
        (x, tip.min(edge))
    };
    svg.bar(ahead(from, planned), y + 9.5, 9.0, class);
    if bar.light == Light::Late {
        svg.hatched(ahead(planned, end), y + 9.5, 9.0);
    } else {
        svg.bar(ahead(planned, end), y + 9.5, 9.0, class);
    }
    if marked {
        let slip = bar.due.map_or(0.0, |due| days(due, end));
        mark(svg, bar.light, slip, window.x(end), y);
    }
}

/// The glyph and the days after the bar; at the edge where the bar runs out of sight.
fn mark(svg: &mut Svg, light: Light, slip: f64, tip: f64, y: f64) {
    let x = (tip + 4.0).clamp(2.0, WIDTH - 15.0);
    svg.glyph(light, (x, y + 7.0), 13.0);
    if light == Light::Late && slip > 0.0 && x < WIDTH - 44.0 {
        svg.text((x + 16.0, y + 18.0), Anchor::Start, "gt-late", &format!("+{slip:.0}"));
    }
}
