//! Pictures, films and sound into the story: chosen, pasted or dropped. A block waits in
//! their place while they are on the way.

use domain::{
    id::MediaId,
    media::{
        Recording, Unplayable,
        recording::{LARGEST_RECORDING, megabytes},
    },
    story::{BlockId, Kind, Part, Runs, html},
    words::{edit as w, recording as r},
};
use js_sys::{JSON, Reflect};
use leptos::prelude::*;
use uuid::Uuid;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{File, FormData, HtmlInputElement, ProgressEvent, XmlHttpRequest};

use super::{block::Around, block::set, keys::changed};

/// How far a file has come, and why it has not.
#[derive(Clone, Copy)]
struct Way {
    sent: RwSignal<Option<u32>>,
    problem: RwSignal<Option<String>>,
}

impl Way {
    fn new() -> Self {
        Self { sent: RwSignal::new(None), problem: RwSignal::new(None) }
    }
}

/// The button that chooses pictures for a block, and how far they have come.
pub fn button(around: Around, id: BlockId) -> AnyView {
    let locale = around.desk.locale;
    let is_gallery = matches!(around.desk.kind_now(id), Kind::Gallery { .. });
    chooser(around, w::choose_picture(locale), "image/*", is_gallery, move |file, way| {
        send_picture(around, id, file, way);
    })
}

/// The buttons of a film or a sound: its file, and the picture before it plays.
pub fn recording(around: Around, id: BlockId) -> AnyView {
    let locale = around.desk.locale;
    let kinds = "video/mp4,video/webm,audio/mpeg,audio/ogg,audio/mp4,.m4a";
    let most = megabytes(LARGEST_RECORDING);
    view! {
        {chooser(around, r::choose_file(locale), kinds, false, move |file, way| {
            send_recording(around, id, file, way);
        })}
        <small class="field-hint">{r::choose_file_hint(locale, &most)}</small>
        {chooser(around, r::choose_poster(locale), "image/*", false, move |file, way| {
            send_picture(around, id, file, way);
        })}
    }
    .into_any()
}

fn chooser(
    around: Around,
    words: &'static str,
    kinds: &'static str,
    is_many: bool,
    send: impl Fn(&File, Way) + 'static,
) -> AnyView {
    let way = Way::new();
    let Way { sent, problem } = way;
    let choose = move |event| {
        let input: HtmlInputElement = event_target(&event);
        let files = input.files();
        let files = files.iter().flat_map(|all| (0..all.length()).filter_map(|at| all.get(at)));
        for file in files.collect::<Vec<_>>() {
            send(&file, way);
        }
        input.set_value("");
    };
    view! {
        <label class="button edit-upload">
            {words}
            <input
                class="visually-hidden"
                type="file"
                accept=kinds
                multiple=is_many
                disabled=move || !around.is_free(Part::Story)
                on:change=choose
            />
        </label>
        {move || {
            sent.get()
                .map(|percent| {
                    view! {
                        <progress max="100" value=percent.to_string() aria-label=words></progress>
                    }
                })
        }}
        {move || {
            problem
                .get()
                .map(|problem| {
                    view! {
                        <p class="field-problem" role="alert">
                            {problem}
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
            send_picture(around, id, file, Way::new());
        }
        after = made;
    }
}

/// What is said of a file while it is sent.
#[derive(Clone, Copy)]
struct Words {
    coming: &'static str,
    here: &'static str,
    failed: &'static str,
}

/// Sends one picture; the block shows it once the server has it.
fn send_picture(around: Around, id: BlockId, file: &File, way: Way) {
    let locale = around.desk.locale;
    let words = Words {
        coming: w::uploading(locale),
        here: w::uploaded(locale),
        failed: w::upload_failed(locale),
    };
    send(around, "media", file, way, words, move |text| {
        picture(text).map(|picture| show(around, id, picture))
    });
}

/// Sends a film or a sound; the block plays it once the server has it.
fn send_recording(around: Around, id: BlockId, file: &File, way: Way) {
    let locale = around.desk.locale;
    let words = Words {
        coming: r::uploading(locale),
        here: r::uploaded(locale),
        failed: r::unsent(locale),
    };
    if file.size() as u64 > LARGEST_RECORDING {
        way.problem.set(Some(Unplayable::TooLarge.say(locale)));
        return;
    }
    send(around, "recordings", file, way, words, move |text| {
        let recording = arrived(text)?;
        let file = Some(recording.id.uuid());
        around.shown.try_update(|shown| shown.recordings.push(recording))?;
        if let Kind::Recording { poster, .. } = around.desk.kind_now(id) {
            set(around.desk, id, &Kind::Recording { file, poster });
        }
        Some(())
    });
}

/// Sends a file, and gives the answer on. Nothing from `taken`: it was none.
fn send(
    around: Around,
    to: &str,
    file: &File,
    Way { sent, problem }: Way,
    words: Words,
    taken: impl Fn(&str) -> Option<()> + 'static,
) {
    let Ok((request, form)) = XmlHttpRequest::new().and_then(|request| {
        let form = FormData::new()?;
        form.append_with_str("alt", "")?;
        form.append_with_blob_and_filename("file", file, &file.name())?;
        let path = around.slug.with_value(|slug| format!("/studio/{slug}/{to}"));
        request.open_with_async("POST", &path, true)?;
        request.set_request_header("Accept", "application/json")?;
        Ok((request, form))
    }) else {
        return problem.set(Some(words.failed.to_owned()));
    };
    problem.set(None);
    sent.set(Some(0));
    around.desk.told.set(words.coming.to_owned());
    let moved = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        let (loaded, total) = (event.loaded() as u64, (event.total() as u64).max(1));
        sent.try_set(Some(u32::try_from(loaded * 100 / total).unwrap_or(100)));
    });
    let answered = request.clone();
    let done = Closure::<dyn FnMut()>::new(move || {
        sent.try_set(None);
        let is_good = answered.status().is_ok_and(|status| status == 200 || status == 201);
        let text = answered.response_text().ok().flatten().unwrap_or_default();
        let said = match is_good && taken(&text).is_some() {
            true => words.here.to_owned(),
            false => {
                let why = said(&text).unwrap_or_else(|| words.failed.to_owned());
                problem.try_set(Some(why.clone()));
                why
            }
        };
        around.desk.told.try_set(said);
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(moved.as_ref().unchecked_ref()));
    }
    request.set_onloadend(Some(done.as_ref().unchecked_ref()));
    // The request holds them until it is over, which nothing tells.
    moved.forget();
    done.forget();
    if request.send_with_opt_form_data(Some(&form)).is_err() {
        problem.set(Some(words.failed.to_owned()));
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
        Kind::Recording { file, .. } => Kind::Recording { file, poster: Some(uuid) },
        _ => return,
    };
    set(around.desk, id, &kind);
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

fn arrived(text: &str) -> Option<Recording> {
    let value = JSON::parse(text).ok()?;
    let field = |name: &str| Reflect::get(&value, &JsValue::from_str(name)).ok()?.as_string();
    let id: MediaId = field("id")?.parse().ok()?;
    Some(Recording { id, kind: field("kind")?.parse().ok()? })
}

/// What the server says is wrong.
fn said(text: &str) -> Option<String> {
    let value = JSON::parse(text).ok()?;
    Reflect::get(&value, &JsValue::from_str("problem")).ok()?.as_string()
}
