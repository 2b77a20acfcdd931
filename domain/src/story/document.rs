//! One page as a document that several people write at once. Each holds a copy, edits it
//! at once, and sends what changed; whoever has got the same changes, in whatever order,
//! has the same page.
//!
//! Nothing that every visitor downloads may reach this module: it brings the library
//! that merges.

mod edit;
mod repair;
mod rewrite;
mod shape;
mod stick;
mod watch;
mod wire;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
};

use yrs::{
    ClientID, Doc, Map as _, MapRef, OffsetKind, Options, Out, ReadTxn, StateVector, Text as _,
    TextRef, Transact as _, Update, merge_updates_v1,
    undo::{self, UndoManager},
    updates::{decoder::Decode as _, encoder::Encode as _},
};

use super::{Block, BlockId, Page, Place, Question, QuestionId, Runs};
use crate::id::CampaignId;

pub use shape::Fault;
pub use watch::Changed;
pub use wire::{Malformed, authors};

/// Origins of changes: undone are only one's own.
const OWN: &str = "own";
const OTHER: &str = "other";
/// Client ids are numbers that every browser can hold exactly.
const CLIENT_BITS: u64 = (1 << 53) - 1;

/// A copy of a page.
pub struct Document {
    doc: Doc,
    roots: Roots,
    dice: u64,
    /// Own changes that nobody has taken yet.
    local: Arc<Mutex<Vec<Vec<u8>>>>,
    changed: Arc<Mutex<Changed>>,
    undo: Option<UndoManager<()>>,
    /// What was taken away here: its values as they were, for whoever wants it back.
    removed: repair::Values,
}

/// What stands at the top of the document. Texts that are always there have no key that
/// two could fill at once.
#[derive(Clone)]
struct Roots {
    title: TextRef,
    subtitle: TextRef,
    risks: TextRef,
    blocks: MapRef,
    faq: MapRef,
    /// Whose page it is: written when the document is begun, and never again.
    campaign: MapRef,
}

/// Where the campaign's id stands in its root.
const ID: &str = "id";

impl Document {
    /// An empty copy. `client` tells its changes from those of every other copy, ever,
    /// and has 53 bits; `seed` is where the ids of new blocks come from. Both have to be
    /// random.
    #[must_use]
    pub fn new(client: u64, seed: u64) -> Self {
        let client = ClientID::new(client & CLIENT_BITS);
        let mut options = Options::with_guid_and_client_id("page".into(), client);
        options.offset_kind = OffsetKind::Utf16;
        let doc = Doc::with_options(options);
        let roots = Roots {
            title: doc.get_or_insert_text("title"),
            subtitle: doc.get_or_insert_text("subtitle"),
            risks: doc.get_or_insert_text("risks"),
            blocks: doc.get_or_insert_map("blocks"),
            faq: doc.get_or_insert_map("faq"),
            campaign: doc.get_or_insert_map("campaign"),
        };
        let local: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
        let own = Arc::clone(&local);
        doc.observe_update_v1("local", move |txn, event| {
            if txn.origin().is_none_or(|origin| origin.as_ref() != OTHER.as_bytes()) {
                own.lock().unwrap_or_else(PoisonError::into_inner).push(event.update.clone());
            }
        })
        .expect("nobody else holds a new document");
        let changed = watch::watch(&roots);
        Self { doc, roots, dice: seed, local, changed, undo: None, removed: repair::Values::new() }
    }

    /// An empty copy whose own changes can be undone.
    #[must_use]
    pub fn with_undo(client: u64, seed: u64) -> Self {
        let mut document = Self::new(client, seed);
        let mut undo = UndoManager::with_options(undo::Options {
            // Without a clock, everything up to `rest` is one group.
            capture_timeout_millis: u64::MAX,
            tracked_origins: [OWN.into()].into(),
            capture_transaction: None,
            timestamp: Arc::new(|| 1),
            init_undo_stack: Vec::new(),
            init_redo_stack: Vec::new(),
        });
        let Roots { title, subtitle, risks, blocks, faq, .. } = &document.roots;
        for text in [title, subtitle, risks] {
            undo.expand_scope(&document.doc, text);
        }
        for map in [blocks, faq] {
            undo.expand_scope(&document.doc, map);
        }
        document.undo = Some(undo);
        document
    }

