//! What happens to a campaign from its launch to its verdict, as the machine of
//! `domain::campaign::life` decides it. The row's lock makes each step the one
//! moment of truth.

pub(crate) mod sql;

use domain::{
    Invalid, Money, Timestamp,
    account::Role,
    campaign::{
        CampaignState, FundingRule,
        life::{Effect, Event},
        payout::Times,
        rule::Tally,
    },
    id::CampaignId,
    people::Right,
    pledge::{Refusal, money::FIX_AT_ONCE},
    studio::EventKind,
    time::DAY,
};

use super::locked::{self, Locked};
use crate::{
    account::Who,
    announcement, collection,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    mail::Letter,
    people,
    pledge::batch,
    story,
    studio::{self, Note},
};

/// Launches a campaign that the operator has approved. Its creator may move the
/// end by a few days, back below zero; nothing of its terms moves afterwards.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; [`Error::Invalid`] about `deadline`;
/// [`Refusal::WrongState`] when it is not waiting for this.
pub async fn launch(backend: &Backend, who: &Who, slug: &str, nudge: i64) -> Result<()> {
    let id = owned(backend, who, slug).await?;
    let now = backend.clock.now();
    let note = Note { who: Some(who), kind: EventKind::Launched, remark: "" };
    step(backend, id, now, note, async |conn, row| {
        let event = begin(conn, row, nudge, now).await?;
        announcement::tell(conn, row, &backend.options.base_url, now).await?;
        Ok(event)
    })
    .await
}

/// Launches a campaign whose time has come, unless somebody was quicker.
///
/// # Errors
/// What [`launch`] refuses.
pub(crate) async fn launch_by_clock(backend: &Backend, id: CampaignId) -> Result<()> {
    let now = backend.clock.now();
    let note = Note { who: None, kind: EventKind::Launched, remark: "" };
    step(backend, id, now, note, async |conn, row| {
        let plan = sql::plan(conn, row.id).await?;
        if plan.launch_at.is_none_or(|at| at > now) {
            return Err(Refusal::WrongState { state: row.state }.into());
        }
        let event = begin(conn, row, 0, now).await?;
        let link = format!("{}/campaigns/{}", backend.options.base_url, row.slug);
        let letter =
            Letter::CampaignLaunched { title: row.title.clone(), deadline: row.deadline, link };
        studio::write_to_creator(conn, row.id, &letter, now).await?;
        announcement::tell(conn, row, &backend.options.base_url, now).await?;
        Ok(event)
    })
    .await
}

/// Gives a locked campaign the end that its launch decides, moved by so many days.
async fn begin(conn: &mut Conn<'_>, row: &mut Locked, nudge: i64, now: Timestamp) -> Result<Event> {
    let plan = sql::plan(conn, row.id).await?;
    if plan.approved_at.is_none() {
        return Err(Refusal::WrongState { state: row.state }.into());
    }
    let planned = plan.days.map_or(row.deadline, |days| now.plus(days * DAY));
    row.deadline = row
        .plan
        .terms()
        .launch(now, planned, planned.plus(nudge * DAY))
        .map_err(|problem| Invalid::field("deadline", problem))?;
    sql::set_launch(conn, row.id, now).await?;
    story::launch(conn, row.id, now).await?;
    Ok(Event::Launch)
}

/// The creator calls a campaign off: whoever was charged gets it back, and
/// nobody else is charged. Everybody may read the reason.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; [`Refusal::WrongState`] when it is over, or
/// has succeeded.
pub async fn cancel(backend: &Backend, who: &Who, slug: &str, reason: &str) -> Result<()> {
    let id = owned(backend, who, slug).await?;
    let note = Note { who: Some(who), kind: EventKind::Cancelled, remark: reason };
    step(backend, id, backend.clock.now(), note, async |conn, row| {
        // What was never launched is withdrawn and deleted; nobody has to read of it.
        if !row.state.is_public() {
            return Err(Refusal::WrongState { state: row.state }.into());
        }
        sql::set_reason(conn, row.id, Some(reason)).await?;
        Ok(Event::Cancel)
    })
    .await
}

/// The creator sells on after a success that did not open late pledges.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; [`Refusal::WrongState`] when they are open, or
/// were.
pub async fn open_late_pledges(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    let id = owned(backend, who, slug).await?;
    let note = Note { who: Some(who), kind: EventKind::LateOpened, remark: "" };
    step(backend, id, backend.clock.now(), note, async |_, _| Ok(Event::OpenLatePledges)).await
}

