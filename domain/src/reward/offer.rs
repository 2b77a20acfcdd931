//! When a reward may be had, and how many are left.

use serde::{Deserialize, Serialize};

use crate::{invalid::Problem, time::Timestamp};

/// The terms of one reward's sale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// How many exist; `None` when there is no limit.
    pub quantity: Option<i64>,
    /// How many are taken by active pledges.
    pub claimed: i64,
    /// How many one backer may have; `None` when there is no limit.
    pub limit_per_backer: Option<i64>,
    /// Not before this instant.
    pub starts_at: Option<Timestamp>,
    /// Not from this instant on.
    pub ends_at: Option<Timestamp>,
}

/// Where a reward stands, for the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    /// To be had without limit.
    Open,
    /// To be had, and this many are left.
    Left(i64),
    /// From then on.
    From(Timestamp),
    /// Its window has closed.
    Over,
    /// None left.
    SoldOut,
}

impl Offer {
    /// How many are left; `None` when there is no limit.
    #[must_use]
    pub fn left(&self) -> Option<i64> {
        self.quantity.map(|quantity| (quantity - self.claimed).max(0))
    }

    /// Where it stands at `now`.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Availability {
        match (self.starts_at, self.ends_at, self.left()) {
            (Some(from), ..) if now < from => Availability::From(from),
            (_, Some(end), _) if now >= end => Availability::Over,
            (.., Some(0)) => Availability::SoldOut,
            (.., Some(left)) => Availability::Left(left),
            _ => Availability::Open,
        }
    }

    /// Whether a pledge that already holds `held` units may hold `wanted`.
    /// What is held stays allowed after the window closes or the stock is gone.
    ///
    /// # Errors
    /// The reason to show at the reward.
    pub fn check(&self, wanted: i64, held: i64, now: Timestamp) -> Result<(), Problem> {
        if wanted <= held {
            return Ok(());
        }
        if let Some(most) = self.limit_per_backer
            && wanted > most
        {
            return Err(Problem::AtMostEach { most });
        }
        let left = match self.at(now) {
            Availability::From(from) => return Err(Problem::NotYetOnSale { from }),
            Availability::Over => return Err(Problem::NoLongerOnSale),
            Availability::SoldOut => return Err(Problem::SoldOut),
            Availability::Left(left) => left,
            Availability::Open => return Ok(()),
        };
        if wanted - held > left { Err(Problem::OnlyLeft { left }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::Offer;
    use crate::{invalid::Problem, time::Timestamp};

    const NOW: Timestamp = Timestamp(1_000);

    #[test]
    fn a_sold_out_reward_cannot_be_taken() {
        let offer = Offer { quantity: Some(50), claimed: 50, ..Offer::default() };
        assert_eq!(offer.check(1, 0, NOW), Err(Problem::SoldOut));
    }

    #[test]
    fn a_backer_keeps_what_they_hold_of_a_sold_out_reward() {
        let offer = Offer {
            quantity: Some(50),
            claimed: 50,
            ends_at: Some(Timestamp(1)),
            ..Offer::default()
        };
        assert_eq!(offer.check(1, 1, NOW), Ok(()));
    }

    #[test]
    fn more_than_what_is_left_is_refused_with_the_number() {
        let offer = Offer { quantity: Some(50), claimed: 48, ..Offer::default() };
        assert_eq!(offer.check(3, 0, NOW), Err(Problem::OnlyLeft { left: 2 }));
        assert_eq!(offer.check(3, 1, NOW), Ok(()));
    }

    #[test]
    fn the_window_and_the_limit_per_backer_bind() {
        let later = Timestamp(2_000);
        let early = Offer { starts_at: Some(later), ..Offer::default() };
        assert_eq!(early.check(1, 0, NOW), Err(Problem::NotYetOnSale { from: later }));
        let over = Offer { ends_at: Some(NOW), ..Offer::default() };
        assert_eq!(over.check(1, 0, NOW), Err(Problem::NoLongerOnSale));
        let two = Offer { limit_per_backer: Some(2), ..Offer::default() };
        assert_eq!(two.check(3, 0, NOW), Err(Problem::AtMostEach { most: 2 }));
    }
}
