//! A pen for drawings: shapes with classes, never with styles; lengths are attributes.

use std::fmt::{Display, Write};

use mechanisms::light::Light;

use super::escape;

/// Which end of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing in the making.
#[derive(Clone, Debug)]
pub struct Svg(String);

impl Svg {
    /// Begins a picture. `label` says what it shows to those who do not see it; `attributes` are
    /// written as they are.
    pub fn open(class: &str, view: &str, attributes: &str, label: &str) -> Self {
        Self::begin(class, view, attributes, "img", label)
    }

    /// Begins a drawing with links in it: a picture may hold none.
    pub fn open_links(class: &str, view: &str, attributes: &str, label: &str) -> Self {
        Self::begin(class, view, attributes, "group", label)
    }

    fn begin(class: &str, view: &str, attributes: &str, role: &str, label: &str) -> Self {
        let label = escape(label);
        Self(format!(
            "<svg class=\"{class}\" viewBox=\"{view}\" {attributes}role=\"{role}\" \
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

    /// A link around what follows, until [`Self::link_end`], with a title for the pointer. The
    /// keyboard passes it by: the table beside the drawing has the same link.
    pub fn link(&mut self, href: &str, title: &str) {
        let (href, title) = (escape(href), escape(title));
        self.put(format_args!("<a href=\"{href}\" tabindex=\"-1\"><title>{title}</title>"));
    }

    pub fn link_end(&mut self) {
        self.0.push_str("</a>");
    }

    /// A rectangle from `x` to `end`; nothing where it would have no width.
    pub fn bar(&mut self, (x, end): (f64, f64), y: f64, height: f64, class: &str) {
        if end > x {
            let width = end - x;
            self.put(format_args!(
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
                 class=\"{class}\"/>"
            ));
        }
    }

    /// The same with rounded corners.
    pub fn round(&mut self, (x, end): (f64, f64), y: f64, height: f64, class: &str) {
        if end > x {
            let width = end - x;
            self.put(format_args!(
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
                 rx=\"2\" class=\"{class}\"/>"
            ));
        }
    }

    /// The same hatched in the red of lateness.
    pub fn hatched(&mut self, (x, end): (f64, f64), y: f64, height: f64) {
        if end > x {
            let width = end - x;
            self.put(format_args!(
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
                 fill=\"url(#hatch)\" class=\"gt-over\"/>"
            ));
        }
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
            Anchor::Middle => "text-anchor=\"middle\" ",
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

    /// A group with a title for the pointer, until [`Self::group_end`].
    pub fn group(&mut self, title: &str) {
        self.put(format_args!("<g><title>{}</title>", escape(title)));
    }

    pub fn group_end(&mut self) {
        self.0.push_str("</g>");
    }
}

fn listed(points: &[(f64, f64)]) -> String {
    let told: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    told.join(" ")
}
