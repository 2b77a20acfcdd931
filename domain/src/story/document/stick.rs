//! Places that stay where they are while others write before them: a caret sticks to
//! the character on its left.

use yrs::{
    Assoc, IndexedSequence as _, StickyIndex, Transact as _,
    updates::{decoder::Decode as _, encoder::Encode as _},
};

use super::Document;
use crate::story::{BlockId, Place, QuestionId};

impl Document {
    /// A place in a text that moves with what stands left of it. Nothing where there is
    /// no such place.
    #[must_use]
    pub fn stick(&self, place: Place, at: u32) -> Option<Vec<u8>> {
        let txn = self.doc.transact();
        let text = self.roots.text(&txn, place)?;
        let sticky = text.sticky_index(&txn, at, Assoc::Before)?;
        let (tag, id) = match place {
            Place::Title => (0, 0),
            Place::Subtitle => (1, 0),
            Place::Risks => (2, 0),
            Place::Block(id) => (3, id.0),
            Place::Question(id) => (4, id.0),
            Place::Answer(id) => (5, id.0),
        };
        let mut bytes = vec![tag];
        bytes.extend(id.to_be_bytes());
        bytes.extend(sticky.encode_v1());
        Some(bytes)
    }

    /// Where such a place is now, in UTF-16 units. Nothing where its text is gone, or is
    /// not known here yet.
    #[must_use]
    pub fn unstick(&self, bytes: &[u8]) -> Option<(Place, u32)> {
        let (tag, rest) = bytes.split_first()?;
        let (id, sticky) = rest.split_first_chunk::<8>()?;
        let id = u64::from_be_bytes(*id);
        let place = match tag {
            0 => Place::Title,
            1 => Place::Subtitle,
            2 => Place::Risks,
            3 => Place::Block(BlockId(id)),
            4 => Place::Question(QuestionId(id)),
            5 => Place::Answer(QuestionId(id)),
            _ => return None,
        };
        let txn = self.doc.transact();
        let text = self.roots.text(&txn, place)?;
        let offset = StickyIndex::decode_v1(sticky).ok()?.get_offset(&txn)?;
        let branch: &yrs::branch::Branch = text.as_ref();
        (offset.branch.id() == branch.id()).then_some((place, offset.index))
    }
}
