//! What is forgotten, and what is kept.

#[path = "stage/stage.rs"]
mod stage;

use backend::{
    account, mail,
    pledge::{self, Placement},
    sweep::{self, Swept},
};
use domain::{
    Locale,
    account::{Password, Role, SignUpForm},
    time::DAY,
};
use stage::{NOW, Stage, amount, email, placement};

const ROWS: [&str; 6] = [
    "select count(*) from email_proof",
    "select count(*) from session",
    "select count(*) from idempotency",
    "select count(*) from mail where recipient <> ''",
    "select count(*) from mail",
    "select count(*) from account",
];

async fn counts(stage: &Stage) -> Vec<i64> {
    let mut counts = Vec::new();
    for row in ROWS {
        counts.push(stage.number(row).await);
    }
    counts
}

/// A creator, a backer with a session, a guest who pledged under a key, and somebody who asked
/// for an account and never came.
async fn people(stage: &Stage) {
    let slug = stage.campaign(|_| ()).await;
    let order = Placement { key: "k".into(), ..placement(&slug, "guest", amount("5")) };
    pledge::place(&stage.backend, order).await.expect("placed");
    let password = Password::new("the difference engine").expect("long enough");
    account::create_account(&stage.backend, "ada@example.org", Role::Member, Some(&password))
        .await
        .expect("made");
    account::sign_in(&stage.backend, "ada@example.org", &password, "").await.expect("signed in");
    let form = SignUpForm {
        name: "Eve".into(),
        email: "eve@example.org".into(),
        password: "the difference engine".into(),
        ..SignUpForm::default()
    };
    let wanted = form.parse().expect("a good form");
    account::sign_up(&stage.backend, wanted, Locale::En).await.expect("asked");
    stage.tamper(&format!("update mail set sent_at = {}, data = ''", NOW.0)).await;
    let story = "insert into unsaved_story (campaign_id, story, at) select id, 'Too long', ";
    stage.tamper(&format!("{story} {} from campaign", NOW.0)).await;
}

#[tokio::test]
async fn each_thing_is_forgotten_when_it_is_of_no_more_use_and_not_before() {
    for stage in Stage::both().await {
        people(&stage).await;
        let all = counts(&stage).await;
        assert_eq!(all, [1, 1, 1, 2, 2, 4]);
        for (age, swept, left) in [
            (DAY - 1, Swept::default(), [1, 1, 1, 2, 2, 4]),
            (DAY, Swept { proofs: 1, ..Swept::default() }, [0, 1, 1, 2, 2, 4]),
            (7 * DAY, Swept::default(), [0, 1, 1, 2, 2, 4]),
            (7 * DAY + 1, Swept { answers: 1, ..Swept::default() }, [0, 1, 0, 2, 2, 4]),
            (30 * DAY, Swept { sessions: 1, ..Swept::default() }, [0, 0, 0, 2, 2, 4]),
            (
                30 * DAY + 1,
                Swept { accounts: 1, unsaved: 1, ..Swept::default() },
                [0, 0, 0, 2, 2, 3],
            ),
            (90 * DAY, Swept::default(), [0, 0, 0, 2, 2, 3]),
            (90 * DAY + 1, Swept { recipients: 2, ..Swept::default() }, [0, 0, 0, 0, 2, 3]),
        ] {
            stage.clock.set(NOW.plus(age));
            assert_eq!(sweep::run(&stage.backend).await.expect("swept"), swept, "{age}");
            assert_eq!(counts(&stage).await, left, "{age}");
        }
        let gone = "select count(*) from account where email = 'eve@example.org'";
        assert_eq!(stage.number(gone).await, 0, "who never came is gone, and nobody else");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn two_processes_may_sweep_at_once() {
    for stage in Stage::both().await {
        for n in 0..40 {
            stage.account(&format!("stranger-{n}")).await;
        }
        let (other, clock) = stage.another_process().await;
        for at in [&stage.clock, &clock] {
            at.set(NOW.plus(31 * DAY));
        }
        let (one, two) = tokio::join!(sweep::run(&stage.backend), sweep::run(&other));
        let gone = one.expect("swept").accounts + two.expect("swept").accounts;
        assert_eq!(gone, 40);
        other.db.close().await;
    }
}

#[tokio::test]
async fn a_letter_that_waits_keeps_its_recipient() {
    for stage in Stage::both().await {
        let mut tx = stage.backend.db.begin().await.expect("begun");
        let letter = mail::Letter::PledgeCancelled { title: "A campaign".into() };
        mail::enqueue(&mut tx.conn(), &email("ada"), Locale::En, &letter, NOW)
            .await
            .expect("written");
        tx.commit().await.expect("committed");
        stage.clock.set(NOW.plus(400 * DAY));
        sweep::run(&stage.backend).await.expect("swept");
        assert_eq!(stage.number("select count(*) from mail where recipient <> ''").await, 1);
    }
}
