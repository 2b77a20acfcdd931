//! Every page of the site on one screen.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    ParamSegment, SsrMode, StaticSegment,
    components::{Route, Router, Routes},
};

use crate::{account, campaign, layout, live, locale, pledge};

/// The app. Every page is complete before its first byte leaves, so that its
/// status is right and it needs no script.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    locale::provide_locale();
    live::provide_live();
    let (is_routing, set_is_routing) = signal(false);
    view! {
        <Router set_is_routing>
            <layout::Frame is_routing>
                <Routes fallback=|| view! { <layout::NotFound/> } transition=true>
                    <Route path=StaticSegment("") view=campaign::Home ssr=SsrMode::Async/>
                    <Route path=StaticSegment("discover") view=campaign::Discover ssr=SsrMode::Async/>
                    <Route path=(StaticSegment("campaigns"), ParamSegment("slug")) view=campaign::Campaign ssr=SsrMode::Async/>
                    <Route
                        path=(StaticSegment("campaigns"), ParamSegment("slug"), StaticSegment("rewards"))
                        view=campaign::CampaignRewards
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(StaticSegment("campaigns"), ParamSegment("slug"), StaticSegment("community"))
                        view=campaign::CampaignCommunity
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(StaticSegment("campaigns"), ParamSegment("slug"), StaticSegment("pledge"))
                        view=pledge::Checkout
                        ssr=SsrMode::Async
                    />
                    <Route path=(StaticSegment("pledges"), ParamSegment("id")) view=pledge::Manage ssr=SsrMode::Async/>
                    <Route path=StaticSegment("pledges") view=pledge::MyPledges ssr=SsrMode::Async/>
                    <Route path=StaticSegment("sign-up") view=account::SignUp ssr=SsrMode::Async/>
                    <Route path=StaticSegment("sign-in") view=account::SignIn ssr=SsrMode::Async/>
                    <Route path=(StaticSegment("account"), StaticSegment("confirm")) view=account::Confirm ssr=SsrMode::Async/>
                    <Route path=StaticSegment("account") view=account::Account ssr=SsrMode::Async/>
                    <Route path=(StaticSegment("demo"), StaticSegment("mailbox")) view=account::Mailbox ssr=SsrMode::Async/>
                </Routes>
            </layout::Frame>
        </Router>
    }
}
