//! One row: from its cells to a campaign, or to the reason why not.

use csv::ByteRecord;
use domain::{
    Country, Currency, Locale, Money, Problem, Timestamp,
    campaign::{CampaignState, Opening},
    category::Category,
    id::AccountId,
    slug::Slug,
    words,
};
use serde_json::Value;

use super::{category, columns::Columns};
use crate::campaign::{NewCampaign, Plan};

/// Longest title that is kept, in characters. Our own are shorter; a campaign
/// that ran elsewhere under a longer one keeps it.
const LONGEST_TITLE: usize = 200;
/// Longest subtitle and place that are kept, in characters.
const LONGEST_TEXT: usize = 300;
/// Nothing before this instant and nothing after 2100 is a date of a campaign.
const TIMES: std::ops::Range<i64> = 946_684_800..4_102_444_800;
/// More backers than there are people.
const MOST_BACKERS: i64 = 10_000_000_000;

/// Why a row was left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    #[error("the row has {found} cells, the first row has {expected}")]
    Columns { found: usize, expected: usize },
    #[error("a quotation mark of this row is not closed as it should be; it was left out alone")]
    NeverEnds,
    #[error("the {what} is missing")]
    Missing { what: &'static str },
    #[error("the {what} is not an amount: {text:?}")]
    NotAnAmount { what: &'static str, text: String },
    #[error("the {what} is negative: {text}")]
    Negative { what: &'static str, text: String },
    #[error("the {what} has more decimals than {currency}: {text}")]
    TooManyDecimals { what: &'static str, text: String, currency: Currency },
    #[error("the {what} can mean thousands or decimals: {text}")]
    Ambiguous { what: &'static str, text: String },
    #[error("the {what} is more than any campaign may ask: {text}")]
    TooLarge { what: &'static str, text: String },
    #[error("the goal is less than one {currency}: {text}")]
    GoalTooSmall { text: String, currency: Currency },
    #[error("the {what} is not a whole number: {text:?}")]
    NotANumber { what: &'static str, text: String },
    #[error(
        "the {what} is neither a time in seconds since 1970 nor a date such as 2020-07-31: {text:?}"
    )]
    NotATime { what: &'static str, text: String },
    #[error("the currency is not one of this platform: {text:?}")]
    UnknownCurrency { text: String },
    #[error("the deadline is not after the launch")]
    EndsBeforeLaunch,
    #[error("the launch lies in the future")]
    NotLaunched,
    #[error("the state is not that of a public campaign: {text:?}")]
    NotPublic { text: String },
    #[error("the campaign is here already, in {currency}")]
    OtherCurrency { currency: Currency },
    #[error("the database refused it: {message}")]
    NotWritten { message: String },
}

/// What is doubtful about a row that was taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    #[error("some characters were not UTF-8 and were replaced")]
    NotUtf8,
    #[error("the category is unknown and was filed under art: {text:?}")]
    UnknownCategory { text: String },
}

/// The instant of the import, and how far the dates of the file are moved.
#[derive(Debug, Clone, Copy)]
pub struct When {
    pub now: Timestamp,
    /// Microseconds.
    pub shift: i64,
}

/// A row whose figures are understood.
pub struct Row {
    id: String,
    title: String,
    goal: i64,
    opening: Opening,
    launched_at: Timestamp,
    created_at: Timestamp,
    deadline: Timestamp,
    heard_at: Timestamp,
    told: Option<CampaignState>,
    texts: Texts,
}

/// What is only words.
struct Texts {
    blurb: String,
    slug: String,
    category: Option<Category>,
    subcategory: String,
    place: String,
    country: Option<Country>,
    creator: String,
    has_replacements: bool,
}

impl Row {
    /// Understands the cells of a row.
    ///
    /// # Errors
    /// The first [`Reason`] not to take it.
    pub fn read(columns: &Columns, record: &ByteRecord) -> Result<Self, Reason> {
        let mut cells = Cells { record, has_replacements: false };
        let id = cells.required(columns.id, "ID")?;
        let title = cut(&cells.required(columns.name, "name")?, LONGEST_TITLE);
        let code = cells.required(columns.currency, "currency")?;
        let currency: Currency = code
            .to_uppercase()
            .parse()
            .map_err(|_| Reason::UnknownCurrency { text: shown(&code) })?;
        let text = cells.required(columns.goal, "goal")?;
        let goal = amount(&text, "goal", currency)?;
        if goal < currency.minor_per_major() {
            return Err(Reason::GoalTooSmall { text: shown(&text), currency });
        }
        let pledged =
            amount(&cells.required(columns.pledged, "pledged sum")?, "pledged sum", currency)?;
        let backers = backers(&cells.required(columns.backers, "number of backers")?)?;
        let launched_at = time(&cells.required(columns.launched_at, "launch")?, "launch")?;
        let deadline = time(&cells.required(columns.deadline, "deadline")?, "deadline")?;
        if deadline <= launched_at {
            return Err(Reason::EndsBeforeLaunch);
        }
        let created_at = time(&cells.text(columns.created_at), "creation").unwrap_or(launched_at);
        let changed_at =
            time(&cells.text(columns.state_changed_at), "change").unwrap_or(launched_at);
        Ok(Self {
            id,
            title,
            goal,
            opening: Opening {
                pledged: Money::new(pledged, currency),
                backers,
                source: String::new(),
            },
            launched_at,
            created_at: created_at.min(launched_at),
            deadline,
            heard_at: changed_at.max(launched_at),
            told: told(&cells.text(columns.state))?,
            texts: Texts::read(columns, cells),
        })
    }

    /// The latest instant that the row tells of.
    pub fn last_heard(&self) -> Option<Timestamp> {
        Some(self.heard_at)
    }

    /// The campaign as it stands now.
    ///
    /// # Errors
    /// [`Reason::NotLaunched`] when it has yet to begin.
    pub fn into_campaign(
        self,
        when: When,
        creator_id: AccountId,
        source: &str,
    ) -> Result<(NewCampaign, Option<Warning>), Reason> {
        if self.launched_at.plus(when.shift) > when.now {
            return Err(Reason::NotLaunched);
        }
        let deadline = self.deadline.plus(when.shift);
        let texts = self.texts;
        let warning = if texts.category.is_none() {
            Some(Warning::UnknownCategory { text: shown(&texts.subcategory) })
        } else {
            texts.has_replacements.then_some(Warning::NotUtf8)
        };
        let is_met = self.opening.pledged.minor >= self.goal;
        let campaign = NewCampaign {
            slug: Slug::parse(&texts.slug)
                .or_else(|| Slug::from_title(&self.title))
                .or_else(|| Slug::from_title(&format!("campaign {}", self.id)))
                .expect("the word alone makes a slug"),
            external_ref: Some(format!("dump:{}", self.id)),
            creator_id,
            creator: texts.creator,
            title: self.title,
            subtitle: texts.blurb,
            story: words::campaign::imported_story(Locale::En).into(),
            language: Locale::En,
            category: texts.category.unwrap_or(Category::Art),
            subcategory: texts.subcategory,
            location: texts.place,
            country: texts.country,
            image: String::new(),
            image_alt: String::new(),
            is_demo: false,
            state: state(self.told, is_met, deadline, when.now),
            currency: self.opening.pledged.currency,
            goal: self.goal,
            // What a record's platform did with the money is not told by it.
            plan: Plan::default(),
            opening: Some(Opening { source: source.to_owned(), ..self.opening }),
            created_at: self.created_at.plus(when.shift),
            launched_at: Some(self.launched_at.plus(when.shift)),
            deadline,
        };
        Ok((campaign, warning))
    }
}

impl Texts {
    fn read(columns: &Columns, mut cells: Cells<'_>) -> Self {
        let slug = cells.text(columns.slug);
        let about = Part::of(cells.text(columns.category));
        let parent = about.get("parent_name").unwrap_or_else(|| cells.text(columns.parent));
        let (category, subcategory) = category::of(&about.name(), &parent);
        let place = Part::of(cells.text(columns.location));
        let region = place.get("state").unwrap_or_else(|| cells.text(columns.location_state));
        let abroad = place.get("country").unwrap_or_else(|| cells.text(columns.location_country));
        let name = place.name();
        let separator = if name.is_empty() || region.is_empty() { "" } else { ", " };
        Self {
            blurb: cut(&cells.text(columns.blurb), LONGEST_TEXT),
            slug,
            category,
            subcategory: cut(&subcategory, LONGEST_TEXT),
            place: cut(&format!("{name}{separator}{region}"), LONGEST_TEXT),
            country: Country::parse(&abroad.to_uppercase())
                .or_else(|| Country::parse(&cells.text(columns.country).to_uppercase())),
            creator: cut(&Part::of(cells.text(columns.creator)).name(), LONGEST_TEXT),
            has_replacements: cells.has_replacements,
        }
    }
}

/// A cell that is plain text in flat dumps and a JSON object in the others.
enum Part {
    Plain(String),
    Object(Value),
}

impl Part {
    fn of(cell: String) -> Self {
        let object = cell.starts_with('{').then(|| serde_json::from_str(&cell).ok()).flatten();
        object.map_or(Self::Plain(cell), Self::Object)
    }

    fn name(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Object(_) => self.get("name").unwrap_or_default(),
        }
    }

    fn get(&self, key: &str) -> Option<String> {
        match self {
            Self::Plain(_) => None,
            Self::Object(value) => value.get(key)?.as_str().map(clean),
        }
    }
}

struct Cells<'a> {
    record: &'a ByteRecord,
    has_replacements: bool,
}

impl Cells<'_> {
    /// The cell as one clean line; empty when the column or its text is missing.
    fn text(&mut self, column: Option<usize>) -> String {
        let bytes = column.and_then(|index| self.record.get(index)).unwrap_or_default();
        self.has_replacements |= std::str::from_utf8(bytes).is_err();
        clean(&String::from_utf8_lossy(bytes))
    }

    fn required(&mut self, column: Option<usize>, what: &'static str) -> Result<String, Reason> {
        Some(self.text(column)).filter(|text| !text.is_empty()).ok_or(Reason::Missing { what })
    }
}

/// Where the campaign stands. The deadline decides: a file that calls a campaign
/// ended before its end, or live after it, was written at another moment.
fn state(
    told: Option<CampaignState>,
    is_met: bool,
    deadline: Timestamp,
    now: Timestamp,
) -> CampaignState {
    match told {
        Some(stopped @ (CampaignState::Cancelled | CampaignState::Suspended)) => stopped,
        _ if now < deadline => CampaignState::Live,
        Some(ended @ (CampaignState::Successful | CampaignState::Failed)) => ended,
        _ if is_met => CampaignState::Successful,
        _ => CampaignState::Failed,
    }
}

fn told(text: &str) -> Result<Option<CampaignState>, Reason> {
    match text.to_lowercase().as_str() {
        "" => Ok(None),
        "live" => Ok(Some(CampaignState::Live)),
        "successful" => Ok(Some(CampaignState::Successful)),
        "failed" => Ok(Some(CampaignState::Failed)),
        "canceled" | "cancelled" => Ok(Some(CampaignState::Cancelled)),
        "suspended" => Ok(Some(CampaignState::Suspended)),
        _ => Err(Reason::NotPublic { text: shown(text) }),
    }
}

fn amount(text: &str, what: &'static str, currency: Currency) -> Result<i64, Reason> {
    Money::parse(text, currency).map(|money| money.minor).map_err(|problem| {
        let text = shown(text);
        match problem {
            Problem::AmountNegative => Reason::Negative { what, text },
            Problem::TooManyDecimals { currency } => {
                Reason::TooManyDecimals { what, text, currency }
            }
            Problem::Ambiguous => Reason::Ambiguous { what, text },
            Problem::AmountTooLarge => Reason::TooLarge { what, text },
            _ => Reason::NotAnAmount { what, text },
        }
    })
}

fn backers(text: &str) -> Result<i64, Reason> {
    whole(text)
        .filter(|n| (0..=MOST_BACKERS).contains(n))
        .ok_or_else(|| Reason::NotANumber { what: "number of backers", text: shown(text) })
}

fn time(text: &str, what: &'static str) -> Result<Timestamp, Reason> {
    whole(text)
        .map(Timestamp::from_seconds)
        .or_else(|| Timestamp::parse_rfc3339(text))
        .filter(|at| TIMES.contains(&at.seconds()))
        .ok_or_else(|| Reason::NotATime { what, text: shown(text) })
}

/// A whole number, also when a spreadsheet wrote it as `12.0`.
fn whole(text: &str) -> Option<i64> {
    let (number, zeros) = text.split_once('.').unwrap_or((text, ""));
    zeros.bytes().all(|b| b == b'0').then(|| number.parse().ok()).flatten()
}

/// One line without control characters, which no page shows and Postgres does
/// not even keep.
fn clean(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// A cell as a message quotes it.
fn shown(text: &str) -> String {
    cut(text, 60)
}
