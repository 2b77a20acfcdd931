//! `/coming/{slug}`: a campaign before its launch, for anyone.

use domain::{
    Locale,
    announcement::{AnnouncementPage, Watching},
    words::{announcement as w, campaign as c},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::act::{self, StopWatch, Watch};
use crate::{
    campaign::Head,
    http::absolute,
    layout::{DemoCampaignNotice, page_query},
    locale::locale,
    studio::{Control, Sheet, Typing, hidden, line},
    ui::{self, Notice, RefusalNotice, Submit, Tone, load, reading, refused},
};

/// How wide the picture is: a column of text.
const WIDE: &str = "(min-width: 62rem) 46rem, 100vw";

/// The announcement that the address names.
#[component]
pub fn Announcement() -> impl IntoView {
    let params = use_params_map();
    let query = page_query();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug")).unwrap_or_default());
    let told = Memo::new(move |_| {
        query.with(|query| (query.get("asked").is_some(), query.get("noted").is_some()))
    });
    let watch = ServerAction::<Watch>::new();
    let stop = ServerAction::<StopWatch>::new();
    let page = reading(move || (slug.get(), told.get()), |(slug, _)| act::announcement(slug));
    load(page, move |page| show(page, told.get_untracked(), watch, stop))
}

fn show(
    page: AnnouncementPage,
    (is_asked, is_noted): (bool, bool),
    watch: ServerAction<Watch>,
    stop: ServerAction<StopWatch>,
) -> AnyView {
    let locale = locale();
    let language = page.language.tag();
    let when = page.launch_at.map_or_else(
        || w::no_date(locale).to_owned(),
        |at| w::launches(locale, &page.zone.long(at, locale)),
    );
    let news = if is_asked {
        Some((w::asked(locale), w::asked_text(locale)))
    } else {
        is_noted.then(|| (w::noted(locale), ""))
    };
    let news = news.map(|(title, text)| {
        view! {
            <Notice tone=Tone::Good title=title>
                {text}
            </Notice>
        }
    });
    let way = way(&page, watch, stop, locale);
    view! {
        <Head
            title=page.title.clone()
            description=page.subtitle.clone()
            address=absolute(&format!("/coming/{}", page.slug))
            image=(page.image.clone(), page.title.clone())
        />
        <DemoCampaignNotice is_demo=page.is_demo />
        <div class="page people-preview">
            <header class="campaign-head">
                <p class="kicker">
                    <b>{w::soon(locale)}</b>
                    <span>{c::by(locale, &page.creator)}</span>
                </p>
                <h1 tabindex="-1" lang=language>
                    {page.title}
                </h1>
                <p class="standfirst" lang=language>
                    {page.subtitle}
                </p>
            </header>
            {news}
            <figure class="campaign-media">
                {ui::picture(page.image, page.picture, page.image_alt, WIDE, true)}
            </figure>
            <p>{when}</p>
            <p class="quiet">{w::waiting(locale, page.watchers)}</p>
            {way}
        </div>
    }
    .into_any()
}

/// What the visitor can do: come onto the list, or off it.
fn way(
    page: &AnnouncementPage,
    watch: ServerAction<Watch>,
    stop: ServerAction<StopWatch>,
    locale: Locale,
) -> AnyView {
    if let Watching::Yes(key) = &page.visitor {
        let inside = view! {
            {hidden("key", key)}
            <Submit label=w::stop(locale) pending=stop.pending() kind="quiet" />
        };
        return view! {
            <section class="section fields">
                <p>{w::watching(locale)}</p>
                <RefusalNotice refused=refused(stop) />
                <ActionForm action=stop>{inside}</ActionForm>
            </section>
        }
        .into_any();
    }
    let sheet = Sheet::of(watch, "form[slug]");
    let email = (page.visitor == Watching::Unknown).then(|| {
        let control = Control {
            name: "form[email]".into(),
            label: w::email(locale).into(),
            ..Control::default()
        };
        let typing = Typing {
            kind: "email",
            inputmode: Some("email"),
            most: Some(254),
            ..Typing::default()
        };
        line(sheet, control, typing)
    });
    let inside = view! {
        {hidden("form[slug]", page.slug.as_str())}
        <p>{w::notify_text(locale)}</p>
        {email}
        <RefusalNotice refused=sheet.refused />
        <div class="buttons">
            <Submit label=w::notify(locale) pending=watch.pending() large=true />
        </div>
    };
    view! {
        <section class="section" aria-labelledby="notify">
            <h2 id="notify">{w::notify(locale)}</h2>
            <ActionForm action=watch attr:class="fields" attr:novalidate="novalidate">
                {inside}
            </ActionForm>
        </section>
    }
    .into_any()
}
