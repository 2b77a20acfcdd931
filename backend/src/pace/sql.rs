//! Statements on what may be sent to the payment provider in a second.

use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// Reserves what is left of this second until so many of it are used, and gives how many
/// that are. Clocks of processes differ a little: a second that lies ahead by no more
/// than ten is taken for the present one, and one further ahead for a clock that was
/// wrong.
pub async fn reserve(conn: &mut Conn<'_>, second: i64, most: i64) -> Result<i64> {
    let granted: Option<i64> = sql!(conn, |c| sqlx::query_scalar(
        "insert into pace (name, second, used, granted)
         values ('provider', $1, $2, $2)
             on conflict (name) do update
            set granted = case when pace.second < $1 or pace.second > $1 + 10 then $2
                               else $2 - pace.used end,
                used = $2,
                second = case when pace.second < $1 or pace.second > $1 + 10 then $1
                              else pace.second end
          where pace.second < $1 or pace.second > $1 + 10 or pace.used < $2
        returning granted"
    )
    .bind(second)
    .bind(most)
    .fetch_optional(c))?;
    Ok(granted.unwrap_or_default())
}

/// Gives so many back of what was reserved in this transaction.
pub async fn give_back(conn: &mut Conn<'_>, unused: i64) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("update pace set used = used - $1 where name = 'provider'")
        .bind(unused)
        .execute(c)
        .map_ok(drop))?)
}
