//! What cannot be right is refused with a reason, at every way in, and moves nothing.

#[path = "stage/hooks.rs"]
mod hooks;
#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stage/stage.rs"]
mod stage;

use std::io::Cursor;

use backend::{
    Error,
    campaign::{
        self, NewCampaign,
        import::{self, ImportOptions, Progress},
    },
    chargeback::{self, Told},
    payment::webhook::{self, Reason, Verdict},
    pledge,
    pledge::command::Answer,
};
use domain::{
    Currency, Money, Problem,
    account::Role,
    campaign::Opening,
    pledge::{Choices, Refusal},
    refund::{ChargebackForm, ChargebackState, RefundForm},
    reward::RewardKind,
    time::{MINUTE, SECOND},
};
use hooks::{hear, ignored, paid, refused, signature};
use refunds::{Charged, some, who};
use serde_json::{Value, json};
use stage::{Stage, Why, amount, placement, with_add_on};

/// One more minor unit than 64 bits hold, and as many as they do, in euros.
const OVERFLOWS: [&str; 3] =
    ["92233720368547758.08", "92233720368547758.07", "1000000000000000000000000000000"];

#[tokio::test]
async fn a_webhook_that_is_not_true_is_recorded_once_and_moves_nothing() {
    for stage in hooks::both().await {
        let charged = Charged::new(&stage, 1).await;
        let key = format!("{}-1", charged.pledge(0));
        let good = paid("evt", "pi_second", &key, 3_000);
        let unknown = format!("{}-1", domain::id::PledgeId::generate());
        let before = stage.rows().await;
        for (n, (field, value, told)) in [
            ("amount", json!(2_999), refused(Reason::OtherAmount)),
            ("amount", json!(i64::MAX), refused(Reason::OtherAmount)),
            ("amount", json!(i64::MIN), refused(Reason::OtherAmount)),
            ("amount_received", json!(1), refused(Reason::OtherAmount)),
            ("amount", json!(92_233_720_368_547_758_080_f64), refused(Reason::Unreadable)),
            ("currency", json!("usd"), refused(Reason::OtherCurrency)),
            ("currency", json!("points"), refused(Reason::OtherCurrency)),
            ("customer", json!("cus_other"), refused(Reason::OtherCustomer)),
            ("metadata", json!({"key": unknown}), refused(Reason::UnknownCharge)),
            ("metadata", json!({"key": format!("{key}0")}), refused(Reason::UnknownCharge)),
            ("metadata", json!({"key": "a cart"}), ignored(Reason::NotOurs)),
        ]
        .into_iter()
        .enumerate()
        {
            let mut event: Value = good.clone();
            let id = format!("evt_{n}");
            event["id"] = json!(id);
            event["data"]["object"][field] = value;
            for times in 1..=2 {
                assert_eq!(hear(&stage, &event).await, told, "{event}");
                let kept = format!("select times from webhook where id = '{id}'");
                assert_eq!(stage.number(&kept).await, times);
            }
        }
        let (now, body) = (stage.clock.now(), good.to_string());
        let stale = now.plus(-5 * MINUTE - SECOND).seconds();
        for (signed, reason) in [
            (String::new(), Reason::Unsigned),
            ("t=1,v1=0".into(), Reason::Unsigned),
            (signature("whsec_other", now.seconds(), &body), Reason::Unsigned),
            (signature("whsec_test", now.seconds(), "{}"), Reason::Unsigned),
            (signature("whsec_test", stale, &body), Reason::Stale),
        ] {
            let told = webhook::receive(&stage.backend, "", &signed, body.as_bytes()).await;
            assert_eq!(told.expect("recorded"), refused(reason), "{signed}");
        }
        let kept = "select count(*) from webhook where verdict = 'refused' and reason in
                        ('unsigned', 'stale')";
        assert_eq!(stage.number(kept).await, 2, "one for each reason and day");
        assert_eq!(stage.rows().await, before);
        assert_eq!(stage.number("select count(*) from surplus").await, 0);
        stage.assert_books().await;
        // The same event, true and fresh, is taken.
        assert_eq!(hear(&stage, &good).await.verdict, Verdict::Applied);
    }
}

