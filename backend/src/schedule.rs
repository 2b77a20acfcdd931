//! What runs by the clock: campaigns close on time, unconfirmed pledges give
//! their rewards back, letters go out. Safe in several processes at once.

use std::time::Duration;

use tokio::{
    sync::watch,
    time::{Interval, MissedTickBehavior},
};

use crate::{campaign, context::Backend, error::Result, mail, pledge};

/// What is due now without any letter going out, once.
///
/// # Errors
/// The first fault; what was done before it stays done.
pub async fn once(backend: &Backend) -> Result<()> {
    campaign::close_due(backend).await?;
    pledge::drop_unconfirmed(backend).await
}

/// Runs until the hub closes. A mail server that hangs keeps no campaign open:
/// letters have rounds of their own.
pub async fn run(backend: Backend) {
    let clock = async {
        let mut rounds = Rounds::new(&backend);
        while rounds.next().await {
            note(once(&backend).await);
        }
    };
    let post = async {
        let mut rounds = Rounds::new(&backend);
        while rounds.next().await {
            note(mail::deliver_due(&backend).await.map(drop));
        }
    };
    tokio::join!(clock, post);
}

fn note(done: Result<()>) {
    if let Err(error) = done {
        tracing::error!(%error, "a scheduled task failed; it runs again in a second");
    }
}

/// One round a second while the hub is open.
struct Rounds {
    tick: Interval,
    closing: watch::Receiver<bool>,
}

impl Rounds {
    fn new(backend: &Backend) -> Self {
        let mut tick = tokio::time::interval(Duration::from_secs(1));
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { tick, closing: backend.hub.closing() }
    }

    /// Waits for the next round; false when there is none.
    async fn next(&mut self) -> bool {
        tokio::select! {
            _ = self.tick.tick() => true,
            _ = self.closing.wait_for(|closing| *closing) => false,
        }
    }
}