/// The creator ends the sale after the success, for good.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; [`Refusal::WrongState`] when none is open.
pub async fn close_late_pledges(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    let id = owned(backend, who, slug).await?;
    let note = Note { who: Some(who), kind: EventKind::LateClosed, remark: "" };
    step(backend, id, backend.clock.now(), note, async |_, _| Ok(Event::CloseLatePledges)).await
}

/// The operator stops a campaign: it takes no pledges, nobody is charged and
/// nobody is paid until it goes on. Everybody may read the reason.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; [`Refusal::WrongState`] when it is over.
pub async fn suspend(backend: &Backend, who: &Who, slug: &str, reason: &str) -> Result<()> {
    let id = operated(backend, who, slug).await?;
    let note = Note { who: Some(who), kind: EventKind::Suspended, remark: reason };
    step(backend, id, backend.clock.now(), note, async |conn, row| {
        sql::set_reason(conn, row.id, Some(reason)).await?;
        Ok(Event::Suspend)
    })
    .await
}

/// The operator lets a stopped campaign go on.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; [`Refusal::WrongState`] when it was not stopped.
pub async fn resume(backend: &Backend, who: &Who, slug: &str, remark: &str) -> Result<()> {
    let id = operated(backend, who, slug).await?;
    let note = Note { who: Some(who), kind: EventKind::Resumed, remark };
    step(backend, id, backend.clock.now(), note, async |conn, row| {
        sql::set_reason(conn, row.id, None).await?;
        Ok(Event::Resume)
    })
    .await
}

/// The campaign, if they own it.
pub(crate) async fn owned(backend: &Backend, who: &Who, slug: &str) -> Result<CampaignId> {
    let mut reader = backend.db.read().await?;
    let conn = &mut reader.conn();
    let id = found(conn, slug).await?;
    people::needs(conn, who, id, Right::Own).await?;
    Ok(id)
}

/// The campaign, if they run the platform.
pub(crate) async fn operated(backend: &Backend, who: &Who, slug: &str) -> Result<CampaignId> {
    if who.role != Role::Operator {
        return Err(Error::NotFound);
    }
    found(&mut backend.db.read().await?.conn(), slug).await
}

async fn found(conn: &mut Conn<'_>, slug: &str) -> Result<CampaignId> {
    let slug = domain::slug::Slug::parse(slug).ok_or(Error::NotFound)?;
    sql::id(conn, slug.as_str()).await?.ok_or(Error::NotFound)
}

/// One step that somebody wants, in a transaction of its own, with its row in the
/// campaign's history; open pages hear of it.
async fn step(
    backend: &Backend,
    id: CampaignId,
    now: Timestamp,
    note: Note<'_>,
    wanted: impl AsyncFnOnce(&mut Conn<'_>, &mut Locked) -> Result<Event>,
) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let mut row = locked::lock(&mut conn, &[id]).await?.pop().ok_or(Error::NotFound)?;
    let event = wanted(&mut conn, &mut row).await?;
    let done = advance(&mut conn, &row, event, &backend.options.base_url, now).await?;
    done.ok_or(Refusal::WrongState { state: row.state })?;
    note.write(&mut conn, id, now).await?;
    crate::live::announce(&mut conn, &backend.hub, &[id]).await?;
    tx.commit().await?;
    backend.hub.refresh(&backend.db, &[id]).await
}

/// Takes every campaign further whose time has come, each in its own
/// transaction, and tells open pages. Several processes may do this at once.
///
/// # Errors
/// When the database fails; what was closed before stays closed.
pub async fn close_due(backend: &Backend) -> Result<u32> {
    let now = backend.clock.now();
    let due = {
        let mut reader = backend.db.read().await?;
        sql::due(&mut reader.conn(), now).await?
    };
    let mut closed = 0;
    for id in due {
        let mut tx = backend.db.begin().await?;
        // Another process was first, perhaps; then this never happened.
        if close(&mut tx.conn(), id, &backend.options.base_url, now).await?.is_none() {
            continue;
        }
        crate::live::announce(&mut tx.conn(), &backend.hub, &[id]).await?;
        tx.commit().await?;
        closed += 1;
        backend.hub.refresh(&backend.db, &[id]).await?;
    }
    Ok(closed)
}

