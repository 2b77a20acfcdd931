//! What runs by the clock: campaigns launch and close on time, unconfirmed pledges give
//! their rewards back, letters go out, and once a day what is over is forgotten.
//! Safe in several processes at once.

use std::time::Duration;

use tokio::{
    sync::watch,
    time::{Interval, MissedTickBehavior},
};

use crate::{
    campaign, collection, context::Backend, embed, error::Result, mail, media, pledge, refund,
    story, studio, surplus, sweep,
};

const SECOND: Duration = Duration::from_secs(1);
/// How often it is written down what was counted.
const FEW_SECONDS: Duration = Duration::from_secs(5);
const DAY: Duration = Duration::from_hours(24);

/// What is due now without any letter going out, once.
///
/// # Errors
/// The first fault; what was done before it stays done.
pub async fn once(backend: &Backend) -> Result<()> {
    studio::launch_due(backend).await?;
    // A page whose time has come at the end is published before that locks it.
    story::publish_due(backend).await?;
    campaign::close_due(backend).await?;
    pledge::drop_unconfirmed(backend).await?;
    collection::once(backend).await?;
    refund::once(backend).await?;
    surplus::once(backend).await
}

/// Runs until the hub closes. A mail server that hangs keeps no campaign open:
/// letters have rounds of their own.
pub async fn run(backend: Backend) {
    let clock = async {
        let mut rounds = Rounds::every(SECOND, &backend);
        while rounds.next().await {
            note(studio::launch_due(&backend).await.map(drop));
            note(story::publish_due(&backend).await.map(drop));
            note(campaign::close_due(&backend).await.map(drop));
            note(pledge::drop_unconfirmed(&backend).await);
        }
    };
    // A provider that hangs keeps no campaign open either.
    let till = async {
        let mut rounds = Rounds::every(SECOND, &backend);
        while rounds.next().await {
            note(collection::once(&backend).await);
            note(refund::once(&backend).await);
            note(surplus::once(&backend).await);
        }
    };
    let post = async {
        let mut rounds = Rounds::every(SECOND, &backend);
        while rounds.next().await {
            note(mail::deliver_due(&backend).await.map(drop));
        }
    };
    // The first round is at once: a process that is started each day sweeps too.
    let broom = async {
        let mut rounds = Rounds::every(DAY, &backend);
        while rounds.next().await {
            note(sweep::run(&backend).await.map(drop));
        }
    };
    // What takes a processor for seconds has a line of its own.
    let easel = async {
        let mut rounds = Rounds::every(SECOND, &backend);
        while rounds.next().await {
            note(media::work::once(&backend).await.map(drop));
        }
    };
    let counter = async {
        let mut rounds = Rounds::every(FEW_SECONDS, &backend);
        while rounds.next().await {
            note(embed::write_down(&backend).await);
        }
        // What came in since; the door is closed by now.
        note(embed::write_down(&backend).await);
    };
    tokio::join!(clock, till, post, broom, easel, counter);
}

fn note(done: Result<()>) {
    if let Err(error) = done {
        // With its causes: this is the only line that tells of it.
        tracing::error!(error = %format_args!("{error:#}"), "a scheduled task failed; it runs again when it is due");
    }
}

/// One round after another while the hub is open.
struct Rounds {
    tick: Interval,
    closing: watch::Receiver<bool>,
}

impl Rounds {
    fn every(period: Duration, backend: &Backend) -> Self {
        let mut tick = tokio::time::interval(period);
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
