//! Campaigns: reading them for pages, importing them, closing them on time.

pub mod import;
pub mod life;
pub mod listing;
pub(crate) mod locked;
pub mod popularity;
pub(crate) mod search;
pub(crate) mod sql;
pub(crate) mod terms;

pub use life::{cancel, close_due, close_late_pledges, launch, open_late_pledges, resume, suspend};
pub(crate) use life::{close, stop};
pub use terms::Plan;

use domain::{
    Invalid, Locale, Money, Problem, Timestamp,
    campaign::{
        CampaignCard, CampaignPage, CampaignState, Collection, Community, Funding, HomePage, Life,
        Opening, stretch,
    },
    category::Category,
    country::Country,
    currency::Currency,
    discovery::{Found, Query, Sort, StateFilter},
    id::{AccountId, CampaignId},
    money::LARGEST_MINOR,
    people::Right,
    pledge::Refusal,
    slug::Slug,
};

use crate::{
    account::Who,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    media, people, reward, story,
};
use locked::Locked;

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
    /// When its cards are charged, and for what.
    pub plan: Plan,
    /// Totals that come with it.
    pub opening: Option<Opening>,
    pub created_at: Timestamp,
    pub launched_at: Option<Timestamp>,
    pub deadline: Timestamp,
}

/// Writes a campaign, or brings one with the same `external_ref` up to date.
/// Pledges are never touched; totals follow a corrected opening balance.
///
/// # Errors
/// [`Error::Invalid`] when its terms or its stretch goals mean nothing, and when
/// it would run for too few or too many days, unless it comes with an opening balance: that one ran elsewhere, under other rules, and
/// what it was is not ours to judge. When the database fails; a slug that is
/// taken by another campaign counts too.
pub async fn put(conn: &mut Conn<'_>, new: &NewCampaign, now: Timestamp) -> Result<CampaignId> {
    new.plan.terms(new.goal).check()?;
    if let Some(offer) = new.plan.instalments {
        let judged = offer.check(new.currency);
        judged.map_err(|problem| Invalid::field("instalments", problem))?;
    }
    stretch::check(&new.plan.stretch_goals)?;
    if let Some(opening) = &new.opening {
        check_opening(opening.pledged, new.currency)?;
    } else {
        let launched = new.launched_at.unwrap_or(new.created_at);
        let length = new.plan.rule.check_duration(launched, new.deadline);
        length.map_err(|problem| Invalid::field("deadline", problem))?;
    }
    put_draft(conn, new, now).await
}

/// The same for a campaign that is still being written: what it asks for is looked at
/// when it is submitted.
///
/// # Errors
/// When the database fails.
pub(crate) async fn put_draft(
    conn: &mut Conn<'_>,
    new: &NewCampaign,
    now: Timestamp,
) -> Result<CampaignId> {
    let story_html = story::to_html(&new.story);
    let image = if new.image.is_empty() {
        format!("/media/art/{}.svg", new.slug)
    } else {
        new.image.clone()
    };
    let words = [&new.title, &new.subtitle, &new.creator, &new.subcategory, &new.location];
    let search_text = search_text(words.map(String::as_str));
    sql::put(conn, &sql::Put { new, story_html, image, search_text, now }).await
}

/// What a search looks through, of a title, a subtitle, a creator, a subcategory and
/// a place.
pub(crate) fn search_text(words: [&str; 5]) -> String {
    domain::slug::folded_words(&words.join(" "))
}

