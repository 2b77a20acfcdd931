//! What an operator does to accounts from the shell, where nobody has to prove
//! an address.

use domain::{
    Invalid, Locale,
    account::{Password, Role},
    email::EmailAddress,
    id::AccountId,
};

use super::{find_or_create_guest, letter, password, session, sql, token};
use crate::{
    context::Backend,
    error::{Error, Result},
};

/// Makes an account, proved at once, or gives an existing one this role. A
/// password, when given, replaces the one before and signs every browser out.
///
/// # Errors
/// Problems of `email` and `password`.
pub async fn create_account(
    backend: &Backend,
    email: &str,
    role: Role,
    password: Option<&Password>,
) -> Result<AccountId> {
    let email = parse(email)?;
    let password_hash = match password {
        Some(password) => {
            password::refuse_common(password, &email)?;
            Some(password::hash(password).await?)
        }
        None => None,
    };
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let account = find_or_create_guest(conn, &email, Locale::default(), now).await?;
    let grant = sql::Grant {
        account,
        role,
        name: email.as_str().split('@').next().unwrap_or_default(),
        password_hash: password_hash.as_deref(),
        now,
    };
    sql::grant(conn, &grant).await?;
    // A password or a link that somebody else asked for ends here.
    sql::delete_proofs(conn, account).await?;
    if password_hash.is_some() {
        session::end_all(conn, account).await?;
        letter::sql::delete(conn, account).await?;
    }
    tx.commit().await?;
    Ok(account)
}

/// Makes an API token for an existing account, past the limit of its owner.
///
/// # Errors
/// Problems of `email` and `name`; [`Error::NotFound`] without such an account.
pub async fn create_token_for(backend: &Backend, email: &str, name: &str) -> Result<String> {
    let email = parse(email)?;
    let name = token::parse_name(name)?;
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let account = sql::find(conn, &email).await?.ok_or(Error::NotFound)?;
    let token = token::insert(conn, account, &name, backend.clock.now()).await?;
    tx.commit().await?;
    Ok(token)
}

fn parse(email: &str) -> Result<EmailAddress, Invalid> {
    EmailAddress::parse(email).map_err(|problem| Invalid::field("email", problem))
}
