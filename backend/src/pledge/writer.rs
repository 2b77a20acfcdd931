//! The one place where pledges are written: a queue, and a task that drains it
//! into transactions.
//!
//! Durability costs one flush per transaction, so many pledges share one. The
//! batch grows by itself with the load: while one commits, the next collects.

use std::{panic::AssertUnwindSafe, time::Duration};

use domain::{Timestamp, id::CampaignId, live::FundingEvent, pledge::Refusal};
use futures::FutureExt as _;
use tokio::sync::{
    mpsc::{self, error::TrySendError},
    oneshot,
};

use super::{
    batch::Batch,
    command::{Answer, Command},
};
use crate::{
    clock::Clock,
    db::Db,
    error::{Error, Result},
    live::{self, Hub},
};

/// Most commands in one transaction.
pub const BATCH: usize = 512;
/// Most commands that may wait; more are told to come back.
pub const QUEUE: usize = 4_096;
/// How often a transaction that lost against another one is run again.
const TRIES: u32 = 8;

/// The way to the writer. Cheap to clone.
#[derive(Clone)]
pub struct Writer(mpsc::Sender<Job>);

struct Job {
    command: Command,
    answer: oneshot::Sender<Result<Answer>>,
}

/// How much the writer takes.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Commands in one transaction, at most; at least 1.
    pub batch: usize,
    /// Commands that may wait; at least 1.
    pub queue: usize,
}

impl Default for Size {
    fn default() -> Self {
        Self { batch: BATCH, queue: QUEUE }
    }
}

/// The campaigns that a batch changed, what their open pages are to be told, and as
/// of when.
type Changed = Vec<(CampaignId, FundingEvent, Timestamp)>;

impl Writer {
    /// Starts the task, which goes on after a panic. It ends, after what waits, when
    /// every `Writer` is gone.
    #[must_use]
    pub fn start(db: Db, clock: Clock, hub: Hub, size: Size) -> Self {
        let (sender, mut queue) = mpsc::channel::<Job>(size.queue);
        tokio::spawn(async move {
            let mut jobs = Vec::with_capacity(size.batch);
            while queue.recv_many(&mut jobs, size.batch).await > 0 {
                let writing = write(&db, &clock, &hub, std::mem::take(&mut jobs));
                // Whoever waits for it learns that there is no answer. What was wrong
                // was logged by the panic itself.
                if AssertUnwindSafe(writing).catch_unwind().await.is_err() {
                    tracing::error!("the pledge writer panicked, and goes on");
                }
            }
        });
        Self(sender)
    }

    /// Whether there is still somebody to carry commands out.
    #[must_use]
    pub fn is_running(&self) -> bool {
        !self.0.is_closed()
    }

    /// How many commands wait to be begun.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.max_capacity() - self.0.capacity()
    }

    /// Carries out a command. The answer comes after its commit.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when too many wait; else what the command was refused for.
    pub async fn submit(&self, command: Command) -> Result<Answer> {
        let (answer, outcome) = oneshot::channel();
        self.0.try_send(Job { command, answer }).map_err(|failed| match failed {
            TrySendError::Full(_) => Refusal::Busy { seconds: 2 }.into(),
            TrySendError::Closed(_) => Error::internal(failed, "the pledge writer stopped"),
        })?;
        outcome.await.map_err(|e| Error::internal(e, "the pledge writer gave no answer"))?
    }
}

/// Writes the jobs as one transaction. When a fault spoils it, each is tried
/// alone, so that one bad command cannot take others down with it.
async fn write(db: &Db, clock: &Clock, hub: &Hub, mut jobs: Vec<Job>) {
    // Whoever was told that it takes too long may have turned elsewhere: what is not
    // begun by then is not done. Nobody was told that it is.
    jobs.retain(|job| !job.answer.is_closed());
    if jobs.is_empty() {
        return;
    }
    let (commands, answers): (Vec<Command>, Vec<_>) =
        jobs.into_iter().map(|job| (job.command, job.answer)).unzip();
    let all: Vec<&Command> = commands.iter().collect();
    let outcomes = match run(db, clock, hub, &all).await {
        Ok(outcomes) => outcomes,
        Err(fault) if all.len() == 1 => vec![Err(fault)],
        Err(fault) => {
            tracing::warn!(error = %fault, commands = all.len(), "a batch failed; trying one by one");
            let mut outcomes = Vec::with_capacity(all.len());
            for command in all {
                let one = run(db, clock, hub, &[command]).await;
                outcomes.push(
                    one.and_then(|mut answers| answers.pop().expect("one command has one answer")),
                );
            }
            outcomes
        }
    };
    for (answer, outcome) in answers.into_iter().zip(outcomes) {
        // Whoever asked may be gone; what was committed stays.
        let _ = answer.send(outcome);
    }
}

async fn run(
    db: &Db,
    clock: &Clock,
    hub: &Hub,
    commands: &[&Command],
) -> Result<Vec<Result<Answer>>> {
    let mut tries = 0;
    loop {
        // A command that panics spoils its batch as a fault does. Open pages are told
        // outside: a batch that was committed may not run again.
        let outcome = match AssertUnwindSafe(try_run(db, clock, hub, commands)).catch_unwind().await
        {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::Internal(anyhow::anyhow!("a batch of pledges panicked"))),
        };
        match outcome {
            Ok((outcomes, changed)) => {
                for (_, event, at) in changed {
                    hub.publish(event, at);
                }
                return Ok(outcomes);
            }
            Err(fault) if fault.is_retryable() && tries < TRIES => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(4 << tries)).await;
            }
            Err(fault) => return Err(fault),
        }
    }
}

async fn try_run(
    db: &Db,
    clock: &Clock,
    hub: &Hub,
    commands: &[&Command],
) -> Result<(Vec<Result<Answer>>, Changed)> {
    let now = clock.now();
    let mut tx = db.begin().await?;
    let mut conn = tx.conn();
    let mut batch = Batch::open(&mut conn, commands, now).await?;
    let mut outcomes = Vec::with_capacity(commands.len());
    for command in commands {
        match batch.apply(command) {
            // A fault may have left half of a command behind.
            Err(fault @ Error::Internal(_)) => return Err(fault),
            outcome => outcomes.push(outcome),
        }
    }
    let changed = batch.close(&mut conn).await?;
    let ids: Vec<_> = changed.iter().map(|(id, ..)| *id).collect();
    live::announce(&mut conn, hub, &ids).await?;
    tx.commit().await?;
    tracing::debug!(commands = commands.len(), "wrote a batch");
    Ok((outcomes, changed))
}
