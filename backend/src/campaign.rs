//! Campaigns: reading them for pages, importing them, closing them on time.

pub mod import;
pub mod listing;
pub mod popularity;
mod search;
pub(crate) mod sql;

use domain::{
    Locale, Money, Timestamp,
    campaign::{
        CampaignCard, CampaignPage, CampaignState, Community, FundingRule, HomePage, Opening,
    },
    category::Category,
    country::Country,
    currency::Currency,
    discovery::{Found, Query, Sort, StateFilter},
    id::{AccountId, CampaignId},
    slug::Slug,
};

use crate::{
    account::Who,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    reward, story,
};

/// A campaign as an import or the demo brings it.
#[derive(Debug, Clone)]
pub struct NewCampaign {
    pub slug: Slug,
    /// Where it comes from, so that a second import finds it again.
    pub external_ref: Option<String>,
    pub creator_id: AccountId,
    pub creator: String,
    pub title: String,
    pub subtitle: String,
    /// Markdown.
    pub story: String,
    pub language: Locale,
    pub category: Category,
    pub subcategory: String,
    pub location: String,
    pub country: Option<Country>,
    /// Address of the picture; empty for one drawn from the slug.
    pub image: String,
    pub image_alt: String,
    pub is_demo: bool,
    pub state: CampaignState,
    pub currency: Currency,
    /// Minor units, at least 1.
    pub goal: i64,
    /// Totals that come with it.
    pub opening: Option<Opening>,
    pub created_at: Timestamp,
    pub launched_at: Option<Timestamp>,
    pub deadline: Timestamp,
}

/// Writes a campaign, or brings one with the same `external_ref` up to date.
/// Pledges and their totals are never touched.
///
/// # Errors
/// When the database fails; a slug that is taken by another campaign counts too.
pub async fn put(conn: &mut Conn<'_>, new: &NewCampaign, now: Timestamp) -> Result<CampaignId> {
    let story_html = story::to_html(&new.story);
    let image = if new.image.is_empty() {
        format!("/media/art/{}.svg", new.slug)
    } else {
        new.image.clone()
    };
    let search_text = domain::slug::folded_words(&format!(
        "{} {} {} {} {}",
        new.title, new.subtitle, new.creator, new.subcategory, new.location
    ));
    sql::put(conn, &sql::Put { new, story_html, image, search_text, now }).await
}

/// What the home page shows.
///
/// # Errors
/// When the database fails.
pub async fn home(backend: &Backend) -> Result<HomePage> {
    let now = backend.clock.now();
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let list = |sort, state, limit| (Query { sort, state, page: 1, ..Query::default() }, limit);
    let mut shelves = Vec::with_capacity(4);
    for (query, limit) in [
        list(Sort::Popular, StateFilter::Live, 9),
        list(Sort::EndingSoon, StateFilter::Live, 4),
        list(Sort::Newest, StateFilter::Live, 4),
        list(Sort::MostFunded, StateFilter::Successful, 5),
    ] {
        shelves.push(search::cards(&mut conn, &query, limit, 0, now).await?);
    }
    let [mut popular, ending, newest, historic] =
        <[Vec<CampaignCard>; 4]>::try_from(shelves).expect("four shelves were filled");
    let featured = (!popular.is_empty()).then(|| popular.remove(0));
    let totals = sql::totals(&mut conn).await?;
    Ok(HomePage {
        featured,
        ending,
        popular,
        newest,
        historic,
        recent: sql::recent(&mut conn, None, 6).await?,
        categories: sql::live_by_category(&mut conn).await?,
        live: totals.live,
        backers: totals.backers,
        is_demo: backend.options.is_demo,
        now,
    })
}

/// One page of the list that a question asks for.
///
/// # Errors
/// When the database fails.
pub async fn discover(backend: &Backend, query: &Query) -> Result<Found> {
    let now = backend.clock.now();
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let size = domain::discovery::PAGE_SIZE;
    let campaigns = search::cards(&mut conn, query, size, query.offset(), now).await?;
    let total = search::count(&mut conn, query).await?;
    Ok(Found { campaigns, total, now })
}

