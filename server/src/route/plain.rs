//! A refusal that no page of the app can show: short, in the visitor's language,
//! and in the encoding of whoever asks.

use app::{codec::Compact, error::AppError, http::FUNCTIONS};
use axum::{
    extract::Request,
    response::{Html, IntoResponse as _, Response},
};
use domain::Locale;
use http::{
    HeaderValue, StatusCode,
    header::{ACCEPT, CONTENT_TYPE},
};
use leptos::server_fn::{ContentType as _, Encodes as _};

use crate::{middleware::visitor, site::ASSETS};

/// How a request wants to be refused. Read before its body is.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    locale: Locale,
    /// A page's own script reads an [`AppError`], and takes a page for the answer
    /// of another version.
    is_script: bool,
}

impl Manner {
    /// The manner of this request, on a site with this public address.
    pub fn of(request: &Request, base_url: &str) -> Self {
        let wants_page = request.headers().get(ACCEPT).is_some_and(|kinds: &HeaderValue| {
            kinds.to_str().is_ok_and(|kinds| kinds.contains("text/html"))
        });
        Self {
            locale: visitor::locale(request, base_url),
            is_script: request.uri().path().starts_with(FUNCTIONS) && !wants_page,
        }
    }

    /// The refusal, with its status. It holds nothing that the visitor sent.
    pub fn refuse(self, error: &AppError) -> Response {
        let status =
            StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self.refuse_with(status, error)
    }

    /// The refusal, with another status than its own.
    pub fn refuse_with(self, status: StatusCode, error: &AppError) -> Response {
        if self.is_script
            && let Ok(body) = Compact::encode(error)
        {
            return (status, [(CONTENT_TYPE, Compact::CONTENT_TYPE)], body).into_response();
        }
        self.page(status, &error.say(self.locale))
    }

    /// What was asked took too long. It may be done all the same, so a page says so;
    /// a script knows as little as when the connection broke.
    pub fn too_slow(self) -> Response {
        if self.is_script {
            return self.refuse_with(StatusCode::SERVICE_UNAVAILABLE, &AppError::Offline);
        }
        let sentence = domain::words::refusal::too_slow(self.locale);
        self.page(StatusCode::SERVICE_UNAVAILABLE, sentence)
    }

    /// A page with one sentence, which has to be one of ours.
    pub fn page(self, status: StatusCode, sentence: &str) -> Response {
        let css = &ASSETS.css;
        let (lang, back) = (self.locale.tag(), domain::words::refusal::back_home(self.locale));
        let html = format!(
            "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>Pedestal</title><link rel=\"stylesheet\" href=\"{css}\"></head>\
             <body><main class=\"page\"><h1>{sentence}</h1><p><a href=\"/\">{back}</a></p></main></body></html>"
        );
        (status, Html(html)).into_response()
    }

    /// The language to refuse in.
    pub const fn locale(self) -> Locale {
        self.locale
    }
}
