//! A campaign that is announced, and the one letter at its launch.

#[path = "studio/desk.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod desk;
#[path = "stage/stage.rs"]
mod stage;

use backend::{Error, announcement, mail, schedule, studio, sweep};
use desk::{completed, draft, person, problems};
use domain::{
    Locale,
    account::Role,
    announcement::{MOST_LETTERS, UNCONFIRMED_LASTS, WATCHERS_LAST, WatchForm, Watching},
    campaign::CampaignState,
    pledge::Refusal,
    slug::Slug,
    studio::{LaunchForm, RemarkForm},
    time::{DAY, HOUR},
};
use stage::{NOW, Stage};

fn form(slug: &Slug, email: &str) -> WatchForm {
    WatchForm { slug: slug.to_string(), email: email.into() }
}

async fn letters(stage: &Stage, email: &str) -> Vec<mail::CaughtLetter> {
    mail::mailbox(&stage.backend, Some(email)).await.expect("letters")
}

/// The key in the newest letter to an address.
async fn key(stage: &Stage, email: &str) -> String {
    let letters = letters(stage, email).await;
    let link = letters[0].text.lines().find(|line| line.contains("/announcement?key="));
    link.expect("a link").split_once("key=").expect("a key").1.to_owned()
}

/// A guest comes onto the list, and confirms it.
async fn watch(stage: &Stage, slug: &Slug, email: &str, locale: Locale) {
    let backend = &stage.backend;
    announcement::watch(backend, None, &form(slug, email), locale).await.expect("asked");
    announcement::confirm(backend, &key(stage, email).await).await.expect("confirmed");
}

