//! The demonstration, written to each engine: its books agree, its pages show
//! what was meant, and its traffic keeps to the rules.

#[path = "stage/stage.rs"]
mod stage;

use backend::{
    Error, campaign,
    demo::{self, Times, Traffic, traffic},
};
use domain::{
    Timestamp,
    campaign::CampaignState,
    campaign::Funding,
    reward::RewardKind,
    time::{DAY, HOUR, MINUTE},
};
use stage::{NOW, Stage};

/// In the unit of [`Timestamp`]; the start of a demonstration is kept in seconds.
const SECOND: i64 = MINUTE / 60;

#[tokio::test]
async fn the_demonstration_is_seeded_once_and_its_books_agree() {
    for stage in Stage::both().await {
        let backend = &stage.backend;
        demo::seed::seed(backend).await.expect("seeded");
        stage.assert_books().await;
        for expected in demo::campaigns().iter().filter(|c| c.state.is_public()) {
            let slug = expected.slug;
            let page = campaign::page(backend, None, slug, "").await.expect("a public page");
            assert_eq!((page.state, page.is_demo), (expected.state, true), "{slug}");
            assert_eq!(matches!(expected.times, Times::OnRecord { .. }), page.opening.is_some());
            match expected.record {
                Some(record) => {
                    let shown = (page.funding.pledged, page.funding.backers);
                    assert_eq!(shown, (record.pledged, record.backers), "{slug}");
                }
                None => {
                    // What is seeded is a share of the money, whatever decides.
                    let money = Funding { goal_units: None, ..page.funding };
                    assert_eq!(money.percent(), expected.percent, "{slug}");
                }
            }
            let written = expected.rewards.iter().filter(|r| r.secret.is_none());
            for kind in [RewardKind::Reward, RewardKind::AddOn] {
                let shown = page.rewards.iter().filter(|r| r.kind == kind);
                for (shown, written) in shown.zip(written.clone().filter(|r| r.kind == kind)) {
                    assert_eq!(shown.title, written.title, "{slug}");
                    assert!(written.taken.is_none_or(|n| n == shown.backers), "{}", shown.title);
                }
            }
        }

        let before = stage.rows().await;
        demo::seed::seed(backend).await.expect("nothing to do");
        assert_eq!(stage.rows().await, before);
    }
}

#[tokio::test]
async fn the_demonstration_keeps_out_of_a_real_database() {
    for stage in Stage::both().await {
        let seed = async || demo::seed::seed(&stage.backend).await;
        stage.account("somebody").await;
        let before = stage.rows().await;
        let refused = seed().await.expect_err("accounts of others are there").to_string();
        assert!(refused.contains("this database holds campaigns or accounts"), "{refused}");
        assert_eq!(stage.rows().await, before, "nothing is written");
        stage.campaign(|_| ()).await;
        assert!(seed().await.is_err(), "campaigns of others are there");
    }
    for stage in Stage::both().await {
        demo::seed::seed(&stage.backend).await.expect("an empty database");
        stage.campaign(|_| ()).await;
        demo::seed::seed(&stage.backend).await.expect("it had the demonstration before");
    }
}

