//! What a creator and an operator do to a campaign, and what that does to money.

#[path = "stage/runs.rs"]
mod runs;
#[path = "stage/stage.rs"]
mod stage;

use backend::{Error, campaign, studio};
use domain::{
    account::Role,
    campaign::CampaignState,
    pledge::{PledgeState, Refusal},
    studio::RemarkForm,
    time::DAY,
};
use runs::{letters, paid_out, pledge_state, run_until, who};
use stage::{DEADLINE, Stage, amount};

#[tokio::test]
async fn a_suspension_freezes_and_a_cancellation_ends() {
    for stage in Stage::both().await {
        let operator = who(&stage, "operator", Role::Operator).await;
        let creator = who(&stage, "creator", Role::Member).await;
        let slug = stage.campaign(|new| new.goal = 1_000).await;
        let ada = stage.place(&slug, "ada", amount("10")).await.expect("placed");
        let (backend, name) = (&stage.backend, slug.as_str());
        let refused = campaign::suspend(backend, &creator, name, "A doubt.").await;
        assert!(matches!(refused, Err(Error::NotFound)), "the operator's alone");
        campaign::suspend(backend, &operator, name, "A doubt.").await.expect("suspended");
        run_until(&stage, DEADLINE.plus(DAY)).await;
        assert_eq!(stage.state(&slug).await, CampaignState::Suspended);
        assert_eq!(pledge_state(&stage, &ada).await, PledgeState::Pledged);
        campaign::resume(backend, &operator, name, "A doubt.").await.expect("resumed");
        run_until(&stage, DEADLINE.plus(2 * DAY)).await;
        assert_eq!(stage.state(&slug).await, CampaignState::Successful);
        assert_eq!(pledge_state(&stage, &ada).await, PledgeState::Collected);
        let refused = campaign::cancel(backend, &creator, name, "Ill.").await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::WrongState { .. }))));
        campaign::suspend(backend, &operator, name, "A doubt.").await.expect("suspended");
        run_until(&stage, DEADLINE.plus(20 * DAY)).await;
        assert_eq!(paid_out(&stage).await, 0, "frozen");
        campaign::resume(backend, &operator, name, "A doubt.").await.expect("resumed");
        run_until(&stage, DEADLINE.plus(21 * DAY)).await;
        assert!(paid_out(&stage).await > 0);

        let deadline = stage.clock.now().plus(10 * DAY);
        let other = stage.campaign(|new| {
            (new.launched_at, new.deadline) = (Some(deadline.plus(-20 * DAY)), deadline);
        });
        let other = other.await;
        let bob = stage.place(&other, "bob", amount("10")).await.expect("placed");
        campaign::cancel(backend, &creator, other.as_str(), "Ill.").await.expect("cancelled");
        assert_eq!(letters(&stage, "campaign_cancelled").await, 1);
        run_until(&stage, deadline.plus(30 * DAY)).await;
        assert_eq!(pledge_state(&stage, &bob).await, PledgeState::Pledged, "never charged");
        assert_eq!(stage.state(&other).await, CampaignState::Cancelled);
    }
}

#[tokio::test]
async fn a_launch_moves_the_end_a_little_and_locks_the_rest() {
    for stage in Stage::both().await {
        let creator = who(&stage, "creator", Role::Member).await;
        let reviewed = |new: &mut campaign::NewCampaign| {
            (new.state, new.launched_at) = (CampaignState::InReview, None);
        };
        let slug = stage.campaign(reviewed).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let early = campaign::launch(backend, &creator, name, None).await;
        assert!(matches!(early, Err(Error::Refused(_))), "nobody has approved it");
        let operator = who(&stage, "operator", Role::Operator).await;
        let yes = RemarkForm { slug: name.into(), ..RemarkForm::default() };
        studio::approve(backend, &operator, &yes).await.expect("approved");
        let far = campaign::launch(backend, &creator, name, Some(DEADLINE.plus(6 * DAY))).await;
        assert!(matches!(far, Err(Error::Invalid(_))));
        let stranger = who(&stage, "eve", Role::Member).await;
        let refused = campaign::launch(backend, &stranger, name, Some(DEADLINE)).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        campaign::launch(backend, &creator, name, Some(DEADLINE.plus(5 * DAY)))
            .await
            .expect("launched");
        assert_eq!(stage.state(&slug).await, CampaignState::Live);
        stage.place(&slug, "ada", amount("10")).await.expect("placed");
        let again = campaign::launch(backend, &creator, name, Some(DEADLINE)).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::WrongState { .. }))));
        let page = campaign::page(backend, None, name, "").await.expect("a page");
        assert_eq!(page.deadline, DEADLINE.plus(5 * DAY));
    }
}
