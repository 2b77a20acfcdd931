//! Paying in instalments without wasm: the plan is shown before it is agreed to,
//! and what was not shown is not agreed to.

use backend::{pledge as pledges, schedule};
use domain::{
    Locale, Problem,
    payment::TestCard,
    pledge::{Choices, InstalmentOffer},
    slug::Slug,
    time::DAY,
    words::{instalment as w, pledge as pledge_words},
};
use http::StatusCode;

use super::{
    html::{elements, value_of},
    site::{Site, pledge},
    stage::{DEADLINE, amount, placement},
};

const PLACE: &str = "/api/fn/pledge/place";
const REPLACE: &str = "/api/fn/pledge/replace-card";

async fn offering(site: &Site) -> Slug {
    let offer = InstalmentOffer { from: 9_000, most: 4 };
    site.stage.campaign(|new| (new.goal, new.plan.instalments) = (1_000, Some(offer))).await
}

/// The fields of a checkout that asks for so many instalments.
fn fields<'f>(slug: &'f str, count: &'f str, plan: &'f str) -> Vec<(&'f str, &'f str)> {
    let mut fields = pledge(slug, "bonus=100", "ada@example.org");
    fields.push(("form[choices][instalments]", count));
    fields.push(("form[expected]", "100.00"));
    fields.push(("form[plan]", plan));
    fields
}

/// What a page says in words, without its tags.
fn words(html: &str) -> String {
    elements(html).iter().map(|element| element.text.as_str()).collect()
}

#[tokio::test]
async fn a_plan_is_shown_before_it_is_agreed_to_and_kept_as_it_was_shown() {
    for site in Site::both().await {
        let slug = offering(&site).await;
        let page = format!("/campaigns/{slug}/pledge?bonus=100");
        let plain = site.get(&page).await;
        assert_eq!(value_of(&plain.text, "form[plan]").unwrap_or_default(), "");
        assert!(plain.text.contains("form[choices][instalments]"), "it is offered");
        // Chosen in the form, and not shown yet: nothing is placed.
        let before = site.stage.rows().await;
        let refused = site.submit(&page, PLACE, &fields(slug.as_str(), "3", ""), "").await;
        assert_eq!(refused.status, StatusCode::FOUND, "{}", refused.text);
        let address = refused.location();
        assert!(address.contains("bonus=100&instalments=3&"), "{address}");
        let cookie = refused.cookie("typed").expect("kept");
        let back = site.get_with(&address, &[("cookie", &cookie)]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.text.contains(&Problem::PlanChanged.say(Locale::En)), "{}", words(&back.text));
        assert_eq!(value_of(&back.text, "form[email]").as_deref(), Some("ada@example.org"));
        assert_eq!(site.stage.rows().await, before);
        for part in ["14\u{a0}December 2026", "€33.34", "14\u{a0}January 2027", "€33.33"] {
            assert!(words(&back.text).contains(part), "{part} is shown");
        }
        // What the page shows now is what it sends.
        let shown = value_of(&back.text, "form[plan]").expect("the plan");
        assert_eq!(shown, "3:2026-12-14");
        let fields = fields(slug.as_str(), "3", &shown);
        let placed = site.submit(&page, PLACE, &fields, "").await;
        let thanks = site.get(&placed.location()).await;
        assert_eq!(thanks.status, StatusCode::OK, "{}", placed.text);
        for part in ["14\u{a0}January 2027", "14\u{a0}February 2027", "€33.33"] {
            assert!(words(&thanks.text).contains(part), "{part} is on the pledge's page");
        }
        assert_eq!(site.stage.totals(&slug).await, (10_000, 1));
    }
}

#[tokio::test]
async fn a_card_of_a_plan_is_confirmed_on_the_pledges_page() {
    let site = Site::sqlite().await;
    let slug = offering(&site).await;
    let choices = Choices { instalments: "2".into(), ..amount("100") };
    let placed = site.stage.place_unconfirmed(&slug, "ada", choices).await;
    let key = pledges::key(&site.stage.backend, placed.pledge);
    let address = format!("/pledges/{}?key={key}", placed.pledge);
    let page = site.get(&address).await;
    assert!(page.text.contains("/api/fn/pledge/confirm"), "{}", words(&page.text));
    site.stage.confirm(&placed).await.expect("confirmed");
    let page = site.get(&address).await;
    let said = words(&page.text);
    assert!(!said.contains(pledge_words::is_closed(Locale::En)), "it can be taken back: {said}");
    assert!(page.text.contains("/api/fn/pledge/cancel"), "{said}");
}

#[tokio::test]
async fn a_campaign_that_offers_nothing_asks_nothing() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let page = format!("/campaigns/{slug}/pledge?bonus=100&instalments=3");
    assert!(!site.get(&page).await.text.contains("form[choices][instalments]"));
    let before = site.stage.rows().await;
    let fields = fields(slug.as_str(), "3", "3:2026-12-14");
    let refused = site.submit(&page, PLACE, &fields, "").await;
    assert!(refused.location().contains("__err="), "{}", refused.location());
    assert_eq!(site.stage.rows().await, before);
}

#[tokio::test]
async fn an_instalment_that_failed_is_paid_with_another_card_on_the_pledges_page() {
    for site in Site::both().await {
        let slug = offering(&site).await;
        let choices = Choices { instalments: "2".into(), ..amount("100") };
        let order = placement(&slug, "ada", choices);
        let placed = pledges::place(&site.stage.backend, order).await.expect("placed");
        let run = async |until| {
            site.stage.clock.set(until);
            for _ in 0..4 {
                schedule::once(&site.stage.backend).await.expect("ran");
            }
        };
        run(DEADLINE).await;
        let method = TestCard::DeclineLater.method();
        site.stage.tamper(&format!("update pledge set payment_method = '{method}'")).await;
        run(DEADLINE.plus(31 * DAY)).await;
        let key = pledges::key(&site.stage.backend, placed.pledge);
        let (id, address) =
            (placed.pledge.to_string(), format!("/pledges/{}?key={key}", placed.pledge));
        let owed = site.get(&address).await;
        assert!(words(&owed.text).contains(w::failed_title(Locale::En)), "{}", words(&owed.text));
        let fields = [
            ("form[id]", id.as_str()),
            ("form[key]", key.as_str()),
            ("form[card][number]", "4242 4242 4242 4242"),
            ("form[card][expiry]", "12/60"),
            ("form[card][code]", "123"),
        ];
        let paid = site.submit(&address, REPLACE, &fields, "").await;
        assert_eq!(paid.status, StatusCode::FOUND, "{}", paid.text);
        let page = site.get(&address).await;
        assert!(!words(&page.text).contains(w::failed_title(Locale::En)));
        let collected = "select collected from campaign";
        assert_eq!(site.stage.number(collected).await, 10_000);
        site.stage.assert_books().await;
    }
}
