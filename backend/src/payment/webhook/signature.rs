//! Stripe's signature: `t=…,v1=…`, an HMAC of the time and the body under a secret
//! that only Stripe and we know. There may be several while a secret is changed.

use domain::{Timestamp, time::MINUTE};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::Reason;

/// How old a webhook may be, or how far ahead its clock.
const FRESH: i64 = 5 * MINUTE;

/// Whether this body was signed with this secret, lately.
///
/// # Errors
/// [`Reason::Unsigned`] or [`Reason::Stale`].
pub fn check(secret: &str, header: &str, body: &[u8], now: Timestamp) -> Result<(), Reason> {
    let pairs = || header.split(',').filter_map(|pair| pair.trim().split_once('='));
    let time = pairs().find(|(name, _)| *name == "t").ok_or(Reason::Unsigned)?.1;
    let is_signed = pairs()
        .filter(|(name, _)| *name == "v1")
        .filter_map(|(_, digits)| bytes(digits))
        // In constant time, each.
        .any(|signature| mac(secret, time, body).verify_slice(&signature).is_ok());
    if !is_signed {
        return Err(Reason::Unsigned);
    }
    // Signed text is Stripe's own: a number, unless the secret is lost.
    let seconds = time.parse().map_err(|_| Reason::Unsigned)?;
    let age = now.since(Timestamp::from_seconds(seconds));
    if (-FRESH..=FRESH).contains(&age) { Ok(()) } else { Err(Reason::Stale) }
}

fn mac(secret: &str, time: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    if !digits.is_ascii() || digits.len() != 64 {
        return None;
    }
    (0..32).map(|at| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;
    use hmac::Mac as _;

    use super::{Reason, check, mac};

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);
    const BODY: &[u8] = br#"{"id":"evt_1"}"#;

    fn signed(secret: &str, time: i64) -> String {
        let digits: String = mac(secret, &time.to_string(), BODY)
            .finalize()
            .into_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        digits
    }

    #[test]
    fn one_good_signature_among_several_is_enough() {
        let (good, bad) = (signed("whsec_new", 1_800_000_000), signed("whsec_old", 1_800_000_000));
        for header in [
            format!("t=1800000000,v1={good}"),
            format!("t=1800000000,v1={bad},v1={good}"),
            format!("t=1800000000, v1={good}, v0=ff"),
        ] {
            assert_eq!(check("whsec_new", &header, BODY, NOW), Ok(()), "{header}");
        }
    }

    #[test]
    fn nothing_else_is_believed() {
        let good = signed("whsec", 1_800_000_000);
        for header in [
            String::new(),
            format!("v1={good}"),
            "t=1800000000".to_owned(),
            format!("t=1800000001,v1={good}"),
            format!("t=1800000000,v0={good}"),
            format!("t=1800000000,v1={}", &good[2..]),
            format!("t=1800000000,v1={}", "é".repeat(32)),
            format!("t=1800000000,v1={}", "zz".repeat(32)),
            format!("t=1800000000,v1={}", signed("other", 1_800_000_000)),
        ] {
            assert_eq!(check("whsec", &header, BODY, NOW), Err(Reason::Unsigned), "{header}");
        }
        let other = br#"{"id":"evt_2"}"#;
        let header = format!("t=1800000000,v1={good}");
        assert_eq!(check("whsec", &header, other, NOW), Err(Reason::Unsigned));
    }

    #[test]
    fn a_webhook_is_fresh_for_five_minutes_either_way() {
        for (age, outcome) in [
            (300, Ok(())),
            (301, Err(Reason::Stale)),
            (-300, Ok(())),
            (-301, Err(Reason::Stale)),
            (i64::MAX / 2_000_000, Err(Reason::Stale)),
        ] {
            let time = 1_800_000_000 - age;
            let header = format!("t={time},v1={}", signed("whsec", time));
            assert_eq!(check("whsec", &header, BODY, NOW), outcome, "{age} seconds");
        }
    }
}
