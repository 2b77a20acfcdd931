//! What a screen reader hears while the figures move.

use std::time::Duration;

use domain::{campaign::Funding, money::percent, words::campaign as w};
use leptos::prelude::*;

use crate::locale::locale;

/// A campaign that moves much may not talk without a pause.
const PAUSE: Duration = Duration::from_secs(10);

/// Says the figures when they have changed, and then nothing for ten seconds;
/// what happens meanwhile is said in one after them.
#[component]
pub fn Announcement(
    /// The figures, live.
    funding: Signal<Funding>,
    /// Whose they are, where the page is not about one campaign.
    #[prop(optional)]
    title: String,
) -> impl IntoView {
    let locale = locale();
    let said = StoredValue::new(funding.get_untracked());
    let is_pausing = RwSignal::new(false);
    let words = RwSignal::new(String::new());
    Effect::new(move |_| {
        let now = funding.get();
        if is_pausing.get() || said.get_value() == now {
            return;
        }
        said.set_value(now);
        let figures = w::announcement(
            locale,
            &percent(now.percent(), locale),
            &now.pledged().display(locale),
            &w::backers_count(locale, now.backers),
        );
        words.set(match title.as_str() {
            "" => figures,
            title => w::announcement_of(locale, &title, &figures),
        });
        is_pausing.set(true);
        set_timeout(
            move || {
                is_pausing.try_set(false);
            },
            PAUSE,
        );
    });
    view! {
        <p class="visually-hidden" aria-live="polite">
            {words}
        </p>
    }
}
