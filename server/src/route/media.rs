//! Pictures.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use backend::artwork;
use http::{
    StatusCode,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
};

/// A drawn picture. The same seed draws the same picture for ever.
pub async fn art(Path(seed): Path<String>) -> Response {
    let Some(seed) = seed.strip_suffix(".svg").filter(|seed| seed.len() <= 120) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    (
        [
            (CONTENT_TYPE, "image/svg+xml"),
            (CACHE_CONTROL, "public, max-age=604800, immutable"),
            // Opened by itself, a picture is a document: it may do nothing.
            (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        ],
        artwork::draw(seed),
    )
        .into_response()
}
