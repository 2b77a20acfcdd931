//! Paying in instalments with a token.

use backend::Db;
use http::StatusCode;
use serde_json::json;

use super::support::{Site, sites};

async fn offer(site: &Site) {
    let statement = "update campaign set instalments_from = 2000, instalments_most = 4";
    match &site.backend.db {
        Db::Sqlite { write, .. } => sqlx::query(statement).execute(write).await.map(drop),
        Db::Postgres { pool, .. } => sqlx::query(statement).execute(pool).await.map(drop),
    }
    .expect("offered");
}

#[tokio::test]
async fn a_pledge_in_instalments_is_placed_and_read() {
    for site in sites().await {
        let order = |count: serde_json::Value| {
            json!({"bonus": "50.00", "instalments": count, "payment_method": "sandbox:success"})
                .to_string()
        };
        let refused = site.pledge(&order(json!(3))).await;
        assert_eq!(refused.flaw("instalments"), "no_instalments", "{}", refused.text);
        offer(&site).await;
        for (count, flaw) in [
            (json!("3"), "not_a_number"),
            (json!(1), "out_of_range"),
            (json!(5), "instalment_count"),
        ] {
            assert_eq!(site.pledge(&order(count)).await.flaw("instalments"), flaw);
        }
        let campaign = site.get("/api/v1/campaigns/tide-clock").await.json();
        let most = campaign.pointer("/funding_terms/instalments/most");
        assert_eq!(most, Some(&json!(4)), "{campaign}");
        let placed = site.pledge(&order(json!(3))).await;
        assert_eq!(placed.status, StatusCode::CREATED, "{}", placed.text);
        let path = format!("/api/v1/pledges/{}", placed.json()["id"].as_str().expect("an id"));
        let read = site.with_token("GET", &path, "").await.json();
        let amounts: Vec<_> = read["instalments"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| (one["amount"]["amount"].clone(), one["state"].clone()))
            .collect();
        let waiting = |amount: &str| (json!(amount), json!("waiting"));
        assert_eq!(amounts, [waiting("16.68"), waiting("16.66"), waiting("16.66")]);
        assert_eq!(read["charged"]["amount"], "0.00");
        let fixed = site.with_token("PATCH", &path, r#"{"bonus": "60.00"}"#).await;
        assert_eq!(fixed.flaw("instalments"), "plan_fixed", "{}", fixed.text);
    }
}
