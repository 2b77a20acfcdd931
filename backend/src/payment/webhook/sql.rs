//! Statements on what Stripe told us.

use domain::Timestamp;
use futures::TryFutureExt as _;

use super::Told;
use crate::{db::Conn, error::Result};

/// What became of an event, if it came before.
pub async fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Told>> {
    Ok(sql!(conn, |c| sqlx::query_as("select verdict, reason from webhook where id = $1")
        .bind(id)
        .fetch_optional(c))?)
}

/// Notes what became of an event; one that came before is only counted.
pub async fn keep(
    conn: &mut Conn<'_>,
    id: &str,
    kind: &str,
    told: Told,
    now: Timestamp,
) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "insert into webhook (id, kind, verdict, reason, times, first_at, last_at)
         values ($1, $2, $3, $4, 1, $5, $5)
             on conflict (id) do update
            set times = webhook.times + 1, last_at = excluded.last_at"
    )
    .bind(id)
    .bind(kind)
    .bind(told.verdict)
    .bind(told.reason)
    .bind(now)
    .execute(c)
    .map_ok(drop))?)
}
