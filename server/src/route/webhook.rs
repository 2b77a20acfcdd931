//! What Stripe tells by itself. No visitor, no session and no page: who it is
//! from is told by its signature alone.

use axum::{
    body::Bytes,
    extract::{FromRequest as _, Request, State},
    response::{IntoResponse as _, Response},
};
use backend::{
    Error,
    payment::webhook::{self, Verdict},
};
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};

use crate::middleware::{Gate, ip};

/// Takes one event. Stripe sends again whatever is not answered with a 2xx; what
/// is refused for its content is refused each time, and recorded once.
pub async fn stripe(State(gate): State<Gate>, request: Request) -> Response {
    let from = ip(&request, gate.trust_proxy);
    let signed = request.headers().get("stripe-signature");
    let signed = signed.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let body = match Bytes::from_request(request, &()).await {
        Ok(body) => body,
        Err(refused) => return refused.status().into_response(),
    };
    match webhook::receive(&gate.backend, &from, &signed, &body).await {
        Ok(told) => {
            let status = match told.verdict {
                Verdict::Applied | Verdict::Ignored => StatusCode::OK,
                Verdict::Refused => StatusCode::BAD_REQUEST,
            };
            (status, told.reason.name()).into_response()
        }
        Err(Error::NotFound) => StatusCode::NOT_FOUND.into_response(),
        Err(Error::TooFast { seconds }) => {
            let wait = [(RETRY_AFTER, HeaderValue::from(seconds))];
            (StatusCode::TOO_MANY_REQUESTS, wait).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a webhook could not be taken; it is sent again");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
