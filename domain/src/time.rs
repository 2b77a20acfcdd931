//! Instants, and how they are written. Nothing here asks what time it is:
//! every rule takes `now`, so that each deadline can be tried.

mod zone;

use serde::{Deserialize, Serialize};

pub use zone::{UnknownZone, Zone};

use crate::{locale::Locale, words};

/// Microseconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
pub struct Timestamp(pub i64);

/// One second in the unit of [`Timestamp`].
pub const SECOND: i64 = 1_000_000;
/// One minute in the unit of [`Timestamp`].
pub const MINUTE: i64 = 60_000_000;
/// One hour in the unit of [`Timestamp`].
pub const HOUR: i64 = 60 * MINUTE;
/// Twenty-four hours in the unit of [`Timestamp`].
pub const DAY: i64 = 24 * HOUR;

/// A day of the Gregorian calendar and a clock time, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// Year, such as 2026.
    pub year: i64,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
}

impl Timestamp {
    /// From the Unix seconds that dumps and APIs speak.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// Whole seconds since 1970, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// This many microseconds later, or earlier when negative.
    #[must_use]
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// Microseconds from `earlier` to here; negative when it is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The calendar's view of this instant, in UTC.
    #[must_use]
    pub fn civil(self) -> Civil {
        let seconds = self.seconds();
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Days to a date by counting in 400-year eras that start on 1 March, so
        // that the leap day comes last (H. Hinnant's civil_from_days).
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let small = |n: i64| u8::try_from(n).expect("calendar parts fit a byte");
        Civil {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month: small(month),
            day: small(day_of_year - (153 * shifted_month + 2) / 5 + 1),
            hour: small(rest / 3_600),
            minute: small(rest / 60 % 60),
            second: small(rest % 60),
        }
    }

    /// From a date in UTC, with a clock time behind it or without: `2020-07-31`,
    /// `2020-07-31 18:05`, `2020-07-31T18:05:09Z`. `None` for what is no date.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let (date, clock) = text.split_once(['T', ' ']).unwrap_or((text, "00:00"));
        let part = |text: &str, digits: usize, range: std::ops::RangeInclusive<i64>| {
            let is_number = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
            is_number.then(|| text.parse().ok()).flatten().filter(|n| range.contains(n))
        };
        let mut parts = date.splitn(3, '-');
        let year = part(parts.next()?, 4, 1..=9999)?;
        let month = part(parts.next()?, 2, 1..=12)?;
        let day = part(parts.next()?, 2, 1..=31)?;
        let mut parts = clock.trim_end_matches('Z').splitn(3, ':');
        let hour = part(parts.next()?, 2, 0..=23)?;
        let minute = part(parts.next()?, 2, 0..=59)?;
        let second = part(parts.next().unwrap_or("00"), 2, 0..=59)?;
        // The way back of `civil` (H. Hinnant's days_from_civil).
        let shifted_year = if month <= 2 { year - 1 } else { year };
        let (era, year_of_era) = (shifted_year.div_euclid(400), shifted_year.rem_euclid(400));
        let shifted_month = if month > 2 { month - 3 } else { month + 9 };
        let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = era * 146_097 + day_of_era - 719_468;
        let at = Self::from_seconds(days * 86_400 + hour * 3_600 + minute * 60 + second);
        // The thirtieth of February would be the second of March.
        (i64::from(at.civil().day) == day).then_some(at)
    }

    /// RFC 3339 in UTC, such as `2026-12-04T18:00:00Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let c = self.civil();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            c.year, c.month, c.day, c.hour, c.minute, c.second
        )
    }

    /// A date in words: `4 December 2026`, `4 décembre 2026`, `1er mai 2026`.
    #[must_use]
    pub fn date(self, locale: Locale) -> String {
        let c = self.civil();
        let month = words::time::months(locale)[usize::from(c.month) - 1];
        let ordinal = if locale == Locale::Fr && c.day == 1 { "er" } else { "" };
        format!("{}{ordinal}\u{a0}{month} {}", c.day, c.year)
    }

    /// A date and clock time in words, in UTC and saying so.
    #[must_use]
    pub fn long(self, locale: Locale) -> String {
        let c = self.civil();
        let clock = format!("{:02}:{:02}", c.hour, c.minute);
        words::time::date_and_time(locale, &self.date(locale), &clock)
    }

    /// How long ago this was, in the largest sensible unit.
    #[must_use]
    pub fn ago(self, now: Self, locale: Locale) -> String {
        match now.since(self) {
            past if past >= DAY => words::time::days_ago(locale, past / DAY),
            past if past >= HOUR => words::time::hours_ago(locale, past / HOUR),
            past if past >= MINUTE => words::time::minutes_ago(locale, past / MINUTE),
            _ => words::time::just_now(locale).into(),
        }
    }

    /// How long until this instant, bare: `11 days`, `5 hours`.
    #[must_use]
    pub fn left(self, now: Self, locale: Locale) -> String {
        match self.since(now) {
            rest if rest >= 2 * DAY => words::time::days(locale, rest / DAY),
            rest if rest >= 2 * HOUR => words::time::hours(locale, rest / HOUR),
            rest if rest >= MINUTE => words::time::minutes(locale, rest / MINUTE),
            _ => words::time::less_than_a_minute(locale).into(),
        }
    }
}

