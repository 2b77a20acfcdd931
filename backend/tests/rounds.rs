//! What is done once a second: all of it, however much there is; at the provider's
//! pace, however many processes there are; and on after a fault.

#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stage/stage.rs"]
mod stage;

use std::sync::Arc;

use backend::{
    campaign, collection,
    pledge::{self, Placement},
    refund, schedule,
};
use domain::{
    account::Role,
    campaign::FundingRule,
    payment::TestCard,
    refund::Reason,
    slug::Slug,
    time::{DAY, MINUTE, SECOND},
};
use futures::future::join_all;
use refunds::who;
use stage::{DEADLINE, NOW, Stage, amount, placement};

/// A campaign of 10 euros with so many pledges of as much, at its deadline.
async fn ended(stage: &Stage, backers: usize, card: TestCard) -> Slug {
    let slug = stage.campaign(|new| new.goal = 1_000).await;
    let orders = (0..backers)
        .map(|n| Placement { card, ..placement(&slug, &format!("backer{n}"), amount("10")) });
    let placed = join_all(orders.map(|order| pledge::place(&stage.backend, order))).await;
    assert!(placed.iter().all(Result::is_ok), "every pledge is placed");
    stage.clock.set(DEADLINE);
    campaign::close_due(&stage.backend).await.expect("closed");
    slug
}

/// How often the rows of campaigns were locked: once by each transaction of the writer.
async fn locks(stage: &Stage) -> i64 {
    stage.number("select cast(sum(version) as bigint) from campaign").await
}

