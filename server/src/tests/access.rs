//! Who may call each server function. A function that is missing here has not
//! been thought about, and fails the build.

use std::collections::BTreeSet;

use app::error::AppError;
use axum::body::Body;
use backend::{Options, pledge};
use domain::pledge::PledgeSummary;
use http::{Method, StatusCode};

use super::{
    site::{Answer, Site, encoded, request},
    stage::amount,
};

/// Who may call a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Anyone,
    SignedIn,
    /// The pledge's backer, or whoever holds its key.
    Backer,
    /// Whoever works on the campaign, each by their right, or runs the platform.
    Manager,
    /// Whoever holds the link.
    Holder,
    /// Whoever runs the platform; for everyone else it is not there.
    Operator,
    /// Anyone, and only on a demonstration.
    Demonstration,
}

use Who::{Anyone, Backer, Demonstration, Holder, Manager, Operator, SignedIn};

const TABLE: [(&str, Who); 109] = [
    ("account/ask-for-letter", Anyone),
    ("account/confirm", Anyone),
    ("account/create-token", SignedIn),
    ("account/follow-letter", Anyone),
    ("account/page", SignedIn),
    ("account/revoke-session", SignedIn),
    ("account/revoke-token", SignedIn),
    ("account/set-password", SignedIn),
    ("account/shown-once", Anyone),
    ("account/sign-in", Anyone),
    ("account/sign-out", Anyone),
    ("account/sign-up", Anyone),
    ("account/visitor", Anyone),
    ("admin/approve", Manager),
    ("admin/judge-identity", Manager),
    ("admin/resume", Manager),
    ("admin/return", Manager),
    ("admin/reviews", Manager),
    ("admin/suspend", Manager),
    ("announcement/confirm", Holder),
    ("announcement/page", Holder),
    ("announcement/stop", Anyone),
    ("announcement/switch", Manager),
    ("announcement/watch", Holder),
    ("announcement/watcher", Anyone),
    ("campaign/accounts", Anyone),
    ("campaign/changes", Anyone),
    ("campaign/community", Anyone),
    ("campaign/discover", Anyone),
    ("campaign/embed", Anyone),
    ("campaign/home", Anyone),
    ("campaign/page", Anyone),
    ("campaign/rehearsal", Manager),
    ("campaign/shelf-changes", Anyone),
    ("demo", Anyone),
    ("demo/mailbox", Demonstration),
    ("pledge/cancel", Backer),
    ("pledge/change", Backer),
    ("edit/abort", Manager),
    ("edit/approve", Manager),
    ("edit/ask", Manager),
    ("edit/changes", Manager),
    ("embed/cart", Anyone),
    ("embed/make", Anyone),
    ("embed/mine", SignedIn),
    ("embed/save-rule", Manager),
    ("embed/settings", Manager),
    ("edit/history", Manager),
    ("edit/page", Manager),
    ("edit/publish", Manager),
    ("edit/restore", Manager),
    ("edit/return", Manager),
    ("edit/schedule", Manager),
    ("edit/version", Manager),
    ("people/accept", SignedIn),
    ("people/change-rights", Manager),
    ("people/decline", Holder),
    ("people/hand-over", Manager),
    ("people/invitation", Anyone),
    ("people/invite", Manager),
    ("people/leave", Manager),
    ("people/make-preview-link", Manager),
    ("people/page", Manager),
    ("people/preview", Holder),
    ("people/remove", Manager),
    ("people/revoke-preview-link", Manager),
    ("people/send-again", Manager),
    ("people/withdraw", Manager),
    ("pledge/checkout", Anyone),
    ("pledge/confirm", Backer),
    ("pledge/confirm-charge", Backer),
    ("pledge/mine", SignedIn),
    ("pledge/page", Backer),
    ("pledge/place", Anyone),
    ("pledge/replace-card", Backer),
    ("pledge/update-change", Anyone),
    ("pledge/update-total", Anyone),
    ("refund/dispute", Manager),
    ("refund/give", Manager),
    ("refund/page", Manager),
    ("refund/pledges", Manager),
    ("returns/page", Operator),
    ("returns/settle", Operator),
    ("returns/try-again", Operator),
    ("studio/abort-launch", Manager),
    ("studio/arrange-rewards", Manager),
    ("studio/cancel", Manager),
    ("studio/close-late-pledges", Manager),
    ("studio/delete", Manager),
    ("studio/delete-reward", Manager),
    ("studio/duplicate-reward", Manager),
    ("studio/launch", Manager),
    ("studio/mine", SignedIn),
    ("studio/move-reward", Manager),
    ("studio/open-late-pledges", Manager),
    ("studio/page", Manager),
    ("studio/preview-story", SignedIn),
    ("studio/remove-picture", Manager),
    ("studio/renew-secret", Manager),
    ("studio/save-basics", Manager),
    ("studio/save-funding", Manager),
    ("studio/save-identity", Manager),
    ("studio/save-reward", Manager),
    ("studio/save-schedule", Manager),
    ("studio/save-story", Manager),
    ("studio/schedule-launch", Manager),
    ("studio/start", SignedIn),
    ("studio/submit", Manager),
    ("studio/withdraw", Manager),
];

