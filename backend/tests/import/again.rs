//! What a second import may change, and what it may not.

use backend::{
    Db, campaign,
    campaign::import::Report,
    check,
    pledge::{self, Placement, command::Backer},
    schedule,
};
use domain::{
    Locale,
    campaign::CampaignState,
    discovery::{Sort, StateFilter},
    email::EmailAddress,
    payment::TestCard,
    pledge::Choices,
    time::DAY,
};

use super::{
    HEADER, LIVE, all,
    engines::{Engine, NOW, engines},
    import_bytes, import_text,
};

#[tokio::test]
async fn what_is_popular_moves_on_with_a_moved_dump() {
    for engine in engines().await {
        let quiet = LIVE.replacen("1,A", "2,A", 1).replace("A Game", "No Game");
        let quiet = quiet.replace(",12,EUR", ",11,EUR");
        let text = |first: &str| format!("{HEADER}\n{first}\n{quiet}\n");
        let import = async |text: String| {
            import_bytes(&engine.backend, text.as_bytes(), true).await.expect("a readable file")
        };
        let order = async || {
            let found = all(&engine.backend, Sort::Popular, StateFilter::Live).await;
            found.into_iter().map(|listed| listed.card.title).collect::<Vec<_>>()
        };
        let (_, told) = import(text(LIVE)).await;
        assert_eq!(told.searched.last(), Some(&(text(LIVE).len() as u64)));
        assert_eq!(order().await, ["A Game of Tides", "No Game of Tides"], "{}", engine.name);
        import(text(&LIVE.replace(",12,EUR", ",3,EUR"))).await;
        assert_eq!(order().await, ["No Game of Tides", "A Game of Tides"], "{}", engine.name);
        // Days later the same file competes with what was launched meanwhile.
        engine.clock.set(NOW.plus(9 * DAY));
        let before = popularity(&engine).await;
        import(text(LIVE)).await;
        assert_eq!(popularity(&engine).await.saturating_sub(before) / DAY, 10, "{}", engine.name);
    }
}

async fn popularity(engine: &Engine) -> i64 {
    let statement = "select popularity from campaign where external_ref = 'dump:1'";
    match &engine.backend.db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(statement).fetch_one(read).await,
        Db::Postgres { pool, .. } => sqlx::query_scalar(statement).fetch_one(pool).await,
    }
    .expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pledge_on_its_way_keeps_its_campaign() {
    for engine in engines().await {
        let Db::Postgres { pool, .. } = &engine.backend.db else {
            // SQLite has one writer: nothing is on its way while an import writes.
            continue;
        };
        let text = format!("{HEADER}\n{LIVE}\n");
        import_text(&engine, &text).await;
        let mut holder = pool.begin().await.expect("begun");
        sqlx::query("update campaign set version = version + 1")
            .execute(&mut *holder)
            .await
            .expect("held");
        let me: i32 = sqlx::query_scalar("select pg_backend_pid()")
            .fetch_one(&mut *holder)
            .await
            .expect("a number");
        // The pledge waits for the row, and the import too.
        let pledging = tokio::spawn({
            let backend = engine.backend.clone();
            async move { pledge::place(&backend, placement()).await }
        });
        let first = waiting_behind(pool, &[me], &[]).await;
        let importing = tokio::spawn({
            let backend = engine.backend.clone();
            let moved = text.replace("1797271200", "1796000000");
            async move { import_bytes(&backend, moved.as_bytes(), false).await }
        });
        waiting_behind(pool, &[me, first], &[first]).await;
        holder.commit().await.expect("let go");
        // Postgres may wake them in any order. What may not be is a pledge in a
        // campaign that was moved under it.
        let placed = pledging.await.expect("ran");
        let (report, _) = importing.await.expect("ran").expect("imported");
        let page =
            campaign::page(&engine.backend, None, "a-game-of-tides", "").await.expect("a page");
        if placed.is_ok() {
            assert_eq!(report, Report { kept: 1, ..Report::default() });
            assert_eq!((page.state, page.deadline), (CampaignState::Live, NOW.plus(10 * DAY)));
        } else {
            assert!(matches!(placed, Err(backend::Error::Refused(_))), "{placed:?}");
            assert_eq!(report, Report { updated: 1, ..Report::default() });
            assert_eq!(page.state, CampaignState::Failed);
        }
    }
}

