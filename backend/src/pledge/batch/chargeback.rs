//! A charge that its holder disputes: the provider takes the money at once, and
//! the bank decides later whose it is.

use domain::{
    Invalid, Money, Problem, id::ChargebackId, ledger::Posting, pledge::Refusal,
    refund::ChargebackState,
};

use super::{Desk, sql::Held};
use crate::{
    chargeback::sql::Chargeback,
    error::Result,
    mail::Letter,
    pledge::command::{self, Answer},
};

/// When to tell of a dispute again while a refund of the same charge, or another
/// charge of the same pledge, is under way.
const AFTER_REFUND: u32 = 120;

impl Desk<'_> {
    /// Books what the provider says of a dispute. What is told twice changes
    /// nothing; what is told of for the first time once it is decided was open before.
    pub(super) fn chargeback(&mut self, told: &command::Chargeback) -> Result<Answer> {
        let mut held = self.held(told.pledge)?;
        let known = self.known.returns.chargebacks.get(&held.id).into_iter().flatten();
        let known = known.into_iter().find(|one| one.reference == told.reference).cloned();
        let is_news = known.as_ref().is_none_or(|known| {
            known.state == ChargebackState::Open && told.state != ChargebackState::Open
        });
        let open = match known {
            Some(known) => {
                self.check_same(&known, told)?;
                known
            }
            None => self.open_chargeback(&held, told)?,
        };
        let amount = open.amount;
        let decided = Chargeback { state: told.state, settled_at: Some(self.now), ..open.clone() };
        match (open.state, told.state) {
            (before, after) if before == after => {}
            // An old letter that comes late.
            (ChargebackState::Won | ChargebackState::Lost, ChargebackState::Open) => {}
            (ChargebackState::Open, ChargebackState::Won) => {
                let posting = Posting::chargeback_won(open.amount, self.shelf.till());
                self.shelf.give_back(&posting, held.id, self.now);
                self.note(held.id, "chargeback_won", held.total);
                self.decide(decided);
            }
            (ChargebackState::Open, ChargebackState::Lost) => {
                let fee = self.known.returns.take_fee(&held, open.amount);
                let posting = Posting::chargeback_lost(open.amount, fee, self.shelf.till());
                self.shelf.give_back(&posting, held.id, self.now);
                held.charged_back += open.amount;
                held.state = self.went_back(held.clone(), "chargeback_lost");
                self.decide(Chargeback { platform_fee: fee, ..decided });
            }
            _ => return Err(Refusal::ChargebackDecided.into()),
        }
        if is_news {
            self.tell_creator(told, amount)?;
        }
        Ok(self.answer(held.id, held.state, self.price(&held)))
    }

    /// Writes to the creator how a dispute stands now.
    fn tell_creator(&mut self, told: &command::Chargeback, amount: i64) -> Result<()> {
        let row = &self.shelf.row;
        let (title, total) = (row.title.clone(), Money::new(amount, row.currency));
        let link = format!("{}/campaigns/{}/pledges/{}", told.base_url, row.slug, told.pledge);
        let letter = match told.state {
            ChargebackState::Open => Letter::ChargebackOpened { title, total, link },
            ChargebackState::Won => Letter::ChargebackWon { title, total, link },
            ChargebackState::Lost => Letter::ChargebackLost { title, total, link },
        };
        let creator = self.known.creators.get(&row.id).copied();
        creator.map_or(Ok(()), |creator| self.write_to(creator, &letter))
    }

    /// Another amount or currency than the one that is known is not believed.
    fn check_same(&self, known: &Chargeback, told: &command::Chargeback) -> Result<()> {
        match told.amount {
            Some(amount) if amount.currency != known.currency => Err(Refusal::OtherCurrency.into()),
            Some(amount) if amount.minor != known.amount => {
                Err(Invalid::field("amount", Problem::UnknownChoice).into())
            }
            _ => Ok(()),
        }
    }

    fn open_chargeback(&mut self, held: &Held, told: &command::Chargeback) -> Result<Chargeback> {
        let currency = self.shelf.row.currency;
        let standing = self.known.returns.standing(held, currency);
        // The provider will know soon which of the two came first.
        if standing.underway > 0 {
            return Err(Refusal::Busy { seconds: AFTER_REFUND }.into());
        }
        // The provider knows which charge it is; who reads its letters may not.
        let sources = self.sources(held).into_iter();
        let named: Vec<_> =
            sources.filter(|(id, _)| told.charge.is_none_or(|charge| charge == *id)).collect();
        let holds = |left: i64| told.amount.is_none_or(|amount| amount.minor <= left);
        let large = named.iter().find(|(_, left)| holds(*left));
        let (charge_id, left) = large.or(named.first()).copied().ok_or(Refusal::NothingToRefund)?;
        let amount = told.amount.unwrap_or(Money::new(left, currency));
        if amount.currency != currency {
            return Err(Refusal::OtherCurrency.into());
        }
        if amount.minor < 1 {
            return Err(Invalid::field("amount", Problem::NotAnAmount).into());
        }
        if amount.minor > left {
            let left = Money::new(left, currency);
            return Err(Invalid::field("amount", Problem::MoreThanLeft { left }).into());
        }
        let chargeback = Chargeback {
            id: ChargebackId::generate(),
            reference: told.reference.clone(),
            pledge_id: held.id,
            campaign_id: held.campaign_id,
            charge_id,
            state: ChargebackState::Open,
            amount: amount.minor,
            fee: told.fee,
            currency,
            platform_fee: 0,
            opened_at: self.now,
            settled_at: None,
        };
        self.stop_plan(held.id).map_err(|_| Refusal::Busy { seconds: AFTER_REFUND })?;
        let posting = Posting::chargeback_opened(amount.minor, told.fee, self.shelf.till());
        self.shelf.give_back(&posting, held.id, self.now);
        self.note(held.id, "chargeback_opened", held.total);
        self.known.returns.chargebacks.entry(held.id).or_default().push(chargeback.clone());
        self.writes.chargebacks.insert(chargeback.id);
        Ok(chargeback)
    }

    fn decide(&mut self, decided: Chargeback) {
        self.writes.settled_chargebacks.insert(decided.id);
        let all = self.known.returns.chargebacks.entry(decided.pledge_id).or_default();
        if let Some(known) = all.iter_mut().find(|one| one.id == decided.id) {
            *known = decided;
        }
    }
}
