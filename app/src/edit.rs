//! The page as its own editor.

pub mod act;
