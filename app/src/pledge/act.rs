//! What checkout and pledge pages ask of the server. Each function says first
//! who may ask: anyone, the signed-in, or whoever holds the pledge's key.

#[cfg(feature = "ssr")]
use domain::id::PledgeId;
use domain::pledge::{CheckoutPage, PledgeForm, PledgePage, PledgeSummary};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError};

/// The checkout of a campaign. `secret` opens the reward that has this token.
#[server(name = ReadCheckout, prefix = "/api/fn", endpoint = "pledge/checkout", input = GetUrl, output = Answer)]
pub async fn checkout(
    slug: String,
    #[server(default)] secret: String,
) -> Result<CheckoutPage, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::pledge::checkout(&ctx.backend, ctx.who.as_ref(), &slug, &secret, ctx.locale)
        .await?)
}

/// Places a pledge and leads to its page.
#[server(prefix = "/api/fn", endpoint = "pledge/place", output = Answer)]
pub async fn place_pledge(form: PledgeForm) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Pledge)?;
    let placed =
        backend::pledge::place_form(&ctx.backend, ctx.who.as_ref(), &form, ctx.locale).await?;
    let key = if ctx.who.is_some() {
        String::new()
    } else {
        format!("key={}&", backend::pledge::key(&ctx.backend, placed.pledge))
    };
    crate::http::redirect(&format!("/pledges/{}?{key}placed=1", placed.pledge));
    Ok(())
}

/// One pledge, for its backer.
#[server(name = ReadPledge, prefix = "/api/fn", endpoint = "pledge/page", input = GetUrl, output = Answer)]
pub async fn pledge_page(
    id: String,
    #[server(default)] key: String,
) -> Result<PledgePage, AppError> {
    let ctx = crate::http::ctx();
    let access = backend::pledge::Access { who: ctx.who.as_ref(), key: &key };
    Ok(backend::pledge::page(&ctx.backend, &access, parse(&id)?, ctx.locale).await?)
}

/// Gives a pledge other choices.
#[server(prefix = "/api/fn", endpoint = "pledge/change", output = Answer)]
pub async fn change_pledge(
    id: String,
    #[server(default)] key: String,
    #[server(default)] choices: String,
    #[server(default)] expected: String,
) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Pledge)?;
    let access = backend::pledge::Access { who: ctx.who.as_ref(), key: &key };
    let choices = domain::pledge::Choices::from_query(&choices);
    backend::pledge::change(&ctx.backend, &access, parse(&id)?, &choices, &expected).await?;
    crate::http::redirect(&format!("/pledges/{id}?{}changed=1", key_pair(&key)));
    Ok(())
}

/// Takes a pledge back.
#[server(prefix = "/api/fn", endpoint = "pledge/cancel", output = Answer)]
pub async fn cancel_pledge(id: String, #[server(default)] key: String) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Pledge)?;
    let access = backend::pledge::Access { who: ctx.who.as_ref(), key: &key };
    backend::pledge::cancel(&ctx.backend, &access, parse(&id)?).await?;
    crate::http::redirect(&format!("/pledges/{id}?{}cancelled=1", key_pair(&key)));
    Ok(())
}

/// Says yes in the name of the sandbox's bank.
#[server(prefix = "/api/fn", endpoint = "pledge/confirm", output = Answer)]
pub async fn confirm_pledge(id: String, #[server(default)] key: String) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Pledge)?;
    let access = backend::pledge::Access { who: ctx.who.as_ref(), key: &key };
    backend::pledge::confirm(&ctx.backend, &access, parse(&id)?).await?;
    crate::http::redirect(&format!("/pledges/{id}?{}placed=1", key_pair(&key)));
    Ok(())
}

/// Every pledge of the signed-in visitor.
#[server(name = ReadMyPledges, prefix = "/api/fn", endpoint = "pledge/mine", input = GetUrl, output = Answer)]
pub async fn my_pledges() -> Result<Vec<PledgeSummary>, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::pledge::list(&ctx.backend, ctx.signed_in()?).await?)
}

#[cfg(feature = "ssr")]
fn parse(id: &str) -> Result<PledgeId, AppError> {
    id.parse().map_err(|_| backend::Error::NotFound.into())
}

/// The key as it came, fit for an address: ours are URL-safe already, and
/// anything else opens nothing.
#[cfg(feature = "ssr")]
fn key_pair(key: &str) -> String {
    let is_ours =
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if is_ours { format!("key={key}&") } else { String::new() }
}
