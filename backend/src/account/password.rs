//! Password hashing: Argon2id with the parameters that OWASP recommends
//! (19 MiB, two passes, one lane), on threads of its own and two at a time, so
//! that a rush of sign-ins slows down sign-ins alone.

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::Error as HashError,
};
use domain::{Invalid, Problem, account::Password, email::EmailAddress, pledge::Refusal};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// How every hash of today's parameters begins.
const CURRENT: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

/// Compared with when there is no password, so that it takes as long. Nobody
/// knows what it is the hash of, and no match counts.
pub(super) const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$b3VyIG93biBzYWx0IGhlcmU$wWgjgmDVXHyQj7lH0DwrwGwMEKf1pvu/t4S6oxK2Km8";

/// Passwords that are tried first, at least eight characters, in lower case.
static COMMON: &str = include_str!("common_passwords.txt");

/// Two hashes at a time, and so many that wait for their turn: whoever came after
/// them would wait for seconds, and hold memory and a connection meanwhile.
static TURNS: Turns = Turns::new(2, 64);

/// Who works, and who waits to.
struct Turns {
    at_once: Semaphore,
    places: Semaphore,
}

static ARGON2: LazyLock<Argon2<'static>> = LazyLock::new(|| {
    let params = Params::new(19_456, 2, 1, None).expect("these parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
});

#[cfg(test)]
thread_local! {
    /// How often this test has run Argon2.
    pub(super) static RUNS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// The hash to store of a password.
///
/// # Errors
/// When the system gives no randomness.
pub(super) async fn hash(password: &Password) -> Result<String> {
    let secret = password.reveal().to_owned();
    in_turn(move || ARGON2.hash_password(secret.as_bytes()).map(|hash| hash.to_string()))
        .await?
        .map_err(|e| Error::internal(e, "could not hash a password"))
}

/// Whether it is the password of this hash. Without one it takes as long and is
/// never right.
///
/// # Errors
/// When the stored hash is damaged.
pub(super) async fn verify(password: &Password, hash: Option<String>) -> Result<bool> {
    let secret = password.reveal().to_owned();
    let exists = hash.is_some();
    let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
    match in_turn(move || ARGON2.verify_password(secret.as_bytes(), hash.as_str())).await? {
        Ok(()) => Ok(exists),
        Err(HashError::PasswordInvalid) => Ok(false),
        Err(error) => Err(Error::internal(error, "could not check a password")),
    }
}

/// Whether a hash was made with other parameters than today's.
pub(super) fn is_outdated(hash: &str) -> bool {
    !hash.starts_with(CURRENT)
}

/// Refuses what an attacker tries first: a well-known password, one character
/// over and over, or the address itself.
///
/// # Errors
/// [`Problem::CommonPassword`] on `password`.
pub(super) fn refuse_common(password: &Password, email: &EmailAddress) -> Result<(), Invalid> {
    let text = password.reveal().trim().to_lowercase();
    let local = email.as_str().split('@').next().unwrap_or_default();
    let is_one_character = text.chars().next().is_none_or(|first| text.chars().all(|c| c == first));
    let is_common = is_one_character
        || text == local
        || text == email.as_str()
        || COMMON.lines().any(|common| common == text);
    if is_common { Err(Invalid::field("password", Problem::CommonPassword)) } else { Ok(()) }
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    #[cfg(test)]
    RUNS.with(|runs| runs.set(runs.get() + 1));
    TURNS.take(work).await
}

impl Turns {
    const fn new(at_once: usize, waiting: usize) -> Self {
        Self {
            at_once: Semaphore::const_new(at_once),
            places: Semaphore::const_new(at_once + waiting),
        }
    }

    /// Does the work when it is its turn.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when every place is taken.
    async fn take<T: Send + 'static>(
        &'static self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let place = self.places.try_acquire().map_err(|_| Refusal::Busy { seconds: 5 })?;
        let turn = self.at_once.acquire().await.expect("this semaphore is never closed");
        let done = tokio::task::spawn_blocking(move || {
            // Held by the work itself: a visitor who leaves does not free a turn.
            let _held = (turn, place);
            work()
        });
        done.await.map_err(|e| Error::internal(e, "password hashing was cut off"))
    }
}

#[cfg(test)]
mod tests {
    use std::{thread, time::Duration};

    use domain::pledge::Refusal;

    use super::Turns;
    use crate::error::Error;

    static FEW: Turns = Turns::new(1, 2);

    #[tokio::test]
    async fn whoever_finds_no_place_to_wait_is_told_to_come_back() {
        let work = || FEW.take(|| thread::sleep(Duration::from_millis(50)));
        let (one, two, three, four) = tokio::join!(work(), work(), work(), work());
        assert!(one.is_ok() && two.is_ok() && three.is_ok());
        assert!(matches!(four, Err(Error::Refused(Refusal::Busy { seconds: 1.. }))));
        work().await.expect("their places are free again");
    }
}
