//! The run chart's drawing: bars on a time axis, row for row beside the table, as SVG.
//!
//! The table is the accessible truth; this repeats it. Lengths are SVG attributes, never styles.

use std::fmt::Write;

use jiff::{Span, civil::date};
use mechanisms::{Day, light::Light};

use super::words::{Lang, Words};

const HEAD: f64 = 44.0;
const GOAL: f64 = 32.0;
const ITEM: f64 = 30.0;
/// Width of the drawing.
pub const WIDTH: f64 = 640.0;

/// The days the drawing shows.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub from: Day,
    pub to: Day,
    pub today: Day,
    /// The day shown has passed.
    pub past: bool,
}

impl Window {
    /// A month, quarter, half-year or year around today.
    pub fn around(today: Day, zoom: &str, past: bool) -> Self {
        let (before, after) = match zoom {
            "month" => (15, 20),
            "quarter" => (50, 45),
            "year" => (324, 45),
            _ => (142, 53),
        };
        let from = today.saturating_sub(Span::new().days(before));
        let from = if zoom == "year" { date(today.year(), 1, 1) } else { from };
        Self { from, to: today.saturating_add(Span::new().days(after)), today, past }
    }

    fn x(&self, day: Day) -> f64 {
        let whole = days(self.from, self.to).max(1.0);
        (days(self.from, day) / whole * WIDTH).clamp(-40.0, WIDTH + 40.0)
    }
}

/// One row of the chart.
#[derive(Clone, Debug)]
pub enum Row {
    Goal { start: Option<Day>, end: Option<Day> },
    Item(Box<Bar>),
}

/// One item's bar.
#[derive(Clone, Debug)]
pub struct Bar {
    pub light: Light,
    pub start: Option<Day>,
    pub due: Option<Day>,
    pub baseline: (Option<Day>, Option<Day>),
    pub forecast: Option<Day>,
    pub done: Option<Day>,
    pub latest_start: Option<Day>,
    pub milestones: Vec<(Day, bool)>,
}

/// Draws the chart.
pub fn draw(rows: &[Row], window: &Window, words: &Words) -> String {
    let height = HEAD + rows.iter().map(height_of).sum::<f64>();
    let mut svg = format!(
        "<svg class=\"gt\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" aria-label=\"{}\">",
        words.t("chart-label")
    );
    months(&mut svg, window, height, words);
    let mut y = HEAD;
    for row in rows {
        if matches!(row, Row::Goal { .. }) {
            let _ = write!(
                svg,
                "<rect x=\"0\" y=\"{y}\" width=\"{WIDTH}\" height=\"{GOAL}\" class=\"gt-gr\"/>"
            );
        }
        y += height_of(row);
        let _ =
            write!(svg, "<line x1=\"0\" x2=\"{WIDTH}\" y1=\"{y}\" y2=\"{y}\" class=\"gt-rl\"/>");
    }
    latest_start_lines(&mut svg, rows, window);
    let mut y = HEAD;
    for row in rows {
        match row {
            Row::Goal { start: Some(start), end: Some(end) } => {
                let (a, b) = (window.x(*start).max(0.0), window.x(*end));
                let (top, foot) = (y + 14.0, y + 21.0);
                let _ = write!(
                    svg,
                    "<path d=\"M{a:.1} {foot}V{top}H{b:.1}V{foot}\" class=\"gt-sum\"/>"
                );
            }
            Row::Goal { .. } => {}
            Row::Item(bar) => item(&mut svg, bar, y, window),
        }
        y += height_of(row);
    }
    today(&mut svg, window, height, words);
    svg.push_str("</svg>");
    svg
}

fn height_of(row: &Row) -> f64 {
    match row {
        Row::Goal { .. } => GOAL,
        Row::Item(_) => ITEM,
    }
}

