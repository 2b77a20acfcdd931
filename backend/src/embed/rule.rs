//! Where a campaign may be shown: for who edits its page to say.

use domain::{
    embed::{
        outcome::{EmbedSettings, MOST_LISTED},
        rule::RuleForm,
    },
    people::Right,
};

use super::sql;
use crate::{
    account::Who,
    campaign,
    context::Backend,
    error::{Error, Result},
    live, people,
    studio::{Runs, at_desk},
};

/// What was decided, and what came of it, for whoever works on the campaign; an operator
/// may read it too.
///
/// # Errors
/// [`Error::NotFound`] for everyone else.
pub async fn settings(backend: &Backend, who: &Who, slug: &str) -> Result<EmbedSettings> {
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let id = campaign::life::sql::id(&mut conn, slug).await?.ok_or(Error::NotFound)?;
    if !people::access(&mut conn, who, id).await?.is_any() {
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
/// [`Error::NotFound`] for everyone who does not work on it; a problem of the whole for
/// who does and may not edit its page; a problem of `hosts`.
pub async fn save_rule(backend: &Backend, who: &Who, form: &RuleForm) -> Result<()> {
    let runs = Runs::With(Right::EditPage);
    let (id, slug) = at_desk(backend, who, &form.slug, runs, async |conn, desk| {
        sql::put_rule(conn, desk.row.id, &form.parse()?).await?;
        live::announce(conn, &backend.hub, &[desk.row.id]).await?;
        Ok((desk.row.id, desk.row.slug.clone()))
    })
    .await?;
    super::renew(backend, &slug).await;
    backend.hub.refresh(&backend.db, &[id]).await
}
