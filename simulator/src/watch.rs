//! Adds everything up, and names the first thing that may never be.

use std::collections::BTreeMap;

use domain::{
    Money, Timestamp,
    campaign::{CampaignState, FundingRule, Verdict},
    fee,
    ledger::Account,
    pledge::{
        InstalmentState, PledgeState, Timing,
        instalment::{self, TRIES, TRY_AGAIN_AFTER},
        money::Note,
    },
    refund::ChargebackState,
    rehearsal::world::{Charge, Happened, Later, Outcome, Pledge, Totals, What, holds},
};

use crate::{backer::Backer, bank::FEE, provider::Provider, store::Store};

/// Letters that a backer gets once.
const ONCE: [Note; 4] = [Note::Placed, Note::Collected, Note::Dropped, Note::Cancelled];

/// What was seen the last time.
#[derive(Default)]
pub struct Watch {
    /// How much of the history was read.
    read: usize,
    /// How often each pledge's backer got each letter of [`ONCE`].
    letters: Vec<[u8; ONCE.len()]>,
    /// How often each instalment was tried by itself, and when that failed last.
    tries: BTreeMap<(usize, i64), (i64, Option<Timestamp>)>,
    states: Vec<PledgeState>,
    campaign: Option<CampaignState>,
    was_successful: bool,
}

type Verdicts = Result<(), String>;

macro_rules! must {
    ($holds:expr, $($words:tt)+) => {
        if !$holds { return Err(format!($($words)+)); }
    };
}

impl Watch {
    /// Looks at everything.
    pub fn look(&mut self, store: &Store, provider: &Provider) -> Verdicts {
        if let Some(complaint) = provider.complaints.first() {
            return Err(complaint.clone());
        }
        books(store)?;
        totals(store)?;
        self.letters(store)?;
        for pledge in 0..store.pledges.len() {
            one(store, provider, pledge)?;
        }
        self.goes_forward(store)
    }

    /// What is written once is not written twice.
    fn letters(&mut self, store: &Store) -> Verdicts {
        self.letters.resize(store.pledges.len(), [0; ONCE.len()]);
        for happened in &store.history[self.read..] {
            self.tries(happened)?;
            let What::Pledge { pledge, step, .. } = happened.what else { continue };
            let Some(kind) = ONCE.iter().position(|note| Some(*note) == step.note) else {
                continue;
            };
            let count = &mut self.letters[pledge][kind];
            *count += 1;
            must!(*count <= 1, "{:?} was written again about pledge {pledge}", ONCE[kind]);
        }
        self.read = store.history.len();
        Ok(())
    }

    /// Three tries, two days apart, and none more without the backer.
    fn tries(&mut self, happened: &Happened) -> Verdicts {
        let What::Instalment { pledge, number, event, .. } = happened.what else { return Ok(()) };
        let (tries, failed_at) = self.tries.entry((pledge, number)).or_default();
        match event {
            instalment::Event::Due => {
                *tries += 1;
                must!(*tries <= TRIES, "instalment {number} of {pledge} was tried {tries} times");
                let is_early = failed_at.is_some_and(|at| happened.at < at.plus(TRY_AGAIN_AFTER));
                must!(!is_early, "instalment {number} of {pledge} was tried too early again");
            }
            instalment::Event::Declined | instalment::Event::ActionRequired => {
                *failed_at = Some(happened.at);
            }
            _ => {}
        }
        Ok(())
    }

    /// No state is left that is final.
    fn goes_forward(&mut self, store: &Store) -> Verdicts {
        for (pledge, before) in self.states.iter().enumerate() {
            let now = store.pledges[pledge].standing.state;
            let is_final = matches!(
                before,
                PledgeState::Collected
                    | PledgeState::Dropped
                    | PledgeState::Cancelled
                    | PledgeState::Expired
            );
            must!(!is_final || now == *before, "pledge {pledge} was {before:?} and is {now:?}");
            let is_back = now == PledgeState::AuthenticationRequired && now != *before
                || now == PledgeState::Pledged
                    && !matches!(
                        before,
                        PledgeState::Pledged | PledgeState::AuthenticationRequired
                    );
            must!(!is_back, "pledge {pledge} was {before:?} and is {now:?} again");
        }
        self.states.clear();
        self.states.extend(store.pledges.iter().map(|pledge| pledge.standing.state));
        let now = store.life.state;
        let is_over = |state| matches!(state, CampaignState::Failed | CampaignState::Cancelled);
        if let Some(before) = self.campaign {
            must!(!is_over(before) || now == before, "a campaign was {before:?} and is {now:?}");
        }
        self.was_successful |= now == CampaignState::Successful;
        must!(!self.was_successful || !is_over(now), "a success became {now:?}");
        self.campaign = Some(now);
        Ok(())
    }
}

