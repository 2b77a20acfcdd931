//! What every operation needs: the database, the clock and the live hub.

use std::sync::Arc;

use domain::{Currency, fee::Fees};
use rust_decimal::Decimal;

use crate::{
    clock::Clock,
    db::Db,
    error::Result,
    ledger,
    limit::Limits,
    live::Hub,
    media::{Storage, Store},
    payment::{
        Payments,
        sandbox::Sandbox,
        stripe::{self, Stripe},
    },
    pledge::writer::{self, Size, Writer},
    secret::Secret,
    story::Rooms,
};

/// The running platform. Cheap to clone.
#[derive(Clone)]
pub struct Backend {
    pub db: Db,
    pub clock: Clock,
    pub hub: Hub,
    /// Where pages are written together.
    pub rooms: Rooms,
    pub limits: Limits,
    pub secret: Secret,
    /// Where pledges are written.
    pub writer: Writer,
    pub options: Arc<Options>,
    /// Who charges cards.
    pub payments: Arc<dyn Payments>,
    /// Where uploaded pictures are kept.
    pub pictures: Store,
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
    /// What is kept of each charge.
    pub fees: Fees,
    /// Share of what was collected that is held back at the payout, in percent, for
    /// refunds and lost disputes; 0 for none. Indiegogo holds back 5 (`[I7]`).
    pub reserve_percent: Decimal,
    /// For how long, in days; Indiegogo for six months.
    pub reserve_days: u16,
    /// What the provider takes for a disputed charge, in hundredths of the least
    /// pledge of its currency: 1,500 is 15 euros.
    pub chargeback_fee: i64,
    /// Charges and refunds that all processes of one database send in a second, at
    /// most; providers allow 25 unless they were asked for more.
    pub charges_per_second: u32,
    /// Who charges cards; without it, the sandbox.
    pub stripe: Option<stripe::Options>,
    /// Commands that the pledge writer puts into one transaction, at most.
    pub writer_batch: usize,
    /// Commands that may wait for the pledge writer; more are told to come back.
    pub writer_queue: usize,
    /// Where uploaded pictures are to be kept; without it, in memory.
    pub pictures: Storage,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            base_url: "http://127.0.0.1:3000".into(),
            smtp_url: None,
            mail_from: "Pedestal <pedestal@localhost>".into(),
            is_demo: false,
            rate_limits: true,
            fees: Fees::default(),
            reserve_percent: Decimal::ZERO,
            reserve_days: 180,
            chargeback_fee: 1_500,
            charges_per_second: 25,
            stripe: None,
            writer_batch: writer::BATCH,
            writer_queue: writer::QUEUE,
            pictures: Storage::default(),
        }
    }
}

impl Options {
    /// What the provider takes for a disputed charge, in minor units.
    #[must_use]
    pub const fn chargeback_fee(&self, currency: Currency) -> i64 {
        currency.minimum() * self.chargeback_fee / 100
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
        let size = Size { batch: options.writer_batch, queue: options.writer_queue };
        let writer = Writer::start(db.clone(), clock.clone(), hub.clone(), size);
        let limits = Limits::new(options.rate_limits);
        let payments: Arc<dyn Payments> = match &options.stripe {
            Some(account) => Arc::new(Stripe::new(account, clock.clone())),
            None => Arc::new(Sandbox::new(db.clone(), clock.clone())),
        };
        let pictures = Store::open(&options.pictures)?;
        let options = Arc::new(options);
        let rooms = Rooms::default();
        let backend =
            Self { db, clock, hub, rooms, limits, secret, writer, options, payments, pictures };
        ledger::open_books(&backend).await?;
        Ok(backend)
    }
}
