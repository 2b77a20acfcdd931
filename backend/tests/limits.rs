//! What a campaign and its rewards may be, whoever writes them.

#[path = "stage/stage.rs"]
mod stage;

use backend::{
    Error,
    campaign::{self, NewCampaign},
    reward::{self, NewReward},
};
use domain::{
    Currency, Invalid, Money, Problem,
    campaign::Opening,
    reward::{Offer, RewardKind, Shipping, Variants},
    time::{DAY, HOUR},
};
use stage::{NOW, Stage};

#[tokio::test]
async fn a_campaign_of_ours_runs_for_one_to_sixty_days_and_a_record_as_long_as_it_did() {
    for stage in Stage::both().await {
        let put = async |new: &NewCampaign| {
            let mut tx = stage.backend.db.begin().await.expect("a transaction");
            let outcome = campaign::put(&mut tx.conn(), new, NOW).await;
            tx.commit().await.expect("committed");
            outcome
        };
        for (length, is_allowed) in
            [(DAY - 1, false), (DAY, true), (60 * DAY, true), (60 * DAY + 1, false)]
        {
            let new = stage.new_campaign().await;
            let launched = new.launched_at.expect("launched");
            let new = NewCampaign { deadline: launched.plus(length), ..new };
            let before = stage.rows().await;
            match put(&new).await {
                Ok(_) => assert!(is_allowed, "{length}"),
                Err(Error::Invalid(invalid)) => {
                    let problem = Problem::Duration { least: 1, most: 60 };
                    assert_eq!((is_allowed, invalid), (false, Invalid::field("deadline", problem)));
                    assert_eq!(stage.rows().await, before, "a refusal writes nothing");
                }
                Err(fault) => panic!("{fault}"),
            }
            let record = Opening {
                pledged: Money::new(0, Currency::Eur),
                backers: 0,
                source: "a record".into(),
            };
            let slug = stage.new_campaign().await.slug;
            put(&NewCampaign { slug, opening: Some(record), ..new }).await.expect("a record");
        }
    }
}

#[tokio::test]
async fn a_reward_costs_what_its_currency_allows() {
    for stage in Stage::both().await {
        let slug = stage
            .campaign(|new| {
                new.currency = Currency::Jpy;
                new.deadline = NOW.plus(30 * DAY - HOUR);
            })
            .await;
        let mut reader = stage.backend.db.read().await.expect("a reader");
        let (id, ..) = campaign::card(&mut reader.conn(), slug.as_str()).await.expect("it");
        drop(reader);
        for (price, is_allowed) in [(99, false), (100, true), (1_200_000, true), (1_200_001, false)]
        {
            let mut tx = stage.backend.db.begin().await.expect("a transaction");
            let new = of_price(price);
            let outcome = reward::add(&mut tx.conn(), id, 0, &new).await;
            tx.commit().await.expect("committed");
            match outcome {
                Ok(_) => assert!(is_allowed, "{price}"),
                Err(Error::Invalid(invalid)) => {
                    assert!(!is_allowed, "{price}");
                    let problem = invalid.of("price");
                    assert!(matches!(problem, Some(Problem::PriceOutOfRange { .. })), "{price}");
                }
                Err(fault) => panic!("{fault}"),
            }
        }
        assert_eq!(stage.number("select count(*) from reward").await, 2);
    }
}

fn of_price(price: i64) -> NewReward {
    NewReward {
        kind: RewardKind::Reward,
        title: "A reward".into(),
        description: String::new(),
        price,
        late_price: None,
        units: 1,
        items: Vec::new(),
        image: None,
        delivery: None,
        offer: Offer::default(),
        secret: None,
        shipping: Shipping::None,
        variants: Variants::default(),
    }
}
