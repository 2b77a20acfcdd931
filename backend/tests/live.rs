//! The live hub: the newest figures, at once after a silence, never more than
//! four times a second, to this process and to others.

#[path = "stage/stage.rs"]
mod stage;

use std::{
    sync::{Arc, Barrier},
    time::Duration,
};

use backend::{
    Db, campaign,
    live::{self, Following, Frame, Hub},
};
use domain::{
    Timestamp,
    campaign::{CampaignState, FundingRule},
    live::{FundingEvent, PublicMoney},
    slug::Slug,
    time::MINUTE,
};
use sqlx::postgres::PgPoolOptions;
use stage::{DEADLINE, NOW, Stage, amount, one};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{Instant, sleep, timeout},
};

const SOON: Duration = Duration::from_secs(1);

fn event(frame: &Frame) -> FundingEvent {
    let text = std::str::from_utf8(&frame.bytes).expect("text");
    let data = text.lines().find_map(|line| line.strip_prefix("data: ")).expect("data");
    serde_json::from_str(data).expect("an event")
}

async fn follow(stage: &Stage, slug: &Slug) -> Following {
    stage
        .backend
        .hub
        .follow(&stage.backend.db, slug)
        .await
        .expect("read")
        .expect("a public campaign")
}

/// The frame that the viewer would see now.
fn shown(following: &mut Following) -> FundingEvent {
    event(following.frames.borrow_and_update().as_ref().expect("a frame"))
}

/// The next frame, which has to come within a second.
async fn next(following: &mut Following) -> FundingEvent {
    timeout(SOON, following.frames.changed())
        .await
        .expect("a frame within a second")
        .expect("the hub lives");
    shown(following)
}

#[tokio::test]
async fn whoever_comes_sees_the_present_figures_at_once() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let book = stage.limited(&slug, 4).await;
        stage.limited(&slug, 9).await;
        stage
            .reward(&slug, |new| (new.secret, new.offer.quantity) = (Some("s".into()), Some(2)))
            .await;
        stage.place(&slug, "ada", one(book)).await.expect("placed");
        let mut viewer = follow(&stage, &slug).await;
        let frame = viewer.frames.borrow().clone().expect("a frame");
        assert!(frame.bytes.starts_with(b"event: funding\nid: ") && frame.bytes.ends_with(b"\n\n"));
        let seen = shown(&mut viewer);
        assert_eq!((seen.pledged.amount.as_str(), seen.backers, seen.percent), ("10.00", 1, 1));
        assert_eq!(
            seen.left.iter().map(|left| left.left).collect::<Vec<_>>(),
            [3, 9],
            "secrets are not told"
        );
        assert_eq!(seen.newest.map(|newest| newest.amount.amount), Some("10.00".into()));
    }
}

#[tokio::test]
async fn a_commit_moves_the_bar() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let mut viewer = follow(&stage, &slug).await;
        let placed = stage.place(&slug, "ada", amount("25")).await.expect("placed");
        assert_eq!(next(&mut viewer).await.pledged.amount, "25.00");
        stage.change(&placed, amount("30")).await.expect("changed");
        assert_eq!(next(&mut viewer).await.pledged.amount, "30.00");
        stage.cancel(&placed).await.expect("cancelled");
        assert_eq!(next(&mut viewer).await.backers, 0);
        stage.clock.set(DEADLINE);
        campaign::close_due(&stage.backend).await.expect("closed");
        assert_eq!(next(&mut viewer).await.state, CampaignState::Failed);
    }
}

