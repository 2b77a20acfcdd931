//! Campaigns.

use backend::campaign::listing::Listed;
use domain::campaign::{CampaignPage, Opening};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Money,
    words::{CampaignStateWord, CategoryWord, FundingRuleWord, LanguageWord},
};

/// A campaign in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Campaign {
    /// Its name in addresses; never changes.
    #[schema(examples("the-tide-clock"))]
    slug: String,
    title: String,
    subtitle: String,
    #[schema(value_type = CampaignStateWord)]
    state: &'static str,
    #[schema(value_type = FundingRuleWord)]
    funding_rule: &'static str,
    goal: Money,
    /// What is promised, with the opening balance if there is one.
    pledged: Money,
    /// How many people promised it.
    #[schema(minimum = 0)]
    backers: i64,
    /// Whole percent of the goal, rounded down: 100 is never told before the goal is met.
    #[schema(minimum = 0)]
    percent: i64,
    /// The part that came with an imported record and was not pledged here.
    opening: Option<OpeningBalance>,
    #[schema(format = DateTime)]
    launched_at: Option<String>,
    /// Pledges are taken before this instant.
    #[schema(format = DateTime)]
    deadline: String,
    #[schema(value_type = CategoryWord)]
    category: &'static str,
    /// A finer word of the creator's; may be empty.
    subcategory: String,
    /// Who runs it; may be empty.
    creator: String,
    /// Town and region in the creator's words; may be empty.
    location: String,
    /// ISO 3166-1 code.
    #[schema(pattern = "^[A-Z]{2}$")]
    country: Option<String>,
    #[schema(value_type = LanguageWord)]
    language: &'static str,
    /// Address of its picture.
    #[schema(format = Uri)]
    image: String,
    /// Address of its page.
    #[schema(format = Uri)]
    url: String,
    /// Written for the demonstration: no real creator, no real money.
    is_demo: bool,
}

/// Totals that were brought in from elsewhere.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpeningBalance {
    pledged: Money,
    #[schema(minimum = 0)]
    backers: i64,
    /// The record they come from.
    source: String,
}

/// One campaign with its story.
#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignDetails {
    #[serde(flatten)]
    campaign: Campaign,
    /// The story as sanitised HTML.
    story_html: String,
    /// What its picture shows; may be empty.
    image_description: String,
}

/// A part of a list of campaigns.
#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignList {
    pub items: Vec<Campaign>,
    /// Send it as `cursor` for the part after this one; `null` at the end.
    pub next: Option<String>,
    /// How many campaigns the question finds in all.
    #[schema(minimum = 0)]
    pub total: i64,
}

/// How far a campaign has come, for whoever asks often. `/live` tells the same
/// without being asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Funding {
    /// The campaign's slug.
    campaign: String,
    #[schema(value_type = CampaignStateWord)]
    state: &'static str,
    goal: Money,
    /// What is promised, with the opening balance if there is one.
    pledged: Money,
    #[schema(minimum = 0)]
    backers: i64,
    /// The average pledge, rounded down.
    average: Money,
    /// Whole percent of the goal, rounded down.
    #[schema(minimum = 0)]
    percent: i64,
    opening: Option<OpeningBalance>,
    #[schema(format = DateTime)]
    deadline: String,
}

impl Campaign {
    /// A campaign of a list.
    pub fn listed(listed: Listed, base_url: &str) -> Self {
        let card = listed.card;
        Self {
            url: format!("{base_url}/campaigns/{}", card.slug),
            image: absolute(base_url, &card.image),
            slug: card.slug.to_string(),
            title: card.title,
            subtitle: card.subtitle,
            state: card.state.key(),
            funding_rule: rule(listed.rule),
            goal: card.funding.goal().into(),
            pledged: card.funding.pledged().into(),
            backers: card.funding.backers,
            percent: card.funding.percent(),
            opening: listed.opening.map(Into::into),
            launched_at: Some(listed.launched_at.rfc3339()),
            deadline: card.deadline.rfc3339(),
            category: card.category.key(),
            subcategory: listed.subcategory,
            creator: card.creator,
            location: listed.location,
            country: listed.country.map(|c| c.to_string()),
            language: listed.language.tag(),
            is_demo: listed.is_demo,
        }
    }
}

impl CampaignDetails {
    /// The campaign of a page.
    pub fn of(page: CampaignPage, base_url: &str) -> Self {
        let campaign = Campaign {
            url: format!("{base_url}/campaigns/{}", page.slug),
            image: absolute(base_url, &page.image),
            slug: page.slug.to_string(),
            title: page.title,
            subtitle: page.subtitle,
            state: page.state.key(),
            funding_rule: rule(page.rule),
            goal: page.funding.goal().into(),
            pledged: page.funding.pledged().into(),
            backers: page.funding.backers,
            percent: page.funding.percent(),
            opening: page.opening.map(Into::into),
            launched_at: page.launched_at.map(domain::Timestamp::rfc3339),
            deadline: page.deadline.rfc3339(),
            category: page.category.key(),
            subcategory: page.subcategory,
            creator: page.creator,
            location: page.location,
            country: page.country.map(|c| c.to_string()),
            language: page.language.tag(),
            is_demo: page.is_demo,
        };
        Self { campaign, story_html: page.story_html, image_description: page.image_alt }
    }
}

impl From<CampaignPage> for Funding {
    fn from(page: CampaignPage) -> Self {
        Self {
            campaign: page.slug.to_string(),
            state: page.state.key(),
            goal: page.funding.goal().into(),
            pledged: page.funding.pledged().into(),
            backers: page.funding.backers,
            average: page.funding.average().into(),
            percent: page.funding.percent(),
            opening: page.opening.map(Into::into),
            deadline: page.deadline.rfc3339(),
        }
    }
}

impl From<Opening> for OpeningBalance {
    fn from(opening: Opening) -> Self {
        Self { pledged: opening.pledged.into(), backers: opening.backers, source: opening.source }
    }
}

const fn rule(rule: domain::campaign::FundingRule) -> &'static str {
    match rule {
        domain::campaign::FundingRule::AllOrNothing => "all_or_nothing",
    }
}

/// Pictures of our own have a path; others bring their whole address.
fn absolute(base_url: &str, address: &str) -> String {
    if address.starts_with('/') { format!("{base_url}{address}") } else { address.to_owned() }
}
