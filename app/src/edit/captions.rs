//! Captions of an uploaded film: a file in WebVTT, and the language it is in.

use domain::{
    Locale,
    media::{Captions, captions::LARGEST_CAPTIONS},
    story::{BlockId, Kind, Part},
    words::captions as w,
};
use js_sys::JSON;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::File;

use super::{
    block::{Around, set},
    upload::{Way, Words, chooser, send},
};

/// Where captions are sent.
const CAPTIONS: &str = "captions";

/// What brings captions to a film of a block, and takes them away.
pub fn captions(around: Around, id: BlockId, film: Uuid, kept: Option<Captions>) -> AnyView {
    let locale = around.desk.locale;
    let written = around.shown.with_untracked(|shown| shown.locale);
    let language = RwSignal::new(kept.map_or(written, |kept| kept.language));
    let options = Locale::ALL.into_iter().map(|one| {
        let is_chosen = one == language.get_untracked();
        view! { <option value=one.tag() selected=is_chosen>{one.name()}</option> }
    });
    let options = options.collect::<Vec<_>>();
    let way = Way::of(around, id, CAPTIONS);
    let kept = kept.map(|kept| {
        view! {
            <p class="buttons">
                <span>{w::kept(locale, &kept.language.name())}</span>
                <button
                    class="button"
                    data-kind="quiet"
                    type="button"
                    disabled=move || !around.is_free(Part::Story)
                    on:click=move |_| put(around, id, film, None)
                >
                    {w::remove(locale)}
                </button>
            </p>
        }
    });
    view! {
        {kept}
        <label class="field">
            <span class="field-label">{w::language(locale)}</span>
            <select
                class="input"
                disabled=move || !around.is_free(Part::Story)
                on:change=move |event| {
                    if let Ok(chosen) = event_target_value(&event).parse() {
                        language.set(chosen);
                    }
                }
            >
                {options}
            </select>
        </label>
        {chooser(around, w::choose(locale), ".vtt,text/vtt", false, way, move |file| {
            send_captions(around, id, film, language.get_untracked(), file);
        })}
        <small class="field-hint">{w::choose_hint(locale, &(LARGEST_CAPTIONS / 1024))}</small>
    }
    .into_any()
}

fn send_captions(around: Around, id: BlockId, film: Uuid, language: Locale, file: &File) {
    let locale = around.desk.locale;
    let words = Words {
        coming: w::uploading(locale),
        here: w::uploaded(locale),
        failed: w::unsent(locale),
    };
    let of = film.to_string();
    let fields = [("recording", of.as_str()), ("language", language.tag())];
    let way = Way::of(around, id, CAPTIONS);
    send(around, (CAPTIONS, &fields), file, way, words, move |text| {
        let captions = arrived(text).ok_or_else(|| words.failed.to_owned())?;
        put(around, id, film, Some(captions));
        Ok(())
    });
}

/// Writes which captions a film has, unless the block shows another one by now.
fn put(around: Around, id: BlockId, film: Uuid, captions: Option<Captions>) {
    if let Kind::Recording { file: Some(file), poster, .. } = around.desk.kind_now(id)
        && file == film
    {
        set(around.desk, id, &Kind::Recording { file: Some(file), poster, captions });
    }
}

fn arrived(text: &str) -> Option<Captions> {
    JSON::parse(text).ok()?.as_string()?.parse().ok()
}
