//! Making a document like a page: a story that came as Markdown, a version of before.
//! What is the same stays where it is, so that colleagues' carets do.

use std::collections::{BTreeMap, BTreeSet};

use yrs::{Map as _, TextRef, TransactionMut};

use super::{
    Document, Roots,
    edit::{fitting, put_block, put_question, splice},
    shape,
};
use crate::story::{Block, BlockId, Kind, Marks, Page, Part, Place, Runs, order};

impl Document {
    /// Edits that make it like this page; blocks and questions are known by their ids.
    pub fn rewrite(&mut self, page: &Page) {
        self.rewrite_parts(page, &Part::ALL);
    }

    /// The same for these parts alone: whatever somebody types in the others stays.
    pub fn rewrite_parts(&mut self, page: &Page, parts: &[Part]) {
        let blocks: Vec<u64> = page.story.iter().map(|block| block.id.0).collect();
        let questions: Vec<u64> = page.faq.iter().map(|question| question.id.0).collect();
        let block_keys = self.keys_for(&blocks, true);
        let question_keys = self.keys_for(&questions, false);
        let roots = self.roots.clone();
        self.edit(|txn| {
            let takes = |part: Part| parts.contains(&part);
            if takes(Part::Title) {
                rewrite_text(txn, &roots, Place::Title, &Runs::plain(&page.title));
            }
            if takes(Part::Subtitle) {
                rewrite_text(txn, &roots, Place::Subtitle, &Runs::plain(&page.subtitle));
            }
            if takes(Part::Risks) {
                rewrite_text(txn, &roots, Place::Risks, &page.risks);
            }
            let story = if takes(Part::Story) { page.story.as_slice() } else { &[] };
            let faq = if takes(Part::Faq) { page.faq.as_slice() } else { &[] };
            if takes(Part::Story) {
                remove_others(txn, &roots.blocks, &blocks);
            }
            if takes(Part::Faq) {
                remove_others(txn, &roots.faq, &questions);
            }
            for (block, key) in story.iter().zip(&block_keys) {
                if let Some(entry) = Roots::entry(txn, &roots.blocks, block.id.0) {
                    entry.try_update(txn, "kind", block.kind.to_string());
                    entry.try_update(txn, "order", key.as_str());
                    rewrite_text(txn, &roots, Place::Block(block.id), &block.text);
                } else {
                    put_block(txn, &roots, block.id, &block.kind, key, &block.text);
                }
            }
            for (question, key) in faq.iter().zip(&question_keys) {
                if let Some(entry) = Roots::entry(txn, &roots.faq, question.id.0) {
                    entry.try_update(txn, "order", key.as_str());
                    let asked = Runs::plain(&question.question);
                    rewrite_text(txn, &roots, Place::Question(question.id), &asked);
                    rewrite_text(txn, &roots, Place::Answer(question.id), &question.answer);
                } else {
                    let (asked, answer) = (&question.question, &question.answer);
                    put_question(txn, &roots, question.id, key, asked, answer);
                }
            }
        });
    }

    /// These as blocks: each that stands here already, or has become something else,
    /// keeps its id.
    pub fn recognised(&mut self, story: Vec<(Kind, Runs)>) -> Vec<Block> {
        let old = self.page().story;
        let mut ids: Vec<Option<BlockId>> = vec![None; story.len()];
        let same = common(&old, &story);
        for (was, is) in &same {
            ids[*is] = Some(old[*was].id);
        }
        // What stands between the same two as before is the same block with other words.
        let ends = [(old.len(), story.len())];
        let (mut was, mut is) = (0, 0);
        for (next_was, next_is) in same.into_iter().chain(ends) {
            let mut left = was..next_was;
            for is in is..next_is {
                let mut rest = left.clone();
                if let Some(was) = rest.find(|was| old[*was].kind == story[is].0) {
                    ids[is] = Some(old[was].id);
                    left = rest;
                }
            }
            (was, is) = (next_was + 1, next_is + 1);
        }
        let blocks = story.into_iter().zip(ids);
        let mut fresh = || BlockId(self.throw());
        blocks
            .map(|((kind, text), id)| Block { id: id.unwrap_or_else(&mut fresh), kind, text })
            .collect()
    }

