//! How much a campaign moves right now, as a number that never needs a sweep.
//!
//! Give each pledge a weight that halves every [`HALF_LIFE`], and add them up at
//! any instant: the order of campaigns by that sum does not depend on when one
//! looks. So it is enough to keep, per campaign, the instant at which a single
//! fresh pledge would weigh as much as the whole sum. It is a ranking, not
//! money, which is why floats are allowed here.

use domain::{Timestamp, time::DAY};

/// How long until a pledge counts half.
pub const HALF_LIFE: i64 = DAY;

/// The popularity after `pledges` more at `now`.
#[must_use]
#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, clippy::cast_possible_truncation)]
pub fn after(popularity: i64, pledges: i64, now: Timestamp) -> i64 {
    if pledges <= 0 {
        return popularity;
    }
    let half_life = HALF_LIFE as f64;
    let fresh = now.0.saturating_add(((pledges as f64).log2() * half_life) as i64);
    let (high, low) = (popularity.max(fresh), popularity.min(fresh));
    // log2(2^a + 2^b) = a + log2(1 + 2^(b - a)), in units of a half-life.
    let gap = high.saturating_sub(low) as f64 / half_life;
    high.saturating_add(((-gap).exp2().ln_1p() / std::f64::consts::LN_2 * half_life) as i64)
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::{HALF_LIFE, after};

    #[test]
    fn two_pledges_at_once_weigh_one_half_life_more() {
        let now = Timestamp(HALF_LIFE * 100);
        let one = after(0, 1, now);
        let two = after(one, 1, now);
        assert!((two - one - HALF_LIFE).abs() < 1_000, "{}", two - one);
        assert!((after(0, 2, now) - two).abs() < 1_000);
    }

    #[test]
    fn yesterdays_two_equal_todays_one() {
        let (yesterday, today) = (Timestamp(HALF_LIFE * 9), Timestamp(HALF_LIFE * 10));
        assert!((after(0, 2, yesterday) - after(0, 1, today)).abs() < 1_000);
    }
}
