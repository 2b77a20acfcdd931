//! What the writer does inside one transaction: it locks each campaign once,
//! decides every command in memory on what it read under that lock, and writes
//! the stock and the totals once at the end.

mod shelf;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Problem, Timestamp,
    id::{CampaignId, PledgeId, RewardId},
    invalid::Invalid,
    live::{FundingEvent, NewestPledge},
    pledge::{PledgeState, Refusal, may_change},
    reward::RewardView,
};

use super::{
    command::{Answer, Backer, Change, Command, Place},
    sql,
};
use crate::{
    account, campaign,
    campaign::{popularity, sql::Locked},
    db::Conn,
    error::{Error, Result},
    mail::{self, Letter},
    reward,
};

/// The campaigns of one batch, locked.
pub struct Batch {
    shelves: BTreeMap<CampaignId, Shelf>,
    now: Timestamp,
}

struct Shelf {
    row: Locked,
    /// Every reward, with the token that opens it when it is secret.
    rewards: Vec<(RewardView, Option<String>)>,
    /// Rewards whose stock has to be written.
    touched: BTreeSet<RewardId>,
    is_changed: bool,
    fresh_pledges: i64,
    newest: Option<NewestPledge>,
}

impl Batch {
    /// Locks the campaigns of these commands, always in the same order, so that
    /// two nodes never wait for each other in a circle.
    pub async fn open(conn: &mut Conn<'_>, commands: &[&Command], now: Timestamp) -> Result<Self> {
        let wanted: BTreeSet<CampaignId> = commands.iter().map(|c| c.campaign()).collect();
        let mut shelves = BTreeMap::new();
        for id in wanted {
            let Some(row) = campaign::sql::lock(conn, id).await? else { continue };
            let currency = row.currency;
            let rewards = reward::sql::of_campaign(conn, id)
                .await?
                .into_iter()
                .map(|row| {
                    let secret = row.secret.clone();
                    Ok((row.into_view(currency)?, secret))
                })
                .collect::<Result<_>>()?;
            let shelf = Shelf {
                row,
                rewards,
                touched: BTreeSet::new(),
                is_changed: false,
                fresh_pledges: 0,
                newest: None,
            };
            shelves.insert(id, shelf);
        }
        Ok(Self { shelves, now })
    }

