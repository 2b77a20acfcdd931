//! What no pledge's money may ever do.

use domain::{
    Timestamp,
    fee::ChargeFees,
    ledger::Account,
    pledge::{
        PledgeState, Refusal, Standing, Timing,
        money::{Event, FIX_AT_ONCE, FIX_WINDOW, Moved, Note, REMIND_EVERY},
    },
    time::DAY,
};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(1_796_407_200_000_000);
const TOTAL: i64 = 2_500;
const FEES: ChargeFees = ChargeFees { platform: 125, processing: 95 };

fn any_event() -> impl Strategy<Value = Event> {
    prop::sample::select(vec![
        Event::Confirmed,
        Event::Expired,
        Event::Cancelled,
        Event::Changed,
        Event::Due { fix_until: NOW.plus(20 * DAY) },
        Event::Charged,
        Event::Declined,
        Event::ActionRequired,
        Event::CardReplaced,
        Event::LastTry,
        Event::Reminded,
        Event::CampaignOver,
    ])
}

proptest! {
    #[test]
    fn the_books_say_what_the_state_says(
        is_at_once: bool, must_authenticate: bool,
        events in prop::collection::vec((any_event(), 0..3 * DAY), 0..40),
    ) {
        let timing = if is_at_once { Timing::AtOnce } else { Timing::AtDeadline };
        let mut now = NOW;
        let mut step = Standing::placed(timing, must_authenticate, now);
        let (mut promised, mut cleared, mut counted) = (0, 0, 0);
        let mut was_charged = step.next.is_being_charged;
        let mut todo = events.into_iter();
        loop {
            counted += step.moved.counted();
            for leg in step.moved.postings(TOTAL, FEES).iter().flat_map(|posting| posting.legs()) {
                match leg.account {
                    Account::Promised => promised += leg.amount,
                    Account::Backers => {}
                    _ => cleared += leg.amount,
                }
            }
            let standing = step.next;
            prop_assert_eq!(counted, i64::from(standing.counts()), "{:?}", standing);
            let is_paid = standing.state == PledgeState::Collected;
            prop_assert_eq!(cleared, if is_paid { TOTAL } else { 0 });
            let is_promised = standing.counts() && !is_paid && standing.state != PledgeState::Dropped;
            prop_assert_eq!(promised, if is_promised { TOTAL } else { 0 });
            let Some((event, later)) = todo.next() else { break };
            now = now.plus(later);
            match standing.after(event, now) {
                Ok(next) => {
                    if next.next.is_being_charged && !standing.is_being_charged {
                        was_charged = true;
                        prop_assert!(!is_paid, "charged, and charged again");
                    }
                    if matches!(next.moved, Moved::Collected | Moved::PaidAtOnce) {
                        prop_assert!(was_charged, "nobody asked for this charge");
                    }
                    step = next;
                }
                Err(_) => step = domain::pledge::money::Step { next: standing, moved: Moved::Nothing, note: None },
            }
        }
    }
}

#[test]
fn a_promise_that_is_charged_counts_from_the_start() {
    let placed = Standing::placed(Timing::AtDeadline, false, NOW);
    assert_eq!((placed.moved, placed.note), (Moved::Promised, Some(Note::Placed)));
    let fix_until = NOW.plus(FIX_WINDOW);
    let due = placed.next.after(Event::Due { fix_until }, NOW).expect("charged").next;
    let declined = due.after(Event::Declined, NOW).expect("an answer");
    assert_eq!(declined.next.state, PledgeState::Errored);
    assert_eq!(declined.note, Some(Note::CardDeclined));
    assert_eq!(declined.next.remind_at, Some(NOW.plus(REMIND_EVERY)));
    let fixed = declined.next.after(Event::CardReplaced, NOW.plus(DAY)).expect("in time").next;
    let paid = fixed.after(Event::Charged, NOW.plus(DAY)).expect("an answer");
    assert_eq!((paid.next.state, paid.moved), (PledgeState::Collected, Moved::Collected));
}

#[test]
fn a_charge_that_the_bank_asked_about_may_be_confirmed_later_and_is_collected_once() {
    let placed = Standing::placed(Timing::AtDeadline, false, NOW);
    let due = placed.next.after(Event::Due { fix_until: NOW.plus(FIX_WINDOW) }, NOW);
    let due = due.expect("charged").next;
    let asked = due.after(Event::ActionRequired, NOW).expect("an answer").next;
    let paid = asked.after(Event::Charged, NOW.plus(DAY)).expect("told by the provider");
    assert_eq!((paid.next.state, paid.moved), (PledgeState::Collected, Moved::Collected));
    let again = paid.next.after(Event::Charged, NOW.plus(DAY)).expect("told twice");
    assert_eq!((again.next, again.moved), (paid.next, Moved::Nothing));
}

#[test]
fn a_card_that_is_declined_at_once_can_be_replaced_for_a_day_and_counts_for_nothing() {
    let placed = Standing::placed(Timing::AtOnce, false, NOW);
    assert!(placed.next.is_being_charged && !placed.next.counts());
    let declined = placed.next.after(Event::Declined, NOW).expect("an answer").next;
    assert!(!declined.counts());
    let late = NOW.plus(FIX_AT_ONCE);
    assert_eq!(declined.after(Event::CardReplaced, late), Err(Refusal::CardNotWanted));
    let again = declined.after(Event::CardReplaced, late.plus(-1)).expect("in time").next;
    let paid = again.after(Event::Charged, late).expect("an answer");
    assert_eq!((paid.next.state, paid.moved), (PledgeState::Collected, Moved::PaidAtOnce));
    let gone = again.after(Event::Declined, late).expect("an answer");
    assert_eq!((gone.next.state, gone.moved), (PledgeState::Dropped, Moved::Nothing));
}

#[test]
fn what_was_charged_is_not_simply_taken_back() {
    let placed = Standing::placed(Timing::AtOnce, false, NOW).next;
    assert_eq!(placed.after(Event::Cancelled, NOW), Err(Refusal::BeingCharged));
    assert_eq!(placed.after(Event::Changed, NOW), Err(Refusal::ChargedAtOnce));
    let paid = placed.after(Event::Charged, NOW).expect("an answer").next;
    assert_eq!(paid.after(Event::Cancelled, NOW), Err(Refusal::AlreadyCharged));
    let declined = placed.after(Event::Declined, NOW).expect("an answer").next;
    let gone = declined.after(Event::Cancelled, NOW).expect("nothing was charged");
    assert_eq!((gone.next.state, gone.moved), (PledgeState::Cancelled, Moved::Nothing));
}

#[test]
fn an_answer_that_comes_twice_moves_nothing() {
    let placed = Standing::placed(Timing::AtOnce, false, NOW).next;
    let paid = placed.after(Event::Charged, NOW).expect("an answer").next;
    for event in [Event::Charged, Event::Declined, Event::ActionRequired] {
        let again = paid.after(event, NOW).expect("an answer");
        assert_eq!((again.next, again.moved, again.note), (paid, Moved::Nothing, None));
    }
}
