//! A page that several people write at once, and what is published of it.

#[path = "studio/desk.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod desk;
#[path = "stage/stage.rs"]
mod stage;
#[path = "together/writer.rs"]
mod writer;

use std::time::{Duration, Instant};

use backend::{Error, account::Who, campaign, story, studio};
use desk::{completed, problems};
use domain::{
    id::SessionId,
    slug::Slug,
    story::{Kind, LONGEST_TEXT, Part, Place, frame::ToBrowser},
    studio::BasicsForm,
};
use stage::{DEADLINE, Stage};
use tokio::time::{sleep, timeout};
use writer::{Writer, creator};

/// The texts of a page as another process reads it from the database.
async fn as_stored(stage: &Stage, who: &Who, slug: &Slug) -> Vec<String> {
    let (other, _) = stage.another_process().await;
    let page = story::editor(&other, who, slug.as_str()).await.expect("the editor").page;
    page.story.iter().map(|block| block.text.text()).collect()
}

#[tokio::test]
async fn two_who_write_one_paragraph_both_have_what_both_wrote() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let mut ada = Writer::of(&stage.backend, &people.creator, &slug, 11).await;
        let mut ben = Writer::of(&stage.backend, &people.operator, &slug, 12).await;
        assert_eq!(ada.texts(), ["Once."]);
        let block = ada.first();
        ada.types(block, "Long ago. ");
        ben.document.splice(Place::Block(block), 5, 0, &" Upon a time.".into());
        let (one, two) = (ada.send().await, ben.send().await);
        ada.until(|frame| *frame == ToBrowser::Saved(one)).await;
        ben.until(|frame| *frame == ToBrowser::Saved(two)).await;
        // A round with the server brings what is still under way.
        ada.join().await;
        ben.join().await;
        assert_eq!(ada.texts(), ["Long ago. Once. Upon a time."]);
        assert_eq!(ben.texts(), ada.texts());
        assert_eq!(as_stored(&stage, &people.creator, &slug).await, ada.texts());
    }
}

#[tokio::test]
async fn what_a_draft_tells_stands_in_its_preview_once_its_writers_rest() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let mut ada = Writer::of(backend, &people.creator, &slug, 11).await;
        ada.document.splice(Place::Title, 0, 0, &"The ".into());
        ada.document.splice(Place::Risks, 0, 0, &"It may rain.".into());
        ada.document.insert(None, &Kind::Heading { level: 2 }, &"Why <now>".into());
        ada.save().await;
        drop(ada);
        backend.rooms.close().await;
        let page = campaign::page(backend, Some(&people.creator), name, "").await.expect("a page");
        assert_eq!(page.title, "The Tide Clock");
        assert!(page.story_html.starts_with("<h2>Why &lt;now&gt;</h2><p>Once.</p>"));
        assert!(page.story_html.contains("<p>It may rain.</p>"), "{}", page.story_html);
        let form = studio::page(backend, &people.creator, name).await.expect("the studio").story;
        assert_eq!(form.story, "## Why \\<now\\>\n\nOnce.");
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_many_changes_and_a_restart() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let mut ada = Writer::of(&stage.backend, &people.creator, &slug, 11).await;
        let block = ada.first();
        let mut last = 0;
        for number in 0..230 {
            ada.types(block, if number % 10 == 0 { "🗽" } else { "x" });
            last = ada.send().await;
        }
        ada.until(|frame| *frame == ToBrowser::Saved(last)).await;
        // Nothing is tidied up: the process is gone in this moment.
        assert_eq!(as_stored(&stage, &people.creator, &slug).await, ada.texts());
        stage.backend.rooms.close().await;
        assert_eq!(as_stored(&stage, &people.creator, &slug).await, ada.texts());
        let mut back = Writer::of(&stage.backend, &people.creator, &slug, 13).await;
        back.types(block, "and on ");
        back.save().await;
        assert_eq!(as_stored(&stage, &people.creator, &slug).await, back.texts());
    }
}

