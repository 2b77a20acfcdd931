//! Statements on accounts and the proofs of their addresses.

use domain::{
    Locale, Timestamp,
    account::{DisplayName, Role},
    email::EmailAddress,
    id::{AccountId, SessionId},
};
use futures::TryFutureExt as _;

use super::Who;
use crate::{db::Conn, error::Result};

/// An account as a request needs it.
#[derive(sqlx::FromRow)]
pub struct Person {
    pub account_id: AccountId,
    pub name: String,
    pub email: EmailAddress,
    pub role: Role,
    pub locale: Locale,
}

impl Person {
    /// The person, signed in by this session or by a token.
    pub fn with(self, session: Option<SessionId>) -> Who {
        Who {
            account: self.account_id,
            session,
            name: self.name,
            email: self.email,
            role: self.role,
            locale: self.locale,
        }
    }
}

pub async fn insert_guest(
    conn: &mut Conn<'_>,
    email: &EmailAddress,
    locale: Locale,
    now: Timestamp,
) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "insert into account (id, email, name, role, locale, created_at)
         values ($1, $2, '', $3, $4, $5)
             on conflict (email) do nothing"
    )
    .bind(AccountId::generate())
    .bind(email)
    .bind(Role::Member)
    .bind(locale)
    .bind(now)
    .execute(c)
    .map_ok(drop))?)
}

pub async fn id_of(conn: &mut Conn<'_>, email: &EmailAddress) -> Result<AccountId> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select id from account where email = $1")
        .bind(email)
        .fetch_one(c))?)
}

pub async fn find(conn: &mut Conn<'_>, email: &EmailAddress) -> Result<Option<AccountId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select id from account where email = $1")
        .bind(email)
        .fetch_optional(c))?)
}

pub async fn is_verified(conn: &mut Conn<'_>, account: AccountId) -> Result<bool> {
    let verified_at: Option<Timestamp> =
        sql!(conn, |c| sqlx::query_scalar("select verified_at from account where id = $1")
            .bind(account)
            .fetch_one(c))?;
    Ok(verified_at.is_some())
}

/// What a sign-in is checked against.
#[derive(sqlx::FromRow)]
pub struct Credentials {
    pub id: AccountId,
    pub password_hash: String,
}

/// Of an account that can be signed in to, else nothing.
pub async fn credentials(conn: &mut Conn<'_>, email: &EmailAddress) -> Result<Option<Credentials>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, password_hash
           from account
          where email = $1
            and verified_at is not null
            and password_hash is not null"
    )
    .bind(email)
    .fetch_optional(c))?)
}

/// Replaces the hash of the same password, unless the password was changed
/// meanwhile.
pub async fn replace_hash(
    conn: &mut Conn<'_>,
    account: AccountId,
    old: &str,
    fresh: &str,
) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "update account
            set password_hash = $3
          where id = $1
            and password_hash = $2"
    )
    .bind(account)
    .bind(old)
    .bind(fresh)
    .execute(c)
    .map_ok(drop))?)
}

/// A name and password that wait for their address to be proved.
pub struct NewProof<'a> {
    pub token_hash: &'a str,
    pub account: AccountId,
    pub name: &'a DisplayName,
    pub password_hash: &'a str,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

pub async fn insert_proof(conn: &mut Conn<'_>, proof: &NewProof<'_>) -> Result<()> {
    Ok(sql!(conn, |c| {
        sqlx::query(
        "insert into email_proof (token_hash, account_id, name, password_hash, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)"
    )
    .bind(proof.token_hash)
    .bind(proof.account)
    .bind(proof.name)
    .bind(proof.password_hash)
    .bind(proof.created_at)
    .bind(proof.expires_at)
    .execute(c)
    .map_ok(drop)
    })?)
}

/// Deletes an account's expired proofs and all others but the newest.
pub async fn prune_proofs(
    conn: &mut Conn<'_>,
    account: AccountId,
    keep: i64,
    now: Timestamp,
) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "delete from email_proof
          where account_id = $1
            and (expires_at <= $2
                 or token_hash not in (select token_hash
                                         from email_proof
                                        where account_id = $1
                                        order by created_at desc, token_hash
                                        limit $3))"
    )
    .bind(account)
    .bind(now)
    .bind(keep)
    .execute(c)
    .map_ok(drop))?)
}

/// A proof that was redeemed.
#[derive(sqlx::FromRow)]
pub struct Proof {
    pub account_id: AccountId,
    pub name: String,
    pub password_hash: String,
}

/// The hash of the password that waits with an open proof.
pub async fn waiting_hash(
    conn: &mut Conn<'_>,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<String>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select password_hash
           from email_proof
          where token_hash = $1
            and expires_at > $2"
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(c))?)
}

/// Takes a proof out, so that it works once, however many redeem it at a time.
pub async fn take_proof(
    conn: &mut Conn<'_>,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<Proof>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "delete from email_proof
          where token_hash = $1
            and expires_at > $2
        returning account_id, name, password_hash"
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(c))?)
}

pub async fn delete_proofs(conn: &mut Conn<'_>, account: AccountId) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("delete from email_proof where account_id = $1")
        .bind(account)
        .execute(c)
        .map_ok(drop))?)
}

/// Makes the account its owner's. `false` when it already is: a letter from
/// before must not change the password of an account in use.
pub async fn verify(conn: &mut Conn<'_>, proof: &Proof, now: Timestamp) -> Result<bool> {
    let changed = sql!(conn, |c| sqlx::query(
        "update account
            set name = $2, password_hash = $3, verified_at = $4
          where id = $1
            and verified_at is null"
    )
    .bind(proof.account_id)
    .bind(&proof.name)
    .bind(&proof.password_hash)
    .bind(now)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// What an operator gives an account.
pub struct Grant<'a> {
    pub account: AccountId,
    pub role: Role,
    /// For an account that has no name yet.
    pub name: &'a str,
    /// Replaces the password when given.
    pub password_hash: Option<&'a str>,
    pub now: Timestamp,
}

pub async fn grant(conn: &mut Conn<'_>, grant: &Grant<'_>) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "update account
            set role = $2,
                name = case when name = '' then $3 else name end,
                password_hash = coalesce($4, password_hash),
                verified_at = coalesce(verified_at, $5)
          where id = $1"
    )
    .bind(grant.account)
    .bind(grant.role)
    .bind(grant.name)
    .bind(grant.password_hash)
    .bind(grant.now)
    .execute(c)
    .map_ok(drop))?)
}
