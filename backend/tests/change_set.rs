//! A page that is published at a time, or after another one's yes.

#[path = "studio/desk.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod desk;
#[path = "stage/stage.rs"]
mod stage;
#[path = "people/team.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod team;
#[path = "together/writer.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod writer;

use backend::{Error, account::Who, campaign, mail, people, story, studio};
use desk::{People, person, problems};
use domain::{
    Locale,
    account::Role,
    people::Right,
    slug::Slug,
    story::{
        Part,
        change_set::{ChangeSetPage, JudgeForm, SetForm, SetState, SetView},
        compare::{self, Pair},
        view::{Moment, VersionLine},
    },
    studio::BasicsForm,
    time::{DAY, HOUR, MINUTE, Zone},
};
use stage::{DEADLINE, NOW, Stage};
use team::{join, rights};
use writer::Writer;

/// A live campaign whose creator has written something that nobody has published.
async fn written(stage: &Stage) -> (People, Slug, Writer) {
    let people = People::of(stage).await;
    let slug = stage.campaign(|_| ()).await;
    let mut ada = Writer::of(&stage.backend, &people.creator, &slug, 11).await;
    let block = ada.first();
    ada.types(block, "At last: ");
    ada.save().await;
    (people, slug, ada)
}

/// What is wanted at an instant.
fn at(slug: &Slug, at: domain::Timestamp) -> SetForm {
    let (date, time) = domain::studio::schedule::date_and_time(Zone::Utc, at);
    SetForm { slug: slug.to_string(), version: "1".into(), date, time, ..SetForm::default() }
}

async fn page(stage: &Stage, who: &Who, slug: &Slug) -> ChangeSetPage {
    let page = story::change_set(&stage.backend, who, slug.as_str(), Locale::En).await;
    page.expect("the changes")
}

async fn set(stage: &Stage, who: &Who, slug: &Slug) -> Option<SetView> {
    page(stage, who, slug).await.set
}

async fn judging(stage: &Stage, who: &Who, slug: &Slug) -> JudgeForm {
    let id = set(stage, who, slug).await.expect("something waits").id.to_string();
    JudgeForm { slug: slug.to_string(), id, remark: String::new() }
}

/// What visitors read.
async fn shown(stage: &Stage, slug: &Slug) -> String {
    let page = campaign::page(&stage.backend, None, slug.as_str(), "").await;
    page.expect("the page").story_html
}

/// What somebody was written last.
async fn newest_letter(stage: &Stage, who: &Who) -> String {
    let letters = mail::mailbox(&stage.backend, Some(who.email.as_str())).await;
    letters.expect("letters").swap_remove(0).text
}

async fn letters(stage: &Stage, kind: &str) -> i64 {
    stage.number(&format!("select count(*) from mail where kind = '{kind}'")).await
}

#[tokio::test]
async fn a_page_is_published_once_at_its_time_as_it_was_when_that_was_wanted() {
    for stage in Stage::both().await {
        let (people, slug, mut ada) = written(&stage).await;
        let (backend, me) = (&stage.backend, &people.creator);
        let before = shown(&stage, &slug).await;
        story::schedule(backend, me, &at(&slug, NOW.plus(HOUR))).await.expect("scheduled");
        let block = ada.first();
        ada.types(block, "Not yet. ");
        ada.save().await;
        let waiting = page(&stage, me, &slug).await;
        assert!(waiting.html.contains("<p>At last: Once.</p>"), "{}", waiting.html);
        assert!(waiting.html.contains("data-change=\"changed\""));
        assert_eq!(waiting.set.expect("waits").state, SetState::Scheduled);

        stage.clock.set(NOW.plus(59 * MINUTE));
        assert_eq!(story::publish_due(backend).await.expect("looked"), 0);
        assert_eq!(shown(&stage, &slug).await, before, "nothing before its time");
        let (second, clock) = stage.another_process().await;
        stage.clock.set(NOW.plus(HOUR));
        clock.set(NOW.plus(HOUR));
        let (one, other) = tokio::join!(story::publish_due(backend), story::publish_due(&second));
        assert_eq!(one.expect("looked") + other.expect("looked"), 1, "once, whoever is first");
        assert_eq!(letters(&stage, "change_set_published").await, 1, "and said once");
        assert_eq!(shown(&stage, &slug).await, "<p>At last: Once.</p>");
        assert_eq!(story::publish_due(backend).await.expect("looked"), 0);
        let editor = story::editor(backend, me, slug.as_str()).await.expect("the editor");
        assert_eq!((editor.version, editor.summary.changed), (2, 1), "the rest is still written");
        assert_eq!(editor.set, None);
        assert_eq!(ada.texts(), ["Not yet. At last: Once."]);
    }
}