    /// Says whose page it is. From then on a change of another campaign's document is told
    /// by that: it brings that one's name along.
    pub fn belong_to(&mut self, campaign: CampaignId) {
        let root = self.roots.campaign.clone();
        self.edit(|txn| {
            root.insert(txn, ID, campaign.to_string());
        });
    }

    /// Whose page it is, where it says so.
    #[must_use]
    pub fn campaign(&self) -> Option<CampaignId> {
        shape::word(&self.doc.transact(), &self.roots.campaign, ID)?.parse().ok()
    }

    /// Everything that stands in it.
    #[must_use]
    pub fn page(&self) -> Page {
        let txn = self.doc.transact();
        let blocks = self.roots.sorted(&txn, &self.roots.blocks).into_iter();
        let questions = self.roots.sorted(&txn, &self.roots.faq).into_iter();
        let line = |text: &TextRef| shape::runs(&txn, text).in_one_line();
        Page {
            title: line(&self.roots.title),
            subtitle: line(&self.roots.subtitle),
            risks: shape::runs(&txn, &self.roots.risks),
            story: blocks.filter_map(|id| self.roots.block(&txn, BlockId(id))).collect(),
            faq: questions.filter_map(|id| self.roots.question(&txn, QuestionId(id))).collect(),
        }
    }

    /// The text at this place, if there is such a place.
    #[must_use]
    pub fn text(&self, place: Place) -> Option<Runs> {
        let txn = self.doc.transact();
        self.roots.text(&txn, place).map(|text| shape::runs(&txn, &text))
    }

    /// The length of the text at this place, in UTF-16 units.
    #[must_use]
    pub fn length(&self, place: Place) -> u32 {
        let txn = self.doc.transact();
        self.roots.text(&txn, place).map_or(0, |text| text.len(&txn))
    }

    /// One block.
    #[must_use]
    pub fn block(&self, id: BlockId) -> Option<Block> {
        self.roots.block(&self.doc.transact(), id)
    }

    /// The blocks in their order.
    #[must_use]
    pub fn order(&self) -> Vec<BlockId> {
        let txn = self.doc.transact();
        self.roots.sorted(&txn, &self.roots.blocks).into_iter().map(BlockId).collect()
    }

    /// The questions in their order.
    #[must_use]
    pub fn questions(&self) -> Vec<QuestionId> {
        let txn = self.doc.transact();
        self.roots.sorted(&txn, &self.roots.faq).into_iter().map(QuestionId).collect()
    }

    /// Takes in what somebody else changed, and says what is different now.
    ///
    /// # Errors
    /// [`Malformed`] for what is no update, or not one that continues this document;
    /// nothing is changed then, but where [`Malformed::Broken`]: such a copy has to be
    /// thrown away.
    pub fn apply(&mut self, update: &[u8]) -> Result<Changed, Malformed> {
        let known = self.doc.transact().state_vector();
        wire::check(update, |client| known.get(&ClientID::new(client)))?;
        // The library is not written for enemies: what it does not expect is a panic.
        let decoded = catch_unwind(|| Update::decode_v1(update));
        let decoded = decoded.ok().and_then(Result::ok).ok_or(Malformed::NoUpdate)?;
        self.take_changed();
        let is_whole = catch_unwind(AssertUnwindSafe(|| {
            let mut txn = self.doc.transact_mut_with(OTHER);
            txn.apply_update(decoded).is_ok() && !txn.has_missing_updates()
        }));
        if !is_whole.unwrap_or(false) {
            return Err(Malformed::Broken);
        }
        Ok(self.take_changed())
    }

    /// Undoes one's own last group of changes; whatever others did stays.
    pub fn undo(&mut self) -> Option<Changed> {
        self.take_changed();
        let before = self.standing();
        let is_done = self.undo.as_mut().is_some_and(UndoManager::undo_blocking);
        self.repair(&before);
        is_done.then(|| self.take_changed())
    }

    /// Does again what was undone last.
    pub fn redo(&mut self) -> Option<Changed> {
        self.take_changed();
        let before = self.standing();
        let is_done = self.undo.as_mut().is_some_and(UndoManager::redo_blocking);
        self.repair(&before);
        is_done.then(|| self.take_changed())
    }

