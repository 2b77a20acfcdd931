//! Cookies of the signed-in, and where signing in may lead.

use backend::{Options, account};
use domain::account::{Password, Role};
use http::StatusCode;

use super::site::{PASSWORD, Site};

const SIGN_IN: &str = "/api/fn/account/sign-in";

async fn member(site: &Site) {
    let password = Password::new(PASSWORD).expect("long enough");
    account::create_account(&site.stage.backend, "ada@example.org", Role::Member, Some(&password))
        .await
        .expect("made");
}

fn form<'f>(email: &'f str, password: &'f str, next: &'f str) -> [(&'f str, &'f str); 3] {
    [("form[email]", email), ("form[password]", password), ("form[next]", next)]
}

#[tokio::test]
async fn the_session_cookie_is_kept_from_scripts_and_other_sites() {
    let site = Site::sqlite().await;
    member(&site).await;
    let answer = site.submit("/sign-in", SIGN_IN, &form("ada@example.org", PASSWORD, ""), "").await;
    let cookie =
        answer.cookies().into_iter().find(|c| c.starts_with("session=")).expect("a session");
    for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(
        !cookie.contains("Secure") && !cookie.contains("Domain"),
        "a first try needs no TLS: {cookie}"
    );

    let options = Options {
        base_url: "https://pedestal.example".into(),
        rate_limits: false,
        ..Options::default()
    };
    let site = Site::with(options).await;
    member(&site).await;
    let answer = site.submit("/sign-in", SIGN_IN, &form("ada@example.org", PASSWORD, ""), "").await;
    let cookie =
        answer.cookies().into_iter().find(|c| c.starts_with("__Host-session=")).expect("a session");
    for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let plain = cookie.replace("__Host-session", "session");
    let asked =
        site.get_with("/account", &[("cookie", plain.split(';').next().unwrap_or_default())]).await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED, "another name is another cookie");
}

#[tokio::test]
async fn signing_in_never_leads_away() {
    let site = Site::sqlite().await;
    member(&site).await;
    for (next, to) in [
        ("/pledges", "/pledges"),
        ("/discover?q=a&page=2", "/discover?q=a&page=2"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/x\r\nset-cookie: a=b", "/"),
        ("", "/"),
    ] {
        let answer =
            site.submit("/sign-in", SIGN_IN, &form("ada@example.org", PASSWORD, next), "").await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::FOUND, to), "{next}");
        assert!(answer.cookie("a").is_none());
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_look_the_same() {
    let site = Site::sqlite().await;
    member(&site).await;
    let wrong = site.call(SIGN_IN, &form("ada@example.org", "not the password", ""), "").await;
    let unknown = site.call(SIGN_IN, &form("bob@example.org", "not the password", ""), "").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!((wrong.status, &wrong.text), (unknown.status, &unknown.text));
    assert!(wrong.cookie("session").is_none());
    let page = site
        .submit("/sign-in", SIGN_IN, &form("ada@example.org", "not the password", ""), "")
        .await;
    let message = domain::Problem::WrongCredentials.say(domain::Locale::Fr);
    let back = site.get_with(&page.location(), &[("cookie", "locale=fr")]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.text.contains(&message), "{message}");
}

#[tokio::test]
async fn signing_out_ends_the_session_for_good() {
    let site = Site::sqlite().await;
    let cookie = site.sign_in("ada").await;
    assert_eq!(site.get_with("/account", &[("cookie", &cookie)]).await.status, StatusCode::OK);
    let out = site.submit("/account", "/api/fn/account/sign-out", &[], &cookie).await;
    assert_eq!(out.location(), "/");
    assert!(
        out.cookies().iter().any(|c| c.starts_with("session=;") && c.contains("Max-Age=0")),
        "{:?}",
        out.cookies()
    );
    let after = site.get_with("/account", &[("cookie", &cookie)]).await;
    assert_eq!(after.status, StatusCode::UNAUTHORIZED, "a copy of the cookie is worth nothing");
}

#[tokio::test]
async fn a_new_api_token_is_shown_once() {
    let site = Site::sqlite().await;
    let session = site.sign_in("ada").await;
    let made = site
        .submit("/account", "/api/fn/account/create-token", &[("name", "mine")], &session)
        .await;
    let once = made.cookie("once").expect("carried over the redirect");
    let token = once.strip_prefix("once=").expect("a value").to_owned();
    let cookies = format!("{session}; {once}");
    let shown = site.get_with("/account", &[("cookie", &cookies)]).await;
    assert!(shown.text.contains(&token), "shown");
    assert!(
        shown.cookies().iter().any(|c| c.starts_with("once=;") && c.contains("Max-Age=0")),
        "and forgotten"
    );
    let later = site.get_with("/account", &[("cookie", &session)]).await;
    assert!(!later.text.contains(&token));
}
