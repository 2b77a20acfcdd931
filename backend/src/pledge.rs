//! Pledges: pricing them, placing, changing and cancelling them, reading them.

pub(crate) mod batch;
pub mod command;
mod sql;
pub mod writer;

use std::collections::BTreeMap;

use domain::{
    Invalid, Locale, Money, Problem, Timestamp,
    country::Country,
    email::EmailAddress,
    id::{AccountId, CampaignId, PledgeId},
    payment::TestCard,
    pledge::{CheckoutPage, Choices, Line, LineKind, Order, PledgeForm, PledgePage, PledgeSummary},
    time::MINUTE,
};

use crate::{
    account::Who,
    campaign,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    payment::sandbox,
    reward, secret,
};
use command::{Answer, Backer, Change, Command, Links, Place};

/// How long a card's holder has to confirm at the bank.
const CONFIRM_WITHIN: i64 = 30 * MINUTE;

/// Who asks for a pledge: its backer signed in, or whoever holds its key.
#[derive(Debug, Clone, Default)]
pub struct Access<'a> {
    pub who: Option<&'a Who>,
    /// The key of the pledge's link; empty for none.
    pub key: &'a str,
}

/// An order ready to be placed, whichever way it came.
#[derive(Debug, Clone)]
pub struct Placement {
    pub slug: String,
    pub backer: Backer,
    pub choices: Choices,
    /// The total that was shown, as a decimal string; empty when none was.
    pub expected: String,
    pub card: TestCard,
    /// Empty for none.
    pub key: String,
    pub locale: Locale,
}

/// What the checkout shows. `secret` opens the reward that has this token.
///
/// # Errors
/// [`Error::NotFound`] when there is no such public campaign.
pub async fn checkout(
    backend: &Backend,
    who: Option<&Who>,
    slug: &str,
    secret: &str,
    locale: Locale,
) -> Result<CheckoutPage> {
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    checkout_in(&mut conn, who, slug, secret, locale, backend.clock.now()).await
}

async fn checkout_in(
    conn: &mut Conn<'_>,
    who: Option<&Who>,
    slug: &str,
    secret: &str,
    locale: Locale,
    now: Timestamp,
) -> Result<CheckoutPage> {
    let (id, campaign, is_demo) = campaign::card(conn, slug).await?;
    let own_pledge = match who {
        Some(who) => own(conn, id, who.account).await?,
        None => None,
    };
    let mut countries: Vec<(String, String)> =
        Country::all().map(|c| (c.to_string(), c.name(locale).to_owned())).collect();
    countries.sort_by_cached_key(|(_, name)| domain::slug::folded_words(name));
    Ok(CheckoutPage {
        rewards: reward::offered(conn, id, campaign.funding.currency, secret).await?,
        campaign,
        is_demo,
        countries,
        signed_in: who.map(|w| w.email.to_string()),
        own_pledge,
        held: BTreeMap::new(),
        key: secret::random_token(),
        now,
    })
}

/// Reads a form and places its pledge.
///
/// # Errors
/// What the form or the rules refuse; nothing is written then.
pub async fn place_form(
    backend: &Backend,
    who: Option<&Who>,
    form: &PledgeForm,
    locale: Locale,
) -> Result<Answer> {
    let mut invalid = Invalid::default();
    let backer = match who {
        Some(who) => Some(Backer::Account(who.account)),
        None => invalid.keep("email", EmailAddress::parse(&form.email)).map(Backer::Guest),
    };
    let card =
        form.card.parse(backend.clock.now()).map_err(|refused| invalid.0.extend(refused.0)).ok();
    let choices = Choices::from_query(&form.choices);
    let currency = {
        let mut reader = backend.db.read().await?;
        campaign::card(&mut reader.conn(), &form.slug).await?.1.funding.currency
    };
    if let Err(refused) = choices.parse(currency) {
        invalid.0.extend(refused.0);
    }
    invalid.into_result()?;
    let (Some(backer), Some(card)) = (backer, card) else {
        return Err(Invalid::field("", Problem::Missing).into());
    };
    let placement = Placement {
        slug: form.slug.clone(),
        backer,
        choices,
        expected: form.expected.clone(),
        card,
        key: form.key.clone(),
        locale,
    };
    place(backend, placement).await
}

