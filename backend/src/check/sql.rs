//! Statements that find one counter which disagrees with its rows: a name, what
//! is kept, what is counted.

use crate::{db::Conn, error::Result};

pub const PLEDGED: &str = "
    select c.slug, c.pledged, c.opening_pledged + cast(coalesce(sum(p.total), 0) as bigint)
      from campaign c
      left join pledge p on p.campaign_id = c.id and p.state = 'pledged'
     group by c.id, c.slug, c.pledged, c.opening_pledged
    having c.pledged <> c.opening_pledged + coalesce(sum(p.total), 0)
     order by c.slug
     limit 1";

pub const BACKERS: &str = "
    select c.slug, c.backers, c.opening_backers + count(p.id)
      from campaign c
      left join pledge p on p.campaign_id = c.id and p.state = 'pledged'
     group by c.id, c.slug, c.backers, c.opening_backers
    having c.backers <> c.opening_backers + count(p.id)
     order by c.slug
     limit 1";

pub const CLAIMED: &str = "
    select r.title, r.claimed, cast(coalesce(sum(i.quantity), 0) as bigint)
      from reward r
      left join (select i.reward_id, i.quantity
                   from pledge_item i
                   join pledge p on p.id = i.pledge_id
                  where p.state in ('pledged', 'authentication_required')) i on i.reward_id = r.id
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

pub async fn first(conn: &mut Conn<'_>, find: &'static str) -> Result<Option<(String, i64, i64)>> {
    Ok(sql!(conn, |c| sqlx::query_as(find).fetch_optional(c))?)
}