fn months(svg: &mut String, window: &Window, height: f64, words: &Words) {
    let mut month = date(window.from.year(), window.from.month(), 1);
    let mut first = true;
    let mut band = false;
    while month <= window.to {
        let next = month.saturating_add(Span::new().months(1));
        let (x, end) = (window.x(month).max(0.0), window.x(next).min(WIDTH));
        if band {
            let width = end - x;
            let _ = write!(
                svg,
                "<rect x=\"{x:.1}\" y=\"0\" width=\"{width:.1}\" height=\"{height}\" \
                 class=\"gt-band\"/>"
            );
        }
        let wide = if first { 72.0 } else { 30.0 };
        let name = if end - x < wide {
            String::new()
        } else {
            month_name(month, std::mem::take(&mut first), words)
        };
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"18\" class=\"gt-m\">{}</text><line x1=\"{x:.1}\" \
             x2=\"{x:.1}\" y1=\"0\" y2=\"{height}\" class=\"gt-ml\"/>",
            x + 6.0,
            name
        );
        (month, band) = (next, !band);
    }
    weeks(svg, window);
}

fn month_name(month: Day, with_year: bool, words: &Words) -> String {
    match (words.lang, with_year) {
        (Lang::En, true) => month.strftime("%b %Y").to_string(),
        (Lang::En, false) => month.strftime("%b").to_string(),
        (_, true) => format!("{}年{}月", month.year(), month.month()),
        (_, false) => format!("{}月", month.month()),
    }
}

fn weeks(svg: &mut String, window: &Window) {
    let ahead = (8 - i64::from(window.from.weekday().to_monday_one_offset())) % 7;
    let mut monday = window.from.saturating_add(Span::new().days(ahead));
    let wide = days(window.from, window.to) > 120.0;
    let mut told = true;
    while monday <= window.to {
        let x = window.x(monday);
        let _ =
            write!(svg, "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"36\" y2=\"41\" class=\"gt-wk\"/>");
        let near_today = (window.x(window.today) - x).abs() < 44.0;
        if (told || !wide)
            && !near_today
            && x < WIDTH - 16.0
            && days(window.from, window.to) < 260.0
        {
            let _ = write!(
                svg,
                "<text x=\"{:.1}\" y=\"33\" class=\"gt-d\">{}</text>",
                x + 2.0,
                monday.day()
            );
        }
        told = !told;
        monday = monday.saturating_add(Span::new().days(7));
    }
}

fn latest_start_lines(svg: &mut String, rows: &[Row], window: &Window) {
    let mut points: Vec<String> = Vec::new();
    let mut y = HEAD;
    let flush = |svg: &mut String, points: &mut Vec<String>| {
        if points.len() > 2 {
            let _ = write!(svg, "<polyline points=\"{}\" class=\"gt-ls\"/>", points.join(" "));
        }
        points.clear();
    };
    for row in rows {
        match row {
            Row::Goal { .. } => flush(svg, &mut points),
            Row::Item(bar) => {
                if let Some(start) = bar.latest_start {
                    let x = window.x(start);
                    points.push(format!("{x:.1},{:.0}", y + 5.0));
                    points.push(format!("{x:.1},{:.0}", y + 29.0));
                }
            }
        }
        y += height_of(row);
    }
    flush(svg, &mut points);
}

fn item(svg: &mut String, bar: &Bar, y: f64, window: &Window) {
    if let (Some(start), Some(due)) = bar.baseline {
        rect(svg, (window.x(start), window.x(due)), y + 21.0, 3.0, "gt-base");
        let x = window.x(due);
        let _ = write!(svg, "<path d=\"M{x:.1} {:.1}v9\" class=\"gt-cap\"/>", y + 18.0);
    }
    match (bar.start, bar.done) {
        (Some(start), Some(done)) => {
            rect(svg, (window.x(start), window.x(done)), y + 9.0, 10.0, "gt-fin");
            glyph(svg, bar.light, window.x(done) + 6.0, y + 7.0);
        }
        (Some(start), None) => running(svg, bar, start, y, window),
        _ => {}
    }
    for (day, reached) in &bar.milestones {
        let x = window.x(*day);
        if (0.0..=WIDTH).contains(&x) {
            let class = if *reached { "gt-ms" } else { "gt-ms gt-ms-no" };
            let _ =
                write!(svg, "<path d=\"M{x:.1} {:.1}l5 5-5 5-5-5z\" class=\"{class}\"/>", y + 9.0);
        }
    }
    if let Some(start) = bar.latest_start {
        let x = window.x(start);
        let class = if start < window.today { "gt-lsm gt-lsm-x" } else { "gt-lsm" };
        let _ =
            write!(svg, "<path d=\"M{:.1} {:.1}h8l-4 5z\" class=\"{class}\"/>", x - 4.0, y + 1.0);
    }
}

