//! What somebody cannot do who knows another person's address and nothing else.

#[path = "stage/stage.rs"]
mod stage;

use backend::{
    Error, Options, account, demo,
    pledge::{self, Access, Placement, Repeat, command::Backer},
};
use domain::{
    Invalid, Locale, Problem,
    account::{Password, Role},
    payment::CardForm,
    pledge::PledgeForm,
};
use stage::{Stage, amount, email, placement};

fn limited() -> Options {
    Options { rate_limits: true, ..Options::default() }
}

fn form(slug: &str, guest: &str) -> PledgeForm {
    PledgeForm {
        slug: slug.to_owned(),
        choices: amount("5"),
        email: format!("{guest}@example.org"),
        card: CardForm {
            number: "4242424242424242".into(),
            expiry: "12/60".into(),
            code: "123".into(),
        },
        ..PledgeForm::default()
    }
}

#[tokio::test]
async fn what_was_answered_to_an_account_is_never_answered_to_a_guest() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let account = stage.account("ada").await;
        let order = |way: &str, backer| Placement {
            key: pledge::marked(way, "1"),
            backer,
            ..placement(&slug, "ada", amount("5"))
        };
        let own = order("api", Backer::Account(account));
        let placed = pledge::place(&stage.backend, own.clone()).await.expect("placed");
        let again = pledge::place(&stage.backend, own).await.expect("the same answer");
        assert_eq!(again.pledge, placed.pledge);
        // A stranger who knows the address and guesses the key and the order.
        for way in ["api", "form", ""] {
            let theirs = order(way, Backer::Guest(email("ada")));
            let why = stage.assert_refused(pledge::place(&stage.backend, theirs)).await;
            assert_eq!(why.of("email"), Some(&Problem::AlreadyPledged), "{way}");
        }
    }
}

