//! The link of a secret reward.

use domain::{studio::StudioPage, words::reward_option as w};
use leptos::{html, prelude::*};

use crate::{
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
    let field = NodeRef::<html::Input>::new();
    let (is_copied, can_copy) = (RwSignal::new(false), RwSignal::new(false));
    // Browsers offer the clipboard only to pages that came over TLS.
    Effect::new(move |_| {
        let navigator = window().navigator();
        let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
        can_copy.set(clipboard.is_ok_and(|clipboard| clipboard.is_object()));
    });
    let copy = move |_| {
        if let Some(field) = field.get_untracked() {
            field.select();
            let _ = window().navigator().clipboard().write_text(&field.value());
            is_copied.set(true);
        }
    };
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
                    node_ref=field
                />
            </div>
            <div class="buttons">
                {move || {
                    can_copy
                        .get()
                        .then(|| {
                            view! {
                                <button class="button" type="button" on:click=copy>
                                    {w::copy(locale)}
                                </button>
                            }
                                .into_any()
                        })
                }}
                <span role="status">{move || is_copied.get().then(|| w::copied(locale))}</span>
            </div>
            {renew}
        </section>
    };
    Some(view.into_any())
}
