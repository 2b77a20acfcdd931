//! Pledges: what is sent to place or change one, and what is answered.

use std::collections::BTreeMap;

use backend::pledge::command::Answer;
use domain::pledge::{Line, LineKind, PledgePage, view::InstalmentView};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Money,
    words::{InstalmentStateWord, LineKindWord, PaymentMethodWord, PledgeStateWord},
};

/// A pledge to place.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its description is used; bodies are read field by field")]
pub struct NewPledge {
    /// The reward, or `null` for a pledge without one.
    #[schema(format = Uuid)]
    reward: Option<String>,
    /// Add-ons; they need a reward. Naming one twice adds up.
    #[schema(max_items = 50)]
    add_ons: Option<Vec<AddOn>>,
    /// Which variant, by the id of a reward or add-on that has any: one of the names in its
    /// `variants`.
    options: Option<BTreeMap<String, String>>,
    /// An amount on top, or the whole pledge when there is no reward. Decimal string in the
    /// campaign's currency.
    #[schema(pattern = r"^[0-9]{1,12}(\.[0-9]{1,2})?$")]
    bonus: Option<String>,
    /// Where to ship, as an ISO 3166-1 code. Needed when something travels.
    #[schema(pattern = "^[A-Z]{2}$")]
    country: Option<String>,
    /// The token of a secret reward's link.
    #[schema(min_length = 1, max_length = 64)]
    secret: Option<String>,
    /// The total you expect. When prices or stock have moved it is another, and nothing is written.
    #[schema(pattern = r"^[0-9]{1,12}(\.[0-9]{1,2})?$")]
    expected_total: Option<String>,
    /// In how many monthly instalments it is paid, where the campaign offers it; `null` for all
    /// together.
    #[schema(minimum = 2, maximum = 10)]
    instalments: Option<i64>,
    #[schema(value_type = PaymentMethodWord)]
    payment_method: String,
}

/// What to change of a pledge. What is not named stays; `null` takes it away.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(min_properties = 1)]
#[expect(dead_code, reason = "only its description is used; bodies are read field by field")]
pub struct PledgeChange {
    /// Another reward, or `null` for none.
    #[schema(format = Uuid)]
    reward: Option<String>,
    /// The whole new list of add-ons.
    #[schema(max_items = 50)]
    add_ons: Option<Vec<AddOn>>,
    /// The whole new choice of variants. What is not named keeps them for what stays ordered.
    options: Option<BTreeMap<String, String>>,
    /// Another amount on top.
    #[schema(pattern = r"^[0-9]{1,12}(\.[0-9]{1,2})?$")]
    bonus: Option<String>,
    /// Another destination.
    #[schema(pattern = "^[A-Z]{2}$")]
    country: Option<String>,
    /// The token of a secret reward's link.
    #[schema(min_length = 1, max_length = 64)]
    secret: Option<String>,
    /// The total you expect afterwards.
    #[schema(pattern = r"^[0-9]{1,12}(\.[0-9]{1,2})?$")]
    expected_total: Option<String>,
}

/// Units of one add-on.
#[derive(Debug, Serialize, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddOn {
    /// The add-on's id.
    #[schema(format = Uuid)]
    pub reward: String,
    #[schema(minimum = 1, maximum = 100_000)]
    pub quantity: i64,
}

/// The answer to a new pledge. The same key always gets the same one.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlacedPledge {
    #[schema(format = Uuid)]
    id: String,
    /// Its page, where its holder confirms the card when that is needed.
    #[schema(format = Uri)]
    url: String,
    /// The campaign's slug.
    campaign: String,
    #[schema(value_type = PledgeStateWord)]
    state: &'static str,
    total: Money,
    /// They add up to the total.
    lines: Vec<PledgeLine>,
}

