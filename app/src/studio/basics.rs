//! What a campaign is: its title, its shelf, its place and its address.

use domain::{
    Locale,
    studio::{LONGEST_SUBTITLE, LONGEST_TITLE},
    words::studio_page as w,
};
use leptos::prelude::*;

use super::{
    act::SaveBasics,
    count_done,
    editor::{self, Desk},
    field::{self, Sheet, Typing},
    picture::{self, Subject},
};
use crate::locale::locale;

/// The form of the basics.
pub fn basics(desk: Desk) -> AnyView {
    let locale = locale();
    let act = ServerAction::<SaveBasics>::new();
    count_done(act, desk.done);
    let sheet = Sheet::of(act, "form[slug]");
    let page = desk.page.get_value();
    let subject = Subject::campaign(&page);
    let saved = page.basics.clone();
    let control =
        |key: &str, label: &str, hint: &str, saved: &str| desk.control(key, label, hint, saved);
    let title = control("title", w::title(locale), w::title_hint(locale), &saved.title);
    let subtitle =
        control("subtitle", w::subtitle(locale), w::subtitle_hint(locale), &saved.subtitle);
    let category = control("category", w::category(locale), "", &saved.category);
    let subcategory = control(
        "subcategory",
        w::subcategory(locale),
        w::subcategory_hint(locale),
        &saved.subcategory,
    );
    let location =
        control("location", w::location(locale), w::location_hint(locale), &saved.location);
    let country = control("country", w::country(locale), w::country_hint(locale), &saved.country);
    let language =
        control("language", w::language(locale), w::language_hint(locale), &saved.language);
    let address = control("address", w::address(locale), w::address_hint(locale), &saved.address);
    let languages =
        Locale::ALL.into_iter().map(|it| (it.tag().to_owned(), it.name().to_owned())).collect();
    let most = |most| Typing { most: Some(most), ..Typing::default() };
    let optional = |most| Typing { most: Some(most), optional: true, ..Typing::default() };
    let fields = view! {
        {field::line(sheet, title, most(LONGEST_TITLE))}
        {field::line(sheet, subtitle, most(LONGEST_SUBTITLE))}
        <div class="field-row">
            {field::pick(sheet, category, field::categories(w::choose(locale), locale))}
            {field::line(sheet, subcategory, optional(40))}
        </div>
        <div class="field-row">
            {field::line(sheet, location, optional(60))}
            {field::pick(sheet, country, field::countries(w::choose(locale), locale))}
        </div>
        {field::pick(sheet, language, languages)}
        {field::line(sheet, address, most(60))}
        {desk.public_at_once()}
    };
    let inside = editor::inside(
        desk,
        sheet,
        |page, _| page.basics.version.clone(),
        act.pending(),
        fields.into_any(),
    );
    view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {inside}
        </ActionForm>
        {picture::section(desk, subject)}
    }
    .into_any()
}
