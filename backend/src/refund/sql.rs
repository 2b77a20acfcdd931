//! Statements on refunds.

use domain::{
    Currency, Timestamp,
    campaign::FundingRule,
    email::EmailAddress,
    id::{AccountId, CampaignId, ChargeId, PledgeId, RefundId, RewardId},
    pledge::PledgeState,
    refund::{Reason, RefundState},
    slug::Slug,
};

use super::again::sql::Refusals;
use crate::{
    db::Conn,
    error::{Error, Result},
};

/// Most rows in one statement, so that engines take all their values.
const ROWS: usize = 1_000;

/// One refund.
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct Refund {
    pub id: RefundId,
    pub pledge_id: PledgeId,
    pub campaign_id: CampaignId,
    pub charge_id: ChargeId,
    pub state: RefundState,
    /// Minor units.
    pub amount: i64,
    pub currency: Currency,
    pub reason: Reason,
    /// What it names is for sale again once the money is back.
    pub restock: bool,
    pub asked_by: Option<AccountId>,
    pub created_at: Timestamp,
    /// Until when a worker has it.
    pub taken_until: Timestamp,
    /// What the platform gave back of its share.
    pub platform_fee: i64,
    /// The provider's word for what it did.
    pub reference: Option<String>,
    pub settled_at: Option<Timestamp>,
    #[sqlx(flatten)]
    pub refusals: Refusals,
    /// The rewards and add-ons that it names, with their units.
    #[sqlx(skip)]
    pub items: Vec<(RewardId, i64)>,
}

/// Every refund of these pledges, the first one first.
pub async fn of_pledges(conn: &mut Conn<'_>, pledges: &[PledgeId]) -> Result<Vec<Refund>> {
    if pledges.is_empty() {
        return Ok(Vec::new());
    }
    let mut refunds: Vec<Refund> = built!(conn, |q, c| {
        q.push(
            "select id, pledge_id, campaign_id, charge_id, state, amount, currency, reason, restock,
                    asked_by, created_at, taken_until, platform_fee, reference, settled_at,
                    refusals, refused_for, retry_at, settled_by, note
               from refund
              where pledge_id in ",
        );
        push_list!(q, pledges);
        q.push(" order by created_at, id");
        q.build_query_as().persistent(false).fetch_all(c).await
    })?;
    let items: Vec<(RefundId, RewardId, i64)> = built!(conn, |q, c| {
        q.push(
            "select i.refund_id, i.reward_id, i.quantity
               from refund_item i
               join refund r on r.id = i.refund_id
              where r.pledge_id in ",
        );
        push_list!(q, pledges);
        q.build_query_as().persistent(false).fetch_all(c).await
    })?;
    for (id, reward, quantity) in items {
        if let Some(refund) = refunds.iter_mut().find(|refund| refund.id == id) {
            refund.items.push((reward, quantity));
        }
    }
    Ok(refunds)
}

pub async fn insert(conn: &mut Conn<'_>, refunds: &[&Refund]) -> Result<()> {
    for refunds in refunds.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push(
                "insert into refund (id, pledge_id, campaign_id, charge_id, state, amount, currency,
                                     reason, restock, asked_by, created_at, taken_until) ",
            );
            q.push_values(refunds, |mut row, refund| {
                row.push_bind(refund.id)
                    .push_bind(refund.pledge_id)
                    .push_bind(refund.campaign_id)
                    .push_bind(refund.charge_id)
                    .push_bind(refund.state)
                    .push_bind(refund.amount)
                    .push_bind(refund.currency)
                    .push_bind(refund.reason)
                    .push_bind(refund.restock)
                    .push_bind(refund.asked_by)
                    .push_bind(refund.created_at)
                    .push_bind(refund.taken_until);
            });
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    let items: Vec<(RefundId, RewardId, i64)> = refunds
        .iter()
        .flat_map(|refund| refund.items.iter().map(|(reward, n)| (refund.id, *reward, *n)))
        .collect();
    for items in items.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push("insert into refund_item (refund_id, reward_id, quantity) ");
            q.push_values(items, |mut row, (refund, reward, quantity)| {
                row.push_bind(*refund).push_bind(*reward).push_bind(*quantity);
            });
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// A refund that is to be sent to the provider.
#[derive(sqlx::FromRow, Debug)]
pub struct Due {
    pub id: RefundId,
    /// How often the provider said no.
    pub refusals: i64,
    pub created_at: Timestamp,
    pub pledge_id: PledgeId,
    pub campaign_id: CampaignId,
    pub amount: i64,
    pub currency: Currency,
    /// The provider's word for the charge.
    pub charge: String,
}

