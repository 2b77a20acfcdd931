//! Statements that find the first place where money that went back does not agree:
//! a name, what is kept, what is counted.

use crate::check::sql::campaign_keeps;

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