    /// Keys that put entries into this order, with as few other keys as can be.
    fn keys_for(&mut self, ids: &[u64], are_blocks: bool) -> Vec<String> {
        let txn = yrs::Transact::transact(&self.doc);
        let map = if are_blocks { &self.roots.blocks } else { &self.roots.faq };
        let keyed = Roots::keyed(&txn, map);
        drop(txn);
        let known: BTreeMap<u64, String> = keyed.into_iter().map(|(key, id)| (id, key)).collect();
        let mut keys: Vec<Option<String>> = ids.iter().map(|id| known.get(id).cloned()).collect();
        let kept = rising(&keys);
        for (place, key) in keys.iter_mut().enumerate() {
            if !kept.contains(&place) {
                *key = None;
            }
        }
        let mut chosen: Vec<String> = Vec::with_capacity(keys.len());
        for place in 0..keys.len() {
            if let Some(key) = keys[place].take() {
                chosen.push(key);
                continue;
            }
            let dice = self.throw();
            let low = chosen.last().map(String::as_str);
            let high = keys[place..].iter().find_map(|key| key.as_deref());
            let key = order::between(low, high, dice);
            chosen.push(key);
        }
        chosen
    }
}

/// Changes only what is different between the same beginning and the same end.
fn rewrite_text(txn: &mut TransactionMut<'_>, roots: &Roots, place: Place, wanted: &Runs) {
    let Some(text) = roots.text(txn, place) else { return };
    let wanted = fitting(place, wanted);
    replace(txn, &text, &shape::runs(txn, &text), &wanted);
}

fn replace(txn: &mut TransactionMut<'_>, text: &TextRef, now: &Runs, wanted: &Runs) {
    let (now, wanted) = (letters(now), letters(wanted));
    let start = now.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
    let rest = now.len().min(wanted.len()) - start;
    let end = now.iter().rev().zip(wanted.iter().rev()).take(rest);
    let end = end.take_while(|(a, b)| a == b).count();
    let units = |letters: &[(char, &Marks)]| -> u32 {
        letters.iter().map(|(c, _)| c.len_utf16() as u32).sum()
    };
    let gone = &now[start..now.len() - end];
    let new = &wanted[start..wanted.len() - end];
    if gone.is_empty() && new.is_empty() {
        return;
    }
    let mut insert = Runs::default();
    for (c, marks) in new {
        insert.push(*c, (*marks).clone());
    }
    splice(txn, text, units(&now[..start]), units(gone), &insert);
}

fn letters(runs: &Runs) -> Vec<(char, &Marks)> {
    runs.iter().flat_map(|run| run.text.chars().map(|c| (c, &run.marks))).collect()
}

fn remove_others(txn: &mut TransactionMut<'_>, map: &yrs::MapRef, kept: &[u64]) {
    let kept: BTreeSet<String> = kept.iter().map(|id| BlockId(*id).to_string()).collect();
    let gone: Vec<String> = map.keys(txn).map(ToString::to_string).collect();
    for key in gone.into_iter().filter(|key| !kept.contains(key)) {
        map.remove(txn, &key);
    }
}

/// Which of these stand in rising order already: the most there can be.
fn rising(keys: &[Option<String>]) -> BTreeSet<usize> {
    // By length of the row: the place of its last and smallest key.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; keys.len()];
    for (place, key) in keys.iter().enumerate() {
        let Some(key) = key.as_deref() else { continue };
        let length = ends.partition_point(|end| keys[*end].as_deref() < Some(key));
        before[place] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(place);
        } else {
            ends[length] = place;
        }
    }
    let mut kept = BTreeSet::new();
    let mut place = ends.last().copied();
    while let Some(one) = place {
        kept.insert(one);
        place = before[one];
    }
    kept
}

/// The longest row of blocks that both have, as pairs of places.
fn common(old: &[Block], new: &[(Kind, Runs)]) -> Vec<(usize, usize)> {
    let is_same = |was: usize, is: usize| old[was].kind == new[is].0 && old[was].text == new[is].1;
    let width = new.len() + 1;
    let mut longest = vec![0_u16; (old.len() + 1) * width];
    for was in (0..old.len()).rev() {
        for is in (0..new.len()).rev() {
            longest[was * width + is] = if is_same(was, is) {
                longest[(was + 1) * width + is + 1] + 1
            } else {
                longest[(was + 1) * width + is].max(longest[was * width + is + 1])
            };
        }
    }
    let (mut was, mut is, mut pairs) = (0, 0, Vec::new());
    while was < old.len() && is < new.len() {
        if is_same(was, is) {
            pairs.push((was, is));
            (was, is) = (was + 1, is + 1);
        } else if longest[(was + 1) * width + is] >= longest[was * width + is + 1] {
            was += 1;
        } else {
            is += 1;
        }
    }
    pairs
}
