//! What an order costs, line by line. The only sum in the program: the page,
//! the server and the API all show and take what is computed here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Order, Taken};
use crate::{
    currency::Currency,
    id::RewardId,
    invalid::{Invalid, Problem},
    money::{LARGEST_MINOR, Money},
    reward::{MOST_UNITS, RewardKind, RewardView},
    time::Timestamp,
};

/// An order with its price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub lines: Vec<Line>,
    pub total: Money,
    /// How many units it counts towards a goal in units.
    #[serde(default)]
    pub units: i64,
}

/// One line of a quote. Lines add up to the total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub kind: LineKind,
    /// The reward's title, with the variant that was chosen; empty for bonus and shipping, which have words of their own.
    pub title: String,
    /// The reward of the line, if it is one.
    pub reward: Option<RewardId>,
    /// The name of its variant, where there was a choice.
    #[serde(default)]
    pub variant: Option<String>,
    pub quantity: i64,
    /// Price of the whole line.
    pub amount: Money,
    /// Part of the shipping line that this reward causes, in minor units.
    pub shipping: i64,
}

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    Reward,
    AddOn,
    Bonus,
    Shipping,
}

/// Prices an order against what the campaign offers. `held` are the units that
/// the backer's pledge holds already; they stay theirs. After the success
/// (`is_late`) each reward has a price of its own, or cannot be had any more.
///
/// The limits of a currency bind each reward's price, where the reward is made,
/// and the amount that a backer types here; never the sum. Kickstarter limits
/// "per reward tier" (`[K15]`), and a backer who adds an add-on to the dearest
/// reward does nothing wrong.
///
/// # Errors
/// Problems of `reward`, `add_on.{id}`, `option.{id}`, `bonus` and `country`, or of the pledge
/// as a whole under `bonus`.
pub fn quote(
    order: &Order,
    offered: &[RewardView],
    currency: Currency,
    held: &BTreeMap<RewardId, Taken>,
    is_late: bool,
    now: Timestamp,
) -> Result<Quote, Invalid> {
    let mut invalid = Invalid::default();
    let mut lines = Vec::new();
    let mut units = 0_i64;

    let wanted =
        order.reward.map(|id| (id, 1, RewardKind::Reward, "reward".to_owned())).into_iter().chain(
            order
                .add_ons
                .iter()
                .map(|(id, n)| (*id, *n, RewardKind::AddOn, format!("add_on.{id}"))),
        );
    for (id, quantity, kind, field) in wanted {
        let Some(reward) = offered.iter().find(|r| r.id == id && r.kind == kind) else {
            invalid.add(&field, Problem::UnknownReward);
            continue;
        };
        let Some(price) = reward.price_now(is_late) else {
            invalid.add(&field, Problem::NotLate);
            continue;
        };
        let taken = held.get(&id);
        let already = taken.map_or(0, |taken| taken.units);
        let chosen = order.options.get(&id).map(String::as_str);
        let before = (taken.and_then(|taken| taken.variant.as_deref()), already);
        if let Err(problem) = reward.variants.check(chosen, quantity, before) {
            invalid.add(&format!("option.{id}"), problem);
        }
        if let Err(problem) = reward.offer.check(quantity, already, now) {
            invalid.add(&field, problem);
        }
        if kind == RewardKind::AddOn
            && reward.offer.limit_per_backer.is_none()
            && quantity > MOST_UNITS.max(already)
        {
            invalid.add(&field, Problem::AtMostEach { most: MOST_UNITS });
        }
        let shipping = match reward.shipping.cost(order.country) {
            Ok(cost) => cost,
            Err(problem @ Problem::CountryMissing) => {
                invalid.add("country", problem);
                0
            }
            // With a country chosen, it is the reward that cannot be had there.
            Err(problem) => {
                invalid.add("country", problem.clone());
                invalid.add(&field, problem);
                0
            }
        };
        units = units.saturating_add(reward.units.saturating_mul(quantity));
        lines.push(Line {
            kind: if kind == RewardKind::Reward { LineKind::Reward } else { LineKind::AddOn },
            title: match chosen {
                Some(chosen) => format!("{} ({chosen})", reward.title),
                None => reward.title.clone(),
            },
            reward: Some(id),
            variant: chosen.map(str::to_owned),
            quantity,
            amount: Money::new(price.minor.saturating_mul(quantity), currency),
            shipping: shipping.saturating_mul(quantity),
        });
    }
    // What was chosen of something that is not ordered was meant for something.
    for id in order.options.keys() {
        if order.reward != Some(*id) && !order.add_ons.contains_key(id) {
            invalid.add(&format!("option.{id}"), Problem::UnknownReward);
        }
    }
    if order.bonus > 0 {
        lines.push(plain_line(LineKind::Bonus, order.bonus, currency));
    }

    let goods = sum(&lines, |line| line.amount.minor);
    if order.reward.is_none() && order.add_ons.is_empty() && order.bonus == 0 {
        invalid.add("bonus", Problem::NothingPledged);
    } else if order.reward.is_none() && !order.add_ons.is_empty() {
        invalid.add("reward", Problem::Missing);
    } else if goods < currency.minimum() {
        invalid.add(
            "bonus",
            Problem::BelowMinimum { least: Money::new(currency.minimum(), currency) },
        );
    } else if order.bonus > currency.maximum() {
        invalid
            .add("bonus", Problem::AboveMaximum { most: Money::new(currency.maximum(), currency) });
    }
    let shipping = sum(&lines, |line| line.shipping);
    if goods.saturating_add(shipping) > LARGEST_MINOR {
        invalid.add("bonus", Problem::AmountTooLarge);
    }
    invalid.into_result()?;

    if shipping > 0 {
        lines.push(plain_line(LineKind::Shipping, shipping, currency));
    }
    let total = Money::new(goods.saturating_add(shipping), currency);
    Ok(Quote { lines, total, units })
}

