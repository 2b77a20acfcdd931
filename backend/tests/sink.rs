//! Letters through a mail server that others wrote, on both engines: they arrive
//! once, in their reader's language, whatever happens on the way. The one case in
//! which SMTP itself cannot say whether a letter arrived stands at the end.

#[path = "support/sink.rs"]
mod server;
#[path = "stage/stage.rs"]
mod stage;

use std::time::Duration;

use backend::{
    Backend, Options,
    mail::{self, Letter},
    pledge, schedule,
};
use domain::{
    Locale,
    payment::TestCard,
    time::{DAY, HOUR, MINUTE},
};
use server::Sink;
use stage::{DEADLINE, NOW, Stage, amount, email, placement};

async fn write(backend: &Backend, to: &str) {
    let letter = Letter::PledgeCancelled { title: "Été, <b>hiver</b> & 東京".into() };
    let mut tx = backend.db.begin().await.expect("a transaction");
    let now = backend.clock.now();
    mail::enqueue(&mut tx.conn(), &email(to), Locale::Fr, &letter, now).await.expect("written");
    tx.commit().await.expect("committed");
}

/// The same platform with this mail server.
fn with(backend: &Backend, sink: &Sink) -> Backend {
    let options = Options { smtp_url: Some(sink.url.clone()), ..(*backend.options).clone() };
    Backend { options: options.into(), ..backend.clone() }
}

/// Sends until nothing is due, and gives how many went out.
async fn deliver(backend: &Backend) -> u32 {
    let mut all = 0;
    loop {
        match mail::deliver_due(backend).await.expect("the database is well") {
            0 => return all,
            sent => all += sent,
        }
    }
}

/// A subject with the spaces that one types.
fn subject(letter: &serde_json::Value) -> String {
    letter["subject"].as_str().expect("text").replace('\u{a0}', " ")
}

/// Writes to somebody whom the server treats badly at first. A try that comes too
/// early is none; after these minutes each, the letter arrives, and once.
async fn arrives_once_after(to: &str, minutes: &[i64]) {
    let Some(sink) = Sink::start() else { return };
    for stage in Stage::both().await {
        let backend = with(&stage.backend, &sink);
        let to = format!("{to}.{}", sink.taken().len());
        write(&backend, &to).await;
        let mut now = NOW;
        for wait in minutes {
            assert_eq!(deliver(&backend).await, 0, "{to}");
            stage.clock.set(now.plus(wait * MINUTE - 1));
            assert_eq!(deliver(&backend).await, 0, "{to}: before {wait} minutes");
            now = now.plus(wait * MINUTE);
            stage.clock.set(now);
        }
        assert_eq!(deliver(&backend).await, 1, "{to}");
        stage.clock.set(now.plus(1_000 * HOUR));
        assert_eq!(deliver(&backend).await, 0, "{to}");
        assert_eq!(sink.subjects(&format!("{to}@example.org")).len(), 1, "{to}");
    }
}

#[tokio::test]
async fn every_letter_of_a_campaign_arrives_once_in_the_language_of_its_reader() {
    let Some(sink) = Sink::start() else { return };
    for stage in Stage::both().await {
        let backend = with(&stage.backend, &sink);
        let before = sink.taken().len();
        let slug = stage.campaign(|new| new.goal = 1_000).await;
        let mut answers = Vec::new();
        for (guest, locale, card) in [
            ("ada", Locale::Fr, TestCard::Success),
            ("bob", Locale::En, TestCard::DeclineLater),
            ("cleo", Locale::Fr, TestCard::Success),
        ] {
            let order = pledge::Placement { locale, card, ..placement(&slug, guest, amount("10")) };
            answers.push(pledge::place(&stage.backend, order).await.expect("placed"));
        }
        stage.change(&answers[0], amount("25")).await.expect("changed");
        stage.cancel(&answers[2]).await.expect("cancelled");
        deliver(&backend).await;
        stage.clock.set(DEADLINE);
        schedule::once(&stage.backend).await.expect("closed");
        schedule::once(&stage.backend).await.expect("charged");
        deliver(&backend).await;
        for days in [7, 14] {
            stage.clock.set(DEADLINE.plus(days * DAY));
            schedule::once(&stage.backend).await.expect("a round");
            schedule::once(&stage.backend).await.expect("another");
            deliver(&backend).await;
        }
        stage.clock.set(DEADLINE.plus(90 * DAY));
        assert_eq!(deliver(&backend).await, 0, "nothing goes out again");

        let letters = sink.taken().split_off(before);
        let of = |who: &str| {
            let to = format!("{who}@example.org");
            let theirs = letters.iter().filter(|letter| letter["to"] == serde_json::json!([to]));
            let mut subjects: Vec<String> = theirs.map(subject).collect();
            subjects.sort_unstable();
            subjects
        };
        assert_eq!(
            of("ada"),
            [
                "Votre contribution à « A campaign »",
                "Votre contribution à « A campaign » est débitée",
                "Votre contribution à « A campaign » est modifiée",
                "« A campaign » a atteint son objectif",
            ]
        );
        assert_eq!(
            of("cleo"),
            [
                "Votre contribution à « A campaign »",
                "Votre contribution à « A campaign » est annulée"
            ]
        );
        assert_eq!(
            of("bob"),
            [
                "A campaign has reached its goal",
                "Your card for A campaign was declined",
                "Your pledge to A campaign",
                "Your pledge to A campaign was dropped",
            ]
        );
        assert_eq!(
            of("creator").iter().filter(|subject| *subject == "The money of A campaign").count(),
            1
        );
        for letter in &letters {
            assert_eq!(letter["kind"], "multipart/alternative");
            assert_eq!(letter["defects"], serde_json::json!([]), "{letter}");
            let part = |kind: &str| letter["parts"][kind].as_str().unwrap_or_default();
            let is_french = ["ada@example.org", "cleo@example.org"]
                .contains(&letter["to"][0].as_str().expect("an address"));
            let (hello, lang) = match is_french {
                true => ("Bonjour", "<html lang=\"fr\">"),
                false => ("Hello", "<html lang=\"en\">"),
            };
            assert!(part("text/plain").contains(hello), "{letter}");
            assert!(part("text/html").contains(hello), "{letter}");
            assert!(part("text/html").contains(lang), "{letter}");
        }
    }
}

