//! Every page of the site on one screen.

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title, provide_meta_context};
use leptos_router::{
    Lazy, LazyRoute, ParamSegment, SsrMode, StaticSegment,
    components::{FlatRoutes, Route, Router},
    lazy_route,
};

use crate::{backing, campaign, demo, edit, follow, layout, live, locale, shell, studio, ui};

/// The style sheet of the pages that are loaded apart.
const STYLE: &str = "/pages.css";

/// Asks for it while such a page's code is on its way, so that it is there first. It
/// stays from then on: what the page itself names goes with the page, and the next one
/// would be drawn without.
fn ask_for_style() {
    #[cfg(feature = "hydrate")]
    {
        let page = document();
        let known = page.query_selector("link[data-stays]");
        let (Ok(None), Ok(Some(head)), Ok(link)) =
            (known, page.query_selector("head"), page.create_element("link"))
        else {
            return;
        };
        let _ = link.set_attribute("rel", "stylesheet");
        let _ = link.set_attribute("href", STYLE);
        let _ = link.set_attribute("data-stays", "");
        let _ = head.append_child(&link);
    }
}

/// Makes each part of the pages a lazy one. A part is one page to the router, which finds
/// by its address what it shows: each lazy page more would weigh a kilobyte in what
/// everybody downloads. The splitter names a download after the type.
macro_rules! parts {
    ($($part:ident is $module:ident of $group:ident and shows $page:path;)+) => {$(
        mod $module {
            use super::*;

            pub struct $group;

            #[lazy_route]
            impl LazyRoute for $group {
                fn data() -> Self {
                    ask_for_style();
                    Self
                }

                fn view(_part: Self) -> AnyView {
                    view! {
                        <Link rel="stylesheet" href=STYLE/>
                        <Meta name="part" content=shell::part(stringify!($group))/>
                        {ui::in_turn(|| view! { <$page/> }.into_any())}
                    }
                    .into_any()
                }
            }
        }
        use $module::$group as $part;
    )+};
}

// Whoever only reads does not download what is needed to pledge. Finer parts
// would weigh more together: what two of them share is a file of its own.
parts! {
    BackingPart is pledging of Backing and shows backing::Pages;
    StudioPart is making of Studio and shows studio::Pages;
    EditingPart is editing of Editing and shows edit::Pages;
}

/// The app. Every page is complete before its first byte leaves, so that its
/// status is right and it needs no script.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    locale::provide_locale();
    demo::provide_demo();
    live::provide_live();
    ui::provide_pending();
    follow::follow_answers();
    let (is_routing, set_is_routing) = signal(false);
    let campaign = (StaticSegment("campaigns"), ParamSegment("slug"));
    view! {
        <Title formatter=title_text/>
        <Router set_is_routing>
            <layout::Frame is_routing>
                // Flat, because nested routes begin the view transition before the next
                // page's data is there: it would show the old page turning into itself.
                <FlatRoutes fallback=|| view! { <layout::NotFound/> } transition=true>
                    <Route path=StaticSegment("") view=campaign::Home ssr=SsrMode::Async/>
                    <Route path=StaticSegment("discover") view=campaign::Discover ssr=SsrMode::Async/>
                    <Route path=campaign view=campaign::Campaign ssr=SsrMode::Async/>
                    <Route
                        path=(campaign, StaticSegment("rewards"))
                        view=campaign::CampaignRewards
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("community"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("pledge"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("accounting"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("changes"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("embed"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("rehearsal"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("pledges"), ParamSegment("id"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("pledges"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("edit"))
                        view={Lazy::<EditingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("edit"), StaticSegment("history"))
                        view={Lazy::<EditingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(campaign, StaticSegment("edit"), StaticSegment("changes"))
                        view={Lazy::<EditingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(StaticSegment("pledges"), ParamSegment("id"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=StaticSegment("pledges") view={Lazy::<BackingPart>::new()} ssr=SsrMode::Async/>
                    <Route path=StaticSegment("sign-up") view={Lazy::<BackingPart>::new()} ssr=SsrMode::Async/>
                    <Route path=StaticSegment("sign-in") view={Lazy::<BackingPart>::new()} ssr=SsrMode::Async/>
                    <Route
                        path=(StaticSegment("account"), StaticSegment("confirm"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(StaticSegment("sign-in"), StaticSegment("letter"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(StaticSegment("account"), StaticSegment("letter"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(StaticSegment("account"), StaticSegment("embeds"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=StaticSegment("account") view={Lazy::<BackingPart>::new()} ssr=SsrMode::Async/>
                    <Route
                        path=(StaticSegment("admin"), StaticSegment("returns"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(StaticSegment("demo"), StaticSegment("mailbox"))
                        view={Lazy::<BackingPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=StaticSegment("start") view={Lazy::<StudioPart>::new()} ssr=SsrMode::Async/>
                    <Route path=StaticSegment("studio") view={Lazy::<StudioPart>::new()} ssr=SsrMode::Async/>
                    <Route
                        path=(StaticSegment("studio"), ParamSegment("slug"))
                        view={Lazy::<StudioPart>::new()}
                        ssr=SsrMode::Async
                    />
                    // Before the sections, which are one page that only reads its address anew.
                    <Route
                        path=(StaticSegment("studio"), ParamSegment("slug"), StaticSegment("people"))
                        view={Lazy::<StudioPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(StaticSegment("studio"), ParamSegment("slug"), ParamSegment("section"))
                        view={Lazy::<StudioPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(StaticSegment("admin"), StaticSegment("reviews"))
                        view={Lazy::<StudioPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=StaticSegment("invitation") view={Lazy::<StudioPart>::new()} ssr=SsrMode::Async/>
                    <Route path=StaticSegment("announcement") view={Lazy::<StudioPart>::new()} ssr=SsrMode::Async/>
                    <Route
                        path=(StaticSegment("coming"), ParamSegment("slug"))
                        view={Lazy::<StudioPart>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=(StaticSegment("preview"), ParamSegment("token"))
                        view={Lazy::<StudioPart>::new()}
                        ssr=SsrMode::Async
                    />
                </FlatRoutes>
            </layout::Frame>
        </Router>
    }
}

/// A page's title, fit for where it goes: the browser takes it as text, but into
/// a document `leptos_meta` writes it as it is, and titles are what people type.
fn title_text(text: String) -> String {
    if cfg!(feature = "ssr") { text.replace('&', "&amp;").replace('<', "&lt;") } else { text }
}
