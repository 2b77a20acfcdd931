//! The fifteen currencies a campaign may be run in.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::locale::Locale;

macro_rules! currencies {
    ($($code:ident: $exponent:literal, $symbol:literal, $min:literal..=$max:literal;)+) => {
        /// An ISO 4217 currency, with the limits Kickstarter sets for one reward
        /// in it (`[K15]` of the field study).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "UPPERCASE"))]
        #[serde(rename_all = "UPPERCASE")]
        pub enum Currency { $(
            #[doc = concat!("Written ", $symbol, ".")]
            $code,
        )+ }

        impl Currency {
            /// Every currency, in alphabetical order.
            pub const ALL: &'static [Self] = &[$(Self::$code),+];

            /// Decimal places of the currency: 0 for the yen, 2 for the rest.
            #[must_use]
            pub const fn exponent(self) -> u32 {
                match self { $(Self::$code => $exponent,)+ }
            }

            /// The symbol, unambiguous among the fifteen.
            #[must_use]
            pub const fn symbol(self) -> &'static str {
                match self { $(Self::$code => $symbol,)+ }
            }

            const fn limits(self) -> (i64, i64) {
                match self { $(Self::$code => ($min, $max),)+ }
            }
        }
    };
}

currencies! {
    Aud: 2, "A$", 1..=13_000;
    Cad: 2, "CA$", 1..=13_000;
    Chf: 2, "CHF", 1..=9_500;
    Dkk: 2, "kr.", 5..=65_000;
    Eur: 2, "€", 1..=8_500;
    Gbp: 2, "£", 1..=8_000;
    Hkd: 2, "HK$", 10..=75_000;
    Jpy: 0, "¥", 100..=1_200_000;
    Mxn: 2, "MX$", 10..=200_000;
    Nok: 2, "NOK", 5..=80_000;
    Nzd: 2, "NZ$", 1..=14_000;
    Pln: 2, "zł", 5..=37_250;
    Sek: 2, "SEK", 5..=85_000;
    Sgd: 2, "S$", 2..=13_000;
    Usd: 2, "$", 1..=10_000;
}

impl Currency {
    /// Minor units in one major unit: 100, or 1 for the yen.
    #[must_use]
    pub const fn minor_per_major(self) -> i64 {
        10_i64.pow(self.exponent())
    }

    /// The least that one reward may cost, and that a pledge without a reward
    /// may be, in minor units.
    #[must_use]
    pub const fn minimum(self) -> i64 {
        self.limits().0 * self.minor_per_major()
    }

    /// The most that one reward may cost, and that the amount of a pledge may
    /// be, in minor units.
    #[must_use]
    pub const fn maximum(self) -> i64 {
        self.limits().1 * self.minor_per_major()
    }

    /// The ISO 4217 code, such as `EUR`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Aud => "AUD",
            Self::Cad => "CAD",
            Self::Chf => "CHF",
            Self::Dkk => "DKK",
            Self::Eur => "EUR",
            Self::Gbp => "GBP",
            Self::Hkd => "HKD",
            Self::Jpy => "JPY",
            Self::Mxn => "MXN",
            Self::Nok => "NOK",
            Self::Nzd => "NZD",
            Self::Pln => "PLN",
            Self::Sek => "SEK",
            Self::Sgd => "SGD",
            Self::Usd => "USD",
        }
    }

    /// English writes the symbol first, French writes it last; a symbol made of
    /// letters keeps a no-break space from the digits in both.
    #[must_use]
    pub(crate) fn symbol_leads(self, locale: Locale) -> bool {
        match locale {
            Locale::En => !matches!(self, Self::Pln | Self::Dkk | Self::Nok | Self::Sek),
            Locale::Fr => false,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text was not one of the fifteen codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a currency of this platform")]
pub struct UnknownCurrency;

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|c| c.code() == text).ok_or(UnknownCurrency)
    }
}

#[cfg(test)]
mod tests {
    use super::Currency;

    /// Typed from the table `[K15]` of the field study, in major units.
    const LIMITS: [(&str, i64, i64); 15] = [
        ("EUR", 1, 8_500),
        ("USD", 1, 10_000),
        ("GBP", 1, 8_000),
        ("CHF", 1, 9_500),
        ("CAD", 1, 13_000),
        ("AUD", 1, 13_000),
        ("SGD", 2, 13_000),
        ("NZD", 1, 14_000),
        ("DKK", 5, 65_000),
        ("NOK", 5, 80_000),
        ("SEK", 5, 85_000),
        ("PLN", 5, 37_250),
        ("HKD", 10, 75_000),
        ("MXN", 10, 200_000),
        ("JPY", 100, 1_200_000),
    ];

    #[test]
    fn every_currency_has_the_limits_of_the_study() {
        assert_eq!(Currency::ALL.len(), LIMITS.len());
        for (code, least, most) in LIMITS {
            let currency: Currency = code.parse().expect("one of the fifteen");
            let scale = if code == "JPY" { 1 } else { 100 };
            assert_eq!(
                (currency.minimum(), currency.maximum()),
                (least * scale, most * scale),
                "{code}"
            );
        }
    }
}
