//! Accounts: signing up, proving an address, signing in.
//!
//! Nobody learns from an answer, or from how long it took, whether an address
//! has an account: sign-up says "look into your mailbox" to everyone, and
//! sign-in hashes a password whether or not there is one to compare with.

mod admin;
mod letter;
mod new_password;
mod password;
mod session;
mod sql;
mod token;

#[cfg(test)]
mod tests;

use domain::{
    Invalid, Locale, Problem, Timestamp,
    account::{AccountPage, Password, Role, SignUp},
    email::EmailAddress,
    id::{AccountId, SessionId},
    time::{DAY, HOUR},
};

pub use admin::{create_account, create_token_for};
pub use letter::{ask_for_letter, follow_letter};
pub use new_password::set_password;
pub use session::{resume, revoke_session, sign_out};
pub use token::{create_token, resume_token, revoke_token};

use crate::{
    context::Backend,
    db::Conn,
    demo,
    error::Result,
    limit::Limited,
    mail::{self, Letter},
    secret::{hashed, random_token},
};

/// How long the link of a confirmation letter works.
const PROOF_LASTS: i64 = DAY;
/// Most letters of one kind that sign-up sends to an address within an hour, so
/// that nobody's mailbox is flooded by typing its address. It is also how many
/// links of an address work at the same time.
const LETTERS_PER_HOUR: i64 = 3;

/// Somebody whose request carried a good session or token.
#[derive(Clone, Debug)]
pub struct Who {
    pub account: AccountId,
    /// The browser's session; none for a token of the API.
    pub session: Option<SessionId>,
    pub name: String,
    pub email: EmailAddress,
    pub role: Role,
    pub locale: Locale,
}

/// A browser that has just been signed in.
pub struct SignedIn {
    /// The value of the session cookie. Only its hash is stored.
    pub token: String,
    pub account: AccountId,
}

/// Asks for an account. The answer and the work are the same whatever the
/// address; what comes of it is in the letter.
///
/// # Errors
/// [`Problem::CommonPassword`] on `password`.
pub async fn sign_up(backend: &Backend, wanted: SignUp, locale: Locale) -> Result<()> {
    password::refuse_common(&wanted.password, &wanted.email)?;
    let password_hash = password::hash(&wanted.password).await?;
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let account = find_or_create_guest(conn, &wanted.email, locale, now).await?;
    let is_registered = sql::is_verified(conn, account).await?;
    let kind = if is_registered { mail::ALREADY_REGISTERED } else { mail::CONFIRM_ADDRESS };
    if mail::count_since(conn, &wanted.email, kind, now.plus(-HOUR)).await? < LETTERS_PER_HOUR {
        let base = &backend.options.base_url;
        let letter = if is_registered {
            Letter::AlreadyRegistered { link: wanted.next.after(&format!("{base}/sign-in")) }
        } else {
            let token = random_token();
            sql::prune_proofs(conn, account, LETTERS_PER_HOUR - 1, now).await?;
            let proof = sql::NewProof {
                token_hash: &hashed(&token),
                account,
                name: &wanted.name,
                password_hash: &password_hash,
                created_at: now,
                expires_at: now.plus(PROOF_LASTS),
            };
            sql::insert_proof(conn, &proof).await?;
            let page = format!("{base}/account/confirm?token={token}");
            Letter::ConfirmAddress { link: wanted.next.after(&page) }
        };
        mail::enqueue(conn, &wanted.email, locale, &letter, now).await?;
    }
    tx.commit().await
}

