//! Do the counters agree with the rows they count? Counters are kept because
//! pages read them constantly; this is the proof that keeping them lost nothing.

mod sql;

use std::fmt;

use crate::{context::Backend, error::Result};

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

/// Compares every total of every campaign and the stock of every reward with
/// the pledges.
///
/// # Errors
/// When the database fails.
pub async fn first_difference(backend: &Backend) -> Result<Option<Difference>> {
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    for (what, find) in [
        ("pledged of campaign", sql::PLEDGED),
        ("backers of campaign", sql::BACKERS),
        ("claimed units of reward", sql::CLAIMED),
        ("lines of pledge", sql::LINES),
    ] {
        if let Some((name, kept, counted)) = sql::first(&mut conn, find).await? {
            return Ok(Some(Difference { what: format!("{what} {name}"), kept, counted }));
        }
    }
    Ok(None)
}
