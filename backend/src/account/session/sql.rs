//! Statements on sessions.

use domain::{
    Timestamp,
    id::{AccountId, SessionId},
};
use futures::TryFutureExt as _;

use crate::{account::sql::Person, db::Conn, error::Result};

/// A session with its owner.
#[derive(sqlx::FromRow)]
pub struct Found {
    pub id: SessionId,
    pub last_seen_at: Timestamp,
    #[sqlx(flatten)]
    pub person: Person,
}

pub async fn find(conn: &mut Conn<'_>, token_hash: &str, now: Timestamp) -> Result<Option<Found>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select session.id, session.last_seen_at, session.account_id,
                account.name, account.email, account.role, account.locale
           from session
           join account on account.id = session.account_id
          where session.token_hash = $1
            and session.expires_at > $2"
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(c))?)
}

/// Notes a use, unless another node has just done so.
pub async fn see(
    conn: &mut Conn<'_>,
    id: SessionId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "update session
            set last_seen_at = $2, expires_at = $3
          where id = $1
            and last_seen_at < $2"
    )
    .bind(id)
    .bind(now)
    .bind(expires_at)
    .execute(c)
    .map_ok(drop))?)
}

/// A browser that has just been signed in.
pub struct NewSession<'a> {
    pub account: AccountId,
    pub token_hash: &'a str,
    pub device: &'a str,
    /// When it began, if that was by a letter.
    pub by_letter_at: Option<Timestamp>,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

pub async fn insert(conn: &mut Conn<'_>, session: &NewSession<'_>) -> Result<()> {
    Ok(sql!(conn, |c| {
        sqlx::query(
        "insert into session (id, account_id, token_hash, device, created_at, last_seen_at, expires_at,
                              by_letter_at)
         values ($1, $2, $3, $4, $5, $5, $6, $7)"
    )
    .bind(SessionId::generate())
    .bind(session.account)
    .bind(session.token_hash)
    .bind(session.device)
    .bind(session.now)
    .bind(session.expires_at)
    .bind(session.by_letter_at)
    .execute(c)
    .map_ok(drop)
    })?)
}

/// One session, for its owner's list.
#[derive(sqlx::FromRow)]
pub struct Listed {
    pub id: SessionId,
    pub device: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
}

pub async fn list(conn: &mut Conn<'_>, account: AccountId, now: Timestamp) -> Result<Vec<Listed>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, device, created_at, last_seen_at
           from session
          where account_id = $1
            and expires_at > $2
          order by last_seen_at desc, id desc"
    )
    .bind(account)
    .bind(now)
    .fetch_all(c))?)
}

pub async fn delete(conn: &mut Conn<'_>, account: AccountId, id: SessionId) -> Result<bool> {
    let deleted =
        sql!(conn, |c| sqlx::query("delete from session where id = $1 and account_id = $2")
            .bind(id)
            .bind(account)
            .execute(c)
            .map_ok(|done| done.rows_affected()))?;
    Ok(deleted == 1)
}

pub async fn delete_by_token(conn: &mut Conn<'_>, token_hash: &str) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("delete from session where token_hash = $1")
        .bind(token_hash)
        .execute(c)
        .map_ok(drop))?)
}

pub async fn delete_expired(conn: &mut Conn<'_>, account: AccountId, now: Timestamp) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "delete from session where account_id = $1 and expires_at <= $2"
    )
    .bind(account)
    .bind(now)
    .execute(c)
    .map_ok(drop))?)
}

pub async fn delete_all(conn: &mut Conn<'_>, account: AccountId) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("delete from session where account_id = $1")
        .bind(account)
        .execute(c)
        .map_ok(drop))?)
}

pub async fn delete_others(conn: &mut Conn<'_>, account: AccountId, but: SessionId) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("delete from session where account_id = $1 and id <> $2")
        .bind(account)
        .bind(but)
        .execute(c)
        .map_ok(drop))?)
}

/// When a session began by a letter, if that was after an instant.
pub async fn by_letter_at(
    conn: &mut Conn<'_>,
    account: AccountId,
    id: SessionId,
    since: Timestamp,
) -> Result<Option<Timestamp>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select by_letter_at
           from session
          where id = $1
            and account_id = $2
            and by_letter_at > $3"
    )
    .bind(id)
    .bind(account)
    .bind(since)
    .fetch_optional(c))?)
}

/// Makes a session one like any other. `false` when there is none.
pub async fn forget_letter(conn: &mut Conn<'_>, account: AccountId, id: SessionId) -> Result<bool> {
    let changed = sql!(conn, |c| sqlx::query(
        "update session
            set by_letter_at = null
          where id = $1
            and account_id = $2"
    )
    .bind(id)
    .bind(account)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?;
    Ok(changed == 1)
}
