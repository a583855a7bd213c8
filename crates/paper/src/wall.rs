//! The wall chart (作战图): every goal and item of a plan on one A3 sheet, as SVG in millimetres,
//! readable in grey: lights differ by shape.

use std::fmt::Write;

use self::{
    fit::{escape, fitted, long},
    lines::{items, lines},
    mark::mark,
};

mod fit;
mod lines;
mod mark;
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
    /// How far the work has gone on: today, or the day the last of it was done.
    pub through: f64,
    pub due: f64,
    pub items: Vec<Item>,
}

/// An area of the plan with its goals.
#[derive(Clone, Debug)]
pub struct Area {
    pub name: String,
    pub goals: Vec<Goal>,
}

/// One sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub title: String,
    pub subtitle: String,
    /// What is printed at the head beside each mark.
    pub legend: Vec<(Mark, String)>,
    /// 已过 / 余下, 计划时限, 今天, 逐项预测完成.
    pub bars: [String; 4],
    /// 序, 干什么, 怎么干, 谁来干, 什么时间干成.
    pub heads: [String; 5],
    /// Under them: 目标任务, 具体工作和当前状态, 分包领导, 牵头单位.
    pub subheads: [String; 4],
    pub months: Vec<String>,
    pub today: f64,
    pub today_label: String,
    pub areas: Vec<Area>,
    /// Who compiled, approved and issued it; what it holds against; its print number and page.
    pub foot: [String; 3],
}

const LEFT: f64 = 10.0;
const RIGHT: f64 = 410.0;
const HEAD: f64 = 29.5;
const TOP: f64 = 40.0;
const FOOT: f64 = 279.4;
const TIME: f64 = 253.0;
/// Millimetres of a year: what lies a few days beyond it is still on the sheet.
const YEAR: f64 = 153.2;
const COLUMNS: [f64; 6] = [17.0, 24.0, 66.0, 203.0, 229.0, 253.0];
/// The height of a row with at most two lines, and of each line beyond.
const ROW: f64 = 6.3;
const LINE: f64 = 2.9;
/// The smallest text: 2.35 mm, which is 6.7 points.
const SMALL: f64 = 2.35;

/// Cuts a plan into sheets: as many goals on each as stay readable, thirty-eight of them where no
/// goal has more items than fit two lines. An area that goes on is named on every sheet.
pub fn sheets(areas: &[Area]) -> Vec<Vec<Area>> {
    let mut sheets: Vec<Vec<Area>> = vec![Vec::new()];
    let mut filled = 0.0;
    for area in areas {
        for goal in &area.goals {
            let tall = height(goal);
            if filled + tall > FOOT - TOP + 0.01 && filled > 0.0 {
                sheets.push(Vec::new());
                filled = 0.0;
            }
            filled += tall;
            let Some(sheet) = sheets.last_mut() else { continue };
            match sheet.last_mut().filter(|last| last.name == area.name) {
                Some(last) => last.goals.push(goal.clone()),
                None => {
                    sheet.push(Area { name: area.name.clone(), goals: vec![goal.clone()] });
                }
            }
        }
    }
    sheets
}

/// How tall a goal's row must be.
fn height(goal: &Goal) -> f64 {
    let (lines, _) = lines(goal);
    if lines.len() <= 2 { ROW } else { LINE * lines.len() as f64 + 0.8 }
}

/// Draws one sheet.
pub fn draw(sheet: &Sheet) -> String {
    let tall: f64 = sheet.areas.iter().flat_map(|area| &area.goals).map(height).sum();
    let stretch = ((FOOT - TOP) / tall.max(1.0)).clamp(1.0, 1.6);
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 420 297\" class=\"wall\" \
         role=\"img\" aria-label=\"",
    );
    let _ = write!(
        svg,
        "{} {}\"><title>{}</title><text x=\"210\" y=\"19\" text-anchor=\"middle\" \
         class=\"w-title\" font-size=\"9\">{}</text><text x=\"210\" y=\"26.5\" \
         text-anchor=\"middle\" font-size=\"3.4\" class=\"w-soft\">{}</text>",
        escape(&sheet.title),
        escape(&sheet.subtitle),
        escape(&sheet.title),
        escape(&sheet.title),
        escape(&sheet.subtitle)
    );
    let foot = TOP + tall * stretch;
    head(&mut svg, sheet, foot);
    let (mut y, mut odd) = (TOP, true);
    for area in &sheet.areas {
        let top = y;
        for goal in &area.goals {
            let height = height(goal) * stretch;
            if !odd {
                let _ = write!(
                    svg,
                    "<rect x=\"17\" y=\"{y:.2}\" width=\"393\" height=\"{height:.2}\" \
                     class=\"w-zebra\"/>"
                );
            }
            row(&mut svg, goal, y, height);
            y += height;
            odd = !odd;
        }
        area_name(&mut svg, &area.name, top, y - top);
        let _ = write!(svg, "<path d=\"M{LEFT} {y:.2}H{RIGHT}\" class=\"w-line\"/>");
    }
    frame(&mut svg, sheet, foot);
    svg.push_str("</svg>");
    svg
}

