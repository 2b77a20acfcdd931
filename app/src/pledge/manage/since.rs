//! What changed since the pledge was made, and until when it may be taken back for that.

use domain::{pledge::PledgePage, words::changes as w};
use leptos::prelude::*;

use crate::{
    campaign::facts,
    locale::locale,
    ui::{Notice, Tone},
};

/// The section, where anything changed.
pub fn since(page: &PledgePage) -> Option<AnyView> {
    let locale = locale();
    let since = &page.since;
    if since.is_nothing() {
        return None;
    }
    let leave = since.free_until.map(|until| {
        let until = until.long(locale);
        let text = match since.may_leave {
            true => w::may_leave_text(locale, &until),
            false => w::may_leave_later(locale, &until),
        };
        view! {
            <Notice tone=Tone::Warning title=w::may_leave(locale)>
                {text}
            </Notice>
        }
    });
    let rewards = since.rewards.iter().map(|reward| {
        view! {
            <h3>{w::of_your_reward(locale, &reward.title)}</h3>
            {facts(&reward.differences, locale)}
        }
    });
    let of_page = since.page.as_ref().map(|change| {
        let slug = &page.checkout.campaign.slug;
        let href = format!("/campaigns/{slug}/changes?since={}", change.version);
        view! {
            <h3>{w::of_the_page(locale)}</h3>
            <p>
                {change.sentence.clone()} " "
                <a href=href>{w::see_words(locale)}</a>
            </p>
        }
    });
    let section = view! {
        <section class="section" aria-labelledby="since">
            <h2 id="since">{w::since_you_pledged(locale)}</h2>
            {leave}
            {rewards.collect::<Vec<_>>()}
            {of_page}
        </section>
    };
    Some(section.into_any())
}
