//! Pledges that are paid in instalments, from the checkout to the last payout.

#[path = "instalment/ends.rs"]
mod ends;
#[path = "stage/faulty.rs"]
mod faulty;
#[path = "stage/hooks.rs"]
mod hooks;
#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stage/runs.rs"]
mod runs;
#[path = "stage/stage.rs"]
mod stage;

use std::sync::Arc;

use backend::{
    Error,
    payment::{Outcome, Payments, RefundAnswer, RefundRequest, Request, Trouble},
    pledge::{self, Access, Placement, command::Answer},
    schedule,
};
use domain::{
    Locale, Problem, Timestamp,
    campaign::FundingRule,
    payment::{CardForm, TestCard},
    pledge::{
        Choices, InstalmentOffer, InstalmentState, PledgePage, PledgeState, Refusal,
        instalment::TRY_AGAIN_AFTER,
    },
    slug::Slug,
    time::{DAY, MINUTE},
};
use faulty::Faulty;
use futures::future::BoxFuture;
use runs::{letters, paid_out, run_until};
use stage::{DEADLINE, Stage, Why, amount, placement};

/// The goal is 10 euros; from 90 euros on there are up to six instalments.
async fn offering(stage: &Stage, rule: FundingRule) -> Slug {
    stage
        .campaign(|new| {
            new.goal = 1_000;
            new.plan.rule = rule;
            new.plan.instalments = Some(InstalmentOffer { from: 9_000, most: 6 });
        })
        .await
}

fn order(slug: &Slug, guest: &str, sum: &str, count: i64) -> Placement {
    let choices = Choices { instalments: count.to_string(), ..amount(sum) };
    placement(slug, guest, choices)
}

/// 100.01 euros in three: 33.35 and twice 33.33.
async fn in_three(stage: &Stage, slug: &Slug, guest: &str, card: TestCard) -> Answer {
    let order = Placement { card, ..order(slug, guest, "100.01", 3) };
    pledge::place(&stage.backend, order).await.expect("placed")
}

async fn page(stage: &Stage, answer: &Answer) -> PledgePage {
    let key = pledge::key(&stage.backend, answer.pledge);
    let access = Access { who: None, key: &key };
    pledge::page(&stage.backend, &access, answer.pledge, Locale::En).await.expect("the page")
}

async fn states(stage: &Stage, answer: &Answer) -> Vec<&'static str> {
    page(stage, answer).await.instalments.iter().map(|one| one.state.key()).collect()
}

async fn give_card(stage: &Stage, answer: &Answer, card: TestCard) -> Result<Answer, Error> {
    let key = pledge::key(&stage.backend, answer.pledge);
    let form =
        CardForm { number: card.number().into(), expiry: "12/2060".into(), code: "123".into() };
    let access = Access { who: None, key: &key };
    pledge::replace_card(&stage.backend, &access, answer.pledge, &form).await
}

/// From the next charge on, the provider behaves as with this card.
async fn turn_card(stage: &Stage, card: TestCard) {
    stage.tamper(&format!("update pledge set payment_method = '{}'", card.method())).await;
}

async fn of_campaign(stage: &Stage, column: &str) -> i64 {
    stage.number(&format!("select {column} from campaign")).await
}

async fn charges(stage: &Stage) -> i64 {
    stage.number("select count(*) from sandbox_charge where outcome = 'succeeded'").await
}

/// The day of the second instalment of what began at the deadline, 14 December.
const SECOND: Timestamp = DEADLINE.plus(31 * DAY);
/// And of the third.
const THIRD: Timestamp = DEADLINE.plus(62 * DAY);

