//! A campaign that is announced before its launch, and who wants to be told of that.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignState,
    email::EmailAddress,
    invalid::Invalid,
    locale::Locale,
    media::Picture,
    slug::Slug,
    time::{DAY, HOUR, Timestamp, Zone},
};

/// Most letters to one address that ask it to confirm, within [`LETTERS_WITHIN`].
pub const MOST_LETTERS: i64 = 3;
/// The time in which letters to one address are counted, in microseconds.
pub const LETTERS_WITHIN: i64 = HOUR;
/// How long an address waits to be confirmed, in microseconds.
pub const UNCONFIRMED_LASTS: i64 = 7 * DAY;
/// How long anybody waits for a launch that does not come, in microseconds.
pub const WATCHERS_LAST: i64 = 365 * DAY;

/// What anyone may know of a campaign before its launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnouncementPage {
    pub slug: Slug,
    pub title: String,
    pub subtitle: String,
    pub creator: String,
    pub image: String,
    pub image_alt: String,
    pub picture: Option<Picture>,
    pub is_demo: bool,
    /// The language the campaign is written in.
    pub language: Locale,
    pub state: CampaignState,
    /// When it launches by itself, and where that time is meant.
    pub launch_at: Option<Timestamp>,
    pub zone: Zone,
    /// How many want to be told, as far as they have confirmed it.
    pub watchers: i64,
    pub visitor: Watching,
}

/// Whether the visitor wants to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Watching {
    /// Nobody is signed in.
    Unknown,
    No,
    /// With the key that ends it.
    Yes(String),
}

/// What the key of a letter opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatcherPage {
    pub slug: Slug,
    pub title: String,
    pub is_confirmed: bool,
}

/// An address that wants to be told, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    /// Of a guest; whoever is signed in has one.
    #[serde(default)]
    pub email: String,
}

impl WatchForm {
    /// The address.
    ///
    /// # Errors
    /// A problem of `email`.
    pub fn parse(&self) -> Result<EmailAddress, Invalid> {
        EmailAddress::parse(&self.email).map_err(|problem| Invalid::field("email", problem))
    }
}