#[tokio::test]
async fn what_waits_can_be_taken_back_and_publishing_now_takes_it_back() {
    for stage in Stage::both().await {
        let (people, slug, _ada) = written(&stage).await;
        let (backend, me) = (&stage.backend, &people.creator);
        let soon = at(&slug, NOW.plus(HOUR));
        story::schedule(backend, me, &soon).await.expect("scheduled");
        let form = judging(&stage, me, &slug).await;
        story::abort(backend, me, &form).await.expect("taken back");
        assert!(problems(story::abort(backend, me, &form).await).of("").is_some(), "once");
        assert_eq!(set(&stage, me, &slug).await, None);
        story::schedule(backend, me, &soon).await.expect("scheduled");
        story::publish(backend, me, slug.as_str(), None).await.expect("published");
        assert_eq!(set(&stage, me, &slug).await, None);
        stage.clock.set(NOW.plus(2 * HOUR));
        assert_eq!(story::publish_due(backend).await.expect("looked"), 0);
        let refused = story::schedule(backend, me, &at(&slug, NOW.plus(DAY))).await;
        assert!(problems(refused).of("").is_some(), "the version that was read is an older one");
    }
}

#[tokio::test]
async fn another_one_says_yes_and_what_was_looked_at_is_published() {
    for stage in Stage::both().await {
        let (people, slug, mut ada) = written(&stage).await;
        let (backend, me, other) = (&stage.backend, &people.creator, &people.operator);
        let form = SetForm { slug: slug.to_string(), ..SetForm::default() };
        story::ask(backend, me, &form).await.expect("asked");
        assert_eq!(letters(&stage, "change_set_asked").await, 1);
        let block = ada.first();
        ada.types(block, "Unseen. ");
        ada.save().await;
        let form = judging(&stage, other, &slug).await;
        assert!(problems(story::approve(backend, me, &form).await).of("").is_some(), "not oneself");
        assert!(!set(&stage, me, &slug).await.expect("waits").may_judge);
        assert!(set(&stage, other, &slug).await.expect("waits").may_judge);
        assert_eq!(story::publish_due(backend).await.expect("looked"), 0, "not without a yes");
        story::approve(backend, other, &form).await.expect("approved");
        let yes = newest_letter(&stage, me).await;
        let says = |words| yes.contains(words);
        assert!(says("operator has approved") && says("They are published"), "{yes}");
        assert_eq!(shown(&stage, &slug).await, "<p>At last: Once.</p>");
        assert!(problems(story::approve(backend, other, &form).await).of("").is_some(), "once");
        let history = story::versions(backend, me, slug.as_str()).await.expect("the history");
        assert_eq!(history.versions[0].by.as_deref(), Some("creator"), "its author's");
    }
}

#[tokio::test]
async fn with_a_time_a_yes_waits_for_it() {
    for stage in Stage::both().await {
        let (people, slug, _ada) = written(&stage).await;
        let (backend, me, other) = (&stage.backend, &people.creator, &people.operator);
        let before = shown(&stage, &slug).await;
        story::ask(backend, me, &at(&slug, NOW.plus(HOUR))).await.expect("asked");
        let form = judging(&stage, other, &slug).await;
        story::approve(backend, other, &form).await.expect("approved");
        let waits = set(&stage, me, &slug).await.expect("waits");
        assert_eq!((waits.state, waits.judge.as_deref()), (SetState::Scheduled, Some("operator")));
        let yes = newest_letter(&stage, me).await;
        assert!(yes.contains("They will be published on"), "{yes}");
        assert_eq!(letters(&stage, "change_set_published").await, 0);
        assert_eq!(shown(&stage, &slug).await, before);
        stage.clock.set(NOW.plus(HOUR));
        assert_eq!(story::publish_due(backend).await.expect("looked"), 1);
        assert_ne!(shown(&stage, &slug).await, before);
        let published = newest_letter(&stage, me).await;
        assert!(published.contains("they are published"), "{published}");
        assert_eq!(letters(&stage, "change_set_approved").await, 1);
    }
}

