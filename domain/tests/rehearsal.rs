//! What a rehearsal promises: the same machines, figures that add up, and what
//! the scenario says comes true. Thousands of campaigns in a second.

#[path = "support/campaigns.rs"]
mod campaigns;

use campaigns::{END, every_terms};
use domain::{
    Currency, Money, Timestamp,
    campaign::{CampaignState, FundingRule, Life, Terms, Verdict, rule::SECOND_ROUND},
    ledger::Account,
    pledge::{InstalmentOffer, InstalmentState, PledgeState, instalment, money::Note},
    rehearsal::{
        Chance, Happening, Rates, Reach, Reader, Sample, Scenario, Script, Tale, Told, World,
        played, rehearse, world::Later,
    },
    time::DAY,
};

const LAUNCH: Timestamp = END.plus(-30 * DAY);

fn script(terms: Terms) -> Script {
    Script { terms, currency: Currency::Eur, launched: LAUNCH, deadline: END }
}

fn rates() -> Rates {
    Rates { fees: domain::fee::Fees::default(), reserve_percent: 5.into(), reserve_days: 60 }
}

/// Terms and a scenario of every kind.
fn drawn(seed: u32) -> (Terms, Scenario) {
    let mut chance = Chance::of(u64::from(seed));
    let all = every_terms();
    let terms = Terms {
        goal: chance.within(1, 5_000_000),
        overtime: chance.percent(50),
        late_pledges: chance.percent(50),
        ..all[chance.index(all.len())]
    };
    let may_offer = terms.verdict == Verdict::Pledged && chance.percent(50);
    let (from, most) = (chance.within(200, 20_000), chance.within(2, 10));
    let instalments = may_offer.then_some(InstalmentOffer { from, most });
    let optimum = terms.optimum.map(|_| terms.goal * 2);
    let terms = Terms { optimum, instalments, ..terms };
    let percent = |chance: &mut Chance| u32::try_from(chance.below(101)).expect("a percentage");
    let scenario = Scenario {
        backers: u32::try_from(chance.within(1, 60)).expect("a few"),
        reach: Reach::ALL[chance.index(4)],
        declined: percent(&mut chance),
        asked: percent(&mut chance),
        mended: percent(&mut chance),
        seed,
    };
    (terms, scenario)
}

/// Two thousand campaigns.
fn every_play(check: impl Fn(&Terms, &Scenario, &World, &Tale)) {
    for seed in 0..2_000 {
        let (terms, scenario) = drawn(seed);
        let world = played(&script(terms), &scenario, rates());
        let tale = rehearse(&script(terms), &scenario, rates());
        check(&terms, &scenario, &world, &tale);
    }
}

/// How many letters say how the campaign went on.
fn told(tale: &Tale) -> i64 {
    let is_about_it = |letter: &&Sample| matches!(letter.what, Told::Campaign { .. });
    tale.letters.iter().filter(is_about_it).map(|letter| letter.count).sum()
}

#[test]
fn every_cent_is_somewhere_and_the_fees_are_those_of_the_platform() {
    every_play(|terms, scenario, world, tale| {
        let case = format!("{terms:?} {scenario:?}");
        assert_eq!(world.uneven, 0, "{case}");
        assert_eq!(world.balances.values().sum::<i64>(), 0, "{case}");
        let of = tale.figures;
        assert_eq!(of.accounted_for(), of.collected.minor, "{case} {of:?}");
        assert_eq!(of.pledged.minor, of.collected.minor + of.not_collected.minor, "{case}");
        let (mut platform, mut processing) = (0, 0);
        for pledge in &world.pledges {
            if pledge.standing.state == PledgeState::Collected {
                let first = instalment::first(pledge.total, pledge.instalments);
                let paid = |one: &&Later| one.standing.state == InstalmentState::Paid;
                let later = pledge.later.iter().filter(paid).map(|one| one.amount);
                for amount in std::iter::once(first).chain(later) {
                    let fees = rates().fees.of(Money::new(amount, Currency::Eur));
                    platform += if pledge.is_returned() { 0 } else { fees.platform };
                    processing += fees.processing;
                }
            }
        }
        assert_eq!((of.platform_fee.minor, of.processing_fee.minor), (platform, processing));
    });
}

