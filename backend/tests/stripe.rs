//! Cards with Stripe, over real connections to localstripe, behind a proxy of ours
//! that fails: nobody is charged twice and none is missed.

#[path = "stripe/fault.rs"]
mod fault;
#[path = "stripe/instalments.rs"]
mod instalments;
#[path = "stripe/proxy.rs"]
mod proxy;
#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stripe/shop.rs"]
mod shop;
#[path = "stage/stage.rs"]
mod stage;
#[path = "stripe/webhooks.rs"]
mod webhooks;

use backend::{
    Error, collection,
    payment::{RefundAnswer, RefundRequest},
    pledge::{self, Access},
    refund,
};
use domain::{
    Currency, Money, Problem,
    account::Role,
    payment::Setup,
    pledge::{PledgeState, Refusal},
    refund::RefundForm,
    time::{DAY, HOUR, MINUTE, SECOND},
};
use proxy::{CUSTOMERS, Fault, REFUNDS, SETUPS, SILENCE};
use shop::{ASKED, DECLINED, DECLINED_LATER, GOOD, Shop, order};
use stage::{DEADLINE, Why, amount};

#[tokio::test]
async fn a_campaign_is_collected_through_stripe_from_pledge_to_payout() {
    for shop in Shop::both().await {
        let placed = shop.closed(&[GOOD, DECLINED_LATER, ASKED, GOOD]).await;
        shop.rounds(2).await;
        assert_eq!(shop.in_state("collected").await, 2);
        assert_eq!(shop.in_state("errored").await, 1);
        assert_eq!(shop.in_state("action_required").await, 1);

        // The declined one is replaced, next to the card that is there.
        let key = pledge::key(&shop.stage.backend, placed[1].pledge);
        let access = Access { who: None, key: &key };
        let setup = pledge::begin_card(&shop.stage.backend, Some((&access, placed[1].pledge)))
            .await
            .expect("begun");
        shop.enter(&setup, GOOD).await.expect("saved");
        let fixed = shop.replace_card(&access, placed[1].pledge, &setup).await.expect("charged");
        assert_eq!(fixed.state, PledgeState::Collected);

        // The other one is confirmed at the bank, from the link in the letter.
        let letters = "select count(*) from mail where kind = 'confirm_charge'";
        assert_eq!(shop.stage.number(letters).await, 1);
        shop.at_the_bank(&placed[2], true).await.expect("confirmed");
        let key = pledge::key(&shop.stage.backend, placed[2].pledge);
        let access = Access { who: None, key: &key };
        let told = pledge::confirm_charge(&shop.stage.backend, &access, placed[2].pledge).await;
        assert_eq!(told.expect("settled").state, PledgeState::Collected);
        assert_eq!(shop.proxy.paid().await, (4_000, 4));

        shop.stage.clock.set(DEADLINE.plus(14 * DAY));
        shop.rounds(2).await;
        let statements = "select count(*) from mail where kind = 'payout_statement'";
        assert_eq!(shop.stage.number(statements).await, 1);
        assert_eq!(shop.proxy.paid().await, (4_000, 4));
    }
}

#[tokio::test]
async fn no_fault_of_the_line_charges_twice_or_forgets() {
    for fault in [Fault::Busy, Fault::Down, Fault::Slow, Fault::Lost, Fault::Broken] {
        for shop in Shop::both().await {
            assert_collects_under(&shop, fault).await;
        }
    }
}

#[tokio::test]
async fn no_answer_that_never_comes_charges_twice_or_forgets() {
    for mut shop in Shop::both().await {
        shop.lose_patience();
        assert_collects_under(&shop, Fault::Silent).await;
    }
}

async fn assert_collects_under(shop: &Shop, fault: Fault) {
    shop.closed(&[GOOD, DECLINED_LATER, GOOD, ASKED]).await;
    shop.proxy.fail_first(fault);
    collect_all(shop).await;
    let ends = (shop.in_state("collected").await, shop.in_state("dropped").await);
    assert_eq!(ends, (2, 2), "{fault:?}");
    assert_eq!(shop.proxy.paid().await, (2_000, 2), "{fault:?}: each once");
}

