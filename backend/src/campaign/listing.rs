//! Lists for programs: the public API, the feed and the map of the site. They
//! page by a cursor, so that a list that moves while it is read repeats nothing
//! that stood still.

mod sql;

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Country, Locale, Timestamp,
    campaign::{CampaignCard, Opening},
    discovery::{Query, Sort},
};

use crate::{context::Backend, error::Result};

/// A campaign in a list for programs: its card, and what a page shows elsewhere.
#[derive(Debug, Clone)]
pub struct Listed {
    pub card: CampaignCard,
    pub subcategory: String,
    pub location: String,
    pub country: Option<Country>,
    pub language: Locale,
    pub is_demo: bool,
    pub opening: Option<Opening>,
    pub launched_at: Timestamp,
}

/// A part of a list.
#[derive(Debug, Clone)]
pub struct Listing {
    pub items: Vec<Listed>,
    /// Where to go on; `None` at the end.
    pub next: Option<Cursor>,
    /// How many the question finds in all.
    pub total: i64,
}

/// A place in a list: the last campaign that was given, and what ordered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    sort: Sort,
    key: i64,
    number: i64,
}

/// One line of the map of the site.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Mapped {
    pub slug: String,
    /// When its figures or its state last changed.
    pub changed_at: Timestamp,
}

/// Public campaigns that a question finds, after a place in the list. The page
/// of the question is ignored.
///
/// # Errors
/// When the database fails.
pub async fn list(
    backend: &Backend,
    query: &Query,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Listing> {
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    // One more than asked for tells whether there is more.
    let mut rows = sql::page(&mut conn, query, after, limit.saturating_add(1)).await?;
    let size = usize::try_from(limit).unwrap_or_default();
    let has_more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| has_more).map(|last| last.cursor(query.sort));
    let total = sql::count(&mut conn, query).await?;
    reader.done();
    Ok(Listing { items: rows.into_iter().map(sql::Row::into_listed).collect(), next, total })
}

/// Every public campaign, newest first.
///
/// # Errors
/// When the database fails.
pub async fn map(backend: &Backend, most: i64) -> Result<Vec<Mapped>> {
    let mut reader = backend.db.read().await?;
    sql::map(&mut reader.conn(), most).await
}

impl Cursor {
    /// The order of the list that it is a place in.
    #[must_use]
    pub const fn sort(&self) -> Sort {
        self.sort
    }
}

/// Nothing in it is secret; it is veiled so that nobody builds one.
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{} {} {}", self.sort.key(), self.key, self.number);
        f.write_str(&URL_SAFE_NO_PAD.encode(text))
    }
}

/// The text is none of our cursors.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this list")]
pub struct UnknownCursor;

impl FromStr for Cursor {
    type Err = UnknownCursor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| UnknownCursor)?;
        let text = String::from_utf8(bytes).map_err(|_| UnknownCursor)?;
        let mut words = text.split(' ');
        let mut next = || words.next().ok_or(UnknownCursor);
        let cursor = Self {
            sort: next()?.parse().map_err(|_| UnknownCursor)?,
            key: next()?.parse().map_err(|_| UnknownCursor)?,
            number: next()?.parse().map_err(|_| UnknownCursor)?,
        };
        words.next().is_none().then_some(cursor).ok_or(UnknownCursor)
    }
}

#[cfg(test)]
mod tests {
    use domain::discovery::Sort;
    use proptest::prelude::*;

    use super::Cursor;

    proptest! {
        #[test]
        fn a_cursor_survives_its_text(sort in prop::sample::select(Sort::ALL), key: i64, number: i64) {
            let cursor = Cursor { sort, key, number };
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC*") {
            let _ = text.parse::<Cursor>();
        }
    }
}