/// Decides a campaign by what was promised, once its deadline has passed; or by
/// what was charged, where that decides, once cards can be seen to no longer.
///
/// # Errors
/// When the database fails.
pub(crate) async fn close(
    conn: &mut Conn<'_>,
    id: CampaignId,
    base_url: &str,
    now: Timestamp,
) -> Result<Option<CampaignState>> {
    let Some(row) = locked::lock(conn, &[id]).await?.pop() else { return Ok(None) };
    let event = match row.state {
        CampaignState::Deciding if row.fix_until.is_some_and(|until| until <= now) => {
            let units = sql::collected_units(conn, id).await?;
            Event::WindowOver { collected: Tally { amount: kept(&row), units } }
        }
        // Where cards are charged at once, what went back is not raised.
        _ if row.plan.terms().rule == FundingRule::KeepWhatYouRaise => {
            Event::Deadline { promised: Tally { amount: kept(&row), units: row.units } }
        }
        _ => Event::Deadline { promised: Tally::from(&row.funding()) },
    };
    advance(conn, &row, event, base_url, now).await
}

/// What was charged and did not go back.
const fn kept(row: &Locked) -> i64 {
    row.collected - row.refunded - row.charged_back
}

/// Ends a campaign early, as its creator or the operator wants.
///
/// # Errors
/// When the database fails.
pub(crate) async fn stop(
    conn: &mut Conn<'_>,
    id: CampaignId,
    wanted: Event,
    base_url: &str,
    at: Timestamp,
) -> Result<Option<CampaignState>> {
    let Some(row) = locked::lock(conn, &[id]).await?.pop() else { return Ok(None) };
    advance(conn, &row, wanted, base_url, at).await
}

/// Does to a locked campaign what its machine allows, with the letters to its
/// backers. `None`, and nothing to commit, when it does not.
pub(crate) async fn advance(
    conn: &mut Conn<'_>,
    row: &Locked,
    event: Event,
    base_url: &str,
    at: Timestamp,
) -> Result<Option<CampaignState>> {
    let terms = row.plan.terms();
    let Ok((next, effect)) = row.life().after(&terms, event, at) else { return Ok(None) };
    let times = Times { fix_until: row.fix_until, payout_at: row.payout_at };
    let mut times = times.after(effect, row.deadline, at);
    if effect == Effect::Thaw {
        let (promised, _) = collection::sql::outstanding(conn, row.id).await?;
        times = times.thawed(promised, at);
        batch::ask_anew(conn, row.id, at, at.plus(FIX_AT_ONCE)).await?;
    }
    sql::set_life(conn, row.id, &next, &times, at).await?;
    if matches!(effect, Effect::ChargeAll | Effect::ChargeToDecide) {
        collection::plan::sql::begin(conn, row.id).await?;
    }
    if matches!(effect, Effect::Release | Effect::GiveBack) {
        collection::release::sql::begin(conn, row.id).await?;
    }
    let total = Money::new(i64::MAX, row.currency);
    let link = format!("{base_url}/campaigns/{}", row.slug);
    if let Some(mut letter) = letter(&row.title, total, link, next.state, effect) {
        if let Letter::CampaignCancelled { reason, .. } = &mut letter {
            *reason = sql::reason(conn, row.id).await?;
        }
        let written = serde_json::to_string(&letter)?;
        // The only number that a letter to all has of its own.
        let (head, tail) = written
            .split_once(&format!("\"minor\":{}", i64::MAX))
            .expect("a letter to backers holds the total it was made with");
        let parts = (format!("{head}\"minor\":"), tail);
        sql::write_to_backers(conn, row.id, letter.kind(), (&parts.0, parts.1), at).await?;
    }
    Ok(Some(next.state))
}

/// What every backer is told, if anything.
pub(crate) fn letter(
    title: &str,
    total: Money,
    link: String,
    next: CampaignState,
    effect: Effect,
) -> Option<Letter> {
    let title = title.to_owned();
    match (next, effect) {
        (_, Effect::ChargeAll) => Some(Letter::CampaignSucceeded { title, total, link }),
        (_, Effect::Keep) => Some(Letter::CampaignFunded { title, total, link }),
        (CampaignState::Cancelled, Effect::Release | Effect::GiveBack) => {
            Some(Letter::CampaignCancelled { title, total, reason: None })
        }
        (_, Effect::Release) => Some(Letter::CampaignFailed { title, total }),
        (_, Effect::GiveBack) => Some(Letter::CampaignUnfunded { title, total }),
        _ => None,
    }
}
