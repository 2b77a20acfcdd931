//! Placing, changing and cancelling pledges with a token.

use domain::time::DAY;
use http::StatusCode;
use serde_json::json;

use super::support::{NOW, Site, new_backer, sites};

fn order(site: &Site) -> serde_json::Value {
    json!({
        "reward": site.clock_reward.to_string(),
        "add_ons": [{"reward": site.card_reward.to_string(), "quantity": 2}],
        "bonus": "3.00",
        "country": "FR",
        "payment_method": "sandbox:success",
    })
}

#[tokio::test]
async fn a_pledge_is_placed_read_changed_and_cancelled() {
    for site in sites().await {
        let placed = site.pledge(&order(&site).to_string()).await;
        assert_eq!(placed.status, StatusCode::CREATED, "{}: {}", site.name, placed.text);
        let json = placed.json();
        assert_eq!(json["total"], json!({"amount": "53.00", "currency": "EUR"}));
        let kinds: Vec<_> =
            json["lines"].as_array().expect("lines").iter().map(|l| l["kind"].clone()).collect();
        assert_eq!(kinds, ["reward", "add_on", "bonus", "shipping"]);
        let path = format!("/api/v1/pledges/{}", json["id"].as_str().expect("an id"));
        assert_eq!(placed.header("location"), path);

        let funding = site.get("/api/v1/campaigns/tide-clock/funding").await.json();
        assert_eq!(
            (&funding["pledged"]["amount"], &funding["backers"]),
            (&"53.00".into(), &1.into())
        );
        let rewards = site.get("/api/v1/campaigns/tide-clock/rewards").await.json();
        assert_eq!(rewards["items"][0]["remaining"], 2);

        let read = site.with_token("GET", &path, "").await.json();
        assert_eq!(
            (&read["state"], &read["card"], &read["is_open"]),
            (&"pledged".into(), &"4242".into(), &true.into())
        );
        assert_eq!((&read["bonus"]["amount"], &read["country"]), (&"3.00".into(), &"FR".into()));

        // What is not named stays.
        let changed =
            site.with_token("PATCH", &path, r#"{"add_ons": [], "expected_total": "33.00"}"#).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
        assert_eq!(changed.json()["total"]["amount"], "33.00");
        let changed = site
            .with_token("PATCH", &path, r#"{"reward": null, "country": null, "bonus": "7"}"#)
            .await;
        assert_eq!(
            (&changed.json()["total"]["amount"], &changed.json()["reward"]),
            (&"7.00".into(), &().into())
        );

        let cancelled = site.with_token("DELETE", &path, "").await;
        assert_eq!(
            (cancelled.status, &cancelled.json()["state"]),
            (StatusCode::OK, &"cancelled".into())
        );
        assert_eq!(site.with_token("DELETE", &path, "").await.problem(), "pledge-ended");
        assert_eq!(
            site.with_token("PATCH", &path, r#"{"bonus": "8.00"}"#).await.problem(),
            "pledge-ended"
        );
        let funding = site.get("/api/v1/campaigns/tide-clock/funding").await.json();
        assert_eq!(
            (&funding["pledged"]["amount"], &funding["backers"]),
            (&"0.00".into(), &0.into())
        );
    }
}

#[tokio::test]
async fn the_same_key_places_one_pledge() {
    for site in sites().await {
        let bearer = format!("Bearer {}", site.token);
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("idempotency-key", "k-1"),
        ];
        let path = "/api/v1/campaigns/tide-clock/pledges";
        let body = order(&site).to_string();
        let first = site.send("POST", path, &headers, &body).await;
        let second = site.send("POST", path, &headers, &body).await;
        assert_eq!(
            (first.status, second.status),
            (StatusCode::CREATED, StatusCode::CREATED),
            "{}",
            site.name
        );
        assert_eq!(first.text, second.text);
        let other = site.send("POST", path, &headers, &body.replace("3.00", "4.00")).await;
        assert_eq!(
            (other.status, other.problem().as_str()),
            (StatusCode::CONFLICT, "idempotency-key-reused")
        );
        let another_key = [headers[0], headers[1], ("idempotency-key", "k-2")];
        let again = site.send("POST", path, &another_key, &body).await;
        assert_eq!(
            (again.status, again.problem().as_str()),
            (StatusCode::CONFLICT, "already-pledged")
        );
        assert_eq!(again.json()["pledge"], first.json()["id"]);
    }
}

#[tokio::test]
async fn a_pledge_is_nobody_elses() {
    for mut site in sites().await {
        let placed = site.pledge(&order(&site).to_string()).await.json();
        let path = format!("/api/v1/pledges/{}", placed["id"].as_str().expect("an id"));
        site.token = new_backer(&site.backend, "other@example.org").await;
        for (method, body) in [("GET", ""), ("PATCH", r#"{"bonus": "1.00"}"#), ("DELETE", "")] {
            let answer = site.with_token(method, &path, body).await;
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (StatusCode::NOT_FOUND, "not-found"),
                "{method}"
            );
        }
    }
}

#[tokio::test]
async fn the_last_one_is_sold_once() {
    for mut site in sites().await {
        for n in 0..4 {
            site.token = new_backer(&site.backend, &format!("buyer{n}@example.org")).await;
            let answer = site.pledge(&order(&site).to_string()).await;
            if n < 3 {
                assert_eq!(answer.status, StatusCode::CREATED, "{}: {}", site.name, answer.text);
            } else {
                assert_eq!(answer.flaw("reward"), "sold_out");
            }
        }
    }
}

#[tokio::test]
async fn the_rules_of_the_last_day_and_the_deadline_hold() {
    for site in sites().await {
        let big = json!({"bonus": "1000.00", "payment_method": "sandbox:success"});
        let placed = site.pledge(&big.to_string()).await.json();
        let path = format!("/api/v1/pledges/{}", placed["id"].as_str().expect("an id"));
        site.clock.set(NOW.plus(9 * DAY + 1));
        for (method, body) in [("DELETE", ""), ("PATCH", r#"{"bonus": "999.99"}"#)] {
            let answer = site.with_token(method, &path, body).await;
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (StatusCode::CONFLICT, "would-sink-goal"),
                "{method}"
            );
        }
        site.clock.set(NOW.plus(10 * DAY));
        assert_eq!(site.with_token("DELETE", &path, "").await.problem(), "deadline-passed");
        let late =
            site.with_token("POST", "/api/v1/campaigns/old-mill/pledges", &big.to_string()).await;
        assert_eq!(
            (late.status, late.problem().as_str()),
            (StatusCode::CONFLICT, "campaign-not-live")
        );
    }
}

#[tokio::test]
async fn the_sandbox_behaves_as_its_words_say() {
    for site in sites().await {
        let with = |method: &str| json!({"bonus": "5.00", "payment_method": method}).to_string();
        assert_eq!(
            site.pledge(&with("sandbox:decline")).await.flaw("payment_method"),
            "card_declined"
        );
        assert_eq!(site.pledge(&with("visa")).await.flaw("payment_method"), "unknown_choice");
        let waiting = site.pledge(&with("sandbox:authenticate")).await;
        assert_eq!(
            (waiting.status, &waiting.json()["state"]),
            (StatusCode::CREATED, &"authentication_required".into())
        );
        let funding = site.get("/api/v1/campaigns/tide-clock/funding").await.json();
        assert_eq!(funding["backers"], 0, "{}", site.name);
    }
}