#[tokio::test]
async fn no_amount_is_larger_than_its_currency_allows() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let reward = stage.reward(&slug, |_| ()).await;
        let add_on = stage.reward(&slug, |new| new.kind = RewardKind::AddOn).await;
        let placed = stage.place(&slug, "ada", amount("5")).await.expect("placed");
        for text in OVERFLOWS {
            let place = pledge::place(&stage.backend, placement(&slug, "bob", amount(text)));
            let refused = stage.assert_refused(place).await;
            assert_eq!(refused.of("bonus"), Some(&Problem::AmountTooLarge), "{text}");
            let refused = stage.assert_refused(stage.change(&placed, amount(text))).await;
            assert_eq!(refused.of("bonus"), Some(&Problem::AmountTooLarge), "{text}");
        }
        let most = Money::new(Currency::Eur.maximum(), Currency::Eur);
        let over = amount("8500.01");
        let refused = stage.assert_refused(stage.place(&slug, "bob", over)).await;
        assert_eq!(refused.of("bonus"), Some(&Problem::AboveMaximum { most }));
        for units in ["9223372036854775807", "9223372036854775808", "-9223372036854775808"] {
            let mut choices = with_add_on(reward, add_on, 1);
            choices.add_ons = [(add_on.to_string(), units.to_owned())].into();
            let refused = stage.assert_refused(stage.place(&slug, "bob", choices)).await;
            assert!(matches!(refused, Why::Invalid(_)), "{units}: {refused:?}");
        }
    }
}

#[tokio::test]
async fn no_more_is_refunded_or_disputed_than_64_bits_hold() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 1).await;
        let operator = who(&stage, "operator", Role::Operator).await;
        for text in OVERFLOWS {
            let refused = stage.assert_refused(charged.refund(0, some(text))).await;
            assert_eq!(refused.of("amount"), Some(&Problem::AmountTooLarge), "{text}");
            let form = dispute(&charged, text);
            let record = chargeback::record(&stage.backend, Some(&operator), &form);
            let refused = stage.assert_refused(record).await;
            assert_eq!(refused.of("amount"), Some(&Problem::AmountTooLarge), "{text}");
        }
        let left = Money::new(3_000, Currency::Eur);
        for (minor, why) in [
            (i64::MAX, Problem::MoreThanLeft { left }),
            (i64::MIN, Problem::NotAnAmount),
            (0, Problem::NotAnAmount),
        ] {
            let refused = stage.assert_refused(tell(&stage, &charged, minor, Currency::Eur)).await;
            assert_eq!(refused.of("amount"), Some(&why), "{minor}");
        }
    }
}

#[tokio::test]
async fn money_of_another_currency_is_none() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 1).await;
        let operator = who(&stage, "operator", Role::Operator).await;
        let slug =
            stage.campaign(|new| new.deadline = stage::DEADLINE.plus(domain::time::DAY)).await;
        for text in ["$5", "5 USD", "£5", "CHF 5", "¥500"] {
            let refused = stage.assert_refused(stage.place(&slug, "bob", amount(text))).await;
            assert_eq!(refused.of("bonus"), Some(&Problem::NotAnAmount), "{text}");
            let refused = stage.assert_refused(charged.refund(0, some(text))).await;
            assert_eq!(refused.of("amount"), Some(&Problem::NotAnAmount), "{text}");
            let form = dispute(&charged, text);
            let record = chargeback::record(&stage.backend, Some(&operator), &form);
            let refused = stage.assert_refused(record).await;
            assert_eq!(refused.of("amount"), Some(&Problem::NotAnAmount), "{text}");
        }
        let told = tell(&stage, &charged, 3_000, Currency::Usd);
        assert_eq!(stage.assert_refused(told).await, Why::Refused(Refusal::OtherCurrency));
        // The campaign's own is understood, before or behind the number.
        stage.place(&slug, "bob", amount("€5")).await.expect("euros");
        charged.refund(0, RefundForm { amount: "5 EUR".into(), ..some("") }).await.expect("euros");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn no_campaign_asks_for_nothing_or_for_more_than_there_is() {
    for stage in Stage::both().await {
        let opening = |minor, currency| {
            let pledged = Money::new(minor, currency);
            Some(Opening { pledged, backers: 1, source: "a record".into() })
        };
        let before = stage.rows().await;
        let goals = [
            (0, Problem::GoalMissing),
            (-1, Problem::GoalMissing),
            (i64::MIN, Problem::GoalMissing),
            (100_000_000_000_001, Problem::AmountTooLarge),
            (i64::MAX, Problem::AmountTooLarge),
        ];
        for (goal, why) in goals {
            let refused = put(&stage, |new| new.goal = goal).await;
            assert_eq!(refused.of("goal"), Some(&why), "{goal}");
        }
        for (minor, why) in [(-1, Problem::AmountNegative), (i64::MAX, Problem::AmountTooLarge)] {
            let refused = put(&stage, |new| new.opening = opening(minor, Currency::Eur)).await;
            assert_eq!(refused.of("pledged"), Some(&why), "{minor}");
        }
        let refused = put(&stage, |new| new.opening = opening(1, Currency::Usd)).await;
        assert_eq!(refused, Why::Refused(Refusal::OtherCurrency));
        let after = stage.rows().await;
        assert_eq!((before["campaign"], before["entry"]), (after["campaign"], after["entry"]));
    }
}

