//! Several changes of one document as one, for what waits to be sent.

use yrs::{Update, merge_updates_v1, updates::decoder::Decode as _};

/// These updates as one, which says the same. What cannot be read is left out: it
/// comes from a store that others can write to.
#[must_use]
pub fn merge(updates: &[Vec<u8>]) -> Vec<u8> {
    let good = |update: &&Vec<u8>| Update::decode_v1(update).is_ok();
    let good: Vec<&[u8]> = updates.iter().filter(good).map(Vec::as_slice).collect();
    match good[..] {
        [one] => one.to_vec(),
        // Each of them was read just now.
        _ => merge_updates_v1(good).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::merge;
    use crate::story::{Place, Runs, document::Document};

    #[test]
    fn merged_changes_say_what_they_said_apart() {
        let mut here = Document::new(1, 1);
        let updates: Vec<Vec<u8>> = ["A ", "lamp", "."]
            .into_iter()
            .filter_map(|words| {
                let at = here.length(Place::Title);
                here.splice(Place::Title, at, 0, &Runs::plain(words));
                here.take_local()
            })
            .collect();
        assert_eq!(updates.len(), 3);
        let broken = vec![vec![255, 255], updates[0].clone()];
        let all = [updates, broken].concat();
        let mut there = Document::new(2, 2);
        there.apply(&merge(&all)).expect("a change of ours");
        assert_eq!(there.page().title, "A lamp.");
    }
}
