//! Statements on the links that sign in, and on the passwords that are chosen after.

use domain::{Timestamp, email::EmailAddress, id::AccountId};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// Opens a link; the one before of the account ends.
pub async fn replace(
    conn: &mut Conn<'_>,
    account: AccountId,
    token_hash: &str,
    expires_at: Timestamp,
) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "insert into sign_in_link (account_id, token_hash, expires_at)
         values ($1, $2, $3)
             on conflict (account_id) do update
            set token_hash = excluded.token_hash, expires_at = excluded.expires_at"
    )
    .bind(account)
    .bind(token_hash)
    .bind(expires_at)
    .execute(c)
    .map_ok(drop))?)
}

/// Takes a link out, so that it works once, however many follow it at a time.
pub async fn take(
    conn: &mut Conn<'_>,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<AccountId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "delete from sign_in_link
          where token_hash = $1
            and expires_at > $2
        returning account_id"
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(c))?)
}

pub async fn delete(conn: &mut Conn<'_>, account: AccountId) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("delete from sign_in_link where account_id = $1")
        .bind(account)
        .execute(c)
        .map_ok(drop))?)
}

pub async fn email_of(conn: &mut Conn<'_>, account: AccountId) -> Result<EmailAddress> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select email from account where id = $1")
        .bind(account)
        .fetch_one(c))?)
}

/// Notes that the address is its owner's, and names an account that has no name yet.
pub async fn prove(
    conn: &mut Conn<'_>,
    account: AccountId,
    name: &str,
    now: Timestamp,
) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "update account
            set name = case when name = '' then $2 else name end,
                verified_at = coalesce(verified_at, $3)
          where id = $1"
    )
    .bind(account)
    .bind(name)
    .bind(now)
    .execute(c)
    .map_ok(drop))?)
}

/// The hash of an account's password; nothing, where none was ever chosen.
pub async fn password_hash(conn: &mut Conn<'_>, account: AccountId) -> Result<Option<String>> {
    let hash: Option<String> =
        sql!(conn, |c| sqlx::query_scalar("select password_hash from account where id = $1")
            .bind(account)
            .fetch_one(c))?;
    Ok(hash)
}

/// Sets the hash of another password. `false` when that was done elsewhere since `old`
/// was read; empty for none.
pub async fn set_password(
    conn: &mut Conn<'_>,
    account: AccountId,
    old: &str,
    fresh: &str,
) -> Result<bool> {
    let changed = sql!(conn, |c| sqlx::query(
        "update account
            set password_hash = $3
          where id = $1
            and coalesce(password_hash, '') = $2"
    )
    .bind(account)
    .bind(old)
    .bind(fresh)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?;
    Ok(changed == 1)
}
