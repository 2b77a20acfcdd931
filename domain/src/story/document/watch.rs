//! Seeing what a change was about, so that only that is drawn, checked or locked.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use yrs::{
    DeepObservable as _, MapRef, Observable as _, TransactionMut,
    types::{Event, PathSegment},
};

use super::{Fault, Roots};
use crate::story::{BlockId, Part, Place, QuestionId};

/// What a change was about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Places whose text is another.
    pub places: BTreeSet<Place>,
    /// Blocks that are new, gone, or of another kind.
    pub blocks: BTreeSet<BlockId>,
    /// Whether blocks stand in another order, or others than before.
    pub order: bool,
    /// Whether questions stand in another order, or others than before.
    pub questions: bool,
    /// Entries of the list of questions that are new or gone.
    pub(super) asked: BTreeSet<QuestionId>,
    /// Why it cannot be a change of this page.
    pub(super) fault: Option<Fault>,
}

impl Changed {
    /// Whether it was about nothing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The parts of the page that it was about.
    #[must_use]
    pub fn parts(&self) -> BTreeSet<Part> {
        let mut parts: BTreeSet<Part> = self.places.iter().map(|place| place.part()).collect();
        if self.order || !self.blocks.is_empty() {
            parts.insert(Part::Story);
        }
        if self.questions {
            parts.insert(Part::Faq);
        }
        parts
    }
}

/// Notes what each transaction is about, until somebody takes the note away.
pub(super) fn watch(roots: &Roots) -> Arc<Mutex<Changed>> {
    let changed: Arc<Mutex<Changed>> = Arc::default();
    let texts = [
        (&roots.title, Place::Title),
        (&roots.subtitle, Place::Subtitle),
        (&roots.risks, Place::Risks),
    ];
    for (text, place) in texts {
        let changed = Arc::clone(&changed);
        text.observe("watch", move |_, _| {
            lock(&changed).places.insert(place);
        });
    }
    let foreign = Arc::clone(&changed);
    roots.campaign.observe("watch", move |_, _| lock(&foreign).fault = Some(Fault::Foreign));
    list(&roots.blocks, &changed, |changed, id, key| match key {
        None => {
            changed.order = true;
            changed.blocks.insert(BlockId(id));
            changed.places.insert(Place::Block(BlockId(id)));
        }
        Some("text") => {
            changed.places.insert(Place::Block(BlockId(id)));
        }
        Some("order") => changed.order = true,
        Some("kind") => {
            changed.blocks.insert(BlockId(id));
        }
        Some(_) => changed.fault = Some(Fault::Strange),
    });
    list(&roots.faq, &changed, |changed, id, key| {
        let id = QuestionId(id);
        match key {
            None => {
                changed.questions = true;
                changed.asked.insert(id);
                changed.places.extend([Place::Question(id), Place::Answer(id)]);
            }
            Some("question") => {
                changed.places.insert(Place::Question(id));
            }
            Some("answer") => {
                changed.places.insert(Place::Answer(id));
            }
            Some("order") => changed.questions = true,
            Some(_) => changed.fault = Some(Fault::Strange),
        }
    });
    changed
}

/// Notes the entries of a list, or what of them, that changed.
fn list(
    map: &MapRef,
    changed: &Arc<Mutex<Changed>>,
    note: impl Fn(&mut Changed, u64, Option<&str>) + Send + Sync + 'static,
) {
    let changed = Arc::clone(changed);
    map.observe_deep("watch", move |txn, events| {
        let mut changed = lock(&changed);
        for event in events.iter() {
            one(&mut changed, txn, event, &note);
        }
    });
}

fn one(
    changed: &mut Changed,
    txn: &TransactionMut<'_>,
    event: &Event,
    note: &impl Fn(&mut Changed, u64, Option<&str>),
) {
    let path: Vec<PathSegment> = event.path().into_iter().collect();
    // Either list has ids that are written alike.
    let id = |text: &str| text.parse::<BlockId>().ok().map(|id| id.0);
    match (event, path.as_slice()) {
        (Event::Map(event), []) => {
            for key in event.keys(txn).keys() {
                match id(key) {
                    Some(id) => note(changed, id, None),
                    None => changed.fault = Some(Fault::Strange),
                }
            }
        }
        (Event::Map(event), [PathSegment::Key(entry)]) => {
            for key in event.keys(txn).keys() {
                match id(entry) {
                    Some(id) => note(changed, id, Some(key)),
                    None => changed.fault = Some(Fault::Strange),
                }
            }
        }
        (Event::Text(_), [PathSegment::Key(entry), PathSegment::Key(key)]) => match id(entry) {
            Some(id) => note(changed, id, Some(key)),
            None => changed.fault = Some(Fault::Strange),
        },
        _ => changed.fault = Some(Fault::Strange),
    }
}

fn lock(changed: &Mutex<Changed>) -> MutexGuard<'_, Changed> {
    changed.lock().unwrap_or_else(PoisonError::into_inner)
}
