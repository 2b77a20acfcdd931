//! Each funding rule from the launch to the payout.

#[path = "stage/runs.rs"]
mod runs;
#[path = "stage/stage.rs"]
mod stage;

use backend::{
    Error,
    campaign::{self, Plan},
    pledge::{self, Access, Placement, command::Answer},
    refund, schedule, studio,
};
use domain::{
    account::Role,
    campaign::{CampaignState, FundingRule, LatePledges, Verdict, rule::OVERTIME},
    payment::{CardForm, TestCard},
    pledge::{PledgeState, Refusal},
    slug::Slug,
    studio::RewardForm,
    time::{DAY, HOUR, MINUTE},
};
use runs::{letters, paid_out, pledge_state, run_until, who};
use stage::{DEADLINE, NOW, Stage, Why, amount, one, placement};

/// A pledge by a guest with a card that behaves so.
async fn place_with(stage: &Stage, slug: &Slug, guest: &str, card: TestCard) -> Answer {
    let placement = Placement { card, ..placement(slug, guest, amount("10")) };
    pledge::place(&stage.backend, placement).await.expect("placed")
}

async fn give_card(stage: &Stage, answer: &Answer, card: TestCard) -> Result<Answer, Error> {
    let key = pledge::key(&stage.backend, answer.pledge);
    let form =
        CardForm { number: card.number().into(), expiry: "12/2030".into(), code: "123".into() };
    let access = Access { who: None, key: &key };
    pledge::replace_card(&stage.backend, &access, answer.pledge, &form).await
}

fn keeping(plan: &mut Plan) {
    plan.rule = FundingRule::KeepWhatYouRaise;
}

#[tokio::test]
async fn what_is_raised_is_charged_at_once_and_kept() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| keeping(&mut new.plan)).await;
        let paid = place_with(&stage, &slug, "ada", TestCard::Success).await;
        assert_eq!(paid.state, PledgeState::Collected);
        assert_eq!(stage.totals(&slug).await, (1_000, 1));
        assert_eq!(letters(&stage, "pledge_collected").await, 1);
        let refused = stage.assert_refused(stage.change(&paid, amount("20"))).await;
        assert_eq!(refused, Why::Refused(Refusal::ChargedAtOnce));
        // While nobody is paid, whoever changes their mind gets the money back.
        let bob = place_with(&stage, &slug, "bob", TestCard::Success).await;
        let gone = stage.cancel(&bob).await.expect("given back");
        assert_eq!(gone.state, PledgeState::Refunded);
        assert_eq!(letters(&stage, "pledge_refunded").await, 1);
        // Below its goal, and successful all the same.
        run_until(&stage, DEADLINE).await;
        assert_eq!(stage.state(&slug).await, CampaignState::Successful);
        assert_eq!(letters(&stage, "campaign_funded").await, 1);
        assert_eq!(paid_out(&stage).await, 0);
        run_until(&stage, DEADLINE.plus(14 * DAY)).await;
        // The provider keeps what the charge that went back has cost.
        assert_eq!(paid_out(&stage).await, 1_000 - 50 - 50 - 50);
        run_until(&stage, DEADLINE.plus(40 * DAY)).await;
        assert_eq!(letters(&stage, "payout_statement").await, 1);
    }
}

#[tokio::test]
async fn a_card_declined_at_once_counts_for_nothing_until_another_is_good() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| keeping(&mut new.plan)).await;
        let reward = stage.limited(&slug, 1).await;
        let card = TestCard::DeclineLater;
        let order = Placement { card, ..placement(&slug, "ada", one(reward)) };
        let declined = pledge::place(&stage.backend, order).await.expect("placed");
        assert_eq!(declined.state, PledgeState::Errored);
        assert_eq!(stage.totals(&slug).await, (0, 0));
        assert_eq!(stage.taken(&slug, reward).await, (1, 1), "held meanwhile");
        let again = give_card(&stage, &declined, TestCard::DeclineLater).await.expect("an answer");
        assert_eq!(again.state, PledgeState::Errored);
        let paid = give_card(&stage, &declined, TestCard::Success).await.expect("an answer");
        assert_eq!(paid.state, PledgeState::Collected);
        assert_eq!(stage.totals(&slug).await, (1_000, 1));
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_card_that_is_never_good_gives_back_what_it_held_after_a_day() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| keeping(&mut new.plan)).await;
        let reward = stage.limited(&slug, 1).await;
        let card = TestCard::DeclineLater;
        let order = Placement { card, ..placement(&slug, "ada", one(reward)) };
        let declined = pledge::place(&stage.backend, order).await.expect("placed");
        run_until(&stage, NOW.plus(DAY - 1)).await;
        assert_eq!(pledge_state(&stage, &declined).await, PledgeState::Errored);
        run_until(&stage, NOW.plus(DAY)).await;
        assert_eq!(pledge_state(&stage, &declined).await, PledgeState::Dropped);
        assert_eq!(stage.taken(&slug, reward).await, (0, 0));
        assert_eq!(stage.totals(&slug).await, (0, 0));
        stage.place(&slug, "bob", one(reward)).await.expect("the reward is there again");
        run_until(&stage, DEADLINE).await;
        assert_eq!(stage.state(&slug).await, CampaignState::Successful);
    }
}

