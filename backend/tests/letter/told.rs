//! A new password is told to the address of its account.

use super::*;

/// How many letters tell of a new password.
async fn told(backend: &Backend) -> i64 {
    count(backend, "select count(*) from mail where kind = 'new_password'").await
}

#[tokio::test]
async fn a_new_password_is_told_to_the_address_of_the_account_and_holds_no_secret() {
    each(async |backend| {
        // The language is the account's, whoever changes its password.
        let email = EmailAddress::parse(EMAIL).expect("an address");
        let mut tx = backend.db.begin().await.expect("a transaction");
        let made = account::find_or_create_guest(&mut tx.conn(), &email, Locale::Fr, START).await;
        made.expect("a guest");
        tx.commit().await.expect("committed");
        register(&backend).await;
        let here = sign_in(&backend, PASSWORD).await.expect("signed in");
        let here = who(&backend, &here.token).await.expect("signed in");
        assert_eq!(told(&backend).await, 0, "signing in changes nothing");

        let at = START.plus(HOUR);
        backend.clock.set(at);
        set(&backend, &here, PASSWORD, FRESH).await.expect("set");
        let letters = mail::mailbox(&backend, None).await.expect("a mailbox");
        assert_eq!(letters.len(), 1);
        let letter = &letters[0];
        assert_eq!((letter.to.as_str(), letter.at), (EMAIL, at));
        assert_eq!(letter.subject, "Votre compte a un nouveau mot de passe");
        assert!(letter.text.contains(&at.long(Locale::Fr)), "{}", letter.text);
        let way = format!("{}/sign-in/letter", backend.options.base_url);
        assert_eq!(links(&backend, EMAIL).await, [way]);
        for secret in [PASSWORD, FRESH, "token=", "key="] {
            assert!(!letter.text.contains(secret) && !letter.html.contains(secret), "{secret}");
        }

        set(&backend, &here, FRESH, "one more engine").await.expect("set again");
        assert_eq!(told(&backend).await, 2, "each time");
    })
    .await;
}

#[tokio::test]
async fn a_password_that_is_set_by_way_of_a_letter_is_told_and_so_is_the_first_one() {
    each(async |backend| {
        register(&backend).await;
        let here = by_letter(&backend).await;
        assert_eq!(told(&backend).await, 0, "coming in changes nothing");
        set(&backend, &here, "", FRESH).await.expect("set");
        assert_eq!(told(&backend).await, 1);

        ask(&backend, "bob@example.org", "").await;
        let token = token(&backend, "bob@example.org").await;
        let bob = follow(&backend, &token).await.expect("followed");
        let bob = who(&backend, &bob.token).await.expect("signed in");
        set(&backend, &bob, "", FRESH).await.expect("set");
        assert_eq!(told(&backend).await, 2);
        let letters = mail::mailbox(&backend, Some("bob@example.org")).await.expect("a mailbox");
        let subject = "Your account has a new password";
        assert!(letters.iter().any(|letter| letter.subject == subject));
    })
    .await;
}

#[tokio::test]
async fn a_password_that_is_refused_is_told_to_nobody() {
    each(async |backend| {
        register(&backend).await;
        let signed_in = sign_in(&backend, PASSWORD).await.expect("signed in");
        let here = who(&backend, &signed_in.token).await.expect("signed in");
        for (old, fresh) in [("", FRESH), (FRESH, FRESH), (PASSWORD, "short"), (PASSWORD, EMAIL)] {
            assert!(set(&backend, &here, old, fresh).await.is_err(), "{old} {fresh}");
        }
        account::sign_out(&backend, &signed_in.token).await.expect("signed out");
        assert!(set(&backend, &here, PASSWORD, FRESH).await.is_err(), "signed out meanwhile");
        assert!(mail::mailbox(&backend, None).await.expect("a mailbox").is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_letter_of_a_new_password_says_what_becomes_of_sessions_links_and_tokens() {
    each(async |backend| {
        register(&backend).await;
        let other = sign_in(&backend, PASSWORD).await.expect("signed in");
        let here = by_letter(&backend).await;
        let program = account::create_token(&backend, &here, "report").await.expect("a token");
        backend.clock.set(START.plus(MINUTE));
        ask(&backend, EMAIL, "").await;
        let open = token(&backend, EMAIL).await;
        backend.clock.set(START.plus(2 * MINUTE));
        set(&backend, &here, "", FRESH).await.expect("set");

        let letters = mail::mailbox(&backend, Some(EMAIL)).await.expect("a mailbox");
        let text = &letters[0].text;
        assert!(text.contains("Every browser but the one that set it was signed out"), "{text}");
        assert!(who(&backend, &other.token).await.is_none());
        assert!(text.contains("no link of an earlier letter signs in any more"), "{text}");
        assert_stale(follow(&backend, &open).await);
        assert!(text.contains("Tokens of the API still work"), "{text}");
        let caller = account::resume_token(&backend, &program).await.expect("looked up");
        assert_eq!(caller.expect("a good token").account, here.account);
    })
    .await;
}
