//! Campaigns under a lock, for whoever changes pledges, stock, totals or books.

mod sql;

pub use sql::{Locked, lock, set_funding};
