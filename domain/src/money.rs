//! Sums of money: whole minor units of one currency. No floats anywhere.

mod typed;

use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{currency::Currency, invalid::Problem, locale::Locale};

/// An amount in minor units (cents, or yen) of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units. Negative only where the books need it.
    pub minor: i64,
    /// The currency of those units.
    pub currency: Currency,
}

/// No campaign ever asked for more, and 10^14 minor units times ten thousand
/// still fits an `i64`, so that shares of the goal can be computed in SQL.
pub const LARGEST_MINOR: i64 = 100_000_000_000_000;

impl Money {
    /// An amount of minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Reads an amount as a person types it or as any page prints it: `12`,
    /// `12.50`, `12,50`, `1,234.50`, `1.234,50`, `1 234,50`, `1’234.50`, with or
    /// without the currency's symbol or code. `1,500` is fifteen hundred, as
    /// English pages print it.
    ///
    /// # Errors
    /// Refuses what is not a number, is negative, has more decimals than the
    /// currency, or exceeds [`LARGEST_MINOR`]. `12.500` is refused as
    /// [`Problem::Ambiguous`]: half of Europe reads twelve thousand five hundred.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, Problem> {
        let plain = typed::plain(text, currency)?;
        let value = Decimal::from_str(&plain).map_err(|_| Problem::NotAnAmount)?;
        if value.is_sign_negative() && !value.is_zero() {
            return Err(Problem::AmountNegative);
        }
        let minor = value
            .checked_mul(Decimal::from(currency.minor_per_major()))
            .ok_or(Problem::AmountTooLarge)?;
        if minor.normalize().scale() > 0 {
            return Err(Problem::TooManyDecimals { currency });
        }
        let minor = i64::try_from(minor.trunc()).map_err(|_| Problem::AmountTooLarge)?;
        if minor > LARGEST_MINOR {
            return Err(Problem::AmountTooLarge);
        }
        Ok(Self::new(minor, currency))
    }

    /// The sum, or `None` past the range of `i64` or across currencies.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        (self.currency == other.currency)
            .then(|| self.minor.checked_add(other.minor))
            .flatten()
            .map(|minor| Self::new(minor, self.currency))
    }

    /// The decimal string of the API: `1234.50`, the currency's own scale.
    #[must_use]
    pub fn decimal(self) -> String {
        let exponent = self.currency.exponent() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = exponent + 1);
        let (whole, fraction) = digits.split_at(digits.len() - exponent);
        if fraction.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }

    /// As a reader of this language expects it, without decimals when they are
    /// all zero: `€1,234.50`, `€1,234`, `1 234,50 €`.
    #[must_use]
    pub fn display(self, locale: Locale) -> String {
        let exponent = self.currency.exponent() as usize;
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = exponent + 1);
        let (whole, fraction) = digits.split_at(digits.len() - exponent);
        let (group, point) = match locale {
            Locale::En => (",", "."),
            Locale::Fr => ("\u{202f}", ","),
        };
        let mut number = grouped(whole, group);
        if fraction.bytes().any(|b| b != b'0') {
            number.push_str(point);
            number.push_str(fraction);
        }
        let sign = if self.minor < 0 { "−" } else { "" };
        let symbol = self.currency.symbol();
        if self.currency.symbol_leads(locale) {
            let gap = if symbol.chars().all(char::is_alphabetic) { "\u{a0}" } else { "" };
            format!("{sign}{symbol}{gap}{number}")
        } else {
            format!("{sign}{number}\u{a0}{symbol}")
        }
    }
}

/// A count as a reader of this language expects it: `1,234`, `1 234`.
#[must_use]
pub fn count(number: i64, locale: Locale) -> String {
    let group = match locale {
        Locale::En => ",",
        Locale::Fr => "\u{202f}",
    };
    grouped(&number.to_string(), group)
}

/// A percentage as a reader of this language expects it: `138%`, `138 %`.
#[must_use]
pub fn percent(percent: i64, locale: Locale) -> String {
    match locale {
        Locale::En => format!("{}%", count(percent, locale)),
        Locale::Fr => format!("{}\u{a0}%", count(percent, locale)),
    }
}

