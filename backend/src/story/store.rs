//! A document and what is written down of it.

use domain::{
    Invalid, Problem,
    id::{AccountId, CampaignId},
    story::{Page, Part, document::Document, frame::Refused, markdown, view::Summary},
    words::story as w,
};
use rand::Rng as _;

use super::{plan, rights, sql, told};
use crate::{
    campaign::locked,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    live,
    studio::sql::StudioRow,
};

/// The channel between processes that share a Postgres.
pub(super) const CHANNEL: &str = "pedestal_story";
/// After so many updates they are taken up into the whole.
const COMPACT_EVERY: i64 = 200;

/// A document that is open in this process.
pub(super) struct Store {
    pub campaign: CampaignId,
    pub document: Document,
    /// The last update that is in it.
    pub number: i64,
    compacted: i64,
    /// Whether the campaign's columns are behind it.
    pub is_behind: bool,
}

/// A change that somebody made.
pub(super) struct Change {
    pub bytes: Vec<u8>,
    pub account: Option<AccountId>,
}

impl Store {
    /// Reads the document, or begins one with what the campaign's columns hold.
    pub(super) async fn open(backend: &Backend, campaign: CampaignId) -> Result<Self> {
        let mut tx = backend.db.begin().await?;
        let conn = &mut tx.conn();
        if sql::kept(conn, campaign).await?.is_none() {
            let row = rights::row(conn, campaign).await?;
            let mut first = fresh();
            let story = first.recognised(markdown::blocks(&row.story));
            let page = Page { title: row.title, subtitle: row.subtitle, story, ..Page::default() };
            first.rewrite(&page);
            sql::begin(conn, campaign, &first.whole()).await?;
        }
        let store = Self::read(conn, campaign).await?;
        tx.commit().await?;
        Ok(store)
    }

    /// Reads the document as it is written down.
    pub(super) async fn read(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Self> {
        let kept = sql::kept(conn, campaign).await?.ok_or(Error::NotFound)?;
        let mut document = fresh();
        let broken = |error| Error::internal(error, "a stored document cannot be read");
        document.apply(&kept.whole).map_err(broken)?;
        let mut store = Self {
            campaign,
            document,
            number: kept.whole_number,
            compacted: kept.whole_number,
            is_behind: false,
        };
        store.catch_up(conn).await?;
        Ok(store)
    }

    /// Takes in what other processes wrote, and says what that was.
    pub(super) async fn catch_up(&mut self, conn: &mut Conn<'_>) -> Result<Vec<Vec<u8>>> {
        let rows = sql::after(conn, self.campaign, self.number).await?;
        let mut taken = Vec::with_capacity(rows.len());
        for (number, change) in rows {
            let applied = self.document.apply(&change);
            applied.map_err(|error| Error::internal(error, "a stored change cannot be read"))?;
            self.number = number;
            taken.push(change);
        }
        Ok(taken)
    }

    /// Writes changes down that are in the document already, and says what others wrote
    /// meanwhile. Nothing may be acknowledged before this.
    ///
    /// # Errors
    /// When the database fails; then the document holds what is not written down.
    pub(super) async fn write(
        &mut self,
        backend: &Backend,
        before: Option<&Page>,
        changes: &[Change],
    ) -> Result<Vec<Vec<u8>>> {
        let now = backend.clock.now();
        let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
        let mut tx = backend.db.begin().await?;
        let conn = &mut tx.conn();
        if let Some(page) = before {
            self.keep_first_version(conn, page).await?;
        }
        let last = sql::take_numbers(conn, self.campaign, count).await?;
        // The numbers are ours now, so that nothing comes in between any more.
        let others = self.catch_up(conn).await?;
        for (number, change) in (last - count + 1..).zip(changes) {
            let Change { bytes, account } = change;
            sql::insert_update(conn, self.campaign, number, bytes, *account, now).await?;
        }
        if let Conn::Postgres(connection) = conn {
            let payload = format!("{} {}", backend.rooms.node(), self.campaign);
            sql::notify(connection, CHANNEL, &payload).await?;
        }
        tx.commit().await?;
        self.number = last;
        self.is_behind = true;
        Ok(others)
    }

    /// What a launched campaign told before it was first edited here is its first
    /// version, so that there is something to compare with and to go back to.
    async fn keep_first_version(&self, conn: &mut Conn<'_>, page: &Page) -> Result<()> {
        let row = rights::row(conn, self.campaign).await?;
        let Some(launched_at) = row.launched_at else { return Ok(()) };
        if sql::versions(conn, self.campaign, 1).await?.is_empty() {
            let page = serde_json::to_string(page)?;
            sql::insert_version(conn, self.campaign, 1, &page, None, launched_at).await?;
        }
        Ok(())
    }

    /// Writes what a draft tells to its columns, where the preview, the checklist and
    /// the review look. What could not be published stays as it was.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn tell(&mut self, backend: &Backend) -> Result<()> {
        if !std::mem::take(&mut self.is_behind) {
            return Ok(());
        }
        let mut page = self.document.page();
        let mut tx = backend.db.begin().await?;
        let conn = &mut tx.conn();
        locked::lock(conn, &[self.campaign]).await?;
        let row = rights::row(conn, self.campaign).await?;
        if row.launched_at.is_some() {
            return Ok(());
        }
        if let Err(Invalid(problems)) = told::check(&page) {
            if problems.contains_key("title") {
                page.title.clone_from(&row.title);
            }
            if problems.contains_key("subtitle") {
                page.subtitle.clone_from(&row.subtitle);
            }
        }
        let mut told = told::of(conn, &row, &page).await?;
        // What came from the form stays as it was typed.
        let as_typed = markdown::blocks(&row.story);
        let is_same = as_typed.len() == page.story.len()
            && as_typed
                .iter()
                .zip(&page.story)
                .all(|((kind, text), block)| *kind == block.kind && *text == block.text);
        if is_same {
            told.story = row.story;
        }
        sql::set_told(conn, self.campaign, &told).await?;
        tx.commit().await
    }

