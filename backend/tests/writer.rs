//! The pledge writer when something goes wrong: a command that panics, somebody who
//! has gone, a full queue, a transaction that lost against another one.

#[path = "stage/held.rs"]
mod held;
#[path = "stage/stage.rs"]
mod stage;

use std::time::Duration;

use backend::{Backend, Db, Error, pledge};
use domain::pledge::Refusal;
use held::{hold, place, until_waiting};
use stage::{Stage, amount, placement};

#[tokio::test]
#[cfg_attr(not(debug_assertions), ignore = "only a build that checks for overflow panics here")]
async fn a_command_that_panics_takes_no_other_down_and_the_writer_goes_on() {
    for stage in Stage::both().await {
        let (bad, good) = (stage.campaign(|_| ()).await, stage.campaign(|_| ()).await);
        // The next backer is one more than can be counted.
        let count = |n: i64| format!("update campaign set backers = {n} where slug = '{bad}'");
        stage.tamper(&count(i64::MAX)).await;
        let held = hold(&stage, &good).await;
        let (panics, placed) = (place(&stage, &bad, "ada"), place(&stage, &good, "bob"));
        until_waiting(&stage, 2).await;
        held.let_go().await;
        let outcome = panics.await.expect("answered");
        assert!(matches!(outcome, Err(Error::Internal(_))), "{outcome:?}");
        placed.await.expect("answered").expect("placed beside it");
        assert_eq!(stage.totals(&good).await, (1_000, 1));
        assert!(stage.backend.writer.is_running());

        stage.tamper(&count(0)).await;
        stage.place(&bad, "ada", amount("10")).await.expect("placed once it can be counted");
        assert_eq!(stage.totals(&bad).await, (1_000, 1));
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn what_was_not_begun_when_its_backer_had_gone_is_not_written() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let held = hold(&stage, &slug).await;
        let (gone, stays) = (place(&stage, &slug, "ada"), place(&stage, &slug, "bob"));
        until_waiting(&stage, 2).await;
        gone.abort();
        assert!(gone.await.expect_err("gone").is_cancelled());
        held.let_go().await;
        stays.await.expect("answered").expect("placed");
        assert_eq!(stage.totals(&slug).await, (1_000, 1));
        stage.place(&slug, "ada", amount("10")).await.expect("nothing was placed before");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn what_finds_the_queue_full_is_refused_and_what_waits_is_written() {
    for stage in Stage::both_with(|options| options.writer_queue = 2).await {
        let slug = stage.campaign(|_| ()).await;
        let held = hold(&stage, &slug).await;
        let waiting = [place(&stage, &slug, "ada"), place(&stage, &slug, "bob")];
        until_waiting(&stage, 2).await;
        let late = place(&stage, &slug, "cy").await.expect("answered");
        assert!(matches!(late, Err(Error::Refused(Refusal::Busy { seconds: 1.. }))), "{late:?}");
        held.let_go().await;
        for one in waiting {
            one.await.expect("answered").expect("placed");
        }
        assert_eq!(stage.totals(&slug).await, (2_000, 2));
        stage.place(&slug, "cy", amount("10")).await.expect("there is room again");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_transaction_that_cannot_be_serialised_is_run_again() {
    let Some(stage) = Stage::postgres().await else { return };
    let slug = stage.campaign(|_| ()).await;
    // There a row that changed while it was waited for is a failure: 40001.
    let url = format!("{}%20-cdefault_transaction_isolation%3Dserializable", stage.url);
    let options = (*stage.backend.options).clone();
    let strict = Backend::open(&url, stage.clock.clone(), options).await.expect("a database");
    let (Db::Postgres { pool, .. }, Db::Postgres { pool: strict_pool, .. }) =
        (&stage.backend.db, &strict.db)
    else {
        panic!("both are on Postgres");
    };
    let level: String = sqlx::query_scalar("show default_transaction_isolation")
        .fetch_one(strict_pool)
        .await
        .expect("a word");
    assert_eq!(level, "serializable");

    let mut other = pool.begin().await.expect("a transaction");
    let process: i32 = sqlx::query_scalar("select pg_backend_pid()")
        .fetch_one(&mut *other)
        .await
        .expect("a number");
    let change = sqlx::query("update campaign set version = version + 1");
    change.execute(&mut *other).await.expect("locked");
    let order = placement(&slug, "ada", amount("10"));
    let placing = tokio::spawn(async move { pledge::place(&strict, order).await });
    let waiting = format!(
        "select count(*) from pg_stat_activity where {process} = any(pg_blocking_pids(pid))"
    );
    let blocked = async {
        while stage.number(&waiting).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), blocked).await.expect("it waits in time");
    other.commit().await.expect("committed");
    placing.await.expect("answered").expect("nobody hears of the try that was lost");
    assert_eq!(stage.totals(&slug).await, (1_000, 1));
    stage.assert_books().await;
}