#[test]
fn every_server_function_has_its_row() {
    let registered: BTreeSet<String> = functions().into_iter().map(|(path, _)| path).collect();
    let known: BTreeSet<String> = TABLE.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(registered, known);
}

fn functions() -> Vec<(String, Method)> {
    leptos::server_fn::axum::server_fn_paths()
        .map(|(path, method)| {
            let name = path.strip_prefix(app::http::FUNCTIONS).expect("functions share a prefix");
            (name.trim_start_matches('/').to_owned(), method)
        })
        .collect()
}

fn of(who: Who) -> Vec<(String, Method)> {
    let is = |path: &str| TABLE.iter().any(|(known, may)| *known == path && *may == who);
    functions().into_iter().filter(|(path, _)| is(path)).collect()
}

async fn call(
    site: &Site,
    path: &str,
    method: &Method,
    fields: &[(&str, &str)],
    cookie: &str,
) -> Answer {
    let path = format!("{}/{path}", app::http::FUNCTIONS);
    if method == Method::POST {
        return site.call(&path, fields, cookie).await;
    }
    let headers = [("accept", "application/json"), ("cookie", cookie)];
    site.ask(request(
        method.clone(),
        &format!("{path}?{}", encoded(fields)),
        &headers,
        Body::empty(),
    ))
    .await
}

const SOME_ID: &str = "0190163d-8694-739b-aea5-966c26f8ad91";

#[tokio::test]
async fn nobody_does_what_needs_an_account_without_one() {
    for site in Site::both().await {
        let fields = [("id", SOME_ID), ("name", "x")];
        for (path, method) in of(SignedIn) {
            for cookie in ["", "session=made-up", "__Host-session=x"] {
                let answer = call(&site, &path, &method, &fields, cookie).await;
                assert_eq!(
                    answer.status,
                    StatusCode::UNAUTHORIZED,
                    "{path} with {cookie:?}: {}",
                    answer.text
                );
                assert_eq!(answer.error(), AppError::SignedOut, "{path}");
            }
        }
    }
}

#[tokio::test]
async fn an_expired_session_is_nobody() {
    let site = Site::sqlite().await;
    let cookie = site.sign_in("ada").await;
    site.stage.clock.set(site.stage.clock.now().plus(40 * domain::time::DAY));
    for (path, method) in of(SignedIn) {
        let answer = call(&site, &path, &method, &[("id", SOME_ID), ("name", "x")], &cookie).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test]
async fn strangers_do_not_learn_that_a_pledge_exists() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let placed = site.stage.place(&slug, "ada", amount("5")).await.expect("placed");
        let theirs = site.stage.place(&slug, "bob", amount("5")).await.expect("placed");
        let (id, other_key) =
            (placed.pledge.to_string(), pledge::key(&site.stage.backend, theirs.pledge));
        let stranger = site.sign_in("cleo").await;
        let before = site.stage.rows().await;
        for (path, method) in of(Backer) {
            let mut answers = Vec::new();
            for id in [id.as_str(), SOME_ID, "nonsense"] {
                for key in ["", "x", other_key.as_str()] {
                    for cookie in ["", stranger.as_str()] {
                        let fields = [
                            ("id", id),
                            ("key", key),
                            ("form[id]", id),
                            ("form[key]", key),
                            ("form[choices][bonus]", "9"),
                            ("form[expected]", "9.00"),
                        ];
                        let answer = call(&site, &path, &method, &fields, cookie).await;
                        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} {id} {key}");
                        answers.push(answer.body);
                    }
                }
            }
            answers.dedup();
            assert_eq!(answers.len(), 1, "{path} tells pledges from none");
        }
        assert_eq!(site.stage.rows().await, before);
    }
}

