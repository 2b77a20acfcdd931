//! What a locked campaign knows and counts, without touching the database.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Money, Timestamp,
    campaign::{CampaignState, life, rule::OVERTIME},
    fee::ChargeFees,
    id::{PledgeId, RewardId},
    ledger::{Account, Event, Posting, Till},
    live::{FundingEvent, NewestPledge, RewardLeft},
    pledge::{Order, Quote, Refusal, Taken, Timing, instalment, money::Moved, quote},
    reward::RewardView,
};

use crate::{
    campaign::{locked::Locked, popularity},
    error::Result,
    ledger::Book,
    reward::sql::RewardRow,
};

pub struct Shelf {
    pub row: Locked,
    pub book: Book,
    pub is_changed: bool,
    pub newest: Option<NewestPledge>,
    /// Every reward, with the token that opens it when it is secret.
    rewards: Vec<(RewardView, Option<String>)>,
    /// The number of what is told of each now.
    pub wordings: BTreeMap<RewardId, i64>,
    /// Rewards whose stock has to be written.
    touched: BTreeSet<RewardId>,
    fresh_pledges: i64,
}

impl Shelf {
    /// The shelf of a locked campaign, still empty.
    pub fn new(row: Locked) -> Self {
        let book = Book::open(row.id, row.currency, row.ledger_rows, row.ledger_hash.clone());
        Self {
            row,
            book,
            is_changed: false,
            newest: None,
            rewards: Vec::new(),
            wordings: BTreeMap::new(),
            touched: BTreeSet::new(),
            fresh_pledges: 0,
        }
    }

    /// Puts a reward on it.
    pub fn stock(&mut self, row: RewardRow) -> Result<()> {
        let secret = row.secret.clone();
        self.wordings.insert(row.id, row.wording);
        self.rewards.push((row.into_view(self.row.currency)?, secret));
        Ok(())
    }

    /// When the card of a pledge is charged that is placed now.
    pub fn check_open(&self, now: Timestamp) -> Result<Timing> {
        let (state, deadline) = (self.row.state, self.row.deadline);
        self.row.life().timing(self.row.plan.terms().rule, now).ok_or_else(|| {
            let refusal = match state {
                CampaignState::Live => Refusal::DeadlinePassed { deadline },
                _ => Refusal::CampaignNotLive { state },
            };
            refusal.into()
        })
    }

    /// Whether a pledge moves the end now.
    pub fn is_ending(&self, now: Timestamp) -> bool {
        let is_last = self.row.deadline.since(now) < OVERTIME;
        self.row.plan.terms().overtime && self.row.state == CampaignState::Live && is_last
    }

    /// Whether nothing is charged for it any more, and nothing kept.
    pub const fn came_to_nothing(&self) -> bool {
        matches!(self.row.state, CampaignState::Failed | CampaignState::Cancelled)
    }

    /// Somebody pledges; whoever did before moves no end.
    pub fn pledge(&mut self, is_first: bool, now: Timestamp) {
        let terms = self.row.plan.terms();
        let event = life::Event::Pledge { is_first };
        if let Ok((next, _)) = self.row.life().after(&terms, event, now)
            && next.deadline != self.row.deadline
        {
            self.row.deadline = next.deadline;
            self.is_changed = true;
        }
    }

    pub fn quote(
        &self,
        order: &Order,
        held: &BTreeMap<RewardId, Taken>,
        expected: Option<i64>,
        now: Timestamp,
    ) -> Result<Quote> {
        let offered: Vec<RewardView> = self
            .rewards
            .iter()
            .filter(|(view, _)| {
                order.reward == Some(view.id) || order.add_ons.contains_key(&view.id)
            })
            .filter(|(view, secret)| {
                // A secret reward that is held was opened by its link before.
                secret.is_none() || *secret == order.secret || held.contains_key(&view.id)
            })
            .map(|(view, _)| view.clone())
            .collect();
        let is_late = self.row.life().is_late();
        let quote = quote(order, &offered, self.row.currency, held, is_late, now)?;
        match expected {
            Some(expected) if expected != quote.total.minor => {
                Err(Refusal::TotalChanged { total: quote.total }.into())
            }
            _ => Ok(quote),
        }
    }

    pub fn move_stock(
        &mut self,
        before: &BTreeMap<RewardId, Taken>,
        after: &BTreeMap<RewardId, Taken>,
        reward: Option<RewardId>,
    ) {
        let ids: BTreeSet<RewardId> = before.keys().chain(after.keys()).copied().collect();
        for (view, _) in self.rewards.iter_mut().filter(|(view, _)| ids.contains(&view.id)) {
            for (taken, sign) in [(before.get(&view.id), -1), (after.get(&view.id), 1)] {
                let Some(taken) = taken else { continue };
                view.offer.claimed += sign * taken.units;
                view.variants.claim(taken.variant.as_deref(), sign * taken.units);
            }
            self.touched.insert(view.id);
        }
        self.is_changed = true;
        self.move_backer(reward, 1);
    }

    pub fn move_backer(&mut self, reward: Option<RewardId>, by: i64) {
        if let Some((view, _)) = self.rewards.iter_mut().find(|(view, _)| Some(view.id) == reward) {
            view.backers += by;
            self.touched.insert(view.id);
        }
    }

