//! A writer that is held up in the middle of a batch, so that what is asked of it
//! meanwhile queues up.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::time::Duration;

use backend::{
    Conn, Error, Tx, campaign,
    pledge::{
        self,
        command::{Answer, Command},
    },
};
use domain::{id::PledgeId, slug::Slug};
use tokio::task::JoinHandle;

use super::stage::{Stage, amount, placement};

/// What the writer waits for.
pub struct Held {
    tx: Tx,
    first: JoinHandle<Result<Answer, Error>>,
}

/// Locks every campaign, and lets the writer run into the lock with a command that
/// comes to nothing.
pub async fn hold(stage: &Stage, slug: &Slug) -> Held {
    let mut tx = stage.backend.db.begin().await.expect("a transaction");
    let (campaign, _, _) =
        campaign::card(&mut tx.conn(), slug.as_str()).await.expect("the campaign");
    // On SQLite the transaction alone is in the way.
    if let Conn::Postgres(connection) = tx.conn() {
        let lock = sqlx::query("select 1 from campaign for update");
        lock.execute(connection).await.expect("locked");
    }
    let writer = stage.backend.writer.clone();
    let nothing = Command::Drop { campaign, pledge: PledgeId::generate() };
    let mut first = Box::pin(async move { writer.submit(nothing).await });
    assert!(futures::poll!(first.as_mut()).is_pending(), "it is asked");
    until(|| stage.backend.writer.waiting() == 0).await;
    Held { tx, first: tokio::spawn(first) }
}

impl Held {
    /// Lets the writer go on.
    pub async fn let_go(self) {
        drop(self.tx);
        let came_to = self.first.await.expect("answered");
        assert!(matches!(came_to, Err(Error::NotFound)), "{came_to:?}");
    }
}

/// A guest's pledge of 10 euros, on its way.
pub fn place(stage: &Stage, slug: &Slug, guest: &str) -> JoinHandle<Result<Answer, Error>> {
    let (backend, order) = (stage.backend.clone(), placement(slug, guest, amount("10")));
    tokio::spawn(async move { pledge::place(&backend, order).await })
}

/// Waits until so many commands wait.
pub async fn until_waiting(stage: &Stage, commands: usize) {
    until(|| stage.backend.writer.waiting() == commands).await;
}

async fn until(holds: impl Fn() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("in time");
}
