//! What visitors read of a page, and what the forms without scripts make of it: nothing is
//! published that nobody wanted published, and nothing written is taken back.

#[path = "studio/desk.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod desk;
#[path = "stage/stage.rs"]
mod stage;
#[path = "together/writer.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod writer;

use std::time::Duration;

use backend::{campaign, story, studio};
use desk::{People, completed, problems};
use domain::{
    Locale,
    slug::Slug,
    story::{
        Kind, Place, Tone,
        change_set::{SetForm, SetState},
        view::{Seen, mark},
    },
    studio::{BasicsForm, RemarkForm, RewardForm, StoryForm, StudioPage},
    time::HOUR,
};
use stage::{NOW, Stage};
use tokio::time::timeout;
use writer::{Writer, creator};

async fn forms(stage: &Stage, who: &backend::account::Who, slug: &Slug) -> StudioPage {
    studio::page(&stage.backend, who, slug.as_str()).await.expect("the studio")
}

/// What visitors read.
async fn shown(stage: &Stage, slug: &Slug) -> domain::campaign::CampaignPage {
    campaign::page(&stage.backend, None, slug.as_str(), "").await.expect("the page")
}

/// The versions of the texts, newest first, and whether somebody published each. What was
/// saved beside them is in the history, too.
async fn versions(stage: &Stage, who: &backend::account::Who, slug: &Slug) -> Vec<(i64, bool)> {
    let history = story::versions(&stage.backend, who, slug.as_str()).await.expect("the history");
    history
        .versions
        .iter()
        .filter(|one| one.step == 0)
        .map(|one| (one.number, one.by.is_some()))
        .collect()
}

#[tokio::test]
async fn a_form_without_scripts_and_the_editor_write_one_page() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, me) = (&stage.backend, &people.creator);
        let mut ada = Writer::of(backend, me, &slug, 11).await;
        let block = ada.first();
        ada.document.insert(Some(block), &Kind::Text, &"Twice.".into());
        ada.document.splice(Place::Title, 0, 0, &"The ".into());
        ada.save().await;
        let caret = ada.document.stick(Place::Block(block), 4).expect("a place");
        // The columns follow later; the forms show what is written.
        let page = forms(&stage, me, &slug).await;
        assert_eq!(page.story.story, "Once.\n\nTwice.");
        assert_eq!(page.basics.title, "The Tide Clock");
        let story = "## Why\n\nOnce and again.\n\nTwice.".to_owned();
        studio::save_story(backend, me, StoryForm { story, ..page.story }).await.expect("saved");
        let basics = BasicsForm { title: "Tide Watch".into(), ..page.basics };
        studio::save_basics(backend, me, basics).await.expect("saved");
        let page = forms(&stage, me, &slug).await;
        assert_eq!(page.title, "Tide Watch", "and what is saved by form shows at once");
        assert!(page.story_html.starts_with("<h2>Why</h2>"), "{}", page.story_html);
        ada.join().await;
        assert_eq!(ada.texts(), ["Why", "Once and again.", "Twice."]);
        assert_eq!(ada.document.page().title, "Tide Watch");
        assert_eq!(ada.document.unstick(&caret), Some((Place::Block(block), 4)), "carets stay");
    }
}

#[tokio::test]
async fn a_form_takes_nothing_back_that_another_one_types() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, me) = (&stage.backend, &people.creator);
        let mut ada = Writer::of(backend, &people.operator, &slug, 11).await;
        let block = ada.first();
        // Typed, but not sent yet.
        ada.types(block, "Really: ");
        let page = forms(&stage, me, &slug).await;
        let story = StoryForm { story: "Once.\n\nTwice.".into(), ..page.story };
        studio::save_story(backend, me, story).await.expect("saved");
        ada.save().await;
        ada.join().await;
        assert_eq!(ada.texts(), ["Really: Once.", "Twice."]);
        // Basics that change neither title nor subtitle leave both as they are typed.
        ada.document.splice(Place::Subtitle, 0, 0, &"Now it ".into());
        let basics = BasicsForm { subcategory: "Clocks".into(), ..page.basics };
        studio::save_basics(backend, me, basics).await.expect("saved");
        let page = forms(&stage, me, &slug).await;
        ada.save().await;
        // What was filled in before somebody else changed it is refused, not written over.
        let stale = BasicsForm { subtitle: "Mine.".into(), ..page.basics };
        let refused = studio::save_basics(backend, me, stale).await;
        assert!(domain::studio::problem::is_stale(&problems(refused)));
        backend.rooms.close().await;
        let page = forms(&stage, me, &slug).await;
        assert_eq!(page.story.story, "Really: Once.\n\nTwice.");
        assert_eq!(page.basics.subtitle, "Now it Shows the sea.");
        assert_eq!(page.story_html, "<p>Really: Once.</p><p>Twice.</p>");
    }
}

