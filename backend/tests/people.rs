//! Who works on a campaign, with which rights, and how they come and go.

#[path = "studio/desk.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod desk;
#[path = "stage/stage.rs"]
mod stage;
#[path = "people/team.rs"]
mod team;
#[path = "together/writer.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod writer;

use std::time::Duration;

use backend::{Error, accounting, campaign, mail, people, refund, rehearsal, story, studio, sweep};
use desk::{completed, draft, person, stated};
use domain::{
    account::Role,
    campaign::CampaignState,
    people::{HandOverForm, PeopleEventKind as Did, Right, Rights, problem, view::Guest},
    rehearsal::ScenarioForm,
    story::frame::ToBrowser,
    studio::{LaunchForm, ReasonForm, RewardForm},
    time::DAY,
};
use stage::{NOW, Stage};
use team::{form, is_lacking, join, problem_of, rights, seen, token};
use tokio::time::timeout;
use writer::Writer;

#[tokio::test]
async fn an_invitation_is_for_its_address_and_good_once() {
    for stage in Stage::both().await {
        let (all, slug) = draft(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let bo = person(&stage, "bo", Role::Member).await;
        let wanted = form(&slug, " Bo@Example.org ", &[Right::EditPage]);
        people::invite(backend, &all.creator, &wanted).await.expect("invited");
        let letters = mail::mailbox(backend, Some("bo@example.org")).await.expect("letters");
        assert!(letters[0].subject.contains("Tide Clock"), "{}", letters[0].subject);
        assert!(letters[0].text.contains("Edit the page"), "{}", letters[0].text);
        let token = token(&stage, "bo@example.org").await;
        let kept = format!("select count(*) from invitation where token_hash = '{token}'");
        assert_eq!(stage.number(&kept).await, 0, "only its hash is kept");

        let page = async |who| people::invitation(backend, who, &token).await.expect("read");
        let shown = page(None).await.expect("open");
        assert_eq!((shown.by.as_str(), shown.guest), ("creator", Guest::Unknown));
        assert_eq!(page(Some(&bo)).await.expect("open").guest, Guest::Invited);
        let other = page(Some(&all.stranger)).await.expect("open").guest;
        assert_eq!(other, Guest::Other("eve@example.org".into()), "their own address, no other");
        let refused = people::accept(backend, &all.stranger, &token).await;
        assert_eq!(problem_of(refused, ""), Some(problem::other_address()));
        let hidden = studio::page(backend, &bo, name).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "an invitation alone opens nothing");

        let twice = tokio::join!(
            people::accept(backend, &bo, &token),
            people::accept(backend, &bo, &token)
        );
        assert_eq!(u8::from(twice.0.is_ok()) + u8::from(twice.1.is_ok()), 1, "{twice:?}");
        assert!(page(None).await.is_none());
        let studio = studio::page(backend, &bo, name).await.expect("the studio");
        assert_eq!(studio.rights, Rights::of([Right::EditPage]));
        assert!(!studio.is_owner && studio.steps.is_empty(), "{:?}", studio.steps);
        let list = studio::list(backend, &bo).await.expect("a list").campaigns;
        assert_eq!(list.iter().map(|line| line.slug.as_str()).collect::<Vec<_>>(), [name]);
    }
}

