//! Reading an amount as people type it, whatever their country's marks are.

use crate::{currency::Currency, invalid::Problem};

/// More digits than any amount has; beyond it nothing is computed.
const MOST_DIGITS: usize = 24;

/// The digits of an amount with at most one point, ready to be computed with.
///
/// # Errors
/// [`Problem::NotAnAmount`], [`Problem::AmountTooLarge`],
/// [`Problem::TooManyDecimals`] or [`Problem::Ambiguous`].
pub fn plain(text: &str, currency: Currency) -> Result<String, Problem> {
    let text = without_symbol(text.trim(), currency);
    let (sign, number) = match text.chars().next() {
        Some('-' | '−') => ("-", text.trim_start_matches(['-', '−'])),
        Some('+') => ("", text.trim_start_matches('+')),
        _ => ("", text),
    };
    // Only one sign is one: `--5` is nothing.
    if text.chars().count() > number.chars().count() + 1 {
        return Err(Problem::NotAnAmount);
    }
    let number = without_symbol(number.trim(), currency);
    if number.chars().filter(char::is_ascii_digit).count() > MOST_DIGITS {
        return Err(Problem::AmountTooLarge);
    }
    let (whole, fraction) = parts(number, currency)?;
    if whole.is_empty() && fraction.is_empty() {
        return Err(Problem::NotAnAmount);
    }
    Ok(format!("{sign}{}.{}", if whole.is_empty() { "0" } else { &whole }, zero_if_empty(fraction)))
}

fn zero_if_empty(fraction: &str) -> &str {
    if fraction.is_empty() { "0" } else { fraction }
}

/// Whole units without their grouping, and the decimals.
fn parts(number: &str, currency: Currency) -> Result<(String, &str), Problem> {
    let Some(at) = number.rfind(['.', ',']) else {
        return Ok((ungrouped(number)?, ""));
    };
    let (before, mark, after) = (&number[..at], &number[at..=at], &number[at + 1..]);
    if before.contains(mark) {
        return Ok((ungrouped(number)?, ""));
    }
    let is_one_group = after.len() == 3
        && (1..=3).contains(&before.len())
        && !before.starts_with('0')
        && is_digits(before)
        && is_digits(after);
    match mark {
        "," if is_one_group => Ok((ungrouped(number)?, "")),
        "." if is_one_group => Err(Problem::Ambiguous),
        _ => {
            let whole = if before.is_empty() { String::new() } else { ungrouped(before)? };
            if !is_digits(after) {
                return Err(Problem::NotAnAmount);
            }
            // Programs pad with zeros (`1540.0`); nobody does so behind a comma.
            let places = currency.exponent() as usize;
            if mark == "," && after.len() > places {
                return Err(Problem::TooManyDecimals { currency });
            }
            Ok((whole, after))
        }
    }
}

/// Digits of which any groups have three, behind one kind of mark.
fn ungrouped(number: &str) -> Result<String, Problem> {
    let one_kind: String = number.chars().map(|c| if is_space(c) { ' ' } else { c }).collect();
    let mark = one_kind.chars().find(|c| !c.is_ascii_digit());
    let groups: Vec<&str> = match mark {
        Some(mark @ (' ' | '.' | ',' | '\'' | '’')) => one_kind.split(mark).collect(),
        Some(_) => return Err(Problem::NotAnAmount),
        None => vec![&one_kind],
    };
    let is_grouped = match groups.as_slice() {
        [] => false,
        [all] => !all.is_empty(),
        [first, rest @ ..] => {
            (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3)
        }
    };
    let digits = groups.concat();
    if is_grouped && is_digits(&digits) { Ok(digits) } else { Err(Problem::NotAnAmount) }
}

fn without_symbol(text: &str, currency: Currency) -> &str {
    for word in [currency.symbol(), currency.code()] {
        let rest = text.strip_prefix(word).or_else(|| text.strip_suffix(word));
        if let Some(rest) = rest {
            return rest.trim();
        }
    }
    text
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Spaces between groups: plain, no-break, narrow no-break, thin.
const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}
