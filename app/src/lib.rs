//! Pages, components and server functions, compiled twice: for the server that
//! renders them and for the browser that takes them over.

#![recursion_limit = "256"]

pub mod account;
pub mod admin;
pub mod announcement;
mod backing;
pub mod campaign;
pub mod codec;
#[cfg(feature = "ssr")]
pub mod cookie;
pub mod demo;
pub mod edit;
pub mod embed;
pub mod error;
pub mod follow;
pub mod http;
pub mod layout;
pub mod live;
pub mod locale;
pub mod people;
pub mod pledge;
pub mod refund;
pub mod rehearsal;
pub mod returns;
pub mod router;
pub mod shell;
pub mod studio;
pub mod ui;

pub use router::App;
pub use shell::shell;
