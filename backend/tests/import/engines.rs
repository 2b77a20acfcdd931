//! A fresh platform on each database, for one test.

#[path = "../support/postgres.rs"]
mod required;

use std::path::PathBuf;

use backend::{Backend, Clock, Options};
use domain::{Timestamp, id::CampaignId};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

/// 4 December 2026, 18:00 UTC.
pub const NOW: Timestamp = Timestamp(1_796_407_200_000_000);

/// A platform and what has to outlive it.
pub struct Engine {
    pub name: &'static str,
    pub backend: Backend,
    pub clock: Clock,
    _folder: Folder,
}

/// Removed with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// SQLite, and Postgres where the test command has started one.
pub async fn engines() -> Vec<Engine> {
    let mut engines = vec![sqlite().await];
    if let Some(url) = required::address() {
        engines.push(postgres(&url).await);
    }
    engines
}

pub async fn sqlite() -> Engine {
    let folder = std::env::temp_dir().join(format!("pedestal-import-{}", CampaignId::generate()));
    let url = format!("sqlite://{}", folder.join("test.sqlite").display());
    open("SQLite", &url, Folder(folder)).await
}

async fn postgres(url: &str) -> Engine {
    let name = format!("import_{}", CampaignId::generate().uuid().simple());
    let mut connection = PgConnection::connect(url).await.expect("Postgres answers");
    sqlx::raw_sql(AssertSqlSafe(format!("create database {name}")))
        .execute(&mut connection)
        .await
        .expect("a database of its own");
    let (server, _) = url.rsplit_once('/').expect("an address ends with its database");
    open("Postgres", &format!("{server}/{name}"), Folder(PathBuf::new())).await
}

async fn open(name: &'static str, url: &str, folder: Folder) -> Engine {
    let clock = Clock::fixed(NOW);
    let options = Options { rate_limits: false, ..Options::default() };
    let backend = Backend::open(url, clock.clone(), options).await.expect("the database opens");
    Engine { name, backend, clock, _folder: folder }
}
