//! Instalments with Stripe: what a webhook tells of one is believed for that one,
//! once, whoever else heard of it.

use backend::{
    payment::webhook::{Reason, Told, Verdict},
    pledge::{self, Access, command::Answer},
};
use domain::{
    Locale, Timestamp,
    pledge::{Choices, InstalmentOffer},
    time::{DAY, MINUTE},
};
use serde_json::{Value, json};

use crate::{
    proxy::Fault,
    shop::{ASKED, GOOD, Shop, order},
    stage::{DEADLINE, amount},
};

/// The day of the second instalment, and of the third.
const SECOND: Timestamp = DEADLINE.plus(31 * DAY);
const THIRD: Timestamp = DEADLINE.plus(62 * DAY);

const APPLIED: Told = Told { verdict: Verdict::Applied, reason: Reason::Paid };

impl Shop {
    /// 100.01 euros in three, of which the first was asked for: 33.35, and twice 33.33.
    async fn in_three(&self, card: &str) -> Answer {
        let slug = self
            .stage
            .campaign(|new| {
                new.goal = 1_000;
                new.plan.instalments = Some(InstalmentOffer { from: 9_000, most: 6 });
            })
            .await;
        let choices = Choices { instalments: "3".into(), ..amount("100.01") };
        let order = order(&slug, "ada", choices, self.card(card).await);
        let placed = pledge::place(&self.stage.backend, order).await.expect("placed");
        self.at(DEADLINE, 2).await;
        placed
    }

    async fn at(&self, now: Timestamp, rounds: usize) {
        self.stage.clock.set(now);
        self.rounds(rounds).await;
    }

    async fn states(&self, placed: &Answer) -> Vec<&'static str> {
        let key = pledge::key(&self.stage.backend, placed.pledge);
        let access = Access { who: None, key: &key };
        let page = pledge::page(&self.stage.backend, &access, placed.pledge, Locale::En).await;
        page.expect("the page").instalments.iter().map(|one| one.state.key()).collect()
    }

    /// What Stripe tells of the payment that was made under this key.
    async fn told_of(&self, placed: &Answer, key: &str, payments: usize) -> Value {
        let key = json!(format!("{}{key}", placed.pledge));
        let events = self.events("payment_intent.succeeded", payments).await;
        let of_key = |event: &Value| event["data"]["object"]["metadata"]["key"] == key;
        events.into_iter().find(of_key).expect("it was paid")
    }

    async fn collected(&self) -> i64 {
        self.stage.number("select collected from campaign").await
    }
}

#[tokio::test]
async fn a_second_instalment_that_nobody_heard_of_is_settled_by_its_webhook_once() {
    for shop in Shop::both().await {
        let placed = shop.in_three(GOOD).await;
        assert_eq!(shop.states(&placed).await, ["paid", "waiting", "waiting"]);
        shop.proxy.fail_first(Fault::Lost);
        shop.at(SECOND, 1).await;
        assert_eq!(shop.states(&placed).await, ["paid", "waiting", "waiting"], "no answer came");
        assert_eq!(shop.proxy.paid().await, (6_668, 2), "and it was done");
        let event = shop.told_of(&placed, ".2-2", 2).await;
        assert_eq!(shop.hear(&event).await, APPLIED);
        assert_eq!(shop.hear(&event).await, APPLIED, "the same answer again");
        assert_eq!(shop.states(&placed).await, ["paid", "paid", "waiting"]);
        assert_eq!(shop.collected().await, 6_668);
        // The worker's time for the try is over, and its key is forgotten.
        shop.proxy.forget_keys();
        shop.at(SECOND.plus(2 * DAY), 3).await;
        let letters = "select count(*) from mail where kind = 'instalment_collected'";
        assert_eq!(shop.stage.number(letters).await, 2);
        shop.at(THIRD, 2).await;
        shop.at(THIRD.plus(3 * MINUTE), 2).await;
        assert_eq!(shop.states(&placed).await, ["paid"; 3]);
        assert_eq!((shop.proxy.paid().await, shop.collected().await), ((10_001, 3), 10_001));
        assert_eq!(shop.stage.number("select count(*) from surplus").await, 0);
    }
}

#[tokio::test]
async fn an_instalment_confirmed_in_a_browser_that_died_is_collected_by_its_webhook() {
    for shop in Shop::both().await {
        let placed = shop.in_three(ASKED).await;
        assert_eq!(shop.states(&placed).await, ["action_required", "waiting", "waiting"]);
        shop.at_the_bank(&placed, true).await.expect("confirmed");
        let first = shop.told_of(&placed, "-1", 1).await;
        assert_eq!(shop.hear(&first).await, APPLIED);
        shop.at(SECOND, 1).await;
        assert_eq!(shop.states(&placed).await, ["paid", "action_required", "waiting"]);
        shop.at_the_bank(&placed, true).await.expect("confirmed");
        let second = shop.told_of(&placed, ".2-2", 2).await;
        assert_eq!(shop.hear(&second).await, APPLIED);
        assert_eq!(shop.states(&placed).await, ["paid", "paid", "waiting"]);
        // Two days later nothing is tried again.
        shop.at(SECOND.plus(3 * DAY), 2).await;
        assert_eq!((shop.proxy.paid().await, shop.collected().await), ((6_668, 2), 6_668));
    }
}

#[tokio::test]
async fn a_webhook_speaks_for_its_own_instalment_and_for_no_other() {
    for shop in Shop::both().await {
        let placed = shop.in_three(GOOD).await;
        shop.proxy.fail_first(Fault::Lost);
        shop.at(SECOND, 1).await;
        let event = shop.told_of(&placed, ".2-2", 2).await;
        let before = shop.stage.rows().await;
        let refused = |reason| Told { verdict: Verdict::Refused, reason };
        let cases = [
            ("amount", json!(3_335), refused(Reason::OtherAmount)),
            ("metadata", json!({"key": format!("{}.3-2", placed.pledge)}), UNKNOWN),
            ("metadata", json!({"key": format!("{}.2-1", placed.pledge)}), UNKNOWN),
            ("metadata", json!({"key": format!("{}.2-3", placed.pledge)}), UNKNOWN),
            // Of the first there is a try, for another amount.
            (
                "metadata",
                json!({"key": format!("{}-1", placed.pledge)}),
                refused(Reason::OtherAmount),
            ),
        ];
        for (n, (field, value, told)) in cases.into_iter().enumerate() {
            let mut other = event.clone();
            other["id"] = json!(format!("evt_case_{n}"));
            other["data"]["object"][field] = value;
            assert_eq!(shop.hear(&other).await, told, "case {n}");
        }
        assert_eq!(shop.stage.rows().await, before);
        assert_eq!(shop.states(&placed).await, ["paid", "waiting", "waiting"]);
        assert_eq!(shop.hear(&event).await, APPLIED);
    }
}

const UNKNOWN: Told = Told { verdict: Verdict::Refused, reason: Reason::UnknownCharge };
