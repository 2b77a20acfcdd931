//! Reading campaigns.

use std::collections::BTreeSet;

use backend::campaign::import::{self, ImportOptions};
use http::StatusCode;

use super::support::{Site, sites, sqlite};

#[tokio::test]
async fn a_list_holds_what_its_filters_ask_for() {
    for site in sites().await {
        let slugs = async |query: &str| -> Vec<String> {
            let answer = site.get(&format!("/api/v1/campaigns{query}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            let items = answer.json()["items"].as_array().cloned().expect("items");
            items.iter().map(|item| item["slug"].as_str().expect("a slug").to_owned()).collect()
        };
        assert_eq!(slugs("").await, ["tide-clock"], "{}", site.name);
        assert_eq!(slugs("?state=failed").await, ["old-mill"]);
        assert_eq!(slugs("?state=any&sort=ending_soon").await, ["old-mill", "tide-clock"]);
        assert_eq!(slugs("?state=any&q=MILL").await, ["old-mill"]);
        assert_eq!(slugs("?state=any&q=mill&category=games").await, [""; 0]);
        assert_eq!(slugs("?currency=EUR&category=technology&q=%20tide+clo").await, ["tide-clock"]);
        assert_eq!(slugs("?currency=JPY").await, [""; 0]);
        assert_eq!(slugs("?q=&cursor=&limit=1&unknown=x").await, ["tide-clock"]);
    }
}

#[tokio::test]
async fn a_campaign_is_told_as_the_contract_says() {
    for site in sites().await {
        let item = &site.get("/api/v1/campaigns").await.json()["items"][0];
        assert_eq!(
            item["goal"],
            serde_json::json!({"amount": "1000.00", "currency": "EUR"}),
            "{}",
            site.name
        );
        assert_eq!(item["pledged"]["amount"], "0.00");
        assert_eq!(
            (&item["state"], &item["funding_rule"]),
            (&"live".into(), &"all_or_nothing".into())
        );
        assert_eq!(item["deadline"], "2026-12-14T18:00:00Z");
        assert_eq!(item["launched_at"], "2026-11-14T18:00:00Z");
        assert_eq!(item["url"], "https://pedestal.example/campaigns/tide-clock");
        assert_eq!(item["image"], "https://pedestal.example/media/art/tide-clock.svg");

        let one = site.get("/api/v1/campaigns/tide-clock").await.json();
        assert_eq!(one["story_html"], "<p>A <strong>story</strong>.</p>\n");
        assert_eq!((&one["title"], &one["country"]), (&"tide-clock & <more>".into(), &"FR".into()));

        let rewards = site.get("/api/v1/campaigns/tide-clock/rewards").await.json();
        let clock = &rewards["items"][0];
        assert_eq!((&clock["kind"], &clock["availability"]), (&"reward".into(), &"open".into()));
        assert_eq!(
            (&clock["quantity"], &clock["remaining"], &clock["delivery"]),
            (&3.into(), &3.into(), &"2027-06".into())
        );
        assert_eq!(
            clock["shipping"]["costs"][0],
            serde_json::json!({"to": "FR", "cost": {"amount": "5.00", "currency": "EUR"}})
        );
        assert_eq!(rewards["items"][1]["kind"], "add_on");

        let funding = site.get("/api/v1/campaigns/tide-clock/funding").await.json();
        assert_eq!((&funding["percent"], &funding["backers"]), (&0.into(), &0.into()));
    }
}

#[tokio::test]
async fn what_is_not_public_is_not_there() {
    for site in sites().await {
        for path in
            ["/hidden", "/hidden/rewards", "/hidden/funding", "/none", "/Not%20A%20Slug", "/%00"]
        {
            let answer = site.get(&format!("/api/v1/campaigns{path}")).await;
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (StatusCode::NOT_FOUND, "not-found"),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn following_the_cursor_gives_every_campaign_once() {
    let Ok(dump) = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/kickstarter-games-2020.csv"
    )) else {
        eprintln!("skipped: the real dump is not beside this repository");
        return;
    };
    for site in sites().await {
        let options = ImportOptions { shift_to_now: true, source_label: "dump".into() };
        let report = import::run(&site.backend, std::io::Cursor::new(&dump), &options, |_| {})
            .await
            .expect("imported");
        for sort in ["popular", "newest", "ending_soon", "most_funded", "most_backed"] {
            let seen = walk(&site, &format!("state=any&sort={sort}&limit=100")).await;
            // Beside the dump's, the two of every test.
            assert_eq!(seen, report.good() + 2, "{} {sort}", site.name);
        }
        assert_eq!(walk(&site, "q=game&limit=7&sort=newest").await, total(&site, "q=game").await);
    }
}

async fn walk(site: &Site, query: &str) -> u64 {
    let mut seen = BTreeSet::new();
    let mut cursor = String::new();
    loop {
        let list = site.get(&format!("/api/v1/campaigns?{query}&cursor={cursor}")).await.json();
        for item in list["items"].as_array().expect("items") {
            let slug = item["slug"].as_str().expect("a slug").to_owned();
            assert!(seen.insert(slug), "twice: {item}");
        }
        let Some(next) = list["next"].as_str() else {
            assert_eq!(list["total"].as_u64(), Some(seen.len() as u64));
            return seen.len() as u64;
        };
        cursor = next.to_owned();
    }
}

async fn total(site: &Site, query: &str) -> u64 {
    site.get(&format!("/api/v1/campaigns?{query}")).await.json()["total"].as_u64().expect("a total")
}

#[tokio::test]
async fn pages_of_other_sites_may_read_what_is_public_and_nothing_else() {
    let site = sqlite(false).await;
    for path in ["/campaigns", "/campaigns/none", "/openapi.json"] {
        let answer = site.get(&format!("/api/v1{path}")).await;
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
    }
    let with_token = site.with_token("GET", "/api/v1/pledges/none", "").await;
    assert_eq!(with_token.header("access-control-allow-origin"), "");
    assert_eq!(with_token.header("cache-control"), "no-store");
    let preflight =
        site.send("OPTIONS", "/api/v1/campaigns", &[("origin", "https://evil.example")], "").await;
    assert_eq!(preflight.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(preflight.header("access-control-allow-origin"), "");
}
