//! Whatever order refunds, disputes, faults and payouts come in, the books agree
//! and nobody gets more than they paid.

#[path = "stage/faulty.rs"]
mod faulty;
#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stage/stage.rs"]
mod stage;

use std::sync::Arc;

use backend::{
    Error, accounting,
    chargeback::{self, Told},
    check, refund, schedule,
};
use domain::{
    Currency, Money,
    pledge::Refusal,
    refund::{ChargebackState, RefundForm},
    time::{DAY, MINUTE},
};
use faulty::Faulty;
use refunds::{Charged, all, part, some};
use stage::{DEADLINE, Stage};

/// A small generator of its own, so that a failure can be walked again by its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % n
    }
}

#[tokio::test]
async fn no_walk_gives_back_more_than_was_charged() {
    for seed in [1, 2, 3] {
        for mut stage in
            Stage::both_with(|options| options.reserve_percent = (seed * 4).into()).await
        {
            let charged = Charged::new(&stage, 6).await;
            let inner = Arc::clone(&stage.backend.payments);
            stage.backend.payments = Arc::new(Faulty::new(inner, seed));
            walk(&stage, &charged, seed).await;
        }
    }
}

async fn walk(stage: &Stage, charged: &Charged, seed: u64) {
    let mut dice = Dice(seed);
    let (mut done, mut refused) = (0, 0);
    for step in 0..120 {
        let n = dice.below(6);
        let outcome = match dice.below(10) {
            0..=3 => {
                let form = form(&mut dice, charged);
                refund::ask(&stage.backend, Some(&charged.creator), &charged.form(n, form)).await
            }
            4..=6 => {
                let told = told(&mut dice, n);
                let charge = format!("{}-1", charged.pledge(n));
                chargeback::tell(&stage.backend, &charge, told).await
            }
            way => {
                // The last steps walk over the payout and the end of the reserve.
                let on = if way == 9 && step > 60 { 9 * DAY } else { 3 * MINUTE };
                stage.clock.set(stage.clock.now().plus(on));
                schedule::once(&stage.backend).await.expect("what runs by the clock ran");
                continue;
            }
        };
        match outcome {
            Ok(_) => done += 1,
            Err(Error::Invalid(_) | Error::Refused(_)) => refused += 1,
            Err(fault) => panic!("seed {seed}, step {step}: {fault:?}"),
        }
        let difference = check::first_difference(&stage.backend).await.expect("checked");
        assert_eq!(difference, None, "seed {seed}, step {step}");
        assert_whole(stage, charged, seed, step).await;
    }
    assert!(done > 15 && refused > 15, "a walk that does something: {done}, {refused} refused");
}

/// What the provider did and what we believe never go beyond what was charged.
async fn assert_whole(stage: &Stage, charged: &Charged, seed: u64, step: usize) {
    let too_much = "select count(*)
                      from sandbox_charge c
                     where c.amount < (select coalesce(sum(r.amount), 0)
                                         from sandbox_refund r
                                        where r.charge = c.key and r.outcome = 'succeeded')";
    assert_eq!(stage.number(too_much).await, 0, "seed {seed}, step {step}");
    let page = accounting::page(&stage.backend, None, charged.slug.as_str()).await;
    let accounts = page.expect("the page").accounts.expect("it has ended");
    assert_eq!(accounts.accounted_for(), accounts.collected.minor, "seed {seed}, step {step}");
    let went_back = accounts.refunded.minor + accounts.charged_back.minor;
    assert_eq!(charged.balance("backers").await, went_back - accounts.collected.minor);
}

fn form(dice: &mut Dice, charged: &Charged) -> RefundForm {
    let restock = ["", "on"][dice.below(2)].to_owned();
    let form = match dice.below(4) {
        0 => all(),
        1 => part(&charged.lines[dice.below(2)..]),
        _ => some(["0.01", "3.33", "12", "29.99"][dice.below(4)]),
    };
    RefundForm { restock, ..form }
}

fn told(dice: &mut Dice, n: usize) -> Told {
    let minor = [1_000, 2_999, 3_000][dice.below(3)];
    Told {
        reference: format!("dp_{n}_{}", dice.below(2)),
        amount: (dice.below(2) == 0).then(|| Money::new(minor, Currency::Eur)),
        state: ChargebackState::ALL[dice.below(3)],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_refund_the_same_pledge_at_once_refund_it_once() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 1).await;
        let (one, two) = tokio::join!(charged.refund(0, all()), charged.refund(0, some("30")));
        let refused = [one, two].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        assert!(
            matches!(refused.as_slice(), [Error::Refused(Refusal::NothingToRefund)]),
            "{refused:?}"
        );
        assert_eq!(stage.number("select count(*) from sandbox_refund").await, 1);
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_reserve_that_refunds_used_up_is_not_released_again() {
    for stage in Stage::both_with(|options| options.reserve_percent = 5.into()).await {
        let charged = Charged::new(&stage, 1).await;
        stage.clock.set(DEADLINE.plus(14 * DAY));
        schedule::once(&stage.backend).await.expect("paid out");
        charged.refund(0, all()).await.expect("refunded");
        stage.clock.set(DEADLINE.plus(400 * DAY));
        schedule::once(&stage.backend).await.expect("nothing is left to release");
        assert_eq!(charged.letters("reserve_released").await, 0);
        assert_eq!(charged.balance("reserve").await, 0);
        stage.assert_books().await;
    }
}