#[tokio::test]
async fn nobodys_mailbox_is_filled_by_pledging_in_their_name() {
    let stage = Stage::sqlite_with(limited()).await;
    let mut letters = 0;
    let refused = loop {
        assert!(letters < 50, "letters without end");
        let slug = stage.campaign(|_| ()).await;
        let form = form(slug.as_str(), ["ada", "ADA"][letters % 2]);
        match pledge::place_form(&stage.backend, None, &form, Locale::En).await {
            Ok(_) => letters += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(letters, 10);
    assert!(matches!(refused, Error::TooFast { seconds: 300.. }), "{refused}");
    assert_eq!(stage.number("select count(*) from mail").await, 10);
    let slug = stage.campaign(|_| ()).await;
    pledge::place_form(&stage.backend, None, &form(slug.as_str(), "bob"), Locale::En)
        .await
        .expect("another address is another matter");
}

#[tokio::test]
async fn whether_an_address_backs_a_campaign_is_asked_ten_times_an_hour_and_tells_of_no_account() {
    for has_account in [false, true] {
        let stage = Stage::sqlite_with(limited()).await;
        let slug = stage.campaign(|_| ()).await;
        let mut order = placement(&slug, "ada", amount("5"));
        if has_account {
            let who = signed_in(&stage, "ada").await;
            order.backer = Backer::Account(who.account);
        }
        pledge::place(&stage.backend, order).await.expect("placed");
        let before = stage.number("select count(*) from mail").await;
        let mut told = 0;
        // The caller counts networks; here each try could come from another one.
        let refused = loop {
            assert!(told < 50, "guesses without end");
            let form = form(slug.as_str(), ["ada", "ADA"][told % 2]);
            match pledge::place_form(&stage.backend, None, &form, Locale::En).await {
                Err(Error::Invalid(invalid)) => {
                    let told = Invalid::field("email", Problem::AlreadyPledged);
                    assert_eq!(invalid, told, "the same with an account and without");
                }
                Err(error) => break error,
                Ok(_) => panic!("there is one pledge per backer and campaign"),
            }
            told += 1;
        };
        assert_eq!(told, 10);
        assert!(matches!(refused, Error::TooFast { seconds: 300.. }), "{refused}");
        let letters = stage.number("select count(*) from mail").await - before;
        assert_eq!(letters, 1, "its owner hears of it, and is left alone for an hour");
        assert_eq!(stage.totals(&slug).await, (500, 1));
    }
}

#[tokio::test]
async fn nobodys_mailbox_is_filled_by_changing_a_pledge_in_their_name() {
    let stage = Stage::sqlite_with(limited()).await;
    let slug = stage.campaign(|_| ()).await;
    let placed = stage.place(&slug, "ada", amount("5")).await.expect("placed");
    let key = pledge::key(&stage.backend, placed.pledge);
    let mut who = None;
    let mut changes = 0;
    for total in 6..60 {
        let access = Access { who: who.as_ref(), key: &key };
        let choices = amount(&total.to_string());
        match pledge::change(
            &stage.backend,
            &access,
            placed.pledge,
            &choices,
            "",
            Repeat::default(),
        )
        .await
        {
            Ok(_) => changes += 1,
            Err(Error::TooFast { .. }) if who.is_none() => {
                assert_eq!(changes, 10);
                let access = Access { who: None, key: &key };
                let cancelled =
                    pledge::cancel(&stage.backend, &access, placed.pledge, Repeat::default()).await;
                assert!(matches!(cancelled, Err(Error::TooFast { .. })));
                // Whoever has proved the address writes to themselves.
                who = Some(signed_in(&stage, "ada").await);
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(changes, 53);
}

#[tokio::test]
async fn a_password_is_not_guessed_from_many_networks_at_once() {
    let stage = Stage::sqlite_with(limited()).await;
    let right = Password::new("the difference engine").expect("long enough");
    account::create_account(&stage.backend, "ada@example.org", Role::Member, Some(&right))
        .await
        .expect("made");
    let wrong = Password::claimed("a guess");
    let mut tries = 0;
    // The caller counts networks; here each try could come from another one.
    while let Err(Error::Invalid(_)) = account::sign_in(
        &stage.backend,
        ["ada@example.org", " Ada@Example.org"][tries % 2],
        &wrong,
        "",
    )
    .await
    {
        tries += 1;
        assert!(tries < 50, "guesses without end");
    }
    assert_eq!(tries, 10);
    let late = account::sign_in(&stage.backend, "ada@example.org", &right, "").await;
    assert!(matches!(late, Err(Error::TooFast { seconds: 1.. })));
    let other = account::sign_in(&stage.backend, "bob@example.org", &wrong, "").await;
    assert!(matches!(other, Err(Error::Invalid(_))), "another address is another matter");
}

#[tokio::test]
async fn the_demonstrations_accounts_end_with_the_demonstration() {
    let password = Password::claimed(demo::PASSWORD);
    for (is_demo, opens) in [(true, true), (false, false)] {
        let options = Options { is_demo, rate_limits: false, ..Options::default() };
        let stage = Stage::sqlite_with(options).await;
        let (backend, during) = (&stage.backend, stage.demonstration().await);
        for (address, _) in [demo::MEMBER, demo::OPERATOR] {
            account::create_account(backend, address, Role::Member, Some(&password))
                .await
                .expect("as the demonstration makes it");
            let again = account::sign_in(backend, address, &password, "").await;
            assert_eq!(again.is_ok(), opens, "{address}");
            if let Err(error) = again {
                let neutral = account::sign_in(backend, "x@example.org", &password, "").await;
                assert_eq!(error.to_string(), neutral.err().expect("nobody").to_string());
            }
            let session = account::sign_in(&during, address, &password, "").await.expect("open");
            let resumed = account::resume(backend, &session.token).await.expect("looked up");
            assert_eq!(resumed.is_some(), opens, "{address}");
            let token = account::create_token_for(&during, address, "x").await.expect("a token");
            let held = account::resume_token(backend, &token).await.expect("looked up");
            assert_eq!(held.is_some(), opens, "{address}");
        }
        during.db.close().await;
    }
}

async fn signed_in(stage: &Stage, guest: &str) -> account::Who {
    let right = Password::new("the difference engine").expect("long enough");
    let address = format!("{guest}@example.org");
    account::create_account(&stage.backend, &address, Role::Member, Some(&right))
        .await
        .expect("made");
    let entered = account::sign_in(&stage.backend, &address, &right, "").await.expect("signed in");
    account::resume(&stage.backend, &entered.token).await.expect("looked up").expect("theirs")
}
