//! `/film/{provider}/{id}`: the frame around a film that is shown elsewhere. At first it
//! says whose player would be loaded, and loads nothing; its one link leads to the same
//! frame with that player in it.
//!
//! It stands in a page of its own, so that it works without scripts, that the policy of
//! no other page has to name a provider, wherever a visitor came from, and that a page
//! which is swapped under a film does not end it. Like an embed it reads no cookie and
//! sets none, but only our own pages may frame it.

use app::error::AppError;
use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    response::{Html, IntoResponse as _, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{Locale, markup::escaped, media::Film, words::media as w};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use sha2::{Digest as _, Sha256};

use super::plain::Manner;
use crate::middleware::Gate;

/// Where the frames are.
pub const PATH: &str = "/film/{provider}/{id}";
/// It says the same for every visitor.
const FOR_AN_HOUR: &str = "public, max-age=3600";
/// Dark by day and by night, as a screen is.
const STYLE: &str = "html,body{height:100%;margin:0}\
    body{display:grid;place-content:center;background:#1d2425;color:#eceae4;\
    font:1rem/1.4 system-ui,-apple-system,\"Segoe UI\",Roboto,sans-serif;text-align:center}\
    div{display:grid;gap:.75em;justify-items:center;max-width:34em;padding:.75em}\
    a{display:inline-block;padding:.6em 1.1em;border-radius:.5em;background:#eceae4;color:#1d2425;\
    font-weight:600;text-decoration:none}\
    a:hover{background:#fff}\
    a:focus-visible{outline:3px solid #7fd1bd;outline-offset:3px}\
    p{margin:0;font-size:.8125em}\
    iframe{position:fixed;inset:0;width:100%;height:100%;border:0}";

/// The frame of a film: `play=1` once somebody has asked for it, `lang` is the language
/// of the page around it.
pub async fn show(
    State(gate): State<Gate>,
    named: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Response {
    let manner = Manner::of(&request, &gate.backend.options.base_url);
    let Ok(Path((provider, id))) = named else { return manner.refuse(&AppError::Unreadable) };
    let Some(film) = Film::named(&provider, &id) else { return manner.refuse(&AppError::NotFound) };
    let query = request.uri().query().unwrap_or_default();
    let wanted = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find_map(|(key, value)| (key == name).then_some(value))
    };
    let locale: Locale = wanted("lang").and_then(|tag| tag.parse().ok()).unwrap_or_default();
    let (body, frames) = match wanted("play") {
        Some("1") => (player(&film, locale), format!("frame-src https://{}; ", film.host())),
        _ => (offer(&film, locale), String::new()),
    };
    let policy = format!(
        "default-src 'none'; {frames}style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'self'",
        style = STANDARD.encode(Sha256::digest(STYLE)),
    );
    let headers = [(CACHE_CONTROL, FOR_AN_HOUR.to_owned()), (CONTENT_SECURITY_POLICY, policy)];
    (headers, Html(document(&film, locale, &body))).into_response()
}

fn document(film: &Film, locale: Locale, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{}</title><style>{STYLE}</style></head>\
         <body>{body}</body></html>",
        locale.tag(),
        escaped(&w::film_of(locale, &film.provider())),
    )
}

/// What there is before somebody asks for the film.
fn offer(film: &Film, locale: Locale) -> String {
    let provider = film.provider();
    // Those that have no frame are no film of this address.
    let address = film.src(locale).unwrap_or_default();
    format!(
        "<div><a href=\"{}&amp;play=1\">▶ {}</a><p>{}</p></div>",
        escaped(&address),
        escaped(&w::play_film(locale, &provider)),
        escaped(&w::film_loads(locale, &provider, &film.host())),
    )
}

/// The provider's player. It may run and fill the screen, and leads to the provider's
/// site in a window of its own; it never gets hold of ours. It is told which site it
/// plays on, for it refuses to otherwise, and not on which page.
fn player(film: &Film, locale: Locale) -> String {
    format!(
        "<iframe src=\"{}\" title=\"{}\" referrerpolicy=\"strict-origin\" \
         sandbox=\"allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox\" \
         allow=\"autoplay; encrypted-media; fullscreen; picture-in-picture\"></iframe>",
        escaped(&film.frame()),
        escaped(&w::film_of(locale, &film.provider())),
    )
}
