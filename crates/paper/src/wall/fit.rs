//! Texts in the places they have on the sheet.

use super::SMALL;

/// A text in one line of its size, or in two of the smallest.
pub(super) fn fitted(text: &str, wide: f64, size: f64) -> (Vec<String>, f64) {
    if long(text, size) <= wide {
        return (vec![text.to_owned()], size);
    }
    let small = size.min(2.6);
    let small = if long(text, small) <= wide * 1.9 { small } else { SMALL };
    let mut first = String::new();
    let mut rest = text.chars().peekable();
    while let Some(next) = rest.next_if(|next| long(&format!("{first}{next}"), small) <= wide) {
        first.push(next);
    }
    let rest: String = rest.collect();
    if rest.is_empty() {
        return (vec![first], small);
    }
    (vec![first, cut(rest.trim_start(), wide, small)], small)
}

/// A text, with … where it is longer than its place.
pub(super) fn cut(text: &str, wide: f64, size: f64) -> String {
    if long(text, size) <= wide {
        return text.to_owned();
    }
    let mut kept = String::new();
    for next in text.chars() {
        if long(&format!("{kept}{next}…"), size) > wide {
            break;
        }
        kept.push(next);
    }
    format!("{kept}…")
}

/// Roughly how wide a text is: full-width marks one size, others half.
pub(super) fn long(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c.is_ascii() { size * 0.56 } else { size }).sum()
}

/// Text for an attribute or element.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
