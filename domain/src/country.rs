//! Countries a reward may travel to and a backer may live in.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::reward::Zone;

pub mod names;

/// An ISO 3166-1 country, by its two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// The country of these two letters, or `None` when there is none.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let code: [u8; 2] = code.as_bytes().try_into().ok()?;
        CODES.contains(&&code).then_some(Self(code))
    }

    /// Every country, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        CODES.iter().map(|code| Self(**code))
    }

    /// The two letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII codes are constructed")
    }

    /// The zones that hold it, smallest first.
    #[must_use]
    pub fn zones(self) -> &'static [Zone] {
        use Zone::{Africa, Asia, Europe, EuropeanUnion, NorthAmerica, Oceania, SouthAmerica};
        match &self.0 {
            b"AT" | b"BE" | b"BG" | b"CY" | b"CZ" | b"DE" | b"DK" | b"EE" | b"ES" | b"FI"
            | b"FR" | b"GR" | b"HR" | b"HU" | b"IE" | b"IT" | b"LT" | b"LU" | b"LV" | b"MT"
            | b"NL" | b"PL" | b"PT" | b"RO" | b"SE" | b"SI" | b"SK" => &[EuropeanUnion, Europe],
            b"AD" | b"AL" | b"BA" | b"BY" | b"CH" | b"FO" | b"GB" | b"GG" | b"GI" | b"IM"
            | b"IS" | b"JE" | b"LI" | b"MC" | b"MD" | b"ME" | b"MK" | b"NO" | b"RS" | b"SM"
            | b"UA" | b"VA" => &[Europe],
            b"AG" | b"BB" | b"BM" | b"BS" | b"BZ" | b"CA" | b"CR" | b"CU" | b"DM" | b"DO"
            | b"GD" | b"GL" | b"GT" | b"HN" | b"HT" | b"JM" | b"KN" | b"LC" | b"MX" | b"NI"
            | b"PA" | b"PR" | b"SV" | b"TT" | b"US" | b"VC" => &[NorthAmerica],
            b"AR" | b"BO" | b"BR" | b"CL" | b"CO" | b"EC" | b"GF" | b"GY" | b"PE" | b"PY"
            | b"SR" | b"UY" | b"VE" => &[SouthAmerica],
            b"AU" | b"CK" | b"FJ" | b"FM" | b"KI" | b"MH" | b"NC" | b"NR" | b"NZ" | b"PF"
            | b"PG" | b"PW" | b"SB" | b"TO" | b"TV" | b"VU" | b"WS" => &[Oceania],
            b"AO" | b"BF" | b"BI" | b"BJ" | b"BW" | b"CD" | b"CF" | b"CG" | b"CI" | b"CM"
            | b"CV" | b"DJ" | b"DZ" | b"EG" | b"ER" | b"ET" | b"GA" | b"GH" | b"GM" | b"GN"
            | b"GQ" | b"GW" | b"KE" | b"KM" | b"LR" | b"LS" | b"LY" | b"MA" | b"MG" | b"ML"
            | b"MR" | b"MU" | b"MW" | b"MZ" | b"NA" | b"NE" | b"NG" | b"RE" | b"RW" | b"SC"
            | b"SD" | b"SL" | b"SN" | b"SO" | b"SS" | b"ST" | b"SZ" | b"TD" | b"TG" | b"TN"
            | b"TZ" | b"UG" | b"YT" | b"ZA" | b"ZM" | b"ZW" => &[Africa],
            _ => &[Asia],
        }
    }
}

/// Sorted by code.
#[rustfmt::skip]
const CODES: &[&[u8; 2]] = &[
    b"AD", b"AE", b"AF", b"AG", b"AL", b"AM", b"AO", b"AR", b"AT", b"AU", b"AZ", b"BA", b"BB", b"BD", b"BE", b"BF",
    b"BG", b"BH", b"BI", b"BJ", b"BM", b"BN", b"BO", b"BR", b"BS", b"BT", b"BW", b"BY", b"BZ", b"CA", b"CD", b"CF",
    b"CG", b"CH", b"CI", b"CK", b"CL", b"CM", b"CN", b"CO", b"CR", b"CU", b"CV", b"CY", b"CZ", b"DE", b"DJ", b"DK",
    b"DM", b"DO", b"DZ", b"EC", b"EE", b"EG", b"ER", b"ES", b"ET", b"FI", b"FJ", b"FM", b"FO", b"FR", b"GA", b"GB",
    b"GD", b"GE", b"GF", b"GG", b"GH", b"GI", b"GL", b"GM", b"GN", b"GQ", b"GR", b"GT", b"GW", b"GY", b"HK", b"HN",
    b"HR", b"HT", b"HU", b"ID", b"IE", b"IL", b"IM", b"IN", b"IQ", b"IR", b"IS", b"IT", b"JE", b"JM", b"JO", b"JP",
    b"KE", b"KG", b"KH", b"KI", b"KM", b"KN", b"KP", b"KR", b"KW", b"KZ", b"LA", b"LB", b"LC", b"LI", b"LK", b"LR",
    b"LS", b"LT", b"LU", b"LV", b"LY", b"MA", b"MC", b"MD", b"ME", b"MG", b"MH", b"MK", b"ML", b"MM", b"MN", b"MO",
    b"MR", b"MT", b"MU", b"MV", b"MW", b"MX", b"MY", b"MZ", b"NA", b"NC", b"NE", b"NG", b"NI", b"NL", b"NO", b"NP",
    b"NR", b"NZ", b"OM", b"PA", b"PE", b"PF", b"PG", b"PH", b"PK", b"PL", b"PR", b"PS", b"PT", b"PW", b"PY", b"QA",
    b"RE", b"RO", b"RS", b"RU", b"RW", b"SA", b"SB", b"SC", b"SD", b"SE", b"SG", b"SI", b"SK", b"SL", b"SM", b"SN",
    b"SO", b"SR", b"SS", b"ST", b"SV", b"SY", b"SZ", b"TD", b"TG", b"TH", b"TJ", b"TL", b"TM", b"TN", b"TO", b"TR",
    b"TT", b"TV", b"TW", b"TZ", b"UA", b"UG", b"US", b"UY", b"UZ", b"VA", b"VC", b"VE", b"VN", b"VU", b"WS", b"XK",
    b"YE", b"YT", b"ZA", b"ZM", b"ZW",
];

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text was not a country's code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an ISO 3166-1 country code")]
pub struct UnknownCountry;

impl FromStr for Country {
    type Err = UnknownCountry;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or(UnknownCountry)
    }
}

impl Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::{CODES, Country};

    #[test]
    fn codes_are_sorted_and_single() {
        assert!(CODES.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn only_countries_parse() {
        assert!(Country::parse("FR").is_some());
        for none in ["", "F", "FRA", "fr", "ZZ", "é"] {
            assert!(Country::parse(none).is_none(), "{none}");
        }
    }
}
