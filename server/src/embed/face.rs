//! Finished answers, kept until there is something new to say.

use std::{
    collections::HashMap,
    fmt::Write as _,
    io::Write as _,
    sync::{Arc, PoisonError, RwLock},
};

use axum::{
    body::Body,
    response::{IntoResponse as _, Response},
};
use backend::{Backend, embed::Snapshot};
use bytes::Bytes;
use domain::{
    Locale, Timestamp,
    embed::{Figures, Look, figures::switched_off},
    slug::Slug,
    time::MINUTE,
};
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{
        ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING,
        CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
    },
};
use sha2::{Digest as _, Sha256};

use super::{badge::Badge, frame, script};

/// Most answers that are kept; beyond it all are let go. A stranger who asks for
/// every colour there is pays for it by waiting for each.
const MOST_KEPT: usize = 4_096;
/// How hard a frame is pressed, 0 to 11: it is done once and sent a thousand times.
const QUALITY: u32 = 9;
/// Caches answer for this long without asking, and for that long with an old one
/// while they ask: who looks at a card is told by its stream what has changed.
const CACHE: HeaderValue = HeaderValue::from_static(
    "public, max-age=30, stale-while-revalidate=600, stale-if-error=86400",
);
/// Whoever embeds us may isolate their own page.
pub const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
pub const CROSS_ORIGIN: HeaderValue = HeaderValue::from_static("cross-origin");

/// What an address asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Frame,
    Badge,
    /// The same as dots.
    Png,
    Data,
    /// What moves in an open frame.
    Figures,
}

/// One finished answer. Cheap to clone.
#[derive(Clone)]
pub struct Face(Arc<Finished>);

struct Finished {
    plain: Bytes,
    /// The same, pressed; nothing where that would not make it smaller.
    brotli: Option<Bytes>,
    kind: &'static str,
    etag: HeaderValue,
    policy: HeaderValue,
    /// What the answer depends on beside its address.
    vary: &'static str,
}

/// The answers that are kept.
#[derive(Default)]
pub struct Faces(RwLock<HashMap<(Slug, Kind, Look), Kept>>);

struct Kept {
    /// The reading that it was made of.
    reading: u64,
    made_at: Timestamp,
    face: Face,
}

impl Faces {
    /// The answer for a look; made anew when the campaign was read anew, and every
    /// minute, since it counts the time that is left.
    pub fn of(&self, kind: Kind, snapshot: &Snapshot, look: &Look, backend: &Backend) -> Face {
        let now = backend.clock.now();
        let key = (snapshot.page.slug.clone(), kind, *look);
        {
            let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
            let kept = all
                .get(&key)
                .filter(|kept| kept.reading == snapshot.number && now.since(kept.made_at) < MINUTE);
            if let Some(kept) = kept {
                return kept.face.clone();
            }
        }
        let base_url = &backend.options.base_url;
        let face = match kind {
            Kind::Frame => Face::document(frame::card(snapshot, look, base_url, now)),
            Kind::Badge => Face::badge(Badge::of(snapshot, look).svg()),
            Kind::Png => Face::png(&Badge::of(snapshot, look)),
            Kind::Data => Face::data(script::data(snapshot, look, base_url, now)),
            Kind::Figures => Face::data(figures(snapshot, look.locale, base_url, now)),
        };
        let kept = Kept { reading: snapshot.number, made_at: now, face: face.clone() };
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_KEPT && !all.contains_key(&key) {
            all.clear();
        }
        all.insert(key, kept);
        face
    }
}

impl Face {
    /// What stands where there is no campaign.
    pub fn absent(kind: Kind, look: &Look, locale: Locale, base_url: &str) -> Self {
        match kind {
            Kind::Frame => Self::document(frame::gone(look, locale, base_url)),
            Kind::Badge => Self::badge(Badge::absent(locale).svg()),
            Kind::Png => Self::png(&Badge::absent(locale)),
            Kind::Data | Kind::Figures => Self::data("{}".to_owned()),
        }
    }

