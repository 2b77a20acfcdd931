//! What cannot be read: addresses, bodies and texts that make no sense. It is told in
//! words, is never a fault of ours, and writes nothing.

use app::{error::AppError, http::FUNCTIONS};
use axum::body::Body;
use domain::{Locale, words::refusal as w};
use http::{Method, StatusCode};

use super::{
    guard::writes,
    site::{Site, encoded, pledge, request},
    stage::amount,
};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

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
            "/account/letter?token=%00%ff&next=%ff".into(),
            "/sign-in/letter?next=%00&sent=%ff".into(),
            "/live?campaigns=%ff".into(),
            "/live?campaigns=,,,&last=abc".into(),
            format!("/live?campaigns={slug}-&last=99999999999999999999"),
            "/media/art/%ff.svg".into(),
            format!("/media/art/{long}.svg"),
            "/media/%ff/640.webp".into(),
            "/media/00000000-0000-0000-0000-000000000000/%00".into(),
            format!("/media/{long}/{long}"),
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

/// A token needs no name, so that nearly any form makes one. And a checkout can be
/// drawn for any choices, if only it is known which: it says what is wrong with them.
/// And whoever is on no list is off it, whatever they send.
fn is_enough(path: &str, body: &[u8]) -> bool {
    let is_drawn = path.ends_with("update-total") && body.starts_with(b"form%5Bslug%5D=");
    let is_off = path.ends_with("announcement/stop");
    let makes_one = path.ends_with("create-token");
    is_drawn || is_off || makes_one && !body.starts_with(b"[") && !body.starts_with(b"{")
}

#[tokio::test]
async fn bodies_that_cannot_be_read_write_nothing_and_are_no_fault_of_ours() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let cookie = site.sign_in("ada").await;
        let before = site.stage.rows().await;
        let nul =
            encoded(&pledge(slug.as_str(), "bonus=\0&secret=\0&country=\0", "\0@example.org"));
        let deep = format!("form{}=1", "[a]".repeat(500));
        let mut paths = writes();
        // Signing out needs no body at all.
        paths.retain(|path| !path.ends_with("sign-out") && path.starts_with(FUNCTIONS));
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
                        ("referer", "http://127.0.0.1:3000/account"),
                        ("cookie", cookie.as_str()),
                    ];
                    let answer = site
                        .ask(request(Method::POST, &path, &headers, Body::from(body.to_vec())))
                        .await;
                    let what = String::from_utf8_lossy(body);
                    if is_enough(&path, body) {
                        assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
                        continue;
                    }
                    let is_told = match accept {
                        // A form leads back to its page, which says why.
                        "text/html" => {
                            answer.status == StatusCode::FOUND
                                && answer.location().contains("__err=")
                        }
                        _ => matches!(
                            (answer.status, answer.error()),
                            (StatusCode::BAD_REQUEST, AppError::Unreadable)
                                | (StatusCode::UNPROCESSABLE_ENTITY, AppError::Invalid(_))
                                | (StatusCode::NOT_FOUND, AppError::NotFound)
                        ),
                    };
                    assert!(
                        is_told,
                        "{path} {kind} {accept} {what:.60}: {} {:?}",
                        answer.status, answer.body
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
        assert_eq!(site.stage.rows().await, before);
    }
}

#[tokio::test]
async fn text_that_a_database_cannot_hold_is_no_fault_of_ours() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let cookie = site.sign_in("ada").await;
        let mut fields = pledge(slug.as_str(), "bonus=5&secret=\0", "bob@example.org");
        fields.push(("form[key]", "\0\u{1}"));
        let placed = site.call("/api/fn/pledge/place", &fields, "").await;
        assert_eq!(placed.status, StatusCode::OK, "{}", placed.text);
        let before = site.stage.rows().await;
        for (path, fields, status) in [
            (
                "account/sign-up",
                &[
                    ("form[name]", "\0Ada\0"),
                    ("form[email]", "a\0@example.org"),
                    ("form[password]", "\0\0\0\0\0\0\0\0\0"),
                ][..],
                422,
            ),
            ("account/sign-in", &[("form[email]", "\0"), ("form[password]", "\0")], 422),
            ("account/confirm", &[("token", "\0"), ("password", "\0")], 422),
            ("account/ask-for-letter", &[("form[email]", "a\0@example.org")], 422),
            ("account/follow-letter", &[("token", "\0"), ("next", "\0")], 422),
            ("account/set-password", &[("form[password]", "\0\0\0\0\0\0\0\0")], 422),
            ("account/revoke-token", &[("id", "\0")], 404),
            ("account/revoke-session", &[("id", "\0")], 404),
            ("pledge/change", &[("form[id]", "\0"), ("form[key]", "\0")], 404),
            ("pledge/cancel", &[("id", "\0"), ("key", "\0")], 404),
        ] {
            let answer = site.call(&format!("/api/fn/{path}"), fields, &cookie).await;
            assert_eq!(answer.status.as_u16(), status, "{path}");
            let told = answer.error();
            assert_eq!(told.status(), status, "{path}: {told:?}");
            assert_eq!(site.stage.rows().await, before, "{path}");
        }
    }
}

#[tokio::test]
async fn what_no_page_can_show_is_told_in_the_visitors_language() {
    let site = Site::sqlite().await;
    let long = "a".repeat(300);
    let many: Vec<String> = (0..65).map(|n| format!("c{n}")).collect();
    let form = [FORM, ("sec-fetch-site", "same-origin")];
    let cases = [
        (Method::POST, "/language".to_owned(), "x=1", 400, AppError::Unreadable.say(Locale::Fr)),
        (Method::POST, "/language".to_owned(), "", 400, AppError::Unreadable.say(Locale::Fr)),
        (Method::GET, "/live?last=abc".into(), "", 400, AppError::Unreadable.say(Locale::Fr)),
        (
            Method::GET,
            "/live?campaigns=none".into(),
            "",
            404,
            w::nothing_followed(Locale::Fr).into(),
        ),
        (
            Method::GET,
            format!("/live?campaigns={}", many.join(",")),
            "",
            422,
            w::too_many_followed(Locale::Fr, &64),
        ),
        (Method::GET, "/media/art/%ff.svg".into(), "", 400, AppError::Unreadable.say(Locale::Fr)),
        (Method::GET, "/media/art/x.gif".into(), "", 404, AppError::NotFound.say(Locale::Fr)),
        (
            Method::GET,
            format!("/media/art/{long}.svg"),
            "",
            404,
            AppError::NotFound.say(Locale::Fr),
        ),
    ];
    for (method, path, body, status, message) in cases {
        let mut headers = vec![("accept-language", "fr")];
        if method == Method::POST {
            headers.extend(form);
        }
        let answer = site.ask(request(method, &path, &headers, Body::from(body))).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert!(
            answer.text.contains("lang=\"fr\"") && answer.text.contains(&message),
            "{path}: {}",
            answer.text
        );
    }
}