#[tokio::test]
async fn on_a_live_page_a_form_touches_nothing_that_waits_to_be_published() {
    for stage in Stage::both().await {
        let people = People::of(&stage).await;
        let slug = stage.campaign(|_| ()).await;
        let (backend, me, name) = (&stage.backend, &people.creator, slug.as_str());
        let mut ada = Writer::of(backend, me, &slug, 11).await;
        let block = ada.first();
        ada.types(block, "At last: ");
        let note = Kind::CallOut { tone: Tone::Note };
        ada.document.insert(Some(block), &note, &"Mind the step.".into());
        ada.save().await;
        let (date, time) =
            domain::studio::schedule::date_and_time(domain::time::Zone::Utc, NOW.plus(HOUR));
        let set = SetForm { slug: name.into(), date, time, ..SetForm::default() };
        story::schedule(backend, me, &set).await.expect("scheduled");
        let before = (shown(&stage, &slug).await.story_html, ada.document.page());
        assert_eq!(before.0, "<p>Once.</p>\n");

        let page = forms(&stage, me, &slug).await;
        let basics = BasicsForm { subcategory: "Clocks".into(), ..page.basics };
        studio::save_basics(backend, me, basics).await.expect("saved");
        let page = forms(&stage, me, &slug).await;
        let basics = BasicsForm { title: "Otherwise".into(), ..page.basics };
        let refused = problems(studio::save_basics(backend, me, basics).await);
        assert!(refused.of("title").is_some(), "{refused:?}");
        let other = StoryForm { story: "Otherwise.".into(), ..page.story.clone() };
        let refused = problems(studio::save_story(backend, me, other).await);
        assert!(refused.of("story").is_some(), "{refused:?}");
        studio::save_story(backend, me, page.story).await.expect("it changes nothing");

        ada.join().await;
        let after = shown(&stage, &slug).await;
        assert_eq!((after.story_html.clone(), ada.document.page()), before);
        assert_eq!((after.title.as_str(), after.subcategory.as_str()), ("A campaign", "Clocks"));
        assert_eq!(versions(&stage, me, &slug).await, [(1, false)]);
        let waits = story::change_set(backend, me, name, Locale::En).await.expect("the changes");
        assert_eq!(waits.set.expect("it still waits").state, SetState::Scheduled);

        // Published, the story still holds what no Markdown does.
        story::publish(backend, me, name, None).await.expect("published");
        let page = forms(&stage, me, &slug).await;
        let other = StoryForm { story: "Otherwise.".into(), ..page.story };
        let refused = problems(studio::save_story(backend, me, other).await);
        assert!(refused.of("story").is_some(), "{refused:?}");
        let basics = BasicsForm { title: "A better one".into(), ..page.basics };
        studio::save_basics(backend, me, basics).await.expect("nothing waits any more");
        let after = shown(&stage, &slug).await;
        assert_eq!(after.title, "A better one");
        assert!(after.story_html.contains("Mind the step."), "{}", after.story_html);
    }
}

#[tokio::test]
async fn what_a_form_changes_of_a_live_page_is_a_version_though_nobody_opened_the_editor() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let (backend, me) = (&stage.backend, creator(&stage).await);
        let mut visitor = backend.hub.follow(&backend.db, &slug).await.expect("read").expect("one");
        visitor.frames.borrow_and_update();
        let page = forms(&stage, &me, &slug).await;
        let basics = BasicsForm { title: "Another".into(), ..page.basics };
        studio::save_basics(backend, &me, basics).await.expect("saved");
        timeout(Duration::from_secs(2), visitor.frames.changed())
            .await
            .expect("open pages hear of it")
            .expect("one");
        let story = StoryForm { story: "Once more.".into(), ..page.story };
        studio::save_story(backend, &me, story).await.expect("saved");
        assert_eq!(versions(&stage, &me, &slug).await, [(3, true), (2, true), (1, false)]);
        let first = story::version(backend, &me, slug.as_str(), 1).await.expect("a version").page;
        assert_eq!((first.title.as_str(), first.story.len()), ("A campaign", 1));
        let wanted = story::Wanted::default();
        let changes = story::changes(backend, slug.as_str(), wanted, Locale::En).await;
        assert_eq!(changes.expect("the changes").entries.len(), 2);
        let after = shown(&stage, &slug).await;
        assert_eq!(
            (after.title.as_str(), after.story_html.as_str()),
            ("Another", "<p>Once more.</p>")
        );
    }
}

