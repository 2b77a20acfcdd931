//! A platform of its own for each test, on SQLite and, where
//! `TEST_POSTGRES_URL` names one, on Postgres; and short ways to fill it.

#![allow(dead_code, reason = "each test file uses its own part")]

#[path = "../support/postgres.rs"]
mod postgres;

use std::{collections::BTreeMap, path::PathBuf};

use backend::{
    Backend, Clock, Db, Error, Options, account,
    campaign::{self, NewCampaign, Plan},
    check,
    pledge::{
        self, Access, Placement, Repeat,
        command::{Answer, Backer},
    },
    reward::{self, NewReward},
};
use domain::{
    Currency, Invalid, Locale, Problem, Timestamp,
    campaign::CampaignState,
    category::Category,
    email::EmailAddress,
    id::{AccountId, CampaignId, RewardId},
    payment::TestCard,
    pledge::{Choices, Refusal},
    reward::{Offer, RewardKind, Shipping, Variants},
    slug::Slug,
    time::{DAY, HOUR},
};

/// When every test begins: 4 December 2026, 18:00 UTC.
pub const NOW: Timestamp = Timestamp(1_796_407_200_000_000);
/// When the campaigns of a test end, unless it says otherwise.
pub const DEADLINE: Timestamp = NOW.plus(10 * DAY);

/// Tables in which a refusal may leave no trace.
const TABLES: [&str; 10] = [
    "account",
    "campaign",
    "reward",
    "pledge",
    "pledge_item",
    "pledge_change",
    "idempotency",
    "entry",
    "refund",
    "chargeback",
];

/// A platform with a clock that stands still.
pub struct Stage {
    pub backend: Backend,
    pub clock: Clock,
    pub url: String,
    /// Removed at the end; none on Postgres.
    folder: Option<PathBuf>,
}

impl Stage {
    /// One platform on each engine.
    pub async fn both() -> Vec<Self> {
        Self::both_with(|_| ()).await
    }

    /// One platform on each engine, with options changed as the test likes.
    pub async fn both_with(edit: impl Fn(&mut Options)) -> Vec<Self> {
        let mut options = options();
        edit(&mut options);
        let mut stages = vec![Self::sqlite_with(options.clone()).await];
        stages.extend(Self::postgres_with(options).await);
        stages
    }

    /// A fresh SQLite file.
    pub async fn sqlite() -> Self {
        Self::sqlite_with(options()).await
    }

    /// A fresh SQLite file, and a platform with options of its own.
    pub async fn sqlite_with(options: Options) -> Self {
        let folder = std::env::temp_dir().join(format!("pedestal-test-{}", unique()));
        let url = format!("sqlite://{}", folder.join("test.sqlite").display());
        Self::open(url, Some(folder), options).await
    }

    /// A fresh schema, where there is a Postgres.
    pub async fn postgres() -> Option<Self> {
        Self::postgres_with(options()).await
    }

    async fn postgres_with(options: Options) -> Option<Self> {
        let url = postgres::address()?;
        let schema = format!("test_{}", unique());
        let pool = sqlx::PgPool::connect(&url).await.expect("TEST_POSTGRES_URL answers");
        let create = sqlx::AssertSqlSafe(format!("create schema {schema}"));
        sqlx::query(create).execute(&pool).await.expect("a schema of its own");
        pool.close().await;
        let separator = if url.contains('?') { '&' } else { '?' };
        Some(
            Self::open(format!("{url}{separator}options=-csearch_path%3D{schema}"), None, options)
                .await,
        )
    }

    async fn open(url: String, folder: Option<PathBuf>, options: Options) -> Self {
        let clock = Clock::fixed(NOW);
        let backend = Backend::open(&url, clock.clone(), options).await.expect("a database");
        Self { backend, clock, url, folder }
    }

    /// Another process on the same database, with a clock of its own.
    pub async fn another_process(&self) -> (Backend, Clock) {
        let clock = Clock::fixed(self.clock.now());
        let backend = Backend::open(&self.url, clock.clone(), options()).await.expect("a database");
        (backend, clock)
    }

    /// The same database, opened as a demonstration.
    pub async fn demonstration(&self) -> Backend {
        let options = Options { is_demo: true, ..options() };
        Backend::open(&self.url, self.clock.clone(), options).await.expect("a database")
    }

    pub fn is_postgres(&self) -> bool {
        self.folder.is_none()
    }

    /// A live campaign in euros with a goal of 1,000, changed as the test likes.
    pub async fn campaign(&self, edit: impl FnOnce(&mut NewCampaign)) -> Slug {
        let mut new = self.new_campaign().await;
        edit(&mut new);
        let slug = new.slug.clone();
        self.put(&new).await;
        slug
    }

