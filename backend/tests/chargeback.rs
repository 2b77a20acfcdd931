//! Disputed charges: told once, twice, late and wrongly, the books stay right.

#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stage/stage.rs"]
mod stage;

use backend::{
    Error,
    chargeback::{self, Told},
    check,
    pledge::command::Answer,
    refund, schedule,
};
use domain::{
    Currency, Money, Problem,
    account::Role,
    pledge::{PledgeState, Refusal},
    refund::{ChargebackForm, ChargebackState},
    time::DAY,
};
use refunds::{Charged, all, some, who};
use stage::{DEADLINE, Stage, Why};

fn told(reference: &str, state: ChargebackState, amount: Option<i64>) -> Told {
    let amount = amount.map(|minor| Money::new(minor, Currency::Eur));
    Told { reference: reference.into(), amount, state }
}

/// What the provider says of the nth pledge's charge.
async fn tell(stage: &Stage, charged: &Charged, n: usize, told: Told) -> Result<Answer, Error> {
    chargeback::tell(&stage.backend, &format!("{}-1", charged.pledge(n)), told).await
}

#[tokio::test]
async fn a_lost_dispute_takes_the_money_and_a_won_one_brings_it_back() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 2).await;
        let before = charged.balance("clearing").await;
        for n in 0..2 {
            let opened = told(&format!("dp_{n}"), ChargebackState::Open, None);
            tell(&stage, &charged, n, opened).await.expect("booked");
            stage.assert_books().await;
        }
        // 30 euros are gone, and a fee of 15, each time.
        assert_eq!(charged.balance("disputed").await, 6_000);
        assert_eq!(charged.balance("clearing").await, before - 9_000);
        let refused = stage.assert_refused(charged.refund(0, some("1"))).await;
        assert_eq!(refused, Why::Refused(Refusal::Disputed));

        let won = told("dp_0", ChargebackState::Won, Some(3_000));
        assert_eq!(
            tell(&stage, &charged, 0, won).await.expect("booked").state,
            PledgeState::Collected
        );
        stage.assert_books().await;
        let lost = told("dp_1", ChargebackState::Lost, None);
        assert_eq!(
            tell(&stage, &charged, 1, lost).await.expect("booked").state,
            PledgeState::Refunded
        );
        stage.assert_books().await;
        assert_eq!(charged.balance("disputed").await, 0);
        assert_eq!(charged.balance("backers").await, -3_000);
        assert_eq!(charged.balance("platform_fee").await, 150, "no share of what went back");
        assert_eq!(charged.balance("clearing").await, before - 3_000 - 3_000 + 150);
        charged.refund(0, all()).await.expect("the money is here again");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn what_is_told_twice_or_late_or_at_once_is_booked_once() {
    use ChargebackState::{Lost, Open, Won};
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 2).await;
        for state in [Open, Open, Won, Won, Open] {
            tell(&stage, &charged, 0, told("a", state, Some(1_000))).await.expect("booked");
            stage.assert_books().await;
        }
        assert_eq!(charged.balance("disputed").await, 0);
        assert_eq!(stage.number("select count(*) from chargeback where state = 'won'").await, 1);
        let otherwise = tell(&stage, &charged, 0, told("a", Lost, None));
        let refused = stage.assert_refused(otherwise).await;
        assert_eq!(refused, Why::Refused(Refusal::ChargebackDecided));

        // The first word of it is the last.
        for _ in 0..2 {
            tell(&stage, &charged, 1, told("b", Lost, Some(400))).await.expect("booked");
            stage.assert_books().await;
        }
        assert_eq!(stage.number("select charged_back from campaign").await, 400);
        assert_eq!(charged.balance("processing_fee").await, 220 + 2 * 1_500);
        let rest = charged.refund(1, all()).await.expect("what is left");
        assert_eq!(rest.state, PledgeState::Refunded);
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn what_does_not_agree_with_our_own_record_is_not_believed() {
    use ChargebackState::{Lost, Open};
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 2).await;
        tell(&stage, &charged, 0, told("a", Open, Some(1_000))).await.expect("booked");
        let dollars =
            Told { amount: Some(Money::new(1_000, Currency::Usd)), ..told("b", Open, None) };
        for (n, wrong, why) in [
            (1, told("a", Open, None), Some(("reference", Problem::UnknownChoice))),
            (0, told("a", Lost, Some(999)), Some(("amount", Problem::UnknownChoice))),
            (1, told("b", Open, Some(0)), Some(("amount", Problem::NotAnAmount))),
            (1, told("b", Open, Some(i64::MIN)), Some(("amount", Problem::NotAnAmount))),
            (
                1,
                told("b", Open, Some(3_001)),
                Some(("amount", Problem::MoreThanLeft { left: Money::new(3_000, Currency::Eur) })),
            ),
            (1, told("a\0", Open, None), Some(("reference", Problem::UnknownChoice))),
            (1, told("", Open, None), Some(("reference", Problem::Missing))),
            (1, dollars, None),
        ] {
            let refused = stage.assert_refused(tell(&stage, &charged, n, wrong)).await;
            match why {
                Some((field, problem)) => assert_eq!(refused.of(field), Some(&problem)),
                None => assert_eq!(refused, Why::Refused(Refusal::OtherCurrency)),
            }
        }
        let unknown = chargeback::tell(&stage.backend, "ch_nobody", told("c", Open, None));
        assert_eq!(stage.assert_refused(unknown).await, Why::NotFound);
        let hostile = chargeback::tell(&stage.backend, "\0", told("c", Open, None));
        assert_eq!(stage.assert_refused(hostile).await, Why::NotFound);
    }
}

