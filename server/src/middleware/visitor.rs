//! Who is asking: session, language, address.

use app::{cookie::Cookie, http::Ctx};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use backend::account;
use domain::Locale;
use http::{
    HeaderValue,
    header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, USER_AGENT, VARY},
};

use super::{Gate, RequestId, cookie, ip, typed};

/// Gives every page and server function its [`Ctx`].
pub async fn know(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let base_url = &gate.backend.options.base_url;
    let session = cookie(&request, Cookie::Session.name(base_url)).map(str::to_owned);
    let who = match session.as_deref().filter(|token| !token.is_empty()) {
        Some(token) => account::resume(&gate.backend, token).await.unwrap_or_else(|error| {
            tracing::error!(%error, "could not resume a session");
            None
        }),
        None => None,
    };
    let locale = locale(&request, base_url);
    let ctx = Ctx {
        who,
        locale,
        ip: ip(&request, gate.trust_proxy).into(),
        device: device(&request).into(),
        request_id: request.extensions().get::<RequestId>().map_or("", |id| id.0.as_str()).into(),
        cookie: session.map(Into::into),
        typed: typed::read(&request, base_url).into(),
        shown_once: cookie(&request, Cookie::Once.name(base_url))
            .filter(|once| !once.is_empty())
            .map(Into::into),
        backend: gate.backend,
    };
    request.extensions_mut().insert(ctx);
    let mut response = next.run(request).await;
    response.headers_mut().append(VARY, HeaderValue::from_static("accept-language, cookie"));
    response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
    response
}

/// The language of the cookie, else of the browser's wishes.
pub fn locale(request: &Request, base_url: &str) -> Locale {
    cookie(request, Cookie::Locale.name(base_url)).and_then(|tag| tag.parse().ok()).unwrap_or_else(
        || {
            let wishes = request.headers().get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
            Locale::negotiate(wishes.unwrap_or_default())
        },
    )
}

/// The browser's own words, one short line.
fn device(request: &Request) -> String {
    let agent = request.headers().get(USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    agent.chars().filter(|c| !c.is_control()).take(200).collect()
}
