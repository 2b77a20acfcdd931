//! A refund that the provider refused: put off, asked for again, or settled by
//! other means.

use domain::{
    Timestamp,
    pledge::Refusal,
    refund::{RefundState, returns},
    time::DAY,
};

use super::Desk;
use crate::{
    error::{Error, Result},
    pledge::command::{Answer, SeeTo, SeeToRefund},
    refund::{again::sql::Refusals, sql::Refund},
};

/// When to look again at one whose money is in dispute: the bank takes weeks.
const DISPUTED: i64 = DAY;
/// When the provider will surely have answered, in seconds.
const UNDERWAY: u32 = 120;

impl Desk<'_> {
    /// Sees to a refund that was refused. When somebody was faster, nothing happens;
    /// but money that the provider gives back is not booked as given by hand.
    pub(super) fn see_to_refund(&mut self, see: &SeeToRefund) -> Result<Answer> {
        let held = self.held(see.pledge)?;
        let refunds = self.known.returns.refunds.get(&held.id).into_iter().flatten();
        let refund =
            refunds.into_iter().find(|one| one.id == see.refund).ok_or(Error::NotFound)?.clone();
        let answer = self.answer(held.id, held.state, self.price(&held));
        match (refund.state, &see.how) {
            (RefundState::Refused, _) => {}
            // What the provider does in this moment is not settled by other means.
            (RefundState::Due, SeeTo::ByHand { .. }) => {
                return Err(Refusal::Busy { seconds: UNDERWAY }.into());
            }
            (RefundState::Succeeded, SeeTo::ByHand { .. })
                if refund.refusals.settled_by.is_none() =>
            {
                return Err(Refusal::NothingToRefund.into());
            }
            _ => return Ok(answer),
        }
        let standing = self.known.returns.standing(&held, self.shelf.row.currency);
        // Of all that was left, some may have gone another way meanwhile.
        let amount = refund.amount.min(standing.left());
        let trouble = if standing.disputed > 0 {
            Some(Refusal::Disputed)
        } else {
            (amount < 1).then_some(Refusal::NothingToRefund)
        };
        match (&see.how, trouble) {
            (SeeTo::Again, Some(trouble)) => {
                let is_disputed = trouble == Refusal::Disputed;
                let retry_at = is_disputed.then(|| self.now.plus(DISPUTED));
                self.replace_refund(put_off(refund, retry_at));
            }
            (_, Some(trouble)) => return Err(trouble.into()),
            (SeeTo::Again | SeeTo::AgainByHand, None) => {
                let refund = Refund { amount, ..put_off(refund, None) };
                // Any worker may take it at once.
                let taken_until = Timestamp(0);
                self.replace_refund(Refund { state: RefundState::Due, taken_until, ..refund });
            }
            (SeeTo::ByHand { who, note }, None) => {
                let refund = put_off(refund, None);
                let (settled_by, note) = (Some(*who), Some(note.clone()));
                let refusals = Refusals { settled_by, note, ..refund.refusals.clone() };
                let state = self.book_refund(&held, Refund { amount, refusals, ..refund });
                return Ok(Answer { state, ..answer });
            }
        }
        Ok(answer)
    }

    /// The provider said no. What nobody waits for is asked for again later.
    pub(super) fn refuse_refund(&mut self, refund: Refund, why: &str) {
        let times = refund.refusals.times + 1;
        let is_waited_for = refund.asked_by.is_some();
        let retry_at = returns::asked_again(times, self.now).filter(|_| !is_waited_for);
        let refused_for = Some(returns::in_short(why));
        let refusals = Refusals { times, refused_for, retry_at, ..refund.refusals.clone() };
        let settled_at = Some(self.now);
        self.replace_refund(Refund { state: RefundState::Refused, settled_at, refusals, ..refund });
    }

    /// Writes a refund of this batch as it is now.
    pub(super) fn replace_refund(&mut self, refund: Refund) {
        self.writes.settled_refunds.insert(refund.id);
        let refunds = self.known.returns.refunds.entry(refund.pledge_id).or_default();
        if let Some(known) = refunds.iter_mut().find(|one| one.id == refund.id) {
            *known = refund;
        }
    }
}

fn put_off(refund: Refund, retry_at: Option<Timestamp>) -> Refund {
    let refusals = Refusals { retry_at, ..refund.refusals.clone() };
    Refund { refusals, ..refund }
}
