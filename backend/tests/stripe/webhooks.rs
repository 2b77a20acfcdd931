//! What Stripe tells by itself: believed when it is true, in whichever order and
//! however often it comes, and otherwise recorded and nothing more.

use std::time::Duration;

use backend::{
    Error,
    payment::webhook::{self, Reason, Told, Verdict},
    pledge::{self, Access},
    sweep,
};
use domain::time::{DAY, MINUTE, SECOND};
use serde_json::{Value, json};

use crate::{
    proxy::Fault,
    shop::{ASKED, GOOD, Shop, signature},
    stage::DEADLINE,
};

impl Shop {
    pub async fn hear(&self, event: &Value) -> Told {
        let (signed, body) = self.signed(event);
        webhook::receive(&self.stage.backend, "", &signed, &body).await.expect("taken")
    }

    /// The events of our payments, once there are so many of this kind.
    pub async fn events(&self, kind: &str, count: usize) -> Vec<Value> {
        let told = async {
            loop {
                let another = self.proxy.told.notified();
                let mut events = self.proxy.events();
                events.retain(|event| event["type"] == kind);
                if events.len() >= count {
                    return events;
                }
                another.await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), told).await.expect("localstripe tells")
    }

    async fn kept(&self, id: &str) -> (i64, i64) {
        let of = |what: &str| {
            format!("select cast(coalesce({what}, 0) as bigint) from webhook where id = '{id}'")
        };
        let rows = self.stage.number(&of("count(*)")).await;
        (rows, self.stage.number(&of("sum(times)")).await)
    }
}

const APPLIED: Told = Told { verdict: Verdict::Applied, reason: Reason::Paid };

const fn ignored(reason: Reason) -> Told {
    Told { verdict: Verdict::Ignored, reason }
}

const fn refused(reason: Reason) -> Told {
    Told { verdict: Verdict::Refused, reason }
}

#[tokio::test]
async fn a_charge_whose_answer_was_lost_is_collected_by_its_webhook_once() {
    for shop in Shop::both().await {
        shop.closed(&[GOOD, GOOD]).await;
        shop.proxy.fail_first(Fault::Lost);
        shop.rounds(1).await;
        assert_eq!(shop.in_state("pledged").await, 2);
        let mut events = shop.events("payment_intent.succeeded", 2).await;
        // In another order, and one of them twice.
        events.reverse();
        assert_eq!(shop.hear(&events[0]).await, APPLIED);
        assert_eq!(shop.hear(&events[0]).await, APPLIED, "the same answer again");
        assert_eq!(shop.kept(events[0]["id"].as_str().expect("an id")).await, (1, 2));
        assert_eq!(shop.in_state("collected").await, 1);
        shop.stage.assert_books().await;
        // The other charge is sent again, and its webhook comes late.
        shop.stage.clock.set(DEADLINE.plus(3 * MINUTE));
        shop.rounds(2).await;
        assert_eq!(shop.hear(&events[1]).await, ignored(Reason::Known));
        assert_eq!(shop.in_state("collected").await, 2);
        assert_eq!(shop.proxy.paid().await, (2_000, 2));
        let letters = "select count(*) from mail where kind = 'pledge_collected'";
        assert_eq!(shop.stage.number(letters).await, 2);
        shop.stage.assert_books().await;
    }
}

