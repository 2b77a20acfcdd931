//! What visitors see of a campaign beside its texts is changed at once, without a version
//! of the page: that is written down for everybody, and open pages are told.

pub(crate) mod sql;

use domain::{
    campaign::shelf::{ShelfChange, ShelfChangeKind},
    slug::Slug,
};

use super::{Desk, sql::by_slug};
use crate::{
    campaign,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    live,
};

/// What is told of a reward; nothing of one that only its link opens.
pub(super) fn of_reward(
    kind: ShelfChangeKind,
    title: &str,
    is_secret: bool,
) -> Option<(ShelfChangeKind, &str)> {
    (!is_secret).then_some((kind, title))
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
    change: Option<(ShelfChangeKind, &str)>,
) -> Result<()> {
    let id = desk.row.id;
    if desk.row.launched_at.is_none() {
        return Ok(());
    }
    let number = sql::turn(conn, id).await?;
    if let Some(change) = change {
        sql::insert(conn, id, number, change, desk.now).await?;
    }
    live::announce(conn, &backend.hub, &[id]).await
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
