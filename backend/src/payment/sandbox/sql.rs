//! The sandbox's book.

use domain::{Currency, Timestamp};
use futures::TryFutureExt as _;

use crate::{
    db::Conn,
    error::Result,
    payment::{RefundRequest, Request},
};

/// Notes what is done under a key, unless something was done under it before.
/// Returns what it was.
pub async fn once(
    conn: &mut Conn<'_>,
    request: &Request,
    outcome: &str,
    now: Timestamp,
) -> Result<String> {
    sql!(conn, |c| sqlx::query(
        "insert into sandbox_charge (key, method, amount, currency, outcome, at)
         values ($1, $2, $3, $4, $5, $6)
             on conflict (key) do nothing"
    )
    .bind(&request.key)
    .bind(&request.method)
    .bind(request.amount.minor)
    .bind(request.amount.currency)
    .bind(outcome)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(sql!(conn, |c| sqlx::query_scalar("select outcome from sandbox_charge where key = $1")
        .bind(&request.key)
        .fetch_one(c))?)
}

/// What of a charge has not gone back; nothing of one that is not there.
pub async fn left(conn: &mut Conn<'_>, charge: &str, currency: Currency) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select cast(coalesce((select amount
                                 from sandbox_charge
                                where key = $1 and currency = $2 and outcome = 'succeeded'), 0)
                   - coalesce((select sum(amount)
                                 from sandbox_refund
                                where charge = $1 and outcome = 'succeeded'), 0) as bigint)"
    )
    .bind(charge)
    .bind(currency)
    .fetch_one(c))?)
}

/// As [`once`], for a refund.
pub async fn refund_once(
    conn: &mut Conn<'_>,
    request: &RefundRequest,
    outcome: &str,
    now: Timestamp,
) -> Result<String> {
    sql!(conn, |c| sqlx::query(
        "insert into sandbox_refund (key, charge, amount, currency, outcome, at)
         values ($1, $2, $3, $4, $5, $6)
             on conflict (key) do nothing"
    )
    .bind(&request.key)
    .bind(&request.charge)
    .bind(request.amount.minor)
    .bind(request.amount.currency)
    .bind(outcome)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(sql!(conn, |c| sqlx::query_scalar("select outcome from sandbox_refund where key = $1")
        .bind(&request.key)
        .fetch_one(c))?)
}
