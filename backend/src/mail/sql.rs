//! Statements on the outbox.

use domain::{Locale, Timestamp, email::EmailAddress, id::MailId};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// A letter to write, with its words.
pub struct Written {
    pub recipient: EmailAddress,
    pub locale: Locale,
    pub kind: &'static str,
    pub data: String,
    pub at: Timestamp,
}

/// Writes many letters at once.
pub async fn insert_all(conn: &mut Conn<'_>, letters: &[Written]) -> Result<()> {
    for letters in letters.chunks(2_000) {
        built!(conn, |q, c| {
            q.push(
                "insert into mail (id, recipient, locale, kind, data, created_at, next_at, attempts) ",
            );
            q.push_values(letters, |mut row, letter| {
                row.push_bind(MailId::generate())
                    .push_bind(&letter.recipient)
                    .push_bind(letter.locale)
                    .push_bind(letter.kind)
                    .push_bind(&letter.data)
                    .push_bind(letter.at)
                    .push_bind(letter.at)
                    .push_bind(0_i64);
            });
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Which of these addresses got a letter of this kind after an instant.
pub async fn recipients_since(
    conn: &mut Conn<'_>,
    recipients: &[&EmailAddress],
    kind: &str,
    since: Timestamp,
) -> Result<Vec<EmailAddress>> {
    if recipients.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push("select distinct recipient from mail where recipient in ");
        push_list!(q, recipients);
        q.push(" and kind = ").push_bind(kind).push(" and created_at > ").push_bind(since);
        q.build_query_scalar().persistent(false).fetch_all(c).await
    })?)
}

pub async fn count_since(
    conn: &mut Conn<'_>,
    recipient: &EmailAddress,
    kind: &str,
    since: Timestamp,
) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select count(*)
           from mail
          where recipient = $1
            and kind = $2
            and created_at > $3"
    )
    .bind(recipient)
    .bind(kind)
    .bind(since)
    .fetch_one(c))?)
}

/// A letter as it was written.
#[derive(sqlx::FromRow)]
pub struct MailRow {
    pub id: MailId,
    pub recipient: EmailAddress,
    pub locale: Locale,
    pub data: String,
    pub created_at: Timestamp,
    pub attempts: i64,
}

/// The newest letters that were not sent, of one recipient or of all. Those to
/// the people of a demonstration, who do not exist, are left out.
pub async fn unsent(
    conn: &mut Conn<'_>,
    recipient: Option<&str>,
    most: i64,
) -> Result<Vec<MailRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, recipient, locale, data, created_at, attempts
           from mail
          where sent_at is null
            and ($1 is null or recipient = $1)
            and recipient not like '%@demo.example.org'
          order by created_at desc, id desc
          limit $2"
    )
    .bind(recipient)
    .bind(most)
    .fetch_all(c))?)
}

/// The letters that should go out, longest due first.
pub async fn due(conn: &mut Conn<'_>, now: Timestamp, most: i64) -> Result<Vec<MailId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select id
           from mail
          where sent_at is null
            and next_at <= $1
          order by next_at
          limit $2"
    )
    .bind(now)
    .bind(most)
    .fetch_all(c))?)
}

/// Takes a letter that is due, and keeps other processes from taking it until
/// `until`. Nothing when another was quicker.
pub async fn claim(
    conn: &mut Conn<'_>,
    id: MailId,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<MailRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "update mail
            set next_at = $3, attempts = attempts + 1
          where id = $1
            and sent_at is null
            and next_at <= $2
        returning id, recipient, locale, data, created_at, attempts"
    )
    .bind(id)
    .bind(now)
    .bind(until)
    .fetch_optional(c))?)
}

/// Notes that a letter went out. What it said is forgotten: its links may open
/// something.
pub async fn sent(conn: &mut Conn<'_>, id: MailId, now: Timestamp) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("update mail set sent_at = $2, data = '' where id = $1")
        .bind(id)
        .bind(now)
        .execute(c)
        .map_ok(drop))?)
}

/// Puts a letter back that did not go out.
pub async fn postpone(conn: &mut Conn<'_>, id: MailId, next_at: Timestamp) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "update mail set next_at = $2 where id = $1 and sent_at is null"
    )
    .bind(id)
    .bind(next_at)
    .execute(c)
    .map_ok(drop))?)
}
