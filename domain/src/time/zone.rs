//! Where a creator's clock hangs. A deadline is an instant; it is chosen and
//! shown as a local time, with summer time as each place keeps it today.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Civil, HOUR, MINUTE, Timestamp};
use crate::{locale::Locale, words};

macro_rules! zones {
    ($($name:ident = $key:literal, $minutes:literal, $summer:ident;)+) => {
        /// A time zone, by one of its cities.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(type_name = "text"))]
        pub enum Zone {
            #[default]
            #[serde(rename = "UTC")]
            #[cfg_attr(feature = "sql", sqlx(rename = "UTC"))]
            Utc,
            $(
                #[serde(rename = $key)]
                #[cfg_attr(feature = "sql", sqlx(rename = $key))]
                $name,
            )+
        }

        impl Zone {
            /// Every zone, roughly from west to east behind UTC.
            pub const ALL: &'static [Self] = &[Self::Utc, $(Self::$name),+];

            /// Its name in the tz database.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { Self::Utc => "UTC", $(Self::$name => $key),+ }
            }

            /// Minutes ahead of UTC in winter, and how summer time is kept.
            const fn rule(self) -> (i64, Summer) {
                match self {
                    Self::Utc => (0, Summer::Never),
                    $(Self::$name => ($minutes, Summer::$summer)),+
                }
            }
        }
    };
}

zones! {
    LosAngeles = "America/Los_Angeles", -480, America;
    Denver = "America/Denver", -420, America;
    Chicago = "America/Chicago", -360, America;
    MexicoCity = "America/Mexico_City", -360, Never;
    NewYork = "America/New_York", -300, America;
    Toronto = "America/Toronto", -300, America;
    Martinique = "America/Martinique", -240, Never;
    SaoPaulo = "America/Sao_Paulo", -180, Never;
    London = "Europe/London", 0, Europe;
    Lisbon = "Europe/Lisbon", 0, Europe;
    Paris = "Europe/Paris", 60, Europe;
    Berlin = "Europe/Berlin", 60, Europe;
    Stockholm = "Europe/Stockholm", 60, Europe;
    Warsaw = "Europe/Warsaw", 60, Europe;
    Athens = "Europe/Athens", 120, Europe;
    Reunion = "Indian/Reunion", 240, Never;
    Singapore = "Asia/Singapore", 480, Never;
    HongKong = "Asia/Hong_Kong", 480, Never;
    Tokyo = "Asia/Tokyo", 540, Never;
    Sydney = "Australia/Sydney", 600, Australia;
    Auckland = "Pacific/Auckland", 720, NewZealand;
}

/// How a place keeps summer time, by its law of today.
#[derive(Clone, Copy)]
enum Summer {
    Never,
    /// Last Sunday of March to last Sunday of October, at 01:00 UTC everywhere.
    Europe,
    /// Second Sunday of March to first Sunday of November, at 02:00 on the clock.
    America,
    /// First Sunday of October to first Sunday of April, at 02:00 standard time.
    Australia,
    /// Last Sunday of September to first Sunday of April, at 02:00 standard time.
    NewZealand,
}

impl Zone {
    /// How far its clock is ahead of UTC at this instant, in microseconds.
    #[must_use]
    pub fn offset(self, at: Timestamp) -> i64 {
        let (minutes, summer) = self.rule();
        let standard = minutes * MINUTE;
        let year = at.plus(standard).civil().year;
        let sunday = |month, nth| nth_sunday(year, month, nth).plus(2 * HOUR - standard);
        let is_summer = match summer {
            Summer::Never => false,
            Summer::Europe => {
                let at_one = |month| nth_sunday(year, month, -1).plus(HOUR);
                at_one(3) <= at && at < at_one(10)
            }
            // In November the clock is an hour ahead when it says two.
            Summer::America => sunday(3, 2) <= at && at < sunday(11, 1).plus(-HOUR),
            Summer::Australia => at < sunday(4, 1) || sunday(10, 1) <= at,
            Summer::NewZealand => at < sunday(4, 1) || sunday(9, -1) <= at,
        };
        standard + if is_summer { HOUR } else { 0 }
    }

    /// What its calendar and clock show at this instant.
    #[must_use]
    pub fn civil(self, at: Timestamp) -> Civil {
        at.plus(self.offset(at)).civil()
    }

    /// The instant when its clock shows this, written as for
    /// [`Timestamp::parse_rfc3339`] without a zone. Where the clock shows it
    /// twice, the first time; where it leaps over it, as if it had not leapt.
    #[must_use]
    pub fn parse(self, text: &str) -> Option<Timestamp> {
        if text.ends_with('Z') {
            return None;
        }
        let shown = Timestamp::parse_rfc3339(text)?;
        let guesses = [-24, 24].map(|hours| shown.plus(-self.offset(shown.plus(hours * HOUR))));
        let is_right = |at: &Timestamp| at.plus(self.offset(*at)) == shown;
        guesses.into_iter().filter(is_right).min().or_else(|| guesses.into_iter().max())
    }

