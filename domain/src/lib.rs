//! What a crowdfunding platform knows without asking anyone: types, rules and
//! refusals. Nothing here reads a clock, a file or a socket, so every rule can
//! be tested by itself and runs in the browser exactly as on the server.

pub mod account;
pub mod accounting;
pub mod announcement;
pub mod campaign;
pub mod category;
pub mod country;
pub mod currency;
pub mod discovery;
pub mod email;
pub mod embed;
pub mod fee;
pub mod id;
pub mod invalid;
pub mod ledger;
pub mod live;
pub mod locale;
pub mod markup;
pub mod media;
pub mod money;
pub mod payment;
pub mod people;
pub mod pledge;
pub mod refund;
pub mod rehearsal;
pub mod reward;
pub mod slug;
pub mod story;
pub mod studio;
pub mod time;
pub mod words;

pub use country::Country;
pub use currency::Currency;
pub use invalid::{Invalid, Problem};
pub use locale::Locale;
pub use money::Money;
pub use time::Timestamp;
