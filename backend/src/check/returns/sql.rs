//! Statements that find the first place where money that went back does not agree:
//! a name, what is kept, what is counted.

use domain::Timestamp;

use crate::{check::sql::campaign_keeps, db::Conn, error::Result};

pub const REFUNDED_OF_PLEDGE: &str = "
    select c.slug, p.refunded, cast(coalesce(sum(r.amount), 0) as bigint)
      from pledge p
      join campaign c on c.id = p.campaign_id
      left join refund r on r.pledge_id = p.id and r.state = 'succeeded'
     group by p.id, c.slug, p.refunded
    having p.refunded <> coalesce(sum(r.amount), 0)
     order by c.slug
     limit 1";

pub const CHARGED_BACK_OF_PLEDGE: &str = "
    select c.slug, p.charged_back, cast(coalesce(sum(r.amount), 0) as bigint)
      from pledge p
      join campaign c on c.id = p.campaign_id
      left join chargeback r on r.pledge_id = p.id and r.state = 'lost'
     group by p.id, c.slug, p.charged_back
    having p.charged_back <> coalesce(sum(r.amount), 0)
     order by c.slug
     limit 1";

pub const STATE: &str = "
    select c.slug, p.refunded + p.charged_back,
           case p.state when 'refunded' then p.charged else 0 end
      from pledge p
      join campaign c on c.id = p.campaign_id
     where (p.state = 'refunded' and p.refunded + p.charged_back <> p.charged)
        or (p.state = 'collected' and p.refunded + p.charged_back >= p.charged)
        or (p.state not in ('collected', 'refunded') and p.refunded + p.charged_back <> 0)
     order by c.slug
     limit 1";

pub const REFUNDED: &str = campaign_keeps!("refunded", sum of "r.amount"
    from "refund r on r.campaign_id = c.id and r.state = 'succeeded'");

pub const CHARGED_BACK: &str = campaign_keeps!("charged_back", sum of "r.amount"
    from "chargeback r on r.campaign_id = c.id and r.state = 'lost'");

pub const DISPUTED: &str = campaign_keeps!("disputed", sum of "r.amount"
    from "chargeback r on r.campaign_id = c.id and r.state = 'open'");

pub const REFUNDS_IN_BOOKS: &str = campaign_keeps!("refunded", sum of "e.amount"
    from "entry e on e.campaign_id = c.id and e.event = 'refunded' and e.account = 'backers'");

pub const LOSSES_IN_BOOKS: &str = campaign_keeps!("charged_back", sum of "e.amount"
    from "entry e on e.campaign_id = c.id and e.event = 'chargeback_lost' and e.account = 'backers'");

pub const DISPUTED_IN_BOOKS: &str = campaign_keeps!("disputed", sum of "e.amount"
    from "entry e on e.campaign_id = c.id and e.account = 'disputed'");

pub const RESERVE_IN_BOOKS: &str = campaign_keeps!("reserve", sum of "e.amount"
    from "entry e on e.campaign_id = c.id and e.account = 'reserve'");

pub const REFUNDED_IN_BOOKS_OF_PLEDGE: &str = "
    select c.slug, p.refunded + p.charged_back, cast(coalesce(sum(e.amount), 0) as bigint)
      from pledge p
      join campaign c on c.id = p.campaign_id
      left join entry e on e.pledge_id = p.id
       and e.account = 'backers'
       and e.event in ('refunded', 'chargeback_lost')
     group by p.id, c.slug, p.refunded, p.charged_back
    having p.refunded + p.charged_back <> coalesce(sum(e.amount), 0)
     order by c.slug
     limit 1";

pub const RELEASED_IN_BOOKS: &str = campaign_keeps!("released", sum of "e.amount"
    from "entry e on e.campaign_id = c.id and e.event = 'released' and e.account = 'backers'");

pub const SURPLUS_IN_BOOKS: &str = "
    select c.slug, cast(coalesce(s.amount, 0) as bigint), cast(coalesce(e.amount, 0) as bigint)
      from campaign c
      left join (select campaign_id, sum(amount) as amount
                   from surplus
                  where state <> 'succeeded'
                  group by campaign_id) s on s.campaign_id = c.id
      left join (select campaign_id, sum(amount) as amount
                   from entry
                  where account = 'surplus'
                  group by campaign_id) e on e.campaign_id = c.id
     where coalesce(s.amount, 0) <> coalesce(e.amount, 0)
     order by c.slug
     limit 1";

pub const SURPLUS_OF_PLEDGE: &str = "
    select c.slug, s.amount, cast(coalesce(sum(e.amount), 0) as bigint)
      from (select campaign_id, pledge_id, sum(amount) as amount
              from surplus
             group by campaign_id, pledge_id) s
      join campaign c on c.id = s.campaign_id
      left join entry e on e.pledge_id = s.pledge_id
       and e.account = 'surplus'
       and e.event = 'surplus_came'
     group by c.slug, s.pledge_id, s.amount
    having s.amount <> coalesce(sum(e.amount), 0)
     order by c.slug
     limit 1";

/// A campaign that came to nothing before this instant, and to which something is
/// promised by its books; or which nobody is taking that out of.
pub async fn unreleased(
    conn: &mut Conn<'_>,
    before: Timestamp,
) -> Result<Option<(String, i64, i64)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select c.slug, cast(0 as bigint), e.amount
           from campaign c
           join (select campaign_id, cast(sum(amount) as bigint) as amount
                   from entry
                  where account = 'promised'
                  group by campaign_id) e on e.campaign_id = c.id
          where c.state in ('failed', 'cancelled')
            and (not c.releasing or c.state_changed_at <= $1)
            and e.amount <> 0
          order by c.slug
          limit 1"
    )
    .bind(before)
    .fetch_optional(c))?)
}

/// What is not done yet, and no difference.
#[derive(sqlx::FromRow, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Underway {
    /// Unwanted payments on their way back, or asked for again by themselves.
    pub unwanted: i64,
    /// What the provider refuses to give back until an operator sees to it.
    pub refused: i64,
    /// Campaigns whose promises are being taken out of the books.
    pub releasing: i64,
}

pub async fn underway(conn: &mut Conn<'_>) -> Result<Underway> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select (select count(*) from surplus
                  where state = 'due' or (state = 'refused' and retry_at is not null)) as unwanted,
                (select count(*) from surplus where state = 'refused' and retry_at is null)
              + (select count(*)
                   from refund r
                   join pledge p on p.id = r.pledge_id
                  where r.state = 'refused'
                    and r.asked_by is null
                    and r.retry_at is null
                    and p.refunded + p.charged_back < p.total) as refused,
                (select count(*) from campaign where releasing) as releasing"
    )
    .fetch_one(c))?)
}
