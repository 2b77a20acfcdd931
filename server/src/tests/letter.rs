//! Signing in by a letter over HTTP, as a browser without wasm does, and the new
//! password that it leads to.

use app::error::AppError;
use axum::body::Body;
use backend::{Options, mail};
use domain::{Locale, Problem, words::letter as w};
use http::{Method, StatusCode};

use super::{
    html::{elements, value_of},
    site::{Answer, BASE, PASSWORD, Site, request},
};

const ASK: &str = "/api/fn/account/ask-for-letter";
const FOLLOW: &str = "/api/fn/account/follow-letter";
const SET: &str = "/api/fn/account/set-password";
const FRESH: &str = "the analytical engine";

/// Asks for a letter; gives the page that its link leads to.
async fn letter(site: &Site, email: &str, next: &str) -> String {
    let fields = [("form[email]", email), ("form[next]", next)];
    let asked = site.submit("/sign-in/letter", ASK, &fields, "").await;
    assert_eq!(asked.status, StatusCode::FOUND);
    let letters = mail::mailbox(&site.stage.backend, Some(email)).await.expect("a mailbox");
    let text = &letters.first().expect("a letter").text;
    let link = text.lines().find(|line| line.starts_with("http")).expect("a link");
    link.strip_prefix(BASE).expect("ours").to_owned()
}

/// The hidden fields of the form behind a link.
async fn behind(site: &Site, page: &str) -> (String, String) {
    let shown = site.get(page).await;
    assert_eq!(shown.status, StatusCode::OK);
    let token = value_of(&shown.text, "token").expect("a token");
    // The form of the languages has a field `next` as well, before this one.
    let all = elements(&shown.text);
    let next = all.iter().rfind(|element| element.attribute("name") == Some("next"));
    let next = next.and_then(|element| element.attribute("value")).expect("a way on");
    (token, next.to_owned())
}

/// Whether a page has a field of this name.
fn has(page: &Answer, name: &str) -> bool {
    elements(&page.text).iter().any(|element| element.attribute("name") == Some(name))
}

#[tokio::test]
async fn whoever_asks_learns_nothing_of_an_address() {
    for site in Site::both().await {
        site.sign_in("ada").await;
        site.stage.account("guest").await;
        let mut answers = Vec::new();
        for who in ["ada", "guest", "nobody"] {
            let email = format!("{who}@example.org");
            let fields = [("form[email]", email.as_str()), ("form[next]", "/pledges")];
            let called = site.call(ASK, &fields, "").await;
            let form = site.submit("/sign-in/letter", ASK, &fields, "").await;
            assert_eq!(form.location(), "/sign-in/letter?sent=1&next=%2Fpledges", "{who}");
            let page = site.get(&form.location()).await;
            assert!(page.text.contains(w::sent_text(Locale::En)), "{}", page.text);
            let mut names: Vec<String> = form.headers.keys().map(ToString::to_string).collect();
            names.sort_unstable();
            answers.push((called.status, called.body, form.status, form.body, names));
            let letters = mail::mailbox(&site.stage.backend, Some(&email)).await;
            assert_eq!(letters.expect("a mailbox").len(), 2, "{who}");
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
    }
}

#[tokio::test]
async fn what_is_no_address_is_told_at_its_field() {
    let site = Site::sqlite().await;
    let fields = [("form[email]", "ada"), ("form[next]", "/pledges")];
    let refused = site.submit("/sign-in/letter?next=%2Fpledges", ASK, &fields, "").await;
    let cookies = refused.cookie("typed").expect("kept");
    let back = site.get_with(&refused.location(), &[("cookie", &cookies)]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.text.contains(&Problem::NotAnEmail.say(Locale::En)), "{}", back.text);
    assert_eq!(value_of(&back.text, "form[email]").as_deref(), Some("ada"));
    assert_eq!(value_of(&back.text, "form[next]").as_deref(), Some("/pledges"));
}

#[tokio::test]
async fn a_program_that_follows_links_does_not_use_one_up() {
    for site in Site::both().await {
        site.sign_in("ada").await;
        let page = letter(&site, "ada@example.org", "/pledges").await;
        for method in [Method::GET, Method::HEAD, Method::GET] {
            let answer = site.ask(request(method, &page, &[], Body::empty())).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert!(answer.cookie("session").is_none(), "nobody is signed in by looking");
        }
        let (token, next) = behind(&site, &page).await;
        let fields = [("token", token.as_str()), ("next", &next)];
        let entered = site.submit(&page, FOLLOW, &fields, "").await;
        assert_eq!(entered.status, StatusCode::FOUND);
        assert_eq!(entered.location(), "/pledges");
        let cookie = entered.cookie("session").expect("a session");
        let own = site.get_with("/account", &[("cookie", &cookie)]).await;
        assert_eq!(own.status, StatusCode::OK);

        let again = site.submit(&page, FOLLOW, &fields, "").await;
        assert!(again.cookie("session").is_none());
        let stale = site.get_with(&again.location(), &[("cookie", "locale=fr")]).await;
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stale.text.contains("Ce lien ne fonctionne plus"), "{}", stale.text);
        assert!(stale.text.contains("/sign-in/letter?next=%2Fpledges"), "and the way to another");
    }
}

