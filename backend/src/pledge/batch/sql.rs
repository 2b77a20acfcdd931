//! Statements of the pledge writer. Each reads or writes for a whole batch, so
//! that their number does not depend on how many pledges there are.

use std::collections::BTreeMap;

use domain::{
    Currency, Locale, Timestamp,
    account::Role,
    country::Country,
    email::EmailAddress,
    id::{AccountId, CampaignId, PledgeId, RewardId},
    pledge::{Order, PledgeState, Quote, Standing, Taken, Timing},
    reward::RewardKind,
};
use futures::TryFutureExt as _;

use crate::{
    db::Conn,
    error::Result,
    payment::SavedCard,
    pledge::sql::{Item, shipping},
};

/// Most rows in one statement, so that engines take all their values.
const ROWS: usize = 2_000;

/// Where letters go to somebody.
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct Person {
    pub id: AccountId,
    pub email: EmailAddress,
    pub locale: Locale,
}

/// The accounts with one of these ids or addresses.
pub async fn people(
    conn: &mut Conn<'_>,
    ids: &[AccountId],
    emails: &[&EmailAddress],
) -> Result<Vec<Person>> {
    if ids.is_empty() && emails.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push("select id, email, locale from account where false");
        if !ids.is_empty() {
            q.push(" or id in ");
            push_list!(q, ids);
        }
        if !emails.is_empty() {
            q.push(" or email in ");
            push_list!(q, emails);
        }
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

/// A guest who pledges for the first time.
pub struct NewPerson {
    pub person: Person,
    pub at: Timestamp,
}

/// Makes the accounts of guests. Returns the id that each address has
/// afterwards: another node may have made its account a moment before.
pub async fn insert_people(
    conn: &mut Conn<'_>,
    people: &[NewPerson],
) -> Result<Vec<(AccountId, EmailAddress)>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push("insert into account (id, email, name, role, locale, created_at) ");
        q.push_values(people, |mut row, new| {
            row.push_bind(new.person.id)
                .push_bind(&new.person.email)
                .push_bind("")
                .push_bind(Role::Member)
                .push_bind(new.person.locale)
                .push_bind(new.at);
        });
        q.push(" on conflict (email) do update set email = excluded.email returning id, email");
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

/// A pledge as commands find it, and leave it.
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct Held {
    pub id: PledgeId,
    pub campaign_id: CampaignId,
    pub backer_id: AccountId,
    pub state: PledgeState,
    pub bonus: i64,
    pub shipping: i64,
    pub total: i64,
    pub country: Option<String>,
    pub secret: Option<String>,
    pub link_ended: bool,
    pub payment_method: String,
    /// The last four digits.
    pub card: String,
    pub remind_at: Option<Timestamp>,
    pub timing: Timing,
    /// Units that it counts towards a goal in units.
    pub ordered: i64,
    /// Its own time to see to its card, where it is charged at once.
    pub fix_until: Option<Timestamp>,
    pub refunded: i64,
    pub charged_back: i64,
    /// What was charged of it, in minor units.
    pub charged: i64,
    /// In how many instalments it is paid; 1 when all together.
    pub instalments: i64,
    pub changed_at: Timestamp,
    /// Units by reward.
    #[sqlx(skip)]
    pub units: BTreeMap<RewardId, Taken>,
    /// Which of them is its reward.
    #[sqlx(skip)]
    pub reward: Option<RewardId>,
    /// The number of what was told of each when it was chosen.
    #[sqlx(skip)]
    pub wordings: BTreeMap<RewardId, i64>,
}

/// These pledges with what they hold.
pub async fn held(conn: &mut Conn<'_>, ids: &[PledgeId]) -> Result<Vec<Held>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut pledges: Vec<Held> = built!(conn, |q, c| {
        q.push(
            "select id, campaign_id, backer_id, state, bonus, shipping, total, country, secret,
                    link_ended, payment_method, card, remind_at, timing, units as ordered,
                    fix_until, refunded, charged_back, charged, instalments, changed_at
               from pledge
              where id in ",
        );
        push_list!(q, ids);
        q.build_query_as().persistent(false).fetch_all(c).await
    })?;
    let items: Vec<(PledgeId, RewardId, RewardKind, i64, Option<String>, i64)> =
        built!(conn, |q, c| {
            q.push(
                "select pledge_id, reward_id, kind, quantity, variant, wording
               from pledge_item
              where pledge_id in ",
            );
            push_list!(q, ids);
            q.build_query_as().persistent(false).fetch_all(c).await
        })?;
    for (pledge, reward, kind, units, variant, wording) in items {
        if let Some(held) = pledges.iter_mut().find(|held| held.id == pledge) {
            held.units.insert(reward, Taken { units, variant });
            held.wordings.insert(reward, wording);
            if kind == RewardKind::Reward {
                held.reward = Some(reward);
            }
        }
    }
    Ok(pledges)
}

