//! The run chart's drawing: bars on a time axis, row for row beside the table, as SVG.
//!
//! ```text
//!   ▼ latest start          ┆ today
//! ▐████████████◇████████████┆░░░░░░▨▨▨▨ ◆ +19     time spent, forecast, forecast past the plan
//!  ─────────────────────────┆──────┤              baseline
//! ```
//!
//! The table is the accessible truth; this repeats it. Rows are as high as the table's.

use jiff::{Span, civil::date};
use mechanisms::{Day, light::Light};

use super::{
    svg::{Anchor, Svg},
    words::{Lang, Words},
};

mod bar;
#[cfg(test)]
mod tests;

/// Heights of the head and the rows, the same as in `pages.css`.
pub const HEAD: f64 = 44.0;
pub const GOAL: f64 = 32.0;
pub const ITEM: f64 = 30.0;
/// Width of the drawing.
pub const WIDTH: f64 = 640.0;

/// The days the drawing shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: Day,
    pub to: Day,
    pub today: Day,
}

impl Window {
    /// A `month`, `quarter`, `half` (the default) or `year` around today. All but the shortest
    /// begin with a month.
    pub fn around(today: Day, zoom: &str) -> Self {
        let this_month = date(today.year(), today.month(), 1);
        let months = |n: i64| this_month.saturating_sub(Span::new().months(n));
        let (from, after) = match zoom {
            "month" => (today.saturating_sub(Span::new().days(14)), 21),
            "quarter" => (months(1), 45),
            "year" => (date(today.year(), 1, 1), 56),
            _ => (months(4), 54),
        };
        Self { from, to: today.saturating_add(Span::new().days(after)), today }
    }

    /// Where a day stands, kept a little beyond the edges.
    fn x(&self, day: Day) -> f64 {
        let whole = days(self.from, self.to).max(1.0);
        (days(self.from, day) / whole * WIDTH).clamp(-40.0, WIDTH + 40.0)
    }

    /// The part of a span that is seen.
    fn seen(&self, from: Day, to: Day) -> (f64, f64) {
        (self.x(from).max(0.0), self.x(to).min(WIDTH))
    }
}

/// One row of the chart.
#[derive(Clone, Debug)]
pub enum Row {
    Goal { start: Option<Day>, end: Option<Day> },
    Item(Box<Bar>),
}

impl Row {
    fn height(&self) -> f64 {
        match self {
            Self::Goal { .. } => GOAL,
            Self::Item(_) => ITEM,
        }
    }
}

/// One item's bar.
#[derive(Clone, Debug)]
pub struct Bar {
    pub href: String,
    pub title: String,
    pub light: Light,
    pub start: Option<Day>,
    pub due: Option<Day>,
    pub baseline: (Option<Day>, Option<Day>),
    pub forecast: Option<Day>,
    pub done: Option<Day>,
    pub latest_start: Option<Day>,
    /// Days, and whether they were reached.
    pub milestones: Vec<(Day, bool)>,
}

/// Draws the chart.
pub fn draw(rows: &[Row], window: &Window, words: &Words) -> String {
    let height = HEAD + rows.iter().map(Row::height).sum::<f64>();
    let label = words.t(if rows.is_empty() { "chart-empty" } else { "chart-label" });
    let size = format!("width=\"{WIDTH}\" height=\"{height}\" ");
    let mut svg = Svg::open_links("gt", &format!("0 0 {WIDTH} {height}"), &size, &label);
    months(&mut svg, window, height, words);
    weeks(&mut svg, window);
    let mut y = HEAD;
    for row in rows {
        if matches!(row, Row::Goal { .. }) {
            svg.bar((0.0, WIDTH), y, GOAL, "gt-gr");
        }
        y += row.height();
        svg.line((0.0, y), (WIDTH, y), "gt-rl");
    }
    latest_starts(&mut svg, rows, window);
    let mut y = HEAD;
    for row in rows {
        match row {
            Row::Goal { start, end } => summary(&mut svg, (*start, *end), y, window),
            Row::Item(item) => bar::draw(&mut svg, item, y, window),
        }
        y += row.height();
    }
    today(&mut svg, window, height, words);
    svg.close()
}

/// The bracket over the items of a goal.
fn summary(svg: &mut Svg, (start, end): (Option<Day>, Option<Day>), y: f64, window: &Window) {
    let (Some(start), Some(end)) = (start, end) else { return };
    let (x, tip) = window.seen(start, end);
    if tip > x {
        let (top, foot) = (y + 14.0, y + 21.0);
        svg.path(&format!("M{x:.1} {foot:.1}V{top:.1}H{tip:.1}V{foot:.1}"), "gt-sum");
    }
}

fn months(svg: &mut Svg, window: &Window, height: f64, words: &Words) {
    let mut month = date(window.from.year(), window.from.month(), 1);
    let (mut first, mut band) = (true, false);
    while month <= window.to {
        let next = month.saturating_add(Span::new().months(1));
        let (x, end) = window.seen(month, next);
        if band {
            svg.bar((x, end), 0.0, height, "gt-band");
        }
        let with_year = (first || month.month() == 1) && end - x > 68.0;
        let told = words.month_head(&month, with_year);
        if end - x > 22.0 {
            svg.text((x + 6.0, 18.0), Anchor::Start, "gt-m", &told);
        }
        svg.line((x, 0.0), (x, height), "gt-ml");
        (month, first, band) = (next, false, !band);
    }
}

/// A tick every Monday, a date at every other one while there is room.
fn weeks(svg: &mut Svg, window: &Window) {
    let past = i64::from(window.from.weekday().to_monday_zero_offset());
    let mut monday = window.from.saturating_add(Span::new().days((7 - past) % 7));
    let shown = days(window.from, window.to);
    let mut told = true;
    while monday <= window.to && shown < 400.0 {
        let x = window.x(monday);
        svg.line((x, 36.0), (x, 41.0), "gt-wk");
        let past_today = x - window.x(window.today);
        let covered = past_today > -56.0 && past_today < 38.0;
        let room = shown < 100.0 || told && shown < 230.0;
        if room && !covered && x < WIDTH - 16.0 {
            svg.text((x + 2.0, 33.0), Anchor::Start, "gt-d", &monday.day().to_string());
        }
        told = !told;
        monday = monday.saturating_add(Span::new().days(7));
    }
}

/// The dotted line that joins the latest starts of one goal's items.
fn latest_starts(svg: &mut Svg, rows: &[Row], window: &Window) {
    let mut points: Vec<(f64, f64)> = Vec::new();
    let mut y = HEAD;
    for row in rows {
        match row {
            Row::Goal { .. } => {
                svg.through(&points, "gt-ls");
                points.clear();
            }
            Row::Item(bar) => {
                if let Some(start) = bar.latest_start.filter(|_| bar.done.is_none()) {
                    let x = window.x(start);
                    points.extend([(x, y + 5.0), (x, y + 29.0)]);
                }
            }
        }
        y += row.height();
    }
    svg.through(&points, "gt-ls");
}

fn today(svg: &mut Svg, window: &Window, height: f64, words: &Words) {
    let x = window.x(window.today);
    let told = format!("{} {}", words.t("today"), window.today.strftime("%m-%d"));
    let half = if words.lang == Lang::En { 40.0 } else { 36.0 };
    svg.line((x, 40.0), (x, height), "gt-today");
    svg.round((x - half, x + half), 23.0, 18.0, "f-accent");
    svg.text((x, 36.0), Anchor::Middle, "gt-tt", &told);
}

fn days(from: Day, to: Day) -> f64 {
    from.until(to).map_or(0.0, |span| f64::from(span.get_days()))
}
