//! What a locked campaign knows and counts, without touching the database.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Money, Timestamp,
    campaign::{CampaignState, Funding},
    id::{PledgeId, RewardId},
    live::{FundingEvent, RewardLeft},
    pledge::{Order, PledgeState, Quote, Refusal, quote},
    reward::RewardView,
};

use super::{Answer, Shelf, sql};
use crate::{
    db::Conn,
    error::Result,
    mail::{self, Letter},
};

impl Shelf {
    pub(super) fn check_open(&self, now: Timestamp) -> Result<()> {
        if self.row.state != CampaignState::Live {
            return Err(Refusal::CampaignNotLive { state: self.row.state }.into());
        }
        if now >= self.row.deadline {
            return Err(Refusal::DeadlinePassed { deadline: self.row.deadline }.into());
        }
        Ok(())
    }

    pub(super) fn quote(
        &self,
        order: &Order,
        held: &BTreeMap<RewardId, i64>,
        expected: Option<i64>,
        now: Timestamp,
    ) -> Result<Quote> {
        let offered: Vec<RewardView> = self
            .rewards
            .iter()
            .filter(|(view, secret)| {
                // A secret reward that is held was opened by its link before.
                secret.is_none() || *secret == order.secret || held.contains_key(&view.id)
            })
            .map(|(view, _)| view.clone())
            .collect();
        let quote = quote(order, &offered, self.row.currency, held, now)?;
        match expected {
            Some(expected) if expected != quote.total.minor => {
                Err(Refusal::TotalChanged { total: quote.total }.into())
            }
            _ => Ok(quote),
        }
    }

    pub(super) fn move_stock(
        &mut self,
        before: &BTreeMap<RewardId, i64>,
        after: &BTreeMap<RewardId, i64>,
        reward: Option<RewardId>,
    ) {
        let ids: BTreeSet<RewardId> = before.keys().chain(after.keys()).copied().collect();
        for (view, _) in self.rewards.iter_mut().filter(|(view, _)| ids.contains(&view.id)) {
            let units =
                |of: &BTreeMap<RewardId, i64>| of.get(&view.id).copied().unwrap_or_default();
            let difference = units(after) - units(before);
            view.offer.claimed += difference;
            self.touched.insert(view.id);
        }
        self.is_changed = true;
        self.move_backer(reward, 1);
    }

    pub(super) fn move_backer(&mut self, reward: Option<RewardId>, by: i64) {
        if let Some((view, _)) = self.rewards.iter_mut().find(|(view, _)| Some(view.id) == reward) {
            view.backers += by;
            self.touched.insert(view.id);
        }
    }

    pub(super) fn count(&mut self, pledged: i64, backers: i64) {
        self.row.pledged += pledged;
        self.row.backers += backers;
        self.fresh_pledges += backers.max(0);
        self.is_changed = true;
    }

    pub(super) fn funding(&self) -> Funding {
        Funding {
            goal: self.row.goal,
            pledged: self.row.pledged,
            backers: self.row.backers,
            currency: self.row.currency,
        }
    }

    pub(super) fn answer(&self, pledge: PledgeId, state: PledgeState, quote: Quote) -> Answer {
        Answer { pledge, campaign: self.row.slug.clone(), state, quote }
    }

    pub(super) fn event(&self) -> FundingEvent {
        let left =
            self.rewards.iter().filter(|(_, secret)| secret.is_none()).filter_map(|(view, _)| {
                view.offer.left().map(|left| RewardLeft { reward: view.id, left })
            });
        FundingEvent {
            campaign: self.row.slug.clone(),
            pledged: Money::new(self.row.pledged, self.row.currency).into(),
            backers: self.row.backers,
            percent: self.funding().percent(),
            state: self.row.state,
            left: left.collect(),
            newest: self.newest.clone(),
        }
    }

    pub(super) async fn write_to(
        &self,
        conn: &mut Conn<'_>,
        pledge: PledgeId,
        now: Timestamp,
        letter: impl FnOnce(String, Timestamp) -> Letter,
    ) -> Result<()> {
        let (email, locale) = sql::recipient(conn, pledge).await?;
        mail::enqueue(conn, &email, locale, &letter(self.row.title.clone(), self.row.deadline), now)
            .await
    }
}
