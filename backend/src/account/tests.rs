//! What only the inside can see: how much work an answer took.

use std::path::PathBuf;

use domain::{
    Locale,
    account::{DisplayName, Password, Role, SignUpForm},
    time::DAY,
};
use sqlx::{Sqlite, query::Query, sqlite::SqliteArguments};
use uuid::Uuid;

use super::{create_account, password, prove_email, sign_in, sign_up, sql};
use crate::{Backend, Clock, Conn, Options, secret::hashed};

/// A backend on a file of its own, which goes with it.
struct Stage {
    backend: Backend,
    folder: PathBuf,
}

impl Stage {
    async fn new() -> Self {
        let folder =
            std::env::temp_dir().join(format!("pedestal-unit-{}", Uuid::now_v7().simple()));
        let url = format!("sqlite://{}/pedestal.db", folder.display());
        let opened = Backend::open(&url, Clock::system(), Options::default()).await;
        Self { backend: opened.expect("a fresh database opens"), folder }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Brings about what no operation does.
async fn write(backend: &Backend, change: Query<'_, Sqlite, SqliteArguments>) {
    let mut tx = backend.db.begin().await.expect("a transaction");
    let Conn::Sqlite(connection) = tx.conn() else { panic!("it is SQLite") };
    change.execute(connection).await.expect("changed");
    tx.commit().await.expect("committed");
}

/// How often Argon2 ran meanwhile.
async fn runs<T>(work: impl Future<Output = T>) -> (u32, T) {
    let before = password::RUNS.get();
    let done = work.await;
    (password::RUNS.get() - before, done)
}

#[tokio::test]
async fn every_refused_sign_in_hashes_once() {
    let stage = Stage::new().await;
    let backend = &stage.backend;
    let right = Password::new("the difference engine").expect("a password");
    create_account(backend, "ada@example.org", Role::Member, Some(&right)).await.expect("made");
    create_account(backend, "bob@example.org", Role::Member, None).await.expect("made");
    let wrong = Password::claimed("something else");
    for email in ["ada@example.org", "bob@example.org", "nobody@example.org", "no address"] {
        let (count, refused) = runs(sign_in(backend, email, &wrong, "")).await;
        assert!(refused.is_err());
        assert_eq!(count, 1, "{email}");
    }
}

#[tokio::test]
async fn every_sign_up_hashes_once() {
    let stage = Stage::new().await;
    let backend = &stage.backend;
    let password = Password::new("the difference engine").expect("a password");
    create_account(backend, "ada@example.org", Role::Member, Some(&password)).await.expect("made");
    for email in ["ada@example.org", "nobody@example.org"] {
        // The fourth writes no letter any more, and still works as much.
        for _ in 0..4 {
            let form = SignUpForm {
                name: "Ada".into(),
                email: email.into(),
                password: "the analytical engine".into(),
                ..SignUpForm::default()
            };
            let wanted = form.parse().expect("a good form");
            let (count, asked) = runs(sign_up(backend, wanted, Locale::En)).await;
            assert!(asked.is_ok());
            assert_eq!(count, 1, "{email}");
        }
    }
}

#[tokio::test]
async fn the_hash_of_nobody_is_as_slow_as_any_and_matches_nothing() {
    assert!(!password::is_outdated(password::NOBODYS));
    let anything = Password::claimed("anything");
    assert!(!password::verify(&anything, None).await.expect("it can be compared with"));
    let length = |hash: &str| hash.rsplit('$').next().map(str::len);
    let fresh = password::hash(&anything).await.expect("hashed");
    assert_eq!(length(password::NOBODYS), length(&fresh));
}

#[tokio::test]
async fn a_hash_of_old_parameters_is_renewed_by_the_next_sign_in() {
    use argon2::{Argon2, Params, PasswordHasher as _};
    let stage = Stage::new().await;
    let backend = &stage.backend;
    let right = Password::new("the difference engine").expect("a password");
    let id =
        create_account(backend, "ada@example.org", Role::Member, Some(&right)).await.expect("made");
    let weak = Argon2::from(Params::new(8, 1, 1, None).expect("weak parameters"));
    let old = weak.hash_password(right.reveal().as_bytes()).expect("hashed").to_string();
    write(backend, sqlx::query("update account set password_hash = $1").bind(old)).await;

    let wrong = Password::claimed("something else");
    assert!(sign_in(backend, "ada@example.org", &wrong, "").await.is_err());
    let email = domain::email::EmailAddress::parse("ada@example.org").expect("an address");
    let hash = async || {
        let mut reader = backend.db.read().await.expect("a reader");
        let known = sql::credentials(&mut reader.conn(), &email).await.expect("read");
        known.expect("an account").password_hash
    };
    assert!(password::is_outdated(&hash().await), "a wrong password renews nothing");
    for _ in 0..2 {
        let signed_in = sign_in(backend, "ada@example.org", &right, "").await.expect("signed in");
        assert_eq!(signed_in.account, id);
        assert!(!password::is_outdated(&hash().await));
    }
}

#[tokio::test]
async fn an_account_whose_address_is_not_proved_cannot_be_signed_in_to() {
    let stage = Stage::new().await;
    let backend = &stage.backend;
    let right = Password::new("the difference engine").expect("a password");
    create_account(backend, "ada@example.org", Role::Member, Some(&right)).await.expect("made");
    assert!(sign_in(backend, "ada@example.org", &right, "").await.is_ok());
    write(backend, sqlx::query("update account set verified_at = null")).await;
    assert!(sign_in(backend, "ada@example.org", &right, "").await.is_err());
}

#[tokio::test]
async fn a_proof_that_comes_late_does_not_change_an_account_in_use() {
    let stage = Stage::new().await;
    let backend = &stage.backend;
    let right = Password::new("the difference engine").expect("a password");
    let account =
        create_account(backend, "ada@example.org", Role::Member, Some(&right)).await.expect("made");
    // As a sign-up writes it that ran at the same time as the first proof.
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await.expect("a transaction");
    let proof = sql::NewProof {
        token_hash: &hashed("late"),
        account,
        name: &DisplayName::parse("Eve").expect("a name"),
        password_hash: &password::hash(&right).await.expect("hashed"),
        created_at: now,
        expires_at: now.plus(DAY),
    };
    sql::insert_proof(&mut tx.conn(), &proof).await.expect("written");
    tx.commit().await.expect("committed");
    assert!(prove_email(backend, "late", &right, "").await.is_err());
    assert!(sign_in(backend, "ada@example.org", &right, "").await.is_ok());
}

#[test]
fn common_passwords_are_listed_as_they_are_compared() {
    let list = include_str!("common_passwords.txt");
    assert!(list.lines().count() >= 100);
    for common in list.lines() {
        assert_eq!(common, common.trim().to_lowercase());
        assert!(Password::new(common).is_ok(), "{common} would be refused for its length already");
    }
}