/// Follows the link of a confirmation letter: the account gets the name and
/// password that were chosen at sign-up, the pledges made with this address as
/// a guest are its own from now on, and the browser is signed in.
///
/// Two things have to come together, the link that only the owner of the mailbox
/// has and the password that only whoever signed up knows. Else a stranger could
/// sign up with somebody's address and wait until its owner follows the link.
///
/// # Errors
/// [`Problem::StaleLink`] when the link was used, replaced or is a day old;
/// [`Problem::NotThePassword`] on `password`, after which the link still works.
pub async fn prove_email(
    backend: &Backend,
    token: &str,
    claimed: &Password,
    device: &str,
) -> Result<SignedIn> {
    let stale = || Invalid::field("", Problem::StaleLink);
    let token = hashed(token);
    backend.limits.check(Limited::SignIn, &format!("proof {token}"))?;
    let waiting =
        sql::waiting_hash(&mut backend.db.read().await?.conn(), &token, backend.clock.now())
            .await?
            .ok_or_else(stale)?;
    if !password::verify(claimed, Some(waiting)).await? {
        return Err(Invalid::field("password", Problem::NotThePassword).into());
    }
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let proof = sql::take_proof(conn, &token, now).await?.ok_or_else(stale)?;
    if !sql::verify(conn, &proof, now).await? {
        return Err(stale().into());
    }
    // What others may have asked for with this address ends here.
    sql::delete_proofs(conn, proof.account_id).await?;
    let token = session::start(conn, proof.account_id, device, now).await?;
    tx.commit().await?;
    Ok(SignedIn { token, account: proof.account_id })
}

/// Signs a browser in. Tries are counted for each address as well, so that many
/// networks together guess no faster than one.
///
/// # Errors
/// [`Problem::WrongCredentials`] on the whole form, whichever half was wrong.
pub async fn sign_in(
    backend: &Backend,
    email: &str,
    password: &Password,
    device: &str,
) -> Result<SignedIn> {
    let known = match EmailAddress::parse(email) {
        Ok(email) => {
            // There is nothing to guess where everybody is told the password.
            if !is_everybodys(&email) {
                backend.limits.check(Limited::SignIn, &format!("as {email}"))?;
            }
            sql::credentials(&mut backend.db.read().await?.conn(), &email)
                .await?
                .filter(|_| may_enter(backend, &email))
        }
        Err(_) => None,
    };
    let hash = known.as_ref().map(|known| known.password_hash.clone());
    let is_right = password::verify(password, hash).await?;
    let Some(known) = known.filter(|_| is_right) else {
        return Err(Invalid::field("", Problem::WrongCredentials).into());
    };
    let fresh_hash = if password::is_outdated(&known.password_hash) {
        Some(password::hash(password).await?)
    } else {
        None
    };
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    if let Some(fresh_hash) = fresh_hash {
        sql::replace_hash(conn, known.id, &known.password_hash, &fresh_hash).await?;
    }
    let token = session::start(conn, known.id, device, now).await?;
    tx.commit().await?;
    Ok(SignedIn { token, account: known.id })
}

/// Whether the account of this address may be used here. Everybody knows the
/// password of the demonstration's accounts, so they end with the demonstration,
/// and what was opened with them while it lasted.
fn may_enter(backend: &Backend, email: &EmailAddress) -> bool {
    backend.options.is_demo || !is_everybodys(email)
}

fn is_everybodys(email: &EmailAddress) -> bool {
    [demo::MEMBER, demo::OPERATOR].iter().any(|(theirs, _)| *theirs == email.as_str())
}

/// Everything the account page shows.
///
/// # Errors
/// When the database fails.
pub async fn page(backend: &Backend, who: &Who) -> Result<AccountPage> {
    let now = backend.clock.now();
    let mut reader = backend.db.read().await?;
    let conn = &mut reader.conn();
    Ok(AccountPage {
        name: who.name.clone(),
        email: who.email.as_str().to_owned(),
        sessions: session::list(conn, who, now).await?,
        tokens: token::list(conn, who).await?,
        password: new_password::way(conn, who, now).await?,
        now,
    })
}

/// The account of this address, made without a password when there is none: a
/// guest, who can sign up later and finds their pledges then.
///
/// # Errors
/// When the database fails.
pub async fn find_or_create_guest(
    conn: &mut Conn<'_>,
    email: &EmailAddress,
    locale: Locale,
    now: Timestamp,
) -> Result<AccountId> {
    sql::insert_guest(conn, email, locale, now).await?;
    sql::id_of(conn, email).await
}
