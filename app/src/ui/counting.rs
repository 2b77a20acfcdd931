//! Numbers that count over to their next value instead of jumping.

use std::time::Duration;

use leptos::prelude::*;

/// Twenty steps of twenty milliseconds: as long as stones and bars take.
const STEPS: i64 = 20;
const STEP: Duration = Duration::from_millis(20);

/// The number as it is shown; on the server and at first the number itself.
#[must_use]
pub fn counting(number: Signal<i64>) -> Signal<i64> {
    let shown = RwSignal::new(number.get_untracked());
    Effect::new(move |_| {
        number.track();
        step(number, shown, if is_still() { 1 } else { STEPS });
    });
    shown.into()
}

/// Goes a share of the way that is left. A number that changes meanwhile is
/// followed from where it was.
fn step(number: Signal<i64>, shown: RwSignal<i64>, steps: i64) {
    let (Some(to), Some(at)) = (number.try_get_untracked(), shown.try_get_untracked()) else {
        return;
    };
    if to != at {
        shown.set(at + (to - at) / steps);
        if steps > 1 {
            set_timeout(move || step(number, shown, steps - 1), STEP);
        }
    }
}

/// Whether the reader wants nothing to move.
fn is_still() -> bool {
    let wish = window().match_media("(prefers-reduced-motion: reduce)");
    wish.ok().flatten().is_some_and(|wish| wish.matches())
}
