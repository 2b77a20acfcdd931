//! The HTTP surface as a whole: what every page, form and stream promises to
//! whoever asks, also to those who ask badly.

mod access;
mod backstage;
mod books;
mod card;
mod changes;
mod clock;
mod embed;
mod embedded;
mod embedding;
mod film;
mod forms;
mod guard;
#[path = "../../backend/tests/stage/held.rs"]
mod held;
#[path = "../../backend/tests/stage/hooks.rs"]
mod hooks;
mod hostile;
mod html;
mod instalments;
mod letter;
mod limits;
mod live;
mod making;
mod meanwhile;
mod pages;
mod pictures;
mod queue;
mod recordings;
#[path = "../../backend/tests/stage/refunds.rs"]
mod refunds;
mod rehearsal;
mod returns;
mod rights;
mod rush;
mod session;
mod site;
#[path = "../../backend/tests/stage/stage.rs"]
mod stage;
mod standstill;
mod studio;
mod together;
mod unreadable;
mod update;
