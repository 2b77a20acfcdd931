//! The sandbox's book.

use domain::{Currency, Timestamp};
use futures::TryFutureExt as _;

use crate::{
    db::Conn,
    error::Result,
    payment::{RefundRequest, Request},
};

/// Notes in one of the sandbox's books what is done under a key with money that comes
/// from somewhere, unless something was done under it before. Returns what it was.
macro_rules! once {
    ($conn:ident, $book:literal, $from:literal, $request:ident.$field:ident, $outcome:ident, $now:ident) => {{
        sql!($conn, |c| sqlx::query(concat!(
            "insert into ",
            $book,
            " (key, ",
            $from,
            ", amount, currency, outcome, at)
         values ($1, $2, $3, $4, $5, $6)
             on conflict (key) do nothing"
        ))
        .bind(&$request.key)
        .bind(&$request.$field)
        .bind($request.amount.minor)
        .bind($request.amount.currency)
        .bind($outcome)
        .bind($now)
        .execute(c)
        .map_ok(drop))?;
        Ok(sql!($conn, |c| sqlx::query_scalar(concat!(
            "select outcome from ",
            $book,
            " where key = $1"
        ))
        .bind(&$request.key)
        .fetch_one(c))?)
    }};
}

/// Charges a card, once for each key; says what was done.
pub async fn once(
    conn: &mut Conn<'_>,
    request: &Request,
    outcome: &str,
    now: Timestamp,
) -> Result<String> {
    once!(conn, "sandbox_charge", "method", request.method, outcome, now)
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
    once!(conn, "sandbox_refund", "charge", request.charge, outcome, now)
}
