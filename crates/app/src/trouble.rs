//! Trouble: what a door answers when it cannot give what was asked, turned into a page or a
//! problem document once, in one place.
//!
//! Not found and not yours look alike from outside. A failure is logged with a number, and the
//! page shows that number and nothing else of it.

use axum::{
    Json,
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use mechanisms::Refuses;

use crate::{access::Visit, chance, failure::Failure, ui};

/// Why a door stays closed, or breaks.
#[derive(Debug)]
pub enum Trouble {
    /// Nobody signed in here.
    Stranger,
    NotFound,
    /// The officer lacks the power; shown as not found to those who may not know.
    NotYours,
    /// A rule said no where no form is open to show it.
    Refused(Box<dyn Refuses>),
    /// What was sent cannot be read: field and reason, as a word key.
    Unreadable {
        field: String,
        why: &'static str,
    },
    Failed(Failure),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<askama::Error> for Trouble {
    fn from(error: askama::Error) -> Self {
        Self::Failed(Failure::new(format!("drawing a page: {error}")))
    }
}

/// What the outer layer needs to draw the page of a trouble.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Word key of the sentence.
    pub key: &'static str,
    pub facts: Vec<(&'static str, String)>,
    pub field: Option<String>,
    /// The number under which a failure was logged.
    pub number: Option<String>,
}

impl Trouble {
    fn shown(self) -> (StatusCode, Shown) {
        let plain = |key| Shown { key, facts: Vec::new(), field: None, number: None };
        match self {
            Self::Stranger => (StatusCode::UNAUTHORIZED, plain("error-sign-in")),
            Self::NotFound => (StatusCode::NOT_FOUND, plain("error-not-found")),
            Self::NotYours => (StatusCode::FORBIDDEN, plain("error-not-yours")),
            Self::Refused(refusal) => {
                let field = refusal.field().map(str::to_owned);
                let (key, facts) = (refusal.key(), refusal.facts());
                (StatusCode::CONFLICT, Shown { key, facts, field, number: None })
            }
            Self::Unreadable { field, why } => {
                let shown = Shown { field: Some(field), ..plain(why) };
                (StatusCode::UNPROCESSABLE_ENTITY, shown)
            }
            Self::Failed(failure) => {
                let number = chance::hex::<4>();
                tracing::error!(%failure, number, "a request failed");
                let shown = Shown { number: Some(number), ..plain("error-failed") };
                (StatusCode::INTERNAL_SERVER_ERROR, shown)
            }
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let (status, shown) = self.shown();
        let mut response = status.into_response();
        response.extensions_mut().insert(shown);
        response
    }
}

/// Draws troubles: a problem document for programs, the sign-in page or an error page for people.
pub async fn draw(visit: Visit, request: Request, next: Next) -> Response {
    let again = again(&request, &visit);
    let for_program = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let Some(shown) = response.extensions_mut().remove::<Shown>() else { return response };
    let status = response.status();
    let words = ui::words::Words::of(visit.lang);
    if for_program {
        let detail = ui::words::sentence(&words, shown.key, &shown.facts);
        let body = serde_json::json!({
            "status": status.as_u16(),
            "reason": shown.key,
            "detail": detail,
            "field": shown.field,
            "facts": shown.facts.into_iter().collect::<std::collections::BTreeMap<_, _>>(),
            "number": shown.number,
        });
        return (status, Json(body)).into_response();
    }
    if status == StatusCode::UNAUTHORIZED {
        let then = ui::encode(&visit.path);
        return Redirect::to(&format!("/sign-in?then={then}")).into_response();
    }
    (status, ui::error_page(&visit, status.as_u16(), &shown, again)).into_response()
}

/// Where a visitor can try again: the page asked for, or the page whose form was sent.
fn again(request: &Request, visit: &Visit) -> String {
    if request.method() == axum::http::Method::GET {
        return visit.path.clone();
    }
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let host = header(axum::http::header::HOST).unwrap_or_default();
    let from = header(axum::http::header::REFERER).and_then(|from| from.split_once("://"));
    let path = from.and_then(|(_, rest)| rest.strip_prefix(host));
    path.filter(|path| path.starts_with('/')).unwrap_or("/").to_owned()
}
