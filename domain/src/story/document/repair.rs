//! Whole entries after an undo. What somebody else set on a block while it was gone is
//! gone too, and with it, in the library's eyes, the value before: the block comes back
//! without it. Whoever undoes puts back what they remember.

use yrs::{Map as _, MapRef, Out, TextPrelim, Transact as _};

use super::{Document, Roots, shape};
use crate::story::{Kind, order};

/// Neither one's own, which could be undone, nor somebody else's.
const REPAIR: &str = "repair";

impl Document {
    /// Notes the values of an entry that is taken away.
    pub(super) fn remember(&mut self, id: u64, is_block: bool) {
        let txn = self.doc.transact();
        let map = if is_block { &self.roots.blocks } else { &self.roots.faq };
        let Some(entry) = Roots::entry(&txn, map, id) else { return };
        let values = ["kind", "order"].into_iter();
        let values = values.filter_map(|key| Some((key, shape::word(&txn, &entry, key)?)));
        self.removed.insert(id, values.collect());
    }

    /// Completes entries that came back without something.
    pub(super) fn repair(&mut self) {
        let (blocks, asked) = {
            let changed = self.changed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            (changed.blocks.clone(), changed.asked.clone())
        };
        let roots = self.roots.clone();
        let dice = self.throw();
        for id in blocks {
            self.complete(&roots.blocks, id.0, &["kind", "order"], &["text"], dice);
        }
        for id in asked {
            self.complete(&roots.faq, id.0, &["order"], &["question", "answer"], dice);
        }
    }

    fn complete(&self, map: &MapRef, id: u64, words: &[&'static str], texts: &[&str], dice: u64) {
        let mut txn = self.doc.transact_mut_with(REPAIR);
        let Some(entry) = Roots::entry(&txn, map, id) else { return };
        let known = self.removed.get(&id).map(Vec::as_slice).unwrap_or_default();
        for word in words.iter().copied() {
            if shape::word(&txn, &entry, word).is_some() {
                continue;
            }
            let before = known.iter().find(|(key, _)| *key == word);
            let value = before.map_or_else(
                || match word {
                    "kind" => Kind::Text.to_string(),
                    _ => order::between(None, None, dice),
                },
                |(_, value)| value.clone(),
            );
            entry.insert(&mut txn, word, value);
        }
        for text in texts.iter().copied() {
            if !matches!(entry.get(&txn, text), Some(Out::YText(_))) {
                entry.insert(&mut txn, text, TextPrelim::new(""));
            }
        }
    }
}
