//! What no life of a campaign may ever do to its backers' money.

#[path = "support/campaigns.rs"]
mod campaigns;

use campaigns::{END, enough, every_event, every_terms, tally, terms, too_little};
use domain::{
    Timestamp,
    campaign::{
        CampaignState, FundingRule, LatePledges, Life, Terms, Verdict,
        life::{Effect, Event},
        rule::{OVERTIME, SECOND_ROUND},
    },
    pledge::Timing,
    time::{DAY, MINUTE},
};
use proptest::prelude::*;

fn live(terms: &Terms) -> Life {
    let now = END.plus(-30 * DAY);
    let (life, _) = Life::draft(END).after(terms, Event::Submit, now).expect("a draft");
    life.after(terms, Event::Launch, now).expect("a reviewed draft").0
}

/// A random life: which terms, and which event when.
fn any_life() -> impl Strategy<Value = (Terms, Vec<(Event, i64)>)> {
    let event = (prop::sample::select(every_event()), 0..4 * DAY);
    (prop::sample::select(every_terms()), prop::collection::vec(event, 0..60))
}

/// Walks through it; `seen` is told each step that was taken.
fn walk(
    terms: &Terms,
    events: &[(Event, i64)],
    mut seen: impl FnMut(Life, Life, Event, Effect, Timestamp) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let (mut life, mut now) = (Life::draft(END), END.plus(-60 * DAY));
    for (event, later) in events {
        now = now.plus(*later);
        match life.after(terms, *event, now) {
            Ok((next, effect)) => {
                seen(life, next, *event, effect, now)?;
                life = next;
            }
            Err(refused) => prop_assert_eq!((refused.from, refused.wanted), (life.state, *event)),
        }
    }
    Ok(())
}

fn has_ended(state: CampaignState) -> bool {
    matches!(state, CampaignState::Successful | CampaignState::Failed | CampaignState::Cancelled)
}

