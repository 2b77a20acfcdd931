//! From an idea to a launched campaign, and what is refused on the way.

#[path = "studio/desk.rs"]
mod desk;
#[path = "studio/rewards.rs"]
mod rewards;
#[path = "stage/stage.rs"]
mod stage;

use backend::{Error, campaign, schedule, studio};
use desk::{People, completed, draft, problems, rows, start};
use domain::{
    Locale, Problem, Timestamp,
    campaign::CampaignState,
    pledge::Refusal,
    slug::Slug,
    studio::{
        EventKind, LaunchForm, ReasonForm, RemarkForm, RewardForm, StartForm, Step, StoryForm,
        problem,
    },
    time::{DAY, HOUR},
};
use stage::{NOW, Stage, one};

#[tokio::test]
async fn an_idea_becomes_a_campaign_that_takes_pledges() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let preview = campaign::page(backend, Some(&people.creator), name, "").await;
        assert_eq!(preview.expect("a preview").state, CampaignState::Draft);
        assert!(campaign::page(backend, Some(&people.operator), name, "").await.is_ok());
        for nobody in [None, Some(&people.stranger)] {
            let hidden = campaign::page(backend, nobody, name, "").await;
            assert!(matches!(hidden, Err(Error::NotFound)));
        }
        studio::submit(backend, &people.creator, name).await.expect("submitted");
        assert_eq!(letters(&stage, "campaign_submitted").await, 1);
        let queue = studio::reviews(backend, &people.operator).await.expect("the queue");
        assert_eq!(queue.iter().map(|line| line.slug.as_str()).collect::<Vec<_>>(), [name]);
        let early = studio::launch(backend, &people.creator, name).await;
        assert!(matches!(early, Err(Error::Refused(Refusal::WrongState { .. }))));
        studio::approve(backend, &people.operator, &remark(name, "Good.")).await.expect("yes");
        assert_eq!(letters(&stage, "campaign_approved").await, 1);
        assert!(studio::reviews(backend, &people.operator).await.expect("a queue").is_empty());
        stage.clock.set(NOW.plus(DAY));
        studio::launch(backend, &people.creator, name).await.expect("launched");

        let page = campaign::page(backend, None, name, "").await.expect("a public page");
        assert_eq!((page.state, page.launched_at), (CampaignState::Live, Some(NOW.plus(DAY))));
        assert_eq!(page.deadline, NOW.plus(31 * DAY), "thirty days from the launch on");
        assert_eq!(page.terms.goal, 500_000);
        stage.place(&slug, "ada", one(page.rewards[0].id)).await.expect("placed");
        stage.assert_books().await;
        let seen = studio::page(backend, &people.creator, name).await.expect("the studio");
        let history: Vec<EventKind> = seen.events.iter().rev().map(|event| event.kind).collect();
        use EventKind as E;
        assert_eq!(history, [E::Started, E::Submitted, E::Approved, E::Launched]);
        assert_eq!(seen.events[1].remark, "Good.");
        assert_eq!(seen.steps, [Step::Cancel]);
    }
}

