//! What changed since somebody pledged: of the page, and of what they chose.

use serde::{Deserialize, Serialize};

use crate::{reward::wording::Difference, time::Timestamp};

/// What changed since a pledge was made; nothing, mostly. In the words of whoever looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    pub page: Option<PageChange>,
    pub rewards: Vec<RewardChange>,
    /// Until when the pledge may be taken back because of a material change, if that is so.
    pub free_until: Option<Timestamp>,
    /// Whether that can be done now; not while its card is about to be charged.
    pub may_leave: bool,
}

/// The page is another one than it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageChange {
    /// The version that the pledge was made on.
    pub version: i64,
    /// In how far it differs, in a sentence.
    pub sentence: String,
}

/// A reward or an add-on of the pledge is told otherwise than it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewardChange {
    /// As it was called.
    pub title: String,
    pub differences: Vec<Difference>,
}

impl Since {
    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.page.is_none() && self.rewards.is_empty() && self.free_until.is_none()
    }
}
