//! The site's own files: scripts, wasm, styles, fonts. A release binary carries
//! them; a debug one reads them from `target/site`.

use std::sync::LazyLock;

use app::shell::Assets;
use axum::{
    body::Body,
    response::{IntoResponse as _, Response},
};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{
        ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
    },
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct Site;

/// The addresses of the current build. Empty without one: pages then have no
/// script and no style, and still work.
pub static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    Site::get("assets.json")
        .and_then(|file| serde_json::from_slice(&file.data).ok())
        .unwrap_or_default()
});

/// The file at this path, in the best encoding the browser takes; `None` when
/// there is none.
pub fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    // Browsers ask for this one wherever a page names none.
    let path = match path.trim_start_matches('/') {
        "favicon.ico" => "favicon.svg",
        path => path,
    };
    if path.is_empty() || path == "assets.json" || path.ends_with(".br") || path.ends_with(".gz") {
        return None;
    }
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let encoded = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(name, _)| accepted.split(',').any(|a| a.trim().split(';').next() == Some(name)))
        .find_map(|(name, ending)| Some((name, Site::get(&format!("{path}{ending}"))?)));
    let (encoding, file) = match encoded {
        Some((name, file)) => (Some(name), file),
        None => (None, Site::get(path)?),
    };
    let etag = etag(&file.metadata.sha256_hash());
    // Hashed names never change their content. Style sheets with one name have to fit
    // the page that names them.
    let cache = if path.starts_with("pkg/") {
        "public, max-age=31536000, immutable"
    } else if path.ends_with(".css") {
        "public, no-cache"
    } else {
        "public, max-age=3600"
    };
    let is_known = headers.get(IF_NONE_MATCH).is_some_and(|known| *known == etag);
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.data.into_owned()).into_response()
    };
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    answer.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
    answer.insert(ETAG, etag);
    if let Some(encoding) = encoding {
        answer.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

fn etag(hash: &[u8; 32]) -> HeaderValue {
    let hex: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::from_str(&format!("\"{hex}\"")).expect("hexadecimal digits are a header value")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("json" | "webmanifest") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
