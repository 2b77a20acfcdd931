//! Sending letters, on both engines.

#[path = "support/both.rs"]
mod both;
#[path = "support/smtp.rs"]
mod smtp;

use std::sync::atomic::Ordering;

use backend::{
    Backend, Options,
    mail::{self, Letter},
};
use both::{START, each};
use domain::{
    Locale, Timestamp,
    email::EmailAddress,
    time::{HOUR, MINUTE},
};
use smtp::Smtp;

async fn write(backend: &Backend, to: &str) {
    let to = EmailAddress::parse(to).expect("an address");
    let letter =
        Letter::ConfirmAddress { link: "https://pedestal.example/confirm?token=secret".into() };
    let mut tx = backend.db.begin().await.expect("a transaction");
    mail::enqueue(&mut tx.conn(), &to, Locale::Fr, &letter, START).await.expect("written");
    tx.commit().await.expect("committed");
}

fn with(backend: &Backend, smtp: &Smtp) -> Backend {
    let options = Options { smtp_url: Some(smtp.url.clone()), ..(*backend.options).clone() };
    Backend { options: options.into(), ..backend.clone() }
}

async fn deliver_at(backend: &Backend, at: Timestamp) -> u32 {
    backend.clock.set(at);
    mail::deliver_due(backend).await.expect("the database is well")
}

#[tokio::test]
async fn a_letter_goes_out_once_with_text_and_html() {
    each(async |backend| {
        let smtp = Smtp::start().await;
        let backend = with(&backend, &smtp);
        write(&backend, "ada@example.org").await;
        assert_eq!(deliver_at(&backend, START).await, 1);
        assert_eq!(deliver_at(&backend, START.plus(48 * HOUR)).await, 0);
        let taken = smtp.taken();
        assert_eq!(taken.len(), 1);
        for part in [
            "To: ada@example.org",
            "From: Pedestal <pedestal@localhost>",
            "Subject: Confirmez votre adresse e-mail",
            "Auto-Submitted: auto-generated",
            "multipart/alternative",
            "text/plain",
            "text/html",
        ] {
            assert!(taken[0].contains(part), "{part} in {}", taken[0]);
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_sent_letter_said_is_forgotten() {
    each(async |backend| {
        let smtp = Smtp::start().await;
        let backend = with(&backend, &smtp);
        write(&backend, "ada@example.org").await;
        deliver_at(&backend, START).await;
        let left: Vec<String> = match &backend.db {
            backend::Db::Sqlite { read, .. } => {
                sqlx::query_scalar("select data from mail").fetch_all(read).await
            }
            backend::Db::Postgres { pool, .. } => {
                sqlx::query_scalar("select data from mail").fetch_all(pool).await
            }
        }
        .expect("read");
        assert_eq!(left, [""]);
        assert!(mail::mailbox(&backend, None).await.expect("a mailbox").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_refused_letter_is_tried_eight_times_and_given_up() {
    each(async |backend| {
        let smtp = Smtp::start().await;
        let backend = with(&backend, &smtp);
        smtp.refuses.store(true, Ordering::SeqCst);
        write(&backend, "ada@example.org").await;
        let mut at = START;
        for wait in [1, 5, 30, 120, 360, 720, 1440] {
            assert_eq!(deliver_at(&backend, at).await, 0);
            let tries = attempts(&backend).await;
            assert_eq!(deliver_at(&backend, at.plus(wait * MINUTE - 1)).await, 0);
            assert_eq!(attempts(&backend).await, tries, "too early after {wait} minutes");
            at = at.plus(wait * MINUTE);
        }
        assert_eq!(deliver_at(&backend, at).await, 0);
        assert_eq!(attempts(&backend).await, 8);
        smtp.refuses.store(false, Ordering::SeqCst);
        assert_eq!(deliver_at(&backend, at.plus(1000 * HOUR)).await, 0);
        assert_eq!(attempts(&backend).await, 8);
    })
    .await;
}

#[tokio::test]
async fn a_refused_letter_goes_out_when_the_server_is_well_again() {
    each(async |backend| {
        let smtp = Smtp::start().await;
        let backend = with(&backend, &smtp);
        smtp.refuses.store(true, Ordering::SeqCst);
        write(&backend, "ada@example.org").await;
        assert_eq!(deliver_at(&backend, START).await, 0);
        smtp.refuses.store(false, Ordering::SeqCst);
        assert_eq!(deliver_at(&backend, START.plus(MINUTE)).await, 1);
        assert_eq!(smtp.taken().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_processes_send_each_letter_once() {
    each(async |backend| {
        let smtp = Smtp::start().await;
        let backend = with(&backend, &smtp);
        for n in 0..20 {
            write(&backend, &format!("backer{n}@example.org")).await;
        }
        let (one, other) = tokio::join!(deliver_at(&backend, START), deliver_at(&backend, START));
        assert_eq!(one + other, 20);
        assert_eq!(smtp.taken().len(), 20);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_no_server_takes_does_not_hold_up_the_others() {
    each(async |backend| {
        let smtp = Smtp::start().await;
        let backend = with(&backend, &smtp);
        write(&backend, "a..b@example.org").await;
        write(&backend, "ada@example.org").await;
        assert_eq!(deliver_at(&backend, START).await, 1);
        assert_eq!(deliver_at(&backend, START.plus(48 * HOUR)).await, 0);
        assert_eq!(smtp.taken().len(), 1);
    })
    .await;
}

/// Tries of the only letter.
async fn attempts(backend: &Backend) -> i64 {
    match &backend.db {
        backend::Db::Sqlite { read, .. } => {
            sqlx::query_scalar("select attempts from mail").fetch_one(read).await
        }
        backend::Db::Postgres { pool, .. } => {
            sqlx::query_scalar("select attempts from mail").fetch_one(pool).await
        }
    }
    .expect("one letter")
}
