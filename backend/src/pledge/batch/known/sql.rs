//! Statements that find the pledges of whoever pledges, and what was answered before.

use domain::{
    Timestamp,
    id::{AccountId, CampaignId, PledgeId},
};

use crate::{db::Conn, error::Result};

/// Most rows in one statement, so that engines take all their values.
const ROWS: usize = 2_000;

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

/// An answer that was kept for a key.
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct Kept {
    pub backer_id: AccountId,
    pub key: String,
    pub fingerprint: String,
    pub answer: String,
}

/// What was kept for these people under these keys. The key of the table begins
/// with the person, so that naming them is what makes this quick.
pub async fn kept(conn: &mut Conn<'_>, backers: &[AccountId], keys: &[&str]) -> Result<Vec<Kept>> {
    if backers.is_empty() || keys.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push("select backer_id, key, fingerprint, answer from idempotency where backer_id in ");
        push_list!(q, backers);
        q.push(" and key in ");
        push_list!(q, keys);
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

pub async fn insert_kept(conn: &mut Conn<'_>, kept: &[Kept], now: Timestamp) -> Result<()> {
    for kept in kept.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push("insert into idempotency (backer_id, key, fingerprint, answer, created_at) ");
            q.push_values(kept, |mut row, kept| {
                row.push_bind(kept.backer_id)
                    .push_bind(&kept.key)
                    .push_bind(&kept.fingerprint)
                    .push_bind(&kept.answer)
                    .push_bind(now);
            });
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}