#[tokio::test]
async fn only_an_operator_records_what_the_provider_wrote() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 1).await;
        let form = ChargebackForm {
            slug: charged.slug.to_string(),
            id: charged.pledge(0).to_string(),
            reference: "dp_1".into(),
            amount: "12,50".into(),
            state: "open".into(),
        };
        for name in ["creator", "backer0", "stranger"] {
            let somebody = who(&stage, name, Role::Member).await;
            let refused = chargeback::record(&stage.backend, Some(&somebody), &form);
            assert_eq!(stage.assert_refused(refused).await, Why::NotFound, "{name}");
        }
        let operator = who(&stage, "operator", Role::Operator).await;
        let long = "x".repeat(101);
        for (reference, problem) in [
            (" ", Problem::Missing),
            ("a\nb", Problem::UnknownChoice),
            (long.as_str(), Problem::TooLong { most: 100 }),
        ] {
            let form = ChargebackForm { reference: reference.into(), ..form.clone() };
            let refused = chargeback::record(&stage.backend, Some(&operator), &form);
            assert_eq!(stage.assert_refused(refused).await.of("reference"), Some(&problem));
        }
        chargeback::record(&stage.backend, Some(&operator), &form).await.expect("recorded");
        let page =
            refund::page(&stage.backend, Some(&operator), charged.slug.as_str(), charged.pledge(0))
                .await
                .expect("the page");
        assert_eq!((page.chargebacks.len(), page.is_disputed), (1, true));
        assert_eq!(page.left.minor, 1_750);
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn after_the_payout_a_dispute_is_the_creators_to_bear() {
    use ChargebackState::{Lost, Open, Won};
    for stage in Stage::both_with(|options| options.reserve_percent = 5.into()).await {
        let charged = Charged::new(&stage, 2).await;
        stage.clock.set(DEADLINE.plus(14 * DAY));
        schedule::once(&stage.backend).await.expect("paid out");
        assert_eq!(
            (charged.balance("reserve").await, charged.balance("payout").await),
            (300, 5_180)
        );
        tell(&stage, &charged, 0, told("a", Open, None)).await.expect("booked");
        assert_eq!((charged.balance("reserve").await, charged.balance("payout").await), (0, 980));
        stage.assert_books().await;
        tell(&stage, &charged, 1, told("b", Open, None)).await.expect("booked");
        assert_eq!(charged.balance("payout").await, 980 - 4_500, "owed");
        tell(&stage, &charged, 0, told("a", Won, None)).await.expect("booked");
        tell(&stage, &charged, 1, told("b", Lost, None)).await.expect("booked");
        assert_eq!(charged.balance("payout").await, 980 - 4_500 + 3_000 + 150);
        assert_eq!(charged.balance("clearing").await, 0);
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn each_lie_about_what_went_back_is_found() {
    for stage in Stage::both_with(|options| options.reserve_percent = 5.into()).await {
        let charged = Charged::new(&stage, 4).await;
        charged.refund(0, some("5")).await.expect("refunded");
        charged.refund(1, all()).await.expect("refunded");
        tell(&stage, &charged, 2, told("a", ChargebackState::Lost, Some(700))).await.expect("lost");
        tell(&stage, &charged, 3, told("b", ChargebackState::Open, Some(800))).await.expect("open");
        stage.clock.set(DEADLINE.plus(14 * DAY));
        schedule::once(&stage.backend).await.expect("paid out");
        stage.assert_books().await;
        for (table, column, by, which, what) in [
            ("pledge", "refunded", 1, "refunded = 500", "refunded of a pledge to"),
            ("pledge", "charged_back", 1, "charged_back = 700", "charged back of a pledge to"),
            ("refund", "amount", 1, "amount = 500", "refunded of a pledge to"),
            ("chargeback", "amount", 1, "amount = 700", "charged back of a pledge to"),
            ("chargeback", "amount", 1, "amount = 800", "disputed of campaign"),
            ("campaign", "refunded", 1, "refunded > 0", "refunded of campaign"),
            ("campaign", "charged_back", 1, "refunded > 0", "charged back of campaign"),
            ("campaign", "disputed", 1, "refunded > 0", "disputed of campaign"),
            ("campaign", "reserve", 1, "refunded > 0", "reserve in the books of"),
        ] {
            let set =
                |by: i64| format!("update {table} set {column} = {column} + {by} where {which}");
            stage.tamper(&set(by)).await;
            let found = check::first_difference(&stage.backend).await.expect("checked");
            let found = found.unwrap_or_else(|| panic!("unseen: {table}.{column}"));
            assert!(found.what.starts_with(what), "{table}.{column}: {found}");
            let undo = set(-by).replace("= 500", "= 501").replace("= 700", "= 701");
            stage.tamper(&undo.replace("= 800", "= 801")).await;
            stage.assert_books().await;
        }
        stage.tamper("update pledge set state = 'collected' where state = 'refunded'").await;
        let found = check::first_difference(&stage.backend).await.expect("checked");
        assert!(found.expect("seen").what.starts_with("state of a refunded pledge"));
    }
}

#[tokio::test]
async fn the_creator_is_written_to_once_for_each_thing_that_the_bank_does() {
    use ChargebackState::{Lost, Open, Won};
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 3).await;
        for (n, states) in [(0, vec![Open, Open, Won, Won, Open]), (1, vec![Open, Lost, Lost])] {
            for state in states {
                let told = told(&format!("dp_{n}"), state, Some(1_000));
                tell(&stage, &charged, n, told).await.expect("booked");
            }
        }
        // Told of for the first time once it is decided: one letter says all.
        tell(&stage, &charged, 2, told("dp_2", Lost, None)).await.expect("booked");
        for (kind, letters) in
            [("chargeback_opened", 2), ("chargeback_won", 1), ("chargeback_lost", 2)]
        {
            assert_eq!(charged.letters(kind).await, letters, "{kind}");
            let to = format!(
                "select count(*) from mail where kind = '{kind}' and recipient = 'creator@example.org'"
            );
            assert_eq!(stage.number(&to).await, letters, "{kind}: to the creator alone");
        }
        let link = format!("%/campaigns/{}/pledges/{}%", charged.slug, charged.pledge(2));
        let linked = format!("select count(*) from mail where data like '{link}'");
        assert_eq!(stage.number(&linked).await, 1, "to the page of this pledge");
    }
}
