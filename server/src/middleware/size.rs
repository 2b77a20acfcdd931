//! A body that is too large is refused in words, not in a server's jargon.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{HeaderValue, StatusCode, header::ACCEPT};

use super::visitor::locale;
use crate::route::plain;

/// Gives the refusal of a large body its page, where a page is wanted.
pub async fn explain(request: Request, next: Next) -> Response {
    let locale = locale(&request);
    let wants_page = request.headers().get(ACCEPT).is_some_and(|kinds: &HeaderValue| {
        kinds.to_str().is_ok_and(|kinds| kinds.contains("text/html"))
    });
    let response = next.run(request).await;
    match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE if wants_page => {
            plain::page(StatusCode::PAYLOAD_TOO_LARGE, locale)
        }
        StatusCode::PAYLOAD_TOO_LARGE => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        _ => response,
    }
}
