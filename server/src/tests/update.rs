//! Without wasm one form chooses and pays. Sent for its total, or sent with other
//! choices than it shows, it comes back with these and with what was typed.

use backend::pledge as pledges;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Currency, Locale, Money, pledge::Refusal};
use http::StatusCode;

use super::{
    html::{elements, value_of},
    site::{Answer, Site, chosen, pledge},
    stage::amount,
};

const PLACE: &str = "/api/fn/pledge/place";
const UPDATE: &str = "/api/fn/pledge/update-total";

/// What the cookie of a form that came back holds, as text.
fn kept(answer: &Answer) -> String {
    let cookie = answer.cookie("typed").unwrap_or_default();
    let value = cookie.strip_prefix("typed=").unwrap_or_default();
    String::from_utf8(URL_SAFE_NO_PAD.decode(value).expect("base64")).expect("text")
}

/// The page that a form led to, as its browser asks for it.
async fn follow(site: &Site, answer: &Answer) -> Answer {
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text);
    let to = answer.location();
    let cookie = answer.cookie("typed").unwrap_or_default();
    site.get_with(to.split('#').next().unwrap_or_default(), &[("cookie", &cookie)]).await
}

#[tokio::test]
async fn an_update_brings_the_total_and_what_was_typed_but_no_card() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let before = site.stage.rows().await;
        let mut fields = pledge(slug.as_str(), "bonus=7&country=FR", "ada@example.org");
        fields.extend([("form[key]", "k-1234"), ("form[expected]", "0")]);
        let page = format!("/campaigns/{slug}/pledge?bonus=5");
        let answer = site.submit(&page, UPDATE, &fields, "").await;
        let address = format!("/campaigns/{slug}/pledge?bonus=7&country=FR");
        assert_eq!(answer.location(), format!("{address}&__typed=1#lines"));
        let kept = kept(&answer);
        assert!(kept.contains("ada@example.org"), "{kept}");
        for secret in ["4242", "12/60", "123", "k-1234", "card", "key"] {
            assert!(!kept.contains(secret), "{secret} is in the cookie: {kept}");
        }

        let back = follow(&site, &answer).await;
        assert_eq!(back.status, StatusCode::OK);
        for (name, value) in [
            ("form[email]", "ada@example.org"),
            ("form[choices][bonus]", "7"),
            ("form[expected]", "7.00"),
            ("form[card][number]", ""),
            ("form[card][code]", ""),
        ] {
            assert_eq!(value_of(&back.text, name).unwrap_or_default(), value, "{name}");
        }
        assert!(!back.text.contains("class=\"refusal\""), "nothing was refused");
        let cookie = answer.cookie("typed").expect("kept");
        let fresh = site.get_with(&address, &[("cookie", &cookie)]).await;
        assert_eq!(value_of(&fresh.text, "form[email]").unwrap_or_default(), "", "a fresh page");
        assert_eq!(site.stage.rows().await, before, "nothing was written");
    }
}

#[tokio::test]
async fn enter_presses_what_places_and_the_update_asks_for_nothing() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    site.stage.reward(&slug, |_| ()).await;
    let page = site.get(&format!("/campaigns/{slug}/pledge")).await;
    let all = elements(&page.text);
    let start = all
        .iter()
        .position(|e| e.name == "form" && e.attribute("action") == Some(PLACE))
        .expect("the form");
    let form = &all[start + 1..];
    let end = form.iter().position(|e| e.name == "form" || e.name == "footer");
    let form = &form[..end.unwrap_or(form.len())];
    let buttons: Vec<_> = form.iter().filter(|e| e.attribute("type") == Some("submit")).collect();
    assert_eq!(buttons.len(), 3, "{buttons:?}");
    assert_eq!(buttons[0].attribute("formaction"), None, "Enter presses the first one");
    assert_eq!(buttons[0].attribute("tabindex"), Some("-1"));
    assert_eq!(buttons[1].attribute("formaction"), Some(UPDATE));
    assert!(buttons[1].attribute("formnovalidate").is_some(), "it needs no card");
    assert_eq!(buttons[2].attribute("formaction"), None);
    for name in ["form[choices][reward]", "form[choices][bonus]", "form[email]"] {
        assert!(form.iter().any(|e| e.attribute("name") == Some(name)), "{name} is in that form");
    }
}

