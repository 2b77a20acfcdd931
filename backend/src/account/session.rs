//! Sessions: one row for each signed-in browser, which its owner can see and end.

mod sql;

use domain::{
    Timestamp,
    account::SessionView,
    id::{AccountId, SessionId},
    time::{DAY, MINUTE},
};

use super::Who;
use crate::{
    context::Backend,
    db::Conn,
    error::{Error, Result},
    secret::{hashed, random_token},
};

/// How long an unused session lasts; each use starts it anew.
const LASTS: i64 = 30 * DAY;
/// Uses are noted this far apart at least: reading a page should write nothing.
const NOTED_EVERY: i64 = 10 * MINUTE;
/// How much is kept of a browser's own words, in characters.
const LONGEST_DEVICE: usize = 200;

/// Who this cookie belongs to, if its session still lasts.
///
/// # Errors
/// When the database fails.
pub async fn resume(backend: &Backend, cookie: &str) -> Result<Option<Who>> {
    let now = backend.clock.now();
    let mut reader = backend.db.read().await?;
    let found = sql::find(&mut reader.conn(), &hashed(cookie), now).await?;
    reader.done();
    let Some(row) = found.filter(|row| super::may_enter(backend, &row.person.email)) else {
        return Ok(None);
    };
    if now.since(row.last_seen_at) >= NOTED_EVERY {
        let mut tx = backend.db.begin().await?;
        sql::see(&mut tx.conn(), row.id, now, now.plus(LASTS)).await?;
        tx.commit().await?;
    }
    Ok(Some(row.person.with(Some(row.id))))
}

/// Ends the session of this cookie. One that is over already is no fault.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(backend: &Backend, cookie: &str) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    sql::delete_by_token(&mut tx.conn(), &hashed(cookie)).await?;
    tx.commit().await
}

/// Ends one of somebody's own sessions.
///
/// # Errors
/// [`Error::NotFound`] when it is over or somebody else's.
pub async fn revoke_session(backend: &Backend, who: &Who, id: SessionId) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    if !sql::delete(&mut tx.conn(), who.account, id).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await
}

/// Starts a session and gives the cookie's value. Expired ones are swept out.
pub(super) async fn start(
    conn: &mut Conn<'_>,
    account: AccountId,
    device: &str,
    now: Timestamp,
) -> Result<String> {
    begin(conn, account, device, None, now).await
}

/// The same for a browser that came in by a letter, which is noted for a while.
pub(super) async fn start_by_letter(
    conn: &mut Conn<'_>,
    account: AccountId,
    device: &str,
    now: Timestamp,
) -> Result<String> {
    begin(conn, account, device, Some(now), now).await
}

async fn begin(
    conn: &mut Conn<'_>,
    account: AccountId,
    device: &str,
    by_letter_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<String> {
    sql::delete_expired(conn, account, now).await?;
    let token = random_token();
    let device: String = device.chars().filter(|c| !c.is_control()).take(LONGEST_DEVICE).collect();
    let session = sql::NewSession {
        account,
        token_hash: &hashed(&token),
        device: &device,
        by_letter_at,
        now,
        expires_at: now.plus(LASTS),
    };
    sql::insert(conn, &session).await?;
    Ok(token)
}

/// Ends every session of an account.
pub(super) async fn end_all(conn: &mut Conn<'_>, account: AccountId) -> Result<()> {
    sql::delete_all(conn, account).await
}

/// Ends every session of an account but this one.
pub(super) async fn end_others(
    conn: &mut Conn<'_>,
    account: AccountId,
    but: SessionId,
) -> Result<()> {
    sql::delete_others(conn, account, but).await
}

/// Whether a session began by a letter after an instant, and no password was chosen in
/// it since.
pub(super) async fn is_by_letter(
    conn: &mut Conn<'_>,
    account: AccountId,
    id: SessionId,
    since: Timestamp,
) -> Result<bool> {
    Ok(sql::by_letter_at(conn, account, id, since).await?.is_some())
}

/// Notes that a password was chosen in a session, after which it counts as any other.
/// `false` when it was ended meanwhile.
pub(super) async fn settle_letter(
    conn: &mut Conn<'_>,
    account: AccountId,
    id: SessionId,
) -> Result<bool> {
    sql::forget_letter(conn, account, id).await
}

/// Somebody's sessions, last used first.
pub(super) async fn list(
    conn: &mut Conn<'_>,
    who: &Who,
    now: Timestamp,
) -> Result<Vec<SessionView>> {
    let rows = sql::list(conn, who.account, now).await?;
    let views = rows.into_iter().map(|row| SessionView {
        id: row.id,
        device: row.device,
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
        is_current: who.session == Some(row.id),
    });
    Ok(views.collect())
}
