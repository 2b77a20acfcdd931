//! Statements on what the provider keeps refusing to give back.

use domain::{
    Currency, Money, Timestamp,
    email::EmailAddress,
    id::{PledgeId, RefundId, SurplusId},
    refund::returns::{ReturnId, ReturnRow, Unwanted},
    slug::Slug,
};

use crate::{db::Conn, error::Result};

/// One thing that waits for an operator.
#[derive(sqlx::FromRow, Debug)]
pub struct Row {
    refund_id: Option<RefundId>,
    surplus_id: Option<SurplusId>,
    slug: Slug,
    title: String,
    pledge_id: PledgeId,
    email: EmailAddress,
    amount: i64,
    currency: Currency,
    unwanted: Option<Unwanted>,
    refusals: i64,
    refused_for: Option<String>,
    settled_at: Timestamp,
}

impl Row {
    pub fn view(self) -> ReturnRow {
        let surplus = self.surplus_id.map(ReturnId::Surplus);
        ReturnRow {
            id: self
                .refund_id
                .map(ReturnId::Refund)
                .or(surplus)
                .expect("a row is of one of the two tables"),
            slug: self.slug,
            title: self.title,
            pledge: self.pledge_id,
            email: self.email.as_str().to_owned(),
            amount: Money::new(self.amount, self.currency),
            unwanted: self.unwanted,
            refusals: self.refusals,
            refused_for: self.refused_for.unwrap_or_default(),
            at: self.settled_at,
        }
    }
}

/// What waits for an operator: refused, and not asked for again by itself. Of a
/// campaign's refunds only those that nobody waited for, while there is something
/// left to give back.
macro_rules! waiting {
    () => {
        "select r.id as refund_id, null as surplus_id, r.pledge_id, r.campaign_id,
                case when r.amount > p.total - p.refunded - p.charged_back
                     then p.total - p.refunded - p.charged_back
                     else r.amount end as amount,
                r.currency, null as unwanted, r.refusals, r.refused_for, r.settled_at
           from refund r
           join pledge p on p.id = r.pledge_id
          where r.state = 'refused'
            and r.asked_by is null
            and r.retry_at is null
            and p.refunded + p.charged_back < p.total
          union all
         select null, s.id, s.pledge_id, s.campaign_id, s.amount, s.currency, s.unwanted,
                s.refusals, s.refused_for, s.settled_at
           from surplus s
          where s.state = 'refused' and s.retry_at is null"
    };
}

/// What waits for an operator, the oldest first.
pub async fn rows(conn: &mut Conn<'_>, most: i64) -> Result<Vec<Row>> {
    Ok(sql!(conn, |c| sqlx::query_as(concat!(
        "select w.refund_id, w.surplus_id, c.slug, c.title, w.pledge_id, a.email, w.amount,
                w.currency, w.unwanted, w.refusals, w.refused_for, w.settled_at
           from (",
        waiting!(),
        ") w
           join campaign c on c.id = w.campaign_id
           join pledge p on p.id = w.pledge_id
           join account a on a.id = p.backer_id
          order by w.settled_at, w.pledge_id
          limit $1"
    ))
    .bind(most)
    .fetch_all(c))?)
}

/// How many wait for an operator, and how many are on their way or asked for again
/// by themselves.
pub async fn counts(conn: &mut Conn<'_>) -> Result<(i64, i64)> {
    Ok(sql!(conn, |c| sqlx::query_as(concat!(
        "select (select count(*) from (",
        waiting!(),
        ") w),
                (select count(*) from refund where state = 'refused' and retry_at is not null)
              + (select count(*) from surplus
                  where state = 'due' or state = 'refused' and retry_at is not null)"
    ))
    .fetch_one(c))?)
}
