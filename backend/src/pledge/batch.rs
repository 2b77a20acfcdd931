//! What the writer does inside one transaction: it locks the campaigns, reads
//! what the commands are about, decides every command in memory, and writes
//! everything at the end. Reads and writes are as many for one pledge as for a
//! thousand.

mod again;
mod alter;
mod chargeback;
mod collect;
mod follow;
mod instalment;
mod known;
mod place;
mod refund;
mod returns;
mod shelf;
mod sql;
mod surplus;
mod writes;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Timestamp,
    id::{AccountId, CampaignId, PledgeId},
    live::FundingEvent,
    pledge::{PledgeState, Quote, Refusal},
};

use super::command::{Answer, Command, Once};
use crate::{
    campaign,
    db::Conn,
    error::{Error, Result},
    mail::{self, Letter},
    reward,
};
pub(crate) use follow::letter;
use known::{Kept, Known};
use shelf::Shelf;
use sql::Change;
pub(crate) use sql::ask_anew;
use writes::Writes;

/// The campaigns of one batch, locked, and what was decided about them.
pub struct Batch {
    shelves: BTreeMap<CampaignId, Shelf>,
    known: Known,
    writes: Writes,
    now: Timestamp,
}

/// Where one command is decided.
struct Desk<'b> {
    shelf: &'b mut Shelf,
    known: &'b mut Known,
    writes: &'b mut Writes,
    now: Timestamp,
}

impl Batch {
    /// Locks the campaigns of these commands and reads what they need.
    pub async fn open(conn: &mut Conn<'_>, commands: &[&Command], now: Timestamp) -> Result<Self> {
        let wanted: BTreeSet<CampaignId> = commands.iter().map(|c| c.campaign()).collect();
        let wanted: Vec<CampaignId> = wanted.into_iter().collect();
        let mut shelves: BTreeMap<CampaignId, Shelf> = campaign::locked::lock(conn, &wanted)
            .await?
            .into_iter()
            .map(|row| (row.id, Shelf::new(row)))
            .collect();
        for owned in reward::sql::of_campaigns(conn, &wanted).await? {
            if let Some(shelf) = shelves.get_mut(&owned.campaign_id) {
                shelf.stock(owned.reward)?;
            }
        }
        let ending: Vec<CampaignId> =
            shelves.values().filter(|s| s.is_ending(now)).map(|s| s.row.id).collect();
        let over: Vec<CampaignId> =
            shelves.values().filter(|s| s.came_to_nothing()).map(|s| s.row.id).collect();
        let known = Known::read(conn, commands, (&ending, &over), now).await?;
        Ok(Self { shelves, known, writes: Writes::default(), now })
    }

    /// Sets the time of the commands that follow, for a demonstration that tells
    /// of the past.
    pub const fn at(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// Decides one command of those that the batch was opened for. A refusal
    /// leaves everything as it was.
    pub fn apply(&mut self, command: &Command) -> Result<Answer> {
        let shelf = self.shelves.get_mut(&command.campaign()).ok_or(Error::NotFound)?;
        let mut desk =
            Desk { shelf, known: &mut self.known, writes: &mut self.writes, now: self.now };
        match command {
            Command::Place(place) => desk.place(place),
            Command::Change(change) => desk.change(change),
            Command::Cancel(cancel) => desk.cancel(cancel),
            Command::Confirm { pledge, link, charge, taken_until, .. } => {
                desk.confirm(*pledge, link, (*charge, *taken_until))
            }
            Command::Drop { pledge, .. } => desk.expire(*pledge),
            Command::Settle(settle) => desk.settle(settle),
            Command::ReplaceCard(replace) => desk.replace_card(replace),
            Command::TryAgain { pledge, .. } => desk.try_again(*pledge),
            Command::Instalment { pledge, number, .. } => desk.instalment_due(*pledge, *number),
            Command::EndPlan { pledge, link, .. } => desk.end_plan(*pledge, link),
            Command::LetGo { pledge, .. } => desk.let_go(*pledge),
            Command::Remind { pledge, link, .. } => desk.remind(*pledge, link),
            Command::Refund(refund) => desk.refund(refund),
            Command::SettleRefund(settle) => desk.settle_refund(settle),
            Command::SeeToRefund(see) => desk.see_to_refund(see),
            Command::Chargeback(chargeback) => desk.chargeback(chargeback),
        }
    }

    /// Writes everything. Returns the campaigns that changed, with what their
    /// open pages are to be told, and as of when.
    pub async fn close(
        mut self,
        conn: &mut Conn<'_>,
    ) -> Result<Vec<(CampaignId, FundingEvent, Timestamp)>> {
        let (mut changed, mut rows) = (Vec::new(), Vec::new());
        let (mut stock, mut variants) = (Vec::new(), Vec::new());
        for (id, mut shelf) in self.shelves {
            if !shelf.is_changed {
                continue;
            }
            self.writes.entries.append(&mut shelf.book.take());
            stock.extend(shelf.touched_stock());
            variants.extend(shelf.touched_variants());
            shelf.settle(self.now);
            changed.push((id, shelf.event(), shelf.row.funded_at));
            rows.push(shelf.row);
        }
        self.writes.write(conn, &self.known, self.now).await?;
        if !stock.is_empty() {
            reward::sql::set_stock(conn, &stock).await?;
        }
        if !variants.is_empty() {
            reward::variant::sql::set_variant_stock(conn, &variants).await?;
        }
        if !rows.is_empty() {
            campaign::locked::set_funding(conn, &rows).await?;
        }
        Ok(changed)
    }
}

impl Desk<'_> {
    /// The answer that this backer got under this key before, if any.
    fn answered(&self, backer: AccountId, once: Option<&Once>) -> Result<Option<Answer>> {
        let Some(once) = once else { return Ok(None) };
        let Some(kept) = self.known.kept(backer, &once.key) else { return Ok(None) };
        if kept.fingerprint != once.fingerprint {
            return Err(Refusal::KeyReused.into());
        }
        Ok(Some(serde_json::from_str(&kept.answer)?))
    }

    /// Keeps the answer under its key.
    fn keep(&mut self, backer: AccountId, once: Option<&Once>, answer: &Answer) -> Result<()> {
        if let Some(once) = once {
            let kept = Kept {
                backer_id: backer,
                key: once.key.clone(),
                fingerprint: once.fingerprint.clone(),
                answer: serde_json::to_string(answer)?,
            };
            self.known.keep(kept.clone());
            self.writes.kept.push(kept);
        }
        Ok(())
    }

    /// Notes what happened to a pledge, for its backer.
    fn note(&mut self, pledge: PledgeId, what: &'static str, total: i64) {
        self.writes.changes.push(Change { pledge, what, total, at: self.now });
    }

    fn write_to(&mut self, backer: AccountId, letter: &Letter) -> Result<()> {
        let person = self.known.person(backer).ok_or(Error::NotFound)?;
        self.writes.letters.push(mail::written(&person.email, person.locale, letter, self.now)?);
        Ok(())
    }

    fn answer(&self, pledge: PledgeId, state: PledgeState, quote: Quote) -> Answer {
        Answer { pledge, campaign: self.shelf.row.slug.clone(), state, quote, charge: None }
    }
}