#[tokio::test]
async fn an_import_says_of_each_row_why_it_is_not_taken() {
    let header = "ID,Name,Goal,Pledged,Backers_count,Currency,Deadline,Launched_at";
    let good = "1,Tides,1000,250,12,EUR,1797271200,1795543200";
    let with = |from: &str, to: &str| good.replacen(from, to, 1);
    for stage in Stage::both().await {
        let first = format!("{header}\n{good}\n");
        assert_eq!(imported(&stage, &first).await, (1, Vec::new()));
        let rows = [
            with("1,Tides,1000", "2,Tides,0"),
            with("1,Tides,1000", "3,Tides,0.00"),
            with("1,Tides,1000", "4,Tides,92233720368547758.08"),
            with("1,Tides,1000,250", "5,Tides,1000,92233720368547758.08"),
            with("1,Tides,1000", "6,Tides,$1000"),
            with("EUR", "USD"),
        ];
        let (added, said) = imported(&stage, &format!("{header}\n{}\n", rows.join("\n"))).await;
        assert_eq!((added, said.len()), (0, 6), "{said:?}");
        for (said, word) in said.iter().zip(["goal", "goal", "goal", "pledged", "goal", "EUR"]) {
            assert!(said.contains(word), "{said}");
        }
        assert_eq!(stage.number("select count(*) from campaign").await, 1);
        assert_eq!(stage.number("select goal from campaign").await, 100_000);
        stage.assert_books().await;
    }
}

fn dispute(charged: &Charged, amount: &str) -> ChargebackForm {
    ChargebackForm {
        slug: charged.slug.to_string(),
        id: charged.pledge(0).to_string(),
        reference: "dp_1".into(),
        amount: amount.into(),
        state: "open".into(),
    }
}

async fn tell(
    stage: &Stage,
    charged: &Charged,
    minor: i64,
    currency: Currency,
) -> Result<Answer, Error> {
    let amount = Some(Money::new(minor, currency));
    let told = Told { reference: "dp_1".into(), amount, state: ChargebackState::Open };
    chargeback::tell(&stage.backend, &format!("{}-1", charged.pledge(0)), told).await
}

/// Why a campaign is not written.
async fn put(stage: &Stage, edit: impl FnOnce(&mut NewCampaign)) -> Why {
    let mut new = stage.new_campaign().await;
    edit(&mut new);
    let mut tx = stage.backend.db.begin().await.expect("a transaction");
    match campaign::put(&mut tx.conn(), &new, stage.clock.now()).await {
        Err(Error::Invalid(invalid)) => Why::Invalid(invalid),
        Err(Error::Refused(refusal)) => Why::Refused(refusal),
        other => panic!("expected a refusal, not {other:?}"),
    }
}

/// How many rows were added, and what was said of the others.
async fn imported(stage: &Stage, text: &str) -> (u64, Vec<String>) {
    let options = ImportOptions { shift_to_now: false, source_label: "a record".into() };
    let mut said = Vec::new();
    let report = import::run(&stage.backend, Cursor::new(text), &options, |progress| {
        if let Progress::Refused { reason, .. } = progress {
            said.push(reason.to_string());
        }
    });
    let report = report.await.expect("read");
    (report.added, said)
}

#[tokio::test]
async fn a_pledge_of_nothing_is_none() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        for (text, why) in [
            ("0", Problem::NothingPledged),
            ("", Problem::NothingPledged),
            ("-5", Problem::AmountNegative),
            ("-0.01", Problem::AmountNegative),
        ] {
            let choices = Choices { bonus: text.into(), ..Choices::default() };
            let refused = stage.assert_refused(stage.place(&slug, "bob", choices)).await;
            assert_eq!(refused.of("bonus"), Some(&why), "{text}");
        }
    }
}
