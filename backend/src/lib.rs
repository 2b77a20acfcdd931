//! Everything server-side that is not HTTP: operations, SQL, payments, mail.
//!
//! An operation takes a [`Backend`] (or a transaction of it) first, decides by
//! the rules of `domain`, and writes through the `sql.rs` of its own module.

#[macro_use]
mod db;

pub mod account;
pub mod accounting;
pub mod announcement;
pub mod artwork;
pub mod campaign;
pub mod chargeback;
pub mod check;
pub mod clock;
pub mod collection;
pub mod context;
pub mod demo;
pub mod embed;
pub mod error;
pub(crate) mod instalment;
pub(crate) mod ledger;
pub mod limit;
pub mod live;
pub mod mail;
pub mod media;
pub(crate) mod pace;
pub mod payment;
pub mod people;
pub mod pledge;
pub mod refund;
pub mod rehearsal;
pub mod returns;
pub mod reward;
pub mod schedule;
pub mod secret;
pub mod story;
pub mod studio;
pub mod surplus;
pub mod sweep;
mod worker;

pub use clock::Clock;
pub use context::{Backend, Options};
pub use db::{Conn, Db, Tx};
pub use error::Error;
