//! What the writer can be asked, and what it answers.

use domain::{
    Locale, Money, Timestamp,
    email::EmailAddress,
    fee::ChargeFees,
    id::{AccountId, CampaignId, ChargeId, PledgeId, RefundId},
    pledge::{Order, PledgeState, Quote},
    refund::{ChargebackState, RefundOrder},
    slug::Slug,
};
use serde::{Deserialize, Serialize};

use crate::payment::{Outcome, RefundAnswer, SavedCard};

/// One change of pledges. Who may do it was decided before.
#[derive(Debug, Clone)]
pub enum Command {
    Place(Box<Place>),
    Change(Box<Change>),
    Cancel(Box<Cancel>),
    /// The card's holder confirmed at the bank.
    Confirm {
        campaign: CampaignId,
        pledge: PledgeId,
        /// The pledge's page, for the letter.
        link: String,
        /// As in [`Place`].
        charge: ChargeId,
        taken_until: Timestamp,
    },
    /// What the provider did with a card.
    Settle(Box<Settle>),
    /// Another card for a pledge whose own could not be charged, or the same one
    /// once its holder has confirmed. It is charged at once.
    ReplaceCard(Box<ReplaceCard>),
    /// A last try with the card there is.
    TryAgain {
        campaign: CampaignId,
        pledge: PledgeId,
    },
    /// The time of an instalment has come.
    Instalment {
        campaign: CampaignId,
        pledge: PledgeId,
        /// 2 or more.
        number: i64,
    },
    /// Nobody did anything about what is left of its plan.
    EndPlan {
        campaign: CampaignId,
        pledge: PledgeId,
        /// The pledge's page, for the letter.
        link: String,
    },
    /// Its campaign came to nothing before its card was good.
    LetGo {
        campaign: CampaignId,
        pledge: PledgeId,
    },
    /// Its backer is due to be written to again.
    Remind {
        campaign: CampaignId,
        pledge: PledgeId,
        /// The pledge's page, for the letter.
        link: String,
    },
    /// Money that is to go back.
    Refund(Box<Refund>),
    /// What the provider did about that.
    SettleRefund(Box<SettleRefund>),
    /// A refund that the provider refused.
    SeeToRefund(Box<SeeToRefund>),
    /// What the provider says of a disputed charge.
    Chargeback(Box<Chargeback>),
    /// The card's holder did not, in time.
    Drop {
        campaign: CampaignId,
        pledge: PledgeId,
    },
}

/// A first pledge.
#[derive(Debug, Clone)]
pub struct Place {
    /// Drawn before, so that letters can link to it.
    pub id: PledgeId,
    pub campaign: CampaignId,
    pub backer: Backer,
    pub order: Order,
    /// The total that was shown, in minor units; refused when it is another.
    pub expected: Option<i64>,
    /// The plan of its instalments that was shown, in a word and empty for none;
    /// refused when it is another. `None` where nothing was shown.
    pub plan: Option<String>,
    pub card: SavedCard,
    /// Drawn before, for where the card is charged at once: who asked sends it.
    pub charge: ChargeId,
    /// Until when no worker takes the charge from who asked.
    pub taken_until: Timestamp,
    /// Places one pledge, however often it is sent.
    pub once: Option<Once>,
    pub locale: Locale,
    /// Makes the link that a letter carries.
    pub links: Links,
}

/// What makes a command safe to send again: the same key is carried out once,
/// and answers with what became of it then.
#[derive(Debug, Clone)]
pub struct Once {
    /// Hashed, so that a key may be of any length and of any characters.
    pub key: String,
    /// Hash of what was asked under that key; another is refused.
    pub fingerprint: String,
}

/// Who pledges.
#[derive(Debug, Clone)]
pub enum Backer {
    /// Signed in.
    Account(AccountId),
    /// By e-mail alone.
    Guest(EmailAddress),
}

