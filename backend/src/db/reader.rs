//! Connections to read with, kept at hand between two uses.
//!
//! A pool asks each connection for a sign of life when it is given back: one
//! more round trip for every page. A connection whose reads have all come to
//! their end needs no such question, so it is kept here instead. What is merely
//! dropped, after an error or because nobody waits for the answer any more, goes
//! the pool's way.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sqlx::{Database, Pool, Postgres, Sqlite, pool::PoolConnection};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::Conn;
use crate::error::Result;

/// Then the pool takes a connection back, and replaces it when it is too old.
const KEPT_FOR: Duration = Duration::from_mins(10);

/// A pool, and those of its connections that are kept for reading. Two thirds
/// are for those who read, who wait here and not in the pool: what one of them
/// keeps is for the next of them. Cheap to clone.
pub struct Readers<D: Database> {
    pool: Pool<D>,
    kept: Arc<Mutex<Vec<Kept<D>>>>,
    places: Arc<Semaphore>,
}

/// A connection and since when it is away from its pool.
struct Kept<D: Database> {
    connection: PoolConnection<D>,
    since: Instant,
}

/// A connection on loan. The place is given back after the connection.
struct Loan<D: Database> {
    kept: Kept<D>,
    readers: Readers<D>,
    _place: OwnedSemaphorePermit,
}

/// A connection to read with. Say [`Reader::done`] when all was read.
pub struct Reader(Inner);

enum Inner {
    Sqlite(Loan<Sqlite>),
    Postgres(Loan<Postgres>),
}

impl<D: Database> Readers<D> {
    pub(super) fn new(pool: Pool<D>) -> Self {
        let places = (pool.options().get_max_connections() as usize * 2 / 3).max(1);
        Self { pool, kept: Arc::default(), places: Arc::new(Semaphore::new(places)) }
    }

    async fn lend(&self) -> Result<Loan<D>> {
        let place = timeout(
            self.pool.options().get_acquire_timeout(),
            Arc::clone(&self.places).acquire_owned(),
        )
        .await
        .map_err(|_| sqlx::Error::PoolTimedOut)?
        .map_err(|_| sqlx::Error::PoolClosed)?;
        let kept = self.kept().pop();
        let kept = match kept {
            Some(kept) => kept,
            None => Kept { connection: self.pool.acquire().await?, since: Instant::now() },
        };
        Ok(Loan { kept, readers: self.clone(), _place: place })
    }

    /// Closes the pool and what was kept of it, once all is given back.
    pub(super) async fn close(&self) {
        let closing = self.pool.close();
        self.places.close();
        self.kept().clear();
        closing.await;
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Kept<D>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<D: Database> Loan<D> {
    fn done(self) {
        let mut all = self.readers.kept();
        if self.kept.since.elapsed() < KEPT_FOR && !self.readers.places.is_closed() {
            all.push(self.kept);
        }
    }
}

impl Reader {
    pub(super) async fn sqlite(readers: &Readers<Sqlite>) -> Result<Self> {
        Ok(Self(Inner::Sqlite(readers.lend().await?)))
    }

    pub(super) async fn postgres(readers: &Readers<Postgres>) -> Result<Self> {
        Ok(Self(Inner::Postgres(readers.lend().await?)))
    }

    /// The connection to run SQL on.
    pub fn conn(&mut self) -> Conn<'_> {
        match &mut self.0 {
            Inner::Sqlite(loan) => Conn::Sqlite(&mut loan.kept.connection),
            Inner::Postgres(loan) => Conn::Postgres(&mut loan.kept.connection),
        }
    }

    /// Keeps the connection for the next one who reads. Only where every answer
    /// has been waited for.
    pub fn done(self) {
        match self.0 {
            Inner::Sqlite(loan) => loan.done(),
            Inner::Postgres(loan) => loan.done(),
        }
    }
}

impl<D: Database> Clone for Readers<D> {
    fn clone(&self) -> Self {
        Self {
            pool: self.pool.clone(),
            kept: Arc::clone(&self.kept),
            places: Arc::clone(&self.places),
        }
    }
}
