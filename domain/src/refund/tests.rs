use proptest::prelude::*;
use uuid::Uuid;

use super::{Asker, No, Plan, Reason, RefundForm, RefundLine, Standing, Wanted, may_refund, plan};
use crate::{
    Currency, Money, Problem,
    campaign::FundingRule,
    fee::{Fees, returned},
    id::RewardId,
    ledger::{Account, Posting, Till},
    pledge::{PledgeState, Refusal},
};

fn reward(n: u128) -> RewardId {
    RewardId::from_uuid(Uuid::from_u128(n))
}

fn euros(minor: i64) -> Wanted {
    Wanted::Amount(Money::new(minor, Currency::Eur))
}

const CHARGED: Standing = Standing {
    state: PledgeState::Collected,
    currency: Currency::Eur,
    total: 5_000,
    refunded: 0,
    underway: 0,
    disputed: 0,
    charged_back: 0,
};

fn lines() -> [RefundLine; 2] {
    let line = |n, amount| RefundLine { reward: reward(n), quantity: 2, amount, refunded: 0 };
    [line(1, 3_000), line(2, 1_500)]
}

fn problem(outcome: Result<Plan, No>, field: &str) -> Problem {
    match outcome {
        Err(No::Invalid(invalid)) => invalid.of(field).expect("a problem").clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_who_runs_it_gives_money_back() {
    for (asker, may) in [(Asker::Creator, true), (Asker::Operator, true), (Asker::Backer, false)] {
        for is_paid_out in [false, true] {
            assert_eq!(may_refund(asker, FundingRule::AllOrNothing, is_paid_out), may);
        }
    }
}

#[test]
fn what_goes_back_is_all_or_some_or_a_line() {
    let all = plan(&Wanted::Rest, true, &CHARGED, &lines()).expect("all");
    assert_eq!((all.amount, all.lines.len()), (5_000, 2));
    let some = plan(&euros(1), false, &CHARGED, &lines()).expect("some");
    assert_eq!(some, Plan { amount: 1, lines: Vec::new() });
    let wanted = Wanted::Lines([(reward(2), None)].into());
    let line = plan(&wanted, true, &CHARGED, &lines()).expect("a line");
    assert_eq!(line, Plan { amount: 1_500, lines: vec![(reward(2), 2)] });
}

#[test]
fn never_more_than_was_charged_and_is_still_here() {
    let partly = Standing { refunded: 1_000, underway: 500, charged_back: 200, ..CHARGED };
    assert_eq!(partly.left(), 3_300);
    let left = Money::new(3_300, Currency::Eur);
    let too_much = plan(&euros(3_301), false, &partly, &lines());
    assert_eq!(problem(too_much, "amount"), Problem::MoreThanLeft { left });
    let by_name = plan(
        &Wanted::Lines([(reward(1), None), (reward(2), None)].into()),
        false,
        &partly,
        &lines(),
    );
    assert_eq!(problem(by_name, "lines"), Problem::MoreThanLeft { left });
    for state in PledgeState::ALL {
        let standing = Standing { state, ..CHARGED };
        let outcome = plan(&euros(1), false, &standing, &lines());
        let is_charged = matches!(state, PledgeState::Collected | PledgeState::Refunded);
        assert_eq!(outcome.is_ok(), is_charged, "{state:?}");
    }
    let gone = Standing { refunded: 5_000, ..CHARGED };
    let nothing = plan(&Wanted::Rest, false, &gone, &lines());
    assert_eq!(nothing, Err(No::Refused(Refusal::NothingToRefund)));
}

#[test]
fn what_makes_no_sense_is_refused_where_it_stands() {
    let disputed = Standing { disputed: 1, ..CHARGED };
    let outcome = plan(&euros(1), false, &disputed, &[]);
    assert_eq!(outcome, Err(No::Refused(Refusal::Disputed)));
    let dollars = Wanted::Amount(Money::new(1, Currency::Usd));
    let outcome = plan(&dollars, false, &CHARGED, &[]);
    assert_eq!(outcome, Err(No::Refused(Refusal::OtherCurrency)));
    let restocked = plan(&euros(1), true, &CHARGED, &lines());
    assert_eq!(problem(restocked, "restock"), Problem::NothingToRestock);
    for (amount, what) in [(0, "nothing"), (-1, "less than nothing"), (i64::MIN, "the least")] {
        let outcome = plan(&euros(amount), false, &CHARGED, &lines());
        assert_eq!(problem(outcome, "amount"), Problem::NotAnAmount, "{what}");
    }
    let mut twice = lines();
    twice[0].refunded = 2;
    for wanted in [vec![reward(1)], vec![reward(3)], vec![reward(2), reward(3)], vec![]] {
        let wanted = Wanted::Lines(wanted.into_iter().map(|one| (one, None)).collect());
        let outcome = plan(&wanted, false, &CHARGED, &twice);
        assert_eq!(problem(outcome, "lines"), Problem::UnknownReward, "{wanted:?}");
    }
}

#[test]
fn a_form_is_read_whole_or_every_problem_is_shown() {
    let form = RefundForm {
        what: "amount".into(),
        amount: "12,50".into(),
        reason: "damaged".into(),
        ..RefundForm::default()
    };
    let order = form.parse(Currency::Eur).expect("good");
    assert_eq!((order.wanted, order.reason, order.restock), (euros(1_250), Reason::Damaged, false));
    for (amount, problem) in [
        ("", Problem::Missing),
        ("0", Problem::NotAnAmount),
        ("-1", Problem::AmountNegative),
        ("99999999999999999999", Problem::AmountTooLarge),
    ] {
        let form = RefundForm { amount: amount.into(), reason: String::new(), ..form.clone() };
        let invalid = form.parse(Currency::Eur).expect_err("bad");
        assert_eq!(invalid.of("amount"), Some(&problem), "{amount}");
        assert_eq!(invalid.of("reason"), Some(&Problem::UnknownChoice));
    }
    for what in ["rest", "lines", "", "all"] {
        let mixed = RefundForm { what: what.into(), ..form.clone() };
        let unclear = mixed.parse(Currency::Eur).expect_err("an amount, and another choice");
        assert_eq!(unclear.of("what"), Some(&Problem::UnknownChoice), "{what}");
    }
    let lines = RefundForm { what: "lines".into(), amount: String::new(), ..form.clone() };
    let empty = lines.parse(Currency::Eur).expect_err("nothing ticked");
    assert_eq!(empty.of("lines"), Some(&Problem::Missing));
    let foreign = RefundForm { lines: [("x".into(), "on".into())].into(), ..lines.clone() };
    let unknown = foreign.parse(Currency::Eur).expect_err("no id");
    assert_eq!(unknown.of("lines"), Some(&Problem::UnknownReward));
    let ticked = RefundForm { lines: [(RefundForm::line(reward(1)), "on".into())].into(), ..lines };
    let rest = RefundForm { what: "rest".into(), ..ticked.clone() };
    assert_eq!(
        rest.parse(Currency::Eur).expect_err("ticked").of("what"),
        Some(&Problem::UnknownChoice)
    );
    let wanted = |units| Wanted::Lines([(reward(1), units)].into());
    assert_eq!(ticked.parse(Currency::Eur).expect("good").wanted, wanted(None));
    let line = |n| RefundForm::line(reward(n));
    let some = |n, units: &str| RefundForm {
        units: [(line(n), units.to_owned())].into(),
        ..ticked.clone()
    };
    assert_eq!(some(1, " 1 ").parse(Currency::Eur).expect("good").wanted, wanted(Some(1)));
    assert_eq!(some(2, "").parse(Currency::Eur).expect("good").wanted, wanted(None));
    for (form, what) in [
        (some(1, "one"), "no number"),
        (some(1, "1.5"), "no whole one"),
        (some(1, "99999999999999999999"), "too much of one"),
        (some(2, "1"), "of another one, which is not ticked"),
    ] {
        let invalid = form.parse(Currency::Eur).expect_err(what);
        assert_eq!(invalid.of("lines"), Some(&Problem::UnknownChoice), "{what}");
    }
    let rest = RefundForm { what: "rest".into(), lines: [].into(), ..some(1, "1") };
    let unclear = rest.parse(Currency::Eur).expect_err("a number, and another choice");
    assert_eq!(unclear.of("what"), Some(&Problem::UnknownChoice));
}

#[test]
fn some_units_of_a_line_are_no_more_than_there_are() {
    let wanted = |units| Wanted::Lines([(reward(1), Some(units))].into());
    let one = plan(&wanted(1), true, &CHARGED, &lines()).expect("one of two");
    assert_eq!(one, Plan { amount: 1_500, lines: vec![(reward(1), 1)] });
    let mut partly = lines();
    partly[0].refunded = 1;
    let last = plan(&wanted(1), true, &CHARGED, &partly).expect("the other one");
    assert_eq!(last, one);
    let rest = plan(&Wanted::Rest, true, &CHARGED, &partly).expect("the rest");
    assert_eq!(rest.lines, [(reward(1), 1), (reward(2), 2)]);
    for (units, why) in [
        (2, Problem::OnlyLeft { left: 1 }),
        (i64::MAX, Problem::OnlyLeft { left: 1 }),
        (0, Problem::UnknownChoice),
        (-1, Problem::UnknownChoice),
        (i64::MIN, Problem::UnknownChoice),
    ] {
        assert_eq!(problem(plan(&wanted(units), true, &CHARGED, &partly), "lines"), why, "{units}");
    }
}

proptest! {
    /// However the units of a line are given back, together they are the line.
    #[test]
    fn the_parts_of_a_line_are_the_line(
        quantity in 1..40_i64, price in 1..9_000_000_000_i64, shipping in 0..5_000_i64,
        steps in prop::collection::vec(1..9_i64, 1..40),
    ) {
        let amount = quantity * price + shipping;
        let mut line = RefundLine { reward: reward(1), quantity, amount, refunded: 0 };
        let mut sum = 0;
        for step in steps.into_iter().chain([quantity]) {
            let units = step.min(line.left());
            let cost = line.cost(units);
            prop_assert!((price * units..=price * units + shipping).contains(&cost), "{cost}");
            sum += cost;
            line.refunded += units;
        }
        prop_assert_eq!((line.left(), sum), (0, amount));
    }
}

/// One thing that happens to a charged pledge.
#[derive(Debug, Clone)]
enum Step {
    Ask(i64),
    AskRest,
    Settle(bool),
    Open(i64),
    Decide(bool),
    PayOut,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1..9_000_i64).prop_map(Step::Ask),
        Just(Step::AskRest),
        any::<bool>().prop_map(Step::Settle),
        (1..9_000_i64).prop_map(Step::Open),
        any::<bool>().prop_map(Step::Decide),
        Just(Step::PayOut),
    ]
}

