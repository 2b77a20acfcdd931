//! Every page of the site on one screen.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, LazyRoute, ParamSegment, SsrMode, StaticSegment,
    components::{Route, Router, Routes},
    lazy_route,
};

use crate::{account, campaign, layout, live, locale, pledge};

/// Makes each page a part of its own: a visitor downloads the frame and the page
/// they look at, and the next page's part when they go there.
macro_rules! pages {
    ($($part:ident shows $page:path;)+) => {$(
        struct $part;

        #[lazy_route]
        impl LazyRoute for $part {
            fn data() -> Self {
                Self
            }

            fn view(_part: Self) -> AnyView {
                view! { <$page/> }.into_any()
            }
        }
    )+};
}

pages! {
    HomePart shows campaign::Home;
    DiscoverPart shows campaign::Discover;
    CampaignPart shows campaign::Campaign;
    RewardsPart shows campaign::CampaignRewards;
    CommunityPart shows campaign::CampaignCommunity;
    CheckoutPart shows pledge::Checkout;
    ManagePart shows pledge::Manage;
    MyPledgesPart shows pledge::MyPledges;
    SignUpPart shows account::SignUp;
    SignInPart shows account::SignIn;
    ConfirmPart shows account::Confirm;
    AccountPart shows account::Account;
    MailboxPart shows account::Mailbox;
}

/// The app. Every page is complete before its first byte leaves, so that its
/// status is right and it needs no script.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    locale::provide_locale();
    live::provide_live();
    let (is_routing, set_is_routing) = signal(false);
    let campaign = (StaticSegment("campaigns"), ParamSegment("slug"));
    view! {
        <Router set_is_routing>
            <layout::Frame is_routing>
                <Routes fallback=|| view! { <layout::NotFound/> } transition=true>
                    <Route path=StaticSegment("") view={Lazy::<HomePart>::new()} ssr=SsrMode::Async/>
                    <Route path=StaticSegment("discover") view={Lazy::<DiscoverPart>::new()} ssr=SsrMode::Async/>
                    <Route path=campaign view={Lazy::<CampaignPart>::new()} ssr=SsrMode::Async/>
                    <Route
                        path=(campaign, StaticSegment("rewards"))
                        view={Lazy::<RewardsPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("community"))
                        view={Lazy::<CommunityPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("pledge"))
                        view={Lazy::<CheckoutPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(StaticSegment("pledges"), ParamSegment("id"))
                        view={Lazy::<ManagePart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=StaticSegment("pledges") view={Lazy::<MyPledgesPart>::new()} ssr=SsrMode::Async/>
                    <Route path=StaticSegment("sign-up") view={Lazy::<SignUpPart>::new()} ssr=SsrMode::Async/>
                    <Route path=StaticSegment("sign-in") view={Lazy::<SignInPart>::new()} ssr=SsrMode::Async/>
                    <Route
                        path=(StaticSegment("account"), StaticSegment("confirm"))
                        view={Lazy::<ConfirmPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=StaticSegment("account") view={Lazy::<AccountPart>::new()} ssr=SsrMode::Async/>
                    <Route
                        path=(StaticSegment("demo"), StaticSegment("mailbox"))
                        view={Lazy::<MailboxPart>::new()}
                        ssr=SsrMode::Async
                    />
                </Routes>
            </layout::Frame>
        </Router>
    }
}
