//! A platform that takes cards with Stripe, and what its backers do in a browser.

use std::{sync::Arc, time::Duration};

use axum::http::StatusCode;
use backend::{
    Error, Options,
    payment::stripe::{self, Stripe},
    pledge::{self, Access, Placement, command::Answer},
    schedule,
};
use domain::{
    id::PledgeId,
    payment::{CardForm, GivenCard, Setup},
    pledge::Choices,
    slug::Slug,
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};

use crate::{
    proxy::Proxy,
    stage::{DEADLINE, Stage, amount, placement},
};

/// Charged whenever asked.
pub const GOOD: &str = "4242424242424242";
/// Saved, and declined when it is charged.
pub const DECLINED_LATER: &str = "4000000000000341";
/// Refused at once.
pub const DECLINED: &str = "4000000000000002";
/// Its holder has to confirm each time.
pub const ASKED: &str = "4000002760003184";

/// Public key, as it stands in pages.
const PUBLIC: &str = "pk_test_12345";

pub struct Shop {
    pub stage: Stage,
    pub proxy: Proxy,
}

impl Shop {
    /// One platform on each engine; none without localstripe.
    pub async fn both() -> Vec<Self> {
        let Some(localstripe) = address() else { return Vec::new() };
        let mut shops = Vec::new();
        for mut stage in Stage::both().await {
            let proxy = Proxy::start(&localstripe).await;
            let account = account(&proxy);
            stage.backend.payments = Arc::new(Stripe::new(&account, stage.clock.clone()));
            let options = Options { stripe: Some(account), ..(*stage.backend.options).clone() };
            stage.backend.options = Arc::new(options);
            shops.push(Self { stage, proxy });
        }
        shops
    }

    /// Waits no longer than two seconds for an answer from now on.
    pub fn lose_patience(&mut self) {
        let account = self.stage.backend.options.stripe.clone().expect("Stripe");
        let account = stripe::Options { patience: Duration::from_secs(2), ..account };
        self.stage.backend.payments = Arc::new(Stripe::new(&account, self.stage.clock.clone()));
    }

    /// What Stripe's card element does: the card is saved, and confirmed where its
    /// bank asks for that.
    pub async fn enter(&self, setup: &Setup, number: &str) -> Result<(), (StatusCode, Value)> {
        let id = setup.0.split_once("_secret_").expect("a client secret").0;
        let path = format!("/v1/setup_intents/{id}/confirm");
        let card = json!({"number": number, "exp_month": "12", "exp_year": "2040", "cvc": "123"});
        let who = json!({"key": PUBLIC, "client_secret": setup.0, "use_stripe_sdk": true});
        let mut typed = who.clone();
        typed["payment_method_data"] = json!({"type": "card", "card": card});
        let answer = self.proxy.browser(&path, &typed).await?;
        if answer["status"] == "requires_action" {
            self.proxy.browser(&path, &who).await?;
        }
        Ok(())
    }

    /// A card, saved for a first pledge.
    pub async fn card(&self, number: &str) -> Setup {
        let setup = pledge::begin_card(&self.stage.backend, None).await.expect("begun");
        self.enter(&setup, number).await.expect("saved");
        setup
    }

    pub async fn place(&self, slug: &Slug, guest: &str, number: &str) -> Answer {
        let setup = self.card(number).await;
        let order = with_card(placement(slug, guest, amount("10")), setup);
        pledge::place(&self.stage.backend, order).await.expect("placed")
    }

    /// A campaign of 10 euros that these cards back with 10 euros each, closed.
    pub async fn closed(&self, cards: &[&str]) -> Vec<Answer> {
        let slug = self.stage.campaign(|new| new.goal = 1_000).await;
        let mut placed = Vec::new();
        for (n, card) in cards.iter().enumerate() {
            placed.push(self.place(&slug, &format!("backer{n}"), card).await);
        }
        self.stage.clock.set(DEADLINE);
        backend::campaign::close_due(&self.stage.backend).await.expect("closed");
        placed
    }

