//! One campaign in a grid: a picture, a title, a bar and a line of facts.

use std::time::Duration;

use domain::{
    Timestamp,
    campaign::{CampaignCard, CampaignState},
    money::percent,
    words::campaign as w,
};
use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast as _;

use super::live_funding;
use crate::{
    demo,
    locale::locale,
    ui::{Bar, picture, when},
};

/// How wide a card is: one of four beside each other, or nearly all of a phone.
const SIZES: &str = "(min-width: 34rem) 18rem, 78vw";

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
    let deadline = card.deadline;
    let now = when::passing(now);
    let rest = Signal::derive(move || match state.get() {
        CampaignState::Live => when::time_left(deadline, now.get(), locale),
        ended => (ended.name(locale).to_owned(), false),
    });
    view! {
        <article class="card">
            <div class="card-media">
                {picture(card.image, card.picture, String::new(), SIZES, false)}
            </div>
            <h3>
                <a href=format!("/campaigns/{}", card.slug) on:click=leave>
                    {card.title}
                </a>
            </h3>
            <p class="card-by">{w::by(locale, &card.creator)} " " {demo_label(card.is_demo)}</p>
            <Bar funding=funding state=state />
            <p class="card-facts">
                <b>{move || percent(funding.get().percent(), locale)}</b>
                <span>{move || funding.get().pledged().display(locale)}</span>
                <span data-urgent=move || rest.get().1.then_some("")>{move || rest.get().0}</span>
            </p>
        </article>
    }
}

/// Says of an invented campaign that it is one, where the site does not.
pub fn demo_label(is_demo: bool) -> Option<AnyView> {
    (is_demo && !demo::is_demo()).then(|| {
        let words = domain::words::site::demo_label(locale());
        view! {
            <span class="chip" data-tone="warning">
                {words}
            </span>
        }
        .into_any()
    })
}

/// How long a card is the one that is left; nobody waits longer for a page.
const LEAVING: Duration = Duration::from_secs(4);

/// The picture of the card that is followed turns into the page's. Whoever opens
/// the page elsewhere stays, and so does the card; one at a time may be marked,
/// or none would move.
#[expect(clippy::needless_pass_by_value, reason = "a listener is given its event")]
fn leave(event: MouseEvent) {
    while let Ok(Some(other)) = document().query_selector(".card[data-leaving]") {
        let _ = other.remove_attribute("data-leaving");
    }
    let is_elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    let link = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let card = link.and_then(|link| link.closest(".card").ok().flatten());
    if let (0, false, Some(card)) = (event.button(), is_elsewhere, card) {
        let _ = card.set_attribute("data-leaving", "");
        set_timeout(
            move || {
                let _ = card.remove_attribute("data-leaving");
            },
            LEAVING,
        );
    }
}
