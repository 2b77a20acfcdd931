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

#[tokio::test]
async fn signing_in_again_ends_the_session_of_the_cookie_before() {
    let site = Site::sqlite().await;
    let first = site.sign_in("ada").await;
    let again =
        site.submit("/sign-in", SIGN_IN, &form("ada@example.org", PASSWORD, ""), &first).await;
    let second = again.cookie("session").expect("a session of its own");
    assert_ne!(first, second);
    let status = async |cookie: &str| site.get_with("/account", &[("cookie", cookie)]).await.status;
    assert_eq!(status(&first).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(&second).await, StatusCode::OK);
    let refused = site
        .submit("/sign-in", SIGN_IN, &form("ada@example.org", "not the one", ""), &second)
        .await;
    assert!(refused.cookie("session").is_none());
    assert_eq!(status(&second).await, StatusCode::OK, "a mistyped password ends nothing");
}

#[tokio::test]
async fn every_cookie_is_kept_from_scripts_and_from_neighbours() {
    for (base_url, names) in [
        ("http://127.0.0.1:3000", ["session=", "once=", "typed=", "locale="]),
        (
            "https://pedestal.example",
            ["__Host-session=", "__Secure-once=", "__Host-typed=", "__Host-locale="],
        ),
    ] {
        let options =
            Options { base_url: base_url.into(), rate_limits: false, ..Options::default() };
        let site = Site::with(options).await;
        let session = site.sign_in("ada").await;
        let token = [("name", "mine")];
        let wrong = form("nobody", "not the password", "");
        let mut set = Vec::new();
        for (path, fields) in [
            (SIGN_IN, &form("ada@example.org", PASSWORD, "")[..]),
            ("/api/fn/account/create-token", &token),
            (SIGN_IN, &wrong),
            ("/language", &[("locale", "fr")]),
        ] {
            let cookie = if path.ends_with("token") { session.as_str() } else { "" };
            set.push(site.submit("/sign-in", path, fields, cookie).await.cookies());
        }
        for (name, cookies) in names.iter().zip(set) {
            let cookie = cookies.iter().find(|cookie| cookie.starts_with(name)).expect(name);
            assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite="), "{cookie}");
            assert!(!cookie.contains("Domain"), "{cookie}");
            assert_eq!(cookie.contains("; Secure"), base_url.starts_with("https"), "{cookie}");
            assert_eq!(!name.contains("once"), cookie.contains("; Path=/;"), "{cookie}");
        }
    }
}

#[tokio::test]
async fn a_letter_opens_an_account_only_with_the_password_of_its_sign_up() {
    let site = Site::sqlite().await;
    let fields = [
        ("form[name]", "Ada"),
        ("form[email]", "ada@example.org"),
        ("form[password]", "chosen by a stranger"),
    ];
    site.call("/api/fn/account/sign-up", &fields, "").await;
    let letters = backend::mail::mailbox(&site.stage.backend, None).await.expect("a mailbox");
    let text = &letters.first().expect("a letter").text;
    let link = text.lines().find(|line| line.starts_with("http")).expect("a link");
    let page = link.strip_prefix(super::site::BASE).expect("ours").to_owned();
    let token = page.rsplit_once('=').expect("a token").1;
    let shown = site.get(&page).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(super::html::value_of(&shown.text, "password").unwrap_or_default().is_empty());

    let confirm = "/api/fn/account/confirm";
    for password in ["", "the owner's own"] {
        let fields = [("token", token), ("password", password)];
        let refused = site.submit(&page, confirm, &fields, "").await;
        assert!(refused.cookie("session").is_none());
        let back = site.get_with(&refused.location(), &[("cookie", "locale=fr")]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        let message = domain::Problem::NotThePassword.say(domain::Locale::Fr);
        assert!(back.text.contains(&message), "{message}");
        assert!(!back.text.contains("the owner's own"), "a password is never sent back");
    }
    let fields =
        [("token", token), ("password", "chosen by a stranger"), ("next", "https://evil.example")];
    let entered = site.submit(&page, confirm, &fields, "").await;
    assert_eq!(entered.location(), "/pledges?welcome=1");
    assert!(entered.cookie("session").is_some());
    let stale = site.submit(&page, confirm, &fields, "").await;
    let back = site.get_with(&stale.location(), &[("cookie", "locale=fr")]).await;
    assert!(back.text.contains("Ce lien ne fonctionne plus"), "{}", back.text);
}

#[tokio::test]
async fn whoever_signs_up_comes_back_to_where_they_were() {
    let site = Site::sqlite().await;
    let next = "/invitation?token=a-b";
    let fields = [
        ("form[name]", "Ada"),
        ("form[email]", "ada@example.org"),
        ("form[password]", "hunter22hunter22"),
        ("form[next]", next),
    ];
    let sign_up = "/sign-up?next=%2Finvitation%3Ftoken%3Da-b";
    let asked = site.get(sign_up).await;
    assert_eq!(super::html::value_of(&asked.text, "form[next]").as_deref(), Some(next));
    let sent = site.submit(sign_up, "/api/fn/account/sign-up", &fields, "").await;
    assert_eq!(sent.location(), "/sign-up?sent=1&next=%2Finvitation%3Ftoken%3Da-b");
    let letters = backend::mail::mailbox(&site.stage.backend, None).await.expect("a mailbox");
    let text = &letters.first().expect("a letter").text;
    let link = text.lines().find(|line| line.starts_with("http")).expect("a link");
    let page = link.strip_prefix(super::site::BASE).expect("ours").to_owned();
    let shown = site.get(&page).await;
    let token = super::html::value_of(&shown.text, "token").expect("a token");
    // The form of the languages has a field of this name as well.
    let elements = super::html::elements(&shown.text);
    let mut kept = elements.iter().filter(|element| element.attribute("name") == Some("next"));
    assert!(kept.any(|element| element.attribute("value") == Some(next)), "{}", shown.text);
    let fields = [("token", token.as_str()), ("password", "hunter22hunter22"), ("next", next)];
    let entered = site.submit(&page, "/api/fn/account/confirm", &fields, "").await;
    assert_eq!(entered.location(), next);
    assert!(entered.cookie("session").is_some());
}
