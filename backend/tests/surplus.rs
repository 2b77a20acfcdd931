//! What a provider took without our wanting it goes back by itself, and once.

#[path = "stage/faulty.rs"]
mod faulty;
#[path = "stage/hooks.rs"]
mod hooks;
#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stage/stage.rs"]
mod stage;

use std::sync::Arc;

use backend::{
    Backend, accounting,
    campaign::{self, Plan},
    check,
    payment::webhook::Reason,
    pledge::{self, Placement},
    returns, schedule, surplus,
};
use domain::{
    account::Role,
    campaign::{CampaignState, Verdict},
    payment::TestCard,
    refund::returns::{ReturnForm, Unwanted},
    time::{DAY, HOUR, MINUTE},
};
use faulty::Faulty;
use hooks::{applied, hear, ignored, paid, taken};
use refunds::{Charged, all, who};
use stage::{DEADLINE, Stage, amount, placement};

async fn surpluses(stage: &Stage, state: &str) -> i64 {
    stage.number(&format!("select count(*) from surplus where state = '{state}'")).await
}

async fn gone_back(stage: &Stage) -> i64 {
    stage
        .number(
            "select cast(coalesce(sum(amount), 0) as bigint) from sandbox_refund
              where outcome = 'succeeded'",
        )
        .await
}

#[tokio::test]
async fn what_was_taken_twice_goes_back_once_however_often_it_is_told() {
    for stage in hooks::both().await {
        let charged = Charged::new(&stage, 2).await;
        let before = charged.balance("clearing").await;
        taken(&stage, "pi_second", 3_000).await;
        let key = format!("{}-1", charged.pledge(0));
        let event = paid("evt_1", "pi_second", &key, 3_000);
        assert_eq!(hear(&stage, &event).await, applied(Reason::PaidTwice));
        assert_eq!(hear(&stage, &event).await, applied(Reason::PaidTwice), "the same answer");
        let other = paid("evt_2", "pi_second", &key, 3_000);
        assert_eq!(hear(&stage, &other).await, ignored(Reason::Known));
        assert_eq!(surpluses(&stage, "due").await, 1);
        assert_eq!(charged.balance("surplus").await, 3_000);
        assert_eq!(check::underway(&stage.backend).await.expect("counted").unwanted, 1);
        stage.assert_books().await;
        for _ in 0..3 {
            schedule::once(&stage.backend).await.expect("a round");
            stage.clock.set(stage.clock.now().plus(3 * MINUTE));
            stage.assert_books().await;
        }
        assert_eq!(hear(&stage, &other).await, ignored(Reason::Known));
        let under = "select count(*) from sandbox_refund where key = 'surplus-pi_second'";
        assert_eq!(stage.number(under).await, 1);
        assert_eq!((surpluses(&stage, "succeeded").await, gone_back(&stage).await), (1, 3_000));
        assert_eq!(charged.letters("pledge_refunded").await, 1);
        assert_eq!(charged.balance("surplus").await, 0);
        assert_eq!(charged.balance("clearing").await, before, "none of it was the creator's");
        assert_eq!(stage.number("select refunded from campaign").await, 0);
        assert_eq!(check::underway(&stage.backend).await.expect("counted").unwanted, 0);
    }
}

#[tokio::test]
async fn what_the_provider_keeps_of_it_is_the_platforms_to_bear() {
    for stage in hooks::both().await {
        let charged = Charged::new(&stage, 1).await;
        let fees = async || {
            let of = async |account| charged.balance(account).await;
            (of("platform_fee").await, of("processing_fee").await)
        };
        // 5 %, 3 % and 20 cents of 30 euros.
        assert_eq!(fees().await, (150, 110));
        let clearing = charged.balance("clearing").await;
        taken(&stage, "pi_second", 3_000).await;
        let event = paid("evt_1", "pi_second", &format!("{}-1", charged.pledge(0)), 3_000);
        assert_eq!(hear(&stage, &event).await, applied(Reason::PaidTwice));
        assert_eq!(fees().await, (150 - 110, 110 + 110));
        assert_eq!(charged.balance("clearing").await, clearing, "not the creator's");
        schedule::once(&stage.backend).await.expect("a round");
        assert_eq!(fees().await, (150 - 110, 110 + 110), "nobody returns it");
        stage.assert_books().await;
        // A refund of the pledge itself gives back the platform's share of that.
        charged.refund(0, all()).await.expect("asked");
        assert_eq!(stage.number("select platform_fee from refund").await, 150);
        assert_eq!(fees().await, (-110, 110 + 110));
        stage.assert_books().await;
        let page = accounting::page(&stage.backend, None, charged.slug.as_str()).await;
        let page = page.expect("a page").accounts.expect("money moved");
        assert_eq!(page.platform_fee.minor, -110);
        assert_eq!(page.accounted_for(), page.collected.minor, "every cent stands somewhere");
    }
}

