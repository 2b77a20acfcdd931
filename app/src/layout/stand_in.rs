//! What is shown when a page cannot be.

use domain::{pledge::Refusal, words::site as w};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::{demo, error::AppError, http, locale::locale};

/// No page has this address, or its page may not be known.
#[component]
pub fn NotFound() -> impl IntoView {
    let locale = locale();
    http::note_status(404);
    view! {
        <Title text=w::page_title(locale, &w::not_found_title(locale)) />
        <Meta name="robots" content="noindex" />
        <div class="page" data-width="narrow">
            <Toppled />
            <header class="page-head">
                <h1>{w::not_found_title(locale)}</h1>
                <p>{w::not_found_text(locale)}</p>
            </header>
            <div class="buttons">
                <a class="button" data-kind="primary" href="/discover">
                    {w::not_found_discover(locale)}
                </a>
                <a class="button" href="/">
                    {w::to_home(locale)}
                </a>
            </div>
        </div>
    }
    .into_any()
}

/// Something kept the page from being shown; the sentence says what.
#[expect(clippy::needless_pass_by_value, reason = "a view owns what it shows")]
#[component]
pub fn ErrorPage(
    /// Why.
    error: AppError,
) -> impl IntoView {
    let locale = locale();
    http::note_status(error.status());
    let title = match &error {
        AppError::Forbidden => w::forbidden_title(locale),
        AppError::SignedOut => w::sign_in_title(locale),
        AppError::TooFast { .. } | AppError::Refused(Refusal::Busy { .. }) => w::busy_title(locale),
        _ => w::error_title(locale),
    };
    let again = super::address().get_untracked();
    view! {
        <Title text=w::page_title(locale, &title) />
        <Meta name="robots" content="noindex" />
        <div class="page" data-width="narrow">
            <Toppled />
            <header class="page-head">
                <h1>{title}</h1>
                <p role="alert">{error.say(locale)}</p>
            </header>
            <div class="buttons">
                // A full page load: whatever broke starts anew.
                <a class="button" data-kind="primary" rel="external" href=again>
                    {w::error_again(locale)}
                </a>
                <a class="button" href="/">
                    {w::to_home(locale)}
                </a>
            </div>
        </div>
    }
    .into_any()
}

/// The line that says that nothing here is real.
#[component]
pub fn DemoNotice() -> impl IntoView {
    view! { <p class="demo-notice">{w::demo_notice(locale())}</p> }
}

/// The same of one campaign, on a site that is no demonstration itself; there the
/// frame has said it already.
#[component]
pub fn DemoCampaignNotice(
    /// Whether the campaign is one of the demonstration.
    is_demo: bool,
) -> impl IntoView {
    (is_demo && !demo::is_demo())
        .then(|| view! { <p class="demo-notice">{w::demo_campaign(locale())}</p> })
}

/// A pedestal with one stone beside it.
#[component]
fn Toppled() -> impl IntoView {
    view! {
        <svg class="toppled" viewBox="0 0 200 62" aria-hidden="true">
            <path
                class="stones-set"
                d="M38 9h35M38 24h54M19 39h92M0 54h130"
                stroke-width="12"
                stroke-dasharray="16 3"
            />
            <path class="stones-over" d="M158 48l14 9" stroke-width="12" />
        </svg>
    }
}