#[tokio::test]
async fn a_letter_never_leads_away() {
    let site = Site::sqlite().await;
    for (at, (next, to)) in [
        ("/discover?q=a&page=2", "/discover?q=a&page=2"),
        ("", "/account"),
        ("//evil.example", "/account"),
        ("https://evil.example", "/account"),
        ("/\\evil.example", "/account"),
        ("javascript:alert(1)", "/account"),
    ]
    .into_iter()
    .enumerate()
    {
        let page = letter(&site, &format!("backer-{at}@example.org"), next).await;
        let (token, kept) = behind(&site, &page).await;
        let entered = site.submit(&page, FOLLOW, &[("token", &token), ("next", &kept)], "").await;
        assert_eq!(entered.location(), to, "{next}");
        // Nor does what somebody else put behind the link.
        let page = letter(&site, &format!("other-{at}@example.org"), "").await;
        let (token, _) = behind(&site, &page).await;
        let entered = site.submit(&page, FOLLOW, &[("token", &token), ("next", next)], "").await;
        assert_eq!(entered.location(), to, "{next}");
    }
}

#[tokio::test]
async fn whoever_came_by_a_letter_sets_a_password_and_ends_other_sessions() {
    for site in Site::both().await {
        let other = site.sign_in("ada").await;
        let by_password = site.get_with("/account", &[("cookie", &other)]).await;
        assert!(has(&by_password, "form[old_password]"), "it is asked for");

        let page = letter(&site, "ada@example.org", "").await;
        let (token, next) = behind(&site, &page).await;
        let entered = site.submit(&page, FOLLOW, &[("token", &token), ("next", &next)], "").await;
        let cookie = entered.cookie("session").expect("a session");
        let own = site.get_with("/account", &[("cookie", &cookie)]).await;
        assert!(has(&own, "form[password]") && !has(&own, "form[old_password]"), "{}", own.text);

        let short = site.submit("/account", SET, &[("form[password]", "short")], &cookie).await;
        let back = site.get_with(&short.location(), &[("cookie", &cookie)]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.text.contains(&Problem::TooShort { least: 8 }.say(Locale::En)));

        let set = site.submit("/account", SET, &[("form[password]", FRESH)], &cookie).await;
        assert_eq!(set.location(), "/account?password=set");
        let done = site.get_with(&set.location(), &[("cookie", &cookie)]).await;
        assert_eq!(done.status, StatusCode::OK, "this browser stays");
        assert!(done.text.contains(w::is_set(Locale::En)), "{}", done.text);
        let letters = mail::mailbox(&site.stage.backend, Some("ada@example.org")).await;
        let letters = letters.expect("a mailbox");
        let told = letters.iter().filter(|one| one.subject == "Your account has a new password");
        let told: Vec<_> = told.collect();
        assert_eq!(told.len(), 1, "not for the one that was too short");
        let link = told[0].text.lines().find(|line| line.starts_with("http")).expect("a link");
        let way = site.get(link.strip_prefix(BASE).expect("ours")).await;
        assert_eq!(way.status, StatusCode::OK);
        assert!(has(&way, "form[email]"), "a letter is asked for there: {}", way.text);
        let out = site.get_with("/account", &[("cookie", &other)]).await;
        assert_eq!(out.status, StatusCode::UNAUTHORIZED);
        let fields = [("form[email]", "ada@example.org"), ("form[password]", FRESH)];
        let entered = site.submit("/sign-in", "/api/fn/account/sign-in", &fields, "").await;
        assert!(entered.cookie("session").is_some());
    }
}

#[tokio::test]
async fn a_wrong_old_password_is_told_and_never_sent_back() {
    let site = Site::sqlite().await;
    let cookie = site.sign_in("ada").await;
    let fields = [("form[old_password]", "not the one of now"), ("form[password]", FRESH)];
    let refused = site.submit("/account", SET, &fields, &cookie).await;
    let typed = refused.cookie("typed").expect("a cookie, and no secret in it");
    let cookies = format!("{cookie}; {typed}");
    let back = site.get_with(&refused.location(), &[("cookie", &cookies)]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.text.contains(w::not_the_old_password(Locale::En)), "{}", back.text);
    assert!(!back.text.contains("not the one of now") && !back.text.contains(FRESH));
    let fields = [("form[old_password]", PASSWORD), ("form[password]", FRESH)];
    let set = site.submit("/account", SET, &fields, &cookie).await;
    assert_eq!(set.location(), "/account?password=set");
}

#[tokio::test]
async fn nobody_changes_the_password_that_everybody_knows() {
    let site =
        Site::with(Options { is_demo: true, rate_limits: false, ..Options::default() }).await;
    let cookie = site.sign_in("camille").await;
    let own = site.get_with("/account", &[("cookie", &cookie)]).await;
    assert!(own.text.contains(w::shared(Locale::En)), "{}", own.text);
    assert!(!has(&own, "form[password]"), "{}", own.text);
    let fields = [("form[old_password]", PASSWORD), ("form[password]", FRESH)];
    let refused = site.call(SET, &fields, &cookie).await;
    assert_eq!((refused.status, refused.error()), (StatusCode::FORBIDDEN, AppError::Forbidden));
}
