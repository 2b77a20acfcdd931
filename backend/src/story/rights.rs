//! Who may edit a page, and what of it now.

use domain::{
    Locale,
    account::Role,
    campaign::policy::{self, Edit, Phase},
    email::EmailAddress,
    id::{AccountId, CampaignId},
    slug::Slug,
    story::{Part, frame::Refused},
    words::story as w,
};

use super::sql;
use crate::{
    account::Who,
    campaign,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    studio::sql::{self as studio, StudioRow, by_slug},
};

/// Whether somebody may edit the page of this campaign. Whoever else shall be able to
/// is added here, and only here.
pub(super) fn may_edit_page(who: &Who, row: &StudioRow) -> bool {
    row.creator_id == who.account || who.role == Role::Operator
}

/// Whether somebody may say yes or no to what another one wants to publish.
pub(super) fn may_judge(who: &Who, row: &StudioRow, author: AccountId) -> bool {
    may_edit_page(who, row) && who.account != author
}

/// Where letters go to whoever may say yes to what this one wants to publish.
///
/// # Errors
/// When the database fails.
pub(super) async fn judges(
    conn: &mut Conn<'_>,
    row: &StudioRow,
    author: AccountId,
) -> Result<Vec<(EmailAddress, Locale)>> {
    if row.creator_id == author {
        return studio::operators(conn).await;
    }
    Ok(vec![studio::creator_address(conn, row.id).await?])
}

/// The campaign whose page somebody edits.
///
/// # Errors
/// [`Error::NotFound`] for who may not.
pub(super) async fn editable(conn: &mut Conn<'_>, who: &Who, slug: &str) -> Result<StudioRow> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let row = by_slug(conn, &slug).await?.ok_or(Error::NotFound)?;
    if may_edit_page(who, &row) { Ok(row) } else { Err(Error::NotFound) }
}

/// The campaign as it is now.
///
/// # Errors
/// [`Error::NotFound`] when it is gone, as a deleted draft is.
pub(super) async fn row(conn: &mut Conn<'_>, id: CampaignId) -> Result<StudioRow> {
    let slug = campaign::sql::slug_of(conn, id).await?.ok_or(Error::NotFound)?;
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    by_slug(conn, &slug).await?.ok_or(Error::NotFound)
}

/// Whether somebody who is here may stay.
///
/// # Errors
/// When the database fails.
pub(super) async fn may_stay(
    backend: &Backend,
    conn: &mut Conn<'_>,
    who: &Who,
    row: &StudioRow,
) -> Result<bool> {
    let is_signed_in = match who.session {
        Some(session) => sql::is_signed_in(conn, session, backend.clock.now()).await?,
        None => true,
    };
    Ok(is_signed_in && may_edit_page(who, row))
}

/// Why a part may not be edited in this phase, if it may not.
pub(super) fn lock(part: Part, phase: Phase) -> Option<Refused> {
    match policy::campaign(part.key(), phase, true) {
        Edit::Locked(lock) => Some(refused(|locale| lock.say(locale).to_owned())),
        Edit::Free | Edit::OnlyUp(_) => None,
    }
}

/// Why nothing of a page may be edited in this phase, if nothing may.
pub(super) fn all_locked(phase: Phase) -> Option<Refused> {
    let locks: Vec<Option<Refused>> = Part::ALL.iter().map(|part| lock(*part, phase)).collect();
    if locks.iter().all(Option::is_some) { locks.into_iter().next().flatten() } else { None }
}

/// That somebody has lost the right.
pub(super) fn no_right() -> Refused {
    refused(|locale| w::refused_rights(locale).to_owned())
}

/// A refusal in every language.
pub(super) fn refused(say: impl Fn(Locale) -> String) -> Refused {
    Refused { counter: 0, en: say(Locale::En), fr: say(Locale::Fr) }
}
