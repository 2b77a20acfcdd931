//! What is refused before anything is done: other sites' writes, bodies that
//! are too large, and whatever cannot be read.

use app::error::AppError;
use axum::body::Body;
use backend::Options;
use http::{Method, StatusCode};

use super::{
    site::{Site, encoded, pledge, request},
    stage::amount,
};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Every address that writes.
fn writes() -> Vec<String> {
    let functions = leptos::server_fn::axum::server_fn_paths();
    let mut paths: Vec<String> = functions
        .filter(|(_, method)| *method == Method::POST)
        .map(|(path, _)| path.to_owned())
        .collect();
    assert!(paths.len() >= 9, "{paths:?}");
    paths.push("/language".into());
    paths
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
            let mut headers = vec![FORM, ("cookie", cookie.as_str()), ("accept-language", "fr")];
            headers.extend(foreign);
            let answer =
                site.ask(request(Method::POST, &path, &headers, Body::from(body.clone()))).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {foreign:?}");
            assert!(
                answer.text.contains("lang=\"fr\"") && answer.text.contains("<h1"),
                "{path}: a page says why"
            );
            assert!(answer.cookies().is_empty(), "{path}");
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
    paths.push("/api/v1/campaigns/any/pledges".into());
    for path in paths {
        for accept in ["text/html", "application/json"] {
            let headers = [
                FORM,
                ("accept", accept),
                ("sec-fetch-site", "same-origin"),
                ("content-length", "200000"),
            ];
            let answer =
                site.ask(request(Method::POST, &path, &headers, Body::from(large.clone()))).await;
            if path.starts_with("/api/v1") {
                assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
                assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
                continue;
            }
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path} {accept}");
            assert_eq!(
                answer.text.contains("<h1"),
                accept == "text/html",
                "{path}: {}",
                answer.text
            );
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
async fn what_cannot_be_read_is_never_a_fault_of_ours() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let placed = site.stage.place(&slug, "ada", amount("5")).await.expect("placed");
        let long = "a".repeat(3_000);
        for path in [
            "/discover?q=%ff%fe".to_owned(),
            "/discover?q=%00&page=%00".into(),
            "/discover?%5B%5D=&&&===&page=99999999999999999999&sort=%F0%28%8C%BC".into(),
            format!("/discover?q={long}"),
            "/campaigns/%ff".into(),
            "/campaigns/%00".into(),
            "/campaigns/..%2f..%2fetc%2fpasswd".into(),
            format!("/campaigns/{long}"),
            format!("/campaigns/{slug}?secret=%ff&secret=%00"),
            format!(
                "/campaigns/{slug}/pledge?reward=%ff&add_on.%00=%ff&bonus=1e400&country=%F0%9F"
            ),
            "/pledges/00000000-0000-0000-0000-000000000000?key=%00".into(),
            format!("/pledges/{}?key=%ff", placed.pledge),
            "/sign-in?next=%ff&__err=%ff&__path=%ff".into(),
            "/sign-in?__path=/api/fn/account/sign-in&__err=bm90IGpzb24=".into(),
            "/sign-in?__path=/api/fn/account/sign-in&__err=%%%".into(),
            "/account/confirm?token=%00%ff".into(),
            "/live?campaigns=%ff".into(),
            "/live?campaigns=,,,&last=abc".into(),
            format!("/live?campaigns={slug}-&last=99999999999999999999"),
            "/media/art/%ff.svg".into(),
            format!("/media/art/{long}.svg"),
            "/api/fn/campaign/discover?query[page]=abc&query[sort]=%ff".into(),
            "/api/fn/campaign/discover?query[[[[]]]]=1".into(),
            "/api/fn/campaign/discover".into(),
            "/api/fn/campaign/page?slug=%00".into(),
            "/api/fn/pledge/page?id=%ff".into(),
            "/api/v1/campaigns?limit=-1&cursor=%ff&state=%00".into(),
            "/api/v1/campaigns/%ff/rewards".into(),
            "/api/v1/campaigns/%00".into(),
            "/api/v1/campaigns/%00/funding".into(),
            "/api/v1/campaigns?q=%00&cursor=%00".into(),
            "/api/fn/pledge/checkout?slug=%00&secret=%00".into(),
            "/%ff%fe".into(),
            "/a%2fb%00c".into(),
        ] {
            for cookie in [
                "",
                "session=%ff; locale=\u{7f}; typed=!!!; once=%%",
                "typed=bm90IGpzb24; session=\"x\"",
            ] {
                let Ok(value) = http::HeaderValue::from_bytes(cookie.as_bytes()) else { continue };
                let mut asked =
                    request(Method::GET, &path, &[("accept", "text/html")], Body::empty());
                asked.headers_mut().insert("cookie", value);
                let answer = site.ask(asked).await;
                assert!(!answer.status.is_server_error(), "{path} {cookie}: {}", answer.status);
            }
        }
    }
}

