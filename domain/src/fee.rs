//! What is kept of a charge before the creator is paid.

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive as _};

use crate::money::Money;

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
}

/// Kickstarter's (`[K21]`): 5 %, and 3 % and 20 cents for the card.
impl Default for Fees {
    fn default() -> Self {
        Self {
            platform_percent: Decimal::from(5),
            processing_percent: Decimal::from(3),
            processing_fixed: 20,
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
        let platform = share(charge.minor, self.platform_percent).clamp(0, charge.minor);
        let fixed = charge.currency.minimum() * self.processing_fixed / 100;
        let processing = share(charge.minor, self.processing_percent).saturating_add(fixed);
        ChargeFees { platform, processing: processing.clamp(0, charge.minor - platform) }
    }

    /// Whether an installation may use these rates.
    #[must_use]
    pub fn are_sane(&self) -> bool {
        let percent = Decimal::ZERO..=Decimal::from(50);
        percent.contains(&self.platform_percent)
            && percent.contains(&self.processing_percent)
            && (0..=100).contains(&self.processing_fixed)
    }
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

    use super::{ChargeFees, Fees, held_back, returned};
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
            };
            prop_assert!(fees.are_sane());
            let taken = fees.of(Money::new(minor, Currency::ALL[which]));
            prop_assert!(taken.platform >= 0 && taken.processing >= 0);
            prop_assert!(taken.sum() <= minor);
        }
    }
}
