//! What moves in a card that stands open, as the card's script sets it: properties of
//! its elements by their ids. Words and numbers are made here, once for everybody who
//! looks, so that the script has nothing to know.

use serde_json::{Map, Value, json};

use crate::{
    id::RewardId,
    live::FundingEvent,
    locale::Locale,
    markup::escaped,
    money::{Money, count, percent},
    words::{campaign as w, embed as e},
};

/// Ids of what moves in a card, none of it a drawing, since a page's script finds only
/// elements of HTML by their bare ids; a reward's line has the reward's own.
pub mod id {
    /// The whole card.
    pub const CARD: &str = "c";
    /// The progress bar; what fills it is as wide as its style says.
    pub const BAR: &str = "a";
    /// The sum, the percentage, the number of backers.
    pub const SUM: &str = "p";
    pub const REACHED: &str = "n";
    pub const BACKERS: &str = "b";
}

/// The figures of one campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub pledged: Money,
    /// Whole percent of the goal; beyond 100 when overfunded.
    pub percent: i64,
    pub backers: i64,
    /// Limited rewards and how many are left of each.
    pub left: Vec<(RewardId, i64)>,
}

impl Figures {
    /// Of a live event. None where its sum is no amount, which no event of ours has.
    #[must_use]
    pub fn of(event: &FundingEvent) -> Option<Self> {
        Some(Self {
            pledged: event.pledged.money()?,
            percent: event.percent,
            backers: event.backers,
            left: event.left.iter().map(|line| (line.reward, line.left)).collect(),
        })
    }

    /// The properties to set, as JSON.
    #[must_use]
    pub fn properties(&self, locale: Locale) -> String {
        let share = self.percent.clamp(0, 100);
        let mut all = Map::new();
        let mut set = |id: &str, properties: Value| all.insert(id.to_owned(), properties);
        set(id::SUM, text(&self.pledged.display(locale)));
        set(id::REACHED, text(&percent(self.percent, locale)));
        set(id::BACKERS, text(&count(self.backers, locale)));
        set(id::BAR, json!({ "ariaValueNow": share, "style": format!("--w:{share}%") }));
        for (reward, left) in &self.left {
            let is_gone = *left <= 0;
            set(&reward.to_string(), json!({ "hidden": is_gone, "disabled": is_gone }));
        }
        Value::Object(all).to_string()
    }
}

/// The properties that turn an open card into one that says that its campaign is not
/// shown on other pages any more. `address` is the campaign's own.
#[must_use]
pub fn switched_off(address: &str, locale: Locale) -> String {
    let card = json!({ "className": "", "innerHTML": off(address, locale) });
    json!({ id::CARD: card }).to_string()
}

/// The inside of such a card.
#[must_use]
pub fn off(address: &str, locale: Locale) -> String {
    format!(
        "<p class=\"said\">{} <a href=\"{}\" target=\"_blank\" rel=\"noopener\"><u>{}</u></a></p>",
        e::off(locale),
        escaped(address),
        w::view_campaign(locale),
    )
}

fn text(words: &str) -> Value {
    json!({ "innerText": words })
}

#[cfg(test)]
mod tests {
    use super::{Figures, switched_off};
    use crate::{currency::Currency, id::RewardId, locale::Locale, money::Money};

    #[test]
    fn figures_come_in_the_words_of_the_card() {
        let reward: RewardId = "0190163d-8694-739b-aea5-966c26f8ad91".parse().expect("an id");
        let figures = Figures {
            pledged: Money::new(123_400, Currency::Eur),
            percent: 140,
            backers: 1_200,
            left: vec![(reward, 0)],
        };
        let set: serde_json::Value =
            serde_json::from_str(&figures.properties(Locale::Fr)).expect("JSON");
        assert_eq!(set["p"]["innerText"], figures.pledged.display(Locale::Fr));
        assert_eq!(set["n"]["innerText"], crate::money::percent(140, Locale::Fr));
        assert_eq!(set["b"]["innerText"], crate::money::count(1_200, Locale::Fr));
        assert_eq!(set["a"]["style"], "--w:100%", "no bar is longer than its track");
        assert_eq!(set["a"]["ariaValueNow"], 100);
        assert_eq!(set[reward.to_string()]["hidden"], true);
        assert_eq!(set[reward.to_string()]["disabled"], true);
    }

    #[test]
    fn a_card_that_is_switched_off_leads_to_its_campaign() {
        let set = switched_off("https://a.example/campaigns/tide?\"><script>", Locale::En);
        let set: serde_json::Value = serde_json::from_str(&set).expect("JSON");
        let inside = set["c"]["innerHTML"].as_str().expect("text");
        assert!(inside.contains("href=\"https://a.example/campaigns/tide"), "{inside}");
        assert!(!inside.contains("<script>"), "{inside}");
    }
}
