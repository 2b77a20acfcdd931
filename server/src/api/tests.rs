//! The API over HTTP, on both databases.

mod description;
mod instalments;
mod pledges;
mod reading;
mod refusals;
mod support;
