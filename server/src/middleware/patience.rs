//! Nobody waits for ever: neither a visitor for us, nor we for a body that comes
//! byte by byte.

use std::time::Duration;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

use super::Gate;
use crate::{api, route::plain::Manner};

/// How long an answer may take to begin. The slowest of ours waits for a turn in
/// the database or at the password hash, a few seconds each.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// The same for a picture, which comes over a slow line, too: at 60 KB a second the
/// largest takes so long.
const PICTURE_WITHIN: Duration = Duration::from_mins(4);
/// The same for a film: at 300 KB a second the largest takes so long.
const FILM_WITHIN: Duration = Duration::from_mins(15);

/// Gives up a request that takes too long. Live streams begin at once and are
/// meant to last; the API says it in its own words.
pub async fn limit(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path == "/live" || path.starts_with(api::ROOT) {
        return next.run(request).await;
    }
    let within = match path.strip_prefix("/studio/") {
        Some(path) if path.ends_with("/media") => PICTURE_WITHIN,
        Some(path) if path.ends_with("/recordings") => FILM_WITHIN,
        _ => ANSWER_WITHIN,
    };
    let manner = Manner::of(&request, &gate.backend.options.base_url);
    match tokio::time::timeout(within, next.run(request)).await {
        Ok(response) => response,
        Err(_) => manner.too_slow(),
    }
}
