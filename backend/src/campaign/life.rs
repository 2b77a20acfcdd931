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
        rule::Tally,
    },
    id::{AccountId, CampaignId},
    pledge::{Refusal, money::FIX_WINDOW},
    time::DAY,
};

use super::locked::{self, Locked};
use crate::{
    account::Who,
    collection,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    mail::Letter,
};
use sql::Times;

/// How long after the deadline the creator is paid (Kickstarter, `[K3]`).
const PAY_OUT_AFTER: i64 = 14 * DAY;

/// Launches a campaign that the operator has approved. Its creator may move the
/// end by a few days; nothing of its terms moves afterwards.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; [`Error::Invalid`] about `deadline`;
/// [`Refusal::WrongState`] when it is not waiting for this.
pub async fn launch(backend: &Backend, who: &Who, slug: &str, deadline: Timestamp) -> Result<()> {
    let id = owned(backend, who, slug).await?;
    let now = backend.clock.now();
    step(backend, id, now, async |conn, row| {
        let terms = row.plan.terms();
        row.deadline = terms
            .launch(now, row.deadline, deadline)
            .map_err(|problem| Invalid::field("deadline", problem))?;
        sql::set_launch(conn, row.id, now).await?;
        Ok(Event::Launch)
    })
    .await
}

/// The creator calls a campaign off: whoever was charged gets it back, and
/// nobody else is charged.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; [`Refusal::WrongState`] when it is over, or
/// has succeeded.
pub async fn cancel(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    let id = owned(backend, who, slug).await?;
    step(backend, id, backend.clock.now(), async |_, _| Ok(Event::Cancel)).await
}

/// The creator ends the sale after the success, for good.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; [`Refusal::WrongState`] when none is open.
pub async fn close_late_pledges(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    let id = owned(backend, who, slug).await?;
    step(backend, id, backend.clock.now(), async |_, _| Ok(Event::CloseLatePledges)).await
}

/// The operator stops a campaign: it takes no pledges, nobody is charged and
/// nobody is paid until it goes on.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; [`Refusal::WrongState`] when it is over.
pub async fn suspend(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    let id = operated(backend, who, slug).await?;
    step(backend, id, backend.clock.now(), async |_, _| Ok(Event::Suspend)).await
}

/// The operator lets a stopped campaign go on.
///
/// # Errors
/// [`Error::NotFound`] for everyone else; [`Refusal::WrongState`] when it was not stopped.
pub async fn resume(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    let id = operated(backend, who, slug).await?;
    step(backend, id, backend.clock.now(), async |_, _| Ok(Event::Resume)).await
}

async fn owned(backend: &Backend, who: &Who, slug: &str) -> Result<CampaignId> {
    let (id, creator) = owner(backend, slug).await?;
    if creator == who.account { Ok(id) } else { Err(Error::NotFound) }
}

async fn operated(backend: &Backend, who: &Who, slug: &str) -> Result<CampaignId> {
    if who.role != Role::Operator {
        return Err(Error::NotFound);
    }
    Ok(owner(backend, slug).await?.0)
}

async fn owner(backend: &Backend, slug: &str) -> Result<(CampaignId, AccountId)> {
    let slug = domain::slug::Slug::parse(slug).ok_or(Error::NotFound)?;
    let mut reader = backend.db.read().await?;
    sql::owner(&mut reader.conn(), slug.as_str()).await?.ok_or(Error::NotFound)
}

/// One step that somebody wants, in a transaction of its own; open pages hear of it.
async fn step(
    backend: &Backend,
    id: CampaignId,
    now: Timestamp,
    wanted: impl AsyncFnOnce(&mut Conn<'_>, &mut Locked) -> Result<Event>,
) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let mut row = locked::lock(&mut conn, &[id]).await?.pop().ok_or(Error::NotFound)?;
    let event = wanted(&mut conn, &mut row).await?;
    let done = advance(&mut conn, &row, event, &backend.options.base_url, now).await?;
    done.ok_or(Refusal::WrongState { state: row.state })?;
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
async fn advance(
    conn: &mut Conn<'_>,
    row: &Locked,
    event: Event,
    base_url: &str,
    at: Timestamp,
) -> Result<Option<CampaignState>> {
    let terms = row.plan.terms();
    let Ok((next, effect)) = row.life().after(&terms, event, at) else { return Ok(None) };
    sql::set_life(conn, row.id, &next, &times(row, effect), at).await?;
    if matches!(effect, Effect::Release | Effect::GiveBack) {
        collection::release::sql::begin(conn, row.id).await?;
    }
    if let Some(letter) = letter(row, next.state, effect, base_url) {
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

/// Until when cards can be seen to, and when the creator is paid.
fn times(row: &Locked, effect: Effect) -> Times {
    let (end, kept) = (row.deadline, (row.fix_until, row.payout_at));
    let (fix_until, payout_at) = match effect {
        Effect::ChargeAll | Effect::ChargeToDecide => {
            (Some(end.plus(FIX_WINDOW)), Some(end.plus(PAY_OUT_AFTER)))
        }
        Effect::Keep => (kept.0, kept.1.or(Some(end.plus(PAY_OUT_AFTER)))),
        Effect::Release | Effect::GiveBack => (kept.0, None),
        Effect::Nothing
        | Effect::SaveCard
        | Effect::ChargeAtOnce
        | Effect::Freeze
        | Effect::Thaw => kept,
    };
    Times { fix_until, payout_at }
}

/// What every backer is told, if anything.
fn letter(row: &Locked, next: CampaignState, effect: Effect, base_url: &str) -> Option<Letter> {
    let title = row.title.clone();
    let total = Money::new(i64::MAX, row.currency);
    let link = format!("{base_url}/campaigns/{}", row.slug);
    match (next, effect) {
        (_, Effect::ChargeAll) => Some(Letter::CampaignSucceeded { title, total, link }),
        (_, Effect::Keep) => Some(Letter::CampaignFunded { title, total, link }),
        (CampaignState::Cancelled, Effect::Release | Effect::GiveBack) => {
            Some(Letter::CampaignCancelled { title, total })
        }
        (_, Effect::Release) => Some(Letter::CampaignFailed { title, total }),
        (_, Effect::GiveBack) => Some(Letter::CampaignUnfunded { title, total }),
        _ => None,
    }
}