/// A pledge as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pledge {
    #[schema(format = Uuid)]
    id: String,
    /// Its page, where its holder confirms the card when that is needed.
    #[schema(format = Uri)]
    url: String,
    /// The campaign's slug.
    campaign: String,
    #[schema(value_type = PledgeStateWord)]
    state: &'static str,
    total: Money,
    /// They add up to the total.
    lines: Vec<PledgeLine>,
    #[schema(format = Uuid)]
    reward: Option<String>,
    add_ons: Vec<AddOn>,
    /// Which variant was chosen, by the id of its reward or add-on.
    options: BTreeMap<String, String>,
    bonus: Money,
    /// Where it ships, as an ISO 3166-1 code.
    #[schema(pattern = "^[A-Z]{2}$")]
    country: Option<String>,
    /// Last four digits of the card.
    card: String,
    #[schema(format = DateTime)]
    placed_at: String,
    /// Whether it may still be changed at all.
    is_open: bool,
    /// What was charged until now.
    charged: Money,
    /// What is charged when, where it is paid in instalments.
    instalments: Vec<Instalment>,
}

/// One instalment of a pledge. They add up to its total.
#[derive(Debug, Serialize, ToSchema)]
pub struct Instalment {
    #[schema(minimum = 1, maximum = 10)]
    number: i64,
    amount: Money,
    #[schema(format = DateTime)]
    due_at: String,
    #[schema(value_type = InstalmentStateWord)]
    state: &'static str,
    /// When it is tried again by itself, after it failed.
    #[schema(format = DateTime)]
    again_at: Option<String>,
}

/// One line of a pledge.
#[derive(Debug, Serialize, ToSchema)]
pub struct PledgeLine {
    #[schema(value_type = LineKindWord)]
    kind: &'static str,
    /// Of the reward or add-on, with its variant; empty for bonus and shipping.
    title: String,
    /// The reward or add-on, if it is one.
    #[schema(format = Uuid)]
    reward: Option<String>,
    /// The name of its variant, where there was a choice.
    variant: Option<String>,
    #[schema(minimum = 1)]
    quantity: i64,
    /// Price of the whole line.
    amount: Money,
}

impl PlacedPledge {
    /// What became of an order.
    pub fn of(answer: Answer, base_url: &str) -> Self {
        Self {
            id: answer.pledge.to_string(),
            url: format!("{base_url}/pledges/{}", answer.pledge),
            campaign: answer.campaign.to_string(),
            state: answer.state.key(),
            total: answer.quote.total.into(),
            lines: answer.quote.lines.into_iter().map(Into::into).collect(),
        }
    }

    /// The pledge's id, for its address.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl Pledge {
    /// A pledge as its page shows it.
    pub fn of(page: PledgePage, base_url: &str) -> Self {
        let choices = page.choices;
        let currency = page.total.currency;
        let bonus =
            domain::Money::parse(&choices.bonus, currency).unwrap_or(domain::Money::zero(currency));
        Self {
            id: page.id.to_string(),
            url: format!("{base_url}/pledges/{}", page.id),
            campaign: page.checkout.campaign.slug.to_string(),
            state: page.state.key(),
            total: page.total.into(),
            lines: page.lines.into_iter().map(Into::into).collect(),
            reward: Some(choices.reward).filter(|id| !id.is_empty()),
            add_ons: choices
                .add_ons
                .into_iter()
                .map(|(reward, quantity)| AddOn {
                    reward,
                    quantity: quantity.parse().unwrap_or_default(),
                })
                .collect(),
            options: choices.options,
            bonus: bonus.into(),
            country: Some(choices.country).filter(|code| !code.is_empty()),
            card: page.card,
            placed_at: page.placed_at.rfc3339(),
            is_open: page.is_open,
            charged: page.charged.into(),
            instalments: page.instalments.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<InstalmentView> for Instalment {
    fn from(one: InstalmentView) -> Self {
        Self {
            number: one.number,
            amount: one.amount.into(),
            due_at: one.due_at.rfc3339(),
            state: one.state.key(),
            again_at: one.again_at.map(|at| at.rfc3339()),
        }
    }
}

impl From<Line> for PledgeLine {
    fn from(line: Line) -> Self {
        Self {
            kind: match line.kind {
                LineKind::Reward => "reward",
                LineKind::AddOn => "add_on",
                LineKind::Bonus => "bonus",
                LineKind::Shipping => "shipping",
            },
            title: line.title,
            reward: line.reward.map(|id| id.to_string()),
            variant: line.variant,
            quantity: line.quantity,
            amount: line.amount.into(),
        }
    }
}
