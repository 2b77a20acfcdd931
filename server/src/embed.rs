//! A campaign on somebody else's page: as a frame, as a badge, as data for the
//! custom element, and as oEmbed. Public and the same for everybody: none of these
//! reads a cookie or sets one, and only these may be framed by other sites.

mod badge;
mod face;
mod frame;
mod oembed;
mod script;
mod way;

use app::error::AppError;
use axum::{
    Router,
    extract::{Path, Request, State, rejection::PathRejection},
    response::{IntoResponse as _, Response},
    routing::get,
};
use backend::embed::{Snapshot, snapshot};
use domain::{Locale, embed::Look, slug::Slug};
use http::{
    StatusCode, Uri,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, ORIGIN, VARY},
};
use std::sync::Arc;

use crate::{middleware::Gate, route::plain::Manner};
#[cfg(test)]
pub use frame::SCRIPT as FRAME_SCRIPT;
pub use script::tell_pages;
#[cfg(test)]
pub use script::{SCRIPT, released};

use face::{Face, Faces, Kind};

/// What an open element adds to its question when it asks once more.
const AGAIN: &str = "again=1";

/// What the routes share.
#[derive(Clone)]
struct Stall {
    gate: Gate,
    faces: Arc<Faces>,
}

/// The routes.
pub fn router(gate: &Gate) -> Router {
    Router::new()
        .route("/embed/{name}", get(show))
        .route("/embed/{name}/open", get(way::open))
        .route("/embed/{name}/pledge", get(way::pledge))
        .route("/embed.js", get(script::newest))
        .route("/embed/script/{name}", get(script::versioned))
        .route("/oembed", get(oembed::answer))
        .with_state(Stall { gate: gate.clone(), faces: Arc::default() })
}

/// `/embed/{slug}` is the frame and `.figures` what moves in it; `.svg` and `.png` are
/// the badge, and `.json` is the data.
async fn show(
    State(stall): State<Stall>,
    name: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let mut look = look(request.uri());
    let base_url = &stall.gate.backend.options.base_url;
    let Ok(Path(name)) = name else { return absent(Kind::Frame, &look, &request, base_url) };
    let (slug, kind) = match name.rsplit_once('.') {
        None => (name.as_str(), Kind::Frame),
        Some((slug, "svg")) => (slug, Kind::Badge),
        Some((slug, "png")) => (slug, Kind::Png),
        Some((slug, "json")) => (slug, Kind::Data),
        Some((slug, "figures")) => (slug, Kind::Figures),
        Some(_) => return absent(Kind::Data, &look, &request, base_url),
    };
    let snapshot = match read(&stall, slug).await {
        Ok(Some(snapshot)) => snapshot,
        Ok(None) => return absent(kind, &look, &request, base_url),
        Err(error) => return Manner::of(&request, base_url).refuse(&error),
    };
    let origin = request.headers().get(ORIGIN).and_then(|v| v.to_str().ok());
    if kind == Kind::Data && origin.is_some_and(|origin| !snapshot.rule.hosts.allow(origin)) {
        return not_listed();
    }
    look.embed = snapshot.known(look.embed);
    let backend = &stall.gate.backend;
    let response = stall.faces.of(kind, &snapshot, &look, backend).answer(request.headers());
    // Who asks again looks at the card that was counted.
    let is_again = request.uri().query().is_some_and(|q| q.split('&').any(|one| one == AGAIN));
    let is_card = matches!(kind, Kind::Frame | Kind::Data) && response.status() == StatusCode::OK;
    if let Some(id) = look.embed
        && is_card
        && !is_again
        && way::is_somebody(request.method(), request.headers())
    {
        backend.hub.embeds().count_view(id);
    }
    response
}

/// The campaign, or nothing where there is none that anybody may see.
async fn read(stall: &Stall, slug: &str) -> Result<Option<Arc<Snapshot>>, AppError> {
    let Some(slug) = Slug::parse(slug) else { return Ok(None) };
    match snapshot(&stall.gate.backend, &slug).await {
        Ok(snapshot) => Ok(Some(snapshot)),
        Err(backend::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What a reader sees where a campaign was. A frame and a badge keep their place.
fn absent(kind: Kind, look: &Look, request: &Request, base_url: &str) -> Response {
    let locale = look.locale.unwrap_or_else(|| {
        let wishes = request.headers().get(http::header::ACCEPT_LANGUAGE);
        Locale::negotiate(wishes.and_then(|v| v.to_str().ok()).unwrap_or_default())
    });
    let mut response = Face::absent(kind, look, locale, base_url).answer(request.headers());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// For a page of a site that the creator has not listed. A browser keeps frames from
/// such pages by itself; what a page fetches is kept from it here.
fn not_listed() -> Response {
    let headers =
        [(ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (VARY, "origin"), (CACHE_CONTROL, "no-store")];
    (StatusCode::FORBIDDEN, headers).into_response()
}

/// What the address chooses. Nothing longer than a choice of ours is looked at.
fn look(uri: &Uri) -> Look {
    let query = uri.query().unwrap_or_default();
    Look::from_pairs(query.split('&').filter_map(|pair| pair.split_once('=')))
}
