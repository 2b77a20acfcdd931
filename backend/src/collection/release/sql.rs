//! Statements on what was promised to campaigns that came to nothing.

use domain::id::{CampaignId, PledgeId};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// A pledge that stands with the promised: it counts by its promise, was not taken
/// out before, and is not being charged in this moment.
macro_rules! promised {
    () => {
        " p.timing = 'at_deadline'
            and p.state in ('pledged', 'errored', 'action_required')
            and coalesce((select sum(e.amount)
                            from entry e
                           where e.pledge_id = p.id
                             and e.event = 'released'
                             and e.account = 'promised'), 0) = 0
            and not exists (select 1
                              from charge h
                             where h.pledge_id = p.id and h.state = 'due' and h.taken_until > 0)"
    };
}

/// Campaigns that came to nothing and whose books still hold promises.
pub async fn releasing(conn: &mut Conn<'_>) -> Result<Vec<CampaignId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select id from campaign where releasing order by id limit 20"
    )
    .fetch_all(c))?)
}

/// Notes that a locked campaign came to nothing.
pub async fn begin(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("update campaign set releasing = true where id = $1")
        .bind(campaign)
        .execute(c)
        .map_ok(drop))?)
}

/// The pledges that are still promised to a campaign.
pub async fn promised(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<PledgeId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(concat!(
        "select p.id from pledge p where p.campaign_id = $1 and",
        promised!()
    ))
    .bind(campaign)
    .fetch_all(c))?)
}

/// Those of these pledges that are, now that their campaign is locked, and for how
/// many minor units.
pub async fn still_promised(
    conn: &mut Conn<'_>,
    pledges: &[PledgeId],
) -> Result<Vec<(PledgeId, i64)>> {
    Ok(built!(conn, |q, c| {
        q.push(concat!("select p.id, p.total from pledge p where", promised!(), " and p.id in "));
        push_list!(q, pledges);
        q.push(" order by p.id");
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

/// Which of these pledges were taken out of the books.
pub async fn taken_out(conn: &mut Conn<'_>, pledges: &[PledgeId]) -> Result<Vec<PledgeId>> {
    if pledges.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push(
            "select pledge_id
               from entry
              where event = 'released' and account = 'promised' and pledge_id in ",
        );
        push_list!(q, pledges);
        q.push(" group by pledge_id having sum(amount) <> 0");
        q.build_query_scalar().persistent(false).fetch_all(c).await
    })?)
}

/// Counts what was taken out of a locked campaign's books.
pub async fn released(conn: &mut Conn<'_>, campaign: CampaignId, sum: i64) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("update campaign set released = released + $2 where id = $1")
        .bind(campaign)
        .bind(sum)
        .execute(c)
        .map_ok(drop))?)
}

/// Notes that nothing is promised to a locked campaign any more.
pub async fn finished(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("update campaign set releasing = false where id = $1")
        .bind(campaign)
        .execute(c)
        .map_ok(drop))?)
}

/// What was taken out of a campaign's books, pledge by pledge, in minor units.
pub async fn all_taken_out(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
) -> Result<Vec<(PledgeId, i64)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select pledge_id, cast(-sum(amount) as bigint)
           from entry
          where campaign_id = $1 and event = 'released' and account = 'promised'
          group by pledge_id
         having sum(amount) <> 0
          order by pledge_id"
    )
    .bind(campaign)
    .fetch_all(c))?)
}

/// A pledge whose card was to be charged at once, and is not good yet.
macro_rules! unpaid {
    () => {
        " p.campaign_id = $1
            and p.timing = 'at_once'
            and p.state in ('pledged', 'errored', 'action_required')"
    };
}

/// Such pledges of a campaign, unless they are being charged in this moment.
pub async fn unpaid(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<PledgeId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(concat!(
        "select p.id from pledge p where",
        unpaid!(),
        " and not exists (select 1
                            from charge h
                           where h.pledge_id = p.id and h.state = 'due' and h.taken_until > 0)"
    ))
    .bind(campaign)
    .fetch_all(c))?)
}

/// Whether a campaign has any.
pub async fn is_unpaid(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<bool> {
    Ok(sql!(conn, |c| sqlx::query_scalar(concat!(
        "select exists (select 1 from pledge p where",
        unpaid!(),
        ")"
    ))
    .bind(campaign)
    .fetch_one(c))?)
}
