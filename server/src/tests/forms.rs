//! Forms of a browser without wasm: they lead on, or back with what was typed.

use app::error::AppError;
use backend::pledge as pledges;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Country, Currency, Locale, Money, Problem, reward::Shipping, slug::Slug, time::DAY};
use http::StatusCode;

use super::{
    html::{elements, value_of},
    site::{Answer, Site, pledge},
    stage::{NOW, amount, one},
};

const PLACE: &str = "/api/fn/pledge/place";

/// What the cookie of a refused form holds, as text.
fn kept(answer: &Answer) -> String {
    let cookie = answer.cookie("typed").unwrap_or_default();
    let value = cookie.strip_prefix("typed=").unwrap_or_default();
    String::from_utf8(URL_SAFE_NO_PAD.decode(value).expect("base64")).expect("text")
}

#[tokio::test]
async fn a_good_pledge_leads_to_its_page() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let reward = site.stage.limited(&slug, 2).await;
        let page = format!("/campaigns/{slug}/pledge?reward={reward}");
        let choices = format!("reward={reward}");
        let answer = site
            .submit(&page, PLACE, &pledge(slug.as_str(), &choices, "ada@example.org"), "")
            .await;
        assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text);
        let to = answer.location();
        assert!(
            to.starts_with("/pledges/") && to.contains("key=") && to.ends_with("placed=1"),
            "{to}"
        );
        let thanks = site.get(&to).await;
        assert_eq!(thanks.status, StatusCode::OK);
        assert!(
            thanks.text.contains("a…@example.org") && !thanks.text.contains("ada@example.org"),
            "veiled"
        );
        assert_eq!(site.stage.totals(&slug).await, (1_000, 1));
    }
}

#[tokio::test]
async fn a_refused_pledge_leads_back_with_what_was_typed_and_without_secrets() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let page = format!("/campaigns/{slug}/pledge?bonus=5");
        let mut fields = pledge(slug.as_str(), "bonus=5", "ada@nowhere");
        fields.push(("form[key]", "k-1234"));
        let before = site.stage.rows().await;
        let answer = site.submit(&page, PLACE, &fields, "").await;
        assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text);
        let back = answer.location();
        assert!(
            back.starts_with(&format!("/campaigns/{slug}/pledge?")) && back.contains("__err="),
            "{back}"
        );
        let kept = kept(&answer);
        assert!(kept.contains("ada@nowhere"), "{kept}");
        for secret in ["4242", "12/60", "123", "k-1234", "card", "key"] {
            assert!(!kept.contains(secret), "{secret} is in the cookie: {kept}");
        }
        let set =
            answer.cookies().into_iter().find(|cookie| cookie.starts_with("typed=")).expect("set");
        assert!(
            set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Max-Age=120"),
            "{set}"
        );

        let cookie = format!("locale=fr; {}", answer.cookie("typed").expect("kept"));
        let page = site.get_with(&back, &[("cookie", &cookie)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(value_of(&page.text, "form[email]").as_deref(), Some("ada@nowhere"));
        let message = Problem::NotAnEmail.say(Locale::Fr);
        assert!(page.text.contains(&message), "{message}");
        let field =
            elements(&page.text).into_iter().find(|e| e.attribute("name") == Some("form[email]"));
        assert_eq!(field.as_ref().and_then(|e| e.attribute("aria-invalid")), Some("true"));
        for field in ["form[card][number]", "form[card][code]"] {
            let value = value_of(&page.text, field).unwrap_or_default();
            assert!(value.is_empty(), "{field} holds {value}");
        }
        assert_eq!(site.stage.rows().await, before);
    }
}

