//! More pledges than the writer can take: whoever is turned away learns when to come
//! back, and nobody is left without an answer.

use app::error::AppError;
use axum::body::Body;
use backend::account;
use domain::{account::Role, pledge::Refusal};
use futures::{StreamExt as _, stream::FuturesUnordered};
use http::{Method, StatusCode};

use super::{
    held::hold,
    site::{Answer, Site, pledge, request},
    stage::Stage,
};

const ALL: usize = 12;

fn assert_turned_away(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
    let seconds = answer.header("retry-after").parse::<u32>();
    assert!(seconds.is_ok_and(|seconds| seconds > 0), "{answer:?}");
}

#[tokio::test]
async fn whoever_finds_the_queue_full_is_told_when_to_come_back_and_all_are_answered() {
    for stage in Stage::both_with(|options| options.writer_queue = 1).await {
        let site = Site::of(stage);
        let slug = site.stage.campaign(|_| ()).await;
        let backend = &site.stage.backend;
        let email = "api@example.org";
        account::create_account(backend, email, Role::Member, None).await.expect("created");
        let token = account::create_token_for(backend, email, "test").await.expect("a token");
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        // That the token was used is noted now, and not while the database is held.
        let nothing = format!("/api/v1/pledges/{}", domain::id::PledgeId::generate());
        assert_eq!(site.get_with(&nothing, &headers).await.status, StatusCode::NOT_FOUND);

        let held = hold(&site.stage, &slug).await;
        let mut asked: FuturesUnordered<_> = (0..ALL)
            .map(|number| {
                let (site, slug) = (&site, &slug);
                async move {
                    let guest = format!("guest-{number}@example.org");
                    let fields = pledge(slug.as_str(), "bonus=5", &guest);
                    site.call("/api/fn/pledge/place", &fields, "").await
                }
            })
            .collect();
        // One waits.
        for _ in 1..ALL {
            let answer = asked.next().await.expect("an answer");
            assert_turned_away(&answer);
            assert!(matches!(answer.error(), AppError::Refused(Refusal::Busy { .. })));
        }
        let path = format!("/api/v1/campaigns/{slug}/pledges");
        let body = r#"{"bonus": "5.00", "payment_method": "sandbox:success"}"#;
        let answer = site.ask(request(Method::POST, &path, &headers, Body::from(body))).await;
        assert_turned_away(&answer);
        assert_eq!(answer.header("content-type"), "application/problem+json");

        held.let_go().await;
        let placed = asked.next().await.expect("the one that waited");
        assert!(placed.status.is_success() || placed.status.is_redirection(), "{placed:?}");
        assert!(asked.next().await.is_none());
        let answer = site.ask(request(Method::POST, &path, &headers, Body::from(body))).await;
        assert_eq!(answer.status, StatusCode::CREATED, "there is room again: {}", answer.text);
        assert_eq!(site.stage.totals(&slug).await, (1_000, 2));
        site.stage.assert_books().await;
    }
}
