//! What checkout and pledge pages ask of the server. Each function says first
//! who may ask: anyone, the signed-in, or whoever holds the pledge's key.

use domain::pledge::{
    CardChange, CheckoutPage, PledgeChange, PledgeForm, PledgePage, PledgeSummary,
};
#[cfg(feature = "ssr")]
use domain::{id::PledgeId, pledge::key_pair};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError, follow::Following};

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
#[server(prefix = "/api/fn", endpoint = "pledge/place", output = Answer, client = Following)]
pub async fn place_pledge(form: PledgeForm) -> Result<(), AppError> {
    let placed = place(&form).await;
    crate::http::lead_back::<PlacePledge>(form.page(), &placed);
    placed
}

#[cfg(feature = "ssr")]
async fn place(form: &PledgeForm) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Pledge)?;
    let placed =
        backend::pledge::place_form(&ctx.backend, ctx.who.as_ref(), form, ctx.locale).await?;
    let key = if ctx.who.is_some() {
        String::new()
    } else {
        format!("key={}&", backend::pledge::key(&ctx.backend, placed.pledge))
    };
    crate::http::redirect(&format!("/pledges/{}?{key}placed=1", placed.pledge));
    Ok(())
}

/// Draws the checkout anew, with the total of what is chosen now. Only a page
/// without wasm asks for it; nothing is written.
#[server(prefix = "/api/fn", endpoint = "pledge/update-total", output = Answer, client = Following)]
pub async fn update_total(form: PledgeForm) -> Result<(), AppError> {
    let page = form.page().ok_or(backend::Error::NotFound)?;
    crate::http::redirect_typed(&page, "lines");
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
#[server(prefix = "/api/fn", endpoint = "pledge/change", output = Answer, client = Following)]
pub async fn change_pledge(form: PledgeChange) -> Result<(), AppError> {
    let changed = change(&form).await;
    crate::http::lead_back::<ChangePledge>(form.page(), &changed);
    changed
}

#[cfg(feature = "ssr")]
async fn change(form: &PledgeChange) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Pledge)?;
    let access = backend::pledge::Access { who: ctx.who.as_ref(), key: &form.key };
    let (id, once) = (parse(&form.id)?, backend::pledge::Repeat::default());
    backend::pledge::change(&ctx.backend, &access, id, &form.choices, &form.expected, once).await?;
    crate::http::redirect(&format!("/pledges/{id}?{}changed=1", key_pair(&form.key)));
    Ok(())
}

/// Draws a pledge's page anew, with the total of what is chosen now.
#[server(prefix = "/api/fn", endpoint = "pledge/update-change", output = Answer, client = Following)]
pub async fn update_change(form: PledgeChange) -> Result<(), AppError> {
    let page = form.page().ok_or(backend::Error::NotFound)?;
    crate::http::redirect_typed(&page, "change");
    Ok(())
}

/// Takes a pledge back.
#[server(prefix = "/api/fn", endpoint = "pledge/cancel", output = Answer, client = Following)]
pub async fn cancel_pledge(id: String, #[server(default)] key: String) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Pledge)?;
    let access = backend::pledge::Access { who: ctx.who.as_ref(), key: &key };
    let once = backend::pledge::Repeat::default();
    backend::pledge::cancel(&ctx.backend, &access, parse(&id)?, once).await?;
    crate::http::redirect(&format!("/pledges/{id}?{}cancelled=1", key_pair(&key)));
    Ok(())
}

/// Says yes in the name of the sandbox's bank.
#[server(prefix = "/api/fn", endpoint = "pledge/confirm", output = Answer, client = Following)]
pub async fn confirm_pledge(id: String, #[server(default)] key: String) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Pledge)?;
    let access = backend::pledge::Access { who: ctx.who.as_ref(), key: &key };
    backend::pledge::confirm(&ctx.backend, &access, parse(&id)?).await?;
    crate::http::redirect(&format!("/pledges/{id}?{}placed=1", key_pair(&key)));
    Ok(())
}

/// Replaces a card that could not be charged, and charges the new one.
#[server(prefix = "/api/fn", endpoint = "pledge/replace-card", output = Answer, client = Following)]
pub async fn replace_card(form: CardChange) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Pledge)?;
    let access = backend::pledge::Access { who: ctx.who.as_ref(), key: &form.key };
    let id = parse(&form.id)?;
    backend::pledge::replace_given_card(&ctx.backend, &access, id, &form.card, &form.setup).await?;
    crate::http::redirect(&format!("/pledges/{}?{}paid=1", form.id, key_pair(&form.key)));
    Ok(())
}

/// Lets the sandbox's bank pass a charge that it asked about.
#[server(prefix = "/api/fn", endpoint = "pledge/confirm-charge", output = Answer, client = Following)]
pub async fn confirm_charge(id: String, #[server(default)] key: String) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Pledge)?;
    let access = backend::pledge::Access { who: ctx.who.as_ref(), key: &key };
    backend::pledge::confirm_charge(&ctx.backend, &access, parse(&id)?).await?;
    crate::http::redirect(&format!("/pledges/{id}?{}paid=1", key_pair(&key)));
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
