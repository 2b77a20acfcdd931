//! Statements that forget. Each takes the instant before which something is over,
//! and the most rows to touch, and gives how many it touched.

use domain::Timestamp;
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

pub async fn proofs(conn: &mut Conn<'_>, now: Timestamp, most: i64) -> Result<u64> {
    Ok(sql!(conn, |c| sqlx::query(
        "delete from email_proof
          where token_hash in (select token_hash from email_proof where expires_at <= $1 limit $2)"
    )
    .bind(now)
    .bind(most)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?)
}

/// Links of letters that nobody followed in time.
pub async fn links(conn: &mut Conn<'_>, now: Timestamp, most: i64) -> Result<u64> {
    Ok(sql!(conn, |c| {
        sqlx::query(
        "delete from sign_in_link
          where account_id in (select account_id from sign_in_link where expires_at <= $1 limit $2)"
    )
    .bind(now)
    .bind(most)
    .execute(c)
    .map_ok(|done| done.rows_affected())
    })?)
}

pub async fn sessions(conn: &mut Conn<'_>, now: Timestamp, most: i64) -> Result<u64> {
    Ok(sql!(conn, |c| sqlx::query(
        "delete from session
          where id in (select id from session where expires_at <= $1 limit $2)"
    )
    .bind(now)
    .bind(most)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?)
}

pub async fn answers(conn: &mut Conn<'_>, before: Timestamp, most: i64) -> Result<u64> {
    Ok(sql!(conn, |c| sqlx::query(
        "delete from idempotency
          where (backer_id, key) in (select backer_id, key
                                       from idempotency
                                      where created_at < $1
                                      order by created_at
                                      limit $2)"
    )
    .bind(before)
    .bind(most)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?)
}

pub async fn unsaved(conn: &mut Conn<'_>, before: Timestamp, most: i64) -> Result<u64> {
    Ok(sql!(conn, |c| sqlx::query(
        "delete from unsaved_story
          where campaign_id in (select campaign_id from unsaved_story where at < $1 limit $2)"
    )
    .bind(before)
    .bind(most)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?)
}

/// Invitations that were not answered in their time, and some days after it.
pub async fn invitations(conn: &mut Conn<'_>, before: Timestamp, most: i64) -> Result<u64> {
    Ok(sql!(conn, |c| sqlx::query(
        "delete from invitation
          where id in (select id from invitation where expires_at < $1 limit $2)"
    )
    .bind(before)
    .bind(most)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?)
}

/// Addresses in what was done about a campaign's people. Rows of those who came name
/// their account, and need none.
pub async fn invited(conn: &mut Conn<'_>, before: Timestamp, most: i64) -> Result<u64> {
    Ok(sql!(conn, |c| sqlx::query(
        "update people_event
            set subject = ''
          where id in (select id
                         from people_event
                        where at < $1
                          and subject <> ''
                          and kind in ('invited', 'invited_again', 'withdrawn', 'declined')
                        limit $2)"
    )
    .bind(before)
    .bind(most)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?)
}

/// The letter itself was forgotten when it went out; now its recipient is. The row
/// stays and counts.
pub async fn recipients(conn: &mut Conn<'_>, before: Timestamp, most: i64) -> Result<u64> {
    Ok(sql!(conn, |c| sqlx::query(
        "update mail
            set recipient = ''
          where id in (select id
                         from mail
                        where sent_at < $1
                          and recipient <> ''
                        limit $2)"
    )
    .bind(before)
    .bind(most)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?)
}

/// Accounts that nobody proved and nothing points at. One that pledges at this
/// very moment is kept by its pledge's foreign key; the sweep fails then and
/// comes again.
pub async fn accounts(conn: &mut Conn<'_>, before: Timestamp, most: i64) -> Result<u64> {
    Ok(sql!(conn, |c| sqlx::query(
        "delete from account
          where id in (select id
                         from account
                        where verified_at is null
                          and created_at < $1
                          and not exists (select 1 from pledge where backer_id = account.id)
                          and not exists (select 1 from campaign where creator_id = account.id)
                          and not exists (select 1 from email_proof where account_id = account.id)
                          and not exists (select 1 from sign_in_link where account_id = account.id)
                          and not exists (select 1 from session where account_id = account.id)
                          and not exists (select 1 from api_token where account_id = account.id)
                          and not exists (select 1 from idempotency where backer_id = account.id)
                        limit $2)"
    )
    .bind(before)
    .bind(most)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?)
}

/// What was believed or passed over; what was refused is evidence and stays.
pub async fn webhooks(conn: &mut Conn<'_>, before: Timestamp, most: i64) -> Result<u64> {
    Ok(sql!(conn, |c| sqlx::query(
        "delete from webhook
          where id in (select id
                         from webhook
                        where last_at < $1 and verdict <> 'refused'
                        limit $2)"
    )
    .bind(before)
    .bind(most)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?)
}
