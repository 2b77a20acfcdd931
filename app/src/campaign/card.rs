//! One campaign in a grid: a picture, a title, a bar and a line of facts.

use domain::{
    Timestamp,
    campaign::{CampaignCard, CampaignState},
    money::percent,
    words::campaign as w,
};
use leptos::prelude::*;

use super::live_funding;
use crate::{
    locale::locale,
    ui::{Bar, when},
};

/// A campaign's card. The whole of it leads to the campaign.
#[component]
pub fn Card(
    /// The campaign.
    card: CampaignCard,
    /// When the server read it.
    now: Timestamp,
) -> impl IntoView {
    let locale = locale();
    let (funding, state) = live_funding(&card.slug, card.funding, card.state);
    let leaving = RwSignal::new(false);
    let deadline = card.deadline;
    let now = when::passing(now);
    let rest = Signal::derive(move || match state.get() {
        CampaignState::Live => when::time_left(deadline, now.get(), locale),
        ended => (ended.name(locale).to_owned(), false),
    });
    view! {
        // The picture of the card that is followed turns into the page's.
        <article class="card" data-leaving=move || leaving.get().then_some("")>
            <div class="card-media">
                <img
                    src=card.image
                    alt=""
                    width="640"
                    height="400"
                    loading="lazy"
                    decoding="async"
                />
            </div>
            <h3>
                <a href=format!("/campaigns/{}", card.slug) on:click=move |_| leaving.set(true)>
                    {card.title}
                </a>
            </h3>
            <p class="card-by">{w::by(locale, &card.creator)}</p>
            <Bar funding=funding state=state />
            <p class="card-facts">
                <b>{move || percent(funding.get().percent(), locale)}</b>
                <span>{move || funding.get().pledged().display(locale)}</span>
                <span data-urgent=move || rest.get().1.then_some("")>{move || rest.get().0}</span>
            </p>
        </article>
    }
}