#[tokio::test]
async fn a_process_that_ends_before_the_charge_leaves_it_to_the_next() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| keeping(&mut new.plan)).await;
        let paid = place_with(&stage, &slug, "ada", TestCard::Success).await;
        // As it stood between the commit and the provider's answer.
        let other = place_with(&stage, &slug, "bob", TestCard::DeclineLater).await;
        let id = other.pledge.uuid().simple();
        let is_bob = match &stage.backend.db {
            backend::Db::Sqlite { .. } => format!("hex(ID) = upper('{id}')"),
            backend::Db::Postgres { .. } => format!("replace(cast(ID as text), '-', '') = '{id}'"),
        };
        let charge = is_bob.replace("ID", "pledge_id");
        let row = is_bob.replace("ID", "id");
        stage.tamper(&format!("update charge set state = 'due', settled_at = null, payment_method = 'sandbox:success' where {charge}")).await;
        stage.tamper(&format!("update pledge set state = 'pledged' where {row}")).await;
        stage.tamper("delete from sandbox_charge where outcome = 'declined'").await;
        schedule::once(&stage.backend).await.expect("ran");
        assert_eq!(
            pledge_state(&stage, &other).await,
            PledgeState::Pledged,
            "whoever asked has it"
        );
        run_until(&stage, NOW.plus(2 * MINUTE)).await;
        assert_eq!(pledge_state(&stage, &other).await, PledgeState::Collected);
        assert_eq!(pledge_state(&stage, &paid).await, PledgeState::Collected);
        assert_eq!(stage.number("select count(*) from sandbox_charge").await, 2);
    }
}

#[tokio::test]
async fn a_card_to_be_confirmed_is_charged_once_it_is() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| keeping(&mut new.plan)).await;
        let waiting = stage.place_unconfirmed(&slug, "ada", amount("10")).await;
        assert_eq!(waiting.state, PledgeState::AuthenticationRequired);
        let paid = stage.confirm(&waiting).await.expect("confirmed");
        assert_eq!(paid.state, PledgeState::Collected);
        let asked = place_with(&stage, &slug, "bob", TestCard::AuthenticateLater).await;
        assert_eq!(asked.state, PledgeState::ActionRequired);
        let key = pledge::key(&stage.backend, asked.pledge);
        let access = Access { who: None, key: &key };
        let paid = pledge::confirm_charge(&stage.backend, &access, asked.pledge).await;
        assert_eq!(paid.expect("confirmed").state, PledgeState::Collected);
        assert_eq!(stage.totals(&slug).await, (2_000, 2));
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn pre_orders_are_decided_by_units() {
    for stage in Stage::both().await {
        let goal = |units| {
            move |new: &mut campaign::NewCampaign| {
                (new.plan.rule, new.plan.goal_units) = (FundingRule::PreOrders, Some(units));
            }
        };
        let met = stage.campaign(goal(3)).await;
        let missed = stage.campaign(goal(4)).await;
        for slug in [&met, &missed] {
            let pair = stage.reward(slug, |new| new.units = 2).await;
            let single = stage.reward(slug, |_| {}).await;
            stage.place(slug, "ada", one(pair)).await.expect("placed");
            let bob = stage.place(slug, "bob", one(pair)).await.expect("placed");
            stage.change(&bob, one(single)).await.expect("changed");
            // Money alone orders nothing.
            stage.place(slug, "eve", amount("5000")).await.expect("placed");
        }
        let page = campaign::page(&stage.backend, None, met.as_str(), "").await.expect("a page");
        assert_eq!((page.funding.units, page.funding.percent()), (3, 100));
        run_until(&stage, DEADLINE).await;
        assert_eq!(stage.state(&met).await, CampaignState::Successful);
        assert_eq!(stage.state(&missed).await, CampaignState::Failed);
        assert_eq!(letters(&stage, "campaign_succeeded").await, 3);
        assert_eq!(letters(&stage, "campaign_failed").await, 3);
        run_until(&stage, DEADLINE.plus(14 * DAY)).await;
        assert!(paid_out(&stage).await > 0);
    }
}

