//! What campaign pages ask of the server. All of it is public.

use domain::{
    accounting::AccountsPage,
    campaign::{CampaignPage, Community, HomePage, Visitor, shelf::ShelfChange},
    discovery::{Found, Query},
    story::changes::ChangesPage,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError};

/// The home page.
#[server(name = ReadHome, prefix = "/api/fn", endpoint = "campaign/home", input = GetUrl, output = Answer)]
pub async fn home() -> Result<HomePage, AppError> {
    Ok(backend::campaign::home(&crate::http::ctx().backend).await?)
}

/// One page of the list that a query string asks for.
#[server(name = ReadDiscover, prefix = "/api/fn", endpoint = "campaign/discover", input = GetUrl, output = Answer)]
pub async fn discover(query: Query) -> Result<Found, AppError> {
    Ok(backend::campaign::discover(&crate::http::ctx().backend, &query).await?)
}

/// One campaign. `secret` opens the reward that has this token.
#[server(name = ReadCampaign, prefix = "/api/fn", endpoint = "campaign/page", input = GetUrl, output = Answer)]
pub async fn campaign_page(
    slug: String,
    #[server(default)] secret: String,
) -> Result<CampaignPage, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::campaign::page(&ctx.backend, ctx.who.as_ref(), &slug, &secret).await?)
}

/// Who backs a campaign.
#[server(name = ReadCommunity, prefix = "/api/fn", endpoint = "campaign/community", input = GetUrl, output = Answer)]
pub async fn community(slug: String) -> Result<Community, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::campaign::community(&ctx.backend, ctx.who.as_ref(), &slug).await?)
}

/// Where the money of a campaign is.
#[server(name = ReadAccounts, prefix = "/api/fn", endpoint = "campaign/accounts", input = GetUrl, output = Answer)]
pub async fn accounts(slug: String) -> Result<AccountsPage, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::accounting::page(&ctx.backend, ctx.who.as_ref(), &slug).await?)
}

/// How a campaign changed since its launch; 0 for a version that nobody named.
#[server(name = ReadChanges, prefix = "/api/fn", endpoint = "campaign/changes", input = GetUrl, output = Answer)]
pub async fn changes(
    slug: String,
    #[server(default)] since: i64,
    #[server(default)] until: i64,
) -> Result<ChangesPage, AppError> {
    let ctx = crate::http::ctx();
    let wanted = backend::story::Wanted { since, until };
    Ok(backend::story::changes(&ctx.backend, &slug, wanted, ctx.locale).await?)
}

/// What changed beside the texts of a page since its launch.
#[server(name = ReadShelfChanges, prefix = "/api/fn", endpoint = "campaign/shelf-changes", input = GetUrl, output = Answer)]
pub async fn shelf_changes(slug: String) -> Result<Vec<ShelfChange>, AppError> {
    Ok(backend::studio::shelf_changes(&crate::http::ctx().backend, &slug).await?)
}

/// Who is looking, or nobody.
#[server(name = ReadVisitor, prefix = "/api/fn", endpoint = "account/visitor", input = GetUrl, output = Answer)]
pub async fn visitor() -> Result<Option<Visitor>, AppError> {
    Ok(crate::http::ctx().who.map(|who| Visitor { name: who.name, role: who.role }))
}