    /// Sets the time of the commands that follow, for a demonstration that tells
    /// of the past.
    pub const fn at(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// Carries out one command. A refusal has written nothing.
    pub async fn apply(&mut self, conn: &mut Conn<'_>, command: &Command) -> Result<Answer> {
        let now = self.now;
        let shelf = self.shelves.get_mut(&command.campaign()).ok_or(Error::NotFound)?;
        match command {
            Command::Place(place) => shelf.place(conn, place, now).await,
            Command::Change(change) => shelf.change(conn, change, now).await,
            Command::Cancel { pledge, .. } => shelf.cancel(conn, *pledge, now).await,
            Command::Confirm { pledge, .. } => shelf.confirm(conn, *pledge, now).await,
            Command::Drop { pledge, .. } => shelf.drop_unconfirmed(conn, *pledge, now).await,
        }
    }

    /// Writes stock and totals. Returns the campaigns that changed, with what
    /// their open pages are to be told, and as of when.
    pub async fn close(
        self,
        conn: &mut Conn<'_>,
    ) -> Result<Vec<(CampaignId, FundingEvent, Timestamp)>> {
        let mut changed = Vec::new();
        for (id, mut shelf) in self.shelves {
            if !shelf.is_changed {
                continue;
            }
            for (reward, _) in shelf.rewards.iter().filter(|(r, _)| shelf.touched.contains(&r.id)) {
                reward::sql::set_stock(conn, reward.id, reward.offer.claimed, reward.backers)
                    .await?;
            }
            shelf.row.popularity =
                popularity::after(shelf.row.popularity, shelf.fresh_pledges, self.now);
            // Under the row's lock figures are dated in the order of their commits,
            // also when the clocks of two nodes differ.
            shelf.row.funded_at = self.now.max(shelf.row.funded_at.plus(1));
            campaign::sql::set_funding(conn, &shelf.row).await?;
            changed.push((id, shelf.event(), shelf.row.funded_at));
        }
        Ok(changed)
    }
}

impl Shelf {
    async fn place(
        &mut self,
        conn: &mut Conn<'_>,
        place: &Place,
        now: Timestamp,
    ) -> Result<Answer> {
        let known = match &place.backer {
            Backer::Account(id) => Some(*id),
            Backer::Guest(email) => sql::backer_of(conn, email).await?,
        };
        if let (Some(backer), Some(key)) = (known, &place.key)
            && let Some((fingerprint, answer)) = sql::kept_answer(conn, backer, key).await?
        {
            if fingerprint != place.fingerprint {
                return Err(Refusal::KeyReused.into());
            }
            return Ok(serde_json::from_str(&answer)?);
        }
        self.check_open(now)?;
        if let Some(backer) = known
            && let Some(pledge) = sql::active(conn, self.row.id, backer).await?
        {
            return Err(match &place.backer {
                Backer::Account(_) => Refusal::AlreadyPledged { pledge }.into(),
                Backer::Guest(email) => {
                    if !mail::wrote_lately(conn, email, mail::PLEDGE_EXISTS, now).await? {
                        let letter = Letter::PledgeExists {
                            link: place.link_to(pledge),
                            title: self.row.title.clone(),
                        };
                        mail::enqueue(conn, email, place.locale, &letter, now).await?;
                    }
                    Invalid::field("email", Problem::AlreadyPledged).into()
                }
            });
        }
        let quote = self.quote(&place.order, &BTreeMap::new(), place.expected, now)?;

        let backer = match (known, &place.backer) {
            (Some(id), _) => id,
            (None, Backer::Account(id)) => *id,
            (None, Backer::Guest(email)) => {
                account::find_or_create_guest(conn, email, place.locale, now).await?
            }
        };
        let state = if place.card.must_authenticate {
            PledgeState::AuthenticationRequired
        } else {
            PledgeState::Pledged
        };
        let id = place.id;
        let row = sql::NewPledge {
            id,
            campaign: self.row.id,
            backer,
            state,
            order: &place.order,
            quote: &quote,
            card: &place.card,
            now,
        };
        sql::insert(conn, &row).await?;
        sql::insert_items(conn, id, &quote).await?;
        sql::log(conn, id, "placed", quote.total.minor, now).await?;
        let answer = self.answer(id, state, quote.clone());
        if let Some(key) = &place.key {
            let kept = serde_json::to_string(&answer)?;
            sql::keep_answer(conn, backer, key, &place.fingerprint, &kept, now).await?;
        }
        if state == PledgeState::Pledged {
            self.write_to(conn, id, now, |title, deadline| Letter::PledgePlaced {
                title,
                total: quote.total,
                deadline,
                link: place.link_to(id),
            })
            .await?;
        }
        self.move_stock(&BTreeMap::new(), &place.order.units(), place.order.reward);
        if state.counts() {
            self.count(quote.total.minor, 1);
            self.newest = Some(NewestPledge {
                amount: quote.total.into(),
                country: place.order.country,
                at: now,
            });
        }
        Ok(answer)
    }