#[tokio::test]
async fn an_old_demonstration_is_moved_on_at_the_next_start() {
    for stage in Stage::both().await {
        let backend = &stage.backend;
        demo::seed::seed(backend).await.expect("seeded");
        let own = stage.campaign(|_| ()).await;
        let page = async |slug: &str| {
            campaign::page(backend, None, slug, "").await.expect("a public page")
        };
        let ends_soon = |now| {
            let written = demo::campaigns();
            let all = written.iter().filter(move |c| {
                c.record.is_none() && (0..HOUR).contains(&c.deadline(now).since(now))
            });
            all.map(|c| c.slug).collect::<Vec<_>>()
        };
        let soon = ends_soon(NOW);
        assert_eq!(soon.len(), 4);

        // Within the hour nothing moves; later in the day everything does.
        stage.clock.set(NOW.plus(10 * MINUTE));
        demo::seed::seed(backend).await.expect("nothing to do");
        assert_eq!(page(soon[0]).await.deadline, deadline_of(soon[0], NOW));
        for later in [3 * HOUR, 100 * DAY] {
            let now = NOW.plus(later);
            stage.clock.set(now);
            campaign::close_due(backend).await.expect("closed");
            assert_ne!(page(soon[0]).await.state, CampaignState::Live);
            demo::seed::seed(backend).await.expect("moved on");
            for written in demo::campaigns().iter().filter(|c| c.state.is_public()) {
                let (slug, page) = (written.slug, page(written.slug).await);
                assert_eq!(page.state, written.state, "{slug}");
                let drift = page.deadline.since(written.deadline(now));
                assert!((0..SECOND).contains(&drift.abs()), "{slug}: {drift}");
                for reward in &page.rewards {
                    let written = written.rewards.iter().find(|r| r.title == reward.title);
                    let months = written.expect("of the demonstration").months;
                    assert_eq!(reward.delivery.is_some(), months.is_some(), "{slug}");
                    let until = page.deadline.civil();
                    let promised = until.year * 12 + i64::from(until.month) + months.unwrap_or(0);
                    let delivery = reward.delivery.map(|d| d.year * 12 + i64::from(d.month));
                    // A deadline at the end of a month may move into the next one.
                    let drift = delivery.map_or(0, |delivery| (delivery - promised).abs());
                    assert!(drift <= 1, "{slug}: {}", reward.title);
                    let late = reward.offer.starts_at.is_none_or(|at| at > now.plus(-100 * DAY));
                    assert!(late, "{slug}: {}", reward.title);
                }
                if let Some(record) = written.record {
                    assert_eq!(page.funding.pledged, record.pledged, "{slug}");
                }
            }
            assert!(campaign::close_due(backend).await.expect("looked") == 0);
        }
        assert_eq!(page(own.as_str()).await.deadline, stage::DEADLINE, "what others run stays");
        stage.assert_books().await;
    }
}

fn deadline_of(slug: &str, start: Timestamp) -> Timestamp {
    demo::campaigns().iter().find(|c| c.slug == slug).expect("of the demonstration").deadline(start)
}

#[tokio::test]
async fn what_is_not_public_is_not_shown() {
    for stage in Stage::both().await {
        demo::seed::seed(&stage.backend).await.expect("seeded");
        for slug in ["cantine-de-la-gare", "saturday-press"] {
            let page = campaign::page(&stage.backend, None, slug, "").await;
            assert!(matches!(page, Err(Error::NotFound)), "{slug}");
        }
        let has_secret =
            |page: &domain::campaign::CampaignPage| page.rewards.iter().any(|r| r.is_secret);
        let open = campaign::page(&stage.backend, None, "tide-clock", "").await.expect("a page");
        let opened =
            campaign::page(&stage.backend, None, "tide-clock", "friends").await.expect("a page");
        assert!(!has_secret(&open) && has_secret(&opened));
    }
}

#[tokio::test]
async fn traffic_keeps_to_the_rules_and_to_the_demonstration() {
    for stage in Stage::both().await {
        let backend = &stage.backend;
        let mut decisions = Traffic::new(11);
        traffic::place_one(backend, &mut decisions).await.expect("nothing to pledge to");
        demo::seed::seed(backend).await.expect("seeded");
        let other = stage.campaign(|_| ()).await;
        let before = stage.number("select count(*) from pledge").await;
        for _ in 0..40 {
            match traffic::place_one(backend, &mut decisions).await {
                Ok(()) | Err(Error::Invalid(_) | Error::Refused(_)) => {}
                Err(fault) => panic!("{fault}"),
            }
        }
        let after = stage.number("select count(*) from pledge").await;
        assert!(after > before + 30, "{before} to {after}");
        assert_eq!(stage.totals(&other).await, (0, 0));
        let letters = "select count(*) from mail where recipient like '%@demo.example.org'";
        assert_eq!(stage.number(letters).await, 0);
        stage.assert_books().await;
    }
}