#[tokio::test]
async fn what_is_missing_holds_a_campaign_back() {
    for stage in Stage::both().await {
        let (people, slug) = draft(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let refused = studio::submit(backend, &people.creator, name).await;
        assert_eq!(problems(refused).of(""), Some(&problem::incomplete()));
        let seen = studio::page(backend, &people.creator, name).await.expect("the studio");
        assert!(seen.checklist.iter().filter(|item| !item.is_done).count() >= 4);
        assert_eq!(seen.funding.goal, "", "no goal is none");
        assert_eq!(letters(&stage, "campaign_submitted").await, 0);
    }
}

#[tokio::test]
async fn a_campaign_is_its_creators_alone() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let page = studio::page(backend, &people.creator, name).await.expect("the studio");
        let before = rows(&stage).await;
        for who in [&people.stranger, &people.operator] {
            let not_found = [
                studio::save_basics(backend, who, page.basics.clone()).await.map(drop),
                studio::save_funding(backend, who, page.funding.clone()).await,
                studio::save_schedule(backend, who, page.schedule.clone()).await,
                studio::save_story(backend, who, page.story.clone()).await,
                studio::save_story(
                    backend,
                    who,
                    StoryForm { slug: name.into(), ..StoryForm::default() },
                )
                .await,
                studio::save_reward(backend, who, page.rewards[0].form.clone()).await.map(drop),
                studio::move_reward(backend, who, name, &page.rewards[0].form.id, true).await,
                studio::duplicate_reward(backend, who, name, &page.rewards[0].form.id)
                    .await
                    .map(drop),
                studio::delete_reward(backend, who, name, &page.rewards[0].form.id).await,
                studio::submit(backend, who, name).await,
                studio::withdraw(backend, who, name).await,
                studio::delete_draft(backend, who, name).await,
                studio::launch(backend, who, name).await,
                studio::schedule_launch(
                    backend,
                    who,
                    &LaunchForm { slug: name.into(), ..LaunchForm::default() },
                )
                .await,
                studio::abort_launch(backend, who, name).await,
                studio::cancel(backend, who, &reason(name)).await,
                studio::close_late_pledges(backend, who, name).await,
                studio::open_late_pledges(backend, who, name).await,
            ];
            for (place, refused) in not_found.into_iter().enumerate() {
                assert!(matches!(refused, Err(Error::NotFound)), "{place}: {refused:?}");
            }
        }
        for who in [&people.stranger, &people.creator] {
            let not_found = [
                studio::approve(backend, who, &remark(name, "")).await,
                studio::return_with_remarks(backend, who, &remark(name, "No.")).await,
                studio::suspend(backend, who, &reason(name)).await,
                studio::resume(backend, who, &reason(name)).await,
                studio::reviews(backend, who).await.map(drop),
            ];
            for (place, refused) in not_found.into_iter().enumerate() {
                assert!(matches!(refused, Err(Error::NotFound)), "{place}: {refused:?}");
            }
        }
        let hidden = studio::page(backend, &people.stranger, name).await;
        assert!(matches!(hidden, Err(Error::NotFound)));
        assert_eq!(rows(&stage).await, before);
    }
}

#[tokio::test]
async fn a_stale_save_is_refused_and_a_refused_story_is_kept() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, name, me) = (&stage.backend, slug.as_str(), &people.creator);
        let page = studio::page(backend, me, name).await.expect("the studio");
        let with = |story: &str| StoryForm { story: story.into(), ..page.story.clone() };
        studio::save_story(backend, me, with("From one tab.")).await.expect("saved");
        let refused = studio::save_story(backend, me, with("From the other.")).await;
        assert!(problem::is_stale(&problems(refused)));
        let page = studio::page(backend, me, name).await.expect("the studio");
        assert_eq!(page.story.story, "From one tab.");
        assert_eq!(page.unsaved_story.as_deref(), Some("From the other."));
        let again = StoryForm { story: "From the other.".into(), ..page.story };
        studio::save_story(backend, me, again).await.expect("saved");
        let page = studio::page(backend, me, name).await.expect("the studio");
        assert_eq!(page.story.story, "From the other.");
        assert_eq!(
            (page.unsaved_story, page.story_html.as_str()),
            (None, "<p>From the other.</p>\n")
        );

        let other = RewardForm { title: "Mine".into(), ..page.rewards[0].form.clone() };
        studio::save_reward(backend, me, other.clone()).await.expect("saved");
        let refused = studio::save_reward(backend, me, other).await;
        assert!(problem::is_stale(&problems(refused)), "each reward for itself");
        // What stands in one section does not make another stale.
        studio::save_funding(backend, me, page.funding).await.expect("saved");
    }
}

