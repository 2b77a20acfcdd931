//! Statements on pledges.

use std::collections::BTreeMap;

use domain::{
    Currency, Money, Timestamp,
    campaign::FundingRule,
    email::EmailAddress,
    id::{AccountId, CampaignId, PledgeId, RewardId},
    pledge::{Line, LineKind, PledgeState, Quote, Standing, Taken, Timing, money::Event},
    refund::{Asker, may_refund},
    reward::RewardKind,
};

use crate::{db::Conn, error::Result};

/// What of a quote's total is for shipping.
pub fn shipping(quote: &Quote) -> i64 {
    quote.lines.iter().filter(|l| l.kind == LineKind::Shipping).map(|l| l.amount.minor).sum()
}

/// A reward or add-on of a pledge, at the price it had when chosen.
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct Item {
    pub reward_id: RewardId,
    pub kind: RewardKind,
    /// With its variant, where there was a choice.
    pub title: String,
    pub variant: Option<String>,
    pub quantity: i64,
    pub amount: i64,
    pub shipping: i64,
    /// The number of what was told of it when it was chosen.
    pub wording: i64,
}

/// The rewards and add-ons of a quote, as they are told under these numbers.
pub fn items(quote: &Quote, wordings: &BTreeMap<RewardId, i64>) -> Vec<Item> {
    let items = quote.lines.iter().filter_map(|line| {
        let reward_id = line.reward?;
        let kind = match line.kind {
            LineKind::Reward => RewardKind::Reward,
            LineKind::AddOn => RewardKind::AddOn,
            LineKind::Bonus | LineKind::Shipping => return None,
        };
        Some(Item {
            reward_id,
            kind,
            title: line.title.clone(),
            variant: line.variant.clone(),
            quantity: line.quantity,
            amount: line.amount.minor,
            shipping: line.shipping,
            wording: wordings.get(&reward_id).copied().unwrap_or_default(),
        })
    });
    items.collect()
}

/// Units that a pledge holds, and which of them is its reward.
pub struct Units {
    pub by_reward: BTreeMap<RewardId, Taken>,
    pub reward: Option<RewardId>,
}

pub async fn units(conn: &mut Conn<'_>, id: PledgeId) -> Result<Units> {
    let rows: Vec<(RewardId, RewardKind, i64, Option<String>)> = sql!(conn, |c| sqlx::query_as(
        "select reward_id, kind, quantity, variant from pledge_item where pledge_id = $1"
    )
    .bind(id)
    .fetch_all(c))?;
    Ok(Units {
        reward: rows.iter().find(|(_, kind, ..)| *kind == RewardKind::Reward).map(|(id, ..)| *id),
        by_reward: rows
            .into_iter()
            .map(|(id, _, units, variant)| (id, Taken { units, variant }))
            .collect(),
    })
}

/// The backer's active pledge to a campaign, if any.
pub async fn active(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    backer: AccountId,
) -> Result<Option<PledgeId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select id
           from pledge
          where campaign_id = $1
            and backer_id = $2
            and state not in ('dropped', 'refunded', 'cancelled', 'expired')"
    )
    .bind(campaign)
    .bind(backer)
    .fetch_optional(c))?)
}

/// Pledges that waited too long for their bank.
pub async fn unconfirmed(
    conn: &mut Conn<'_>,
    before: Timestamp,
) -> Result<Vec<(CampaignId, PledgeId)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select campaign_id, id
           from pledge
          where state = 'authentication_required' and placed_at < $1
          order by placed_at
          limit 200"
    )
    .bind(before)
    .fetch_all(c))?)
}

/// A pledge as its page shows it.
#[derive(sqlx::FromRow)]
pub struct PledgeRow {
    pub campaign_id: CampaignId,
    pub backer_id: AccountId,
    pub slug: String,
    pub email: EmailAddress,
    pub state: PledgeState,
    pub currency: Currency,
    pub bonus: i64,
    pub shipping: i64,
    pub total: i64,
    pub refunded: i64,
    pub charged_back: i64,
    pub charged: i64,
    /// In how many instalments it is paid; 1 when all together.
    pub instalments: i64,
    /// The first of them that could not be charged, after the first of all.
    pub failed: Option<i64>,
    pub deadline: Timestamp,
    pub country: Option<String>,
    pub secret: Option<String>,
    pub link_ended: bool,
    pub card: String,
    pub payment_method: String,
    pub placed_at: Timestamp,
    pub timing: Timing,
    /// The version of the page that it was made on.
    pub page_version: i64,
    /// The newest one.
    pub page_now: i64,
    pub rule: FundingRule,
    pub is_paid_out: bool,
    /// Until when its card can be seen to: its own time, or that of all.
    pub fix_until: Option<Timestamp>,
}

