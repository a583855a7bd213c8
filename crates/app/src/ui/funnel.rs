//! The closing funnel: five columns, each as high as the number that came so far, and between
//! them how many did not. Every column opens its list.

use mechanisms::problem::Step as Box5;

use super::words::{Words, escape};
use crate::matters::problems::{Filter, Funnel};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub n: i64,
    pub name: String,
    /// What is stuck before it.
    pub note: String,
    pub href: String,
}

const WIDTH: i64 = 632;
const COLUMN: i64 = 76;
const HIGH: i64 = 86;
const FOOT: i64 = 120;

/// The funnel of a list, with its words and the addresses of its columns.
pub fn of(came: &Funnel, filter: &Filter, w: &Words) -> String {
    let (late, mut steps) = (came.overdue.to_string(), Vec::new());
    for (place, n) in came.steps.iter().enumerate() {
        let note = place.checked_sub(1).map(|before| {
            let stuck = came.boxes[before].to_string();
            let key = format!("funnel-stuck-{}", Box5::ALL[before].word());
            w.a(&key, &[("n", &stuck), ("late", &late)])
        });
        steps.push(Step {
            n: *n,
            name: w.t(&format!("funnel-step-{place}")),
            note: note.unwrap_or_default(),
            href: Funnel::href(filter, place),
        });
    }
    draw(&steps, &w.t("funnel-title"))
}

/// The drawing, ready for a page.
fn draw(steps: &[Step], title: &str) -> String {
    let most = steps.iter().map(|step| step.n).max().unwrap_or(0).max(1);
    let last = i64::try_from(steps.len()).unwrap_or(1) - 1;
    let gap = if last > 0 { (WIDTH - COLUMN) / last } else { 0 };
    let high = |n: i64| (n * HIGH / most).max(2);
    let mut text = format!(
        "<svg class=\"chart fun\" viewBox=\"0 0 {WIDTH} 158\" role=\"group\" aria-label=\"{}\">",
        escape(title)
    );
    for (two, place) in steps.windows(2).zip(0_i64..) {
        let (left, right) = (place * gap + COLUMN, (place + 1) * gap);
        let (from, to) = (FOOT - high(two[0].n), FOOT - high(two[1].n));
        text.push_str(&format!(
            "<path class=\"fun-t\" d=\"M{left} {from}L{right} {to}V{FOOT}H{left}z\"/>"
        ));
        let lost = two[0].n - two[1].n;
        if lost != 0 {
            text.push_str(&format!(
                "<text class=\"fun-d\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">−{lost}</text>",
                (left + right) / 2,
                FOOT - 14
            ));
        }
    }
    for (step, place) in steps.iter().zip(0_i64..) {
        let (x, top) = (place * gap, FOOT - high(step.n));
        let middle = x + COLUMN / 2;
        let class = if place == last { "fun-b fun-l" } else { "fun-b" };
        let (name, note, href) = (escape(&step.name), escape(&step.note), escape(&step.href));
        // The outer names begin and end with the drawing.
        let (at, anchor) = match place {
            0 => (x, "start"),
            place if place == last => (x + COLUMN, "end"),
            _ => (middle, "middle"),
        };
        text.push_str(&format!(
            "<a href=\"{href}\"><rect class=\"{class}\" x=\"{x}\" y=\"{top}\" width=\"{COLUMN}\" \
             height=\"{}\" rx=\"3\"/><text class=\"fun-n\" x=\"{middle}\" y=\"{}\" \
             text-anchor=\"middle\">{}</text><text class=\"fun-d\" x=\"{middle}\" y=\"{}\" \
             text-anchor=\"middle\">{name}</text><text class=\"fun-d fun-s\" x=\"{at}\" y=\"{}\" \
             text-anchor=\"{anchor}\">{note}</text></a>",
            FOOT - top,
            top - 8,
            step.n,
            FOOT + 18,
            FOOT + 34
        ));
    }
    text.push_str("</svg>");
    text
}

#[cfg(test)]
mod tests {
    use super::{Step, draw};

    #[test]
    fn every_column_opens_its_list_and_says_its_number() {
        let step = |n: i64, name: &str| Step {
            n,
            name: name.into(),
            note: String::new(),
            href: format!("/problems?reached={name}&a=b"),
        };
        let text = draw(&[step(426, "挂账"), step(418, "措施<已>定"), step(312, "已销号")], "漏斗");
        assert_eq!(text.matches("<a href=").count(), 3);
        assert!(text.contains(">426</text>") && text.contains(">−8</text>"), "{text}");
        assert!(
            text.contains("a=b") && text.contains("&amp;a=b") && text.contains("措施&lt;已&gt;定")
        );
        // Nothing yet is no division by nothing.
        assert!(draw(&[step(0, "挂账")], "漏斗").contains(">0</text>"));
    }
}