#[tokio::test]
async fn a_choice_that_is_not_in_the_total_yet_places_nothing() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let page = format!("/campaigns/{slug}/pledge?bonus=5");
        let total = Money::new(2_500, Currency::Eur);
        let before = site.stage.rows().await;
        // With everything filled in, and with Enter in the first field.
        for email in ["ada@example.org", ""] {
            let mut fields = pledge(slug.as_str(), "bonus=25", email);
            fields.push(("form[expected]", "5.00"));
            let refused = site.submit(&page, PLACE, &fields, "").await;
            let address = refused.location();
            assert!(
                address.starts_with(&format!("/campaigns/{slug}/pledge?bonus=25&"))
                    && !address.contains("ada"),
                "{address}"
            );
            let back = follow(&site, &refused).await;
            assert_eq!(back.status, StatusCode::CONFLICT);
            let message = Refusal::TotalChanged { total }.say(Locale::En);
            assert!(back.text.contains(&message), "{message}");
            assert_eq!(value_of(&back.text, "form[email]").unwrap_or_default(), email);
            assert_eq!(value_of(&back.text, "form[choices][bonus]").as_deref(), Some("25"));
            assert_eq!(value_of(&back.text, "form[expected]").as_deref(), Some("25.00"));
            assert_eq!(site.stage.rows().await, before);
        }
        let mut fields = pledge(slug.as_str(), "bonus=25", "ada@example.org");
        fields.push(("form[expected]", "25.00"));
        let placed = site.submit(&page, PLACE, &fields, "").await;
        assert!(placed.location().starts_with("/pledges/"), "{}", placed.location());
        assert_eq!(site.stage.totals(&slug).await, (2_500, 1));
    }
}

#[tokio::test]
async fn a_change_is_updated_and_refused_on_its_own_page() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let placed = site.stage.place(&slug, "ada", amount("5")).await.expect("placed");
        let (id, key) =
            (placed.pledge.to_string(), pledges::key(&site.stage.backend, placed.pledge));
        let before = site.stage.rows().await;
        let mut fields =
            vec![("form[id]", id.as_str()), ("form[key]", &key), ("form[expected]", "5.00")];
        fields.extend(chosen("bonus=9"));
        let page = format!("/pledges/{id}?key={key}");
        let updated = site.submit(&page, "/api/fn/pledge/update-change", &fields, "").await;
        assert_eq!(updated.location(), format!("{page}&change=1&bonus=9&__typed=1#change"));
        assert!(!kept(&updated).contains(&key), "a key is never kept");
        let back = follow(&site, &updated).await;
        assert_eq!(back.status, StatusCode::OK);
        assert_eq!(value_of(&back.text, "form[expected]").as_deref(), Some("9.00"));

        let refused = site.submit(&page, "/api/fn/pledge/change", &fields, "").await;
        assert!(refused.location().starts_with(&format!("{page}&change=1&bonus=9&__path=")));
        let back = follow(&site, &refused).await;
        assert_eq!(back.status, StatusCode::CONFLICT);
        let total = Money::new(900, Currency::Eur);
        assert!(back.text.contains(&Refusal::TotalChanged { total }.say(Locale::En)));
        assert_eq!(value_of(&back.text, "form[expected]").as_deref(), Some("9.00"));
        assert_eq!(site.stage.rows().await, before);
    }
}

#[tokio::test]
async fn hostile_text_in_a_form_that_comes_back_stays_text() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    for text in [
        "\"><script>alert(1)</script>",
        "x\r\nset-cookie: session=theirs",
        "//evil.example/?a=b&__err=x#y",
        "'; drop table pledge; --",
        "\0\u{202e}🎈",
    ] {
        let mut fields = pledge(slug.as_str(), "", text);
        fields.extend([("form[choices][bonus]", text), ("form[choices][add_on.x]", text)]);
        let answer = site.submit("/", UPDATE, &fields, "").await;
        let to = answer.location();
        assert!(to.starts_with(&format!("/campaigns/{slug}/pledge?")), "{to}");
        assert!(to.ends_with("&__typed=1#lines") && !to.contains("__err="), "{to}");
        assert_eq!(answer.cookies().len(), 1, "{:?}", answer.cookies());
        let back = follow(&site, &answer).await;
        assert_eq!(back.status, StatusCode::OK, "{text}");
        assert!(!back.text.contains("<script>alert"), "{text}");
        let email = value_of(&back.text, "form[email]").unwrap_or_default();
        assert_eq!(email.replace('\u{fffd}', "\0"), text.replace('\r', ""), "comes back as typed");

        fields.retain(|(name, _)| *name != "form[slug]");
        fields.push(("form[slug]", text));
        let lost = site.submit("/", UPDATE, &fields, "").await;
        let to = lost.location();
        assert!(to.starts_with("/?__path=") && to.contains("__err="), "back where it was: {to}");
    }
    // More than a cookie holds is not kept, and nothing else is lost with it.
    let long = "x".repeat(4_000);
    let answer = site.submit("/", UPDATE, &pledge(slug.as_str(), "bonus=7", &long), "").await;
    assert_eq!(answer.cookie("typed").as_deref(), Some("typed="));
    assert_eq!(
        value_of(&follow(&site, &answer).await.text, "form[expected]").as_deref(),
        Some("7.00")
    );
}
