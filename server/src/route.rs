//! Routes that are neither page, function nor API.

pub mod health;
pub mod language;
pub mod live;
pub mod media;
pub mod plain;