#[tokio::test]
async fn open_pages_are_told_of_a_second_round_and_of_late_pledges() {
    for stage in Stage::both().await {
        let late = stage.campaign(|new| (new.goal, new.plan.late_pledges) = (1_000, true)).await;
        let rounds = stage
            .campaign(|new| {
                new.goal = 1_000;
                (new.plan.rule, new.plan.optimum) = (FundingRule::Rounds, Some(5_000));
            })
            .await;
        let mut viewers = [follow(&stage, &late).await, follow(&stage, &rounds).await];
        for (slug, viewer) in [&late, &rounds].into_iter().zip(&mut viewers) {
            stage.place(slug, "ada", amount("10")).await.expect("placed");
            let seen = next(viewer).await;
            assert_eq!((seen.round, seen.is_late), (1, false));
        }
        stage.clock.set(DEADLINE);
        campaign::close_due(&stage.backend).await.expect("closed");
        let [late, rounds] = &mut viewers;
        let (late, rounds) = (next(late).await, next(rounds).await);
        assert_eq!((late.state, late.is_late), (CampaignState::Successful, true));
        assert_eq!((rounds.state, rounds.round), (CampaignState::Live, 2));
    }
}

#[tokio::test]
async fn a_refusal_moves_nothing() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let mut viewer = follow(&stage, &slug).await;
        stage.place(&slug, "ada", amount("0.10")).await.expect_err("refused");
        stage.place_unconfirmed(&slug, "bob", amount("5")).await;
        // What was refused would have come before what is confirmed.
        stage.place(&slug, "cleo", amount("7")).await.expect("placed");
        let mut seen = next(&mut viewer).await;
        while seen.backers == 0 {
            assert_eq!(seen.pledged.amount, "0.00");
            seen = next(&mut viewer).await;
        }
        assert_eq!(seen.pledged.amount, "7.00");
    }
}

#[tokio::test]
async fn what_nobody_may_see_cannot_be_followed() {
    for stage in Stage::both().await {
        let draft = stage.campaign(|new| new.state = CampaignState::Draft).await;
        let nowhere = Slug::parse("nowhere").expect("a slug");
        for slug in [draft, nowhere] {
            let followed = stage.backend.hub.follow(&stage.backend.db, &slug).await.expect("read");
            assert!(followed.is_none());
        }
        assert_eq!(stage.backend.hub.followed(), 0);
    }
}

#[tokio::test]
async fn a_cell_lives_as_long_as_somebody_looks() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let first = follow(&stage, &slug).await;
        let mut second = follow(&stage, &slug).await;
        assert_eq!(stage.backend.hub.followed(), 1);
        drop(first);
        stage.place(&slug, "ada", amount("5")).await.expect("placed");
        assert_eq!(next(&mut second).await.backers, 1, "who stays is still told");
        drop(second);
        assert_eq!(stage.backend.hub.followed(), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn coming_and_going_loses_no_viewer_and_leaves_no_cell() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let follow = || {
            let (hub, db, slug) =
                (stage.backend.hub.clone(), stage.backend.db.clone(), slug.clone());
            async move { hub.follow(&db, &slug).await.expect("read").expect("a campaign") }
        };
        // Each round asks Postgres over its socket, which takes ten times as long.
        let rounds = if stage.is_postgres() { 600 } else { 6_000 };
        for round in 0..rounds {
            // One leaves while another comes; whoever came is told the news.
            let leaving = follow().await;
            let meeting = Arc::new(Barrier::new(2));
            let door = Arc::clone(&meeting);
            let left = tokio::task::spawn_blocking(move || {
                door.wait();
                drop(leaving);
            });
            meeting.wait();
            let mut came = follow().await;
            left.await.expect("left");
            let at = NOW.plus(1 + round);
            stage.backend.hub.publish(FundingEvent { backers: round, ..shown(&mut came) }, at);
            let told = timeout(
                SOON,
                came.frames.wait_for(|frame| frame.as_ref().is_some_and(|frame| frame.at >= at)),
            );
            told.await.expect("whoever came is told").expect("the hub lives");
            // Two leave at once, and nothing is left of them.
            let meeting = Arc::new(Barrier::new(2));
            let (door, other) = (Arc::clone(&meeting), follow().await);
            let left = tokio::task::spawn_blocking(move || {
                door.wait();
                drop(other);
            });
            meeting.wait();
            drop(came);
            left.await.expect("left");
            assert_eq!(stage.backend.hub.followed(), 0, "round {round}");
        }
    }
}

