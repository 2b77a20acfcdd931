//! What is answered while the database answers nobody.

use std::time::Duration;

use backend::Db;
use domain::time::HOUR;
use http::StatusCode;
use tokio::time::timeout;

use super::site::Site;

/// Takes every place to read that is to be had, so that whoever asks waits.
async fn every(db: &Db) -> Vec<impl Sized + use<'_>> {
    let mut held = Vec::new();
    while let Ok(Ok(reader)) = timeout(Duration::from_millis(300), db.read()).await {
        held.push(reader);
    }
    held
}

#[tokio::test]
async fn a_card_that_somebody_has_seen_is_answered_all_the_same() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let card = format!("/embed/{slug}");
        let before = site.get(&card).await;
        assert_eq!(before.status, StatusCode::OK);

        let held = every(&site.stage.backend.db).await;
        let page = format!("/campaigns/{slug}");
        let waits = timeout(Duration::from_millis(300), site.get(&page)).await;
        assert!(waits.is_err(), "nobody is answered by the database");

        // Old enough to be read anew, which nobody waits for.
        site.stage.clock.set(site.stage.backend.clock.now().plus(HOUR));
        for _ in 0..3 {
            let answer = timeout(Duration::from_secs(2), site.get(&card)).await;
            assert_eq!(answer.expect("at once").status, StatusCode::OK);
        }
        drop(held);
    }
}
