//! What no plan of instalments, and none of them, may ever do.

use domain::{
    Currency, Money, Problem, Timestamp,
    pledge::{
        Choices, InstalmentOffer, InstalmentPlan, InstalmentState, Refusal,
        instalment::{self, COUNTS, Event, Instalment, Moved, TRIES},
    },
    time::{DAY, HOUR, Zone},
};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(1_796_407_200_000_000);

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).expect("a time")
}

fn days(plan: &InstalmentPlan) -> Vec<String> {
    plan.parts.iter().map(|part| part.due_at.rfc3339()).collect()
}

proptest! {
    #[test]
    fn a_plan_adds_up_and_goes_on_in_time(
        which in 0..Currency::ALL.len(), zone in 0..Zone::ALL.len(),
        minor in 1..10_000_000_i64, most in COUNTS, from in 1..20_000_i64,
        first_at in 1_500_000_000_i64..4_000_000_000,
    ) {
        let (currency, zone) = (Currency::ALL[which], Zone::ALL[zone]);
        let total = Money::new(minor, currency);
        let offer = InstalmentOffer { from, most };
        for count in offer.counts(total) {
            prop_assert!(COUNTS.contains(&count) && count <= most && minor >= from);
            prop_assert_eq!(instalment::check(Some(offer), count, total), Ok(()));
            let first_at = Timestamp::from_seconds(first_at);
            let plan = InstalmentPlan::new(total, count, first_at, zone);
            prop_assert_eq!(i64::try_from(plan.parts.len()), Ok(count));
            prop_assert_eq!(plan.parts[0].due_at, first_at);
            prop_assert_eq!(plan.parts.iter().map(|part| part.amount.minor).sum::<i64>(), minor);
            for pair in plan.parts.windows(2) {
                let apart = pair[1].due_at.since(pair[0].due_at);
                prop_assert!((27 * DAY..33 * DAY).contains(&apart), "{apart}");
                prop_assert!(pair[0].amount.minor >= pair[1].amount.minor, "the rest goes first");
                prop_assert!(pair[1].number == pair[0].number + 1);
            }
            let least = plan.parts.iter().map(|part| part.amount.minor).min();
            prop_assert!(least >= Some(currency.minimum()));
        }
        let beyond = [0, 1, offer.counts(total).end() + 1, most + 1, i64::MAX, i64::MIN];
        for count in beyond.into_iter().filter(|count| !offer.counts(total).contains(count)) {
            prop_assert!(instalment::check(Some(offer), count, total).is_err());
        }
    }

    #[test]
    fn an_instalment_moves_its_money_once_and_not_after_it_was_stopped(
        events in prop::collection::vec((any_event(), 0..3 * DAY), 0..40),
    ) {
        let mut one = Instalment::waiting(NOW);
        let (mut now, mut moved, mut tried) = (NOW, Vec::new(), 0);
        for (event, later) in events {
            now = now.plus(later);
            let Ok(step) = one.after(event, now) else { continue };
            if event == Event::Due {
                tried += 1;
                prop_assert!(!one.is_being_charged, "never two tries at once");
            }
            if step.moved != Moved::Nothing {
                moved.push(step.moved);
            }
            one = step.next;
            prop_assert!(one.tries == tried && tried <= TRIES);
            prop_assert!(one.state.is_open() || (one.next_at.is_none() && !one.is_being_charged));
        }
        let expected = match one.state {
            InstalmentState::Paid => vec![Moved::Collected],
            InstalmentState::Void => vec![Moved::Dropped],
            _ => Vec::new(),
        };
        prop_assert_eq!(moved, expected);
    }
}

fn any_event() -> impl Strategy<Value = Event> {
    prop::sample::select(vec![
        Event::Due,
        Event::Charged,
        Event::Declined,
        Event::ActionRequired,
        Event::CardReplaced,
        Event::Stopped,
    ])
}

#[test]
fn a_month_that_has_no_such_day_is_charged_on_its_last() {
    let total = Money::new(10_000, Currency::Eur);
    let plan = InstalmentPlan::new(total, 4, at("2026-12-31T09:30:00Z"), Zone::Utc);
    assert_eq!(
        days(&plan),
        [
            "2026-12-31T09:30:00Z",
            "2027-01-31T09:30:00Z",
            "2027-02-28T09:30:00Z",
            "2027-03-31T09:30:00Z"
        ]
    );
    let plan = InstalmentPlan::new(total, 2, at("2028-01-30T09:30:00Z"), Zone::Utc);
    assert_eq!(days(&plan)[1], "2028-02-29T09:30:00Z", "a leap year");
}

