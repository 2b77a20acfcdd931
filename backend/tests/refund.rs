//! Money goes back once, never more than was charged, and the books say from where.

#[path = "stage/faulty.rs"]
mod faulty;
#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stage/stage.rs"]
mod stage;

use std::sync::Arc;

use backend::{Backend, Error, refund, schedule};
use domain::{
    Problem,
    account::Role,
    pledge::{PledgeState, Refusal},
    refund::{Reason, RefundForm},
    time::{DAY, MINUTE, SECOND},
};
use faulty::Faulty;
use refunds::{Charged, all, part, some, who};
use stage::{DEADLINE, Stage, Why};

#[tokio::test]
async fn a_whole_refund_before_the_payout_is_the_backers_and_the_fee_is_the_creators() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 2).await;
        let answer = charged.refund(0, all()).await.expect("refunded");
        assert_eq!(answer.state, PledgeState::Refunded);
        assert_eq!(stage.number("select count(*) from sandbox_refund").await, 1);
        assert_eq!(charged.letters("pledge_refunded").await, 1);
        // 30 euros twice: 5 % each for the platform, 3 % and 20 cents for the card.
        assert_eq!(charged.balance("platform_fee").await, 150, "its share went back");
        assert_eq!(charged.balance("processing_fee").await, 220, "the provider's did not");
        assert_eq!(charged.balance("clearing").await, 3_000 - 150 - 220);
        assert_eq!(charged.balance("backers").await, -3_000);
        assert_eq!(stage.totals(&charged.slug).await, (6_000, 2), "a success is decided once");
        stage.assert_books().await;
        let again = stage.assert_refused(charged.refund(0, all())).await;
        assert_eq!(again, Why::Refused(Refusal::NothingToRefund));

        stage.clock.set(DEADLINE.plus(14 * DAY));
        schedule::once(&stage.backend).await.expect("paid out");
        assert_eq!(charged.balance("payout").await, 3_000 - 150 - 220);
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn parts_and_lines_add_up_to_no_more_than_was_charged() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 1).await;
        let partly = charged.refund(0, some("4.50")).await.expect("a part");
        assert_eq!(partly.state, PledgeState::Collected);
        let [reward, add_on] = charged.lines;
        let line = RefundForm { restock: "on".into(), ..part(&[add_on]) };
        charged.refund(0, line).await.expect("a line");
        assert_eq!(stage.taken(&charged.slug, add_on).await.0, 0, "for sale again");
        assert_eq!(stage.taken(&charged.slug, reward).await, (1, 1), "not asked for");
        stage.assert_books().await;

        let twice = stage.assert_refused(charged.refund(0, part(&[add_on]))).await;
        assert_eq!(twice.of("lines"), Some(&Problem::UnknownReward));
        let too_much = stage.assert_refused(charged.refund(0, some("15.51"))).await;
        assert!(
            matches!(too_much.of("amount"), Some(Problem::MoreThanLeft { left }) if left.minor == 1_550)
        );
        let restock = RefundForm { restock: "on".into(), ..some("1") };
        let unnamed = stage.assert_refused(charged.refund(0, restock)).await;
        assert_eq!(unnamed.of("restock"), Some(&Problem::NothingToRestock));

        let rest = RefundForm { restock: "on".into(), ..all() };
        assert_eq!(charged.refund(0, rest).await.expect("the rest").state, PledgeState::Refunded);
        assert_eq!(stage.taken(&charged.slug, reward).await, (0, 0));
        assert_eq!(charged.balance("platform_fee").await, 0, "to the last cent");
        assert_eq!(charged.balance("clearing").await, -110, "the fee of a card is owed");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn after_the_payout_the_reserve_goes_first_and_the_creator_bears_the_rest() {
    for stage in Stage::both_with(|options| options.reserve_percent = 5.into()).await {
        let charged = Charged::new(&stage, 2).await;
        stage.clock.set(DEADLINE.plus(14 * DAY));
        schedule::once(&stage.backend).await.expect("paid out");
        // 60 euros, less 3 and 2.20 of fees; 5 % of what was collected is held back.
        assert_eq!(
            (charged.balance("reserve").await, charged.balance("payout").await),
            (300, 5_180)
        );
        stage.assert_books().await;

        charged.refund(0, some("2")).await.expect("refunded");
        assert_eq!(
            (charged.balance("reserve").await, charged.balance("payout").await),
            (110, 5_180)
        );
        charged.refund(0, all()).await.expect("refunded");
        let paid = 5_180 - (2_800 - 140 - 110);
        assert_eq!((charged.balance("reserve").await, charged.balance("payout").await), (0, paid));
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn what_is_held_back_is_paid_once_its_time_is_over() {
    for stage in Stage::both_with(|options| options.reserve_percent = 5.into()).await {
        let charged = Charged::new(&stage, 1).await;
        stage.clock.set(DEADLINE.plus(14 * DAY));
        schedule::once(&stage.backend).await.expect("paid out");
        stage.clock.set(DEADLINE.plus((14 + 180) * DAY - 1));
        schedule::once(&stage.backend).await.expect("not yet");
        assert_eq!(charged.balance("reserve").await, 150);
        stage.clock.set(DEADLINE.plus((14 + 180) * DAY));
        for _ in 0..2 {
            schedule::once(&stage.backend).await.expect("released");
            assert_eq!(
                (charged.balance("reserve").await, charged.letters("reserve_released").await),
                (0, 1)
            );
            stage.assert_books().await;
        }
        assert_eq!(charged.balance("payout").await, 3_000 - 150 - 110);
    }
}

#[tokio::test]
async fn nobody_else_gives_money_back() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 1).await;
        let form = charged.form(0, all());
        for (name, role) in [("stranger", Role::Member), ("backer0", Role::Member)] {
            let somebody = who(&stage, name, role).await;
            let refused = refund::ask(&stage.backend, Some(&somebody), &form);
            assert_eq!(stage.assert_refused(refused).await, Why::NotFound, "{name}");
            let page = refund::pledges(&stage.backend, Some(&somebody), &form.slug, 1).await;
            assert!(matches!(page, Err(Error::NotFound)), "{name}");
        }
        let nobody = refund::ask(&stage.backend, None, &form).await;
        assert!(matches!(nobody, Err(Error::SignedOut)));
        // A creator only reaches the pledges of their own campaign.
        let other = stage.campaign(|_| ()).await;
        let elsewhere = RefundForm { slug: other.to_string(), ..form.clone() };
        let creator = who(&stage, "creator", Role::Member).await;
        let foreign = refund::ask(&stage.backend, Some(&creator), &elsewhere);
        assert_eq!(stage.assert_refused(foreign).await, Why::NotFound);
        let operator = who(&stage, "operator", Role::Operator).await;
        let page =
            refund::page(&stage.backend, Some(&operator), &form.slug, charged.pledge(0)).await;
        assert_eq!(page.expect("the page").left.minor, 3_000);
        refund::ask(&stage.backend, Some(&operator), &form).await.expect("refunded");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_refunds_once() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 1).await;
        let form = RefundForm { key: "drawn".into(), ..some("5") };
        for _ in 0..2 {
            charged.refund(0, form.clone()).await.expect("refunded");
        }
        assert_eq!(stage.number("select count(*) from refund").await, 1);
        let other = RefundForm { amount: "6".into(), ..form };
        let refused = stage.assert_refused(charged.refund(0, other)).await;
        assert_eq!(refused, Why::Refused(Refusal::KeyReused));
    }
}