/// What the campaign's page shows to this visitor. `secret` opens the reward
/// that has this token.
///
/// # Errors
/// [`Error::NotFound`] when there is none that this visitor may see.
pub async fn page(
    backend: &Backend,
    who: Option<&Who>,
    slug: &str,
    secret: &str,
) -> Result<CampaignPage> {
    let now = backend.clock.now();
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let row = sql::page(&mut conn, slug).await?.ok_or(Error::NotFound)?;
    let is_creator = who.is_some_and(|w| w.account == row.creator_id);
    if !row.state.is_public() && !is_creator {
        return Err(Error::NotFound);
    }
    let rewards = reward::offered(&mut conn, row.id, row.currency, secret).await?;
    let own_pledge = match who {
        Some(who) => crate::pledge::own(&mut conn, row.id, who.account).await?,
        None => None,
    };
    Ok(row.into_page(rewards, own_pledge, now))
}

/// Who backs a campaign, in the aggregate.
///
/// # Errors
/// [`Error::NotFound`] when there is no such public campaign.
pub async fn community(backend: &Backend, slug: &str) -> Result<Community> {
    let now = backend.clock.now();
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let row = sql::page(&mut conn, slug).await?.ok_or(Error::NotFound)?;
    if !row.state.is_public() {
        return Err(Error::NotFound);
    }
    let countries = sql::countries(&mut conn, row.id).await?;
    let returning = sql::returning(&mut conn, row.id).await?;
    let own_backers = row.backers - row.opening_backers;
    let recent = sql::recent(&mut conn, Some(row.id), 12).await?;
    Ok(Community {
        funding: row.funding(),
        opening: row.opening(),
        title: row.title,
        slug: row.slug,
        countries,
        first_time: (own_backers - returning).max(0),
        returning,
        recent,
        now,
    })
}

/// One campaign as a card, for checkouts, lists and the API.
///
/// # Errors
/// [`Error::NotFound`] when there is no such public campaign.
pub async fn card(conn: &mut Conn<'_>, slug: &str) -> Result<(CampaignId, CampaignCard, bool)> {
    let row = sql::page(conn, slug).await?.ok_or(Error::NotFound)?;
    if !row.state.is_public() {
        return Err(Error::NotFound);
    }
    Ok((row.id, row.card(), row.is_demo))
}

/// Ends every live campaign whose deadline has passed, each in its own
/// transaction, and tells open pages. Several processes may do this at once.
///
/// # Errors
/// When the database fails; what was closed before stays closed.
pub async fn close_due(backend: &Backend) -> Result<u32> {
    let now = backend.clock.now();
    let due = {
        let mut reader = backend.db.read().await?;
        sql::due(&mut reader.conn(), now).await?
    };
    let mut closed = 0;
    for id in due {
        let mut tx = backend.db.begin().await?;
        let done = sql::close(&mut tx.conn(), id, now).await?;
        if done {
            crate::live::announce(&mut tx.conn(), &backend.hub, &[id]).await?;
        }
        tx.commit().await?;
        if done {
            closed += 1;
            backend.hub.refresh(&backend.db, &[id]).await?;
        }
    }
    Ok(closed)
}

/// The rule of a campaign without a choice of its own.
pub(crate) const RULE: FundingRule = FundingRule::AllOrNothing;

impl sql::PageRow {
    fn funding(&self) -> domain::campaign::Funding {
        domain::campaign::Funding {
            goal: self.goal,
            pledged: self.pledged,
            backers: self.backers,
            currency: self.currency,
        }
    }

    fn opening(&self) -> Option<Opening> {
        self.opening_source.clone().map(|source| Opening {
            pledged: Money::new(self.opening_pledged, self.currency),
            backers: self.opening_backers,
            source,
        })
    }

    fn card(&self) -> CampaignCard {
        CampaignCard {
            slug: self.slug.clone(),
            title: self.title.clone(),
            subtitle: self.subtitle.clone(),
            creator: self.creator.clone(),
            category: self.category,
            image: self.image.clone(),
            state: self.state,
            funding: self.funding(),
            deadline: self.deadline,
        }
    }

    fn into_page(
        self,
        rewards: Vec<domain::reward::RewardView>,
        own_pledge: Option<domain::id::PledgeId>,
        now: Timestamp,
    ) -> CampaignPage {
        CampaignPage {
            funding: self.funding(),
            opening: self.opening(),
            id: self.id,
            slug: self.slug,
            title: self.title,
            subtitle: self.subtitle,
            story_html: self.story_html,
            category: self.category,
            subcategory: self.subcategory,
            location: self.location,
            country: self.country.as_deref().and_then(Country::parse),
            creator: self.creator,
            image: self.image,
            image_alt: self.image_alt,
            state: self.state,
            rule: self.rule,
            is_demo: self.is_demo,
            language: self.language,
            launched_at: self.launched_at,
            deadline: self.deadline,
            rewards,
            own_pledge,
            now,
        }
    }
}