#[test]
fn nothing_is_left_open_and_no_promise_outlives_its_end() {
    every_play(|terms, scenario, world, tale| {
        let case = format!("{terms:?} {scenario:?}");
        assert!(matches!(tale.ended, CampaignState::Successful | CampaignState::Failed), "{case}");
        for pledge in &world.pledges {
            let standing = pledge.standing;
            assert!(!standing.is_being_charged, "{case}");
            let is_open = standing.state == PledgeState::Pledged || standing.state.wants_card();
            assert!(!is_open || tale.ended == CampaignState::Failed, "{case}");
            assert!(pledge.later.iter().all(|one| !one.standing.state.is_open()), "{case}");
            assert_ne!(standing.state, PledgeState::AuthenticationRequired, "{case}");
        }
        if tale.ended == CampaignState::Successful {
            for account in [Account::Promised, Account::Clearing, Account::Reserve] {
                assert_eq!(world.balance(account), 0, "{case} {account:?}");
            }
        }
        let times: Vec<Timestamp> = tale.scenes.iter().map(|scene| scene.at).collect();
        assert!(times.is_sorted(), "{case}: {:?}", tale.scenes);
        assert!(tale.scenes.len() < 60, "{case}: {} lines", tale.scenes.len());
    });
}

#[test]
fn a_campaign_that_fails_leaves_nobody_charged() {
    let mut failed = 0;
    for seed in 0..2_000 {
        let (terms, scenario) = drawn(seed);
        let tale = rehearse(&script(terms), &scenario, rates());
        if tale.ended != CampaignState::Failed {
            continue;
        }
        failed += 1;
        let of = tale.figures;
        assert_eq!(of.collected, of.refunded, "{terms:?} {scenario:?}");
        assert_eq!((of.paid_out.minor, of.platform_fee.minor), (0, 0), "{terms:?} {scenario:?}");
        let was_charged = tale.scenes.iter().any(|scene| scene.what == Happening::Charged);
        assert!(!was_charged || terms.verdict == Verdict::Collected, "{terms:?} {scenario:?}");
    }
    assert!(failed > 300, "only {failed} failed");
}

#[test]
fn the_scenario_says_how_far_it_goes() {
    for terms in every_terms() {
        for reach in Reach::ALL {
            for seed in 0..40 {
                let scenario =
                    Scenario { reach, seed, declined: 0, backers: 100, ..Scenario::default() };
                let tale = rehearse(&script(terms), &scenario, rates());
                let is_met = matches!(reach, Reach::JustAbove | Reach::FarAbove)
                    || terms.rule == FundingRule::KeepWhatYouRaise;
                // A bank's question that nobody answers can undo a verdict on what was
                // charged.
                if terms.verdict == Verdict::Pledged || !is_met {
                    let succeeded = tale.ended == CampaignState::Successful;
                    assert_eq!(succeeded, is_met, "{terms:?} {reach:?} {seed}");
                }
                let met = tale.scenes.iter().any(|scene| scene.what == Happening::GoalMet);
                let reaches = matches!(reach, Reach::JustAbove | Reach::FarAbove);
                if terms.rule != FundingRule::KeepWhatYouRaise {
                    assert_eq!(met, reaches, "{terms:?} {reach:?} {seed}");
                }
            }
        }
    }
}

#[test]
fn a_verdict_on_what_is_charged_falls_when_the_cards_are_bad() {
    let terms = campaigns::terms(FundingRule::AllOrNothing, Verdict::Collected);
    let bad = Scenario { declined: 40, mended: 0, asked: 0, ..Scenario::default() };
    let tale = rehearse(&script(terms), &bad, rates());
    assert_eq!(tale.ended, CampaignState::Failed);
    let lines: Vec<Happening> = tale.scenes.iter().map(|scene| scene.what).collect();
    for line in [Happening::Deciding, Happening::Declined, Happening::Dropped, Happening::GivenBack]
    {
        assert!(lines.contains(&line), "{line:?} in {lines:?}");
    }
    assert!(tale.figures.owed.minor > 0, "the provider keeps its fees");
    assert!(tale.letters.iter().any(|letter| letter.what == Told::GivenBack));
    let good = rehearse(&script(terms), &Scenario { declined: 0, ..bad }, rates());
    assert_eq!(good.ended, CampaignState::Successful);
}

