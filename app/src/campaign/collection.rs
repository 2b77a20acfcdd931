//! What became of the pledges of a campaign that succeeded.

use domain::{
    campaign::Collection,
    words::{campaign as w, refund},
};
use leptos::prelude::*;

use crate::locale::locale;

/// Collected, outstanding, given up and given back, each as a fact.
#[component]
pub fn CollectionFacts(collection: Collection) -> impl IntoView {
    let locale = locale();
    let dropped = (collection.dropped.minor > 0).then(|| {
        view! {
            <div>
                <dt>{w::dropped(locale)}</dt>
                <dd>{collection.dropped.display(locale)}</dd>
            </div>
        }
    });
    let returned = (collection.returned.minor > 0).then(|| {
        view! {
            <div>
                <dt>{refund::given_back(locale)}</dt>
                <dd>{collection.returned.display(locale)}</dd>
            </div>
        }
    });
    view! {
        <dl class="facts">
            <div>
                <dt>{w::collected(locale)}</dt>
                <dd>{collection.collected.display(locale)}</dd>
            </div>
            <div>
                <dt>{w::outstanding(locale)}</dt>
                <dd>{collection.outstanding.display(locale)}</dd>
            </div>
            {dropped}
            {returned}
        </dl>
    }
    .into_any()
}
