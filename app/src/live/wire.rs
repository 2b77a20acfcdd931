//! Reads the public JSON of `/live` with the browser's own parser: a second one
//! of ours would weigh more than everything that is done with the figures.

use std::str::FromStr;

use domain::{
    Country, Timestamp,
    live::{FundingEvent, NewestPledge, PublicMoney, RewardLeft},
    slug::Slug,
};
use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::JsValue;

/// `None` when the text is no event of this version.
pub fn read(data: &str) -> Option<FundingEvent> {
    let event = JSON::parse(data).ok()?;
    Some(FundingEvent {
        campaign: Slug::parse(&text(&event, "campaign")?)?,
        pledged: money(&field(&event, "pledged")?)?,
        backers: number(&event, "backers")?,
        percent: number(&event, "percent")?,
        state: parsed(&event, "state")?,
        units: number(&event, "units")?,
        deadline: number(&event, "deadline").map(Timestamp),
        round: number(&event, "round")?,
        is_late: field(&event, "is_late")?.is_truthy(),
        left: Array::from(&field(&event, "left")?).iter().filter_map(|left| stock(&left)).collect(),
        newest: field(&event, "newest").and_then(|newest| pledge(&newest)),
    })
}

/// The versions that a `page` event names, of the page and of its shelf, and of which
/// campaign.
pub fn page(data: &str) -> Option<(Slug, i64, i64)> {
    let event = JSON::parse(data).ok()?;
    let slug = Slug::parse(&text(&event, "slug")?)?;
    Some((slug, number(&event, "version")?, number(&event, "shelf").unwrap_or_default()))
}

fn stock(value: &JsValue) -> Option<RewardLeft> {
    Some(RewardLeft { reward: parsed(value, "reward")?, left: number(value, "left")? })
}

fn pledge(value: &JsValue) -> Option<NewestPledge> {
    Some(NewestPledge {
        amount: money(&field(value, "amount")?)?,
        country: text(value, "country").and_then(|code| Country::parse(&code)),
        at: Timestamp(number(value, "at")?),
    })
}

fn money(value: &JsValue) -> Option<PublicMoney> {
    Some(PublicMoney { amount: text(value, "amount")?, currency: parsed(value, "currency")? })
}

fn field(value: &JsValue, name: &str) -> Option<JsValue> {
    let field = Reflect::get(value, &name.into()).ok()?;
    (!field.is_null() && !field.is_undefined()).then_some(field)
}

fn text(value: &JsValue, name: &str) -> Option<String> {
    field(value, name)?.as_string()
}

fn parsed<T: FromStr>(value: &JsValue, name: &str) -> Option<T> {
    text(value, name)?.parse().ok()
}

/// Whole numbers of the API stay far below 2^53, where a browser's are exact.
fn number(value: &JsValue, name: &str) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "the value is a whole number")]
    field(value, name)?.as_f64().map(|number| number as i64)
}