    /// A campaign that is not written yet.
    pub async fn new_campaign(&self) -> NewCampaign {
        let creator_id = self.account("creator").await;
        NewCampaign {
            slug: Slug::parse(&format!("campaign-{}", unique())).expect("a slug"),
            external_ref: None,
            creator_id,
            creator: "Ada".into(),
            title: "A campaign".into(),
            subtitle: "Of a test.".into(),
            story: "Once.".into(),
            language: Locale::En,
            category: Category::Design,
            subcategory: String::new(),
            location: String::new(),
            country: None,
            image: String::new(),
            image_alt: String::new(),
            is_demo: false,
            state: CampaignState::Live,
            currency: Currency::Eur,
            goal: 100_000,
            plan: Plan::default(),
            opening: None,
            created_at: NOW.plus(-DAY),
            launched_at: Some(NOW.plus(-HOUR)),
            deadline: DEADLINE,
        }
    }

    /// The account of a guest's address.
    pub async fn account(&self, guest: &str) -> AccountId {
        let mut tx = self.backend.db.begin().await.expect("a transaction");
        let id = account::find_or_create_guest(&mut tx.conn(), &email(guest), Locale::En, NOW)
            .await
            .expect("an account");
        tx.commit().await.expect("committed");
        id
    }

    /// Writes a campaign, or brings it up to date.
    pub async fn put(&self, new: &NewCampaign) -> CampaignId {
        let mut tx = self.backend.db.begin().await.expect("a transaction");
        let id = campaign::put(&mut tx.conn(), new, self.clock.now()).await.expect("a campaign");
        tx.commit().await.expect("committed");
        id
    }

    /// A reward of 10 euros, changed as the test likes.
    pub async fn reward(&self, slug: &Slug, edit: impl FnOnce(&mut NewReward)) -> RewardId {
        let mut new = NewReward {
            kind: RewardKind::Reward,
            title: "A reward".into(),
            description: String::new(),
            price: 1_000,
            late_price: None,
            units: 1,
            items: Vec::new(),
            image: None,
            delivery: None,
            offer: Offer::default(),
            secret: None,
            shipping: Shipping::None,
            variants: Variants::default(),
        };
        edit(&mut new);
        let mut tx = self.backend.db.begin().await.expect("a transaction");
        let (campaign, _, _) =
            campaign::card(&mut tx.conn(), slug.as_str()).await.expect("the campaign");
        let id = reward::add(&mut tx.conn(), campaign, 0, &new).await.expect("a reward");
        tx.commit().await.expect("committed");
        id
    }

    /// A reward of which there are only so many.
    pub async fn limited(&self, slug: &Slug, quantity: i64) -> RewardId {
        self.reward(slug, |new| new.offer.quantity = Some(quantity)).await
    }

    /// A guest's pledge with the good card.
    pub async fn place(&self, slug: &Slug, guest: &str, choices: Choices) -> Result<Answer, Error> {
        pledge::place(&self.backend, placement(slug, guest, choices)).await
    }

    /// A pledge with a card that has to be confirmed.
    pub async fn place_unconfirmed(&self, slug: &Slug, guest: &str, choices: Choices) -> Answer {
        let placement =
            Placement { card: TestCard::Authenticate, ..placement(slug, guest, choices) };
        pledge::place(&self.backend, placement).await.expect("placed")
    }

    pub async fn change(&self, answer: &Answer, choices: Choices) -> Result<Answer, Error> {
        let key = pledge::key(&self.backend, answer.pledge);
        let access = Access { who: None, key: &key };
        let once = Repeat::default();
        pledge::change(&self.backend, &access, answer.pledge, &choices, "", once).await
    }

    pub async fn cancel(&self, answer: &Answer) -> Result<Answer, Error> {
        let key = pledge::key(&self.backend, answer.pledge);
        let access = Access { who: None, key: &key };
        pledge::cancel(&self.backend, &access, answer.pledge, Repeat::default()).await
    }

    pub async fn confirm(&self, answer: &Answer) -> Result<Answer, Error> {
        let key = pledge::key(&self.backend, answer.pledge);
        pledge::confirm(&self.backend, &Access { who: None, key: &key }, answer.pledge).await
    }

    /// What a campaign's page shows: pledged minor units and backers.
    pub async fn totals(&self, slug: &Slug) -> (i64, i64) {
        let mut reader = self.backend.db.read().await.expect("a reader");
        let (_, card, _) =
            campaign::card(&mut reader.conn(), slug.as_str()).await.expect("the campaign");
        (card.funding.pledged, card.funding.backers)
    }

