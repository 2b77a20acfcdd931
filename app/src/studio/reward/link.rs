//! The link of a secret reward.

use domain::{studio::StudioPage, words::reward_option as w};
use leptos::prelude::*;

use crate::{
    campaign::CopyButton,
    locale::locale,
    studio::{act::RenewSecret, count_done, editor::Desk, field},
    ui::{RefusalNotice, refused},
};

/// The address that opens the reward, to be copied, and a button that makes another.
pub fn link(desk: Desk, page: &StudioPage, id: &str) -> Option<AnyView> {
    let locale = locale();
    let reward = page.rewards.iter().find(|reward| reward.id.to_string() == id)?;
    let secret = reward.secret.clone()?;
    let act = ServerAction::<RenewSecret>::new();
    count_done(act, desk.done);
    let path = format!("/campaigns/{}?secret={secret}", page.slug);
    let address = RwSignal::new(path.clone());
    // Only a browser knows under which name the site was reached.
    Effect::new(move |_| {
        let origin = window().location().origin().unwrap_or_default();
        address.set(format!("{origin}{path}"));
    });
    let is_open = !page.phase.shelf().is_locked();
    let renew = is_open.then(|| {
        let inside = view! {
            {field::hidden("slug", page.slug.as_str())}
            {field::hidden("id", id)}
            <p class="quiet">{w::renew_text(locale)}</p>
            <button class="button" type="submit">
                {w::renew(locale)}
            </button>
        };
        view! { <ActionForm action=act>{inside}</ActionForm> }
    });
    let view = view! {
        <section class="section fields" aria-labelledby="secret-link">
            <h2 id="secret-link">{w::secret_link(locale)}</h2>
            <RefusalNotice refused=refused(act) />
            <div class="field">
                <input
                    class="input"
                    readonly=true
                    aria-labelledby="secret-link"
                    prop:value=move || address.get()
                    value=address.get_untracked()
                />
            </div>
            <div class="buttons">
                {move || view! { <CopyButton text=address.get() /> }}
            </div>
            {renew}
        </section>
    };
    Some(view.into_any())
}
