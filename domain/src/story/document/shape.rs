//! What stands in a document, and whether that is a page: an update may hold anything.

use yrs::{
    Any, Map as _, MapRef, Out, ReadTxn, Text as _, TextRef, Transact as _, types::Attrs,
    types::text::YChange,
};

use super::{Changed, Document, Roots};
use crate::{
    Locale,
    story::{
        BlockId, Kind, LONGEST_PAGE, Link, MOST_BLOCKS, MOST_QUESTIONS, Mark, Marks, Place,
        QuestionId, Runs, order,
    },
    words::story as w,
};

/// Why a change is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It holds what no page holds.
    Strange,
    /// It belongs to another campaign's document.
    Foreign,
    TooManyBlocks,
    TooManyQuestions,
    /// One text is too long.
    TextTooLong,
    /// All texts together are too long.
    PageTooLong,
}

impl Fault {
    /// The reason in a sentence.
    #[must_use]
    pub fn say(self, locale: Locale) -> String {
        match self {
            Self::Strange => w::refused_strange(locale).to_owned(),
            Self::Foreign => w::refused_foreign(locale).to_owned(),
            Self::TooManyBlocks => w::refused_blocks(locale, &MOST_BLOCKS),
            Self::TooManyQuestions => w::refused_questions(locale, &MOST_QUESTIONS),
            Self::TextTooLong => w::refused_text(locale).to_owned(),
            Self::PageTooLong => w::refused_page(locale).to_owned(),
        }
    }
}

impl Document {
    /// Whether the page is still one after this change.
    ///
    /// # Errors
    /// [`Fault`] when it is too long, or holds what no page holds.
    pub fn check(&self, changed: &Changed) -> Result<(), Fault> {
        let txn = self.doc.transact();
        let roots = &self.roots;
        if let Some(fault) = changed.fault {
            return Err(fault);
        }
        if roots.blocks.len(&txn) as usize > MOST_BLOCKS {
            return Err(Fault::TooManyBlocks);
        }
        if roots.faq.len(&txn) as usize > MOST_QUESTIONS {
            return Err(Fault::TooManyQuestions);
        }
        for id in &changed.blocks {
            roots.check_entry(&txn, &roots.blocks, id.0, &["kind", "order", "text"])?;
        }
        for id in &changed.asked {
            roots.check_entry(&txn, &roots.faq, id.0, &["answer", "order", "question"])?;
        }
        for place in &changed.places {
            if let Some(text) = roots.text(&txn, *place) {
                if text.len(&txn) > place.longest() {
                    return Err(Fault::TextTooLong);
                }
                check_text(&txn, &text)?;
            } else if roots.is_entry(&txn, *place) {
                return Err(Fault::Strange);
            }
        }
        if changed.order || changed.questions {
            for map in [&roots.blocks, &roots.faq] {
                // An entry without a key would count but never be read.
                let keyed = Roots::keyed(&txn, map);
                let are_keys = keyed.iter().all(|(key, _)| order::is_key(key));
                if !are_keys || keyed.len() != map.len(&txn) as usize {
                    return Err(Fault::Strange);
                }
            }
        }
        if roots.length(&txn) > LONGEST_PAGE { Err(Fault::PageTooLong) } else { Ok(()) }
    }
}

impl Roots {
    fn check_entry(
        &self,
        txn: &impl ReadTxn,
        map: &MapRef,
        id: u64,
        keys: &[&str],
    ) -> Result<(), Fault> {
        let Some(value) = map.get(txn, &BlockId(id).to_string()) else { return Ok(()) };
        let Out::YMap(entry) = value else { return Err(Fault::Strange) };
        let mut found: Vec<String> = entry.keys(txn).map(ToString::to_string).collect();
        found.sort_unstable();
        let is_entry = found == keys
            && word(txn, &entry, "order").is_some_and(|key| order::is_key(&key))
            && (!keys.contains(&"kind")
                || word(txn, &entry, "kind").is_some_and(|kind| kind.parse::<Kind>().is_ok()));
        if is_entry { Ok(()) } else { Err(Fault::Strange) }
    }

