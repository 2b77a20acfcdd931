//! What stands around the texts of a page, and the page where its texts are not edited:
//! before its editor is there, without scripts, and for whoever edits the rewards alone.

use domain::{
    campaign::CampaignPage,
    people::Right,
    studio::StudioPage,
    words::{edit as w, in_place},
};
use leptos::prelude::*;

use super::shelf::Shelf;
use crate::{
    campaign::{FundingPanel, Kicker, Rewards, Tab, count_rewards, tabs},
    locale::locale,
    ui::Notice,
};

/// What the page shows above its story.
pub struct Shell {
    pub head: AnyView,
    pub panel: AnyView,
}

/// The same around every kind of title and picture.
pub fn shell(page: CampaignPage, title: AnyView, subtitle: AnyView, media: AnyView) -> Shell {
    let slug = page.slug.clone();
    let language = page.language.tag();
    let count = count_rewards(&page.rewards);
    let page = StoredValue::new(page);
    Shell {
        head: view! {
            <header class="campaign-head" lang=language>
                <Kicker page=page />
                <h1 tabindex="-1">{title}</h1>
                <p class="standfirst">{subtitle}</p>
            </header>
            {media}
        }
        .into_any(),
        panel: view! {
            <FundingPanel page=page />
            {tabs(slug.as_str(), Tab::Story, Some(count))}
        }
        .into_any(),
    }
}

/// The page as visitors see it, with links to the forms of what may be edited.
pub fn page(page: CampaignPage, studio: &StudioPage, story: String) -> AnyView {
    let locale = locale();
    let slug = page.slug.to_string();
    let has = |right| studio.rights.has(right);
    let picture = has(Right::EditPage).then(|| {
        view! { <a href=format!("/studio/{slug}/basics")>{w::edit_picture(locale)}</a> }
    });
    let media = view! { <div class="edit-media">{figure(&page)} {picture}</div> };
    let rewards = page.rewards.clone();
    let links = has(Right::EditRewards).then(|| links(studio));
    let form = has(Right::EditPage).then(|| {
        view! { <a href=format!("/studio/{slug}/story")>{w::use_form(locale)}</a> }
    });
    let needs = view! {
        <div class="edit-needs">
            <Notice title=w::needs_script(locale)>{form}</Notice>
        </div>
    };
    let rewards = view! {
        <div class="edit-rewards">
            {links}
            <Rewards page=StoredValue::new(page.clone()) rewards=rewards secret=String::new() />
        </div>
    };
    around(page, Some(needs.into_any()), media.into_any(), story, rewards.into_any())
}

/// The page of whoever edits its rewards where they stand, and reads the rest.
pub fn rewards_alone(page: CampaignPage, studio: StudioPage) -> AnyView {
    let locale = locale();
    let shelf = Shelf::new(page.clone(), studio);
    let why = view! {
        <div class="edit-trouble">
            <Notice>{in_place::rewards_alone(locale)}</Notice>
        </div>
    };
    let story = page.story_html.clone();
    around(page, Some(why.into_any()), shelf.media(), story, shelf.rewards())
}

fn around(
    page: CampaignPage,
    notice: Option<AnyView>,
    media: AnyView,
    story: String,
    rewards: AnyView,
) -> AnyView {
    let language = page.language.tag();
    let (title, subtitle) = (page.title.clone(), page.subtitle.clone());
    let Shell { head, panel } = shell(page, title.into_any(), subtitle.into_any(), media);
    view! {
        <div class="page campaign edit-still">
            {notice}
            {head}
            {panel}
            <div class="campaign-story">
                <article class="story" lang=language inner_html=story></article>
            </div>
            {rewards}
        </div>
    }
    .into_any()
}

/// The picture of the campaign.
pub fn figure(page: &CampaignPage) -> AnyView {
    let (image, alt) = (page.image.clone(), page.image_alt.clone());
    view! {
        <figure class="campaign-media">
            <img src=image alt=alt width="960" height="600" />
        </figure>
    }
    .into_any()
}

fn links(studio: &StudioPage) -> AnyView {
    let locale = locale();
    let slug = studio.slug.to_string();
    let links: Vec<_> = studio
        .rewards
        .iter()
        .map(|reward| {
            let href = format!("/studio/{slug}/rewards?reward={}", reward.id);
            view! { <li><a href=href>{reward.title.clone()}</a></li> }
        })
        .collect();
    view! {
        <nav aria-label=w::edit_rewards(locale)>
            <b>{w::edit_rewards(locale)}</b>
            <ul>
                {links}
                <li>
                    <a href=format!("/studio/{slug}/rewards?reward=new")>{w::add_reward(locale)}</a>
                </li>
            </ul>
        </nav>
    }
    .into_any()
}
