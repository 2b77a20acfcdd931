//! The query of the list: the filters of the discover page, read strictly. A
//! program that mistypes a filter is told, where a person is shown campaigns.

use std::str::FromStr;

use backend::campaign::listing::Cursor;
use domain::{
    Problem,
    category::Category,
    currency::Currency,
    discovery::{LONGEST_SEARCH, PAGE_SIZE, Query, Sort, StateFilter},
};
use utoipa::IntoParams;

use super::{
    model::words::{CategoryWord, CurrencyWord, SortWord, StateFilterWord},
    problem::{Flaw, Flaws, Refused},
};

/// Most campaigns in one answer.
const MOST: i64 = 100;

/// What was asked.
pub struct Asked {
    pub query: Query,
    pub after: Option<Cursor>,
    pub limit: i64,
}

/// The parameters, for the description of the API.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only its description is used")]
pub struct Parameters {
    /// Which states the list holds; `live` when absent.
    #[param(value_type = Option<StateFilterWord>)]
    state: Option<String>,
    /// Only this category.
    #[param(value_type = Option<CategoryWord>)]
    category: Option<String>,
    /// Only campaigns in this currency.
    #[param(value_type = Option<CurrencyWord>)]
    currency: Option<String>,
    /// Words to look for in titles, subtitles, creators and places. Each has to begin some word.
    #[param(max_length = 100)]
    q: Option<String>,
    /// The order; `popular` when absent.
    #[param(value_type = Option<SortWord>)]
    sort: Option<String>,
    /// How many to give at most; 24 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next` of the answer before, with the same `sort` and filters.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

impl Asked {
    /// Reads the pairs of a query. Unknown names are ignored.
    ///
    /// # Errors
    /// [`Refused::Fields`] with every value that makes no sense.
    pub fn read(pairs: &[(String, String)]) -> Result<Self, Refused> {
        let mut flaws = Flaws::default();
        let value = |name: &str| pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let search = value("q").unwrap_or_default().trim().to_owned();
        if search.chars().count() > LONGEST_SEARCH {
            let most = u32::try_from(LONGEST_SEARCH).unwrap_or(u32::MAX);
            flaws.add("q", Flaw::Value(Problem::TooLong { most }));
        }
        let query = Query {
            search,
            category: choice::<Category>(value("category"), "category", &mut flaws),
            state: choice::<StateFilter>(value("state"), "state", &mut flaws).unwrap_or_default(),
            currency: choice::<Currency>(value("currency"), "currency", &mut flaws),
            sort: choice::<Sort>(value("sort"), "sort", &mut flaws).unwrap_or_default(),
            page: 1,
        };
        let limit = value("limit").map_or(Some(PAGE_SIZE), |text| text.parse().ok());
        let limit = limit.filter(|n| (1..=MOST).contains(n)).unwrap_or_else(|| {
            flaws.add("limit", Flaw::OutOfRange { least: 1, most: MOST });
            1
        });
        let after = value("cursor").filter(|text| !text.is_empty()).and_then(|text| {
            let cursor = text.parse().ok().filter(|cursor: &Cursor| cursor.sort() == query.sort);
            if cursor.is_none() {
                flaws.add("cursor", Flaw::WrongCursor);
            }
            cursor
        });
        flaws.or(Self { query, after, limit })
    }
}

fn choice<T: FromStr>(text: Option<&str>, name: &str, flaws: &mut Flaws) -> Option<T> {
    let text = text?;
    let choice = text.parse().ok();
    if choice.is_none() {
        flaws.add(name, Flaw::Value(Problem::UnknownChoice));
    }
    choice
}