#[tokio::test]
async fn what_somebody_planned_who_may_not_edit_any_more_is_refused_as_a_whole() {
    for stage in Stage::both().await {
        let (people, slug, ada) = written(&stage).await;
        let (backend, me) = (&stage.backend, &people.creator);
        let bo = person(&stage, "bo", Role::Member).await;
        join(&stage, me, &slug, &bo, &[Right::EditPage]).await;
        story::schedule(backend, &bo, &at(&slug, NOW.plus(HOUR))).await.expect("scheduled");
        let before = shown(&stage, &slug).await;
        let less = rights(&slug, bo.account, &[Right::SeeMoney]);
        people::change_rights(backend, me, &less).await.expect("taken");
        stage.clock.set(NOW.plus(HOUR));
        for _ in 0..2 {
            assert_eq!(story::publish_due(backend).await.expect("looked"), 0);
        }
        assert_eq!(letters(&stage, "change_set_refused").await, 2, "to its author and the owner");
        for who in [&bo, me] {
            let told = newest_letter(&stage, who).await;
            assert!(told.contains("may no longer edit this page"), "{told}");
        }
        assert_eq!(shown(&stage, &slug).await, before);
        let refused = set(&stage, me, &slug).await.expect("a notice");
        assert_eq!(refused.state, SetState::Refused);
        assert!(refused.reason.expect("why").of("").is_some());
        assert_eq!(ada.texts(), ["At last: Once."], "nothing is lost");
    }
}

#[tokio::test]
async fn a_no_says_why_and_nothing_is_published_or_lost() {
    for stage in Stage::both().await {
        let (people, slug, ada) = written(&stage).await;
        let (backend, me, other) = (&stage.backend, &people.creator, &people.operator);
        let before = shown(&stage, &slug).await;
        let form = SetForm { slug: slug.to_string(), ..SetForm::default() };
        story::ask(backend, me, &form).await.expect("asked");
        let form = judging(&stage, other, &slug).await;
        let silent = story::send_back(backend, other, &form).await;
        assert!(problems(silent).of("remark").is_some());
        let form = JudgeForm { remark: "Too soon.".into(), ..form };
        assert!(problems(story::send_back(backend, me, &form).await).of("").is_some());
        story::send_back(backend, other, &form).await.expect("returned");
        assert_eq!(letters(&stage, "change_set_returned").await, 1);
        let returned = set(&stage, me, &slug).await.expect("its author is told");
        assert_eq!((returned.state, returned.remark.as_str()), (SetState::Returned, "Too soon."));
        assert_eq!(shown(&stage, &slug).await, before);
        assert_eq!(ada.texts(), ["At last: Once."]);
        assert!(problems(story::approve(backend, other, &form).await).of("").is_some(), "over");
        stage.clock.set(NOW.plus(MINUTE));
        story::publish(backend, me, slug.as_str(), None).await.expect("published by hand");
        assert_eq!(set(&stage, me, &slug).await, None, "what followed is newer");
    }
}

#[tokio::test]
async fn what_the_policy_locks_by_then_is_refused_as_a_whole_and_its_author_is_told() {
    for stage in Stage::both().await {
        let (people, slug, mut ada) = written(&stage).await;
        let (backend, me) = (&stage.backend, &people.creator);
        // A question would be allowed after the end; with the story it is not.
        ada.document.add_question();
        ada.save().await;
        story::schedule(backend, me, &at(&slug, DEADLINE.plus(HOUR))).await.expect("scheduled");
        let before = shown(&stage, &slug).await;
        stage.clock.set(DEADLINE.plus(HOUR));
        campaign::close_due(backend).await.expect("closed");
        for _ in 0..2 {
            assert_eq!(story::publish_due(backend).await.expect("looked"), 0);
            assert_eq!(letters(&stage, "change_set_refused").await, 1, "one letter");
        }
        assert_eq!(shown(&stage, &slug).await, before, "nothing half-published");
        let refused = set(&stage, me, &slug).await.expect("a notice");
        assert_eq!(refused.state, SetState::Refused);
        assert!(refused.reason.expect("why").of(Part::Story.key()).is_some());
        let editor = story::editor(backend, me, slug.as_str()).await.expect("the editor");
        assert_eq!(editor.page.story[0].text.text(), "At last: Once.", "nothing is lost");
        assert_eq!(editor.version, 1);
    }
}

#[tokio::test]
async fn a_yes_that_comes_too_late_is_refused_to_both() {
    for stage in Stage::both().await {
        let (people, slug, _ada) = written(&stage).await;
        let (backend, me, other) = (&stage.backend, &people.creator, &people.operator);
        let form = SetForm { slug: slug.to_string(), ..SetForm::default() };
        story::ask(backend, me, &form).await.expect("asked");
        let form = judging(&stage, other, &slug).await;
        stage.clock.set(DEADLINE);
        campaign::close_due(backend).await.expect("closed");
        let refused = story::approve(backend, other, &form).await;
        assert!(problems(refused).of(Part::Story.key()).is_some());
        assert_eq!(letters(&stage, "change_set_refused").await, 1);
        assert_eq!(letters(&stage, "change_set_approved").await, 0, "the yes came to nothing");
        let refused = set(&stage, me, &slug).await.expect("a notice");
        assert_eq!(refused.state, SetState::Refused);
    }
}

