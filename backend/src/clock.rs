//! What time it is. Operations ask this and nothing else, so that a test can
//! stand at any deadline.

// Nobody's deadline comes sooner than it was promised.
#[cfg(all(feature = "test-clock", not(debug_assertions)))]
compile_error!("`test-clock` lets the clock be moved; a release build must not have it");

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use domain::Timestamp;

/// How far the browser tests have moved the system's clock ahead, in the unit of
/// [`Timestamp`].
#[cfg(feature = "test-clock")]
static AHEAD: AtomicI64 = AtomicI64::new(0);

/// The system's clock, or one that a test sets.
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The system's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still until it is set.
    #[must_use]
    pub fn fixed(at: Timestamp) -> Self {
        Self(Some(Arc::new(AtomicI64::new(at.0))))
    }

    /// Moves a fixed clock; the system's ignores it.
    pub fn set(&self, at: Timestamp) {
        if let Some(micros) = &self.0 {
            micros.store(at.0, Ordering::SeqCst);
        }
    }

    /// Moves any clock ahead; the system's for the whole process.
    #[cfg(feature = "test-clock")]
    pub fn advance(&self, micros: i64) {
        self.0.as_deref().unwrap_or(&AHEAD).fetch_add(micros, Ordering::SeqCst);
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        if let Some(micros) = &self.0 {
            return Timestamp(micros.load(Ordering::SeqCst));
        }
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let at = Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX));
        #[cfg(feature = "test-clock")]
        let at = at.plus(AHEAD.load(Ordering::SeqCst));
        at
    }
}
