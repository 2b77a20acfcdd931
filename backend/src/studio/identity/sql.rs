//! Statements on who stands behind campaigns.

use domain::{
    Timestamp,
    id::AccountId,
    studio::{Identity, LegalKind, Verification},
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// What somebody has stated.
#[derive(sqlx::FromRow)]
pub struct Row {
    pub kind: LegalKind,
    pub name: String,
    pub country: String,
    pub address: String,
    pub state: Verification,
    pub remark: String,
}

pub async fn of(conn: &mut Conn<'_>, account: AccountId) -> Result<Option<Row>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select kind, name, country, address, state, remark from identity where account_id = $1"
    )
    .bind(account)
    .fetch_optional(c))?)
}

/// Writes what is stated; nobody has looked at it then.
pub async fn state(
    conn: &mut Conn<'_>,
    account: AccountId,
    identity: &Identity,
    now: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into identity
             (account_id, kind, name, country, address, state, remark, stated_at)
         values ($1, $2, $3, $4, $5, 'stated', '', $6)
         on conflict (account_id) do update
            set kind = excluded.kind, name = excluded.name, country = excluded.country,
                address = excluded.address, state = excluded.state, remark = excluded.remark,
                stated_at = excluded.stated_at, judged_by = null, judged_at = null"
    )
    .bind(account)
    .bind(identity.kind)
    .bind(&identity.name)
    .bind(identity.country.code())
    .bind(&identity.address)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Writes what an operator found.
pub async fn judge(
    conn: &mut Conn<'_>,
    account: AccountId,
    verdict: Verification,
    remark: &str,
    by: AccountId,
    now: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update identity set state = $2, remark = $3, judged_by = $4, judged_at = $5
          where account_id = $1"
    )
    .bind(account)
    .bind(verdict)
    .bind(remark)
    .bind(by)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}