fn frame(svg: &mut String, sheet: &Sheet, foot: f64) {
    for x in COLUMNS {
        let _ = write!(svg, "<path d=\"M{x} {HEAD}V{foot:.2}\" class=\"w-col\"/>");
    }
    let _ = write!(
        svg,
        "<rect x=\"{LEFT}\" y=\"{HEAD}\" width=\"{:.2}\" height=\"{:.2}\" class=\"w-frame\"/>",
        RIGHT - LEFT,
        foot - HEAD
    );
    if (0.0..=1.02).contains(&sheet.today) {
        let now = at(sheet.today);
        let wide = long(&sheet.today_label, 2.6) + 3.0;
        let _ = write!(
            svg,
            "<path d=\"M{now:.2} 30.5V{foot:.2}\" class=\"w-today\"/><rect x=\"{:.2}\" \
             y=\"30.3\" width=\"{wide:.2}\" height=\"4.4\" rx=\".8\" class=\"w-today-b\"/>\
             <text x=\"{now:.2}\" y=\"33.4\" text-anchor=\"middle\" font-size=\"2.6\" \
             class=\"w-today-t\">{}</text>",
            now - wide / 2.0,
            escape(&sheet.today_label)
        );
    }
    for (place, (text, anchor)) in sheet.foot.iter().zip(["start", "middle", "end"]).enumerate() {
        let x = LEFT + (RIGHT - LEFT) / 2.0 * place as f64;
        let (size, class) = if place == 0 { (3.0, "") } else { (2.5, " class=\"w-soft\"") };
        let _ = write!(
            svg,
            "<text x=\"{x}\" y=\"{:.1}\" text-anchor=\"{anchor}\" font-size=\"{size}\"{class}>{}\
             </text>",
            foot + 6.0,
            escape(text)
        );
    }
}

/// The sheet as a file of its own, with its style sheet inside.
pub fn alone(svg: &str, style: &str) -> String {
    svg.replacen("<title", &format!("<style>{style}</style><title"), 1)
}

fn at(share: f64) -> f64 {
    (TIME + share * YEAR).clamp(TIME, RIGHT - 1.6)
}

fn head(svg: &mut String, sheet: &Sheet, foot: f64) {
    let mut x = LEFT;
    for (shown, text) in &sheet.legend {
        mark(svg, *shown, (x + 1.6, 23.1), 1.14);
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"24.2\" font-size=\"3\">{}</text>",
            x + 4.3,
            escape(text)
        );
        x += long(text, 3.0) + 8.0;
    }
    bars(svg, &sheet.bars);
    let _ = write!(
        svg,
        "<rect x=\"{LEFT}\" y=\"{HEAD}\" width=\"{:.1}\" height=\"{:.1}\" class=\"w-band\"/>",
        RIGHT - LEFT,
        TOP - HEAD
    );
    for (x, text) in [18.8, 25.0, 67.0, 204.0, 254.0].into_iter().zip(&sheet.heads) {
        let _ = write!(
            svg,
            "<text x=\"{x}\" y=\"34.2\" font-size=\"3.5\" class=\"w-head\">{}</text>",
            escape(text)
        );
    }
    for (x, text) in [25.0, 67.0, 204.0, 230.0].into_iter().zip(&sheet.subheads) {
        let _ = write!(
            svg,
            "<text x=\"{x}\" y=\"38.2\" font-size=\"2.5\" class=\"w-soft\">{}</text>",
            escape(text)
        );
    }
    let step = YEAR / sheet.months.len().max(1) as f64;
    for (place, month) in sheet.months.iter().enumerate() {
        let x = TIME + step * place as f64;
        let _ = write!(
            svg,
            "<text x=\"{:.2}\" y=\"38.3\" text-anchor=\"middle\" font-size=\"2.5\" \
             class=\"w-soft\">{}</text><path d=\"M{:.2} 35.5V{foot:.2}\" class=\"w-month\"/>",
            x + step / 2.0,
            escape(month),
            x + step
        );
    }
    let _ = write!(svg, "<path d=\"M{LEFT} {TOP}H{RIGHT}\" class=\"w-line\"/>");
}

