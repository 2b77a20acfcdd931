//! Accounts, on both engines.

#[path = "support/both.rs"]
mod both;

use backend::{Backend, Db, Error, account, mail};
use both::{START, each};
use domain::{
    Invalid, Locale, Problem,
    account::{Password, Role, SignUp, SignUpForm},
    email::EmailAddress,
    time::{DAY, HOUR, MINUTE},
};

const EMAIL: &str = "ada@example.org";
const PASSWORD: &str = "the difference engine";
const FIREFOX: &str = "Firefox on Linux";

fn form(name: &str, email: &str, password: &str) -> SignUpForm {
    let (name, email, password) = (name.into(), email.into(), password.into());
    SignUpForm { name, email, password, ..SignUpForm::default() }
}

fn wanted(name: &str, email: &str, password: &str) -> SignUp {
    form(name, email, password).parse().expect("a good form")
}

async fn ask_for_account(backend: &Backend, password: &str) {
    account::sign_up(backend, wanted("Ada", EMAIL, password), Locale::En).await.expect("asked");
}

/// The links in the letters to Ada, newest first.
async fn links(backend: &Backend) -> Vec<String> {
    let letters = mail::mailbox(backend, Some(EMAIL)).await.expect("a mailbox");
    let link = |text: &str| text.lines().find(|l| l.starts_with("http")).map(str::to_owned);
    letters.iter().map(|letter| link(&letter.text).expect("a link")).collect()
}

/// The token in the newest letter.
async fn proof(backend: &Backend) -> String {
    let link = links(backend).await.into_iter().next().expect("a letter");
    link.split_once("/account/confirm?token=").expect("a confirmation").1.to_owned()
}

/// Ada with an account, signed in.
async fn ada(backend: &Backend) -> account::SignedIn {
    ask_for_account(backend, PASSWORD).await;
    prove(backend, &proof(backend).await, PASSWORD).await.expect("proved")
}

async fn who(backend: &Backend, signed_in: &account::SignedIn) -> account::Who {
    account::resume(backend, &signed_in.token).await.expect("looked up").expect("signed in")
}

async fn sign_in(
    backend: &Backend,
    email: &str,
    password: &str,
) -> Result<account::SignedIn, Error> {
    account::sign_in(backend, email, &Password::claimed(password), "Safari").await
}

/// Follows the link in a letter.
async fn prove(backend: &Backend, token: &str, password: &str) -> Result<account::SignedIn, Error> {
    account::prove_email(backend, token, &Password::claimed(password), FIREFOX).await
}

async fn open_proofs(backend: &Backend) -> i64 {
    let count = "select count(*) from email_proof";
    match &backend.db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(count).fetch_one(read).await,
        Db::Postgres { pool, .. } => sqlx::query_scalar(count).fetch_one(pool).await,
    }
    .expect("counted")
}

fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    match result {
        Err(Error::Invalid(Invalid(fields))) => fields.into_values().next(),
        Err(error) => panic!("another error: {error}"),
        Ok(_) => None,
    }
}

