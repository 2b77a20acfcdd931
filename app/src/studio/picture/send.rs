//! Sending a picture with its progress, and taking one that is dropped or pasted.
//! `fetch` tells nothing of what is under way, so this is the older request.

use std::rc::Rc;

use domain::{
    Locale,
    media::{LARGEST_FILE, Unfit},
    words::media as w,
};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{
    Event, FileList, FormData, HtmlFormElement, HtmlInputElement, ProgressEvent, XmlHttpRequest,
};

use super::{FILE, Progress};
use crate::layout::focus_heading;

/// Takes files that are dropped on the page or pasted into it, as if they were chosen.
pub fn listen() {
    let over = window_event_listener(ev::dragover, |event| {
        if event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0)) {
            event.prevent_default();
        }
    });
    let drop = window_event_listener(ev::drop, |event| {
        if let Some(files) = event.data_transfer().and_then(|data| data.files())
            && choose(&files)
        {
            event.prevent_default();
        }
    });
    let paste = window_event_listener(ev::paste, |event| {
        if let Some(files) = event.clipboard_data().and_then(|data| data.files())
            && choose(&files)
        {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        over.remove();
        drop.remove();
        paste.remove();
    });
}

/// What happens once a picture is kept: the page is read anew, and says so.
pub type Arrived = Rc<dyn Fn()>;

/// Leads to this page, and counts what was done.
pub fn arrived(done: RwSignal<u32>, page: String) -> Arrived {
    let navigate = use_navigate();
    Rc::new(move || {
        navigate(&page, NavigateOptions::default());
        done.try_update(|done| *done += 1);
        focus_heading();
    })
}

/// Counts what was done, on a page that stays.
pub fn counted(done: RwSignal<u32>) -> Arrived {
    Rc::new(move || _ = done.try_update(|done| *done += 1))
}

/// Sends the form that this event is of.
pub fn send(
    event: &ev::SubmitEvent,
    progress: RwSignal<Progress>,
    arrived: &Arrived,
    locale: Locale,
) {
    event.prevent_default();
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let (Some(form), Ok(request)) = (form, XmlHttpRequest::new()) else { return };
    if is_too_large() {
        progress.set(Progress::Refused(Unfit::TooLarge.say(locale)));
        return;
    }
    let unsent = move || Progress::Refused(w::unsent(locale).to_owned());
    let Ok(content) = FormData::new_with_form(&form) else { return };
    let is_open = request.open("POST", &form.action()).is_ok()
        && request.set_request_header("accept", "application/json").is_ok();
    if let Ok(upload) = request.upload() {
        let moved = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            progress.try_set(how_far(&event));
        });
        upload.set_onprogress(Some(moved.as_ref().unchecked_ref()));
        moved.forget();
    }
    let answered = {
        let (request, arrived) = (request.clone(), Rc::clone(arrived));
        Closure::<dyn FnMut(Event)>::new(move |_| {
            let status = request.status().unwrap_or_default();
            if status == 200 {
                progress.try_set(Progress::Idle);
                arrived();
                return;
            }
            let text = request.response_text().ok().flatten().unwrap_or_default();
            let words = match status {
                413 => Some(Unfit::TooLarge.say(locale)),
                _ => problem(&text),
            };
            progress.try_set(words.map_or_else(unsent, Progress::Refused));
        })
    };
    request.set_onload(Some(answered.as_ref().unchecked_ref()));
    answered.forget();
    let broken = Closure::<dyn FnMut(Event)>::new(move |_| {
        progress.try_set(unsent());
    });
    request.set_onerror(Some(broken.as_ref().unchecked_ref()));
    broken.forget();
    progress.set(Progress::Sending(0));
    if !is_open || request.send_with_opt_form_data(Some(&content)).is_err() {
        progress.set(unsent());
    }
}

fn how_far(event: &ProgressEvent) -> Progress {
    let (loaded, total) = (event.loaded() as u64, event.total() as u64);
    if loaded < total { Progress::Sending(loaded * 100 / total) } else { Progress::Preparing }
}

/// What an answer says is wrong.
fn problem(text: &str) -> Option<String> {
    let answer = js_sys::JSON::parse(text).ok()?;
    js_sys::Reflect::get(&answer, &JsValue::from_str("problem")).ok()?.as_string()
}

fn input() -> Option<HtmlInputElement> {
    document().get_element_by_id(FILE)?.dyn_into().ok()
}

/// Puts files into the form, if there are any and it is there.
pub fn choose(files: &FileList) -> bool {
    let Some(input) = input().filter(|_| files.length() > 0) else { return false };
    input.set_files(Some(files));
    let _ = input.focus();
    true
}

fn is_too_large() -> bool {
    let file = input().and_then(|input| input.files()).and_then(|files| files.item(0));
    file.is_some_and(|file| file.size() as u64 > LARGEST_FILE as u64)
}
