//! Against forged requests: a form must come from our own pages.
//!
//! Browsers say where a request comes from (`Sec-Fetch-Site`, else `Origin`). One that says
//! neither must bring the token of its session, in the address (`?csrf=`) or a header.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_sessions::Session;

/// The session's key for its token.
pub const KEY: &str = "csrf";

/// Lets through what cannot change anything, what carries a bearer token, and what comes from
/// our own pages.
pub async fn guard(session: Session, request: Request, next: Next) -> Response {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let bearer = request.headers().contains_key(header::AUTHORIZATION);
    let query = request.uri().query().unwrap_or_default().to_owned();
    let headers = request.headers().clone();
    if harmless || bearer || from_our_pages(&session, &headers, &query).await {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "403: this form did not come from one of our own pages\n")
        .into_response()
}

async fn from_our_pages(session: &Session, headers: &HeaderMap, query: &str) -> bool {
    if let Some(site) = text(headers, "sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    if let Some(origin) = text(headers, "origin") {
        let host = text(headers, "host").unwrap_or_default();
        return origin.split_once("://").is_some_and(|(_, from)| from == host);
    }
    let Ok(Some(token)) = session.get::<String>(KEY).await else { return false };
    let in_address = query.split('&').any(|part| part.strip_prefix("csrf=") == Some(&token));
    in_address || text(headers, "x-csrf") == Some(&token)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