#[tokio::test]
async fn a_refused_change_leaves_no_trace_and_others_notice_nothing() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let mut ada = Writer::of(&stage.backend, &people.creator, &slug, 11).await;
        let mut eve = Writer::of(&stage.backend, &people.operator, &slug, 66).await;
        let block = ada.first();
        eve.types(block, &"x".repeat(LONGEST_TEXT as usize));
        let counter = eve.send().await;
        let refused = eve.until(|frame| matches!(frame, ToBrowser::Refused(_))).await;
        assert!(matches!(refused, ToBrowser::Refused(why) if why.counter == counter));
        for nonsense in [vec![], vec![1, 2, 3], vec![0; 300 * 1024], vec![0xff; 50]] {
            eve.say(nonsense).await;
            eve.until(|frame| matches!(frame, ToBrowser::Refused(_))).await;
        }
        // In another one's name.
        let mut fake = Writer::of(&stage.backend, &people.operator, &slug, 11).await;
        ada.types(block, "Well: ");
        ada.save().await;
        fake.types(block, "Evil");
        fake.send().await;
        fake.until(|frame| matches!(frame, ToBrowser::Refused(_))).await;
        assert_eq!(ada.texts(), ["Well: Once."]);
        assert_eq!(as_stored(&stage, &people.creator, &slug).await, ada.texts());
    }
}

#[tokio::test]
async fn who_may_not_edit_a_page_learns_nothing_of_it() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let eve = &people.stranger;
        let refused = [
            story::enter(backend, eve, name).await.err(),
            story::editor(backend, eve, name).await.err(),
            story::publish(backend, eve, name, None).await.err(),
            story::versions(backend, eve, name).await.err(),
            story::version(backend, eve, name, 0).await.err(),
            story::restore(backend, eve, name, 1).await.err(),
        ];
        assert!(refused.iter().all(|error| matches!(error, Some(Error::NotFound))));
        assert_eq!(backend.rooms.open(), 0);
    }
}

#[tokio::test]
async fn a_right_that_is_lost_while_writing_is_lost_at_once() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        // A session that was ended elsewhere.
        let ended = Who { session: Some(SessionId::generate()), ..people.creator.clone() };
        let mut ada = Writer::of(backend, &people.creator, &slug, 11).await;
        let mut ben = Writer::of(backend, &ended, &slug, 12).await;
        sleep(Duration::from_millis(300)).await;
        let block = ada.first();
        ben.types(block, "Not ");
        ben.send().await;
        ben.until(|frame| matches!(frame, ToBrowser::RightsLost(_))).await;
        ada.until(|frame| matches!(frame, ToBrowser::Gone(_))).await;
        assert_eq!(as_stored(&stage, &people.creator, &slug).await, ["Once."]);
        // With the operator, nothing moves.
        studio::submit(backend, &people.creator, name).await.expect("submitted");
        let lost = ada.until(|frame| matches!(frame, ToBrowser::RightsLost(_))).await;
        assert!(matches!(lost, ToBrowser::RightsLost(why) if !why.en.is_empty()));
        let entry = story::enter(backend, &people.creator, name).await.expect("may, but not now");
        assert!(matches!(entry, story::Entry::Refused(_)));
    }
}

