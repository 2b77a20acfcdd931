//! Statements on payments that nobody wanted.

use domain::{
    Currency, Timestamp,
    email::EmailAddress,
    id::{AccountId, CampaignId, PledgeId, SurplusId},
    locale::Locale,
    refund::returns::Unwanted,
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// Most rows in one statement, so that engines take all their values.
const ROWS: usize = 1_000;

/// One payment that is to go back.
#[derive(Debug, Clone)]
pub struct Surplus {
    pub id: SurplusId,
    /// The provider's word for it.
    pub payment: String,
    pub pledge_id: PledgeId,
    pub campaign_id: CampaignId,
    pub unwanted: Unwanted,
    /// Minor units.
    pub amount: i64,
    pub currency: Currency,
    pub created_at: Timestamp,
}

/// Which of these payments are known to be unwanted.
pub async fn known(conn: &mut Conn<'_>, payments: &[&str]) -> Result<Vec<String>> {
    if payments.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push("select payment from surplus where payment in ");
        push_list!(q, payments.iter().map(|payment| (*payment).to_owned()));
        q.build_query_scalar().persistent(false).fetch_all(c).await
    })?)
}

/// Why a payment is unwanted, if it is known to be.
pub async fn why(conn: &mut Conn<'_>, payment: &str) -> Result<Option<Unwanted>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select unwanted from surplus where payment = $1")
        .bind(payment)
        .fetch_optional(c))?)
}

pub async fn insert(conn: &mut Conn<'_>, surpluses: &[Surplus]) -> Result<()> {
    for surpluses in surpluses.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push(
                "insert into surplus (id, payment, pledge_id, campaign_id, state, unwanted, amount,
                                      currency, created_at, taken_until) ",
            );
            q.push_values(surpluses, |mut row, one| {
                row.push_bind(one.id)
                    .push_bind(&one.payment)
                    .push_bind(one.pledge_id)
                    .push_bind(one.campaign_id)
                    .push_bind("due")
                    .push_bind(one.unwanted)
                    .push_bind(one.amount)
                    .push_bind(one.currency)
                    .push_bind(one.created_at)
                    // Any worker may take it at once.
                    .push_bind(Timestamp(0));
            });
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// One that is to be sent to the provider.
#[derive(sqlx::FromRow, Debug)]
pub struct Open {
    pub id: SurplusId,
    pub payment: String,
    pub amount: i64,
    pub currency: Currency,
    pub created_at: Timestamp,
    /// How often the provider said no.
    pub refusals: i64,
}

/// Whether any waits for a worker, or to be asked for again.
pub async fn is_any_due(conn: &mut Conn<'_>, now: Timestamp) -> Result<bool> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select exists (select 1 from surplus where state = 'due' and taken_until <= $1)
             or exists (select 1 from surplus where state = 'refused' and retry_at <= $1)"
    )
    .bind(now)
    .fetch_one(c))?)
}

/// Takes those that are due, so that no other worker does until `until`.
pub async fn take(
    conn: &mut Conn<'_>,
    now: Timestamp,
    until: Timestamp,
    most: i64,
) -> Result<Vec<Open>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "update surplus
            set state = 'due', taken_until = $2, retry_at = null
          where id in (select id
                         from surplus
                        where (state = 'due' and taken_until <= $1)
                           or (state = 'refused' and retry_at <= $1)
                        order by created_at
                        limit $3)
            and ((state = 'due' and taken_until <= $1) or (state = 'refused' and retry_at <= $1))
        returning id, payment, amount, currency, created_at, refusals"
    )
    .bind(now)
    .bind(until)
    .bind(most)
    .fetch_all(c))?)
}

/// How one ended.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The provider's word for what it did.
    pub reference: Option<String>,
    /// Who settled it by other means, and how.
    pub settled_by: Option<AccountId>,
    pub note: Option<String>,
}

/// One that went back.
#[derive(sqlx::FromRow, Debug)]
pub struct Returned {
    pub pledge_id: PledgeId,
    pub unwanted: Unwanted,
    pub amount: i64,
    pub currency: Currency,
}

/// The campaign whose row it takes to settle one.
pub async fn campaign_of(conn: &mut Conn<'_>, id: SurplusId) -> Result<Option<CampaignId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select campaign_id from surplus where id = $1")
        .bind(id)
        .fetch_optional(c))?)
}

/// Writes how one ended: one that was sent, or by hand one that was refused.
/// Nothing when it is neither.
pub async fn settle(
    conn: &mut Conn<'_>,
    id: SurplusId,
    is_by_hand: bool,
    done: &Outcome,
    now: Timestamp,
) -> Result<Option<Returned>> {
    let from = if is_by_hand { "refused" } else { "due" };
    Ok(sql!(conn, |c| sqlx::query_as(
        "update surplus
            set state = 'succeeded', retry_at = null, reference = $3, settled_by = $4, note = $5,
                settled_at = $6
          where id = $1 and state = $2
        returning pledge_id, unwanted, amount, currency"
    )
    .bind(id)
    .bind(from)
    .bind(done.reference.as_deref())
    .bind(done.settled_by)
    .bind(done.note.as_deref())
    .bind(now)
    .fetch_optional(c))?)
}

/// Notes that the provider said no to one that was sent.
pub async fn refuse(
    conn: &mut Conn<'_>,
    id: SurplusId,
    why: &str,
    retry_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "update surplus
            set state = 'refused', refusals = refusals + 1, refused_for = $2, retry_at = $3,
                settled_at = $4
          where id = $1 and state = 'due'"
    )
    .bind(id)
    .bind(why)
    .bind(retry_at)
    .bind(now)
    .execute(c)
    .map_ok(drop))?)
}

/// Has one asked for again that was refused; whether there was one.
pub async fn again(conn: &mut Conn<'_>, id: SurplusId) -> Result<bool> {
    let found: Option<SurplusId> = sql!(conn, |c| sqlx::query_scalar(
        "update surplus
            set state = 'due', taken_until = 0, retry_at = null
          where id = $1 and state = 'refused'
        returning id"
    )
    .bind(id)
    .fetch_optional(c))?;
    Ok(found.is_some())
}

/// Where letters to the backer of a pledge go.
pub async fn backer(conn: &mut Conn<'_>, pledge: PledgeId) -> Result<(EmailAddress, Locale)> {
    Ok(sql!(conn, |c| {
        sqlx::query_as(
        "select a.email, a.locale from pledge p join account a on a.id = p.backer_id where p.id = $1"
    )
    .bind(pledge)
    .fetch_one(c)
    })?)
}