#[tokio::test]
async fn a_launch_is_the_first_version() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, me, name) = (&stage.backend, &people.creator, slug.as_str());
        let mut ada = Writer::of(backend, me, &slug, 11).await;
        ada.document.insert(None, &Kind::CallOut { tone: Tone::Note }, &"Mind.".into());
        ada.save().await;
        backend.rooms.close().await;
        assert!(versions(&stage, me, &slug).await.is_empty(), "a draft has none");
        studio::submit(backend, me, name).await.expect("submitted");
        let remark = RemarkForm { slug: name.into(), remark: String::new() };
        studio::approve(backend, &people.operator, &remark).await.expect("approved");
        studio::launch(backend, me, name).await.expect("launched");
        let history = story::versions(backend, me, name).await.expect("the history").versions;
        let first = history.first().expect("one");
        assert_eq!((history.len(), first.number, first.at), (1, 1, NOW));
        assert_eq!(first.by, None, "the launch did");
        let page = story::version(backend, me, name, 1).await.expect("a version").page;
        assert_eq!(page.story[0].text.text(), "Mind.");
        assert_eq!(stage.number("select page_version from campaign").await, 1);
        let mut ada = Writer::of(backend, me, &slug, 12).await;
        let block = ada.first();
        ada.types(block, "Do ");
        ada.save().await;
        let editor = story::editor(backend, me, name).await.expect("the editor");
        assert_eq!((editor.version, editor.summary.changed), (1, 1));
    }
}

#[tokio::test]
async fn what_is_published_is_what_was_looked_at_and_no_half_sentence_of_another_one() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let (backend, me, name) = (&stage.backend, creator(&stage).await, slug.as_str());
        let mut ada = Writer::of(backend, &me, &slug, 11).await;
        let block = ada.first();
        ada.types(block, "At last: ");
        ada.save().await;
        let read = story::version(backend, &me, name, 0).await.expect("what is written").page;
        let seen = Seen { version: 1, mark: mark(&read) };
        let changes = story::change_set(backend, &me, name, Locale::En).await.expect("the changes");
        assert_eq!((changes.version, &changes.mark), (1, &seen.mark), "without scripts too");
        ada.types(block, "And the ne");
        ada.save().await;

        let unknown = Seen { mark: "nonsense".into(), ..seen.clone() };
        let refused = story::publish_seen(backend, &me, name, unknown).await;
        assert!(problems(refused).of("").is_some(), "nobody has looked at that");
        let version = story::publish_seen(backend, &me, name, seen.clone()).await;
        assert_eq!(version.expect("published"), 2);
        assert_eq!(shown(&stage, &slug).await.story_html, "<p>At last: Once.</p>");
        let editor = story::editor(backend, &me, name).await.expect("the editor");
        assert_eq!((editor.version, editor.summary.changed), (2, 1), "the rest is still written");
        let again = story::publish_seen(backend, &me, name, seen).await;
        assert!(problems(again).of("").is_some(), "another version is there now");

        // What is asked for later is what was looked at as well.
        let changes = story::change_set(backend, &me, name, Locale::En).await.expect("the changes");
        ada.types(block, "Not seen. ");
        ada.save().await;
        let form = SetForm { slug: name.into(), mark: changes.mark, ..SetForm::default() };
        story::ask(backend, &me, &form).await.expect("asked");
        let waits = story::change_set(backend, &me, name, Locale::En).await.expect("the changes");
        assert!(waits.html.contains("And the neAt last: Once."), "{}", waits.html);
        assert!(!waits.html.contains("Not seen."), "{}", waits.html);
    }
}

#[tokio::test]
async fn a_card_in_the_story_shows_its_reward_as_it_is() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let (backend, me, name) = (&stage.backend, creator(&stage).await, slug.as_str());
        let reward = stage.reward(&slug, |new| new.title = "A clock".into()).await;
        let mut ada = Writer::of(backend, &me, &slug, 11).await;
        let block = ada.first();
        let card = Kind::RewardCard { reward: Some(reward) };
        ada.document.insert(Some(block), &card, &"".into());
        ada.save().await;
        story::publish(backend, &me, name, None).await.expect("published");
        let before = shown(&stage, &slug).await;
        assert!(before.story_html.contains("A clock"), "{}", before.story_html);

        let mut visitor = backend.hub.follow(&backend.db, &slug).await.expect("read").expect("one");
        visitor.frames.borrow_and_update();
        let form = forms(&stage, &me, &slug).await.rewards[0].form.clone();
        let form = RewardForm { title: "A watch".into(), ..form };
        studio::save_reward(backend, &me, form).await.expect("saved");
        let after = shown(&stage, &slug).await;
        assert!(after.story_html.contains("A watch"), "{}", after.story_html);
        assert!(after.drawn > before.drawn, "open pages can tell that it is newer");
        assert_eq!(after.version, before.version, "though it says what it said");
        timeout(Duration::from_secs(2), visitor.frames.changed())
            .await
            .expect("open pages hear of it")
            .expect("one");
        let frame = visitor.frames.borrow_and_update().clone().expect("a frame");
        let told = String::from_utf8(frame.bytes.to_vec()).expect("text");
        assert!(told.contains(&format!("\"version\":{}", after.drawn)), "{told}");

        studio::delete_reward(backend, &me, name, &reward.to_string()).await.expect("deleted");
        let after = shown(&stage, &slug).await;
        assert!(!after.story_html.contains("A watch"), "{}", after.story_html);
        assert_eq!(versions(&stage, &me, &slug).await.len(), 2, "the page says what it said");
    }
}