    async fn change(
        &mut self,
        conn: &mut Conn<'_>,
        change: &Change,
        now: Timestamp,
    ) -> Result<Answer> {
        let held = sql::held(conn, change.pledge).await?.ok_or(Error::NotFound)?;
        if !held.state.is_active() {
            return Err(Refusal::PledgeEnded.into());
        }
        self.check_open(now)?;
        let before = sql::units(conn, change.pledge).await?;
        let quote = self.quote(&change.order, &before.by_reward, change.expected, now)?;
        if held.state.counts() {
            may_change(&self.funding(), held.total, quote.total.minor, now, self.row.deadline)?;
        }
        sql::update(conn, change.pledge, &change.order, &quote, now).await?;
        sql::delete_items(conn, change.pledge).await?;
        sql::insert_items(conn, change.pledge, &quote).await?;
        sql::log(conn, change.pledge, "changed", quote.total.minor, now).await?;
        self.write_to(conn, change.pledge, now, |title, deadline| Letter::PledgeChanged {
            title,
            total: quote.total,
            deadline,
            link: change.link.clone(),
        })
        .await?;
        self.move_stock(&before.by_reward, &change.order.units(), change.order.reward);
        self.move_backer(before.reward, -1);
        if held.state.counts() {
            self.count(quote.total.minor - held.total, 0);
        }
        Ok(self.answer(change.pledge, held.state, quote))
    }

    async fn cancel(
        &mut self,
        conn: &mut Conn<'_>,
        pledge: PledgeId,
        now: Timestamp,
    ) -> Result<Answer> {
        let held = sql::held(conn, pledge).await?.ok_or(Error::NotFound)?;
        if !held.state.is_active() {
            return Err(Refusal::PledgeEnded.into());
        }
        self.check_open(now)?;
        if held.state.counts() {
            may_change(&self.funding(), held.total, 0, now, self.row.deadline)?;
        }
        self.end(conn, pledge, &held, PledgeState::Cancelled, now).await?;
        self.write_to(conn, pledge, now, |title, _| Letter::PledgeCancelled { title }).await?;
        Ok(self.answer(pledge, PledgeState::Cancelled, held.quote(self.row.currency)))
    }

    async fn confirm(
        &mut self,
        conn: &mut Conn<'_>,
        pledge: PledgeId,
        now: Timestamp,
    ) -> Result<Answer> {
        let held = sql::held(conn, pledge).await?.ok_or(Error::NotFound)?;
        let quote = held.quote(self.row.currency);
        match held.state {
            // Sent twice, as a double click does.
            PledgeState::Pledged => return Ok(self.answer(pledge, PledgeState::Pledged, quote)),
            PledgeState::Cancelled | PledgeState::Dropped => {
                return Err(Refusal::PledgeEnded.into());
            }
            PledgeState::AuthenticationRequired => self.check_open(now)?,
        }
        sql::set_state(conn, pledge, PledgeState::Pledged, now).await?;
        sql::log(conn, pledge, "confirmed", held.total, now).await?;
        self.count(held.total, 1);
        self.newest =
            Some(NewestPledge { amount: quote.total.into(), country: held.country(), at: now });
        Ok(self.answer(pledge, PledgeState::Pledged, quote))
    }

    async fn drop_unconfirmed(
        &mut self,
        conn: &mut Conn<'_>,
        pledge: PledgeId,
        now: Timestamp,
    ) -> Result<Answer> {
        let held = sql::held(conn, pledge).await?.ok_or(Error::NotFound)?;
        if held.state != PledgeState::AuthenticationRequired {
            return Err(Refusal::PledgeEnded.into());
        }
        self.end(conn, pledge, &held, PledgeState::Dropped, now).await?;
        Ok(self.answer(pledge, PledgeState::Dropped, held.quote(self.row.currency)))
    }

    /// Ends a pledge: its units return, and it counts no longer.
    async fn end(
        &mut self,
        conn: &mut Conn<'_>,
        pledge: PledgeId,
        held: &sql::Held,
        state: PledgeState,
        now: Timestamp,
    ) -> Result<()> {
        let units = sql::units(conn, pledge).await?;
        sql::set_state(conn, pledge, state, now).await?;
        sql::log(conn, pledge, state.key(), held.total, now).await?;
        self.move_stock(&units.by_reward, &BTreeMap::new(), None);
        self.move_backer(units.reward, -1);
        if held.state.counts() {
            self.count(-held.total, -1);
        }
        Ok(())
    }
}
