//! What has to go back and which the provider keeps refusing, for the operator who
//! sees to it.

mod sql;

use domain::{
    account::Role,
    refund::returns::{ReturnForm, ReturnId, ReturnsPage},
};

use crate::{
    account::Who,
    context::Backend,
    error::{Error, Result},
    pledge::command::SeeTo,
    refund::again::see_to,
    surplus,
};

/// What waits for an operator, the oldest first.
///
/// # Errors
/// [`Error::NotFound`] for whoever is no operator, signed in or not.
pub async fn page(backend: &Backend, who: Option<&Who>) -> Result<ReturnsPage> {
    operator(who)?;
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let rows = sql::rows(&mut conn, ReturnsPage::MOST).await?;
    let (total, waiting) = sql::counts(&mut conn).await?;
    Ok(ReturnsPage { rows: rows.into_iter().map(sql::Row::view).collect(), total, waiting })
}

/// Has one of them asked for again.
///
/// # Errors
/// [`Error::NotFound`] for whoever is no operator, and when there is no such thing;
/// what the rules refuse.
pub async fn try_again(backend: &Backend, who: Option<&Who>, form: &ReturnForm) -> Result<()> {
    operator(who)?;
    match id(form)? {
        ReturnId::Refund(id) => see_to(backend, id, SeeTo::AgainByHand).await.map(drop),
        ReturnId::Surplus(id) => surplus::again(backend, id).await,
    }
}

/// Books one of them as given back by other means.
///
/// # Errors
/// As [`try_again`]; problems of `note`.
pub async fn settle_by_hand(backend: &Backend, who: Option<&Who>, form: &ReturnForm) -> Result<()> {
    let who = operator(who)?.account;
    let (id, note) = (id(form)?, form.note()?);
    match id {
        ReturnId::Refund(id) => see_to(backend, id, SeeTo::ByHand { who, note }).await.map(drop),
        ReturnId::Surplus(id) => surplus::by_hand(backend, id, who, note).await,
    }
}

/// Nobody else is to know that there is such a page.
fn operator(who: Option<&Who>) -> Result<&Who> {
    who.filter(|who| who.role == Role::Operator).ok_or(Error::NotFound)
}

fn id(form: &ReturnForm) -> Result<ReturnId> {
    form.id.parse().map_err(|_| Error::NotFound)
}
