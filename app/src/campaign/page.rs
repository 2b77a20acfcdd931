//! The campaign's own pages: its story with the rewards beside it, and the
//! rewards alone.

use domain::{
    campaign::{CampaignPage, CampaignState},
    discovery::Query,
    reward::{RewardKind, RewardView},
    slug::Slug,
    words::{campaign as w, changes::what_changed, edit},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;

use super::{
    funding::{BackBar, FundingPanel},
    head::{Head, LinkedData, embeddable, picture},
    read,
    rewards::Rewards,
    swap::swap_texts,
};
use crate::{
    http::absolute,
    layout::{DemoCampaignNotice, page_query},
    live,
    locale::locale,
    ui::{self, Icon, IconName, Notice, load, reading},
};

/// How wide the picture of a page is, which stands beside what it has raised.
pub(super) const WIDE: &str = "(min-width: 62rem) 46rem, 100vw";

/// `/campaigns/{slug}`
#[component]
pub fn Campaign() -> impl IntoView {
    with_campaign(story_page)
}

/// `/campaigns/{slug}/rewards`
#[component]
pub fn CampaignRewards() -> impl IntoView {
    with_campaign(rewards_page)
}

/// Which of a campaign's pages is on show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Story,
    Rewards,
    Community,
    Accounts,
}

/// A campaign as its pages share it. What is long stands apart, so that the
/// rest is cheap to copy into each part of the page.
struct Parts {
    /// Without its story and rewards.
    page: StoredValue<CampaignPage>,
    story: String,
    rewards: Vec<RewardView>,
    /// The token of a secret reward's link, or empty.
    secret: String,
}

/// Reads the campaign that the address names, follows it and shows it.
fn with_campaign(show: fn(Parts) -> AnyView) -> AnyView {
    let params = use_params_map();
    let query = page_query();
    let wanted = Memo::new(move |_| {
        let slug = params.with(|params| params.get("slug")).unwrap_or_default();
        (slug, query.with(|query| query.get("secret")).unwrap_or_default())
    });
    // The story goes beside what is read, not in it: the page's HTML holds it
    // word for word, so that its script need not bring it once more.
    let story = StoredValue::new(String::new());
    let fetch = move |(slug, secret)| async move {
        let mut page = read::campaign_page(slug, secret).await?;
        story.try_set_value(std::mem::take(&mut page.story_html));
        Ok(page)
    };
    let read = reading(move || wanted.get(), fetch);
    let told = StoredValue::new(None);
    load(read, move |mut page| {
        // Nothing moves on a page that only its makers see.
        if page.state.is_public() {
            live::use_live(vec![page.slug.clone()]);
        }
        keep_in_step(&page, told, move |is_text_alone| {
            let here = wanted.get_untracked();
            spawn_local(async move {
                let fresh = fetch(here.clone()).await;
                // Whoever has left is told nothing, and a fault leaves the page as it is.
                let Some(here_now) = wanted.try_get_untracked() else { return };
                match &fresh {
                    Ok(page) if here_now == here && is_text_alone => {
                        story.try_with_value(|html| swap_texts(&page.title, &page.subtitle, html));
                    }
                    Ok(_) if here_now == here => drop(read.try_set(Some(fresh))),
                    _ => {}
                }
            });
        });
        // Empty when a page from the server wakes up: what is there stays.
        let story = story.get_value();
        let rewards = std::mem::take(&mut page.rewards);
        let secret = wanted.get_untracked().1;
        show(Parts { page: StoredValue::new(page), story, rewards, secret })
    })
}

/// What a page is read anew for: the state, the round, whether pledges are late, and the
/// version of its picture and rewards.
type Stage = (CampaignState, i64, bool, i64);

/// Reads the page anew when the campaign is told to be at another stage than the
/// one shown, or its page another version: rewards, prices and sentences are others
/// then. Once for each: what is told may be older than what was read.
fn keep_in_step(
    page: &CampaignPage,
    told: StoredValue<Option<(Slug, Stage, i64)>>,
    read_anew: impl Fn(bool) + 'static,
) {
    let slug = page.slug.clone();
    let (shelf, told_shelf) = (page.shelf, live::shelf(&slug));
    let shown: Stage = (page.state, page.round, page.life().is_late(), shelf);
    let version = page.drawn;
    let latest = live::latest(&slug);
    let published = live::version(&slug);
    Effect::new(move |_| {
        let published = published.get().max(version);
        let shelf = told_shelf.get().max(shelf);
        let stage = latest.with(|e| e.as_ref().map(|e| (e.state, e.round, e.is_late, shelf)));
        let Some(stage) = stage else { return };
        let news = Some((slug.clone(), stage, published));
        if (stage, published) != (shown, version) && told.get_value() != news {
            told.set_value(news);
            read_anew(stage == shown);
        }
    });
}