/// When nothing is left to do.
pub fn end(store: &Store, provider: &Provider, backers: &[Backer]) -> Verdicts {
    let state = store.life.state;
    let is_over = matches!(
        state,
        CampaignState::Successful | CampaignState::Failed | CampaignState::Cancelled
    );
    must!(is_over, "a campaign ended as {state:?}");
    for (n, pledge) in store.pledges.iter().enumerate() {
        let standing = pledge.standing;
        must!(!standing.is_being_charged, "pledge {n} waits for an answer: {standing:?}");
        let charged = provider.charged(n);
        must!(
            (charged.count > 0) == (standing.state == PledgeState::Collected),
            "pledge {n} is {:?} and was charged {} times",
            standing.state,
            charged.count
        );
        let (sum, known) = (charged.sum, pledge.charged);
        must!(sum == known, "pledge {n} paid {sum}, of which {known} are known");
        let is_open = |one: &Later| one.standing.state.is_open();
        must!(!pledge.later.iter().any(is_open), "pledge {n} ended with a plan that goes on");
        let is_unconfirmed = standing.state == PledgeState::AuthenticationRequired;
        must!(!is_unconfirmed, "pledge {n} was never confirmed and holds its reward");
        if state == CampaignState::Successful {
            let is_open = standing.state == PledgeState::Pledged || standing.state.wants_card();
            must!(!is_open, "pledge {n} of a success ended as {:?}", standing.state);
        } else {
            let waits = standing.state.wants_card() && standing.timing == Timing::AtOnce;
            must!(!waits, "pledge {n} of a campaign that is over ended as {:?}", standing.state);
            let has_paid = standing.state == PledgeState::Collected && !pledge.is_returned();
            must!(!has_paid, "pledge {n} was charged for nothing and not paid back");
        }
    }
    if state == CampaignState::Successful {
        must!(store.balance(Account::Promised) == 0, "something is still promised");
        must!(store.balance(Account::Clearing) == 0, "something was not paid out");
        must!(store.balance(Account::Reserve) == 0, "something is still held back");
    } else {
        must!(store.paid_out_at.is_none(), "a creator without success was paid");
    }
    for (n, backer) in backers.iter().enumerate() {
        must!(!backer.is_waiting(), "backer {n} never got an answer");
    }
    Ok(())
}

/// What backers were told is so.
pub fn heard(store: &Store, backers: &[Backer]) -> Verdicts {
    for (n, backer) in backers.iter().enumerate() {
        if let Some((pledge, _)) = backer.known {
            let whose = store.pledges.get(pledge).map(|row| row.backer);
            must!(whose == Some(n), "backer {n} was told of pledge {pledge}, which is {whose:?}'s");
        }
        for pledge in &backer.cancelled {
            let state = store.pledges[*pledge].standing.state;
            must!(
                state == PledgeState::Cancelled,
                "pledge {pledge} was cancelled and is {state:?}"
            );
        }
    }
    Ok(())
}

/// Every cent stands somewhere, and where it belongs.
fn books(store: &Store) -> Verdicts {
    must!(store.uneven == 0, "{} postings do not add up", store.uneven);
    let sum: i64 = store.balances.values().sum();
    must!(sum == 0, "the books are off by {sum}");
    let of = |account| store.balance(account);
    let (mut promised, mut kept) = (0, 0);
    let (mut platform, mut processing, mut lost) = (0, 0, 0);
    for pledge in &store.pledges {
        match pledge.standing.state {
            PledgeState::Collected => {
                let went_back = pledge.refunded + pledge.charged_back;
                let taken = taken(store, pledge);
                platform += taken.0 - fee::returned(taken.0, pledge.charged, went_back);
                processing += taken.1;
                kept += pledge.charged - went_back;
                if went_back > 0 {
                    // Nobody returns what the provider took.
                    lost += taken.1;
                }
                promised += open(pledge);
            }
            PledgeState::Dropped => {}
            _ if pledge.standing.counts() => promised += pledge.total,
            _ => {}
        }
    }
    let mut disputed = 0;
    for charge in store.charges.iter().filter(|charge| charge.dispute.is_some()) {
        processing += FEE;
        lost += FEE;
        if charge.dispute == Some(ChargebackState::Open) {
            disputed += charge.amount;
            // The platform's share comes back when it is lost.
            lost += charge.amount / 2;
        }
    }
    must!(of(Account::Disputed) == disputed, "{} disputed, not {disputed}", of(Account::Disputed));
    must!(of(Account::Promised) == promised, "{} promised, not {promised}", of(Account::Promised));
    let fees = (of(Account::PlatformFee), of(Account::ProcessingFee));
    must!(fees == (platform, processing), "fees are {fees:?}, not {platform} and {processing}");
    let creators = of(Account::Clearing) + of(Account::Reserve) + of(Account::Payout);
    let due = kept - disputed - platform - processing;
    must!(creators == due, "{creators} of {due} are the creator's");
    must!(of(Account::Clearing) >= -lost, "{} waits", of(Account::Clearing));
    must!(of(Account::Reserve) >= 0, "{} is held back", of(Account::Reserve));
    Ok(())
}