/// An item that goes on: time spent, time spent past the deadline, and what is still ahead.
fn running(svg: &mut String, bar: &Bar, start: Day, y: f64, window: &Window) {
    let today = window.today;
    let now = window.x(today);
    let due = bar.due.unwrap_or(today);
    if start <= today {
        let spent = if due < today { window.x(due) } else { now };
        rect(svg, (window.x(start), spent), y + 9.0, 10.0, "gt-act");
        if due < today {
            rect(svg, (window.x(due), now), y + 9.0, 10.0, "f-late");
        }
    }
    let Some(end) = bar.forecast.or(bar.due).map(|day| day.max(today)) else { return };
    let from = window.x(start.max(today));
    let class = match bar.light {
        Light::Late => "gt-f gt-f-late",
        Light::Warn => "gt-f gt-f-warn",
        Light::Hold => "gt-f gt-f-hold",
        _ => "gt-f gt-f-ok",
    };
    if due > today {
        rect(svg, (from, window.x(due.min(end))), y + 9.5, 9.0, class);
    }
    let mut tip = window.x(end);
    if bar.light == Light::Late && end > due {
        let over = window.x(due.max(today));
        rect(svg, (over, tip), y + 9.5, 9.0, "gt-over-b");
        let (x, width) = (over.max(0.0), (tip - over).max(0.0));
        let _ = write!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"9\" \
             fill=\"url(#hatch)\" class=\"gt-over\"/>",
            y + 9.5
        );
        let late = days(due, end);
        glyph(svg, bar.light, tip + 5.0, y + 7.0);
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" class=\"gt-late\">+{late:.0}</text>",
            tip + 22.0,
            y + 18.0
        );
    } else if bar.light == Light::Warn {
        tip = tip.max(window.x(due));
        rect(svg, (window.x(due.max(today)), window.x(end)), y + 9.5, 9.0, class);
        glyph(svg, bar.light, tip + 5.0, y + 7.0);
    } else if bar.light == Light::Hold {
        glyph(svg, bar.light, tip + 5.0, y + 7.0);
    }
}

fn today(svg: &mut String, window: &Window, height: f64, words: &Words) {
    let x = window.x(window.today);
    let name = words.t(if window.past { "until" } else { "today" });
    let label = format!("{name} {}", window.today.strftime("%m-%d"));
    let width = if words.lang == Lang::En { 84.0 } else { 72.0 };
    let left = x - width / 2.0;
    let _ = write!(
        svg,
        "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"40\" y2=\"{height}\" class=\"gt-today\"/>\
         <rect x=\"{left:.1}\" y=\"23\" width=\"{width}\" height=\"18\" rx=\"3\" \
         class=\"f-accent\"/><text x=\"{x:.1}\" y=\"36\" text-anchor=\"middle\" \
         class=\"gt-tt\">{label}</text>"
    );
}

fn rect(svg: &mut String, (from, to): (f64, f64), y: f64, height: f64, class: &str) {
    let (from, to) = (from.clamp(0.0, WIDTH), to.clamp(0.0, WIDTH));
    if to > from {
        let width = to - from;
        let _ = write!(
            svg,
            "<rect x=\"{from:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height}\" \
             rx=\"2\" class=\"{class}\"/>"
        );
    }
}

fn glyph(svg: &mut String, light: Light, x: f64, y: f64) {
    let word = light.word();
    if x < WIDTH - 10.0 && x > 0.0 {
        let _ = write!(
            svg,
            "<use href=\"#g-{word}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"13\" height=\"13\" \
             class=\"g-{word}\"/>"
        );
    }
}

fn days(from: Day, to: Day) -> f64 {
    from.until(to).map_or(0.0, |span| f64::from(span.get_days()))
}
