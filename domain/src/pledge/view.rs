//! What pages read of a pledge, and the form that places one.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{Choices, Line, PledgeState};
use crate::{
    campaign::CampaignCard,
    id::{PledgeId, RewardId},
    locale::Locale,
    money::Money,
    payment::CardForm,
    reward::RewardView,
    time::Timestamp,
};

/// The form that places a pledge, as typed. Cards go to the payment provider's
/// form; these are the sandbox's.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct PledgeForm {
    /// The campaign.
    pub slug: String,
    /// [`Choices::query`] of what the page shows, so that what is confirmed is
    /// what was read.
    #[serde(default)]
    pub choices: String,
    /// The total on the page, as a decimal string.
    #[serde(default)]
    pub expected: String,
    /// Drawn with the page: the same key places one pledge, however often sent.
    #[serde(default)]
    pub key: String,
    /// Where to write to; ignored when signed in.
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub card: CardForm,
}

/// Holds an address and a key, so its `Debug` shows neither.
impl fmt::Debug for PledgeForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PledgeForm({}, …)", self.slug)
    }
}

/// Everything the checkout shows. The same for a first pledge and a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutPage {
    pub campaign: CampaignCard,
    pub is_demo: bool,
    /// Rewards first, then add-ons; secret ones only with their token.
    pub rewards: Vec<RewardView>,
    /// Every country with its name in the visitor's language, sorted by name.
    pub countries: Vec<(String, String)>,
    /// The signed-in visitor's address, if any.
    pub signed_in: Option<String>,
    /// The visitor's own active pledge here, if signed in and there is one.
    pub own_pledge: Option<PledgeId>,
    /// Units that the pledge being changed holds already.
    pub held: BTreeMap<RewardId, i64>,
    /// A fresh key for [`PledgeForm::key`].
    pub key: String,
    pub now: Timestamp,
}

/// Everything the page of one pledge shows to its backer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgePage {
    pub id: PledgeId,
    pub state: PledgeState,
    pub lines: Vec<Line>,
    pub total: Money,
    /// What was chosen, to prefill the form that changes it.
    pub choices: Choices,
    pub destination: Option<String>,
    /// Last four digits of the card.
    pub card: String,
    /// Where its letters go, with most of it hidden.
    pub email: String,
    pub placed_at: Timestamp,
    /// Whether it may still be changed or cancelled at all.
    pub is_open: bool,
    /// The checkout of its campaign, for the form that changes it.
    pub checkout: CheckoutPage,
}

/// One line of "my pledges".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgeSummary {
    pub id: PledgeId,
    pub campaign: CampaignCard,
    pub reward: Option<String>,
    pub total: Money,
    pub state: PledgeState,
    pub placed_at: Timestamp,
}

impl Line {
    /// What the line is called on the page.
    #[must_use]
    pub fn label(&self, locale: Locale) -> String {
        use super::LineKind;
        use crate::words::pledge as w;
        match (self.kind, self.quantity) {
            (LineKind::Bonus, _) => w::line_bonus(locale).into(),
            (LineKind::Shipping, _) => w::line_shipping(locale).into(),
            (_, 1) => self.title.clone(),
            (_, n) => format!("{n}\u{a0}×\u{a0}{}", self.title),
        }
    }
}
