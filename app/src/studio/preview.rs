//! The campaign as backers will see it.

use domain::{
    campaign::CampaignState,
    words::{campaign as c, rehearsal, studio_page as w},
};
use leptos::prelude::*;

use super::editor::Desk;
use crate::{announcement::switch, locale::locale, people::link};

/// Picture, title, story, and the way to the page itself.
pub fn preview(desk: Desk) -> AnyView {
    let locale = locale();
    let page = desk.page.get_value();
    let words = match page.state {
        CampaignState::Draft | CampaignState::InReview => w::preview_open(locale),
        _ => c::view_campaign(locale),
    };
    let (link, switch) = (link::link(&page, desk.done), switch::switch(&page, desk.done));
    let story = if page.story_html.is_empty() {
        view! { <p class="quiet">{w::preview_no_story(locale)}</p> }.into_any()
    } else {
        view! { <article class="story" lang=page.basics.language.clone() inner_html=page.story_html></article> }
            .into_any()
    };
    view! {
        <div class="buttons">
            <a class="button" data-kind="primary" href=format!("/campaigns/{}", page.slug)>
                {words}
            </a>
            <a class="button" href=format!("/campaigns/{}/rewards", page.slug)>
                {c::rewards(locale)}
            </a>
            <a class="button" href=format!("/campaigns/{}/rehearsal", page.slug)>
                {rehearsal::rehearse(locale)}
            </a>
        </div>
        {link}
        {switch}
        <section class="studio-preview" aria-labelledby="as-seen">
            <img src=page.image alt="" width="960" height="600" />
            <h2 id="as-seen">{page.title}</h2>
            <p class="standfirst">{page.basics.subtitle}</p>
            {story}
        </section>
    }
    .into_any()
}