    /// Counts what moved of a pledge, in the totals and in the books. What is
    /// pledged stays when a promise comes to nothing: a success is decided once. Of
    /// a pledge in instalments only the first is `charged` with it.
    pub fn count(
        &mut self,
        moved: Moved,
        (pledge, total, units): (PledgeId, i64, i64),
        (charged, fees): (i64, ChargeFees),
        at: Timestamp,
    ) {
        let by = moved.counted();
        self.row.pledged += by * total;
        self.row.backers += by;
        self.row.units += by * units;
        self.fresh_pledges += by.max(0);
        match moved {
            Moved::Collected | Moved::PaidAtOnce => self.row.collected += charged,
            Moved::Dropped => self.row.dropped += total,
            Moved::Nothing | Moved::Promised | Moved::Withdrawn => {}
        }
        let postings = match moved {
            Moved::PaidAtOnce => {
                let mut both = Moved::Promised.postings(total, fees);
                both.extend(Moved::Collected.postings(charged, fees));
                both
            }
            Moved::Collected => moved.postings(charged, fees),
            _ => moved.postings(total, fees),
        };
        for posting in postings {
            self.book.post(&posting, Some(pledge), at);
        }
        self.is_changed |= moved != Moved::Nothing;
    }

    /// Counts what moved of a further instalment. What is pledged counts it already.
    pub fn instalment(
        &mut self,
        moved: instalment::Moved,
        (pledge, amount): (PledgeId, i64),
        fees: ChargeFees,
        at: Timestamp,
    ) {
        let posting = match moved {
            instalment::Moved::Nothing => return,
            instalment::Moved::Collected => {
                self.row.collected += amount;
                Posting::collected(amount, fees)
            }
            instalment::Moved::Dropped => {
                self.row.dropped += amount;
                Posting::promise(Event::Dropped, -amount)
            }
        };
        self.book.post(&posting, Some(pledge), at);
        self.is_changed = true;
    }

    /// Counts that a promise became another one.
    pub fn recount(&mut self, pledge: PledgeId, pledged: i64, units: i64, at: Timestamp) {
        self.row.pledged += pledged;
        self.row.units += units;
        self.book.post(&Posting::promise(Event::Changed, pledged), Some(pledge), at);
        self.is_changed = true;
    }

    /// Where the creator's money stands now.
    pub fn till(&self) -> Till {
        Till { is_paid_out: self.row.paid_out_at.is_some(), reserve: self.row.reserve }
    }

    /// Counts money that went back, or that a dispute holds. What was collected
    /// stays, as what was pledged does: pages show what went back beside it.
    pub fn give_back(&mut self, posting: &Posting, pledge: PledgeId, at: Timestamp) {
        self.row.disputed += posting.of(Account::Disputed);
        self.row.reserve += posting.of(Account::Reserve);
        match posting.event() {
            Event::Refunded => self.row.refunded += posting.of(Account::Backers),
            Event::ChargebackLost => self.row.charged_back += posting.of(Account::Backers),
            _ => {}
        }
        self.book.post(posting, Some(pledge), at);
        self.is_changed = true;
    }

    /// Adds to the books what moves no total.
    pub fn post(&mut self, posting: &Posting, pledge: PledgeId, at: Timestamp) {
        self.book.post(posting, Some(pledge), at);
        self.is_changed = true;
    }

    /// Units that can be had by others again.
    pub fn restock(&mut self, units: &BTreeMap<RewardId, Taken>, reward: Option<RewardId>) {
        self.move_stock(units, &BTreeMap::new(), None);
        self.move_backer(reward.filter(|reward| units.contains_key(reward)), -1);
    }

    /// Brings the row up to what was counted.
    pub fn settle(&mut self, now: Timestamp) {
        self.row.popularity = popularity::after(self.row.popularity, self.fresh_pledges, now);
        // Under the row's lock figures are dated in the order of their commits,
        // also when the clocks of two nodes differ.
        self.row.funded_at = now.max(self.row.funded_at.plus(1));
        let (rows, hash) = self.book.end();
        self.row.ledger_rows = rows;
        hash.clone_into(&mut self.row.ledger_hash);
    }

    /// Stock that has to be written: reward, claimed units, backers.
    pub fn touched_stock(&self) -> impl Iterator<Item = (RewardId, i64, i64)> {
        self.rewards
            .iter()
            .filter(|(view, _)| self.touched.contains(&view.id))
            .map(|(view, _)| (view.id, view.offer.claimed, view.backers))
    }

    /// The same of their variants: reward, name, claimed units.
    pub fn touched_variants(&self) -> impl Iterator<Item = (RewardId, String, i64)> {
        let touched = self.rewards.iter().filter(|(view, _)| self.touched.contains(&view.id));
        touched.flat_map(|(view, _)| {
            view.variants.list.iter().map(|one| (view.id, one.name.clone(), one.claimed))
        })
    }

    pub fn event(&self) -> FundingEvent {
        let left =
            self.rewards.iter().filter(|(_, secret)| secret.is_none()).filter_map(|(view, _)| {
                view.sale().left().map(|left| RewardLeft { reward: view.id, left })
            });
        FundingEvent {
            campaign: self.row.slug.clone(),
            pledged: Money::new(self.row.pledged, self.row.currency).into(),
            backers: self.row.backers,
            percent: self.row.funding().percent(),
            state: self.row.state,
            units: self.row.units,
            deadline: Some(self.row.deadline),
            round: self.row.life().round,
            is_late: self.row.life().is_late(),
            left: left.collect(),
            newest: self.newest.clone(),
        }
    }
}
