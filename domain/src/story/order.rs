//! Places in a list that several people change at once: each entry has a key, and the
//! list is read in the order of keys. To move an entry is to give it another key, one
//! value that wins or loses as a whole, so nothing is ever doubled or lost.

/// Digits of a key, in their order as bytes.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// So many digits are reckoned with at once: 62^20 fits into 128 bits.
const WINDOW: usize = 20;
/// Longest key, in bytes. Each letter of a key makes room for about ten entries put
/// one behind the other into one gap.
pub const LONGEST_KEY: usize = 512;
/// How far apart entries are that are added at either end, in units of the fourth digit.
const STEP: u128 = 100;
/// A gap of less than this is none.
const NARROW: u128 = 1 << 16;

/// Whether this is a key.
#[must_use]
pub fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= LONGEST_KEY
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A key between these two, where none is the end of the list; `dice` keeps apart what
/// two people put into the same gap at once. What is not between them, because they are
/// equal or no keys, comes after the first.
#[must_use]
pub fn between(low: Option<&str>, high: Option<&str>, dice: u64) -> String {
    let low = low.filter(|key| is_key(key)).unwrap_or("");
    let high = high.filter(|key| is_key(key) && *key > low);
    let mut shared = match high {
        // Behind its end, a key is nothing but zeros.
        Some(high) => {
            let low = low.bytes().chain(std::iter::repeat(b'0'));
            low.zip(high.bytes()).take_while(|(a, b)| a == b).count()
        }
        None => 0,
    };
    let mut prefix = high.map_or_else(String::new, |high| high[..shared].to_owned());
    let mut bottom = number(low, shared);
    let mut top = high.map_or(power(WINDOW), |high| number(high, shared));
    // So near to each other that there is only room behind more digits of the lower one.
    while bottom < top && top - bottom < NARROW && shared < LONGEST_KEY {
        shared += WINDOW;
        prefix = low.chars().chain(std::iter::repeat('0')).take(shared).collect();
        (bottom, top) = (number(low, shared), power(WINDOW));
    }
    let gap = top.saturating_sub(bottom);
    // At the ends of the list there is all the room; between two, a quarter of the gap
    // keeps most of it for what comes behind, since people write downwards.
    let unit = STEP * power(WINDOW - 4);
    let step = match (low.is_empty(), high.is_some()) {
        (true, false) => gap / 2,
        (true, true) => (gap / 8 * 7).max(gap.saturating_sub(unit)),
        (false, false) => (gap / 8).min(unit),
        (false, true) => gap / 4,
    };
    let spread = if high.is_none() || low.is_empty() { unit.min(gap) / 8 } else { gap / 4 };
    if gap < NARROW {
        return format!("{}{}", low, digits(u128::from(dice) % power(3), 3, 3));
    }
    let chosen = bottom + step + u128::from(dice) % 4_096 * (spread / 4_096).max(1) % spread;
    let chosen = chosen.min(top - 1);
    // As few digits as still tell it from its neighbours and from another throw.
    let kept = (1..=WINDOW).find(|kept| power(WINDOW - kept) <= spread / 4_096 + 1);
    let kept = kept.unwrap_or(WINDOW);
    let tail = digits(chosen / power(WINDOW - kept), kept, kept);
    let key = format!("{prefix}{tail}");
    if key.as_str() > low && high.is_none_or(|high| key.as_str() < high) {
        key
    } else {
        format!("{prefix}{}", digits(chosen, WINDOW, WINDOW))
    }
}

/// The digits of a key behind those that are shared, as a number.
fn number(key: &str, shared: usize) -> u128 {
    let digits = key.bytes().skip(shared).chain(std::iter::repeat(b'0')).take(WINDOW);
    digits.fold(0, |sum, byte| {
        let digit = DIGITS.iter().position(|one| *one == byte).unwrap_or(0);
        sum * 62 + digit as u128
    })
}

const fn power(exponent: usize) -> u128 {
    62_u128.pow(exponent as u32)
}

fn digits(mut number: u128, length: usize, kept: usize) -> String {
    let mut text = vec![b'0'; length];
    for place in text.iter_mut().rev() {
        *place = DIGITS[(number % 62) as usize];
        number /= 62;
    }
    text.into_iter().take(kept).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_KEY, between, is_key};

    /// Small, but never the same twice in a row.
    fn dice(turn: u64) -> u64 {
        turn.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 11
    }

    #[test]
    fn a_thousand_are_written_one_below_the_other() {
        let mut keys = vec![between(None, None, 1)];
        for turn in 0..1_000 {
            keys.push(between(keys.last().map(String::as_str), None, dice(turn)));
        }
        assert!(keys.is_sorted() && keys.iter().all(|key| is_key(key)));
        assert!(keys.iter().all(|key| key.len() <= 12), "{:?}", keys.last());
        keys.dedup();
        assert_eq!(keys.len(), 1_001);
    }

    #[test]
    fn there_is_room_above_below_and_in_between() {
        for way in 0..3 {
            let mut keys = vec![between(None, None, 1)];
            keys.push(between(Some(&keys[0]), None, 2));
            for turn in 0..1_000 {
                let at = match way {
                    0 => 0,
                    1 => 1,
                    _ => keys.len() - 1,
                };
                let low = at.checked_sub(1).map(|at| keys[at].clone());
                let key = between(low.as_deref(), Some(&keys[at]), dice(turn));
                keys.insert(at, key);
            }
            assert!(keys.windows(2).all(|two| two[0] < two[1]), "way {way}");
            let longest = keys.iter().map(String::len).max();
            assert!(longest < Some(LONGEST_KEY), "way {way}: {longest:?}");
        }
    }

    #[test]
    fn what_is_equal_or_no_key_still_gets_a_key() {
        for (low, high) in [("V", "V"), ("", ""), ("W", "V"), ("é", "a b"), ("V", "V00000000000")]
        {
            let key = between(Some(low), Some(high), 7);
            assert!(is_key(&key), "{low} {high}: {key}");
        }
    }
}
