//! Who may edit a page, and what of it now.

use domain::{
    Locale,
    account::Role,
    campaign::policy::{self, Edit, Phase},
    email::EmailAddress,
    id::{AccountId, CampaignId},
    people::Right,
    slug::Slug,
    story::{Part, frame::Refused},
    words::story as w,
};

use super::{plan::sql::SetRow, sql};
use crate::{
    account::Who,
    campaign,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    people::{self, Team},
    studio::sql::{self as studio, StudioRow, by_slug},
};

/// Whether somebody may edit the page of this campaign; an operator may, too.
async fn may_edit_page(conn: &mut Conn<'_>, who: &Who, id: CampaignId) -> Result<bool> {
    Ok(people::access(conn, who, id).await?.sees(Right::EditPage))
}

/// Whether somebody who may edit the page may say yes or no to what this one wants to
/// publish.
pub(super) fn may_judge(who: &Who, author: AccountId) -> bool {
    who.account != author
}

/// Where letters go to whoever may say yes to what this one wants to publish: the others
/// who edit the page, and where there are none, whoever runs the platform.
///
/// # Errors
/// When the database fails.
pub(super) async fn judges(
    conn: &mut Conn<'_>,
    row: &StudioRow,
    author: AccountId,
) -> Result<Vec<(EmailAddress, Locale)>> {
    let others = people::sql::team(conn, row.id).await?.into_iter();
    let others = others.filter(|one| one.rights.has(Right::EditPage) && one.account_id != author);
    let judges: Vec<_> = others.map(|one| (one.email, one.locale)).collect();
    if judges.is_empty() { studio::operators(conn).await } else { Ok(judges) }
}

/// Whether whoever wanted changes published may still edit the page.
///
/// # Errors
/// When the database fails.
pub(super) async fn author_may_edit(conn: &mut Conn<'_>, set: &SetRow) -> Result<bool> {
    let rights = people::sql::rights(conn, set.campaign_id, set.author_id).await?;
    Ok(set.role == Role::Operator || rights.has(Right::EditPage))
}

/// Where letters go to whoever owns the campaign.
///
/// # Errors
/// When the database fails.
pub(super) async fn owners(
    conn: &mut Conn<'_>,
    row: &StudioRow,
) -> Result<Vec<(EmailAddress, Locale)>> {
    let team = people::sql::team(conn, row.id).await?.into_iter();
    Ok(team.filter(|one| one.rights.is_owner()).map(|one| (one.email, one.locale)).collect())
}

/// The campaign whose page somebody edits, by its address or its id.
///
/// # Errors
/// [`Error::NotFound`] for who may not.
pub(super) async fn editable(conn: &mut Conn<'_>, who: &Who, slug: &str) -> Result<StudioRow> {
    // An open editor goes by the id: the address of a draft may become another one.
    let known = match slug.parse::<CampaignId>() {
        Ok(id) => campaign::sql::slug_of(conn, id).await?,
        Err(_) => None,
    };
    let slug = Slug::parse(known.as_deref().unwrap_or(slug)).ok_or(Error::NotFound)?;
    let row = by_slug(conn, &slug).await?.ok_or(Error::NotFound)?;
    if may_edit_page(conn, who, row.id).await? { Ok(row) } else { Err(Error::NotFound) }
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
    team: &Team,
) -> Result<bool> {
    let is_signed_in = match who.session {
        Some(session) => sql::is_signed_in(conn, session, backend.clock.now()).await?,
        None => true,
    };
    Ok(is_signed_in && team.access(who).sees(Right::EditPage))
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