#[tokio::test]
async fn nothing_is_announced_but_what_its_owner_announces() {
    for stage in Stage::both().await {
        let (all, slug) = draft(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let page = async || announcement::page(backend, None, name).await;
        assert!(matches!(page().await, Err(Error::NotFound)));
        let early =
            announcement::watch(backend, None, &form(&slug, "bo@example.org"), Locale::En).await;
        assert!(matches!(early, Err(Error::NotFound)));
        for who in [&all.stranger, &all.operator] {
            let refused = announcement::switch(backend, who, name, true).await;
            assert!(matches!(refused, Err(Error::NotFound)));
        }
        announcement::switch(backend, &all.creator, name, true).await.expect("on");
        announcement::switch(backend, &all.creator, name, true).await.expect("still on");
        let shown = page().await.expect("announced");
        assert_eq!((shown.title.as_str(), shown.watchers), ("Tide Clock", 0));
        assert_eq!((shown.launch_at, shown.visitor), (None, Watching::Unknown));
        announcement::switch(backend, &all.creator, name, false).await.expect("off");
        assert!(matches!(page().await, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn an_address_counts_once_it_is_confirmed_and_nobody_learns_whether_it_is_there() {
    for stage in Stage::both().await {
        let (all, slug) = draft(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        announcement::switch(backend, &all.creator, name, true).await.expect("on");
        let bo = form(&slug, "Bo@example.org");
        for _ in 0..=MOST_LETTERS {
            announcement::watch(backend, None, &bo, Locale::Fr).await.expect("asked");
        }
        let sent = i64::try_from(letters(&stage, "bo@example.org").await.len());
        assert_eq!(sent, Ok(MOST_LETTERS), "and no more within the hour");
        let count = async || announcement::page(backend, None, name).await.expect("read").watchers;
        assert_eq!(count().await, 0);
        let key = key(&stage, "bo@example.org").await;
        let opened = announcement::watcher(backend, &key).await.expect("read").expect("open");
        assert!(!opened.is_confirmed, "to follow the link changes nothing");
        announcement::confirm(backend, &key).await.expect("confirmed");
        announcement::confirm(backend, &key).await.expect("twice is once");
        assert_eq!(count().await, 1);
        stage.clock.set(NOW.plus(2 * HOUR));
        announcement::watch(backend, None, &bo, Locale::Fr).await.expect("the same answer");
        let sent = i64::try_from(letters(&stage, "bo@example.org").await.len());
        assert_eq!(sent, Ok(MOST_LETTERS), "who is on the list hears nothing");
        let none = announcement::watch(backend, None, &form(&slug, "x"), Locale::En).await;
        assert!(problems(none).of("email").is_some());

        // Somebody with an account needs no letter, and may go as they came.
        let cy = person(&stage, "cy", Role::Member).await;
        announcement::watch(backend, Some(&cy), &form(&slug, ""), Locale::En).await.expect("on");
        assert_eq!(count().await, 2);
        let seen = announcement::page(backend, Some(&cy), name).await.expect("read").visitor;
        let Watching::Yes(own) = seen else { panic!("{seen:?}") };
        for key in [own.as_str(), &own, &key, "x", "", "\0"] {
            announcement::stop(backend, key).await.expect("stopped");
        }
        assert_eq!(count().await, 0);
        assert_eq!(announcement::watcher(backend, &key).await.expect("read"), None);
        for gone in [key.as_str(), "x", "\0"] {
            let refused = announcement::confirm(backend, gone).await;
            assert!(matches!(refused, Err(Error::NotFound)));
        }
    }
}

#[tokio::test]
async fn at_the_launch_everybody_who_waits_gets_one_letter_in_their_language() {
    for stage in Stage::both().await {
        let (all, slug) = completed(&stage).await;
        let (backend, name, ada) = (&stage.backend, slug.as_str(), &all.creator);
        announcement::switch(backend, ada, name, true).await.expect("on");
        watch(&stage, &slug, "bo@example.org", Locale::Fr).await;
        watch(&stage, &slug, "cy@example.org", Locale::En).await;
        let di = form(&slug, "di@example.org");
        announcement::watch(backend, None, &di, Locale::En).await.expect("asked, no more");
        studio::submit(backend, ada, name).await.expect("submitted");
        let remark = RemarkForm { slug: name.into(), ..RemarkForm::default() };
        studio::approve(backend, &all.operator, &remark).await.expect("approved");
        let at = LaunchForm { slug: name.into(), date: "2026-12-09".into(), time: "09:00".into() };
        studio::schedule_launch(backend, ada, &at).await.expect("planned");
        let shown = announcement::page(backend, None, name).await.expect("read");
        assert!(shown.launch_at.is_some());
        stage.clock.set(NOW.plus(5 * DAY));
        let (other, clock) = stage.another_process().await;
        clock.set(NOW.plus(5 * DAY));
        let (one, two) = tokio::join!(schedule::once(backend), schedule::once(&other));
        one.and(two).expect("ran");
        for (email, words) in [("bo@example.org", "a commencé"), ("cy@example.org", "has started")]
        {
            let letters = letters(&stage, email).await;
            let opens: Vec<_> =
                letters.iter().filter(|letter| letter.subject.contains(words)).collect();
            assert_eq!(opens.len(), 1, "{email}");
            let links = opens[0].text.lines().filter(|line| line.contains("/announcement?key="));
            let links: Vec<&str> = links.collect();
            assert!(links.len() == 1 && !links[0].contains("KEY"), "{links:?}");
            assert!(opens[0].text.contains(&format!("/campaigns/{name}\n")));
        }
        assert_eq!(letters(&stage, "di@example.org").await.len(), 1, "only to be confirmed");
        assert_eq!(stage.number("select count(*) from watcher").await, 0, "and forgotten");
        let seen = announcement::page(backend, None, name).await.expect("a way to the page");
        assert_eq!(seen.state, CampaignState::Live);
        let late = announcement::watch(backend, None, &di, Locale::En).await;
        assert!(matches!(late, Err(Error::NotFound)));
        let late = announcement::switch(backend, ada, name, false).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::WrongState { .. }))));
        other.db.close().await;
    }
}

#[tokio::test]
async fn who_waits_for_nothing_is_forgotten() {
    for stage in Stage::both().await {
        let (all, slug) = draft(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        announcement::switch(backend, &all.creator, name, true).await.expect("on");
        watch(&stage, &slug, "bo@example.org", Locale::En).await;
        watch(&stage, &slug, "cy@example.org", Locale::En).await;
        let di = form(&slug, "di@example.org");
        announcement::watch(backend, None, &di, Locale::En).await.expect("asked");
        let swept = async || sweep::run(backend).await.expect("swept").watchers;
        stage.clock.set(NOW.plus(UNCONFIRMED_LASTS));
        assert_eq!(swept().await, 0);
        stage.clock.set(NOW.plus(UNCONFIRMED_LASTS + 1));
        assert_eq!(swept().await, 1, "who never confirmed");
        stage.clock.set(NOW.plus(WATCHERS_LAST + 1));
        assert_eq!(swept().await, 2, "who waits for a year");
        watch(&stage, &slug, "bo@example.org", Locale::En).await;
        studio::delete_draft(backend, &all.creator, name).await.expect("deleted");
        for table in ["watcher", "announcement"] {
            assert_eq!(stage.number(&format!("select count(*) from {table}")).await, 0);
        }
    }
}
