//! Who pledged what, and when, before the demonstration began: drawn from a
//! seed, and allowed by the same rules as every pledge.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    country::Country,
    pledge::{Order, quote},
    reward::{RewardKind, RewardView},
    time::{DAY, HOUR, MINUTE},
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use super::{DemoCampaign, place_id};

/// One pledge of the plan. Rewards and add-ons are places in
/// [`DemoCampaign::rewards`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPledge {
    pub reward: Option<usize>,
    /// Place and units.
    pub add_ons: Vec<(usize, i64)>,
    /// Place and variant of what has a choice.
    pub options: Vec<(usize, String)>,
    /// Minor units.
    pub bonus: i64,
    pub country: Option<Country>,
    pub at: Timestamp,
    /// Minor units, shipping included.
    pub total: i64,
}

/// The pledges that bring a campaign to its percent, oldest first. `start` is
/// when the demonstration begins; the same seed gives the same plan.
#[must_use]
pub fn pledges(campaign: &DemoCampaign, seed: u64, start: Timestamp) -> Vec<DemoPledge> {
    let salt = campaign
        .slug
        .bytes()
        .fold(seed, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut plan = Plan {
        campaign,
        start,
        views: campaign.views(start),
        random: StdRng::seed_from_u64(salt),
        left: 0,
        pledges: Vec::new(),
    };
    plan.fill();
    plan.pledges.sort_by_key(|pledge| pledge.at);
    plan.pledges
}

struct Plan<'a> {
    campaign: &'a DemoCampaign,
    start: Timestamp,
    /// With their stock as the plan uses it up.
    views: Vec<RewardView>,
    random: StdRng,
    /// What is still to be pledged, in minor units.
    left: i64,
    pledges: Vec<DemoPledge>,
}

