//! The frame around every page, and the pages that stand in for others.

mod focus;
mod footer;
mod masthead;
mod place;
mod stand_in;

pub use focus::{focus_coming_heading, focus_heading};
pub use stand_in::{DemoCampaignNotice, ErrorPage, NotFound};

use domain::words::site as w;
use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_url},
    params::ParamsMap,
};

use crate::{
    demo,
    locale::locale,
    ui::{in_turn, is_pending, when},
};
use footer::Footer;
use masthead::Masthead;
use stand_in::DemoNotice;

/// Skip link, masthead, the page in its landmark, footer. It stays while pages
/// change in it.
#[component]
pub fn Frame(
    /// Whether the router is fetching the next page.
    is_routing: ReadSignal<bool>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let locale = locale();
    when::start_clock();
    let pending = is_pending();
    let is_busy = Signal::derive(move || is_routing.get() || pending.get());
    focus::follow_navigation(is_routing);
    focus::follow_results(pending);
    place::keep_places(is_routing);
    view! {
        <a class="skip-link" href="#main" rel="external">
            {w::skip(locale)}
        </a>
        // It appears only after a moment: most pages are there before.
        {move || {
            is_busy
                .get()
                .then(|| {
                    view! {
                        <div
                            class="routing-progress"
                            role="progressbar"
                            aria-label=w::loading(locale)
                        ></div>
                    }
                        .into_any()
                })
        }}
        <div class="frame">
            {in_turn(|| view! { <Masthead /> }.into_any())}
            <main id="main" tabindex="-1" aria-busy=move || is_busy.get().then_some("true")>
                // On every page, whatever it shows: nobody has to be told by chance.
                {demo::is_demo().then(|| view! { <DemoNotice /> })} {in_turn(children)}
            </main>
            {in_turn(|| view! { <Footer /> }.into_any())}
        </div>
    }
    .into_any()
}

/// Path and query of the page on show, to come back to it.
pub(crate) fn address() -> Signal<String> {
    let location = use_location();
    Signal::derive(move || {
        let path = location.pathname.get();
        location.search.with(|search| match search.as_str() {
            "" => path,
            search => format!("{path}?{search}"),
        })
    })
}

/// The query of the page on show, which every page reads here.
///
/// Neither of the router's own ways will do. The copy that a route keeps
/// (`use_query_map`) stays behind where only a parameter of the route changes: the page of
/// one campaign would read the query of another's. The address itself (`use_location`)
/// is the next page's already while this one still stands: on the way out it would be read
/// anew without its query, an invitation without its token. So it is the address that is
/// read, but only when this route has changed.
pub(crate) fn page_query() -> Memo<ParamsMap> {
    let (url, query) = (use_url(), use_location().query);
    // What stands outside of the routes has none, and its `url` is the address itself.
    let params = use_context::<ArcMemo<ParamsMap>>();
    Memo::new(move |_| {
        url.track();
        if let Some(params) = &params {
            params.track();
        }
        query.get_untracked()
    })
}
