//! Sizes, a window, a secret and an order, as a creator writes them.

use backend::{Error, studio};
use domain::studio::RewardForm;

use crate::{
    desk::{draft, problems, reward},
    stage::Stage,
};

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
