//! People with accounts, and campaigns they are writing.

use std::fmt::Debug;

use backend::{Error, account, account::Who, studio};
use domain::{
    Invalid, Locale,
    account::{Password, Role},
    id::AccountId,
    slug::Slug,
    studio::{
        BasicsForm, FundingForm, IdentityForm, IdentityView, RewardForm, StartForm, StoryForm,
    },
};

use crate::stage::{Stage, email};

/// Who plays a part.
pub struct People {
    pub creator: Who,
    pub operator: Who,
    pub stranger: Who,
}

impl People {
    /// With accounts of their own.
    pub async fn of(stage: &Stage) -> Self {
        Self {
            creator: person(stage, "creator", Role::Member).await,
            operator: person(stage, "operator", Role::Operator).await,
            stranger: person(stage, "eve", Role::Member).await,
        }
    }
}

/// Somebody with an account.
pub async fn person(stage: &Stage, name: &str, role: Role) -> Who {
    let password = Password::new("a long enough one").expect("a password");
    let address = email(name);
    let account: AccountId =
        account::create_account(&stage.backend, address.as_str(), role, Some(&password))
            .await
            .expect("an account");
    Who { account, session: None, name: name.into(), email: address, role, locale: Locale::En }
}

/// The first form.
pub fn start() -> StartForm {
    StartForm {
        title: "Tide Clock".into(),
        category: "design".into(),
        country: "FR".into(),
        currency: "EUR".into(),
        rule: "all_or_nothing".into(),
    }
}

/// A campaign of which there is a title.
pub async fn draft(stage: &Stage) -> (People, Slug) {
    let people = People::of(stage).await;
    let slug = studio::start(&stage.backend, &people.creator, &start(), Locale::En).await;
    (people, slug.expect("started"))
}

/// A campaign that may be submitted, with two rewards.
pub async fn completed(stage: &Stage) -> (People, Slug) {
    let (people, slug) = draft(stage).await;
    let (backend, me) = (&stage.backend, &people.creator);
    let page = studio::page(backend, me, slug.as_str()).await.expect("the studio");
    let basics = BasicsForm { subtitle: "Shows the sea.".into(), ..page.basics };
    studio::save_basics(backend, me, basics).await.expect("saved");
    let funding = FundingForm { goal: "5,000".into(), ..page.funding };
    studio::save_funding(backend, me, funding).await.expect("saved");
    let story = StoryForm { story: "Once.".into(), ..page.story };
    studio::save_story(backend, me, story).await.expect("saved");
    for (title, price) in [("A clock", "90"), ("A card", "5")] {
        studio::save_reward(backend, me, reward(&slug, title, price)).await.expect("saved");
    }
    studio::save_identity(backend, me, stated(page.identity)).await.expect("saved");
    (people, slug)
}

/// Who stands behind it, as typed.
pub fn stated(shown: Option<IdentityView>) -> IdentityForm {
    IdentityForm {
        name: "Brass Hand Ltd".into(),
        country: "FR".into(),
        address: "1 Quay\n29000 Quimper".into(),
        accepted: "on".into(),
        ..shown.expect("the creator's own").form
    }
}

/// A new reward as typed.
pub fn reward(slug: &Slug, title: &str, price: &str) -> RewardForm {
    RewardForm {
        slug: slug.to_string(),
        title: title.into(),
        price: price.into(),
        delivery: "2027-06".into(),
        ..RewardForm::default()
    }
}

/// The fields of a refusal.
pub fn problems<T: Debug>(refused: Result<T, Error>) -> Invalid {
    match refused {
        Err(Error::Invalid(invalid)) => invalid,
        other => panic!("expected problems of fields, not {other:?}"),
    }
}

/// What a refusal may not change.
pub async fn rows(stage: &Stage) -> Vec<i64> {
    let mut rows = Vec::new();
    for table in ["campaign", "reward", "campaign_event", "unsaved_story", "mail"] {
        rows.push(stage.number(&format!("select count(*) from {table}")).await);
    }
    rows
}
