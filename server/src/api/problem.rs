//! Every refusal of the API, as `application/problem+json` (RFC 9457).
//!
//! Operations answer with a [`Refused`], which knows no language; [`told`]
//! stands before them all and writes it in the caller's.

mod flaw;

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    extract::Request,
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use backend::Error;
use domain::{
    Invalid, Locale,
    pledge::Refusal,
    words::{api as w, refusal as r},
};
use http::{
    HeaderValue, StatusCode,
    header::{
        ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER,
        WWW_AUTHENTICATE,
    },
};
use serde::Serialize;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::ToSchema;

pub use flaw::{Flaw, Flaws};

use super::LARGEST_BODY;
use crate::middleware::{RequestId, patience::ANSWER_WITHIN};

/// Longest `Idempotency-Key`, in characters.
pub const LONGEST_KEY: usize = 255;

/// Why a request is not done.
#[derive(Debug, Clone)]
pub enum Refused {
    NoSuchAddress,
    WrongMethod,
    NotFound,
    NoToken,
    WrongToken,
    Forbidden,
    /// Another site's page asked in a visitor's browser.
    Foreign,
    /// Fields need another look, by their path in the body or the query.
    Fields(BTreeMap<String, Flaw>),
    /// A rule says no.
    Rule(Refusal),
    TooFast {
        seconds: u32,
    },
    MalformedJson {
        line: usize,
        column: usize,
    },
    MalformedBody,
    MalformedAddress,
    MalformedKey,
    TooLarge,
    MediaType,
    TooSlow,
    Fault(Arc<anyhow::Error>),
}

/// A refusal (RFC 9457). `type` is stable and meant for programs; `title`,
/// `detail` and the messages are for people, in the language of `Accept-Language`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// What kind of problem this is: `urn:pedestal:problem:` and a word that never changes.
    #[serde(rename = "type")]
    #[schema(
        pattern = "^urn:pedestal:problem:[a-z-]+$",
        examples("urn:pedestal:problem:invalid-fields")
    )]
    kind: String,
    /// The kind in words.
    title: String,
    /// The status of the answer again.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened and what to do.
    detail: String,
    /// What is wrong with each field, by its path in the body or its name in the query. Only with
    /// `invalid-fields`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(required = false)]
    errors: BTreeMap<String, FieldProblem>,
    /// The pledge that is there already. Only with `already-pledged`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Uuid)]
    pledge: Option<String>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// A stable word, such as `missing`, `sold_out` or `too_many_decimals`.
    #[schema(pattern = "^[a-z_]+$", examples("sold_out"))]
    problem: String,
    /// The same in a sentence.
    message: String,
}

/// Operations with every refusal written: their own, a panic, and an answer that
/// never comes.
pub fn told<S: Clone + Send + Sync + 'static>(operations: Router<S>) -> Router<S> {
    operations
        .layer(CatchPanicLayer::custom(|_| {
            // What it said was logged by the panic itself.
            Refused::Fault(Arc::new(anyhow::anyhow!("an operation panicked"))).into_response()
        }))
        .layer(from_fn(patiently))
        .layer(from_fn(render))
}

async fn patiently(request: Request, next: Next) -> Response {
    match tokio::time::timeout(ANSWER_WITHIN, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refused::TooSlow.into_response(),
    }
}

/// The language a caller asks for.
pub fn locale(request: &Request) -> Locale {
    let wishes = request.headers().get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    Locale::negotiate(wishes.unwrap_or_default())
}

