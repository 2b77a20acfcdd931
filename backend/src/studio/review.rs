//! From the creator to the operator and back.

use domain::{
    Invalid,
    campaign::life::Event,
    pledge::Refusal,
    reward::RewardKind,
    studio::{CheckItem, EventKind, Facts, RemarkForm, Step, checklist, is_complete, problem},
};

use super::{Desk, Note, Runs, at_desk, identity, sql, write_to_creator};
use crate::{
    account::Who,
    campaign::life,
    context::Backend,
    db::Conn,
    error::Result,
    mail::{self, Letter},
    reward,
};

/// Sends a campaign to the operators, each of whom gets a letter.
///
/// # Errors
/// [`crate::Error::NotFound`] for everyone but the creator; [`Refusal::WrongState`];
/// [`problem::incomplete`] on the whole of it.
pub async fn submit(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    let base_url = &backend.options.base_url;
    at_desk(backend, who, slug, Runs::Campaign, async |conn, desk| {
        desk.must_allow(Step::Submit)?;
        if !is_complete(&missing(conn, desk).await?) {
            return Err(Invalid::field("", problem::incomplete()).into());
        }
        turn(conn, desk, Event::Submit, base_url).await?;
        note(conn, desk, Some(who), EventKind::Submitted, "").await?;
        let letter = Letter::CampaignSubmitted {
            title: desk.row.title.clone(),
            creator: desk.row.creator.clone(),
            link: format!("{base_url}/studio/{}", desk.row.slug),
        };
        let mut letters = Vec::new();
        for (email, locale) in sql::operators(conn).await? {
            letters.push(mail::written(&email, locale, &letter, desk.now)?);
        }
        mail::insert_all(conn, &letters).await
    })
    .await
}

/// Takes a campaign back to change it, approved or not.
///
/// # Errors
/// [`crate::Error::NotFound`] for everyone but the creator; [`Refusal::WrongState`].
pub async fn withdraw(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    let base_url = &backend.options.base_url;
    at_desk(backend, who, slug, Runs::Campaign, async |conn, desk| {
        turn(conn, desk, Event::Return, base_url).await?;
        sql::set_approval(conn, desk.row.id, None, desk.row.launch_at).await?;
        note(conn, desk, Some(who), EventKind::Withdrawn, "").await
    })
    .await
}

/// Deletes a draft with everything in it.
///
/// # Errors
/// [`crate::Error::NotFound`] for everyone but the creator; [`Refusal::WrongState`].
pub async fn delete_draft(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    at_desk(backend, who, slug, Runs::Campaign, async |conn, desk| {
        desk.must_allow(Step::DeleteDraft)?;
        sql::delete(conn, desk.row.id).await
    })
    .await
}

/// The operator says yes; from now on the creator launches when they like. A launch
/// that was planned for a time that has passed meanwhile is theirs to start by hand.
///
/// # Errors
/// [`crate::Error::NotFound`] for everyone else; [`Refusal::WrongState`]; a problem of
/// `remark`.
pub async fn approve(backend: &Backend, who: &Who, form: &RemarkForm) -> Result<()> {
    let base_url = &backend.options.base_url;
    at_desk(backend, who, &form.slug, Runs::Platform, async |conn, desk| {
        desk.must_allow(Step::Approve)?;
        let remark = form.parse(false)?;
        let (row, now) = (&desk.row, desk.now);
        let launch_at = row.launch_at.filter(|at| *at > now);
        sql::set_approval(conn, row.id, Some(now), launch_at).await?;
        note(conn, desk, Some(who), EventKind::Approved, &remark).await?;
        let letter = Letter::CampaignApproved {
            title: row.title.clone(),
            remark,
            launch_at,
            link: format!("{base_url}/studio/{}", row.slug),
        };
        write_to_creator(conn, row.id, &letter, now).await
    })
    .await
}

/// The operator asks for changes.
///
/// # Errors
/// [`crate::Error::NotFound`] for everyone else; [`Refusal::WrongState`]; a problem of
/// `remark`, which there has to be.
pub async fn return_with_remarks(backend: &Backend, who: &Who, form: &RemarkForm) -> Result<()> {
    let base_url = &backend.options.base_url;
    at_desk(backend, who, &form.slug, Runs::Platform, async |conn, desk| {
        desk.must_allow(Step::Return)?;
        let remark = form.parse(true)?;
        turn(conn, desk, Event::Return, base_url).await?;
        let (row, now) = (&desk.row, desk.now);
        sql::set_approval(conn, row.id, None, row.launch_at).await?;
        note(conn, desk, Some(who), EventKind::Returned, &remark).await?;
        let link = format!("{base_url}/studio/{}", row.slug);
        let letter = Letter::CampaignReturned { title: row.title.clone(), remark, link };
        write_to_creator(conn, row.id, &letter, now).await
    })
    .await
}

/// The checklist of a campaign.
pub(super) async fn missing(conn: &mut Conn<'_>, desk: &Desk) -> Result<Vec<CheckItem>> {
    let row = &desk.row;
    let shelf = reward::all(conn, row.id, row.currency).await?;
    let identity = identity::of(conn, row.creator_id, row.slug.as_str()).await?;
    list(row, &shelf, identity::is_stated(&identity), desk.now)
}

/// The checklist of a campaign with these rewards, of somebody who has said who they
/// are, or not.
pub(super) fn list(
    row: &sql::StudioRow,
    shelf: &[domain::reward::RewardView],
    has_identity: bool,
    now: domain::Timestamp,
) -> Result<Vec<CheckItem>> {
    let (funds, schedule) = (row.funds()?, row.schedule());
    let facts = Facts {
        subtitle: &row.subtitle,
        has_country: row.country.is_some(),
        funds: &funds,
        schedule: &schedule,
        story: &row.story,
        rewards: shelf.iter().filter(|view| view.kind == RewardKind::Reward).count(),
        undated: shelf.iter().filter(|view| view.delivery.is_none()).count(),
        has_identity,
    };
    Ok(checklist(&facts, now))
}

/// Moves a campaign that nobody backs yet.
async fn turn(conn: &mut Conn<'_>, desk: &Desk, event: Event, base_url: &str) -> Result<()> {
    let turned = life::advance(conn, &desk.locked, event, base_url, desk.now).await?;
    turned.map(drop).ok_or_else(|| Refusal::WrongState { state: desk.row.state }.into())
}

/// Writes a row of the history.
pub(super) async fn note(
    conn: &mut Conn<'_>,
    desk: &Desk,
    who: Option<&Who>,
    kind: EventKind,
    remark: &str,
) -> Result<()> {
    Note { who, kind, remark }.write(conn, desk.row.id, desk.now).await
}