    /// Whether there is anything to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.undo.as_ref().is_some_and(UndoManager::can_undo)
    }

    /// Whether there is anything to do again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.undo.as_ref().is_some_and(UndoManager::can_redo)
    }

    /// Ends the group of changes that are undone together. Taking something away is
    /// always a group of its own.
    pub fn rest(&mut self) {
        if let Some(undo) = &mut self.undo {
            undo.reset();
        }
    }

    /// What was changed here since this was last asked, as one update for the others.
    pub fn take_local(&mut self) -> Option<Vec<u8>> {
        let mut local = self.local.lock().unwrap_or_else(PoisonError::into_inner);
        let updates = std::mem::take(&mut *local);
        drop(local);
        match updates.len() {
            0 => None,
            1 => updates.into_iter().next(),
            _ => Some(merge_updates_v1(&updates).expect("own updates can be read")),
        }
    }

    /// What this copy knows, for somebody who is to say what it lacks.
    #[must_use]
    pub fn state_vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// What somebody lacks who knows this much; nothing where that cannot be read.
    #[must_use]
    pub fn diff_since(&self, state_vector: &[u8]) -> Option<Vec<u8>> {
        if !wire::is_state_vector(state_vector) {
            return None;
        }
        let known = StateVector::decode_v1(state_vector).ok()?;
        Some(self.doc.transact().encode_diff_v1(&known))
    }

    /// The whole document as one update.
    #[must_use]
    pub fn whole(&self) -> Vec<u8> {
        self.doc.transact().encode_diff_v1(&StateVector::default())
    }

    /// A number that nobody has thrown before (SplitMix64 of the seed).
    fn throw(&mut self) -> u64 {
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.dice;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    }

    fn take_changed(&self) -> Changed {
        std::mem::take(&mut self.changed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Roots {
    fn text(&self, txn: &impl ReadTxn, place: Place) -> Option<TextRef> {
        let (map, id, key) = match place {
            Place::Title => return Some(self.title.clone()),
            Place::Subtitle => return Some(self.subtitle.clone()),
            Place::Risks => return Some(self.risks.clone()),
            Place::Block(id) => (&self.blocks, id.to_string(), "text"),
            Place::Question(id) => (&self.faq, id.to_string(), "question"),
            Place::Answer(id) => (&self.faq, id.to_string(), "answer"),
        };
        let Some(Out::YMap(entry)) = map.get(txn, &id) else { return None };
        match entry.get(txn, key) {
            Some(Out::YText(text)) => Some(text),
            _ => None,
        }
    }

    fn entry(txn: &impl ReadTxn, map: &MapRef, id: u64) -> Option<MapRef> {
        match map.get(txn, &BlockId(id).to_string()) {
            Some(Out::YMap(entry)) => Some(entry),
            _ => None,
        }
    }

    fn entries(txn: &impl ReadTxn, map: &MapRef) -> Vec<(u64, MapRef)> {
        let entries = map.iter(txn).filter_map(|(id, value)| match value {
            Out::YMap(entry) => Some((id.parse::<BlockId>().ok()?.0, entry)),
            _ => None,
        });
        entries.collect()
    }

    fn block(&self, txn: &impl ReadTxn, id: BlockId) -> Option<Block> {
        let entry = Self::entry(txn, &self.blocks, id.0)?;
        let kind = shape::word(txn, &entry, "kind")?.parse().ok()?;
        let text = self.text(txn, Place::Block(id))?;
        Some(Block { id, kind, text: shape::runs(txn, &text) })
    }

    fn question(&self, txn: &impl ReadTxn, id: QuestionId) -> Option<Question> {
        let question = self.text(txn, Place::Question(id))?;
        let answer = self.text(txn, Place::Answer(id))?;
        Some(Question {
            id,
            question: shape::runs(txn, &question).in_one_line(),
            answer: shape::runs(txn, &answer),
        })
    }

    /// The ids of a list by their keys; by themselves where keys are equal.
    fn keyed(txn: &impl ReadTxn, map: &MapRef) -> Vec<(String, u64)> {
        let mut keyed: Vec<(String, u64)> = map
            .iter(txn)
            .filter_map(|(id, value)| {
                let Out::YMap(entry) = value else { return None };
                Some((shape::word(txn, &entry, "order")?, id.parse::<BlockId>().ok()?.0))
            })
            .collect();
        keyed.sort_unstable();
        keyed
    }

    fn sorted(&self, txn: &impl ReadTxn, map: &MapRef) -> Vec<u64> {
        Self::keyed(txn, map).into_iter().map(|(_, id)| id).collect()
    }
}

#[cfg(test)]
mod tests;
