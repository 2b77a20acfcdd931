//! Every page of the site on one screen.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, LazyRoute, ParamSegment, SsrMode, StaticSegment,
    components::{Route, Router, Routes},
    lazy_route,
};

use crate::{account, campaign, layout, live, locale, pledge};

/// Makes each page a lazy one. Pages of the same group share one download: the
/// splitter names a part after its type, so the groups' types are named alike,
/// each in a module of its own.
macro_rules! pages {
    ($($part:ident is $module:ident of $group:ident and shows $page:path;)+) => {$(
        mod $module {
            use super::*;

            pub struct $group;

            #[lazy_route]
            impl LazyRoute for $group {
                fn data() -> Self {
                    Self
                }

                fn view(_part: Self) -> AnyView {
                    view! { <$page/> }.into_any()
                }
            }
        }
        use $module::$group as $part;
    )+};
}

// A visitor downloads the frame and the group of the page they look at.
pages! {
    HomePart is home of Browsing and shows campaign::Home;
    DiscoverPart is discover of Browsing and shows campaign::Discover;
    CampaignPart is story of Reading and shows campaign::Campaign;
    RewardsPart is rewards of Reading and shows campaign::CampaignRewards;
    CommunityPart is community of Reading and shows campaign::CampaignCommunity;
    CheckoutPart is checkout of Pledging and shows pledge::Checkout;
    ManagePart is manage of Pledging and shows pledge::Manage;
    MyPledgesPart is mine of Pledging and shows pledge::MyPledges;
    SignUpPart is sign_up of Belonging and shows account::SignUp;
    SignInPart is sign_in of Belonging and shows account::SignIn;
    ConfirmPart is confirm of Belonging and shows account::Confirm;
    AccountPart is own_account of Belonging and shows account::Account;
    MailboxPart is mailbox of Belonging and shows account::Mailbox;
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
        <Title formatter=title_text/>
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

/// A page's title, fit for where it goes: the browser takes it as text, but into
/// a document `leptos_meta` writes it as it is, and titles are what people type.
fn title_text(text: String) -> String {
    if cfg!(feature = "ssr") { text.replace('&', "&amp;").replace('<', "&lt;") } else { text }
}
