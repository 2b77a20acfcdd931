//! A refusal that no page of the app can show: short, in the visitor's language.

use axum::response::{Html, IntoResponse as _, Response};
use domain::{Locale, words};
use http::StatusCode;

use crate::site::ASSETS;

/// A small page for this status. It holds nothing that the visitor sent.
pub fn page(status: StatusCode, locale: Locale) -> Response {
    let message = match status {
        StatusCode::FORBIDDEN => words::refusal::foreign_origin(locale),
        StatusCode::PAYLOAD_TOO_LARGE => words::refusal::too_large(locale),
        _ => words::refusal::unreadable(locale),
    };
    let css = &ASSETS.css;
    let (lang, back) = (locale.tag(), words::refusal::back_home(locale));
    let html = format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Pedestal</title><link rel=\"stylesheet\" href=\"{css}\"></head>\
         <body><main class=\"page\"><h1>{message}</h1><p><a href=\"/\">{back}</a></p></main></body></html>"
    );
    (status, Html(html)).into_response()
}
