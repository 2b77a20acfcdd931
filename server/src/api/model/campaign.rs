//! Campaigns.

use backend::campaign::listing::Listed;
use domain::{
    Currency,
    campaign::{CampaignPage, Life, Opening, Terms, stretch},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Money,
    words::{
        CampaignStateWord, CategoryWord, FundingRuleWord, LanguageWord, LatePledgesWord,
        MeasureWord, VerdictWord,
    },
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
    funding_terms: FundingTerms,
    /// In money; with `pre_orders` it is `goal_units` that decides.
    goal: Money,
    /// What counts, with the opening balance if there is one: what is promised,
    /// or what was charged where cards are charged at once.
    pledged: Money,
    /// Units of rewards that count.
    #[schema(minimum = 0)]
    units: i64,
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

/// The options of a funding rule, locked by the launch.
#[derive(Debug, Serialize, ToSchema)]
pub struct FundingTerms {
    /// Units to be ordered, with `pre_orders`.
    #[schema(minimum = 1)]
    goal_units: Option<i64>,
    /// What a second round goes on towards, with `rounds`.
    optimum: Option<Money>,
    /// Whether what is pledged at the deadline decides, or what was charged a week later.
    #[schema(value_type = VerdictWord)]
    decided_by: &'static str,
    /// A pledge in the last ten minutes moves the deadline to ten minutes from then.
    overtime: bool,
    /// Whether rewards with a late price can be had after the success.
    #[schema(value_type = LatePledgesWord)]
    late_pledges: &'static str,
    /// The round that runs: 1, or 2 with `rounds` once the minimum is met.
    #[schema(minimum = 1, maximum = 2)]
    round: i64,
    /// The time zone that the deadline was chosen in, by its name in the tz database.
    #[schema(examples("Europe/Paris"))]
    time_zone: &'static str,
    /// Whether pledges may be paid in monthly instalments; `null` for no.
    instalments: Option<InstalmentTerms>,
}

/// From what total on a pledge may be paid in how many monthly instalments.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstalmentTerms {
    from: Money,
    #[schema(minimum = 2, maximum = 10)]
    most: i64,
}

/// One more thing to reach; it decides nothing about money.
#[derive(Debug, Serialize, ToSchema)]
pub struct StretchGoal {
    title: String,
    /// What happens then; may be empty.
    text: String,
    #[schema(value_type = MeasureWord)]
    measure: &'static str,
    /// Units or backers; `null` for an amount.
    count: Option<i64>,
    /// `null` unless an amount is what counts.
    amount: Option<Money>,
    /// Whole percent of it, rounded down.
    #[schema(minimum = 0)]
    percent: i64,
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
    /// What else becomes possible when more comes together.
    stretch_goals: Vec<StretchGoal>,
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
    /// Units of rewards that count.
    #[schema(minimum = 0)]
    units: i64,
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
        let life = card.life();
        Self {
            url: format!("{base_url}/campaigns/{}", card.slug),
            image: absolute(base_url, &card.image),
            slug: card.slug.to_string(),
            title: card.title,
            subtitle: card.subtitle,
            state: card.state.key(),
            funding_rule: card.terms.rule.key(),
            funding_terms: FundingTerms::of(&card.terms, card.funding.currency, &life),
            units: card.funding.units,
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
        let goals = page.stretch_goals.iter();
        let stretch_goals = goals.map(|goal| StretchGoal::of(goal, &page.funding)).collect();
        let life = page.life();
        let campaign = Campaign {
            url: format!("{base_url}/campaigns/{}", page.slug),
            image: absolute(base_url, &page.image),
            slug: page.slug.to_string(),
            title: page.title,
            subtitle: page.subtitle,
            state: page.state.key(),
            funding_rule: page.terms.rule.key(),
            funding_terms: FundingTerms::of(&page.terms, page.funding.currency, &life),
            units: page.funding.units,
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
        Self {
            campaign,
            stretch_goals,
            story_html: page.story_html,
            image_description: page.image_alt,
        }
    }
}

impl FundingTerms {
    fn of(terms: &Terms, currency: Currency, life: &Life) -> Self {
        Self {
            goal_units: terms.goal_units,
            optimum: terms.optimum.map(|minor| domain::Money::new(minor, currency).into()),
            decided_by: terms.verdict.key(),
            overtime: terms.overtime,
            late_pledges: life.late.key(),
            round: life.round,
            time_zone: terms.zone.key(),
            instalments: terms.instalments.map(|offer| InstalmentTerms {
                from: domain::Money::new(offer.from, currency).into(),
                most: offer.most,
            }),
        }
    }
}

impl StretchGoal {
    fn of(goal: &stretch::StretchGoal, funding: &domain::campaign::Funding) -> Self {
        let amount = goal.amount(funding.currency);
        Self {
            title: goal.title.clone(),
            text: goal.text.clone(),
            measure: goal.measure.key(),
            count: amount.is_none().then_some(goal.target),
            amount: amount.map(Into::into),
            percent: goal.percent(funding),
        }
    }
}

impl From<CampaignPage> for Funding {
    fn from(page: CampaignPage) -> Self {
        Self {
            campaign: page.slug.to_string(),
            state: page.state.key(),
            goal: page.funding.goal().into(),
            pledged: page.funding.pledged().into(),
            units: page.funding.units,
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

/// Pictures of our own have a path; others bring their whole address.
fn absolute(base_url: &str, address: &str) -> String {
    if address.starts_with('/') { format!("{base_url}{address}") } else { address.to_owned() }
}
