//! The checkout's form: everything in it is read at once.

use std::collections::BTreeMap;

use domain::{
    Currency, Invalid, Locale, Problem,
    email::EmailAddress,
    id::CampaignId,
    pledge::{Order, PledgeForm, Refusal, quote},
};

use super::{
    Placement,
    command::{Answer, Backer},
    count_letter, expected, marked, place_in,
};
use crate::{
    account::Who,
    campaign,
    context::Backend,
    error::{Error, Result},
    reward,
};

/// Reads a form and places its pledge.
///
/// # Errors
/// [`Error::SignedOut`] when the page showed an account and there is none any
/// more; what the form or the rules refuse. Nothing is written then.
pub async fn place_form(
    backend: &Backend,
    who: Option<&Who>,
    form: &PledgeForm,
    locale: Locale,
) -> Result<Answer> {
    let mut invalid = Invalid::default();
    let backer = match who {
        Some(who) => Some(Backer::Account(who.account)),
        None if form.was_signed_in => return Err(Error::SignedOut),
        None => invalid.keep("email", EmailAddress::parse(&form.email)).map(Backer::Guest),
    };
    let card = super::card::given(backend, &form.card, &form.setup)
        .map_err(|refused| invalid.0.extend(refused.0))
        .ok();
    let (campaign, currency) = campaign::currency(backend, &form.slug).await?;
    let order = form.choices.parse(currency).map_err(|refused| invalid.0.extend(refused.0)).ok();
    if let Err(refused) = invalid.into_result() {
        // Without wasm the form may be sent only to learn the new total. Whoever
        // sees that first has not filled in the rest yet.
        if let Some(order) = order {
            check_shown(backend, &form.slug, (campaign, currency), &order, &form.expected).await?;
        }
        return Err(refused.into());
    }
    let (Some(backer), Some(card)) = (backer, card) else {
        return Err(Invalid::field("", Problem::Missing).into());
    };
    if let Backer::Guest(email) = &backer {
        count_letter(backend, email)?;
    }
    let placement = Placement {
        slug: form.slug.clone(),
        backer,
        choices: form.choices.clone(),
        expected: form.expected.clone(),
        plan: Some(form.plan.clone()),
        card,
        key: marked("form", &form.key),
        locale,
    };
    place_in(backend, (campaign, currency), placement).await
}

/// Whether an order costs what the page has shown, as far as it has a price.
async fn check_shown(
    backend: &Backend,
    slug: &str,
    (campaign, currency): (CampaignId, Currency),
    order: &Order,
    shown: &str,
) -> Result<()> {
    let Some(expected) = expected(shown, currency) else { return Ok(()) };
    let mut reader = backend.db.read().await?;
    let secret = order.secret.as_deref().unwrap_or_default();
    let rewards = reward::offered(&mut reader.conn(), campaign, currency, secret).await?;
    let is_late = campaign::card(&mut reader.conn(), slug).await?.1.life().is_late();
    match quote(order, &rewards, currency, &BTreeMap::new(), is_late, backend.clock.now()) {
        Ok(quote) if quote.total.minor != expected => {
            Err(Refusal::TotalChanged { total: quote.total }.into())
        }
        _ => Ok(()),
    }
}
