//! Pictures.

use app::error::AppError;
use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    response::{IntoResponse as _, Response},
};
use backend::artwork;
use http::{
    StatusCode,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::plain::Manner;
use crate::middleware::Gate;

/// Longest seed that is drawn, in bytes.
const LONGEST_SEED: usize = 120;
/// Seeds draw the same for ever.
const FOR_EVER: &str = "public, max-age=604800, immutable";
/// One picture of dots at a time: anyone may ask for one, and pledges need the
/// processor more.
static BRUSH: Semaphore = Semaphore::const_new(1);

/// A drawn picture, as SVG for pages and as PNG for where campaigns are shared.
pub async fn art(
    State(gate): State<Gate>,
    name: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let refuse = |error| Manner::of(&request, &gate.backend.options.base_url).refuse(&error);
    let Ok(Path(name)) = name else { return refuse(AppError::Unreadable) };
    match name.rsplit_once('.') {
        Some((seed, "svg")) if seed.len() <= LONGEST_SEED => svg(seed),
        Some((seed, "png")) if seed.len() <= LONGEST_SEED => png(seed.to_owned()).await,
        _ => refuse(AppError::NotFound),
    }
}

fn svg(seed: &str) -> Response {
    (
        [
            (CONTENT_TYPE, "image/svg+xml"),
            (CACHE_CONTROL, FOR_EVER),
            // Opened by itself, a picture is a document: it may do nothing.
            (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        ],
        artwork::draw(seed),
    )
        .into_response()
}

async fn png(seed: String) -> Response {
    let Ok(_brush) = BRUSH.acquire().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    match spawn_blocking(move || artwork::png(&seed)).await {
        Ok(Ok(picture)) => {
            ([(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, FOR_EVER)], picture).into_response()
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "a picture could not be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(error) => {
            tracing::error!(%error, "drawing a picture broke off");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
