//! The files of `web/`, carried in the binary, and the headers of every answer.

use std::sync::LazyLock;

use axum::{
    extract::{Path, Query, Request},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use serde::Deserialize;

#[cfg(test)]
mod tests;

#[derive(RustEmbed)]
#[folder = "../../web/"]
#[include = "css/*"]
#[include = "js/*"]
#[include = "vendor/*"]
#[include = "*.svg"]
struct Web;

/// One mark for all files: an address that carries it may be kept for good.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut mark = 0_u64;
    for path in Web::iter() {
        let hash = Web::get(&path).map(|file| file.metadata.sha256_hash()).unwrap_or_default();
        for byte in path.bytes().chain(hash) {
            mark = mark.wrapping_mul(1_099_511_628_211) ^ u64::from(byte);
        }
    }
    format!("{:08x}", mark >> 32)
});

/// The address of a file of `web/`.
pub fn asset(path: &str) -> String {
    format!("/static/{path}?v={}", *VERSION)
}

#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    v: Option<String>,
}

/// Gives a file: for good under today's address, to be asked again under any other.
pub(super) async fn file(Path(path): Path<String>, Query(wanted): Query<Wanted>) -> Response {
    let Some(file) = Web::get(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    };
    let kept = if wanted.v.as_ref() == Some(&*VERSION) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
    ];
    (headers, file.data).into_response()
}

/// No script and no style but our own files, no frames, nothing kept by the way.
const HEADERS: [(HeaderName, HeaderValue); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; \
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
    (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
];

/// The headers every answer carries, unless its door has set its own.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}
