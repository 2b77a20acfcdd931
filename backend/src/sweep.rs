//! Once a day: what was kept about people for a while, and is of no more use, is
//! forgotten.
//!
//! Safe in several processes. Every statement names what is over by its age, so
//! whoever comes second finds nothing, and each deletes a few rows in a
//! transaction of its own, so that pledges never wait long for the database.

mod sql;

use domain::{
    Timestamp,
    announcement::{UNCONFIRMED_LASTS, WATCHERS_LAST},
    time::DAY,
};

use crate::{announcement, context::Backend, embed, error::Result, media};

/// How long the answer to a key is kept: as long as anybody tries again.
const ANSWERS_LAST: i64 = 7 * DAY;
/// How long an address is kept that nobody proved and that pledged nothing.
const STRANGERS_LAST: i64 = 30 * DAY;
/// How long it is known to whom a letter went.
const RECIPIENTS_LAST: i64 = 90 * DAY;
/// How long it is known that a webhook came; the provider repeats one for days.
const WEBHOOKS_LAST: i64 = 90 * DAY;
/// How long a refused text waits for who wrote it.
const UNSAVED_LAST: i64 = 30 * DAY;
/// How long an invitation that nobody answered is shown after its time, and how long it
/// is known which address was invited and did not come.
const INVITATIONS_LAST: i64 = 30 * DAY;
const INVITED_LAST: i64 = 90 * DAY;
/// How long the name of an embed is kept that nobody owns and nobody ever showed.
const UNSEEN_LAST: i64 = 30 * DAY;
/// Most rows of one transaction.
const AT_ONCE: i64 = 500;

/// How many rows were forgotten, each by its reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    pub proofs: u64,
    pub links: u64,
    pub sessions: u64,
    pub answers: u64,
    pub accounts: u64,
    pub recipients: u64,
    pub webhooks: u64,
    pub unsaved: u64,
    pub invitations: u64,
    pub invited: u64,
    pub watchers: u64,
    pub pictures: u64,
    pub embeds: u64,
}

/// Forgets everything that is due.
///
/// # Errors
/// When the database fails; what was forgotten before stays forgotten.
pub async fn run(backend: &Backend) -> Result<Swept> {
    let now = backend.clock.now();
    // Accounts last: what points at one goes first.
    let swept = Swept {
        proofs: all(backend, Due::Proofs, now).await?,
        links: all(backend, Due::Links, now).await?,
        sessions: all(backend, Due::Sessions, now).await?,
        answers: all(backend, Due::Answers, now.plus(-ANSWERS_LAST)).await?,
        recipients: all(backend, Due::Recipients, now.plus(-RECIPIENTS_LAST)).await?,
        webhooks: all(backend, Due::Webhooks, now.plus(-WEBHOOKS_LAST)).await?,
        unsaved: all(backend, Due::Unsaved, now.plus(-UNSAVED_LAST)).await?,
        invitations: all(backend, Due::Invitations, now.plus(-INVITATIONS_LAST)).await?,
        invited: all(backend, Due::Invited, now.plus(-INVITED_LAST)).await?,
        watchers: all(backend, Due::Watchers, now.plus(-UNCONFIRMED_LASTS)).await?,
        pictures: media::sweep::run(backend, now).await?,
        embeds: all(backend, Due::Embeds, now.plus(-UNSEEN_LAST)).await?,
        accounts: all(backend, Due::Accounts, now.plus(-STRANGERS_LAST)).await?,
    };
    if swept != Swept::default() {
        tracing::info!(?swept, "forgot what is of no more use");
    }
    Ok(swept)
}

#[derive(Debug, Clone, Copy)]
enum Due {
    Proofs,
    Links,
    Sessions,
    Answers,
    Recipients,
    Webhooks,
    Unsaved,
    Invitations,
    Invited,
    Watchers,
    Embeds,
    Accounts,
}

async fn all(backend: &Backend, due: Due, before: Timestamp) -> Result<u64> {
    let mut sum = 0;
    loop {
        let mut tx = backend.db.begin().await?;
        let conn = &mut tx.conn();
        let gone = match due {
            Due::Proofs => sql::proofs(conn, before, AT_ONCE).await?,
            Due::Links => sql::links(conn, before, AT_ONCE).await?,
            Due::Sessions => sql::sessions(conn, before, AT_ONCE).await?,
            Due::Answers => sql::answers(conn, before, AT_ONCE).await?,
            Due::Recipients => sql::recipients(conn, before, AT_ONCE).await?,
            Due::Webhooks => sql::webhooks(conn, before, AT_ONCE).await?,
            Due::Unsaved => sql::unsaved(conn, before, AT_ONCE).await?,
            Due::Invitations => sql::invitations(conn, before, AT_ONCE).await?,
            Due::Invited => sql::invited(conn, before, AT_ONCE).await?,
            Due::Watchers => {
                let waiting = before.plus(UNCONFIRMED_LASTS - WATCHERS_LAST);
                announcement::sweep(conn, before, waiting, AT_ONCE).await?
            }
            Due::Embeds => embed::forget_unseen(conn, before, AT_ONCE).await?,
            Due::Accounts => sql::accounts(conn, before, AT_ONCE).await?,
        };
        tx.commit().await?;
        sum += gone;
        if gone < AT_ONCE.unsigned_abs() {
            return Ok(sum);
        }
    }
}
