//! The demonstration, written to each engine: its books agree, its pages show
//! what was meant, and its traffic keeps to the rules.

#[path = "stage/stage.rs"]
mod stage;

use backend::{
    Error, campaign,
    demo::{self, Times, Traffic, traffic},
};
use domain::reward::RewardKind;
use stage::Stage;

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
                None => assert_eq!(page.funding.percent(), expected.percent, "{slug}"),
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
async fn what_is_not_public_is_not_shown() {
    let stage = Stage::sqlite().await;
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

#[tokio::test]
async fn traffic_keeps_to_the_rules_and_to_the_demonstration() {
    for stage in Stage::both().await {
        let backend = &stage.backend;
        let other = stage.campaign(|_| ()).await;
        let mut decisions = Traffic::new(11);
        traffic::place_one(backend, &mut decisions).await.expect("nothing to pledge to");
        demo::seed::seed(backend).await.expect("seeded");
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
