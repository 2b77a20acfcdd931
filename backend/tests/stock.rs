//! No reward is oversold, however many want it at once, and what is held by a
//! card that was never confirmed comes back.

#[path = "stage/stage.rs"]
mod stage;

use std::collections::BTreeSet;

use backend::{Backend, Error, pledge};
use domain::{
    Problem,
    id::{PledgeId, RewardId},
    pledge::{PledgeState, Refusal},
    slug::Slug,
    time::MINUTE,
};
use stage::{NOW, Stage, Why, one, placement, with_add_on};

const UNITS: i64 = 50;
const BUYERS: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_buyers_of_fifty_units_get_exactly_fifty() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let reward = stage.limited(&slug, UNITS).await;
        rush(&stage, &[&stage.backend], &slug, reward).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_one_database_sell_no_unit_twice() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let reward = stage.limited(&slug, UNITS).await;
        let (second, _) = stage.another_process().await;
        rush(&stage, &[&stage.backend, &second], &slug, reward).await;
    }
}

/// Everybody at once, in turns through each process.
async fn rush(stage: &Stage, processes: &[&Backend], slug: &Slug, reward: RewardId) {
    let mut buyers = tokio::task::JoinSet::new();
    for number in 0..BUYERS {
        let backend = processes[number % processes.len()].clone();
        let order = placement(slug, &format!("buyer-{number}"), one(reward));
        buyers.spawn(async move { pledge::place(&backend, order).await });
    }
    let mut sold: BTreeSet<PledgeId> = BTreeSet::new();
    let mut told = 0;
    while let Some(outcome) = buyers.join_next().await {
        match outcome.expect("a buyer finished") {
            Ok(answer) => assert!(sold.insert(answer.pledge), "each pledge is answered once"),
            Err(Error::Invalid(invalid)) => {
                assert_eq!(invalid.of("reward"), Some(&Problem::SoldOut));
                told += 1;
            }
            Err(other) => panic!("neither sold nor told so: {other:?}"),
        }
    }
    assert_eq!((sold.len(), told), (50, BUYERS - 50));
    assert_eq!(stage.taken(slug, reward).await, (UNITS, UNITS));
    assert_eq!(stage.totals(slug).await, (UNITS * 1_000, UNITS));
    stage.assert_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backer_who_asks_twice_at_once_gets_one_pledge() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let reward = stage.limited(&slug, UNITS).await;
        let (second, _) = stage.another_process().await;
        let mut tries = tokio::task::JoinSet::new();
        for number in 0..20 {
            let backend = if number % 2 == 0 { stage.backend.clone() } else { second.clone() };
            let order = placement(&slug, "ada", one(reward));
            tries.spawn(async move { pledge::place(&backend, order).await.is_ok() });
        }
        let outcomes = tries.join_all().await;
        assert_eq!(outcomes.into_iter().filter(|placed| *placed).count(), 1);
        assert_eq!(stage.taken(&slug, reward).await, (1, 1));
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn an_unconfirmed_card_holds_its_unit_and_counts_nothing() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let last = stage.limited(&slug, 1).await;
        let waiting = stage.place_unconfirmed(&slug, "ada", one(last)).await;
        assert_eq!(waiting.state, PledgeState::AuthenticationRequired);
        assert_eq!((stage.totals(&slug).await, stage.taken(&slug, last).await), ((0, 0), (1, 1)));
        let why = stage.assert_refused(stage.place(&slug, "bob", one(last))).await;
        assert_eq!(why.of("reward"), Some(&Problem::SoldOut));

        assert_eq!(stage.confirm(&waiting).await.expect("confirmed").state, PledgeState::Pledged);
        assert_eq!(stage.totals(&slug).await, (1_000, 1));
        let rows = stage.rows().await;
        stage.confirm(&waiting).await.expect("a second click says the same");
        assert_eq!(stage.rows().await, rows, "and counts nothing");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_card_that_is_never_confirmed_gives_its_unit_back_after_half_an_hour() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let last = stage.limited(&slug, 1).await;
        let waiting = stage.place_unconfirmed(&slug, "ada", one(last)).await;
        stage.clock.set(NOW.plus(30 * MINUTE));
        pledge::drop_unconfirmed(&stage.backend).await.expect("looked");
        assert_eq!(stage.taken(&slug, last).await, (1, 1), "half an hour is theirs");
        stage.clock.set(NOW.plus(30 * MINUTE + 1));
        let (second, _) = stage.another_process().await;
        let (one_process, another) = tokio::join!(
            pledge::drop_unconfirmed(&stage.backend),
            pledge::drop_unconfirmed(&second)
        );
        one_process.and(another).expect("both looked, one found it");
        assert_eq!((stage.totals(&slug).await, stage.taken(&slug, last).await), ((0, 0), (0, 0)));
        let why = stage.assert_refused(stage.confirm(&waiting)).await;
        assert_eq!(why, Why::Refused(Refusal::PledgeEnded));
        stage.place(&slug, "bob", one(last)).await.expect("the unit is back");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn what_a_backer_holds_of_a_sold_out_reward_stays_theirs() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let last = stage.limited(&slug, 1).await;
        let print = stage
            .reward(&slug, |new| {
                (new.kind, new.offer.quantity) = (domain::reward::RewardKind::AddOn, Some(2));
            })
            .await;
        let placed = stage.place(&slug, "ada", with_add_on(last, print, 2)).await.expect("placed");
        let changed = stage.change(&placed, with_add_on(last, print, 1)).await.expect("fewer");
        assert_eq!(changed.quote.total.minor, 2_000);
        stage.change(&placed, with_add_on(last, print, 2)).await.expect("and back");
        let why = stage.assert_refused(stage.change(&placed, with_add_on(last, print, 3))).await;
        assert!(why.of(&format!("add_on.{print}")).is_some(), "{why:?}");
        stage.assert_books().await;
    }
}
