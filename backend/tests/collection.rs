//! After a success every card is charged once, whatever happens meanwhile.

#[path = "stage/faulty.rs"]
mod faulty;
#[path = "stage/stage.rs"]
mod stage;

use std::sync::Arc;

use backend::{
    Backend, collection,
    pledge::{self, Access, command::Answer},
    schedule,
};
use domain::{
    payment::{CardForm, TestCard},
    pledge::{PledgeState, Refusal},
    slug::Slug,
    time::{DAY, MINUTE, SECOND},
};
use faulty::Faulty;
use stage::{DEADLINE, Stage, Why, amount, placement};

/// A campaign of 10 euros that these cards back with 10 euros each, closed.
async fn closed(stage: &Stage, cards: &[TestCard]) -> (Slug, Vec<Answer>) {
    let slug = stage.campaign(|new| new.goal = 1_000).await;
    let mut placed = Vec::new();
    for (n, card) in cards.iter().enumerate() {
        let mut order = placement(&slug, &format!("backer{n}"), amount("10"));
        order.card = *card;
        let answer = pledge::place(&stage.backend, order).await.expect("placed");
        if answer.state == PledgeState::AuthenticationRequired {
            stage.confirm(&answer).await.expect("confirmed");
        }
        placed.push(answer);
    }
    stage.clock.set(DEADLINE);
    schedule::once(&stage.backend).await.expect("closed");
    (slug, placed)
}

async fn rounds(stage: &Stage, n: usize) {
    for _ in 0..n {
        schedule::once(&stage.backend).await.expect("a round");
        stage.assert_books().await;
    }
}

async fn in_state(stage: &Stage, state: &str) -> i64 {
    stage.number(&format!("select count(*) from pledge where state = '{state}'")).await
}

async fn letters(stage: &Stage, kind: &str) -> i64 {
    stage.number(&format!("select count(*) from mail where kind = '{kind}'")).await
}

async fn balance(stage: &Stage, account: &str) -> i64 {
    let sum = "select cast(coalesce(sum(amount), 0) as bigint) from entry where account = ";
    stage.number(&format!("{sum} '{account}'")).await
}

fn good_card() -> CardForm {
    typed(TestCard::Success)
}

fn typed(card: TestCard) -> CardForm {
    CardForm { number: card.number().into(), expiry: "12/60".into(), code: "123".into() }
}

#[tokio::test]
async fn a_success_charges_every_card_and_pays_the_creator_after_two_weeks() {
    for stage in Stage::both().await {
        let (slug, _) = closed(&stage, &[TestCard::Success, TestCard::Authenticate]).await;
        rounds(&stage, 3).await;
        assert_eq!(in_state(&stage, "collected").await, 2);
        assert_eq!(stage.number("select count(*) from sandbox_charge").await, 2);
        assert_eq!(letters(&stage, "pledge_collected").await, 2);
        assert_eq!(stage.totals(&slug).await, (2_000, 2), "what was pledged stays");
        // 5 % for the platform; 3 % and 20 cents for the card, twice.
        assert_eq!(
            (balance(&stage, "platform_fee").await, balance(&stage, "processing_fee").await),
            (100, 100)
        );
        assert_eq!(balance(&stage, "clearing").await, 1_800);

        stage.clock.set(DEADLINE.plus(14 * DAY - 1));
        rounds(&stage, 1).await;
        assert_eq!(letters(&stage, "payout_statement").await, 0);
        stage.clock.set(DEADLINE.plus(14 * DAY));
        rounds(&stage, 3).await;
        assert_eq!(letters(&stage, "payout_statement").await, 1);
        assert_eq!(
            (balance(&stage, "clearing").await, balance(&stage, "payout").await),
            (0, 1_800)
        );
        assert_eq!(balance(&stage, "backers").await, -2_000);
    }
}

#[tokio::test]
async fn a_failure_charges_nobody() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| new.goal = 5_000).await;
        stage.place(&slug, "ada", amount("10")).await.expect("placed");
        stage.clock.set(DEADLINE.plus(30 * DAY));
        rounds(&stage, 3).await;
        assert_eq!(stage.number("select count(*) from charge").await, 0);
        assert_eq!(in_state(&stage, "pledged").await, 1);
    }
}

#[tokio::test]
async fn a_declined_card_is_told_every_second_day_and_can_be_replaced() {
    for stage in Stage::both().await {
        let (_, placed) = closed(&stage, &[TestCard::DeclineLater, TestCard::Success]).await;
        rounds(&stage, 2).await;
        assert_eq!(
            (in_state(&stage, "errored").await, letters(&stage, "card_declined").await),
            (1, 1)
        );
        for (days, told) in [(1, 1), (2, 2), (3, 2), (4, 3), (6, 4)] {
            stage.clock.set(DEADLINE.plus(days * DAY));
            rounds(&stage, 2).await;
            assert_eq!(letters(&stage, "card_declined").await, told, "day {days}");
        }
        let key = pledge::key(&stage.backend, placed[0].pledge);
        let access = Access { who: None, key: &key };
        let fixed = pledge::replace_card(&stage.backend, &access, placed[0].pledge, &good_card())
            .await
            .expect("charged");
        assert_eq!(fixed.state, PledgeState::Collected);
        let card = good_card();
        let again = pledge::replace_card(&stage.backend, &access, placed[0].pledge, &card);
        assert_eq!(stage.assert_refused(again).await, Why::Refused(Refusal::CardNotWanted));
        stage.clock.set(DEADLINE.plus(9 * DAY));
        rounds(&stage, 2).await;
        assert_eq!(
            (in_state(&stage, "collected").await, letters(&stage, "card_declined").await),
            (2, 4)
        );
    }
}

