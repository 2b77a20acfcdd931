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

    /// The zones that hold it, smallest first; none of Antarctica.
    #[must_use]
    pub fn zones(self) -> &'static [Zone] {
        let holds = |codes: &str| codes.split(' ').any(|code| code == self.code());
        ZONES
            .iter()
            .find_map(|(zones, codes)| holds(codes).then_some(*zones))
            .expect("a test finds the zones of every country")
    }
}

/// Where a parcel to each country travels. By geography as the United Nations
/// draw it (M49), not by flag: a letter to Guadeloupe crosses an ocean.
#[rustfmt::skip]
const ZONES: &[(&[Zone], &str)] = {
    use Zone::{Africa, Asia, Europe, EuropeanUnion, NorthAmerica, Oceania, SouthAmerica};
    &[
        (&[EuropeanUnion, Europe], "AT AX BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE \
          SI SK"),
        (&[Europe], "AD AL BA BY CH FO GB GG GI IM IS JE LI MC MD ME MK NO RS RU SJ SM UA VA XK"),
        (&[NorthAmerica], "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF \
          MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI"),
        (&[SouthAmerica], "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE"),
        (&[Oceania], "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM \
          VU WF WS"),
        (&[Africa], "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM \
          LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF \
          TG TN TZ UG YT ZA ZM ZW"),
        (&[Asia], "AE AF AM AZ BD BH BN BT CN GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB \
          LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE"),
        (&[], "AQ"),
    ]
};