    /// Takes updates up into the whole, when there are many or nobody writes any more.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn compact(&mut self, backend: &Backend, is_last: bool) -> Result<()> {
        let behind = self.number - self.compacted;
        if behind < COMPACT_EVERY && !(is_last && behind > 0) {
            return Ok(());
        }
        let mut tx = backend.db.begin().await?;
        sql::compact(&mut tx.conn(), self.campaign, self.number, &self.document.whole()).await?;
        tx.commit().await?;
        self.compacted = self.number;
        Ok(())
    }

    /// Publishes the document: a version, what visitors read, and word to open pages,
    /// all or nothing. Gives the number of the version.
    ///
    /// # Errors
    /// [`Error::Invalid`] with a problem of the whole of it when somebody else published
    /// since, or nothing is new; of a part that is locked now, or cannot be published.
    pub(super) async fn publish(
        &mut self,
        backend: &Backend,
        account: AccountId,
        version_read: Option<i64>,
    ) -> Result<i64> {
        let page = self.document.page();
        let mut tx = backend.db.begin().await?;
        let conn = &mut tx.conn();
        locked::lock(conn, &[self.campaign]).await?;
        let row = rights::row(conn, self.campaign).await?;
        let version = publish_page(conn, backend, &row, &page, (account, version_read)).await?;
        // What waited was looked at beside another page than visitors read now.
        plan::sql::abort_open(conn, self.campaign, backend.clock.now()).await?;
        tx.commit().await?;
        self.is_behind = false;
        tell_open_pages(backend, self.campaign).await;
        Ok(version)
    }
}

/// Publishes a page in the transaction that has its campaign locked: a version, what
/// visitors read, and word to open pages once it commits. Gives the number of the version.
///
/// # Errors
/// As [`Store::publish`].
pub(super) async fn publish_page(
    conn: &mut Conn<'_>,
    backend: &Backend,
    row: &StudioRow,
    page: &Page,
    (account, version_read): (AccountId, Option<i64>),
) -> Result<i64> {
    let now = backend.clock.now();
    let latest = may_publish(conn, row, page, version_read).await?;
    let version = latest + 1;
    let json = serde_json::to_string(page)?;
    sql::insert_version(conn, row.id, version, &json, Some(account), now).await?;
    let told = told::of(conn, row, page).await?;
    sql::set_told(conn, row.id, &told).await?;
    live::announce(conn, &backend.hub, &[row.id]).await?;
    Ok(version)
}

/// Whether a page may be published now; gives the number of the version that visitors
/// read.
///
/// # Errors
/// As [`Store::publish`].
pub(super) async fn may_publish(
    conn: &mut Conn<'_>,
    row: &StudioRow,
    page: &Page,
    version_read: Option<i64>,
) -> Result<i64> {
    let whole = |say: fn(domain::Locale) -> &'static str| {
        Invalid::field("", Problem::told(|locale| say(locale).to_owned()))
    };
    if row.launched_at.is_none() {
        return Err(whole(w::not_launched).into());
    }
    let (old, latest) = published(conn, row).await?;
    if version_read.is_some_and(|read| read != latest) {
        return Err(whole(w::changed_since).into());
    }
    let summary = Summary::of(&old, page);
    if summary.is_nothing() {
        return Err(whole(w::nothing_new).into());
    }
    check_parts(&summary, row)?;
    told::check(page)?;
    Ok(latest)
}

/// Has open pages look for the version that was just published.
pub(super) async fn tell_open_pages(backend: &Backend, campaign: CampaignId) {
    if let Err(error) = backend.hub.refresh(&backend.db, &[campaign]).await {
        // It is published; open pages learn of it with the next figures.
        tracing::warn!(%error, "could not tell open pages of a new version");
    }
}

/// What visitors read now, with the number of that version; 0 where a campaign was
/// launched and never edited.
///
/// # Errors
/// When the database fails.
pub(super) async fn published(conn: &mut Conn<'_>, row: &StudioRow) -> Result<(Page, i64)> {
    match sql::versions(conn, row.id, 1).await?.pop() {
        Some(version) => Ok((serde_json::from_str(&version.page)?, version.number)),
        None => Ok((Page::default(), 0)),
    }
}

/// Why a change of these parts is not taken in this phase, if it is not.
pub(super) fn locked_part(
    parts: impl IntoIterator<Item = Part>,
    row: &StudioRow,
) -> Option<Refused> {
    parts.into_iter().find_map(|part| rights::lock(part, row.phase()))
}

/// A document of this process's own, with numbers that nobody has used.
pub(super) fn fresh() -> Document {
    let mut dice = rand::rng();
    Document::new(dice.next_u64(), dice.next_u64())
}

fn check_parts(summary: &Summary, row: &StudioRow) -> Result<(), Invalid> {
    let mut invalid = Invalid::default();
    for part in &summary.parts {
        if let Some(Refused { en, fr, .. }) = rights::lock(*part, row.phase()) {
            invalid.add(part.key(), Problem::Told { en, fr });
        }
    }
    invalid.into_result()
}
