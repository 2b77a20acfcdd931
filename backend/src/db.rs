//! The open database: SQLite for one machine, Postgres for many.
//!
//! A statement is written once, in the dialect both engines share, and run by
//! [`sql!`], which expands it for each engine so that the compiler checks every
//! bind and every row twice.

mod reader;

use std::{path::Path, str::FromStr as _, time::Duration};

use futures::TryFutureExt as _;
use sqlx::{
    PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::error::{Error, Result};

pub use reader::{Reader, Readers};

/// Runs the same statement on whichever engine is open.
macro_rules! sql {
    ($conn:expr, |$c:ident| $run:expr) => {
        match $conn.handle() {
            $crate::db::Conn::Sqlite(connection) => {
                let $c = &mut **connection;
                $run.await
            }
            $crate::db::Conn::Postgres(connection) => {
                let $c = &mut **connection;
                $run.await
            }
        }
    };
}

/// Runs a statement that is written as it is built, because it has as many
/// values as there are rows. Such a text is met once, so nothing is prepared
/// for a second time.
macro_rules! built {
    ($conn:expr, |$q:ident, $c:ident| $run:expr) => {
        match $conn.handle() {
            $crate::db::Conn::Sqlite(connection) => {
                let $c = &mut **connection;
                let mut $q = sqlx::QueryBuilder::<sqlx::Sqlite>::default();
                $run
            }
            $crate::db::Conn::Postgres(connection) => {
                let $c = &mut **connection;
                let mut $q = sqlx::QueryBuilder::<sqlx::Postgres>::default();
                $run
            }
        }
    };
}

/// Writes `(…, …)` with every one of these values bound. There has to be one.
macro_rules! push_list {
    ($q:ident, $values:expr) => {{
        let mut list = $q.push("(").separated(", ");
        for value in $values {
            list.push_bind(value);
        }
        $q.push(")");
    }};
}

/// The open database. Cheap to clone.
#[derive(Clone)]
pub enum Db {
    /// One connection that writes, several that read: SQLite has one writer, and
    /// a queue in front of it is better than `SQLITE_BUSY` behind it.
    Sqlite {
        /// Holds one connection.
        write: SqlitePool,
        /// Opened read-only.
        read: SqlitePool,
        /// Who reads with these.
        readers: Readers<Sqlite>,
    },
    /// One pool for everything.
    Postgres {
        /// Reads and writes.
        pool: PgPool,
        /// Who only reads.
        readers: Readers<Postgres>,
    },
}

/// A connection borrowed from a transaction or a reader: what SQL runs on.
pub enum Conn<'c> {
    /// On SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// On Postgres.
    Postgres(&'c mut PgConnection),
}

/// A transaction. Dropped without [`Tx::commit`], it never happened.
pub enum Tx {
    /// One that writes began as `immediate`, so it never has to turn from reader to
    /// writer.
    Sqlite(Transaction<'static, Sqlite>),
    /// One that writes is read committed; operations lock the campaign's row first.
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens the database of this address, creating an SQLite file when there
    /// is none: `sqlite://path/to/file` or `postgres://…`.
    ///
    /// # Errors
    /// When the address is none or the database does not answer.
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("postgres") {
            let pool = PgPoolOptions::new()
                // All are there before a rush: opening one while it lasts takes the
                // request that asked for it seconds.
                .max_connections(12)
                .min_connections(12)
                .test_before_acquire(false)
                .acquire_timeout(Duration::from_secs(10))
                .connect(url)
                .await?;
            return Ok(Self::postgres(pool));
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An answered pledge must survive a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("temp_store", "memory")
            .pragma("cache_size", "-65536")
            .command_buffer_size(256)
            .row_buffer_size(256);
        if let Some(folder) = options.get_filename().parent() {
            create_folder(folder)?;
        }
        let pool = SqlitePoolOptions::new().test_before_acquire(false);
        let write = pool.clone().max_connections(1).connect_with(options.clone()).await?;
        let read = pool.max_connections(9).connect_with(options.read_only(true)).await?;
        let readers = Readers::new(read.clone());
        Ok(Self::Sqlite { write, read, readers })
    }

    /// With connections to Postgres that somebody else has opened.
    #[must_use]
    pub fn postgres(pool: PgPool) -> Self {
        let readers = Readers::new(pool.clone());
        Self::Postgres { pool, readers }
    }

    /// Brings the schema up to this program's version.
    ///
    /// # Errors
    /// When a migration fails; the ones before it stay.
    pub async fn migrate(&self) -> Result<()> {
        match self {
            Self::Sqlite { write, .. } => sqlx::migrate!("migrations/sqlite").run(write).await?,
            Self::Postgres { pool, .. } => sqlx::migrate!("migrations/postgres").run(pool).await?,
        }
        Ok(())
    }

    /// Begins to write.
    ///
    /// # Errors
    /// When no connection comes free in time.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("begin immediate").await?),
            Self::Postgres { pool, .. } => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Begins to read what stood there at one moment, however many statements that
    /// takes and whatever is written meanwhile. It holds up nobody who writes.
    ///
    /// # Errors
    /// When no connection comes free in time.
    pub async fn snapshot(&self) -> Result<Tx> {
        const AS_OF_NOW: &str = "begin isolation level repeatable read read only";
        Ok(match self {
            // Deferred, and what it reads first is the moment.
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Self::Postgres { pool, .. } => Tx::Postgres(pool.begin_with(AS_OF_NOW).await?),
        })
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// When no connection comes free in time.
    pub async fn read(&self) -> Result<Reader> {
        match self {
            Self::Sqlite { readers, .. } => Reader::sqlite(readers).await,
            Self::Postgres { readers, .. } => Reader::postgres(readers).await,
        }
    }

    /// Lets the database count what it holds now, so that it plans well at once
    /// after very much has been written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn analyze(&self) -> Result<()> {
        match self {
            Self::Sqlite { write, .. } => sqlx::query("analyze").execute(write).await.map(drop)?,
            Self::Postgres { pool, .. } => sqlx::query("analyze").execute(pool).await.map(drop)?,
        }
        Ok(())
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// When it gives none.
    pub async fn ping(&self) -> Result<()> {
        let mut reader = self.read().await?;
        sql!(reader.conn(), |c| sqlx::query("select 1").execute(c).map_ok(drop))?;
        Ok(())
    }

    /// Closes every connection after its work is done.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, readers, .. } => {
                readers.close().await;
                write.close().await;
            }
            Self::Postgres { readers, .. } => readers.close().await,
        }
    }
}

impl Conn<'_> {
    /// Itself, borrowed anew; lets [`sql!`] take both places and temporaries.
    pub(crate) const fn handle(&mut self) -> &mut Self {
        self
    }
}

impl Tx {
    /// The connection to run SQL on.
    pub fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(tx) => Conn::Sqlite(tx),
            Self::Postgres(tx) => Conn::Postgres(tx),
        }
    }

    /// Makes it durable. Only after this may anyone be told.
    ///
    /// # Errors
    /// When the database refuses; nothing was written then.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

fn create_folder(folder: &Path) -> Result<()> {
    if !folder.as_os_str().is_empty() {
        std::fs::create_dir_all(folder)
            .map_err(|e| Error::internal(e, "could not create the data folder"))?;
    }
    Ok(())
}
