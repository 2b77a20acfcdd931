//! What one keystroke changed: a text as it was shown and as it stands now,
//! compared from both ends.

use domain::story::{Marks, Runs};

/// One change of a text, in UTF-16 units, as browsers count them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    pub at: u32,
    pub delete: u32,
    pub insert: Runs,
}

/// What made `now` of `before`, or `None` where nothing did. Of the places where
/// an equal letter may have been typed, `caret` (after the change) says which.
#[must_use]
pub fn between(before: &Runs, now: &Runs, caret: Option<u32>) -> Option<Splice> {
    let (old, new) = (units(before), units(now));
    let most = old.len().min(new.len());
    let behind = caret.map_or(most, |caret| new.len().saturating_sub(caret as usize));
    let is_same = |one: &(u16, &Marks), other: &(u16, &Marks)| one == other;
    let mut suffix = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(behind.min(most))
        .take_while(|(one, other)| is_same(one, other))
        .count();
    let mut prefix = old
        .iter()
        .zip(&new)
        .take(most - suffix)
        .take_while(|(one, other)| is_same(one, other))
        .count();
    if prefix == old.len() && prefix == new.len() {
        return None;
    }
    // The halves of a letter beyond 16 bits stay together.
    if prefix > 0 && is_first_half(old[prefix - 1].0) {
        prefix -= 1;
    }
    if suffix > 0 && is_second_half(old[old.len() - suffix].0) {
        suffix -= 1;
    }
    if prefix + suffix == old.len() && prefix + suffix == new.len() {
        return None;
    }
    Some(Splice {
        at: count(prefix),
        delete: count(old.len() - suffix - prefix),
        insert: runs(&new[prefix..new.len() - suffix]),
    })
}

impl Splice {
    /// The same change, made to a text that `other` has changed meanwhile.
    #[must_use]
    pub fn after(self, other: &Self) -> Self {
        let end = other.at + other.delete;
        let added = other.insert.length();
        let moved = |at: u32| match at {
            at if at <= other.at => at,
            at if at >= end => at - other.delete + added,
            _ => other.at + added,
        };
        let (from, to) = (moved(self.at), moved(self.at + self.delete));
        Self { at: from, delete: to.saturating_sub(from), insert: self.insert }
    }
}

fn units(text: &Runs) -> Vec<(u16, &Marks)> {
    text.iter()
        .flat_map(|run| run.text.encode_utf16().map(move |unit| (unit, &run.marks)))
        .collect()
}

fn runs(units: &[(u16, &Marks)]) -> Runs {
    let mut runs = Runs::default();
    for same in units.chunk_by(|one, next| one.1 == next.1) {
        let text: Vec<u16> = same.iter().map(|unit| unit.0).collect();
        runs.push(String::from_utf16_lossy(&text), same[0].1.clone());
    }
    runs
}

const fn is_first_half(unit: u16) -> bool {
    matches!(unit, 0xD800..=0xDBFF)
}

const fn is_second_half(unit: u16) -> bool {
    matches!(unit, 0xDC00..=0xDFFF)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use domain::story::{Marks, Run, Runs};

    use super::{Splice, between};

    fn splice(at: u32, delete: u32, insert: &str) -> Splice {
        Splice { at, delete, insert: Runs::plain(insert) }
    }

    #[test]
    fn a_letter_is_found_where_it_was_typed() {
        assert_eq!(
            between(&Runs::plain("abc"), &Runs::plain("abXc"), None),
            Some(splice(2, 0, "X"))
        );
        assert_eq!(
            between(&Runs::plain("aaaa"), &Runs::plain("aaaaa"), Some(3)),
            Some(splice(2, 0, "a"))
        );
        assert_eq!(
            between(&Runs::plain("aaaa"), &Runs::plain("aaa"), Some(1)),
            Some(splice(1, 1, ""))
        );
        assert_eq!(between(&Runs::plain(""), &Runs::plain("a"), Some(1)), Some(splice(0, 0, "a")));
        assert_eq!(
            between(&Runs::plain("one two"), &Runs::plain("one 2 two"), Some(6)).map(|s| s.at),
            Some(4)
        );
        assert_eq!(between(&Runs::plain("same"), &Runs::plain("same"), Some(2)), None);
    }

    #[test]
    fn the_halves_of_a_letter_stay_together() {
        // The two signs share their first half.
        let change = between(&Runs::plain("a🎈b"), &Runs::plain("a🎉b"), None);
        assert_eq!(change, Some(splice(1, 2, "🎉")));
    }

    #[test]
    fn another_mark_is_a_change() {
        let bold = Marks { bold: true, ..Marks::default() };
        let now = Runs::from_iter([Run { text: "ab".into(), marks: bold }]);
        assert_eq!(between(&Runs::plain("ab"), &now, None).map(|s| (s.at, s.delete)), Some((0, 2)));
    }

    #[test]
    fn a_change_finds_its_place_after_another() {
        let typed = splice(5, 2, "X");
        assert_eq!(typed.clone().after(&splice(0, 0, "abc")), splice(8, 2, "X"));
        assert_eq!(typed.clone().after(&splice(7, 3, "")), splice(5, 2, "X"));
        assert_eq!(typed.clone().after(&splice(4, 2, "")), splice(4, 1, "X"));
        assert_eq!(typed.after(&splice(0, 10, "")), splice(0, 0, "X"));
    }
}
