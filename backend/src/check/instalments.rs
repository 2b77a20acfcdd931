//! Do instalments agree with what was promised and charged?

pub mod sql;
