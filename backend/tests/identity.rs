//! Who stands behind a campaign: stated once, seen by few, and looked at.

#[path = "studio/desk.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod desk;
#[path = "stage/stage.rs"]
mod stage;

use backend::{Error, studio};
use desk::{completed, draft, problems, start, stated};
use domain::{
    Locale,
    studio::{Check, IdentityForm, VerdictForm, Verification},
};
use stage::Stage;

fn verdict(slug: &str, version: &str, verdict: Verification, remark: &str) -> VerdictForm {
    VerdictForm {
        slug: slug.into(),
        version: version.into(),
        verdict: verdict.key().into(),
        remark: remark.into(),
    }
}

#[tokio::test]
async fn nobody_reviews_a_campaign_before_its_creator_has_said_who_they_are() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        stage.tamper("delete from identity").await;
        let page = studio::page(backend, &people.creator, name).await.expect("the studio");
        let open: Vec<Check> =
            page.checklist.iter().filter(|item| !item.is_done).map(|item| item.check).collect();
        assert_eq!(open, [Check::Identity]);
        assert!(problems(studio::submit(backend, &people.creator, name).await).of("").is_some());
        let form = stated(page.identity);
        studio::save_identity(backend, &people.creator, form).await.expect("saved");
        studio::submit(backend, &people.creator, name).await.expect("submitted");
    }
}

#[tokio::test]
async fn only_the_creator_and_operators_learn_who_it_is() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        for who in [&people.creator, &people.operator] {
            let seen = studio::page(backend, who, name).await.expect("the studio").identity;
            assert_eq!(seen.expect("may know").form.name, "Brass Hand Ltd");
        }
        assert!(matches!(
            studio::page(backend, &people.stranger, name).await,
            Err(Error::NotFound)
        ));
        let shown = studio::page(backend, &people.creator, name).await.expect("the studio");
        let form = IdentityForm { name: "Eve".into(), ..stated(shown.identity.clone()) };
        let seen = shown.identity.expect("may know").form.version;
        for who in [&people.stranger, &people.operator] {
            let refused = studio::save_identity(backend, who, form.clone()).await;
            assert!(matches!(refused, Err(Error::NotFound)), "nobody states for somebody else");
        }
        for who in [&people.stranger, &people.creator] {
            let form = verdict(name, &seen, Verification::Verified, "");
            let refused = studio::judge_identity(backend, who, &form).await;
            assert!(matches!(refused, Err(Error::NotFound)), "nobody verifies themselves");
        }
        // It is the same for all of their campaigns.
        let other = studio::start(backend, &people.creator, &start(), Locale::En).await;
        let other = other.expect("started");
        let page = studio::page(backend, &people.creator, other.as_str()).await.expect("one");
        assert_eq!(page.identity.expect("may know").form.name, "Brass Hand Ltd");
    }
}

#[tokio::test]
async fn what_is_stated_anew_is_looked_at_anew() {
    for stage in Stage::both().await {
        let (people, slug) = completed(&stage).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let seen = async || {
            let page = studio::page(backend, &people.creator, name).await.expect("the studio");
            let is_done = page.checklist.iter().any(|it| it.check == Check::Identity && it.is_done);
            (page.identity.expect("may know"), is_done)
        };
        let (first, is_done) = seen().await;
        assert_eq!((first.state, is_done), (Some(Verification::Stated), true));
        let found = verdict(name, &first.form.version, Verification::Verified, "Register.");
        studio::judge_identity(backend, &people.operator, &found).await.expect("noted");
        let (now, _) = seen().await;
        assert_eq!((now.state, now.remark.as_str()), (Some(Verification::Verified), "Register."));
        // Saved as it was, it stays verified.
        studio::save_identity(backend, &people.creator, now.form.clone()).await.expect("saved");
        assert_eq!(seen().await.0.state, Some(Verification::Verified));

        let form = IdentityForm { address: "2 Quay".into(), ..now.form };
        studio::save_identity(backend, &people.creator, form.clone()).await.expect("saved");
        assert_eq!(seen().await.0.state, Some(Verification::Stated));
        let stale = studio::judge_identity(backend, &people.operator, &found).await;
        assert!(problems(stale).of("").is_some(), "nobody verifies what they have not seen");
        let stale = studio::save_identity(backend, &people.creator, form).await;
        assert!(problems(stale).of("").is_some(), "another tab has saved");

        let (now, _) = seen().await;
        let no = verdict(name, &now.form.version, Verification::Refused, "No such company.");
        studio::judge_identity(backend, &people.operator, &no).await.expect("noted");
        let (now, is_done) = seen().await;
        assert_eq!((now.state, is_done), (Some(Verification::Refused), false));
        studio::save_identity(backend, &people.creator, now.form).await.expect("stated anew");
        let (now, is_done) = seen().await;
        assert_eq!((now.state, is_done), (Some(Verification::Stated), true));
    }
}

#[tokio::test]
async fn nothing_is_found_of_what_nobody_stated() {
    for stage in Stage::both().await {
        let (people, slug) = draft(&stage).await;
        let found = verdict(slug.as_str(), "", Verification::Verified, "");
        let refused = studio::judge_identity(&stage.backend, &people.operator, &found).await;
        assert!(matches!(refused, Err(Error::NotFound)));
    }
}
