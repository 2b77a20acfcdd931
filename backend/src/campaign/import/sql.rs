//! Statements of the import.

use domain::{
    Currency, Timestamp,
    id::{AccountId, CampaignId},
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// Of a name that can never be registered (RFC 2606): no letter reaches it.
const CREATOR: &str = "import@pedestal.invalid";

/// The account that imported campaigns belong to.
pub async fn creator(conn: &mut Conn<'_>, now: Timestamp) -> Result<AccountId> {
    sql!(conn, |c| sqlx::query(
        "insert into account (id, email, name, role, locale, created_at)
         values ($1, $2, 'Imported', 'member', 'en', $3)
         on conflict (email) do nothing"
    )
    .bind(AccountId::generate())
    .bind(CREATOR)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(sql!(conn, |c| sqlx::query_scalar("select id from account where email = $1")
        .bind(CREATOR)
        .fetch_one(c))?)
}

/// A campaign that an earlier import brought.
pub struct Known {
    pub currency: Currency,
    /// Whether anybody has ever pledged to it here.
    pub has_pledges: bool,
}

/// The campaign of this row, locked until the transaction ends by changing its
/// version. Whether it has pledges is asked only then, in a statement of its own:
/// one that was on its way has arrived by now, and the next one waits.
pub async fn known(conn: &mut Conn<'_>, external_ref: &str) -> Result<Option<Known>> {
    let locked: Option<(CampaignId, Currency)> = sql!(conn, |c| {
        sqlx::query_as(
        "update campaign set version = version + 1 where external_ref = $1 returning id, currency"
    )
    .bind(external_ref)
    .fetch_optional(c)
    })?;
    let Some((id, currency)) = locked else { return Ok(None) };
    let has_pledges = sql!(conn, |c| sqlx::query_scalar(
        "select exists (select 1 from pledge where campaign_id = $1)"
    )
    .bind(id)
    .fetch_one(c))?;
    Ok(Some(Known { currency, has_pledges }))
}
