//! Statements on instalments. As in `collection/sql.rs`, a `cross join` has SQLite
//! begin with the few instalments that a round is about.

use domain::{
    Timestamp,
    id::{CampaignId, PledgeId},
    pledge::{
        InstalmentState,
        instalment::{self, WAIT_AFTER_PLAN, WAIT_AFTER_TRY},
    },
};

use crate::{db::Conn, error::Result};

/// Most rows in one statement, so that engines take all their values.
const ROWS: usize = 2_000;

/// One instalment, from the second of a pledge on.
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct Instalment {
    pub pledge_id: PledgeId,
    pub number: i64,
    pub campaign_id: CampaignId,
    pub state: InstalmentState,
    /// Minor units.
    pub amount: i64,
    pub due_at: Timestamp,
    pub tries: i64,
    /// When it is tried next.
    pub next_at: Option<Timestamp>,
    pub settled_at: Option<Timestamp>,
}

impl Instalment {
    /// As its rules see it.
    pub const fn standing(&self, is_being_charged: bool) -> instalment::Instalment {
        instalment::Instalment {
            state: self.state,
            tries: self.tries,
            next_at: self.next_at,
            is_being_charged,
        }
    }
}

/// The instalments of these pledges, each pledge's in their order.
pub async fn of_pledges(conn: &mut Conn<'_>, pledges: &[PledgeId]) -> Result<Vec<Instalment>> {
    if pledges.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push(
            "select pledge_id, number, campaign_id, state, amount, due_at, tries, next_at,
                    settled_at
               from instalment
              where pledge_id in ",
        );
        push_list!(q, pledges);
        q.push(" order by pledge_id, number");
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

/// Writes these instalments as they are now, new ones and others.
pub async fn put(conn: &mut Conn<'_>, instalments: &[&Instalment]) -> Result<()> {
    for instalments in instalments.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push(
                "insert into instalment (pledge_id, number, campaign_id, state, amount, due_at,
                                         tries, next_at, settled_at) ",
            );
            q.push_values(instalments, |mut row, one| {
                row.push_bind(one.pledge_id)
                    .push_bind(one.number)
                    .push_bind(one.campaign_id)
                    .push_bind(one.state)
                    .push_bind(one.amount)
                    .push_bind(one.due_at)
                    .push_bind(one.tries)
                    .push_bind(one.next_at)
                    .push_bind(one.settled_at);
            });
            q.push(
                " on conflict (pledge_id, number) do update
                     set state = excluded.state, tries = excluded.tries,
                         next_at = excluded.next_at, settled_at = excluded.settled_at",
            );
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Instalments whose time has come, unless their campaign is stopped or over.
pub async fn due(
    conn: &mut Conn<'_>,
    now: Timestamp,
    most: i64,
) -> Result<Vec<(CampaignId, PledgeId, i64)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select i.campaign_id, i.pledge_id, i.number
           from instalment i
          cross join campaign c
          where c.id = i.campaign_id
            and i.next_at <= $1
            and c.state in ('live', 'deciding', 'successful')
          order by i.next_at, i.number
          limit $2"
    )
    .bind(now)
    .bind(most)
    .fetch_all(c))?)
}

/// Pledges of which something is left that only their backers do anything about,
/// and for which their plans waited long enough, unless their campaign is stopped
/// or over.
pub async fn over(
    conn: &mut Conn<'_>,
    now: Timestamp,
    most: i64,
) -> Result<Vec<(CampaignId, PledgeId)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select i.campaign_id, i.pledge_id
           from instalment i
          cross join campaign c
          where c.id = i.campaign_id
            and i.next_at is null
            and i.state in ('errored', 'action_required')
            and c.state in ('live', 'deciding', 'successful')
            and not exists (select 1
                              from instalment o
                             where o.pledge_id = i.pledge_id
                               and (o.due_at > $1 or o.next_at is not null))
            and not exists (select 1
                              from charge h
                             where h.pledge_id = i.pledge_id
                               and (h.state = 'due' or h.settled_at > $2))
          group by i.pledge_id, i.campaign_id
          limit $3"
    )
    .bind(now.plus(-WAIT_AFTER_PLAN))
    .bind(now.plus(-WAIT_AFTER_TRY))
    .bind(most)
    .fetch_all(c))?)
}

/// Whether anything of a campaign's instalments may still come in.
pub async fn is_open(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<bool> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select exists (select 1
                          from instalment
                         where campaign_id = $1 and state not in ('paid', 'void'))"
    )
    .bind(campaign)
    .fetch_one(c))?)
}