/// Writes the refusal of an operation, if it was one.
async fn render(request: Request, next: Next) -> Response {
    let locale = locale(&request);
    let reference =
        request.extensions().get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
    let mut response = next.run(request).await;
    let Some(refused) = response.extensions_mut().remove::<Refused>() else { return response };
    if let Refused::Fault(fault) = &refused {
        tracing::error!(reference, error = format!("{fault:#}"), "an operation of the API failed");
    }
    let body = serde_json::to_vec(&refused.problem(locale, &reference)).unwrap_or_default();
    let headers = response.headers_mut();
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
    *response.body_mut() = body.into();
    response
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        let headers = response.headers_mut();
        match self {
            Self::NoToken => {
                headers.insert(
                    WWW_AUTHENTICATE,
                    HeaderValue::from_static("Bearer realm=\"pedestal\""),
                );
            }
            Self::WrongToken => {
                let challenge = "Bearer realm=\"pedestal\", error=\"invalid_token\"";
                headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
            }
            Self::TooFast { seconds } | Self::Rule(Refusal::Busy { seconds }) => {
                headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
            }
            _ => {}
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl Refused {
    /// The status of the answer.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::MalformedJson { .. }
            | Self::MalformedBody
            | Self::MalformedAddress
            | Self::MalformedKey => StatusCode::BAD_REQUEST,
            Self::NoToken | Self::WrongToken => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::Foreign => StatusCode::FORBIDDEN,
            Self::NoSuchAddress | Self::NotFound => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Rule(Refusal::Busy { .. } | Refusal::PaymentsSilent) | Self::TooSlow => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Rule(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooFast { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn problem(&self, locale: Locale, reference: &str) -> Problem {
        let (kind, title, detail) = self.words(locale, reference);
        Problem {
            kind: format!("urn:pedestal:problem:{kind}"),
            title: title.to_owned(),
            status: self.status().as_u16(),
            detail,
            errors: match self {
                Self::Fields(flaws) => flaws
                    .iter()
                    .map(|(field, flaw)| {
                        (
                            field.clone(),
                            FieldProblem { problem: flaw.key(), message: flaw.say(locale) },
                        )
                    })
                    .collect(),
                _ => BTreeMap::new(),
            },
            pledge: match self {
                Self::Rule(Refusal::AlreadyPledged { pledge }) => Some(pledge.to_string()),
                _ => None,
            },
        }
    }

    /// The stable word, the title and the detail.
    fn words(&self, l: Locale, reference: &str) -> (&'static str, &'static str, String) {
        match self {
            Self::NoSuchAddress => {
                ("no-such-address", w::not_found(l), w::no_such_address(l).into())
            }
            Self::NotFound => ("not-found", w::not_found(l), r::not_found(l).into()),
            Self::WrongMethod => ("wrong-method", w::wrong_method(l), w::allowed_methods(l).into()),
            Self::NoToken => ("no-token", w::unauthenticated(l), w::no_token(l).into()),
            Self::WrongToken => ("wrong-token", w::unauthenticated(l), w::wrong_token(l).into()),
            Self::Forbidden => ("forbidden", w::forbidden(l), r::forbidden(l).into()),
            Self::Foreign => ("foreign-origin", w::forbidden(l), r::foreign_origin(l).into()),
            Self::TooSlow => ("too-slow", w::busy(l), r::too_slow(l).into()),
            Self::Fields(flaws) => {
                let detail = flaws.get("").map_or_else(|| r::fields(l).into(), |flaw| flaw.say(l));
                ("invalid-fields", w::invalid(l), detail)
            }
            Self::Rule(refusal @ Refusal::Busy { .. }) => {
                (refusal.key(), w::busy(l), refusal.say(l))
            }
            Self::Rule(refusal) => (refusal.key(), w::refused(l), refusal.say(l)),
            Self::TooFast { seconds } => ("too-fast", w::too_fast(l), r::too_fast(l, seconds)),
            Self::MalformedJson { line, column } => {
                ("malformed-json", w::malformed(l), w::malformed_json(l, line, column))
            }
            Self::MalformedBody => ("malformed-body", w::malformed(l), w::malformed_body(l).into()),
            Self::MalformedAddress => {
                ("malformed-address", w::malformed(l), w::malformed_address(l).into())
            }
            Self::MalformedKey => {
                ("malformed-key", w::malformed(l), w::malformed_key(l, &LONGEST_KEY))
            }
            Self::TooLarge => ("too-large", w::too_large(l), w::body_limit(l, &LARGEST_BODY)),
            Self::MediaType => ("media-type", w::media_type(l), w::needs_json(l).into()),
            Self::Fault(_) => ("fault", w::unexpected(l), r::unexpected(l, &reference)),
        }
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::SignedOut => Self::NoToken,
            Error::Forbidden => Self::Forbidden,
            Error::Invalid(invalid) => invalid.into(),
            Error::Refused(refusal) => Self::Rule(refusal),
            Error::TooFast { seconds } => Self::TooFast { seconds },
            Error::Internal(fault) => Self::Fault(Arc::new(fault)),
        }
    }
}

/// The fields of our forms under the names that bodies give them.
impl From<Invalid> for Refused {
    fn from(invalid: Invalid) -> Self {
        let named = |(field, problem): (String, domain::Problem)| {
            let field = match field.as_str() {
                "card_number" => "payment_method".to_owned(),
                name => name
                    .strip_prefix("add_on.")
                    .map(|id| format!("add_ons.{id}"))
                    .or_else(|| Some(format!("options.{}", name.strip_prefix("option.")?)))
                    .unwrap_or_else(|| name.to_owned()),
            };
            (field, Flaw::Value(problem))
        };
        Self::Fields(invalid.0.into_iter().map(named).collect())
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::to_bytes, extract::Request, routing::get};
    use http::StatusCode;
    use tower::ServiceExt as _;

    use super::told;

    async fn ask(path: &str) -> (StatusCode, serde_json::Value) {
        let broken = async || -> &'static str { panic!("a word of the inside") };
        let operations = Router::new()
            .route("/broken", get(broken))
            .route("/slow", get(std::future::pending::<()>));
        let request = Request::builder()
            .uri(path)
            .header("accept-language", "fr")
            .body(axum::body::Body::empty())
            .expect("a request");
        let answer = told(operations).oneshot(request).await.expect("an answer");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        assert_eq!(answer.headers()["content-language"], "fr");
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 10_000).await.expect("a body");
        (status, serde_json::from_slice(&body).expect("JSON"))
    }

    #[tokio::test]
    async fn a_panic_is_told_as_any_other_fault() {
        let (status, problem) = ask("/broken").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(problem["type"], "urn:pedestal:problem:fault");
        assert!(!problem.to_string().contains("inside"), "{problem}");
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_never_comes_is_given_up() {
        let (status, problem) = ask("/slow").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(problem["type"], "urn:pedestal:problem:too-slow");
    }
}
