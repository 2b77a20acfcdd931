//! Statements on charges and on the collection of a campaign. Those that every round
//! begins with are written so that SQLite finds the few rows they are about by a small
//! index: it takes the tables of a `cross join` in the order in which they stand, and
//! walks through no campaigns by a state that is told by what it is not.

use domain::{
    Currency, Timestamp,
    email::EmailAddress,
    id::{CampaignId, ChargeId, PledgeId},
    locale::Locale,
    pledge::PledgeState,
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// Where a try stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ChargeState {
    /// To be sent to the provider, or sent and not yet answered.
    Due,
    Succeeded,
    Declined,
    ActionRequired,
}

/// One try to charge a card.
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct Charge {
    pub id: ChargeId,
    pub pledge_id: PledgeId,
    pub campaign_id: CampaignId,
    /// 1 for the first try of a pledge.
    pub attempt: i64,
    /// 1 for the first instalment, and for all of a pledge that has no other.
    pub instalment: i64,
    pub state: ChargeState,
    /// Minor units.
    pub amount: i64,
    pub currency: Currency,
    pub payment_method: String,
    pub due_at: Timestamp,
    /// Until when a worker has it.
    pub taken_until: Timestamp,
    /// The provider's word for what it did.
    pub reference: Option<String>,
    pub settled_at: Option<Timestamp>,
}

/// Every try for these pledges.
pub async fn of_pledges(conn: &mut Conn<'_>, pledges: &[PledgeId]) -> Result<Vec<Charge>> {
    if pledges.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push(
            "select id, pledge_id, campaign_id, attempt, instalment, state, amount, currency, payment_method,
                    due_at, taken_until, reference, settled_at
               from charge
              where pledge_id in ",
        );
        push_list!(q, pledges);
        q.push(" order by attempt");
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

pub async fn insert(conn: &mut Conn<'_>, charges: &[Charge]) -> Result<()> {
    for charges in charges.chunks(2_000) {
        built!(conn, |q, c| {
            q.push(
                "insert into charge (id, pledge_id, campaign_id, attempt, instalment, state, amount,
                                     currency, payment_method, due_at, taken_until) ",
            );
            q.push_values(charges, |mut row, charge| {
                row.push_bind(charge.id)
                    .push_bind(charge.pledge_id)
                    .push_bind(charge.campaign_id)
                    .push_bind(charge.attempt)
                    .push_bind(charge.instalment)
                    .push_bind(charge.state)
                    .push_bind(charge.amount)
                    .push_bind(charge.currency)
                    .push_bind(&charge.payment_method)
                    .push_bind(charge.due_at)
                    .push_bind(charge.taken_until);
            });
            // Another worker had the same thought.
            q.push(" on conflict (pledge_id, attempt) do nothing");
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Writes what became of these tries.
pub async fn settle(conn: &mut Conn<'_>, charges: &[&Charge]) -> Result<()> {
    for charges in charges.chunks(2_000) {
        built!(conn, |q, c| {
            q.push("with fresh (id, state, reference, settled_at) as (");
            q.push_values(charges, |mut row, charge| {
                row.push_bind(charge.id)
                    .push_bind(charge.state)
                    .push_bind(charge.reference.as_deref())
                    .push_bind(charge.settled_at);
            });
            q.push(
                ") update charge
                      set state = fresh.state, reference = fresh.reference,
                          settled_at = fresh.settled_at
                     from fresh
                    where charge.id = fresh.id",
            );
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Takes tries that are due, so that no other worker does until `until`. Where a
/// campaign is stopped or over, only those that were perhaps sent already: what
/// the provider did with them has to be known.
pub async fn take(
    conn: &mut Conn<'_>,
    now: Timestamp,
    until: Timestamp,
    most: i64,
) -> Result<Vec<Charge>> {
    Ok(sql!(conn, |c| {
        sqlx::query_as(
        "update charge
            set taken_until = $2
          where state = 'due'
            and taken_until <= $1
            and id in (select h.id
                         from charge h
                         join campaign c on c.id = h.campaign_id
                        where h.state = 'due' and h.due_at <= $1 and h.taken_until <= $1
                          and (h.taken_until > 0
                               or c.state in ('live', 'deciding', 'successful'))
                        order by h.due_at
                        limit $3)
        returning id, pledge_id, campaign_id, attempt, instalment, state, amount, currency, payment_method,
                  due_at, taken_until, reference, settled_at"
    )
    .bind(now)
    .bind(until)
    .bind(most)
    .fetch_all(c)
    })?)
}

/// Gives a try back that was surely not made, to be taken again from `until` on.
pub async fn give_back(conn: &mut Conn<'_>, id: ChargeId, until: Timestamp) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "update charge set taken_until = $2 where id = $1 and state = 'due'"
    )
    .bind(id)
    .bind(until)
    .execute(c)
    .map_ok(drop))?)
}

/// Whether a try waits, of whatever campaign.
pub async fn is_any_due(conn: &mut Conn<'_>, now: Timestamp) -> Result<bool> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select exists (select 1
                          from charge h
                          join campaign c on c.id = h.campaign_id
                         where h.state = 'due' and h.due_at <= $1 and h.taken_until <= $1
                           and (h.taken_until > 0
                                or c.state in ('live', 'deciding', 'successful')))"
    )
    .bind(now)
    .fetch_one(c))?)
}

/// Campaigns whose creator is to be paid.
pub async fn payable(conn: &mut Conn<'_>, now: Timestamp) -> Result<Vec<CampaignId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select id
           from campaign
          where payout_at <= $1
            and state not in ('deciding', 'suspended', 'failed', 'cancelled')
            and (fix_until is null or fix_until <= $1)
          order by payout_at"
    )
    .bind(now)
    .fetch_all(c))?)
}

