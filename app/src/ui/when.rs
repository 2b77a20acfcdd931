//! Instants on the page. The server writes them in UTC; once the page is alive
//! they turn to the reader's own clock, and what is relative moves on.

use domain::{
    Locale, Timestamp,
    time::{DAY, HOUR, MINUTE},
    words::time as w,
};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::locale::locale;

/// How an instant is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WhenStyle {
    /// Date and clock time.
    #[default]
    Long,
    /// The date alone.
    Date,
    /// `2 minutes ago`; needs `now`.
    Ago,
    /// `11 days`; needs `now`.
    Left,
}

/// A `<time>`, with the exact instant in its title.
#[component]
pub fn When(
    /// The instant.
    at: Timestamp,
    /// When the server read the page; relative styles count from it.
    #[prop(optional)]
    now: Option<Timestamp>,
    /// How it is written.
    #[prop(optional)]
    style: WhenStyle,
) -> impl IntoView {
    let locale = locale();
    let words: Signal<String> = match (style, now) {
        (WhenStyle::Date, _) => at.date(locale).into(),
        (WhenStyle::Ago, Some(now)) => {
            let now = passing(now);
            Signal::derive(move || at.ago(now.get(), locale))
        }
        (WhenStyle::Left, Some(now)) => {
            let now = passing(now);
            Signal::derive(move || at.left(now.get(), locale))
        }
        _ => local(at, locale),
    };
    view! {
        <time datetime=at.rfc3339() title=at.long(locale)>
            {words}
        </time>
    }
}

/// Date and clock time: in UTC from the server, then by the reader's own clock.
#[must_use]
pub fn local(at: impl Into<Signal<Timestamp>>, locale: Locale) -> Signal<String> {
    let at = at.into();
    let is_alive = RwSignal::new(false);
    Effect::new(move |_| is_alive.set(true));
    Signal::derive(move || {
        let at = at.get();
        let local = if is_alive.get() { by_the_readers_clock(at, locale) } else { None };
        local.unwrap_or_else(|| at.long(locale))
    })
}

/// `3 days left`, and whether that is less than a day.
#[must_use]
pub fn time_left(deadline: Timestamp, now: Timestamp, locale: Locale) -> (String, bool) {
    let words = match deadline.since(now) {
        rest if rest >= 2 * DAY => w::days_left(locale, rest / DAY),
        rest if rest >= 2 * HOUR => w::hours_left(locale, rest / HOUR),
        rest => w::minutes_left(locale, (rest / MINUTE).max(1)),
    };
    (words, deadline.since(now) < DAY)
}

/// The time that has passed since the page came alive, in the unit of
/// [`Timestamp`].
#[derive(Debug, Clone, Copy)]
struct Elapsed(RwSignal<i64>);

/// Starts the page's one clock. Called once, by the frame.
pub fn start_clock() {
    let elapsed = RwSignal::new(0);
    provide_context(Elapsed(elapsed));
    Effect::new(move |_| {
        let start = browser_micros();
        let tick = move || elapsed.set(browser_micros() - start);
        let every = std::time::Duration::from_secs(20);
        if let Ok(handle) = set_interval_with_handle(tick, every) {
            on_cleanup(move || handle.clear());
        }
    });
}

/// The server's `now` of a page, moving on while the page is open.
#[must_use]
pub fn passing(now: Timestamp) -> Signal<Timestamp> {
    match use_context::<Elapsed>() {
        Some(Elapsed(elapsed)) => {
            let at_first = elapsed.get_untracked();
            Signal::derive(move || now.plus(elapsed.get() - at_first))
        }
        None => now.into(),
    }
}

fn browser_micros() -> i64 {
    // Milliseconds since 1970 are whole and far below 2^53.
    #[expect(clippy::cast_possible_truncation, reason = "far below the limit")]
    let millis = js_sys::Date::now() as i64;
    millis * 1_000
}

fn by_the_readers_clock(at: Timestamp, locale: Locale) -> Option<String> {
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "long"), ("timeStyle", "short")] {
        js_sys::Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    let tag = match locale {
        Locale::En => "en-GB",
        Locale::Fr => "fr-FR",
    };
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of our century are exact")]
    let date = js_sys::Date::new(&JsValue::from_f64((at.0 / 1_000) as f64));
    date.to_locale_string(tag, &options).as_string()
}