#[tokio::test]
async fn each_right_opens_its_part_and_no_other() {
    for stage in Stage::both().await {
        let (all, slug) = completed(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let page = studio::page(backend, &all.creator, name).await.expect("the studio");
        let reward = page.rewards[0].form.clone();
        let launch = LaunchForm { slug: name.into(), ..LaunchForm::default() };
        let reason = ReasonForm { slug: name.into(), ..ReasonForm::default() };
        let to = HandOverForm { slug: name.into(), ..HandOverForm::default() };
        for right in Right::ALL.into_iter().filter(|right| *right != Right::Own) {
            let who = person(&stage, right.key(), Role::Member).await;
            join(&stage, &all.creator, &slug, &who, &[right]).await;
            let who = &who;
            let id = who.account.to_string();
            let done = [
                (
                    Right::EditPage,
                    studio::save_basics(backend, who, page.basics.clone()).await.map(drop),
                ),
                (Right::EditPage, studio::save_story(backend, who, page.story.clone()).await),
                (Right::EditPage, studio::remove_picture(backend, who, name, "campaign").await),
                (Right::EditPage, people::make_link(backend, who, name).await),
                (Right::EditPage, people::revoke_link(backend, who, name).await),
                (
                    Right::EditRewards,
                    studio::save_reward(backend, who, reward.clone()).await.map(drop),
                ),
                (
                    Right::EditRewards,
                    studio::move_reward(backend, who, name, &reward.id, true).await,
                ),
                (Right::EditRewards, studio::remove_picture(backend, who, name, &reward.id).await),
                (Right::ManagePeople, people::send_again(backend, who, name, "none").await),
                (Right::ManagePeople, people::remove(backend, who, name, "none").await),
                (
                    Right::ManagePeople,
                    people::change_rights(backend, who, &rights(&slug, who.account, &[right]))
                        .await,
                ),
                (Right::Own, studio::save_funding(backend, who, page.funding.clone()).await),
                (Right::Own, studio::save_schedule(backend, who, page.schedule.clone()).await),
                (Right::Own, studio::submit(backend, who, name).await),
                (Right::Own, studio::withdraw(backend, who, name).await),
                (Right::Own, studio::launch(backend, who, name).await),
                (Right::Own, studio::schedule_launch(backend, who, &launch).await),
                (Right::Own, studio::abort_launch(backend, who, name).await),
                (Right::Own, studio::cancel(backend, who, &reason).await),
                (Right::Own, studio::close_late_pledges(backend, who, name).await),
                (Right::Own, studio::open_late_pledges(backend, who, name).await),
                (Right::Own, studio::delete_draft(backend, who, name).await),
                (Right::Own, people::hand_over(backend, who, &to).await),
            ];
            for (place, (needed, done)) in done.iter().enumerate() {
                let is_let_in = !is_lacking(done, *needed);
                assert_eq!(is_let_in, *needed == right, "{place} with {right:?}: {done:?}");
            }
            // What is read.
            let edits = story::editor(backend, who, name).await.is_ok();
            assert_eq!(edits, right == Right::EditPage);
            assert_eq!(story::enter(backend, who, name).await.is_ok(), edits);
            let preview = campaign::page(backend, Some(who), name, "").await.expect("a preview");
            // Rewards are changed where they stand as well.
            assert_eq!(preview.may_edit, edits || right == Right::EditRewards);
            let backers = refund::pledges(backend, Some(who), name, 1).await.is_ok();
            assert_eq!(backers, right == Right::SeeBackers);
            let books = accounting::books(backend, Some(who), name, accounting::Format::Csv).await;
            assert_eq!(books.is_ok(), right == Right::SeeMoney);
            let played = rehearsal::page(backend, Some(who), name, ScenarioForm::default()).await;
            assert!(played.is_ok(), "everybody who works on it may rehearse it");
            let team = seen(&stage, who, &slug).await;
            let sees = right == Right::ManagePeople;
            assert_eq!((team.sees_all, !team.events.is_empty()), (sees, sees));
            assert!(team.people.iter().all(|one| one.email.is_some() == sees));
            people::remove(backend, &all.creator, name, &id).await.expect("removed");
            assert!(matches!(studio::page(backend, who, name).await, Err(Error::NotFound)));
        }
        let seen = studio::page(backend, &all.creator, name).await.expect("the studio");
        assert_eq!((seen.basics, seen.funding), (page.basics, page.funding));
    }
}

#[tokio::test]
async fn a_secret_link_is_for_who_may_make_it() {
    for stage in Stage::both().await {
        let (all, slug) = completed(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let page = studio::page(backend, &all.creator, name).await.expect("the studio");
        let secret = RewardForm { secret: "on".into(), ..page.rewards[0].form.clone() };
        studio::save_reward(backend, &all.creator, secret).await.expect("saved");
        people::make_link(backend, &all.creator, name).await.expect("made");
        for (right, (sees_secret, sees_preview)) in [
            (Right::EditRewards, (true, false)),
            (Right::EditPage, (false, true)),
            (Right::SeeMoney, (false, false)),
        ] {
            let who = person(&stage, right.key(), Role::Member).await;
            join(&stage, &all.creator, &slug, &who, &[right]).await;
            let seen = studio::page(backend, &who, name).await.expect("the studio");
            let has_secret = seen.rewards.iter().any(|reward| reward.secret.is_some());
            assert_eq!((has_secret, seen.preview.is_some()), (sees_secret, sees_preview));
        }
    }
}

#[tokio::test]
async fn nobody_gives_or_takes_a_right_that_they_do_not_have() {
    for stage in Stage::both().await {
        let (all, slug) = draft(&stage).await;
        let (backend, name, owner) = (&stage.backend, slug.as_str(), &all.creator);
        let bo = person(&stage, "bo", Role::Member).await;
        let cy = person(&stage, "cy", Role::Member).await;
        join(&stage, owner, &slug, &bo, &[Right::ManagePeople, Right::EditPage]).await;
        join(&stage, owner, &slug, &cy, &[Right::SeeMoney]).await;
        people::invite(backend, owner, &form(&slug, "di@example.org", &[Right::SeeMoney]))
            .await
            .expect("invited");
        let waiting = seen(&stage, &bo, &slug).await.invitations;
        assert!(!waiting[0].may_change);
        let waiting = waiting[0].id.to_string();
        let not_theirs = Some(problem::not_yours_to_give());
        for (field, refused) in [
            (
                "rights",
                people::invite(backend, &bo, &form(&slug, "x@example.org", &[Right::Own])).await,
            ),
            (
                "rights",
                people::invite(backend, &bo, &form(&slug, "x@example.org", &[Right::SeeMoney]))
                    .await,
            ),
            // It would take the right to see money out of an invitation.
            (
                "rights",
                people::invite(backend, &bo, &form(&slug, "di@example.org", &[Right::EditPage]))
                    .await,
            ),
            ("", people::withdraw(backend, &bo, name, &waiting).await),
            ("", people::send_again(backend, &bo, name, &waiting).await),
            ("", people::remove(backend, &bo, name, &cy.account.to_string()).await),
            ("", people::remove(backend, &bo, name, &owner.account.to_string()).await),
            (
                "rights",
                people::change_rights(backend, &bo, &rights(&slug, bo.account, &Right::ALL)).await,
            ),
            (
                "rights",
                people::change_rights(backend, &bo, &rights(&slug, cy.account, &[Right::EditPage]))
                    .await,
            ),
            (
                "rights",
                people::change_rights(
                    backend,
                    &bo,
                    &rights(&slug, owner.account, &[Right::EditPage]),
                )
                .await,
            ),
        ] {
            assert_eq!(problem_of(refused, field), not_theirs);
        }
        let more = rights(&slug, cy.account, &[Right::SeeMoney, Right::EditPage]);
        people::change_rights(backend, &bo, &more).await.expect("what is theirs they give");
        let strangers = rights(&slug, all.stranger.account, &[Right::EditPage]);
        let nobody = people::change_rights(backend, owner, &strangers).await;
        assert_eq!(problem_of(nobody, "rights"), Some(problem::nobody()));
        let none = rights(&slug, cy.account, &[]);
        let none = people::change_rights(backend, owner, &none).await;
        assert_eq!(problem_of(none, "rights"), Some(problem::no_right()));
    }
}

#[tokio::test]
async fn the_last_owner_stays_and_a_campaign_can_be_handed_over() {
    for stage in Stage::both().await {
        let (all, slug) = completed(&stage).await;
        let (backend, name, ada) = (&stage.backend, slug.as_str(), &all.creator);
        let bo = person(&stage, "bo", Role::Member).await;
        let last = Some(problem::last_owner());
        assert_eq!(problem_of(people::leave(backend, ada, name).await, ""), last);
        let down = rights(&slug, ada.account, &[Right::EditPage]);
        assert_eq!(problem_of(people::change_rights(backend, ada, &down).await, "rights"), last);
        let to = |who: &backend::account::Who, sure: &str| HandOverForm {
            slug: name.into(),
            id: who.account.to_string(),
            sure: sure.into(),
        };
        let stranger = people::hand_over(backend, ada, &to(&bo, "on")).await;
        assert_eq!(problem_of(stranger, "id"), Some(problem::nobody()));
        join(&stage, ada, &slug, &bo, &[Right::EditPage]).await;
        let oneself = people::hand_over(backend, ada, &to(ada, "on")).await;
        assert_eq!(problem_of(oneself, "id"), Some(problem::nobody()));
        let unsure = people::hand_over(backend, ada, &to(&bo, "")).await;
        assert!(problem_of(unsure, "sure").is_some());
        people::hand_over(backend, ada, &to(&bo, "on")).await.expect("handed over");

        let studio = studio::page(backend, ada, name).await.expect("still here");
        assert_eq!((studio.rights, studio.is_owner), (Rights::ALL_BUT_OWNING, false));
        assert_eq!(studio.creator, "bo", "whose name stands on the page");
        assert!(is_lacking(&studio::submit(backend, ada, name).await, Right::Own));
        let unknown = studio::submit(backend, &bo, name).await;
        assert!(unknown.is_err(), "who answers for it now has not said who they are");
        let theirs = studio::page(backend, &bo, name).await.expect("their studio");
        studio::save_identity(backend, &bo, stated(theirs.identity)).await.expect("saved");
        studio::submit(backend, &bo, name).await.expect("theirs now");
        let remark = domain::studio::RemarkForm { slug: name.into(), ..Default::default() };
        studio::approve(backend, &all.operator, &remark).await.expect("approved");
        let letters = mail::mailbox(backend, Some(bo.email.as_str())).await.expect("letters");
        assert!(letters.iter().any(|letter| letter.subject.contains("approved")));

        // With two owners, either may go; the other one is the creator then.
        people::change_rights(backend, &bo, &rights(&slug, ada.account, &[Right::Own]))
            .await
            .expect("two owners");
        people::leave(backend, &bo, name).await.expect("left");
        let team = seen(&stage, ada, &slug).await.people;
        assert_eq!(team.len(), 1);
        assert!(team[0].is_creator && team[0].is_you && team[0].rights.is_owner());
        assert_eq!(problem_of(people::leave(backend, ada, name).await, ""), last);
        studio::launch(backend, ada, name).await.expect("launched");
        let page = campaign::page(backend, None, name, "").await.expect("a page");
        assert_eq!((page.creator.as_str(), page.state), ("creator", CampaignState::Live));
    }
}

#[tokio::test]
async fn two_owners_who_leave_at_once_leave_one() {
    for stage in Stage::both().await {
        let (all, slug) = draft(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let bo = person(&stage, "bo", Role::Member).await;
        join(&stage, &all.creator, &slug, &bo, &[Right::Own]).await;
        let (one, two) = tokio::join!(
            people::leave(backend, &all.creator, name),
            people::leave(backend, &bo, name)
        );
        assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1, "{one:?} {two:?}");
    }
}

#[tokio::test]
async fn a_right_that_is_taken_away_ends_an_open_editor_at_once() {
    for stage in Stage::both().await {
        let (all, slug) = completed(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let bo = person(&stage, "bo", Role::Member).await;
        join(&stage, &all.creator, &slug, &bo, &[Right::EditPage, Right::SeeMoney]).await;
        let mut ben = Writer::of(backend, &bo, &slug, 12).await;
        let block = ben.first();
        ben.types(block, "Well: ");
        ben.save().await;
        let less = rights(&slug, bo.account, &[Right::SeeMoney]);
        people::change_rights(backend, &all.creator, &less).await.expect("changed");
        let lost = ben.until(|frame| matches!(frame, ToBrowser::RightsLost(_)));
        timeout(Duration::from_millis(500), lost).await.expect("at once, not at the next look");
        let gone = story::enter(backend, &bo, name).await.err();
        assert!(matches!(gone, Some(Error::NotFound)));
        let kept = story::editor(backend, &all.creator, name).await.expect("the editor").page;
        assert_eq!(kept.story[0].text.text(), "Well: Once.", "what was written stays");

        let more = rights(&slug, bo.account, &[Right::EditPage]);
        people::change_rights(backend, &all.creator, &more).await.expect("changed");
        let mut ben = Writer::of(backend, &bo, &slug, 13).await;
        people::remove(backend, &all.creator, name, &bo.account.to_string()).await.expect("gone");
        let lost = ben.until(|frame| matches!(frame, ToBrowser::RightsLost(_)));
        timeout(Duration::from_millis(500), lost).await.expect("at once");
    }
}

#[tokio::test]
async fn what_was_done_is_on_record_and_goes_with_a_deleted_draft() {
    for stage in Stage::both().await {
        let (all, slug) = draft(&stage).await;
        let (backend, name, ada) = (&stage.backend, slug.as_str(), &all.creator);
        let bo = person(&stage, "bo", Role::Member).await;
        join(&stage, ada, &slug, &bo, &[Right::EditPage]).await;
        let more = rights(&slug, bo.account, &[Right::EditPage, Right::SeeMoney]);
        people::change_rights(backend, ada, &more).await.expect("changed");
        people::change_rights(backend, ada, &more).await.expect("nothing to change");
        people::make_link(backend, &bo, name).await.expect("made");
        people::leave(backend, &bo, name).await.expect("left");
        people::invite(backend, ada, &form(&slug, "cy@example.org", &[Right::SeeMoney]))
            .await
            .expect("invited");
        let token = token(&stage, "cy@example.org").await;
        people::decline(backend, &token).await.expect("declined");
        for who in [ada, &all.operator] {
            let events = seen(&stage, who, &slug).await.events;
            let told: Vec<_> = events
                .iter()
                .rev()
                .map(|one| (one.kind, one.who.as_deref(), one.subject.as_str()))
                .collect();
            assert_eq!(
                told,
                [
                    (Did::Invited, Some("creator"), "bo@example.org"),
                    (Did::Accepted, Some("bo"), ""),
                    (Did::RightsChanged, Some("creator"), "bo"),
                    (Did::PreviewMade, Some("bo"), ""),
                    (Did::Left, Some("bo"), ""),
                    (Did::Invited, Some("creator"), "cy@example.org"),
                    (Did::Declined, None, "cy@example.org"),
                ]
            );
            assert_eq!(events[4].rights, Rights::of([Right::EditPage, Right::SeeMoney]));
        }
        stage.clock.set(NOW.plus(91 * DAY));
        assert_eq!(sweep::run(backend).await.expect("swept").invited, 3);
        studio::delete_draft(backend, ada, name).await.expect("deleted");
        for table in ["collaborator", "invitation", "people_event", "preview_link"] {
            assert_eq!(stage.number(&format!("select count(*) from {table}")).await, 0, "{table}");
        }
    }
}
