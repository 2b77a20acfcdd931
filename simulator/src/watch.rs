//! Adds everything up, and names the first thing that may never be.

use domain::{
    Money,
    campaign::{CampaignState, FundingRule, Verdict},
    ledger::Account,
    pledge::{PledgeState, Timing, money::Note},
    rehearsal::world::{Outcome, Totals, What, holds},
};

use crate::{backer::Backer, provider::Provider, store::Store};

/// Letters that a backer gets once.
const ONCE: [Note; 4] = [Note::Placed, Note::Collected, Note::Dropped, Note::Cancelled];

/// What was seen the last time.
#[derive(Default)]
pub struct Watch {
    /// How much of the history was read.
    read: usize,
    /// How often each pledge's backer got each letter of [`ONCE`].
    letters: Vec<[u8; ONCE.len()]>,
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
        let (count, _) = provider.charged(n);
        must!(
            (count == 1) == (standing.state == PledgeState::Collected),
            "pledge {n} is {:?} and was charged {count} times",
            standing.state
        );
        let is_unconfirmed = standing.state == PledgeState::AuthenticationRequired;
        must!(!is_unconfirmed, "pledge {n} was never confirmed and holds its reward");
        if state == CampaignState::Successful {
            let is_open = standing.state == PledgeState::Pledged || standing.state.wants_card();
            must!(!is_open, "pledge {n} of a success ended as {:?}", standing.state);
        } else {
            let has_paid = standing.state == PledgeState::Collected && !pledge.is_refunded;
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
    let (mut promised, mut collected) = (0, 0);
    let (mut platform, mut processing, mut lost) = (0, 0, 0);
    for pledge in &store.pledges {
        match pledge.standing.state {
            PledgeState::Collected => {
                let fees = store.rates.fees.of(Money::new(pledge.total, store.currency));
                processing += fees.processing;
                if pledge.is_refunded {
                    // Nobody returns it.
                    lost += fees.processing;
                } else {
                    platform += fees.platform;
                    collected += pledge.total;
                }
            }
            PledgeState::Dropped => {}
            _ if pledge.standing.counts() => promised += pledge.total,
            _ => {}
        }
    }
    must!(of(Account::Promised) == promised, "{} promised, not {promised}", of(Account::Promised));
    let fees = (of(Account::PlatformFee), of(Account::ProcessingFee));
    must!(fees == (platform, processing), "fees are {fees:?}, not {platform} and {processing}");
    let creators = of(Account::Clearing) + of(Account::Reserve) + of(Account::Payout);
    let due = collected - platform - processing;
    must!(creators == due, "{creators} of {due} are the creator's");
    must!(of(Account::Clearing) >= -lost, "{} waits", of(Account::Clearing));
    must!(of(Account::Reserve) >= 0, "{} is held back", of(Account::Reserve));
    Ok(())
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
            PledgeState::Collected => counted.collected += pledge.total,
            PledgeState::Dropped if standing.timing == Timing::AtDeadline => {
                counted.dropped += pledge.total;
            }
            _ => {}
        }
        counted.refunded += if pledge.is_refunded { pledge.total } else { 0 };
    }
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
    let (count, sum) = provider.charged(n);
    must!(count <= 1, "pledge {n} was charged {count} times");
    if count == 1 {
        must!(sum == pledge.total, "pledge {n} is {} and was charged {sum}", pledge.total);
        let is_known = state == PledgeState::Collected || pledge.standing.is_being_charged;
        must!(is_known, "pledge {n} was charged and is {state:?}");
        // Under these rules nobody is charged before a success.
        let waits = store.terms.rule != FundingRule::KeepWhatYouRaise
            && store.terms.verdict == Verdict::Pledged;
        let is_early =
            waits && matches!(store.life.state, CampaignState::Failed | CampaignState::Cancelled);
        must!(!is_early, "pledge {n} was charged without a success");
    } else {
        must!(state != PledgeState::Collected, "pledge {n} is collected and was never charged");
    }
    let refunded = provider.refunds.get(&n).copied().unwrap_or_default();
    must!(refunded <= sum, "pledge {n} was charged {sum} and got {refunded} back");
    must!(!pledge.is_refunded || refunded == sum, "pledge {n} got {refunded} of {sum} back");
    Ok(())
}

/// Tries, for whoever tells the story.
pub fn charges(provider: &Provider) -> (u64, u64) {
    let all = provider.charges.values();
    let good = all.clone().filter(|(_, _, outcome)| *outcome == Outcome::Succeeded).count();
    (all.len() as u64, good as u64)
}
