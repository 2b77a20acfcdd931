//! What is refused before anything is done: other sites' writes, bodies that
//! are too large, and whatever cannot be read.

use app::{error::AppError, http::FUNCTIONS};
use axum::body::Body;
use backend::pledge::writer::{Size, Writer};
use domain::Locale;
use http::{Method, StatusCode};

use super::{
    site::{Answer, Site, encoded, pledge, request},
    stage::Stage,
};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Every address that writes.
pub fn writes() -> Vec<String> {
    let functions = leptos::server_fn::axum::server_fn_paths();
    let mut paths: Vec<String> = functions
        .filter(|(_, method)| *method == Method::POST)
        .map(|(path, _)| path.to_owned())
        .collect();
    assert!(paths.len() >= 9, "{paths:?}");
    paths.extend(["/language", "/cards/setup", "/cards/bank"].map(str::to_owned));
    paths.push("/studio/some-campaign/media".into());
    paths
}

/// A page's own script is told in its encoding, whoever looks in words.
fn assert_says(answer: &Answer, path: &str, accept: &str, error: &AppError) {
    if path.starts_with(FUNCTIONS) && accept != "text/html" {
        assert_eq!(answer.error(), *error, "{path}");
        return;
    }
    let message = error.say(Locale::Fr);
    assert!(
        answer.text.contains("lang=\"fr\"") && answer.text.contains(&message),
        "{path}: {}",
        answer.text
    );
}

#[tokio::test]
async fn another_sites_page_cannot_write_in_a_visitors_name() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let cookie = site.sign_in("ada").await;
    let before = site.stage.rows().await;
    let body = encoded(&pledge(slug.as_str(), "bonus=5", "ada@example.org"));
    for path in writes() {
        for foreign in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:3000")],
            &[("origin", "https://evil.example")],
            &[("origin", "http://127.0.0.1:3000.evil.example")],
            &[("origin", "null")],
        ] {
            for accept in ["text/html", "application/x-postcard"] {
                let mut headers = vec![
                    FORM,
                    ("accept", accept),
                    ("cookie", cookie.as_str()),
                    ("accept-language", "fr"),
                ];
                headers.extend(foreign);
                let asked = request(Method::POST, &path, &headers, Body::from(body.clone()));
                let answer = site.ask(asked).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {foreign:?}");
                assert_says(&answer, &path, accept, &AppError::Foreign);
                assert!(answer.cookies().is_empty(), "{path}");
            }
        }
    }
    assert_eq!(site.stage.rows().await, before, "nothing was written");
}

#[tokio::test]
async fn our_own_pages_and_plain_programs_may_write() {
    let site = Site::sqlite().await;
    for headers in
        [&[("sec-fetch-site", "same-origin")][..], &[("origin", "http://127.0.0.1:3000")], &[]]
    {
        let mut all = vec![FORM];
        all.extend(headers);
        let answer =
            site.ask(request(Method::POST, "/language", &all, Body::from("locale=fr"))).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{headers:?}");
    }
}

#[tokio::test]
async fn reading_never_writes() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let cookie = site.sign_in("ada").await;
    let before = site.stage.rows().await;
    let query = encoded(&pledge(slug.as_str(), "bonus=5", "bob@example.org"));
    for path in writes() {
        for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::PATCH] {
            let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
            let answer = site
                .ask(request(method.clone(), &format!("{path}?{query}"), &headers, Body::empty()))
                .await;
            assert!(answer.status.is_client_error(), "{method} {path}: {}", answer.status);
        }
    }
    assert_eq!(site.stage.rows().await, before);
    assert_eq!(
        site.get_with("/account", &[("cookie", &cookie)]).await.status,
        StatusCode::OK,
        "still signed in"
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_before_it_is_read() {
    let site = Site::sqlite().await;
    let large = "x".repeat(200_000);
    let mut paths = writes();
    // Pictures are larger; `pictures.rs` sends one that is too large.
    paths.retain(|path| !path.ends_with("/media"));
    paths.push("/api/v1/campaigns/any/pledges".into());
    for path in paths {
        for accept in ["text/html", "application/json"] {
            for length in ["200000", ""] {
                let headers = [
                    FORM,
                    ("accept", accept),
                    ("accept-language", "fr"),
                    ("sec-fetch-site", "same-origin"),
                    ("content-length", length),
                ];
                let asked = request(Method::POST, &path, &headers, Body::from(large.clone()));
                let answer = site.ask(asked).await;
                if path.starts_with("/api/v1") {
                    assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
                    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
                    continue;
                }
                if length.is_empty() && answer.status != StatusCode::PAYLOAD_TOO_LARGE {
                    // A script's body is read by the function itself.
                    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {accept}");
                    assert_says(&answer, &path, accept, &AppError::Unreadable);
                    continue;
                }
                assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path} {accept}");
                assert_says(&answer, &path, accept, &AppError::TooLarge);
            }
        }
    }
}

#[tokio::test]
async fn a_body_without_a_length_is_cut_off_as_well() {
    let site = Site::sqlite().await;
    for path in writes() {
        let pieces =
            futures::stream::iter((0..100).map(|_| Ok::<_, std::io::Error>("y".repeat(4_096))));
        let headers = [FORM, ("accept", "text/html"), ("sec-fetch-site", "same-origin")];
        let answer =
            site.ask(request(Method::POST, &path, &headers, Body::from_stream(pieces))).await;
        assert!(
            answer.status.is_client_error() || answer.status.is_redirection(),
            "{path}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn a_broken_database_is_told_without_its_words() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    site.stage.backend.db.close().await;
    for path in [
        "/".into(),
        "/discover".into(),
        format!("/campaigns/{slug}"),
        format!("/campaigns/{slug}/pledge"),
    ] {
        let answer = site.get_with(&path, &[("cookie", "locale=fr")]).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        let reference = answer.header("x-request-id").to_owned();
        assert!(
            answer.text.contains("<h1") && answer.text.contains(&reference),
            "{path}: {}",
            answer.text
        );
        for internal in ["sqlx", "pool", "database", " from campaign", "src/"] {
            assert!(!answer.text.to_lowercase().contains(internal), "{path} tells {internal}");
        }
    }
    let fields = pledge(slug.as_str(), "bonus=5", "ada@example.org");
    let called = site.call("/api/fn/pledge/place", &fields, "").await;
    assert_eq!(called.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(matches!(called.error(), AppError::Unexpected { .. }), "{:?}", called.error());
    assert!(called.body.len() < 100, "{:?}", called.body);
    assert_eq!(site.get("/healthz").await.status, StatusCode::OK, "the process itself lives");
    assert_eq!(site.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_process_whose_writer_is_gone_is_not_ready() {
    let stage = Stage::sqlite().await;
    let (db, clock) = (stage.backend.db.clone(), stage.clock.clone());
    let hub = stage.backend.hub.clone();
    // Its task ends with the runtime that it was started on.
    let started = std::thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_current_thread().build().expect("a runtime of its own");
        let _inside = runtime.enter();
        Writer::start(db, clock, hub, Size::default())
    });
    let gone = started.join().expect("started");
    let site = Site::of(stage);
    assert_eq!(site.get("/readyz").await.status, StatusCode::OK);
    let mut stage = site.stage;
    stage.backend.writer = gone;
    let site = Site::of(stage);
    assert_eq!(site.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(site.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}
