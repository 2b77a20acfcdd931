//! The studio: a campaign from its first word to its launch.

pub mod act;
