//! What is written to people, and what each letter tells.

use domain::{Invalid, Money, Timestamp, people::Rights, refund::Reason, reward::Wording};
use serde::{Deserialize, Serialize};

/// [`Letter::kind`] of [`Letter::ConfirmAddress`].
pub const CONFIRM_ADDRESS: &str = "confirm_address";
/// [`Letter::kind`] of [`Letter::AlreadyRegistered`].
pub const ALREADY_REGISTERED: &str = "already_registered";
/// [`Letter::kind`] of [`Letter::SignInLink`].
pub const SIGN_IN_LINK: &str = "sign_in_link";
/// [`Letter::kind`] of [`Letter::PledgeExists`].
pub const PLEDGE_EXISTS: &str = "pledge_exists";

/// [`Letter::kind`] of [`Letter::Invitation`].
pub const INVITATION: &str = "invitation";
/// [`Letter::kind`] of [`Letter::ConfirmWatch`].
pub const CONFIRM_WATCH: &str = "confirm_watch";

/// Everything that is ever written to anybody. A link may open something
/// without a password, so this has no `Debug` to get into a log by.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// Somebody wants an account. What they typed stays out of it: else this
    /// form would send strangers whatever anyone writes into it.
    ConfirmAddress {
        link: String,
    },
    /// Somebody wants an account with an address that has one.
    AlreadyRegistered {
        link: String,
    },
    /// Somebody wants to sign in without a password. The same to every address.
    SignInLink {
        link: String,
    },
    /// An account has another password, or its first. It may be somebody else's doing, so
    /// the link goes to where anybody asks for a letter, and opens nothing by itself.
    NewPassword {
        at: Timestamp,
        link: String,
    },
    PledgePlaced {
        title: String,
        total: Money,
        deadline: Timestamp,
        link: String,
    },
    PledgeChanged {
        title: String,
        total: Money,
        deadline: Timestamp,
        link: String,
    },
    PledgeCancelled {
        title: String,
    },
    /// Somebody wants to pledge with an address that has pledged.
    PledgeExists {
        title: String,
        link: String,
    },
    PledgeCollected {
        title: String,
        total: Money,
        link: String,
    },
    CardDeclined {
        title: String,
        total: Money,
        until: Timestamp,
        link: String,
    },
    ConfirmCharge {
        title: String,
        total: Money,
        until: Timestamp,
        link: String,
    },
    /// One of several was charged.
    InstalmentCollected {
        title: String,
        total: Money,
        number: i64,
        of: i64,
        /// When the next one is charged.
        next: Option<Timestamp>,
        link: String,
    },
    /// One of several could not be charged.
    InstalmentFailed {
        title: String,
        total: Money,
        number: i64,
        of: i64,
        /// When it is tried again by itself.
        again: Option<Timestamp>,
        link: String,
    },
    /// What was left of a plan is given up.
    InstalmentsEnded {
        title: String,
        /// What is not charged any more.
        total: Money,
        /// What was.
        paid: Money,
        link: String,
    },
    PledgeDropped {
        title: String,
        total: Money,
    },
    PledgeRefunded {
        title: String,
        /// What went back.
        total: Money,
        reason: Reason,
        link: String,
    },
    /// What a backer was promised of a reward has changed.
    RewardChanged {
        title: String,
        before: Box<Wording>,
        after: Box<Wording>,
        /// Until when the pledge may be taken back.
        until: Timestamp,
        link: String,
    },
    /// To the creator.
    PayoutStatement {
        title: String,
        collected: Money,
        platform_fee: Money,
        processing_fee: Money,
        dropped: Money,
        /// Refunds and disputes; none in letters from before there were any.
        #[serde(default)]
        returned: Option<Money>,
        /// Held back, and until when.
        #[serde(default)]
        reserve: Option<(Money, Timestamp)>,
        paid_out: Money,
        link: String,
    },
    /// To the creator.
    ReserveReleased {
        title: String,
        total: Money,
        link: String,
    },
    /// To the creator: a backer's bank disputes a charge.
    ChargebackOpened {
        title: String,
        total: Money,
        link: String,
    },
    /// To the creator: it decided for them.
    ChargebackWon {
        title: String,
        total: Money,
        link: String,
    },
    /// To the creator: it decided for the backer.
    ChargebackLost {
        title: String,
        total: Money,
        link: String,
    },
    CampaignSucceeded {
        title: String,
        total: Money,
        link: String,
    },
    CampaignFailed {
        title: String,
        total: Money,
    },
    /// It succeeded, and its backers were charged before.
    CampaignFunded {
        title: String,
        total: Money,
        link: String,
    },
    /// What was charged is not enough, so it is given back.
    CampaignUnfunded {
        title: String,
        total: Money,
    },
    /// Its creator has called it off.
    CampaignCancelled {
        title: String,
        total: Money,
        /// In the creator's words; none in letters from before it was asked for.
        #[serde(default)]
        reason: Option<String>,
    },
    /// To the operators: a campaign waits for their review.
    CampaignSubmitted {
        title: String,
        creator: String,
        link: String,
    },
    /// To the creator, with what the operator says to it, perhaps nothing.
    CampaignApproved {
        title: String,
        remark: String,
        launch_at: Option<Timestamp>,
        link: String,
    },
    /// To the creator, with what has to be changed.
    CampaignReturned {
        title: String,
        remark: String,
        link: String,
    },
    /// To whoever may say yes: somebody wants to publish changes of a page.
    ChangeSetAsked {
        title: String,
        author: String,
        link: String,
    },
    /// To whoever wanted that: another one has said no.
    ChangeSetReturned {
        title: String,
        remark: String,
        link: String,
    },
    /// To whoever wanted that: another one has said yes.
    ChangeSetApproved {
        title: String,
        /// The name of who said so.
        judge: String,
        /// When it is published; nothing where it is already.
        publish_at: Option<Timestamp>,
        link: String,
    },
    /// To whoever wanted that, when the clock has published it.
    ChangeSetPublished {
        title: String,
        link: String,
    },
    /// To whoever wanted that: it could not be done, and why.
    ChangeSetRefused {
        title: String,
        /// Whose changes they are, in a letter to somebody else.
        #[serde(default)]
        author: String,
        reason: Invalid,
        link: String,
    },
    /// To the creator, when the clock has launched it.
    CampaignLaunched {
        title: String,
        deadline: Timestamp,
        link: String,
    },
    /// Somebody wants to be told of a launch, with an address that has to be proved.
    ConfirmWatch {
        title: String,
        link: String,
    },
    /// To whoever wanted to be told: the campaign has launched.
    CampaignOpens {
        title: String,
        link: String,
        /// Takes the address off the list.
        stop: String,
    },
    /// Somebody is to work on a campaign.
    Invitation {
        title: String,
        /// The name of who invites.
        by: String,
        rights: Rights,
        until: Timestamp,
        link: String,
    },
}