    /// Whether something stands where this place would be.
    fn is_entry(&self, txn: &impl ReadTxn, place: Place) -> bool {
        match place {
            Place::Block(BlockId(id)) => Self::entry(txn, &self.blocks, id).is_some(),
            Place::Question(QuestionId(id)) | Place::Answer(QuestionId(id)) => {
                Self::entry(txn, &self.faq, id).is_some()
            }
            Place::Title | Place::Subtitle | Place::Risks => true,
        }
    }

    /// The length of everything, in UTF-16 units.
    fn length(&self, txn: &impl ReadTxn) -> u32 {
        let top = [&self.title, &self.subtitle, &self.risks].map(|text| text.len(txn));
        let lists = [&self.blocks, &self.faq].map(|map| {
            let texts = map.iter(txn).filter_map(|(_, value)| match value {
                Out::YMap(entry) => Some(entry),
                _ => None,
            });
            texts.map(|entry| entry_length(txn, &entry)).fold(0, u32::saturating_add)
        });
        top.into_iter().chain(lists).fold(0, u32::saturating_add)
    }
}

fn entry_length(txn: &impl ReadTxn, entry: &MapRef) -> u32 {
    let texts =
        ["text", "question", "answer"].into_iter().filter_map(|key| match entry.get(txn, key) {
            Some(Out::YText(text)) => Some(text.len(txn)),
            _ => None,
        });
    texts.fold(0, u32::saturating_add)
}

/// A value that is a text.
pub(super) fn word(txn: &impl ReadTxn, entry: &MapRef, key: &str) -> Option<String> {
    match entry.get(txn, key) {
        Some(Out::Any(Any::String(text))) => Some(text.to_string()),
        _ => None,
    }
}

/// A text as it is shown: marks that are none are left out.
pub(super) fn runs(txn: &impl ReadTxn, text: &TextRef) -> Runs {
    let mut runs = Runs::default();
    for piece in text.diff(txn, YChange::identity) {
        if let Out::Any(Any::String(part)) = piece.insert {
            let marks = piece.attributes.map_or_else(Marks::default, |found| marks(&found));
            runs.push(part.to_string(), marks);
        }
    }
    runs
}

fn check_text(txn: &impl ReadTxn, text: &TextRef) -> Result<(), Fault> {
    for piece in text.diff(txn, YChange::identity) {
        let is_text = matches!(piece.insert, Out::Any(Any::String(_)));
        let is_marked = piece.attributes.is_none_or(|found| {
            found.iter().all(|(key, value)| match (key.as_ref(), value) {
                (_, Any::Null) | ("bold" | "italic" | "code", Any::Bool(true)) => true,
                ("link", Any::String(link)) => Link::parse(link).is_some(),
                _ => false,
            })
        });
        if !is_text || !is_marked {
            return Err(Fault::Strange);
        }
    }
    Ok(())
}

fn marks(found: &Attrs) -> Marks {
    let is_on = |key: &str| found.get(key) == Some(&Any::Bool(true));
    let link = match found.get("link") {
        Some(Any::String(link)) => Link::parse(link),
        _ => None,
    };
    Marks { bold: is_on("bold"), italic: is_on("italic"), code: is_on("code"), link }
}

/// All marks of a text that is put in: those it does not have are taken away, so that it
/// never takes on what stands beside it.
pub(super) fn attributes(marks: &Marks) -> Attrs {
    let mut attributes = Attrs::new();
    for (key, is_on) in [("bold", marks.bold), ("italic", marks.italic), ("code", marks.code)] {
        if is_on {
            attributes.insert(key.into(), Any::Bool(true));
        }
    }
    if let Some(link) = &marks.link {
        attributes.insert("link".into(), Any::from(link.as_str()));
    }
    attributes
}

/// One mark as it is set or taken away.
pub(super) fn attribute(mark: &Mark, is_on: bool) -> Attrs {
    let (key, value) = match mark {
        Mark::Bold => ("bold", Any::Bool(true)),
        Mark::Italic => ("italic", Any::Bool(true)),
        Mark::Code => ("code", Any::Bool(true)),
        Mark::Link(link) => ("link", Any::from(link.as_str())),
    };
    Attrs::from([(key.into(), if is_on { value } else { Any::Null })])
}