#[tokio::test]
async fn a_second_round_follows_the_minimum_and_charges_at_once() {
    for stage in Stage::both().await {
        let slug = stage
            .campaign(|new| {
                new.goal = 2_000;
                (new.plan.rule, new.plan.optimum) = (FundingRule::Rounds, Some(9_000));
            })
            .await;
        let first = stage.place(&slug, "ada", amount("20")).await.expect("placed");
        assert_eq!(first.state, PledgeState::Pledged);
        run_until(&stage, DEADLINE).await;
        assert_eq!(stage.state(&slug).await, CampaignState::Live);
        assert_eq!(pledge_state(&stage, &first).await, PledgeState::Collected);
        assert_eq!(letters(&stage, "campaign_succeeded").await, 1);
        let second = place_with(&stage, &slug, "bob", TestCard::Success).await;
        assert_eq!(second.state, PledgeState::Collected);
        run_until(&stage, DEADLINE.plus(14 * DAY)).await;
        let paid_first = paid_out(&stage).await;
        assert!(paid_first > 0);
        place_with(&stage, &slug, "eve", TestCard::Success).await;
        run_until(&stage, DEADLINE.plus(40 * DAY)).await;
        assert_eq!(stage.state(&slug).await, CampaignState::Successful);
        assert_eq!(letters(&stage, "campaign_funded").await, 2, "only who was not told before");
        run_until(&stage, DEADLINE.plus(54 * DAY)).await;
        assert!(paid_out(&stage).await > paid_first);
        assert_eq!(stage.totals(&slug).await, (4_000, 3));
    }
}

#[tokio::test]
async fn what_was_charged_decides_where_it_is_to() {
    for stage in Stage::both().await {
        let by_charges = |new: &mut campaign::NewCampaign| {
            (new.goal, new.plan.verdict) = (2_000, Verdict::Collected);
        };
        let (met, missed) = (stage.campaign(by_charges).await, stage.campaign(by_charges).await);
        for slug in [&met, &missed] {
            place_with(&stage, slug, "ada", TestCard::Success).await;
        }
        place_with(&stage, &met, "bob", TestCard::Success).await;
        let bad = place_with(&stage, &missed, "bob", TestCard::DeclineLater).await;
        run_until(&stage, DEADLINE).await;
        for slug in [&met, &missed] {
            assert_eq!(stage.state(slug).await, CampaignState::Deciding);
        }
        assert_eq!(pledge_state(&stage, &bad).await, PledgeState::Errored);
        run_until(&stage, DEADLINE.plus(7 * DAY)).await;
        assert_eq!(stage.state(&met).await, CampaignState::Successful);
        assert_eq!(stage.state(&missed).await, CampaignState::Failed);
        assert_eq!(letters(&stage, "campaign_funded").await, 2);
        assert_eq!(letters(&stage, "campaign_unfunded").await, 2);
        for _ in 0..4 {
            refund::once(&stage.backend).await.expect("ran");
            schedule::once(&stage.backend).await.expect("ran");
        }
        stage.assert_books().await;
        assert_eq!(letters(&stage, "pledge_refunded").await, 1, "what was charged goes back");
        run_until(&stage, DEADLINE.plus(14 * DAY)).await;
        assert_eq!(letters(&stage, "payout_statement").await, 1, "only the one that was met");
    }
}

#[tokio::test]
async fn late_pledges_have_their_own_price_until_the_creator_closes_them() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| (new.goal, new.plan.late_pledges) = (1_000, true)).await;
        let late = stage.reward(&slug, |new| new.late_price = Some(1_500)).await;
        let early = stage.reward(&slug, |_| {}).await;
        stage.place(&slug, "ada", one(late)).await.expect("placed");
        run_until(&stage, DEADLINE).await;
        assert_eq!(stage.state(&slug).await, CampaignState::Successful);
        let refused = stage.assert_refused(stage.place(&slug, "bob", one(early))).await;
        assert_eq!(refused.of("reward"), Some(&domain::Problem::NotLate));
        let bob = stage.place(&slug, "bob", one(late)).await.expect("placed");
        assert_eq!((bob.state, bob.quote.total.minor), (PledgeState::Collected, 1_500));
        assert_eq!(stage.totals(&slug).await, (2_500, 2));
        run_until(&stage, DEADLINE.plus(14 * DAY)).await;
        let paid = paid_out(&stage).await;
        stage.place(&slug, "eve", one(late)).await.expect("placed");
        run_until(&stage, DEADLINE.plus(21 * DAY)).await;
        assert!(paid_out(&stage).await > paid, "late pledges are paid every week");
        let stranger = who(&stage, "eve", Role::Member).await;
        let refused = campaign::close_late_pledges(&stage.backend, &stranger, slug.as_str()).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        let creator = who(&stage, "creator", Role::Member).await;
        campaign::close_late_pledges(&stage.backend, &creator, slug.as_str())
            .await
            .expect("closed");
        let page = campaign::page(&stage.backend, None, slug.as_str(), "").await.expect("a page");
        assert_eq!(page.late, LatePledges::Closed);
        let refused = stage.assert_refused(stage.place(&slug, "joe", one(late))).await;
        let state = CampaignState::Successful;
        assert_eq!(refused, Why::Refused(Refusal::CampaignNotLive { state }));
        run_until(&stage, DEADLINE.plus(60 * DAY)).await;
        assert_eq!(letters(&stage, "payout_statement").await, 2);
    }
}