#[tokio::test]
async fn on_a_launched_campaign_visitors_see_what_was_published() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let (backend, name, who) = (&stage.backend, slug.as_str(), creator(&stage).await);
        let shown = async || campaign::page(backend, None, name, "").await.expect("a page");
        let mut visitor = backend.hub.follow(&backend.db, &slug).await.expect("read").expect("one");
        visitor.frames.borrow_and_update();
        let mut ada = Writer::of(backend, &who, &slug, 11).await;
        let block = ada.first();
        ada.types(block, "At last: ");
        ada.save().await;
        assert_eq!(shown().await.story_html, "<p>Once.</p>\n", "nothing shows by itself");
        let editor = story::editor(backend, &who, name).await.expect("the editor");
        assert_eq!((editor.version, editor.summary.changed), (1, 1));

        let stale = story::publish(backend, &who, name, Some(0)).await;
        assert!(problems(stale).of("").is_some());
        let version = story::publish(backend, &who, name, Some(1)).await.expect("published");
        assert_eq!(version, 2);
        assert_eq!(shown().await.story_html, "<p>At last: Once.</p>");
        ada.until(|frame| *frame == ToBrowser::Published(2)).await;
        timeout(Duration::from_secs(2), visitor.frames.changed())
            .await
            .expect("soon")
            .expect("one");
        let frame = visitor.frames.borrow_and_update().clone().expect("a frame");
        let told = String::from_utf8(frame.bytes.to_vec()).expect("text");
        let expected =
            format!("event: page\ndata: {{\"slug\":\"{slug}\",\"version\":2,\"shelf\":0}}\n\n");
        assert!(told.ends_with(&expected), "{told}");
        assert!(
            problems(story::publish(backend, &who, name, None).await).of("").is_some(),
            "nothing new"
        );

        story::restore(backend, &who, name, 1).await.expect("restored");
        ada.join().await;
        assert_eq!(ada.texts(), ["Once."]);
        assert_eq!(shown().await.story_html, "<p>At last: Once.</p>");
        story::publish(backend, &who, name, None).await.expect("published");
        let history = story::versions(backend, &who, name).await.expect("a history").versions;
        let numbers: Vec<_> = history.iter().map(|one| (one.number, one.by.is_some())).collect();
        assert_eq!(numbers, [(3, true), (2, true), (1, false)]);
        let first = story::version(backend, &who, name, 1).await.expect("a version").page;
        assert_eq!(first.story[0].text.text(), "Once.");
    }
}

#[tokio::test]
async fn after_the_end_only_questions_are_answered() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let (backend, name, who) = (&stage.backend, slug.as_str(), creator(&stage).await);
        let mut ada = Writer::of(backend, &who, &slug, 11).await;
        let block = ada.first();
        ada.types(block, "In time: ");
        ada.save().await;
        stage.clock.set(DEADLINE);
        campaign::close_due(backend).await.expect("closed");
        let refused = story::publish(backend, &who, name, None).await;
        assert!(problems(refused).of(Part::Story.key()).is_some(), "nothing half-published");
        assert_eq!(
            story::versions(backend, &who, name).await.expect("a history").versions.len(),
            1
        );
        ada.until(|frame| matches!(frame, ToBrowser::RightsLost(_))).await;

        let mut again = Writer::of(backend, &who, &slug, 13).await;
        again.types(block, "Too late. ");
        again.send().await;
        again.until(|frame| matches!(frame, ToBrowser::Refused(_))).await;
        story::restore(backend, &who, name, 1).await.expect_err("the story is locked");
        let mut asked = Writer::of(backend, &who, &slug, 14).await;
        let question = asked.document.add_question();
        asked.document.splice(Place::Question(question), 0, 0, &"When?".into());
        asked.save().await;
    }
}

#[tokio::test]
async fn a_change_of_another_campaigns_document_is_refused() {
    for stage in Stage::both().await {
        let (slug, other) = (stage.campaign(|_| ()).await, stage.campaign(|_| ()).await);
        let who = creator(&stage).await;
        let mut ada = Writer::of(&stage.backend, &who, &slug, 11).await;
        let mut ben = Writer::of(&stage.backend, &who, &other, 12).await;
        let block = ben.first();
        ben.types(block, "Elsewhere: ");
        ben.save().await;
        let counter = ada.say(ben.document.whole()).await;
        let refused = ada.until(|frame| matches!(frame, ToBrowser::Refused(_))).await;
        assert!(matches!(refused, ToBrowser::Refused(why) if why.counter == counter));
        assert_eq!(as_stored(&stage, &who, &slug).await, ["Once."]);
        let own = ada.document.whole();
        let counter = ada.say(own).await;
        ada.until(|frame| *frame == ToBrowser::Saved(counter)).await;
    }
}

