//! What every form does with a refusal: it says why, and the focus goes where
//! something is to be done.

use std::time::Duration;

use domain::{
    Invalid,
    discovery::percent_encoded,
    pledge::Refusal,
    words::{account, campaign as w, refusal},
};
use leptos::{prelude::*, server_fn::ServerFn};
use wasm_bindgen::JsCast as _;

use super::{Notice, Tone};
use crate::{error::AppError, layout, locale::locale};

/// Problems are drawn within a frame or two of the answer.
const DRAWN: Duration = Duration::from_millis(60);

/// Why the last answer of an action was no. Without wasm the answer stands in
/// the page's address; one that stood there on an earlier page is forgotten.
#[must_use]
pub fn refused<S>(action: ServerAction<S>) -> Signal<Option<AppError>>
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let is_answer = layout::page_query().with_untracked(|query| query.get("__err").is_some());
    let (value, version) = (action.value(), action.version());
    // The page that a plain form comes back to answers with the refusal's status.
    if let (true, Some(Err(error))) = (is_answer, value.get_untracked()) {
        error.note();
    }
    Signal::derive(move || {
        let counts = is_answer || version.get() > 0;
        value.with(|answer| match answer {
            Some(Err(error)) if counts => Some(error.clone()),
            _ => None,
        })
    })
}

/// The fields of a refusal that need another look.
#[must_use]
pub fn invalid(refused: Signal<Option<AppError>>) -> Signal<Invalid> {
    Signal::derive(move || {
        refused.with(|error| match error {
            Some(AppError::Invalid(invalid)) => invalid.clone(),
            _ => Invalid::default(),
        })
    })
}

/// The refusal in words, above the button that caused it.
#[component]
pub fn RefusalNotice(
    /// See [`refused`].
    refused: Signal<Option<AppError>>,
) -> impl IntoView {
    let locale = locale();
    // Without wasm the browser itself goes to the notice of a page that came
    // back; what is put into an open page later needs no such word.
    let is_answer = refused.with_untracked(Option::is_some);
    let here = layout::address();
    Effect::new(move |_| {
        if refused.with(Option::is_some) {
            focus_what_is_wrong();
        }
    });
    move || {
        refused.get().map(|error| {
            let way_on = match &error {
                AppError::Refused(Refusal::AlreadyPledged { pledge }) => {
                    Some((format!("/pledges/{pledge}"), w::change_pledge(locale)))
                }
                AppError::SignedOut => Some((sign_in_for(&here.get()), account::sign_in(locale))),
                _ => None,
            };
            let text = match &error {
                // The page was opened by somebody signed in, or it would not hold this form.
                AppError::SignedOut => refusal::session_ended(locale).to_owned(),
                error => error.say(locale),
            };
            view! {
                <div class="refusal" tabindex="-1" autofocus=is_answer>
                    <Notice tone=Tone::Problem>
                        <p>{text}</p>
                        {way_on.map(|(href, label)| view! { <a href=href>{label}</a> })}
                    </Notice>
                </div>
            }
            .into_any()
        })
    }
}

/// The way to sign in and back to this address, without the refusal in it.
fn sign_in_for(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let kept: Vec<&str> =
        query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("__")).collect();
    let back = if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) };
    format!("/sign-in?next={}", percent_encoded(&back))
}

/// Moves the focus to the first field that needs another look, or else to the
/// notice that says why nothing was done.
fn focus_what_is_wrong() {
    set_timeout(
        || {
            let find = |selector| document().query_selector(selector).ok().flatten();
            let target = find("main [aria-invalid=true]").or_else(|| find("main .refusal"));
            if let Some(target) = target.and_then(|t| t.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = target.focus();
            }
        },
        DRAWN,
    );
}
