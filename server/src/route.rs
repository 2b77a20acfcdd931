//! Routes that are neither page, function nor API.

pub mod accounting;
pub mod captions;
pub mod card;
#[cfg(feature = "test-clock")]
pub mod clock;
pub mod film;
pub mod health;
pub mod language;
pub mod live;
pub mod media;
pub mod plain;
pub mod recording;
pub mod together;
pub mod upload;
pub mod webhook;