#[tokio::test]
async fn an_open_editor_finds_a_draft_that_was_given_another_address() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, me) = (&stage.backend, &people.creator);
        let editor = story::editor(backend, me, slug.as_str()).await.expect("the editor");
        let by_id = Slug::parse(&editor.id.to_string()).expect("what an address may look like");
        let mut ada = Writer::of(backend, me, &by_id, 11).await;
        let page = studio::page(backend, me, slug.as_str()).await.expect("the studio");
        let basics = BasicsForm { address: "sea-clock".into(), ..page.basics };
        studio::save_basics(backend, me, basics).await.expect("saved");
        let block = ada.first();
        ada.types(block, "Here: ");
        ada.save().await;
        let mut again = Writer::of(backend, me, &by_id, 12).await;
        again.types(block, "Still ");
        again.save().await;
        let moved = Slug::parse("sea-clock").expect("a slug");
        assert_eq!(as_stored(&stage, me, &moved).await, ["Still Here: Once."]);
        let stranger = story::enter(backend, &people.stranger, by_id.as_str()).await;
        assert!(matches!(stranger.err(), Some(Error::NotFound)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_in_two_processes_have_one_page() {
    let Some(stage) = Stage::postgres().await else { return };
    let (people, slug) = completed(&stage).await;
    let (second, _) = stage.another_process().await;
    let ears = [&stage.backend, &second].map(|backend| {
        let backend = backend.clone();
        tokio::spawn(async move { story::listen(&backend).await })
    });
    let mut ada = Writer::of(&stage.backend, &people.creator, &slug, 11).await;
    let mut ben = Writer::of(&second, &people.operator, &slug, 12).await;
    let block = ada.first();
    for round in 0..20 {
        ada.types(block, &format!("a{round} "));
        ben.types(block, &format!("b{round} "));
        let (one, two) = (ada.send().await, ben.send().await);
        ada.until(|frame| *frame == ToBrowser::Saved(one)).await;
        ben.until(|frame| *frame == ToBrowser::Saved(two)).await;
    }
    let until = Instant::now() + Duration::from_secs(10);
    while ada.texts() != ben.texts() || ada.texts()[0].len() < 100 {
        assert!(Instant::now() < until, "{:?} {:?}", ada.texts(), ben.texts());
        ada.join().await;
        ben.join().await;
    }
    assert_eq!(as_stored(&stage, &people.creator, &slug).await, ada.texts());
    for ear in ears {
        ear.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_write_one_story_and_all_have_it() {
    const ROUNDS: usize = 5;
    let stage = Stage::sqlite().await;
    let (people, slug) = completed(&stage).await;
    let mut writing = tokio::task::JoinSet::new();
    for number in 0..50 {
        // An operator may edit every page; each of these is one.
        let name = format!("operator-{number}");
        let account = stage.account(&name).await;
        let who = Who { account, ..people.operator.clone() };
        let mut writer = Writer::of(&stage.backend, &who, &slug, 100 + number).await;
        writing.spawn(async move {
            let block = writer.first();
            for _ in 0..ROUNDS {
                writer.types(block, "x");
                writer.save().await;
            }
            writer
        });
    }
    let mut writers = Vec::new();
    while let Some(done) = writing.join_next().await {
        writers.push(done.expect("nobody gave up"));
    }
    for writer in &mut writers {
        writer.join().await;
    }
    let text = writers[0].texts();
    assert_eq!(text[0].len(), "Once.".len() + 50 * ROUNDS, "no letter is lost or doubled");
    assert!(writers.iter().all(|writer| writer.texts() == text));
}