#[tokio::test]
async fn bodies_that_cannot_be_read_write_nothing_and_are_no_fault_of_ours() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let cookie = site.sign_in("ada").await;
        let before = site.stage.rows().await;
        let nul =
            encoded(&pledge(slug.as_str(), "bonus=%00&secret=%00&country=%00", "\0@example.org"));
        let deep = format!("form{}=1", "[a]".repeat(500));
        let mut paths = writes();
        // Signing out needs no body at all.
        paths.retain(|path| !path.ends_with("sign-out") && path != "/language");
        for path in paths {
            for (kind, body) in [
                ("application/x-www-form-urlencoded", &b"form[slug]=%ff%fe&form[email]=%"[..]),
                ("application/x-www-form-urlencoded", b"\xff\xfe\x00"),
                (
                    "application/x-www-form-urlencoded",
                    b"form=1&form[slug]=2&id[]=%00&token[a]=b&key=%zz",
                ),
                ("application/x-www-form-urlencoded", deep.as_bytes()),
                ("application/x-www-form-urlencoded", nul.as_bytes()),
                ("application/x-www-form-urlencoded", b""),
                ("application/json", b"{\"form\":{\"slug\":"),
                ("application/json", b"[[[[[[[[[["),
                ("multipart/form-data; boundary=x", b"--x\r\n"),
                ("text/plain", b"id=1"),
                ("", b"id=1"),
            ] {
                for accept in ["text/html", "application/json"] {
                    let headers = [
                        ("content-type", kind),
                        ("accept", accept),
                        ("sec-fetch-site", "same-origin"),
                        ("cookie", cookie.as_str()),
                    ];
                    let answer = site
                        .ask(request(Method::POST, &path, &headers, Body::from(body.to_vec())))
                        .await;
                    let what = String::from_utf8_lossy(body);
                    assert!(
                        !answer.status.is_server_error(),
                        "{path} {kind} {accept} {what:.60}: {} {}",
                        answer.status,
                        answer.text
                    );
                    for internal in ["sqlx", "panicked", "serde", "src/", "SELECT", "select "] {
                        assert!(
                            !answer.text.contains(internal),
                            "{path} tells {internal}: {}",
                            answer.text
                        );
                    }
                }
            }
        }
        let mut after = site.stage.rows().await;
        after.insert("account", before["account"]);
        assert_eq!(after, before);
    }
}

#[tokio::test]
async fn text_that_a_database_cannot_hold_is_no_fault_of_ours() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let cookie = site.sign_in("ada").await;
        let mut fields = pledge(slug.as_str(), "bonus=5&secret=%00", "bob@example.org");
        fields.push(("form[key]", "\0\u{1}"));
        let placed = site.call("/api/fn/pledge/place", &fields, "").await;
        assert_eq!(placed.status, StatusCode::OK, "{}", placed.text);
        for (path, fields) in [
            (
                "account/sign-up",
                &[
                    ("form[name]", "\0Ada\0"),
                    ("form[email]", "a\0@example.org"),
                    ("form[password]", "\0\0\0\0\0\0\0\0\0"),
                ][..],
            ),
            ("account/sign-in", &[("form[email]", "\0"), ("form[password]", "\0")]),
            ("account/confirm", &[("token", "\0")]),
            ("account/create-token", &[("name", "\0x")]),
            ("account/revoke-token", &[("id", "\0")]),
            ("pledge/change", &[("id", "\0"), ("key", "\0")]),
        ] {
            let answer = site.call(&format!("/api/fn/{path}"), fields, &cookie).await;
            assert!(!answer.status.is_server_error(), "{path}: {} {}", answer.status, answer.text);
        }
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
async fn whoever_is_too_fast_is_told_when_to_come_back() {
    let options = Options { rate_limits: true, ..Options::default() };
    let site = Site::with(options).await;
    let fields = [("form[email]", "ada@example.org"), ("form[password]", "not the one")];
    let mut tries = 0;
    let refused = loop {
        tries += 1;
        assert!(tries < 100, "nobody may try for ever");
        let answer = site.call("/api/fn/account/sign-in", &fields, "").await;
        if answer.status != StatusCode::UNPROCESSABLE_ENTITY {
            break answer;
        }
    };
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "after {tries} tries");
    assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
    let form = site.submit("/sign-in", "/api/fn/account/sign-in", &fields, "").await;
    let page = site.get_with(&form.location(), &[("cookie", "locale=fr")]).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!page.header("retry-after").is_empty());
    assert!(page.text.contains("un peu rapide"), "{}", page.text);
}