proptest! {
    /// Whatever the order: postings are even, nothing goes back that was not
    /// charged, and what the backers put in is what stands somewhere.
    #[test]
    fn no_sequence_returns_more_than_was_charged(
        total in 100..9_000_i64, steps in prop::collection::vec(step(), 0..40),
    ) {
        let charge = Money::new(total, Currency::Eur);
        let fees = Fees::default().of(charge);
        let mut book = vec![Posting::collected(total, fees)];
        let mut now = Standing { total, ..CHARGED };
        let mut till = Till::default();
        for step in steps {
            let fee_of = |now: &Standing, more: i64| {
                let before = now.refunded + now.charged_back;
                returned(fees.platform, total, before + more) - returned(fees.platform, total, before)
            };
            match step {
                Step::Ask(_) | Step::AskRest => {
                    let wanted = if let Step::Ask(n) = step { euros(n) } else { Wanted::Rest };
                    if let Ok(plan) = plan(&wanted, false, &now, &[]) {
                        now.underway += plan.amount;
                    }
                }
                Step::Settle(is_done) => {
                    if is_done && now.underway > 0 {
                        let fee = fee_of(&now, now.underway);
                        book.push(Posting::refunded(now.underway, fee, till));
                        now.refunded += now.underway;
                    }
                    now.underway = 0;
                }
                Step::Open(amount) if now.disputed == 0 && amount <= now.left() => {
                    book.push(Posting::chargeback_opened(amount, 1_500, till));
                    now.disputed = amount;
                }
                Step::Decide(true) if now.disputed > 0 => {
                    book.push(Posting::chargeback_won(now.disputed, till));
                    now.disputed = 0;
                }
                Step::Decide(false) if now.disputed > 0 => {
                    let fee = fee_of(&now, now.disputed);
                    book.push(Posting::chargeback_lost(now.disputed, fee, till));
                    now.charged_back += now.disputed;
                    now.disputed = 0;
                }
                Step::PayOut if !till.is_paid_out => {
                    let held: i64 = book.iter().map(|posting| posting.of(Account::Clearing)).sum();
                    book.push(Posting::paid_out(held, held.max(0) / 20));
                    till.is_paid_out = true;
                }
                _ => {}
            }
            let of = |account| book.iter().map(|posting| posting.of(account)).sum::<i64>();
            till.reserve = of(Account::Reserve);
            prop_assert!(till.reserve >= 0);
            prop_assert!(now.refunded + now.underway + now.disputed + now.charged_back <= total);
            prop_assert_eq!(of(Account::Disputed), now.disputed);
            let all: i64 = Account::ALL.iter().map(|account| of(*account)).sum();
            prop_assert_eq!(all, 0);
            for posting in &book {
                prop_assert_eq!(posting.legs().iter().map(|leg| leg.amount).sum::<i64>(), 0);
            }
            let went_back = now.refunded + now.charged_back;
            prop_assert_eq!(of(Account::Backers), went_back);
            let kept = fees.platform - returned(fees.platform, total, went_back);
            prop_assert_eq!(of(Account::PlatformFee), kept, "no fee on what went back");
        }
    }
}