#[tokio::test]
async fn a_plan_is_charged_month_by_month_and_paid_out_as_it_comes() {
    for stage in Stage::both().await {
        let slug = offering(&stage, FundingRule::AllOrNothing).await;
        let placed = in_three(&stage, &slug, "ada", TestCard::Success).await;
        let shown = page(&stage, &placed).await;
        let plan: Vec<_> =
            shown.instalments.iter().map(|one| (one.amount.minor, one.due_at)).collect();
        assert_eq!(plan, [(3_335, DEADLINE), (3_333, SECOND), (3_333, THIRD)]);
        assert_eq!(stage.totals(&slug).await, (10_001, 1), "what is promised counts");

        run_until(&stage, DEADLINE).await;
        assert_eq!(of_campaign(&stage, "collected").await, 3_335);
        assert_eq!(states(&stage, &placed).await, ["paid", "waiting", "waiting"]);
        assert_eq!(letters(&stage, "instalment_collected").await, 1);
        let after = page(&stage, &placed).await;
        assert_eq!((after.state, after.charged.minor), (PledgeState::Collected, 3_335));
        let plan: Vec<_> =
            after.instalments.iter().map(|one| (one.amount.minor, one.due_at)).collect();
        assert_eq!(plan, [(3_335, DEADLINE), (3_333, SECOND), (3_333, THIRD)], "as it was shown");

        // 5 %, 3 % and 20 cents of the first.
        run_until(&stage, DEADLINE.plus(14 * DAY)).await;
        let first = paid_out(&stage).await;
        assert_eq!(first, 3_335 - 167 - 120);

        run_until(&stage, SECOND.plus(-1)).await;
        assert_eq!(charges(&stage).await, 1);
        run_until(&stage, SECOND).await;
        assert_eq!(states(&stage, &placed).await, ["paid", "paid", "waiting"]);
        run_until(&stage, THIRD).await;
        assert_eq!(states(&stage, &placed).await, ["paid"; 3]);
        assert_eq!((charges(&stage).await, of_campaign(&stage, "collected").await), (3, 10_001));
        assert_eq!(letters(&stage, "instalment_collected").await, 3);
        run_until(&stage, THIRD.plus(8 * DAY)).await;
        assert_eq!(paid_out(&stage).await, first + 2 * (3_333 - 167 - 120));
        let done = "select count(*) from campaign where payout_at is null";
        assert_eq!(stage.number(done).await, 1, "there is nothing more to pay");
        run_until(&stage, THIRD.plus(90 * DAY)).await;
        assert_eq!((charges(&stage).await, stage.totals(&slug).await), (3, (10_001, 1)));
    }
}

