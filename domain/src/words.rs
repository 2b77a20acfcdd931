//! Every visible sentence, in every language of the site, side by side.
//!
//! A missing translation or argument does not compile, nothing is parsed at
//! run time, and a page's wasm carries only the sentences it uses; that is why
//! this is a macro of forty lines and not a catalogue library.

/// Declares sentences as functions of a [`Locale`](crate::Locale). Without
/// arguments they are `&'static str`; with arguments (shown by `Display`) they
/// are `String`.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $(($($arg:ident),+))? : $en:literal, $fr:literal;)+) => {
        $(words!(@one $(#[$doc])* $name $(($($arg),+))? : $en, $fr);)+
    };
    (@one $(#[$doc:meta])* $name:ident : $en:literal, $fr:literal) => {
        #[doc = $en]
        $(#[$doc])*
        #[must_use]
        pub const fn $name(locale: $crate::Locale) -> &'static str {
            match locale {
                $crate::Locale::En => $en,
                $crate::Locale::Fr => $fr,
            }
        }
    };
    (@one $(#[$doc:meta])* $name:ident ($($arg:ident),+) : $en:literal, $fr:literal) => {
        #[doc = $en]
        $(#[$doc])*
        #[must_use]
        pub fn $name(locale: $crate::Locale, $($arg: &dyn std::fmt::Display),+) -> String {
            match locale {
                $crate::Locale::En => format!($en),
                $crate::Locale::Fr => format!($fr),
            }
        }
    };
}

/// Declares counted sentences: one and many in English, then in French, where
/// zero takes the singular too. `{n}` is written with the language's grouping.
macro_rules! counted {
    ($($name:ident: $en_one:literal | $en_many:literal, $fr_one:literal | $fr_many:literal;)+) => {$(
        #[doc = $en_many]
        #[must_use]
        pub fn $name(locale: $crate::Locale, number: i64) -> String {
            let n = $crate::money::count(number, locale);
            match locale {
                $crate::Locale::En if number == 1 => format!($en_one, n = n),
                $crate::Locale::En => format!($en_many, n = n),
                $crate::Locale::Fr if number < 2 => format!($fr_one, n = n),
                $crate::Locale::Fr => format!($fr_many, n = n),
            }
        }
    )+};
}

pub mod account;
pub mod announcement;
pub mod api;
pub mod campaign;
pub mod captions;
pub mod change_set;
pub mod changes;
pub mod discover;
pub mod edit;
pub mod edit_again;
pub mod edit_media;
pub mod embed;
pub mod embed_outcome;
pub mod embed_page;
pub mod embed_rule;
pub mod identity;
pub mod in_place;
pub mod instalment;
pub mod letter;
pub mod media;
pub mod people;
pub mod pledge;
pub mod problem;
pub mod recording;
pub mod refund;
pub mod refusal;
pub mod rehearsal;
pub mod rehearsed_plan;
pub mod returns;
pub mod reward_option;
pub mod reward_order;
pub mod rule;
pub mod site;
pub mod story;
pub mod studio;
pub mod studio_page;
pub mod time;
