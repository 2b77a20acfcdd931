//! The live hub: what a commit changed, told to every open page.
//!
//! One cell per followed campaign holds its latest frame, encoded once. A slow
//! viewer never queues more than that one frame, and a campaign speaks at most
//! four times a second, at once after a silence.

mod frame;
mod sql;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use domain::{
    Timestamp,
    id::CampaignId,
    live::{FundingEvent, NewestPledge, PageEvent, RewardLeft},
    slug::Slug,
};
use sqlx::{PgPool, postgres::PgListener};
use tokio::{sync::watch, time::Instant};

use crate::{
    campaign,
    db::{Conn, Db},
    embed::Embeds,
    error::Result,
    reward,
};

pub use frame::Frame;

/// Least time between two frames of one campaign.
const PACE: Duration = Duration::from_millis(250);
/// The channel between nodes that share a Postgres.
const CHANNEL: &str = "pedestal_live";

/// How long to wait before the first attempt to listen is made again, at first
/// and at most.
const SHORTEST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Where open pages listen. Cheap to clone.
#[derive(Clone, Default)]
pub struct Hub(Arc<Inner>);

struct Inner {
    cells: RwLock<HashMap<Slug, Arc<Cell>>>,
    /// Tells this process's notifications from those of others.
    node: String,
    /// What embedded cards show; told of the same commits.
    embeds: Embeds,
    /// Turns true when the process wants to end.
    closing: watch::Sender<bool>,
}

impl Default for Inner {
    fn default() -> Self {
        let node = crate::secret::random_token();
        Self {
            cells: RwLock::default(),
            node,
            embeds: Embeds::default(),
            closing: watch::Sender::new(false),
        }
    }
}

#[derive(Default)]
struct Cell {
    latest: watch::Sender<Option<Frame>>,
    /// How often what visitors read was drawn anew, as it was told last.
    page: AtomicI64,
    /// The same of its picture and its rewards.
    shelf: AtomicI64,
    pace: Mutex<Pace>,
}

#[derive(Default)]
struct Pace {
    spoke_at: Option<Instant>,
    waiting: Option<(FundingEvent, Timestamp)>,
}

/// One viewer's view of one campaign. The campaign's cell lives as long as
/// somebody looks.
pub struct Following {
    /// Changes whenever there is a newer frame.
    pub frames: watch::Receiver<Option<Frame>>,
    slug: Slug,
    hub: Hub,
}

impl Drop for Following {
    fn drop(&mut self) {
        let mut cells = self.hub.0.cells.write().unwrap_or_else(PoisonError::into_inner);
        // Let go of the cell while the lock is held: of two viewers who leave at
        // once, the second then sees that nobody is left.
        self.frames = watch::Sender::new(None).subscribe();
        if cells.get(&self.slug).is_some_and(|cell| cell.latest.receiver_count() == 0) {
            cells.remove(&self.slug);
        }
    }
}

impl Hub {
    /// Follows a campaign. Its present frame, when the hub does not hold one
    /// yet, is read from the database.
    ///
    /// # Errors
    /// When the database fails. `Ok(None)` when there is no such public campaign.
    pub async fn follow(&self, db: &Db, slug: &Slug) -> Result<Option<Following>> {
        if let Some(frames) = self.join(slug) {
            return Ok(Some(Following { frames, slug: slug.clone(), hub: self.clone() }));
        }
        // Subscribe first and read afterwards: a commit in between is then
        // either in what is read or in the cell.
        let following = {
            let mut cells = self.0.cells.write().unwrap_or_else(PoisonError::into_inner);
            let cell = cells.entry(slug.clone()).or_insert_with(|| Arc::new(Cell::default()));
            Following { frames: cell.latest.subscribe(), slug: slug.clone(), hub: self.clone() }
        };
        let (snapshot, shown) = {
            let mut reader = db.read().await?;
            let conn = &mut reader.conn();
            let shown = sql::shown(conn, slug.as_str()).await?;
            (snapshot(conn, slug.as_str()).await?, shown)
        };
        let Some((event, at)) = snapshot else { return Ok(None) };
        if let Some(cell) = self.cell(slug) {
            cell.note(shown);
            cell.say(&event, at);
        }
        Ok(Some(following))
    }