fn story_page(parts: Parts) -> AnyView {
    let locale = locale();
    let Parts { page, story, rewards, secret } = parts;
    let CampaignPage { slug, title, subtitle, image, image_alt, picture: shown, .. } =
        page.get_value();
    let CampaignPage { language, is_demo, state, may_edit, version, shelf, .. } = page.get_value();
    let count = count_rewards(&rewards);
    let has_offers = !rewards.is_empty() || state == CampaignState::Live;
    // The first version is what it was launched with.
    let has_changed = version > 1 || shelf > 0;
    let in_other_language = (language != locale).then(|| match language {
        domain::Locale::En => w::written_in_english(locale),
        domain::Locale::Fr => w::written_in_french(locale),
    });
    view! {
        <Head
            title=title.clone()
            description=subtitle.clone()
            address=absolute(&format!("/campaigns/{slug}"))
            image=page.with_value(picture)
        />
        {embeddable(&slug)}
        <LinkedData page=page />
        <DemoCampaignNotice is_demo=is_demo />
        <div class="page campaign">
            <header class="campaign-head" lang=language.tag()>
                <Kicker page=page />
                <h1 tabindex="-1">{title}</h1>
                <p class="standfirst">{subtitle}</p>
                {may_edit
                    .then(|| {
                        view! {
                            <a href=format!("/campaigns/{slug}/edit") lang=locale.tag()>
                                {edit::edit_page(locale)}
                            </a>
                        }
                    })}
            </header>
            <figure class="campaign-media">
                {ui::picture(image, shown, image_alt, WIDE, true)}
            </figure>
            <FundingPanel page=page />
            {tabs(slug.as_str(), Tab::Story, Some(count))}
            <div class="campaign-story">
                {in_other_language.map(|words| view! { <Notice>{words}</Notice> })}
                <article class="story" lang=language.tag() inner_html=story></article>
                {has_changed
                    .then(|| {
                        view! {
                            <p class="quiet">
                                <a href=format!("/campaigns/{slug}/changes")>
                                    {what_changed(locale)}
                                </a>
                            </p>
                        }
                    })}
            </div>
            {has_offers
                .then(|| {
                    view! { <Rewards page=page rewards=rewards secret=secret /> }
                })}
            <BackBar page=page />
        </div>
    }
    .into_any()
}

fn rewards_page(parts: Parts) -> AnyView {
    let locale = locale();
    let Parts { page, rewards, secret, .. } = parts;
    let count = count_rewards(&rewards);
    let CampaignPage { slug, title, subtitle, is_demo, .. } = page.get_value();
    view! {
        <Head
            title=format!("{} · {title}", w::rewards(locale))
            description=subtitle
            address=absolute(&format!("/campaigns/{slug}/rewards"))
            image=page.with_value(picture)
        />
        {embeddable(&slug)}
        <DemoCampaignNotice is_demo=is_demo />
        <div class="page campaign" data-tab="rewards">
            <header class="campaign-head">
                <Kicker page=page />
                <h1 tabindex="-1">{w::rewards_of(locale, &title)}</h1>
            </header>
            {tabs(slug.as_str(), Tab::Rewards, Some(count))}
            <Rewards page=page rewards=rewards secret=secret />
            <FundingPanel page=page />
            <BackBar page=page />
        </div>
    }
    .into_any()
}

/// Category, place and creator, above the title.
#[component]
pub fn Kicker(page: StoredValue<CampaignPage>) -> impl IntoView {
    let locale = locale();
    let page = page.get_value();
    let shelf = Query { category: Some(page.category), page: 1, ..Query::default() };
    let place = match (page.location.as_str(), page.country) {
        ("", country) => country.map(|country| country.name(locale).to_owned()),
        (location, _) => Some(location.to_owned()),
    };
    view! {
        <p class="kicker">
            <a href=shelf.path()>{page.category.name(locale)}</a>
            <span>{w::by(locale, &page.creator)}</span>
            {place
                .map(|place| {
                    view! {
                        <span>
                            <Icon name=IconName::Pin />
                            {place}
                        </span>
                    }
                })}
        </p>
    }
}

/// Add-ons are not counted: they come on top.
#[must_use]
pub fn count_rewards(rewards: &[RewardView]) -> usize {
    rewards.iter().filter(|reward| reward.kind == RewardKind::Reward).count()
}

/// The tabs of a campaign's pages; the number of rewards where it is known.
pub fn tabs(slug: &str, tab: Tab, rewards: Option<usize>) -> impl IntoView + use<> {
    let locale = locale();
    let here = |this| (this == tab).then_some("page");
    let address = format!("/campaigns/{slug}");
    view! {
        <nav class="tabs" aria-label=w::sections(locale)>
            <a href=address.clone() aria-current=here(Tab::Story)>
                {w::story(locale)}
            </a>
            <a href=format!("{address}/rewards") aria-current=here(Tab::Rewards)>
                {w::rewards(locale)}
                {rewards
                    .filter(|count| *count > 0)
                    .map(|count| view! { <span>{count.to_string()}</span> })}
            </a>
            <a href=format!("{address}/community") aria-current=here(Tab::Community)>
                {w::community(locale)}
            </a>
            {(tab == Tab::Accounts)
                .then(|| {
                    view! {
                        <a href=format!("{address}/accounting") aria-current="page">
                            {domain::words::refund::accounts(locale)}
                        </a>
                    }
                })}
        </nav>
    }
}
