//! The wall chart (作战图): every goal and item of a plan on one A3 sheet, as SVG in millimetres,
//! readable in grey: lights differ by shape.

use std::fmt::Write;

#[cfg(test)]
mod tests;

/// The lights a mark can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Late,
    Warn,
    Ok,
    Done,
    Hold,
    Idle,
}

/// One item on the sheet. Places are shares of the year, 0 to 1.
#[derive(Clone, Debug)]
pub struct Item {
    pub title: String,
    pub mark: Mark,
    /// Where it is expected to be done.
    pub end: f64,
}

/// One row: a goal with its items.
#[derive(Clone, Debug)]
pub struct Goal {
    pub number: String,
    pub title: String,
    pub sponsor: String,
    pub lead: String,
    pub start: f64,
    pub due: f64,
    pub items: Vec<Item>,
}

/// An area of the plan with its goals.
#[derive(Clone, Debug)]
pub struct Area {
    pub name: String,
    pub goals: Vec<Goal>,
}

/// The sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub title: String,
    pub subtitle: String,
    /// What is printed at the head beside each mark.
    pub legend: Vec<(Mark, String)>,
    /// 序, 干什么, 怎么干, 谁来干, 牵头单位, 什么时间干成.
    pub heads: [String; 6],
    pub months: Vec<String>,
    pub today: f64,
    pub today_label: String,
    pub areas: Vec<Area>,
    pub foot: [String; 3],
}

const LEFT: f64 = 10.0;
const RIGHT: f64 = 410.0;
const TOP: f64 = 40.0;
const FOOT: f64 = 280.0;
const TIME: f64 = 253.0;
const COLUMNS: [f64; 6] = [17.0, 24.5, 66.0, 202.0, 228.0, 253.0];

/// Draws the sheet.
pub fn draw(sheet: &Sheet) -> String {
    let rows: usize = sheet.areas.iter().map(|area| area.goals.len()).sum();
    let height = ((FOOT - TOP) / rows.max(1) as f64).min(12.0);
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 420 297\" class=\"wall\" \
         role=\"img\" aria-labelledby=\"wall-title\">",
    );
    let _ = write!(
        svg,
        "<title id=\"wall-title\">{}</title><text x=\"210\" y=\"19\" text-anchor=\"middle\" \
         class=\"w-title\" font-size=\"9\">{}</text><text x=\"210\" y=\"26\" \
         text-anchor=\"middle\" font-size=\"3.4\">{}</text>",
        escape(&sheet.title),
        escape(&sheet.title),
        escape(&sheet.subtitle)
    );
    head(&mut svg, sheet);
    let mut y = TOP;
    for area in &sheet.areas {
        let tall = height * area.goals.len() as f64;
        area_name(&mut svg, &area.name, y, tall);
        for goal in &area.goals {
            row(&mut svg, goal, y, height);
            y += height;
        }
        let _ = write!(svg, "<path d=\"M{LEFT} {y:.2}H{RIGHT}\" class=\"w-line\"/>");
    }
    let now = TIME + sheet.today * (RIGHT - TIME);
    let _ = write!(
        svg,
        "<path d=\"M{now:.2} 33V{y:.2}\" class=\"w-today\"/><text x=\"{now:.2}\" y=\"32\" \
         text-anchor=\"middle\" font-size=\"2.8\">{}</text>\
         <rect x=\"{LEFT}\" y=\"33\" width=\"{:.2}\" height=\"{:.2}\" class=\"w-frame\"/>",
        escape(&sheet.today_label),
        RIGHT - LEFT,
        y - 33.0
    );
    for (place, (text, anchor)) in sheet.foot.iter().zip(["start", "middle", "end"]).enumerate() {
        let x = LEFT + (RIGHT - LEFT) / 2.0 * place as f64;
        let _ = write!(
            svg,
            "<text x=\"{x}\" y=\"287\" text-anchor=\"{anchor}\" font-size=\"2.6\">{}</text>",
            escape(text)
        );
    }
    svg.push_str("</svg>");
    svg
}

/// The sheet as a file of its own, with its style sheet inside.
pub fn alone(svg: &str, style: &str) -> String {
    svg.replacen("<title", &format!("<style>{style}</style><title"), 1)
}

fn head(svg: &mut String, sheet: &Sheet) {
    let mut x = LEFT;
    for (shown, text) in &sheet.legend {
        mark(svg, *shown, x + 1.5, 23.0);
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"24.1\" font-size=\"3\">{}</text>",
            x + 4.0,
            escape(text)
        );
        x += 17.0;
    }
    for (x, text) in COLUMNS.iter().zip(&sheet.heads) {
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"36.4\" font-size=\"3.2\" class=\"w-head\">{}</text>",
            x + 1.2,
            escape(text)
        );
    }
    let step = (RIGHT - TIME) / sheet.months.len().max(1) as f64;
    for (place, month) in sheet.months.iter().enumerate() {
        let x = TIME + step * place as f64;
        let _ = write!(
            svg,
            "<text x=\"{:.2}\" y=\"39.3\" text-anchor=\"middle\" font-size=\"2.4\">{}</text>",
            x + step / 2.0,
            escape(month)
        );
    }
    let _ = write!(svg, "<path d=\"M{LEFT} {TOP}H{RIGHT}\" class=\"w-line\"/>");
}

