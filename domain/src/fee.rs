//! What is kept of a charge before the creator is paid.

use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive as _};

use crate::{currency::Currency, money::Money};

/// The rates of an installation. Fees are only taken of what was collected
/// (Kickstarter, `[K19]`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fees {
    /// The platform's share, in percent: 0 to 50.
    pub platform_percent: Decimal,
    /// The payment provider's share, in percent: 0 to 50.
    pub processing_percent: Decimal,
    /// What the provider takes of each charge on top, in hundredths of the least
    /// pledge of its currency: 20 is 20 cents, or 20 yen. 0 to 100.
    pub processing_fixed: i64,
    /// Where a currency has rates of its own.
    pub own: ByCurrency,
}

/// The rates of currencies that have their own. Read from a text such as
/// `JPY platform=4 fixed=40; CHF processing=2.9 fixed=0.30`; what is not named is as in
/// every currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ByCurrency([Own; Currency::ALL.len()]);

/// What differs from [`Fees`] in one currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Own {
    /// In percent: 0 to 50.
    platform: Option<Decimal>,
    processing: Option<Decimal>,
    /// In minor units: 0 to the least pledge.
    fixed: Option<i64>,
}

/// Why a text holds no rates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoRates {
    #[error("`{0}` is no currency of this platform; one is EUR")]
    Currency(String),
    #[error("{0} stands there twice")]
    Twice(Currency),
    #[error("{0} has no rate; one is platform=4.5")]
    Empty(Currency),
    #[error("`{0}` is not platform=, processing= or fixed= and a number")]
    Word(String),
    #[error("{0}: platform and processing are 0 to 50 percent")]
    Percent(Currency),
    #[error("{0}: fixed is 0 to {1}, in {0}")]
    Fixed(Currency, String),
}

/// Kickstarter's (`[K21]`): 5 %, and 3 % and 20 cents for the card.
impl Default for Fees {
    fn default() -> Self {
        Self {
            platform_percent: Decimal::from(5),
            processing_percent: Decimal::from(3),
            processing_fixed: 20,
            own: ByCurrency::default(),
        }
    }
}

/// What one charge costs, in its own minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChargeFees {
    pub platform: i64,
    pub processing: i64,
}

impl Fees {
    /// The fees of one charge, each rounded half up. Together they never take
    /// more than there is: a very small charge may cost all of itself.
    #[must_use]
    pub fn of(&self, charge: Money) -> ChargeFees {
        let own = self.own.0[charge.currency as usize];
        let percent = own.platform.unwrap_or(self.platform_percent);
        let platform = share(charge.minor, percent).clamp(0, charge.minor);
        let percent = own.processing.unwrap_or(self.processing_percent);
        let usual = charge.currency.minimum() * self.processing_fixed / 100;
        let fixed = own.fixed.unwrap_or(usual);
        let processing = share(charge.minor, percent).saturating_add(fixed);
        ChargeFees { platform, processing: processing.clamp(0, charge.minor - platform) }
    }

    /// Whether an installation may use these rates. A currency's own were looked at
    /// when they were read.
    #[must_use]
    pub fn are_sane(&self) -> bool {
        is_share(self.platform_percent)
            && is_share(self.processing_percent)
            && (0..=100).contains(&self.processing_fixed)
    }
}

impl FromStr for ByCurrency {
    type Err = NoRates;

    fn from_str(text: &str) -> Result<Self, NoRates> {
        let mut all = Self::default();
        for entry in text.split(';').map(str::trim).filter(|entry| !entry.is_empty()) {
            let mut words = entry.split_whitespace();
            let code = words.next().unwrap_or_default();
            let currency: Currency =
                code.parse().map_err(|_| NoRates::Currency(code.to_owned()))?;
            let own = &mut all.0[currency as usize];
            if *own != Own::default() {
                return Err(NoRates::Twice(currency));
            }
            for word in words {
                own.read(word, currency)?;
            }
            if *own == Own::default() {
                return Err(NoRates::Empty(currency));
            }
        }
        Ok(all)
    }
}

impl Own {
    /// Reads one rate, such as `fixed=0.30`.
    fn read(&mut self, word: &str, currency: Currency) -> Result<(), NoRates> {
        let unknown = || NoRates::Word(word.to_owned());
        let (name, number) = word.split_once('=').ok_or_else(unknown)?;
        let number: Decimal = number.parse().map_err(|_| unknown())?;
        let percent = || is_share(number).then_some(number).ok_or(NoRates::Percent(currency));
        match name {
            "platform" => self.platform = Some(percent()?),
            "processing" => self.processing = Some(percent()?),
            "fixed" => {
                let minor = number.checked_mul(Decimal::from(currency.minor_per_major()));
                let minor = minor.filter(Decimal::is_integer).and_then(|minor| minor.to_i64());
                let minor = minor.filter(|minor| (0..=currency.minimum()).contains(minor));
                let most = || Money::new(currency.minimum(), currency).decimal();
                self.fixed = Some(minor.ok_or_else(|| NoRates::Fixed(currency, most()))?);
            }
            _ => return Err(unknown()),
        }
        Ok(())
    }
}

fn is_share(percent: Decimal) -> bool {
    (Decimal::ZERO..=Decimal::from(50)).contains(&percent)
}

/// What of a fee on a charge goes back, all in all, once so much of the charge
/// went back: its share, rounded half up, and all of it with the last cent.
#[must_use]
pub fn returned(fee: i64, charge: i64, went_back: i64) -> i64 {
    let charge = i128::from(charge.max(1));
    let share = (i128::from(fee) * i128::from(went_back) * 2 + charge) / (charge * 2);
    i64::try_from(share).unwrap_or(fee).clamp(0, fee.max(0))
}

