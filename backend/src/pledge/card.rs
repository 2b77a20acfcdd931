//! The card of a pledge: saving it, and what a backer can do about one that could
//! not be charged.

use domain::{
    Invalid, Problem,
    id::PledgeId,
    payment::{BankStep, CardForm, GivenCard, Setup, TestCard},
    pledge::{PledgeState, Refusal},
};

use super::{Access, command::Answer, open, opened, sql::PledgeRow};
use crate::{
    collection::{
        self,
        sql::{Charge, ChargeState},
    },
    context::Backend,
    error::Result,
    payment::{Outcome, SavedCard, sandbox},
};

/// The card that a form holds: typed into it, or saved with the provider.
pub(super) fn given(
    backend: &Backend,
    typed: &CardForm,
    setup: &Setup,
) -> Result<GivenCard, Invalid> {
    match backend.payments.card_entry() {
        None => typed.parse(backend.clock.now()).map(GivenCard::Test),
        Some(_) if setup.0.is_empty() => Err(Invalid::field("card_number", Problem::CardNotSaved)),
        Some(_) => Ok(GivenCard::Saved(setup.clone())),
    }
}

/// The card as the provider keeps it; beside the one it replaces, if any.
pub(super) async fn save(
    backend: &Backend,
    card: &GivenCard,
    beside: Option<&str>,
) -> Result<SavedCard> {
    let is_ours = backend.payments.card_entry().is_none();
    let saved = match card {
        GivenCard::Test(card) if is_ours => return sandbox::save_card(*card),
        GivenCard::Saved(setup) if !is_ours => backend.payments.saved(setup, beside).await?,
        // Another provider's card.
        _ => return Err(Invalid::field("card_number", Problem::UnknownChoice).into()),
    };
    saved.ok_or_else(|| Invalid::field("card_number", Problem::CardNotSaved).into())
}

/// Begins to save a card with the provider, for the browser to go on with: for a
/// first pledge, or for one whose card could not be charged.
///
/// # Errors
/// [`Error::NotFound`] for strangers; [`Refusal::CardNotWanted`] when the pledge's
/// card is good; [`Refusal::PaymentsSilent`].
///
/// [`Error::NotFound`]: crate::Error::NotFound
pub async fn begin_card(
    backend: &Backend,
    pledge: Option<(&Access<'_>, PledgeId)>,
) -> Result<Setup> {
    let method = match pledge {
        None => None,
        Some((access, id)) => {
            let row = seen(backend, access, id).await?;
            if !row.wants_card() {
                return Err(Refusal::CardNotWanted.into());
            }
            Some(row.payment_method)
        }
    };
    Ok(backend.payments.begin(method.as_deref()).await?)
}

/// Another card for a pledge whose own could not be charged, typed into our form.
/// It is charged at once; the answer says with what success.
///
/// # Errors
/// [`Error::NotFound`] for strangers; [`Refusal::CardNotWanted`] when there is
/// nothing to see to; problems of the card.
///
/// [`Error::NotFound`]: crate::Error::NotFound
pub async fn replace_card(
    backend: &Backend,
    access: &Access<'_>,
    id: PledgeId,
    card: &CardForm,
) -> Result<Answer> {
    replace_given_card(backend, access, id, card, &Setup::default()).await
}

/// The same with a card that may have been saved with the provider instead.
///
/// # Errors
/// As [`replace_card`].
pub async fn replace_given_card(
    backend: &Backend,
    access: &Access<'_>,
    id: PledgeId,
    typed: &CardForm,
    setup: &Setup,
) -> Result<Answer> {
    let row = open(backend, access, id).await?;
    let card = given(backend, typed, setup)?;
    let mut card = save(backend, &card, Some(&row.payment_method)).await?;
    if card.must_authenticate {
        // Nothing is only saved here: the bank asks about the charge.
        TestCard::AuthenticateLater.method().clone_into(&mut card.method);
    }
    collection::replace_card(backend, row.campaign_id, id, card).await
}

/// What a browser needs so that the holder can confirm the charge at the bank;
/// nothing where a button of ours is the bank.
///
/// # Errors
/// As [`confirm_charge`].
pub async fn bank_step(
    backend: &Backend,
    access: &Access<'_>,
    id: PledgeId,
) -> Result<Option<BankStep>> {
    let row = seen(backend, access, id).await?;
    let charge = asked_about(backend, &row, id).await?;
    Ok(backend.payments.bank_step(&collection::request(&charge)).await?)
}

/// The bank lets a charge pass that its holder had to confirm. With a provider of
/// its own forms it was confirmed there, and we ask with what success.
///
/// # Errors
/// [`Error::NotFound`] for strangers; [`Refusal::CardNotWanted`] when there is
/// nothing to confirm; [`Refusal::NotConfirmed`] when the bank says so.
///
/// [`Error::NotFound`]: crate::Error::NotFound
pub async fn confirm_charge(
    backend: &Backend,
    access: &Access<'_>,
    id: PledgeId,
) -> Result<Answer> {
    let row = open(backend, access, id).await?;
    let charge = asked_about(backend, &row, id).await?;
    match backend.payments.confirmed(&collection::request(&charge)).await? {
        Some(outcome @ Outcome::Succeeded { .. }) => {
            collection::settle(backend, &charge, outcome).await
        }
        Some(_) => Err(Refusal::NotConfirmed.into()),
        None => {
            let card = sandbox::confirmed(&row.card);
            collection::replace_card(backend, row.campaign_id, id, card).await
        }
    }
}

/// The pledge, if the asker may see it; nothing is about to change.
async fn seen(backend: &Backend, access: &Access<'_>, id: PledgeId) -> Result<PledgeRow> {
    let mut reader = backend.db.read().await?;
    opened(backend, &mut reader.conn(), access, id).await
}

/// The charge that the bank asked about.
async fn asked_about(backend: &Backend, row: &PledgeRow, id: PledgeId) -> Result<Charge> {
    let charges = {
        let mut reader = backend.db.read().await?;
        collection::sql::of_pledges(&mut reader.conn(), &[id]).await?
    };
    // Of several that failed, the first is seen to first.
    let instalment = row.failed.unwrap_or(1);
    let last = charges.into_iter().rfind(|charge| charge.instalment == instalment);
    last.filter(|charge| {
        let is_asked = row.state == PledgeState::ActionRequired || row.failed.is_some();
        is_asked && charge.state == ChargeState::ActionRequired
    })
    .ok_or_else(|| Refusal::CardNotWanted.into())
}
