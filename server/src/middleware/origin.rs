//! Writes come from our own pages: browsers say where a request was made.

use app::error::AppError;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{
    HeaderMap, Method,
    header::{HOST, ORIGIN},
};

use super::Gate;
use crate::route::plain::Manner;

/// Refuses a write that another site's page makes in a visitor's name.
/// `Sec-Fetch-Site` decides where the browser sends it, else `Origin`. Programs
/// send neither and carry no visitor's cookie.
pub async fn guard(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let base_url = &gate.backend.options.base_url;
    if may_pass(&request, base_url) {
        return next.run(request).await;
    }
    Manner::of(&request, base_url).refuse(&AppError::Foreign)
}

/// Whether a request only reads, or comes from our own pages or from a program.
pub fn may_pass(request: &Request, base_url: &str) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
        || is_ours(request.headers(), base_url)
}

/// Whether these headers come from one of our own pages, or from a program.
pub fn is_ours(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name| headers.get(name).map(|v: &http::HeaderValue| v.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site".parse().expect("a header's name")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(ORIGIN) else { return true };
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    origin == base_url || text(HOST).is_some_and(|ours| ours == host)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::is_ours;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v)))
            .collect()
    }

    #[test]
    fn other_sites_cannot_write_in_a_visitors_name() {
        let base = "https://pedestal.example";
        for (pairs, ours) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://pedestal.example")], false),
            (&[("origin", "https://pedestal.example")], true),
            (&[("origin", "https://evil.example"), ("host", "pedestal.example")], false),
            (&[("origin", "http://localhost:3000"), ("host", "localhost:3000")], true),
            (&[("origin", "null"), ("host", "pedestal.example")], false),
            (&[], true),
        ] {
            assert_eq!(is_ours(&headers(pairs), base), ours, "{pairs:?}");
        }
    }
}