    pub async fn state(&self, slug: &Slug) -> CampaignState {
        let mut reader = self.backend.db.read().await.expect("a reader");
        campaign::card(&mut reader.conn(), slug.as_str()).await.expect("the campaign").1.state
    }

    /// Units of a reward that are taken, and how many backers have it.
    pub async fn taken(&self, slug: &Slug, reward: RewardId) -> (i64, i64) {
        let page = campaign::page(&self.backend, None, slug.as_str(), "").await.expect("the page");
        let view = page.rewards.into_iter().find(|view| view.id == reward).expect("the reward");
        (view.offer.claimed, view.backers)
    }

    /// A single number out of the database.
    pub async fn number(&self, statement: &str) -> i64 {
        number(&self.backend.db, statement).await
    }

    /// Changes the database behind the program's back.
    pub async fn tamper(&self, statement: &str) {
        let statement = sqlx::AssertSqlSafe(statement.to_owned());
        match &self.backend.db {
            Db::Sqlite { write, .. } => sqlx::query(statement).execute(write).await.map(drop),
            Db::Postgres { pool, .. } => sqlx::query(statement).execute(pool).await.map(drop),
        }
        .expect("done");
    }

    /// How many rows each table has.
    pub async fn rows(&self) -> BTreeMap<&'static str, i64> {
        let mut rows = BTreeMap::new();
        for table in TABLES {
            rows.insert(table, self.number(&format!("select count(*) from {table}")).await);
        }
        let stock = "select cast(coalesce(sum(claimed * 1000 + backers), 0) as bigint) from reward";
        let totals = "select cast(coalesce(sum(pledged + backers), 0) as bigint) from campaign";
        rows.insert("what rewards count", self.number(stock).await);
        rows.insert("what campaigns count", self.number(totals).await);
        rows
    }

    /// The books agree.
    pub async fn assert_books(&self) {
        let difference = check::first_difference(&self.backend).await.expect("checked");
        assert_eq!(difference, None);
    }

    /// Expects a refusal that leaves every table as it was.
    pub async fn assert_refused(&self, action: impl Future<Output = Result<Answer, Error>>) -> Why {
        let before = self.rows().await;
        let outcome = action.await;
        assert_eq!(self.rows().await, before, "a refusal writes nothing");
        self.assert_books().await;
        match outcome {
            Err(Error::Invalid(invalid)) => Why::Invalid(invalid),
            Err(Error::Refused(refusal)) => Why::Refused(refusal),
            Err(Error::NotFound) => Why::NotFound,
            other => panic!("expected a refusal, not {other:?}"),
        }
    }
}

/// Why something was refused, without what cannot be compared.
#[derive(Debug, PartialEq, Eq)]
pub enum Why {
    Invalid(Invalid),
    Refused(Refusal),
    NotFound,
}

impl Why {
    /// What was wrong with a field.
    pub fn of(&self, field: &str) -> Option<&Problem> {
        match self {
            Self::Invalid(invalid) => invalid.of(field),
            _ => None,
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// A single number out of a database.
pub async fn number(db: &Db, statement: &str) -> i64 {
    let statement = sqlx::AssertSqlSafe(statement.to_owned());
    match db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(statement).fetch_one(read).await,
        Db::Postgres { pool, .. } => sqlx::query_scalar(statement).fetch_one(pool).await,
    }
    .expect("a number")
}

/// A guest's address.
pub fn email(guest: &str) -> EmailAddress {
    EmailAddress::parse(&format!("{guest}@example.org")).expect("an address")
}

/// A guest's order with the good card, without a key.
pub fn placement(slug: &Slug, guest: &str, choices: Choices) -> Placement {
    Placement {
        slug: slug.to_string(),
        backer: Backer::Guest(email(guest)),
        choices,
        expected: String::new(),
        plan: None,
        card: TestCard::Success,
        key: String::new(),
        locale: Locale::En,
    }
}

/// One reward.
pub fn one(reward: RewardId) -> Choices {
    Choices { reward: reward.to_string(), ..Choices::default() }
}

/// Only an amount, such as `25.00`.
pub fn amount(text: &str) -> Choices {
    Choices { bonus: text.into(), ..Choices::default() }
}

/// A reward with units of an add-on.
pub fn with_add_on(reward: RewardId, add_on: RewardId, units: u32) -> Choices {
    Choices { add_ons: [(add_on.to_string(), units.to_string())].into(), ..one(reward) }
}

fn options() -> Options {
    Options { rate_limits: false, ..Options::default() }
}

fn unique() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}
