//! A provider that takes cards itself: its script runs where cards are typed and
//! nowhere else, and its webhooks come in past everything that is about visitors.

use axum::body::Body;
use backend::{Options, payment::stripe};
use domain::slug::Slug;
use http::{Method, StatusCode};

use super::{
    hooks,
    refunds::Charged,
    site::{Site, pledge, request},
};

/// Stripe, where nobody answers.
async fn with_stripe() -> (Site, Slug) {
    let account = stripe::Options {
        secret_key: "sk_test_secret".into(),
        publishable_key: "pk_test_public".into(),
        webhook_secret: "whsec_test".into(),
        api: "http://127.0.0.1:1".into(),
        script: stripe::Options::SCRIPT.into(),
        patience: stripe::Options::PATIENCE,
    };
    let site =
        Site::with(Options { stripe: Some(account), rate_limits: false, ..Options::default() })
            .await;
    let slug = site.stage.campaign(|_| ()).await;
    (site, slug)
}

async fn policy(site: &Site, path: &str) -> String {
    let answer = site.get(path).await;
    let policy = answer.headers["content-security-policy"].to_str().expect("text");
    policy.to_owned()
}

#[tokio::test]
async fn only_pages_that_take_cards_allow_the_providers_script() {
    let (site, slug) = with_stripe().await;
    let checkout = policy(&site, &format!("/campaigns/{slug}/pledge")).await;
    for part in [
        "'wasm-unsafe-eval' https://js.stripe.com https://*.js.stripe.com;",
        "connect-src 'self' http://127.0.0.1:1 https://js.stripe.com;",
        "frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com;",
    ] {
        assert!(checkout.contains(part), "{checkout}");
    }
    let stranger = domain::id::PledgeId::generate();
    assert!(policy(&site, &format!("/pledges/{stranger}")).await.contains("js.stripe.com"));
    for path in ["/", "/pledges", "/sign-in", "/nowhere", "/healthz", "/discover"] {
        assert!(!policy(&site, path).await.contains("stripe"), "{path}");
    }
    let page = format!("/campaigns/{slug}");
    assert!(!policy(&site, &page).await.contains("stripe"));
}