/// What was taken of a pledge's charges: by the platform, and by the provider.
fn taken(store: &Store, pledge: &Pledge) -> (i64, i64) {
    let later = pledge.later.iter().filter(|one| one.standing.state == InstalmentState::Paid);
    let first = instalment::first(pledge.total, pledge.instalments);
    let charged = std::iter::once(first).chain(later.map(|one| one.amount));
    let fees = charged.map(|amount| store.rates.fees.of(Money::new(amount, store.currency)));
    fees.fold((0, 0), |(platform, processing), fees| {
        (platform + fees.platform, processing + fees.processing)
    })
}

/// What of a plan may still be charged.
fn open(pledge: &Pledge) -> i64 {
    let open = pledge.later.iter().filter(|one| one.standing.state.is_open());
    open.map(|one| one.amount).sum()
}

/// Counters and rows.
fn totals(store: &Store) -> Verdicts {
    let mut counted = Totals::default();
    let mut taken = 0;
    for pledge in &store.pledges {
        let standing = pledge.standing;
        if standing.counts() {
            counted.pledged += pledge.total;
            counted.backers += 1;
            counted.units += pledge.units;
        }
        if holds(&standing) {
            taken += pledge.units;
        }
        match standing.state {
            PledgeState::Collected => {
                counted.collected += pledge.charged;
                let void =
                    pledge.later.iter().filter(|one| one.standing.state == InstalmentState::Void);
                counted.dropped += void.map(|one| one.amount).sum::<i64>();
            }
            PledgeState::Dropped if standing.timing == Timing::AtDeadline => {
                counted.dropped += pledge.total;
            }
            _ => {}
        }
        counted.refunded += pledge.refunded;
        counted.charged_back += pledge.charged_back;
    }
    let is_disputed = |charge: &&Charge| charge.dispute == Some(ChargebackState::Open);
    counted.disputed = store.charges.iter().filter(is_disputed).map(|charge| charge.amount).sum();
    must!(counted == store.totals, "rows say {counted:?}, counters {:?}", store.totals);
    must!(taken == store.taken, "{taken} units are held, {} counted", store.taken);
    let stock = store.in_stock;
    must!(stock.is_none_or(|stock| taken <= stock), "{taken} sold of {stock:?}");
    Ok(())
}

/// One pledge, and what the provider knows of it.
fn one(store: &Store, provider: &Provider, n: usize) -> Verdicts {
    let pledge = &store.pledges[n];
    let state = pledge.standing.state;
    let charged = provider.charged(n);
    let (sum, known) = (charged.sum, pledge.charged);
    must!(charged.twice.is_none(), "pledge {n} was charged twice for {:?}", charged.twice);
    must!(sum <= pledge.total, "pledge {n} is {} and was charged {sum}", pledge.total);
    let later = || pledge.later.iter().map(|one| one.standing);
    let is_underway =
        pledge.standing.is_being_charged || later().any(|standing| standing.is_being_charged);
    must!(sum == known || sum > known && is_underway, "pledge {n} paid {sum}, not {known}");
    must!((state == PledgeState::Collected) == (known > 0), "pledge {n} is {state:?}: {known}");
    if sum > 0 {
        // Under these rules nobody is charged before a success.
        let waits = store.terms.rule != FundingRule::KeepWhatYouRaise
            && store.terms.verdict == Verdict::Pledged;
        let is_early =
            waits && matches!(store.life.state, CampaignState::Failed | CampaignState::Cancelled);
        must!(!is_early, "pledge {n} was charged without a success");
    }
    // What is charged, open and given up is all of it.
    if known > 0 {
        let void = later().zip(&pledge.later).filter(|(one, _)| one.state == InstalmentState::Void);
        let void: i64 = void.map(|(_, one)| one.amount).sum();
        let all = known + open(pledge) + void;
        must!(all == pledge.total, "the plan of pledge {n} comes to {all} of {}", pledge.total);
    }
    let refunded = provider.refunded(n);
    let returned = pledge.refunded + pledge.charged_back;
    must!(returned <= known, "pledge {n} was charged {known} and got {returned} back");
    must!(pledge.refunded <= refunded && refunded <= sum, "pledge {n} got {refunded} of {sum}");
    must!(returned == 0 || open(pledge) == 0, "pledge {n} got money back and is still charged");
    Ok(())
}

/// Tries, for whoever tells the story.
pub fn charges(provider: &Provider) -> (u64, u64) {
    let all = provider.charges.values();
    let good = all.clone().filter(|(_, _, outcome)| *outcome == Outcome::Succeeded).count();
    (all.len() as u64, good as u64)
}
