//! When a campaign comes to nothing, its books end with nothing promised.

#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stage/stage.rs"]
mod stage;

use std::time::Duration;

use backend::{
    campaign, check, collection,
    pledge::{self, Placement},
    schedule,
};
use domain::{
    account::Role,
    campaign::{CampaignState, FundingRule},
    payment::TestCard,
    pledge::PledgeState,
    time::HOUR,
};
use futures::future::join_all;
use refunds::who;
use stage::{DEADLINE, Stage, amount, one, placement};

async fn promised(stage: &Stage) -> i64 {
    let sum = "select cast(coalesce(sum(amount), 0) as bigint) from entry
                where account = 'promised'";
    stage.number(sum).await
}

async fn released(stage: &Stage) -> i64 {
    stage.number("select count(*) from entry where event = 'released'").await
}

/// A campaign with so many pledges of 10 euros, one of them taken back, failed.
async fn failed(stage: &Stage, backers: usize) {
    let slug = stage.campaign(|new| new.goal = 90_000_000).await;
    let orders = (0..backers).map(|n| placement(&slug, &format!("backer{n}"), amount("10")));
    let placed = join_all(orders.map(|order| pledge::place(&stage.backend, order))).await;
    let gone = placed.into_iter().map(|placed| placed.expect("placed")).next().expect("one");
    stage.cancel(&gone).await.expect("taken back");
    stage.place_unconfirmed(&slug, "nobody", amount("10")).await;
    stage.clock.set(DEADLINE);
    campaign::close_due(&stage.backend).await.expect("closed");
}

#[tokio::test]
async fn a_campaign_that_failed_owes_nobody_a_promise() {
    for stage in Stage::both().await {
        failed(&stage, 4).await;
        assert_eq!(promised(&stage).await, 3_000);
        stage.assert_books().await;
        assert_eq!(check::underway(&stage.backend).await.expect("counted").releasing, 1);
        for _ in 0..3 {
            schedule::once(&stage.backend).await.expect("a round");
            assert_eq!((promised(&stage).await, released(&stage).await), (0, 6));
            stage.assert_books().await;
        }
        assert_eq!(stage.number("select released from campaign").await, 3_000);
        assert_eq!(check::underway(&stage.backend).await.expect("counted").releasing, 0);
        // What was pledged is public, and stays.
        assert_eq!(stage.number("select pledged from campaign").await, 3_000);
    }
}

#[tokio::test]
async fn a_declined_card_does_not_wait_in_a_campaign_that_came_to_nothing() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| new.plan.rule = FundingRule::KeepWhatYouRaise).await;
        let reward = stage.limited(&slug, 1).await;
        stage.clock.set(DEADLINE.plus(-HOUR));
        let card = TestCard::DeclineLater;
        let order = Placement { card, ..placement(&slug, "ada", one(reward)) };
        let declined = pledge::place(&stage.backend, order).await.expect("placed");
        assert_eq!(declined.state, PledgeState::Errored);
        stage.clock.set(DEADLINE);
        for _ in 0..3 {
            schedule::once(&stage.backend).await.expect("a round");
            stage.assert_books().await;
        }
        assert_eq!(stage.state(&slug).await, CampaignState::Failed);
        assert_eq!(stage.number("select count(*) from pledge where state = 'dropped'").await, 1);
        assert_eq!(stage.taken(&slug, reward).await, (0, 0), "it holds nothing");
        let letters = "select count(*) from mail where kind = 'pledge_dropped'";
        assert_eq!(stage.number(letters).await, 1);
        let underway = check::underway(&stage.backend).await.expect("counted");
        assert_eq!(underway.releasing, 0);
    }
}

#[tokio::test]
async fn a_last_try_that_was_never_sent_is_none_once_its_campaign_is_called_off() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| new.plan.rule = FundingRule::KeepWhatYouRaise).await;
        let card = TestCard::DeclineLater;
        let order = Placement { card, ..placement(&slug, "ada", amount("10")) };
        pledge::place(&stage.backend, order).await.expect("placed");
        // As it stands when a worker died after it wrote the try.
        let due = "update charge set state = 'due', settled_at = null, taken_until = 0";
        stage.tamper(due).await;
        let creator = who(&stage, "creator", Role::Member).await;
        campaign::cancel(&stage.backend, &creator, slug.as_str(), "A reason.")
            .await
            .expect("called off");
        for _ in 0..3 {
            schedule::once(&stage.backend).await.expect("a round");
            stage.assert_books().await;
        }
        assert_eq!(stage.number("select count(*) from pledge where state = 'dropped'").await, 1);
        assert_eq!(stage.number("select count(*) from charge where state = 'due'").await, 0);
        let asked = "select count(*) from sandbox_charge";
        assert_eq!(stage.number(asked).await, 1, "nobody is charged any more");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_between_two_portions_leaves_the_rest_to_the_next() {
    for stage in Stage::both().await {
        failed(&stage, 1_202).await;
        // Whatever it did when it was stopped, the books agree.
        let once = collection::once(&stage.backend);
        let _ = tokio::time::timeout(Duration::from_millis(40), once).await;
        stage.assert_books().await;
        let (other, clock) = stage.another_process().await;
        clock.set(stage.clock.now());
        let (one, two) = tokio::join!(collection::once(&stage.backend), collection::once(&other));
        one.and(two).expect("released");
        assert_eq!((promised(&stage).await, released(&stage).await), (0, 2 * 1_201));
        stage.assert_books().await;
        let most = "select max(n) from (select count(*) as n from entry where event = 'released'
                                         group by posting) one";
        assert_eq!(stage.number(most).await, 2, "each promise is a posting of its own");
    }
}

#[tokio::test]
async fn a_promise_that_stays_in_the_books_is_found() {
    for stage in Stage::both().await {
        failed(&stage, 3).await;
        stage.assert_books().await;
        stage.clock.set(DEADLINE.plus(HOUR));
        let found = check::first_difference(&stage.backend).await.expect("checked");
        let found = found.expect("nobody has taken it out in an hour");
        assert!(found.what.starts_with("promised to a campaign that came to nothing"), "{found}");
        assert_eq!((found.kept, found.counted), (0, 2_000));
        schedule::once(&stage.backend).await.expect("a round");
        stage.assert_books().await;
        stage.tamper("update campaign set released = released - 1").await;
        assert!(check::first_difference(&stage.backend).await.expect("checked").is_some());
    }
}
