//! What goes between nodes, and what open pages are told of beside figures.

use sqlx::PgConnection;

use crate::{db::Conn, error::Result};

/// Sends a notification when the transaction commits.
pub async fn notify(connection: &mut PgConnection, channel: &str, payload: &str) -> Result<()> {
    sqlx::query("select pg_notify($1, $2)").bind(channel).bind(payload).execute(connection).await?;
    Ok(())
}

/// How often what visitors read was drawn anew, and the number of the last change of the
/// picture and the rewards; 0 where it is as it was first written.
pub async fn shown(conn: &mut Conn<'_>, slug: &str) -> Result<(i64, i64)> {
    let found: Option<(i64, i64)> = sql!(conn, |c| sqlx::query_as(
        "select page_drawn, shelf_version from campaign where slug = $1"
    )
    .bind(slug)
    .fetch_optional(c))?;
    Ok(found.unwrap_or_default())
}
