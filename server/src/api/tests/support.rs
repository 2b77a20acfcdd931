//! A platform with two campaigns on each database, and a client for it.

use std::path::PathBuf;

use axum::{
    Router,
    body::{Body, to_bytes},
};
use backend::{
    Backend, Clock, Options, account,
    campaign::{self, NewCampaign, Plan},
    reward::{self, NewReward},
};
use domain::{
    Country, Currency, Locale, Timestamp,
    account::Role,
    campaign::CampaignState,
    category::Category,
    id::{CampaignId, RewardId},
    reward::{Offer, RewardKind, Shipping, Variants},
    slug::Slug,
    time::DAY,
};
use http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tower::ServiceExt as _;

/// 4 December 2026, 18:00 UTC.
pub const NOW: Timestamp = Timestamp(1_796_407_200_000_000);

/// A platform: `tide-clock` is live for ten days and asks for 1,000 euro,
/// `old-mill` failed, `hidden` is a draft.
pub struct Site {
    pub name: &'static str,
    pub backend: Backend,
    pub clock: Clock,
    pub router: Router,
    /// Of a backer.
    pub token: String,
    /// €25, three of them, ships to France for €5.
    pub clock_reward: RewardId,
    /// €10, an add-on.
    pub card_reward: RewardId,
    _folder: Folder,
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("plain text"))
    }

    /// The stable word of a refusal, which has to be one.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        let json = self.json();
        assert_eq!(json["status"], self.status.as_u16());
        assert!(json["title"].is_string() && json["detail"].is_string(), "{json}");
        let kind = json["type"].as_str().expect("a type");
        kind.strip_prefix("urn:pedestal:problem:").expect("one of ours").to_owned()
    }

    /// The stable word of what is wrong with a field.
    pub fn flaw(&self, field: &str) -> String {
        assert_eq!(
            (self.status, self.problem().as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, "invalid-fields")
        );
        self.json()["errors"][field]["problem"].as_str().unwrap_or_default().to_owned()
    }
}

/// A fresh platform on SQLite, and on Postgres where the test command has
/// started one.
pub async fn sites() -> Vec<Site> {
    let mut sites = vec![sqlite(false).await];
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(url) => sites.push(postgres(&url).await),
        Err(_) => {
            assert!(
                std::env::var_os("REQUIRE_POSTGRES").is_none(),
                "REQUIRE_POSTGRES is set and TEST_POSTGRES_URL is not: no test ran on Postgres"
            );
            eprintln!("NOT TESTED on Postgres: TEST_POSTGRES_URL is not set");
        }
    }
    sites
}

pub async fn sqlite(rate_limits: bool) -> Site {
    let folder = std::env::temp_dir().join(format!("pedestal-api-{}", CampaignId::generate()));
    let url = format!("sqlite://{}", folder.join("test.sqlite").display());
    open("SQLite", &url, Folder(folder), rate_limits).await
}

async fn postgres(url: &str) -> Site {
    let name = format!("api_{}", CampaignId::generate().uuid().simple());
    let mut connection = PgConnection::connect(url).await.expect("Postgres answers");
    sqlx::raw_sql(AssertSqlSafe(format!("create database {name}")))
        .execute(&mut connection)
        .await
        .expect("a database of its own");
    let (server, _) = url.rsplit_once('/').expect("an address ends with its database");
    open("Postgres", &format!("{server}/{name}"), Folder(PathBuf::new()), false).await
}

async fn open(name: &'static str, url: &str, folder: Folder, rate_limits: bool) -> Site {
    let clock = Clock::fixed(NOW);
    let options =
        Options { rate_limits, base_url: "https://pedestal.example".into(), ..Options::default() };
    let backend = Backend::open(url, clock.clone(), options).await.expect("the database opens");
    let creator = account::create_account(&backend, "creator@example.org", Role::Member, None)
        .await
        .expect("created");
    let mut tx = backend.db.begin().await.expect("begun");
    let mut conn = tx.conn();
    let mut live = None;
    for (slug, state, deadline) in [
        ("tide-clock", CampaignState::Live, NOW.plus(10 * DAY)),
        ("old-mill", CampaignState::Failed, NOW.plus(-DAY)),
        ("hidden", CampaignState::Draft, NOW.plus(20 * DAY)),
    ] {
        let new = campaign(slug, state, deadline, creator);
        let id = campaign::put(&mut conn, &new, NOW).await.expect("written");
        live = live.or(Some(id));
    }
    let live = live.expect("the first is live");
    let clock_reward = reward::add(&mut conn, live, 0, &clock_of_brass()).await.expect("added");
    let card_reward = reward::add(&mut conn, live, 1, &tide_card()).await.expect("added");
    tx.commit().await.expect("committed");
    let token = new_backer(&backend, "backer@example.org").await;
    let router = crate::api::router(backend.clone(), "/pkg/site.css".into(), false);
    Site { name, backend, clock, router, token, clock_reward, card_reward, _folder: folder }
}

/// An account and its token.
pub async fn new_backer(backend: &Backend, email: &str) -> String {
    account::create_account(backend, email, Role::Member, None).await.expect("created");
    account::create_token_for(backend, email, "test").await.expect("a token")
}

impl Site {
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    /// With the backer's token and a JSON body.
    pub async fn with_token(&self, method: &str, path: &str, body: &str) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        self.send(
            method,
            path,
            &[("authorization", &bearer), ("content-type", "application/json")],
            body,
        )
        .await
    }

    /// Pledges to the live campaign.
    pub async fn pledge(&self, body: &str) -> Answer {
        self.with_token("POST", "/api/v1/campaigns/tide-clock/pledges", body).await
    }

    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 10_000_000).await.expect("a body");
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Answer { status: parts.status, headers: parts.headers, text }
    }
}

fn campaign(
    slug: &str,
    state: CampaignState,
    deadline: Timestamp,
    creator_id: domain::id::AccountId,
) -> NewCampaign {
    NewCampaign {
        slug: Slug::parse(slug).expect("a slug"),
        external_ref: None,
        creator_id,
        creator: "Ada <Lovelace>".into(),
        title: format!("{slug} & <more>"),
        subtitle: "A test".into(),
        story: "A **story**.".into(),
        language: Locale::En,
        category: Category::Technology,
        subcategory: "Gadgets".into(),
        location: "Brest".into(),
        country: Country::parse("FR"),
        image: String::new(),
        image_alt: String::new(),
        is_demo: false,
        state,
        currency: Currency::Eur,
        goal: 100_000,
        plan: Plan::default(),
        opening: None,
        created_at: NOW.plus(-30 * DAY),
        launched_at: Some(NOW.plus(-20 * DAY)),
        deadline,
    }
}

fn clock_of_brass() -> NewReward {
    NewReward {
        kind: RewardKind::Reward,
        title: "A clock of brass".into(),
        description: "It shows the tide.".into(),
        price: 2_500,
        late_price: None,
        units: 1,
        items: vec![],
        image: None,
        delivery: domain::time::Month::from_number(202_706),
        offer: Offer { quantity: Some(3), ..Offer::default() },
        secret: None,
        shipping: Shipping::Countries {
            costs: [(Country::parse("FR").expect("a country"), 500)].into(),
        },
        variants: Variants::default(),
    }
}

fn tide_card() -> NewReward {
    NewReward {
        kind: RewardKind::AddOn,
        title: "A tide table".into(),
        description: String::new(),
        price: 1_000,
        late_price: None,
        units: 1,
        items: vec![],
        image: None,
        delivery: None,
        offer: Offer::default(),
        secret: None,
        shipping: Shipping::None,
        variants: Variants::default(),
    }
}

/// Removed with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
