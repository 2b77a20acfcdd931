//! Plans that end early: refunded, disputed, called off, suspended.

use backend::{
    Error, campaign, chargeback, payment::webhook::Reason, pledge::command::Answer, refund,
};
use domain::{
    account::Role,
    campaign::{CampaignState, FundingRule},
    payment::TestCard,
    pledge::{
        InstalmentOffer, PledgeState, Refusal,
        instalment::{TRY_AGAIN_AFTER, WAIT_AFTER_PLAN, WAIT_AFTER_TRY},
    },
    refund::{ChargebackState, RefundForm},
    slug::Slug,
    time::{DAY, HOUR},
};

use super::{
    SECOND, THIRD, charges, give_card,
    hooks::{self, applied, hear, paid, taken},
    in_three, of_campaign, offering, page,
    refunds::{all, some},
    runs::{letters, pledge_state, run_until, who},
    stage::{DEADLINE, NOW, Stage, Why},
    states, turn_card,
};

pub async fn give_back(
    stage: &Stage,
    slug: &Slug,
    answer: &Answer,
    form: RefundForm,
) -> Result<Answer, Error> {
    let creator = who(stage, "creator", Role::Member).await;
    let form = RefundForm {
        slug: slug.to_string(),
        id: answer.pledge.to_string(),
        reason: "other".into(),
        ..form
    };
    refund::ask(&stage.backend, Some(&creator), &form).await
}

#[tokio::test]
async fn a_refund_stops_the_plan_and_gives_back_no_more_than_was_charged() {
    for stage in Stage::both().await {
        let slug = offering(&stage, FundingRule::AllOrNothing).await;
        let ada = in_three(&stage, &slug, "ada", TestCard::Success).await;
        let bob = in_three(&stage, &slug, "bob", TestCard::Success).await;
        run_until(&stage, DEADLINE).await;
        run_until(&stage, SECOND).await;
        let more = give_back(&stage, &slug, &ada, some("66.69"));
        assert!(stage.assert_refused(more).await.of("amount").is_some());
        assert_eq!(states(&stage, &ada).await, ["paid", "paid", "waiting"]);
        // Two charges are given back, each by itself.
        give_back(&stage, &slug, &ada, all()).await.expect("asked");
        run_until(&stage, SECOND.plus(HOUR)).await;
        let page = page(&stage, &ada).await;
        assert_eq!((page.state, page.returned.minor), (PledgeState::Refunded, 6_668));
        assert_eq!(states(&stage, &ada).await, ["paid", "paid", "void"]);
        // A part of it is enough to stop.
        give_back(&stage, &slug, &bob, some("40")).await.expect("asked");
        run_until(&stage, SECOND.plus(2 * HOUR)).await;
        assert_eq!(states(&stage, &bob).await, ["paid", "paid", "void"]);
        assert_eq!(stage.number("select count(*) from refund").await, 4, "of two charges each");
        run_until(&stage, THIRD.plus(30 * DAY)).await;
        assert_eq!(charges(&stage).await, 4);
        assert_eq!(
            (of_campaign(&stage, "dropped").await, of_campaign(&stage, "refunded").await),
            (6_666, 6_668 + 4_000)
        );
        assert_eq!(stage.totals(&slug).await, (20_002, 2), "a success is decided once");
    }
}

#[tokio::test]
async fn a_campaign_that_is_called_off_charges_no_more_and_gives_back_what_it_did() {
    for stage in Stage::both().await {
        let slug = stage
            .campaign(|new| {
                new.plan.rule = FundingRule::KeepWhatYouRaise;
                new.plan.instalments = Some(InstalmentOffer { from: 9_000, most: 3 });
                new.deadline = NOW.plus(100 * DAY);
            })
            .await;
        let placed = in_three(&stage, &slug, "ada", TestCard::Success).await;
        assert_eq!(placed.state, PledgeState::Collected);
        assert_eq!(stage.totals(&slug).await, (10_001, 1), "the pledge counts as promised");
        assert_eq!(of_campaign(&stage, "collected").await, 3_335);
        run_until(&stage, NOW.plus(31 * DAY)).await;
        assert_eq!(states(&stage, &placed).await, ["paid", "paid", "waiting"]);
        let creator = who(&stage, "creator", Role::Member).await;
        campaign::cancel(&stage.backend, &creator, slug.as_str(), "A reason.")
            .await
            .expect("called off");
        run_until(&stage, NOW.plus(32 * DAY)).await;
        run_until(&stage, NOW.plus(90 * DAY)).await;
        assert_eq!(states(&stage, &placed).await, ["paid", "paid", "void"]);
        assert_eq!(pledge_state(&stage, &placed).await, PledgeState::Refunded);
        assert_eq!((charges(&stage).await, of_campaign(&stage, "refunded").await), (2, 6_668));
    }
}

/// A plan of three of which the last two are declined three times each.
async fn declined(stage: &Stage, slug: &Slug, guest: &str) -> Answer {
    let placed = in_three(stage, slug, guest, TestCard::Success).await;
    run_until(stage, DEADLINE).await;
    turn_card(stage, TestCard::DeclineLater).await;
    for month in [SECOND, THIRD] {
        for n in 0..3 {
            run_until(stage, month.plus(n * TRY_AGAIN_AFTER)).await;
        }
    }
    assert_eq!(states(stage, &placed).await, ["paid", "errored", "errored"]);
    placed
}