/// A percentage of an amount, rounded half up: what is held back at the payout.
#[must_use]
pub fn held_back(amount: i64, percent: Decimal) -> i64 {
    share(amount, percent).clamp(0, amount.max(0))
}

impl ChargeFees {
    /// Both together.
    #[must_use]
    pub const fn sum(self) -> i64 {
        self.platform + self.processing
    }
}

fn share(minor: i64, percent: Decimal) -> i64 {
    let share = Decimal::from(minor) * percent / Decimal::ONE_HUNDRED;
    let rounded = share.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    rounded.to_i64().unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ByCurrency, ChargeFees, Fees, NoRates, held_back, returned};
    use crate::{currency::Currency, money::Money};

    #[test]
    fn the_usual_fees_are_taken() {
        let fees = Fees::default();
        let of = |minor, currency| fees.of(Money::new(minor, currency));
        assert_eq!(of(10_000, Currency::Eur), ChargeFees { platform: 500, processing: 320 });
        assert_eq!(of(10_000, Currency::Jpy), ChargeFees { platform: 500, processing: 320 });
        // 1.25 and 0.75 cents round half up.
        assert_eq!(of(25, Currency::Usd), ChargeFees { platform: 1, processing: 21 });
        assert_eq!(of(10, Currency::Usd), ChargeFees { platform: 1, processing: 9 });
    }

    #[test]
    fn a_currency_may_have_rates_of_its_own() {
        let own = "JPY platform=4 processing=3.6 fixed=40; CHF fixed=0.30;USD platform=0";
        let fees = Fees { own: own.parse().expect("rates"), ..Fees::default() };
        let of = |minor, currency| fees.of(Money::new(minor, currency));
        assert_eq!(of(10_000, Currency::Jpy), ChargeFees { platform: 400, processing: 400 });
        assert_eq!(of(10_000, Currency::Chf), ChargeFees { platform: 500, processing: 330 });
        assert_eq!(of(10_000, Currency::Usd), ChargeFees { platform: 0, processing: 320 });
        assert_eq!(of(10_000, Currency::Eur), ChargeFees { platform: 500, processing: 320 });
        // A charge still costs no more than itself.
        assert_eq!(of(20, Currency::Chf), ChargeFees { platform: 1, processing: 19 });
        assert_eq!("".parse(), Ok(ByCurrency::default()));
    }

    #[test]
    fn rates_that_mean_nothing_are_refused_with_what_is_wrong() {
        let word = |word: &str| NoRates::Word(word.to_owned());
        let fixed = || NoRates::Fixed(Currency::Eur, "1.00".to_owned());
        for (text, why) in [
            ("XXX platform=4", NoRates::Currency("XXX".to_owned())),
            ("eur platform=4", NoRates::Currency("eur".to_owned())),
            ("EUR", NoRates::Empty(Currency::Eur)),
            ("EUR fixed=0.1; EUR fixed=0.2", NoRates::Twice(Currency::Eur)),
            ("EUR 4", word("4")),
            ("EUR platform=", word("platform=")),
            ("EUR platform=4%", word("platform=4%")),
            ("EUR reserve=4", word("reserve=4")),
            ("EUR platform=50.1", NoRates::Percent(Currency::Eur)),
            ("EUR processing=-1", NoRates::Percent(Currency::Eur)),
            ("EUR fixed=1.01", fixed()),
            ("EUR fixed=-0.01", fixed()),
            ("EUR fixed=0.005", fixed()),
            ("JPY fixed=0.5", NoRates::Fixed(Currency::Jpy, "100".to_owned())),
        ] {
            assert_eq!(text.parse::<ByCurrency>(), Err(why), "{text}");
        }
        assert_eq!(fixed().to_string(), "EUR: fixed is 0 to 1.00, in EUR");
    }

    #[test]
    fn a_reserve_is_a_share_and_never_more_than_there_is() {
        assert_eq!(held_back(10_010, 5.into()), 501);
        assert_eq!(held_back(-300, 5.into()), 0);
        assert_eq!(held_back(10_000, 0.into()), 0);
    }

    proptest! {
        #[test]
        fn a_fee_goes_back_bit_by_bit_and_ends_at_itself(
            charge in 1..1_000_000_000_i64, fee in 0..1_000_000_i64,
            steps in prop::collection::vec(1..1_000_000_i64, 0..20),
        ) {
            let fee = fee.min(charge);
            let (mut back, mut before) = (0, 0);
            for step in steps {
                back = (back + step).min(charge);
                let now = returned(fee, charge, back);
                prop_assert!(now >= before && now - before <= back, "a part is never negative");
                before = now;
            }
            prop_assert_eq!(returned(fee, charge, charge), fee);
            prop_assert_eq!(returned(fee, charge, 0), 0);
        }

        #[test]
        fn fees_never_take_more_than_there_is(
            minor in 0..1_000_000_000_000_i64, which in 0..Currency::ALL.len(),
            platform in 0..5_000_i64, processing in 0..5_000_i64, fixed in 0..=100_i64,
        ) {
            let fees = Fees {
                platform_percent: rust_decimal::Decimal::new(platform, 2),
                processing_percent: rust_decimal::Decimal::new(processing, 2),
                processing_fixed: fixed,
                ..Fees::default()
            };
            prop_assert!(fees.are_sane());
            let taken = fees.of(Money::new(minor, Currency::ALL[which]));
            prop_assert!(taken.platform >= 0 && taken.processing >= 0);
            prop_assert!(taken.sum() <= minor);
        }
    }
}
