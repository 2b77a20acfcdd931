//! What is sent again, and what is asked by somebody else: a change and a
//! cancellation under a key, the link of a guest's pledge, the letter that
//! comes once a bank has said yes.

#[path = "stage/stage.rs"]
mod stage;

use backend::{
    account::Who,
    pledge::{self, Access, Repeat, command::Answer},
};
use domain::{
    Locale, Problem,
    account::Role,
    pledge::{PledgeState, Refusal},
};
use stage::{NOW, Stage, Why, amount, one, placement};

fn under<'a>(key: &'a str, asked: &'a str) -> Repeat<'a> {
    Repeat { key, asked }
}

async fn letters(stage: &Stage, kind: &str) -> i64 {
    stage.number(&format!("select count(*) from mail where kind = '{kind}'")).await
}

async fn owner(stage: &Stage, guest: &str) -> Who {
    Who {
        account: stage.account(guest).await,
        session: None,
        name: "Ada".into(),
        email: stage::email(guest),
        role: Role::Member,
        locale: Locale::En,
    }
}

#[tokio::test]
async fn a_change_and_a_cancellation_under_a_key_are_carried_out_once() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let placed = stage.place(&slug, "ada", amount("20")).await.expect("placed");
        let key = pledge::key(&stage.backend, placed.pledge);
        let access = Access { who: None, key: &key };
        let change = |repeat, sum| {
            let (backend, access) = (&stage.backend, access.clone());
            async move {
                pledge::change(backend, &access, placed.pledge, &amount(sum), "", repeat).await
            }
        };
        for _ in 0..3 {
            let answer = change(under("k1", "30"), "30").await.expect("changed");
            assert_eq!(answer.quote.total.minor, 3_000);
        }
        assert_eq!(letters(&stage, "pledge_changed").await, 1);
        let other = stage.assert_refused(change(under("k1", "40"), "40")).await;
        assert_eq!(other, Why::Refused(Refusal::KeyReused));

        let cancel = |repeat| pledge::cancel(&stage.backend, &access, placed.pledge, repeat);
        for _ in 0..3 {
            let answer: Answer = cancel(under("k2", "")).await.expect("cancelled");
            assert_eq!(answer.state, PledgeState::Cancelled);
        }
        assert_eq!(letters(&stage, "pledge_cancelled").await, 1);
        let without = stage.assert_refused(cancel(Repeat::default())).await;
        assert_eq!(without, Why::Refused(Refusal::PledgeEnded));
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_guests_link_ends_when_the_owner_of_the_address_has_acted() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let placed = stage.place(&slug, "ada", amount("20")).await.expect("placed");
        let who = owner(&stage, "ada").await;
        let signed_in = Access { who: Some(&who), key: "" };
        let backend = &stage.backend;
        pledge::change(backend, &signed_in, placed.pledge, &amount("30"), "", Repeat::default())
            .await
            .expect("changed by its owner");
        let refused = stage.assert_refused(stage.cancel(&placed)).await;
        assert_eq!(refused, Why::NotFound, "whoever typed the address may do no more");
        pledge::cancel(backend, &signed_in, placed.pledge, Repeat::default())
            .await
            .expect("cancelled by its owner");
    }
}

#[tokio::test]
async fn the_letter_of_a_pledge_comes_once_the_bank_has_said_yes() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let waiting = stage.place_unconfirmed(&slug, "ada", amount("20")).await;
        assert_eq!(letters(&stage, "pledge_placed").await, 0);
        stage.confirm(&waiting).await.expect("confirmed");
        stage.confirm(&waiting).await.expect("a double click");
        assert_eq!(letters(&stage, "pledge_placed").await, 1);
        let with_link = "select count(*) from mail where data like '%?key=%'";
        assert_eq!(stage.number(with_link).await, 1);
    }
}

#[tokio::test]
async fn only_an_order_that_could_be_placed_learns_of_a_pledge_before() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let book = stage.reward(&slug, |new| new.offer.ends_at = Some(NOW)).await;
        stage.place(&slug, "ada", amount("20")).await.expect("placed");
        // A total that is never right asks without ever placing anything.
        let mut probe = placement(&slug, "ada", amount("20"));
        probe.expected = "0".into();
        let why = stage.assert_refused(pledge::place(&stage.backend, probe)).await;
        assert!(matches!(why, Why::Refused(Refusal::TotalChanged { .. })), "{why:?}");
        let why = stage.assert_refused(stage.place(&slug, "ada", one(book))).await;
        assert_eq!(why.of("reward"), Some(&Problem::NoLongerOnSale));
        assert_eq!(letters(&stage, "pledge_exists").await, 0);
    }
}