/// Where a pledge stands.
pub async fn state(conn: &mut Conn<'_>, pledge: PledgeId) -> Result<PledgeState> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select state from pledge where id = $1")
        .bind(pledge)
        .fetch_one(c))?)
}

/// Pledges whose backers should be written to now, unless their campaign is
/// stopped or over.
pub async fn to_remind(
    conn: &mut Conn<'_>,
    now: Timestamp,
    most: i64,
) -> Result<Vec<(CampaignId, PledgeId)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select p.campaign_id, p.id
           from pledge p
          cross join campaign c
          where c.id = p.campaign_id
            and p.remind_at <= $1
            and c.state in ('live', 'deciding', 'successful')
          order by p.remind_at
          limit $2"
    )
    .bind(now)
    .bind(most)
    .fetch_all(c))?)
}

/// Pledges whose time to see to their card is over and whose last try is not
/// made: of campaigns that charge all cards together, and of those that were
/// charged at once.
pub async fn to_try_again(
    conn: &mut Conn<'_>,
    now: Timestamp,
    most: i64,
) -> Result<Vec<(CampaignId, PledgeId)>> {
    let mut due: Vec<(CampaignId, PledgeId)> = sql!(conn, |c| sqlx::query_as(
        "select p.campaign_id, p.id
           from campaign c
          cross join pledge p
          where p.campaign_id = c.id
            and c.payout_at is not null
            and c.fix_until <= $1
            and c.state not in ('failed', 'cancelled', 'suspended')
            and p.timing = 'at_deadline'
            and p.state in ('errored', 'action_required')
            and not exists (select 1 from charge h where h.pledge_id = p.id and h.state = 'due')
          limit $2"
    )
    .bind(now)
    .bind(most)
    .fetch_all(c))?;
    let at_once: Vec<(CampaignId, PledgeId)> = sql!(conn, |c| sqlx::query_as(
        "select p.campaign_id, p.id
           from pledge p
          cross join campaign c
          where c.id = p.campaign_id
            and p.fix_until <= $1
            and p.state in ('errored', 'action_required')
            and c.state in ('live', 'deciding', 'successful')
            and not exists (select 1 from charge h where h.pledge_id = p.id and h.state = 'due')
          limit $2"
    )
    .bind(now)
    .bind(most)
    .fetch_all(c))?;
    due.extend(at_once);
    Ok(due)
}

/// Pledges of a campaign that may still be collected: of those that were
/// promised, and of those that are charged at once.
pub async fn outstanding(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<(i64, i64)> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select count(case timing when 'at_deadline' then 1 end),
                count(case timing when 'at_once' then 1 end)
           from pledge
          where campaign_id = $1 and state in ('pledged', 'errored', 'action_required')"
    )
    .bind(campaign)
    .fetch_one(c))?)
}

/// Who is paid, and for what.
#[derive(sqlx::FromRow, Debug)]
pub struct Payee {
    pub email: EmailAddress,
    pub locale: Locale,
    pub slug: String,
}

pub async fn payee(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Payee> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select a.email, a.locale, c.slug
           from campaign c
           join account a on a.id = c.creator_id
          where c.id = $1"
    )
    .bind(campaign)
    .fetch_one(c))?)
}

/// Notes that a locked campaign is paid out, when it is paid again, and what is
/// held back until when.
pub async fn paid_out(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    now: Timestamp,
    next: Option<Timestamp>,
    reserve: i64,
    until: Timestamp,
) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "update campaign
            set paid_out_at = $2, reserve = reserve + $3, reserve_until = $4, payout_at = $5
          where id = $1"
    )
    .bind(campaign)
    .bind(now)
    .bind(reserve)
    .bind(until)
    .bind(next)
    .execute(c)
    .map_ok(drop))?)
}

/// Notes when a locked campaign is paid again, where there was nothing to pay.
pub async fn paid_again(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    next: Option<Timestamp>,
) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("update campaign set payout_at = $2 where id = $1")
        .bind(campaign)
        .bind(next)
        .execute(c)
        .map_ok(drop))?)
}

/// Campaigns of which something is held back for no longer.
pub async fn to_release(conn: &mut Conn<'_>, now: Timestamp) -> Result<Vec<CampaignId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select id from campaign where reserve > 0 and reserve_until <= $1"
    )
    .bind(now)
    .fetch_all(c))?)
}

/// Notes that nothing of a locked campaign is held back any more.
pub async fn released(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("update campaign set reserve = 0 where id = $1")
        .bind(campaign)
        .execute(c)
        .map_ok(drop))?)
}