#[tokio::test]
async fn two_deliveries_at_once_collect_once() {
    for shop in Shop::both().await {
        shop.closed(&[GOOD]).await;
        shop.proxy.fail_first(Fault::Lost);
        shop.rounds(1).await;
        let event = shop.events("payment_intent.succeeded", 1).await.remove(0);
        let (first, second) = tokio::join!(shop.hear(&event), shop.hear(&event));
        for told in [first, second] {
            assert!(told == APPLIED || told == ignored(Reason::Known), "{told:?}");
        }
        assert_eq!(shop.in_state("collected").await, 1);
        assert_eq!(
            shop.stage.number("select count(*) from mail where kind = 'pledge_collected'").await,
            1
        );
        shop.stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_charge_confirmed_in_a_browser_that_died_is_collected_by_its_webhook() {
    for shop in Shop::both().await {
        let placed = shop.closed(&[ASKED]).await;
        shop.rounds(1).await;
        assert_eq!(shop.in_state("action_required").await, 1);
        shop.at_the_bank(&placed[0], true).await.expect("confirmed");
        let event = shop.events("payment_intent.succeeded", 1).await.remove(0);
        assert_eq!(shop.hear(&event).await, APPLIED);
        assert_eq!(shop.in_state("collected").await, 1);
        shop.stage.assert_books().await;
        shop.stage.clock.set(DEADLINE.plus(8 * DAY));
        shop.rounds(2).await;
        assert_eq!(shop.proxy.paid().await, (1_000, 1));
    }
}

#[tokio::test]
async fn a_failure_that_comes_after_the_success_takes_nothing_back() {
    for shop in Shop::both().await {
        shop.closed(&[GOOD]).await;
        shop.rounds(1).await;
        let paid = shop.events("payment_intent.succeeded", 1).await.remove(0);
        let mut failed = paid.clone();
        failed["id"] = json!("evt_failed");
        failed["type"] = json!("payment_intent.payment_failed");
        assert_eq!(shop.hear(&failed).await, ignored(Reason::OtherKind));
        assert_eq!(shop.hear(&paid).await, ignored(Reason::Known));
        assert_eq!(shop.in_state("collected").await, 1);
        shop.stage.assert_books().await;
    }
}

#[tokio::test]
async fn what_contradicts_our_record_is_recorded_and_moves_nothing() {
    for shop in Shop::both().await {
        let placed = shop.closed(&[GOOD, GOOD]).await;
        shop.proxy.fail_first(Fault::Lost);
        shop.rounds(1).await;
        let event = shop.events("payment_intent.succeeded", 2).await.remove(0);
        let stranger = domain::id::PledgeId::generate();
        let cases = [
            ("amount", json!(1_001), refused(Reason::OtherAmount)),
            ("amount", json!(i64::MAX), refused(Reason::OtherAmount)),
            ("amount_received", json!(1), refused(Reason::OtherAmount)),
            ("currency", json!("usd"), refused(Reason::OtherCurrency)),
            ("currency", json!("gold"), refused(Reason::OtherCurrency)),
            ("customer", json!("cus_other"), refused(Reason::OtherCustomer)),
            ("customer", Value::Null, refused(Reason::OtherCustomer)),
            ("amount", json!("1000"), refused(Reason::Unreadable)),
            ("amount", json!(1e30), refused(Reason::Unreadable)),
            ("metadata", json!({"key": format!("{stranger}-1")}), refused(Reason::UnknownCharge)),
            (
                "metadata",
                json!({"key": format!("{}-9", placed[0].pledge)}),
                refused(Reason::UnknownCharge),
            ),
            ("metadata", json!({"key": "order 7"}), ignored(Reason::NotOurs)),
            ("metadata", json!({}), ignored(Reason::NotOurs)),
        ];
        let before = shop.stage.rows().await;
        for (n, (field, value, told)) in cases.into_iter().enumerate() {
            let mut other = event.clone();
            let id = format!("evt_case_{n}");
            other["id"] = json!(id);
            other["data"]["object"][field] = value;
            assert_eq!(shop.hear(&other).await, told, "{field} of case {n}");
            assert_eq!(shop.kept(&id).await, (1, 1));
        }
        assert_eq!(shop.stage.rows().await, before);
        assert_eq!(shop.in_state("pledged").await, 2);
        shop.stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_second_payment_of_the_same_pledge_is_recorded_and_goes_back() {
    for shop in Shop::both().await {
        shop.closed(&[GOOD]).await;
        shop.rounds(1).await;
        let mut event = shop.events("payment_intent.succeeded", 1).await.remove(0);
        event["id"] = json!("evt_second");
        event["data"]["object"]["id"] = json!("pi_second");
        let told = Told { verdict: Verdict::Applied, reason: Reason::PaidTwice };
        assert_eq!(shop.hear(&event).await, told);
        assert_eq!(shop.stage.number("select count(*) from surplus where state = 'due'").await, 1);
        assert_eq!(shop.in_state("collected").await, 1);
        shop.stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_payment_of_a_dropped_pledge_is_recorded_and_goes_back() {
    for shop in Shop::both().await {
        shop.closed(&[ASKED]).await;
        shop.rounds(1).await;
        shop.stage.clock.set(DEADLINE.plus(8 * DAY));
        shop.rounds(3).await;
        assert_eq!(shop.in_state("dropped").await, 1);
        let last = shop.proxy.intents().await.pop().expect("the last try");
        let event =
            json!({"id": "evt_late", "type": "payment_intent.succeeded", "data": {"object": last}});
        let told = Told { verdict: Verdict::Applied, reason: Reason::PledgeOver };
        assert_eq!(shop.hear(&event).await, told);
        assert_eq!(shop.stage.number("select count(*) from surplus where state = 'due'").await, 1);
        assert_eq!(shop.in_state("dropped").await, 1);
        shop.stage.assert_books().await;
    }
}

#[tokio::test]
async fn what_is_not_signed_or_not_fresh_is_counted_and_not_read() {
    for shop in Shop::both().await {
        shop.closed(&[GOOD]).await;
        shop.proxy.fail_first(Fault::Lost);
        shop.rounds(1).await;
        let event = shop.events("payment_intent.succeeded", 1).await.remove(0).to_string();
        let now = shop.stage.clock.now();
        let stale = now.plus(-5 * MINUTE - SECOND).seconds();
        let cases = [
            (String::new(), Reason::Unsigned),
            (signature("whsec_other", now.seconds(), &event), Reason::Unsigned),
            (signature("whsec_test", now.seconds(), "{}"), Reason::Unsigned),
            (signature("whsec_test", stale, &event), Reason::Stale),
        ];
        let before = shop.stage.rows().await;
        for (signed, reason) in cases {
            let told = webhook::receive(&shop.stage.backend, "", &signed, event.as_bytes()).await;
            assert_eq!(told.expect("recorded"), refused(reason), "{signed}");
        }
        let signed = signature("whsec_test", now.seconds(), "[]");
        let told = webhook::receive(&shop.stage.backend, "", &signed, b"[]").await;
        assert_eq!(told.expect("recorded"), refused(Reason::Unreadable));
        assert_eq!(shop.stage.rows().await, before);
        assert_eq!(shop.stage.number("select count(*) from webhook").await, 3, "one a reason");
        assert_eq!(
            shop.stage.number("select cast(sum(times) as bigint) from webhook").await,
            5,
            "and each is counted"
        );
        assert_eq!(shop.in_state("pledged").await, 1);
    }
}

#[tokio::test]
async fn a_stranger_cannot_have_us_write_all_day() {
    for mut shop in Shop::both().await {
        shop.stage.backend.limits = backend::limit::Limits::new(true);
        let mut refusals = 0;
        for _ in 0..200 {
            let told = webhook::receive(&shop.stage.backend, "192.0.2.1", "t=1,v1=0", b"{}").await;
            refusals += u32::from(matches!(told, Err(Error::TooFast { .. })));
        }
        assert!(refusals > 100, "{refusals}");
        // Stripe itself is never too fast.
        let event = json!({"id": "evt_1", "type": "charge.updated", "data": {"object": {}}});
        assert_eq!(shop.hear(&event).await, ignored(Reason::OtherKind));
    }
}

#[tokio::test]
async fn a_dispute_is_booked_once_in_any_order_and_only_as_far_as_it_agrees() {
    for shop in Shop::both().await {
        shop.closed(&[GOOD]).await;
        shop.rounds(1).await;
        let paid = shop.events("payment_intent.succeeded", 1).await.remove(0);
        let dispute = |id: &str, kind: &str, status: &str, amount: i64, currency: &str| {
            json!({"id": id, "type": format!("charge.dispute.{kind}"), "data": {"object": {
                "id": "dp_1", "amount": amount, "currency": currency, "status": status,
                "payment_intent": paid["data"]["object"]["id"],
            }}})
        };
        let told = Told { verdict: Verdict::Applied, reason: Reason::Disputed };
        for (event, expected) in [
            (
                dispute("evt_1", "created", "warning_needs_response", 1_000, "eur"),
                ignored(Reason::OtherKind),
            ),
            (
                dispute("evt_2", "created", "needs_response", 1_001, "eur"),
                refused(Reason::OtherAmount),
            ),
            (
                dispute("evt_3", "created", "needs_response", 1_000, "usd"),
                refused(Reason::OtherCurrency),
            ),
            (
                dispute("evt_4", "created", "needs_response", i64::MIN, "eur"),
                refused(Reason::OtherAmount),
            ),
            (dispute("evt_5", "closed", "lost", 1_000, "eur"), told),
            (dispute("evt_6", "created", "needs_response", 1_000, "eur"), told),
            (dispute("evt_7", "closed", "lost", 1_000, "eur"), told),
            (dispute("evt_8", "closed", "won", 1_000, "eur"), refused(Reason::OtherState)),
        ] {
            assert_eq!(shop.hear(&event).await, expected, "{event}");
        }
        let mut foreign = dispute("evt_9", "created", "needs_response", 1_000, "eur");
        foreign["data"]["object"]["payment_intent"] = json!("pi_of_others");
        assert_eq!(shop.hear(&foreign).await, ignored(Reason::NotOurs));
        let lost = "select count(*) from chargeback where state = 'lost'";
        assert_eq!(shop.stage.number(lost).await, 1);
        assert_eq!(shop.in_state("refunded").await, 1);
        shop.stage.assert_books().await;
    }
}

#[tokio::test]
async fn what_was_heard_is_forgotten_and_what_was_refused_is_not() {
    for shop in Shop::both().await {
        let event = json!({"id": "evt_1", "type": "charge.updated", "data": {"object": {}}});
        shop.hear(&event).await;
        let told = webhook::receive(&shop.stage.backend, "", "", b"{}").await;
        assert_eq!(told.expect("recorded"), refused(Reason::Unsigned));
        shop.stage.clock.set(shop.stage.clock.now().plus(91 * DAY));
        assert_eq!(sweep::run(&shop.stage.backend).await.expect("swept").webhooks, 1);
        assert_eq!(
            shop.stage.number("select count(*) from webhook where verdict = 'refused'").await,
            1
        );
    }
}

#[tokio::test]
async fn without_stripe_there_is_no_door() {
    for stage in crate::stage::Stage::both().await {
        let told = webhook::receive(&stage.backend, "", "t=1,v1=0", b"{}").await;
        assert!(matches!(told, Err(Error::NotFound)));
        let begun = pledge::begin_card(&stage.backend, None).await;
        assert!(begun.is_err(), "cards are typed into our own form");
        let access = Access::default();
        let stranger = domain::id::PledgeId::generate();
        let step = pledge::bank_step(&stage.backend, &access, stranger).await;
        assert!(matches!(step, Err(Error::NotFound)));
    }
}
