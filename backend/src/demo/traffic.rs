//! New pledges at a human pace, so that the bars of a demonstration move.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    Currency, Locale, Timestamp,
    country::Country,
    payment::TestCard,
    pledge::Choices,
    reward::{RewardKind, RewardView, offer::Availability},
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use super::{
    plan::ELSEWHERE,
    seed::nobody,
    sql::{self, Live},
};
use crate::{
    campaign::popularity::HALF_LIFE,
    context::Backend,
    error::{Error, Result},
    pledge::{self, Placement, command::Backer},
    reward,
};

/// Decides who pledges what next. The same seed decides the same.
pub struct Traffic {
    random: StdRng,
}

impl Traffic {
    /// Decisions from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { random: StdRng::seed_from_u64(seed) }
    }

    /// How long until the next pledge: two to nine seconds.
    pub fn pause(&mut self) -> Duration {
        Duration::from_millis(self.random.random_range(2_000..=9_000))
    }

    /// Which campaign it goes to, by popularities as [`crate::campaign::popularity`]
    /// counts them: what moves, moves on, but nothing is left out.
    pub fn campaign(&mut self, popularities: &[i64]) -> Option<usize> {
        let most = *popularities.iter().max()?;
        let weight = |popularity: i64| {
            let halvings = (most.saturating_sub(popularity) / HALF_LIFE).clamp(0, 5);
            64_i64 >> halvings
        };
        let mut draw = self.random.random_range(0..popularities.iter().map(|p| weight(*p)).sum());
        popularities.iter().position(|popularity| {
            draw -= weight(*popularity);
            draw < 0
        })
    }

    /// What is pledged, of what is on sale. `home` is where the campaign lives.
    pub fn choices(
        &mut self,
        offered: &[RewardView],
        currency: Currency,
        home: Option<Country>,
        now: Timestamp,
    ) -> Choices {
        let elsewhere = Country::parse(ELSEWHERE[self.random.random_range(0..ELSEWHERE.len())]);
        let country = if self.random.random_ratio(1, 2) { home.or(elsewhere) } else { elsewhere };
        let can_be_had = |reward: &&RewardView| {
            let is_open =
                matches!(reward.sale().at(now), Availability::Open | Availability::Left(_));
            is_open && reward.shipping.cost(country).is_ok()
        };
        let mut rewards: Vec<&RewardView> =
            offered.iter().filter(|r| r.kind == RewardKind::Reward).filter(can_be_had).collect();
        rewards.sort_by_key(|reward| std::cmp::Reverse(reward.price.minor));
        // The cheaper, the likelier; one in a few gives without a reward.
        let weights = (1..=rewards.len()).sum::<usize>() + 1;
        let mut draw = self.random.random_range(0..weights);
        let chosen = (0..rewards.len()).find(|place| {
            let found = draw <= *place;
            draw = draw.saturating_sub(place + 1);
            found
        });
        let mut choices = Choices {
            country: country.map(|c| c.to_string()).unwrap_or_default(),
            ..Choices::default()
        };
        let Some(chosen) = chosen else {
            choices.bonus = self.bonus(currency).to_string();
            return choices;
        };
        choices.reward = rewards[chosen].id.to_string();
        let add_ons: Vec<&RewardView> =
            offered.iter().filter(|r| r.kind == RewardKind::AddOn).filter(can_be_had).collect();
        if !add_ons.is_empty() && self.random.random_ratio(1, 5) {
            let add_on = add_ons[self.random.random_range(0..add_ons.len())];
            choices.add_ons = BTreeMap::from([(add_on.id.to_string(), "1".to_owned())]);
        }
        let is_chosen = |reward: &&RewardView| {
            let id = reward.id.to_string();
            id == choices.reward || choices.add_ons.contains_key(&id)
        };
        let variant = |reward: &RewardView| {
            let mut left = reward.variants.list.iter().filter(|one| one.left() != Some(0));
            left.next().map(|one| (reward.id.to_string(), one.name.clone()))
        };
        choices.options = offered.iter().filter(is_chosen).filter_map(variant).collect();
        if self.random.random_ratio(1, 8) {
            choices.bonus = self.bonus(currency).to_string();
        }
        choices
    }

    /// A round sum of major units.
    fn bonus(&mut self, currency: Currency) -> i64 {
        let least = currency.minimum() / currency.minor_per_major();
        self.random.random_range(2..=12) * least.max(2)
    }
}

/// Places one pledge after another until the hub closes.
pub async fn run(backend: Backend) {
    let mut closing = backend.hub.closing();
    let mut traffic = Traffic::new(backend.clock.now().0.unsigned_abs());
    loop {
        tokio::select! {
            () = tokio::time::sleep(traffic.pause()) => {}
            _ = closing.wait_for(|closing| *closing) => return,
        }
        match place_one(&backend, &mut traffic).await {
            // Something sold out, or a campaign ended, while it was being chosen.
            Ok(()) | Err(Error::Invalid(_) | Error::Refused(_) | Error::NotFound) => {}
            Err(error) => tracing::warn!(%error, "a pledge of the demonstration failed"),
        }
    }
}

/// Places one pledge, if any campaign of the demonstration is live.
///
/// # Errors
/// What the rules refuse, such as a reward that sold out meanwhile, and faults.
pub async fn place_one(backend: &Backend, traffic: &mut Traffic) -> Result<()> {
    let now = backend.clock.now();
    let (Live { slug, .. }, choices) = {
        let mut reader = backend.db.read().await?;
        let mut conn = reader.conn();
        let mut live = sql::live(&mut conn, now).await?;
        let popularities: Vec<i64> = live.iter().map(|campaign| campaign.popularity).collect();
        let Some(place) = traffic.campaign(&popularities) else { return Ok(()) };
        let chosen = live.swap_remove(place);
        let offered = reward::offered(&mut conn, chosen.id, chosen.currency, "").await?;
        let home = chosen.country.as_deref().and_then(Country::parse);
        let choices = traffic.choices(&offered, chosen.currency, home, now);
        (chosen, choices)
    };
    let who = nobody(&format!("visitor-{}", traffic.random.random_range(0..u64::MAX)));
    let placement = Placement {
        slug: slug.to_string(),
        backer: Backer::Guest(who),
        choices,
        expected: String::new(),
        plan: None,
        card: TestCard::Success,
        key: String::new(),
        locale: Locale::En,
    };
    pledge::place(backend, placement).await?;
    let mut tx = backend.db.begin().await?;
    sql::forget_letters(&mut tx.conn()).await?;
    tx.commit().await
}
