//! The one statement between nodes.

use sqlx::PgConnection;

use crate::error::Result;

/// Sends a notification when the transaction commits.
pub async fn notify(connection: &mut PgConnection, channel: &str, payload: &str) -> Result<()> {
    sqlx::query("select pg_notify($1, $2)").bind(channel).bind(payload).execute(connection).await?;
    Ok(())
}
