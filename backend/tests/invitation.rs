//! When the link of an invitation ends, how many letters there may be, and the link to a
//! preview.

#[path = "studio/desk.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod desk;
#[path = "stage/stage.rs"]
mod stage;
#[path = "people/team.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod team;

use backend::{Error, campaign, mail, people, studio, sweep};
use desk::{completed, draft, person};
use domain::{
    Problem,
    account::Role,
    campaign::CampaignState,
    people::{INVITATION_LASTS, MOST_LETTERS, MOST_LETTERS_A_DAY, Right, problem},
    pledge::Refusal,
    studio::RemarkForm,
    time::{DAY, HOUR},
};
use stage::{NOW, Stage};
use team::{form, join, problem_of, rights, seen, token};

const BO: &str = "bo@example.org";

#[tokio::test]
async fn a_link_ends_with_its_week_another_letter_a_withdrawal_and_a_no() {
    for stage in Stage::both().await {
        let (all, slug) = draft(&stage).await;
        let (backend, name, ada) = (&stage.backend, slug.as_str(), &all.creator);
        let bo = person(&stage, "bo", Role::Member).await;
        let wanted = form(&slug, BO, &[Right::EditPage]);
        let is_open =
            async |token: &str| people::invitation(backend, None, token).await.expect("read");
        people::invite(backend, ada, &wanted).await.expect("invited");
        let first = token(&stage, BO).await;
        stage.clock.set(NOW.plus(INVITATION_LASTS - 1));
        assert!(is_open(&first).await.is_some());
        stage.clock.set(NOW.plus(INVITATION_LASTS));
        assert!(is_open(&first).await.is_none());
        let gone = Some(problem::invitation_gone());
        assert_eq!(problem_of(people::accept(backend, &bo, &first).await, ""), gone);
        assert_eq!(problem_of(people::decline(backend, &first).await, ""), gone);
        let waiting = seen(&stage, ada, &slug).await.invitations;
        assert!(waiting[0].is_over);
        let id = waiting[0].id.to_string();

        people::send_again(backend, ada, name, &id).await.expect("sent again");
        let second = token(&stage, BO).await;
        assert!(first != second && is_open(&second).await.is_some());
        people::invite(backend, ada, &wanted).await.expect("invited anew");
        assert!(is_open(&second).await.is_none(), "one link for one address");
        let third = token(&stage, BO).await;
        assert_eq!(seen(&stage, ada, &slug).await.invitations.len(), 1);
        people::withdraw(backend, ada, name, &id).await.expect("withdrawn");
        assert!(is_open(&third).await.is_none());
        let again = people::withdraw(backend, ada, name, &id).await;
        assert!(matches!(again, Err(Error::NotFound)));
        for nonsense in ["", "x", "\0", "' or 1=1 --"] {
            assert!(is_open(nonsense).await.is_none());
        }

        stage.clock.set(NOW.plus(INVITATION_LASTS + HOUR));
        people::invite(backend, ada, &wanted).await.expect("invited");
        people::decline(backend, &token(&stage, BO).await).await.expect("declined");
        let hidden = studio::page(backend, &bo, name).await;
        assert!(matches!(hidden, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn who_has_lost_a_right_gives_it_to_nobody_by_a_letter_of_before() {
    for stage in Stage::both().await {
        let (all, slug) = draft(&stage).await;
        let (backend, ada) = (&stage.backend, &all.creator);
        let (bo, cy) =
            (person(&stage, "bo", Role::Member).await, person(&stage, "cy", Role::Member).await);
        join(&stage, ada, &slug, &bo, &[Right::ManagePeople, Right::SeeMoney]).await;
        let wanted = form(&slug, "cy@example.org", &[Right::SeeMoney]);
        people::invite(backend, &bo, &wanted).await.expect("invited");
        let token = token(&stage, "cy@example.org").await;
        let less = rights(&slug, bo.account, &[Right::ManagePeople]);
        people::change_rights(backend, ada, &less).await.expect("changed");
        let gone = Some(problem::invitation_gone());
        assert_eq!(problem_of(people::accept(backend, &cy, &token).await, ""), gone);
        people::remove(backend, ada, slug.as_str(), &bo.account.to_string()).await.expect("gone");
        assert_eq!(problem_of(people::accept(backend, &cy, &token).await, ""), gone);
        let team = seen(&stage, ada, &slug).await;
        assert_eq!((team.people.len(), team.invitations.len()), (1, 1));
        let id = team.invitations[0].id.to_string();
        people::send_again(backend, ada, slug.as_str(), &id).await.expect("an owner may");
        let token = team::token(&stage, "cy@example.org").await;
        people::accept(backend, &cy, &token).await.expect("accepted");
    }
}

#[tokio::test]
async fn nobodys_mailbox_is_flooded_and_nobody_writes_to_everybody() {
    for stage in Stage::both().await {
        let (all, slug) = draft(&stage).await;
        let (backend, ada) = (&stage.backend, &all.creator);
        let wanted = form(&slug, BO, &[Right::EditPage]);
        for _ in 0..MOST_LETTERS {
            people::invite(backend, ada, &wanted).await.expect("invited");
        }
        let many = Some(problem::many_letters());
        let last = token(&stage, BO).await;
        assert_eq!(problem_of(people::invite(backend, ada, &wanted).await, ""), many);
        let open = people::invitation(backend, None, &last).await.expect("read");
        assert!(open.is_some(), "a refusal changes nothing");
        for n in MOST_LETTERS..MOST_LETTERS_A_DAY {
            let wanted = form(&slug, &format!("guest-{n}@example.org"), &[Right::EditPage]);
            people::invite(backend, ada, &wanted).await.expect("invited");
        }
        let one_more = form(&slug, "cy@example.org", &[Right::EditPage]);
        assert_eq!(problem_of(people::invite(backend, ada, &one_more).await, ""), many);
        stage.clock.set(NOW.plus(DAY + HOUR));
        people::invite(backend, ada, &one_more).await.expect("the next day");
        for n in 100..120 {
            let wanted = form(&slug, &format!("guest-{n}@example.org"), &[Right::EditPage]);
            people::invite(backend, ada, &wanted).await.expect("invited");
        }
        let wanted = form(&slug, "z@example.org", &[Right::Own]);
        let too_many = people::invite(backend, ada, &wanted).await;
        assert!(matches!(problem_of(too_many, ""), Some(Problem::TooMany { .. })));
        let wanted = form(&slug, "creator@example.org", &[Right::Own]);
        let here = people::invite(backend, ada, &wanted).await;
        assert_eq!(problem_of(here, "email"), Some(problem::already_here()));
        stage.clock.set(NOW.plus(INVITATION_LASTS + 32 * DAY));
        assert_eq!(sweep::run(backend).await.expect("swept").invitations, 50 - 1);
    }
}

#[tokio::test]
async fn an_invitation_says_nothing_of_who_has_an_account() {
    for stage in Stage::both().await {
        let (all, slug) = draft(&stage).await;
        let backend = &stage.backend;
        person(&stage, "bo", Role::Member).await;
        for address in [BO, "nobody@example.org"] {
            let wanted = form(&slug, address, &[Right::EditPage]);
            people::invite(backend, &all.creator, &wanted).await.expect("invited");
        }
        let waiting = seen(&stage, &all.creator, &slug).await.invitations;
        let shown = |n: usize| {
            let one = &waiting[n];
            (one.rights, one.expires_at, one.is_over, one.may_change)
        };
        assert_eq!(shown(0), shown(1));
        let accounts = "select count(*) from account where email = 'nobody@example.org'";
        assert_eq!(stage.number(accounts).await, 0);
        let letters = mail::mailbox(backend, Some("nobody@example.org")).await.expect("letters");
        assert_eq!(letters.len(), 1);
    }
}

#[tokio::test]
async fn a_preview_opens_until_it_is_revoked_and_shows_no_secret() {
    for stage in Stage::both().await {
        let (all, slug) = completed(&stage).await;
        let (backend, name, ada) = (&stage.backend, slug.as_str(), &all.creator);
        let link = async || {
            let page = studio::page(backend, ada, name).await.expect("the studio");
            page.preview
        };
        assert_eq!(link().await, None);
        people::make_link(backend, ada, name).await.expect("made");
        let first = link().await.expect("a link");
        assert_eq!(link().await.as_ref(), Some(&first), "shown again");
        let form = studio::page(backend, ada, name).await.expect("the studio").rewards;
        let secret = domain::studio::RewardForm { secret: "on".into(), ..form[0].form.clone() };
        studio::save_reward(backend, ada, secret).await.expect("saved");
        let seen = people::preview(backend, &first).await.expect("a preview");
        assert_eq!((seen.title.as_str(), seen.state), ("Tide Clock", CampaignState::Draft));
        assert_eq!(seen.rewards.len(), 1, "the secret one is not shown");
        assert!(!seen.may_edit && seen.own_pledge.is_none());
        let hidden = campaign::page(backend, None, name, "").await;
        assert!(matches!(hidden, Err(Error::NotFound)), "the page itself stays shut");

        people::make_link(backend, ada, name).await.expect("another");
        let second = link().await.expect("a link");
        for gone in [first.as_str(), "", "x", "\0"] {
            assert!(matches!(people::preview(backend, gone).await, Err(Error::NotFound)));
        }
        people::revoke_link(backend, ada, name).await.expect("revoked");
        people::revoke_link(backend, ada, name).await.expect("nothing to revoke");
        assert!(matches!(people::preview(backend, &second).await, Err(Error::NotFound)));
        people::make_link(backend, ada, name).await.expect("a third");
        let third = link().await.expect("a link");

        studio::submit(backend, ada, name).await.expect("submitted");
        let remark = RemarkForm { slug: name.into(), ..RemarkForm::default() };
        studio::approve(backend, &all.operator, &remark).await.expect("approved");
        assert!(people::preview(backend, &third).await.is_ok(), "also while it waits");
        studio::launch(backend, ada, name).await.expect("launched");
        let seen = people::preview(backend, &third).await.expect("a way to the page");
        assert_eq!(seen.state, CampaignState::Live);
        assert_eq!(link().await, None, "of no use any more");
        let late = people::make_link(backend, ada, name).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::WrongState { .. }))));
    }
}
