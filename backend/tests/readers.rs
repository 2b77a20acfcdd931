//! Who reads, and with which connection, on both engines.

#[path = "support/both.rs"]
mod both;

use std::time::Duration;

use backend::{Db, account};
use both::each;
use tokio::{task::JoinSet, time::timeout};

const SOON: Duration = Duration::from_secs(8);

/// How many connections lie ready in the pool itself.
fn idle(db: &Db) -> usize {
    match db {
        Db::Sqlite { read, .. } => read.num_idle(),
        Db::Postgres { pool, .. } => pool.num_idle(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_of_readers_waits_for_one_another_and_leaves_room_for_writers() {
    each(async |backend| {
        let mut crowd = JoinSet::new();
        for _ in 0..100 {
            let db = backend.db.clone();
            crowd.spawn(async move {
                let mut reader = db.read().await.expect("a reader");
                // Held on to, as by a page that reads several times.
                tokio::task::yield_now().await;
                let _ = reader.conn();
                reader.done();
            });
        }
        let tx = timeout(SOON, backend.db.begin()).await.expect("in time").expect("a writer");
        timeout(SOON, crowd.join_all()).await.expect("everyone has read");
        drop(tx);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_is_read_with_again_and_what_is_dropped_goes_back_to_the_pool() {
    each(async |backend| {
        let db = &backend.db;
        let before = {
            let reader = db.read().await.expect("a reader");
            let before = idle(db);
            reader.done();
            before
        };
        assert_eq!(idle(db), before, "it is kept, not given back");
        drop(db.read().await.expect("the one that was kept"));
        let given_back = async {
            while idle(db) <= before {
                tokio::task::yield_now().await;
            }
        };
        timeout(SOON, given_back).await.expect("dropped before it was done, it is looked at first");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_kept_holds_up_the_end() {
    each(async |backend| {
        assert!(account::resume(&backend, "nobody").await.expect("read").is_none());
        let late = backend.db.read().await.expect("a reader");
        let db = backend.db.clone();
        let closing = tokio::spawn(async move { db.close().await });
        while backend.db.read().await.is_ok() {
            tokio::task::yield_now().await;
        }
        late.done();
        timeout(SOON, closing).await.expect("closed in time").expect("closed");
    })
    .await;
}