/// Places a pledge.
///
/// # Errors
/// What the rules refuse; nothing is written then.
pub async fn place(backend: &Backend, placement: Placement) -> Result<Answer> {
    let (campaign, currency) = {
        let mut reader = backend.db.read().await?;
        let (id, card, _) = campaign::card(&mut reader.conn(), &placement.slug).await?;
        (id, card.funding.currency)
    };
    let order = placement.choices.parse(currency)?;
    let expected = expected(&placement.expected, currency);
    let asked = serde_json::to_string(&(campaign, &order, placement.card))?;
    let place = Place {
        id: PledgeId::generate(),
        campaign,
        backer: placement.backer,
        order,
        expected,
        card: sandbox::save_card(placement.card)?,
        // Hashed, so that a key may be of any length and of any characters.
        key: Some(placement.key).filter(|key| !key.is_empty()).map(|key| secret::hashed(&key)),
        fingerprint: secret::hashed(&asked),
        locale: placement.locale,
        links: links(backend),
    };
    backend.writer.submit(Command::Place(Box::new(place))).await
}

/// The key that opens a pledge without an account.
#[must_use]
pub fn key(backend: &Backend, pledge: PledgeId) -> String {
    backend.secret.key(&format!("pledge:{pledge}"))
}

/// What a pledge's page shows to its backer.
///
/// # Errors
/// [`Error::NotFound`] for everyone else.
pub async fn page(
    backend: &Backend,
    access: &Access<'_>,
    id: PledgeId,
    locale: Locale,
) -> Result<PledgePage> {
    let now = backend.clock.now();
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let row = opened(backend, &mut conn, access, id).await?;
    let secret = row.secret.clone().unwrap_or_default();
    let mut checkout = checkout_in(&mut conn, access.who, &row.slug, &secret, locale, now).await?;
    let units = sql::units(&mut conn, id).await?;
    let country = row.country.as_deref().and_then(Country::parse);
    let order = Order {
        reward: units.reward,
        add_ons: units
            .by_reward
            .iter()
            .filter(|(id, _)| Some(**id) != units.reward)
            .map(|(id, n)| (*id, *n))
            .collect(),
        bonus: row.bonus,
        country,
        secret: row.secret,
    };
    checkout.held = units.by_reward;
    let mut lines = sql::lines(&mut conn, id, row.currency).await?;
    for (kind, minor) in [(LineKind::Bonus, row.bonus), (LineKind::Shipping, row.shipping)] {
        if minor > 0 {
            let amount = Money::new(minor, row.currency);
            lines.push(Line {
                kind,
                title: String::new(),
                reward: None,
                quantity: 1,
                amount,
                shipping: 0,
            });
        }
    }
    let campaign = &checkout.campaign;
    Ok(PledgePage {
        id,
        state: row.state,
        lines,
        total: Money::new(row.total, row.currency),
        choices: order.choices(row.currency),
        destination: country.map(|c| c.name(locale).to_owned()),
        card: row.card,
        email: veiled(&row.email),
        placed_at: row.placed_at,
        is_open: row.state.is_active() && campaign.state.takes_pledges(now, campaign.deadline),
        checkout,
    })
}

/// Other choices for a pledge.
///
/// # Errors
/// [`Error::NotFound`] for strangers; else what the rules refuse.
pub async fn change(
    backend: &Backend,
    access: &Access<'_>,
    id: PledgeId,
    choices: &Choices,
    shown: &str,
) -> Result<Answer> {
    let row = open(backend, access, id).await?;
    let mut order = choices.parse(row.currency)?;
    order.secret = order.secret.or(row.secret);
    let change = Change {
        campaign: row.campaign_id,
        pledge: id,
        order,
        expected: expected(shown, row.currency),
        link: links(backend).to(id),
    };
    backend.writer.submit(Command::Change(Box::new(change))).await
}