/// Whether any refund waits for a worker.
pub async fn is_any_due(conn: &mut Conn<'_>, now: Timestamp) -> Result<bool> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select exists (select 1 from refund where state = 'due' and taken_until <= $1)"
    )
    .bind(now)
    .fetch_one(c))?)
}

/// Takes refunds that are due, so that no other worker does until `until`.
pub async fn take(
    conn: &mut Conn<'_>,
    now: Timestamp,
    until: Timestamp,
    most: i64,
) -> Result<Vec<Due>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "update refund
            set taken_until = $2
          where state = 'due'
            and taken_until <= $1
            and id in (select id
                         from refund
                        where state = 'due' and taken_until <= $1
                        order by created_at
                        limit $3)
        returning id, refusals, created_at, pledge_id, campaign_id, amount, currency,
                  (select coalesce(reference, '') from charge where charge.id = refund.charge_id)
                      as charge"
    )
    .bind(now)
    .bind(until)
    .bind(most)
    .fetch_all(c))?)
}

/// One refund, while it is not settled.
pub async fn due(conn: &mut Conn<'_>, id: RefundId) -> Result<Option<Due>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select r.id, r.refusals, r.created_at, r.pledge_id, r.campaign_id, r.amount, r.currency,
                coalesce(h.reference, '') as charge
           from refund r
           join charge h on h.id = r.charge_id
          where r.id = $1 and r.state = 'due'"
    )
    .bind(id)
    .fetch_optional(c))?)
}

/// What the lines of these pledges cost, each with its shipping.
pub async fn lines(
    conn: &mut Conn<'_>,
    pledges: &[PledgeId],
) -> Result<Vec<(PledgeId, RewardId, i64, i64)>> {
    if pledges.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push(
            "select pledge_id, reward_id, quantity, amount + shipping
               from pledge_item
              where pledge_id in ",
        );
        push_list!(q, pledges);
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

/// A campaign as whoever runs it needs it.
#[derive(sqlx::FromRow, Debug)]
pub struct Managed {
    pub id: CampaignId,
    pub slug: Slug,
    pub title: String,
    pub currency: Currency,
    pub rule: FundingRule,
    pub is_demo: bool,
    pub paid_out_at: Option<Timestamp>,
}

pub async fn campaign(conn: &mut Conn<'_>, slug: &str) -> Result<Option<Managed>> {
    // Addresses hold anything, also what Postgres refuses to take as text.
    let Some(slug) = Slug::parse(slug) else { return Ok(None) };
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, slug, title, currency, rule, is_demo, paid_out_at
           from campaign
          where slug = $1"
    )
    .bind(slug)
    .fetch_optional(c))?)
}

/// That a pledge is one of this campaign.
///
/// # Errors
/// [`Error::NotFound`] when it is not.
pub async fn belongs(conn: &mut Conn<'_>, pledge: PledgeId, campaign: CampaignId) -> Result<()> {
    let found: Option<i64> = sql!(conn, |c| sqlx::query_scalar(
        "select cast(1 as bigint) from pledge where id = $1 and campaign_id = $2"
    )
    .bind(pledge)
    .bind(campaign)
    .fetch_optional(c))?;
    found.map(drop).ok_or(Error::NotFound)
}

