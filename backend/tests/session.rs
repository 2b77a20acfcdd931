//! Sessions and API tokens, on both engines.

#[path = "support/both.rs"]
mod both;

use std::collections::HashSet;

use backend::{
    Backend, Error,
    account::{self, SignedIn, Who},
};
use both::{START, each};
use domain::{
    Invalid, Problem,
    account::{Password, Role},
    id::{SessionId, TokenId},
    time::{DAY, MINUTE},
};
use uuid::Uuid;

const PASSWORD: &str = "the difference engine";

async fn register(backend: &Backend, email: &str) {
    let password = Password::new(PASSWORD).expect("a password");
    account::create_account(backend, email, Role::Member, Some(&password))
        .await
        .expect("an account");
}

async fn sign_in(backend: &Backend, email: &str, device: &str) -> SignedIn {
    let password = Password::claimed(PASSWORD);
    account::sign_in(backend, email, &password, device).await.expect("signed in")
}

async fn resume(backend: &Backend, cookie: &str) -> Option<Who> {
    account::resume(backend, cookie).await.expect("looked up")
}

async fn bearer(backend: &Backend, token: &str) -> Option<Who> {
    account::resume_token(backend, token).await.expect("looked up")
}

/// Ada in one browser.
async fn ada(backend: &Backend) -> (SignedIn, Who) {
    register(backend, "ada@example.org").await;
    let signed_in = sign_in(backend, "ada@example.org", "Firefox").await;
    let who = resume(backend, &signed_in.token).await.expect("signed in");
    (signed_in, who)
}

/// Everything in a column.
async fn stored(backend: &Backend, statement: &'static str) -> Vec<String> {
    let rows = match &backend.db {
        backend::Db::Sqlite { read, .. } => sqlx::query_scalar(statement).fetch_all(read).await,
        backend::Db::Postgres { pool, .. } => sqlx::query_scalar(statement).fetch_all(pool).await,
    };
    rows.expect("read")
}

#[tokio::test]
async fn signing_out_ends_this_browser_alone() {
    each(async |backend| {
        let (here, _) = ada(&backend).await;
        let there = sign_in(&backend, "ada@example.org", "Safari").await;
        account::sign_out(&backend, &here.token).await.expect("signed out");
        assert!(resume(&backend, &here.token).await.is_none());
        assert!(resume(&backend, &there.token).await.is_some());
        account::sign_out(&backend, &here.token).await.expect("once more is no fault");
    })
    .await;
}

