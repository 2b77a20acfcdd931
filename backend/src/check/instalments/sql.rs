//! Statements that find the first place where instalments do not agree: a name,
//! what is kept, what is counted.

use crate::check::sql::campaign_keeps;

/// What is charged of a pledge, and what will be or was given up, is its total.
pub const WHOLE: &str = "
    select c.slug, case when p.state in ('collected', 'refunded') then p.total else 0 end,
           p.charged + cast(coalesce(sum(i.amount), 0) as bigint)
      from pledge p
      join campaign c on c.id = p.campaign_id
      left join instalment i on i.pledge_id = p.id and i.state <> 'paid'
     group by p.id, c.slug, p.state, p.total, p.charged
    having case when p.state in ('collected', 'refunded') then p.total else 0 end
           <> p.charged + coalesce(sum(i.amount), 0)
     order by c.slug
     limit 1";

/// What is paid was charged, and nothing else was.
pub const PAID: &str = "
    select c.slug, case i.state when 'paid' then i.amount else 0 end, coalesce(h.amount, 0)
      from instalment i
      join campaign c on c.id = i.campaign_id
      left join charge h on h.pledge_id = i.pledge_id
       and h.instalment = i.number
       and h.state = 'succeeded'
     where case i.state when 'paid' then i.amount else 0 end <> coalesce(h.amount, 0)
     order by c.slug
     limit 1";

/// What was promised and comes to nothing: of pledges, and of plans that stopped.
pub const DROPPED: &str = campaign_keeps!("dropped", sum of "d.amount"
    from "(select campaign_id, total as amount
             from pledge
            where state = 'dropped' and timing = 'at_deadline'
           union all
           select campaign_id, amount from instalment where state = 'void') d
        on d.campaign_id = c.id");
