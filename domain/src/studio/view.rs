//! What the studio's pages show.

use serde::{Deserialize, Serialize};

use super::{
    BasicsForm, CheckItem, EventKind, FundingForm, IdentityView, Next, RewardForm, ScheduleForm,
    Step, StoryForm,
};
use crate::{
    campaign::{CampaignState, Funding, LatePledges, policy::Phase},
    currency::Currency,
    id::RewardId,
    media::Picture,
    money::Money,
    people::Rights,
    reward::{Image, RewardKind},
    slug::Slug,
    time::{Timestamp, Zone},
};

/// The campaigns that somebody works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudioList {
    /// Newest first.
    pub campaigns: Vec<StudioLine>,
    pub is_operator: bool,
    /// How many campaigns wait for an operator; 0 for everyone else.
    pub waiting: i64,
    pub now: Timestamp,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudioLine {
    pub slug: Slug,
    pub title: String,
    pub image: String,
    pub state: CampaignState,
    pub is_approved: bool,
    pub launch_at: Option<Timestamp>,
    /// Without a goal, [`StudioLine::has_goal`] says so.
    pub funding: Funding,
    pub has_goal: bool,
    /// `None` until it is launched.
    pub deadline: Option<Timestamp>,
    pub next: Next,
}

/// Everything the studio shows of one campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudioPage {
    pub slug: Slug,
    pub title: String,
    pub image: String,
    /// The same where it was uploaded, in every width.
    pub picture: Option<Picture>,
    pub creator: String,
    pub is_demo: bool,
    /// What the visitor may do; nothing, for an operator who reads.
    pub rights: Rights,
    /// The visitor owns the campaign.
    pub is_owner: bool,
    /// The visitor runs the platform.
    pub is_operator: bool,
    pub state: CampaignState,
    pub phase: Phase,
    pub late: LatePledges,
    pub figures: Funding,
    pub currency: Currency,
    pub zone: Zone,
    /// As saved, each with its version.
    pub basics: BasicsForm,
    pub funding: FundingForm,
    pub schedule: ScheduleForm,
    pub story: StoryForm,
    /// A story that was refused, as typed: it is too long to come back in a cookie.
    /// It is shown in place of the saved one until a save succeeds.
    pub unsaved_story: Option<String>,
    /// The token of the link to its preview, before the launch, where there is one and
    /// the visitor may edit the page.
    pub preview: Option<String>,
    /// How many want to be told of the launch, where it is announced.
    pub announcement: Option<i64>,
    /// The saved story as backers see it.
    pub story_html: String,
    /// Rewards first, then add-ons, each in its order.
    pub rewards: Vec<StudioReward>,
    pub checklist: Vec<CheckItem>,
    /// Who stands behind it; nothing for who may not know.
    pub identity: Option<IdentityView>,
    /// What the visitor may do now.
    pub steps: Vec<Step>,
    /// What the operator said when the campaign last came back, while it is a draft.
    pub remarks: Option<String>,
    /// Why it was cancelled or suspended, as everybody reads it.
    pub reason: Option<String>,
    pub approved_at: Option<Timestamp>,
    /// When it launches by itself.
    pub launch_at: Option<Timestamp>,
    pub launched_at: Option<Timestamp>,
    /// Planned before the launch, real after it.
    pub deadline: Timestamp,
    /// Newest first.
    pub events: Vec<EventView>,
    pub now: Timestamp,
}

/// One reward as its creator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudioReward {
    pub id: RewardId,
    pub kind: RewardKind,
    pub title: String,
    pub price: Money,
    pub claimed: i64,
    pub quantity: Option<i64>,
    /// Somebody has pledged for it, so that its promise is locked.
    pub is_backed: bool,
    /// No pledge names it.
    pub may_delete: bool,
    pub image: Option<Image>,
    pub form: RewardForm,
    /// The token of its link, when it is secret and the visitor may edit rewards.
    pub secret: Option<String>,
}

/// One step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventView {
    pub at: Timestamp,
    pub kind: EventKind,
    /// A name; `None` for what the platform did by the clock.
    pub who: Option<String>,
    /// A reason, remarks, or nothing.
    pub remark: String,
}

/// One campaign that waits for the operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewLine {
    pub slug: Slug,
    pub title: String,
    pub creator: String,
    pub submitted_at: Timestamp,
    pub goal: Money,
    /// How often it was submitted.
    pub times: i64,
}