    /// Tells every open page of this campaign, at the campaign's pace.
    pub fn publish(&self, event: FundingEvent, at: Timestamp) {
        self.0.embeds.touch(&event.campaign);
        let Some(cell) = self.cell(&event.campaign) else { return };
        let mut pace = cell.pace.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        match pace.spoke_at {
            Some(spoke_at) if now < spoke_at + PACE => {
                let timer_runs = pace.waiting.is_some();
                if pace.waiting.as_ref().is_none_or(|(_, waiting)| *waiting <= at) {
                    pace.waiting = Some((event, at));
                }
                if !timer_runs {
                    let cell = Arc::clone(&cell);
                    tokio::spawn(async move {
                        tokio::time::sleep_until(spoke_at + PACE).await;
                        let mut pace = cell.pace.lock().unwrap_or_else(PoisonError::into_inner);
                        if let Some((event, at)) = pace.waiting.take() {
                            pace.spoke_at = Some(Instant::now());
                            cell.say(&event, at);
                        }
                    });
                }
            }
            _ => {
                pace.spoke_at = Some(now);
                cell.say(&event, at);
            }
        }
    }

    /// Reads campaigns anew and tells their open pages, after a change that
    /// another process made or that touched more than pledges.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refresh(&self, db: &Db, campaigns: &[CampaignId]) -> Result<()> {
        let mut reader = db.read().await?;
        let mut conn = reader.conn();
        for id in campaigns {
            let Some(slug) = campaign::sql::slug_of(&mut conn, *id).await? else { continue };
            self.refresh_slug(&mut conn, &slug).await?;
        }
        Ok(())
    }

    async fn refresh_slug(&self, conn: &mut Conn<'_>, slug: &str) -> Result<()> {
        let Some(parsed) = Slug::parse(slug) else { return Ok(()) };
        self.0.embeds.touch(&parsed);
        let Some(cell) = self.cell(&parsed) else { return Ok(()) };
        cell.note(sql::shown(conn, slug).await?);
        if let Some((event, at)) = snapshot(conn, slug).await? {
            self.publish(event, at);
        }
        Ok(())
    }

    /// What embedded cards show.
    #[must_use]
    pub fn embeds(&self) -> &Embeds {
        &self.0.embeds
    }

    /// How many campaigns somebody looks at.
    #[must_use]
    pub fn followed(&self) -> usize {
        self.0.cells.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Ends every stream, so that the process can end.
    pub fn close(&self) {
        self.0.closing.send_replace(true);
    }

    /// Turns true when streams have to end.
    #[must_use]
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.0.closing.subscribe()
    }

    /// Joins those who look already. Under the lock, so that the last of them
    /// cannot leave, and take the cell away, in between.
    fn join(&self, slug: &Slug) -> Option<watch::Receiver<Option<Frame>>> {
        let cells = self.0.cells.read().unwrap_or_else(PoisonError::into_inner);
        let cell = cells.get(slug).filter(|cell| cell.latest.borrow().is_some())?;
        Some(cell.latest.subscribe())
    }

    fn cell(&self, slug: &Slug) -> Option<Arc<Cell>> {
        self.0.cells.read().unwrap_or_else(PoisonError::into_inner).get(slug).cloned()
    }

    fn followed_slugs(&self) -> Vec<Slug> {
        self.0.cells.read().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()
    }
}

impl Cell {
    /// How new the page is, and the picture and the rewards, as [`sql::shown`] says it.
    fn note(&self, (page, shelf): (i64, i64)) {
        self.page.fetch_max(page, Ordering::Relaxed);
        self.shelf.fetch_max(shelf, Ordering::Relaxed);
    }

    fn say(&self, event: &FundingEvent, at: Timestamp) {
        let data = serde_json::to_string(event).expect("a funding event is plain data");
        // Both in one frame: whoever gets only the latest has missed neither.
        let (version, shelf) =
            (self.page.load(Ordering::Relaxed), self.shelf.load(Ordering::Relaxed));
        let page = match (version, shelf) {
            (0, 0) => String::new(),
            (version, shelf) => {
                let page = PageEvent { slug: event.campaign.clone(), version, shelf };
                let page = serde_json::to_string(&page).expect("a page event is plain data");
                format!("event: page\ndata: {page}\n\n")
            }
        };
        let bytes = Bytes::from(format!("event: funding\nid: {}\ndata: {data}\n\n{page}", at.0));
        let frame = Frame::new(event, at, bytes);
        self.latest.send_if_modified(|latest| {
            let newer = latest.as_ref().is_none_or(|old| old.at <= frame.at);
            if newer {
                *latest = Some(frame);
            }
            newer
        });
    }
}

