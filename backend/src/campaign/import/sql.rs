//! Statements of the import.

use domain::{Currency, Timestamp, id::AccountId};
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
#[derive(sqlx::FromRow)]
pub struct Known {
    pub currency: Currency,
    /// Whether anybody has ever pledged to it here.
    pub has_pledges: bool,
}

pub async fn known(conn: &mut Conn<'_>, external_ref: &str) -> Result<Option<Known>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select currency,
                exists (select 1 from pledge where pledge.campaign_id = campaign.id) as has_pledges
           from campaign
          where external_ref = $1"
    )
    .bind(external_ref)
    .fetch_optional(c))?)
}
