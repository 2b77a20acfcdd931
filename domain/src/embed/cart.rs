//! The mark that a card's choices carry on their way to the checkout.

use crate::pledge::Choices;

/// The name of the mark in the address.
const NAME: &str = "cart=";

/// Whether an address carries a mark.
#[must_use]
pub fn is_signed(query: &str) -> bool {
    mark(query).is_some()
}

/// The choices of an address and their mark, where it has one.
#[must_use]
pub fn signed(query: &str) -> Option<(Choices, &str)> {
    Some((Choices::from_query(query), mark(query)?))
}

/// The part of an address after `?` that carries these choices and their mark.
#[must_use]
pub fn query(choices: &Choices, mark: &str) -> String {
    let choices = choices.query();
    let between = if choices.is_empty() { "" } else { "&" };
    format!("{choices}{between}{NAME}{mark}")
}

fn mark(query: &str) -> Option<&str> {
    query.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix(NAME))
}

#[cfg(test)]
mod tests {
    use super::{is_signed, query, signed};
    use crate::pledge::Choices;

    #[test]
    fn a_mark_travels_with_its_choices() {
        let choices = Choices { bonus: "12,50".into(), ..Choices::default() };
        for choices in [choices, Choices::default()] {
            let address = query(&choices, "1.abc-_");
            assert_eq!(signed(&format!("?{address}")), Some((choices, "1.abc-_")));
        }
        assert!(!is_signed("?bonus=5&card=1") && !is_signed(""));
    }
}
