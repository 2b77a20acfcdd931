//! Typed identifiers. A reward's id cannot be passed where a pledge's is meant.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh id. Version 7 sorts by creation, which keeps indexes dense.
            #[cfg(feature = "sql")]
            #[must_use]
            pub fn generate() -> Self {
                Self(Uuid::now_v7())
            }

            /// The id with this value, for fixed fixtures and parsed input.
            #[must_use]
            pub const fn from_uuid(value: Uuid) -> Self {
                Self(value)
            }

            /// The bare value.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// One person, whether or not they have chosen a password yet.
    AccountId,
    /// One signed-in browser.
    SessionId,
    /// One personal API token.
    TokenId,
    /// One campaign.
    CampaignId,
    /// One reward or add-on.
    RewardId,
    /// One backer's promise to one campaign.
    PledgeId,
    /// One try to charge a card.
    ChargeId,
    /// One refund, whole or in part.
    RefundId,
    /// One charge that a backer disputes with the bank.
    ChargebackId,
    /// One payment that nobody wanted.
    SurplusId,
    /// One letter in the outbox.
    MailId,
    /// One step that was taken with a campaign.
    CampaignEventId,
    /// A page that somebody wants published later.
    ChangeSetId,
    /// One picture or film that somebody uploaded.
    MediaId,
    /// One invitation to work on a campaign.
    InvitationId,
    /// One thing that was done about a campaign's people.
    PeopleEventId,
    /// One address that wants to be told of a launch.
    WatcherId,
}