/// Writes these pledges as they are now, but for what never changes.
pub async fn update(conn: &mut Conn<'_>, pledges: &[&Held]) -> Result<()> {
    for pledges in pledges.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push(
                "with fresh (id, state, bonus, shipping, total, country, secret, link_ended,
                             payment_method, card, remind_at, units, fix_until, refunded,
                             charged_back, charged, changed_at) as (",
            );
            q.push_values(pledges, |mut row, held| {
                row.push_bind(held.id)
                    .push_bind(held.state)
                    .push_bind(held.bonus)
                    .push_bind(held.shipping)
                    .push_bind(held.total)
                    .push_bind(held.country.as_deref())
                    .push_bind(held.secret.as_deref())
                    .push_bind(held.link_ended)
                    .push_bind(&held.payment_method)
                    .push_bind(&held.card)
                    .push_bind(held.remind_at)
                    .push_bind(held.ordered)
                    .push_bind(held.fix_until)
                    .push_bind(held.refunded)
                    .push_bind(held.charged_back)
                    .push_bind(held.charged)
                    .push_bind(held.changed_at);
            });
            q.push(
                ") update pledge
                      set state = fresh.state, bonus = fresh.bonus, shipping = fresh.shipping,
                          total = fresh.total, country = fresh.country, secret = fresh.secret,
                          link_ended = fresh.link_ended, payment_method = fresh.payment_method,
                          card = fresh.card, remind_at = fresh.remind_at,
                          units = fresh.units, fix_until = fresh.fix_until,
                          refunded = fresh.refunded, charged_back = fresh.charged_back,
                          charged = fresh.charged, changed_at = fresh.changed_at
                     from fresh
                    where pledge.id = fresh.id",
            );
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Has whoever must see to a card in a locked campaign told, and given the time.
pub async fn ask_anew(
    conn: &mut Conn<'_>,
    id: CampaignId,
    now: Timestamp,
    until: Timestamp,
) -> Result<()> {
    Ok(sql!(conn, |c| {
        sqlx::query(
        "update pledge
            set remind_at = $2, fix_until = case when fix_until < $3 then $3 else fix_until end
          where campaign_id = $1 and state in ('errored', 'action_required')
            and not exists (select 1 from charge h where h.pledge_id = pledge.id and h.state = 'due')"
    )
    .bind(id)
    .bind(now)
    .bind(until)
    .execute(c)
    .map_ok(drop)
    })?)
}

/// A pledge to insert.
pub struct NewPledge {
    pub id: PledgeId,
    pub campaign: CampaignId,
    pub backer: AccountId,
    pub state: PledgeState,
    pub currency: Currency,
    pub bonus: i64,
    pub shipping: i64,
    pub total: i64,
    pub country: Option<Country>,
    pub secret: Option<String>,
    pub card: SavedCard,
    pub timing: Timing,
    pub units: i64,
    pub fix_until: Option<Timestamp>,
    pub instalments: i64,
    /// The version of the page that it is made on.
    pub page_version: i64,
    pub at: Timestamp,
}

impl NewPledge {
    /// What was ordered at that price.
    pub fn new(
        (id, campaign, backer): (PledgeId, CampaignId, AccountId),
        standing: &Standing,
        order: &Order,
        quote: &Quote,
        card: &SavedCard,
        (page_version, at): (i64, Timestamp),
    ) -> Self {
        Self {
            id,
            campaign,
            backer,
            state: standing.state,
            timing: standing.timing,
            units: quote.units,
            fix_until: standing.fix_until,
            instalments: order.instalments.unwrap_or(1),
            currency: quote.total.currency,
            bonus: order.bonus,
            shipping: shipping(quote),
            total: quote.total.minor,
            country: order.country,
            secret: order.secret.clone(),
            card: card.clone(),
            page_version,
            at,
        }
    }
}

pub async fn insert(conn: &mut Conn<'_>, pledges: &[NewPledge]) -> Result<()> {
    for pledges in pledges.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push(
                "insert into pledge
                     (id, campaign_id, backer_id, state, currency, bonus, shipping, total, country,
                      secret, payment_method, card, placed_at, changed_at, timing, units, fix_until,
                      instalments, page_version) ",
            );
            q.push_values(pledges, |mut row, new| {
                row.push_bind(new.id)
                    .push_bind(new.campaign)
                    .push_bind(new.backer)
                    .push_bind(new.state)
                    .push_bind(new.currency)
                    .push_bind(new.bonus)
                    .push_bind(new.shipping)
                    .push_bind(new.total)
                    .push_bind(new.country.map(|country| country.to_string()))
                    .push_bind(new.secret.as_deref())
                    .push_bind(&new.card.method)
                    .push_bind(&new.card.last_four)
                    .push_bind(new.at)
                    .push_bind(new.at)
                    .push_bind(new.timing)
                    .push_bind(new.units)
                    .push_bind(new.fix_until)
                    .push_bind(new.instalments)
                    .push_bind(new.page_version);
            });
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Removes what these pledges held, before what they hold now is written.
pub async fn empty(conn: &mut Conn<'_>, pledges: &[PledgeId]) -> Result<()> {
    if pledges.is_empty() {
        return Ok(());
    }
    Ok(built!(conn, |q, c| {
        q.push("delete from pledge_item where pledge_id in ");
        push_list!(q, pledges);
        q.build().persistent(false).execute(c).await.map(drop)
    })?)
}

pub async fn insert_items(conn: &mut Conn<'_>, items: &[(PledgeId, Item)]) -> Result<()> {
    for items in items.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push(
                "insert into pledge_item
                     (pledge_id, reward_id, kind, title, variant, quantity, amount, shipping,
                      wording) ",
            );
            q.push_values(items, |mut row, (pledge, item)| {
                row.push_bind(*pledge)
                    .push_bind(item.reward_id)
                    .push_bind(item.kind)
                    .push_bind(&item.title)
                    .push_bind(item.variant.as_deref())
                    .push_bind(item.quantity)
                    .push_bind(item.amount)
                    .push_bind(item.shipping)
                    .push_bind(item.wording);
            });
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// What happened to a pledge.
pub struct Change {
    pub pledge: PledgeId,
    pub what: &'static str,
    pub total: i64,
    pub at: Timestamp,
}

pub async fn insert_changes(conn: &mut Conn<'_>, changes: &[Change]) -> Result<()> {
    for changes in changes.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push("insert into pledge_change (id, pledge_id, what, total, at) ");
            q.push_values(changes, |mut row, change| {
                row.push_bind(uuid::Uuid::now_v7())
                    .push_bind(change.pledge)
                    .push_bind(change.what)
                    .push_bind(change.total)
                    .push_bind(change.at);
            });
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}