    /// A date and clock time in words, there and saying so.
    #[must_use]
    pub fn long(self, at: Timestamp, locale: Locale) -> String {
        if self == Self::Utc {
            return at.long(locale);
        }
        let local = at.plus(self.offset(at));
        let civil = local.civil();
        let clock = format!("{:02}:{:02}", civil.hour, civil.minute);
        let city = self.key().rsplit('/').next().unwrap_or_default().replace('_', " ");
        words::time::date_and_time_in(locale, &local.date(locale), &clock, &city)
    }
}

/// Midnight UTC of a Sunday: the nth of its month, or the last for -1.
fn nth_sunday(year: i64, month: u8, nth: i64) -> Timestamp {
    let first = |year, month| {
        Timestamp::parse_rfc3339(&format!("{year:04}-{month:02}-01")).unwrap_or(Timestamp(0))
    };
    // 1970-01-01 was a Thursday: day 3 of all was a Sunday.
    let to_sunday = |at: Timestamp| (3 - at.seconds().div_euclid(86_400)).rem_euclid(7);
    let day = 24 * HOUR;
    if nth > 0 {
        let start = first(year, month);
        start.plus((to_sunday(start) + 7 * (nth - 1)) * day)
    } else {
        let next = first(year, month + 1);
        next.plus((to_sunday(next) - 7) * day)
    }
}

/// The text named no zone of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a time zone that is known here")]
pub struct UnknownZone;

impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|zone| zone.key() == text).ok_or(UnknownZone)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{HOUR, Timestamp, Zone};
    use crate::locale::Locale;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).expect("an instant")
    }

    #[test]
    fn clocks_change_when_the_law_says_so() {
        // Instants of change of 2026, from the tz database.
        for (zone, before, instant, after) in [
            (Zone::Paris, 1, "2026-03-29T01:00:00Z", 2),
            (Zone::Paris, 2, "2026-10-25T01:00:00Z", 1),
            (Zone::London, 0, "2026-03-29T01:00:00Z", 1),
            (Zone::NewYork, -5, "2026-03-08T07:00:00Z", -4),
            (Zone::NewYork, -4, "2026-11-01T06:00:00Z", -5),
            (Zone::LosAngeles, -7, "2026-11-01T09:00:00Z", -8),
            (Zone::Sydney, 11, "2026-04-04T16:00:00Z", 10),
            (Zone::Sydney, 10, "2026-10-03T16:00:00Z", 11),
            (Zone::Auckland, 13, "2026-04-04T14:00:00Z", 12),
            (Zone::Auckland, 12, "2026-09-26T14:00:00Z", 13),
        ] {
            let instant = at(instant);
            assert_eq!(zone.offset(instant.plus(-1)), before * HOUR, "before {zone:?}");
            assert_eq!(zone.offset(instant), after * HOUR, "after {zone:?}");
        }
        for zone in [Zone::Tokyo, Zone::Reunion, Zone::Utc] {
            assert_eq!(zone.offset(at("2026-01-01")), zone.offset(at("2026-07-01")));
        }
    }

    #[test]
    fn a_deadline_is_chosen_and_shown_where_the_creator_is() {
        let deadline = Zone::Paris.parse("2026-07-14 20:00").expect("a local time");
        assert_eq!(deadline.rfc3339(), "2026-07-14T18:00:00Z");
        assert_eq!(
            Zone::Paris.long(deadline, Locale::En),
            "14\u{a0}July 2026 at 20:00 (Paris time)"
        );
        // Shown twice, and never shown.
        let twice = Zone::Paris.parse("2026-10-25 02:30").map(Timestamp::rfc3339);
        assert_eq!(twice.as_deref(), Some("2026-10-25T00:30:00Z"));
        let never = Zone::Paris.parse("2026-03-29 02:30").map(Timestamp::rfc3339);
        assert_eq!(never.as_deref(), Some("2026-03-29T01:30:00Z"));
        assert_eq!(Zone::Paris.parse("2026-07-14T20:00:00Z"), None);
    }

    proptest! {
        #[test]
        fn what_the_clock_shows_is_read_back(
            seconds in 946_684_800_i64..4_102_444_800, which in 0..Zone::ALL.len(),
        ) {
            let (zone, at) = (Zone::ALL[which], Timestamp::from_seconds(seconds));
            let shown = at.plus(zone.offset(at)).rfc3339();
            let read = zone.parse(shown.trim_end_matches('Z')).expect("a local time");
            // The hour that comes twice may be read as its first time.
            prop_assert!(read == at || read == at.plus(-HOUR), "{zone:?} {shown}");
        }

        #[test]
        fn every_zone_is_read_back(which in 0..Zone::ALL.len()) {
            prop_assert_eq!(Zone::ALL[which].key().parse(), Ok(Zone::ALL[which]));
        }
    }
}