#[tokio::test]
async fn no_mixture_of_faults_charges_twice_or_forgets() {
    for seed in [1885, 1886] {
        for shop in Shop::both().await {
            shop.closed(&[GOOD, DECLINED_LATER, GOOD, GOOD, ASKED, GOOD]).await;
            shop.proxy.fail_by_chance(seed);
            collect_all(&shop).await;
            let ends = (shop.in_state("collected").await, shop.in_state("dropped").await);
            assert_eq!(ends, (4, 2), "seed {seed}");
            assert_eq!(shop.proxy.paid().await, (4_000, 4), "seed {seed}: each once");
        }
    }
}

/// The week and what follows, in rounds that outlive a lease, until every pledge
/// has come to its end.
async fn collect_all(shop: &Shop) {
    let mut now = DEADLINE;
    for day in [0, 2, 7] {
        now = now.max(DEADLINE.plus(day * DAY));
        for _ in 0..4 {
            shop.stage.clock.set(now);
            shop.rounds(1).await;
            now = now.plus(3 * MINUTE);
        }
    }
    shop.proxy.fail_no_more();
    for _ in 0..20 {
        let open = "select count(*) from pledge where state not in ('collected', 'dropped')";
        if shop.stage.number(open).await == 0 {
            return;
        }
        shop.stage.clock.set(now);
        shop.rounds(1).await;
        now = now.plus(3 * MINUTE);
    }
}

#[tokio::test]
async fn a_charge_that_nobody_heard_of_is_found_when_its_key_is_forgotten() {
    for shop in Shop::both().await {
        shop.closed(&[GOOD, DECLINED_LATER]).await;
        shop.proxy.fail_first(Fault::Lost);
        shop.rounds(1).await;
        assert_eq!(shop.in_state("pledged").await, 2);
        assert_eq!(shop.proxy.paid().await, (1_000, 1));
        // Every process was down for two days.
        shop.proxy.forget_keys();
        shop.stage.clock.set(DEADLINE.plus(2 * DAY));
        shop.rounds(1).await;
        assert_eq!(shop.in_state("collected").await, 1);
        assert_eq!(shop.in_state("errored").await, 1);
        assert_eq!(shop.proxy.paid().await, (1_000, 1));
        assert_eq!(shop.proxy.intents().await.len(), 2, "none was made anew");
    }
}

#[tokio::test]
async fn silence_is_kept_for_as_long_as_stripe_asks() {
    for shop in Shop::both().await {
        shop.closed(&[GOOD]).await;
        shop.proxy.fail_first(Fault::Busy);
        shop.rounds(3).await;
        assert_eq!(shop.proxy.asked(), 1);
        shop.stage.clock.set(DEADLINE.plus((SILENCE - 1) * SECOND));
        shop.rounds(2).await;
        assert_eq!(shop.proxy.asked(), 1, "not a second too early");
        shop.stage.clock.set(DEADLINE.plus(SILENCE * SECOND));
        shop.rounds(1).await;
        assert_eq!(shop.proxy.asked(), 2);
        assert_eq!(shop.in_state("collected").await, 1);
    }
}

#[tokio::test]
async fn a_replaced_card_leaves_nothing_for_the_bank_to_confirm() {
    for shop in Shop::both().await {
        let placed = shop.closed(&[ASKED]).await;
        shop.rounds(1).await;
        let key = pledge::key(&shop.stage.backend, placed[0].pledge);
        let access = Access { who: None, key: &key };
        // The bank's page is open in one window, the form in another.
        let step = pledge::bank_step(&shop.stage.backend, &access, placed[0].pledge)
            .await
            .expect("asked")
            .expect("a step");
        let setup = pledge::begin_card(&shop.stage.backend, Some((&access, placed[0].pledge)))
            .await
            .expect("begun");
        shop.enter(&setup, GOOD).await.expect("saved");
        shop.replace_card(&access, placed[0].pledge, &setup).await.expect("charged");
        assert!(shop.authenticate(&step.secret, true).await.is_err(), "it was cancelled");
        assert_eq!(shop.proxy.paid().await, (1_000, 1));
    }
}

