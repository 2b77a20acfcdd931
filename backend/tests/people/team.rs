//! Invitations as people send and answer them.

use std::collections::BTreeMap;

use backend::{Error, account::Who, mail, people};
use domain::{
    id::AccountId,
    people::{InviteForm, PeoplePage, Right, RightsForm, problem},
    slug::Slug,
};

use crate::{desk::problems, stage::Stage};

/// Rights as ticked.
pub fn ticked(rights: &[Right]) -> BTreeMap<String, String> {
    rights.iter().map(|right| (right.key().to_owned(), "on".to_owned())).collect()
}

/// An invitation as typed.
pub fn form(slug: &Slug, email: &str, rights: &[Right]) -> InviteForm {
    InviteForm { slug: slug.to_string(), email: email.into(), rights: ticked(rights) }
}

/// Somebody's rights as ticked.
pub fn rights(slug: &Slug, id: AccountId, rights: &[Right]) -> RightsForm {
    RightsForm { slug: slug.to_string(), id: id.to_string(), rights: ticked(rights) }
}

/// The token of the newest invitation to an address.
pub async fn token(stage: &Stage, email: &str) -> String {
    let letters = mail::mailbox(&stage.backend, Some(email)).await.expect("letters");
    let link = letters[0].text.lines().find(|line| line.contains("/invitation?token="));
    let (_, token) = link.expect("a link").split_once("token=").expect("a token");
    token.to_owned()
}

/// Somebody works on the campaign from now on, as its owner wants.
pub async fn join(stage: &Stage, owner: &Who, slug: &Slug, guest: &Who, with: &[Right]) {
    let backend = &stage.backend;
    let form = form(slug, guest.email.as_str(), with);
    people::invite(backend, owner, &form).await.expect("invited");
    let token = token(stage, guest.email.as_str()).await;
    let joined = people::accept(backend, guest, &token).await.expect("accepted");
    assert_eq!(&joined, slug);
}

/// The page of a campaign's people, as somebody sees it.
pub async fn seen(stage: &Stage, who: &Who, slug: &Slug) -> PeoplePage {
    people::page(&stage.backend, who, slug.as_str()).await.expect("the people")
}

/// Whether somebody is refused because they lack this right, and not because of what
/// they sent.
pub fn is_lacking(done: &Result<(), Error>, right: Right) -> bool {
    let lacks = problem::lacks(right);
    matches!(done, Err(Error::Invalid(invalid)) if invalid.of("") == Some(&lacks))
}

/// What is wrong with a field of a form, or with the whole of it.
pub fn problem_of<T: std::fmt::Debug>(
    refused: Result<T, Error>,
    field: &str,
) -> Option<domain::Problem> {
    problems(refused).of(field).cloned()
}
