//! What every operation needs: the database, the clock and the live hub.

use std::sync::Arc;

use crate::{
    clock::Clock, db::Db, error::Result, limit::Limits, live::Hub, pledge::writer::Writer,
    secret::Secret,
};

/// The running platform. Cheap to clone.
#[derive(Clone)]
pub struct Backend {
    pub db: Db,
    pub clock: Clock,
    pub hub: Hub,
    pub limits: Limits,
    pub secret: Secret,
    /// Where pledges are written.
    pub writer: Writer,
    pub options: Arc<Options>,
}

/// What an operator decides about the platform.
#[derive(Debug, Clone)]
pub struct Options {
    /// The public address of the site, without a slash at its end.
    pub base_url: String,
    /// Where to send mail through, such as `smtp://user:password@host:587`;
    /// without it, letters stay in the outbox.
    pub smtp_url: Option<String>,
    /// The sender of all mail.
    pub mail_from: String,
    /// Whether this is a demonstration, and says so on every page.
    pub is_demo: bool,
    /// Whether limits on speed apply; only tests and benchmarks switch them off.
    pub rate_limits: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            base_url: "http://127.0.0.1:3000".into(),
            smtp_url: None,
            mail_from: "Pedestal <pedestal@localhost>".into(),
            is_demo: false,
            rate_limits: true,
        }
    }
}

impl Backend {
    /// Opens and migrates the database and starts the pledge writer.
    ///
    /// # Errors
    /// When the database cannot be opened or migrated.
    pub async fn open(database_url: &str, clock: Clock, options: Options) -> Result<Self> {
        let db = Db::open(database_url).await?;
        db.migrate().await?;
        let secret = Secret::load(&db).await?;
        let hub = Hub::default();
        let writer = Writer::start(db.clone(), clock.clone(), hub.clone());
        let limits = Limits::new(options.rate_limits);
        Ok(Self { db, clock, hub, limits, secret, writer, options: Arc::new(options) })
    }
}
