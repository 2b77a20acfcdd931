//! Headers that make a browser careful, on every answer.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use http::{
    HeaderName, HeaderValue,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
        STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    },
};

use super::{CspNonce, Gate};

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Draws the nonce that lets our one inline script run, and adds the headers.
pub async fn secure(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let nonce = STANDARD_NO_PAD.encode(rand::random::<[u8; 16]>());
    let is_function = request.uri().path().starts_with(app::http::FUNCTIONS);
    let provider = provider(&gate, request.uri().path());
    request.extensions_mut().insert(CspNonce(nonce.clone()));
    let mut response = next.run(request).await;
    let is_html = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let headers = response.headers_mut();
    // What carries its own policy, such as a drawn picture, keeps it.
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        let policy = format!(
            "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'{script}; style-src 'self'; \
             img-src 'self' data:; font-src 'self'; connect-src 'self'{connect}; {frame}object-src 'none'; \
             base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            script = provider.script,
            connect = provider.connect,
            frame = provider.frame,
        );
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(
        PERMISSIONS_POLICY,
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=()"),
    );
    if gate.backend.options.base_url.starts_with("https://") {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
    // Pages and functions depend on who asks; nothing between may keep them.
    // `no-cache` lets the back button work where `no-store` would not.
    if (is_html || is_function) && !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    response
}

/// What the policy of this one page allows a payment provider; nothing on any
/// other page.
#[derive(Default)]
struct Provider {
    script: String,
    connect: String,
    frame: String,
}

fn provider(gate: &Gate, path: &str) -> Provider {
    let Some(stripe) = &gate.backend.options.stripe else { return Provider::default() };
    if !app::http::takes_cards(path) {
        return Provider::default();
    }
    let (script, api) = (origin(&stripe.script), origin(&stripe.api));
    // Stripe.js frames and loads from names below its own as well.
    let below = script.strip_prefix("https://").map(|host| format!(" https://*.{host}"));
    let below = below.unwrap_or_default();
    Provider {
        frame: format!("frame-src {script}{below} https://hooks.stripe.com; "),
        connect: format!(" {api} {script}"),
        script: format!(" {script}{below}"),
    }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    url[start..].find('/').map_or(url, |end| &url[..start + end])
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn an_origin_ends_before_the_path() {
        assert_eq!(origin("https://js.stripe.com/v3/"), "https://js.stripe.com");
        assert_eq!(origin("http://127.0.0.1:8420"), "http://127.0.0.1:8420");
    }
}