#[test]
fn months_are_counted_where_the_campaign_is() {
    // In Paris it is the first of March already, and later it is summer.
    let total = Money::new(10_000, Currency::Eur);
    let plan = InstalmentPlan::new(total, 3, at("2027-02-28T23:30:00Z"), Zone::Paris);
    assert_eq!(
        days(&plan),
        ["2027-02-28T23:30:00Z", "2027-03-31T22:30:00Z", "2027-04-30T22:30:00Z"]
    );
    assert_eq!(plan.shown(), "3:2027-03-01");
}

#[test]
fn what_cannot_be_shared_is_in_the_first() {
    let plan = InstalmentPlan::new(Money::new(10_001, Currency::Eur), 3, NOW, Zone::Utc);
    let amounts: Vec<i64> = plan.parts.iter().map(|part| part.amount.minor).collect();
    assert_eq!(amounts, [3_335, 3_333, 3_333]);
    assert_eq!(instalment::first(10_001, 3), 3_335);
    assert_eq!(instalment::first(10_001, 1), 10_001, "all together is one part");
}

#[test]
fn only_what_is_offered_can_be_chosen() {
    let offer = InstalmentOffer { from: 15_000, most: 4 };
    let total = |minor| Money::new(minor, Currency::Eur);
    assert_eq!(instalment::check(None, 3, total(20_000)), Err(Problem::NoInstalments));
    assert_eq!(instalment::check(Some(offer), 4, total(15_000)), Ok(()));
    let least = total(15_000);
    assert_eq!(
        instalment::check(Some(offer), 3, total(14_999)),
        Err(Problem::BelowMinimum { least })
    );
    for count in [-3, 0, 1, 5] {
        assert_eq!(
            instalment::check(Some(offer), count, total(20_000)),
            Err(Problem::InstalmentCount { least: 2, most: 4 })
        );
    }
    assert_eq!(offer.check(Currency::Eur), Ok(()));
    for most in [1, 11] {
        let wrong = InstalmentOffer { most, ..offer };
        assert_eq!(
            wrong.check(Currency::Eur),
            Err(Problem::InstalmentCount { least: 2, most: 10 })
        );
    }
    let low = InstalmentOffer { from: 199, most: 2 };
    let least = total(200);
    assert_eq!(low.check(Currency::Eur), Err(Problem::BelowMinimum { least }));
}

#[test]
fn what_fails_is_tried_three_times_and_then_left_to_its_backer() {
    let mut one = Instalment::waiting(NOW);
    assert_eq!(one.after(Event::Due, NOW.plus(-1)), Err(Refusal::CardNotWanted));
    let mut now = NOW;
    for n in 1..=3 {
        one = one.after(Event::Due, now).expect("due").next;
        assert_eq!(one.after(Event::Stopped, now), Err(Refusal::BeingCharged));
        assert_eq!(one.after(Event::CardReplaced, now), Err(Refusal::CardNotWanted));
        let failed = one.after(Event::Declined, now).expect("settled");
        assert!(failed.is_told, "a letter at once");
        one = failed.next;
        assert_eq!(one.is_manual(), n == 3);
        assert_eq!(one.after(Event::Due, now), Err(Refusal::CardNotWanted), "not yet");
        now = now.plus(48 * HOUR);
    }
    assert_eq!(one.after(Event::Due, now.plus(100 * DAY)), Err(Refusal::CardNotWanted));
    let again = one.after(Event::CardReplaced, now).expect("tried").next;
    let failed = again.after(Event::ActionRequired, now).expect("settled").next;
    assert!(failed.is_manual() && failed.state == InstalmentState::ActionRequired);
    let paid = failed.after(Event::Charged, now).expect("confirmed at the bank");
    assert_eq!((paid.next.state, paid.moved), (InstalmentState::Paid, Moved::Collected));
    let twice = paid.next.after(Event::Charged, now).expect("told twice");
    assert_eq!((twice.next, twice.moved), (paid.next, Moved::Nothing));
}

#[test]
fn the_choice_travels_in_the_address() {
    let choices = Choices { bonus: "200".into(), instalments: "3".into(), ..Choices::default() };
    assert_eq!(choices.query(), "bonus=200&instalments=3");
    assert_eq!(Choices::from_query("bonus=200&instalments=3"), choices);
    let order = choices.parse(Currency::Eur).expect("understood");
    assert_eq!(order.instalments, Some(3));
    assert_eq!(order.choices(Currency::Eur).instalments, "3");
    for (typed, expected) in [("", Ok(None)), ("1", Ok(None)), ("x", Err(())), ("2.5", Err(()))] {
        let choices = Choices { instalments: typed.into(), ..choices.clone() };
        let order = choices.parse(Currency::Eur).map(|order| order.instalments);
        assert_eq!(order.map_err(drop), expected, "{typed}");
    }
}
