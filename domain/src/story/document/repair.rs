//! Whole entries after an undo. What somebody else set on a block while it was gone, or
//! at the same time, is gone too, and with it, in the library's eyes, the value before:
//! the block is left without it. Whoever undoes puts back what they remember.

use std::collections::BTreeMap;

use yrs::{Map as _, MapRef, Out, ReadTxn, TextPrelim, Transact as _};

use super::{Document, Roots, shape};
use crate::story::{Kind, order};

/// Neither one's own, which could be undone, nor somebody else's.
const REPAIR: &str = "repair";

/// The values of entries, by their ids.
pub(super) type Values = BTreeMap<u64, Vec<(&'static str, String)>>;

impl Document {
    /// Notes the values of an entry that is taken away.
    pub(super) fn remember(&mut self, id: u64, is_block: bool) {
        let txn = self.doc.transact();
        let map = if is_block { &self.roots.blocks } else { &self.roots.faq };
        let Some(entry) = Roots::entry(&txn, map, id) else { return };
        self.removed.insert(id, values(&txn, &entry));
    }

    /// The values of all entries, as they are before something is undone.
    pub(super) fn standing(&self) -> Values {
        let txn = self.doc.transact();
        let entries = [&self.roots.blocks, &self.roots.faq].map(|map| Roots::entries(&txn, map));
        entries.into_iter().flatten().map(|(id, entry)| (id, values(&txn, &entry))).collect()
    }

    /// Completes entries that are left without something, with what was taken away with
    /// them, or with what stood there `before`.
    pub(super) fn repair(&mut self, before: &Values) {
        let roots = self.roots.clone();
        let [blocks, asked] = [&roots.blocks, &roots.faq].map(|map| {
            let txn = self.doc.transact();
            Roots::entries(&txn, map).into_iter().map(|(id, _)| id).collect::<Vec<_>>()
        });
        let dice = self.throw();
        for id in blocks {
            self.complete(&roots.blocks, id, &["kind", "order"], &["text"], before, dice);
        }
        for id in asked {
            self.complete(&roots.faq, id, &["order"], &["question", "answer"], before, dice);
        }
    }

    fn complete(
        &self,
        map: &MapRef,
        id: u64,
        words: &[&'static str],
        texts: &[&str],
        before: &Values,
        dice: u64,
    ) {
        let mut txn = self.doc.transact_mut_with(REPAIR);
        let Some(entry) = Roots::entry(&txn, map, id) else { return };
        let known = [before.get(&id), self.removed.get(&id)].into_iter().flatten().flatten();
        for word in words.iter().copied() {
            if shape::word(&txn, &entry, word).is_some() {
                continue;
            }
            let before = known.clone().find(|(key, _)| *key == word);
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

fn values(txn: &impl ReadTxn, entry: &MapRef) -> Vec<(&'static str, String)> {
    let keys = ["kind", "order"].into_iter();
    keys.filter_map(|key| Some((key, shape::word(txn, entry, key)?))).collect()
}
