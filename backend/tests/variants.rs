//! A reward that comes in sizes: one is chosen, none is oversold, and what is changed,
//! taken back or moved by its creator leaves the stock of each right.

#[path = "stage/stage.rs"]
mod stage;

use backend::{Error, campaign, pledge};
use domain::{
    Problem,
    id::RewardId,
    pledge::Choices,
    reward::{RewardKind, RewardOption, Variant, Variants},
    slug::Slug,
};
use stage::{Stage, one, placement, with_add_on};

const OF_EACH: i64 = 10;
const BUYERS: usize = 60;

fn sizes(quantity: Option<i64>) -> Variants {
    let values = vec!["S".to_owned(), "M".to_owned()];
    let list = values.iter().map(|name| Variant { name: name.clone(), quantity, claimed: 0 });
    Variants { list: list.collect(), options: vec![RewardOption { name: "Size".into(), values }] }
}

async fn shirt(stage: &Stage, slug: &Slug, quantity: Option<i64>) -> RewardId {
    stage.reward(slug, |new| (new.title, new.variants) = ("Shirt".into(), sizes(quantity))).await
}

fn of(reward: RewardId, size: &str) -> Choices {
    Choices { options: [(reward.to_string(), size.to_owned())].into(), ..one(reward) }
}

async fn claimed(stage: &Stage, size: &str) -> i64 {
    let all = format!("select sum(claimed) from reward_variant where name = '{size}'");
    stage.number(&all.replace("sum(claimed)", "cast(sum(claimed) as bigint)")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_rush_no_size_is_sold_twice() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let shirt = shirt(&stage, &slug, Some(OF_EACH)).await;
        let (second, _) = stage.another_process().await;
        let mut buyers = tokio::task::JoinSet::new();
        for number in 0..BUYERS {
            let backend = if number % 2 == 0 { stage.backend.clone() } else { second.clone() };
            let size = if number % 3 == 0 { "S" } else { "M" };
            let order = placement(&slug, &format!("buyer-{number}"), of(shirt, size));
            buyers.spawn(async move { pledge::place(&backend, order).await });
        }
        let field = format!("option.{shirt}");
        let mut sold = 0;
        for outcome in buyers.join_all().await {
            match outcome {
                Ok(_) => sold += 1,
                Err(Error::Invalid(why)) => assert_eq!(why.of(&field), Some(&Problem::SoldOut)),
                Err(other) => panic!("neither sold nor told so: {other:?}"),
            }
        }
        assert_eq!(sold, 2 * OF_EACH);
        assert_eq!((claimed(&stage, "S").await, claimed(&stage, "M").await), (10, 10));
        assert_eq!(stage.taken(&slug, shirt).await, (20, 20));
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_backer_chooses_a_size_changes_it_and_gives_it_back() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let shirt = shirt(&stage, &slug, Some(1)).await;
        let placed = stage.place(&slug, "ada", of(shirt, "S")).await.expect("placed");
        assert_eq!(placed.quote.lines[0].title, "Shirt (S)");
        assert_eq!((claimed(&stage, "S").await, claimed(&stage, "M").await), (1, 0));
        stage.change(&placed, of(shirt, "S")).await.expect("the last one stays theirs");
        stage.change(&placed, of(shirt, "M")).await.expect("another size");
        assert_eq!((claimed(&stage, "S").await, claimed(&stage, "M").await), (0, 1));
        stage.assert_books().await;
        let page = campaign::page(&stage.backend, None, slug.as_str(), "").await.expect("a page");
        assert_eq!(page.rewards[0].sale().left(), Some(1), "one of two");
        stage.cancel(&placed).await.expect("cancelled");
        assert_eq!((claimed(&stage, "S").await, claimed(&stage, "M").await), (0, 0));
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_choice_is_one_of_this_reward_and_still_there() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let shirt = shirt(&stage, &slug, Some(1)).await;
        let plain = stage.reward(&slug, |_| ()).await;
        let add_on = stage
            .reward(&slug, |new| {
                (new.kind, new.variants) = (RewardKind::AddOn, sizes(Some(2)));
            })
            .await;
        stage.place(&slug, "ada", of(shirt, "S")).await.expect("placed");
        let long = "x".repeat(10_000);
        let mut caps = with_add_on(plain, add_on, 3);
        caps.options.insert(add_on.to_string(), "M".into());
        for (choices, field, problem) in [
            (of(shirt, "S"), shirt, Problem::SoldOut),
            (one(shirt), shirt, Problem::Missing),
            (of(shirt, "XL"), shirt, Problem::UnknownChoice),
            (of(shirt, &long), shirt, Problem::UnknownChoice),
            (of(plain, "S"), plain, Problem::UnknownChoice),
            (
                Choices { options: of(shirt, "M").options, ..one(plain) },
                shirt,
                Problem::UnknownReward,
            ),
            (with_add_on(plain, add_on, 1), add_on, Problem::Missing),
            (caps, add_on, Problem::OnlyLeft { left: 2 }),
        ] {
            let why = stage.assert_refused(stage.place(&slug, "bob", choices)).await;
            assert_eq!(why.of(&format!("option.{field}")), Some(&problem));
        }
    }
}

#[tokio::test]
async fn stock_that_is_moved_behind_the_writers_back_is_found() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let shirt = shirt(&stage, &slug, None).await;
        stage.place(&slug, "ada", of(shirt, "S")).await.expect("placed");
        stage.tamper("update reward_variant set claimed = 2 where name = 'S'").await;
        let found = backend::check::first_difference(&stage.backend).await.expect("looked");
        let found = found.expect("a difference");
        assert_eq!(found.what, "claimed units of variant Shirt (S)");
        assert_eq!((found.kept, found.counted), (2, 1));
    }
}
