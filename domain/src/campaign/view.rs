//! What pages read of a campaign: exactly what they show and no more.

use serde::{Deserialize, Serialize};

use super::{CampaignState, Funding, LatePledges, Life, StretchGoal, Terms};
use crate::{
    account::Role, category::Category, country::Country, id::CampaignId, media::Picture,
    money::Money, reward::RewardView, slug::Slug, time::Timestamp,
};

/// One campaign in a grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignCard {
    pub slug: Slug,
    pub title: String,
    pub subtitle: String,
    pub creator: String,
    pub category: Category,
    /// Address of its picture, always present: without an upload it is drawn.
    pub image: String,
    /// The same where it was uploaded, in every width.
    pub picture: Option<Picture>,
    pub state: CampaignState,
    pub terms: Terms,
    pub round: i64,
    pub late: LatePledges,
    pub funding: Funding,
    pub deadline: Timestamp,
    /// Written for the demonstration; the card says so where the site does not.
    pub is_demo: bool,
}

/// Everything the campaign page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignPage {
    pub id: CampaignId,
    pub slug: Slug,
    pub title: String,
    pub subtitle: String,
    /// Sanitised HTML, made when the story was written.
    pub story_html: String,
    pub category: Category,
    pub subcategory: String,
    /// Town and region, as the creator writes it; may be empty.
    pub location: String,
    pub country: Option<Country>,
    pub creator: String,
    pub image: String,
    pub image_alt: String,
    /// The same where it was uploaded, in every width.
    pub picture: Option<Picture>,
    pub state: CampaignState,
    pub terms: Terms,
    /// 2 in the second round of a campaign that has one.
    pub round: i64,
    /// Whether rewards can be had after the success.
    pub late: LatePledges,
    pub stretch_goals: Vec<StretchGoal>,
    pub funding: Funding,
    /// The share of `funding` that came with an imported record, and from whom.
    pub opening: Option<Opening>,
    /// What became of the pledges, once cards are charged.
    pub collection: Option<Collection>,
    /// Written for the demonstration; the page says so.
    pub is_demo: bool,
    /// The language the campaign is written in.
    pub language: crate::Locale,
    pub launched_at: Option<Timestamp>,
    pub deadline: Timestamp,
    pub rewards: Vec<RewardView>,
    /// The visitor's own active pledge here, if signed in and there is one.
    pub own_pledge: Option<crate::id::PledgeId>,
    /// The newest version of it that was published; 0 where it stands as it was launched.
    pub version: i64,
    /// Counts the changes of its picture and its rewards since the launch.
    pub shelf: i64,
    /// How new what is shown of it is, as `live::PageEvent` says it.
    pub drawn: i64,
    /// Whether the visitor may edit the page, or the rewards on it.
    pub may_edit: bool,
    /// Why it was cancelled or suspended, as its creator or the operator says.
    pub reason: Option<String>,
    /// When the server read all this; the page counts time from it.
    pub now: Timestamp,
}

impl CampaignCard {
    /// Where it is in its life.
    #[must_use]
    pub const fn life(&self) -> Life {
        life(self.state, self.round, self.late, self.deadline)
    }
}

impl CampaignPage {
    /// Where it is in its life.
    #[must_use]
    pub const fn life(&self) -> Life {
        life(self.state, self.round, self.late, self.deadline)
    }
}

/// As far as pages see it: what a suspended one goes back to is not shown.
const fn life(state: CampaignState, round: i64, late: LatePledges, deadline: Timestamp) -> Life {
    Life { state, round, late, frozen: None, deadline }
}

/// What became of what was pledged. The three add up to the pledges made here;
/// the pledged total itself does not move after the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    /// Charged.
    pub collected: Money,
    /// To be charged, or declined and not yet given up.
    pub outstanding: Money,
    /// Given up: the card was never good.
    pub dropped: Money,
    /// Of what was collected: refunds, and disputes that were lost.
    pub returned: Money,
}

/// Totals that were brought in from elsewhere, never shown as our backers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub pledged: Money,
    pub backers: i64,
    /// Where they come from, as a label.
    pub source: String,
}

/// Who backs a campaign, in the aggregate: nobody is named without wanting it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Community {
    /// The campaign, without its story and rewards.
    pub campaign: CampaignPage,
    /// Backers per country, largest first, at most ten.
    pub countries: Vec<(Option<Country>, i64)>,
    /// Backers for whom this is the first campaign here.
    pub first_time: i64,
    /// Backers who had backed before.
    pub returning: i64,
    pub recent: Vec<RecentPledge>,
}

/// One line of the ticker: an amount and a place, no name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentPledge {
    pub slug: Slug,
    pub title: String,
    pub amount: Money,
    pub country: Option<Country>,
    pub at: Timestamp,
}

/// Who is looking, as every page's header needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    pub name: String,
    pub role: Role,
}

/// Everything the home page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePage {
    /// The one that moves most; `None` when nothing is live.
    pub featured: Option<CampaignCard>,
    pub ending: Vec<CampaignCard>,
    pub popular: Vec<CampaignCard>,
    pub newest: Vec<CampaignCard>,
    /// The best funded of the past.
    pub historic: Vec<CampaignCard>,
    pub recent: Vec<RecentPledge>,
    /// Live campaigns by category, only where there are any.
    pub categories: Vec<(Category, i64)>,
    /// How many campaigns are live.
    pub live: i64,
    /// How many backers those have.
    pub backers: i64,
    pub now: Timestamp,
}
