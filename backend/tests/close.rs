//! The deadline decides each campaign once, by its pledged total.

#[path = "stage/stage.rs"]
mod stage;

use backend::campaign;
use domain::{Currency, Money, campaign::CampaignState, campaign::Opening, time::DAY};
use stage::{DEADLINE, Stage, amount};

#[tokio::test]
async fn the_deadline_decides_by_the_total() {
    for stage in Stage::both().await {
        let met = stage.campaign(|new| new.goal = 1_000).await;
        let missed = stage.campaign(|new| new.goal = 1_001).await;
        let later = stage.campaign(|new| new.deadline = DEADLINE.plus(1)).await;
        let ended = stage.campaign(|new| new.state = CampaignState::Cancelled).await;
        for slug in [&met, &missed, &later] {
            stage.place(slug, "ada", amount("10")).await.expect("placed");
        }
        // What a card still has to confirm does not count.
        stage.place_unconfirmed(&missed, "bob", amount("10")).await;
        stage.clock.set(DEADLINE.plus(-1));
        assert_eq!(campaign::close_due(&stage.backend).await.expect("looked"), 0);
        stage.clock.set(DEADLINE);
        assert_eq!(campaign::close_due(&stage.backend).await.expect("looked"), 2);
        assert_eq!(stage.state(&met).await, CampaignState::Successful);
        assert_eq!(stage.state(&missed).await, CampaignState::Failed);
        assert_eq!(stage.state(&later).await, CampaignState::Live);
        assert_eq!(stage.state(&ended).await, CampaignState::Cancelled);
        assert_eq!(campaign::close_due(&stage.backend).await.expect("looked"), 0, "decided once");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn an_opening_balance_counts_towards_the_goal() {
    for stage in Stage::both().await {
        let slug = stage
            .campaign(|new| {
                new.goal = 2_000;
                new.opening = Some(Opening {
                    pledged: Money::new(1_500, Currency::Eur),
                    backers: 3,
                    source: "a record".into(),
                });
            })
            .await;
        stage.place(&slug, "ada", amount("5")).await.expect("placed");
        stage.clock.set(DEADLINE.plus(DAY));
        campaign::close_due(&stage.backend).await.expect("looked");
        assert_eq!(stage.state(&slug).await, CampaignState::Successful);
        assert_eq!(stage.totals(&slug).await, (2_000, 4));
        stage.assert_books().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_close_each_campaign_once() {
    for stage in Stage::both().await {
        let mut slugs = Vec::new();
        for _ in 0..12 {
            slugs.push(stage.campaign(|new| new.goal = 100).await);
        }
        for slug in slugs.iter().step_by(2) {
            stage.place(slug, "ada", amount("1")).await.expect("placed");
        }
        let (second, clock) = stage.another_process().await;
        stage.clock.set(DEADLINE);
        clock.set(DEADLINE);
        let (one, two) =
            tokio::join!(campaign::close_due(&stage.backend), campaign::close_due(&second));
        assert_eq!(
            one.expect("looked") + two.expect("looked"),
            12,
            "each was closed by one of them"
        );
        for (index, slug) in slugs.iter().enumerate() {
            let expected =
                if index % 2 == 0 { CampaignState::Successful } else { CampaignState::Failed };
            assert_eq!(stage.state(slug).await, expected);
        }
        stage.assert_books().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pledge_that_races_with_the_deadline_is_counted_or_refused() {
    for stage in Stage::both().await {
        // A process whose clock is a little late still places while the other closes.
        let slug = stage.campaign(|new| new.goal = 500).await;
        let (late, _) = stage.another_process().await;
        stage.clock.set(DEADLINE);
        let order = stage::placement(&slug, "ada", amount("5"));
        let (placed, closed) =
            tokio::join!(backend::pledge::place(&late, order), campaign::close_due(&stage.backend));
        assert_eq!(closed.expect("looked"), 1);
        let expected =
            if placed.is_ok() { CampaignState::Successful } else { CampaignState::Failed };
        assert_eq!(stage.state(&slug).await, expected, "the decision knows what was counted");
        stage.assert_books().await;
    }
}
