//! Rewards and add-ons of campaigns.

pub(crate) mod sql;
pub(crate) mod variant;
pub(crate) mod wording;

use std::collections::BTreeMap;

use domain::{
    Currency, Invalid, Money, Problem,
    id::{CampaignId, RewardId},
    media::Picture,
    pledge::Taken,
    reward::{Image, Item, Offer, RewardKind, RewardView, Shipping, Variants, check_price},
    time::Month,
};

use crate::{
    db::Conn,
    error::{Error, Result},
};

/// A reward as the demo or a draft brings it.
#[derive(Debug, Clone)]
pub struct NewReward {
    pub kind: RewardKind,
    pub title: String,
    pub description: String,
    /// Minor units of the campaign's currency, within its limits.
    pub price: i64,
    /// What it costs after the success; `None` when it cannot be had then.
    pub late_price: Option<i64>,
    /// As how many units it counts.
    pub units: i64,
    pub items: Vec<Item>,
    pub image: Option<Image>,
    pub delivery: Option<Month>,
    pub offer: Offer,
    /// The token of its link, when it is secret.
    pub secret: Option<String>,
    pub shipping: Shipping,
    /// What it comes in; nothing is claimed of it.
    pub variants: Variants,
}

/// Adds a reward at the end of its kind's list.
///
/// # Errors
/// [`Error::NotFound`] without its campaign, [`Error::Invalid`] when its price
/// is outside the limits of the campaign's currency; when the database fails.
pub async fn add(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    position: i64,
    new: &NewReward,
) -> Result<RewardId> {
    let currency = sql::currency(conn, campaign).await?.ok_or(Error::NotFound)?;
    for (field, price) in [("price", Some(new.price)), ("late_price", new.late_price)] {
        let price = price.map(|minor| check_price(Money::new(minor, currency)));
        price.transpose().map_err(|problem| Invalid::field(field, problem))?;
    }
    if new.units < 0 {
        return Err(Invalid::field("units", Problem::AmountNegative).into());
    }
    let id = RewardId::generate();
    sql::insert(conn, id, campaign, position, new).await?;
    if !new.variants.is_empty() {
        variant::sql::put(conn, id, &new.variants).await?;
    }
    Ok(id)
}

/// Changes what a creator writes of a reward; its picture and what is claimed of it
/// stay, and a secret that it has already. Its campaign is locked, and what may be changed was looked at.
///
/// # Errors
/// When the database fails.
pub(crate) async fn change(conn: &mut Conn<'_>, id: RewardId, new: &NewReward) -> Result<()> {
    sql::update(conn, id, new).await?;
    variant::sql::put(conn, id, &new.variants).await
}

/// Shows a picture with a reward, or none.
///
/// # Errors
/// When the database fails.
pub(crate) async fn set_picture(
    conn: &mut Conn<'_>,
    id: RewardId,
    picture: Option<&Picture>,
) -> Result<()> {
    let image = picture.map(|picture| Image {
        address: picture.fitting(640),
        alt: picture.alt.clone(),
        picture: Some(picture.clone()),
    });
    sql::set_image(conn, id, image.as_ref().map(serde_json::to_string).transpose()?).await
}

/// Puts the rewards of a locked campaign into this order, those of each kind among
/// themselves.
///
/// # Errors
/// When the database fails.
pub(crate) async fn arrange(conn: &mut Conn<'_>, order: &[RewardId]) -> Result<()> {
    for (position, id) in (0..).zip(order) {
        sql::set_position(conn, *id, position).await?;
    }
    Ok(())
}

/// Removes a reward that no pledge names.
///
/// # Errors
/// When the database fails; a pledge that names it counts too.
pub(crate) async fn remove(conn: &mut Conn<'_>, id: RewardId) -> Result<()> {
    variant::sql::delete(conn, id).await?;
    wording::sql::delete(conn, id).await?;
    sql::delete(conn, id).await
}

/// Every reward of a campaign as [`offered`] puts them, secret ones too.
///
/// # Errors
/// When the database fails.
pub(crate) async fn all(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    currency: Currency,
) -> Result<Vec<RewardView>> {
    let rows = sql::of_campaign(conn, campaign).await?;
    rows.into_iter().map(|row| row.into_view(currency)).collect()
}

/// What a visitor may choose from: rewards first, then add-ons, each in its
/// order. A secret reward is among them only for who has its token.
///
/// # Errors
/// When the database fails.
pub async fn offered(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    currency: Currency,
    secret: &str,
) -> Result<Vec<RewardView>> {
    offered_to(conn, campaign, currency, secret, &BTreeMap::new()).await
}

/// The same for a backer who holds these: what was opened by its link before stays
/// theirs, also once the link is another one.
pub(crate) async fn offered_to(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    currency: Currency,
    secret: &str,
    held: &BTreeMap<RewardId, Taken>,
) -> Result<Vec<RewardView>> {
    let rows = sql::of_campaign(conn, campaign).await?;
    rows.into_iter()
        .filter(|row| {
            row.secret.as_deref().is_none_or(|token| token == secret) || held.contains_key(&row.id)
        })
        .map(|row| row.into_view(currency))
        .collect()
}

/// What of it can be had now, at today's price.
#[must_use]
pub fn on_sale(rewards: Vec<RewardView>, is_late: bool) -> Vec<RewardView> {
    let at_its_price =
        |reward: RewardView| reward.price_now(is_late).map(|price| RewardView { price, ..reward });
    rewards.into_iter().filter_map(at_its_price).collect()
}

impl sql::RewardRow {
    /// The reward as pages and quotes read it.
    pub(crate) fn into_view(mut self, currency: Currency) -> Result<RewardView> {
        let variants = self.variants()?;
        Ok(RewardView {
            id: self.id,
            kind: self.kind,
            title: self.title,
            description: self.description,
            price: Money::new(self.price, currency),
            late_price: self.late_price.map(|minor| Money::new(minor, currency)),
            units: self.units,
            items: serde_json::from_str(&self.items)?,
            image: self.image.as_deref().map(serde_json::from_str).transpose()?,
            delivery: self.delivery.and_then(Month::from_number),
            offer: Offer {
                quantity: self.quantity,
                claimed: self.claimed,
                limit_per_backer: self.limit_per_backer,
                starts_at: self.starts_at,
                ends_at: self.ends_at,
            },
            shipping: serde_json::from_str(&self.shipping)?,
            variants,
            backers: self.backers,
            is_secret: self.secret.is_some(),
        })
    }
}
