//! Statements of lists for programs.

use domain::{
    Country, Locale, Money, Timestamp,
    campaign::{CampaignCard, CampaignState, Opening},
    category::Category,
    currency::Currency,
    discovery::{Query, Sort},
    slug::Slug,
};
use sqlx::AssertSqlSafe;

use super::{Cursor, Listed, Mapped};
use crate::{
    campaign::{
        search::Filter,
        terms::{TermsRow, terms_columns},
    },
    db::Conn,
    error::Result,
    media,
};

#[derive(sqlx::FromRow)]
pub struct Row {
    number: i64,
    slug: Slug,
    title: String,
    subtitle: String,
    creator: String,
    category: Category,
    subcategory: String,
    location: String,
    country: Option<String>,
    language: Locale,
    image: String,
    picture: Option<String>,
    is_demo: bool,
    #[sqlx(flatten)]
    plan: TermsRow,
    state: CampaignState,
    currency: Currency,
    backers: i64,
    funded: i64,
    opening_pledged: i64,
    opening_backers: i64,
    opening_source: Option<String>,
    popularity: i64,
    launched_at: Timestamp,
    deadline: Timestamp,
}

/// The campaigns after a place in the list. One that was cancelled before it
/// was launched was never public, which is why the launch is asked for.
pub async fn page(
    conn: &mut Conn<'_>,
    query: &Query,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Row>> {
    let filter = Filter::new(conn, query);
    let (key, beyond, order) = match query.sort {
        Sort::Popular => ("popularity", "<", "desc"),
        Sort::Newest => ("launched_at", "<", "desc"),
        Sort::EndingSoon => ("deadline", ">", "asc"),
        Sort::MostFunded => ("funded", "<", "desc"),
        Sort::MostBacked => ("backers", "<", "desc"),
    };
    let place = if after.is_some() {
        format!("and ({key} {beyond} $4 or ({key} = $4 and number > $5))")
    } else {
        "and cast($4 as bigint) is null and cast($5 as bigint) is null".to_owned()
    };
    // Every word here is ours; what the visitor typed is bound.
    let statement = format!(
        concat!(
            "select number, slug, title, subtitle, creator, category, subcategory, location, country,
                language, image, picture, is_demo, funded, opening_pledged, opening_backers, opening_source,
                popularity, launched_at, ",
            terms_columns!(),
            " from campaign
          where {} and launched_at is not null {place}
          order by {key} {order}, number
          limit $6"
        ),
        filter.conditions,
        place = place,
        key = key,
        order = order,
    );
    Ok(sql!(conn, |c| sqlx::query_as(AssertSqlSafe(statement))
        .bind(filter.words)
        .bind(query.category.map(Category::key))
        .bind(query.currency.map(Currency::code))
        .bind(after.map(|cursor| cursor.key))
        .bind(after.map(|cursor| cursor.number))
        .bind(limit)
        .fetch_all(c))?)
}

/// How many campaigns a question finds.
pub async fn count(conn: &mut Conn<'_>, query: &Query) -> Result<i64> {
    let filter = Filter::new(conn, query);
    let statement = format!(
        "select count(*) from campaign where {} and launched_at is not null",
        filter.conditions
    );
    Ok(sql!(conn, |c| sqlx::query_scalar(AssertSqlSafe(statement))
        .bind(filter.words)
        .bind(query.category.map(Category::key))
        .bind(query.currency.map(Currency::code))
        .fetch_one(c))?)
}

pub async fn map(conn: &mut Conn<'_>, most: i64) -> Result<Vec<Mapped>> {
    Ok(sql!(conn, |c| {
        sqlx::query_as(
        "select slug, case when funded_at > state_changed_at then funded_at else state_changed_at end as changed_at
           from campaign
          where state not in ('draft', 'in_review') and launched_at is not null
          order by number desc
          limit $1"
    )
    .bind(most)
    .fetch_all(c)
    })?)
}

impl Row {
    pub fn cursor(&self, sort: Sort) -> Cursor {
        let key = match sort {
            Sort::Popular => self.popularity,
            Sort::Newest => self.launched_at.0,
            Sort::EndingSoon => self.deadline.0,
            Sort::MostFunded => self.funded,
            Sort::MostBacked => self.backers,
        };
        Cursor { sort, key, number: self.number }
    }

    pub fn into_listed(self) -> Listed {
        let currency = self.currency;
        let picture = media::parse(self.picture.as_deref());
        Listed {
            card: CampaignCard {
                slug: self.slug,
                title: self.title,
                subtitle: self.subtitle,
                creator: self.creator,
                category: self.category,
                image: media::address(picture.as_ref(), self.image),
                picture,
                state: self.state,
                terms: self.plan.terms(),
                round: self.plan.round,
                late: self.plan.late,
                funding: self.plan.funding(),
                deadline: self.deadline,
                is_demo: self.is_demo,
            },
            subcategory: self.subcategory,
            location: self.location,
            country: self.country.as_deref().and_then(Country::parse),
            language: self.language,
            is_demo: self.is_demo,
            opening: self.opening_source.map(|source| Opening {
                pledged: Money::new(self.opening_pledged, currency),
                backers: self.opening_backers,
                source,
            }),
            launched_at: self.launched_at,
        }
    }
}
