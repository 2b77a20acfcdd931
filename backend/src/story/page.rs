//! What the editor and the history of a page ask for.

use domain::{
    Invalid, Problem,
    id::CampaignId,
    story::{
        Page, Part, markdown,
        view::{Editor, History, Summary, VersionLine, VersionPage},
    },
    words::story as w,
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
    let publish = |reply| Command::Publish { account, version_read, reply };
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

/// Whether the form without scripts may save a story: it shows, and would publish, only
/// what is published.
///
/// # Errors
/// A problem of `story` while other changes wait to be published.
pub(crate) async fn may_use_form(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    let Ok(row) = editable(backend, who, slug).await else { return Ok(()) };
    if row.launched_at.is_none() || !is_begun(backend, row.id).await? {
        return Ok(());
    }
    let waits = editor(backend, who, slug).await?.summary.parts.contains(&Part::Story);
    if !waits {
        return Ok(());
    }
    let problem = Problem::told(|locale| w::form_while_unpublished(locale).to_owned());
    Err(Invalid::field("story", problem).into())
}

/// Lets a document follow what a form has saved, if there is one; on a launched campaign
/// that is published at once, as a form's save always was.
///
/// # Errors
/// When the database fails.
pub(crate) async fn follow_form(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    let row = editable(backend, who, slug).await?;
    if !is_begun(backend, row.id).await? {
        return Ok(());
    }
    let (title, subtitle) = (row.title.clone(), row.subtitle.clone());
    let story = row.story.clone();
    let (reply_account, id) = (who.account, row.id);
    let act = Box::new(move |document: &mut domain::story::document::Document| {
        let blocks = markdown::blocks(&story);
        let now = document.page();
        // A story that only the editor can write is not made poorer by a form that did
        // not change it.
        let is_same = markdown::markdown(&now.story) == story;
        let story = if is_same { now.story } else { document.recognised(blocks) };
        let page = Page { title, subtitle, story, ..document.page() };
        document.rewrite(&page);
    });
    let rewrite = |reply| Command::Rewrite { act, account: reply_account, reply };
    backend.rooms.ask(backend, id, rewrite).await?.1?;
    if row.launched_at.is_some() {
        let version = editor(backend, who, slug).await?.version;
        match publish(backend, who, slug, Some(version)).await {
            // Nothing new, or not fit to be a version: the form has saved all the same.
            Ok(_) | Err(Error::Invalid(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn editable(backend: &Backend, who: &Who, slug: &str) -> Result<StudioRow> {
    let mut reader = backend.db.read().await?;
    rights::editable(&mut reader.conn(), who, slug).await
}

async fn is_begun(backend: &Backend, id: CampaignId) -> Result<bool> {
    let mut reader = backend.db.read().await?;
    Ok(sql::kept(&mut reader.conn(), id).await?.is_some())
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