#[tokio::test]
async fn words_of_any_script_arrive_as_they_were_and_as_text() {
    let Some(sink) = Sink::start() else { return };
    for stage in Stage::both().await {
        let backend = with(&stage.backend, &sink);
        write(&backend, "ada").await;
        assert_eq!(deliver(&backend).await, 1);
        let letter = sink.taken().pop().expect("one letter");
        let title = "Été, <b>hiver</b> & 東京";
        assert_eq!(subject(&letter), format!("Votre contribution à « {title} » est annulée"));
        assert!(letter["parts"]["text/plain"].as_str().expect("text").contains(title));
        let html = letter["parts"]["text/html"].as_str().expect("a document");
        assert!(html.contains("Été, &lt;b&gt;hiver&lt;") && !html.contains("<b>hiver"), "{html}");
        assert_eq!(letter["header_to"], "ada@example.org");
        assert_eq!(letter["from"], "Pedestal <pedestal@localhost>");
    }
}

#[tokio::test]
async fn a_server_that_says_not_now_is_asked_again_later() {
    arrives_once_after("later-2", &[1, 5]).await;
}

#[tokio::test]
async fn a_server_without_room_for_a_letter_is_asked_again_later() {
    arrives_once_after("full-3", &[1, 5, 30]).await;
}

/// Many servers say "never" when they mean a list of strangers they keep.
#[tokio::test]
async fn a_server_that_says_never_is_asked_again_as_well() {
    arrives_once_after("no-2", &[1, 5]).await;
}

#[tokio::test]
async fn a_line_that_goes_dead_in_the_middle_of_a_letter_loses_nothing() {
    arrives_once_after("cut-2", &[1, 5]).await;
}

#[tokio::test]
async fn a_server_that_falls_silent_is_given_up_and_asked_again() {
    let Some(sink) = Sink::start() else { return };
    for (n, stage) in Stage::both().await.into_iter().enumerate() {
        let backend = with(&stage.backend, &sink);
        let to = format!("hang-1.{n}");
        write(&backend, &to).await;
        let first = tokio::spawn({
            let backend = backend.clone();
            async move { deliver(&backend).await }
        });
        sink.silence().await;
        tokio::time::pause();
        tokio::time::advance(Duration::from_mins(1)).await;
        tokio::time::resume();
        assert_eq!(first.await.expect("it ends"), 0);
        stage.clock.set(NOW.plus(MINUTE));
        assert_eq!(deliver(&backend).await, 1);
        assert_eq!(sink.subjects(&format!("{to}@example.org")).len(), 1);
    }
}

#[tokio::test]
async fn whom_a_server_treats_badly_does_not_hold_up_the_others() {
    let Some(sink) = Sink::start() else { return };
    for stage in Stage::both().await {
        let backend = with(&stage.backend, &sink);
        let before = sink.taken().len();
        for to in ["later-9", "no-9", "cut-9", "full-9"] {
            write(&backend, to).await;
        }
        for n in 0..200 {
            write(&backend, &format!("backer{n}")).await;
        }
        assert_eq!(deliver(&backend).await, 200);
        assert_eq!(sink.taken().len() - before, 200);
    }
}

/// A server that took a letter and could not say so looks like one that did not.
/// SMTP has no way to ask (RFC 1047), so the letter goes out again; both carry one
/// `Message-ID`, by which mailboxes show them as one.
#[tokio::test]
async fn a_letter_whose_receipt_was_lost_arrives_twice_as_one() {
    let Some(sink) = Sink::start() else { return };
    for (n, stage) in Stage::both().await.into_iter().enumerate() {
        let backend = with(&stage.backend, &sink);
        let to = format!("mute-1.{n}");
        write(&backend, &to).await;
        assert_eq!(deliver(&backend).await, 0, "nobody said that it arrived");
        stage.clock.set(NOW.plus(MINUTE));
        assert_eq!(deliver(&backend).await, 1);
        stage.clock.set(NOW.plus(1_000 * HOUR));
        assert_eq!(deliver(&backend).await, 0);
        let to = format!("{to}@example.org");
        let letters: Vec<_> =
            sink.taken().into_iter().filter(|letter| letter["to"][0] == to.as_str()).collect();
        assert_eq!(letters.len(), 2);
        assert_eq!(letters[0]["id"], letters[1]["id"]);
    }
}
