//! A document and what is written down of it.

use domain::{
    Invalid, Problem, Timestamp,
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
        // Whoever launches it, or saves a form, holds this lock too.
        locked::lock(conn, &[campaign]).await?;
        let row = rights::row(conn, campaign).await?;
        let store = Self::of_locked(conn, &row, backend.clock.now()).await?;
        tx.commit().await?;
        Ok(store)
    }

    /// The document of a campaign whose row is locked, begun where there is none. What a
    /// launched campaign tells is its first version, so that there is something to compare
    /// with and to go back to.
    pub(super) async fn of_locked(
        conn: &mut Conn<'_>,
        row: &StudioRow,
        now: Timestamp,
    ) -> Result<Self> {
        if sql::kept(conn, row.id).await?.is_none() {
            let mut first = fresh();
            first.belong_to(row.id);
            let story = first.recognised(markdown::blocks(&row.story));
            let (title, subtitle) = (row.title.clone(), row.subtitle.clone());
            first.rewrite(&Page { title, subtitle, story, ..Page::default() });
            sql::begin(conn, row.id, &first.whole()).await?;
        }
        let mut store = Self::read(conn, row.id).await?;
        if store.document.campaign() != Some(row.id) {
            // It was begun before documents said whose they are.
            store.document.belong_to(row.id);
            if let Some(change) = store.document.take_local() {
                store.insert(conn, &change, None, now).await?;
            }
        }
        if let Some(launched_at) = row.launched_at
            && sql::versions(conn, row.id, 1).await?.is_empty()
        {
            let page = serde_json::to_string(&told::fit(row, store.document.page()))?;
            sql::insert_version(conn, row.id, 1, &page, None, launched_at).await?;
        }
        Ok(store)
    }

    /// Writes a change down, in the transaction that has the campaign locked, and takes in
    /// what others wrote meanwhile.
    pub(super) async fn insert(
        &mut self,
        conn: &mut Conn<'_>,
        change: &[u8],
        account: Option<AccountId>,
        now: Timestamp,
    ) -> Result<()> {
        let number = sql::take_numbers(conn, self.campaign, 1).await?;
        sql::insert_update(conn, self.campaign, number, change, account, now).await?;
        // The own change is among what is read: twice changes nothing.
        self.catch_up(conn).await?;
        Ok(())
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
        changes: &[Change],
    ) -> Result<Vec<Vec<u8>>> {
        let now = backend.clock.now();
        let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
        let mut tx = backend.db.begin().await?;
        let conn = &mut tx.conn();
        let last = sql::take_numbers(conn, self.campaign, count).await?;
        // The numbers are ours now, so that nothing comes in between any more.
        let others = self.catch_up(conn).await?;
        for (number, change) in (last - count + 1..).zip(changes) {
            let Change { bytes, account } = change;
            sql::insert_update(conn, self.campaign, number, bytes, *account, now).await?;
        }
        notify(conn, backend, self.campaign).await?;
        tx.commit().await?;
        self.number = last;
        self.is_behind = true;
        Ok(others)
    }

    /// Writes what a draft tells to its columns, where the preview, the checklist and
    /// the review look. What could not be published stays as it was. Says what others
    /// wrote meanwhile.
    ///
    /// # Errors
    /// When the database fails; then the document may hold what nobody here was told.
    pub(super) async fn tell(&mut self, backend: &Backend) -> Result<Vec<Vec<u8>>> {
        if !std::mem::take(&mut self.is_behind) {
            return Ok(Vec::new());
        }
        let mut tx = backend.db.begin().await?;
        let conn = &mut tx.conn();
        locked::lock(conn, &[self.campaign]).await?;
        // What a form or another process has written is not taken back.
        let others = self.catch_up(conn).await?;
        let row = rights::row(conn, self.campaign).await?;
        if row.launched_at.is_none() {
            let told = told::of(conn, &row, &told::fit(&row, self.document.page())).await?;
            sql::set_told(conn, self.campaign, &told).await?;
        }
        tx.commit().await?;
        Ok(others)
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

    /// Publishes the page as it was looked at: a version, what visitors read, and word to
    /// open pages, all or nothing. Gives the number of the version.
    ///
    /// # Errors
    /// [`Error::Invalid`] with a problem of the whole of it when somebody else published
    /// since, or nothing is new; of a part that is locked now, or cannot be published.
    pub(super) async fn publish(
        &mut self,
        backend: &Backend,
        account: AccountId,
        page: &Page,
        version_read: Option<i64>,
    ) -> Result<i64> {
        let mut tx = backend.db.begin().await?;
        let conn = &mut tx.conn();
        locked::lock(conn, &[self.campaign]).await?;
        let row = rights::row(conn, self.campaign).await?;
        let version = publish_page(conn, backend, &row, page, (account, version_read)).await?;
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
        return Err(changed_since());
    }
    let summary = Summary::of(&old, page);
    if summary.is_nothing() {
        return Err(whole(w::nothing_new).into());
    }
    check_parts(&summary, row)?;
    told::check(page)?;
    Ok(latest)
}

/// Tells the other processes, when the transaction commits, that a document was changed.
pub(super) async fn notify(
    conn: &mut Conn<'_>,
    backend: &Backend,
    campaign: CampaignId,
) -> Result<()> {
    let Conn::Postgres(connection) = conn else { return Ok(()) };
    let payload = format!("{} {campaign}", backend.rooms.node());
    sql::notify(connection, CHANNEL, &payload).await
}

/// Has open pages look for the version that was just published.
pub(super) async fn tell_open_pages(backend: &Backend, campaign: CampaignId) {
    if let Err(error) = backend.hub.refresh(&backend.db, &[campaign]).await {
        // It is published; open pages learn of it with the next figures.
        tracing::warn!(%error, "could not tell open pages of a new version");
    }
}

/// That a page is no longer what somebody looked at.
pub(super) fn changed_since() -> Error {
    Invalid::field("", Problem::told(|locale| w::changed_since(locale).to_owned())).into()
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