#[tokio::test]
async fn what_was_typed_shows_only_on_the_page_that_was_refused() {
    let site = Site::sqlite().await;
    let fields =
        [("form[name]", "Ada"), ("form[email]", "nobody"), ("form[password]", "hunter22hunter22")];
    let refused = site.submit("/sign-up", "/api/fn/account/sign-up", &fields, "").await;
    let kept = kept(&refused);
    assert!(kept.contains("nobody") && !kept.contains("hunter22"), "{kept}");
    let cookie = refused.cookie("typed").expect("kept");
    let back = site.get_with(&refused.location(), &[("cookie", &cookie)]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(value_of(&back.text, "form[email]").as_deref(), Some("nobody"));
    assert_eq!(
        value_of(&back.text, "form[password]").unwrap_or_default(),
        "",
        "a password is never sent back"
    );
    let later = site.get_with("/sign-up", &[("cookie", &cookie)]).await;
    assert_eq!(
        value_of(&later.text, "form[email]").unwrap_or_default(),
        "",
        "a fresh form is empty"
    );
    let good = [
        ("form[name]", "Ada"),
        ("form[email]", "ada@example.org"),
        ("form[password]", "hunter22hunter22"),
    ];
    let sent = site.submit("/sign-up", "/api/fn/account/sign-up", &good, &cookie).await;
    assert_eq!(sent.location(), "/sign-up?sent=1");
    assert_eq!(sent.cookie("typed").as_deref(), Some("typed="), "and it is forgotten");
}

/// One order that is refused, and where and how.
struct Case {
    what: &'static str,
    choices: String,
    email: &'static str,
    card: &'static str,
    field: &'static str,
    problem: Problem,
}

const GOOD: &str = "4242424242424242";

fn case(what: &'static str, choices: String, field: &'static str, problem: Problem) -> Case {
    Case { what, choices, email: "ada@example.org", card: GOOD, field, problem }
}

/// Whatever a backer can get wrong in the checkout of this campaign.
async fn cases(site: &Site, slug: &Slug) -> Vec<Case> {
    let gone = site.stage.limited(slug, 0).await;
    let book = site.stage.reward(slug, |_| ()).await;
    let later = NOW.plus(DAY);
    let early = site.stage.reward(slug, |new| new.offer.starts_at = Some(later)).await;
    let over = site.stage.reward(slug, |new| new.offer.ends_at = Some(NOW.plus(-DAY))).await;
    let heavy = site
        .stage
        .reward(slug, |new| {
            let france = Country::parse("FR").expect("a country");
            new.shipping = Shipping::Countries { costs: [(france, 500)].into() };
        })
        .await;
    let elsewhere = site.stage.campaign(|_| ()).await;
    let theirs = site.stage.reward(&elsewhere, |_| ()).await;
    site.stage.place(slug, "bob", amount("5")).await.expect("placed");
    let eur = |minor| Money::new(minor, Currency::Eur);
    let most = eur(Currency::Eur.maximum());
    let huge = format!("bonus=1{}", "0".repeat(30));
    vec![
        case("nothing", String::new(), "bonus", Problem::NothingPledged),
        case("zero", "bonus=0".into(), "bonus", Problem::NothingPledged),
        case("negative", "bonus=-5".into(), "bonus", Problem::AmountNegative),
        case(
            "below the minimum",
            "bonus=0.5".into(),
            "bonus",
            Problem::BelowMinimum { least: eur(100) },
        ),
        case(
            "over the maximum",
            format!("bonus={}", most.minor / 100 + 1),
            "bonus",
            Problem::AboveMaximum { most },
        ),
        case(
            "wrong scale",
            "bonus=5.0011".into(),
            "bonus",
            Problem::TooManyDecimals { currency: Currency::Eur },
        ),
        case("not a number", "bonus=NaN".into(), "bonus", Problem::NotAnAmount),
        case("infinity", "bonus=inf".into(), "bonus", Problem::NotAnAmount),
        case("10^30", huge, "bonus", Problem::AmountTooLarge),
        case("no id", "reward=x".into(), "reward", Problem::UnknownReward),
        case(
            "another campaign's reward",
            format!("reward={theirs}"),
            "reward",
            Problem::UnknownReward,
        ),
        case("sold out", format!("reward={gone}"), "reward", Problem::SoldOut),
        case(
            "not yet on sale",
            format!("reward={early}"),
            "reward",
            Problem::NotYetOnSale { from: later },
        ),
        case("no longer on sale", format!("reward={over}"), "reward", Problem::NoLongerOnSale),
        case("no country", format!("reward={heavy}"), "country", Problem::CountryMissing),
        case(
            "wrong country",
            format!("reward={heavy}&country=DE"),
            "country",
            Problem::CountryNotServed,
        ),
        Case {
            card: "4000000000000002",
            ..case("declined", format!("reward={book}"), "card_number", Problem::CardDeclined)
        },
        Case {
            card: "4242",
            ..case("half a card", format!("reward={book}"), "card_number", Problem::CardNumber)
        },
        Case {
            email: "bob@example.org",
            ..case("a second pledge", format!("reward={book}"), "email", Problem::AlreadyPledged)
        },
        Case {
            email: "bob",
            ..case("no address", format!("reward={book}"), "email", Problem::NotAnEmail)
        },
    ]
}

#[tokio::test]
async fn every_refusal_says_why_at_its_field_in_french_and_keeps_what_was_typed() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let cases = cases(&site, &slug).await;
        let before = site.stage.rows().await;
        for Case { what, choices, email, card, field, problem } in cases {
            let mut fields = pledge(slug.as_str(), &choices, email);
            fields.retain(|(name, _)| *name != "form[card][number]");
            fields.push(("form[card][number]", card));
            let page = format!("/campaigns/{slug}/pledge?{choices}");
            let refused = site.submit(&page, PLACE, &fields, "").await;
            assert_eq!(refused.status, StatusCode::FOUND, "{what}");
            let typed = refused.cookie("typed").expect("kept");
            let cookies = format!("locale=fr; {typed}");
            let back = site.get_with(&refused.location(), &[("cookie", &cookies)]).await;
            assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
            let message = problem.say(Locale::Fr);
            assert_eq!(problem_at(&back.text, field).as_deref(), Some(message.as_str()), "{what}");
            assert_eq!(value_of(&back.text, "form[email]").as_deref(), Some(email), "{what}");
            if let Some(bonus) = choices.strip_prefix("bonus=") {
                assert_eq!(
                    value_of(&back.text, "form[choices][bonus]").as_deref(),
                    Some(bonus),
                    "{what}"
                );
            }
            // A call of the page's own script is told the same, by status and body.
            let called = site.call(PLACE, &fields, "locale=fr").await;
            assert_eq!(called.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {}", called.text);
            let AppError::Invalid(invalid) = called.error() else { panic!("{what}") };
            assert_eq!(invalid.of(field), Some(&problem), "{what}");
            assert_eq!(site.stage.rows().await, before, "{what}");
        }
    }
}

