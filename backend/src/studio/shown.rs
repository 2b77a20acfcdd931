//! What visitors see of a campaign beside its texts is changed at once, without a version
//! of the page: that is written down for everybody, and open pages are told. How it stood
//! is kept after each change, for the history. A version it does not make: what waits to be
//! published, and whoever has the editor open, go by the texts alone.

pub(crate) mod sql;

use domain::{
    campaign::shelf::{Shelf, ShelfChange, ShelfChangeKind, ShelfPicture, ShelfReward},
    id::AccountId,
    slug::Slug,
    story::view::Moment,
};

use super::{
    Desk,
    sql::{StudioRow, by_slug},
};
use crate::{
    account::Who,
    campaign,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    live, media, reward,
};

/// How it stood before somebody saves, where visitors see it.
pub(super) struct Before {
    who: AccountId,
    /// Nothing before the launch: nobody has seen anything.
    shelf: Option<Shelf>,
}

/// What is told of a reward; nothing of one that only its link opens.
pub(super) fn of_reward(
    kind: ShelfChangeKind,
    title: &str,
    is_secret: bool,
) -> Option<(ShelfChangeKind, &str)> {
    (!is_secret).then_some((kind, title))
}

/// Looks at what stands there, in the transaction that is going to change it.
///
/// # Errors
/// When the database fails.
pub(super) async fn before(conn: &mut Conn<'_>, who: &Who, desk: &Desk) -> Result<Before> {
    let shelf = match desk.row.launched_at {
        Some(_) => Some(standing(conn, &desk.row).await?),
        None => None,
    };
    Ok(Before { who: who.account, shelf })
}

/// Notes that visitors see something else, in the transaction of what it is; and what it
/// is, where that stands nowhere else. Before the launch nobody has seen anything.
///
/// # Errors
/// When the database fails.
pub(super) async fn turn(
    conn: &mut Conn<'_>,
    backend: &Backend,
    desk: &Desk,
    before: &Before,
    change: Option<(ShelfChangeKind, &str)>,
) -> Result<()> {
    let Some(shelf) = &before.shelf else { return Ok(()) };
    let id = desk.row.id;
    let after = anew(conn, desk).await?;
    keep(conn, desk, before.who, (shelf, &after)).await?;
    let number = sql::turn(conn, id).await?;
    if let Some(change) = change {
        sql::insert(conn, id, number, change, desk.now).await?;
    }
    live::announce(conn, &backend.hub, &[id]).await
}

/// Notes which facts visitors see otherwise, if any, in the transaction that saves them.
///
/// # Errors
/// When the database fails.
pub(super) async fn facts(
    conn: &mut Conn<'_>,
    backend: &Backend,
    desk: &Desk,
    before: &Before,
) -> Result<()> {
    let Some(shelf) = &before.shelf else { return Ok(()) };
    let id = desk.row.id;
    let after = anew(conn, desk).await?;
    let facts = shelf.facts(&after);
    if facts.is_empty() {
        return Ok(());
    }
    keep(conn, desk, before.who, (shelf, &after)).await?;
    for (kind, title) in &facts {
        let number = sql::turn(conn, id).await?;
        sql::insert(conn, id, number, (*kind, title.as_str()), desk.now).await?;
    }
    live::announce(conn, &backend.hub, &[id]).await
}

/// How it stands now that something was written. The address of a launched campaign is
/// the one that it was read by.
async fn anew(conn: &mut Conn<'_>, desk: &Desk) -> Result<Shelf> {
    let row = by_slug(conn, &desk.row.slug).await?.ok_or(Error::NotFound)?;
    standing(conn, &row).await
}

/// How it stands, as everybody sees it.
async fn standing(conn: &mut Conn<'_>, row: &StudioRow) -> Result<Shelf> {
    let picture = media::parse(row.picture.as_deref());
    let rewards = reward::offered(conn, row.id, row.currency, "").await?;
    Ok(Shelf {
        picture: picture
            .map(|picture| ShelfPicture { address: picture.fitting(640), alt: picture.alt }),
        category: row.category,
        subcategory: row.subcategory.clone(),
        location: row.location.clone(),
        currency: row.currency,
        goals: serde_json::from_str(&row.stretch_goals)?,
        rewards: rewards.into_iter().map(ShelfReward::of).collect(),
    })
}

/// Keeps how it stands after a change, as a step after the version that visitors read;
/// and how it stood before the first one, so that there is something to compare with.
async fn keep(
    conn: &mut Conn<'_>,
    desk: &Desk,
    who: AccountId,
    (before, after): (&Shelf, &Shelf),
) -> Result<()> {
    if before == after {
        return Ok(());
    }
    let id = desk.row.id;
    let (version, changes) = sql::stand(conn, id).await?;
    // What a campaign tells at its launch is its first version, also while nobody has
    // opened the editor, which writes that down.
    let version = version.max(1);
    let step = match sql::shelves(conn, id, 1).await?.pop() {
        Some(last) if last.version == version => last.step + 1,
        Some(_) => 1,
        None => {
            // What was changed before this was kept is not known any more.
            let since = if changes == 0 { 0 } else { version };
            let first = Moment { version: since, step: 0 };
            let at = desk.row.launched_at.unwrap_or(desk.now);
            sql::insert_shelf(conn, id, first, &serde_json::to_string(before)?, None, at).await?;
            1
        }
    };
    let moment = Moment { version, step };
    let shelf = serde_json::to_string(after)?;
    sql::insert_shelf(conn, id, moment, &shelf, Some(who), desk.now).await
}

/// Has open pages look again, once it is committed.
pub(super) async fn tell(backend: &Backend, slug: &str) {
    if let Err(error) = refresh(backend, slug).await {
        // It is saved; open pages learn of it with the next figures.
        tracing::warn!(%error, "could not tell open pages of a changed shelf");
    }
}

async fn refresh(backend: &Backend, slug: &str) -> Result<()> {
    let id = {
        let mut reader = backend.db.read().await?;
        let id = campaign::life::sql::id(&mut reader.conn(), slug).await?;
        reader.done();
        id
    };
    match id {
        Some(id) => backend.hub.refresh(&backend.db, &[id]).await,
        None => Ok(()),
    }
}

/// What changed beside the texts of a page since its launch, newest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such public campaign.
pub async fn shelf_changes(backend: &Backend, slug: &str) -> Result<Vec<ShelfChange>> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let mut reader = backend.db.read().await?;
    let conn = &mut reader.conn();
    let row = by_slug(conn, &slug).await?.ok_or(Error::NotFound)?;
    if !row.state.is_public() {
        return Err(Error::NotFound);
    }
    let changes = sql::changes(conn, row.id).await?;
    reader.done();
    Ok(changes
        .into_iter()
        .map(|row| ShelfChange { at: row.at, kind: row.kind, title: row.title })
        .collect())
}
