//! What is written, read past the program that wrote it.

use std::{fmt, path::Path, str::FromStr as _, time::Duration};

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, postgres::PgConnectOptions,
    sqlite::SqliteConnectOptions,
};
use tokio::runtime::{Builder, Runtime};

/// A kind of database.
pub enum Engine {
    Sqlite,
    /// A server that lets us create databases, by its address.
    Postgres(String),
}

/// One database.
pub struct Books {
    engine: Engine,
    /// A file, or a Postgres' address.
    place: String,
    runtime: Runtime,
}

/// Two words and a number of one row.
pub type Row = (String, String, i64);

impl Engine {
    /// Those there are. `REQUIRE_POSTGRES` asks for both.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Sqlite];
        match std::env::var("TEST_POSTGRES_URL") {
            Ok(server) => all.push(Self::Postgres(server)),
            Err(_) if std::env::var_os("REQUIRE_POSTGRES").is_some() => {
                panic!("REQUIRE_POSTGRES is set and TEST_POSTGRES_URL is not")
            }
            Err(_) => println!("NOT TESTED on Postgres: TEST_POSTGRES_URL is not set"),
        }
        all
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self, Self::Sqlite) { "SQLite" } else { "Postgres" })
    }
}

impl Books {
    /// An empty database; on SQLite in this folder.
    pub fn create(engine: &Engine, folder: &Path) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        match engine {
            Engine::Sqlite => {
                let place = folder.join("pedestal.sqlite").display().to_string();
                Self { engine: Engine::Sqlite, place, runtime }
            }
            Engine::Postgres(server) => {
                let name = format!("pedestal_kill_{}", uuid::Uuid::now_v7().simple());
                let options = PgConnectOptions::from_str(server).expect("an address");
                let place = options.database(&name).to_url_lossy().to_string();
                let books = Self { engine: Engine::Postgres(server.clone()), place, runtime };
                books.at_server(format!("create database {name}"));
                books
            }
        }
    }

    /// What the server is told in `DATABASE_URL`.
    pub fn url(&self) -> Option<&str> {
        matches!(self.engine, Engine::Postgres(_)).then_some(self.place.as_str())
    }

    /// Text of a column that holds an id: 32 digits.
    pub fn id(&self, column: &str) -> String {
        match self.engine {
            Engine::Sqlite => format!("lower(hex({column}))"),
            Engine::Postgres(_) => format!("replace(cast({column} as text), '-', '')"),
        }
    }

    /// The rows of a query, each two words and a number.
    pub fn rows(&self, query: &str) -> Vec<Row> {
        let statement = AssertSqlSafe(query.to_owned());
        let rows = self.runtime.block_on(async {
            match self.engine {
                Engine::Sqlite => {
                    let mut file = self.file().connect().await?;
                    let rows = sqlx::query_as(statement).fetch_all(&mut file).await;
                    file.close().await?;
                    rows
                }
                Engine::Postgres(_) => {
                    let mut connection = PgConnection::connect(&self.place).await?;
                    let rows = sqlx::query_as(statement).fetch_all(&mut connection).await;
                    connection.close().await?;
                    rows
                }
            }
        });
        rows.unwrap_or_else(|fault| panic!("{query}: {fault}"))
    }

    /// A count or a sum.
    pub fn number(&self, what: &str, from: &str) -> i64 {
        let query = format!("select '', '', cast(coalesce({what}, 0) as bigint) from {from}");
        self.rows(&query).first().expect("one row").2
    }

    /// Changes something, as a test may.
    pub fn alter(&self, statement: &str) {
        let safe = AssertSqlSafe(statement.to_owned());
        let done = self.runtime.block_on(async {
            match self.engine {
                Engine::Sqlite => {
                    let mut file = self.file().connect().await?;
                    sqlx::query(safe).execute(&mut file).await?;
                    file.close().await
                }
                Engine::Postgres(_) => {
                    let mut connection = PgConnection::connect(&self.place).await?;
                    sqlx::query(safe).execute(&mut connection).await?;
                    connection.close().await
                }
            }
        });
        done.unwrap_or_else(|fault| panic!("{statement}: {fault}"));
    }

    fn file(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new().filename(&self.place).busy_timeout(Duration::from_secs(60))
    }

    fn at_server(&self, statement: String) {
        let Engine::Postgres(server) = &self.engine else { return };
        let done = self.runtime.block_on(async {
            let mut server = PgConnection::connect(server).await?;
            sqlx::query(AssertSqlSafe(statement)).execute(&mut server).await?;
            server.close().await
        });
        done.expect("the server obeys");
    }
}

impl Drop for Books {
    fn drop(&mut self) {
        let name = self.place.rsplit('/').next().unwrap_or_default();
        let name = name.split('?').next().unwrap_or_default();
        self.at_server(format!("drop database if exists {name} with (force)"));
    }
}