#[tokio::test]
async fn a_charge_confirmed_in_silence_is_found_by_the_last_try() {
    for shop in Shop::both().await {
        let placed = shop.closed(&[ASKED]).await;
        shop.rounds(1).await;
        shop.at_the_bank(&placed[0], true).await.expect("confirmed");
        shop.stage.clock.set(DEADLINE.plus(7 * DAY + HOUR));
        shop.rounds(2).await;
        assert_eq!(shop.in_state("collected").await, 1);
        assert_eq!(shop.proxy.paid().await, (1_000, 1));
    }
}

#[tokio::test]
async fn a_charge_that_the_bank_did_not_confirm_is_not_taken_for_paid() {
    for shop in Shop::both().await {
        let placed = shop.closed(&[ASKED]).await;
        shop.rounds(1).await;
        let key = pledge::key(&shop.stage.backend, placed[0].pledge);
        let access = Access { who: None, key: &key };
        let confirm = pledge::confirm_charge(&shop.stage.backend, &access, placed[0].pledge);
        assert_eq!(shop.stage.assert_refused(confirm).await, Why::Refused(Refusal::NotConfirmed));
        shop.at_the_bank(&placed[0], false).await.expect("answered");
        let confirm = pledge::confirm_charge(&shop.stage.backend, &access, placed[0].pledge);
        assert_eq!(shop.stage.assert_refused(confirm).await, Why::Refused(Refusal::NotConfirmed));
        assert_eq!(shop.proxy.paid().await, (0, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_charge_every_card_once() {
    for shop in Shop::both().await {
        shop.closed(&[GOOD; 12]).await;
        let (mut other, clock) = shop.stage.another_process().await;
        clock.set(DEADLINE);
        other.payments = shop.stage.backend.payments.clone();
        let work = async |backend: &backend::Backend| {
            for _ in 0..4 {
                collection::once(backend).await.expect("a round");
            }
        };
        tokio::join!(work(&shop.stage.backend), work(&other));
        assert_eq!(shop.in_state("collected").await, 12);
        assert_eq!(shop.proxy.paid().await, (12_000, 12));
        shop.stage.assert_books().await;
    }
}

#[tokio::test]
async fn only_a_saved_and_confirmed_card_of_ones_own_is_taken() {
    for shop in Shop::both().await {
        let slug = shop.stage.campaign(|_| ()).await;
        let backend = &shop.stage.backend;
        let untouched = pledge::begin_card(backend, None).await.expect("begun");
        let guessed = Setup(format!("{}x", shop.card(GOOD).await.0));
        let declined = pledge::begin_card(backend, None).await.expect("begun");
        assert_eq!(
            shop.enter(&declined, DECLINED).await.expect_err("declined").0,
            http::StatusCode::PAYMENT_REQUIRED
        );
        let made_up = Setup("seti_1_secret_2".into());
        for setup in [untouched, guessed, declined, made_up, Setup("../x".into())] {
            let placing = pledge::place(backend, order(&slug, "ada", amount("10"), setup));
            let why = shop.stage.assert_refused(placing).await;
            assert_eq!(why.of("card_number"), Some(&Problem::CardNotSaved));
        }
        // The sandbox's cards are worth nothing here.
        let why = shop.stage.assert_refused(shop.stage.place(&slug, "ada", amount("10"))).await;
        assert_eq!(why.of("card_number"), Some(&Problem::UnknownChoice));
        // A card that was asked about is confirmed while it is saved.
        shop.place(&slug, "ada", ASKED).await;
        assert_eq!(shop.in_state("pledged").await, 1);
    }
}

#[tokio::test]
async fn a_provider_that_is_silent_refuses_a_pledge_and_keeps_nothing() {
    for shop in Shop::both().await {
        let slug = shop.stage.campaign(|_| ()).await;
        let mut stage = shop.stage;
        let account = stage.backend.options.stripe.clone().expect("Stripe");
        let nowhere =
            backend::payment::stripe::Options { api: "http://127.0.0.1:1".into(), ..account };
        let stripe = backend::payment::stripe::Stripe::new(&nowhere, stage.clock.clone());
        stage.backend.payments = std::sync::Arc::new(stripe);
        let setup = Setup("seti_1_secret_2".into());
        let placing = pledge::place(&stage.backend, order(&slug, "ada", amount("10"), setup));
        let why = stage.assert_refused(placing).await;
        assert_eq!(why, Why::Refused(Refusal::PaymentsSilent));
    }
}

#[tokio::test]
async fn a_refund_gives_back_once_under_its_key() {
    for shop in Shop::both().await {
        shop.closed(&[GOOD]).await;
        shop.rounds(1).await;
        let intents = shop.proxy.intents().await;
        let reference = intents[0]["id"].as_str().expect("an id").to_owned();
        let stripe = &shop.stage.backend.payments;
        let part = RefundRequest {
            key: format!("refund-{reference}"),
            charge: reference,
            amount: Money::new(400, Currency::Eur),
            since: shop.stage.clock.now(),
        };
        let first = stripe.refund(&part).await.expect("answered");
        assert!(matches!(first, RefundAnswer::Succeeded { .. }));
        assert_eq!(stripe.refund(&part).await.expect("answered"), first, "the same again");
        let rest = RefundRequest {
            key: format!("{}-rest", part.key),
            amount: Money::new(600, Currency::Eur),
            ..part.clone()
        };
        let second = stripe.refund(&rest).await.expect("answered");
        assert_ne!(second, first);
        let unknown =
            RefundRequest { key: "other".to_owned() + &part.key, charge: "pi_none".into(), ..part };
        let answer = stripe.refund(&unknown).await.expect("answered");
        assert!(matches!(answer, RefundAnswer::Refused { .. }), "{answer:?}");
    }
}

#[tokio::test]
async fn a_refund_whose_answer_never_comes_gives_back_once() {
    for fault in [Fault::Silent, Fault::Lost, Fault::Down] {
        for mut shop in Shop::both().await {
            let placed = shop.closed(&[GOOD]).await.remove(0);
            shop.rounds(1).await;
            shop.lose_patience();
            shop.proxy.fail_first_of(REFUNDS, fault);
            let creator = refunds::who(&shop.stage, "creator", Role::Member).await;
            let form = RefundForm {
                slug: placed.campaign.to_string(),
                id: placed.pledge.to_string(),
                reason: "other".into(),
                ..refunds::all()
            };
            refund::ask(&shop.stage.backend, Some(&creator), &form).await.expect("noted");
            let due = "select count(*) from refund where state = 'due'";
            assert_eq!(shop.stage.number(due).await, 1, "{fault:?}: nobody knows what it did");
            assert_eq!(shop.in_state("refunded").await, 0, "{fault:?}");
            let went_through: &[i64] = if fault == Fault::Down { &[] } else { &[1_000] };
            assert_eq!(shop.proxy.returned(), went_through, "{fault:?}");
            // Whoever takes it up asks under the same key.
            shop.stage.clock.set(DEADLINE.plus(3 * MINUTE));
            shop.rounds(2).await;
            assert_eq!(shop.stage.number(due).await, 0, "{fault:?}");
            assert_eq!(shop.in_state("refunded").await, 1, "{fault:?}");
            assert_eq!(shop.proxy.returned(), [1_000], "{fault:?}: once");
        }
    }
}

#[tokio::test]
async fn a_card_that_could_not_be_saved_is_entered_again_and_charged_once() {
    for (path, fault) in [
        (SETUPS, Fault::Down),
        (SETUPS, Fault::Broken),
        (CUSTOMERS, Fault::Down),
        (CUSTOMERS, Fault::Lost),
    ] {
        for shop in Shop::both().await {
            shop.proxy.fail_first_of(path, fault);
            let before = shop.stage.rows().await;
            let begun = pledge::begin_card(&shop.stage.backend, None).await;
            assert!(
                matches!(begun, Err(Error::Refused(Refusal::PaymentsSilent))),
                "{path} {fault:?}"
            );
            assert_eq!(shop.stage.rows().await, before, "{path} {fault:?}");
            shop.closed(&[GOOD]).await;
            shop.rounds(1).await;
            assert_eq!(shop.in_state("collected").await, 1, "{path} {fault:?}");
            assert_eq!(shop.proxy.paid().await, (1_000, 1), "{path} {fault:?}");
        }
    }
}
