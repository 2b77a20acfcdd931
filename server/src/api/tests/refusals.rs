//! What is refused, with which words, and that nothing is written then.

use http::StatusCode;
use serde_json::{Value, json};

use super::support::{sites, sqlite};

#[tokio::test]
async fn without_a_good_token_nothing_is_told() {
    for site in sites().await {
        let pledges = "/api/v1/campaigns/tide-clock/pledges";
        let pledge = "/api/v1/pledges/01890000-0000-7000-8000-000000000000";
        for (method, path) in
            [("POST", pledges), ("GET", pledge), ("PATCH", pledge), ("DELETE", pledge)]
        {
            for (authorization, kind) in [
                ("", "no-token"),
                ("Basic YTpi", "no-token"),
                ("Bearer", "no-token"),
                ("Bearer nonsense", "wrong-token"),
            ] {
                let answer = site.send(method, path, &[("authorization", authorization)], "").await;
                assert_eq!(
                    (answer.status, answer.problem().as_str()),
                    (StatusCode::UNAUTHORIZED, kind),
                    "{method}"
                );
                assert!(answer.header("www-authenticate").starts_with("Bearer realm=\"pedestal\""));
            }
        }
    }
}

#[tokio::test]
async fn bad_orders_are_told_field_by_field() {
    for site in sites().await {
        let huge = "1".to_owned() + &"0".repeat(30);
        for (bonus, flaw) in [
            ("-5", "amount_negative"),
            ("0", "nothing_pledged"),
            ("0.50", "below_minimum"),
            ("8500.01", "above_maximum"),
            ("1.005", "too_many_decimals"),
            // A point of a program is never one between thousands.
            ("8500.500", "above_maximum"),
            ("0.500", "below_minimum"),
            ("ten", "not_an_amount"),
            ("1,50", "not_an_amount"),
            ("1e3", "not_an_amount"),
            ("", "missing"),
            (huge.as_str(), "amount_too_large"),
            ("92233720368547758.08", "amount_too_large"),
            // It is always the campaign's currency, so none is named, its own or another.
            ("$5", "not_an_amount"),
            ("5.00 USD", "not_an_amount"),
            ("5.00 EUR", "not_an_amount"),
        ] {
            let body = json!({"bonus": bonus, "payment_method": "sandbox:success"});
            assert_eq!(
                site.pledge(&body.to_string()).await.flaw("bonus"),
                flaw,
                "{bonus:?} on {}",
                site.name
            );
        }
        let clock = site.clock_reward.to_string();
        let card = site.card_reward.to_string();
        for (change, field, flaw) in [
            (json!({"bonus": 5}), "bonus", "not_text"),
            (json!({"reward": "no-id"}), "reward", "unknown_reward"),
            (json!({"reward": "01890000-0000-7000-8000-000000000000"}), "reward", "unknown_reward"),
            (json!({"reward": card}), "reward", "unknown_reward"),
            (json!({"reward": clock}), "country", "country_missing"),
            (json!({"reward": clock, "country": "JP"}), "country", "country_not_served"),
            (json!({"reward": clock, "country": "fr"}), "country", "unknown_choice"),
            (json!({"add_ons": [{"reward": card, "quantity": 1}]}), "reward", "missing"),
            (json!({"add_ons": {}}), "add_ons", "not_a_list"),
            (
                json!({"add_ons": [{"reward": card, "quantity": i64::MAX}]}),
                "add_ons.0.quantity",
                "out_of_range",
            ),
            (
                json!({"add_ons": [{"reward": card, "quantity": u64::MAX}]}),
                "add_ons.0.quantity",
                "not_a_number",
            ),
            (json!({"bonus": "5.00", "bonuss": "6.00"}), "bonuss", "unknown_field"),
            (json!({"secret": "\u{0}"}), "secret", "not_text"),
            (json!({"payment_method": null}), "payment_method", "missing"),
        ] {
            let mut body = json!({"payment_method": "sandbox:success"});
            body.as_object_mut()
                .expect("an object")
                .extend(change.as_object().cloned().expect("an object"));
            assert_eq!(
                site.pledge(&body.to_string()).await.flaw(field),
                flaw,
                "{body} on {}",
                site.name
            );
        }
        let total =
            json!({"bonus": "5.00", "expected_total": "6.00", "payment_method": "sandbox:success"});
        assert_eq!(site.pledge(&total.to_string()).await.problem(), "total-changed");
        let funding = site.get("/api/v1/campaigns/tide-clock/funding").await.json();
        assert_eq!(funding["pledged"]["amount"], "0.00", "nothing was written");
    }
}

#[tokio::test]
async fn unreadable_requests_have_their_own_words() {
    let site = sqlite(false).await;
    let bearer = format!("Bearer {}", site.token);
    let json_type = ("content-type", "application/json");
    let auth = ("authorization", bearer.as_str());
    let path = "/api/v1/campaigns/tide-clock/pledges";
    let large = format!("{{\"bonus\": \"{}\"}}", "1".repeat(20_000));
    let deep = "[".repeat(10_000);
    for (headers, body, status, kind) in [
        (vec![auth, json_type], "", 400, "malformed-json"),
        (vec![auth, json_type], "{", 400, "malformed-json"),
        (vec![auth, json_type], deep.as_str(), 400, "malformed-json"),
        (vec![auth, json_type], "[]", 422, "invalid-fields"),
        (vec![auth], "{}", 415, "media-type"),
        (vec![auth, ("content-type", "text/plain")], "{}", 415, "media-type"),
        (vec![auth, json_type], large.as_str(), 413, "too-large"),
        (vec![auth, json_type, ("idempotency-key", "a b")], "{}", 400, "malformed-key"),
        (vec![auth, json_type, ("idempotency-key", "")], "{}", 400, "malformed-key"),
    ] {
        let answer = site.send("POST", path, &headers, body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem().as_str()),
            (status, kind),
            "{}",
            answer.text
        );
    }
    for (method, path, status, kind) in [
        ("GET", "/api/v1/nowhere", 404, "no-such-address"),
        ("GET", "/api/v1", 404, "no-such-address"),
        ("GET", "/api/v1/campaigns/%FF", 400, "malformed-address"),
        ("GET", "/api/v1/campaigns?q=%FF", 400, "malformed-address"),
        ("GET", "/api/v1/campaigns?q=%zz", 400, "malformed-address"),
        ("POST", "/api/v1/campaigns", 405, "wrong-method"),
        ("PUT", "/api/v1/pledges/x", 405, "wrong-method"),
    ] {
        let answer = site.send(method, path, &[], "").await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem().as_str()),
            (status, kind),
            "{method} {path}"
        );
    }
    assert_eq!(
        site.send("PUT", "/api/v1/pledges/x", &[], "").await.header("allow"),
        "GET,HEAD,PATCH,DELETE"
    );
}

