//! Embeds by name: who shows a campaign asks for one, and is told what comes of it.

use domain::{
    Invalid, Problem,
    embed::{
        id::EmbedId,
        outcome::{EmbedLine, MOST_EMBEDS, MOST_LISTED},
    },
    id::PledgeId,
    slug::Slug,
};
use rand::Rng as _;

use super::{renew, snapshot, sql};
use crate::{
    account::Who,
    context::Backend,
    error::{Error, Result},
};

/// Makes a name for one place where a campaign is shown. Anybody may ask; it belongs to
/// them if they are signed in.
///
/// # Errors
/// [`Error::NotFound`] when there is no such public campaign; [`Problem::TooMany`] when it
/// has as many as one may have.
pub async fn make(backend: &Backend, who: Option<&Who>, slug: &str) -> Result<EmbedId> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let campaign = snapshot(backend, &slug).await?.page.id;
    let id = EmbedId::from_bits(rand::rng().next_u64());
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    if sql::count(&mut conn, campaign).await? >= i64::from(MOST_EMBEDS) {
        return Err(Invalid::field("", Problem::TooMany { most: MOST_EMBEDS }).into());
    }
    let owner = who.map(|who| who.account);
    sql::insert(&mut conn, id, campaign, owner, backend.clock.now()).await?;
    tx.commit().await?;
    renew(backend, &slug).await;
    Ok(id)
}

/// The visitor's own embeds, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(backend: &Backend, who: &Who) -> Result<Vec<EmbedLine>> {
    let mut reader = backend.db.read().await?;
    let lines = sql::of_owner(&mut reader.conn(), who.account, MOST_LISTED).await?;
    reader.done();
    Ok(lines)
}

/// Notes by which embed a pledge came. The pledge is answered whatever becomes of this;
/// names that nobody made, or that are of another campaign, say nothing.
pub(crate) async fn note_pledge(backend: &Backend, pledge: PledgeId, embed: &str) {
    let Ok(id) = embed.parse::<EmbedId>() else { return };
    let noted = async {
        let mut tx = backend.db.begin().await?;
        sql::note_pledge(&mut tx.conn(), pledge, id).await?;
        tx.commit().await
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "it was not noted by which embed a pledge came");
    }
}