#[tokio::test]
async fn a_plan_that_nobody_sees_to_is_given_up_two_weeks_after_its_last_instalment() {
    for stage in Stage::both().await {
        let slug = offering(&stage, FundingRule::AllOrNothing).await;
        let placed = declined(&stage, &slug, "ada").await;
        let end = THIRD.plus(WAIT_AFTER_PLAN);
        run_until(&stage, end.plus(-1)).await;
        assert_eq!(states(&stage, &placed).await, ["paid", "errored", "errored"]);
        let promised = "select cast(sum(amount) as bigint) from entry where account = 'promised'";
        assert_eq!(stage.number(promised).await, 6_666);
        run_until(&stage, end).await;
        assert_eq!(states(&stage, &placed).await, ["paid", "void", "void"]);
        assert_eq!(pledge_state(&stage, &placed).await, PledgeState::Collected, "as far as it is");
        assert_eq!(
            (stage.number(promised).await, of_campaign(&stage, "dropped").await),
            (0, 6_666)
        );
        let card = give_card(&stage, &placed, TestCard::Success);
        assert_eq!(stage.assert_refused(card).await, Why::Refused(Refusal::CardNotWanted));
        run_until(&stage, end.plus(8 * DAY)).await;
        assert_eq!(letters(&stage, "instalments_ended").await, 1);
        let over = "select count(*) from campaign where payout_at is null";
        assert_eq!(stage.number(over).await, 1, "nothing more is waited for");
        assert_eq!(stage.totals(&slug).await, (10_001, 1), "a success is decided once");
        // What was paid can still go back.
        give_back(&stage, &slug, &placed, all()).await.expect("asked");
        run_until(&stage, end.plus(9 * DAY)).await;
        assert_eq!(pledge_state(&stage, &placed).await, PledgeState::Refunded);
    }
}

#[tokio::test]
async fn who_tries_another_card_late_has_a_week_more() {
    for stage in Stage::both().await {
        let slug = offering(&stage, FundingRule::AllOrNothing).await;
        let placed = declined(&stage, &slug, "ada").await;
        let tried = THIRD.plus(12 * DAY);
        run_until(&stage, tried).await;
        give_card(&stage, &placed, TestCard::DeclineLater).await.expect("tried");
        run_until(&stage, tried.plus(WAIT_AFTER_TRY - 1)).await;
        assert_eq!(states(&stage, &placed).await, ["paid", "errored", "errored"]);
        give_card(&stage, &placed, TestCard::Success).await.expect("paid");
        assert_eq!(states(&stage, &placed).await, ["paid", "paid", "errored"]);
        run_until(&stage, tried.plus(2 * WAIT_AFTER_TRY)).await;
        assert_eq!(states(&stage, &placed).await, ["paid", "paid", "void"]);
        assert_eq!(of_campaign(&stage, "dropped").await, 3_333);
    }
}

#[tokio::test]
async fn a_suspended_campaign_charges_nothing_until_it_goes_on() {
    for stage in Stage::both().await {
        let slug = offering(&stage, FundingRule::AllOrNothing).await;
        let placed = in_three(&stage, &slug, "ada", TestCard::Success).await;
        run_until(&stage, DEADLINE).await;
        let operator = who(&stage, "operator", Role::Operator).await;
        campaign::suspend(&stage.backend, &operator, slug.as_str(), "A reason.")
            .await
            .expect("stopped");
        run_until(&stage, SECOND.plus(5 * DAY)).await;
        assert_eq!(charges(&stage).await, 1);
        campaign::resume(&stage.backend, &operator, slug.as_str(), "A reason.")
            .await
            .expect("goes on");
        run_until(&stage, SECOND.plus(6 * DAY)).await;
        assert_eq!(states(&stage, &placed).await, ["paid", "paid", "waiting"]);
        assert_eq!(stage.state(&slug).await, CampaignState::Successful);
    }
}

#[tokio::test]
async fn a_dispute_stops_the_plan_also_when_it_is_won() {
    for stage in Stage::both().await {
        let slug = offering(&stage, FundingRule::AllOrNothing).await;
        let placed = in_three(&stage, &slug, "ada", TestCard::Success).await;
        run_until(&stage, DEADLINE).await;
        run_until(&stage, SECOND).await;
        let second = format!("{}.2-2", placed.pledge);
        for state in [ChargebackState::Open, ChargebackState::Won] {
            let told = chargeback::Told { reference: "dp_1".into(), amount: None, state };
            chargeback::tell(&stage.backend, &second, told).await.expect("booked");
            stage.assert_books().await;
        }
        let disputed = "select amount from chargeback";
        assert_eq!(stage.number(disputed).await, 3_333, "of this charge alone");
        run_until(&stage, THIRD.plus(30 * DAY)).await;
        assert_eq!(states(&stage, &placed).await, ["paid", "paid", "void"]);
        assert_eq!(charges(&stage).await, 2);
    }
}

#[tokio::test]
async fn an_instalment_taken_twice_goes_back_once_and_the_plan_goes_on() {
    for stage in hooks::both().await {
        let slug = offering(&stage, FundingRule::AllOrNothing).await;
        let ada = in_three(&stage, &slug, "ada", TestCard::Success).await;
        run_until(&stage, DEADLINE).await;
        run_until(&stage, SECOND).await;
        let surpluses = "select count(*) from surplus";
        assert_eq!(stage.number(surpluses).await, 0, "a further instalment is no second payment");
        taken(&stage, "pi_again", 3_333).await;
        let event = paid("evt_1", "pi_again", &format!("{}.2-2", ada.pledge), 3_333);
        assert_eq!(hear(&stage, &event).await, applied(Reason::PaidTwice));
        run_until(&stage, THIRD).await;
        assert_eq!(states(&stage, &ada).await, ["paid", "paid", "paid"]);
        assert_eq!(of_campaign(&stage, "collected").await, 10_001);
        let back = "select count(*) from surplus where state = 'succeeded'";
        assert_eq!((stage.number(surpluses).await, stage.number(back).await), (1, 1));
        stage.assert_books().await;
    }
}
