//! Who stands behind a campaign: stated by its creator, looked at by an operator, and
//! shown to nobody else.

mod sql;

use domain::{
    Country, Invalid,
    campaign::policy::Edit,
    id::AccountId,
    studio::{Identity, IdentityForm, IdentityView, VerdictForm, Verification, problem, settle},
};

use super::{Runs, at_desk};
use crate::{
    account::Who,
    context::Backend,
    db::Conn,
    error::{Error, Result},
};

/// What the creator of a campaign has stated.
///
/// # Errors
/// When the database fails.
pub(super) async fn of(
    conn: &mut Conn<'_>,
    creator: AccountId,
    slug: &str,
) -> Result<IdentityView> {
    let Some(row) = sql::of(conn, creator).await? else {
        let form = IdentityForm::of(slug, None);
        return Ok(IdentityView { form, state: None, remark: String::new() });
    };
    let (state, remark) = (Some(row.state), row.remark.clone());
    let stated = identity(row)?;
    Ok(IdentityView { form: IdentityForm::of(slug, Some(&stated)), state, remark })
}

/// Whether something is stated that was not refused.
pub(super) fn is_stated(view: &IdentityView) -> bool {
    matches!(view.state, Some(Verification::Stated | Verification::Verified))
}

/// Saves the section `identity`, which is the same for all campaigns of its creator. A
/// statement that says something else is to be looked at anew.
///
/// # Errors
/// [`Error::NotFound`] for everyone but the creator; problems of the form, also when
/// something else stood there when it was drawn.
pub async fn save_identity(backend: &Backend, who: &Who, form: IdentityForm) -> Result<()> {
    let slug = form.slug.clone();
    at_desk(backend, who, &slug, Runs::Campaign, async |conn, desk| {
        // Nobody states for somebody else, whatever else they may do.
        if desk.row.creator_id != who.account {
            return Err(Error::NotFound);
        }
        let stated = sql::of(conn, who.account).await?;
        let is_refused = stated.as_ref().is_some_and(|row| row.state == Verification::Refused);
        let before = stated.map(identity).transpose()?;
        let current = IdentityForm::of(desk.row.slug.as_str(), before.as_ref());
        let now = settle(&current, form, |_| Edit::Free)?.parse()?;
        if before.as_ref() == Some(&now) && !is_refused {
            return Ok(());
        }
        sql::state(conn, who.account, &now, desk.now).await
    })
    .await
}

/// Notes what an operator found.
///
/// # Errors
/// [`Error::NotFound`] for everyone else, and where nothing is stated; problems of the
/// form, also when something else was stated meanwhile.
pub async fn judge_identity(backend: &Backend, who: &Who, form: &VerdictForm) -> Result<()> {
    at_desk(backend, who, &form.slug, Runs::Platform, async |conn, desk| {
        let creator = desk.row.creator_id;
        let shown = of(conn, creator, desk.row.slug.as_str()).await?;
        shown.state.ok_or(Error::NotFound)?;
        let (verdict, remark) = form.parse()?;
        if form.version != shown.form.version {
            return Err(Invalid::field("", problem::stale()).into());
        }
        sql::judge(conn, creator, verdict, &remark, who.account, desk.now).await
    })
    .await
}

fn identity(row: sql::Row) -> Result<Identity> {
    let country = Country::parse(&row.country)
        .ok_or_else(|| Error::Internal(anyhow::anyhow!("a country that there is none of")))?;
    Ok(Identity { kind: row.kind, name: row.name, country, address: row.address })
}
