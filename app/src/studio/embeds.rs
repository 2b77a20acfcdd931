//! Whether and where other pages may show a campaign, and what comes of it.

use domain::{
    Locale,
    embed::{Rule, rule::LONGEST_LIST},
    words::{embed_outcome as o, embed_rule as w},
};
use leptos::prelude::*;

use super::{
    count_done,
    editor::Desk,
    field::{self, Control, Sheet, Typing},
};
use crate::{
    embed::{act::SaveEmbedRule, table},
    locale::locale,
    ui::{RefusalNotice, Submit},
};

/// The word in addresses.
pub const KEY: &str = "embeds";

/// The form, and below it every embed that somebody has counted.
pub fn embeds(desk: Desk) -> AnyView {
    let locale = locale();
    let Some(settings) = desk.embeds.get_value() else { return ().into_any() };
    let slug = desk.page.with_value(|page| page.slug.to_string());
    let outcome = if settings.lines.is_empty() {
        view! { <p>{o::none_studio(locale)}</p> }.into_any()
    } else {
        table(&settings.lines, false, locale)
    };
    view! {
        {form(desk, &slug, &settings.rule, locale)}
        <section class="section" aria-labelledby="outcome">
            <h2 id="outcome">{o::outcome(locale)}</h2>
            {outcome}
            <div class="buttons">
                <a class="button" href=format!("/campaigns/{slug}/embed")>
                    {w::make(locale)}
                </a>
            </div>
        </section>
    }
    .into_any()
}

fn form(desk: Desk, slug: &str, rule: &Rule, locale: Locale) -> AnyView {
    let act = ServerAction::<SaveEmbedRule>::new();
    count_done(act, desk.done);
    let sheet = Sheet::of(act, "form[slug]");
    let shown = Control {
        name: "form[shown]".into(),
        label: w::shown(locale).into(),
        saved: if rule.is_off { "off" } else { "on" }.into(),
        ..Control::default()
    };
    let hosts = Control {
        name: "form[hosts]".into(),
        label: w::hosts(locale).into(),
        hint: w::hosts_hint(locale).into(),
        saved: rule.hosts.lines(),
        ..Control::default()
    };
    let ways = vec![
        ("on", w::on(locale).to_owned(), w::on_text(locale).to_owned()),
        ("off", w::off(locale).to_owned(), w::off_text(locale).to_owned()),
    ];
    let slug = field::hidden("form[slug]", slug);
    let typing = Typing { most: Some(LONGEST_LIST), optional: true, ..Typing::default() };
    view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {slug}
            {field::choices(sheet, &shown, ways)}
            {field::area(sheet, hosts, 4, typing)}
            <RefusalNotice refused=sheet.refused />
            <div class="buttons studio-save">
                <Submit label=w::save(locale) pending=act.pending() large=true />
            </div>
        </ActionForm>
    }
    .into_any()
}
