//! What only operators see.

mod reviews;

pub use reviews::Reviews;