    fn document(document: frame::Document) -> Self {
        Self::finish("text/html; charset=utf-8", document.html, &document.policy, "accept-encoding")
    }

    fn badge(svg: String) -> Self {
        Self::finish("image/svg+xml", svg, "default-src 'none'; sandbox", "accept-encoding")
    }

    fn data(json: String) -> Self {
        // Which pages may read it is for the creator to say, from one minute to the next.
        Self::finish("application/json", json, "default-src 'none'", "accept-encoding, origin")
    }

    fn png(badge: &Badge) -> Self {
        let dots = badge.png().unwrap_or_else(|error| {
            tracing::error!(%error, "a badge could not be drawn");
            Vec::new()
        });
        Self::keep("image/png", dots.into(), None, "default-src 'none'; sandbox", "accept-encoding")
    }

    fn finish(kind: &'static str, text: String, policy: &str, vary: &'static str) -> Self {
        let brotli = pressed(&text);
        Self::keep(kind, text.into(), Some(brotli.into()), policy, vary)
    }

    fn keep(
        kind: &'static str,
        plain: Bytes,
        brotli: Option<Bytes>,
        policy: &str,
        vary: &'static str,
    ) -> Self {
        let digest = Sha256::digest(&plain);
        let mut etag = String::from("\"");
        for byte in &digest[..8] {
            let _ = write!(etag, "{byte:02x}");
        }
        etag.push('"');
        let value = |text: &str| HeaderValue::from_str(text).expect("our own words are a header");
        Self(Arc::new(Finished {
            brotli,
            plain,
            kind,
            etag: value(&etag),
            policy: value(policy),
            vary,
        }))
    }

    /// The answer to one request.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        let face = &*self.0;
        let is_known = is_known(asked, &face.etag);
        let accepted = asked.get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let takes_brotli =
            accepted.split(',').any(|one| one.trim().split(';').next() == Some("br"));
        let pressed = face.brotli.as_ref().filter(|_| takes_brotli && !is_known);
        let mut response = match pressed {
            _ if is_known => StatusCode::NOT_MODIFIED.into_response(),
            Some(pressed) => Body::from(pressed.clone()).into_response(),
            None => Body::from(face.plain.clone()).into_response(),
        };
        let headers = response.headers_mut();
        if pressed.is_some() {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(face.kind));
        headers.insert(ETAG, face.etag.clone());
        headers.insert(CONTENT_SECURITY_POLICY, face.policy.clone());
        headers.insert(VARY, HeaderValue::from_static(face.vary));
        headers.insert(CACHE_CONTROL, CACHE);
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(RESOURCE_POLICY, CROSS_ORIGIN);
        response
    }
}

/// Whether who asks has this answer: one of a list, weak where something on the way has
/// pressed it anew, or whatever there is (RFC 9110, 13.1.2).
fn is_known(asked: &HeaderMap, etag: &HeaderValue) -> bool {
    let etag = etag.to_str().unwrap_or_default();
    let known = asked.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    known
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag)
}

/// What moves in a frame, as the stream tells it too.
fn figures(snapshot: &Snapshot, locale: Option<Locale>, base_url: &str, now: Timestamp) -> String {
    let page = &snapshot.page;
    let locale = locale.unwrap_or(page.language);
    if snapshot.rule.is_off {
        return switched_off(&format!("{base_url}/campaigns/{}", page.slug), locale);
    }
    let offered = page.rewards.iter().filter(|reward| !reward.is_secret);
    let left = offered.filter_map(|reward| Some((reward.id, reward.offer.left()?)));
    let figures = Figures {
        pledged: page.funding.pledged(),
        percent: page.funding.percent(),
        backers: page.funding.backers,
        left: left.collect(),
        rest: snapshot.rest(now),
        is_of_now: true,
    };
    figures.properties(locale)
}

/// A text as Brotli.
pub fn pressed(text: &str) -> Vec<u8> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4_096, QUALITY, 18);
    // Writing into memory does not fail.
    let _ = writer.write_all(text.as_bytes());
    writer.into_inner()
}
