//! What a creator and an operator do to a campaign, and what that does to money.

#[path = "stage/runs.rs"]
mod runs;
#[path = "stage/stage.rs"]
mod stage;

use backend::{
    Error, campaign,
    pledge::{self, Placement, command::Answer},
    studio,
};
use domain::{
    account::Role,
    campaign::CampaignState,
    payment::TestCard,
    pledge::{PledgeState, Refusal},
    slug::Slug,
    studio::RemarkForm,
    time::DAY,
};
use runs::{letters, paid_out, pledge_state, run_until, who};
use stage::{DEADLINE, Stage, amount, placement};

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

/// A campaign with a card that is good and one that is declined when charged.
async fn one_of_two_declined(stage: &Stage) -> (Slug, Answer) {
    let slug = stage.campaign(|new| new.goal = 1_000).await;
    stage.place(&slug, "ada", amount("10")).await.expect("placed");
    let card = TestCard::DeclineLater;
    let order = Placement { card, ..placement(&slug, "bob", amount("10")) };
    let bob = pledge::place(&stage.backend, order).await.expect("placed");
    (slug, bob)
}

#[tokio::test]
async fn who_is_charged_late_after_a_stop_has_a_week_to_see_to_the_card() {
    for stage in Stage::both().await {
        let operator = who(&stage, "operator", Role::Operator).await;
        let (slug, bob) = one_of_two_declined(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        campaign::suspend(backend, &operator, name, "A doubt.").await.expect("suspended");
        let late = DEADLINE.plus(10 * DAY);
        run_until(&stage, late).await;
        campaign::resume(backend, &operator, name, "").await.expect("resumed");
        run_until(&stage, late).await;
        assert_eq!(stage.state(&slug).await, CampaignState::Successful);
        assert_eq!(pledge_state(&stage, &bob).await, PledgeState::Errored);
        run_until(&stage, late.plus(7 * DAY - 1)).await;
        assert_eq!(pledge_state(&stage, &bob).await, PledgeState::Errored);
        run_until(&stage, late.plus(7 * DAY)).await;
        assert_eq!(pledge_state(&stage, &bob).await, PledgeState::Dropped);
        run_until(&stage, late.plus(14 * DAY - 1)).await;
        assert_eq!(paid_out(&stage).await, 0, "two weeks after the cards were charged");
        run_until(&stage, late.plus(14 * DAY)).await;
        assert!(paid_out(&stage).await > 0);
    }
}

#[tokio::test]
async fn a_stop_does_not_eat_up_the_week_to_see_to_a_card() {
    for stage in Stage::both().await {
        let operator = who(&stage, "operator", Role::Operator).await;
        let (slug, bob) = one_of_two_declined(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        run_until(&stage, DEADLINE).await;
        assert_eq!(pledge_state(&stage, &bob).await, PledgeState::Errored);
        // The last letter of the week is out, and no other would follow.
        run_until(&stage, DEADLINE.plus(6 * DAY)).await;
        let before = letters(&stage, "card_declined").await;
        campaign::suspend(backend, &operator, name, "A doubt.").await.expect("suspended");
        let late = DEADLINE.plus(20 * DAY);
        run_until(&stage, late).await;
        assert_eq!(pledge_state(&stage, &bob).await, PledgeState::Errored, "frozen");
        campaign::resume(backend, &operator, name, "").await.expect("resumed");
        run_until(&stage, late).await;
        assert_eq!(letters(&stage, "card_declined").await, before + 1, "told of the new week");
        run_until(&stage, late.plus(7 * DAY - 1)).await;
        assert_eq!(pledge_state(&stage, &bob).await, PledgeState::Errored);
        run_until(&stage, late.plus(7 * DAY)).await;
        assert_eq!(pledge_state(&stage, &bob).await, PledgeState::Dropped);
        run_until(&stage, late.plus(14 * DAY)).await;
        assert!(paid_out(&stage).await > 0);
    }
}

#[tokio::test]
async fn a_stop_long_after_everything_was_charged_begins_no_week() {
    for stage in Stage::both().await {
        let operator = who(&stage, "operator", Role::Operator).await;
        let slug = stage.campaign(|new| new.goal = 1_000).await;
        stage.place(&slug, "ada", amount("10")).await.expect("placed");
        let (backend, name) = (&stage.backend, slug.as_str());
        run_until(&stage, DEADLINE).await;
        run_until(&stage, DEADLINE.plus(8 * DAY)).await;
        campaign::suspend(backend, &operator, name, "A doubt.").await.expect("suspended");
        campaign::resume(backend, &operator, name, "").await.expect("resumed");
        run_until(&stage, DEADLINE.plus(14 * DAY)).await;
        assert!(paid_out(&stage).await > 0, "as if nothing had been");
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
        let early = campaign::launch(backend, &creator, name, 0).await;
        assert!(matches!(early, Err(Error::Refused(_))), "nobody has approved it");
        let operator = who(&stage, "operator", Role::Operator).await;
        let yes = RemarkForm { slug: name.into(), ..RemarkForm::default() };
        studio::approve(backend, &operator, &yes).await.expect("approved");
        let far = campaign::launch(backend, &creator, name, 6).await;
        assert!(matches!(far, Err(Error::Invalid(_))));
        let stranger = who(&stage, "eve", Role::Member).await;
        let refused = campaign::launch(backend, &stranger, name, 0).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        campaign::launch(backend, &creator, name, 5).await.expect("launched");
        assert_eq!(stage.state(&slug).await, CampaignState::Live);
        stage.place(&slug, "ada", amount("10")).await.expect("placed");
        let again = campaign::launch(backend, &creator, name, 0).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::WrongState { .. }))));
        let page = campaign::page(backend, None, name, "").await.expect("a page");
        assert_eq!(page.deadline, DEADLINE.plus(5 * DAY));
    }
}
