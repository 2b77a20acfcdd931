//! Edits by hand: what a key, a button or a paste does.

use yrs::{
    Map as _, MapPrelim, MapRef, ReadTxn, Text as _, TextPrelim, TextRef, Transact as _,
    TransactionMut,
};

use super::{Document, OWN, Roots, shape};
use crate::story::{BlockId, Kind, Mark, Place, QuestionId, Runs, order};

impl Document {
    /// Replaces `delete` units of a text from `at` on by `insert`. What reaches beyond
    /// the text, or into a character, is cut to it; in a plain place marks and line ends
    /// are left out.
    pub fn splice(&mut self, place: Place, at: u32, delete: u32, insert: &Runs) {
        let roots = self.roots.clone();
        self.edit(|txn| {
            if let Some(text) = roots.text(txn, place) {
                splice(txn, &text, at, delete, &fitting(place, insert));
            }
        });
    }

    /// Sets a mark on `length` units of a text from `at` on, or takes it away.
    pub fn mark(&mut self, place: Place, at: u32, length: u32, mark: &Mark, is_on: bool) {
        // Whoever takes a mark back does not mean the words that were typed before.
        self.rest();
        let roots = self.roots.clone();
        self.edit(|txn| {
            let Some(text) = roots.text(txn, place).filter(|_| !place.is_plain()) else { return };
            let units = units(txn, &text);
            let start = boundary(&units, at);
            let end = boundary(&units, at.saturating_add(length));
            if end > start {
                text.format(txn, start, end - start, shape::attribute(mark, is_on));
            }
        });
    }

    /// Puts a block behind another one, or first.
    pub fn insert(&mut self, after: Option<BlockId>, kind: &Kind, text: &Runs) -> BlockId {
        let id = BlockId(self.throw());
        let key = self.key_behind(after.map(|id| id.0), None, true);
        let roots = self.roots.clone();
        self.edit(|txn| put_block(txn, &roots, id, kind, &key, text));
        id
    }

    /// Puts blocks behind another one, or first, one below the other.
    pub fn insert_all(
        &mut self,
        mut after: Option<BlockId>,
        blocks: &[(Kind, Runs)],
    ) -> Vec<BlockId> {
        let mut ids = Vec::with_capacity(blocks.len());
        for (kind, text) in blocks {
            let id = self.insert(after, kind, text);
            ids.push(id);
            after = Some(id);
        }
        ids
    }

    /// Takes a block away.
    pub fn remove(&mut self, id: BlockId) {
        self.take_away(id.0, true);
    }

    /// Moves a block behind another one, or first.
    pub fn move_to(&mut self, id: BlockId, after: Option<BlockId>) {
        if after == Some(id) {
            return;
        }
        let key = self.key_behind(after.map(|id| id.0), Some(id.0), true);
        self.set(id.0, true, "order", &key);
    }

    /// Makes a block another kind of block; its text stays.
    pub fn set_kind(&mut self, id: BlockId, kind: &Kind) {
        self.set(id.0, true, "kind", &kind.to_string());
    }

    /// Cuts a block in two; what stands behind `at` goes into a new block of the same
    /// kind below it, below a heading into a paragraph.
    pub fn split(&mut self, id: BlockId, at: u32) -> Option<BlockId> {
        let block = self.block(id)?;
        let length = block.text.length();
        let at = at.min(length);
        let rest = block.text.slice(at, length);
        let kind = match block.kind {
            Kind::Quote | Kind::CallOut { .. } | Kind::Bullets | Kind::Numbers | Kind::Table => {
                block.kind
            }
            _ => Kind::Text,
        };
        // By what stands there, for `at` may have fallen into a character.
        let kept = length - rest.length();
        self.splice(Place::Block(id), kept, length - kept, &Runs::default());
        Some(self.insert(Some(id), &kind, &rest))
    }

    /// Puts the text of a block behind that of the block before it, and takes the block
    /// away. Says which that was, and where the two meet. Nothing happens where the
    /// block before has no text of its own.
    pub fn join(&mut self, id: BlockId) -> Option<(BlockId, u32)> {
        let order = self.order();
        let place = order.iter().position(|one| *one == id)?;
        let before = self.block(*order.get(place.checked_sub(1)?)?)?;
        if !before.kind.has_text() || before.kind.has_caption() {
            return None;
        }
        let text = self.block(id)?.text;
        let meet = before.text.length();
        self.splice(Place::Block(before.id), meet, 0, &text);
        self.remove(id);
        Some((before.id, meet))
    }

    /// Adds an empty question at the end.
    pub fn add_question(&mut self) -> QuestionId {
        let last = self.questions().last().copied();
        let id = QuestionId(self.throw());
        let key = self.key_behind(last.map(|id| id.0), None, false);
        let roots = self.roots.clone();
        self.edit(|txn| put_question(txn, &roots, id, &key, "", &Runs::default()));
        id
    }

    /// Takes a question away, with its answer.
    pub fn remove_question(&mut self, id: QuestionId) {
        self.take_away(id.0, false);
    }