#[tokio::test]
async fn the_operator_returns_and_the_creator_withdraws() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, name, me) = (&stage.backend, slug.as_str(), &people.creator);
        studio::submit(backend, me, name).await.expect("submitted");
        let page = studio::page(backend, me, name).await.expect("the studio");
        let locked = StoryForm { story: "Otherwise.".into(), ..page.story };
        let refused = problems(studio::save_story(backend, me, locked).await);
        assert!(refused.of("story").is_some(), "nothing moves under the operator's eyes");
        let silent =
            studio::return_with_remarks(backend, &people.operator, &remark(name, " ")).await;
        assert!(problems(silent).of("remark").is_some());
        studio::return_with_remarks(backend, &people.operator, &remark(name, "Say where."))
            .await
            .expect("returned");
        assert_eq!(letters(&stage, "campaign_returned").await, 1);
        let page = studio::page(backend, me, name).await.expect("the studio");
        assert_eq!(
            (page.state, page.remarks.as_deref()),
            (CampaignState::Draft, Some("Say where."))
        );
        studio::submit(backend, me, name).await.expect("submitted");
        studio::approve(backend, &people.operator, &remark(name, "")).await.expect("approved");
        studio::withdraw(backend, me, name).await.expect("withdrawn");
        studio::submit(backend, me, name).await.expect("submitted");
        let early = studio::launch(backend, me, name).await;
        assert!(matches!(early, Err(Error::Refused(_))), "a yes is for what was read");
        let queue = studio::reviews(backend, &people.operator).await.expect("the queue");
        assert_eq!(queue[0].times, 3);
    }
}

#[tokio::test]
async fn a_launch_by_hand_moves_the_end_by_days_and_by_five_at_most() {
    for stage in Stage::both().await {
        let (people, slug) = approved(&stage).await;
        let (backend, name, me) = (&stage.backend, slug.as_str(), &people.creator);
        for (typed, why) in [
            ("6", Problem::NudgeTooFar { most: 5 }),
            ("-6", Problem::NudgeTooFar { most: 5 }),
            ("soon", problem::not_a_number(-5, 5)),
        ] {
            let refused = studio::launch_moved(backend, me, name, typed).await;
            assert_eq!(problems(refused).of("nudge"), Some(&why), "{typed}");
        }
        let hidden = studio::launch_moved(backend, &people.stranger, name, "6").await;
        assert!(matches!(hidden, Err(Error::NotFound)));
        studio::launch_moved(backend, me, name, "-5").await.expect("launched");
        let page = campaign::page(backend, None, name, "").await.expect("a public page");
        assert_eq!(page.deadline, NOW.plus(25 * DAY), "thirty days were planned");
    }
}

#[tokio::test]
async fn a_planned_launch_happens_once_on_two_processes() {
    for stage in Stage::both().await {
        let (people, slug) = approved(&stage).await;
        let (backend, name, me) = (&stage.backend, slug.as_str(), &people.creator);
        let at = |date: &str, time: &str| LaunchForm {
            slug: name.into(),
            date: date.into(),
            time: time.into(),
        };
        let past = studio::schedule_launch(backend, me, &at("2026-12-01", "09:00")).await;
        assert_eq!(problems(past).of("date"), Some(&problem::not_in_future()));
        studio::schedule_launch(backend, me, &at("2026-12-06", "09:00")).await.expect("planned");
        studio::abort_launch(backend, me, name).await.expect("aborted");
        stage.clock.set(NOW.plus(3 * DAY));
        schedule::once(backend).await.expect("ran");
        let page = studio::page(backend, me, name).await.expect("the studio");
        assert_eq!(page.state, CampaignState::InReview, "a launch that was called off is none");
        studio::schedule_launch(backend, me, &at("2026-12-09", "09:00")).await.expect("planned");

        let nine = Timestamp::parse_rfc3339("2026-12-09 09:00").expect("a time");
        let (other, clock) = stage.another_process().await;
        stage.clock.set(nine.plus(-1));
        assert_eq!(studio::launch_due(backend).await.expect("ran"), 0, "not before its time");
        stage.clock.set(nine.plus(HOUR));
        clock.set(nine.plus(HOUR));
        let (one, two) = tokio::join!(studio::launch_due(backend), studio::launch_due(&other));
        assert_eq!(one.expect("ran") + two.expect("ran"), 1);
        let launched =
            "select count(*) from campaign_event where kind = 'launched' and account_id is null";
        assert_eq!(stage.number(launched).await, 1);
        assert_eq!(letters(&stage, "campaign_launched").await, 1);
        assert_eq!(stage.number("select count(*) from campaign_version").await, 1);
        assert_eq!(stage.number("select page_version from campaign").await, 1);
        let page = campaign::page(backend, None, name, "").await.expect("a public page");
        assert_eq!(page.deadline, nine.plus(HOUR + 30 * DAY));
        schedule::once(backend).await.expect("ran");
        assert_eq!(stage.number(launched).await, 1);
        other.db.close().await;
    }
}

