//! Whether the whole site is a demonstration. Like the language, it is decided
//! once per page load and stands in the document itself: nothing waits for it,
//! and nothing moves when it is known.

use leptos::prelude::*;

/// The mark on the document's root.
pub const MARK: &str = "data-demo";

#[derive(Clone, Copy)]
struct Demo(bool);

/// Puts the answer in reach of every component.
pub fn provide_demo() {
    #[cfg(feature = "ssr")]
    let is_demo = of_request();
    #[cfg(not(feature = "ssr"))]
    let is_demo = document().document_element().is_some_and(|html| html.has_attribute(MARK));
    provide_context(Demo(is_demo));
}

/// Whether this site is one.
#[must_use]
pub fn is_demo() -> bool {
    use_context::<Demo>().is_some_and(|demo| demo.0)
}

/// What the server was started as.
#[cfg(feature = "ssr")]
#[must_use]
pub fn of_request() -> bool {
    use_context::<crate::http::Ctx>().is_some_and(|ctx| ctx.backend.options.is_demo)
}
