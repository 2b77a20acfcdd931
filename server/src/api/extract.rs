//! What operations read of a request. Every refusal is one of ours, so that
//! each answer is `application/problem+json`.

use std::{fmt::Display, str::FromStr};

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request, State},
    middleware::Next,
    response::Response,
};
use backend::{
    account::{self, Who},
    limit::Limited,
};
use domain::{Locale, id::PledgeId, slug::Slug};
use http::{
    HeaderMap, StatusCode,
    header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE},
    request::Parts,
};
use serde_json::Value;

use super::{
    Api,
    problem::{LONGEST_KEY, Refused},
};
use crate::middleware::ip;

/// Where a request comes from.
#[derive(Clone)]
struct Caller(String);

/// Anyone, within the limits of their address.
pub struct Anyone;

/// The holder of a personal token, within their own limits.
pub struct Bearer(pub Who);

/// The slug in the path; what cannot be one is not found.
pub struct Slugged(pub Slug);

/// The pledge's id in the path; what cannot be one is not found.
pub struct PledgePath(pub PledgeId);

/// The pairs of the query, decoded.
pub struct Pairs(pub Vec<(String, String)>);

/// The header that makes sending twice safe.
pub struct IdempotencyKey(pub Option<String>);

/// The language of the answer.
pub struct Language(pub Locale);

/// A JSON body.
pub struct Json(pub Value);

/// Notes where a request comes from, for the limits.
pub async fn know_caller(State(api): State<Api>, mut request: Request, next: Next) -> Response {
    let caller = Caller(ip(&request, api.trust_proxy));
    request.extensions_mut().insert(caller);
    next.run(request).await
}

impl FromRequestParts<Api> for Anyone {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refused> {
        count_caller(parts, api)?;
        Ok(Self)
    }
}

impl FromRequestParts<Api> for Bearer {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refused> {
        let Some(token) = token(&parts.headers) else {
            count_caller(parts, api)?;
            return Err(Refused::NoToken);
        };
        let Some(who) = account::resume_token(&api.backend, &token).await? else {
            count_caller(parts, api)?;
            return Err(Refused::WrongToken);
        };
        api.backend.limits.check(Limited::Api, &who.account.to_string())?;
        Ok(Self(who))
    }
}

impl FromRequestParts<Api> for Slugged {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refused> {
        let text = path(parts, api).await?;
        Slug::parse(&text).map(Self).ok_or(Refused::NotFound)
    }
}

impl FromRequestParts<Api> for PledgePath {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refused> {
        let text = path(parts, api).await?;
        written_as(&text).map(Self).ok_or(Refused::NotFound)
    }
}

impl FromRequestParts<Api> for Pairs {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Refused> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decoded(name)?, decoded(value)?))
        });
        pairs.collect::<Option<_>>().map(Self).ok_or(Refused::MalformedAddress)
    }
}

impl FromRequestParts<Api> for IdempotencyKey {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Refused> {
        let Some(value) = parts.headers.get("idempotency-key") else { return Ok(Self(None)) };
        let key = value.as_bytes();
        let is_good =
            (1..=LONGEST_KEY).contains(&key.len()) && key.iter().all(u8::is_ascii_graphic);
        let key = str::from_utf8(key).ok().filter(|_| is_good).ok_or(Refused::MalformedKey)?;
        Ok(Self(Some(key.to_owned())))
    }
}

impl FromRequestParts<Api> for Language {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Refused> {
        let wishes = parts.headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
        Ok(Self(Locale::negotiate(wishes.unwrap_or_default())))
    }
}

impl FromRequest<Api> for Json {
    type Rejection = Refused;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Refused> {
        if !is_json(request.headers()) {
            return Err(Refused::MediaType);
        }
        let body = Bytes::from_request(request, api).await.map_err(|rejected| {
            match rejected.status() {
                StatusCode::PAYLOAD_TOO_LARGE => Refused::TooLarge,
                _ => Refused::MalformedBody,
            }
        })?;
        serde_json::from_slice(&body)
            .map(Self)
            .map_err(|error| Refused::MalformedJson { line: error.line(), column: error.column() })
    }
}

/// An id, written the one way that we write it.
pub fn written_as<T: FromStr + Display>(text: &str) -> Option<T> {
    text.parse().ok().filter(|id: &T| id.to_string() == text)
}

fn count_caller(parts: &Parts, api: &Api) -> Result<(), Refused> {
    let address = parts.extensions.get::<Caller>().map_or("", |caller| caller.0.as_str());
    Ok(api.backend.limits.check(Limited::Api, address)?)
}

fn token(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| token.to_owned())
}

async fn path(parts: &mut Parts, api: &Api) -> Result<String, Refused> {
    let Path(text) = Path::<String>::from_request_parts(parts, api)
        .await
        .map_err(|_| Refused::MalformedAddress)?;
    Ok(text)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// A part of a query as text; `None` when its escapes are not UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let pair = [rest.next()?, rest.next()?];
                if !pair.iter().all(u8::is_ascii_hexdigit) {
                    return None;
                }
                u8::from_str_radix(str::from_utf8(&pair).ok()?, 16).ok()?
            }
            plain => plain,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn only_utf_8_is_text() {
        assert_eq!(decoded("caf%C3%A9+cr%c3%a8me").as_deref(), Some("café crème"));
        for bad in ["%FF", "%", "%1", "%zz", "%+1"] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
    }
}