/// What the provider was asked for.
async fn asked(stage: &Stage) -> (i64, i64) {
    let charges = stage.number("select count(*) from sandbox_charge").await;
    (charges, stage.number("select count(*) from sandbox_refund").await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_campaign_is_planned_completely_and_then_left_alone() {
    const PLANNING: &str = "select count(*) from campaign where planning";
    const TRIES: &str = "select count(*) from charge";
    for stage in Stage::both().await {
        let slug = ended(&stage, 1_203, TestCard::Success).await;
        let other = stage.campaign(|new| new.deadline = DEADLINE.plus(DAY)).await;
        stage.place(&other, "ada", amount("10")).await.expect("placed");
        assert_eq!((stage.number(PLANNING).await, stage.number(TRIES).await), (1, 0));
        let (process, _) = stage.another_process().await;
        let (one, two) = tokio::join!(collection::once(&stage.backend), collection::once(&process));
        one.and(two).expect("planned");
        assert_eq!((stage.number(PLANNING).await, stage.number(TRIES).await), (0, 1_203));
        let each = "select count(distinct pledge_id) from charge";
        assert_eq!(stage.number(each).await, 1_203, "{slug}: one for each");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn whoever_is_written_to_or_refunded_in_one_round_is_written_down_together() {
    const BACKERS: usize = 60;
    for stage in Stage::both_with(|options| options.charges_per_second = 1_000).await {
        let slug = ended(&stage, BACKERS, TestCard::DeclineLater).await;
        collection::once(&stage.backend).await.expect("charged");
        let letters = "select count(*) from mail where kind = 'card_declined'";
        assert_eq!(stage.number(letters).await, 60);
        stage.clock.set(DEADLINE.plus(2 * DAY));
        let before = locks(&stage).await;
        collection::once(&stage.backend).await.expect("reminded");
        assert_eq!(stage.number(letters).await, 120);
        assert!(locks(&stage).await - before < 10, "few transactions of {slug}");
        stage.clock.set(DEADLINE.plus(7 * DAY));
        let before = locks(&stage).await;
        collection::once(&stage.backend).await.expect("planned once more");
        assert_eq!(stage.number("select count(*) from charge where state = 'due'").await, 60);
        assert!(locks(&stage).await - before < 10, "few transactions of {slug}");
        stage.assert_books().await;
    }
    for stage in Stage::both_with(|options| options.charges_per_second = 1_000).await {
        let slug = ended(&stage, BACKERS, TestCard::Success).await;
        collection::once(&stage.backend).await.expect("charged");
        let page = campaign::page(&stage.backend, None, slug.as_str(), "").await;
        let id = page.expect("the page").id;
        let before = locks(&stage).await;
        let planned = refund::everyone(&stage.backend, id, Reason::CampaignCancelled).await;
        assert_eq!(planned.expect("planned"), BACKERS);
        assert!(locks(&stage).await - before < 10, "few transactions of {slug}");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_campaign_that_cannot_be_paid_out_keeps_nobody_else_waiting() {
    for stage in Stage::both().await {
        let broken = ended(&stage, 1, TestCard::Success).await;
        let whole = ended_too(&stage, "bob").await;
        for _ in 0..2 {
            schedule::once(&stage.backend).await.expect("charged");
        }
        // Charged at once, and called off.
        let off = stage
            .campaign(|new| {
                new.plan.rule = FundingRule::KeepWhatYouRaise;
                new.deadline = DEADLINE.plus(20 * DAY);
            })
            .await;
        stage.place(&off, "cid", amount("10")).await.expect("charged");
        let creator = who(&stage, "creator", Role::Member).await;
        campaign::cancel(&stage.backend, &creator, off.as_str(), "A reason.").await.expect("off");
        // No row of it can be read any more, and it comes first.
        let breaks = "update campaign set currency = 'shells', payout_at = payout_at - 1";
        stage.tamper(&format!("{breaks} where slug = '{broken}'")).await;
        stage.clock.set(DEADLINE.plus(14 * DAY));
        let fault = collection::once(&stage.backend).await.expect_err("the fault is told of");
        let told = format!("{fault:#}");
        assert!(told.starts_with("paying out campaign "), "{told}");
        assert!(told.contains(": "), "and its cause: {told}");
        let paid = format!("slug = '{whole}' and paid_out_at is not null");
        assert_eq!(stage.number(&format!("select count(*) from campaign where {paid}")).await, 1);
        let planned = "select count(*) from refund where reason = 'campaign_cancelled'";
        assert_eq!(stage.number(planned).await, 1, "what was charged for {off} goes back");
    }
}

/// Another campaign that ends with one good pledge, now.
async fn ended_too(stage: &Stage, backer: &str) -> Slug {
    stage.clock.set(NOW);
    let slug = stage.campaign(|new| new.goal = 1_000).await;
    stage.place(&slug, backer, amount("10")).await.expect("placed");
    stage.clock.set(DEADLINE);
    campaign::close_due(&stage.backend).await.expect("closed");
    slug
}

#[tokio::test(flavor = "multi_thread")]
async fn all_processes_together_keep_to_charges_per_second() {
    for stage in Stage::both_with(|options| options.charges_per_second = 10).await {
        let slug = ended(&stage, 35, TestCard::Success).await;
        let (mut other, clock) = stage.another_process().await;
        other.options = Arc::clone(&stage.backend.options);
        let both = async || {
            for _ in 0..3 {
                let (one, two) =
                    tokio::join!(collection::once(&stage.backend), collection::once(&other));
                one.and(two).expect("charged");
            }
        };
        clock.set(DEADLINE);
        both().await;
        assert_eq!(asked(&stage).await, (10, 0), "whoever asks, in one second");
        stage.clock.set(DEADLINE.plus(SECOND));
        // The other clock is behind: for its process it is the same second.
        both().await;
        assert_eq!(asked(&stage).await, (20, 0));
        for (second, charged) in [(2, 30), (3, 35), (4, 35)] {
            stage.clock.set(DEADLINE.plus(second * SECOND));
            clock.set(DEADLINE.plus(second * SECOND));
            both().await;
            assert_eq!(asked(&stage).await, (charged, 0), "second {second}");
        }

        // What goes back comes out of the same budget.
        let page = campaign::page(&stage.backend, None, slug.as_str(), "").await;
        let id = page.expect("the page").id;
        refund::everyone(&stage.backend, id, Reason::CampaignCancelled).await.expect("planned");
        for (second, refunded) in [(5, 10), (6, 20)] {
            stage.clock.set(DEADLINE.plus(second * SECOND));
            clock.set(DEADLINE.plus(second * SECOND));
            for _ in 0..3 {
                let (one, two) = tokio::join!(refund::once(&stage.backend), refund::once(&other));
                one.and(two).expect("refunded");
            }
            assert_eq!(asked(&stage).await, (35, refunded), "second {second}");
        }
        // Charges and refunds at once: neither takes all of it.
        ended_again(&stage, 12).await;
        for _ in 0..3 {
            schedule::once(&stage.backend).await.expect("a round");
        }
        assert_eq!(asked(&stage).await, (35 + 8, 20 + 2));
        // A clock that was wrong by a day stops nobody for a day.
        stage.clock.set(DEADLINE.plus(DAY));
        schedule::once(&stage.backend).await.expect("a round");
        let (charges, refunds) = asked(&stage).await;
        stage.clock.set(DEADLINE.plus(MINUTE));
        for _ in 0..3 {
            schedule::once(&stage.backend).await.expect("a round");
        }
        let (more, back) = asked(&stage).await;
        assert!(more + back > charges + refunds, "{more} and {back}");
    }
}

/// Another campaign with so many good pledges, which ends a minute from now; it is then.
async fn ended_again(stage: &Stage, backers: usize) {
    let now = stage.clock.now();
    let end = now.plus(MINUTE);
    let slug = stage.campaign(|new| (new.goal, new.deadline) = (1_000, end)).await;
    for n in 0..backers {
        stage.place(&slug, &format!("late{n}"), amount("10")).await.expect("placed");
    }
    stage.clock.set(end);
    campaign::close_due(&stage.backend).await.expect("closed");
}