/// Other choices for a pledge.
#[derive(Debug, Clone)]
pub struct Change {
    pub campaign: CampaignId,
    pub pledge: PledgeId,
    pub order: Order,
    /// As in [`Place`].
    pub expected: Option<i64>,
    /// The pledge's page, for the letter.
    pub link: String,
    /// By its backer, signed in to an account whose address is proved.
    pub by_owner: bool,
    pub once: Option<Once>,
}

/// A pledge to take back.
#[derive(Debug, Clone)]
pub struct Cancel {
    pub campaign: CampaignId,
    pub pledge: PledgeId,
    /// Because what its backer was promised has changed.
    pub is_free: bool,
    pub once: Option<Once>,
}

/// The provider's answer to one try.
#[derive(Debug, Clone)]
pub struct Settle {
    pub campaign: CampaignId,
    pub pledge: PledgeId,
    pub charge: ChargeId,
    pub outcome: Outcome,
    /// What the charge costs, when it succeeded.
    pub fees: ChargeFees,
    /// The pledge's page, for the letter.
    pub link: String,
}

/// A card that is charged at once.
#[derive(Debug, Clone)]
pub struct ReplaceCard {
    pub campaign: CampaignId,
    pub pledge: PledgeId,
    pub card: SavedCard,
    /// Drawn before, so that who asked can send it.
    pub charge: ChargeId,
    /// Until when no worker takes the charge from who asked.
    pub taken_until: Timestamp,
}

/// A refund, whoever may ask for it having asked.
#[derive(Debug, Clone)]
pub struct Refund {
    pub campaign: CampaignId,
    pub pledge: PledgeId,
    /// Drawn before, so that who asked can send it.
    pub id: RefundId,
    pub order: RefundOrder,
    /// Who asked; none when it follows from a campaign's end.
    pub asked_by: Option<AccountId>,
    /// Until when no worker takes it from who asked.
    pub taken_until: Timestamp,
    pub once: Option<Once>,
}

/// The provider's answer to a refund.
#[derive(Debug, Clone)]
pub struct SettleRefund {
    pub campaign: CampaignId,
    pub pledge: PledgeId,
    pub refund: RefundId,
    pub answer: RefundAnswer,
    /// The pledge's page, for the letter.
    pub link: String,
}

/// What is to become of a refund that the provider refused.
#[derive(Debug, Clone)]
pub struct SeeToRefund {
    pub campaign: CampaignId,
    pub pledge: PledgeId,
    pub refund: RefundId,
    pub how: SeeTo,
}

/// How a refund is seen to that the provider refused.
#[derive(Debug, Clone)]
pub enum SeeTo {
    /// It is asked for again, its time having come.
    Again,
    /// It is asked for again, an operator wanting it.
    AgainByHand,
    /// An operator saw to it that its backer has the money.
    ByHand { who: AccountId, note: String },
}

/// A dispute as the provider tells of it, however often and in whatever order.
#[derive(Debug, Clone)]
pub struct Chargeback {
    pub campaign: CampaignId,
    pub pledge: PledgeId,
    /// Which of its charges; the last with anything left, when not told.
    pub charge: Option<ChargeId>,
    /// The provider's word for it.
    pub reference: String,
    /// What is disputed; all that is left when not told.
    pub amount: Option<Money>,
    pub state: ChargebackState,
    /// What the provider takes for a dispute, in minor units.
    pub fee: i64,
    /// Where the site is, for the letter to the creator.
    pub base_url: String,
}

/// Makes the address of a pledge's page, key included.
#[derive(Clone)]
pub struct Links {
    pub base_url: String,
    pub secret: crate::secret::Secret,
}

/// What became of a command.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Answer {
    pub pledge: PledgeId,
    pub campaign: Slug,
    pub state: PledgeState,
    pub quote: Quote,
    /// A try to charge its card that whoever asked has to send now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<ChargeId>,
}

