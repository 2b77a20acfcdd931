//! What other processes write to the same pages, on a Postgres they share.

use std::time::Duration;

use sqlx::postgres::PgListener;

use super::{RIGHTS, store::CHANNEL};
use crate::{context::Backend, db::Db, error::Result};

/// How long to wait before listening is tried again.
const WAIT: Duration = Duration::from_secs(1);

/// Listens to the other processes until this one ends. Without Postgres there are none,
/// and this returns at once.
pub async fn listen(backend: &Backend) {
    while let Db::Postgres { pool, .. } = &backend.db {
        let heard: Result<()> = async {
            let mut listener = PgListener::connect_with(pool).await?;
            listener.listen(CHANNEL).await?;
            // What was said before is unknown.
            backend.rooms.elsewhere(None).await;
            while let Some(notification) = listener.try_recv().await? {
                let mut words = notification.payload().split(' ');
                if words.next() == Some(backend.rooms.node()) {
                    continue;
                }
                let campaign = words.next().and_then(|id| id.parse().ok());
                match (words.next(), campaign) {
                    (Some(RIGHTS), Some(campaign)) => backend.rooms.look(campaign).await,
                    _ => backend.rooms.elsewhere(campaign).await,
                }
            }
            Ok(())
        }
        .await;
        if let Err(error) = heard {
            tracing::warn!(%error, "no touch with those who write elsewhere; trying again");
        }
        tokio::time::sleep(WAIT).await;
    }
}
