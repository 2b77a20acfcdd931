//! Feeds of a small platform.

use std::{io::Cursor, path::PathBuf};

use axum::body::to_bytes;
use backend::{
    Backend, Clock, Options,
    campaign::import::{self, ImportOptions},
};
use domain::{Timestamp, id::CampaignId};
use http::Request;
use tower::ServiceExt as _;

use super::router;

const DUMP: &str = "ID,Name,Blurb,Goal,Slug,Pledged,Backers_count,Currency,Deadline,Launched_at\n\
    1,Tom & <Jerry>,\"A \"\"quoted\"\" ]]> thing\",1000,tom-and-jerry,250,12,EUR,1797271200,1795543200\n\
    2,An old one,,1000,an-old-one,250,12,EUR,1795543300,1795543200\n";

async fn backend(folder: &Folder) -> Backend {
    let url = format!("sqlite://{}", folder.0.join("test.sqlite").display());
    let options = Options { base_url: "https://pedestal.example".into(), ..Options::default() };
    let clock = Clock::fixed(Timestamp(1_796_407_200_000_000));
    let backend = Backend::open(&url, clock, options).await.expect("opens");
    import::run(&backend, Cursor::new(DUMP), &ImportOptions::default(), |_| {})
        .await
        .expect("imported");
    backend
}

/// Removed with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn get(backend: &Backend, path: &str) -> (String, String) {
    let request = Request::get(path).body(axum::body::Body::empty()).expect("a request");
    let response = router(backend.clone()).oneshot(request).await.expect("an answer");
    assert!(response.status().is_success());
    let kind = response.headers()["content-type"].to_str().expect("text").to_owned();
    let body = to_bytes(response.into_body(), 1_000_000).await.expect("a body");
    (kind, String::from_utf8(body.to_vec()).expect("UTF-8"))
}

#[tokio::test]
async fn robots_and_readers_find_the_campaigns() {
    let folder =
        Folder(std::env::temp_dir().join(format!("pedestal-feeds-{}", CampaignId::generate())));
    let backend = backend(&folder).await;
    let (kind, map) = get(&backend, "/sitemap.xml").await;
    assert_eq!(kind, "application/xml");
    for slug in ["tom-and-jerry", "an-old-one"] {
        assert!(
            map.contains(&format!("<loc>https://pedestal.example/campaigns/{slug}</loc>")),
            "{map}"
        );
    }
    let (_, robots) = get(&backend, "/robots.txt").await;
    assert!(robots.ends_with("\nSitemap: https://pedestal.example/sitemap.xml\n"), "{robots}");

    let (kind, feed) = get(&backend, "/feed.atom").await;
    assert_eq!(kind, "application/atom+xml; charset=utf-8");
    assert_eq!(feed.matches("<entry ").count(), 1, "only what is live: {feed}");
    assert!(feed.contains("<title>Tom &amp; &lt;Jerry&gt;</title>"), "{feed}");
    assert!(feed.contains("<summary>A &quot;quoted&quot; ]]&gt; thing</summary>"), "{feed}");
}
