//! What stands before every route, one thing per file.

pub mod headers;
pub mod origin;
pub mod request;
pub mod size;
pub mod typed;
pub mod visitor;

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request};
use backend::Backend;

/// What middleware needs to know of the platform.
#[derive(Clone)]
pub struct Gate {
    pub backend: Backend,
    pub trust_proxy: bool,
}

/// The nonce of this answer's Content-Security-Policy.
#[derive(Clone)]
pub struct CspNonce(pub String);

/// The id under which a request is logged, and which a visitor may quote.
#[derive(Clone)]
pub struct RequestId(pub String);

/// The value of a cookie, if it was sent.
pub fn cookie<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request
        .headers()
        .get_all(http::header::COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// Where a request comes from. Behind a trusted proxy that is the last address
/// the proxy added; anything before it could have been made up.
pub fn ip(request: &Request, trust_proxy: bool) -> String {
    let forwarded = trust_proxy
        .then(|| request.headers().get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next())
        .flatten()
        .map(|ip| ip.trim().to_owned());
    forwarded.unwrap_or_else(|| {
        request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map(|ConnectInfo(address)| address.ip().to_string())
            .unwrap_or_default()
    })
}
