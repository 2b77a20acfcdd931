//! What a visitor asks of the discover page. The whole question is the address,
//! so that a list can be shared and the back button is right.

use std::{fmt::Write as _, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    campaign::{CampaignCard, CampaignState},
    category::Category,
    currency::Currency,
    locale::Locale,
    time::Timestamp,
    words,
};

/// Campaigns on one page of the grid.
pub const PAGE_SIZE: i64 = 24;
/// Longest search text that is looked at, in characters.
pub const LONGEST_SEARCH: usize = 100;
/// The last page that can be asked for; deeper paging is what search is for.
pub const LAST_PAGE: i64 = 1_000;

/// Filters, order and page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub category: Option<Category>,
    #[serde(default)]
    pub state: StateFilter,
    #[serde(default)]
    pub currency: Option<Currency>,
    #[serde(default)]
    pub sort: Sort,
    /// From 1.
    #[serde(default)]
    pub page: i64,
}

/// Which states a list holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateFilter {
    /// Open for pledges.
    #[default]
    Live,
    Deciding,
    Successful,
    Failed,
    Cancelled,
    Suspended,
    /// Whatever anyone may see.
    Any,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Most pledges lately.
    #[default]
    Popular,
    Newest,
    EndingSoon,
    /// Furthest beyond the goal: the one order that makes sense across currencies.
    MostFunded,
    MostBacked,
}

/// One page of the list, and how much there is in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub campaigns: Vec<CampaignCard>,
    pub total: i64,
    pub now: Timestamp,
}

impl Query {
    /// Reads the pairs of an address. What is not understood counts as absent:
    /// an old or mistyped link still shows campaigns.
    #[must_use]
    pub fn from_pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut query = Self { page: 1, ..Self::default() };
        for (name, value) in pairs {
            match name {
                "q" => query.search = value.trim().chars().take(LONGEST_SEARCH).collect(),
                "category" => query.category = value.parse().ok(),
                "state" => query.state = value.parse().unwrap_or_default(),
                "currency" => query.currency = value.parse().ok(),
                "sort" => query.sort = value.parse().unwrap_or_default(),
                "page" => {
                    query.page =
                        value.parse().ok().filter(|p| (1..=LAST_PAGE).contains(p)).unwrap_or(1);
                }
                _ => {}
            }
        }
        query
    }

    /// The address of this question, without what is default.
    #[must_use]
    pub fn path(&self) -> String {
        let mut pairs = String::new();
        let mut add = |name: &str, value: &str| {
            let separator = if pairs.is_empty() { '?' } else { '&' };
            let _ = write!(pairs, "{separator}{name}={}", percent_encoded(value));
        };
        if !self.search.is_empty() {
            add("q", &self.search);
        }
        if let Some(category) = self.category {
            add("category", category.key());
        }
        if self.state != StateFilter::default() {
            add("state", self.state.key());
        }
        if let Some(currency) = self.currency {
            add("currency", currency.code());
        }
        if self.sort != Sort::default() {
            add("sort", self.sort.key());
        }
        if self.page > 1 {
            add("page", &self.page.to_string());
        }
        format!("/discover{pairs}")
    }

    /// The page's title: the words looked for, the category, and which page it is,
    /// as far as they say anything.
    #[must_use]
    pub fn title(&self, pages: i64, locale: Locale) -> String {
        let search =
            (!self.search.is_empty()).then(|| words::discover::quoted(locale, &self.search));
        let category = self.category.map(|category| category.name(locale).to_owned());
        let page = (self.page > 1).then(|| words::site::page_of(locale, &self.page, &pages));
        let parts: Vec<String> = [search, category, page].into_iter().flatten().collect();
        match parts.as_slice() {
            [] => words::discover::title(locale).to_owned(),
            parts => words::discover::title_of(locale, &parts.join(" · ")),
        }
    }

    /// Rows to skip.
    #[must_use]
    pub fn offset(&self) -> i64 {
        (self.page.clamp(1, LAST_PAGE) - 1) * PAGE_SIZE
    }
}

impl Found {
    /// How many pages there are; at least 1.
    #[must_use]
    pub fn pages(&self) -> i64 {
        ((self.total + PAGE_SIZE - 1) / PAGE_SIZE).clamp(1, LAST_PAGE)
    }
}

/// Percent-encodes a value of a query string (RFC 3986, 3.4).
#[must_use]
pub fn percent_encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

