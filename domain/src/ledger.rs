//! The books of a campaign: double entry. Money never appears or vanishes, it
//! stands somewhere; each event moves it from one account to another, so that
//! the rows of an event add up to zero, and so do all rows together.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::fee::ChargeFees;

/// Where the money of a campaign stands. The balance of an account is the sum of
/// its rows; all balances together are zero, since the backers' is negative by
/// as much as they have put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// The backers, from whom everything comes.
    Backers,
    /// Promised by a pledge that counts, not charged.
    Promised,
    /// Charged, less fees, and with the payment provider until it is paid out.
    Clearing,
    /// The platform's share of what was charged.
    PlatformFee,
    /// What the payment provider keeps of each charge.
    ProcessingFee,
    /// On its way to the creator, or there. Negative when the creator owes: more
    /// went back than there was.
    Payout,
    /// Held back at the payout for refunds and chargebacks, and released later.
    Reserve,
    /// Taken by the provider while a backer and their bank dispute a charge.
    Disputed,
    /// With the payment provider without being wanted, on its way back. Apart from
    /// what is in clearing, so that no payout takes it along.
    Surplus,
}

/// What moved the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// What was promised before these books were kept, in one sum.
    Opened,
    /// A pledge began to count.
    Promised,
    /// A pledge that counts got another total.
    Changed,
    /// A pledge was taken back.
    Cancelled,
    /// A card was charged.
    Collected,
    /// A card was never good, so the promise came to nothing.
    Dropped,
    /// The creator was paid.
    PaidOut,
    /// A backer got money back.
    Refunded,
    /// A backer disputes a charge: the provider takes the money, and a fee.
    ChargebackOpened,
    /// The bank decided for the creator: the money is back, the fee is not.
    ChargebackWon,
    /// The bank decided for the backer.
    ChargebackLost,
    /// What was held back was paid to the creator.
    ReserveReleased,
    /// The campaign came to nothing, and with it a promise.
    Released,
    /// A provider took what nobody wanted, or took it twice.
    SurplusCame,
    /// That went back to its backer.
    SurplusReturned,
}

/// One row of an event: an account and what it gains, in minor units of the
/// campaign's currency; negative when it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    pub account: Account,
    pub amount: i64,
}

/// The rows of one event. Can only be made so that they add up to zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    event: Event,
    legs: Vec<Leg>,
}

impl Posting {
    /// The backers promise this much more; less, when negative.
    #[must_use]
    pub fn promise(event: Event, amount: i64) -> Self {
        Self::moving(event, Account::Backers, &[(Account::Promised, amount)])
    }

    /// A promise is charged: fees go where they belong, the rest waits to be
    /// paid out.
    #[must_use]
    pub fn collected(total: i64, fees: ChargeFees) -> Self {
        let rest = total - fees.platform - fees.processing;
        Self::moving(
            Event::Collected,
            Account::Promised,
            &[
                (Account::Clearing, rest),
                (Account::PlatformFee, fees.platform),
                (Account::ProcessingFee, fees.processing),
            ],
        )
    }

    /// The creator is paid what waited, but for what is held back.
    #[must_use]
    pub fn paid_out(amount: i64, reserve: i64) -> Self {
        let to = [(Account::Payout, amount - reserve), (Account::Reserve, reserve)];
        Self::moving(Event::PaidOut, Account::Clearing, &to)
    }

    /// The creator is paid what was held back.
    #[must_use]
    pub fn reserve_released(amount: i64) -> Self {
        Self::moving(Event::ReserveReleased, Account::Reserve, &[(Account::Payout, amount)])
    }

    /// A backer gets money back. The platform gives back its share of it; the rest
    /// is the creator's, the provider's fee included, which nobody returns.
    #[must_use]
    pub fn refunded(amount: i64, platform_fee: i64, till: Till) -> Self {
        let [reserve, rest] = till.give(amount - platform_fee);
        let to = [(Account::PlatformFee, -platform_fee), reserve, rest];
        Self::moving(Event::Refunded, Account::Backers, &to)
    }

