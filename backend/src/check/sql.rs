//! Statements that find one counter which disagrees with its rows: a name, what
//! is kept, what is counted.

use crate::{db::Conn, error::Result};

/// What a campaign keeps against the sum of its rows.
macro_rules! campaign_keeps {
    ($kept:literal, sum of $sum:literal from $($rows:tt)+) => {
        concat!(
            "
    select c.slug, c.",
            $kept,
            ", cast(coalesce(sum(",
            $sum,
            "), 0) as bigint)
      from campaign c
      left join ",
            $($rows)+,
            "
     group by c.id, c.slug, c.",
            $kept,
            "
    having c.",
            $kept,
            " <> coalesce(sum(",
            $sum,
            "), 0)
     order by c.slug
     limit 1"
        )
    };
}
pub(super) use campaign_keeps;

/// The pledges of a campaign that count in its totals.
macro_rules! counted_pledges {
    () => {
        "pledge p on p.campaign_id = c.id
        and p.state not in ('authentication_required', 'cancelled', 'expired')
        and (p.timing = 'at_deadline' or p.state in ('collected', 'refunded'))"
    };
}

pub const PLEDGED: &str = concat!(
    "
    select c.slug, c.pledged, c.opening_pledged + cast(coalesce(sum(p.total), 0) as bigint)
      from campaign c
      left join ",
    counted_pledges!(),
    "
     group by c.id, c.slug, c.pledged, c.opening_pledged
    having c.pledged <> c.opening_pledged + coalesce(sum(p.total), 0)
     order by c.slug
     limit 1"
);

pub const BACKERS: &str = concat!(
    "
    select c.slug, c.backers, c.opening_backers + count(p.id)
      from campaign c
      left join ",
    counted_pledges!(),
    "
     group by c.id, c.slug, c.backers, c.opening_backers
    having c.backers <> c.opening_backers + count(p.id)
     order by c.slug
     limit 1"
);

pub const UNITS: &str = campaign_keeps!("units", sum of "p.units" from counted_pledges!());

pub const CLAIMED: &str = "
    select r.title, r.claimed, cast(coalesce(sum(i.quantity), 0) as bigint)
      from reward r
      left join (select i.reward_id, i.quantity
                   from pledge_item i
                   join pledge p on p.id = i.pledge_id
                  where p.state not in ('cancelled', 'expired')
                    and (p.timing = 'at_deadline' or p.state <> 'dropped')
                 union all
                 select n.reward_id, -n.quantity
                   from refund_item n
                   join refund b on b.id = n.refund_id
                  where b.restock and b.state = 'succeeded') i on i.reward_id = r.id
     group by r.id, r.title, r.claimed
    having r.claimed <> coalesce(sum(i.quantity), 0)
     order by r.title
     limit 1";

pub const LINES: &str = "
    select c.slug, p.total, p.bonus + p.shipping + cast(coalesce(sum(i.amount), 0) as bigint)
      from pledge p
      join campaign c on c.id = p.campaign_id
      left join pledge_item i on i.pledge_id = p.id
     group by p.id, c.slug, p.total, p.bonus, p.shipping
    having p.total <> p.bonus + p.shipping + coalesce(sum(i.amount), 0)
     order by c.slug
     limit 1";

pub const ROWS: &str = "
    select c.slug, c.ledger_rows, count(e.seq)
      from campaign c
      left join entry e on e.campaign_id = c.id
     group by c.id, c.slug, c.ledger_rows
    having c.ledger_rows <> count(e.seq)
     order by c.slug
     limit 1";

pub const PROMISED: &str = "
    select c.slug, cast(coalesce(e.promised, 0) as bigint),
           c.pledged - c.opening_pledged - c.collected - c.dropped - c.released
      from campaign c
      left join (select campaign_id, sum(amount) as promised
                   from entry
                  where account = 'promised'
                  group by campaign_id) e on e.campaign_id = c.id
     where coalesce(e.promised, 0) <> c.pledged - c.opening_pledged - c.collected - c.dropped
                                      - c.released
     order by c.slug
     limit 1";

pub const COLLECTED: &str = campaign_keeps!("collected", sum of "h.amount"
    from "charge h on h.campaign_id = c.id and h.state = 'succeeded'");

pub const CHARGED: &str = "
    select c.slug, p.charged, cast(coalesce(sum(h.amount), 0) as bigint)
      from pledge p
      join campaign c on c.id = p.campaign_id
      left join charge h on h.pledge_id = p.id and h.state = 'succeeded'
     group by p.id, c.slug, p.charged
    having p.charged <> coalesce(sum(h.amount), 0)
        or count(h.id) <> count(distinct h.instalment)
     order by c.slug
     limit 1";

pub const POSTINGS: &str = "
    select c.slug, cast(0 as bigint), cast(sum(e.amount) as bigint)
      from entry e
      join campaign c on c.id = e.campaign_id
     group by c.slug, e.campaign_id, e.posting
    having sum(e.amount) <> 0 or count(distinct e.currency) <> 1
     order by c.slug
     limit 1";

pub async fn first(conn: &mut Conn<'_>, find: &'static str) -> Result<Option<(String, i64, i64)>> {
    Ok(sql!(conn, |c| sqlx::query_as(find).fetch_optional(c))?)
}
