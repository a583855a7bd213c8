//! What every page is made of: the shell around it, its words, its lights, its drawings.

pub mod curve;
pub mod first_run;
pub mod gantt;
pub mod shell;
pub mod svg;
pub mod trend;
mod web;
pub mod words;

use askama::Template;
use axum::{
    Router,
    response::Html,
    routing::{get, post},
};

pub use self::{
    shell::{NavGroup, NavItem, Shell},
    web::{asset, headers},
};
use crate::{House, access::Visit, trouble::Shown, ui::words::Words};

/// Styles, scripts, pictures; and the settings of a visitor.
pub fn routes() -> Router<House> {
    Router::new()
        .route("/static/{*path}", get(web::file))
        .route("/settings", post(shell::settings))
}

/// A rendered page.
pub fn page(template: &impl Template) -> Result<Html<String>, askama::Error> {
    template.render().map(Html)
}

#[derive(Template)]
#[template(path = "ui/error.html")]
struct ErrorPage<'e> {
    w: Words,
    visit: &'e Visit,
    title: String,
    sentence: String,
    /// Our fault: what was typed is kept on the device, and the number helps to find the cause.
    ours: bool,
    number: Option<&'e str>,
}

/// The page of a trouble.
pub fn error_page(visit: &Visit, status: u16, shown: &Shown) -> Html<String> {
    let w = Words::of(visit.lang);
    let title = match status {
        404 => w.t("error-title-not-found"),
        403 => w.t("error-title-not-yours"),
        409 | 422 => w.t("error-title-refused"),
        _ => w.t("error-title"),
    };
    let sentence = words::sentence(&w, shown.key, &shown.facts);
    let number = shown.number.as_deref();
    let drawn = ErrorPage { w, visit, title, sentence, ours: status >= 500, number }.render();
    Html(drawn.unwrap_or_else(|_| format!("{status}")))
}

/// Text for an element or an attribute of a page or a drawing.
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

/// Percent-encodes a value for an address.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