    /// Another card in place of one that could not be charged.
    pub async fn replace_card(
        &self,
        access: &Access<'_>,
        pledge: PledgeId,
        setup: &Setup,
    ) -> Result<Answer, Error> {
        let typed = CardForm::default();
        pledge::replace_given_card(&self.stage.backend, access, pledge, &typed, setup).await
    }

    pub async fn rounds(&self, n: usize) {
        for _ in 0..n {
            schedule::once(&self.stage.backend).await.expect("a round");
            self.stage.assert_books().await;
        }
    }

    /// What the holder does at the bank, with what the page was told.
    pub async fn at_the_bank(&self, pledge: &Answer, says_yes: bool) -> Result<Value, StatusCode> {
        let key = pledge::key(&self.stage.backend, pledge.pledge);
        let access = Access { who: None, key: &key };
        let step = pledge::bank_step(&self.stage.backend, &access, pledge.pledge)
            .await
            .expect("asked")
            .expect("a step");
        self.authenticate(&step.secret, says_yes).await
    }

    pub async fn authenticate(&self, secret: &Setup, says_yes: bool) -> Result<Value, StatusCode> {
        let id = secret.0.split_once("_secret_").expect("a client secret").0;
        let path = format!("/v1/payment_intents/{id}/_authenticate?success={says_yes}");
        let body = json!({"key": PUBLIC, "client_secret": secret.0});
        self.proxy.browser(&path, &body).await.map_err(|(status, _)| status)
    }

    pub async fn in_state(&self, state: &str) -> i64 {
        let count = format!("select count(*) from pledge where state = '{state}'");
        self.stage.number(&count).await
    }

    /// The body and the signature of an event, as of now.
    pub fn signed(&self, event: &Value) -> (String, Vec<u8>) {
        let body = event.to_string();
        (signature("whsec_test", self.stage.clock.now().seconds(), &body), body.into_bytes())
    }
}

/// A signature as Stripe writes it.
pub fn signature(secret: &str, seconds: i64, body: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
    mac.update(format!("{seconds}.{body}").as_bytes());
    let digits: String =
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={seconds},v1={digits}")
}

/// The same order with a card of Stripe's.
pub fn with_card(order: Placement, setup: Setup) -> Placement<GivenCard> {
    Placement {
        slug: order.slug,
        backer: order.backer,
        choices: order.choices,
        expected: order.expected,
        plan: order.plan,
        card: GivenCard::Saved(setup),
        key: order.key,
        locale: order.locale,
    }
}

/// An order of this amount, nothing else.
pub fn order(slug: &Slug, guest: &str, choices: Choices, setup: Setup) -> Placement<GivenCard> {
    with_card(placement(slug, guest, choices), setup)
}

fn account(proxy: &Proxy) -> stripe::Options {
    stripe::Options {
        secret_key: "sk_test_12345".into(),
        publishable_key: PUBLIC.into(),
        webhook_secret: "whsec_test".into(),
        api: proxy.url.clone(),
        script: format!("{}/js.stripe.com/v3/", proxy.url),
        patience: Duration::from_secs(10),
    }
}

/// The address in `LOCALSTRIPE_URL`. `None` without it, unless
/// `REQUIRE_LOCALSTRIPE` is set, as `cargo xtask test` does.
#[allow(clippy::print_stderr, reason = "who runs the tests has to see it")]
fn address() -> Option<String> {
    let address = std::env::var("LOCALSTRIPE_URL").ok();
    if address.is_none() {
        assert!(
            std::env::var_os("REQUIRE_LOCALSTRIPE").is_none(),
            "REQUIRE_LOCALSTRIPE is set and LOCALSTRIPE_URL is not: nothing of Stripe was tested"
        );
        eprintln!("NOT TESTED with Stripe: LOCALSTRIPE_URL is not set");
    }
    address
}
