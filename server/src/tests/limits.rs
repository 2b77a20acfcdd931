//! What may be done only so often, over HTTP: how it is told, and that nothing was done.

use app::error::AppError;
use axum::body::Body;
use backend::{Options, limit::MOST_STREAMS};
use http::{Method, StatusCode};

use super::{
    site::{Answer, Site, encoded, pledge, request},
    stage::amount,
};

async fn limited() -> Site {
    Site::with(Options { rate_limits: true, ..Options::default() }).await
}

fn assert_too_fast(answer: &Answer, what: &str) {
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{what}");
    let seconds = answer.header("retry-after").parse::<u32>();
    assert!(seconds.is_ok_and(|seconds| seconds > 0), "{what}");
}

#[tokio::test]
async fn every_write_has_its_limit_and_says_when_to_come_back() {
    // Each site counts for itself; the forms are wrong on purpose where a right
    // one would change what is counted.
    let sign_up = [("form[name]", "Ada"), ("form[email]", "x"), ("form[password]", "y")];
    let id = [
        ("id", "0190163d-8694-739b-aea5-966c26f8ad91"),
        ("form[id]", "0190163d-8694-739b-aea5-966c26f8ad91"),
    ];
    let sign_in = [("form[email]", "ada@example.org"), ("form[password]", "not the one")];
    let order = pledge("nowhere", "bonus=5", "ada@example.org");
    for (path, fields, most) in [
        ("account/sign-up", &sign_up[..], 5),
        ("account/sign-in", &sign_in, 10),
        ("account/confirm", &[("token", "none"), ("password", "x")], 10),
        ("account/ask-for-letter", &sign_up, 5),
        ("account/follow-letter", &[("token", "none")], 10),
        ("account/set-password", &[], 10),
        ("account/create-token", &[], 60),
        ("account/revoke-session", &id, 60),
        ("account/revoke-token", &id, 60),
        ("pledge/place", &order, 20),
        ("pledge/change", &id, 20),
        ("pledge/cancel", &id, 20),
        ("pledge/confirm", &id, 20),
    ] {
        let site = limited().await;
        let path = format!("/api/fn/{path}");
        let mut done = 0;
        let refused = loop {
            let answer = site.call(&path, fields, "").await;
            if answer.status == StatusCode::TOO_MANY_REQUESTS {
                break answer;
            }
            done += 1;
            assert!(done < 200, "{path} has no limit");
        };
        // A slow machine may earn one back while it counts.
        assert!((most..most + 5).contains(&done), "{path}: {done}");
        assert_too_fast(&refused, &path);
        assert!(matches!(refused.error(), AppError::TooFast { .. }), "{path}");
        let form = site.submit("/sign-in", &path, fields, "").await;
        assert_eq!(form.status, StatusCode::FOUND, "{path}: a form leads back");
        assert!(form.location().contains("__err="), "{path}");
    }
}

#[tokio::test]
async fn a_page_without_wasm_says_when_to_come_back() {
    let site = limited().await;
    let fields = [("form[email]", "ada@example.org"), ("form[password]", "not the one")];
    for _ in 0..12 {
        site.call("/api/fn/account/sign-in", &fields, "").await;
    }
    let form = site.submit("/sign-in", "/api/fn/account/sign-in", &fields, "").await;
    let page = site.get_with(&form.location(), &[("cookie", "locale=fr")]).await;
    assert_too_fast(&page, "the page");
    assert!(page.text.contains("un peu rapide"), "{}", page.text);
}

#[tokio::test]
async fn the_language_and_the_api_have_their_limits() {
    let site = limited().await;
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
        ("accept-language", "fr"),
    ];
    let mut refused = None;
    for _ in 0..70 {
        let asked = request(Method::POST, "/language", &headers, Body::from("locale=fr"));
        let answer = site.ask(asked).await;
        if answer.status != StatusCode::SEE_OTHER {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("a limit");
    assert_too_fast(&refused, "the language");
    assert!(refused.text.contains("un peu rapide"), "{}", refused.text);

    let slug = site.stage.campaign(|_| ()).await;
    site.sign_in("ada").await;
    let token = backend::account::create_token_for(&site.stage.backend, "ada@example.org", "t")
        .await
        .expect("a token");
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let path = format!("/api/v1/campaigns/{slug}/pledges");
    let before = site.stage.rows().await;
    let mut refused = None;
    for _ in 0..40 {
        let answer = site.ask(request(Method::POST, &path, &headers, Body::from("{}"))).await;
        if answer.status != StatusCode::UNPROCESSABLE_ENTITY {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("a limit");
    assert_too_fast(&refused, "the API");
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(site.stage.rows().await, before);
}

#[tokio::test]
async fn one_network_holds_so_many_streams() {
    let site = limited().await;
    let slug = site.stage.campaign(|_| ()).await;
    site.stage.place(&slug, "ada", amount("5")).await.expect("placed");
    let path = format!("/live?campaigns={slug}");
    let ask = || request(Method::GET, &path, &[("accept-language", "fr")], Body::empty());
    let mut open = Vec::new();
    for _ in 0..MOST_STREAMS {
        let stream = site.open(ask()).await;
        assert_eq!(stream.status(), StatusCode::OK);
        open.push(stream);
    }
    let refused = site.ask(ask()).await;
    assert_too_fast(&refused, "one more");
    assert!(refused.text.contains("en direct"), "{}", refused.text);
    open.pop();
    assert_eq!(site.open(ask()).await.status(), StatusCode::OK, "one has ended");
}

#[tokio::test]
async fn a_body_that_never_comes_is_given_up() {
    let site = Site::sqlite().await;
    let fields = pledge("nowhere", "bonus=5", "ada@example.org");
    let begun = encoded(&fields)[..20].to_owned();
    for (path, accept) in [
        ("/language", "text/html"),
        ("/api/fn/pledge/place", "text/html"),
        ("/api/fn/pledge/place", "application/x-postcard"),
    ] {
        let begun = begun.clone();
        let body = futures::StreamExt::chain(
            futures::stream::once(async move { Ok::<_, std::io::Error>(begun) }),
            futures::stream::pending(),
        );
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("accept", accept),
            ("accept-language", "fr"),
            ("sec-fetch-site", "same-origin"),
        ];
        let asked = request(Method::POST, path, &headers, Body::from_stream(body));
        tokio::time::pause();
        let answer = site.ask(asked).await;
        tokio::time::resume();
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path} {accept}");
        match accept {
            "text/html" => assert!(answer.text.contains("trop de temps"), "{}", answer.text),
            _ => assert_eq!(answer.error(), AppError::Offline),
        }
    }
}
