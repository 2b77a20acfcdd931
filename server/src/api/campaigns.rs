//! Reading campaigns. Open to anyone, within the limits of their address.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use backend::campaign;
use http::{HeaderValue, header::CACHE_CONTROL};
use serde::Serialize;

use super::{
    Api,
    extract::{Anyone, Pairs, Slugged},
    model::{
        campaign::{Campaign, CampaignDetails, CampaignList, Funding},
        reward::{Reward, RewardList},
    },
    problem::Refused,
    query::{Asked, Parameters},
};

/// List campaigns
///
/// The filters and orders of the discover page. Follow `next` to read on: a campaign that does not
/// move in the order meanwhile is given exactly once.
#[utoipa::path(get, path = "/api/v1/campaigns", tag = "Campaigns", operation_id = "listCampaigns",
    params(Parameters),
    responses((status = 200, description = "A part of the list", body = CampaignList)))]
pub async fn list(
    _: Anyone,
    State(api): State<Api>,
    Pairs(pairs): Pairs,
) -> Result<Response, Refused> {
    let asked = Asked::read(&pairs)?;
    let found =
        campaign::listing::list(&api.backend, &asked.query, asked.after, asked.limit).await?;
    let base_url = &api.backend.options.base_url;
    Ok(fresh(CampaignList {
        items: found.items.into_iter().map(|listed| Campaign::listed(listed, base_url)).collect(),
        next: found.next.map(|cursor| cursor.to_string()),
        total: found.total,
    }))
}

/// Read a campaign
///
/// With its story, without its rewards.
#[utoipa::path(get, path = "/api/v1/campaigns/{slug}", tag = "Campaigns", operation_id = "readCampaign",
    params(("slug" = String, Path, description = "The campaign's name in addresses", max_length = 80, example = "tide-clock")),
    responses((status = 200, description = "The campaign", body = CampaignDetails)))]
pub async fn one(
    _: Anyone,
    State(api): State<Api>,
    Slugged(slug): Slugged,
) -> Result<Response, Refused> {
    let page = campaign::page(&api.backend, None, slug.as_str(), "").await?;
    Ok(fresh(CampaignDetails::of(page, &api.backend.options.base_url)))
}

/// List a campaign's rewards
///
/// Rewards first, then add-ons, with what is left of each.
#[utoipa::path(get, path = "/api/v1/campaigns/{slug}/rewards", tag = "Campaigns", operation_id = "listRewards",
    params(("slug" = String, Path, description = "The campaign's name in addresses", max_length = 80, example = "tide-clock"),
           ("secret" = Option<String>, Query, nullable = false, description = "The token of a secret reward's link, to list it too")),
    responses((status = 200, description = "Its rewards and add-ons", body = RewardList)))]
pub async fn rewards(
    _: Anyone,
    State(api): State<Api>,
    Slugged(slug): Slugged,
    Pairs(pairs): Pairs,
) -> Result<Response, Refused> {
    let secret =
        pairs.iter().find(|(name, _)| name == "secret").map_or("", |(_, token)| token.as_str());
    let page = campaign::page(&api.backend, None, slug.as_str(), secret).await?;
    let now = page.now;
    Ok(fresh(RewardList {
        items: page.rewards.into_iter().map(|view| Reward::at(view, now)).collect(),
    }))
}

/// Read how far a campaign has come
///
/// The figures alone, for whoever asks often. The event stream at `/live?campaigns={slug}` tells
/// them without being asked.
#[utoipa::path(get, path = "/api/v1/campaigns/{slug}/funding", tag = "Campaigns", operation_id = "readFunding",
    params(("slug" = String, Path, description = "The campaign's name in addresses", max_length = 80, example = "tide-clock")),
    responses((status = 200, description = "Its figures now", body = Funding)))]
pub async fn funding(
    _: Anyone,
    State(api): State<Api>,
    Slugged(slug): Slugged,
) -> Result<Response, Refused> {
    let page = campaign::page(&api.backend, None, slug.as_str(), "").await?;
    Ok(fresh(Funding::from(page)))
}

/// May be kept by anyone, and has to be asked for again each time.
fn fresh(body: impl Serialize) -> Response {
    let mut response = Json(body).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
