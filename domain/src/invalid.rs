//! What was wrong with a form, field by field, in words a person can use.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{currency::Currency, locale::Locale, money::Money, time::Timestamp, words};

/// The fields of a form that need another look, each with what is wrong.
/// A key is the field's `name` in the form; `""` is the form as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Invalid(pub BTreeMap<String, Problem>);

impl Invalid {
    /// A refusal of one field.
    #[must_use]
    pub fn field(name: &str, problem: Problem) -> Self {
        Self(BTreeMap::from([(name.to_owned(), problem)]))
    }

    /// What is wrong with this field, if anything.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<&Problem> {
        self.0.get(name)
    }

    /// Notes a problem; the first one of a field stays.
    pub fn add(&mut self, name: &str, problem: Problem) {
        self.0.entry(name.to_owned()).or_insert(problem);
    }

    /// Keeps the value of a good field, or notes why it is not.
    pub fn keep<T>(&mut self, name: &str, value: Result<T, Problem>) -> Option<T> {
        value.map_err(|problem| self.add(name, problem)).ok()
    }

    /// `Ok` when nothing was noted.
    ///
    /// # Errors
    /// Itself, when a field was refused.
    pub fn into_result(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// One reason for refusing a value. Each is a whole sentence in every language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The field is empty.
    Missing,
    /// More characters than allowed.
    TooLong { most: u32 },
    /// Fewer characters than allowed.
    TooShort { least: u32 },
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a number of money.
    NotAnAmount,
    /// A minus sign where only a plus makes sense.
    AmountNegative,
    /// More decimals than the currency has.
    TooManyDecimals { currency: Currency },
    /// Thousands in one country and decimals in another, such as `12.500`.
    Ambiguous,
    /// Beyond what any campaign may ask or get.
    AmountTooLarge,
    /// Under the least pledge of this currency.
    BelowMinimum { least: Money },
    /// Over the most that one amount may be in this currency.
    AboveMaximum { most: Money },
    /// More than what was charged and has not gone back.
    MoreThanLeft { left: Money },
    /// Only rewards that are refunded by name can be put back on sale.
    NothingToRestock,
    /// A reward's price is outside what Kickstarter allows in this currency.
    PriceOutOfRange { least: Money, most: Money },
    /// A campaign would run for too few or too many days.
    Duration { least: i64, most: i64 },
    /// A goal of nothing, or none.
    GoalMissing,
    /// The optimum of a campaign in rounds is not beyond its minimum.
    OptimumTooLow,
    /// The funding rule of the campaign knows no such thing.
    NotOfThisRule,
    /// At launch the end may move by so many days only.
    NudgeTooFar { most: i64 },
    /// The pledge has neither a reward nor an amount.
    NothingPledged,
    /// The reward is not one of this campaign.
    UnknownReward,
    /// The last one is gone.
    SoldOut,
    /// Fewer are left than asked for.
    OnlyLeft { left: i64 },
    /// Each backer may have only so many.
    AtMostEach { most: i64 },
    /// Not on offer until then.
    NotYetOnSale { from: Timestamp },
    /// No longer on offer.
    NoLongerOnSale,
    /// After the success, only rewards with a late price can be had.
    NotLate,
    /// Shipping needs a destination.
    CountryMissing,
    /// The reward does not ship there.
    CountryNotServed,
    /// The card's number, date or code cannot be right.
    CardNumber,
    /// The month has passed or is none.
    CardExpiry,
    /// The three or four digits are missing.
    CardCode,
    /// The bank said no.
    CardDeclined,
    /// The card has not been saved with the payment provider.
    CardNotSaved,
    /// Neither choice of a list.
    UnknownChoice,
    /// Sign-in failed; which half was wrong is nobody's business.
    WrongCredentials,
    /// One of the passwords everybody tries first.
    CommonPassword,
    /// The link was used or has expired.
    StaleLink,
    /// The person has as many of these as they may.
    TooMany { most: u32 },
    /// The same e-mail already pledges to this campaign.
    AlreadyPledged,
    /// Not the password that was chosen when this link was asked for.
    NotThePassword,
    /// What only who writes a campaign can get wrong. It brings its sentence along,
    /// so that those who only read campaigns do not download it.
    Told { en: String, fr: String },
    /// The campaign offers no payment in instalments.
    NoInstalments,
    /// Too few or too many instalments.
    InstalmentCount { least: i64, most: i64 },
    /// The plan is not the one that was shown.
    PlanChanged,
    /// A pledge in instalments keeps its choices.
    PlanFixed,
}

