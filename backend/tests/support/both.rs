//! Runs a test on both engines: SQLite always, in a file of its own, and
//! Postgres when `TEST_POSTGRES_URL` names a server, in a database of its own.

#[path = "postgres.rs"]
mod postgres;

use std::{fs, path::PathBuf, str::FromStr as _};

use backend::{Backend, Clock, Options};
use domain::Timestamp;
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, postgres::PgConnectOptions,
};
use uuid::Uuid;

/// When every test begins: 2026-03-01 12:00 UTC.
pub const START: Timestamp = Timestamp::from_seconds(1_772_366_400);

/// Runs the test on each engine that there is. Its clock stands at [`START`]
/// until it is set, and limits on speed are off.
pub async fn each(test: impl AsyncFn(Backend)) {
    on_sqlite(&test).await;
    if let Some(server) = postgres::address() {
        on_postgres(&server, &test).await;
    }
}

async fn on_sqlite(test: &impl AsyncFn(Backend)) {
    let folder =
        Folder(std::env::temp_dir().join(format!("pedestal-test-{}", Uuid::now_v7().simple())));
    let backend = open(&format!("sqlite://{}/pedestal.db", folder.0.display())).await;
    test(backend.clone()).await;
    backend.db.close().await;
}

async fn on_postgres(server: &str, test: &impl AsyncFn(Backend)) {
    let options = PgConnectOptions::from_str(server).expect("TEST_POSTGRES_URL is an address");
    let name = format!("pedestal_test_{}", Uuid::now_v7().simple());
    let mut admin = PgConnection::connect_with(&options).await.expect("the test server answers");
    run(&mut admin, format!("create database {name}")).await;
    let backend = open(options.database(&name).to_url_lossy().as_str()).await;
    test(backend.clone()).await;
    backend.db.close().await;
    run(&mut admin, format!("drop database {name} with (force)")).await;
}

async fn open(url: &str) -> Backend {
    let options = Options { rate_limits: false, ..Options::default() };
    Backend::open(url, Clock::fixed(START), options).await.expect("a fresh database opens")
}

async fn run(admin: &mut PgConnection, statement: String) {
    sqlx::query(AssertSqlSafe(statement)).execute(admin).await.expect("the test server obeys");
}

/// Removed with everything in it, also when a test fails.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
