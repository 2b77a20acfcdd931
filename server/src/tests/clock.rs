//! The clock that the browser tests move, where it was built in.

use axum::body::Body;
use domain::{
    account::Role,
    time::{DAY, SECOND},
};
use http::{Method, StatusCode};

use super::site::{Site, request};

const PATH: &str = "/test/clock";

#[tokio::test]
async fn only_an_operator_moves_the_clock_and_only_in_a_build_for_tests() {
    for site in Site::both().await {
        let member = site.sign_in("ada").await;
        let operator = site.sign_in_as("grace", Role::Operator).await;
        let start = site.stage.clock.now();
        let fields = [("seconds", "172805")];
        for cookie in ["", member.as_str()] {
            let refused = site.call(PATH, &fields, cookie).await;
            assert_eq!(refused.status, StatusCode::NOT_FOUND);
        }
        let read = site.get_with(&format!("{PATH}?seconds=2"), &[("cookie", &operator)]).await;
        assert!(read.status.is_client_error(), "{}", read.status);
        let foreign = [
            ("cookie", operator.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "cross-site"),
        ];
        let refused =
            site.ask(request(Method::POST, PATH, &foreign, Body::from("seconds=2"))).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        for wrong in
            [("seconds", "-1"), ("seconds", "40000000"), ("seconds", "soon"), ("days", "1")]
        {
            let refused = site.call(PATH, &[wrong], &operator).await;
            assert!(refused.status.is_client_error(), "{wrong:?}: {}", refused.status);
        }
        assert_eq!(site.stage.clock.now(), start, "nobody has moved it");

        let moved = site.call(PATH, &fields, &operator).await;
        if cfg!(feature = "test-clock") {
            assert_eq!(moved.status, StatusCode::OK);
            assert_eq!(site.stage.clock.now().since(start), 2 * DAY + 5 * SECOND);
            assert_eq!(moved.text, (site.stage.clock.now().0 / 1_000).to_string());
        } else {
            assert_eq!(moved.status, StatusCode::NOT_FOUND);
            assert_eq!(site.stage.clock.now(), start);
        }
    }
}