impl Problem {
    /// A problem with a sentence of its own.
    #[must_use]
    pub fn told(say: impl Fn(Locale) -> String) -> Self {
        Self::Told { en: say(Locale::En), fr: say(Locale::Fr) }
    }

    /// The sentence to show beside the field.
    #[must_use]
    pub fn say(&self, locale: Locale) -> String {
        use words::{instalment as i, problem as w};
        match self {
            Self::Missing => w::missing(locale).into(),
            Self::TooLong { most } => w::too_long(locale, most),
            Self::TooShort { least } => w::too_short(locale, least),
            Self::NotAnEmail => w::not_an_email(locale).into(),
            Self::NotAnAmount => w::not_an_amount(locale).into(),
            Self::AmountNegative => w::amount_negative(locale).into(),
            Self::TooManyDecimals { currency } => match currency.exponent() {
                0 => w::no_decimals(locale, currency),
                places => w::too_many_decimals(locale, currency, &places),
            },
            Self::Ambiguous => w::ambiguous(locale).into(),
            Self::AmountTooLarge => w::amount_too_large(locale).into(),
            Self::BelowMinimum { least } => w::below_minimum(locale, &least.display(locale)),
            Self::AboveMaximum { most } => w::above_maximum(locale, &most.display(locale)),
            Self::MoreThanLeft { left } => w::more_than_left(locale, &left.display(locale)),
            Self::NothingToRestock => w::nothing_to_restock(locale).into(),
            Self::PriceOutOfRange { least, most } => {
                w::price_out_of_range(locale, &least.display(locale), &most.display(locale))
            }
            Self::Duration { least, most } => w::duration(locale, least, most),
            Self::GoalMissing => w::goal_missing(locale).into(),
            Self::OptimumTooLow => w::optimum_too_low(locale).into(),
            Self::NotOfThisRule => w::not_of_this_rule(locale).into(),
            Self::NudgeTooFar { most } => w::nudge_too_far(locale, most),
            Self::NothingPledged => w::nothing_pledged(locale).into(),
            Self::UnknownReward => w::unknown_reward(locale).into(),
            Self::SoldOut => w::sold_out(locale).into(),
            Self::OnlyLeft { left } => w::only_left(locale, left),
            Self::AtMostEach { most } => w::at_most_each(locale, most),
            Self::NotYetOnSale { from } => w::not_yet_on_sale(locale, &from.long(locale)),
            Self::NoLongerOnSale => w::no_longer_on_sale(locale).into(),
            Self::NotLate => w::not_late(locale).into(),
            Self::CountryMissing => w::country_missing(locale).into(),
            Self::CountryNotServed => w::country_not_served(locale).into(),
            Self::CardNumber => w::card_number(locale).into(),
            Self::CardExpiry => w::card_expiry(locale).into(),
            Self::CardCode => w::card_code(locale).into(),
            Self::CardDeclined => w::card_declined(locale).into(),
            Self::CardNotSaved => w::card_not_saved(locale).into(),
            Self::UnknownChoice => w::unknown_choice(locale).into(),
            Self::WrongCredentials => w::wrong_credentials(locale).into(),
            Self::CommonPassword => w::common_password(locale).into(),
            Self::StaleLink => w::stale_link(locale).into(),
            Self::TooMany { most } => w::too_many(locale, most),
            Self::AlreadyPledged => w::already_pledged(locale).into(),
            Self::NotThePassword => w::not_the_password(locale).into(),
            Self::Told { en, fr } => match locale {
                Locale::En => en.clone(),
                Locale::Fr => fr.clone(),
            },
            Self::NoInstalments => i::problem_none(locale).into(),
            Self::InstalmentCount { least, most } => i::problem_count(locale, least, most),
            Self::PlanChanged => i::problem_plan(locale).into(),
            Self::PlanFixed => i::problem_fixed(locale).into(),
        }
    }
}
