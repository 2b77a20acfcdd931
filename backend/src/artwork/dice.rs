//! Numbers that look drawn by lot and are the same for ever. Not `rand`, whose
//! generators may change between versions: a picture must not.

use std::cell::Cell;

/// A stream of numbers from a seed (S. Vigna's SplitMix64). It is drawn from by
/// shared reference, so that a shape's place can be drawn where it is written.
pub struct Dice(Cell<u64>);

impl Dice {
    /// The stream of a number.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    /// The stream of a text, by its FNV-1a hash.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::new(text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    /// A number below `end`, which is at least 1.
    pub fn below(&self, end: u64) -> u64 {
        let mut z = self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.set(z);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end.max(1)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).unwrap_or_default() + 1;
        low + i64::try_from(self.below(width)).unwrap_or_default()
    }
}