    /// The provider takes a disputed amount, and a fee for the trouble.
    #[must_use]
    pub fn chargeback_opened(amount: i64, fee: i64, till: Till) -> Self {
        let [reserve, rest] = till.give(amount + fee);
        let to = [(Account::ProcessingFee, fee), reserve, rest];
        Self::moving(Event::ChargebackOpened, Account::Disputed, &to)
    }

    /// The provider brings a disputed amount back.
    #[must_use]
    pub fn chargeback_won(amount: i64, till: Till) -> Self {
        Self::moving(Event::ChargebackWon, Account::Disputed, &[(till.creators(), amount)])
    }

    /// A disputed amount is the backer's again; the platform gives back its share.
    #[must_use]
    pub fn chargeback_lost(amount: i64, platform_fee: i64, till: Till) -> Self {
        let to = [
            (Account::Disputed, -amount),
            (Account::PlatformFee, -platform_fee),
            (till.creators(), platform_fee),
        ];
        Self::moving(Event::ChargebackLost, Account::Backers, &to)
    }

    /// The provider took what nobody wanted, and its fee for that, which it keeps when
    /// the money goes back: the platform bears it.
    #[must_use]
    pub fn surplus_came(amount: i64, fee: i64) -> Self {
        let to = [
            (Account::Surplus, amount),
            (Account::PlatformFee, -fee),
            (Account::ProcessingFee, fee),
        ];
        Self::moving(Event::SurplusCame, Account::Backers, &to)
    }

    /// It went back to whom it was taken from.
    #[must_use]
    pub fn surplus_returned(amount: i64) -> Self {
        Self::moving(Event::SurplusReturned, Account::Surplus, &[(Account::Backers, amount)])
    }

    /// Money that leaves one account for others. What is nothing makes no row.
    fn moving(event: Event, from: Account, to: &[(Account, i64)]) -> Self {
        let given: i64 = to.iter().map(|(_, amount)| amount).sum();
        let legs = std::iter::once((from, -given))
            .chain(to.iter().copied())
            .filter(|(_, amount)| *amount != 0)
            .map(|(account, amount)| Leg { account, amount })
            .collect();
        Self { event, legs }
    }

    /// What moved the money.
    #[must_use]
    pub const fn event(&self) -> Event {
        self.event
    }

    /// Its rows, none of them zero.
    #[must_use]
    pub fn legs(&self) -> &[Leg] {
        &self.legs
    }

    /// What an account gains by it.
    #[must_use]
    pub fn of(&self, account: Account) -> i64 {
        self.legs.iter().filter(|leg| leg.account == account).map(|leg| leg.amount).sum()
    }
}

/// Where the creator's money stands when some of it has to go back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Till {
    /// Before the payout it waits in clearing; afterwards the creator has it.
    pub is_paid_out: bool,
    /// What is held back of it.
    pub reserve: i64,
}

impl Till {
    /// The account that is the creator's now.
    #[must_use]
    pub const fn creators(self) -> Account {
        if self.is_paid_out { Account::Payout } else { Account::Clearing }
    }

    /// Takes an amount: the reserve goes first, the rest is the creator's to bear.
    fn give(self, amount: i64) -> [(Account, i64); 2] {
        let from_reserve = amount.min(self.reserve).max(0);
        [(Account::Reserve, -from_reserve), (self.creators(), from_reserve - amount)]
    }
}

macro_rules! keys {
    ($kind:ident, $unknown:ident, $what:literal: $($variant:ident = $key:literal),+ $(,)?) => {
        impl $kind {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in the database and in exports.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }
        }

        #[doc = concat!("The text named no ", $what, ".")]
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[error("not a word of the ledger")]
        pub struct $unknown;

        impl FromStr for $kind {
            type Err = $unknown;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|one| one.key() == text).ok_or($unknown)
            }
        }
    };
}

