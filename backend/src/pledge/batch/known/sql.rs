//! Statements that find the pledges of whoever pledges.

use domain::id::{AccountId, CampaignId, PledgeId};

use crate::{db::Conn, error::Result};

/// What a backer has pledged to a campaign now.
#[derive(sqlx::FromRow, Debug)]
pub struct Active {
    pub id: PledgeId,
    pub campaign_id: CampaignId,
    pub backer_id: AccountId,
}

/// The active pledges of these backers to these campaigns.
pub async fn active(
    conn: &mut Conn<'_>,
    campaigns: &[CampaignId],
    backers: &[AccountId],
) -> Result<Vec<Active>> {
    if campaigns.is_empty() || backers.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push("select id, campaign_id, backer_id from pledge where campaign_id in ");
        push_list!(q, campaigns);
        q.push(" and backer_id in ");
        push_list!(q, backers);
        q.push(" and state not in ('dropped', 'refunded', 'cancelled', 'expired')");
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

/// Who of these backers had a pledge to these campaigns that has ended.
pub async fn had(
    conn: &mut Conn<'_>,
    campaigns: &[CampaignId],
    backers: &[AccountId],
) -> Result<Vec<(CampaignId, AccountId)>> {
    if campaigns.is_empty() || backers.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push("select campaign_id, backer_id from pledge where campaign_id in ");
        push_list!(q, campaigns);
        q.push(" and backer_id in ");
        push_list!(q, backers);
        q.push(" and state in ('dropped', 'refunded', 'cancelled', 'expired')");
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

/// Who runs these campaigns.
pub async fn creators(
    conn: &mut Conn<'_>,
    campaigns: &[CampaignId],
) -> Result<Vec<(CampaignId, AccountId)>> {
    if campaigns.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push("select id, creator_id from campaign where id in ");
        push_list!(q, campaigns);
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}
