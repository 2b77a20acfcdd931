//! Without wasm, a refused form leads back to its page, and so does one that was
//! sent to be drawn anew. What was typed comes along in a short-lived cookie, so
//! that nobody has to type it again.

use app::{cookie::Cookie, error::AppError, http::TYPED};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::pledge::Choices;
use http::{
    HeaderValue, Method,
    header::{ACCEPT, CONTENT_TYPE, LOCATION, SET_COOKIE},
};

use super::{Gate, cookie};
use crate::route::plain::Manner;

/// Longest body that is looked at, in bytes; what may be sent at all is decided before.
const LONGEST: usize = 160 * 1024;
/// Longest cookie that is set; browsers drop those over 4,096 bytes.
const LONGEST_COOKIE: usize = 3_000;

/// Keeps the fields of a plain form that comes back unfinished.
pub async fn keep(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    if !is_plain_form(&request) {
        return next.run(request).await;
    }
    let base_url = &gate.backend.options.base_url;
    let manner = Manner::of(&request, base_url);
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else {
        return manner.refuse(&AppError::TooLarge);
    };
    let kept = fields(&body);
    let mut response = next.run(Request::from_parts(parts, Body::from(body))).await;
    let came_back =
        response.headers().get(LOCATION).is_some_and(|to| to.to_str().is_ok_and(is_back));
    let set = if came_back && !kept.is_empty() {
        Cookie::Typed.set(base_url, &kept)
    } else {
        Cookie::Typed.forget(base_url)
    };
    if let Ok(set) = HeaderValue::from_str(&set) {
        response.headers_mut().append(SET_COOKIE, set);
    }
    response
}

/// The fields that were kept, on the page the form came back to.
pub fn read(request: &Request, base_url: &str) -> Vec<(String, String)> {
    if !is_back(&request.uri().to_string()) {
        return Vec::new();
    }
    cookie(request, Cookie::Typed.name(base_url))
        .and_then(|value| URL_SAFE_NO_PAD.decode(value).ok())
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default()
}

/// Whether an address is that of a form that came back.
fn is_back(address: &str) -> bool {
    let (_, query) = address.split_once('?').unwrap_or_default();
    let mut pairs = query.split(['&', '#']);
    pairs.any(|pair| pair.starts_with("__err=") || pair == TYPED)
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

/// The fields as a cookie's value, without what nobody should keep, and without the
/// choices, which stand in the address.
fn fields(body: &[u8]) -> String {
    let Ok(fields) = serde_urlencoded::from_bytes::<Vec<(String, String)>>(body) else {
        return String::new();
    };
    let kept: Vec<_> = fields
        .into_iter()
        .filter(|(name, value)| {
            let name = name.to_ascii_lowercase();
            !value.is_empty()
                && Choices::name_of(&name).is_none()
                && !["password", "card", "setup", "token", "key"]
                    .iter()
                    .any(|secret| name.contains(secret))
        })
        .collect();
    let value =
        serde_json::to_vec(&kept).map(|json| URL_SAFE_NO_PAD.encode(json)).unwrap_or_default();
    if value.len() > LONGEST_COOKIE { String::new() } else { value }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::{fields, is_back};

    #[test]
    fn secrets_are_never_kept_and_choices_stand_in_the_address() {
        for secrets in [
            "form[password]=hunter22&form[card][number]=4242&form[key]=k",
            "Password=hunter22&form[CARD][number]=4242&form%5BKey%5D=k&form[token]=t&form[setup]=s",
            "form[choices][bonus]=5&form%5Bchoices%5D%5Bsecret%5D=s&form[choices][add_on.x]=1",
            "form[name]=",
        ] {
            let kept = fields(format!("{secrets}&form[email]=a%40b.org").as_bytes());
            let json = URL_SAFE_NO_PAD.decode(kept).expect("base64");
            assert_eq!(json, br#"[["form[email]","a@b.org"]]"#, "{secrets}");
        }
    }

    #[test]
    fn only_an_address_that_says_so_is_that_of_a_form_that_came_back() {
        for (address, expected) in [
            ("/sign-up?__path=x&__err=y", true),
            ("http://site/campaigns/a/pledge?bonus=5&__typed=1#lines", true),
            ("/campaigns/a/pledge?__typed=1", true),
            ("/campaigns/a/pledge?bonus=__typed=1", false),
            ("/campaigns/a/pledge?x__typed=1&__typed=12", false),
            ("/discover?q=a__err=b", false),
            ("/__err=x", false),
            ("", false),
        ] {
            assert_eq!(is_back(address), expected, "{address}");
        }
    }
}
