//! Statements that find the first variant whose stock does not agree: a name, what is
//! kept, what is counted.

/// What is claimed of a variant, as it is counted of a reward.
pub const CLAIMED: &str = "
    select r.title || ' (' || v.name || ')', v.claimed, cast(coalesce(sum(i.quantity), 0) as bigint)
      from reward_variant v
      join reward r on r.id = v.reward_id
      left join (select i.reward_id, i.variant, i.quantity
                   from pledge_item i
                   join pledge p on p.id = i.pledge_id
                  where i.variant is not null
                    and p.state not in ('cancelled', 'expired')
                    and (p.timing = 'at_deadline' or p.state <> 'dropped')
                 union all
                 select n.reward_id, i.variant, -n.quantity
                   from refund_item n
                   join refund b on b.id = n.refund_id
                   join pledge_item i on i.pledge_id = b.pledge_id and i.reward_id = n.reward_id
                  where i.variant is not null and b.restock and b.state = 'succeeded') i
        on i.reward_id = v.reward_id and i.variant = v.name
     group by v.reward_id, v.name, r.title, v.claimed
    having v.claimed <> coalesce(sum(i.quantity), 0)
     order by r.title, v.name
     limit 1";