/// The name of an area runs down its rows.
fn area_name(svg: &mut String, name: &str, y: f64, tall: f64) {
    let letters: Vec<char> = name.chars().collect();
    let size = (tall / letters.len().max(1) as f64).min(3.6);
    let top = y + (tall - size * letters.len() as f64) / 2.0;
    for (place, letter) in letters.iter().enumerate() {
        let _ = write!(
            svg,
            "<text x=\"13.5\" y=\"{:.2}\" text-anchor=\"middle\" font-size=\"{:.2}\">{}</text>",
            top + size * (place as f64 + 0.85),
            size * 0.85,
            escape(&letter.to_string())
        );
    }
}

fn row(svg: &mut String, goal: &Goal, y: f64, height: f64) {
    let base = y + height / 2.0 + 1.1;
    for (x, text, size) in [
        (COLUMNS[0], &goal.number, 2.6),
        (COLUMNS[1], &goal.title, 3.1),
        (COLUMNS[3], &goal.sponsor, 2.6),
        (COLUMNS[4], &goal.lead, 2.6),
    ] {
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"{base:.2}\" font-size=\"{size}\">{}</text>",
            x + 1.2,
            escape(text)
        );
    }
    items(svg, goal, y, height);
    let at = |share: f64| TIME + share.clamp(0.0, 1.0) * (RIGHT - TIME);
    let (from, to) = (at(goal.start), at(goal.due));
    let middle = y + height / 2.0;
    let _ = write!(
        svg,
        "<rect x=\"{from:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"1.8\" class=\"w-bar\"/>",
        middle - 0.9,
        (to - from).max(0.2)
    );
    for item in &goal.items {
        mark(svg, item.mark, at(item.end), middle);
    }
    let _ = write!(svg, "<path d=\"M17 {:.2}H{RIGHT}\" class=\"w-hair\"/>", y + height);
}

/// The items of a goal in a line, or in two smaller ones where they do not fit.
fn items(svg: &mut String, goal: &Goal, y: f64, height: f64) {
    let width: f64 = goal.items.iter().map(|item| long(&item.title, 2.7) + 6.0).sum();
    let lines = if width > COLUMNS[3] - COLUMNS[2] { 2 } else { 1 };
    let size = if lines == 2 { 2.35 } else { 2.7 };
    let each = goal.items.len().div_ceil(lines).max(1);
    for (line, part) in goal.items.chunks(each).enumerate() {
        let step = height / lines as f64;
        let middle = y + step * (line as f64 + 0.5);
        let mut x = COLUMNS[2] + 2.5;
        for item in part {
            mark(svg, item.mark, x, middle);
            let class = if item.mark == Mark::Late { " class=\"w-late\"" } else { "" };
            let _ = write!(
                svg,
                "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"{size}\"{class}>{}</text>",
                x + 2.0,
                middle + 0.95,
                escape(&item.title)
            );
            x += long(&item.title, size) + 6.0;
        }
    }
}

/// Roughly how wide a text is: full-width marks one size, others half.
fn long(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c.is_ascii() { size * 0.56 } else { size }).sum()
}

/// Diamond, triangle, disc, ring with a tick, square with bars, dashed ring.
fn mark(svg: &mut String, mark: Mark, x: f64, y: f64) {
    let _ = match mark {
        Mark::Late => write!(
            svg,
            "<path d=\"M{x:.2} {:.2}l1.4 1.4-1.4 1.4-1.4-1.4z\" class=\"w-f-late\"/>",
            y - 1.4
        ),
        Mark::Warn => {
            write!(svg, "<path d=\"M{x:.2} {:.2}l1.4 2.5h-2.8z\" class=\"w-f-warn\"/>", y - 1.4)
        }
        Mark::Ok => {
            write!(svg, "<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"1.1\" class=\"w-f-ok\"/>")
        }
        Mark::Done => write!(
            svg,
            "<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"1.1\" class=\"w-ring\"/>\
             <path d=\"M{:.2} {y:.2}l.5.5.8-.9\" class=\"w-tick\"/>",
            x - 0.6
        ),
        Mark::Hold => write!(
            svg,
            "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"2.2\" height=\"2.2\" class=\"w-ring\"/>\
             <path d=\"M{:.2} {:.2}v1M{:.2} {:.2}v1\" class=\"w-tick\"/>",
            x - 1.1,
            y - 1.1,
            x - 0.3,
            y - 0.5,
            x + 0.3,
            y - 0.5
        ),
        Mark::Idle => {
            write!(svg, "<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"1.1\" class=\"w-ring w-dash\"/>")
        }
    };
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
