//! `/live?campaigns=a,b`: the live figures of up to 64 campaigns as server-sent
//! events. Public, without cookies, never compressed.

use std::{convert::Infallible, sync::Arc, time::Duration};

use app::error::AppError;
use axum::{
    body::Body,
    extract::{Query, Request, State},
    response::{IntoResponse as _, Response},
};
use backend::{
    Backend, Options,
    embed::{self, Embeds},
    limit::{MOST_CARDS, MOST_STREAMS, Stream as Place},
    live::{Following, Frame},
};
use bytes::Bytes;
use domain::{
    Locale, embed::figures::switched_off, live::MOST_FOLLOWED, slug::Slug, words::refusal as w,
};
use futures::{Stream, StreamExt as _, stream};
use http::{
    HeaderValue, StatusCode,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER},
};
use serde::Deserialize;
use tokio::time::{Instant, interval_at};

use super::plain::Manner;
use crate::middleware::{Gate, ip};

/// How often a silent stream shows that it lives, so that nothing between cuts it.
const HEARTBEAT: Duration = Duration::from_secs(25);
/// How far before the last seen event a resumed stream begins: commits of
/// several campaigns may overtake each other, and a frame twice does no harm.
const OVERLAP: i64 = 2_000_000;

/// The query of a stream.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    campaigns: String,
    /// As `Last-Event-ID`, for pages that open a stream anew.
    #[serde(default)]
    last: Option<i64>,
    /// For a card on another page: figures in the words of this language.
    #[serde(default)]
    words: Option<String>,
    /// For cards on another page that do their own words.
    #[serde(default)]
    embed: Option<String>,
}

/// Whom a stream is for.
#[derive(Clone)]
enum Listener {
    Page,
    /// Cards on another page; they are told when they are switched off.
    Cards {
        embeds: Embeds,
        options: Arc<Options>,
        locale: Option<Locale>,
    },
}

impl Wanted {
    fn listener(&self, backend: &Backend) -> Listener {
        let locale = self.words.as_ref().map(|words| words.parse().unwrap_or_default());
        if locale.is_some() || self.embed.is_some() {
            let (embeds, options) = (backend.hub.embeds().clone(), Arc::clone(&backend.options));
            Listener::Cards { embeds, options, locale }
        } else {
            Listener::Page
        }
    }
}

impl Listener {
    /// Most streams of its kind that one network may hold. Cards leave some to our own
    /// pages: they can ask now and then instead.
    const fn most(&self) -> u32 {
        match self {
            Self::Page => MOST_STREAMS,
            Self::Cards { .. } => MOST_CARDS,
        }
    }

    /// What it is told of a frame of this campaign.
    fn bytes(&self, slug: &Slug, frame: &Frame) -> Bytes {
        let Self::Cards { embeds, options, locale } = self else { return frame.bytes.clone() };
        let data = match (embeds.is_off(slug), locale) {
            (false, None) => return frame.bytes.clone(),
            (false, Some(locale)) => return frame.in_words(*locale),
            (true, None) => format!("{{\"campaign\":\"{slug}\",\"is_off\":true}}"),
            (true, Some(locale)) => {
                let address = format!("{}/campaigns/{slug}", options.base_url);
                switched_off(&address, *locale)
            }
        };
        Bytes::from(format!("event: funding\nid: {}\ndata: {data}\n\n", frame.at.0))
    }
}

/// Opens a stream: the present figures at once, then whatever changes.
pub async fn follow(State(gate): State<Gate>, request: Request) -> Response {
    let backend = &gate.backend;
    let manner = Manner::of(&request, &backend.options.base_url);
    let Ok(Query(wanted)) = Query::<Wanted>::try_from_uri(request.uri()) else {
        return manner.refuse(&AppError::Unreadable);
    };
    let listener = wanted.listener(backend);
    let Some(place) = backend.limits.stream(&ip(&request, gate.trust_proxy), listener.most())
    else {
        return too_many(manner);
    };
    let mut slugs: Vec<Slug> = wanted.campaigns.split(',').filter_map(Slug::parse).collect();
    slugs.sort();
    slugs.dedup();
    if slugs.len() > MOST_FOLLOWED {
        let sentence = w::too_many_followed(manner.locale(), &MOST_FOLLOWED);
        return manner.page(StatusCode::UNPROCESSABLE_ENTITY, &sentence);
    }
    let mut followed = Vec::with_capacity(slugs.len());
    for slug in slugs {
        if matches!(listener, Listener::Cards { .. }) {
            // So that it is known whether they are switched off; what is not there is
            // found out below.
            let _ = embed::snapshot(backend, &slug).await;
        }
        match backend.hub.follow(&backend.db, &slug).await {
            Ok(Some(following)) => followed.push((slug, following)),
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%error, "could not open a live stream");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        }
    }
    if followed.is_empty() {
        return manner.page(StatusCode::NOT_FOUND, w::nothing_followed(manner.locale()));
    }
    let resumed =
        request.headers().get("last-event-id").and_then(|v| v.to_str().ok()?.parse().ok());
    let seen = resumed.or(wanted.last).map(|last: i64| last.saturating_sub(OVERLAP));
    let body = Body::from_stream(events(backend, followed, &listener, seen, place));
    (
        [
            (CONTENT_TYPE, "text/event-stream"),
            (CACHE_CONTROL, "no-store"),
            (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        ],
        [("x-accel-buffering", "no")],
        body,
    )
        .into_response()
}

/// A page that is refused asks again by itself, as every lost stream does.
fn too_many(manner: Manner) -> Response {
    let sentence = w::too_many_streams(manner.locale());
    let mut response = manner.page(StatusCode::TOO_MANY_REQUESTS, sentence);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(60));
    response
}

/// Frames as they come, heartbeats in between, until the process ends.
fn events(
    backend: &Backend,
    followed: Vec<(Slug, Following)>,
    listener: &Listener,
    seen: Option<i64>,
    place: Place,
) -> impl Stream<Item = Result<Bytes, Infallible>> + use<> {
    let frames = followed.into_iter().map(|(slug, following)| {
        let listener = listener.clone();
        Box::pin(frames(following, seen).map(move |frame| listener.bytes(&slug, &frame)))
    });
    let frames = stream::select_all(frames);
    let heartbeat = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
    let closing = backend.hub.closing();
    let opening = stream::once(async { Ok(Bytes::from_static(b"retry: 3000\n\n")) });
    let rest = stream::unfold(
        (frames, heartbeat, closing, place),
        |(mut frames, mut heartbeat, mut closing, place)| async {
            let bytes = tokio::select! {
                bytes = frames.next() => bytes?,
                _ = heartbeat.tick() => Bytes::from_static(b":\n\n"),
                _ = closing.wait_for(|closing| *closing) => return None,
            };
            Some((Ok(bytes), (frames, heartbeat, closing, place)))
        },
    );
    opening.chain(rest)
}

/// The frames of one campaign: the present one unless it was seen, then each
/// newer one.
fn frames(following: Following, seen: Option<i64>) -> impl Stream<Item = Frame> {
    stream::unfold((following, true), move |(mut following, mut is_first)| async move {
        loop {
            if !is_first {
                following.frames.changed().await.ok()?;
            }
            let frame = following.frames.borrow_and_update().clone();
            let is_news =
                frame.as_ref().is_some_and(|f| !is_first || seen.is_none_or(|seen| f.at.0 > seen));
            is_first = false;
            if let (Some(frame), true) = (frame, is_news) {
                return Some((frame, (following, false)));
            }
        }
    })
}
