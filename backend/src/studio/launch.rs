//! From the operator's yes to the end, as far as somebody decides it: by hand, at a
//! time, with a reason.

use domain::{
    Invalid,
    id::CampaignId,
    pledge::Refusal,
    studio::{EventKind, LaunchForm, ReasonForm, Step, schedule},
};

use super::{Note, Runs, at_desk, review::note, sql};
use crate::{
    account::Who,
    campaign::{self, life},
    context::Backend,
    error::{Error, Result},
};

/// Launches an approved campaign now.
///
/// # Errors
/// As [`launch_moved`].
pub async fn launch(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    launch_moved(backend, who, slug, "").await
}

/// Launches an approved campaign now, its end moved by the days that were typed.
///
/// # Errors
/// [`Error::NotFound`] for everyone but the creator; [`Refusal::WrongState`]; a problem
/// of `nudge`, or of the whole of it when its end has come too near without one.
pub async fn launch_moved(backend: &Backend, who: &Who, slug: &str, nudge: &str) -> Result<()> {
    life::owned(backend, who, slug).await?;
    let days = schedule::nudge(nudge).map_err(|problem| Invalid::field("nudge", problem))?;
    // An end that was not moved has no field here: the schedule has it.
    let field = if days == 0 { "" } else { "nudge" };
    campaign::launch(backend, who, slug, days).await.map_err(|error| match error {
        Error::Invalid(Invalid(problems)) => {
            let at_field = problems.into_values().map(|problem| (field.to_owned(), problem));
            Invalid(at_field.collect()).into()
        }
        error => error,
    })
}

/// Sets the time at which an approved campaign launches by itself.
///
/// # Errors
/// [`Error::NotFound`] for everyone but the creator; [`Refusal::WrongState`]; a problem
/// of `date`, also when it would run for too few or too many days then.
pub async fn schedule_launch(backend: &Backend, who: &Who, form: &LaunchForm) -> Result<()> {
    at_desk(backend, who, &form.slug, Runs::Campaign, async |conn, desk| {
        desk.must_allow(Step::ScheduleLaunch)?;
        let (row, terms) = (&desk.row, desk.row.terms());
        let at = form.parse(terms.zone, desk.now)?;
        let length = terms.rule.check_duration(at, row.schedule().ends.after(at));
        length.map_err(|problem| Invalid::field("date", problem))?;
        sql::set_approval(conn, row.id, row.approved_at, Some(at)).await?;
        let when = terms.zone.long(at, row.language);
        note(conn, desk, Some(who), EventKind::Scheduled, &when).await
    })
    .await
}

/// Takes that time back.
///
/// # Errors
/// [`Error::NotFound`] for everyone but the creator; [`Refusal::WrongState`] when none
/// is set.
pub async fn abort_launch(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    at_desk(backend, who, slug, Runs::Campaign, async |conn, desk| {
        desk.must_allow(Step::AbortLaunch)?;
        sql::set_approval(conn, desk.row.id, desk.row.approved_at, None).await?;
        note(conn, desk, Some(who), EventKind::Aborted, "").await
    })
    .await
}

/// Calls a campaign off.
///
/// # Errors
/// [`Error::NotFound`] for everyone but the creator; problems of `reason` and `sure`;
/// [`Refusal::WrongState`] when it is over, has succeeded, or was never launched.
pub async fn cancel(backend: &Backend, who: &Who, form: &ReasonForm) -> Result<()> {
    life::owned(backend, who, &form.slug).await?;
    campaign::cancel(backend, who, &form.slug, &form.parse(true)?).await
}

/// Sells on after a success that did not open late pledges.
///
/// # Errors
/// As [`close_late_pledges`].
pub async fn open_late_pledges(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    campaign::open_late_pledges(backend, who, slug).await
}

/// Ends the sale after the success, for good.
///
/// # Errors
/// [`Error::NotFound`] for everyone but the creator; [`Refusal::WrongState`].
pub async fn close_late_pledges(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    campaign::close_late_pledges(backend, who, slug).await
}

/// The operator stops a campaign.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; a problem of `reason`;
/// [`Refusal::WrongState`].
pub async fn suspend(backend: &Backend, who: &Who, form: &ReasonForm) -> Result<()> {
    life::operated(backend, who, &form.slug).await?;
    campaign::suspend(backend, who, &form.slug, &form.parse(false)?).await
}

/// The operator lets it go on.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; a problem of `reason`;
/// [`Refusal::WrongState`].
pub async fn resume(backend: &Backend, who: &Who, form: &ReasonForm) -> Result<()> {
    life::operated(backend, who, &form.slug).await?;
    campaign::resume(backend, who, &form.slug, &form.parse(false)?).await
}

/// Launches every approved campaign whose time has come. Several processes may do
/// this at once: each campaign is launched once. Returns how many were.
///
/// # Errors
/// When the database fails; what was launched before stays launched.
pub async fn launch_due(backend: &Backend) -> Result<u32> {
    let now = backend.clock.now();
    let due = {
        let mut reader = backend.db.read().await?;
        sql::launch_due(&mut reader.conn(), now).await?
    };
    let mut launched = 0;
    for id in due {
        match life::launch_by_clock(backend, id).await {
            Ok(()) => launched += 1,
            // Somebody was quicker.
            Err(Error::Refused(Refusal::WrongState { .. }) | Error::NotFound) => {}
            // Its end has come too near. Its creator has to look; asking again each
            // second would not help.
            Err(Error::Invalid(_)) => give_up(backend, id).await?,
            Err(fault) => return Err(fault),
        }
    }
    Ok(launched)
}

/// Takes back the time of a launch that can no longer be.
async fn give_up(backend: &Backend, id: CampaignId) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    if campaign::locked::lock(&mut conn, &[id]).await?.is_empty() {
        return Ok(());
    }
    let plan = life::sql::plan(&mut conn, id).await?;
    sql::set_approval(&mut conn, id, plan.approved_at, None).await?;
    let (_, locale) = sql::creator_address(&mut conn, id).await?;
    let remark = domain::words::studio::launch_impossible(locale);
    Note { who: None, kind: EventKind::Aborted, remark }.write(&mut conn, id, now).await?;
    tx.commit().await
}