#[tokio::test]
async fn without_a_provider_no_page_allows_it() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let path = format!("/campaigns/{slug}/pledge");
    assert!(!policy(&site, &path).await.contains("stripe"));
    let page = site.get(&path).await.text;
    assert!(page.contains("form[card][number]") && !page.contains("card-entry"), "{page}");
    let answer = site.call("/cards/setup", &[], "").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn no_card_is_typed_into_our_own_form_and_the_page_says_what_it_needs() {
    let (site, slug) = with_stripe().await;
    let page = site.get(&format!("/campaigns/{slug}/pledge")).await.text;
    for part in [
        "data-key=\"pk_test_public\"",
        "data-script=\"https://js.stripe.com/v3/\"",
        "name=\"form[setup]\"",
        "src=\"/card-entry.js\"",
        "which needs scripts",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    for part in ["form[card]", "sk_test_secret", "whsec_test", "4242"] {
        assert!(!page.contains(part), "{part}");
    }
    // The script itself is on no other page.
    assert!(!site.get(&format!("/campaigns/{slug}")).await.text.contains("card-entry.js"));
}

#[tokio::test]
async fn a_form_without_a_saved_card_is_refused_in_words() {
    let (site, slug) = with_stripe().await;
    let mut fields = pledge(slug.as_str(), "bonus=5", "ada@example.org");
    let before = site.stage.rows().await;
    let answer = site.call("/api/fn/pledge/place", &fields, "").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    // With one that Stripe is asked about, and does not answer.
    fields.push(("form[setup]", "seti_1_secret_2"));
    let answer = site.call("/api/fn/pledge/place", &fields, "").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(site.stage.rows().await, before);
    let answer = site.call("/cards/setup", &[], "").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        answer.text.contains("problem") && !answer.text.contains("127.0.0.1"),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn nobody_asks_about_a_strangers_card() {
    let (site, _) = with_stripe().await;
    let stranger = domain::id::PledgeId::generate().to_string();
    for path in ["/cards/setup", "/cards/bank"] {
        for pledge in [stranger.as_str(), "nonsense"] {
            let answer = site.call(path, &[("pledge", pledge), ("key", "guess")], "").await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} {pledge}");
            assert_eq!(answer.headers["cache-control"], "no-store");
        }
    }
}

#[tokio::test]
async fn a_webhook_comes_in_past_what_is_about_visitors_and_is_known_by_its_signature() {
    let (site, _) = with_stripe().await;
    let body = r#"{"id":"evt_1","type":"charge.updated","data":{"object":{}}}"#;
    let now = site.stage.clock.now().seconds();
    let good = signature("whsec_test", now, body);
    for (signed, status, said) in [
        (good.as_str(), StatusCode::OK, "other_kind"),
        (good.as_str(), StatusCode::OK, "other_kind"),
        ("", StatusCode::BAD_REQUEST, "unsigned"),
        ("t=1,v1=00", StatusCode::BAD_REQUEST, "unsigned"),
        (&signature("whsec_test", now - 301, body), StatusCode::BAD_REQUEST, "stale"),
    ] {
        // As no page of ours sends it, and with nothing that tells a visitor.
        let headers = [("stripe-signature", signed), ("sec-fetch-site", "cross-site")];
        let asked = request(Method::POST, "/webhooks/stripe", &headers, Body::from(body));
        let answer = site.ask(asked).await;
        assert_eq!((answer.status, answer.text.as_str()), (status, said), "{signed}");
        assert!(answer.cookies().is_empty());
    }
    assert_eq!(site.stage.number("select count(*) from webhook").await, 3);
}

#[tokio::test]
async fn events_posted_twice_late_and_out_of_order_are_each_applied_once() {
    for stage in hooks::both().await {
        let charged = Charged::new(&stage, 2).await;
        let site = Site::of(stage);
        let key = |n: usize| format!("{}-1", charged.pledge(n));
        // Two more payments than were asked for, told of in the other order.
        hooks::taken(&site.stage, "pi_1", 3_000).await;
        hooks::taken(&site.stage, "pi_2", 3_000).await;
        let second = hooks::paid("evt_2", "pi_2", &key(1), 3_000);
        let first = hooks::paid("evt_1", "pi_1", &key(0), 3_000);
        let again = hooks::paid("evt_3", "pi_2", &key(1), 3_000);
        let wrong = hooks::paid("evt_4", "pi_3", &key(0), 3_001);
        let other = serde_json::json!({
            "id": "evt_0", "type": "charge.updated", "data": {"object": {}}
        });
        for (event, status, said) in [
            (&second, StatusCode::OK, "paid_twice"),
            (&first, StatusCode::OK, "paid_twice"),
            (&second, StatusCode::OK, "paid_twice"),
            (&again, StatusCode::OK, "known"),
            (&wrong, StatusCode::BAD_REQUEST, "other_amount"),
            (&other, StatusCode::OK, "other_kind"),
        ] {
            let body = event.to_string();
            let signed = signature("whsec_test", site.stage.clock.now().seconds(), &body);
            let headers = [("stripe-signature", signed.as_str())];
            let asked = request(Method::POST, "/webhooks/stripe", &headers, Body::from(body));
            let answer = site.ask(asked).await;
            assert_eq!((answer.status, answer.text.as_str()), (status, said), "{event}");
        }
        let surpluses = "select count(*) from surplus where state = 'due'";
        assert_eq!(site.stage.number(surpluses).await, 2, "each once");
        assert_eq!(charged.balance("surplus").await, 6_000);
        site.stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_webhook_too_large_or_without_stripe_is_not_read() {
    let (site, _) = with_stripe().await;
    let large = Body::from(vec![b' '; 70_000]);
    let answer = site.ask(request(Method::POST, "/webhooks/stripe", &[], large)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(site.get("/webhooks/stripe").await.status, StatusCode::METHOD_NOT_ALLOWED);
    let without = Site::sqlite().await;
    let asked = request(Method::POST, "/webhooks/stripe", &[], Body::from("{}"));
    assert_eq!(without.ask(asked).await.status, StatusCode::NOT_FOUND);
}

/// As Stripe signs.
fn signature(secret: &str, seconds: i64, body: &str) -> String {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
    mac.update(format!("{seconds}.{body}").as_bytes());
    let digits: String =
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={seconds},v1={digits}")
}
