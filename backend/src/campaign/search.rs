//! The discover page's list: the one place where the engines' full-text search
//! differs.

use std::{collections::HashMap, fmt::Write as _};

use domain::{
    Timestamp,
    campaign::{CampaignCard, CampaignState},
    category::Category,
    currency::Currency,
    discovery::{Query, Sort, StateFilter},
    id::CampaignId,
    slug::{Slug, folded_words},
};
use sqlx::AssertSqlSafe;

use super::terms::{TermsRow, terms_columns};
use crate::{db::Conn, error::Result, media};

#[derive(sqlx::FromRow)]
struct Row {
    id: CampaignId,
    slug: Slug,
    title: String,
    subtitle: String,
    creator: String,
    category: Category,
    image: String,
    picture: Option<String>,
    #[sqlx(flatten)]
    plan: TermsRow,
    state: CampaignState,
    deadline: Timestamp,
    is_demo: bool,
}

macro_rules! card_columns {
    () => {
        concat!(
            "id, slug, title, subtitle, creator, category, image, picture, is_demo, ",
            terms_columns!()
        )
    };
}

/// The cards that a question asks for, in its order.
pub async fn cards(
    conn: &mut Conn<'_>,
    query: &Query,
    limit: i64,
    offset: i64,
    now: Timestamp,
) -> Result<Vec<CampaignCard>> {
    let filter = Filter::new(conn, query);
    // A deadline may pass a second before its campaign is closed.
    let is_soon = query.sort == Sort::EndingSoon && query.state == StateFilter::Live;
    // Every word here is ours; what the visitor typed is bound.
    let statement = format!(
        concat!(
            "select ",
            card_columns!(),
            " from campaign
          where {} {}
          order by {}, number
          limit $5 offset $6"
        ),
        filter.conditions,
        if is_soon { "and deadline > $4" } else { "and $4 = $4" },
        order(query.sort),
    );
    let rows: Vec<Row> = sql!(conn, |c| sqlx::query_as(AssertSqlSafe(statement))
        .bind(filter.words)
        .bind(query.category.map(Category::key))
        .bind(query.currency.map(Currency::code))
        .bind(now)
        .bind(limit)
        .bind(offset)
        .fetch_all(c))?;
    Ok(rows.into_iter().map(Row::into_card).collect())
}

/// The cards of these campaigns, those that are public.
pub async fn cards_of(
    conn: &mut Conn<'_>,
    ids: &[CampaignId],
) -> Result<HashMap<CampaignId, CampaignCard>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = built!(conn, |q, c| {
        q.push(concat!(
            "select ",
            card_columns!(),
            " from campaign where state not in ('draft', 'in_review') and id in "
        ));
        push_list!(q, ids);
        q.build_query_as().persistent(false).fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(|row| (row.id, row.into_card())).collect())
}

/// How many campaigns a question finds.
pub async fn count(conn: &mut Conn<'_>, query: &Query) -> Result<i64> {
    let filter = Filter::new(conn, query);
    let statement = format!("select count(*) from campaign where {}", filter.conditions);
    Ok(sql!(conn, |c| sqlx::query_scalar(AssertSqlSafe(statement))
        .bind(filter.words)
        .bind(query.category.map(Category::key))
        .bind(query.currency.map(Currency::code))
        .fetch_one(c))?)
}

pub(super) struct Filter {
    pub(super) conditions: String,
    /// The search in the engine's own syntax; `None` when nothing is searched.
    pub(super) words: Option<String>,
}

impl Filter {
    pub(super) fn new(conn: &Conn<'_>, query: &Query) -> Self {
        let mut conditions = String::from("state in (");
        for (index, state) in query.state.states().iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            let _ = write!(conditions, "{comma}'{}'", state.key());
        }
        conditions.push(')');
        let words = match conn {
            Conn::Sqlite(_) => sqlite_words(&query.search),
            Conn::Postgres(_) => postgres_words(&query.search),
        };
        conditions.push_str(match (&words, conn) {
            (None, _) => " and cast($1 as text) is null",
            (Some(_), Conn::Sqlite(_)) => {
                " and number in (select rowid from campaign_search where campaign_search match $1)"
            }
            (Some(_), Conn::Postgres(_)) => " and search_vector @@ to_tsquery('simple', $1)",
        });
        conditions.push_str(if query.category.is_some() {
            " and category = $2"
        } else {
            " and cast($2 as text) is null"
        });
        conditions.push_str(if query.currency.is_some() {
            " and currency = $3"
        } else {
            " and cast($3 as text) is null"
        });
        Self { conditions, words }
    }
}

const fn order(sort: Sort) -> &'static str {
    match sort {
        Sort::Popular => "popularity desc",
        Sort::Newest => "launched_at desc nulls last",
        Sort::EndingSoon => "deadline",
        Sort::MostFunded => "funded desc",
        Sort::MostBacked => "backers desc",
    }
}

/// Every word has to begin some word of the campaign. Folding leaves letters,
/// digits and spaces, so nothing typed can be an operator.
fn sqlite_words(search: &str) -> Option<String> {
    joined(search, " ", |word| format!("\"{word}\"*"))
}

fn postgres_words(search: &str) -> Option<String> {
    joined(search, " & ", |word| format!("'{word}':*"))
}

fn joined(search: &str, separator: &str, term: impl Fn(&str) -> String) -> Option<String> {
    let folded = folded_words(search);
    let terms: Vec<String> = folded.split_whitespace().take(8).map(&term).collect();
    if !terms.is_empty() {
        return Some(terms.join(separator));
    }
    // A search of punctuation alone finds nothing, unlike no search.
    (!search.trim().is_empty()).then(|| term("\u{fdd0}"))
}

impl Row {
    fn into_card(self) -> CampaignCard {
        let picture = media::parse(self.picture.as_deref());
        CampaignCard {
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
        }
    }
}
