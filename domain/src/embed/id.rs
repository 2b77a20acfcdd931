//! The short name of one place where somebody shows a campaign.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Length of a name, in letters of [`LETTERS`]: 50 bits, which nobody guesses who could
/// gain by it.
const LENGTH: usize = 10;
/// What names are made of: no letter that reads like a digit.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// The name of one embed, as its address carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmbedId([u8; LENGTH]);

impl EmbedId {
    /// Of random bits; those that are not needed are left alone.
    #[must_use]
    pub fn from_bits(mut bits: u64) -> Self {
        Self(std::array::from_fn(|_| {
            let letter = LETTERS[usize::try_from(bits % 32).expect("below 32")];
            bits /= 32;
            letter
        }))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("its letters are ASCII")
    }
}

impl FromStr for EmbedId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let letters = <[u8; LENGTH]>::try_from(text.as_bytes()).map_err(drop)?;
        letters.iter().all(|letter| LETTERS.contains(letter)).then_some(Self(letters)).ok_or(())
    }
}

impl TryFrom<String> for EmbedId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        text.parse().map_err(|()| "not the name of an embed")
    }
}

impl From<EmbedId> for String {
    fn from(id: EmbedId) -> Self {
        id.as_str().to_owned()
    }
}

impl fmt::Display for EmbedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::EmbedId;

    #[test]
    fn a_name_survives_its_address_and_nothing_else_is_one() {
        for bits in [0, 1, 31, 32, u64::MAX, 0x0123_4567_89ab_cdef] {
            let id = EmbedId::from_bits(bits);
            assert_eq!(id.to_string().parse(), Ok(id));
            assert!(id.as_str().bytes().all(|b| b.is_ascii_alphanumeric()), "{id}");
        }
        for text in ["", "abc", "abcdefghi\"", "ABCDEFGHIJ", "abcdefghijk", "éééée", "abcdefgh01"]
        {
            assert!(text.parse::<EmbedId>().is_err(), "{text}");
        }
    }
}
