//! The link that shows a campaign before its launch to whoever has it.

use domain::{
    campaign::CampaignPage,
    people::{PeopleEventKind, Right, Rights},
    pledge::Refusal,
};

use super::{Note, sql};
use crate::{
    account::Who,
    campaign,
    context::Backend,
    error::{Error, Result},
    secret::random_token,
    studio::{Runs, at_desk},
};

/// Makes a link, in place of the one that was there.
///
/// # Errors
/// As [`super::needs`] of the right to edit the page; [`Refusal::WrongState`] for a
/// campaign that everybody can see.
pub async fn make_link(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    at_desk(backend, who, slug, Runs::With(Right::EditPage), async |conn, desk| {
        let row = &desk.row;
        if row.state.is_public() {
            return Err(Refusal::WrongState { state: row.state }.into());
        }
        sql::put_link(conn, row.id, &random_token(), desk.now).await?;
        let kind = PeopleEventKind::PreviewMade;
        Note { kind, subject: "", rights: Rights::NONE }.write(conn, desk, Some(who)).await
    })
    .await
}

/// Ends the link there is, if there is one.
///
/// # Errors
/// As [`super::needs`] of the right to edit the page.
pub async fn revoke_link(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    at_desk(backend, who, slug, Runs::With(Right::EditPage), async |conn, desk| {
        if !sql::delete_link(conn, desk.row.id).await? {
            return Ok(());
        }
        let kind = PeopleEventKind::PreviewRevoked;
        Note { kind, subject: "", rights: Rights::NONE }.write(conn, desk, Some(who)).await
    })
    .await
}

/// The campaign behind a link, as backers will see it. Nothing of it can be changed, and
/// its secret rewards stay secret.
///
/// # Errors
/// [`Error::NotFound`] for a link that was never made, was revoked or replaced.
pub async fn preview(backend: &Backend, token: &str) -> Result<CampaignPage> {
    // Addresses hold anything, also what Postgres refuses to take as text.
    if token.is_empty() || token.contains('\0') {
        return Err(Error::NotFound);
    }
    let mut reader = backend.db.read().await?;
    let conn = &mut reader.conn();
    let slug = sql::linked(conn, token).await?.ok_or(Error::NotFound)?;
    let page = campaign::as_seen(conn, slug.as_str(), backend.clock.now()).await?;
    reader.done();
    Ok(page)
}