#[tokio::test]
async fn no_fault_of_the_line_refunds_twice_or_forgets() {
    for seed in 1..=4 {
        for mut stage in Stage::both().await {
            let charged = Charged::new(&stage, 12).await;
            let inner = Arc::clone(&stage.backend.payments);
            stage.backend.payments = Arc::new(Faulty::new(inner, seed));
            for n in 0..12 {
                let form = if n % 3 == 0 { some("7.77") } else { all() };
                refund::ask(&stage.backend, Some(&charged.creator), &charged.form(n, form))
                    .await
                    .expect("asked");
                stage.assert_books().await;
            }
            let mut rounds = 0;
            while stage.number("select count(*) from refund where state = 'due'").await > 0 {
                rounds += 1;
                assert!(rounds < 40, "seed {seed}: a refund never ends");
                stage.clock.set(stage.clock.now().plus(3 * MINUTE));
                refund::once(&stage.backend).await.expect("a round");
                stage.assert_books().await;
            }
            let ours = "select cast(sum(amount) as bigint) from refund where state = 'succeeded'";
            let theirs = "select cast(sum(amount) as bigint) from sandbox_refund
                           where outcome = 'succeeded'";
            let sum = 4 * 777 + 8 * 3_000;
            assert_eq!((stage.number(ours).await, stage.number(theirs).await), (sum, sum));
            assert_eq!(charged.letters("pledge_refunded").await, 12, "seed {seed}: each once");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_refund_everybody_once() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 30).await;
        let campaign = charged.campaign(&stage).await;
        let reason = Reason::CampaignCancelled;
        assert_eq!(refund::everyone(&stage.backend, campaign, reason).await.expect("planned"), 30);
        assert_eq!(refund::everyone(&stage.backend, campaign, reason).await.expect("planned"), 0);
        let (other, clock) = stage.another_process().await;
        clock.set(stage.clock.now());
        let work = async |backend: &Backend| {
            for _ in 0..4 {
                refund::once(backend).await.expect("a round");
                backend.clock.set(backend.clock.now().plus(SECOND));
            }
        };
        tokio::join!(work(&stage.backend), work(&other));
        let refunded = "select count(*) from pledge where state = 'refunded'";
        assert_eq!(stage.number(refunded).await, 30);
        assert_eq!(stage.number("select count(*) from sandbox_refund").await, 30);
        assert_eq!(charged.letters("pledge_refunded").await, 30);
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_provider_that_gives_nothing_back_moves_nothing() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 1).await;
        // It knows nothing of the charge.
        stage.tamper("update sandbox_charge set outcome = 'declined'").await;
        charged.refund(0, all()).await.expect("asked");
        let refused = "select count(*) from refund where state = 'refused'";
        assert_eq!(stage.number(refused).await, 1);
        assert_eq!(charged.letters("pledge_refunded").await, 0);
        assert_eq!(charged.balance("backers").await, -3_000);
        stage.assert_books().await;
        // It can be asked for again.
        stage.tamper("update sandbox_charge set outcome = 'succeeded'").await;
        let answer = charged.refund(0, all()).await.expect("refunded");
        assert_eq!(answer.state, PledgeState::Refunded);
        stage.assert_books().await;
    }
}
