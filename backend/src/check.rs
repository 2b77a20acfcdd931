//! Do the counters agree with the rows they count, and are the books whole?
//! Counters are kept because pages read them constantly; this is the proof that
//! keeping them lost nothing.

mod chain;
mod instalments;
mod returns;
mod sql;
mod variants;

use std::fmt;

use domain::time::HOUR;

use crate::{context::Backend, error::Result};
pub use returns::sql::Underway;

/// How long the books may hold promises to a campaign that came to nothing.
const RELEASED_WITHIN: i64 = HOUR;

/// The first counter that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs, such as `pledged of campaign the-tide-clock`.
    pub what: String,
    /// What the counter says.
    pub kept: i64,
    /// What its rows add up to.
    pub counted: i64,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the counter says {}, its rows say {}", self.what, self.kept, self.counted)
    }
}

/// What agrees, and is not done yet.
///
/// # Errors
/// When the database fails.
pub async fn underway(backend: &Backend) -> Result<Underway> {
    let mut reader = backend.db.read().await?;
    returns::sql::underway(&mut reader.conn()).await
}

/// Compares every total of every campaign and the stock of every reward with
/// the pledges, and follows the chain of every campaign's books. All of it as it
/// stood at one moment: what is pledged meanwhile neither waits nor looks like a
/// difference.
///
/// # Errors
/// When the database fails.
pub async fn first_difference(backend: &Backend) -> Result<Option<Difference>> {
    let mut tx = backend.db.snapshot().await?;
    let mut conn = tx.conn();
    for (what, find) in [
        ("pledged of campaign", sql::PLEDGED),
        ("backers of campaign", sql::BACKERS),
        ("ordered units of campaign", sql::UNITS),
        ("claimed units of reward", sql::CLAIMED),
        ("claimed units of variant", variants::sql::CLAIMED),
        ("lines of pledge", sql::LINES),
        ("rows of the books of", sql::ROWS),
        ("promised in the books of", sql::PROMISED),
        ("posting in the books of", sql::POSTINGS),
        ("collected of campaign", sql::COLLECTED),
        ("charged of a pledge to", sql::CHARGED),
        ("charged in full of a pledge to", instalments::sql::WHOLE),
        ("paid instalment to", instalments::sql::PAID),
        ("dropped of campaign", instalments::sql::DROPPED),
        ("refunded of a pledge to", returns::sql::REFUNDED_OF_PLEDGE),
        ("charged back of a pledge to", returns::sql::CHARGED_BACK_OF_PLEDGE),
        ("state of a refunded pledge to", returns::sql::STATE),
        ("gone back in the books of a pledge to", returns::sql::REFUNDED_IN_BOOKS_OF_PLEDGE),
        ("refunded of campaign", returns::sql::REFUNDED),
        ("charged back of campaign", returns::sql::CHARGED_BACK),
        ("disputed of campaign", returns::sql::DISPUTED),
        ("refunds in the books of", returns::sql::REFUNDS_IN_BOOKS),
        ("lost disputes in the books of", returns::sql::LOSSES_IN_BOOKS),
        ("open disputes in the books of", returns::sql::DISPUTED_IN_BOOKS),
        ("reserve in the books of", returns::sql::RESERVE_IN_BOOKS),
        ("released in the books of", returns::sql::RELEASED_IN_BOOKS),
        ("unwanted payments in the books of", returns::sql::SURPLUS_IN_BOOKS),
        ("unwanted payments of a pledge to", returns::sql::SURPLUS_OF_PLEDGE),
    ] {
        if let Some((name, kept, counted)) = sql::first(&mut conn, find).await? {
            return Ok(Some(Difference { what: format!("{what} {name}"), kept, counted }));
        }
    }
    let before = backend.clock.now().plus(-RELEASED_WITHIN);
    if let Some((name, kept, counted)) = returns::sql::unreleased(&mut conn, before).await? {
        let what = format!("promised to a campaign that came to nothing, {name}");
        return Ok(Some(Difference { what, kept, counted }));
    }
    chain::first_break(&mut conn).await
}
