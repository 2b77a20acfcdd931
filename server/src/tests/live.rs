//! `/live` over HTTP.

use std::time::Duration;

use axum::body::Body;
use futures::StreamExt as _;
use http::{Method, Response, StatusCode};
use tokio::time::{advance, timeout};

use super::{
    site::{Site, request},
    stage::{NOW, amount},
};

const SOON: Duration = Duration::from_secs(2);

async fn open(site: &Site, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
    site.open(request(Method::GET, path, headers, Body::empty())).await
}

/// Reads a stream until it has this, or has ended.
async fn read_until(body: &mut axum::body::BodyDataStream, wanted: &str) -> String {
    let mut text = String::new();
    while !text.contains(wanted) {
        match timeout(SOON, body.next()).await {
            Ok(Some(bytes)) => {
                text.push_str(std::str::from_utf8(&bytes.expect("bytes")).expect("text"));
            }
            Ok(None) => panic!("the stream ended with {text:?}"),
            Err(_) => panic!("{wanted:?} never came: {text:?}"),
        }
    }
    text
}

#[tokio::test]
async fn a_stream_begins_with_the_present_and_goes_on_with_each_commit() {
    for site in Site::both().await {
        let (slug, other) = (site.stage.campaign(|_| ()).await, site.stage.campaign(|_| ()).await);
        site.stage.place(&slug, "ada", amount("5")).await.expect("placed");
        let path = format!("/live?campaigns={slug},{other},nowhere,{slug}");
        let response = open(&site, &path, &[("accept-encoding", "br, gzip")]).await;
        assert_eq!(response.status(), StatusCode::OK);
        let header = |name: &str| {
            response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
        };
        assert_eq!(header("content-type"), "text/event-stream");
        assert_eq!(header("content-encoding"), "", "a compressor would hold frames back");
        assert_eq!((header("cache-control"), header("x-accel-buffering")), ("no-store", "no"));
        assert!(response.headers().get("set-cookie").is_none());
        let mut body = response.into_body().into_data_stream();
        let first = read_until(&mut body, &format!("\"campaign\":\"{other}\"")).await;
        assert!(first.starts_with("retry: "), "{first}");
        assert_eq!(first.matches("event: funding\nid: ").count(), 2, "each once: {first}");
        assert!(first.contains("{\"amount\":\"5.00\",\"currency\":\"EUR\"}"), "{first}");
        site.stage.place(&other, "bob", amount("7")).await.expect("placed");
        let news = read_until(&mut body, "\n\n").await;
        assert!(
            news.contains(&format!("\"campaign\":\"{other}\"")) && news.contains("\"7.00\""),
            "{news}"
        );
    }
}

#[tokio::test]
async fn a_resumed_stream_leaves_out_what_was_seen() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    site.stage.place(&slug, "ada", amount("5")).await.expect("placed");
    let path = format!("/live?campaigns={slug}");
    let long_ago = (NOW.0 - 60_000_000).to_string();
    let seen = (NOW.0 + 60_000_000).to_string();
    for (path, headers, is_new) in [
        (path.clone(), vec![("last-event-id", long_ago.as_str())], true),
        (format!("{path}&last={long_ago}"), vec![], true),
        (path.clone(), vec![("last-event-id", "nonsense")], true),
        (path.clone(), vec![("last-event-id", seen.as_str())], false),
        (format!("{path}&last={seen}"), vec![], false),
    ] {
        let mut body = open(&site, &path, &headers).await.into_body().into_data_stream();
        read_until(&mut body, "retry: 3000\n\n").await;
        let guest = format!("guest-{}", site.stage.totals(&slug).await.1);
        let frame = timeout(Duration::from_millis(200), body.next()).await;
        assert_eq!(frame.is_ok(), is_new, "{path} {headers:?}");
        site.stage.place(&slug, &guest, amount("5")).await.expect("placed");
        read_until(&mut body, "event: funding").await;
    }
}

#[tokio::test]
async fn a_silent_stream_shows_that_it_lives() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let mut body =
        open(&site, &format!("/live?campaigns={slug}"), &[]).await.into_body().into_data_stream();
    read_until(&mut body, "event: funding").await;
    tokio::time::pause();
    for _ in 0..3 {
        advance(Duration::from_secs(25)).await;
        let beat = body.next().await.expect("alive").expect("bytes");
        assert_eq!(&beat[..], b":\n\n", "a comment, no event");
    }
}

#[tokio::test]
async fn a_process_that_ends_ends_its_streams() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let mut body =
        open(&site, &format!("/live?campaigns={slug}"), &[]).await.into_body().into_data_stream();
    read_until(&mut body, "event: funding").await;
    site.stage.backend.hub.close();
    assert!(timeout(SOON, body.next()).await.expect("at once").is_none());
    drop(body);
    assert_eq!(site.stage.backend.hub.followed(), 0);
}

#[tokio::test]
async fn whoever_leaves_is_forgotten() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let response = open(&site, &format!("/live?campaigns={slug}"), &[]).await;
    assert_eq!(site.stage.backend.hub.followed(), 1);
    drop(response);
    assert_eq!(site.stage.backend.hub.followed(), 0);
}

#[tokio::test]
async fn a_stream_of_too_many_or_of_nothing_is_refused() {
    let site = Site::sqlite().await;
    let mut slugs = Vec::new();
    for _ in 0..65 {
        slugs.push(site.stage.campaign(|_| ()).await.to_string());
    }
    let all = open(&site, &format!("/live?campaigns={}", slugs.join(",")), &[]).await;
    assert_eq!(all.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let most = open(&site, &format!("/live?campaigns={}", slugs[..64].join(",")), &[]).await;
    assert_eq!(most.status(), StatusCode::OK);
    drop(most);
    for path in ["/live", "/live?campaigns=", "/live?campaigns=nowhere", "/live?campaigns=,%20,"] {
        assert_eq!(open(&site, path, &[]).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(site.stage.backend.hub.followed(), 0);
}
