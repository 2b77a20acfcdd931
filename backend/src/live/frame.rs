//! What goes over the wire: encoded once, however many look.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use domain::{Locale, Timestamp, embed::Figures, live::FundingEvent};

/// One encoded server-sent event.
#[derive(Clone, Debug)]
pub struct Frame {
    /// When the figures were committed; also the event's `id`.
    pub at: Timestamp,
    /// The event as it goes over the wire.
    pub bytes: Bytes,
    worded: Arc<Worded>,
}

/// The same event for cards on other pages.
#[derive(Debug)]
struct Worded {
    event: FundingEvent,
    /// By language, in the order of [`Locale::ALL`]; written when the first card asks.
    bytes: [OnceLock<Bytes>; Locale::ALL.len()],
}

impl Frame {
    pub(super) fn new(event: &FundingEvent, at: Timestamp, bytes: Bytes) -> Self {
        let worded = Worded { event: event.clone(), bytes: Default::default() };
        Self { at, bytes, worded: Arc::new(worded) }
    }

    /// The event for cards of this language, which show words and do no sums.
    #[must_use]
    pub fn in_words(&self, locale: Locale) -> Bytes {
        let write = || {
            let figures = Figures::of(&self.worded.event, self.at);
            let data =
                figures.map_or_else(|| "{}".to_owned(), |figures| figures.properties(locale));
            Bytes::from(format!("event: funding\nid: {}\ndata: {data}\n\n", self.at.0))
        };
        self.worded.bytes[locale as usize].get_or_init(write).clone()
    }
}
