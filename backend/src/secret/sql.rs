//! Statements on the values that an installation drew once.

use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// Keeps a freshly drawn secret, unless there is one already; returns the one
/// that is kept.
pub async fn keep(conn: &mut Conn<'_>, drawn: &str) -> Result<String> {
    sql!(conn, |c| sqlx::query(
        "insert into setting (name, value) values ('secret', $1) on conflict (name) do nothing"
    )
    .bind(drawn)
    .execute(c)
    .map_ok(drop))?;
    Ok(sql!(conn, |c| sqlx::query_scalar("select value from setting where name = 'secret'")
        .fetch_one(c))?)
}