    /// Moves a question behind another one, or first.
    pub fn move_question(&mut self, id: QuestionId, after: Option<QuestionId>) {
        if after == Some(id) {
            return;
        }
        let key = self.key_behind(after.map(|id| id.0), Some(id.0), false);
        self.set(id.0, false, "order", &key);
    }

    /// By itself, so that what comes back when it is undone is what stood there, and not
    /// what stood there before some change of the same group.
    fn take_away(&mut self, id: u64, is_block: bool) {
        self.rest();
        self.remember(id, is_block);
        let map = if is_block { self.roots.blocks.clone() } else { self.roots.faq.clone() };
        self.edit(|txn| {
            map.remove(txn, &BlockId(id).to_string());
        });
        self.rest();
    }

    /// Does something as one change of one's own.
    pub(super) fn edit<T>(&mut self, act: impl FnOnce(&mut TransactionMut<'_>) -> T) -> T {
        let mut txn = self.doc.transact_mut_with(OWN);
        act(&mut txn)
    }

    /// A key for what comes behind an entry, which may be `moving` in the same list.
    fn key_behind(&mut self, after: Option<u64>, moving: Option<u64>, are_blocks: bool) -> String {
        let dice = self.throw();
        let txn = self.doc.transact();
        let map = if are_blocks { &self.roots.blocks } else { &self.roots.faq };
        let mut keyed = Roots::keyed(&txn, map);
        keyed.retain(|(_, id)| Some(*id) != moving);
        let at = after.map(|after| keyed.iter().position(|(_, id)| *id == after));
        // Behind what is gone is the end.
        let next = at.map_or(0, |at| at.map_or(keyed.len(), |at| at + 1));
        let low = next.checked_sub(1).and_then(|at| keyed.get(at)).map(|(key, _)| key.as_str());
        let high = keyed[next..].iter().map(|(key, _)| key.as_str());
        // Of several with one key, there is only room behind the last.
        let high = high.into_iter().find(|key| low.is_none_or(|low| *key > low));
        order::between(low, high, dice)
    }

    fn set(&mut self, id: u64, is_block: bool, key: &'static str, value: &str) {
        let roots = self.roots.clone();
        self.edit(|txn| {
            let map = if is_block { &roots.blocks } else { &roots.faq };
            if let Some(entry) = Roots::entry(txn, map, id) {
                entry.try_update(txn, key, value);
            }
        });
    }
}

/// Writes a new block.
pub(super) fn put_block(
    txn: &mut TransactionMut<'_>,
    roots: &Roots,
    id: BlockId,
    kind: &Kind,
    key: &str,
    text: &Runs,
) {
    let entry = roots.blocks.insert(txn, id.to_string(), MapPrelim::default());
    entry.insert(txn, "kind", kind.to_string());
    entry.insert(txn, "order", key);
    put_text(txn, &entry, "text", text);
}

/// Writes a new question.
pub(super) fn put_question(
    txn: &mut TransactionMut<'_>,
    roots: &Roots,
    id: QuestionId,
    key: &str,
    question: &str,
    answer: &Runs,
) {
    let entry = roots.faq.insert(txn, id.to_string(), MapPrelim::default());
    entry.insert(txn, "order", key);
    put_text(txn, &entry, "question", &Runs::plain(question));
    put_text(txn, &entry, "answer", answer);
}

/// Replaces a part of a text.
pub(super) fn splice(
    txn: &mut TransactionMut<'_>,
    text: &TextRef,
    at: u32,
    delete: u32,
    insert: &Runs,
) {
    let units = units(txn, text);
    let start = boundary(&units, at);
    let end = boundary(&units, at.saturating_add(delete));
    if end > start {
        text.remove_range(txn, start, end - start);
    }
    let mut place = start;
    for run in insert.iter() {
        let marks = shape::attributes(&run.marks);
        text.insert_with_attributes(txn, place, &run.text, marks);
        place += crate::story::runs::length(&run.text);
    }
}

/// A text without what this place does not take.
pub(super) fn fitting(place: Place, text: &Runs) -> Runs {
    if !place.is_plain() {
        return text.clone();
    }
    Runs::plain(text.text().replace(['\n', '\t', '\r'], " "))
}

fn put_text(txn: &mut TransactionMut<'_>, entry: &MapRef, key: &'static str, text: &Runs) {
    let written = entry.insert(txn, key, TextPrelim::new(""));
    splice(txn, &written, 0, 0, text);
}

/// Where the characters of a text begin, and its end.
fn units(txn: &impl ReadTxn, text: &TextRef) -> Vec<u32> {
    let mut place = 0;
    let mut starts = vec![0];
    for run in shape::runs(txn, text).iter() {
        for c in run.text.chars() {
            place += c.len_utf16() as u32;
            starts.push(place);
        }
    }
    starts
}

/// The last start of a character that is not behind this unit.
fn boundary(starts: &[u32], at: u32) -> u32 {
    let behind = starts.partition_point(|start| *start <= at);
    starts.get(behind.saturating_sub(1)).copied().unwrap_or(0)
}