keys!(
    Account, UnknownAccount, "account":
    Backers = "backers", Promised = "promised", Clearing = "clearing",
    PlatformFee = "platform_fee", ProcessingFee = "processing_fee", Payout = "payout",
    Reserve = "reserve", Disputed = "disputed", Surplus = "surplus",
);
keys!(
    Event, UnknownEvent, "event":
    Opened = "opened", Promised = "promised", Changed = "changed", Cancelled = "cancelled",
    Collected = "collected", Dropped = "dropped", PaidOut = "paid_out",
    Refunded = "refunded", ChargebackOpened = "chargeback_opened",
    ChargebackWon = "chargeback_won", ChargebackLost = "chargeback_lost",
    ReserveReleased = "reserve_released", Released = "released",
    SurplusCame = "surplus_came", SurplusReturned = "surplus_returned",
);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Account, Event, Posting, Till};
    use crate::fee::ChargeFees;

    fn sum(posting: &Posting) -> i64 {
        posting.legs().iter().map(|leg| leg.amount).sum()
    }

    #[test]
    fn a_promise_stands_with_the_promised() {
        let posting = Posting::promise(Event::Promised, 2_500);
        let promised = posting.legs().iter().find(|leg| leg.account == Account::Promised);
        assert_eq!(promised.map(|leg| leg.amount), Some(2_500));
        assert!(Posting::promise(Event::Changed, 0).legs().is_empty(), "nothing moved");
    }

    #[test]
    fn every_word_is_read_back() {
        for account in Account::ALL {
            assert_eq!(account.key().parse(), Ok(*account));
        }
        for event in Event::ALL {
            assert_eq!(event.key().parse(), Ok(*event));
        }
    }

    proptest! {
        #[test]
        fn every_posting_adds_up_to_zero(amount in -10_000_000_000_i64..10_000_000_000) {
            prop_assert_eq!(sum(&Posting::promise(Event::Changed, amount)), 0);
            prop_assert_eq!(sum(&Posting::paid_out(amount, amount / 20)), 0);
        }

        #[test]
        fn what_nobody_wanted_costs_the_platform_its_fee_and_nobody_else(
            amount in 1..10_000_000_000_i64, fee in 0..5_000_i64,
        ) {
            let both = [Posting::surplus_came(amount, fee), Posting::surplus_returned(amount)];
            for posting in &both {
                prop_assert_eq!(sum(posting), 0);
                prop_assert_eq!(posting.of(Account::Clearing), 0, "no payout takes it along");
            }
            for account in Account::ALL {
                let left = match account {
                    Account::PlatformFee => -fee,
                    Account::ProcessingFee => fee,
                    _ => 0,
                };
                prop_assert_eq!(both.iter().map(|one| one.of(*account)).sum::<i64>(), left);
            }
        }

        #[test]
        fn what_goes_back_is_taken_from_somebody(
            amount in 0..10_000_000_000_i64, fee in 0..5_000_i64, reserve in 0..10_000_000_000_i64,
            is_paid_out in any::<bool>(),
        ) {
            let till = Till { is_paid_out, reserve };
            let fee = fee.min(amount);
            for posting in [
                Posting::refunded(amount, fee, till),
                Posting::chargeback_opened(amount, fee, till),
                Posting::chargeback_won(amount, till),
                Posting::chargeback_lost(amount, fee, till),
            ] {
                prop_assert_eq!(sum(&posting), 0);
                prop_assert!(reserve + posting.of(Account::Reserve) >= 0, "no more than there is");
            }
            prop_assert_eq!(Posting::refunded(amount, fee, till).of(Account::Backers), amount);
            let opened = Posting::chargeback_opened(amount, fee, till).of(Account::Disputed);
            prop_assert_eq!(opened, amount);
        }

        #[test]
        fn what_is_charged_was_promised_and_goes_somewhere(
            total in 1..10_000_000_000_i64, platform in 0..1_000_i64, processing in 0..1_000_i64,
        ) {
            let posting = Posting::collected(total, ChargeFees { platform, processing });
            prop_assert_eq!(sum(&posting), 0);
            let promised = posting.legs().iter().find(|leg| leg.account == Account::Promised);
            prop_assert_eq!(promised.map(|leg| leg.amount), Some(-total));
        }
    }
}