#[tokio::test]
async fn only_who_runs_a_campaign_sees_to_its_pledges() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let placed = site.stage.place(&slug, "ada", amount("5")).await.expect("placed");
        let id = placed.pledge.to_string();
        let (backer, stranger) = (site.sign_in("ada").await, site.sign_in("cleo").await);
        let before = site.stage.rows().await;
        let fields = [
            ("slug", slug.as_str()),
            ("id", &id),
            ("form[slug]", slug.as_str()),
            ("form[id]", &id),
            ("ask[slug]", slug.as_str()),
            ("form[what]", "rest"),
            ("form[reason]", "other"),
            ("dispute[slug]", slug.as_str()),
            ("dispute[id]", &id),
            ("dispute[reference]", "dp_1"),
            ("dispute[state]", "open"),
        ];
        for (path, method) in of(Manager) {
            for (cookie, status) in [
                ("", StatusCode::UNAUTHORIZED),
                (backer.as_str(), StatusCode::NOT_FOUND),
                (stranger.as_str(), StatusCode::NOT_FOUND),
            ] {
                let answer = call(&site, &path, &method, &fields, cookie).await;
                assert_eq!(answer.status, status, "{path} {}", answer.text);
            }
        }
        assert_eq!(site.stage.rows().await, before);
    }
}

#[tokio::test]
async fn what_operators_see_to_is_not_there_for_anyone_else() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        site.stage.place(&slug, "ada", amount("5")).await.expect("placed");
        let (backer, creator) = (site.sign_in("ada").await, site.sign_in("creator").await);
        let before = site.stage.rows().await;
        let id = format!("refund-{SOME_ID}");
        let fields = [("form[id]", id.as_str()), ("form[note]", "by bank transfer")];
        for (path, method) in of(Operator) {
            for cookie in ["", "session=made-up", &backer, &creator] {
                let answer = call(&site, &path, &method, &fields, cookie).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.text);
            }
        }
        assert_eq!(site.stage.rows().await, before);
    }
}

#[tokio::test]
async fn a_backer_opens_their_own_pledge_signed_in_or_by_key() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let placed = site.stage.place(&slug, "ada", amount("5")).await.expect("placed");
    let (id, key) = (placed.pledge.to_string(), pledge::key(&site.stage.backend, placed.pledge));
    let backer = site.sign_in("ada").await;
    for (key, cookie) in [(key.as_str(), ""), ("", backer.as_str())] {
        let answer =
            call(&site, "pledge/page", &Method::GET, &[("id", &id), ("key", key)], cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let fields = [("form[id]", id.as_str()), ("form[key]", key), ("form[choices][bonus]", "6")];
        let changed = call(&site, "pledge/change", &Method::POST, &fields, cookie).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    }
    let mine = call(&site, "pledge/mine", &Method::GET, &[], &backer).await;
    let mine: Vec<PledgeSummary> = mine.value();
    assert_eq!(mine.iter().map(|row| row.id).collect::<Vec<_>>(), [placed.pledge]);
}

#[tokio::test]
async fn a_link_that_is_none_opens_nothing() {
    for site in Site::both().await {
        let cookie = site.sign_in("ada").await;
        for (path, method) in of(Holder) {
            for token in ["", "x", "\0", SOME_ID] {
                for cookie in ["", cookie.as_str()] {
                    let answer = call(&site, &path, &method, &[("token", token)], cookie).await;
                    let refused = [StatusCode::NOT_FOUND, StatusCode::UNPROCESSABLE_ENTITY];
                    assert!(refused.contains(&answer.status), "{path} {token:?}: {}", answer.text);
                }
            }
        }
    }
}

#[tokio::test]
async fn the_mailbox_is_only_there_on_a_demonstration() {
    let site = Site::sqlite().await;
    let demo =
        Site::with(Options { is_demo: true, rate_limits: false, ..Options::default() }).await;
    for (path, method) in of(Demonstration) {
        assert_eq!(
            call(&site, &path, &method, &[], "").await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
        assert_eq!(call(&demo, &path, &method, &[], "").await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn what_anyone_may_read_anyone_can() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let fields = [("slug", slug.as_str()), ("query[search]", "campaign"), ("query[page]", "1")];
    for (path, method) in of(Anyone).into_iter().filter(|(_, method)| *method == Method::GET) {
        let answer = call(&site, &path, &method, &fields, "").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        assert!(answer.header("cache-control").contains("private"), "{path}");
    }
}
