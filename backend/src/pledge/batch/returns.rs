//! What a batch knows of money that went back, or may: refunds, disputes, what
//! each line cost, and the platform's fee.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Currency, fee,
    id::{ChargebackId, PledgeId, RefundId, RewardId},
    refund::{ChargebackState, RefundLine, RefundState, Standing},
};

use super::sql::Held;
use crate::{
    chargeback::{self, sql::Chargeback},
    db::Conn,
    error::Result,
    ledger,
    refund::{self, sql::Refund},
};

#[derive(Default)]
pub struct Returns {
    /// The refunds of a pledge, the first one first.
    pub refunds: BTreeMap<PledgeId, Vec<Refund>>,
    /// Its disputes, the first one first.
    pub chargebacks: BTreeMap<PledgeId, Vec<Chargeback>>,
    /// Reward, units and what they cost with their shipping.
    lines: BTreeMap<PledgeId, Vec<(RewardId, i64, i64)>>,
    /// What the platform took of a pledge's charges, and what it has of that now.
    fees: BTreeMap<PledgeId, (i64, i64)>,
}

impl Returns {
    /// Reads it for these pledges, whose campaigns are locked.
    pub async fn read(conn: &mut Conn<'_>, pledges: &[PledgeId]) -> Result<Self> {
        let mut known = Self::default();
        for refund in refund::sql::of_pledges(conn, pledges).await? {
            known.refunds.entry(refund.pledge_id).or_default().push(refund);
        }
        for chargeback in chargeback::sql::of_pledges(conn, pledges).await? {
            known.chargebacks.entry(chargeback.pledge_id).or_default().push(chargeback);
        }
        for (pledge, reward, quantity, amount) in refund::sql::lines(conn, pledges).await? {
            known.lines.entry(pledge).or_default().push((reward, quantity, amount));
        }
        for (pledge, taken, left) in ledger::sql::platform_fees(conn, pledges).await? {
            known.fees.insert(pledge, (taken, left));
        }
        Ok(known)
    }

    /// What was charged and what of it went back.
    pub fn standing(&self, held: &Held, currency: Currency) -> Standing {
        let underway = self.of(held.id).filter(|refund| refund.state == RefundState::Due);
        let chargebacks = self.chargebacks.get(&held.id).into_iter().flatten();
        let open = chargebacks.filter(|one| one.state == ChargebackState::Open);
        Standing {
            state: held.state,
            currency,
            total: held.charged,
            refunded: held.refunded,
            underway: underway.map(|refund| refund.amount).sum(),
            disputed: open.map(|one| one.amount).sum(),
            charged_back: held.charged_back,
        }
    }

    /// The lines that can be refunded by name, each with what of it was.
    pub fn lines(&self, pledge: PledgeId) -> Vec<RefundLine> {
        let mut gone: BTreeMap<RewardId, i64> = BTreeMap::new();
        for refund in self.of(pledge).filter(|refund| refund.state != RefundState::Refused) {
            for (reward, units) in &refund.items {
                *gone.entry(*reward).or_default() += units;
            }
        }
        let lines = self.lines.get(&pledge).into_iter().flatten();
        lines
            .map(|(reward, quantity, amount)| RefundLine {
                reward: *reward,
                quantity: *quantity,
                amount: *amount,
                refunded: gone.get(reward).copied().unwrap_or_default(),
            })
            .collect()
    }

    /// Takes the platform's share of this much more that goes back.
    pub fn take_fee(&mut self, held: &Held, amount: i64) -> i64 {
        let Some((taken, left)) = self.fees.get_mut(&held.id) else { return 0 };
        let went_back = held.refunded + held.charged_back + amount;
        let share = fee::returned(*taken, held.charged, went_back) - (*taken - *left);
        let share = share.clamp(0, amount.min(*left).max(0));
        *left -= share;
        share
    }

    /// These refunds as they are now.
    pub fn refunds(&self, ids: &BTreeSet<RefundId>) -> Vec<&Refund> {
        self.refunds.values().flatten().filter(|refund| ids.contains(&refund.id)).collect()
    }

    /// These disputes as they are now.
    pub fn chargebacks(&self, ids: &BTreeSet<ChargebackId>) -> Vec<&Chargeback> {
        self.chargebacks.values().flatten().filter(|one| ids.contains(&one.id)).collect()
    }

    fn of(&self, pledge: PledgeId) -> impl Iterator<Item = &Refund> {
        self.refunds.get(&pledge).into_iter().flatten()
    }
}