/// The present figures of a public campaign, and when they were committed.
///
/// # Errors
/// When the database fails.
pub async fn snapshot(
    conn: &mut Conn<'_>,
    slug: &str,
) -> Result<Option<(FundingEvent, Timestamp)>> {
    let Some(row) = campaign::sql::funding(conn, slug).await? else { return Ok(None) };
    let left = reward::sql::left(conn, row.id).await?;
    let newest = campaign::sql::recent(conn, Some(row.id), 1).await?.pop().map(|pledge| {
        NewestPledge { amount: pledge.amount.into(), country: pledge.country, at: pledge.at }
    });
    let funding = row.plan.funding();
    let event = FundingEvent {
        campaign: row.slug,
        pledged: funding.pledged().into(),
        backers: funding.backers,
        percent: funding.percent(),
        state: row.state,
        units: funding.units,
        deadline: Some(row.deadline),
        round: row.plan.round,
        is_late: row.plan.life().is_late(),
        left: left.into_iter().map(|(reward, left)| RewardLeft { reward, left }).collect(),
        newest,
    };
    Ok(Some((event, row.funded_at)))
}

/// Tells the other nodes, as part of the transaction that changed these
/// campaigns: one notification per batch, never per pledge.
///
/// # Errors
/// When the database fails.
pub async fn announce(conn: &mut Conn<'_>, hub: &Hub, campaigns: &[CampaignId]) -> Result<()> {
    if let Conn::Postgres(connection) = conn {
        // A notification holds 8,000 bytes; an id takes 37 of them.
        for chunk in campaigns.chunks(200) {
            let ids: Vec<String> = chunk.iter().map(CampaignId::to_string).collect();
            sql::notify(connection, CHANNEL, &format!("{} {}", hub.0.node, ids.join(" "))).await?;
        }
    }
    Ok(())
}

/// Listens to the other nodes until the process ends. Without Postgres there
/// are none, and this returns at once.
pub async fn listen(db: &Db, hub: &Hub) {
    let Db::Postgres { pool, .. } = db else { return };
    let mut wait = SHORTEST_WAIT;
    let mut listener = loop {
        match connect(pool).await {
            Ok(listener) => break listener,
            Err(error) => {
                tracing::warn!(%error, ?wait, "no touch with the other nodes; trying again");
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        }
    };
    if wait > SHORTEST_WAIT
        && let Err(error) = refresh_all(db, hub).await
    {
        // Open pages have followed without the others until now.
        tracing::warn!(%error, "could not refresh live figures");
    }
    loop {
        let outcome = match listener.try_recv().await {
            Ok(Some(notification)) => {
                let mut words = notification.payload().split(' ');
                if words.next() == Some(hub.0.node.as_str()) {
                    continue;
                }
                let ids: Vec<CampaignId> = words.filter_map(|id| id.parse().ok()).collect();
                hub.refresh(db, &ids).await
            }
            // The connection was lost and made again: what was said meanwhile is
            // unknown, so everything followed is read anew.
            Ok(None) => refresh_all(db, hub).await,
            Err(error) => {
                tracing::warn!(%error, "lost touch with the other nodes; trying again");
                tokio::time::sleep(Duration::from_secs(1)).await;
                Ok(())
            }
        };
        if let Err(error) = outcome {
            tracing::warn!(%error, "could not refresh live figures");
        }
    }
}

async fn connect(pool: &PgPool) -> Result<PgListener> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

async fn refresh_all(db: &Db, hub: &Hub) -> Result<()> {
    hub.0.embeds.touch_all();
    let mut reader = db.read().await?;
    let mut conn = reader.conn();
    for slug in hub.followed_slugs() {
        hub.refresh_slug(&mut conn, slug.as_str()).await?;
    }
    Ok(())
}