/// What the bars mean, at the right of the head.
fn bars(svg: &mut String, bars: &[String; 4]) {
    let wide = |text: &String| long(text, 2.5);
    let whole = bars.iter().map(wide).sum::<f64>() + 15.5 + 12.0 + 2.5 + 3.5 + 18.0;
    let mut x = RIGHT - whole;
    let told = |svg: &mut String, x: f64, text: &String| {
        let _ = write!(
            svg,
            "<text x=\"{x:.2}\" y=\"23.8\" font-size=\"2.5\" class=\"w-soft\">{}</text>",
            escape(text)
        );
        x + wide(text) + 6.0
    };
    let _ = write!(
        svg,
        "<rect x=\"{x:.2}\" y=\"21.8\" width=\"9\" height=\"2\" class=\"w-bar\"/><rect \
         x=\"{:.2}\" y=\"21.9\" width=\"5\" height=\"1.8\" class=\"w-rest\"/>",
        x + 9.0
    );
    x = told(svg, x + 15.5, &bars[0]);
    let _ = write!(
        svg,
        "<rect x=\"{x:.2}\" y=\"22.5\" width=\"10\" height=\".7\" class=\"w-base\"/><path \
         d=\"M{:.2} 21.7v2.3\" class=\"w-cap\"/>",
        x + 10.0
    );
    x = told(svg, x + 12.0, &bars[1]);
    let _ = write!(svg, "<path d=\"M{x:.2} 20.8v4\" class=\"w-today\"/>");
    x = told(svg, x + 2.5, &bars[2]);
    mark(svg, Mark::Late, (x + 1.0, 22.9), 0.86);
    told(svg, x + 3.5, &bars[3]);
}

/// The name of an area runs down its rows, in two columns where it is longer than they are tall.
fn area_name(svg: &mut String, name: &str, y: f64, tall: f64) {
    let letters: Vec<char> = name.chars().collect();
    let step = 3.3;
    let fit = ((tall - 1.0) / step).floor().max(1.0);
    let columns = if letters.len() as f64 > fit { 2 } else { 1 };
    let each = letters.len().div_ceil(columns).max(1);
    let step = step.min((tall - 0.6) / each as f64);
    for (column, part) in letters.chunks(each).enumerate() {
        let x = if columns == 1 { 13.5 } else { 12.0 + 3.0 * column as f64 };
        let top = y + (tall - step * part.len() as f64) / 2.0;
        for (place, letter) in part.iter().enumerate() {
            let _ = write!(
                svg,
                "<text x=\"{x}\" y=\"{:.2}\" text-anchor=\"middle\" font-size=\"{:.2}\" \
                 class=\"w-b\">{}</text>",
                top + step * (place as f64 + 0.83),
                step.min(3.3) * 0.83,
                escape(&letter.to_string())
            );
        }
    }
}

fn row(svg: &mut String, goal: &Goal, y: f64, height: f64) {
    let middle = y + height / 2.0;
    let _ = write!(
        svg,
        "<text x=\"20.4\" y=\"{:.2}\" text-anchor=\"middle\" font-size=\"2.5\" \
         class=\"w-soft\">{}</text>",
        middle + 0.95,
        escape(&goal.number)
    );
    for (x, wide, text, size, class) in [
        (25.0, 40.6, &goal.title, 3.1, " class=\"w-b\""),
        (204.0, 24.6, &goal.sponsor, 2.65, ""),
        (230.0, 22.6, &goal.lead, 2.65, ""),
    ] {
        let (lines, size) = fitted(text, wide, size);
        let top = middle - LINE * (lines.len() as f64 - 1.0) / 2.0;
        for (place, line) in lines.iter().enumerate() {
            let _ = write!(
                svg,
                "<text x=\"{x}\" y=\"{:.2}\" font-size=\"{size}\"{class}>{}</text>",
                top + LINE * place as f64 + size * 0.35,
                escape(line)
            );
        }
    }
    items(svg, goal, middle);
    time(svg, goal, middle);
    let _ = write!(svg, "<path d=\"M17 {:.2}H{RIGHT}\" class=\"w-hair\"/>", y + height);
}

/// What has passed, what is left, when it was to be done, and where each item leads.
fn time(svg: &mut String, goal: &Goal, middle: f64) {
    let (start, through, due) = (at(goal.start), at(goal.through), at(goal.due));
    let bar = |svg: &mut String, (from, to): (f64, f64), (y, tall): (f64, f64), class: &str| {
        if to > from {
            let _ = write!(
                svg,
                "<rect x=\"{from:.2}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{tall}\" \
                 class=\"{class}\"/>",
                to - from
            );
        }
    };
    bar(svg, (start, through), (middle - 0.9, 1.7), "w-bar");
    bar(svg, (through.max(start), due), (middle - 0.78, 1.46), "w-rest");
    bar(svg, (start, due), (middle + 1.5, 0.6), "w-base");
    let _ = write!(svg, "<path d=\"M{due:.2} {:.2}v2.1\" class=\"w-cap\"/>", middle + 0.7);
    for item in &goal.items {
        mark(svg, item.mark, (at(item.end), middle - 0.05), 0.84);
    }
}
