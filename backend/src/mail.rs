//! Letters. One is written in the transaction that causes it and sent
//! afterwards, so none is lost and none goes out for what did not happen.

mod delivery;
mod letter;
mod sql;
mod template;

#[cfg(test)]
mod tests;

use domain::{Locale, Timestamp, email::EmailAddress};

pub use delivery::deliver_due;
pub use letter::{
    ALREADY_REGISTERED, CONFIRM_ADDRESS, CONFIRM_WATCH, INVITATION, Letter, PLEDGE_EXISTS,
    SIGN_IN_LINK,
};
pub(crate) use sql::{Written, insert_all, recipients_since};

use crate::{
    context::{Backend, Options},
    db::Conn,
    error::{Error, Result},
};

/// Most letters that the mailbox shows.
const MAILBOX_HOLDS: i64 = 50;

/// A letter that waits to be sent, as the demo's mailbox shows it.
pub struct CaughtLetter {
    pub to: String,
    pub subject: String,
    pub text: String,
    /// A whole document; its text is escaped.
    pub html: String,
    pub at: Timestamp,
}

/// Writes a letter, to be sent when the caller's transaction is committed.
///
/// # Errors
/// When the database fails.
pub async fn enqueue(
    conn: &mut Conn<'_>,
    recipient: &EmailAddress,
    locale: Locale,
    letter: &Letter,
    now: Timestamp,
) -> Result<()> {
    insert_all(conn, &[written(recipient, locale, letter, now)?]).await
}

/// A letter in its envelope, for who writes many at once ([`insert_all`]).
///
/// # Errors
/// When the letter cannot be kept as JSON, which is a programming error.
pub(crate) fn written(
    recipient: &EmailAddress,
    locale: Locale,
    letter: &Letter,
    at: Timestamp,
) -> Result<Written> {
    let (recipient, kind) = (recipient.clone(), letter.kind());
    Ok(Written { recipient, locale, kind, data: serde_json::to_string(letter)?, at })
}

/// How many letters of this kind this address got after an instant.
///
/// # Errors
/// When the database fails.
pub async fn count_since(
    conn: &mut Conn<'_>,
    recipient: &EmailAddress,
    kind: &str,
    since: Timestamp,
) -> Result<i64> {
    sql::count_since(conn, recipient, kind, since).await
}

/// Subject and text of a letter, as it would be sent.
///
/// # Errors
/// When a template asks for what its letter does not have.
pub(crate) fn words(
    letter: &Letter,
    locale: Locale,
    options: &Options,
) -> Result<(String, String)> {
    let page = template::render(letter, locale, options)
        .map_err(|e| Error::internal(e, "could not render a letter"))?;
    Ok((page.subject, page.text))
}

/// The newest letters that were not sent, fifty at most, of one recipient or of
/// all: what a demo shows in place of sending. Only a demo may call this.
///
/// # Errors
/// When the database fails.
pub async fn mailbox(backend: &Backend, recipient: Option<&str>) -> Result<Vec<CaughtLetter>> {
    let recipient = recipient.map(|text| text.trim().to_lowercase().replace('\0', ""));
    let mut reader = backend.db.read().await?;
    let rows = sql::unsent(&mut reader.conn(), recipient.as_deref(), MAILBOX_HOLDS).await?;
    rows.into_iter()
        .map(|row| {
            let letter: Letter = serde_json::from_str(&row.data)?;
            let page = template::render(&letter, row.locale, &backend.options)
                .map_err(|e| Error::internal(e, "could not render a letter"))?;
            Ok(CaughtLetter {
                to: row.recipient.as_str().to_owned(),
                subject: page.subject,
                text: page.text,
                html: page.html,
                at: row.created_at,
            })
        })
        .collect()
}
