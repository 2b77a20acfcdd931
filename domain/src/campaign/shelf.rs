//! What changed beside the texts of a campaign's page, for everybody to read: its picture,
//! and its rewards. How a reward is told otherwise is a [`Wording`](crate::reward::Wording).

use serde::{Deserialize, Serialize};

use crate::{locale::Locale, time::Timestamp, words::changes as w};

/// What it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum ShelfChangeKind {
    /// The campaign shows another picture, or the drawing again.
    Picture,
    /// A reward does.
    RewardPicture,
    RewardAdded,
    RewardRemoved,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShelfChange {
    pub at: Timestamp,
    pub kind: ShelfChangeKind,
    /// The reward's title at that time; empty for the campaign's own picture.
    pub title: String,
}

impl ShelfChange {
    /// It in one sentence.
    #[must_use]
    pub fn say(&self, locale: Locale) -> String {
        match self.kind {
            ShelfChangeKind::Picture => w::picture_changed(locale).to_owned(),
            ShelfChangeKind::RewardPicture => w::reward_picture_changed(locale, &self.title),
            ShelfChangeKind::RewardAdded => w::reward_added(locale, &self.title),
            ShelfChangeKind::RewardRemoved => w::reward_removed(locale, &self.title),
        }
    }
}