/// Every code of ISO 3166-1, and Kosovo's, which post offices use. Sorted.
#[rustfmt::skip]
const CODES: &[&[u8; 2]] = &[
    b"AD", b"AE", b"AF", b"AG", b"AI", b"AL", b"AM", b"AO", b"AQ", b"AR", b"AS", b"AT", b"AU", b"AW", b"AX", b"AZ",
    b"BA", b"BB", b"BD", b"BE", b"BF", b"BG", b"BH", b"BI", b"BJ", b"BL", b"BM", b"BN", b"BO", b"BQ", b"BR", b"BS",
    b"BT", b"BV", b"BW", b"BY", b"BZ", b"CA", b"CC", b"CD", b"CF", b"CG", b"CH", b"CI", b"CK", b"CL", b"CM", b"CN",
    b"CO", b"CR", b"CU", b"CV", b"CW", b"CX", b"CY", b"CZ", b"DE", b"DJ", b"DK", b"DM", b"DO", b"DZ", b"EC", b"EE",
    b"EG", b"EH", b"ER", b"ES", b"ET", b"FI", b"FJ", b"FK", b"FM", b"FO", b"FR", b"GA", b"GB", b"GD", b"GE", b"GF",
    b"GG", b"GH", b"GI", b"GL", b"GM", b"GN", b"GP", b"GQ", b"GR", b"GS", b"GT", b"GU", b"GW", b"GY", b"HK", b"HM",
    b"HN", b"HR", b"HT", b"HU", b"ID", b"IE", b"IL", b"IM", b"IN", b"IO", b"IQ", b"IR", b"IS", b"IT", b"JE", b"JM",
    b"JO", b"JP", b"KE", b"KG", b"KH", b"KI", b"KM", b"KN", b"KP", b"KR", b"KW", b"KY", b"KZ", b"LA", b"LB", b"LC",
    b"LI", b"LK", b"LR", b"LS", b"LT", b"LU", b"LV", b"LY", b"MA", b"MC", b"MD", b"ME", b"MF", b"MG", b"MH", b"MK",
    b"ML", b"MM", b"MN", b"MO", b"MP", b"MQ", b"MR", b"MS", b"MT", b"MU", b"MV", b"MW", b"MX", b"MY", b"MZ", b"NA",
    b"NC", b"NE", b"NF", b"NG", b"NI", b"NL", b"NO", b"NP", b"NR", b"NU", b"NZ", b"OM", b"PA", b"PE", b"PF", b"PG",
    b"PH", b"PK", b"PL", b"PM", b"PN", b"PR", b"PS", b"PT", b"PW", b"PY", b"QA", b"RE", b"RO", b"RS", b"RU", b"RW",
    b"SA", b"SB", b"SC", b"SD", b"SE", b"SG", b"SH", b"SI", b"SJ", b"SK", b"SL", b"SM", b"SN", b"SO", b"SR", b"SS",
    b"ST", b"SV", b"SX", b"SY", b"SZ", b"TC", b"TD", b"TF", b"TG", b"TH", b"TJ", b"TK", b"TL", b"TM", b"TN", b"TO",
    b"TR", b"TT", b"TV", b"TW", b"TZ", b"UA", b"UG", b"UM", b"US", b"UY", b"UZ", b"VA", b"VC", b"VE", b"VG", b"VI",
    b"VN", b"VU", b"WF", b"WS", b"XK", b"YE", b"YT", b"ZA", b"ZM", b"ZW",
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
    use super::{CODES, Country, ZONES};
    use crate::reward::Zone;

    #[test]
    fn codes_are_sorted_and_single() {
        assert!(CODES.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn every_code_of_the_standard_is_there() {
        // Typed from ISO 3166-1 by first letter; X is for Kosovo alone.
        let standard = [
            ('A', "DEFGILMOQRSTUWXZ"),
            ('B', "ABDEFGHIJLMNOQRSTVWYZ"),
            ('C', "ACDFGHIKLMNORUVWXYZ"),
            ('D', "EJKMOZ"),
            ('E', "CEGHRST"),
            ('F', "IJKMOR"),
            ('G', "ABDEFGHILMNPQRSTUWY"),
            ('H', "KMNRTU"),
            ('I', "DELMNOQRST"),
            ('J', "EMOP"),
            ('K', "EGHIMNPRWYZ"),
            ('L', "ABCIKRSTUVY"),
            ('M', "ACDEFGHKLMNOPQRSTUVWXYZ"),
            ('N', "ACEFGILOPRUZ"),
            ('O', "M"),
            ('P', "AEFGHKLMNRSTWY"),
            ('Q', "A"),
            ('R', "EOSUW"),
            ('S', "ABCDEGHIJKLMNORSTVXYZ"),
            ('T', "CDFGHJKLMNORTVWZ"),
            ('U', "AGMSYZ"),
            ('V', "ACEGINU"),
            ('W', "FS"),
            ('X', "K"),
            ('Y', "ET"),
            ('Z', "AMW"),
        ];
        let expected: Vec<String> = standard
            .iter()
            .flat_map(|(first, rest)| rest.chars().map(move |second| format!("{first}{second}")))
            .collect();
        assert_eq!(expected.len(), 249 + 1);
        let known: Vec<String> = Country::all().map(|country| country.to_string()).collect();
        assert_eq!(known, expected);
    }

    #[test]
    fn every_country_lies_in_one_place() {
        let listed: Vec<&str> = ZONES.iter().flat_map(|(_, codes)| codes.split(' ')).collect();
        assert_eq!(listed.len(), CODES.len());
        for country in Country::all() {
            assert_eq!(listed.iter().filter(|code| **code == country.code()).count(), 1);
            assert_eq!(country.zones().is_empty(), country.code() == "AQ", "{country}");
        }
    }

    #[test]
    fn parcels_travel_by_geography() {
        for (code, zones) in [
            ("FR", &[Zone::EuropeanUnion, Zone::Europe][..]),
            ("AX", &[Zone::EuropeanUnion, Zone::Europe]),
            ("GB", &[Zone::Europe]),
            ("RU", &[Zone::Europe]),
            ("XK", &[Zone::Europe]),
            ("GP", &[Zone::NorthAmerica]),
            ("PM", &[Zone::NorthAmerica]),
            ("FK", &[Zone::SouthAmerica]),
            ("WF", &[Zone::Oceania]),
            ("GU", &[Zone::Oceania]),
            ("RE", &[Zone::Africa]),
            ("JP", &[Zone::Asia]),
            ("TR", &[Zone::Asia]),
        ] {
            assert_eq!(Country::parse(code).expect("a country").zones(), zones, "{code}");
        }
    }

    #[test]
    fn only_countries_parse() {
        assert!(Country::parse("FR").is_some());
        for none in ["", "F", "FRA", "fr", "ZZ", "é"] {
            assert!(Country::parse(none).is_none(), "{none}");
        }
    }
}
