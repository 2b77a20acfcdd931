//! The building blocks of every page. They know words and money but no page.
//!
//! Buttons and links are plain elements with `class="button"` and
//! `data-kind="primary|quiet|danger"`, `data-size="large"`; a row of them is
//! `class="buttons"`. A page of one reading column is
//! `<div class="page" data-width="narrow">`, its first child
//! `<header class="page-head"><h1 tabindex="-1">…</h1><p>…</p></header>`, its parts
//! `<section class="section"><h2>…</h2>…</section>`. A form's fields sit in
//! `class="fields"`, short ones side by side in `class="field-row"`. Choices are
//! `<label class="choice"><input type="radio"><span>words</span>
//! <span class="choice-price">€5</span></label>` in a `<fieldset class="choices">`
//! (or a lone `<label class="check">`). A total line by line is
//! `<dl class="lines">` of `<div><dt>…</dt><dd>…</dd></div>`, the last
//! `data-kind="total"`. A list of things with facts is `<ul class="rows">`.
//!
//! A page reads one resource and shows it with [`load`]. Closures in a `view!`
//! return `String`, `Option<&'static str>` or `AnyView` (`.into_any()`) and
//! nothing else: each further type is some kilobytes of wasm.

mod bar;
mod counting;
mod empty;
mod field;
mod icon;
mod load;
mod notice;
mod pager;
mod picture;
mod refusal;
mod select;
mod stones;
mod submit;
mod turn;
mod ways_in;
pub mod when;

pub use bar::Bar;
pub use counting::counting;
pub use empty::Empty;
pub use field::{Field, FieldProblem, described_by, problem};
pub use icon::{Icon, IconName};
pub use load::{is_pending, load, once_read, provide_pending, reading};
pub use notice::{Notice, Tone};
pub use pager::Pager;
pub use picture::picture;
pub use refusal::{RefusalNotice, invalid, refused};
pub use select::Select;
pub use stones::Stones;
pub use submit::Submit;
pub use turn::in_turn;
pub use ways_in::ways_in;
pub use when::{When, WhenStyle};
