//! Sending what is due through the operator's mail server.

use std::{borrow::Cow, time::Duration};

use domain::{
    Timestamp,
    id::MailId,
    time::{HOUR, MINUTE},
};
use futures::{StreamExt as _, stream};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use tokio::time::timeout;

use super::{Letter, sql, template};
use crate::{
    context::{Backend, Options},
    error::{Error, Result},
};

/// How long to wait after each try that failed. After the last, one more and
/// the letter is given up.
const WAITS: [i64; 7] = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR];
/// For how long a process has a letter for itself; well over the time that one
/// try can take.
const LEASE: i64 = 5 * MINUTE;
/// How long the mail server may take to be there, and then for a whole letter:
/// one that scans letters while we wait should not get them twice.
const THERE_WITHIN: Duration = Duration::from_secs(10);
const TAKEN_WITHIN: Duration = Duration::from_mins(1);
/// Letters of one round, and how many of them go out side by side.
const ROUND: i64 = 64;
const SIDE_BY_SIDE: usize = 8;
/// When a letter that was given up is tried again.
const NEVER: Timestamp = Timestamp(i64::MAX);

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// What became of one try.
#[derive(PartialEq, Eq)]
enum Outcome {
    Sent,
    /// The server may take it later.
    Refused,
    /// No server ever will.
    Hopeless,
}

/// Sends the letters that are due and gives how many went out. Without a mail
/// server they stay where they are. Safe in several processes at once; a
/// process that dies between sending a letter and noting it sends it twice.
///
/// # Errors
/// When the database fails or the mail server's address is none.
pub async fn deliver_due(backend: &Backend) -> Result<u32> {
    let Some(url) = &backend.options.smtp_url else { return Ok(0) };
    let due = sql::due(&mut backend.db.read().await?.conn(), backend.clock.now(), ROUND).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&guarded(url))
        .map_err(|e| Error::internal(e, "the mail server's address is not one"))?
        .timeout(Some(THERE_WITHIN))
        .build();
    let tries: Vec<_> = stream::iter(due)
        .map(|id| deliver(backend, &transport, id))
        .buffer_unordered(SIDE_BY_SIDE)
        .collect()
        .await;
    let mut sent = 0;
    for went_out in tries {
        sent += u32::from(went_out?);
    }
    Ok(sent)
}

/// One try for one letter. `false` when it did not go out or is somebody else's.
async fn deliver(backend: &Backend, transport: &Transport, id: MailId) -> Result<bool> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let claimed = sql::claim(&mut tx.conn(), id, now, now.plus(LEASE)).await?;
    tx.commit().await?;
    let Some(row) = claimed else { return Ok(false) };

    let outcome = match message(&row, &backend.options) {
        Some(message) => send(transport, message, &row).await,
        None => Outcome::Hopeless,
    };
    settle(backend, &row, &outcome).await?;
    Ok(outcome == Outcome::Sent)
}

async fn send(transport: &Transport, message: Message, row: &sql::MailRow) -> Outcome {
    match timeout(TAKEN_WITHIN, transport.send(message)).await {
        Ok(Ok(_)) => Outcome::Sent,
        Err(_) => {
            tracing::warn!(id = %row.id, attempts = row.attempts, "the mail server fell silent");
            Outcome::Refused
        }
        Ok(Err(error)) => {
            // The server's own words may hold the recipient.
            let code = error.status().map(|code| code.to_string());
            tracing::warn!(id = %row.id, attempts = row.attempts, code, "a letter did not go out");
            Outcome::Refused
        }
    }
}

async fn settle(backend: &Backend, row: &sql::MailRow, outcome: &Outcome) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    match outcome {
        Outcome::Sent => sql::sent(conn, row.id, now).await?,
        Outcome::Refused | Outcome::Hopeless => {
            let tries = usize::try_from(row.attempts).unwrap_or(usize::MAX);
            let wait = WAITS.get(tries.saturating_sub(1)).filter(|_| *outcome == Outcome::Refused);
            if wait.is_none() {
                tracing::error!(id = %row.id, attempts = row.attempts, "gave a letter up");
            }
            sql::postpone(conn, row.id, wait.map_or(NEVER, |wait| now.plus(*wait))).await?;
        }
    }
    tx.commit().await
}

/// The letter as it goes over the wire, or nothing when it cannot be written:
/// its address is one that no mail server takes.
fn message(row: &sql::MailRow, options: &Options) -> Option<Message> {
    let letter: Letter = serde_json::from_str(&row.data).ok()?;
    let page = template::render(&letter, row.locale, options).ok()?;
    let from: Mailbox = options.mail_from.parse().ok()?;
    let to: Address = row.recipient.as_str().parse().ok()?;
    // The same for every try, so that a letter sent twice shows once.
    let message_id = format!("<{}@{}>", row.id, from.email.domain());
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    Message::builder()
        .from(from)
        .to(to.into())
        .subject(page.subject)
        .message_id(Some(message_id))
        // No holiday notes in answer, please (RFC 3834).
        .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
        .multipart(MultiPart::alternative_plain_html(page.text, page.html))
        .ok()
}

/// The address with encryption asked for, when it holds a password that would
/// otherwise cross a network in the clear.
fn guarded(url: &str) -> Cow<'_, str> {
    let Some((account, host)) = url.strip_prefix("smtp://").and_then(|rest| rest.rsplit_once('@'))
    else {
        return url.into();
    };
    let is_here = ["localhost", "127.", "[::1]"].iter().any(|here| host.starts_with(here));
    if is_here || host.contains("tls=") {
        return url.into();
    }
    let joint = if host.contains('?') { '&' } else { '?' };
    format!("smtp://{account}@{host}{joint}tls=required").into()
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_password_never_crosses_a_network_in_the_clear() {
        for (given, used) in [
            ("smtp://u:p@mail.example:587", "smtp://u:p@mail.example:587?tls=required"),
            (
                "smtp://u:p@mail.example?tls=opportunistic",
                "smtp://u:p@mail.example?tls=opportunistic",
            ),
            ("smtps://u:p@mail.example", "smtps://u:p@mail.example"),
            ("smtp://u:p@127.0.0.1:2525", "smtp://u:p@127.0.0.1:2525"),
            ("smtp://relay.example:25", "smtp://relay.example:25"),
        ] {
            assert_eq!(guarded(given), used);
        }
    }
}
