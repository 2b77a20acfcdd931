//! How a campaign looks on somebody else's page. Whoever writes there chooses it
//! in the address; what is no choice of ours counts as none, so that a page that
//! nobody tends keeps its card, and nothing of an address is ever written out.

pub mod accent;
pub mod cart;
pub mod figures;
pub mod id;
pub mod outcome;
pub mod rule;
pub mod snippet;

use crate::{id::RewardId, locale::Locale};

pub use accent::Accent;
pub use figures::Figures;
pub use id::EmbedId;
pub use rule::{Hosts, Rule};

/// What a card shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Picture, title, bar, figures and a way to pledge.
    #[default]
    Card,
    /// The same without picture and form.
    Compact,
    /// One line: title, bar and percentage.
    Bar,
    /// A button.
    Button,
}

/// Which of the two sets of colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    Light,
    Dark,
    /// As the reader's system has it.
    #[default]
    Auto,
}

/// How large the text is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Size {
    Small,
    #[default]
    Medium,
    Large,
}

/// Everything that an embed's address chooses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Look {
    pub layout: Layout,
    pub theme: Theme,
    pub size: Size,
    /// The colour of bar and button; none for the site's own.
    pub accent: Option<Accent>,
    /// None for the campaign's own language.
    pub locale: Option<Locale>,
    /// The reward that is chosen at first.
    pub reward: Option<RewardId>,
    /// Its name, where somebody wants to know what comes of it.
    pub embed: Option<EmbedId>,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 4] = [Self::Card, Self::Compact, Self::Bar, Self::Button];

    /// Its word in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Compact => "compact",
            Self::Bar => "bar",
            Self::Button => "button",
        }
    }

    /// Width and height of a frame that holds it at medium size, in CSS pixels.
    #[must_use]
    pub const fn frame(self) -> (u32, u32) {
        match self {
            Self::Card => (400, 660),
            Self::Compact => (400, 220),
            Self::Bar => (600, 90),
            Self::Button => (260, 70),
        }
    }
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Auto];

    /// Its word in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Auto => "auto",
        }
    }
}

impl Size {
    /// Every size.
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    /// Its word in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// Of the text, in CSS pixels.
    #[must_use]
    pub const fn pixels(self) -> u32 {
        match self {
            Self::Small => 14,
            Self::Medium => 16,
            Self::Large => 18,
        }
    }
}

impl Look {
    /// Reads the pairs of an address. Other names and other values choose nothing.
    #[must_use]
    pub fn from_pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut look = Self::default();
        for (name, value) in pairs {
            match name {
                "layout" => look.layout = one_of(&Layout::ALL, Layout::key, value),
                "theme" => look.theme = one_of(&Theme::ALL, Theme::key, value),
                "size" => look.size = one_of(&Size::ALL, Size::key, value),
                "accent" => look.accent = Accent::parse(value),
                "lang" => look.locale = value.parse().ok(),
                "reward" => look.reward = value.parse().ok(),
                "embed" => look.embed = value.parse().ok(),
                _ => {}
            }
        }
        look
    }

    /// The part of an address after `?` that chooses this look; empty for the
    /// look that nobody has to ask for.
    #[must_use]
    pub fn query(&self) -> String {
        let plain = Self::default();
        let mut pairs = Vec::new();
        if self.layout != plain.layout {
            pairs.push(format!("layout={}", self.layout.key()));
        }
        if self.theme != plain.theme {
            pairs.push(format!("theme={}", self.theme.key()));
        }
        if self.size != plain.size {
            pairs.push(format!("size={}", self.size.key()));
        }
        pairs.extend(self.accent.map(|accent| format!("accent={}", accent.hex())));
        pairs.extend(self.locale.map(|locale| format!("lang={locale}")));
        pairs.extend(self.reward.map(|reward| format!("reward={reward}")));
        pairs.extend(self.embed.map(|embed| format!("embed={embed}")));
        pairs.join("&")
    }
}

fn one_of<T: Copy + Default>(all: &[T], key: fn(T) -> &'static str, value: &str) -> T {
    all.iter().copied().find(|one| key(*one) == value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Accent, EmbedId, Layout, Look, Size, Theme};
    use crate::{discovery::percent_encoded, id::RewardId, locale::Locale};

    fn read(query: &str) -> Look {
        Look::from_pairs(query.split('&').filter_map(|pair| pair.split_once('=')))
    }

    #[test]
    fn what_is_no_choice_chooses_nothing() {
        for query in [
            "",
            "layout=banner",
            "layout=CARD",
            "theme=blue&size=9000px&lang=../&accent=red;}body{display:none",
            "accent=%23fff%22onload&reward=1&lang=de",
            "accent=12345&x=y&=&layout=&embed=../secret",
        ] {
            assert_eq!(read(query), Look::default(), "{query}");
        }
        assert_eq!(read(&format!("accent={}", "f".repeat(10_000))), Look::default());
    }

    proptest! {
        #[test]
        fn a_look_survives_its_address(
            layout in prop::sample::select(&Layout::ALL[..]),
            theme in prop::sample::select(&Theme::ALL[..]),
            size in prop::sample::select(&Size::ALL[..]),
            accent in prop::option::of(any::<[u8; 3]>()),
            locale in prop::option::of(prop::sample::select(vec![Locale::En, Locale::Fr])),
            with_reward: bool,
            embed in prop::option::of(any::<u64>()),
        ) {
            let accent = accent.map(|[r, g, b]| Accent { r, g, b });
            let reward = with_reward.then(RewardId::generate);
            let embed = embed.map(EmbedId::from_bits);
            let look = Look { layout, theme, size, accent, locale, reward, embed };
            prop_assert_eq!(read(&look.query()), look);
        }

        #[test]
        fn an_address_holds_nothing_that_needs_writing_otherwise(text in "\\PC{0,40}") {
            let query = read(&format!("accent={text}&lang={text}&layout={text}")).query();
            let bare: String = query.chars().filter(|c| !"=&".contains(*c)).collect();
            prop_assert_eq!(percent_encoded(&bare), bare);
        }
    }
}