#[tokio::test]
async fn everybody_reads_why_a_campaign_was_stopped() {
    for stage in Stage::both().await {
        let (people, slug) = approved(&stage).await;
        let (backend, name, me) = (&stage.backend, slug.as_str(), &people.creator);
        let public = async || campaign::page(backend, None, name, "").await.expect("a page").reason;
        let early = studio::cancel(backend, me, &reason(name)).await;
        assert!(matches!(early, Err(Error::Refused(_))), "what is not public is not called off");
        studio::launch(backend, me, name).await.expect("launched");
        let silent = ReasonForm { reason: String::new(), ..reason(name) };
        let refused = studio::suspend(backend, &people.operator, &silent).await;
        assert!(problems(refused).of("reason").is_some());
        studio::suspend(backend, &people.operator, &reason(name)).await.expect("suspended");
        assert_eq!(public().await.as_deref(), Some("For a reason."));
        studio::resume(backend, &people.operator, &reason(name)).await.expect("resumed");
        assert_eq!(public().await, None);
        let unsure = ReasonForm { sure: String::new(), ..reason(name) };
        assert!(problems(studio::cancel(backend, me, &unsure).await).of("sure").is_some());
        studio::cancel(backend, me, &reason(name)).await.expect("cancelled");
        assert_eq!(public().await.as_deref(), Some("For a reason."));
        let again = studio::cancel(backend, me, &reason(name)).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::WrongState { .. }))));
        let page = studio::page(backend, me, name).await.expect("the studio");
        assert_eq!(page.events.len(), 7, "{:?}", page.events);
    }
}

#[tokio::test]
async fn addresses_are_single_and_a_deleted_draft_leaves_nothing() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, me) = (&stage.backend, &people.creator);
        let form = StartForm { title: "Tide Clock".into(), ..start() };
        let second = studio::start(backend, me, &form, Locale::En).await.expect("started");
        assert_eq!((slug.as_str(), second.as_str()), ("tide-clock", "tide-clock-2"));
        let nameless = StartForm { title: "🎲".into(), ..start() };
        let third = studio::start(backend, me, &nameless, Locale::En).await.expect("started");
        assert_eq!(third.as_str(), "campaign");
        let mut basics = studio::page(backend, me, "campaign").await.expect("a page").basics;
        basics.address = "tide-clock".into();
        let refused = problems(studio::save_basics(backend, me, basics.clone()).await);
        assert_eq!(refused.of("address"), Some(&problem::address_taken()));
        basics.address = "dice".into();
        let moved = studio::save_basics(backend, me, basics).await.expect("saved");
        assert_eq!(moved.as_str(), "dice");
        assert_eq!(studio::list(backend, me).await.expect("a list").campaigns.len(), 3);
        for slug in [slug.as_str(), "tide-clock-2", "dice"] {
            studio::delete_draft(backend, me, slug).await.expect("deleted");
        }
        for table in ["campaign", "reward", "campaign_event", "unsaved_story"] {
            assert_eq!(stage.number(&format!("select count(*) from {table}")).await, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn nobody_begins_more_campaigns_than_they_can_write() {
    let stage = Stage::sqlite().await;
    let people = People::of(&stage).await;
    for _ in 0..20 {
        studio::start(&stage.backend, &people.creator, &start(), Locale::En)
            .await
            .expect("started");
    }
    let refused = studio::start(&stage.backend, &people.creator, &start(), Locale::En).await;
    assert!(problems(refused).of("").is_some());
}

async fn letters(stage: &Stage, kind: &str) -> i64 {
    stage.number(&format!("select count(*) from mail where kind = '{kind}'")).await
}

fn remark(slug: &str, text: &str) -> RemarkForm {
    RemarkForm { slug: slug.into(), remark: text.into() }
}

fn reason(slug: &str) -> ReasonForm {
    ReasonForm { slug: slug.into(), reason: "For a reason.".into(), sure: "on".into() }
}

/// A campaign that may be launched.
async fn approved(stage: &Stage) -> (People, Slug) {
    let (people, slug) = completed(stage).await;
    studio::submit(&stage.backend, &people.creator, slug.as_str()).await.expect("submitted");
    studio::approve(&stage.backend, &people.operator, &remark(slug.as_str(), ""))
        .await
        .expect("approved");
    (people, slug)
}