/// A campaign that offers instalments, with bad cards that half of their holders
/// see to.
fn in_instalments() -> (Terms, Scenario) {
    let offer = InstalmentOffer { from: 200, most: 6 };
    let terms = campaigns::terms(FundingRule::AllOrNothing, Verdict::Pledged);
    let terms = Terms { instalments: Some(offer), late_pledges: false, overtime: false, ..terms };
    (terms, Scenario { declined: 30, mended: 50, asked: 0, ..Scenario::default() })
}

#[test]
fn instalments_are_played_to_the_last_and_given_up_where_nobody_sees_to_them() {
    let (terms, scenario) = in_instalments();
    let world = played(&script(terms), &scenario, rates());
    let tale = rehearse(&script(terms), &scenario, rates());
    let line = |what| tale.scenes.iter().find(|scene| scene.what == what);
    let charged = line(Happening::InstalmentCharged).expect("months later");
    assert_eq!(charged.at, END.plus(31 * DAY), "a month after the deadline");
    assert!(charged.until > END.plus(150 * DAY), "{charged:?}");
    let in_state = |state| {
        let later = world.pledges.iter().flat_map(|pledge| &pledge.later);
        later.filter(|one| one.standing.state == state).map(|one| one.amount).collect::<Vec<_>>()
    };
    let paid = in_state(InstalmentState::Paid);
    assert_eq!((charged.count as usize, charged.amount.minor), (paid.len(), paid.iter().sum()));
    let ended = line(Happening::PlanEnded).expect("some see to nothing");
    let void = in_state(InstalmentState::Void);
    assert_eq!((ended.count as usize, ended.amount.minor), (void.len(), void.iter().sum()));
    assert!(line(Happening::InstalmentDeclined).is_some_and(|declined| declined.count > 0));
    let again = line(Happening::PaidAgain).expect("paid as it comes");
    assert!(again.until > charged.until, "the last of it is paid, too");
    let letter = |told: &Told| tale.letters.iter().find(|letter| letter.what == *told);
    let kinds: Vec<_> = tale.letters.iter().map(|letter| letter.what).collect();
    assert!(kinds.iter().any(|kind| matches!(kind, Told::InstalmentFailed { .. })), "{kinds:?}");
    let ended: Vec<_> = kinds.iter().filter(|k| matches!(k, Told::PlanEnded { .. })).collect();
    let letters = letter(ended[0]).expect("it is one of them").count;
    let given_up = world.pledges.iter().filter(|pledge| pledge.charged < pledge.total);
    let given_up = given_up.filter(|pledge| pledge.charged > 0).count();
    assert_eq!(usize::try_from(letters), Ok(given_up), "one letter for each plan");
    assert_eq!(tale.figures.accounted_for(), tale.figures.collected.minor);
}

#[test]
fn without_an_offer_nobody_pays_in_instalments() {
    let (terms, scenario) = in_instalments();
    let terms = Terms { instalments: None, ..terms };
    let tale = rehearse(&script(terms), &scenario, rates());
    let of_plans = [Happening::InstalmentCharged, Happening::PlanEnded, Happening::PaidAgain];
    assert!(tale.scenes.iter().all(|scene| !of_plans.contains(&scene.what)), "{:?}", tale.scenes);
}

