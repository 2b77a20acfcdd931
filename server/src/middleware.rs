//! What stands before every route, one thing per file.

pub mod headers;
pub mod origin;
pub mod patience;
pub mod request;
pub mod size;
pub mod typed;
pub mod visitor;

use std::net::{IpAddr, SocketAddr};

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

/// Where a request comes from. Behind a trusted proxy that is the last address of
/// the last header line, which the proxy added; anything before it could have been
/// made up. What is no address there is not taken for one.
pub fn ip(request: &Request, trust_proxy: bool) -> String {
    let peer = || {
        let info = request.extensions().get::<ConnectInfo<SocketAddr>>();
        info.map(|ConnectInfo(address)| address.ip())
    };
    let address = trust_proxy.then(|| forwarded(request)).flatten().or_else(peer);
    // One address is counted once, however it is written.
    address.map(|address| address.to_canonical().to_string()).unwrap_or_default()
}

fn forwarded(request: &Request) -> Option<IpAddr> {
    let lines = request.headers().get_all("x-forwarded-for");
    let last = lines.iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
    let bare = last.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(last);
    bare.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::{
        body::Body,
        extract::{ConnectInfo, Request},
    };

    use super::ip;

    #[test]
    fn only_the_address_that_the_proxy_added_is_believed() {
        for (lines, expected) in [
            (&["203.0.113.7"][..], "203.0.113.7"),
            (&["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
            (&["198.51.100.1", "203.0.113.7"], "203.0.113.7"),
            (&["198.51.100.1, 198.51.100.2", "198.51.100.3,203.0.113.7 "], "203.0.113.7"),
            (&["203.0.113.7:4711"], "203.0.113.7"),
            (&["2001:db8::7"], "2001:db8::7"),
            (&["[2001:db8::7]"], "2001:db8::7"),
            (&["[2001:db8::7]:4711"], "2001:db8::7"),
            (&["2001:0DB8:0:0::7"], "2001:db8::7"),
            (&["::ffff:203.0.113.7"], "203.0.113.7"),
            // What is no address: the one that the connection has.
            (&[], "192.0.2.1"),
            (&[""], "192.0.2.1"),
            (&["unknown"], "192.0.2.1"),
            (&["203.0.113.7,"], "192.0.2.1"),
            (&["203.0.113.7", "made up"], "192.0.2.1"),
            (&["203.0.113.777"], "192.0.2.1"),
        ] {
            let mut request = Request::new(Body::empty());
            let peer = SocketAddr::from(([192, 0, 2, 1], 4000));
            request.extensions_mut().insert(ConnectInfo(peer));
            for line in lines {
                let value = line.parse().expect("a header's value");
                request.headers_mut().append("x-forwarded-for", value);
            }
            assert_eq!(ip(&request, true), expected, "{lines:?}");
            assert_eq!(ip(&request, false), "192.0.2.1", "{lines:?}: without a proxy to trust");
        }
    }
}