fn plain_line(kind: LineKind, minor: i64, currency: Currency) -> Line {
    Line {
        kind,
        title: String::new(),
        reward: None,
        variant: None,
        quantity: 1,
        amount: Money::new(minor, currency),
        shipping: 0,
    }
}

/// Saturating, so that an absurd order is refused as too large and not wrapped.
fn sum(lines: &[Line], part: impl Fn(&Line) -> i64) -> i64 {
    lines.iter().map(part).fold(0, i64::saturating_add)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{LineKind, Order, quote};
    use crate::{
        country::Country,
        currency::Currency,
        id::RewardId,
        invalid::Problem,
        money::Money,
        reward::{Offer, RewardKind, RewardView, Shipping, Variant, Variants, Zone},
        time::Timestamp,
    };

    const NOW: Timestamp = Timestamp(0);

    fn id(n: u128) -> RewardId {
        RewardId::from_uuid(Uuid::from_u128(n))
    }

    fn reward(n: u128, kind: RewardKind, price: i64, ship: i64) -> RewardView {
        let shipping = Shipping::Worldwide {
            zones: BTreeMap::from([(Zone::EuropeanUnion, ship)]),
            elsewhere: ship * 3,
        };
        RewardView {
            id: id(n),
            kind,
            title: format!("Reward {n}"),
            description: String::new(),
            price: Money::new(price, Currency::Eur),
            late_price: None,
            units: 1,
            items: vec![],
            image: None,
            delivery: None,
            offer: Offer::default(),
            shipping: if ship == 0 { Shipping::None } else { shipping },
            variants: Variants::default(),
            backers: 0,
            is_secret: false,
        }
    }

    fn shop() -> Vec<RewardView> {
        vec![
            reward(1, RewardKind::Reward, 4_500, 500),
            reward(2, RewardKind::AddOn, 1_000, 200),
            reward(3, RewardKind::Reward, 800, 0),
        ]
    }

    fn order(reward: Option<u128>, add_ons: &[(u128, i64)], bonus: i64, country: &str) -> Order {
        Order {
            reward: reward.map(id),
            add_ons: add_ons.iter().map(|(n, q)| (id(*n), *q)).collect(),
            options: BTreeMap::new(),
            bonus,
            country: Country::parse(country),
            secret: None,
            instalments: None,
        }
    }

    #[test]
    fn every_part_has_its_line_and_they_add_up() {
        let quote = quote(
            &order(Some(1), &[(2, 2)], 300, "FR"),
            &shop(),
            Currency::Eur,
            &BTreeMap::new(),
            false,
            NOW,
        )
        .expect("a good order");
        let amounts: Vec<_> =
            quote.lines.iter().map(|l| (l.kind, l.quantity, l.amount.minor)).collect();
        assert_eq!(
            amounts,
            [
                (LineKind::Reward, 1, 4_500),
                (LineKind::AddOn, 2, 2_000),
                (LineKind::Bonus, 1, 300),
                (LineKind::Shipping, 1, 900),
            ]
        );
        assert_eq!(quote.total.minor, 7_700);
    }

    #[test]
    fn a_pledge_without_a_reward_needs_the_minimum() {
        let none = BTreeMap::new();
        let refusal = |bonus| {
            quote(&order(None, &[], bonus, ""), &shop(), Currency::Eur, &none, false, NOW)
                .err()
                .and_then(|invalid| invalid.of("bonus").cloned())
        };
        assert_eq!(refusal(0), Some(Problem::NothingPledged));
        assert!(matches!(refusal(99), Some(Problem::BelowMinimum { .. })));
        assert_eq!(refusal(100), None);
        assert!(matches!(refusal(850_001), Some(Problem::AboveMaximum { .. })));
        assert!(matches!(refusal(i64::MAX), Some(Problem::AboveMaximum { .. })));
    }

    #[test]
    fn the_dearest_reward_may_have_an_add_on_and_a_bonus() {
        let most = Currency::Eur.maximum();
        let mut shop = shop();
        shop[0].price.minor = most;
        let price = |bonus| {
            let order = order(Some(1), &[(2, 3)], bonus, "FR");
            quote(&order, &shop, Currency::Eur, &BTreeMap::new(), false, NOW)
        };
        assert_eq!(price(0).expect("allowed").total.minor, most + 3_000 + 1_100);
        assert_eq!(price(most).expect("allowed").total.minor, 2 * most + 3_000 + 1_100);
        let refused = price(most + 1).expect_err("too much");
        assert!(matches!(refused.of("bonus"), Some(Problem::AboveMaximum { .. })));
    }

    #[test]
    fn an_absurd_basket_is_refused_and_not_wrapped() {
        let mut shop = shop();
        (shop[1].offer.limit_per_backer, shop[1].shipping) = (Some(i64::MAX), Shipping::None);
        let order = order(Some(3), &[(2, i64::MAX)], 0, "FR");
        let refused = quote(&order, &shop, Currency::Eur, &BTreeMap::new(), false, NOW);
        let refused = refused.expect_err("too much");
        assert_eq!(refused.of("bonus"), Some(&Problem::AmountTooLarge));
    }

    #[test]
    fn an_add_on_needs_a_reward_and_is_none_itself() {
        let none = BTreeMap::new();
        let alone =
            quote(&order(None, &[(2, 1)], 0, "FR"), &shop(), Currency::Eur, &none, false, NOW);
        assert_eq!(alone.expect_err("refused").of("reward"), Some(&Problem::Missing));
        let as_reward =
            quote(&order(Some(2), &[], 0, "FR"), &shop(), Currency::Eur, &none, false, NOW);
        assert_eq!(as_reward.expect_err("refused").of("reward"), Some(&Problem::UnknownReward));
    }

    #[test]
    fn a_variant_is_chosen_of_what_is_ordered_and_named_in_its_line() {
        let mut shop = shop();
        let medium = Variant { name: "M".into(), quantity: Some(1), claimed: 0 };
        shop[0].variants.list = vec![medium];
        let price = |options: &[(u128, &str)]| {
            let options = options.iter().map(|(n, name)| (id(*n), (*name).to_owned())).collect();
            let order = Order { options, ..order(Some(1), &[], 0, "FR") };
            quote(&order, &shop, Currency::Eur, &BTreeMap::new(), false, NOW)
        };
        let line = price(&[(1, "M")]).expect("a good order").lines.remove(0);
        assert_eq!((line.title.as_str(), line.variant.as_deref()), ("Reward 1 (M)", Some("M")));
        let refused = |options: &[(u128, &str)], n| {
            price(options).expect_err("refused").of(&format!("option.{}", id(n))).cloned()
        };
        assert_eq!(refused(&[], 1), Some(Problem::Missing));
        assert_eq!(refused(&[(1, "L")], 1), Some(Problem::UnknownChoice));
        assert_eq!(refused(&[(1, "M"), (3, "M")], 3), Some(Problem::UnknownReward));
    }

    proptest! {
        #[test]
        fn lines_always_add_up_and_nothing_is_negative(
            reward in prop::option::of(prop::sample::select(vec![1_u128, 3])),
            units in 0..15_i64,
            bonus in 0..i64::MAX,
            country in prop::sample::select(vec!["", "FR", "JP"]),
        ) {
            let add_ons: Vec<_> = (units > 0).then_some((2, units)).into_iter().collect();
            let wanted = order(reward, &add_ons, bonus, country);
            if let Ok(quote) = quote(&wanted, &shop(), Currency::Eur, &BTreeMap::new(), false, NOW) {
                let sum: i64 = quote.lines.iter().map(|l| l.amount.minor).sum();
                prop_assert_eq!(sum, quote.total.minor);
                prop_assert!(quote.lines.iter().all(|l| l.amount.minor > 0));
            }
        }
    }
}
