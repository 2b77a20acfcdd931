//! What the editor and the history of a page ask for.

use domain::{
    id::CampaignId,
    story::{
        Page,
        view::{Editor, History, Seen, Summary, VersionLine, VersionPage},
    },
};

use super::{plan, rights, room::Command, sql, store, told};
use crate::{
    account::Who,
    context::Backend,
    error::{Error, Result},
    media,
    studio::sql::StudioRow,
};

/// Most versions that the history shows.
const MOST_VERSIONS: i64 = 200;

/// Everything that the editor begins with.
///
/// # Errors
/// [`Error::NotFound`] for who may not edit the page.
pub async fn editor(backend: &Backend, who: &Who, slug: &str) -> Result<Editor> {
    let row = editable(backend, who, slug).await?;
    let read = |reply| Command::Read { reply };
    let (document, page) = backend.rooms.ask(backend, row.id, read).await?.1;
    let mut reader = backend.db.read().await?;
    let conn = &mut reader.conn();
    let rewards = told::rewards(conn, &row).await?;
    let pictures = told::pictures(conn, &row).await?;
    let recordings = media::recording::of_campaign(conn, row.id).await?;
    let (old, version) = store::published(conn, &row).await?;
    let set = plan::shown(conn, who, &row).await?;
    reader.done();
    // Before its first version, nothing of a page is unpublished.
    let summary = if version == 0 { Summary::default() } else { Summary::of(&old, &page) };
    Ok(Editor {
        id: row.id,
        phase: row.phase(),
        slug: row.slug,
        document,
        page,
        language: row.language,
        account: who.account.to_string(),
        me: who.name.clone(),
        pictures,
        recordings,
        rewards,
        version,
        summary,
        set,
    })
}

/// Publishes what is written, and gives the number of the version. `version_read` is
/// the one that was the last when whoever publishes looked, where they say so.
///
/// # Errors
/// [`Error::NotFound`] for who may not; problems of the whole of it, or of a part, and
/// then nothing is published.
pub async fn publish(
    backend: &Backend,
    who: &Who,
    slug: &str,
    version_read: Option<i64>,
) -> Result<i64> {
    let row = editable(backend, who, slug).await?;
    let account = who.account;
    let publish = |reply| Command::Publish { account, seen: None, version_read, reply };
    backend.rooms.ask(backend, row.id, publish).await?.1
}

/// Publishes the page that somebody looked at, as it was then: what others wrote since is
/// not published, and not lost. Gives the number of the version.
///
/// # Errors
/// As [`publish`]; a problem of the whole of it too when the page is another one by now
/// and what was looked at is no longer known.
pub async fn publish_seen(backend: &Backend, who: &Who, slug: &str, seen: Seen) -> Result<i64> {
    let row = editable(backend, who, slug).await?;
    let (account, version_read) = (who.account, Some(seen.version));
    let seen = Some(seen);
    let publish = |reply| Command::Publish { account, seen, version_read, reply };
    backend.rooms.ask(backend, row.id, publish).await?.1
}

/// What was published, newest first.
///
/// # Errors
/// [`Error::NotFound`] for who may not edit the page.
pub async fn versions(backend: &Backend, who: &Who, slug: &str) -> Result<History> {
    let row = editable(backend, who, slug).await?;
    let mut reader = backend.db.read().await?;
    let rows = sql::versions(&mut reader.conn(), row.id, MOST_VERSIONS).await?;
    reader.done();
    let mut versions = Vec::with_capacity(rows.len());
    let mut before = Page::default();
    for version in rows.into_iter().rev() {
        let page: Page = serde_json::from_str(&version.page)?;
        let summary = Summary::of(&before, &page);
        let (number, by, at) = (version.number, version.name, version.at);
        versions.push(VersionLine { number, by, at, summary });
        before = page;
    }
    versions.reverse();
    Ok(History { slug: row.slug, title: row.title, versions })
}

/// One version as it was; 0 is what is written now.
///
/// # Errors
/// [`Error::NotFound`] for who may not edit the page, and for a version that is none.
pub async fn version(backend: &Backend, who: &Who, slug: &str, number: i64) -> Result<VersionPage> {
    let row = editable(backend, who, slug).await?;
    if number == 0 {
        let read = |reply| Command::Read { reply };
        let (_, page) = backend.rooms.ask(backend, row.id, read).await?.1;
        return Ok(VersionPage { number, by: None, at: backend.clock.now(), page });
    }
    let mut reader = backend.db.read().await?;
    let found = sql::version(&mut reader.conn(), row.id, number).await?.ok_or(Error::NotFound)?;
    let page = serde_json::from_str(&found.page)?;
    Ok(VersionPage { number: found.number, by: found.name, at: found.at, page })
}

/// Makes the document like a version of before, for all who write it; nothing is
/// published by that.
///
/// # Errors
/// As [`version`]; a problem of a part that is locked now.
pub async fn restore(backend: &Backend, who: &Who, slug: &str, number: i64) -> Result<()> {
    let row = editable(backend, who, slug).await?;
    let page = version(backend, who, slug, number).await?.page;
    rewrite(backend, who, row.id, move |_| page).await
}

async fn editable(backend: &Backend, who: &Who, slug: &str) -> Result<StudioRow> {
    let mut reader = backend.db.read().await?;
    rights::editable(&mut reader.conn(), who, slug).await
}

async fn rewrite(
    backend: &Backend,
    who: &Who,
    id: CampaignId,
    page: impl FnOnce(&Page) -> Page + Send + 'static,
) -> Result<()> {
    let account = who.account;
    let act = Box::new(move |document: &mut domain::story::document::Document| {
        let page = page(&document.page());
        document.rewrite(&page);
    });
    let rewrite = |reply| Command::Rewrite { act, account, reply };
    backend.rooms.ask(backend, id, rewrite).await?.1
}
