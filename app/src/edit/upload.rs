//! Pictures into the story: chosen, pasted or dropped. A block waits in their place
//! while they are on the way.

use domain::{
    story::{BlockId, Kind, Part, Runs, html},
    words::edit as w,
};
use js_sys::{JSON, Reflect};
use leptos::prelude::*;
use uuid::Uuid;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{File, FormData, HtmlInputElement, ProgressEvent, XmlHttpRequest};

use super::{block::Around, block::set, keys::changed};

/// The button that chooses pictures for a block, and how far they have come.
pub fn button(around: Around, id: BlockId) -> AnyView {
    let locale = around.desk.locale;
    let sent = RwSignal::new(None::<u32>);
    let problem = RwSignal::new(false);
    let is_gallery = matches!(around.desk.kind_now(id), Kind::Gallery { .. });
    let choose = move |event| {
        let input: HtmlInputElement = event_target(&event);
        let files = input.files();
        let files = files.iter().flat_map(|all| (0..all.length()).filter_map(|at| all.get(at)));
        for file in files.collect::<Vec<_>>() {
            send(around, id, &file, sent, problem);
        }
        input.set_value("");
    };
    view! {
        <label class="button edit-upload">
            {w::choose_picture(locale)}
            <input
                class="visually-hidden"
                type="file"
                accept="image/*"
                multiple=is_gallery
                disabled=move || !around.is_free(Part::Story)
                on:change=choose
            />
        </label>
        {move || {
            sent.get()
                .map(|percent| {
                    view! {
                        <progress max="100" value=percent.to_string() aria-label=w::uploading(locale)></progress>
                    }
                })
        }}
        {move || {
            problem
                .get()
                .then(|| {
                    view! {
                        <p class="field-problem" role="alert">
                            {w::upload_failed(locale)}
                        </p>
                    }
                })
        }}
    }
    .into_any()
}

/// Puts pictures behind a block, each in a block of its own.
pub fn add(around: Around, after: Option<BlockId>, files: &[File]) {
    let mut after = after;
    for file in files {
        let mut made = None;
        around.desk.change(None, |document| {
            let kind = Kind::Image { picture: None, alt: String::new() };
            let id = document.insert(after, &kind, &Runs::default());
            made = Some(id);
            changed([id], true)
        });
        if let Some(id) = made {
            send(around, id, file, RwSignal::new(None), RwSignal::new(false));
        }
        after = made;
    }
}

/// Sends one picture; the block shows it once the server has it.
fn send(
    around: Around,
    id: BlockId,
    file: &File,
    sent: RwSignal<Option<u32>>,
    problem: RwSignal<bool>,
) {
    let locale = around.desk.locale;
    let Ok((request, form)) = XmlHttpRequest::new().and_then(|request| {
        let form = FormData::new()?;
        form.append_with_blob_and_filename("file", file, &file.name())?;
        form.append_with_str("alt", "")?;
        let path = around.slug.with_value(|slug| format!("/studio/{slug}/media"));
        request.open_with_async("POST", &path, true)?;
        request.set_request_header("Accept", "application/json")?;
        Ok((request, form))
    }) else {
        return problem.set(true);
    };
    problem.set(false);
    sent.set(Some(0));
    around.desk.told.set(w::uploading(locale).to_owned());
    let moved = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        let (loaded, total) = (event.loaded() as u64, (event.total() as u64).max(1));
        sent.try_set(Some(u32::try_from(loaded * 100 / total).unwrap_or(100)));
    });
    let answered = request.clone();
    let done = Closure::<dyn FnMut()>::new(move || {
        sent.try_set(None);
        let is_good = answered.status().is_ok_and(|status| status == 200 || status == 201);
        let text = answered.response_text().ok().flatten().unwrap_or_default();
        match picture(&text).filter(|_| is_good) {
            Some(picture) => show(around, id, picture),
            None => {
                problem.try_set(true);
                around.desk.told.try_set(w::upload_failed(locale).to_owned());
            }
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(moved.as_ref().unchecked_ref()));
    }
    request.set_onloadend(Some(done.as_ref().unchecked_ref()));
    // The request holds them until it is over, which nothing tells.
    moved.forget();
    done.forget();
    if request.send_with_opt_form_data(Some(&form)).is_err() {
        problem.set(true);
    }
}

fn show(around: Around, id: BlockId, picture: html::Picture) {
    let uuid = picture.id;
    if around.shown.try_update(|shown| shown.pictures.push(picture)).is_none() {
        return;
    }
    let kind = match around.desk.kind_now(id) {
        Kind::Gallery { mut pictures } => {
            pictures.push(uuid);
            Kind::Gallery { pictures }
        }
        Kind::Image { alt, .. } => Kind::Image { picture: Some(uuid), alt },
        _ => return,
    };
    set(around.desk, id, &kind);
    around.desk.told.set(w::uploaded(around.desk.locale).to_owned());
}

/// Reads the server's answer with the browser's own parser.
fn picture(text: &str) -> Option<html::Picture> {
    let value = JSON::parse(text).ok()?;
    let field = |name: &str| Reflect::get(&value, &JsValue::from_str(name)).ok();
    let number = |name: &str| field(name)?.as_f64().map(|number| number as u32);
    let id = Uuid::parse_str(&field("id")?.as_string()?).ok()?;
    let width = number("width")?;
    Some(html::Picture {
        id,
        src: format!("/media/{id}/{width}.webp"),
        width,
        height: number("height")?,
        ..html::Picture::default()
    })
}