/// A viewer of a hub whose time the test moves; the database is no longer asked,
/// so one engine is enough.
async fn with_paused_time(stage: &Stage) -> (Hub, Following, FundingEvent) {
    let slug = stage.campaign(|_| ()).await;
    let mut viewer = follow(stage, &slug).await;
    let template = shown(&mut viewer);
    tokio::time::pause();
    (stage.backend.hub.clone(), viewer, template)
}

fn numbered(template: &FundingEvent, number: i64) -> (FundingEvent, Timestamp) {
    let pledged = PublicMoney { amount: format!("{number}.00"), ..template.pledged.clone() };
    (FundingEvent { pledged, backers: number, ..template.clone() }, NOW.plus(number))
}

#[tokio::test]
async fn a_campaign_speaks_at_most_four_times_a_second_and_ends_on_the_newest() {
    let stage = Stage::sqlite().await;
    let (hub, mut viewer, template) = with_paused_time(&stage).await;
    let watching = tokio::spawn(async move {
        let mut frames: Vec<(Instant, i64)> = Vec::new();
        while let Ok(Ok(())) = timeout(Duration::from_secs(5), viewer.frames.changed()).await {
            frames.push((Instant::now(), shown(&mut viewer).backers));
        }
        frames
    });
    let started = Instant::now();
    for number in 1..=5_000 {
        let (event, at) = numbered(&template, number);
        hub.publish(event, at);
        sleep(Duration::from_millis(1)).await;
    }
    let seconds = started.elapsed().as_secs();
    let frames = watching.await.expect("watched");
    for pair in frames.windows(2) {
        assert!(pair[1].0 - pair[0].0 >= Duration::from_millis(250), "{:?}", pair[1].0 - pair[0].0);
        assert!(pair[1].1 > pair[0].1, "figures only get newer");
    }
    let four_each = usize::try_from(4 * seconds).expect("a few");
    assert!(
        (four_each - 1..four_each + 3).contains(&frames.len()),
        "{} frames in {seconds} s",
        frames.len()
    );
    assert_eq!(frames.last().map(|(_, number)| *number), Some(5_000), "the newest is not lost");
}

#[tokio::test]
async fn after_a_silence_a_campaign_speaks_at_once() {
    let stage = Stage::sqlite().await;
    let (hub, mut viewer, template) = with_paused_time(&stage).await;
    for number in 1..=3 {
        sleep(Duration::from_millis(250)).await;
        let asked = Instant::now();
        let (event, at) = numbered(&template, number);
        hub.publish(event, at);
        viewer.frames.changed().await.expect("a frame");
        assert_eq!((shown(&mut viewer).backers, asked.elapsed()), (number, Duration::ZERO));
    }
}

#[tokio::test]
async fn an_older_figure_never_replaces_a_newer_one() {
    let stage = Stage::sqlite().await;
    let (hub, mut viewer, template) = with_paused_time(&stage).await;
    for number in [5, 3, 4] {
        let (event, at) = numbered(&template, number);
        hub.publish(event, at);
        sleep(Duration::from_millis(300)).await;
        assert_eq!(shown(&mut viewer).backers, 5);
    }
}

