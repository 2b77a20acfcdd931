//! What the editor and the history of a page ask for.

use std::{cmp::Reverse, collections::BTreeSet};

use domain::{
    campaign::shelf::Shelf,
    id::CampaignId,
    story::{
        Page,
        view::{Editor, History, Moment, Seen, Summary, VersionLine, VersionPage},
    },
};

use super::{plan, rights, room::Command, sql, store, told};
use crate::{
    account::Who,
    context::Backend,
    error::{Error, Result},
    media,
    studio::{
        shown::sql::{self as beside, ShelfRow},
        sql::StudioRow,
    },
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

/// What was published, newest first: versions, and what was changed beside them.
///
/// # Errors
/// [`Error::NotFound`] for who may not edit the page.
pub async fn versions(backend: &Backend, who: &Who, slug: &str) -> Result<History> {
    let row = editable(backend, who, slug).await?;
    let (mut rows, shelves) = kept(backend, row.id).await?;
    if rows.is_empty() && !shelves.is_empty() {
        // Nobody has opened the editor yet, which writes down what was told at the launch.
        let read = |reply| Command::Read { reply };
        backend.rooms.ask(backend, row.id, read).await?;
        rows = kept(backend, row.id).await?.0;
    }
    let mut versions = Vec::with_capacity(rows.len() + shelves.len());
    let mut before = Page::default();
    for version in rows.into_iter().rev() {
        let page: Page = serde_json::from_str(&version.page)?;
        let (summary, beside) = (Summary::of(&before, &page), BTreeSet::new());
        let (number, by, at) = (version.number, version.name, version.at);
        versions.push(VersionLine { number, step: 0, by, at, summary, beside });
        before = page;
    }
    let mut stood: Option<Shelf> = None;
    for row in shelves.into_iter().rev() {
        let shelf: Shelf = serde_json::from_str(&row.shelf)?;
        // The first one is how it stood before anything was changed.
        if let Some(stood) = &stood {
            let (summary, beside) = (Summary::default(), stood.differing(&shelf));
            let (number, step, by, at) = (row.version, row.step, row.name, row.at);
            versions.push(VersionLine { number, step, by, at, summary, beside });
        }
        stood = Some(shelf);
    }
    versions.sort_by_key(|line| Reverse(line.moment()));
    Ok(History { slug: row.slug, title: row.title, versions })
}

/// The versions, and how everything stood beside them, newest first.
async fn kept(
    backend: &Backend,
    campaign: CampaignId,
) -> Result<(Vec<sql::VersionRow>, Vec<ShelfRow>)> {
    let mut reader = backend.db.read().await?;
    let conn = &mut reader.conn();
    let versions = sql::versions(conn, campaign, MOST_VERSIONS).await?;
    let shelves = beside::shelves(conn, campaign, MOST_VERSIONS).await?;
    reader.done();
    Ok((versions, shelves))
}

/// One version as it was; 0 is what is written now.
///
/// # Errors
/// [`Error::NotFound`] for who may not edit the page, and for a version that is none.
pub async fn version(backend: &Backend, who: &Who, slug: &str, number: i64) -> Result<VersionPage> {
    moment(backend, who, slug, Moment { version: number, step: 0 }).await
}

/// What visitors saw at one time: the texts, and what stood beside them. Version 0 is
/// what is written now.
///
/// # Errors
/// [`Error::NotFound`] for who may not edit the page, and where the history has no such
/// line.
pub async fn moment(
    backend: &Backend,
    who: &Who,
    slug: &str,
    moment: Moment,
) -> Result<VersionPage> {
    let row = editable(backend, who, slug).await?;
    let Moment { version: number, step } = moment;
    if number == 0 {
        let read = |reply| Command::Read { reply };
        let (_, page) = backend.rooms.ask(backend, row.id, read).await?.1;
        let (at, by, shelf) = (backend.clock.now(), None, None);
        return Ok(VersionPage { number, step: 0, by, at, page, shelf });
    }
    let mut reader = backend.db.read().await?;
    let conn = &mut reader.conn();
    let found = sql::version(conn, row.id, number).await?.ok_or(Error::NotFound)?;
    let stood = beside::shelves_until(conn, row.id, moment, 1).await?.pop();
    reader.done();
    let page = serde_json::from_str(&found.page)?;
    let shelf = stood.as_ref().map(|row| serde_json::from_str(&row.shelf)).transpose()?;
    let (by, at) = match stood {
        _ if step == 0 => (found.name, found.at),
        Some(row) if (row.version, row.step) == (number, step) => (row.name, row.at),
        _ => return Err(Error::NotFound),
    };
    Ok(VersionPage { number, step, by, at, page, shelf })
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
