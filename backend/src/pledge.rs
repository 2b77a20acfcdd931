//! Pledges: pricing them, placing, changing and cancelling them, reading them.

pub(crate) mod batch;
mod cancel;
mod card;
pub mod command;
mod expiry;
mod form;
mod list;
mod plan;
mod repeat;
mod since;
mod sql;
pub mod writer;

use std::collections::BTreeMap;

pub use cancel::cancel;
pub use card::{bank_step, begin_card, confirm_charge, replace_card, replace_given_card};
pub use expiry::drop_unconfirmed;
pub use form::place_form;
pub use list::list;
use repeat::once;
pub(crate) use repeat::once as once_for;
pub use repeat::{Repeat, marked};

use domain::{
    Currency, Locale, Money,
    country::Country,
    email::EmailAddress,
    id::{AccountId, CampaignId, ChargeId, PledgeId, RewardId},
    payment::{GivenCard, TestCard},
    pledge::{CheckoutPage, Choices, Line, LineKind, Order, PledgePage, Taken},
};

use crate::{
    account::Who,
    campaign, collection,
    context::Backend,
    db::Conn,
    embed,
    error::{Error, Result},
    limit::Limited,
    reward, secret,
};
use command::{Answer, Backer, Change, Command, Links, Place};

/// Who asks for a pledge: its backer signed in, or whoever holds its key.
#[derive(Debug, Clone, Default)]
pub struct Access<'a> {
    pub who: Option<&'a Who>,
    /// The key of the pledge's link; empty for none.
    pub key: &'a str,
}

/// An order ready to be placed, whichever way it came. Its card is one of the
/// sandbox's, unless it says otherwise.
#[derive(Debug, Clone)]
pub struct Placement<Card = TestCard> {
    pub slug: String,
    pub backer: Backer,
    pub choices: Choices,
    /// The total that was shown, as a decimal string; empty when none was.
    pub expected: String,
    /// The plan of its instalments that was shown, in a word and empty for none;
    /// `None` where nothing was shown.
    pub plan: Option<String>,
    pub card: Card,
    /// Empty for none. Each way in marks its own, so that none answers for another.
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
    let held = BTreeMap::new();
    let page = checkout_in(backend, &mut conn, who, (slug, secret), held, locale).await?;
    reader.done();
    Ok(page)
}

async fn checkout_in(
    backend: &Backend,
    conn: &mut Conn<'_>,
    who: Option<&Who>,
    (slug, secret): (&str, &str),
    held: BTreeMap<RewardId, Taken>,
    locale: Locale,
) -> Result<CheckoutPage> {
    let (id, campaign, is_demo) = campaign::card(conn, slug).await?;
    let own_pledge = match who {
        Some(who) => own(conn, id, who.account).await?,
        None => None,
    };
    let currency = campaign.funding.currency;
    let rewards = reward::offered_to(conn, id, currency, secret, &held).await?;
    let mut countries: Vec<(String, String)> =
        Country::all().map(|c| (c.to_string(), c.name(locale).to_owned())).collect();
    countries.sort_by_cached_key(|(_, name)| domain::slug::folded_words(name));
    Ok(CheckoutPage {
        rewards: reward::on_sale(rewards, campaign.life().is_late()),
        campaign,
        is_demo,
        countries,
        signed_in: who.map(|w| w.email.to_string()),
        own_pledge,
        held,
        card_entry: backend.payments.card_entry(),
        key: secret::random_token(),
        now: backend.clock.now(),
    })
}

/// Places a pledge. Where cards are charged at once, the answer says with what
/// success.
///
/// # Errors
/// What the rules refuse; nothing is written then.
pub async fn place<Card: Into<GivenCard>>(
    backend: &Backend,
    placement: Placement<Card>,
) -> Result<Answer> {
    let campaign = campaign::currency(backend, &placement.slug).await?;
    place_in(backend, campaign, placement).await
}

