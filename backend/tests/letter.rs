//! Signing in by a letter, and the password that is chosen after, on both engines.

#[path = "support/both.rs"]
mod both;
#[path = "letter/told.rs"]
mod told;

use backend::{
    Backend, Db, Error,
    account::{self, SignedIn, Who},
    demo, mail, sweep,
};
use both::{START, each};
use domain::{
    Invalid, Locale, Problem,
    account::{
        Password, Role, SignUpForm,
        letter::{LETTER_LASTS, LetterForm, NewPasswordForm, PasswordWay},
    },
    email::EmailAddress,
    time::{DAY, HOUR, MINUTE},
};

const EMAIL: &str = "ada@example.org";
const PASSWORD: &str = "the difference engine";
const FRESH: &str = "the analytical engine";

async fn register(backend: &Backend) {
    let password = Password::new(PASSWORD).expect("a password");
    let made = account::create_account(backend, EMAIL, Role::Member, Some(&password)).await;
    made.expect("made");
}

async fn ask(backend: &Backend, email: &str, next: &str) {
    let form = LetterForm { email: email.into(), next: next.into() };
    let wanted = form.parse().expect("an address");
    account::ask_for_letter(backend, &wanted, Locale::En).await.expect("asked");
}

/// The links in the letters to somebody, newest first.
async fn links(backend: &Backend, email: &str) -> Vec<String> {
    let letters = mail::mailbox(backend, Some(email)).await.expect("a mailbox");
    let link = |text: &str| text.lines().find(|l| l.starts_with("http")).map(str::to_owned);
    letters.iter().map(|letter| link(&letter.text).expect("a link")).collect()
}

/// The token of the newest letter.
async fn token(backend: &Backend, email: &str) -> String {
    let link = links(backend, email).await.into_iter().next().expect("a letter");
    let token = link.split_once("/account/letter?token=").expect("a link that signs in").1;
    token.split('&').next().unwrap_or_default().to_owned()
}

async fn follow(backend: &Backend, token: &str) -> Result<SignedIn, Error> {
    account::follow_letter(backend, token, "Firefox").await
}

/// Ada, in a browser that came in by a letter.
async fn by_letter(backend: &Backend) -> Who {
    ask(backend, EMAIL, "").await;
    let signed_in = follow(backend, &token(backend, EMAIL).await).await.expect("followed");
    who(backend, &signed_in.token).await.expect("signed in")
}

async fn who(backend: &Backend, cookie: &str) -> Option<Who> {
    account::resume(backend, cookie).await.expect("looked up")
}

async fn sign_in(backend: &Backend, password: &str) -> Result<SignedIn, Error> {
    account::sign_in(backend, EMAIL, &Password::claimed(password), "Safari").await
}

async fn set(backend: &Backend, who: &Who, old: &str, fresh: &str) -> Result<(), Error> {
    let form = NewPasswordForm { old_password: old.into(), password: fresh.into() };
    account::set_password(backend, who, &form).await
}

async fn way(backend: &Backend, who: &Who) -> PasswordWay {
    account::page(backend, who).await.expect("a page").password
}

async fn count(backend: &Backend, statement: &'static str) -> i64 {
    match &backend.db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(statement).fetch_one(read).await,
        Db::Postgres { pool, .. } => sqlx::query_scalar(statement).fetch_one(pool).await,
    }
    .expect("counted")
}

fn invalid<T>(result: Result<T, Error>) -> Invalid {
    match result {
        Err(Error::Invalid(invalid)) => invalid,
        Err(error) => panic!("another error: {error}"),
        Ok(_) => panic!("not refused"),
    }
}

fn assert_stale<T>(result: Result<T, Error>) {
    assert_eq!(invalid(result), Invalid::field("", Problem::StaleLink));
}

#[tokio::test]
async fn whoever_lost_a_password_comes_in_by_a_letter() {
    each(async |backend| {
        register(&backend).await;
        let who = by_letter(&backend).await;
        assert_eq!((who.email.as_str(), who.name.as_str()), (EMAIL, "ada"));
        assert!(sign_in(&backend, PASSWORD).await.is_ok(), "the password stays as it was");
    })
    .await;
}

#[tokio::test]
async fn a_link_works_once() {
    each(async |backend| {
        register(&backend).await;
        ask(&backend, EMAIL, "").await;
        let token = token(&backend, EMAIL).await;
        let (one, other) = tokio::join!(follow(&backend, &token), follow(&backend, &token));
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|ok| **ok).count(), 1);
        assert_stale(follow(&backend, &token).await);
    })
    .await;
}