#[test]
fn a_second_round_a_late_sale_and_a_moved_end_are_played() {
    let terms = campaigns::terms(FundingRule::Rounds, Verdict::Pledged);
    let tale = rehearse(&script(terms), &Scenario::default(), rates());
    let line = |what| tale.scenes.iter().find(|scene| scene.what == what);
    let moved = line(Happening::EndMoved).expect("the end moves");
    assert!(moved.count >= 2 && moved.at < END && moved.until > END, "{moved:?}");
    let second = line(Happening::SecondRound).expect("a second round");
    assert!(second.at > END, "after the time on top");
    assert!(line(Happening::ChargedAtOnce).is_some(), "{:?}", tale.scenes);
    let success = line(Happening::Succeeded).expect("a success");
    assert!(success.at >= second.at.plus(SECOND_ROUND));
    assert!(line(Happening::LateSaleClosed).is_some());
    assert!(line(Happening::ReserveReleased).is_some());
    let paid = line(Happening::PaidOut).expect("a payout");
    assert!(paid.at < success.at, "what the first round brought does not wait");
    assert_eq!(told(&tale), tale.figures.backers, "everybody learns how it ended, once");
}

#[test]
fn letters_go_to_whom_they_concern_and_are_counted() {
    let terms = campaigns::terms(FundingRule::AllOrNothing, Verdict::Pledged);
    let scenario = Scenario { declined: 30, mended: 50, asked: 40, ..Scenario::default() };
    let tale = rehearse(&script(Terms { late_pledges: false, ..terms }), &scenario, rates());
    let note = |note| tale.letters.iter().find(|letter| letter.what == Told::Pledge(note));
    let of = |kind| note(kind).map_or(0, |letter| letter.count);
    assert_eq!(of(Note::Placed), tale.figures.backers, "one each");
    assert_eq!(of(Note::Collected) + of(Note::Dropped), tale.figures.backers, "one or the other");
    assert!(of(Note::CardDeclined) > of(Note::Dropped), "reminders are letters too");
    for letter in &tale.letters {
        let is_creators = matches!(letter.what, Told::Payout(_) | Told::Released);
        assert_eq!(letter.to == Reader::Creator, is_creators, "{letter:?}");
    }
    assert_eq!(told(&tale), tale.figures.backers, "everybody learns how it ended, once");
}

#[test]
fn the_same_scenario_is_the_same_story_and_another_lot_another_one() {
    let terms = campaigns::terms(FundingRule::AllOrNothing, Verdict::Pledged);
    let tell = |seed| {
        let scenario = Scenario { seed, ..Scenario::default() };
        let tale = rehearse(&script(terms), &scenario, rates());
        (tale.scenes, tale.figures)
    };
    assert_eq!(tell(7), tell(7));
    assert_ne!(tell(7), tell(8));
}

#[test]
fn the_largest_goal_and_the_smallest_are_played() {
    for goal in [1, 99, 100, 101, domain::money::LARGEST_MINOR] {
        for currency in [Currency::Eur, Currency::Jpy] {
            for backers in [1, 2, 2_000] {
                let script = Script { currency, ..script(Terms::all_or_nothing(goal)) };
                let scenario = Scenario { backers, declined: 0, asked: 0, ..Scenario::default() };
                let tale = rehearse(&script, &scenario, rates());
                assert_eq!(tale.ended, CampaignState::Successful, "{goal} {currency:?} {backers}");
                assert_eq!(tale.figures.accounted_for(), tale.figures.collected.minor);
            }
        }
    }
}

#[test]
fn a_script_keeps_the_dates_of_its_campaign_where_they_make_sense() {
    let terms = Terms::all_or_nothing(1_000);
    let of = |life: Life, launched, now| Script::of(terms, Currency::Eur, &life, launched, now);
    let life = Life::draft(END);
    let live = of(life, Some(LAUNCH), LAUNCH.plus(DAY));
    assert_eq!((live.launched, live.deadline), (LAUNCH, END));
    let draft = of(life, None, END.plus(-10 * DAY));
    assert_eq!((draft.launched, draft.deadline), (END.plus(-10 * DAY), END));
    let stale = of(life, None, END.plus(DAY));
    assert_eq!(stale.deadline.since(stale.launched), 30 * DAY);
    let second = Life { round: 2, deadline: END.plus(SECOND_ROUND), ..life };
    assert_eq!(of(second, Some(LAUNCH), END).deadline, END);
}
