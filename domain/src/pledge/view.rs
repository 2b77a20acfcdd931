//! What pages read of a pledge, and the form that places one.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{Choices, InstalmentState, Line, PledgeState, Since, Taken, Timing};
use crate::{
    campaign::CampaignCard,
    id::{PledgeId, RewardId},
    locale::Locale,
    money::Money,
    payment::{CardEntry, CardForm, Setup},
    reward::RewardView,
    slug::Slug,
    time::Timestamp,
};

/// The form that places a pledge, as typed. Cards go to the payment provider's
/// form; these are the sandbox's.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct PledgeForm {
    /// The campaign.
    pub slug: String,
    /// What is chosen as the form is sent. Without wasm that may be something else
    /// than what the page has priced: then the total differs, and nothing is placed.
    #[serde(default)]
    pub choices: Choices,
    /// The total on the page, as a decimal string.
    #[serde(default)]
    pub expected: String,
    /// The plan of its instalments on the page, in a word; empty for none. Sent with
    /// another number than it was shown for, nothing is placed.
    #[serde(default)]
    pub plan: String,
    /// Drawn with the page: the same key places one pledge, however often sent.
    #[serde(default)]
    pub key: String,
    /// Where to write to; ignored when signed in.
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub card: CardForm,
    /// The card instead, where the provider takes it.
    #[serde(default)]
    pub setup: Setup,
    /// Whether the page showed an account: a session may end between page and
    /// post, and its holder must not become a guest without a word.
    #[serde(default)]
    pub was_signed_in: bool,
}

impl PledgeForm {
    /// The checkout with what is chosen; `None` when it is no campaign's. Nothing of
    /// a person is in the address.
    #[must_use]
    pub fn page(&self) -> Option<String> {
        let slug = Slug::parse(&self.slug)?;
        Some(address(&format!("/campaigns/{slug}/pledge"), "", &self.choices))
    }
}

/// Holds an address and a key, so its `Debug` shows neither.
impl fmt::Debug for PledgeForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PledgeForm({}, …)", self.slug)
    }
}

/// Other choices for a pledge, as typed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct PledgeChange {
    /// The pledge.
    pub id: String,
    /// The key that opens it; empty for its backer, signed in.
    #[serde(default)]
    pub key: String,
    /// What is chosen as the form is sent.
    #[serde(default)]
    pub choices: Choices,
    /// The total on the page, as a decimal string.
    #[serde(default)]
    pub expected: String,
}

impl PledgeChange {
    /// The pledge's page with what is chosen, and with its key; `None` when it is no
    /// pledge's.
    #[must_use]
    pub fn page(&self) -> Option<String> {
        let id: PledgeId = self.id.parse().ok()?;
        let pairs = format!("{}change=1", key_pair(&self.key));
        Some(address(&format!("/pledges/{id}"), &pairs, &self.choices))
    }
}

/// Holds a key, so its `Debug` shows none.
impl fmt::Debug for PledgeChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PledgeChange({}, …)", self.id)
    }
}

/// Another card for a pledge whose own could not be charged, as typed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct CardChange {
    /// The pledge.
    pub id: String,
    /// The key that opens it; empty for its backer, signed in.
    #[serde(default)]
    pub key: String,
    #[serde(default)]
    pub card: CardForm,
    /// As in [`PledgeForm`].
    #[serde(default)]
    pub setup: Setup,
}

/// Holds a key and a card, so its `Debug` shows neither.
impl fmt::Debug for CardChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CardChange({}, …)", self.id)
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
    pub held: BTreeMap<RewardId, Taken>,
    /// The provider's form for cards; without it, the sandbox's is shown.
    pub card_entry: Option<CardEntry>,
    /// A fresh key for [`PledgeForm::key`].
    pub key: String,
    pub now: Timestamp,
}

/// Everything the page of one pledge shows to its backer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgePage {
    pub id: PledgeId,
    pub state: PledgeState,
    /// When its card is charged, or was to be.
    pub timing: Timing,
    pub lines: Vec<Line>,
    pub total: Money,
    /// What went back of it.
    pub returned: Money,
    /// What was charged of it until now.
    pub charged: Money,
    /// What is charged when; none when it is paid all together.
    pub instalments: Vec<InstalmentView>,
    /// What was chosen, to prefill the form that changes it.
    pub choices: Choices,
    pub destination: Option<String>,
    /// Last four digits of the card.
    pub card: String,
    /// Where its letters go, with most of it hidden.
    pub email: String,
    pub placed_at: Timestamp,
    /// Until when its card can be replaced or its charge confirmed, if that is wanted.
    pub fix_until: Option<Timestamp>,
    /// Whether it may still be changed or cancelled at all.
    pub is_open: bool,
    /// Whether it may be cancelled; what was charged is given back then.
    pub may_cancel: bool,
    /// What is told otherwise than when it was made.
    pub since: Since,
    /// The checkout of its campaign, for the form that changes it.
    pub checkout: CheckoutPage,
}

/// One instalment of a pledge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstalmentView {
    /// 1 for the first.
    pub number: i64,
    pub amount: Money,
    pub due_at: Timestamp,
    pub state: InstalmentState,
    /// When it is tried again by itself, after it failed.
    pub again_at: Option<Timestamp>,
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

impl PledgePage {
    /// The instalment after the first that could not be charged, and that its backer
    /// can see to.
    #[must_use]
    pub fn owed(&self) -> Option<&InstalmentView> {
        self.instalments.iter().find(|one| one.number > 1 && one.state.wants_card())
    }
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

/// The key as it came, fit for an address: ours are URL-safe already, and
/// anything else opens nothing.
#[must_use]
pub fn key_pair(key: &str) -> String {
    let is_ours =
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if is_ours { format!("key={key}&") } else { String::new() }
}

fn address(path: &str, pairs: &str, choices: &Choices) -> String {
    let query = choices.query();
    let parts = [pairs, query.as_str()];
    let query = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::{PledgeChange, PledgeForm};
    use crate::pledge::Choices;

    #[test]
    fn the_page_of_a_form_holds_its_choices_and_nobodys_address() {
        let form = PledgeForm {
            slug: "tide-clock".into(),
            email: "ada@example.org".into(),
            key: "secret".into(),
            choices: Choices { bonus: "5".into(), country: "FR".into(), ..Choices::default() },
            ..PledgeForm::default()
        };
        let page = form.page().expect("a checkout");
        assert_eq!(page, "/campaigns/tide-clock/pledge?bonus=5&country=FR");
        let form = PledgeForm { choices: Choices::default(), ..form };
        assert_eq!(form.page().as_deref(), Some("/campaigns/tide-clock/pledge"));
    }

    #[test]
    fn no_form_leads_to_another_site() {
        for text in
            ["", "//evil.example", "../..", "x\r\nset-cookie: a=b", "x?y#z", "@evil.example"]
        {
            let form = PledgeForm { slug: text.into(), ..PledgeForm::default() };
            assert_eq!(form.page(), None, "{text}");
            let change = PledgeChange { id: text.into(), ..PledgeChange::default() };
            assert_eq!(change.page(), None, "{text}");
            let id = "0190163d-8694-739b-aea5-966c26f8ad91";
            let change = PledgeChange { id: id.into(), key: text.into(), ..change };
            assert_eq!(change.page(), Some(format!("/pledges/{id}?change=1")), "{text}");
        }
    }
}
