//! Without wasm, a refused form leads back to its page. What was typed comes
//! along in a short-lived cookie, so that nobody has to type it again.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{
    HeaderValue, Method, StatusCode,
    header::{ACCEPT, CONTENT_TYPE, LOCATION, SET_COOKIE},
};

use super::cookie;

/// Longest body that is looked at, in bytes.
const LONGEST: usize = 64 * 1024;
/// Longest cookie that is set; browsers drop those over 4,096 bytes.
const LONGEST_COOKIE: usize = 3_000;

/// Keeps the fields of a plain form that comes back with a problem.
pub async fn keep(request: Request, next: Next) -> Response {
    if !is_plain_form(&request) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let kept = fields(&body);
    let mut response = next.run(Request::from_parts(parts, Body::from(body))).await;
    let came_back = response
        .headers()
        .get(LOCATION)
        .is_some_and(|to| to.to_str().is_ok_and(|to| to.contains("__err=")));
    let value = if came_back { kept } else { String::new() };
    let age = if value.is_empty() { 0 } else { 120 };
    let set = format!("typed={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}");
    if let Ok(set) = HeaderValue::from_str(&set) {
        response.headers_mut().append(SET_COOKIE, set);
    }
    response
}

/// The fields that were kept, on the page the form came back to.
pub fn read(request: &Request) -> Vec<(String, String)> {
    let is_back = request.uri().query().is_some_and(|query| query.contains("__err="));
    if !is_back {
        return Vec::new();
    }
    cookie(request, "typed")
        .and_then(|value| URL_SAFE_NO_PAD.decode(value).ok())
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default()
}

fn is_plain_form(request: &Request) -> bool {
    let has = |name, part: &str| {
        request
            .headers()
            .get(name)
            .is_some_and(|v: &HeaderValue| v.to_str().is_ok_and(|v| v.contains(part)))
    };
    request.method() == Method::POST
        && request.uri().path().starts_with(app::http::FUNCTIONS)
        && has(ACCEPT, "text/html")
        && has(CONTENT_TYPE, "application/x-www-form-urlencoded")
}

/// The fields as a cookie's value, without what nobody should keep.
fn fields(body: &[u8]) -> String {
    let Ok(fields) = serde_urlencoded::from_bytes::<Vec<(String, String)>>(body) else {
        return String::new();
    };
    let kept: Vec<_> = fields
        .into_iter()
        .filter(|(name, value)| {
            !value.is_empty()
                && !["password", "card", "token", "key"].iter().any(|secret| name.contains(secret))
        })
        .collect();
    let value =
        serde_json::to_vec(&kept).map(|json| URL_SAFE_NO_PAD.encode(json)).unwrap_or_default();
    if value.len() > LONGEST_COOKIE { String::new() } else { value }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::fields;

    #[test]
    fn secrets_are_never_kept() {
        let kept = fields(
            b"form[email]=a%40b.org&form[password]=hunter22&form[card][number]=4242&form[key]=k",
        );
        let json = URL_SAFE_NO_PAD.decode(kept).expect("base64");
        assert_eq!(json, br#"[["form[email]","a@b.org"]]"#);
    }
}