#[tokio::test]
async fn a_question_that_makes_no_sense_is_answered_in_its_language() {
    let site = sqlite(false).await;
    for (query, field, flaw) in [
        ("state=draft", "state", "unknown_choice"),
        ("category=boats", "category", "unknown_choice"),
        ("currency=XTS", "currency", "unknown_choice"),
        ("sort=random", "sort", "unknown_choice"),
        ("limit=0", "limit", "out_of_range"),
        ("limit=101", "limit", "out_of_range"),
        ("limit=ten", "limit", "out_of_range"),
        ("cursor=nonsense", "cursor", "wrong_cursor"),
        ("sort=newest&cursor=cG9wdWxhciAxIDE", "cursor", "wrong_cursor"),
    ] {
        assert_eq!(
            site.get(&format!("/api/v1/campaigns?{query}")).await.flaw(field),
            flaw,
            "{query}"
        );
    }
    assert_eq!(
        site.get(&format!("/api/v1/campaigns?q={}", "a".repeat(101))).await.flaw("q"),
        "too_long"
    );
    assert_eq!(site.get("/api/v1/campaigns?q='%22*()%20or%20--%00").await.status, StatusCode::OK);
    let french = site
        .send("GET", "/api/v1/campaigns?limit=0", &[("accept-language", "fr-CA, en;q=0.5")], "")
        .await;
    assert_eq!(french.header("content-language"), "fr");
    assert_eq!(
        french.json()["errors"]["limit"]["message"],
        "Ceci doit être compris entre 1 et 100."
    );
}

#[tokio::test]
async fn an_empty_word_is_no_word_of_a_list_but_an_empty_text_asks_nothing() {
    let site = sqlite(false).await;
    let all = site.get("/api/v1/campaigns").await;
    for query in ["q=", "cursor="] {
        let answer = site.get(&format!("/api/v1/campaigns?{query}")).await;
        assert_eq!((answer.status, &answer.text), (StatusCode::OK, &all.text), "{query}");
    }
    // What the description lists is all that is taken: it has no empty word.
    for name in ["state", "category", "currency", "sort", "limit"] {
        let answer = site.get(&format!("/api/v1/campaigns?{name}=")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.json()["errors"][name].is_object(), "{name}: {}", answer.text);
    }
}

#[tokio::test]
async fn another_sites_page_cannot_write_even_with_a_token() {
    let site = sqlite(false).await;
    let bearer = format!("Bearer {}", site.token);
    let path = "/api/v1/campaigns/tide-clock/pledges";
    let order = r#"{"bonus": "5.00", "payment_method": "sandbox:success"}"#;
    for (foreign, status) in [
        (("origin", "https://evil.example"), StatusCode::FORBIDDEN),
        (("origin", "null"), StatusCode::FORBIDDEN),
        (("sec-fetch-site", "cross-site"), StatusCode::FORBIDDEN),
        (("origin", "https://pedestal.example"), StatusCode::CREATED),
    ] {
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("accept-language", "fr"),
            foreign,
        ];
        let answer = site.send("POST", path, &headers, order).await;
        assert_eq!(answer.status, status, "{foreign:?}: {}", answer.text);
        if status == StatusCode::FORBIDDEN {
            assert_eq!(answer.problem(), "foreign-origin");
            assert!(answer.text.contains("d’un autre site"), "{}", answer.text);
            let funding = site.get("/api/v1/campaigns/tide-clock/funding").await;
            assert_eq!(funding.json()["backers"], 0, "nothing was done");
        }
    }
    let read = [("origin", "https://evil.example")];
    assert_eq!(site.send("GET", "/api/v1/campaigns", &read, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_asks_too_fast_is_told_when_to_come_back() {
    let site = sqlite(true).await;
    let mut refused = None;
    for _ in 0..400 {
        let answer = site.get("/api/v1/campaigns").await;
        if answer.status != StatusCode::OK {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("there is a limit");
    assert_eq!(
        (refused.status, refused.problem().as_str()),
        (StatusCode::TOO_MANY_REQUESTS, "too-fast")
    );
    assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
    // Another caller, with limits of its own.
    let own =
        site.with_token("GET", "/api/v1/pledges/01890000-0000-7000-8000-000000000000", "").await;
    assert_eq!(own.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_refusal_tells_nothing_of_the_inside() {
    let site = sqlite(false).await;
    site.backend.db.close().await;
    let answer = site.get("/api/v1/campaigns").await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (StatusCode::INTERNAL_SERVER_ERROR, "fault")
    );
    let told: Value = answer.json();
    assert!(!told.to_string().to_lowercase().contains("pool"), "{told}");
}