#[tokio::test]
async fn a_card_that_is_never_good_gets_a_last_try_and_is_dropped() {
    for stage in Stage::both().await {
        let (slug, placed) = closed(&stage, &[TestCard::DeclineLater, TestCard::Success]).await;
        rounds(&stage, 2).await;
        stage.clock.set(DEADLINE.plus(7 * DAY));
        rounds(&stage, 3).await;
        assert_eq!(
            (in_state(&stage, "dropped").await, in_state(&stage, "collected").await),
            (1, 1)
        );
        assert_eq!(stage.number("select count(*) from charge").await, 3, "one last try");
        assert_eq!(letters(&stage, "pledge_dropped").await, 1);
        assert_eq!(stage.totals(&slug).await, (2_000, 2), "a success is decided once");
        assert_eq!(
            (balance(&stage, "promised").await, balance(&stage, "backers").await),
            (0, -1_000)
        );
        let key = pledge::key(&stage.backend, placed[0].pledge);
        let access = Access { who: None, key: &key };
        let card = good_card();
        let late = pledge::replace_card(&stage.backend, &access, placed[0].pledge, &card);
        assert_eq!(stage.assert_refused(late).await, Why::Refused(Refusal::CardNotWanted));
    }
}

#[tokio::test]
async fn a_charge_that_the_bank_asks_about_passes_once_confirmed() {
    for stage in Stage::both().await {
        let (_, placed) = closed(&stage, &[TestCard::AuthenticateLater]).await;
        rounds(&stage, 2).await;
        assert_eq!(in_state(&stage, "action_required").await, 1);
        assert_eq!(letters(&stage, "confirm_charge").await, 1);
        let key = pledge::key(&stage.backend, placed[0].pledge);
        let access = Access { who: None, key: &key };
        let answer = pledge::confirm_charge(&stage.backend, &access, placed[0].pledge)
            .await
            .expect("confirmed");
        assert_eq!(answer.state, PledgeState::Collected);
        rounds(&stage, 2).await;
        assert_eq!(stage.number("select count(*) from sandbox_charge").await, 2);
    }
}

#[tokio::test]
async fn a_new_card_that_asks_its_holder_is_charged_once_the_bank_says_yes() {
    for stage in Stage::both().await {
        let (_, placed) = closed(&stage, &[TestCard::DeclineLater]).await;
        rounds(&stage, 2).await;
        let id = placed[0].pledge;
        let key = pledge::key(&stage.backend, id);
        let access = Access { who: None, key: &key };
        let card = typed(TestCard::Authenticate);
        let asked = pledge::replace_card(&stage.backend, &access, id, &card).await.expect("asked");
        assert_eq!(asked.state, PledgeState::ActionRequired);
        let answer = pledge::confirm_charge(&stage.backend, &access, id).await.expect("confirmed");
        assert_eq!(answer.state, PledgeState::Collected);
        assert_eq!(letters(&stage, "pledge_collected").await, 1);
    }
}

#[tokio::test]
async fn no_fault_of_the_line_charges_twice_or_forgets() {
    const CARDS: [TestCard; 5] = [
        TestCard::Success,
        TestCard::DeclineLater,
        TestCard::Success,
        TestCard::AuthenticateLater,
        TestCard::Authenticate,
    ];
    for seed in 1..=4 {
        for mut stage in Stage::both().await {
            let inner = Arc::clone(&stage.backend.payments);
            stage.backend.payments = Arc::new(Faulty::new(inner, seed));
            let cards: Vec<TestCard> = CARDS.iter().copied().cycle().take(15).collect();
            closed(&stage, &cards).await;
            // Each round outlives a lease, so that what has no answer is sent again.
            let mut now = DEADLINE;
            while now < DEADLINE.plus(8 * DAY) {
                now = now.plus(DAY / 4);
                stage.clock.set(now);
                for _ in 0..6 {
                    rounds(&stage, 1).await;
                    now = now.plus(3 * MINUTE);
                    stage.clock.set(now);
                }
            }
            assert_eq!(in_state(&stage, "collected").await, 9, "seed {seed}");
            assert_eq!(in_state(&stage, "dropped").await, 6, "seed {seed}");
            let charged = "select count(*) from sandbox_charge where outcome = 'succeeded'";
            assert_eq!(stage.number(charged).await, 9, "seed {seed}: each once");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_charge_every_card_once() {
    for stage in Stage::both().await {
        let (_, _) = closed(&stage, &[TestCard::Success; 40]).await;
        let (other, clock) = stage.another_process().await;
        clock.set(DEADLINE);
        let work = async |backend: &Backend| {
            for _ in 0..4 {
                collection::once(backend).await.expect("a round");
                backend.clock.set(backend.clock.now().plus(SECOND));
            }
        };
        tokio::join!(work(&stage.backend), work(&other));
        assert_eq!(in_state(&stage, "collected").await, 40);
        assert_eq!(stage.number("select count(*) from sandbox_charge").await, 40);
        assert_eq!(letters(&stage, "pledge_collected").await, 40);
        stage.assert_books().await;
    }
}