/// Takes a pledge back.
///
/// # Errors
/// [`Error::NotFound`] for strangers; else what the rules refuse.
pub async fn cancel(backend: &Backend, access: &Access<'_>, id: PledgeId) -> Result<Answer> {
    let campaign = open(backend, access, id).await?.campaign_id;
    backend.writer.submit(Command::Cancel { campaign, pledge: id }).await
}

/// The sandbox's bank says yes: the pledge counts from now on.
///
/// # Errors
/// [`Error::NotFound`] for strangers; else what the rules refuse.
pub async fn confirm(backend: &Backend, access: &Access<'_>, id: PledgeId) -> Result<Answer> {
    let campaign = open(backend, access, id).await?.campaign_id;
    backend.writer.submit(Command::Confirm { campaign, pledge: id }).await
}

/// Every pledge of a person, newest first, at most 500.
///
/// # Errors
/// When the database fails.
pub async fn list(backend: &Backend, who: &Who) -> Result<Vec<PledgeSummary>> {
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let mut pledges = Vec::new();
    for row in sql::of_backer(&mut conn, who.account).await? {
        let (_, campaign, _) = campaign::card(&mut conn, &row.slug).await?;
        pledges.push(PledgeSummary {
            id: row.id,
            campaign,
            reward: row.reward,
            total: Money::new(row.total, row.currency),
            state: row.state,
            placed_at: row.placed_at,
        });
    }
    Ok(pledges)
}

/// The person's active pledge to a campaign, if any.
///
/// # Errors
/// When the database fails.
pub async fn own(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    account: AccountId,
) -> Result<Option<PledgeId>> {
    sql::active(conn, campaign, account).await
}

/// Gives back what pledges hold that were never confirmed.
///
/// # Errors
/// When the database fails.
pub async fn drop_unconfirmed(backend: &Backend) -> Result<()> {
    let before = backend.clock.now().plus(-CONFIRM_WITHIN);
    let stale = {
        let mut reader = backend.db.read().await?;
        sql::unconfirmed(&mut reader.conn(), before).await?
    };
    for (campaign, pledge) in stale {
        match backend.writer.submit(Command::Drop { campaign, pledge }).await {
            // Another process, or the backer, was faster.
            Ok(_) | Err(Error::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

async fn open(backend: &Backend, access: &Access<'_>, id: PledgeId) -> Result<sql::PledgeRow> {
    let mut reader = backend.db.read().await?;
    opened(backend, &mut reader.conn(), access, id).await
}

/// The pledge, if the asker may see it.
async fn opened(
    backend: &Backend,
    conn: &mut Conn<'_>,
    access: &Access<'_>,
    id: PledgeId,
) -> Result<sql::PledgeRow> {
    let row = sql::page(conn, id).await?.ok_or(Error::NotFound)?;
    let is_backer = access.who.is_some_and(|who| who.account == row.backer_id);
    let has_key =
        !access.key.is_empty() && backend.secret.opens(&format!("pledge:{id}"), access.key);
    if is_backer || has_key { Ok(row) } else { Err(Error::NotFound) }
}

fn links(backend: &Backend) -> Links {
    Links { base_url: backend.options.base_url.clone(), secret: backend.secret.clone() }
}

fn expected(shown: &str, currency: domain::Currency) -> Option<i64> {
    // What cannot be read is not what the page showed: it equals no total.
    (!shown.is_empty()).then(|| Money::parse(shown, currency).map_or(-1, |money| money.minor))
}

/// `c…@example.org`: enough to recognise one's own address.
fn veiled(email: &EmailAddress) -> String {
    let (local, host) = email.as_str().split_once('@').unwrap_or_default();
    let first = local.chars().next().unwrap_or('…');
    format!("{first}…@{host}")
}