#[tokio::test]
async fn whoever_proves_an_address_is_signed_in_under_the_chosen_name() {
    each(async |backend| {
        ask_for_account(&backend, PASSWORD).await;
        assert_eq!(
            problem(sign_in(&backend, EMAIL, PASSWORD).await),
            Some(Problem::WrongCredentials),
            "not before the address is proved"
        );
        let signed_in = prove(&backend, &proof(&backend).await, PASSWORD).await.expect("proved");
        let who = who(&backend, &signed_in).await;
        assert_eq!((who.name.as_str(), who.email.as_str()), ("Ada", EMAIL));
        assert_eq!(
            (who.role, who.locale, who.account),
            (Role::Member, Locale::En, signed_in.account)
        );
        assert!(sign_in(&backend, " ADA@Example.org ", PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_letter_leads_on_to_where_somebody_came_from() {
    each(async |backend| {
        let next = "/invitation?token=a-b".to_owned();
        for (minute, there) in [(1, "/account/confirm?token="), (2, "/sign-in")] {
            backend.clock.set(START.plus(minute * MINUTE));
            let wanted = SignUpForm { next: next.clone(), ..form("Ada", EMAIL, PASSWORD) };
            let wanted = wanted.parse().expect("a good form");
            account::sign_up(&backend, wanted, Locale::En).await.expect("asked");
            let link = links(&backend).await.into_iter().next().expect("a letter");
            assert!(link.contains(there), "{link}");
            let Some((page, way_on)) = link.split_once("next=") else { panic!("{link}") };
            assert_eq!(way_on, "%2Finvitation%3Ftoken%3Da-b");
            if let Some((_, token)) = page.trim_end_matches('&').split_once("confirm?token=") {
                prove(&backend, token, PASSWORD).await.expect("proved");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_proof_works_once() {
    each(async |backend| {
        ask_for_account(&backend, PASSWORD).await;
        let token = proof(&backend).await;
        prove(&backend, &token, PASSWORD).await.expect("proved");
        let again = prove(&backend, &token, PASSWORD).await;
        assert_eq!(problem(again), Some(Problem::StaleLink));
    })
    .await;
}

#[tokio::test]
async fn a_proof_used_twice_at_the_same_time_signs_in_once() {
    each(async |backend| {
        ask_for_account(&backend, PASSWORD).await;
        let token = proof(&backend).await;
        let (one, other) =
            tokio::join!(prove(&backend, &token, PASSWORD), prove(&backend, &token, PASSWORD),);
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|ok| **ok).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_owns_the_mailbox_does_not_open_an_account_for_a_stranger() {
    each(async |backend| {
        ask_for_account(&backend, "a stranger's password").await;
        let token = proof(&backend).await;
        for guess in [PASSWORD, "", "A stranger's password"] {
            let refused = prove(&backend, &token, guess).await;
            assert_eq!(problem(refused), Some(Problem::NotThePassword), "{guess}");
        }
        assert!(sign_in(&backend, EMAIL, "a stranger's password").await.is_err());
        // The owner signs up as well, and the account is theirs alone.
        backend.clock.set(START.plus(MINUTE));
        ask_for_account(&backend, PASSWORD).await;
        prove(&backend, &proof(&backend).await, PASSWORD).await.expect("proved");
        assert!(sign_in(&backend, EMAIL, "a stranger's password").await.is_err());
        assert!(sign_in(&backend, EMAIL, PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_mistyped_password_leaves_the_letter_as_good_as_it_was() {
    each(async |backend| {
        ask_for_account(&backend, PASSWORD).await;
        let token = proof(&backend).await;
        let refused = prove(&backend, &token, "the difference engin").await;
        assert_eq!(problem(refused), Some(Problem::NotThePassword));
        assert!(prove(&backend, &token, PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_proof_lasts_a_day() {
    each(async |backend| {
        ask_for_account(&backend, PASSWORD).await;
        let token = proof(&backend).await;
        backend.clock.set(START.plus(DAY));
        let late = prove(&backend, &token, PASSWORD).await;
        assert_eq!(problem(late), Some(Problem::StaleLink));
        backend.clock.set(START.plus(DAY - 1));
        assert!(prove(&backend, &token, PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_made_up_proof_is_stale() {
    each(async |backend| {
        for token in ["", "x", "' or 1=1 --"] {
            let proved = prove(&backend, token, PASSWORD).await;
            assert_eq!(problem(proved), Some(Problem::StaleLink));
        }
    })
    .await;
}

#[tokio::test]
async fn the_first_proof_ends_all_others_of_that_address() {
    each(async |backend| {
        ask_for_account(&backend, "a stranger's password").await;
        let strangers = proof(&backend).await;
        backend.clock.set(START.plus(MINUTE));
        ask_for_account(&backend, PASSWORD).await;
        prove(&backend, &proof(&backend).await, PASSWORD).await.expect("proved");
        assert_eq!(open_proofs(&backend).await, 0, "nothing of a stranger's is kept");
        let late = prove(&backend, &strangers, PASSWORD).await;
        assert_eq!(problem(late), Some(Problem::StaleLink));
        assert!(sign_in(&backend, EMAIL, PASSWORD).await.is_ok());
        assert!(sign_in(&backend, EMAIL, "a stranger's password").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn an_address_has_three_open_proofs_at_most() {
    each(async |backend| {
        for hour in 0..4 {
            backend.clock.set(START.plus(hour * HOUR));
            ask_for_account(&backend, PASSWORD).await;
        }
        let tokens: Vec<String> = links(&backend).await;
        assert_eq!(tokens.len(), 4);
        let oldest = tokens[3].split_once("token=").expect("a token").1;
        let refused = prove(&backend, oldest, PASSWORD).await;
        assert_eq!(problem(refused), Some(Problem::StaleLink));
        let third = tokens[2].split_once("token=").expect("a token").1;
        assert!(prove(&backend, third, PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn sign_up_does_not_flood_a_mailbox() {
    each(async |backend| {
        for _ in 0..5 {
            ask_for_account(&backend, PASSWORD).await;
        }
        assert_eq!(links(&backend).await.len(), 3);
        backend.clock.set(START.plus(HOUR));
        ask_for_account(&backend, PASSWORD).await;
        assert_eq!(links(&backend).await.len(), 4);
        prove(&backend, &proof(&backend).await, PASSWORD).await.expect("proved");
        for _ in 0..5 {
            ask_for_account(&backend, PASSWORD).await;
        }
        assert_eq!(links(&backend).await.len(), 4 + 3, "letters to an account are limited too");
    })
    .await;
}

#[tokio::test]
async fn signing_up_with_a_known_address_changes_nothing_and_says_so_by_letter_alone() {
    each(async |backend| {
        ada(&backend).await;
        backend.clock.set(START.plus(MINUTE));
        account::sign_up(&backend, wanted("Eve", EMAIL, "the analytical engine"), Locale::Fr)
            .await
            .expect("the same answer as for an unknown address");
        assert!(sign_in(&backend, EMAIL, "the analytical engine").await.is_err());
        let signed_in = sign_in(&backend, EMAIL, PASSWORD).await.expect("the password of before");
        assert_eq!(who(&backend, &signed_in).await.name, "Ada");
        let letters = mail::mailbox(&backend, Some(EMAIL)).await.expect("a mailbox");
        assert_eq!(letters[0].subject, "Vous avez déjà un compte");
        assert!(letters[0].text.contains("/sign-in"));
    })
    .await;
}

#[tokio::test]
async fn a_guest_who_signs_up_keeps_their_account() {
    each(async |backend| {
        let email = EmailAddress::parse(EMAIL).expect("an address");
        let mut guests = Vec::new();
        for _ in 0..2 {
            let mut tx = backend.db.begin().await.expect("a transaction");
            let conn = &mut tx.conn();
            let guest = account::find_or_create_guest(conn, &email, Locale::Fr, START).await;
            guests.push(guest.expect("a guest"));
            tx.commit().await.expect("committed");
        }
        assert_eq!(guests[0], guests[1]);
        assert!(sign_in(&backend, EMAIL, "").await.is_err(), "a guest has no password");
        assert_eq!(ada(&backend).await.account, guests[0]);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    each(async |backend| {
        ada(&backend).await;
        for (email, password) in [
            (EMAIL, "the difference engines"),
            (EMAIL, ""),
            ("nobody@example.org", PASSWORD),
            ("no address at all", PASSWORD),
        ] {
            match sign_in(&backend, email, password).await {
                Err(Error::Invalid(invalid)) => {
                    assert_eq!(invalid, Invalid::field("", Problem::WrongCredentials));
                }
                _ => panic!("{email} is refused"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn passwords_that_everybody_tries_first_are_refused() {
    each(async |backend| {
        for password in ["password123", "PassWord123", "azertyuiop", "zzzzzzzzzz", EMAIL] {
            let refused =
                account::sign_up(&backend, wanted("Ada", EMAIL, password), Locale::En).await;
            match refused {
                Err(Error::Invalid(invalid)) => {
                    assert_eq!(invalid, Invalid::field("password", Problem::CommonPassword));
                }
                _ => panic!("{password} is refused"),
            }
        }
        assert!(links(&backend).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_operator_makes_accounts_and_gives_roles() {
    each(async |backend| {
        let password = Password::new(PASSWORD).expect("a password");
        let make = account::create_account(&backend, EMAIL, Role::Member, Some(&password));
        let id = make.await.expect("made");
        let signed_in = sign_in(&backend, EMAIL, PASSWORD).await.expect("proved at once");
        let again = account::create_account(&backend, EMAIL, Role::Operator, None).await;
        assert_eq!(again.expect("given"), id);
        let who = who(&backend, &signed_in).await;
        assert_eq!((who.role, who.name.as_str()), (Role::Operator, "ada"));
        assert!(sign_in(&backend, EMAIL, PASSWORD).await.is_ok(), "the password stays");
        assert!(account::create_account(&backend, "nonsense", Role::Member, None).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_password_from_an_operator_signs_every_browser_out() {
    each(async |backend| {
        let before = ada(&backend).await;
        let password = Password::new("the analytical engine").expect("a password");
        account::create_account(&backend, EMAIL, Role::Member, Some(&password)).await.expect("set");
        assert!(account::resume(&backend, &before.token).await.expect("looked up").is_none());
        assert!(sign_in(&backend, EMAIL, PASSWORD).await.is_err());
        assert!(sign_in(&backend, EMAIL, "the analytical engine").await.is_ok());
    })
    .await;
}
