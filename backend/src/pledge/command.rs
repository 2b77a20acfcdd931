//! What the writer can be asked, and what it answers.

use domain::{
    Locale,
    email::EmailAddress,
    id::{AccountId, CampaignId, PledgeId},
    pledge::{Order, PledgeState, Quote},
    slug::Slug,
};
use serde::{Deserialize, Serialize};

use crate::payment::SavedCard;

/// One change of pledges. Who may do it was decided before.
#[derive(Debug, Clone)]
pub enum Command {
    Place(Box<Place>),
    Change(Box<Change>),
    Cancel {
        campaign: CampaignId,
        pledge: PledgeId,
    },
    /// The card's holder confirmed at the bank.
    Confirm {
        campaign: CampaignId,
        pledge: PledgeId,
    },
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
    pub card: SavedCard,
    /// The same key places one pledge, however often it is sent.
    pub key: Option<String>,
    /// Hash of what was asked under that key.
    pub fingerprint: String,
    pub locale: Locale,
    /// Makes the link that a letter carries.
    pub links: Links,
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
}

impl Command {
    /// The campaign whose row it has to lock.
    #[must_use]
    pub const fn campaign(&self) -> CampaignId {
        match self {
            Self::Place(place) => place.campaign,
            Self::Change(change) => change.campaign,
            Self::Cancel { campaign, .. }
            | Self::Confirm { campaign, .. }
            | Self::Drop { campaign, .. } => *campaign,
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
