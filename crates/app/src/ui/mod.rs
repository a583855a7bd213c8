//! What every page is made of: the shell around it, its words, its lights, its drawings.

pub mod curve;
pub mod funnel;
pub mod gantt;
pub mod rail;
pub mod shell;
mod svg;
pub mod told;
pub mod trend;
pub mod words;

use std::sync::LazyLock;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Request},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use rust_embed::RustEmbed;

pub use self::shell::{NavGroup, NavItem, Shell};
use crate::{House, access::Visit, trouble::Shown, ui::words::Words};

#[derive(RustEmbed)]
#[folder = "../../web/"]
#[include = "css/*"]
#[include = "js/*"]
#[include = "vendor/*"]
#[include = "*.svg"]
struct Web;

/// Styles, scripts, pictures; and the settings of a visitor.
pub fn routes() -> Router<House> {
    Router::new().route("/static/{*path}", get(file)).route("/settings", post(shell::settings))
}

async fn file(Path(path): Path<String>) -> Response {
    let Some(file) = Web::get(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")),
    ];
    (headers, file.data).into_response()
}

static POLICY: LazyLock<[(HeaderName, HeaderValue); 5]> = LazyLock::new(|| {
    [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                 connect-src 'self'; form-action 'self'; frame-ancestors 'none'; \
                 manifest-src 'self'; base-uri 'none'",
            ),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        ),
    ]
});

/// The headers every answer carries.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in POLICY.iter() {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
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
    status: u16,
    title: String,
    sentence: String,
    number: Option<String>,
    /// The address to open again: the page itself, or the one whose form was sent.
    again: String,
}

/// The page of a trouble.
pub fn error_page(visit: &Visit, status: u16, shown: &Shown, again: String) -> Html<String> {
    let w = Words::of(visit.lang);
    let title = w.t(match status {
        403 => "error-title-not-yours",
        404 => "error-title-not-found",
        409 | 422 => "error-title-refused",
        _ => "error-title",
    });
    let sentence = words::sentence(&w, shown.key, &shown.facts);
    let number = shown.number.clone();
    let drawn = ErrorPage { w, visit, status, title, sentence, number, again }.render();
    Html(drawn.unwrap_or_else(|_| format!("{status}")))
}

/// Percent-encodes a value for an address.
pub fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            byte => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    out
}
