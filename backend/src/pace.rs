//! How fast the payment provider is asked. Charges, refunds and unwanted payments that
//! go back share one budget a second, and all processes of one database share it: the
//! provider counts what comes from one account, whoever sends it.
//!
//! What is used of a second stands in one row, and is reserved in the transaction that
//! takes what will be sent. A worker that dies before its commit has used nothing; one
//! that dies after it has wasted a part of one second.
//!
//! What somebody waits for (a card that is charged at once, a refund by hand) is sent
//! past this: it comes one by one, and a provider that is asked too fast says so.

mod sql;

use domain::Timestamp;

use crate::{context::Backend, db::Conn, error::Result};

/// Of how many parts one is left for what goes back while cards are charged.
const PARTS: i64 = 5;

/// Until how much of a second is used somebody may take of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// All that is left of it.
    Whole,
    /// All but a fifth, which is for money that is to go back: a large collection takes
    /// hours, and would keep every refund waiting.
    Most,
}

impl Share {
    const fn of(self, limit: i64) -> i64 {
        match self {
            Self::Whole => limit,
            Self::Most if limit > PARTS => limit - limit / PARTS,
            // Nobody is to have nothing.
            Self::Most if limit > 1 => limit - 1,
            Self::Most => limit,
        }
    }
}

/// Reserves what may be sent now, in the caller's transaction, and says how much that
/// is; nothing, when this second is used up.
///
/// # Errors
/// When the database fails.
pub async fn reserve(
    conn: &mut Conn<'_>,
    backend: &Backend,
    now: Timestamp,
    share: Share,
) -> Result<i64> {
    let limit = i64::from(backend.options.charges_per_second);
    sql::reserve(conn, now.seconds(), share.of(limit)).await
}

/// Gives back what was reserved in the same transaction and is not needed.
///
/// # Errors
/// When the database fails.
pub async fn give_back(conn: &mut Conn<'_>, reserved: i64, needed: usize) -> Result<()> {
    let needed = i64::try_from(needed).unwrap_or(i64::MAX);
    if needed >= reserved {
        return Ok(());
    }
    sql::give_back(conn, reserved - needed).await
}

#[cfg(test)]
mod tests {
    use super::Share;

    #[test]
    fn whoever_charges_leaves_a_part_to_what_goes_back() {
        for (limit, most) in [(1, 1), (2, 1), (5, 4), (6, 5), (25, 20), (1_000, 800)] {
            assert_eq!((Share::Most.of(limit), Share::Whole.of(limit)), (most, limit));
        }
    }
}
