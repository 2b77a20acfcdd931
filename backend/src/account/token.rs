//! Personal tokens of the public API: shown once, stored hashed, ended by their
//! owner.

mod sql;

use domain::{
    Invalid, Problem, Timestamp,
    account::{DisplayName, TokenView},
    id::{AccountId, TokenId},
    time::MINUTE,
};

use super::Who;
use crate::{
    context::Backend,
    db::Conn,
    error::{Error, Result},
    secret::{hashed, random_token},
};

/// How every token begins, so that a scanner can tell one that leaked.
const PREFIX: &str = "pdl_";
/// Most tokens that a person may have at a time.
const MOST: u32 = 20;
/// Uses are noted this far apart at least.
const NOTED_EVERY: i64 = 10 * MINUTE;

/// Makes a token and gives its secret, which cannot be had again.
///
/// # Errors
/// Problems of `name`; [`Problem::TooMany`] on the whole form.
pub async fn create_token(backend: &Backend, who: &Who, name: &str) -> Result<String> {
    let name = parse_name(name)?;
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let token = insert(conn, who.account, &name, backend.clock.now()).await?;
    tx.commit().await?;
    Ok(token)
}

/// Ends one of somebody's own tokens.
///
/// # Errors
/// [`Error::NotFound`] when it is over or somebody else's.
pub async fn revoke_token(backend: &Backend, who: &Who, id: TokenId) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    if !sql::revoke(&mut tx.conn(), who.account, id, backend.clock.now()).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await
}

/// Who this token belongs to, if it still counts.
///
/// # Errors
/// When the database fails.
pub async fn resume_token(backend: &Backend, bearer: &str) -> Result<Option<Who>> {
    if !bearer.starts_with(PREFIX) {
        return Ok(None);
    }
    let mut reader = backend.db.read().await?;
    let found = sql::find(&mut reader.conn(), &hashed(bearer)).await?;
    reader.done();
    let Some(row) = found.filter(|row| super::may_enter(backend, &row.person.email)) else {
        return Ok(None);
    };
    let now = backend.clock.now();
    if row.last_used_at.is_none_or(|last| now.since(last) >= NOTED_EVERY) {
        let mut tx = backend.db.begin().await?;
        sql::see(&mut tx.conn(), row.id, now).await?;
        tx.commit().await?;
    }
    Ok(Some(row.person.with(None)))
}

/// The name of a token as typed.
pub(super) fn parse_name(name: &str) -> Result<DisplayName, Invalid> {
    DisplayName::parse(name).map_err(|problem| Invalid::field("name", problem))
}

/// Stores a fresh token and gives its secret, unless the account has its share.
pub(super) async fn insert(
    conn: &mut Conn<'_>,
    account: AccountId,
    name: &DisplayName,
    now: Timestamp,
) -> Result<String> {
    if sql::count(conn, account).await? >= i64::from(MOST) {
        return Err(Invalid::field("", Problem::TooMany { most: MOST }).into());
    }
    let token = format!("{PREFIX}{}", random_token());
    sql::insert(conn, account, name, &hashed(&token), now).await?;
    Ok(token)
}

/// Somebody's tokens, newest first.
pub(super) async fn list(conn: &mut Conn<'_>, who: &Who) -> Result<Vec<TokenView>> {
    let rows = sql::list(conn, who.account).await?;
    let views = rows.into_iter().map(|row| TokenView {
        id: row.id,
        name: row.name,
        created_at: row.created_at,
        last_used_at: row.last_used_at,
    });
    Ok(views.collect())
}