/// Waits until a process other than `known` waits for one of these, and says which.
async fn waiting_behind(pool: &sqlx::PgPool, ahead: &[i32], known: &[i32]) -> i32 {
    loop {
        let found: Option<i32> = sqlx::query_scalar(
            "select pid
               from pg_stat_activity
              where pg_blocking_pids(pid) && $1 and not pid = any($2)",
        )
        .bind(ahead)
        .bind(known)
        .fetch_optional(pool)
        .await
        .expect("asked");
        match found {
            Some(pid) => return pid,
            None => tokio::task::yield_now().await,
        }
    }
}

fn placement() -> Placement {
    Placement {
        slug: "a-game-of-tides".into(),
        backer: Backer::Guest(EmailAddress::parse("backer@example.org").expect("an address")),
        choices: Choices { bonus: "800".into(), ..Choices::default() },
        expected: String::new(),
        plan: None,
        card: TestCard::Success,
        key: String::new(),
        locale: Locale::En,
    }
}

#[tokio::test]
async fn a_campaign_with_pledges_of_ours_is_left_alone() {
    for engine in engines().await {
        let text = format!("{HEADER}\n{LIVE}\n");
        import_text(&engine, &text).await;
        pledge::place(&engine.backend, placement()).await.expect("placed");
        let moved = text.replace("1797271200", "1796000000").replace("250.50", "300");
        let (report, _) = import_text(&engine, &moved).await;
        assert_eq!(report, Report { kept: 1, ..Report::default() }, "{}", engine.name);
        let page =
            campaign::page(&engine.backend, None, "a-game-of-tides", "").await.expect("a page");
        assert_eq!((page.state, page.deadline), (CampaignState::Live, NOW.plus(10 * DAY)));
        assert_eq!((page.funding.pledged, page.funding.backers), (105_050, 13));
    }
}

#[tokio::test]
async fn no_import_brings_a_campaign_back_whose_promises_are_void() {
    for engine in engines().await {
        let text = format!("{HEADER}\n{LIVE}\n");
        import_text(&engine, &text).await;
        pledge::place(&engine.backend, placement()).await.expect("placed");
        campaign_fails(&engine).await;
        // The same dump, its end a year later.
        let revived = text.replace("1797271200", "1828807200");
        let (report, _) = import_text(&engine, &revived).await;
        assert_eq!(report, Report { kept: 1, ..Report::default() }, "{}", engine.name);
        let page =
            campaign::page(&engine.backend, None, "a-game-of-tides", "").await.expect("a page");
        assert_eq!((page.state, page.deadline), (CampaignState::Failed, NOW.plus(10 * DAY)));
        let found = check::first_difference(&engine.backend).await.expect("checked");
        assert_eq!(found, None, "{}", engine.name);
    }
}

/// Its end passes with less than it needs, and what was promised leaves the books.
async fn campaign_fails(engine: &Engine) {
    let statement = "update campaign set goal = 99999999";
    match &engine.backend.db {
        Db::Sqlite { write, .. } => sqlx::query(statement).execute(write).await.map(drop),
        Db::Postgres { pool, .. } => sqlx::query(statement).execute(pool).await.map(drop),
    }
    .expect("written");
    engine.clock.set(NOW.plus(10 * DAY));
    for _ in 0..2 {
        schedule::once(&engine.backend).await.expect("a round");
    }
}

#[tokio::test]
async fn the_same_id_twice_is_one_campaign() {
    for engine in engines().await {
        let later = LIVE.replace("250.50", "400");
        let other = LIVE.replace(",EUR,", ",JPY,").replace("250.50", "250");
        let (report, told) =
            import_text(&engine, &format!("{HEADER}\n{LIVE}\n{later}\n{other}\n")).await;
        assert_eq!((report.added, report.updated, report.refused), (1, 1, 1));
        assert_eq!(told.refused[0].1.to_string(), "the campaign is here already, in EUR");
        let page =
            campaign::page(&engine.backend, None, "a-game-of-tides", "").await.expect("a page");
        assert_eq!(page.funding.pledged, 40_000);
    }
}
