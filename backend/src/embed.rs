//! What embedded cards show: a campaign as it was last read, kept in memory. A
//! front page that shows one asks for it a thousand times a second, and must not
//! be slower because the database is.

pub mod cart;
mod own;
mod rule;
mod sql;
mod tally;

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use domain::{
    Timestamp,
    campaign::CampaignPage,
    embed::{EmbedId, Rule, figures::Rest, snippet::EmbedPage},
    slug::Slug,
};
use tokio::sync::Semaphore;

use crate::{
    campaign,
    context::Backend,
    error::{Error, Result},
};

pub(crate) use own::note_pledge;
pub use own::{list, make};
pub use rule::{save_rule, settings};
pub(crate) use sql::forget_unseen;
pub use tally::write_down;

/// Most campaigns that are kept. Beyond it all are let go, and come back as they
/// are asked for.
const MOST_KEPT: usize = 4_096;
/// How long what was read is believed, in microseconds. Commits of pledges and
/// changes of state are heard of at once; this is for a title that was mended.
const BELIEVED_FOR: i64 = 60_000_000;
/// Readings of campaigns that nobody has asked for before, at once; a stranger who
/// makes up names must not take the readers from pages.
const FIRST_READINGS: usize = 2;

/// A campaign as it was read.
#[derive(Debug)]
pub struct Snapshot {
    /// The public page, without its story.
    pub page: CampaignPage,
    /// Whether and where it may be shown.
    pub rule: Rule,
    /// The names under which it is shown.
    names: HashSet<EmbedId>,
    /// Counts readings of this process, so that what was made of one is known.
    pub number: u64,
}

/// What is kept. Cheap to clone.
#[derive(Clone)]
pub struct Embeds(Arc<Inner>);

struct Inner {
    kept: RwLock<HashMap<Slug, Arc<Kept>>>,
    readings: AtomicU64,
    first: Semaphore,
    tally: tally::Tally,
}

struct Kept {
    snapshot: RwLock<Arc<Snapshot>>,
    /// Something was committed since.
    is_stale: AtomicBool,
    /// Somebody reads it anew.
    is_read: AtomicBool,
}

impl Default for Embeds {
    fn default() -> Self {
        Self(Arc::new(Inner {
            kept: RwLock::default(),
            readings: AtomicU64::new(0),
            first: Semaphore::new(FIRST_READINGS),
            tally: tally::Tally::default(),
        }))
    }
}

impl Embeds {
    /// Says that something was committed about a campaign.
    pub fn touch(&self, slug: &Slug) {
        if let Some(kept) = self.kept(slug) {
            kept.is_stale.store(true, Ordering::Release);
        }
    }

    /// Says that anything may have been committed.
    pub fn touch_all(&self) {
        for kept in self.0.kept.read().unwrap_or_else(PoisonError::into_inner).values() {
            kept.is_stale.store(true, Ordering::Release);
        }
    }

    /// Whether a campaign is not to be shown, as far as this process knows.
    #[must_use]
    pub fn is_off(&self, slug: &Slug) -> bool {
        self.kept(slug).is_some_and(|kept| kept.snapshot().rule.is_off)
    }

    /// Counts a card that was sent whole.
    pub fn count_view(&self, id: EmbedId) {
        self.0.tally.view(id);
    }

    /// Counts a way taken from a card.
    pub fn count_click(&self, id: EmbedId) {
        self.0.tally.click(id);
    }

    fn kept(&self, slug: &Slug) -> Option<Arc<Kept>> {
        self.0.kept.read().unwrap_or_else(PoisonError::into_inner).get(slug).cloned()
    }

    fn keep(&self, slug: &Slug, snapshot: &Arc<Snapshot>) {
        let mut all = self.0.kept.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_KEPT && !all.contains_key(slug) {
            all.clear();
        }
        let kept = Kept {
            snapshot: RwLock::new(Arc::clone(snapshot)),
            is_stale: AtomicBool::new(false),
            is_read: AtomicBool::new(false),
        };
        all.insert(slug.clone(), Arc::new(kept));
    }

    fn forget(&self, slug: &Slug) {
        self.0.kept.write().unwrap_or_else(PoisonError::into_inner).remove(slug);
    }
}

