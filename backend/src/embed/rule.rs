//! Where a campaign may be shown: for its creator to say.

use domain::{
    account::Role,
    embed::{
        outcome::{EmbedSettings, MOST_LISTED},
        rule::RuleForm,
    },
    slug::Slug,
};

use super::sql;
use crate::{
    account::Who,
    campaign,
    context::Backend,
    error::{Error, Result},
    live,
};

/// What the creator has decided, and what came of it; an operator may read it too.
///
/// # Errors
/// [`Error::NotFound`] for everyone else.
pub async fn settings(backend: &Backend, who: &Who, slug: &str) -> Result<EmbedSettings> {
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let (id, creator) =
        campaign::life::sql::owner(&mut conn, slug).await?.ok_or(Error::NotFound)?;
    if creator != who.account && who.role != Role::Operator {
        return Err(Error::NotFound);
    }
    let rule = sql::rule(&mut conn, id).await?;
    let lines = sql::of_campaign(&mut conn, id, MOST_LISTED).await?;
    reader.done();
    Ok(EmbedSettings { rule, lines })
}

/// Says whether and where a campaign may be shown. Cards that stand open hear of it.
///
/// # Errors
/// [`Error::NotFound`] for everyone but the creator; a problem of `hosts`.
pub async fn save_rule(backend: &Backend, who: &Who, form: &RuleForm) -> Result<()> {
    let slug = Slug::parse(&form.slug).ok_or(Error::NotFound)?;
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let (id, creator) =
        campaign::life::sql::owner(&mut conn, slug.as_str()).await?.ok_or(Error::NotFound)?;
    if creator != who.account {
        return Err(Error::NotFound);
    }
    sql::put_rule(&mut conn, id, &form.parse()?).await?;
    live::announce(&mut conn, &backend.hub, &[id]).await?;
    tx.commit().await?;
    super::renew(backend, &slug).await;
    backend.hub.refresh(&backend.db, &[id]).await
}
