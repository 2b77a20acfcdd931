//! What a reward comes in, when it can be had, and by whom.

use domain::{studio::RewardForm, time::Zone, words::reward_option as w};
use leptos::prelude::*;

use crate::{
    locale::locale,
    studio::field::{self, Control, Sheet, Typing},
};

/// The options, and how many there are of each combination.
pub fn variants(
    sheet: Sheet,
    saved: &RewardForm,
    control: &impl Fn(&str, &str, &str, &str) -> Control,
) -> AnyView {
    let locale = locale();
    let optional = Typing { optional: true, ..Typing::default() };
    let options = control("options", w::options(locale), w::options_hint(locale), &saved.options);
    let stock = control("stock", w::stock(locale), w::stock_hint(locale), &saved.stock);
    view! {
        {field::area(sheet, options, 3, optional)}
        {field::area(sheet, stock, 4, optional)}
    }
    .into_any()
}

/// From when and until when it can be had, by the campaign's clock.
pub fn window(
    sheet: Sheet,
    saved: &RewardForm,
    control: &impl Fn(&str, &str, &str, &str) -> Control,
    zone: Zone,
) -> AnyView {
    let locale = locale();
    let date = Typing { kind: "date", optional: true, ..Typing::default() };
    let time = Typing { kind: "time", optional: true, ..Typing::default() };
    let hint = w::starts_hint(locale, &zone.key().replace('_', " "));
    let starts = control("starts", w::starts(locale), &hint, &saved.starts);
    let starts_time = control("starts_time", w::starts_time(locale), "", &saved.starts_time);
    let ends = control("ends", w::ends(locale), "", &saved.ends);
    let ends_time = control("ends_time", w::ends_time(locale), "", &saved.ends_time);
    view! {
        <fieldset class="fields">
            <legend>{w::window(locale)}</legend>
            <div class="field-row">
                {field::line(sheet, starts, date)}
                {field::line(sheet, starts_time, time)}
            </div>
            <div class="field-row">
                {field::line(sheet, ends, date)}
                {field::line(sheet, ends_time, time)}
            </div>
        </fieldset>
    }
    .into_any()
}

/// Whether only its link opens it.
pub fn secret(
    sheet: Sheet,
    saved: &RewardForm,
    control: &impl Fn(&str, &str, &str, &str) -> Control,
) -> AnyView {
    let locale = locale();
    field::check(
        sheet,
        &control("secret", w::secret(locale), w::secret_hint(locale), &saved.secret),
    )
}