fn grouped(digits: &str, group: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * group.len());
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push_str(group);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LARGEST_MINOR, Money};
    use crate::{currency::Currency, invalid::Problem, locale::Locale};

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (text, minor) in [
            ("12", 1200),
            ("12.5", 1250),
            ("12,50", 1250),
            (" 1 234,50 ", 123_450),
            ("1\u{202f}234", 123_400),
            ("0.10", 10),
            (".50", 50),
            ("12.", 1200),
            ("+7", 700),
            ("0.500", 50),
            ("1234.50", 123_450),
            ("1234.5000", 123_450),
            ("€12", 1200),
            ("12 EUR", 1200),
        ] {
            let read = Money::parse(text, Currency::Eur);
            assert_eq!(read, Ok(Money::new(minor, Currency::Eur)), "{text}");
        }
        for (text, yen) in [("1540", 1540), ("1540.0", 1540), ("1,540", 1540), ("¥1,540", 1540)] {
            assert_eq!(Money::parse(text, Currency::Jpy), Ok(Money::new(yen, Currency::Jpy)));
        }
    }

    #[test]
    fn thousands_are_never_read_as_decimals() {
        for (text, major) in [
            ("1,500", 1_500),
            ("12,000", 12_000),
            ("1,234,567", 1_234_567),
            ("1.234.567", 1_234_567),
            ("1 500", 1_500),
            ("1\u{202f}234\u{a0}567", 1_234_567),
            ("1'500", 1_500),
            ("1’234’567", 1_234_567),
        ] {
            let read = Money::parse(text, Currency::Chf);
            assert_eq!(read, Ok(Money::new(major * 100, Currency::Chf)), "{text}");
        }
        for text in ["1,234,567.50", "1.234.567,50", "1 234 567,50", "1'234'567.50", "1234567.5"] {
            let read = Money::parse(text, Currency::Chf);
            assert_eq!(read, Ok(Money::new(123_456_750, Currency::Chf)), "{text}");
        }
    }

    #[test]
    fn what_two_countries_read_differently_is_refused() {
        for currency in [Currency::Eur, Currency::Jpy] {
            for text in ["12.500", "1.000", "10.005", "123.456"] {
                assert_eq!(Money::parse(text, currency), Err(Problem::Ambiguous), "{text}");
            }
        }
    }

    #[test]
    fn groups_have_three_digits() {
        for text in [
            "1,23,456",
            "12,34.50",
            "1 5",
            "1,,500",
            ",500,000",
            "1.234,567.89",
            "1 234,567 890",
            "1,234 567",
            "1234,567,890",
        ] {
            assert_eq!(Money::parse(text, Currency::Usd), Err(Problem::NotAnAmount), "{text}");
        }
    }

    #[test]
    fn amounts_that_are_none_are_refused() {
        let huge = "1".to_owned() + &"0".repeat(30);
        for (text, problem) in [
            ("", Problem::NotAnAmount),
            ("ten", Problem::NotAnAmount),
            ("1e30", Problem::NotAnAmount),
            ("NaN", Problem::NotAnAmount),
            ("--5", Problem::NotAnAmount),
            ("1.2.3", Problem::NotAnAmount),
            ("-5", Problem::AmountNegative),
            ("1000.005", Problem::TooManyDecimals { currency: Currency::Eur }),
            ("0.005", Problem::TooManyDecimals { currency: Currency::Eur }),
            ("1,5000", Problem::TooManyDecimals { currency: Currency::Eur }),
            ("€", Problem::NotAnAmount),
            ("$5", Problem::NotAnAmount),
            (huge.as_str(), Problem::AmountTooLarge),
            ("9999999999999999", Problem::AmountTooLarge),
        ] {
            assert_eq!(Money::parse(text, Currency::Eur), Err(problem), "{text}");
        }
        assert_eq!(
            Money::parse("1.5", Currency::Jpy),
            Err(Problem::TooManyDecimals { currency: Currency::Jpy })
        );
    }

    #[test]
    fn each_language_writes_money_its_own_way() {
        let sum = Money::new(154_000_050, Currency::Eur);
        assert_eq!(sum.display(Locale::En), "€1,540,000.50");
        assert_eq!(sum.display(Locale::Fr), "1\u{202f}540\u{202f}000,50\u{a0}€");
        assert_eq!(Money::new(154_000, Currency::Jpy).display(Locale::En), "¥154,000");
        assert_eq!(Money::new(6_912_000, Currency::Chf).display(Locale::En), "CHF\u{a0}69,120");
        assert_eq!(Money::new(5, Currency::Usd).decimal(), "0.05");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(minor in 0..=LARGEST_MINOR, which in 0..Currency::ALL.len()) {
            let money = Money::new(minor, Currency::ALL[which]);
            prop_assert_eq!(Money::parse(&money.decimal(), money.currency), Ok(money));
            for locale in [Locale::En, Locale::Fr] {
                let shown = money.display(locale);
                prop_assert_eq!(Money::parse(&shown, money.currency), Ok(money), "{}", shown);
            }
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC*") {
            let _ = Money::parse(&text, Currency::Usd);
        }
    }
}