impl Letter {
    /// Its name in the outbox, and that of its templates.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ConfirmAddress { .. } => CONFIRM_ADDRESS,
            Self::AlreadyRegistered { .. } => ALREADY_REGISTERED,
            Self::SignInLink { .. } => SIGN_IN_LINK,
            Self::NewPassword { .. } => "new_password",
            Self::PledgePlaced { .. } => "pledge_placed",
            Self::PledgeChanged { .. } => "pledge_changed",
            Self::PledgeCancelled { .. } => "pledge_cancelled",
            Self::PledgeExists { .. } => PLEDGE_EXISTS,
            Self::PledgeCollected { .. } => "pledge_collected",
            Self::CardDeclined { .. } => "card_declined",
            Self::ConfirmCharge { .. } => "confirm_charge",
            Self::InstalmentCollected { .. } => "instalment_collected",
            Self::InstalmentFailed { .. } => "instalment_failed",
            Self::InstalmentsEnded { .. } => "instalments_ended",
            Self::PledgeDropped { .. } => "pledge_dropped",
            Self::PledgeRefunded { .. } => "pledge_refunded",
            Self::RewardChanged { .. } => "reward_changed",
            Self::PayoutStatement { .. } => "payout_statement",
            Self::ReserveReleased { .. } => "reserve_released",
            Self::ChargebackOpened { .. } => "chargeback_opened",
            Self::ChargebackWon { .. } => "chargeback_won",
            Self::ChargebackLost { .. } => "chargeback_lost",
            Self::CampaignSucceeded { .. } => "campaign_succeeded",
            Self::CampaignFailed { .. } => "campaign_failed",
            Self::CampaignFunded { .. } => "campaign_funded",
            Self::CampaignUnfunded { .. } => "campaign_unfunded",
            Self::CampaignCancelled { .. } => "campaign_cancelled",
            Self::CampaignSubmitted { .. } => "campaign_submitted",
            Self::CampaignApproved { .. } => "campaign_approved",
            Self::CampaignReturned { .. } => "campaign_returned",
            Self::CampaignLaunched { .. } => "campaign_launched",
            Self::ChangeSetAsked { .. } => "change_set_asked",
            Self::ChangeSetReturned { .. } => "change_set_returned",
            Self::ChangeSetApproved { .. } => "change_set_approved",
            Self::ChangeSetPublished { .. } => "change_set_published",
            Self::ChangeSetRefused { .. } => "change_set_refused",
            Self::ConfirmWatch { .. } => CONFIRM_WATCH,
            Self::CampaignOpens { .. } => "campaign_opens",
            Self::Invitation { .. } => INVITATION,
        }
    }
}