#[tokio::test]
async fn a_success_can_be_sold_on_by_whoever_did_not_say_so_at_the_launch() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| new.goal = 1_000).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let reward = stage.limited(&slug, 1).await;
        stage.place(&slug, "ada", one(reward)).await.expect("placed");
        let creator = who(&stage, "creator", Role::Member).await;
        let early = campaign::open_late_pledges(backend, &creator, name).await;
        assert!(matches!(early, Err(Error::Refused(Refusal::WrongState { .. }))), "{early:?}");
        run_until(&stage, DEADLINE).await;
        assert_eq!(stage.state(&slug).await, CampaignState::Successful);

        // What late pledges need is open, and nothing else.
        let form = async || {
            let page = studio::page(backend, &creator, name).await.expect("the studio");
            let found = page.rewards.into_iter().find(|one| one.id == reward);
            found.expect("the reward").form
        };
        let fewer = RewardForm { quantity: "0".into(), ..form().await };
        assert!(studio::save_reward(backend, &creator, fewer).await.is_err());
        let other = RewardForm { title: "Another".into(), ..form().await };
        let refused = studio::save_reward(backend, &creator, other).await;
        assert!(matches!(&refused, Err(Error::Invalid(why)) if why.of("title").is_some()));
        let more = RewardForm { late_price: "15".into(), quantity: "2".into(), ..form().await };
        studio::save_reward(backend, &creator, more).await.expect("saved");

        assert!(stage.place(&slug, "bob", one(reward)).await.is_err(), "nothing is sold yet");
        let stranger = who(&stage, "eve", Role::Member).await;
        let refused = campaign::open_late_pledges(backend, &stranger, name).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        campaign::open_late_pledges(backend, &creator, name).await.expect("opened");
        let bob = stage.place(&slug, "bob", one(reward)).await.expect("placed");
        assert_eq!((bob.state, bob.quote.total.minor), (PledgeState::Collected, 1_500));
        assert!(stage.place(&slug, "joe", one(reward)).await.is_err(), "there were two");
        let again = campaign::open_late_pledges(backend, &creator, name).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::WrongState { .. }))));
        campaign::close_late_pledges(backend, &creator, name).await.expect("closed");
        let again = campaign::open_late_pledges(backend, &creator, name).await;
        assert!(matches!(again, Err(Error::Refused(_))), "closed for good");
    }
}

#[tokio::test]
async fn a_pledge_in_the_last_minutes_moves_the_end_once_for_each_backer() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| new.plan.overtime = true).await;
        let deadline = async || {
            let page = campaign::page(&stage.backend, None, slug.as_str(), "").await;
            page.expect("a page").deadline
        };
        stage.clock.set(DEADLINE.plus(-HOUR));
        stage.place(&slug, "bob", amount("10")).await.expect("placed");
        assert_eq!(deadline().await, DEADLINE);
        let late = DEADLINE.plus(-MINUTE);
        stage.clock.set(late);
        let ada = stage.place(&slug, "ada", amount("10")).await.expect("placed");
        assert_eq!(deadline().await, late.plus(OVERTIME));
        let later = late.plus(5 * MINUTE);
        stage.clock.set(later);
        stage.cancel(&ada).await.expect("cancelled");
        stage.place(&slug, "ada", amount("10")).await.expect("placed");
        assert_eq!(deadline().await, late.plus(OVERTIME), "once for each backer");
        stage.place(&slug, "eve", amount("10")).await.expect("placed");
        assert_eq!(deadline().await, later.plus(OVERTIME));
        stage.clock.set(DEADLINE);
        assert_eq!(campaign::close_due(&stage.backend).await.expect("looked"), 0);
        stage.assert_books().await;
    }
}
