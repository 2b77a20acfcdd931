//! Cards are saved when a pledge is placed and charged when its campaign has
//! succeeded. This program never holds more of a card than a receipt shows.

pub mod sandbox;

/// A card that the provider keeps for us.
#[derive(Debug, Clone)]
pub struct SavedCard {
    /// The provider's word for it.
    pub method: String,
    /// The last four digits.
    pub last_four: String,
    /// Its holder has to confirm at the bank before it may be used.
    pub must_authenticate: bool,
}
