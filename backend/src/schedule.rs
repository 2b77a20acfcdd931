//! What runs by the clock: campaigns close on time, unconfirmed pledges give
//! their rewards back, letters go out. Safe in several processes at once.

use std::time::Duration;

use crate::{campaign, context::Backend, error::Result, mail, pledge};

/// Runs until the hub closes.
pub async fn run(backend: Backend) {
    let mut closing = backend.hub.closing();
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            _ = closing.wait_for(|closing| *closing) => return,
        }
        if let Err(error) = once(&backend).await {
            tracing::error!(%error, "a scheduled task failed; it runs again in a second");
        }
    }
}

/// Everything that is due now, once.
///
/// # Errors
/// The first fault; what was done before it stays done.
pub async fn once(backend: &Backend) -> Result<()> {
    campaign::close_due(backend).await?;
    pledge::drop_unconfirmed(backend).await?;
    mail::deliver_due(backend).await?;
    Ok(())
}
