//! Money that goes back to a backer: who may give it, and how much of it there is.

pub mod returns;
pub mod view;

use std::{collections::BTreeMap, str::FromStr};

use serde::{Deserialize, Serialize};

pub use view::{
    ChargebackForm, ChargebackView, PledgeLine, PledgesPage, RefundForm, RefundOrder, RefundPage,
    RefundState, RefundView,
};

use crate::{
    Currency, Invalid, Locale, Money, Problem,
    campaign::FundingRule,
    id::RewardId,
    pledge::{PledgeState, Refusal},
    words,
};

/// Who asks for a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// Runs the campaign.
    Creator,
    /// Runs the platform.
    Operator,
    /// Pledged, and wants the money back.
    Backer,
}

/// Whether somebody may have a pledge refunded. After the end only the creator
/// gives money back (Kickstarter, `[K20]`), or the operator; a backer's own wish
/// is enough only where cards are charged at once, and only until the creator is
/// paid (Indiegogo, `[I2]`).
#[must_use]
pub const fn may_refund(asker: Asker, rule: FundingRule, is_paid_out: bool) -> bool {
    match (asker, rule) {
        (Asker::Creator | Asker::Operator, _) => true,
        (Asker::Backer, FundingRule::KeepWhatYouRaise) => !is_paid_out,
        (Asker::Backer, _) => false,
    }
}

/// Why money goes back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Its backer asked for it.
    #[default]
    BackerAsked,
    /// The reward cannot be delivered.
    NotDelivered,
    /// It arrived broken, or was not what was promised.
    Damaged,
    /// Charged twice for the same thing.
    Duplicate,
    /// The campaign came to an early end.
    CampaignCancelled,
    Other,
}

impl Reason {
    /// Every reason, in the order of the form.
    pub const ALL: [Self; 6] = [
        Self::BackerAsked,
        Self::NotDelivered,
        Self::Damaged,
        Self::Duplicate,
        Self::CampaignCancelled,
        Self::Other,
    ];

    /// The word in forms and exports.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::BackerAsked => "backer_asked",
            Self::NotDelivered => "not_delivered",
            Self::Damaged => "damaged",
            Self::Duplicate => "duplicate",
            Self::CampaignCancelled => "campaign_cancelled",
            Self::Other => "other",
        }
    }

    /// The reason in words, for the creator and for the backer.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        use words::refund as w;
        match self {
            Self::BackerAsked => w::reason_backer_asked(locale),
            Self::NotDelivered => w::reason_not_delivered(locale),
            Self::Damaged => w::reason_damaged(locale),
            Self::Duplicate => w::reason_duplicate(locale),
            Self::CampaignCancelled => w::reason_campaign_cancelled(locale),
            Self::Other => w::reason_other(locale),
        }
    }
}

impl FromStr for Reason {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|one| one.key() == text).ok_or(Problem::UnknownChoice)
    }
}

/// How much is to go back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wanted {
    /// All that has not gone back.
    Rest,
    /// So much.
    Amount(Money),
    /// What so many units of these rewards and add-ons cost, with their shipping; all
    /// that did not go back, where no number is given.
    Lines(BTreeMap<RewardId, Option<i64>>),
}

/// One line of a pledge that can be refunded by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundLine {
    pub reward: RewardId,
    pub quantity: i64,
    /// Minor units, shipping included.
    pub amount: i64,
    /// Units that went back already, or are about to.
    pub refunded: i64,
}

/// What a pledge was charged and what of it went back, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub state: PledgeState,
    pub currency: Currency,
    /// What of the pledge is charged, when its state says that anything is.
    pub total: i64,
    pub refunded: i64,
    /// Asked for, and not yet answered by the provider.
    pub underway: i64,
    /// In open disputes.
    pub disputed: i64,
    /// In disputes that were lost.
    pub charged_back: i64,
}

/// What a refund comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Minor units, at least 1.
    pub amount: i64,
    /// The lines that it refunds by name.
    pub lines: Vec<(RewardId, i64)>,
}

