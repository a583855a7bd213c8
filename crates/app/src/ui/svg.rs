//! A pen for drawings: shapes with classes, never with styles; lengths are attributes.

use std::fmt::{Display, Write};

use mechanisms::light::Light;

/// Which end of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    End,
}

/// A drawing in the making.
#[derive(Clone, Debug)]
pub struct Svg(String);

impl Svg {
    /// Begins a picture. `label` says what it shows to those who do not see it; `attributes` are
    /// written as they are.
    pub fn open(class: &str, view: &str, attributes: &str, label: &str) -> Self {
        let label = escape(label);
        Self(format!(
            "<svg class=\"{class}\" viewBox=\"{view}\" {attributes}role=\"img\" \
             aria-label=\"{label}\">"
        ))
    }

    pub fn close(mut self) -> String {
        self.0.push_str("</svg>");
        self.0
    }

    fn put(&mut self, shape: impl Display) {
        // Writing to a String does not fail.
        let _ = write!(self.0, "{shape}");
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        self.put(format_args!(
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" class=\"{class}\"/>",
            from.0, from.1, to.0, to.1
        ));
    }

    pub fn path(&mut self, d: &str, class: &str) {
        self.put(format_args!("<path d=\"{d}\" class=\"{class}\"/>"));
    }

    /// A line through points; nothing where there are fewer than two.
    pub fn through(&mut self, points: &[(f64, f64)], class: &str) {
        if points.len() > 1 {
            self.put(format_args!("<polyline points=\"{}\" class=\"{class}\"/>", listed(points)));
        }
    }

    pub fn area(&mut self, points: &[(f64, f64)], class: &str) {
        if points.len() > 2 {
            self.put(format_args!("<polygon points=\"{}\" class=\"{class}\"/>", listed(points)));
        }
    }

    pub fn dot(&mut self, (x, y): (f64, f64), radius: f64, class: &str) {
        self.put(format_args!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" class=\"{class}\"/>"
        ));
    }

    pub fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, class: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::End => "text-anchor=\"end\" ",
        };
        let text = escape(text);
        self.put(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" {anchor}class=\"{class}\">{text}</text>"
        ));
    }

    /// The glyph of a light, from the sprite of the page.
    pub fn glyph(&mut self, light: Light, (x, y): (f64, f64), size: f64) {
        let word = light.word();
        self.put(format_args!(
            "<use href=\"#g-{word}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{size}\" height=\"{size}\" \
             class=\"g-{word}\"/>"
        ));
    }

    /// A diamond: a milestone. Dashed while it is ahead.
    pub fn diamond(&mut self, (x, y): (f64, f64), reached: bool) {
        let class = if reached { "gt-ms" } else { "gt-ms gt-ms-no" };
        self.path(&format!("M{x:.1} {:.1}l5 5-5 5-5-5z", y - 5.0), class);
    }
}

fn listed(points: &[(f64, f64)]) -> String {
    let told: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    told.join(" ")
}

/// Text as it may stand between tags and in an attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}
