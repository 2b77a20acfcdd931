//! What comes of a campaign's being shown elsewhere.

use serde::{Deserialize, Serialize};

use super::{Rule, id::EmbedId};
use crate::{slug::Slug, time::Timestamp};

/// Most embeds that one page lists.
pub const MOST_LISTED: i64 = 200;
/// Most embeds of one campaign.
pub const MOST_EMBEDS: u32 = 5_000;

/// What was counted of one embed. A view is a card that was sent whole: who comes back
/// while nothing has changed, and is told so, counts once. A click is a way taken from
/// the card to the campaign or its checkout. A pledge counts while it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub views: i64,
    pub clicks: i64,
    pub pledges: i64,
}

/// One embed with what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbedLine {
    pub id: EmbedId,
    pub slug: Slug,
    pub title: String,
    pub created_at: Timestamp,
    pub outcome: Outcome,
}

/// What the studio shows of a campaign's embeds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbedSettings {
    pub rule: Rule,
    /// At most [`MOST_LISTED`], the newest first.
    pub lines: Vec<EmbedLine>,
}