#[tokio::test]
async fn a_person_sees_their_browsers_and_ends_one() {
    each(async |backend| {
        let (_, who) = ada(&backend).await;
        backend.clock.set(START.plus(MINUTE));
        let lost = sign_in(&backend, "ada@example.org", "Safari\n on a lost phone").await;
        let page = account::page(&backend, &who).await.expect("a page");
        let devices: Vec<&str> = page.sessions.iter().map(|s| s.device.as_str()).collect();
        assert_eq!(devices, ["Safari on a lost phone", "Firefox"]);
        assert_eq!(page.sessions.iter().map(|s| s.is_current).collect::<Vec<_>>(), [false, true]);
        assert_eq!((page.email.as_str(), page.now), ("ada@example.org", START.plus(MINUTE)));

        account::revoke_session(&backend, &who, page.sessions[0].id).await.expect("revoked");
        assert!(resume(&backend, &lost.token).await.is_none());
        let again = account::revoke_session(&backend, &who, page.sessions[0].id).await;
        assert!(matches!(again, Err(Error::NotFound)));
        assert_eq!(account::page(&backend, &who).await.expect("a page").sessions.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_ends_a_strangers_session_or_token() {
    each(async |backend| {
        let (signed_in, who) = ada(&backend).await;
        let token = account::create_token(&backend, &who, "laptop").await.expect("a token");
        let hers = account::page(&backend, &who).await.expect("a page");
        register(&backend, "eve@example.org").await;
        let eve = sign_in(&backend, "eve@example.org", "Chrome").await;
        let eve = resume(&backend, &eve.token).await.expect("signed in");

        let session = account::revoke_session(&backend, &eve, hers.sessions[0].id).await;
        assert!(matches!(session, Err(Error::NotFound)));
        let revoked = account::revoke_token(&backend, &eve, hers.tokens[0].id).await;
        assert!(matches!(revoked, Err(Error::NotFound)));
        assert!(resume(&backend, &signed_in.token).await.is_some());
        assert!(bearer(&backend, &token).await.is_some());
        let unknown = SessionId::from_uuid(Uuid::nil());
        assert!(account::revoke_session(&backend, &who, unknown).await.is_err());
        let unknown = TokenId::from_uuid(Uuid::nil());
        assert!(account::revoke_token(&backend, &who, unknown).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_session_lasts_thirty_days_from_its_last_use() {
    each(async |backend| {
        let (used, _) = ada(&backend).await;
        let unused = sign_in(&backend, "ada@example.org", "Safari").await;
        backend.clock.set(START.plus(29 * DAY));
        assert!(resume(&backend, &used.token).await.is_some());
        backend.clock.set(START.plus(30 * DAY));
        assert!(resume(&backend, &unused.token).await.is_none(), "never used");
        let who = resume(&backend, &used.token).await.expect("used yesterday");
        assert_eq!(account::page(&backend, &who).await.expect("a page").sessions.len(), 1);
        backend.clock.set(START.plus(60 * DAY));
        assert!(resume(&backend, &used.token).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn reading_pages_writes_every_ten_minutes_at_most() {
    each(async |backend| {
        let (signed_in, who) = ada(&backend).await;
        for (minutes, noted) in [(9, 0), (10, 10), (19, 10), (20, 20)] {
            backend.clock.set(START.plus(minutes * MINUTE));
            assert!(resume(&backend, &signed_in.token).await.is_some());
            let page = account::page(&backend, &who).await.expect("a page");
            assert_eq!(
                page.sessions[0].last_seen_at,
                START.plus(noted * MINUTE),
                "after {minutes}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_made_up_cookie_is_nobody() {
    each(async |backend| {
        let (signed_in, _) = ada(&backend).await;
        for cookie in
            ["", "x", "' or 1=1 --", &signed_in.token[1..], &format!("{}=", signed_in.token)]
        {
            assert!(resume(&backend, cookie).await.is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_speaks_for_its_owner_until_it_is_revoked() {
    each(async |backend| {
        let (_, who) = ada(&backend).await;
        let token = account::create_token(&backend, &who, "  my\nlaptop ").await.expect("a token");
        assert!(token.starts_with("pdl_"));
        let caller = bearer(&backend, &token).await.expect("a good token");
        assert_eq!((caller.account, caller.session), (who.account, None));
        let page = account::page(&backend, &who).await.expect("a page");
        assert_eq!(
            (page.tokens[0].name.as_str(), page.tokens[0].last_used_at),
            ("my laptop", Some(START))
        );

        account::revoke_token(&backend, &who, page.tokens[0].id).await.expect("revoked");
        assert!(bearer(&backend, &token).await.is_none());
        assert!(account::page(&backend, &who).await.expect("a page").tokens.is_empty());
    })
    .await;
}

#[tokio::test]
async fn no_secret_is_stored_as_it_is() {
    each(async |backend| {
        let (signed_in, who) = ada(&backend).await;
        let token = account::create_token(&backend, &who, "laptop").await.expect("a token");
        let mut hashes = stored(&backend, "select token_hash from session").await;
        hashes.extend(stored(&backend, "select token_hash from api_token").await);
        assert_eq!(hashes.len(), 2);
        for hash in &hashes {
            assert!(!hash.contains(&signed_in.token) && !hash.contains(&token));
            assert!(resume(&backend, hash).await.is_none(), "a copy of the table signs nobody in");
            assert!(bearer(&backend, hash).await.is_none());
        }
        let passwords = stored(&backend, "select password_hash from account").await;
        assert!(passwords.iter().all(|hash| hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")));
    })
    .await;
}

#[tokio::test]
async fn cookies_and_tokens_do_not_stand_in_for_each_other() {
    each(async |backend| {
        let (signed_in, who) = ada(&backend).await;
        let token = account::create_token(&backend, &who, "laptop").await.expect("a token");
        assert!(resume(&backend, &token).await.is_none());
        assert!(bearer(&backend, &signed_in.token).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_person_has_twenty_tokens_at_most() {
    each(async |backend| {
        let (_, who) = ada(&backend).await;
        let mut tokens = HashSet::new();
        for n in 0..20 {
            let token = account::create_token(&backend, &who, &format!("token {n}")).await;
            assert!(tokens.insert(token.expect("a token")));
        }
        match account::create_token(&backend, &who, "one more").await {
            Err(Error::Invalid(invalid)) => {
                assert_eq!(invalid, Invalid::field("", Problem::TooMany { most: 20 }));
            }
            _ => panic!("a twenty-first token is refused"),
        }
        let page = account::page(&backend, &who).await.expect("a page");
        account::revoke_token(&backend, &who, page.tokens[0].id).await.expect("revoked");
        assert!(account::create_token(&backend, &who, "one more").await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_token_needs_a_name() {
    each(async |backend| {
        let (_, who) = ada(&backend).await;
        for (name, problem) in
            [(" ", Problem::Missing), (&"x".repeat(61), Problem::TooLong { most: 60 })]
        {
            match account::create_token(&backend, &who, name).await {
                Err(Error::Invalid(invalid)) => {
                    assert_eq!(invalid, Invalid::field("name", problem));
                }
                _ => panic!("{name} is refused"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_operator_makes_a_token_for_an_existing_account() {
    each(async |backend| {
        register(&backend, "ada@example.org").await;
        let token = account::create_token_for(&backend, "ada@example.org", "command line").await;
        let who = bearer(&backend, &token.expect("a token")).await.expect("a good token");
        assert_eq!(who.email.as_str(), "ada@example.org");
        let nobody =
            account::create_token_for(&backend, "nobody@example.org", "command line").await;
        assert!(matches!(nobody, Err(Error::NotFound)));
    })
    .await;
}