#[tokio::test]
async fn a_payment_of_a_dropped_pledge_goes_back() {
    for stage in hooks::both().await {
        let slug = stage.campaign(|new| new.goal = 1_000).await;
        stage.place(&slug, "ada", amount("10")).await.expect("placed");
        let card = TestCard::AuthenticateLater;
        let order = Placement { card, ..placement(&slug, "bob", amount("10")) };
        let bob = pledge::place(&stage.backend, order).await.expect("placed");
        for days in [0, 7, 8] {
            stage.clock.set(DEADLINE.plus(days * DAY));
            schedule::once(&stage.backend).await.expect("a round");
        }
        assert_eq!(stage.number("select count(*) from pledge where state = 'dropped'").await, 1);
        taken(&stage, "pi_late", 1_000).await;
        let event = paid("evt_1", "pi_late", &format!("{}-1", bob.pledge), 1_000);
        assert_eq!(hear(&stage, &event).await, applied(Reason::PledgeOver));
        stage.assert_books().await;
        schedule::once(&stage.backend).await.expect("a round");
        assert_eq!((surpluses(&stage, "succeeded").await, gone_back(&stage).await), (1, 1_000));
        assert_eq!(stage.number("select count(*) from pledge where state = 'dropped'").await, 1);
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_payment_for_a_campaign_that_was_called_off_goes_back() {
    for stage in hooks::both().await {
        let plan = Plan { verdict: Verdict::Collected, ..Plan::default() };
        let slug = stage.campaign(|new| (new.goal, new.plan) = (1_000, plan)).await;
        stage.place(&slug, "ada", amount("10")).await.expect("placed");
        let card = TestCard::AuthenticateLater;
        let order = Placement { card, ..placement(&slug, "bob", amount("10")) };
        let bob = pledge::place(&stage.backend, order).await.expect("placed");
        stage.clock.set(DEADLINE);
        for _ in 0..2 {
            schedule::once(&stage.backend).await.expect("charged");
        }
        let creator = who(&stage, "creator", Role::Member).await;
        campaign::cancel(&stage.backend, &creator, slug.as_str(), "A reason.")
            .await
            .expect("called off");
        assert_eq!(stage.state(&slug).await, CampaignState::Cancelled);
        // Ada is refunded; Bob confirms at his bank while that goes on, or after it.
        taken(&stage, "pi_late", 1_000).await;
        let event = paid("evt_1", "pi_late", &format!("{}-1", bob.pledge), 1_000);
        assert_eq!(hear(&stage, &event).await, applied(Reason::PledgeOver));
        for _ in 0..3 {
            schedule::once(&stage.backend).await.expect("a round");
            stage.assert_books().await;
        }
        assert_eq!(gone_back(&stage).await, 2_000);
        let left = "select cast(sum(amount) as bigint) from entry where account = 'backers'";
        assert_eq!(stage.number(left).await, 0, "nobody is owed anything");
    }
}

#[tokio::test]
async fn no_fault_of_the_line_gives_it_back_twice_or_forgets_it() {
    for seed in 1..=6 {
        for mut stage in hooks::both().await {
            let charged = Charged::new(&stage, 3).await;
            for n in 0..3 {
                let payment = format!("pi_{n}");
                taken(&stage, &payment, 3_000).await;
                let key = format!("{}-1", charged.pledge(n));
                hear(&stage, &paid(&format!("evt_{n}"), &payment, &key, 3_000)).await;
            }
            let inner = Arc::clone(&stage.backend.payments);
            stage.backend.payments = Arc::new(Faulty::new(inner, seed));
            let mut rounds = 0;
            while surpluses(&stage, "due").await > 0 {
                rounds += 1;
                assert!(rounds < 40, "seed {seed}: it never ends");
                surplus::once(&stage.backend).await.expect("a round");
                stage.clock.set(stage.clock.now().plus(3 * MINUTE));
                stage.assert_books().await;
            }
            assert_eq!(gone_back(&stage).await, 9_000, "seed {seed}");
            assert_eq!(charged.letters("pledge_refunded").await, 3, "seed {seed}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_give_it_back_once() {
    for stage in hooks::both().await {
        let charged = Charged::new(&stage, 4).await;
        for n in 0..4 {
            let payment = format!("pi_{n}");
            taken(&stage, &payment, 3_000).await;
            let key = format!("{}-1", charged.pledge(n));
            hear(&stage, &paid(&format!("evt_{n}"), &payment, &key, 3_000)).await;
        }
        let (other, clock) = stage.another_process().await;
        clock.set(stage.clock.now());
        let work = async |backend: &Backend| {
            for _ in 0..4 {
                surplus::once(backend).await.expect("a round");
            }
        };
        tokio::join!(work(&stage.backend), work(&other));
        assert_eq!((surpluses(&stage, "succeeded").await, gone_back(&stage).await), (4, 12_000));
        assert_eq!(charged.letters("pledge_refunded").await, 4);
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn what_the_provider_refuses_is_asked_for_again_and_then_seen_to_by_hand() {
    for stage in hooks::both().await {
        let charged = Charged::new(&stage, 2).await;
        for n in 0..2 {
            let key = format!("{}-1", charged.pledge(n));
            hear(&stage, &paid(&format!("evt_{n}"), &format!("pi_{n}"), &key, 3_000)).await;
        }
        let operator = who(&stage, "operator", Role::Operator).await;
        surplus::once(&stage.backend).await.expect("asked");
        let mut asked = 2;
        for wait in [HOUR, 6 * HOUR, DAY, 3 * DAY] {
            let list = returns::page(&stage.backend, Some(&operator)).await.expect("the page");
            assert_eq!((list.total, list.waiting), (0, 2), "not yet after {asked}");
            stage.clock.set(stage.clock.now().plus(wait - 1));
            surplus::once(&stage.backend).await.expect("too early");
            stage.clock.set(stage.clock.now().plus(1));
            surplus::once(&stage.backend).await.expect("asked");
            asked += 2;
            let tries = "select count(*) from sandbox_refund where outcome = 'refused'";
            assert_eq!(stage.number(tries).await, asked);
            stage.assert_books().await;
        }
        let list = returns::page(&stage.backend, Some(&operator)).await.expect("the page");
        assert_eq!((list.total, list.waiting, list.rows.len()), (2, 0, 2));
        assert_eq!(check::underway(&stage.backend).await.expect("counted").refused, 2);
        let row = &list.rows[0];
        assert_eq!((row.unwanted, row.refusals), (Some(Unwanted::PaidTwice), 5));
        assert_eq!((row.amount.minor, row.refused_for.as_str()), (3_000, "nothing_left"));

        // One is asked for once more, and the provider has found it.
        taken(&stage, "pi_0", 3_000).await;
        taken(&stage, "pi_1", 3_000).await;
        let form = ReturnForm { id: row.id.to_string(), note: String::new() };
        returns::try_again(&stage.backend, Some(&operator), &form).await.expect("asked");
        surplus::once(&stage.backend).await.expect("a round");
        assert_eq!((gone_back(&stage).await, charged.balance("surplus").await), (3_000, 3_000));
        // The other one was paid by bank transfer; that takes a word.
        let form = ReturnForm { id: list.rows[1].id.to_string(), ..form };
        let silent = returns::settle_by_hand(&stage.backend, Some(&operator), &form).await;
        assert!(matches!(silent, Err(backend::Error::Invalid(_))), "{silent:?}");
        let form = ReturnForm { note: "transfer 7".into(), ..form };
        returns::settle_by_hand(&stage.backend, Some(&operator), &form).await.expect("booked");
        let twice = returns::settle_by_hand(&stage.backend, Some(&operator), &form).await;
        assert!(matches!(twice, Err(backend::Error::NotFound)), "{twice:?}");
        assert_eq!(charged.balance("surplus").await, 0);
        schedule::once(&stage.backend).await.expect("a round");
        assert_eq!(gone_back(&stage).await, 3_000, "never asked of the provider again");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn no_payout_takes_along_what_nobody_wanted() {
    for stage in hooks::both().await {
        let charged = Charged::new(&stage, 2).await;
        let key = format!("{}-1", charged.pledge(0));
        // The provider will not give it back.
        hear(&stage, &paid("evt_1", "pi_second", &key, 3_000)).await;
        stage.clock.set(DEADLINE.plus(14 * DAY));
        schedule::once(&stage.backend).await.expect("paid out");
        assert_eq!(charged.balance("payout").await, 6_000 - 300 - 220);
        assert_eq!(charged.balance("surplus").await, 3_000);
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn an_unwanted_payment_that_the_books_do_not_hold_is_found() {
    for stage in hooks::both().await {
        let charged = Charged::new(&stage, 1).await;
        let key = format!("{}-1", charged.pledge(0));
        hear(&stage, &paid("evt_1", "pi_second", &key, 3_000)).await;
        for (tamper, repair) in [
            ("update surplus set amount = 1", "update surplus set amount = 3000"),
            ("update surplus set state = 'succeeded'", "update surplus set state = 'due'"),
        ] {
            stage.tamper(tamper).await;
            let found = check::first_difference(&stage.backend).await.expect("checked");
            let found = found.unwrap_or_else(|| panic!("unseen: {tamper}"));
            assert!(found.what.starts_with("unwanted payments"), "{found}");
            stage.tamper(repair).await;
            stage.assert_books().await;
        }
    }
}
