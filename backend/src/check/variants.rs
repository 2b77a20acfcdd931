//! Does the stock of variants agree with what pledges hold?

pub mod sql;