impl PledgeRow {
    /// Whether it may still be changed or taken back, as far as its money goes.
    pub fn may_change(&self) -> bool {
        self.standing().after(Event::Changed, self.placed_at).is_ok()
    }

    /// Whether it was to be charged at once, could not be, and may be let go.
    pub fn may_cancel(&self) -> bool {
        self.timing == Timing::AtOnce && self.state.wants_card()
    }

    /// Whether its backer may have back what was charged.
    pub const fn may_have_back(&self) -> bool {
        matches!(self.state, PledgeState::Collected)
            && matches!(self.timing, Timing::AtOnce)
            && may_refund(Asker::Backer, self.rule, self.is_paid_out)
    }

    /// Whether its backer can do something about its card now.
    pub const fn wants_card(&self) -> bool {
        self.state.wants_card() || self.failed.is_some()
    }

    /// When its first instalment is charged, or was at first.
    pub fn first_at(&self) -> Timestamp {
        let planned = match self.timing {
            Timing::AtDeadline => self.deadline,
            Timing::AtOnce => self.placed_at,
        };
        self.standing().charged_from().unwrap_or(planned)
    }

    fn standing(&self) -> Standing {
        Standing {
            state: self.state,
            timing: self.timing,
            is_being_charged: false,
            fix_until: self.fix_until,
            remind_at: None,
        }
    }
}

pub async fn page(conn: &mut Conn<'_>, id: PledgeId) -> Result<Option<PledgeRow>> {
    Ok(sql!(conn, |c| {
        sqlx::query_as(
            "select p.campaign_id, p.backer_id, c.slug, a.email, p.state, p.currency, p.bonus,
                p.shipping, p.total, p.refunded, p.charged_back, p.charged, p.instalments,
                (select min(i.number)
                   from instalment i
                  where i.pledge_id = p.id and i.state in ('errored', 'action_required')) as failed,
                c.deadline, p.country, p.secret, p.link_ended, p.card, p.payment_method, p.placed_at, p.timing,
                p.page_version, c.page_version as page_now, c.rule,
                c.paid_out_at is not null as is_paid_out,
                case p.timing when 'at_once' then p.fix_until else c.fix_until end as fix_until
           from pledge p
           join campaign c on c.id = p.campaign_id
           join account a on a.id = p.backer_id
          where p.id = $1",
        )
        .bind(id)
        .fetch_optional(c)
    })?)
}

/// The lines of a pledge's rewards and add-ons, as they were priced.
pub async fn lines(conn: &mut Conn<'_>, id: PledgeId, currency: Currency) -> Result<Vec<Line>> {
    let rows: Vec<Item> = sql!(conn, |c| sqlx::query_as(
        "select reward_id, kind, title, variant, quantity, amount, shipping, wording
           from pledge_item
          where pledge_id = $1
          order by case kind when 'reward' then 0 else 1 end, title"
    )
    .bind(id)
    .fetch_all(c))?;
    Ok(rows
        .into_iter()
        .map(|row| Line {
            kind: match row.kind {
                RewardKind::Reward => LineKind::Reward,
                RewardKind::AddOn => LineKind::AddOn,
            },
            title: row.title,
            reward: Some(row.reward_id),
            variant: row.variant,
            quantity: row.quantity,
            amount: Money::new(row.amount, currency),
            shipping: row.shipping,
        })
        .collect())
}

/// One line of a backer's list.
#[derive(sqlx::FromRow)]
pub struct SummaryRow {
    pub id: PledgeId,
    pub campaign_id: CampaignId,
    pub reward: Option<String>,
    pub total: i64,
    pub currency: Currency,
    pub state: PledgeState,
    pub placed_at: Timestamp,
}

pub async fn of_backer(conn: &mut Conn<'_>, backer: AccountId) -> Result<Vec<SummaryRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select p.id, p.campaign_id, i.title as reward, p.total, p.currency, p.state, p.placed_at
           from pledge p
           left join pledge_item i on i.pledge_id = p.id and i.kind = 'reward'
          where p.backer_id = $1
          order by p.placed_at desc
          limit 500"
    )
    .bind(backer)
    .fetch_all(c))?)
}
