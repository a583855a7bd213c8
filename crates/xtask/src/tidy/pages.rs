//! Pages carry no style and no script of their own: the policy of the browser forbids both.

use super::{Fault, Tree};

/// Events a page could have a script for in its own text.
const EVENTS: &[&str] = &[
    "abort",
    "blur",
    "change",
    "click",
    "close",
    "error",
    "focus",
    "input",
    "invalid",
    "keydown",
    "keyup",
    "load",
    "mousedown",
    "mouseover",
    "mouseup",
    "paste",
    "pointerdown",
    "pointerup",
    "reset",
    "resize",
    "scroll",
    "select",
    "submit",
    "toggle",
    "touchstart",
];

/// No `style=`, no `on…=`, no script without a source: in templates, and in what is drawn.
pub fn inline(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, file) in tree.with(&[".html"]) {
        for (at, what) in found(&file.text) {
            let line = 1 + file.text[..at].bytes().filter(|byte| *byte == b'\n').count();
            faults.push(Fault::new(path, line, what));
        }
    }
    let drawn = tree.sources().filter(|(path, _)| path.starts_with("crates/app/src/"));
    for (path, source) in drawn {
        for literal in &source.literals {
            for (_, what) in found(&literal.text) {
                faults.push(Fault::new(path, source.line(literal.at), what));
            }
        }
    }
    faults
}

/// What a piece of a page has inline, and where.
fn found(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("style=") {
        if begins_attribute(text, at) {
            found.push((at, "an inline style".to_owned()));
        }
    }
    for event in EVENTS {
        let attribute = format!("on{event}=");
        for (at, _) in text.match_indices(&attribute) {
            if begins_attribute(text, at) {
                found.push((at, format!("the inline script {attribute}")));
            }
        }
    }
    for (mark, what) in [("<style", "an inline style sheet"), ("javascript:", "an inline script")] {
        found.extend(text.match_indices(mark).map(|(at, _)| (at, what.to_owned())));
    }
    for (at, _) in text.match_indices("hx-on") {
        found.push((at, "the inline script hx-on".to_owned()));
    }
    for (at, _) in text.match_indices("<script") {
        let tag = &text[at..at + text[at..].find('>').unwrap_or(text.len() - at)];
        if !tag.contains("src=") {
            found.push((at, "an inline script".to_owned()));
        }
    }
    found
}

fn begins_attribute(text: &str, at: usize) -> bool {
    text[..at].is_empty() || text[..at].ends_with([' ', '\n', '\t', '"', '\''])
}
