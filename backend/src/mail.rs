//! Letters. One is written in the transaction that causes it and sent
//! afterwards, so none is lost and none goes out for what did not happen.

mod delivery;
mod sql;
mod template;

#[cfg(test)]
mod tests;

use domain::{Locale, Money, Timestamp, email::EmailAddress, time::HOUR};
use serde::{Deserialize, Serialize};

pub use delivery::deliver_due;

use crate::{
    context::Backend,
    db::Conn,
    error::{Error, Result},
};

/// [`Letter::kind`] of [`Letter::ConfirmAddress`].
pub const CONFIRM_ADDRESS: &str = "confirm_address";
/// [`Letter::kind`] of [`Letter::AlreadyRegistered`].
pub const ALREADY_REGISTERED: &str = "already_registered";
/// [`Letter::kind`] of [`Letter::PledgeExists`].
pub const PLEDGE_EXISTS: &str = "pledge_exists";

/// Most letters that the mailbox shows.
const MAILBOX_HOLDS: i64 = 50;

/// Everything that is ever written to anybody. A link may open something
/// without a password, so this has no `Debug` to get into a log by.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// Somebody wants an account. What they typed stays out of it: else this
    /// form would send strangers whatever anyone writes into it.
    ConfirmAddress {
        link: String,
    },
    /// Somebody wants an account with an address that has one.
    AlreadyRegistered {
        link: String,
    },
    PledgePlaced {
        title: String,
        total: Money,
        deadline: Timestamp,
        link: String,
    },
    PledgeChanged {
        title: String,
        total: Money,
        deadline: Timestamp,
        link: String,
    },
    PledgeCancelled {
        title: String,
    },
    /// Somebody wants to pledge with an address that has pledged.
    PledgeExists {
        title: String,
        link: String,
    },
    CampaignSucceeded {
        title: String,
        total: Money,
        link: String,
    },
    CampaignFailed {
        title: String,
        total: Money,
    },
}

/// A letter that waits to be sent, as the demo's mailbox shows it.
pub struct CaughtLetter {
    pub to: String,
    pub subject: String,
    pub text: String,
    /// A whole document; its text is escaped.
    pub html: String,
    pub at: Timestamp,
}

impl Letter {
    /// Its name in the outbox, and that of its templates.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ConfirmAddress { .. } => CONFIRM_ADDRESS,
            Self::AlreadyRegistered { .. } => ALREADY_REGISTERED,
            Self::PledgePlaced { .. } => "pledge_placed",
            Self::PledgeChanged { .. } => "pledge_changed",
            Self::PledgeCancelled { .. } => "pledge_cancelled",
            Self::PledgeExists { .. } => PLEDGE_EXISTS,
            Self::CampaignSucceeded { .. } => "campaign_succeeded",
            Self::CampaignFailed { .. } => "campaign_failed",
        }
    }
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
    let data = serde_json::to_string(letter)?;
    let new = sql::NewMail { recipient, locale, kind: letter.kind(), data: &data, now };
    sql::insert(conn, &new).await
}

/// Whether a letter of this kind went to this address within the last hour, so
/// that a stranger who types it often does not flood its owner.
///
/// # Errors
/// When the database fails.
pub async fn wrote_lately(
    conn: &mut Conn<'_>,
    recipient: &EmailAddress,
    kind: &str,
    now: Timestamp,
) -> Result<bool> {
    Ok(count_since(conn, recipient, kind, now.plus(-HOUR)).await? > 0)
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