/// A month that a delivery is promised for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Month {
    /// Year, such as 2027.
    pub year: i64,
    /// Month, 1 to 12.
    pub month: u8,
}

impl Month {
    /// `202706`, as the database keeps it.
    #[must_use]
    pub fn number(self) -> i64 {
        self.year * 100 + i64::from(self.month)
    }

    /// From `202706`; `None` when that is no month.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        let month = u8::try_from(number % 100).ok().filter(|m| (1..=12).contains(m))?;
        Some(Self { year: number / 100, month })
    }

    /// `June 2027`, `juin 2027`.
    #[must_use]
    pub fn display(self, locale: Locale) -> String {
        let name = words::time::months(locale)[usize::from(self.month) - 1];
        format!("{name} {}", self.year)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DAY, HOUR, Timestamp};
    use crate::locale::Locale;

    #[test]
    fn known_instants_have_their_dates() {
        assert_eq!(Timestamp::from_seconds(0).rfc3339(), "1970-01-01T00:00:00Z");
        assert_eq!(Timestamp::from_seconds(951_827_696).rfc3339(), "2000-02-29T12:34:56Z");
        assert_eq!(Timestamp::from_seconds(1_796_407_200).rfc3339(), "2026-12-04T18:00:00Z");
        assert_eq!(Timestamp::from_seconds(-1).rfc3339(), "1969-12-31T23:59:59Z");
        let end = Timestamp::from_seconds(1_796_407_200);
        assert_eq!(end.long(Locale::En), "4\u{a0}December 2026 at 18:00 UTC");
        assert_eq!(end.long(Locale::Fr), "4\u{a0}décembre 2026 à 18:00 UTC");
    }

    #[test]
    fn the_time_left_is_told_in_the_unit_people_use() {
        let now = Timestamp::from_seconds(1_796_407_200);
        assert_eq!(now.plus(11 * DAY + HOUR).left(now, Locale::En), "11 days");
        assert_eq!(now.plus(DAY + HOUR).left(now, Locale::En), "25 hours");
        assert_eq!(now.plus(1).left(now, Locale::En), "less than a minute");
    }

    #[test]
    fn dates_are_read_with_or_without_a_clock_time() {
        for (text, seconds) in [
            ("1970-01-01", 0),
            ("2000-02-29 12:34", 951_827_640),
            ("2000-02-29 12:34:56", 951_827_696),
            ("2026-12-04T18:00:00Z", 1_796_407_200),
        ] {
            let read = Timestamp::parse_rfc3339(text);
            assert_eq!(read, Some(Timestamp::from_seconds(seconds)), "{text}");
        }
        for text in [
            "",
            "soon",
            "2019-02-29",
            "2020-13-01",
            "2020-1-1",
            "+020-01-01",
            "2020-01-01T25:00",
            "2020-01-01 12",
            "2020-01-01T12:00:00+02:00",
            "1596000000",
            "2020-01-01T",
        ] {
            assert_eq!(Timestamp::parse_rfc3339(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(seconds in -60_000_000_000_i64..200_000_000_000) {
            let at = Timestamp::from_seconds(seconds);
            prop_assert_eq!(Timestamp::parse_rfc3339(&at.rfc3339()), Some(at));
        }

        #[test]
        fn no_text_makes_the_date_panic(text in "\\PC*") {
            let _ = Timestamp::parse_rfc3339(&text);
        }

        #[test]
        fn one_day_later_is_another_date(seconds in -60_000_000_000_i64..60_000_000_000) {
            let today = Timestamp::from_seconds(seconds);
            let (a, b) = (today.civil(), today.plus(DAY).civil());
            prop_assert!((a.year, a.month, a.day) < (b.year, b.month, b.day));
            prop_assert_eq!((a.hour, a.minute, a.second), (b.hour, b.minute, b.second));
        }
    }
}
