//! The shelves of the platform. Fifteen, the field's common ground.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::locale::Locale;

macro_rules! categories {
    ($($variant:ident $key:literal: $en:literal, $fr:literal;)+) => {
        /// What a campaign is about. A finer word is its free subcategory.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
        #[serde(rename_all = "snake_case")]
        pub enum Category { $(
            #[doc = $en]
            $variant,
        )+ }

        impl Category {
            /// Every category, in the order pages show them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in addresses and in the database.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The word on the page.
            #[must_use]
            pub const fn name(self, locale: Locale) -> &'static str {
                match locale {
                    Locale::En => match self { $(Self::$variant => $en,)+ },
                    Locale::Fr => match self { $(Self::$variant => $fr,)+ },
                }
            }
        }
    };
}

categories! {
    Art "art": "Art", "Art";
    Comics "comics": "Comics", "Bande dessinée";
    Crafts "crafts": "Crafts", "Artisanat";
    Dance "dance": "Dance", "Danse";
    Design "design": "Design", "Design";
    Fashion "fashion": "Fashion", "Mode";
    Film "film": "Film", "Cinéma";
    Food "food": "Food", "Gastronomie";
    Games "games": "Games", "Jeux";
    Journalism "journalism": "Journalism", "Journalisme";
    Music "music": "Music", "Musique";
    Photography "photography": "Photography", "Photographie";
    Publishing "publishing": "Publishing", "Édition";
    Technology "technology": "Technology", "Technologie";
    Theater "theater": "Theatre", "Théâtre";
}

/// The text named no category.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a category of this platform")]
pub struct UnknownCategory;

impl FromStr for Category {
    type Err = UnknownCategory;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|c| c.key() == text).ok_or(UnknownCategory)
    }
}