impl RefundLine {
    /// Units that can still go back.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.quantity - self.refunded
    }

    /// What the next so many units cost, in minor units. The price of each is the
    /// same; of a shipping that cannot be divided evenly each gets its part so that
    /// all together get all of it, whichever way they are given back.
    #[must_use]
    pub fn cost(&self, units: i64) -> i64 {
        let up_to = |units: i64| {
            let share =
                i128::from(self.amount) * i128::from(units) / i128::from(self.quantity.max(1));
            i64::try_from(share).unwrap_or(self.amount)
        };
        up_to(self.refunded + units) - up_to(self.refunded)
    }
}

impl Standing {
    /// What was charged.
    #[must_use]
    pub fn collected(&self) -> i64 {
        let is_charged = matches!(self.state, PledgeState::Collected | PledgeState::Refunded);
        if is_charged { self.total } else { 0 }
    }

    /// What can still go back.
    #[must_use]
    pub fn left(&self) -> i64 {
        let gone = self.refunded + self.underway + self.disputed + self.charged_back;
        (self.collected() - gone).max(0)
    }
}

/// Decides how much goes back, and never more than was charged and is still here.
///
/// # Errors
/// [`Refusal::Disputed`] while the bank has the money; [`Refusal::NothingToRefund`];
/// [`Refusal::OtherCurrency`]; problems of `amount`, `lines` and `restock`.
pub fn plan(
    wanted: &Wanted,
    restock: bool,
    standing: &Standing,
    lines: &[RefundLine],
) -> Result<Plan, No> {
    if standing.disputed > 0 {
        return Err(Refusal::Disputed.into());
    }
    let left = standing.left();
    if left == 0 {
        return Err(Refusal::NothingToRefund.into());
    }
    let here = || lines.iter().filter(|line| line.left() > 0);
    let named = |line: &RefundLine| (line.reward, line.left());
    let plan = match wanted {
        Wanted::Rest => Plan { amount: left, lines: here().map(named).collect() },
        Wanted::Amount(amount) => {
            if amount.currency != standing.currency {
                return Err(Refusal::OtherCurrency.into());
            }
            if restock {
                return Err(Invalid::field("restock", Problem::NothingToRestock).into());
            }
            Plan { amount: amount.minor, lines: Vec::new() }
        }
        Wanted::Lines(wanted) => named_lines(wanted, here())?,
    };
    let field = if matches!(wanted, Wanted::Lines(_)) { "lines" } else { "amount" };
    match plan.amount {
        amount if amount < 1 => Err(Invalid::field(field, Problem::NotAnAmount).into()),
        amount if amount > left => {
            let left = Money::new(left, standing.currency);
            Err(Invalid::field(field, Problem::MoreThanLeft { left }).into())
        }
        _ => Ok(plan),
    }
}

/// What the named units come to.
fn named_lines<'l>(
    wanted: &BTreeMap<RewardId, Option<i64>>,
    here: impl Iterator<Item = &'l RefundLine>,
) -> Result<Plan, Invalid> {
    let mut plan = Plan { amount: 0, lines: Vec::new() };
    for line in here {
        let Some(units) = wanted.get(&line.reward) else { continue };
        let units = units.unwrap_or_else(|| line.left());
        if units < 1 {
            return Err(Invalid::field("lines", Problem::UnknownChoice));
        }
        if units > line.left() {
            return Err(Invalid::field("lines", Problem::OnlyLeft { left: line.left() }));
        }
        plan.amount += line.cost(units);
        plan.lines.push((line.reward, units));
    }
    if plan.lines.len() != wanted.len() || plan.lines.is_empty() {
        return Err(Invalid::field("lines", Problem::UnknownReward));
    }
    Ok(plan)
}

/// Why a refund is not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum No {
    /// A rule says so.
    Refused(Refusal),
    /// A field needs another look.
    Invalid(Invalid),
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Invalid> for No {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

/// Where a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum ChargebackState {
    /// The bank has the money and has not decided.
    Open,
    /// Decided for the creator.
    Won,
    /// Decided for the backer.
    Lost,
}

impl ChargebackState {
    /// Every state, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Open, Self::Won, Self::Lost];

    /// The word in forms and exports.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// The word on the page.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        use words::refund as w;
        match self {
            Self::Open => w::chargeback_open(locale),
            Self::Won => w::chargeback_won(locale),
            Self::Lost => w::chargeback_lost(locale),
        }
    }
}

impl FromStr for ChargebackState {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|one| one.key() == text).ok_or(Problem::UnknownChoice)
    }
}

#[cfg(test)]
mod tests;