/// The sentence that stands at a field.
fn problem_at(html: &str, field: &str) -> Option<String> {
    let elements = elements(html);
    // A field of the card goes by its last word on the page.
    let id = format!("field-{}-problem", field.trim_start_matches("card_"));
    let place = elements.iter().position(|element| element.attribute("id") == Some(&id))?;
    // The sentence follows the parts of an icon.
    let parts = elements[place..].iter().take(4).map(|element| element.text.trim());
    parts.filter(|text| !text.is_empty()).map(str::to_owned).next()
}

#[tokio::test]
async fn a_pledge_is_changed_and_cancelled_with_its_key_and_no_script() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let reward = site.stage.limited(&slug, 2).await;
        let placed = site.stage.place(&slug, "ada", amount("5")).await.expect("placed");
        let (id, key) =
            (placed.pledge.to_string(), pledges::key(&site.stage.backend, placed.pledge));
        let page = format!("/pledges/{id}?key={key}");
        let reward = reward.to_string();
        let choice = [
            ("form[id]", id.as_str()),
            ("form[key]", &key),
            ("form[choices][reward]", &reward),
            ("form[choices][bonus]", "2"),
            ("form[expected]", "12.00"),
        ];
        let fields = [("id", id.as_str()), ("key", &key)];
        let changed = site.submit(&page, "/api/fn/pledge/change", &choice, "").await;
        assert_eq!(changed.location(), format!("{page}&changed=1"));
        assert_eq!(site.stage.totals(&slug).await, (1_200, 1));
        let cancelled = site.submit(&page, "/api/fn/pledge/cancel", &fields, "").await;
        assert_eq!(cancelled.location(), format!("{page}&cancelled=1"));
        assert_eq!(site.stage.totals(&slug).await, (0, 0));
        assert_eq!(site.get(&cancelled.location()).await.status, StatusCode::OK);
        // A key that is none never gets into an address.
        let odd = [("id", id.as_str()), ("key", "x\r\nset-cookie: a=b")];
        let refused = site.submit(&page, "/api/fn/pledge/cancel", &odd, "").await;
        assert!(
            !refused.header("location").contains("set-cookie"),
            "{}",
            refused.header("location")
        );
    }
}

#[tokio::test]
async fn a_double_post_of_one_form_places_one_pledge() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let reward = site.stage.limited(&slug, 9).await;
        let choices = format!("reward={reward}");
        let mut fields = pledge(slug.as_str(), &choices, "ada@example.org");
        fields.push(("form[key]", "drawn-with-the-page"));
        let (one_answer, two) = tokio::join!(
            site.submit("/", PLACE, &fields, ""),
            site.submit("/", PLACE, &fields, "")
        );
        assert_eq!((one_answer.status, two.status), (StatusCode::FOUND, StatusCode::FOUND));
        assert_eq!(one_answer.location(), two.location());
        assert_eq!(site.stage.taken(&slug, reward).await, (1, 1));
        let _ = one(reward);
    }
}
