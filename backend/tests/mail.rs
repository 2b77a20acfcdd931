//! The outbox, on both engines.

#[path = "support/both.rs"]
mod both;

use backend::{
    Backend, Options,
    mail::{self, Letter},
};
use both::{START, each};
use domain::{Locale, email::EmailAddress, time::HOUR};

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

fn letter(title: &str) -> Letter {
    Letter::PledgeCancelled { title: title.into() }
}

async fn write(backend: &Backend, to: &str, letter: &Letter) {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await.expect("a transaction");
    mail::enqueue(&mut tx.conn(), &address(to), Locale::En, letter, now).await.expect("written");
    tx.commit().await.expect("committed");
}

async fn subjects(backend: &Backend, of: Option<&str>) -> Vec<String> {
    let letters = mail::mailbox(backend, of).await.expect("a mailbox");
    letters.into_iter().map(|letter| letter.subject).collect()
}

#[tokio::test]
async fn a_letter_is_written_only_if_what_it_tells_of_happened() {
    each(async |backend| {
        let mut tx = backend.db.begin().await.expect("a transaction");
        let to = address("ada@example.org");
        mail::enqueue(&mut tx.conn(), &to, Locale::En, &letter("A"), START).await.expect("written");
        drop(tx);
        assert!(subjects(&backend, None).await.is_empty());
        write(&backend, "ada@example.org", &letter("B")).await;
        assert_eq!(subjects(&backend, None).await, ["Your pledge to B is cancelled"]);
    })
    .await;
}

#[tokio::test]
async fn the_mailbox_shows_the_newest_of_everybody_or_of_one() {
    each(async |backend| {
        for n in 0..30 {
            backend.clock.set(START.plus(n));
            write(&backend, "ada@example.org", &letter(&format!("A{n}"))).await;
            write(&backend, "bob@example.org", &letter(&format!("B{n}"))).await;
        }
        let all = subjects(&backend, None).await;
        assert_eq!(all.len(), 50);
        assert!(all[0].contains("B29") && all[1].contains("A29"), "{:?}", &all[..2]);
        let adas = subjects(&backend, Some(" Ada@Example.ORG ")).await;
        assert_eq!(adas.len(), 30);
        assert!(adas.iter().all(|subject| subject.contains(" A")));
        let letters = mail::mailbox(&backend, Some("bob@example.org")).await.expect("a mailbox");
        assert_eq!((letters[0].to.as_str(), letters[0].at), ("bob@example.org", START.plus(29)));
        assert!(subjects(&backend, Some("nobody@example.org")).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_letter_of_the_last_hour_is_remembered_by_kind_and_address() {
    each(async |backend| {
        let exists = Letter::PledgeExists { title: "A".into(), link: "https://a.example".into() };
        write(&backend, "ada@example.org", &exists).await;
        let lately = async |to: &str, kind: &str, later: i64| {
            let mut tx = backend.db.begin().await.expect("a transaction");
            let since = START.plus(later - HOUR);
            mail::count_since(&mut tx.conn(), &address(to), kind, since).await.expect("counted") > 0
        };
        assert!(lately("ada@example.org", mail::PLEDGE_EXISTS, HOUR - 1).await);
        assert!(!lately("ada@example.org", mail::PLEDGE_EXISTS, HOUR).await);
        assert!(!lately("ada@example.org", mail::CONFIRM_ADDRESS, 0).await);
        assert!(!lately("bob@example.org", mail::PLEDGE_EXISTS, 0).await);
    })
    .await;
}

#[tokio::test]
async fn without_a_mail_server_letters_stay() {
    each(async |backend| {
        write(&backend, "ada@example.org", &letter("A")).await;
        assert_eq!(mail::deliver_due(&backend).await.expect("nothing to do"), 0);
        assert_eq!(subjects(&backend, None).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_mail_server_whose_address_is_none_is_a_fault() {
    each(async |backend| {
        write(&backend, "ada@example.org", &letter("A")).await;
        let lost = with_server(&backend, "no address");
        assert!(mail::deliver_due(&lost).await.is_err());
        assert_eq!(subjects(&backend, None).await.len(), 1);
    })
    .await;
}

/// The same platform with a mail server.
fn with_server(backend: &Backend, url: &str) -> Backend {
    let options = Options { smtp_url: Some(url.into()), ..(*backend.options).clone() };
    Backend { options: options.into(), ..backend.clone() }
}
