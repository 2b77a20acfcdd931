//! A reward that comes in sizes: one is chosen, none is oversold, and what is changed,
//! taken back or moved by its creator leaves the stock of each right.

#[path = "studio/desk.rs"]
mod desk;
#[path = "stage/stage.rs"]
mod stage;

use backend::{Error, campaign, pledge, studio};
use desk::{draft, problems, reward};
use domain::{
    Problem,
    id::RewardId,
    pledge::Choices,
    reward::{RewardKind, RewardOption, Variant, Variants},
    slug::Slug,
    studio::RewardForm,
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

#[tokio::test]
async fn a_creator_writes_sizes_a_window_and_a_secret() {
    for stage in Stage::both().await {
        let (people, slug) = draft(&stage).await;
        let (backend, me) = (&stage.backend, &people.creator);
        let form = RewardForm {
            options: "Size: S, M".into(),
            stock: "S: 3".into(),
            ends: "2027-01-01".into(),
            ends_time: "12:00".into(),
            secret: "on".into(),
            ..reward(&slug, "A shirt", "20")
        };
        let id = studio::save_reward(backend, me, form).await.expect("saved");
        let named = id.to_string();
        let read = async || {
            let page = studio::page(backend, me, slug.as_str()).await.expect("the studio");
            page.rewards.into_iter().find(|one| one.id == id).expect("the reward")
        };
        let saved = read().await;
        let secret = saved.secret.expect("a link");
        assert_eq!(
            (saved.form.options.as_str(), saved.form.stock.as_str()),
            ("Size: S, M", "S: 3")
        );
        assert_eq!(
            (saved.form.ends.as_str(), saved.form.ends_time.as_str()),
            ("2027-01-01", "12:00")
        );
        let form = RewardForm { stock: "M: 5".into(), ..saved.form };
        studio::save_reward(backend, me, form.clone()).await.expect("saved again");
        assert_eq!(read().await.secret.as_deref(), Some(secret.as_str()), "the link stays");
        let stale = problems(studio::save_reward(backend, me, form).await);
        assert!(domain::studio::problem::is_stale(&stale));
        studio::renew_secret(backend, me, slug.as_str(), &named).await.expect("renewed");
        assert_ne!(read().await.secret, Some(secret));
        let strange = studio::renew_secret(backend, &people.stranger, slug.as_str(), &named);
        assert!(matches!(strange.await, Err(Error::NotFound)));
        let doubled = RewardForm { options: "Size: S, s".into(), ..reward(&slug, "B", "20") };
        let why = problems(studio::save_reward(backend, me, doubled).await);
        assert!(why.of("options").is_some());
        let copy = studio::duplicate_reward(backend, me, slug.as_str(), &named).await;
        copy.expect("copied");
        studio::delete_reward(backend, me, slug.as_str(), &named).await.expect("deleted");
        assert_eq!(stage.number("select count(*) from reward_variant").await, 2, "the copy's");
    }
}

#[tokio::test]
async fn an_order_of_rewards_is_set_whole_or_not_at_all() {
    for stage in Stage::both().await {
        let (people, slug) = draft(&stage).await;
        let (backend, me, name) = (&stage.backend, &people.creator, slug.as_str());
        let mut ids = Vec::new();
        for title in ["A", "B", "C"] {
            let id = studio::save_reward(backend, me, reward(&slug, title, "5")).await;
            ids.push(id.expect("saved").to_string());
        }
        let before = ids.join(",");
        ids.rotate_left(1);
        let order = ids.join(",");
        studio::arrange_rewards(backend, me, name, &before, &order).await.expect("arranged");
        let page = studio::page(backend, me, name).await.expect("the studio");
        let titles: Vec<_> = page.rewards.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(titles, ["B", "C", "A"]);
        let stale = studio::arrange_rewards(backend, me, name, &before, &order).await;
        assert!(problems(stale).of("").is_some());
        let strange = studio::arrange_rewards(backend, &people.stranger, name, &order, &before);
        assert!(matches!(strange.await, Err(Error::NotFound)));
    }
}
