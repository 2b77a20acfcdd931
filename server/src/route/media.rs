//! Pictures.

use app::error::AppError;
use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    response::{IntoResponse as _, Response},
};
use backend::{Error, artwork, media};
use domain::id::MediaId;
use http::{
    StatusCode,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::plain::Manner;
use crate::middleware::Gate;

/// Longest seed that is drawn, in bytes.
const LONGEST_SEED: usize = 120;
/// Seeds draw the same for ever.
const FOR_EVER: &str = "public, max-age=604800, immutable";
/// No other file ever has the same address.
const FOR_A_YEAR: &str = "public, max-age=31536000, immutable";
/// Something smaller comes soon.
const FOR_A_MINUTE: &str = "public, max-age=60";
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

/// A file of an uploaded picture. What an address shows never changes, but for an AVIF
/// that is still being made.
pub async fn picture(
    State(gate): State<Gate>,
    path: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Response {
    let manner = Manner::of(&request, &gate.backend.options.base_url);
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    let Ok(Path((id, file))) = path else { return manner.refuse(&AppError::Unreadable) };
    let Ok(id) = id.parse::<MediaId>() else { return manner.refuse(&AppError::NotFound) };
    let served = match media::file(&gate.backend.pictures, id, &file).await {
        Ok(served) => served,
        Err(Error::Internal(fault)) => {
            tracing::error!(error = format!("{fault:#}"), "a picture could not be read");
            return manner.refuse(&AppError::Unexpected { reference: String::new() });
        }
        Err(_) => return manner.refuse(&AppError::NotFound),
    };
    let kind = served.content_type.trim_start_matches("image/");
    let tag = format!("\"{id}-{}-{kind}\"", file.split('.').next().unwrap_or_default());
    let is_known = known.is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let headers = [
        (CONTENT_TYPE, served.content_type),
        (CACHE_CONTROL, if served.is_final { FOR_A_YEAR } else { FOR_A_MINUTE }),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (ETAG, tag.as_str()),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, served.content).into_response()
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