macro_rules! choices {
    ($kind:ident { $($variant:ident $key:literal $word:path;)+ }) => {
        impl $kind {
            /// Every choice, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in addresses.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The word on the page.
            #[must_use]
            pub const fn name(self, locale: Locale) -> &'static str {
                match self { $(Self::$variant => $word(locale),)+ }
            }
        }

        impl FromStr for $kind {
            type Err = UnknownChoice;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|c| c.key() == text).ok_or(UnknownChoice)
            }
        }
    };
}

/// The text named none of the choices.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not one of the choices")]
pub struct UnknownChoice;

choices!(StateFilter {
    Live "live" words::discover::state_live;
    Deciding "deciding" words::discover::state_deciding;
    Successful "successful" words::discover::state_successful;
    Failed "failed" words::discover::state_failed;
    Cancelled "cancelled" words::discover::state_cancelled;
    Suspended "suspended" words::discover::state_suspended;
    Any "any" words::discover::state_any;
});

choices!(Sort {
    Popular "popular" words::discover::sort_popular;
    Newest "newest" words::discover::sort_newest;
    EndingSoon "ending_soon" words::discover::sort_ending_soon;
    MostFunded "most_funded" words::discover::sort_most_funded;
    MostBacked "most_backed" words::discover::sort_most_backed;
});

impl StateFilter {
    /// The states it lets through.
    #[must_use]
    pub const fn states(self) -> &'static [CampaignState] {
        match self {
            Self::Live => &[CampaignState::Live],
            Self::Deciding => &[CampaignState::Deciding],
            Self::Successful => &[CampaignState::Successful],
            Self::Failed => &[CampaignState::Failed],
            Self::Cancelled => &[CampaignState::Cancelled],
            Self::Suspended => &[CampaignState::Suspended],
            Self::Any => &CampaignState::PUBLIC,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Query, Sort, StateFilter};
    use crate::{campaign::CampaignState, category::Category, currency::Currency, locale::Locale};

    #[test]
    fn a_mistyped_address_still_asks_something() {
        let pairs =
            [("category", "nonsense"), ("page", "-3"), ("sort", "'; drop"), ("q", "  tide ")];
        let query = Query::from_pairs(pairs.into_iter());
        assert_eq!(query, Query { search: "tide".into(), page: 1, ..Query::default() });
        assert_eq!(query.path(), "/discover?q=tide");
    }

    #[test]
    fn a_title_says_what_is_looked_at() {
        let all = Query { page: 1, ..Query::default() };
        assert_eq!(all.title(9, Locale::En), "Discover campaigns");
        let second =
            Query { search: "tide".into(), category: Some(Category::Games), page: 2, ..all };
        assert_eq!(second.title(9, Locale::En), "“tide” · Games · Page 2 of 9 · Discover");
        assert_eq!(
            second.title(9, Locale::Fr),
            "«\u{a0}tide\u{a0}» · Jeux · Page 2 sur 9 · Découvrir"
        );
    }

    #[test]
    fn every_state_that_anyone_may_see_can_be_asked_for_alone() {
        for state in CampaignState::PUBLIC {
            let query = Query::from_pairs([("state", state.key())].into_iter());
            assert_eq!(query.state.states(), [state], "?state={}", state.key());
        }
    }

    proptest! {
        #[test]
        fn every_question_survives_its_address(
            search in "[a-zà-ü&=+%# ]{0,40}",
            category in prop::option::of(prop::sample::select(Category::ALL)),
            state in prop::sample::select(StateFilter::ALL),
            currency in prop::option::of(prop::sample::select(Currency::ALL)),
            sort in prop::sample::select(Sort::ALL),
            page in 1..500_i64,
        ) {
            let asked = Query { search: search.trim().into(), category, state, currency, sort, page };
            let path = asked.path();
            let decoded: Vec<(String, String)> = path
                .split_once('?')
                .map(|(_, pairs)| pairs)
                .into_iter()
                .flat_map(|pairs| pairs.split('&'))
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (name.to_owned(), decode(value)))
                .collect();
            let read = Query::from_pairs(decoded.iter().map(|(n, v)| (n.as_str(), v.as_str())));
            prop_assert_eq!(read, asked);
        }
    }

    fn decode(value: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = value.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let hex: String = rest.by_ref().take(2).map(char::from).collect();
                bytes.push(u8::from_str_radix(&hex, 16).expect("two hexadecimal digits"));
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).expect("encoded from text")
    }
}