#[tokio::test]
async fn strangers_learn_nothing_and_nonsense_changes_nothing() {
    for stage in Stage::both().await {
        let (people, slug, _ada) = written(&stage).await;
        let (backend, me, eve) = (&stage.backend, &people.creator, &people.stranger);
        let soon = at(&slug, NOW.plus(HOUR));
        story::ask(backend, me, &soon).await.expect("asked");
        let form = judging(&stage, me, &slug).await;
        let refused = [
            story::change_set(backend, eve, slug.as_str(), Locale::En).await.err(),
            story::schedule(backend, eve, &soon).await.err(),
            story::ask(backend, eve, &soon).await.err(),
            story::approve(backend, eve, &form).await.err(),
            story::send_back(backend, eve, &form).await.err(),
            story::abort(backend, eve, &form).await.err(),
        ];
        assert!(refused.iter().all(|error| matches!(error, Some(Error::NotFound))));
        for (date, time) in [("", ""), ("2026-12-04", ""), ("x", "y"), ("1970-01-01", "00:00")] {
            let form = SetForm { date: date.into(), time: time.into(), ..soon.clone() };
            assert!(problems(story::schedule(backend, me, &form).await).of("date").is_some());
        }
        let other = stage.campaign(|_| ()).await;
        for (slug, id) in [(&slug, "nonsense"), (&other, form.id.as_str())] {
            let form = JudgeForm { slug: slug.to_string(), id: id.into(), ..JudgeForm::default() };
            let refused = story::abort(backend, me, &form).await;
            assert!(problems(refused).of("").is_some(), "{id}");
        }
        let waits = set(&stage, me, &slug).await.expect("as it was");
        assert_eq!(waits.state, SetState::Asked);
    }
}

#[tokio::test]
async fn what_is_saved_beside_the_texts_is_no_version_and_in_nobodys_way() {
    for stage in Stage::both().await {
        let (people, slug, _ada) = written(&stage).await;
        let (backend, me, name) = (&stage.backend, &people.creator, slug.as_str());
        story::schedule(backend, me, &at(&slug, NOW.plus(HOUR))).await.expect("scheduled");
        let lamp = studio::save_reward(backend, me, desk::reward(&slug, "A lamp", "5")).await;
        let lamp = lamp.expect("added").to_string();
        let basics = studio::page(backend, me, name).await.expect("the studio").basics;
        let basics = BasicsForm { location: "Brest".into(), ..basics };
        studio::save_basics(backend, me, basics).await.expect("saved");
        let editor = story::editor(backend, me, name).await.expect("the editor");
        assert_eq!(editor.version, 1, "whoever writes goes by the texts");
        stage.clock.set(NOW.plus(HOUR));
        assert_eq!(story::publish_due(backend).await.expect("looked"), 1, "and what waits, too");
        studio::delete_reward(backend, me, name, &lamp).await.expect("removed");

        let history = story::versions(backend, me, name).await.expect("the history").versions;
        let line = |line: &VersionLine| {
            let who = if line.by.is_some() { "somebody" } else { "the launch" };
            format!("{}, {who}: {}", line.moment(), line.say(Locale::En))
        };
        let lines: Vec<_> = history.iter().take(4).map(line).collect();
        let wanted = [
            "2.1, somebody: Changes: the rewards.",
            "2, somebody: Changes: blocks changed: 1.",
            "1.2, somebody: Changes: the town.",
            "1.1, somebody: Changes: the rewards.",
        ];
        assert_eq!(lines, wanted);
        assert_eq!(history.len(), 5);

        let read =
            async |version, step| story::moment(backend, me, name, Moment { version, step }).await;
        let launched = read(1, 0).await.expect("the launch");
        let later = read(1, 2).await.expect("a line");
        assert_eq!(launched.page, later.page, "the texts are the same");
        let launched = launched.shelf.expect("kept before the first change");
        let later = later.shelf.expect("kept");
        let rows = compare::shelves(&launched, &later, Locale::En);
        let told = |row: &Pair| match row {
            Pair::New { text, .. } => text.lines().next().unwrap_or_default().to_owned(),
            Pair::Changed { about, .. } => about.1.say(Locale::En),
            other => panic!("{other:?}"),
        };
        assert_eq!(rows.iter().map(told).collect::<Vec<_>>(), ["Town", "A lamp"]);
        let published = read(2, 0).await.expect("published");
        assert_eq!(published.shelf, Some(later), "as it stood beside it");
        let last = read(2, 1).await.expect("a line").shelf.expect("kept");
        assert_eq!(last.rewards, []);
        for (version, step) in [(1, 3), (2, 2), (3, 0), (3, 1)] {
            assert!(read(version, step).await.is_err(), "{version}.{step}");
        }
    }
}
