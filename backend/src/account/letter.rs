//! Signing in by a letter, for whoever has no password or lost it.
//!
//! Every address gets the same answer, the same work and the same letter, whether it has
//! an account, has pledged as a guest, or is new here: whoever follows the link owns the
//! address, and that is all an account needs. The link itself changes nothing, because
//! programs that guard mailboxes follow links too; the form behind it does.

pub(super) mod sql;

use domain::{
    Invalid, Locale, Problem,
    account::letter::{LETTER_LASTS, LetterWanted},
    time::HOUR,
};

use super::{LETTERS_PER_HOUR, SignedIn, find_or_create_guest, may_enter, session};
use crate::{
    context::Backend,
    error::Result,
    mail::{self, Letter},
    secret::{hashed, random_token},
};

/// Writes a letter whose link signs in, and ends the link of the letter before. The
/// answer and the work are the same whatever the address.
///
/// # Errors
/// When the database fails.
pub async fn ask_for_letter(
    backend: &Backend,
    wanted: &LetterWanted,
    locale: Locale,
) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let account = find_or_create_guest(conn, &wanted.email, locale, now).await?;
    let since = now.plus(-HOUR);
    let letters = mail::count_since(conn, &wanted.email, mail::SIGN_IN_LINK, since).await?;
    if letters < LETTERS_PER_HOUR {
        let token = random_token();
        sql::replace(conn, account, &hashed(&token), now.plus(LETTER_LASTS)).await?;
        let page = format!("{}/account/letter?token={token}", backend.options.base_url);
        let letter = Letter::SignInLink { link: wanted.next.after(&page) };
        mail::enqueue(conn, &wanted.email, locale, &letter, now).await?;
    }
    tx.commit().await
}

/// Follows the link of a letter: the address is its owner's from now on, with every
/// pledge that was made with it, and the browser is signed in. A password that somebody
/// else chose for this address, and that waits to be confirmed, is forgotten.
///
/// # Errors
/// [`Problem::StaleLink`] when the link was used, replaced or is half an hour old.
pub async fn follow_letter(backend: &Backend, token: &str, device: &str) -> Result<SignedIn> {
    let stale = || Invalid::field("", Problem::StaleLink);
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let account = sql::take(conn, &hashed(token), now).await?.ok_or_else(stale)?;
    let email = sql::email_of(conn, account).await?;
    if !may_enter(backend, &email) {
        return Err(stale().into());
    }
    let name = email.as_str().split('@').next().unwrap_or_default();
    sql::prove(conn, account, name, now).await?;
    super::sql::delete_proofs(conn, account).await?;
    let token = session::start_by_letter(conn, account, device, now).await?;
    tx.commit().await?;
    Ok(SignedIn { token, account })
}