#[tokio::test]
async fn only_what_is_offered_and_was_shown_can_be_placed() {
    for stage in Stage::both().await {
        let slug = offering(&stage, FundingRule::AllOrNothing).await;
        let refused = async |order: Placement| {
            let why = stage.assert_refused(pledge::place(&stage.backend, order)).await;
            why.of("instalments").cloned()
        };
        let plan = |order: Placement, shown: &str| Placement { plan: Some(shown.into()), ..order };
        assert!(matches!(
            refused(order(&slug, "ada", "89.99", 2)).await,
            Some(Problem::BelowMinimum { .. })
        ));
        let too_many = Some(Problem::InstalmentCount { least: 2, most: 6 });
        assert_eq!(refused(order(&slug, "ada", "90", 7)).await, too_many);
        for shown in ["", "2:2026-12-14", "3:2026-12-15", "3"] {
            let order = plan(order(&slug, "ada", "90", 3), shown);
            assert_eq!(refused(order).await, Some(Problem::PlanChanged), "{shown}");
        }
        let none = plan(placement(&slug, "ada", amount("90")), "3:2026-12-14");
        assert_eq!(refused(none).await, Some(Problem::PlanChanged));
        let plain = stage.campaign(|_| ()).await;
        assert_eq!(refused(order(&plain, "ada", "90", 2)).await, Some(Problem::NoInstalments));

        let right = plan(order(&slug, "ada", "90", 3), "3:2026-12-14");
        let placed = pledge::place(&stage.backend, right).await.expect("placed");
        // Its choices stay as they are; it can still be taken back.
        let changed = Choices { instalments: "3".into(), ..amount("120") };
        for choices in [amount("120"), changed] {
            let why = stage.assert_refused(stage.change(&placed, choices)).await;
            assert_eq!(why.of("instalments"), Some(&Problem::PlanFixed));
        }
        let shown = page(&stage, &placed).await;
        assert!(!shown.is_open && shown.may_cancel);
        stage.cancel(&placed).await.expect("taken back");
        assert_eq!(states(&stage, &placed).await, ["void"; 3]);
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_card_that_is_good_again_is_charged_at_the_next_try() {
    for stage in Stage::both().await {
        let slug = offering(&stage, FundingRule::AllOrNothing).await;
        let placed = in_three(&stage, &slug, "ada", TestCard::Success).await;
        run_until(&stage, DEADLINE).await;
        turn_card(&stage, TestCard::DeclineLater).await;
        run_until(&stage, SECOND).await;
        assert_eq!(states(&stage, &placed).await, ["paid", "errored", "waiting"]);
        assert_eq!(letters(&stage, "instalment_failed").await, 1);
        let owed = page(&stage, &placed).await;
        let owed = owed.owed().expect("it is shown");
        assert_eq!((owed.number, owed.again_at), (2, Some(SECOND.plus(TRY_AGAIN_AFTER))));
        turn_card(&stage, TestCard::Success).await;
        run_until(&stage, SECOND.plus(TRY_AGAIN_AFTER - 1)).await;
        assert_eq!(charges(&stage).await, 1);
        run_until(&stage, SECOND.plus(TRY_AGAIN_AFTER)).await;
        assert_eq!(states(&stage, &placed).await, ["paid", "paid", "waiting"]);
        assert_eq!((charges(&stage).await, letters(&stage, "instalment_failed").await), (2, 1));
        run_until(&stage, THIRD).await;
        assert_eq!((charges(&stage).await, of_campaign(&stage, "collected").await), (3, 10_001));
    }
}

#[tokio::test]
async fn after_three_tries_it_is_up_to_the_backer_who_pays_with_another_card() {
    for stage in Stage::both().await {
        let slug = offering(&stage, FundingRule::AllOrNothing).await;
        let placed = in_three(&stage, &slug, "ada", TestCard::Success).await;
        run_until(&stage, DEADLINE).await;
        turn_card(&stage, TestCard::DeclineLater).await;
        for n in 0..5 {
            run_until(&stage, SECOND.plus(n * TRY_AGAIN_AFTER)).await;
        }
        let tries = "select count(*) from charge where instalment = 2";
        assert_eq!((stage.number(tries).await, letters(&stage, "instalment_failed").await), (3, 3));
        assert_eq!(page(&stage, &placed).await.owed().map(|one| one.again_at), Some(None));
        // A card that is no better changes nothing.
        give_card(&stage, &placed, TestCard::DeclineLater).await.expect("tried");
        assert_eq!(states(&stage, &placed).await, ["paid", "errored", "waiting"]);
        run_until(&stage, SECOND.plus(20 * DAY)).await;
        assert_eq!(stage.number(tries).await, 4, "nobody tries by themselves");
        give_card(&stage, &placed, TestCard::Success).await.expect("paid");
        assert_eq!(states(&stage, &placed).await, ["paid", "paid", "waiting"]);
        let again = give_card(&stage, &placed, TestCard::Success);
        assert_eq!(stage.assert_refused(again).await, Why::Refused(Refusal::CardNotWanted));
        // The new card is the pledge's from now on.
        run_until(&stage, THIRD.plus(8 * DAY)).await;
        assert_eq!(states(&stage, &placed).await, ["paid"; 3]);
        assert_eq!((charges(&stage).await, of_campaign(&stage, "collected").await), (3, 10_001));
        assert_eq!(paid_out(&stage).await, 10_001 - 3 * 167 - 3 * 120);
    }
}

#[tokio::test]
async fn an_instalment_that_the_bank_asks_about_passes_once_confirmed() {
    for stage in Stage::both().await {
        let slug = offering(&stage, FundingRule::AllOrNothing).await;
        let placed = in_three(&stage, &slug, "ada", TestCard::Success).await;
        run_until(&stage, DEADLINE).await;
        turn_card(&stage, TestCard::AuthenticateLater).await;
        run_until(&stage, SECOND).await;
        assert_eq!(states(&stage, &placed).await, ["paid", "action_required", "waiting"]);
        let key = pledge::key(&stage.backend, placed.pledge);
        let access = Access { who: None, key: &key };
        pledge::confirm_charge(&stage.backend, &access, placed.pledge).await.expect("confirmed");
        assert_eq!(states(&stage, &placed).await, ["paid", "paid", "waiting"]);
        let again = pledge::confirm_charge(&stage.backend, &access, placed.pledge);
        assert_eq!(stage.assert_refused(again).await, Why::Refused(Refusal::CardNotWanted));
        assert_eq!(charges(&stage).await, 2);
    }
}

#[tokio::test]
async fn a_first_instalment_that_is_never_good_drops_the_whole_pledge() {
    for stage in Stage::both().await {
        let slug = offering(&stage, FundingRule::AllOrNothing).await;
        let placed = in_three(&stage, &slug, "ada", TestCard::DeclineLater).await;
        run_until(&stage, DEADLINE).await;
        assert_eq!(states(&stage, &placed).await, ["errored", "waiting", "waiting"]);
        run_until(&stage, DEADLINE.plus(7 * DAY)).await;
        assert_eq!(states(&stage, &placed).await, ["void"; 3]);
        assert_eq!(of_campaign(&stage, "dropped").await, 10_001);
        run_until(&stage, THIRD).await;
        assert_eq!(charges(&stage).await, 0);
    }
}

#[tokio::test]
async fn no_fault_of_the_line_charges_an_instalment_twice_or_forgets_one() {
    for seed in 1..=3 {
        for mut stage in Stage::both().await {
            let slug = offering(&stage, FundingRule::AllOrNothing).await;
            let mut placed = Vec::new();
            for (n, count) in [2, 3, 6].into_iter().enumerate() {
                let order = order(&slug, &format!("backer{n}"), "100.01", count);
                placed.push(pledge::place(&stage.backend, order).await.expect("placed"));
            }
            let inner = Arc::clone(&stage.backend.payments);
            stage.backend.payments = Arc::new(Faulty::new(inner, seed));
            for month in 0..6 {
                // Each round outlives a lease, so that what has no answer is sent again.
                for round in 0..14 {
                    let now = DEADLINE.plus(month * 31 * DAY + round * 3 * MINUTE);
                    stage.clock.set(now);
                    schedule::once(&stage.backend).await.expect("a round");
                    stage.assert_books().await;
                }
            }
            assert_eq!(charges(&stage).await, 2 + 3 + 6, "seed {seed}: each once");
            assert_eq!(of_campaign(&stage, "collected").await, 3 * 10_001);
            for answer in &placed {
                let page = page(&stage, answer).await;
                let all = page.instalments.iter().all(|one| one.state == InstalmentState::Paid);
                assert!(all, "seed {seed}");
            }
        }
    }
}

/// A process that dies while it charges: before the provider has done what it was
/// asked, or after.
struct Dying {
    inner: Arc<dyn Payments>,
    is_after: bool,
}

impl Payments for Dying {
    fn charge<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Outcome, Trouble>> {
        Box::pin(async move {
            if self.is_after {
                self.inner.charge(request).await?;
            }
            Err(Trouble::Unclear(anyhow::anyhow!("gone")))
        })
    }

    fn refund<'a>(
        &'a self,
        request: &'a RefundRequest,
    ) -> BoxFuture<'a, Result<RefundAnswer, Trouble>> {
        self.inner.refund(request)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_between_two_steps_leaves_them_to_the_next() {
    for is_after in [false, true] {
        for stage in Stage::both().await {
            let slug = offering(&stage, FundingRule::AllOrNothing).await;
            let placed = in_three(&stage, &slug, "ada", TestCard::Success).await;
            run_until(&stage, DEADLINE).await;
            stage.clock.set(SECOND);
            let mut dying = stage.backend.clone();
            dying.payments = Arc::new(Dying { inner: stage.backend.payments.clone(), is_after });
            schedule::once(&dying).await.expect("a round");
            stage.assert_books().await;
            assert_eq!(states(&stage, &placed).await, ["paid", "waiting", "waiting"]);
            assert_eq!(stage.number("select count(*) from charge").await, 2, "the try is written");
            // Nobody knows what became of it, so the rest cannot be stopped yet.
            let refund = ends::give_back(&stage, &slug, &placed, refunds::all());
            let why = stage.assert_refused(refund).await;
            assert_eq!(why, Why::Refused(Refusal::BeingCharged));
            let (other, clock) = stage.another_process().await;
            for now in [SECOND, SECOND.plus(3 * MINUTE)] {
                clock.set(now);
                stage.clock.set(now);
                let work = async |backend: &backend::Backend| {
                    for _ in 0..4 {
                        schedule::once(backend).await.expect("a round");
                    }
                };
                tokio::join!(work(&stage.backend), work(&other));
                stage.assert_books().await;
            }
            assert_eq!(states(&stage, &placed).await, ["paid", "paid", "waiting"]);
            let told = letters(&stage, "instalment_collected").await;
            assert_eq!((charges(&stage).await, told), (2, 2));
        }
    }
}
