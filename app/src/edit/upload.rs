//! Pictures, films and sound into the story: chosen, pasted or dropped. A block waits in
//! their place while they are on the way.

use domain::{
    id::MediaId,
    media::{
        self, Recording, Unplayable,
        recording::{LARGEST_RECORDING, megabytes},
    },
    story::{BlockId, Kind, MOST_PICTURES, Part, Runs, Shot, html},
    words::{edit as w, edit_media as m, recording as r},
};
use js_sys::{JSON, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{File, FormData, HtmlInputElement, ProgressEvent, XmlHttpRequest};

use super::{block::Around, block::set, keys::changed};

/// Where pictures are sent, and where films and sound are.
const PICTURES: &str = "media";
const RECORDINGS: &str = "recordings";

/// How far a file has come, and why it has not. It is the block's and not of what is
/// drawn of it, which comes and goes.
#[derive(Clone)]
pub struct Way {
    sent: ArcRwSignal<Option<u32>>,
    problem: ArcRwSignal<Option<String>>,
}

impl Way {
    fn new() -> Self {
        Self { sent: ArcRwSignal::new(None), problem: ArcRwSignal::new(None) }
    }

    /// That of a block; the same each time.
    pub fn of(around: Around, id: BlockId, to: &'static str) -> Self {
        let ways = around.desk.ways;
        let known =
            ways.try_update_value(|ways| ways.entry((id, to)).or_insert_with(Self::new).clone());
        known.unwrap_or_else(Self::new)
    }
}

/// The button that chooses pictures for a block, and how far they have come.
pub fn button(around: Around, id: BlockId) -> AnyView {
    let locale = around.desk.locale;
    let kind = around.desk.kind_now(id);
    let is_gallery = matches!(kind, Kind::Gallery { .. });
    let is_empty = matches!(kind, Kind::Image { picture: None, .. });
    let problem = Way::of(around, id, PICTURES).problem;
    let takes_away = move || {
        let is_refused = is_empty && problem.with(Option::is_some);
        is_refused.then(|| takes_away(around, id))
    };
    let way = Way::of(around, id, PICTURES);
    view! {
        {chooser(around, w::choose_picture(locale), "image/*", is_gallery, way, move |file| {
            send_picture(around, id, file);
        })}
        {takes_away}
    }
    .into_any()
}

/// The button that takes a block away whose picture was refused; it may also be given
/// another one.
fn takes_away(around: Around, id: BlockId) -> AnyView {
    let desk = around.desk;
    view! {
        <button
            class="button"
            data-kind="quiet"
            type="button"
            on:click=move |_| {
                desk.change(None, |document| {
                    document.remove(id);
                    changed([], true)
                });
                desk.told.set(w::removed(desk.locale).to_owned());
            }
        >
            {m::remove_empty(desk.locale)}
        </button>
    }
    .into_any()
}

/// The buttons of a film or a sound: its file, and the picture before it plays.
pub fn recording(around: Around, id: BlockId) -> AnyView {
    let locale = around.desk.locale;
    let kinds = "video/mp4,video/webm,audio/mpeg,audio/ogg,audio/mp4,.m4a";
    let most = megabytes(LARGEST_RECORDING);
    let way = Way::of(around, id, RECORDINGS);
    let way_of_poster = Way::of(around, id, PICTURES);
    view! {
        {chooser(around, r::choose_file(locale), kinds, false, way, move |file| {
            send_recording(around, id, file);
        })}
        <small class="field-hint">{r::choose_file_hint(locale, &most)}</small>
        {chooser(around, r::choose_poster(locale), "image/*", false, way_of_poster, move |file| {
            send_picture(around, id, file);
        })}
    }
    .into_any()
}

/// A button that chooses files and sends each, with how far it has come or why not.
pub fn chooser(
    around: Around,
    words: &'static str,
    kinds: &'static str,
    is_many: bool,
    Way { sent, problem }: Way,
    send: impl Fn(&File) + 'static,
) -> AnyView {
    let choose = move |event| {
        let input: HtmlInputElement = event_target(&event);
        let files = input.files();
        let files = files.iter().flat_map(|all| (0..all.length()).filter_map(|at| all.get(at)));
        for file in files.collect::<Vec<_>>() {
            send(&file);
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
            send_picture(around, id, file);
        }
        after = made;
    }
}

/// What is said of a file while it is sent.
#[derive(Clone, Copy)]
pub struct Words {
    pub coming: &'static str,
    pub here: &'static str,
    pub failed: &'static str,
}

/// Sends one picture; the block shows it once the server has it.
fn send_picture(around: Around, id: BlockId, file: &File) {
    let locale = around.desk.locale;
    let words = Words {
        coming: w::uploading(locale),
        here: w::uploaded(locale),
        failed: w::upload_failed(locale),
    };
    let way = Way::of(around, id, PICTURES);
    send(around, (PICTURES, &[("alt", "")]), file, way, words, move |text| {
        let picture = picture(text).ok_or_else(|| words.failed.to_owned())?;
        show(around, id, picture)
    });
}

/// Sends a film or a sound; the block plays it once the server has it.
fn send_recording(around: Around, id: BlockId, file: &File) {
    let locale = around.desk.locale;
    let words = Words {
        coming: r::uploading(locale),
        here: r::uploaded(locale),
        failed: r::unsent(locale),
    };
    let way = Way::of(around, id, RECORDINGS);
    if file.size() as u64 > LARGEST_RECORDING {
        way.problem.set(Some(Unplayable::TooLarge.say(locale)));
        return;
    }
    send(around, (RECORDINGS, &[]), file, way, words, move |text| {
        let recording = arrived(text).ok_or_else(|| words.failed.to_owned())?;
        let file = Some(recording.id.uuid());
        if around.shown.try_update(|shown| shown.recordings.push(recording)).is_none() {
            // Whoever sent it has left.
            return Ok(());
        }
        if let Kind::Recording { poster, .. } = around.desk.kind_now(id) {
            set(around.desk, id, &Kind::Recording { file, poster, captions: None });
        }
        Ok(())
    });
}

/// Sends a file with these fields, and gives the answer on; `taken` says why nothing
/// came of it.
pub fn send(
    around: Around,
    (to, fields): (&str, &[(&str, &str)]),
    file: &File,
    Way { sent, problem }: Way,
    words: Words,
    taken: impl Fn(&str) -> Result<(), String> + 'static,
) {
    let Ok((request, form)) = XmlHttpRequest::new().and_then(|request| {
        let form = FormData::new()?;
        for (name, value) in fields {
            form.append_with_str(name, value)?;
        }
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
    let share = sent.clone();
    let moved = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        let (loaded, total) = (event.loaded() as u64, (event.total() as u64).max(1));
        share.set(Some(u32::try_from(loaded * 100 / total).unwrap_or(100)));
    });
    let (answered, refused) = (request.clone(), problem.clone());
    let done = Closure::<dyn FnMut()>::new(move || {
        sent.set(None);
        let is_good = answered.status().is_ok_and(|status| status == 200 || status == 201);
        let text = answered.response_text().ok().flatten().unwrap_or_default();
        let outcome = match is_good {
            true => taken(&text),
            false => Err(said(&text).unwrap_or_else(|| words.failed.to_owned())),
        };
        let told = match outcome {
            Ok(()) => words.here.to_owned(),
            Err(why) => {
                refused.set(Some(why.clone()));
                why
            }
        };
        around.desk.told.try_set(told);
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

/// Shows a picture in its block.
fn show(around: Around, id: BlockId, picture: html::Picture) -> Result<(), String> {
    let uuid = picture.id;
    if around.shown.try_update(|shown| shown.pictures.push(picture)).is_none() {
        // Whoever sent it has left.
        return Ok(());
    }
    let kind = match around.desk.kind_now(id) {
        Kind::Gallery { pictures } if pictures.len() >= MOST_PICTURES => {
            return Err(m::gallery_full(around.desk.locale, &MOST_PICTURES));
        }
        Kind::Gallery { mut pictures } => {
            pictures.push(Shot { id: uuid, alt: String::new() });
            Kind::Gallery { pictures }
        }
        Kind::Image { alt, .. } => Kind::Image { picture: Some(uuid), alt },
        Kind::Recording { file, captions, .. } => {
            Kind::Recording { file, poster: Some(uuid), captions }
        }
        _ => return Ok(()),
    };
    set(around.desk, id, &kind);
    Ok(())
}

/// Reads the server's answer with the browser's own parser.
fn picture(text: &str) -> Option<html::Picture> {
    let value = JSON::parse(text).ok()?;
    let field = |name: &str| Reflect::get(&value, &JsValue::from_str(name)).ok();
    let number = |name: &str| field(name)?.as_f64().map(|number| number as u32);
    let picture = media::Picture {
        id: field("id")?.as_string()?.parse().ok()?,
        width: number("width")?,
        height: number("height")?,
        blur: field("blur").and_then(|blur| blur.as_string()).unwrap_or_default(),
        alt: String::new(),
    };
    Some(picture.into())
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