proptest! {
    #[test]
    fn an_ended_campaign_never_lives_again((terms, events) in any_life()) {
        let mut ended = None;
        walk(&terms, &events, |_, next, _, _, _| {
            if let Some(end) = ended {
                prop_assert!(next.state == end || next.state == CampaignState::Suspended);
            }
            if has_ended(next.state) {
                ended = Some(next.state);
            }
            Ok(())
        })?;
    }

    #[test]
    fn nobody_is_charged_after_a_release_and_nobody_twice((terms, events) in any_life()) {
        let (mut charged, mut over) = (false, false);
        walk(&terms, &events, |_, _, _, effect, _| {
            match effect {
                Effect::ChargeAll | Effect::ChargeToDecide => {
                    prop_assert!(!charged && !over, "charged twice, or after all was void");
                    charged = true;
                }
                Effect::ChargeAtOnce => prop_assert!(!over, "charged after all was void"),
                Effect::Release => {
                    prop_assert!(!charged, "what was charged is not released but given back");
                    over = true;
                }
                Effect::GiveBack => over = true,
                _ => {}
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_success_keeps_what_was_charged((terms, events) in any_life()) {
        let mut kept = false;
        walk(&terms, &events, |_, next, _, effect, _| {
            prop_assert!(!(kept && matches!(effect, Effect::GiveBack | Effect::Release)));
            kept |= next.state == CampaignState::Successful || next.round > 1;
            Ok(())
        })?;
    }

    #[test]
    fn nothing_moves_while_a_campaign_is_suspended((terms, events) in any_life()) {
        walk(&terms, &events, |before, next, event, effect, _| {
            if before.state == CampaignState::Suspended {
                prop_assert_eq!((event, effect), (Event::Resume, Effect::Thaw));
                prop_assert_eq!(Some(next.state), before.frozen);
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_pledge_moves_the_end_by_ten_minutes_at_most((terms, events) in any_life()) {
        walk(&terms, &events, |before, next, event, effect, now| {
            let by = next.deadline.since(before.deadline);
            match event {
                Event::Pledge { is_first } => {
                    prop_assert!((0..=OVERTIME).contains(&by));
                    prop_assert!(by == 0 || (is_first && terms.overtime && now < before.deadline));
                }
                Event::Deadline { .. } if effect == Effect::ChargeAll && by != 0 => {
                    prop_assert_eq!((by, next.round), (SECOND_ROUND, 2));
                }
                _ => prop_assert_eq!(by, 0),
            }
            Ok(())
        })?;
    }
}

#[test]
fn each_rule_ends_as_its_backers_were_told() {
    use CampaignState as S;
    let end = |terms: &Terms, promised| {
        let (life, effect) =
            live(terms).after(terms, Event::Deadline { promised }, END).expect("the deadline");
        (life.state, effect)
    };
    for rule in [FundingRule::AllOrNothing, FundingRule::PreOrders] {
        let by_promises = terms(rule, Verdict::Pledged);
        assert_eq!(end(&by_promises, enough()), (S::Successful, Effect::ChargeAll), "{rule:?}");
        assert_eq!(end(&by_promises, too_little()), (S::Failed, Effect::Release), "{rule:?}");
        let by_charges = terms(rule, Verdict::Collected);
        assert_eq!(end(&by_charges, enough()), (S::Deciding, Effect::ChargeToDecide), "{rule:?}");
        assert_eq!(end(&by_charges, too_little()), (S::Failed, Effect::Release), "{rule:?}");
    }
    let flexible = terms(FundingRule::KeepWhatYouRaise, Verdict::Pledged);
    assert_eq!(end(&flexible, tally(1, 0)), (S::Successful, Effect::Keep));
    assert_eq!(end(&flexible, tally(0, 0)), (S::Failed, Effect::Release));
    let rounds = terms(FundingRule::Rounds, Verdict::Pledged);
    assert_eq!(end(&rounds, too_little()), (S::Failed, Effect::Release));
    assert_eq!(end(&rounds, enough()), (S::Live, Effect::ChargeAll));
    assert_eq!(end(&rounds, tally(campaigns::OPTIMUM, 0)), (S::Successful, Effect::ChargeAll));
}

#[test]
fn what_was_charged_decides_where_it_was_to_decide() {
    let terms = terms(FundingRule::AllOrNothing, Verdict::Collected);
    let promised = enough();
    let (deciding, _) =
        live(&terms).after(&terms, Event::Deadline { promised }, END).expect("the deadline");
    let verdict = |collected| {
        let (life, effect) =
            deciding.after(&terms, Event::WindowOver { collected }, END).expect("a verdict");
        (life.state, effect)
    };
    assert_eq!(verdict(enough()), (CampaignState::Successful, Effect::Keep));
    assert_eq!(verdict(too_little()), (CampaignState::Failed, Effect::GiveBack));
}

#[test]
fn a_second_round_charges_at_once_and_cannot_be_called_off() {
    let terms = terms(FundingRule::Rounds, Verdict::Pledged);
    let promised = enough();
    let first = live(&terms);
    assert_eq!(first.timing(terms.rule, END.plus(-1)), Some(Timing::AtDeadline));
    let (second, _) = first.after(&terms, Event::Deadline { promised }, END).expect("round two");
    assert_eq!(second.timing(terms.rule, END), Some(Timing::AtOnce));
    assert!(second.after(&terms, Event::Cancel, END).is_err());
    let (done, effect) = second
        .after(&terms, Event::Deadline { promised }, END.plus(SECOND_ROUND))
        .expect("its end");
    assert_eq!((done.state, effect), (CampaignState::Successful, Effect::Keep));
}

#[test]
fn a_deadline_does_not_come_before_its_time() {
    let terms = terms(FundingRule::AllOrNothing, Verdict::Pledged);
    let deadline = Event::Deadline { promised: enough() };
    assert!(live(&terms).after(&terms, deadline, END.plus(-1)).is_err());
    // Overtime moves it.
    let late = END.plus(-MINUTE);
    let pledge = Event::Pledge { is_first: true };
    let (moved, effect) = live(&terms).after(&terms, pledge, late).expect("taken");
    assert_eq!((moved.deadline, effect), (late.plus(OVERTIME), Effect::SaveCard));
    assert!(moved.after(&terms, deadline, END).is_err());
    let again = Event::Pledge { is_first: false };
    let (same, _) = moved.after(&terms, again, late.plus(5 * MINUTE)).expect("taken");
    assert_eq!(same.deadline, moved.deadline, "a backer moves the end once");
}

#[test]
fn late_pledges_are_charged_at_once_until_they_are_closed() {
    for terms in every_terms().into_iter().filter(|terms| terms.verdict == Verdict::Pledged) {
        let promised = tally(campaigns::OPTIMUM, campaigns::UNITS);
        let (done, _) =
            live(&terms).after(&terms, Event::Deadline { promised }, END).expect("a success");
        assert_eq!(done.late, LatePledges::Open);
        assert_eq!(done.timing(terms.rule, END.plus(90 * DAY)), Some(Timing::AtOnce));
        let (closed, _) = done.after(&terms, Event::CloseLatePledges, END).expect("closed");
        assert_eq!(closed.timing(terms.rule, END), None);
        assert!(closed.after(&terms, Event::CloseLatePledges, END).is_err(), "once for good");
        let never = Terms { late_pledges: false, ..terms };
        let (done, _) =
            live(&never).after(&never, Event::Deadline { promised }, END).expect("a success");
        assert_eq!(done.timing(never.rule, END), None);
        let (opened, _) = done.after(&never, Event::OpenLatePledges, END).expect("opened");
        assert_eq!(opened.timing(never.rule, END), Some(Timing::AtOnce));
        assert!(opened.after(&never, Event::OpenLatePledges, END).is_err(), "open already");
        assert!(closed.after(&terms, Event::OpenLatePledges, END).is_err(), "closed for good");
    }
}
