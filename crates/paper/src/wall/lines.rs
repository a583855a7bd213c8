//! The items of a goal beside its title.

use std::fmt::Write;

use super::{
    COLUMNS, Goal, Item, LINE, Mark, SMALL,
    fit::{cut, escape, long},
    mark::mark,
};

/// The items of a goal in lines, and the size of their text: larger where one line holds them.
pub(super) fn lines(goal: &Goal) -> (Vec<Vec<&Item>>, f64) {
    let wide = COLUMNS[3] - COLUMNS[2] - 2.0;
    let one: f64 = goal.items.iter().map(|item| long(&item.title, 2.65) + 5.4).sum();
    if one <= wide {
        return (vec![goal.items.iter().collect()], 2.65);
    }
    let mut lines: Vec<Vec<&Item>> = vec![Vec::new()];
    let mut filled = 0.0;
    for item in &goal.items {
        let long = (long(&item.title, SMALL) + 5.0).min(wide);
        if filled + long > wide && filled > 0.0 {
            lines.push(Vec::new());
            filled = 0.0;
        }
        filled += long;
        if let Some(line) = lines.last_mut() {
            line.push(item);
        }
    }
    (lines, SMALL)
}

pub(super) fn items(svg: &mut String, goal: &Goal, middle: f64) {
    let (lines, size) = lines(goal);
    let top = middle - LINE * (lines.len() as f64 - 1.0) / 2.0;
    for (place, line) in lines.iter().enumerate() {
        let y = top + LINE * place as f64;
        let mut x = 67.0;
        for item in line {
            mark(svg, item.mark, (x + 1.05, y), 0.84);
            let class = if item.mark == Mark::Late { " class=\"w-late\"" } else { "" };
            let _ = write!(
                svg,
                "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"{size}\"{class}>{}</text>",
                x + 2.7,
                y + size * 0.35,
                escape(&cut(&item.title, COLUMNS[3] - x - 4.0, size))
            );
            x += long(&item.title, size) + if size > SMALL { 5.4 } else { 5.0 };
        }
    }
}
