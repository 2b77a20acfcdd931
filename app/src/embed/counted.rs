//! A name for a card, so that who shows it learns what comes of it.

use domain::{embed::Look, words::embed_outcome as w};
use leptos::prelude::*;

use super::act::MakeEmbed;
use crate::{
    locale::locale,
    ui::{RefusalNotice, Submit, refused},
};

/// The button that asks for a name, or the name.
#[component]
pub fn Counted(slug: String, look: Memo<Look>) -> impl IntoView {
    let locale = locale();
    let act = ServerAction::<MakeEmbed>::new();
    let refused = refused(act);
    let name = Memo::new(move |_| look.with(|look| look.embed));
    let slug = StoredValue::new(slug);
    let body = move || match name.get() {
        Some(name) => view! {
            <p>{w::counted(locale, &name)}</p>
            <div class="buttons">
                <a class="button" href="/account/embeds">
                    {w::see(locale)}
                </a>
            </div>
        }
        .into_any(),
        None => view! {
            <p>{w::count_text(locale)}</p>
            <ActionForm action=act>
                <input type="hidden" name="slug" value=slug.get_value() />
                <input type="hidden" name="look" value=move || look.with(Look::query) />
                <RefusalNotice refused=refused />
                <div class="buttons">
                    <Submit label=w::make(locale) pending=act.pending() kind="" />
                </div>
            </ActionForm>
        }
        .into_any(),
    };
    view! {
        <section class="section" aria-labelledby="counted">
            <h2 id="counted">{w::count(locale)}</h2>
            {body}
        </section>
    }
}
