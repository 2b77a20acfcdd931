//! Money that went back, by its own rows, by the counters and by the books.

pub mod sql;