#[tokio::test]
async fn a_link_works_for_half_an_hour() {
    each(async |backend| {
        register(&backend).await;
        ask(&backend, EMAIL, "").await;
        let token = token(&backend, EMAIL).await;
        backend.clock.set(START.plus(LETTER_LASTS));
        assert_stale(follow(&backend, &token).await);
        backend.clock.set(START.plus(LETTER_LASTS - 1));
        assert!(follow(&backend, &token).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_newer_letter_ends_the_one_before() {
    each(async |backend| {
        register(&backend).await;
        ask(&backend, EMAIL, "").await;
        let first = token(&backend, EMAIL).await;
        backend.clock.set(START.plus(MINUTE));
        ask(&backend, EMAIL, "").await;
        let second = token(&backend, EMAIL).await;
        assert_ne!(first, second);
        assert_stale(follow(&backend, &first).await);
        assert!(follow(&backend, &second).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_made_up_link_opens_nothing_and_no_token_is_stored() {
    each(async |backend| {
        register(&backend).await;
        ask(&backend, EMAIL, "").await;
        for made_up in ["", "x", "\0", "' or 1=1 --"] {
            assert_stale(follow(&backend, made_up).await);
        }
        let token = token(&backend, EMAIL).await;
        assert!(token.len() >= 43, "256 bits: {token}");
        let stored = match &backend.db {
            Db::Sqlite { read, .. } => {
                sqlx::query_scalar("select token_hash from sign_in_link").fetch_one(read).await
            }
            Db::Postgres { pool, .. } => {
                sqlx::query_scalar("select token_hash from sign_in_link").fetch_one(pool).await
            }
        };
        let stored: String = stored.expect("one");
        assert_ne!(stored, token);
        assert_stale(follow(&backend, &stored).await);
        assert!(follow(&backend, &token).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn every_address_gets_the_same_letter() {
    each(async |backend| {
        register(&backend).await;
        let guest = EmailAddress::parse("guest@example.org").expect("an address");
        let mut tx = backend.db.begin().await.expect("a transaction");
        let made = account::find_or_create_guest(&mut tx.conn(), &guest, Locale::Fr, START).await;
        made.expect("a guest");
        tx.commit().await.expect("committed");
        let mut said = Vec::new();
        for email in [EMAIL, guest.as_str(), "nobody@example.org"] {
            ask(&backend, email, "").await;
            let letters = mail::mailbox(&backend, Some(email)).await.expect("a mailbox");
            assert_eq!(letters.len(), 1, "{email}");
            let token = token(&backend, email).await;
            said.push((letters[0].subject.clone(), letters[0].text.replace(&token, "T")));
        }
        said.dedup();
        assert_eq!(said.len(), 1, "{said:?}");
    })
    .await;
}

#[tokio::test]
async fn letters_do_not_flood_a_mailbox_and_the_last_one_stays_good() {
    each(async |backend| {
        for email in [EMAIL, "nobody@example.org"] {
            for minute in 0..5 {
                backend.clock.set(START.plus(minute * MINUTE));
                ask(&backend, email, "").await;
            }
            assert_eq!(links(&backend, email).await.len(), 3, "{email}");
        }
        let last = token(&backend, EMAIL).await;
        assert!(follow(&backend, &last).await.is_ok(), "what was not written ended nothing");
        backend.clock.set(START.plus(HOUR));
        ask(&backend, EMAIL, "").await;
        assert_eq!(links(&backend, EMAIL).await.len(), 4, "the first is an hour old");
    })
    .await;
}

#[tokio::test]
async fn a_letter_leads_on_to_a_page_of_this_site_alone() {
    each(async |backend| {
        ask(&backend, EMAIL, "/pledges?x=1").await;
        let link = links(&backend, EMAIL).await.swap_remove(0);
        assert!(link.ends_with("&next=%2Fpledges%3Fx%3D1"), "{link}");
        ask(&backend, "bob@example.org", "https://evil.example").await;
        let link = links(&backend, "bob@example.org").await.swap_remove(0);
        assert!(!link.contains("next="), "{link}");
    })
    .await;
}

#[tokio::test]
async fn a_letter_proves_an_address_and_ends_what_a_stranger_chose_for_it() {
    each(async |backend| {
        let form = SignUpForm {
            name: "Eve".into(),
            email: EMAIL.into(),
            password: "a stranger's password".into(),
            ..SignUpForm::default()
        };
        let wanted = form.parse().expect("a good form");
        account::sign_up(&backend, wanted, Locale::En).await.expect("asked");
        let strangers = links(&backend, EMAIL).await.swap_remove(0);
        let strangers = strangers.split_once("token=").expect("a token").1.to_owned();
        backend.clock.set(START.plus(MINUTE));

        let who = by_letter(&backend).await;
        assert_eq!(who.name, "ada", "a stranger names nobody");
        assert_eq!(count(&backend, "select count(*) from email_proof").await, 0);
        let theirs = Password::claimed("a stranger's password");
        assert_stale(account::prove_email(&backend, &strangers, &theirs, "").await);
        assert!(sign_in(&backend, "a stranger's password").await.is_err());
        // And the account has a password as soon as its owner chooses one.
        set(&backend, &who, "", FRESH).await.expect("set");
        assert!(sign_in(&backend, FRESH).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_came_by_a_letter_sets_a_password_without_the_old_one_once() {
    each(async |backend| {
        register(&backend).await;
        let other = sign_in(&backend, PASSWORD).await.expect("signed in");
        let here = by_letter(&backend).await;
        assert_eq!(way(&backend, &here).await, PasswordWay::Free);
        backend.clock.set(START.plus(MINUTE));
        ask(&backend, EMAIL, "").await;
        let open = token(&backend, EMAIL).await;
        set(&backend, &here, "", FRESH).await.expect("set");

        assert!(who(&backend, &other.token).await.is_none(), "other browsers are out");
        let page = account::page(&backend, &here).await.expect("a page");
        assert!(matches!(page.sessions.as_slice(), [one] if one.is_current));
        assert_stale(follow(&backend, &open).await);
        assert!(sign_in(&backend, PASSWORD).await.is_err());
        assert!(sign_in(&backend, FRESH).await.is_ok());

        assert_eq!(way(&backend, &here).await, PasswordWay::Old);
        let again = invalid(set(&backend, &here, "", "one more engine").await);
        assert!(again.of("old_password").is_some(), "{again:?}");
        set(&backend, &here, FRESH, "one more engine").await.expect("with the one of now");
    })
    .await;
}

#[tokio::test]
async fn half_an_hour_after_the_letter_the_old_password_is_asked_for() {
    each(async |backend| {
        register(&backend).await;
        let here = by_letter(&backend).await;
        backend.clock.set(START.plus(LETTER_LASTS));
        assert_eq!(way(&backend, &here).await, PasswordWay::Old);
        let refused = invalid(set(&backend, &here, "", FRESH).await);
        assert_eq!(refused, NewPasswordForm::wrong_old_password());
        assert!(sign_in(&backend, PASSWORD).await.is_ok(), "nothing was changed");
        set(&backend, &here, PASSWORD, FRESH).await.expect("with the old one");

        // Who never had one needs another letter.
        backend.clock.set(START.plus(2 * HOUR));
        ask(&backend, "bob@example.org", "").await;
        let token = token(&backend, "bob@example.org").await;
        let bob = follow(&backend, &token).await.expect("followed");
        let bob = who(&backend, &bob.token).await.expect("signed in");
        backend.clock.set(START.plus(3 * HOUR));
        assert_eq!(way(&backend, &bob).await, PasswordWay::Letter);
        let refused = invalid(set(&backend, &bob, "", FRESH).await);
        assert_eq!(refused, NewPasswordForm::wrong_old_password());
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_came_by_password_needs_it_for_another() {
    each(async |backend| {
        register(&backend).await;
        let here = sign_in(&backend, PASSWORD).await.expect("signed in");
        let here = who(&backend, &here.token).await.expect("signed in");
        assert_eq!(way(&backend, &here).await, PasswordWay::Old);
        for old in ["", FRESH, "The difference engine"] {
            let refused = invalid(set(&backend, &here, old, FRESH).await);
            assert_eq!(refused, NewPasswordForm::wrong_old_password(), "{old}");
        }
        for fresh in ["short", "password123", EMAIL] {
            let refused = invalid(set(&backend, &here, PASSWORD, fresh).await);
            assert!(refused.of("password").is_some(), "{fresh}: {refused:?}");
        }
        set(&backend, &here, PASSWORD, FRESH).await.expect("set");
        assert!(sign_in(&backend, FRESH).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_was_signed_out_meanwhile_sets_nothing() {
    each(async |backend| {
        register(&backend).await;
        let here = sign_in(&backend, PASSWORD).await.expect("signed in");
        let lost = who(&backend, &here.token).await.expect("signed in");
        account::sign_out(&backend, &here.token).await.expect("signed out");
        let refused = set(&backend, &lost, PASSWORD, FRESH).await;
        assert!(matches!(refused, Err(Error::SignedOut)));
        assert!(sign_in(&backend, PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn nobody_comes_in_by_a_letter_to_what_everybody_uses() {
    each(async |backend| {
        // What is left of a demonstration, once the process runs without it.
        let (member, _) = demo::MEMBER;
        let made = account::create_account(&backend, member, Role::Member, None).await;
        made.expect("made");
        ask(&backend, member, "").await;
        let token = token(&backend, member).await;
        assert_stale(follow(&backend, &token).await);
    })
    .await;
}

#[tokio::test]
async fn links_that_nobody_followed_are_forgotten_and_strangers_with_them() {
    each(async |backend| {
        ask(&backend, EMAIL, "").await;
        backend.clock.set(START.plus(LETTER_LASTS - 1));
        assert_eq!(sweep::run(&backend).await.expect("swept").links, 0);
        backend.clock.set(START.plus(LETTER_LASTS));
        assert_eq!(sweep::run(&backend).await.expect("swept").links, 1);
        assert_eq!(count(&backend, "select count(*) from sign_in_link").await, 0);
        backend.clock.set(START.plus(31 * DAY));
        assert_eq!(sweep::run(&backend).await.expect("swept").accounts, 1);
    })
    .await;
}