/// Totals that come with a record are money of the campaign's currency, and no more
/// than any campaign ever had.
fn check_opening(pledged: Money, currency: Currency) -> Result<()> {
    if pledged.currency != currency {
        return Err(Refusal::OtherCurrency.into());
    }
    let problem = match pledged.minor {
        ..=-1 => Problem::AmountNegative,
        0..=LARGEST_MINOR => return Ok(()),
        _ => Problem::AmountTooLarge,
    };
    Err(Invalid::field("pledged", problem).into())
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
    let recent = sql::recent(&mut conn, None, 6).await?;
    let categories = sql::live_by_category(&mut conn).await?;
    reader.done();
    Ok(HomePage {
        featured,
        ending,
        popular,
        newest,
        historic,
        recent,
        categories,
        live: totals.live,
        backers: totals.backers,
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
    reader.done();
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
    let access = match who {
        Some(who) => Some(people::access(&mut conn, who, row.id).await?),
        None => None,
    };
    if !row.state.is_public() && !access.is_some_and(people::Access::is_any) {
        return Err(Error::NotFound);
    }
    // Whoever may edit only its rewards does it where they stand, too.
    let may_edit = [Right::EditPage, Right::EditRewards]
        .into_iter()
        .any(|right| access.is_some_and(|access| access.sees(right)));
    let rewards = reward::offered(&mut conn, row.id, row.currency, secret).await?;
    let own_pledge = own_pledge(&mut conn, who, row.id).await?;
    reader.done();
    Ok(CampaignPage { may_edit, ..row.into_page(rewards, own_pledge, now)? })
}

/// A campaign as backers see it or will see it, whoever asks: who may is decided before.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) async fn as_seen(
    conn: &mut Conn<'_>,
    slug: &str,
    now: Timestamp,
) -> Result<CampaignPage> {
    let row = sql::page(conn, slug).await?.ok_or(Error::NotFound)?;
    let rewards = reward::offered(conn, row.id, row.currency, "").await?;
    row.into_page(rewards, None, now)
}

/// The visitor's own active pledge.
async fn own_pledge(
    conn: &mut Conn<'_>,
    who: Option<&Who>,
    campaign: CampaignId,
) -> Result<Option<domain::id::PledgeId>> {
    match who {
        Some(who) => crate::pledge::own(conn, campaign, who.account).await,
        None => Ok(None),
    }
}

/// Who backs a campaign, in the aggregate.
///
/// # Errors
/// [`Error::NotFound`] when there is no such public campaign.
pub async fn community(backend: &Backend, who: Option<&Who>, slug: &str) -> Result<Community> {
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
    let own_pledge = own_pledge(&mut conn, who, row.id).await?;
    reader.done();
    let mut campaign = row.into_page(Vec::new(), own_pledge, now)?;
    campaign.story_html.clear();
    let first_time = (own_backers - returning).max(0);
    Ok(Community { campaign, countries, first_time, returning, recent })
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

/// The campaign of an order, and the currency to read it in.
///
/// # Errors
/// [`Error::NotFound`] when there is no such public campaign.
pub(crate) async fn currency(backend: &Backend, slug: &str) -> Result<(CampaignId, Currency)> {
    let mut reader = backend.db.read().await?;
    let found = sql::currency(&mut reader.conn(), slug).await?;
    reader.done();
    found.ok_or(Error::NotFound)
}

impl Locked {
    /// Its figures as they are now.
    pub(crate) const fn funding(&self) -> Funding {
        let (pledged, backers, units) = (self.pledged, self.backers, self.units);
        Funding { pledged, backers, units, ..self.plan.funding() }
    }

    /// Where it is in its life now.
    pub(crate) const fn life(&self) -> Life {
        Life { state: self.state, deadline: self.deadline, ..self.plan.life() }
    }
}

impl sql::PageRow {
    fn opening(&self) -> Option<Opening> {
        self.opening_source.clone().map(|source| Opening {
            pledged: Money::new(self.opening_pledged, self.currency),
            backers: self.opening_backers,
            source,
        })
    }

    fn collection(&self) -> Option<Collection> {
        let money = |minor| Money::new(minor, self.currency);
        let pledged = self.pledged - self.opening_pledged;
        self.fix_until.map(|_| Collection {
            collected: money(self.collected),
            outstanding: money(pledged - self.collected - self.dropped),
            dropped: money(self.dropped),
            returned: money(self.refunded + self.charged_back),
        })
    }

    fn card(&self) -> CampaignCard {
        let picture = media::parse(self.picture.as_deref());
        CampaignCard {
            slug: self.slug.clone(),
            title: self.title.clone(),
            subtitle: self.subtitle.clone(),
            creator: self.creator.clone(),
            category: self.category,
            image: media::address(picture.as_ref(), self.image.clone()),
            picture,
            state: self.state,
            terms: self.plan.terms(),
            round: self.plan.round,
            late: self.plan.late,
            funding: self.plan.funding(),
            deadline: self.deadline,
            is_demo: self.is_demo,
        }
    }

    fn into_page(
        self,
        rewards: Vec<domain::reward::RewardView>,
        own_pledge: Option<domain::id::PledgeId>,
        now: Timestamp,
    ) -> Result<CampaignPage> {
        let picture = media::parse(self.picture.as_deref());
        Ok(CampaignPage {
            funding: self.plan.funding(),
            opening: self.opening(),
            collection: self.collection(),
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
            image: media::address(picture.as_ref(), self.image),
            image_alt: picture.as_ref().map_or(self.image_alt, |picture| picture.alt.clone()),
            picture,
            state: self.state,
            terms: self.plan.terms(),
            round: self.plan.round,
            late: self.plan.late,
            stretch_goals: serde_json::from_str(&self.stretch_goals)?,
            is_demo: self.is_demo,
            language: self.language,
            launched_at: self.launched_at,
            deadline: self.deadline,
            rewards,
            own_pledge,
            version: self.page_version,
            shelf: self.shelf_version,
            drawn: self.page_drawn,
            may_edit: false,
            reason: self.reason,
            now,
        })
    }
}
