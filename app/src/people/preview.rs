//! `/preview/{token}`: a campaign before its launch, for whoever has the link. There is
//! nothing to press on it, and nothing that could be pledged to.

use domain::{
    campaign::CampaignPage,
    reward::{RewardKind, RewardView},
    words::{campaign as c, people as w, site},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::act;
use crate::{
    campaign::rewards::as_seen,
    layout::DemoCampaignNotice,
    locale::locale,
    ui::{self, Notice, Tone, load, reading},
};

/// How wide the picture is: a column of text.
const WIDE: &str = "(min-width: 62rem) 46rem, 100vw";

/// The campaign that the link opens.
#[component]
pub fn Preview() -> impl IntoView {
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|params| params.get("token")).unwrap_or_default());
    let page = reading(move || token.get(), act::preview);
    load(page, show)
}

fn show(page: CampaignPage) -> AnyView {
    let locale = locale();
    let title = page.title.clone();
    let language = page.language.tag();
    let now = page.now;
    let (rewards, add_ons): (Vec<RewardView>, Vec<RewardView>) =
        page.rewards.into_iter().partition(|reward| reward.kind == RewardKind::Reward);
    let shelf = |heading: &'static str, list: Vec<RewardView>| {
        (!list.is_empty()).then(|| {
            let cards: Vec<_> = list.into_iter().map(|reward| as_seen(reward, now)).collect();
            view! {
                <h2>{heading}</h2>
                {cards}
            }
        })
    };
    view! {
        <Title text=site::page_title(locale, &w::preview_of(locale, &title)) />
        <Meta name="robots" content="noindex" />
        <DemoCampaignNotice is_demo=page.is_demo />
        <div class="page people-preview">
            <Notice tone=Tone::Warning title=w::preview_notice(locale)>
                {w::preview_notice_text(locale)}
            </Notice>
            <header class="campaign-head">
                <p class="kicker">
                    <span>{page.category.name(locale)}</span>
                    <span>{c::by(locale, &page.creator)}</span>
                </p>
                <h1 tabindex="-1" lang=language>
                    {title}
                </h1>
                <p class="standfirst" lang=language>
                    {page.subtitle}
                </p>
            </header>
            <figure class="campaign-media">
                {ui::picture(page.image, page.picture, page.image_alt, WIDE, true)}
            </figure>
            <article class="story" lang=language inner_html=page.story_html></article>
            {(!rewards.is_empty() || !add_ons.is_empty())
                .then(|| {
                    view! {
                        <section class="rewards" aria-label=c::rewards(locale)>
                            {shelf(c::rewards(locale), rewards)}
                            {shelf(c::add_ons(locale), add_ons)}
                        </section>
                    }
                })}
        </div>
    }
    .into_any()
}
