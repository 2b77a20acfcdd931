//! Disputed charges. The provider tells of them, by a message of its own or through
//! the operator who reads its letters: opened, then won or lost. It takes the money
//! when a dispute is opened, and a fee that it keeps whoever is right.

pub(crate) mod sql;

use domain::{
    Currency, Invalid, Money, Problem,
    account::Role,
    id::{CampaignId, ChargeId, PledgeId},
    people::Right,
    refund::{ChargebackForm, ChargebackState},
};

use crate::{
    account::Who,
    context::Backend,
    error::{Error, Result},
    pledge::command::{self, Answer, Command},
    refund,
};

/// Longest word of a provider for a dispute, in characters.
const LONGEST_REFERENCE: u32 = 100;

/// What a provider says of a dispute.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its word for the dispute.
    pub reference: String,
    /// What is disputed; all that is left when it does not say.
    pub amount: Option<Money>,
    pub state: ChargebackState,
}

/// Books what the provider itself says of a charge, which it knows by this word.
/// Safe to be told twice, late, and in another order.
///
/// # Errors
/// [`Error::NotFound`] when no charge of ours is known by it; what does not agree
/// with our own record is refused and changes nothing.
pub async fn tell(backend: &Backend, charge: &str, told: Told) -> Result<Answer> {
    if charge.is_empty() || charge.chars().any(char::is_control) {
        return Err(Error::NotFound);
    }
    let found = {
        let mut reader = backend.db.read().await?;
        sql::pledge_of_charge(&mut reader.conn(), charge).await?
    };
    let (campaign, pledge, charge) = found.ok_or(Error::NotFound)?;
    note(backend, campaign, (pledge, Some(charge)), told).await
}

/// Books what an operator read of a dispute.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::NotFound`] for whoever is no operator;
/// what the form or the rules refuse.
pub async fn record(backend: &Backend, who: Option<&Who>, form: &ChargebackForm) -> Result<Answer> {
    let who = who.ok_or(Error::SignedOut)?;
    if who.role != Role::Operator {
        return Err(Error::NotFound);
    }
    let pledge: PledgeId = form.id.parse().map_err(|_| Error::NotFound)?;
    let campaign = {
        let mut reader = backend.db.read().await?;
        let mut conn = reader.conn();
        let campaign = refund::managed(&mut conn, Some(who), &form.slug, Right::Own).await?;
        refund::sql::belongs(&mut conn, pledge, campaign.id).await?;
        campaign
    };
    let told = read(form, campaign.currency)?;
    note(backend, campaign.id, (pledge, None), told).await
}

fn read(form: &ChargebackForm, currency: Currency) -> Result<Told, Invalid> {
    let mut invalid = Invalid::default();
    let reference = form.reference.trim();
    invalid.keep("reference", check_reference(reference));
    let amount = match form.amount.trim() {
        "" => None,
        text => invalid.keep("amount", Money::parse(text, currency)),
    };
    let state = invalid.keep("state", form.state.parse());
    invalid.into_result()?;
    let state = state.ok_or_else(|| Invalid::field("state", Problem::UnknownChoice))?;
    Ok(Told { reference: reference.to_owned(), amount, state })
}

/// A provider's word for something: short, and text that a database takes.
fn check_reference(reference: &str) -> Result<(), Problem> {
    match reference.chars().count() {
        0 => Err(Problem::Missing),
        n if n > LONGEST_REFERENCE as usize => Err(Problem::TooLong { most: LONGEST_REFERENCE }),
        _ if reference.chars().any(char::is_control) => Err(Problem::UnknownChoice),
        _ => Ok(()),
    }
}

async fn note(
    backend: &Backend,
    campaign: CampaignId,
    (pledge, charge): (PledgeId, Option<ChargeId>),
    told: Told,
) -> Result<Answer> {
    check_reference(&told.reference).map_err(|problem| Invalid::field("reference", problem))?;
    let (currency, elsewhere) = {
        let mut reader = backend.db.read().await?;
        let mut conn = reader.conn();
        let currency = sql::currency(&mut conn, campaign).await?;
        (currency, sql::is_of_another(&mut conn, &told.reference, pledge).await?)
    };
    if elsewhere {
        return Err(Invalid::field("reference", Problem::UnknownChoice).into());
    }
    let command = command::Chargeback {
        campaign,
        pledge,
        charge,
        reference: told.reference,
        amount: told.amount,
        state: told.state,
        fee: backend.options.chargeback_fee(currency),
        base_url: backend.options.base_url.clone(),
    };
    backend.writer.submit(Command::Chargeback(Box::new(command))).await
}