impl Command {
    /// The campaign whose row it has to lock.
    #[must_use]
    pub const fn campaign(&self) -> CampaignId {
        match self {
            Self::Place(place) => place.campaign,
            Self::Change(change) => change.campaign,
            Self::Cancel(cancel) => cancel.campaign,
            Self::Settle(settle) => settle.campaign,
            Self::ReplaceCard(replace) => replace.campaign,
            Self::Refund(refund) => refund.campaign,
            Self::SettleRefund(settle) => settle.campaign,
            Self::SeeToRefund(see) => see.campaign,
            Self::Chargeback(chargeback) => chargeback.campaign,
            Self::Confirm { campaign, .. }
            | Self::TryAgain { campaign, .. }
            | Self::Instalment { campaign, .. }
            | Self::EndPlan { campaign, .. }
            | Self::LetGo { campaign, .. }
            | Self::Remind { campaign, .. }
            | Self::Drop { campaign, .. } => *campaign,
        }
    }

    /// The pledge it is about, unless that is yet to be placed.
    #[must_use]
    pub const fn pledge(&self) -> Option<PledgeId> {
        match self {
            Self::Place(_) => None,
            Self::Change(change) => Some(change.pledge),
            Self::Cancel(cancel) => Some(cancel.pledge),
            Self::Settle(settle) => Some(settle.pledge),
            Self::ReplaceCard(replace) => Some(replace.pledge),
            Self::Refund(refund) => Some(refund.pledge),
            Self::SettleRefund(settle) => Some(settle.pledge),
            Self::SeeToRefund(see) => Some(see.pledge),
            Self::Chargeback(chargeback) => Some(chargeback.pledge),
            Self::Confirm { pledge, .. }
            | Self::TryAgain { pledge, .. }
            | Self::Instalment { pledge, .. }
            | Self::EndPlan { pledge, .. }
            | Self::LetGo { pledge, .. }
            | Self::Remind { pledge, .. }
            | Self::Drop { pledge, .. } => Some(*pledge),
        }
    }

    /// Whether it is about charging the pledge's card.
    #[must_use]
    pub const fn is_charge(&self) -> bool {
        matches!(
            self,
            Self::Settle(_)
                | Self::ReplaceCard(_)
                | Self::TryAgain { .. }
                | Self::Instalment { .. }
                | Self::EndPlan { .. }
                | Self::LetGo { .. }
        ) || self.is_return()
    }

    /// Whether it is about money that goes back.
    #[must_use]
    pub const fn is_return(&self) -> bool {
        matches!(
            self,
            Self::Refund(_) | Self::SettleRefund(_) | Self::SeeToRefund(_) | Self::Chargeback(_)
        )
    }

    /// The provider's word for the payment that it tells of.
    #[must_use]
    pub fn payment(&self) -> Option<&str> {
        match self {
            Self::Settle(settle) => match &settle.outcome {
                Outcome::Succeeded { reference } => Some(reference),
                Outcome::Declined | Outcome::ActionRequired => None,
            },
            _ => None,
        }
    }

    /// What makes it safe to send again.
    #[must_use]
    pub const fn once(&self) -> Option<&Once> {
        match self {
            Self::Place(place) => place.once.as_ref(),
            Self::Change(change) => change.once.as_ref(),
            Self::Cancel(cancel) => cancel.once.as_ref(),
            Self::Refund(refund) => refund.once.as_ref(),
            _ => None,
        }
    }
}

impl Place {
    /// The address of a pledge's page, with the key that opens it.
    #[must_use]
    pub fn link_to(&self, pledge: PledgeId) -> String {
        self.links.to(pledge)
    }
}

impl Links {
    /// The address of a pledge's page, with the key that opens it.
    #[must_use]
    pub fn to(&self, pledge: PledgeId) -> String {
        format!(
            "{}/pledges/{pledge}?key={}",
            self.base_url,
            self.secret.key(&format!("pledge:{pledge}"))
        )
    }
}

impl std::fmt::Debug for Links {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Links(…)")
    }
}
