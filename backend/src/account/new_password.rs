//! A new password for an account: with the one of now, or without by a browser that came
//! in by a letter a moment ago.

use domain::{
    Timestamp,
    account::{
        Password,
        letter::{LETTER_LASTS, NewPasswordForm, PasswordWay},
    },
};

use super::{Who, is_everybodys, letter::sql, password, session};
use crate::{
    context::Backend,
    db::Conn,
    error::{Error, Result},
    limit::Limited,
    mail::{self, Letter},
};

/// Sets another password, and ends every other session of the account and every open
/// link of a letter: whoever knew the old one is out. The account's address is told, in
/// case it was not its owner.
///
/// # Errors
/// Problems of `password` and `old_password`; [`Error::Forbidden`] for an account that
/// everybody uses; [`Error::SignedOut`] when the session was ended meanwhile.
pub async fn set_password(backend: &Backend, who: &Who, form: &NewPasswordForm) -> Result<()> {
    if is_everybodys(&who.email) {
        return Err(Error::Forbidden);
    }
    let session = who.session.ok_or(Error::SignedOut)?;
    let fresh = form.parse()?;
    password::refuse_common(&fresh, &who.email)?;
    let mut reader = backend.db.read().await?;
    let conn = &mut reader.conn();
    let is_free = came_by_letter(conn, who, backend.clock.now()).await?;
    let known = sql::password_hash(conn, who.account).await?;
    reader.done();
    if !is_free {
        // As many tries as the sign-in page gives, and counted with them.
        backend.limits.check(Limited::SignIn, &format!("as {}", who.email))?;
        let claimed = Password::claimed(&form.old_password);
        if !password::verify(&claimed, known.clone()).await? {
            return Err(NewPasswordForm::wrong_old_password().into());
        }
    }
    let fresh_hash = password::hash(&fresh).await?;
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    // Hashing takes a while, in which another browser may have done the same.
    if !session::settle_letter(conn, who.account, session).await? {
        return Err(Error::SignedOut);
    }
    let old = known.unwrap_or_default();
    if !sql::set_password(conn, who.account, &old, &fresh_hash).await? {
        return Err(NewPasswordForm::wrong_old_password().into());
    }
    session::end_others(conn, who.account, session).await?;
    sql::delete(conn, who.account).await?;
    let now = backend.clock.now();
    let link = format!("{}/sign-in/letter", backend.options.base_url);
    let letter = Letter::NewPassword { at: now, link };
    mail::enqueue(conn, &who.email, who.locale, &letter, now).await?;
    tx.commit().await
}

/// What a new password asks of them.
pub(super) async fn way(conn: &mut Conn<'_>, who: &Who, now: Timestamp) -> Result<PasswordWay> {
    if is_everybodys(&who.email) {
        return Ok(PasswordWay::Shared);
    }
    if came_by_letter(conn, who, now).await? {
        return Ok(PasswordWay::Free);
    }
    let known = sql::password_hash(conn, who.account).await?;
    Ok(if known.is_some() { PasswordWay::Old } else { PasswordWay::Letter })
}

/// Whether this browser came in by a letter a moment ago.
async fn came_by_letter(conn: &mut Conn<'_>, who: &Who, now: Timestamp) -> Result<bool> {
    match who.session {
        Some(session) => {
            session::is_by_letter(conn, who.account, session, now.plus(-LETTER_LASTS)).await
        }
        None => Ok(false),
    }
}