/// Refunds of a campaign that are under way at most before more of it are planned. What
/// is planned is walked past when the next ones are looked for.
const UNDERWAY: i64 = 500;

/// Pledges of a campaign that were charged, of which something is left, and which
/// have no refund under way; some of them, when there are very many. The list of states
/// and the order are those of an index that pledges leave once they are refunded.
pub async fn refundable(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<PledgeId>> {
    Ok(sql!(conn, |c| {
        sqlx::query_scalar(
            "select id
           from pledge p
          where campaign_id = $1
            and state = 'collected'
            and state in ('authentication_required', 'pledged', 'collected', 'errored',
                          'action_required')
            and refunded + charged_back < charged
            and not exists (select 1
                              from refund r
                             where r.pledge_id = p.id
                               and (r.state = 'due'
                                    or r.state = 'refused' and r.asked_by is null))
            and not exists (select 1
                              from chargeback b
                             where b.pledge_id = p.id and b.state = 'open')
          order by backer_id
          limit 500",
        )
        .bind(campaign)
        .fetch_all(c)
    })?)
}

/// A pledge as whoever runs its campaign sees it.
#[derive(sqlx::FromRow, Debug)]
pub struct PledgeRow {
    pub id: PledgeId,
    pub email: EmailAddress,
    pub state: PledgeState,
    pub reward: Option<String>,
    pub currency: Currency,
    pub bonus: i64,
    pub shipping: i64,
    pub total: i64,
    pub refunded: i64,
    pub charged_back: i64,
    pub charged: i64,
    pub placed_at: Timestamp,
}

pub async fn pledge(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    id: PledgeId,
) -> Result<Option<PledgeRow>> {
    Ok(sql!(conn, |c| {
        sqlx::query_as(
        "select p.id, a.email, p.state, i.title as reward, p.currency, p.bonus, p.shipping, p.total,
                p.refunded, p.charged_back, p.charged, p.placed_at
           from pledge p
           join account a on a.id = p.backer_id
           left join pledge_item i on i.pledge_id = p.id and i.kind = 'reward'
          where p.id = $1 and p.campaign_id = $2"
    )
    .bind(id)
    .bind(campaign)
    .fetch_optional(c)
    })?)
}

/// The charged pledges of a campaign, newest first.
pub async fn pledges(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    most: i64,
    offset: i64,
) -> Result<Vec<PledgeRow>> {
    Ok(sql!(conn, |c| {
        sqlx::query_as(
        "select p.id, a.email, p.state, i.title as reward, p.currency, p.bonus, p.shipping, p.total,
                p.refunded, p.charged_back, p.charged, p.placed_at
           from pledge p
           join account a on a.id = p.backer_id
           left join pledge_item i on i.pledge_id = p.id and i.kind = 'reward'
          where p.campaign_id = $1 and p.state in ('collected', 'refunded')
          order by p.placed_at desc, p.id
          limit $2 offset $3"
    )
    .bind(campaign)
    .bind(most)
    .bind(offset)
    .fetch_all(c)
    })?)
}

/// How many charged pledges a campaign has.
pub async fn count(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select count(*) from pledge where campaign_id = $1 and state in ('collected', 'refunded')"
    )
    .bind(campaign)
    .fetch_one(c))?)
}

/// Campaigns that came to nothing after cards were charged, unless much of that is
/// under way. Bounded by indexes, since it is asked once a second.
pub async fn to_give_back(conn: &mut Conn<'_>) -> Result<Vec<CampaignId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select id
           from campaign
          where state in ('failed', 'cancelled')
            and collected > 0
            and collected > refunded + charged_back
            and (select count(*)
                   from (select r.id
                           from refund r
                          where r.campaign_id = campaign.id and r.state = 'due'
                          limit $1) underway) < $1
          limit 100"
    )
    .bind(UNDERWAY)
    .fetch_all(c))?)
}
