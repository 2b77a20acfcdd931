//! What moves in a card that stands open, as the card's script sets it: properties of
//! its elements by their ids. Words and numbers are made here, once for everybody who
//! looks, so that the script has nothing to know.

use serde_json::{Map, Value, json};

use crate::{
    campaign::CampaignState,
    id::RewardId,
    live::FundingEvent,
    locale::Locale,
    markup::escaped,
    money::{Money, count, percent},
    time::Timestamp,
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
    /// What is said of the time that is left, or of the end, and its name.
    pub const REST: &str = "r";
    pub const REST_NAME: &str = "q";
    /// The form, and the button that leads on.
    pub const FORM: &str = "o";
    pub const ACT: &str = "v";
    /// Of a form in which nothing can be chosen any more.
    pub const OVER: &str = "over";
}

/// Where a campaign is between its launch and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    pub state: CampaignState,
    /// Whether somebody may pledge.
    pub is_open: bool,
    pub deadline: Timestamp,
    pub now: Timestamp,
}

impl Rest {
    /// The name of the last fact of a card, and the fact: the time that is left, or the
    /// state of what takes no pledges any more, or late ones only.
    #[must_use]
    pub fn fact(self, locale: Locale) -> (&'static str, String) {
        if self.is_running() {
            (w::to_go(locale), self.deadline.left(self.now, locale))
        } else {
            (e::state(locale), self.state.name(locale).to_owned())
        }
    }

    const fn is_running(self) -> bool {
        self.is_open && !self.state.has_ended()
    }

    /// What the way from a card to its campaign is called.
    #[must_use]
    pub const fn act(self, locale: Locale) -> &'static str {
        if self.is_open { w::back(locale) } else { w::view_campaign(locale) }
    }
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
    pub rest: Rest,
    /// Whether `rest` is of this moment. An event is of its commit, and may be told days
    /// later to who opens a card: what time is left is for others to say then.
    pub is_of_now: bool,
}

impl Figures {
    /// Of a live event. None where its sum is no amount or it has no end, which no event
    /// of ours has.
    #[must_use]
    pub fn of(event: &FundingEvent, at: Timestamp) -> Option<Self> {
        let FundingEvent { state, is_late, deadline, .. } = *event;
        let is_open = state == CampaignState::Live || is_late;
        Some(Self {
            rest: Rest { state, is_open, deadline: deadline?, now: at },
            is_of_now: false,
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
        if self.is_of_now || !self.rest.is_running() {
            let (name, rest) = self.rest.fact(locale);
            set(id::REST_NAME, text(name));
            set(id::REST, text(&rest));
        }
        set(id::ACT, text(self.rest.act(locale)));
        set(id::FORM, json!({ "className": if self.rest.is_open { "" } else { id::OVER } }));
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
    use super::{Figures, Rest, switched_off};
    use crate::{
        campaign::CampaignState,
        currency::Currency,
        id::RewardId,
        locale::Locale,
        money::Money,
        time::{DAY, Timestamp},
    };

    const NOW: Timestamp = Timestamp(1_796_407_200_000_000);

    fn running() -> Rest {
        let deadline = NOW.plus(3 * DAY);
        Rest { state: CampaignState::Live, is_open: true, deadline, now: NOW }
    }

    #[test]
    fn figures_come_in_the_words_of_the_card() {
        let reward: RewardId = "0190163d-8694-739b-aea5-966c26f8ad91".parse().expect("an id");
        let figures = Figures {
            pledged: Money::new(123_400, Currency::Eur),
            percent: 140,
            backers: 1_200,
            left: vec![(reward, 0)],
            rest: running(),
            is_of_now: true,
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
        assert_eq!(
            (&set["r"]["innerText"], &set["o"]["className"]),
            (&"3 jours".into(), &"".into())
        );
    }

    #[test]
    fn an_open_card_of_what_ended_says_how_and_offers_nothing_any_more() {
        let over = Rest { state: CampaignState::Failed, is_open: false, ..running() };
        let late = Rest { state: CampaignState::Successful, ..running() };
        for (rest, name, fact, act, class) in [
            (running(), "To go", "3 days", "Back this campaign", ""),
            (over, "State", CampaignState::Failed.name(Locale::En), "See the campaign", "over"),
            (late, "State", CampaignState::Successful.name(Locale::En), "Back this campaign", ""),
        ] {
            let pledged = Money::new(100, Currency::Eur);
            let left = Vec::new();
            let mut figures =
                Figures { pledged, percent: 1, backers: 1, left, rest, is_of_now: true };
            let properties = |figures: &Figures| {
                serde_json::from_str::<serde_json::Value>(&figures.properties(Locale::En))
                    .expect("JSON")
            };
            let set = properties(&figures);
            assert_eq!(set["q"]["innerText"], name);
            assert_eq!(set["r"]["innerText"], fact);
            assert_eq!(set["v"]["innerText"], act);
            assert_eq!(set["o"]["className"], class);
            figures.is_of_now = false;
            let told = properties(&figures);
            let is_timeless = rest != running();
            assert_eq!(told.get("r").is_some(), is_timeless, "no time of an old commit is told");
            assert_eq!(told["v"], set["v"]);
        }
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
