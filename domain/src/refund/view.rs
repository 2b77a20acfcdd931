//! What pages read of refunds, and the forms that ask for them.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{ChargebackState, Reason, Wanted};
use crate::{
    Currency, Invalid, Money, Problem, Timestamp,
    id::{PledgeId, RewardId},
    locale::Locale,
    pledge::{Line, PledgeState},
    slug::Slug,
    words,
};

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// To be sent to the provider, or sent and not yet answered.
    Due,
    Succeeded,
    /// The provider does not give it back.
    Refused,
}

impl RefundState {
    /// The word on the page.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        use words::refund as w;
        match self {
            Self::Due => w::state_due(locale),
            Self::Succeeded => w::state_succeeded(locale),
            Self::Refused => w::state_refused(locale),
        }
    }
}

/// The form that asks for a refund, as typed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct RefundForm {
    /// The campaign.
    pub slug: String,
    /// The pledge.
    pub id: String,
    /// Drawn with the page: the same key refunds once, however often sent.
    #[serde(default)]
    pub key: String,
    /// `rest`, `amount` or `lines`.
    #[serde(default)]
    pub what: String,
    /// With `amount`.
    #[serde(default)]
    pub amount: String,
    /// With `lines`: the ticked rewards, each under [`RefundForm::line`].
    #[serde(default)]
    pub lines: BTreeMap<String, String>,
    /// How many of each, under the same names; all that did not go back when empty.
    #[serde(default)]
    pub units: BTreeMap<String, String>,
    #[serde(default)]
    pub reason: String,
    /// Ticked: the refunded rewards are for sale again.
    #[serde(default)]
    pub restock: String,
}

/// Holds a key, so its `Debug` does not show it.
impl fmt::Debug for RefundForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RefundForm({}, {}, …)", self.id, self.what)
    }
}

/// A refund as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundOrder {
    pub wanted: Wanted,
    pub reason: Reason,
    /// The rewards that it refunds by name can be had by others again.
    pub restock: bool,
}

/// Before a reward's id in a form's field: what begins with a digit would be taken
/// for the place in a list.
const LINE: &str = "reward-";

impl RefundForm {
    /// What a reward is called in [`RefundForm::lines`].
    #[must_use]
    pub fn line(reward: RewardId) -> String {
        format!("{LINE}{reward}")
    }

    /// Reads the form for a pledge in this currency.
    ///
    /// # Errors
    /// Problems of `what`, `amount`, `lines` and `reason`.
    pub fn parse(&self, currency: Currency) -> Result<RefundOrder, Invalid> {
        let mut invalid = Invalid::default();
        // Whoever typed an amount and left another choice marked does not mean all of it.
        let is_typed = !self.amount.trim().is_empty();
        let has_units = self.units.values().any(|units| !units.trim().is_empty());
        let is_mixed = (is_typed && self.what != "amount")
            || ((!self.lines.is_empty() || has_units) && self.what != "lines");
        if is_mixed {
            invalid.add("what", Problem::UnknownChoice);
        }
        let wanted = match self.what.as_str() {
            "rest" => Some(Wanted::Rest),
            "amount" if self.amount.trim().is_empty() => {
                invalid.add("amount", Problem::Missing);
                None
            }
            "amount" => {
                let amount = invalid.keep("amount", Money::parse(&self.amount, currency));
                if amount.is_some_and(|amount| amount.minor == 0) {
                    invalid.add("amount", Problem::NotAnAmount);
                }
                amount.map(Wanted::Amount)
            }
            "lines" => {
                let lines = invalid.keep("lines", self.named());
                if lines.as_ref().is_some_and(BTreeMap::is_empty) {
                    invalid.add("lines", Problem::Missing);
                }
                lines.map(Wanted::Lines)
            }
            _ => {
                invalid.add("what", Problem::UnknownChoice);
                None
            }
        };
        let reason = invalid.keep("reason", self.reason.parse());
        invalid.into_result()?;
        match (wanted, reason) {
            (Some(wanted), Some(reason)) => {
                Ok(RefundOrder { wanted, reason, restock: !self.restock.is_empty() })
            }
            _ => Err(Invalid::field("", Problem::Missing)),
        }
    }
}

impl RefundForm {
    /// The ticked lines, each with how many of it.
    fn named(&self) -> Result<BTreeMap<RewardId, Option<i64>>, Problem> {
        // Whoever typed a number and ticked nothing beside it means something else.
        let is_ticked = |(name, units): (&String, &String)| {
            units.trim().is_empty() || self.lines.contains_key(name)
        };
        if !self.units.iter().all(is_ticked) {
            return Err(Problem::UnknownChoice);
        }
        let mut named = BTreeMap::new();
        for name in self.lines.keys() {
            let id = name.trim_start_matches(LINE).parse().map_err(|_| Problem::UnknownReward)?;
            let units = match self.units.get(name).map_or("", |units| units.trim()) {
                "" => None,
                units => Some(units.parse().map_err(|_| Problem::UnknownChoice)?),
            };
            named.insert(id, units);
        }
        Ok(named)
    }
}

/// The form by which an operator records what the provider says of a dispute.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChargebackForm {
    /// The campaign.
    pub slug: String,
    /// The pledge.
    pub id: String,
    /// The provider's word for the dispute.
    #[serde(default)]
    pub reference: String,
    /// What is disputed; all that is left when empty.
    #[serde(default)]
    pub amount: String,
    /// `open`, `won` or `lost`.
    #[serde(default)]
    pub state: String,
}

/// One refund of a pledge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundView {
    pub amount: Money,
    pub reason: Reason,
    pub state: RefundState,
    /// When it was asked for.
    pub at: Timestamp,
}

/// One dispute about a pledge's charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargebackView {
    /// The provider's word for it.
    pub reference: String,
    pub amount: Money,
    pub state: ChargebackState,
    pub opened_at: Timestamp,
}

/// What the creator and the operator see of one pledge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundPage {
    pub id: PledgeId,
    pub slug: Slug,
    /// The campaign's.
    pub title: String,
    pub is_demo: bool,
    /// By which a creator recognises who wrote to them.
    pub email: String,
    pub state: PledgeState,
    pub placed_at: Timestamp,
    /// Each with how many units of it went back already, or are about to.
    pub lines: Vec<(Line, i64)>,
    pub total: Money,
    pub refunded: Money,
    /// What can still go back.
    pub left: Money,
    pub is_disputed: bool,
    pub refunds: Vec<RefundView>,
    pub chargebacks: Vec<ChargebackView>,
    /// Whether the reader may give money back: whoever owns the campaign, and operators.
    pub may_give: bool,
    /// Whether the reader runs the platform, and may record disputes.
    pub is_operator: bool,
    /// A fresh key for [`RefundForm::key`].
    pub key: String,
}

/// A campaign's pledges, for its creator and the operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgesPage {
    pub slug: Slug,
    /// The campaign's.
    pub title: String,
    pub is_demo: bool,
    /// Newest first, at most [`PledgesPage::SIZE`].
    pub pledges: Vec<PledgeLine>,
    /// How many there are in all.
    pub total: i64,
    /// From 1.
    pub page: i64,
}

impl PledgesPage {
    /// Pledges on one page.
    pub const SIZE: i64 = 50;
}

/// One line of a campaign's pledges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgeLine {
    pub id: PledgeId,
    pub email: String,
    pub reward: Option<String>,
    pub total: Money,
    /// What went back of it, disputes that were lost included.
    pub returned: Money,
    pub state: PledgeState,
    pub placed_at: Timestamp,
}
