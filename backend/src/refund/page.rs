//! What whoever runs a campaign sees of its charged pledges.

use domain::{
    Money,
    account::Role,
    id::PledgeId,
    people::Right,
    pledge::Line,
    refund::{
        ChargebackState, ChargebackView, PledgeLine, PledgesPage, RefundPage, RefundState,
        RefundView, Standing,
    },
};

use super::{managed, sql};
use crate::{
    account::Who,
    chargeback,
    context::Backend,
    error::{Error, Result},
    pledge, secret,
};

/// The charged pledges of a campaign, newest first.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::NotFound`] for whoever may not see its backers.
pub async fn pledges(
    backend: &Backend,
    who: Option<&Who>,
    slug: &str,
    page: i64,
) -> Result<PledgesPage> {
    let page = page.clamp(1, 100_000);
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let campaign = managed(&mut conn, who, slug, Right::SeeBackers).await?;
    let offset = (page - 1) * PledgesPage::SIZE;
    let rows = sql::pledges(&mut conn, campaign.id, PledgesPage::SIZE, offset).await?;
    let money = |minor| Money::new(minor, campaign.currency);
    let pledges = rows.into_iter().map(|row| PledgeLine {
        id: row.id,
        email: row.email.as_str().to_owned(),
        reward: row.reward,
        total: money(row.total),
        returned: money(row.refunded + row.charged_back),
        state: row.state,
        placed_at: row.placed_at,
    });
    Ok(PledgesPage {
        pledges: pledges.collect(),
        total: sql::count(&mut conn, campaign.id).await?,
        page,
        slug: campaign.slug,
        title: campaign.title,
        is_demo: campaign.is_demo,
    })
}

/// One of them, with what went back of it and what still can.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::NotFound`] for whoever may not see
/// its backers, and for a pledge of another one.
pub async fn page(
    backend: &Backend,
    who: Option<&Who>,
    slug: &str,
    id: PledgeId,
) -> Result<RefundPage> {
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let campaign = managed(&mut conn, who, slug, Right::SeeBackers).await?;
    let row = sql::pledge(&mut conn, campaign.id, id).await?.ok_or(Error::NotFound)?;
    let money = |minor| Money::new(minor, row.currency);
    let refunds = sql::of_pledges(&mut conn, &[id]).await?;
    let chargebacks = chargeback::sql::of_pledges(&mut conn, &[id]).await?;
    let gone = |line: &Line| -> i64 {
        let standing = refunds.iter().filter(|refund| refund.state != RefundState::Refused);
        let items = standing.flat_map(|refund| &refund.items);
        items.filter(|(reward, _)| Some(*reward) == line.reward).map(|(_, units)| units).sum()
    };
    let mut lines: Vec<(Line, i64)> = Vec::new();
    for line in pledge::priced(&mut conn, id, row.currency, row.bonus, row.shipping).await? {
        let refunded = gone(&line);
        lines.push((line, refunded));
    }
    let underway = refunds.iter().filter(|one| one.state == RefundState::Due);
    let open = chargebacks.iter().filter(|one| one.state == ChargebackState::Open);
    let standing = Standing {
        state: row.state,
        currency: row.currency,
        total: row.charged,
        refunded: row.refunded,
        underway: underway.map(|one| one.amount).sum(),
        disputed: open.map(|one| one.amount).sum(),
        charged_back: row.charged_back,
    };
    Ok(RefundPage {
        id,
        slug: campaign.slug,
        title: campaign.title,
        is_demo: campaign.is_demo,
        email: row.email.as_str().to_owned(),
        state: row.state,
        placed_at: row.placed_at,
        lines,
        total: money(row.total),
        refunded: money(row.refunded + row.charged_back),
        left: money(standing.left()),
        is_disputed: standing.disputed > 0,
        refunds: refunds
            .into_iter()
            .map(|one| RefundView {
                amount: money(one.amount),
                reason: one.reason,
                state: one.state,
                at: one.created_at,
            })
            .collect(),
        chargebacks: chargebacks
            .into_iter()
            .map(|one| ChargebackView {
                reference: one.reference,
                amount: money(one.amount),
                state: one.state,
                opened_at: one.opened_at,
            })
            .collect(),
        may_give: managed(&mut conn, who, slug, Right::Own).await.is_ok(),
        is_operator: who.is_some_and(|who| who.role == Role::Operator),
        key: secret::random_token(),
    })
}
