//! A body that is too large is refused in words, not in a server's jargon.

use app::error::AppError;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::StatusCode;

use super::Gate;
use crate::route::plain::Manner;

/// Gives the refusal of a large body its words.
pub async fn explain(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let manner = Manner::of(&request, &gate.backend.options.base_url);
    let response = next.run(request).await;
    match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE => manner.refuse(&AppError::TooLarge),
        _ => response,
    }
}