impl Plan<'_> {
    fn fill(&mut self) {
        if self.campaign.percent == 0 {
            return;
        }
        // A little past the whole percent, so that it is not round.
        let share = self.campaign.percent * 100 + self.random.random_range(20..80);
        self.left = self.campaign.goal_minor() * share / 10_000;
        for place in 0..self.views.len() {
            for _ in 0..self.campaign.rewards[place].taken.unwrap_or_default() {
                self.take(Some(place), true);
            }
        }
        // Near the end most draws are too large; a few tries, then the rest is
        // a pledge without a reward.
        let mut misses = 0;
        while misses < 9 {
            let reward = self.draw_reward();
            misses = if self.take(reward, false) { 0 } else { misses + 1 };
        }
        self.finish();
    }

    /// Adds one pledge, if it is allowed and still fits.
    fn take(&mut self, reward: Option<usize>, plain: bool) -> bool {
        let country = Some(self.draw_country(reward));
        let bonus = match reward {
            Some(_) if plain || self.random.random_ratio(9, 10) => 0,
            Some(_) => self.major(2, 20),
            None => self.major(5, 40),
        };
        let add_ons = if plain || reward.is_none() { Vec::new() } else { self.draw_add_ons() };
        let Some(at) = self.draw_time(reward, &add_ons) else { return false };
        let options = self.draw_options(reward, &add_ons);
        self.add(DemoPledge { reward, add_ons, options, bonus, country, at, total: 0 })
    }

    /// What is left as a pledge without a reward, in whole units.
    fn finish(&mut self) {
        let unit = self.campaign.currency.minor_per_major();
        let rest = (self.left / unit * unit).min(self.campaign.currency.maximum());
        let country = Some(self.draw_country(None));
        if rest >= self.campaign.currency.minimum()
            && let Some(at) = self.draw_time(None, &[])
        {
            self.add(DemoPledge {
                reward: None,
                add_ons: Vec::new(),
                options: Vec::new(),
                bonus: rest,
                country,
                at,
                total: 0,
            });
        }
    }

    fn add(&mut self, mut pledge: DemoPledge) -> bool {
        let order = pledge.order();
        let currency = self.campaign.currency;
        let Ok(quote) = quote(&order, &self.views, currency, &BTreeMap::new(), false, pledge.at)
        else {
            return false;
        };
        pledge.total = quote.total.minor;
        if pledge.total > self.left {
            return false;
        }
        for (id, units) in order.units() {
            for view in self.views.iter_mut().filter(|view| view.id == id) {
                view.offer.claimed += units.units;
                view.variants.claim(units.variant.as_deref(), units.units);
            }
        }
        self.left -= pledge.total;
        self.pledges.push(pledge);
        true
    }

    fn draw_reward(&mut self) -> Option<usize> {
        let rewards = &self.campaign.rewards;
        let weight = |place: usize| match rewards[place].kind {
            RewardKind::Reward => rewards[place].weight,
            RewardKind::AddOn => 0,
        };
        // One in twelve gives for the thing itself.
        let sum: u32 = (0..rewards.len()).map(weight).sum();
        let mut draw = self.random.random_range(0..sum + sum / 12 + 1);
        (0..rewards.len()).find(|place| {
            let found = draw < weight(*place);
            draw = draw.saturating_sub(weight(*place));
            found
        })
    }

    fn draw_add_ons(&mut self) -> Vec<(usize, i64)> {
        let mut chosen = Vec::new();
        for (place, reward) in self.campaign.rewards.iter().enumerate() {
            let is_add_on = reward.kind == RewardKind::AddOn && reward.weight > 0;
            if is_add_on && self.random.random_ratio(1, 9) {
                let most = reward.limit_per_backer.unwrap_or(2).min(2);
                chosen.push((place, self.random.random_range(1..=most)));
            }
        }
        chosen
    }

    /// One of the variants that are left of each of these that has any.
    fn draw_options(
        &mut self,
        reward: Option<usize>,
        add_ons: &[(usize, i64)],
    ) -> Vec<(usize, String)> {
        let mut chosen = Vec::new();
        for place in reward.into_iter().chain(add_ons.iter().map(|(place, _)| *place)) {
            let variants = self.views[place].variants.list.iter();
            let left: Vec<&str> =
                variants.filter(|one| one.left() != Some(0)).map(|one| one.name.as_str()).collect();
            if !left.is_empty() {
                let name = left[self.random.random_range(0..left.len())].to_owned();
                chosen.push((place, name));
            }
        }
        chosen
    }

    /// Mostly home, else the places a campaign is heard of.
    fn draw_country(&mut self, reward: Option<usize>) -> Country {
        let home = self.campaign.home();
        if self.random.random_ratio(11, 20) {
            return home;
        }
        let code = ELSEWHERE[self.random.random_range(0..ELSEWHERE.len())];
        let country =
            Country::parse(code).expect("a test parses every country of the demonstration");
        let served = |place: usize| self.views[place].shipping.cost(Some(country)).is_ok();
        if reward.is_none_or(served) { country } else { home }
    }

    /// An instant of the campaign at which all of this was on sale. Many come
    /// on the first two days, some on the last one.
    fn draw_time(&mut self, reward: Option<usize>, add_ons: &[(usize, i64)]) -> Option<Timestamp> {
        let (mut from, mut to) =
            (self.campaign.launched(self.start).plus(HOUR), self.campaign.until(self.start));
        for place in reward.into_iter().chain(add_ons.iter().map(|(place, _)| *place)) {
            let offer = &self.views[place].offer;
            from = from.max(offer.starts_at.unwrap_or(from));
            to = to.min(offer.ends_at.unwrap_or(to));
        }
        to = to.plus(-MINUTE);
        let length = to.since(from);
        if length <= 0 {
            return None;
        }
        let (low, high) = match self.random.random_range(0..10) {
            0..=2 => (0, (2 * DAY).min(length)),
            3 => ((length - DAY).max(0), length),
            _ => (0, length),
        };
        Some(from.plus(self.random.random_range(low..=high)))
    }

    /// A round sum between so many euros' worth, in minor units.
    fn major(&mut self, low: i64, high: i64) -> i64 {
        // Ten crowns or a hundred yen are what a euro is elsewhere.
        let scale =
            match self.campaign.currency.minimum() / self.campaign.currency.minor_per_major() {
                ..5 => 1,
                5..100 => 10,
                _ => 100,
            };
        self.random.random_range(low..=high) * scale * self.campaign.currency.minor_per_major()
    }
}

impl DemoPledge {
    fn order(&self) -> Order {
        Order {
            reward: self.reward.map(place_id),
            add_ons: self.add_ons.iter().map(|(place, units)| (place_id(*place), *units)).collect(),
            options: self
                .options
                .iter()
                .map(|(place, name)| (place_id(*place), name.clone()))
                .collect(),
            bonus: self.bonus,
            country: self.country,
            secret: None,
            instalments: None,
        }
    }
}

/// Where backers live who do not live where the campaign does.
pub(super) const ELSEWHERE: [&str; 24] = [
    "FR", "FR", "FR", "DE", "DE", "GB", "GB", "US", "US", "CA", "BE", "CH", "NL", "SE", "ES", "IT",
    "IE", "DK", "NO", "JP", "AU", "NZ", "PL", "PT",
];
