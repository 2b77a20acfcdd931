//! Statements on API tokens.

use domain::{
    Timestamp,
    account::DisplayName,
    id::{AccountId, TokenId},
};
use futures::TryFutureExt as _;

use crate::{account::sql::Person, db::Conn, error::Result};

/// A token with its owner.
#[derive(sqlx::FromRow)]
pub struct Found {
    pub id: TokenId,
    pub last_used_at: Option<Timestamp>,
    #[sqlx(flatten)]
    pub person: Person,
}

pub async fn find(conn: &mut Conn<'_>, token_hash: &str) -> Result<Option<Found>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select api_token.id, api_token.last_used_at, api_token.account_id,
                account.name, account.email, account.role, account.locale
           from api_token
           join account on account.id = api_token.account_id
          where api_token.token_hash = $1
            and api_token.revoked_at is null"
    )
    .bind(token_hash)
    .fetch_optional(c))?)
}

pub async fn see(conn: &mut Conn<'_>, id: TokenId, now: Timestamp) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("update api_token set last_used_at = $2 where id = $1")
        .bind(id)
        .bind(now)
        .execute(c)
        .map_ok(drop))?)
}

pub async fn insert(
    conn: &mut Conn<'_>,
    account: AccountId,
    name: &DisplayName,
    token_hash: &str,
    now: Timestamp,
) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "insert into api_token (id, account_id, name, token_hash, created_at)
         values ($1, $2, $3, $4, $5)"
    )
    .bind(TokenId::generate())
    .bind(account)
    .bind(name)
    .bind(token_hash)
    .bind(now)
    .execute(c)
    .map_ok(drop))?)
}

/// How many an account has.
pub async fn count(conn: &mut Conn<'_>, account: AccountId) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select count(*) from api_token where account_id = $1 and revoked_at is null"
    )
    .bind(account)
    .fetch_one(c))?)
}

/// One token, for its owner's list.
#[derive(sqlx::FromRow)]
pub struct Listed {
    pub id: TokenId,
    pub name: String,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

pub async fn list(conn: &mut Conn<'_>, account: AccountId) -> Result<Vec<Listed>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, name, created_at, last_used_at
           from api_token
          where account_id = $1
            and revoked_at is null
          order by created_at desc, id desc"
    )
    .bind(account)
    .fetch_all(c))?)
}

pub async fn revoke(
    conn: &mut Conn<'_>,
    account: AccountId,
    id: TokenId,
    now: Timestamp,
) -> Result<bool> {
    let revoked = sql!(conn, |c| sqlx::query(
        "update api_token
            set revoked_at = $3
          where id = $1
            and account_id = $2
            and revoked_at is null"
    )
    .bind(id)
    .bind(account)
    .bind(now)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?;
    Ok(revoked == 1)
}