impl Kept {
    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A public campaign as embeds show it. Only who asks first waits for the database;
/// after a commit the next one starts a reading and gets what is there, which an
/// open card corrects by its stream.
///
/// # Errors
/// [`Error::NotFound`] when there is no such public campaign, [`Error::TooFast`] when
/// too many unknown ones are asked for; when the database fails at the first time.
pub async fn snapshot(backend: &Backend, slug: &Slug) -> Result<Arc<Snapshot>> {
    let embeds = backend.hub.embeds();
    let Some(kept) = embeds.kept(slug) else { return first(backend, slug).await };
    let snapshot = kept.snapshot();
    let is_old = backend.clock.now().since(snapshot.page.now) > BELIEVED_FOR;
    if (is_old || kept.is_stale.load(Ordering::Acquire))
        && !kept.is_read.swap(true, Ordering::AcqRel)
    {
        let (backend, slug) = (backend.clone(), slug.clone());
        tokio::spawn(async move { again(&backend, &slug, &kept).await });
    }
    Ok(snapshot)
}

async fn first(backend: &Backend, slug: &Slug) -> Result<Arc<Snapshot>> {
    let embeds = backend.hub.embeds();
    let _place = embeds
        .0
        .first
        .acquire()
        .await
        .map_err(|closed| Error::internal(closed, "waiting for a place to read a campaign"))?;
    // Whoever waited may find what another one read meanwhile.
    if let Some(kept) = embeds.kept(slug) {
        return Ok(kept.snapshot());
    }
    let snapshot = Arc::new(read(backend, slug).await?);
    embeds.keep(slug, &snapshot);
    Ok(snapshot)
}

async fn again(backend: &Backend, slug: &Slug, kept: &Kept) {
    // Before the reading: what is committed while it runs makes it stale again.
    kept.is_stale.store(false, Ordering::Release);
    match read(backend, slug).await {
        Ok(snapshot) => {
            *kept.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        }
        Err(Error::NotFound) => backend.hub.embeds().forget(slug),
        Err(error) => {
            tracing::warn!(%error, "an embed could not be read anew and shows what it had");
            kept.is_stale.store(true, Ordering::Release);
        }
    }
    kept.is_read.store(false, Ordering::Release);
}

async fn read(backend: &Backend, slug: &Slug) -> Result<Snapshot> {
    let mut page = campaign::page(backend, None, slug.as_str(), "").await?;
    page.story_html = String::new();
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let rule = sql::rule(&mut conn, page.id).await?;
    let names = sql::ids(&mut conn, page.id).await?.into_iter().collect();
    reader.done();
    let number = backend.hub.embeds().0.readings.fetch_add(1, Ordering::Relaxed);
    Ok(Snapshot { page, rule, names, number })
}

/// Reads a campaign anew at once, if it is kept, so that whoever changed something about
/// its embeds sees it in the next card.
async fn renew(backend: &Backend, slug: &Slug) {
    if let Some(kept) = backend.hub.embeds().kept(slug) {
        again(backend, slug, &kept).await;
    }
}

impl Snapshot {
    /// The name, if this campaign is shown under it.
    #[must_use]
    pub fn known(&self, name: Option<EmbedId>) -> Option<EmbedId> {
        name.filter(|name| self.names.contains(name))
    }

    /// Whether somebody may pledge now.
    #[must_use]
    pub fn takes_pledges(&self, now: Timestamp) -> bool {
        self.page.state.takes_pledges(self.page.late, now, self.page.deadline)
    }

    /// Where it is between its launch and what came of it.
    #[must_use]
    pub fn rest(&self, now: Timestamp) -> Rest {
        let CampaignPage { state, deadline, .. } = self.page;
        Rest { state, is_open: self.takes_pledges(now), deadline, now }
    }
}

/// What the page for bloggers shows; the script is the server's to know.
///
/// # Errors
/// As [`snapshot`].
pub async fn page(
    backend: &Backend,
    slug: &str,
    script: String,
    integrity: String,
) -> Result<EmbedPage> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let snapshot = snapshot(backend, &slug).await?;
    let page = &snapshot.page;
    Ok(EmbedPage {
        slug,
        title: page.title.clone(),
        creator: page.creator.clone(),
        language: page.language,
        state: page.state,
        currency: page.funding.currency,
        base_url: backend.options.base_url.clone(),
        script,
        integrity,
        is_demo: page.is_demo,
    })
}
