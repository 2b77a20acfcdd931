//! What these pages ask of the server: all of it only for whoever runs the
//! campaign or the platform.

use domain::refund::{ChargebackForm, PledgesPage, RefundForm, RefundPage};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError, follow::Following};

/// The charged pledges of a campaign.
#[server(name = ReadPledgesOf, prefix = "/api/fn", endpoint = "refund/pledges", input = GetUrl, output = Answer)]
pub async fn pledges(slug: String, #[server(default)] page: i64) -> Result<PledgesPage, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::refund::pledges(&ctx.backend, ctx.who.as_ref(), &slug, page).await?)
}

/// One of them.
#[server(name = ReadRefund, prefix = "/api/fn", endpoint = "refund/page", input = GetUrl, output = Answer)]
pub async fn pledge(slug: String, id: String) -> Result<RefundPage, AppError> {
    let ctx = crate::http::ctx();
    let id = id.parse().map_err(|_| AppError::from(backend::Error::NotFound))?;
    Ok(backend::refund::page(&ctx.backend, ctx.who.as_ref(), &slug, id).await?)
}

/// Gives money back.
#[server(prefix = "/api/fn", endpoint = "refund/give", output = Answer, client = Following)]
pub async fn give_refund(form: RefundForm) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Pledge)?;
    let done = backend::refund::ask(&ctx.backend, ctx.who.as_ref(), &form).await?;
    crate::http::redirect(&format!("/campaigns/{}/pledges/{}?given=1", done.campaign, done.pledge));
    Ok(())
}

/// Records what the provider says of a dispute.
#[server(prefix = "/api/fn", endpoint = "refund/dispute", output = Answer, client = Following)]
pub async fn record_dispute(dispute: ChargebackForm) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    let done = backend::chargeback::record(&ctx.backend, ctx.who.as_ref(), &dispute).await?;
    crate::http::redirect(&format!("/campaigns/{}/pledges/{}", done.campaign, done.pledge));
    Ok(())
}
