//! The HTTP surface as a whole: what every page, form and stream promises to
//! whoever asks, also to those who ask badly.

mod access;
mod forms;
mod guard;
mod hostile;
mod html;
mod live;
mod pages;
mod rush;
mod session;
mod site;
#[path = "../../backend/tests/stage/stage.rs"]
mod stage;
