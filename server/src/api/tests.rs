//! The API over HTTP, on both databases.

mod description;
mod pledges;
mod reading;
mod refusals;
mod support;