/// The same where the campaign has been read already.
async fn place_in<Card: Into<GivenCard>>(
    backend: &Backend,
    (campaign, currency): (CampaignId, Currency),
    placement: Placement<Card>,
) -> Result<Answer> {
    let card = placement.card.into();
    let order = placement.choices.parse(currency)?;
    let expected = expected(&placement.expected, currency);
    let backer_kind = match &placement.backer {
        Backer::Account(_) => "account",
        Backer::Guest(_) => "guest",
    };
    // What was answered to somebody signed in is never answered to a guest, who
    // only claims the address: a guest's answer leads to the pledge's own key.
    let key = marked(backer_kind, &placement.key);
    let once = once(&key, &(campaign, &order, expected, &card))?;
    let place = Place {
        id: PledgeId::generate(),
        campaign,
        backer: placement.backer,
        order,
        expected,
        plan: placement.plan,
        card: card::save(backend, &card, None).await?,
        charge: ChargeId::generate(),
        taken_until: collection::taken_until(backend),
        once,
        locale: placement.locale,
        links: links(backend),
    };
    let answer = backend.writer.submit(Command::Place(Box::new(place))).await?;
    embed::note_pledge(backend, answer.pledge, &placement.choices.embed).await;
    collection::charge_now(backend, answer).await
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
    let may_change = row.may_change();
    let may_end = row.may_have_back() || row.may_cancel();
    let secret = row.secret.clone().unwrap_or_default();
    let units = sql::units(&mut conn, id).await?;
    let country = row.country.as_deref().and_then(Country::parse);
    let order = Order {
        reward: units.reward,
        add_ons: units
            .by_reward
            .iter()
            .filter(|(id, _)| Some(**id) != units.reward)
            .map(|(id, taken)| (*id, taken.units))
            .collect(),
        options: units
            .by_reward
            .iter()
            .filter_map(|(id, taken)| Some((*id, taken.variant.clone()?)))
            .collect(),
        bonus: row.bonus,
        country,
        secret: row.secret.clone(),
        instalments: (row.instalments > 1).then_some(row.instalments),
    };
    let named = (row.slug.as_str(), secret.as_str());
    let checkout =
        checkout_in(backend, &mut conn, access.who, named, units.by_reward, locale).await?;
    let lines = priced(&mut conn, id, row.currency, row.bonus, row.shipping).await?;
    let campaign = &checkout.campaign;
    let takes_pledges = campaign.life().timing(campaign.terms.rule, now).is_some();
    // Its plan was agreed to as it was shown.
    let is_open = takes_pledges && may_change && row.instalments < 2;
    let instalments = plan::of_page(&mut conn, id, &row, &campaign.terms).await?;
    let since = since::of(&mut conn, id, &row, takes_pledges, (now, locale)).await?;
    Ok(PledgePage {
        id,
        state: row.state,
        timing: row.timing,
        lines,
        total: Money::new(row.total, row.currency),
        returned: Money::new(row.refunded + row.charged_back, row.currency),
        charged: Money::new(row.charged, row.currency),
        instalments,
        choices: order.choices(row.currency),
        destination: country.map(|c| c.name(locale).to_owned()),
        card: row.card,
        email: veiled(&row.email),
        placed_at: row.placed_at,
        fix_until: row.fix_until.filter(|until| row.state.wants_card() && now < *until),
        is_open,
        may_cancel: takes_pledges && may_change || may_end || since.may_leave,
        since,
        checkout,
    })
}

/// The lines of a pledge as they were priced; they add up to its total.
pub(crate) async fn priced(
    conn: &mut Conn<'_>,
    id: PledgeId,
    currency: Currency,
    bonus: i64,
    shipping: i64,
) -> Result<Vec<Line>> {
    let mut lines = sql::lines(conn, id, currency).await?;
    for (kind, minor) in [(LineKind::Bonus, bonus), (LineKind::Shipping, shipping)] {
        if minor > 0 {
            lines.push(Line {
                kind,
                title: String::new(),
                reward: None,
                variant: None,
                quantity: 1,
                amount: Money::new(minor, currency),
                shipping: 0,
            });
        }
    }
    Ok(lines)
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
    repeat: Repeat<'_>,
) -> Result<Answer> {
    let row = open(backend, access, id).await?;
    let mut order = choices.parse(row.currency)?;
    order.secret = order.secret.or(row.secret);
    let expected = expected(shown, row.currency);
    let change = Change {
        campaign: row.campaign_id,
        pledge: id,
        once: once(repeat.key, &(id, "change", repeat.asked))?,
        order,
        expected,
        link: links(backend).to(id),
        by_owner: access.who.is_some(),
    };
    backend.writer.submit(Command::Change(Box::new(change))).await
}

/// The sandbox's bank says yes: the pledge counts from now on, or is charged at
/// once where that is the rule.
///
/// # Errors
/// [`Error::NotFound`] for strangers; else what the rules refuse.
pub async fn confirm(backend: &Backend, access: &Access<'_>, id: PledgeId) -> Result<Answer> {
    let campaign = open(backend, access, id).await?.campaign_id;
    let link = links(backend).to(id);
    let (charge, taken_until) = (ChargeId::generate(), collection::taken_until(backend));
    let confirm = Command::Confirm { campaign, pledge: id, link, charge, taken_until };
    let answer = backend.writer.submit(confirm).await?;
    collection::charge_now(backend, answer).await
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

/// The pledge, to be changed. Whoever only holds its key may have typed somebody
/// else's address, so the letters that follow are counted.
async fn open(backend: &Backend, access: &Access<'_>, id: PledgeId) -> Result<sql::PledgeRow> {
    let row = {
        let mut reader = backend.db.read().await?;
        opened(backend, &mut reader.conn(), access, id).await?
    };
    if access.who.is_none_or(|who| who.account != row.backer_id) {
        count_letter(backend, &row.email)?;
    }
    Ok(row)
}

/// Counts a letter to an address that nobody here has proved to own.
fn count_letter(backend: &Backend, email: &EmailAddress) -> Result<()> {
    backend.limits.check(Limited::Letter, &format!("to {email}"))
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
    let has_key = !access.key.is_empty()
        && !row.link_ended
        && backend.secret.opens(&format!("pledge:{id}"), access.key);
    if is_backer || has_key { Ok(row) } else { Err(Error::NotFound) }
}

pub(crate) fn links(backend: &Backend) -> Links {
    Links { base_url: backend.options.base_url.clone(), secret: backend.secret.clone() }
}

fn expected(shown: &str, currency: Currency) -> Option<i64> {
    // What cannot be read is not what the page showed: it equals no total.
    (!shown.is_empty()).then(|| Money::parse(shown, currency).map_or(-1, |money| money.minor))
}

/// `c…@example.org`: enough to recognise one's own address.
fn veiled(email: &EmailAddress) -> String {
    let (local, host) = email.as_str().split_once('@').unwrap_or_default();
    let first = local.chars().next().unwrap_or('…');
    format!("{first}…@{host}")
}