#[tokio::test]
async fn a_slow_viewer_finds_one_frame_and_it_is_the_newest() {
    let stage = Stage::sqlite().await;
    let (hub, mut viewer, template) = with_paused_time(&stage).await;
    for number in 1..=100 {
        let (event, at) = numbered(&template, number);
        hub.publish(event, at);
        sleep(Duration::from_millis(300)).await;
    }
    assert_eq!(shown(&mut viewer).backers, 100);
    let more = timeout(Duration::from_secs(10), viewer.frames.changed()).await;
    assert!(more.is_err(), "nothing was queued");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pledge_in_one_process_moves_the_bar_in_another_within_a_second() {
    let Some(stage) = Stage::postgres().await else { return };
    let slug = stage.campaign(|_| ()).await;
    let (second, _) = stage.another_process().await;
    let listening = {
        let (db, hub) = (second.db.clone(), second.hub.clone());
        tokio::spawn(async move { live::listen(&db, &hub).await })
    };
    let mut viewer = second.hub.follow(&second.db, &slug).await.expect("read").expect("a campaign");
    assert_eq!(shown(&mut viewer).backers, 0);
    // The other process may still be opening its ears at the first pledge.
    let mut placed = 0;
    loop {
        placed += 1;
        assert!(placed < 6, "no pledge was heard of");
        stage.place(&slug, &format!("backer-{placed}"), amount("5")).await.expect("placed");
        if timeout(SOON, viewer.frames.changed()).await.is_ok() {
            break;
        }
    }
    assert_eq!(shown(&mut viewer).backers, placed);
    stage.clock.set(DEADLINE);
    campaign::close_due(&stage.backend).await.expect("closed");
    assert_eq!(next(&mut viewer).await.state, CampaignState::Failed);
    listening.abort();
}

/// Leads every connection to a port on to another, as a door that has opened.
async fn open_door(port: u16, host: String, behind: u16) {
    let door = TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free again");
    tokio::spawn(async move {
        while let Ok((mut outside, _)) = door.accept().await {
            let mut inside = TcpStream::connect((host.as_str(), behind)).await.expect("Postgres");
            tokio::spawn(async move {
                let _ = tokio::io::copy_bidirectional(&mut outside, &mut inside).await;
            });
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_cannot_listen_at_first_catches_up_when_it_can() {
    let Some(stage) = Stage::postgres().await else { return };
    let Db::Postgres { pool, .. } = &stage.backend.db else { panic!("this is Postgres") };
    let options = (*pool.connect_options()).clone();
    let (host, behind) = (options.get_host().to_owned(), options.get_port());
    let shut = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = shut.local_addr().expect("bound").port();
    drop(shut);
    let late = Db::postgres(
        PgPoolOptions::new()
            .acquire_timeout(SOON)
            .connect_lazy_with(options.host("127.0.0.1").port(port)),
    );
    let hub = Hub::default();
    let slug = stage.campaign(|_| ()).await;
    let mut viewer = hub.follow(&stage.backend.db, &slug).await.expect("read").expect("a campaign");
    shown(&mut viewer);
    let listening = {
        let hub = hub.clone();
        tokio::spawn(async move { live::listen(&late, &hub).await })
    };
    stage.place(&slug, "ada", amount("5")).await.expect("placed");
    let heard = timeout(2 * SOON, viewer.frames.changed()).await;
    assert!(heard.is_err(), "nobody can hear through a shut door");
    open_door(port, host, behind).await;
    timeout(20 * SOON, viewer.frames.changed()).await.expect("it tries again").expect("a hub");
    assert_eq!(shown(&mut viewer).backers, 1, "what was said meanwhile is read");
    stage.place(&slug, "bob", amount("5")).await.expect("placed");
    assert_eq!(next(&mut viewer).await.backers, 2, "and from then on it listens");
    listening.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_late_hides_no_pledge() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let (late, clock) = stage.another_process().await;
        clock.set(NOW.plus(-MINUTE));
        let mut viewer = follow(&stage, &slug).await;
        stage.place(&slug, "ada", amount("5")).await.expect("placed");
        assert_eq!(next(&mut viewer).await.backers, 1);
        let order = stage::placement(&slug, "bob", amount("5"));
        backend::pledge::place(&late, order).await.expect("placed elsewhere");
        // As a notification would.
        let mut reader = late.db.read().await.expect("a reader");
        let (id, ..) =
            campaign::card(&mut reader.conn(), slug.as_str()).await.expect("the campaign");
        stage.backend.hub.refresh(&stage.backend.db, &[id]).await.expect("read anew");
        assert_eq!(next(&mut viewer).await.backers, 2);
    }
}
