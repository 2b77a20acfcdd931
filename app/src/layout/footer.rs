//! The foot of every page.

use domain::words::{site as w, studio_page};
use leptos::prelude::*;

use super::masthead::Wordmark;
use crate::locale::locale;

/// Where the name comes from, and every way out of the page.
#[component]
pub fn Footer() -> impl IntoView {
    let locale = locale();
    view! {
        <footer class="footer">
            <div class="footer-body">
                <div class="footer-about">
                    <a class="wordmark" href="/">
                        <Wordmark />
                    </a>
                    <p>{w::footer_story(locale)}</p>
                    <p>{w::footer_rule(locale)}</p>
                </div>
                <nav aria-labelledby="footer-campaigns">
                    <h2 id="footer-campaigns">{w::footer_campaigns(locale)}</h2>
                    <ul>
                        <li>
                            <a href="/discover">{w::footer_live(locale)}</a>
                        </li>
                        <li>
                            <a href="/discover?sort=ending_soon">{w::ending_soon(locale)}</a>
                        </li>
                        <li>
                            <a href="/discover?state=successful">{w::footer_successful(locale)}</a>
                        </li>
                    </ul>
                </nav>
                <nav aria-labelledby="footer-yours">
                    <h2 id="footer-yours">{w::footer_yours(locale)}</h2>
                    <ul>
                        <li>
                            <a href="/pledges">{w::my_pledges(locale)}</a>
                        </li>
                        <li>
                            <a href="/studio">{studio_page::studio(locale)}</a>
                        </li>
                        <li>
                            <a href="/account">{w::account(locale)}</a>
                        </li>
                    </ul>
                </nav>
                <nav aria-labelledby="footer-builders">
                    <h2 id="footer-builders">{w::footer_builders(locale)}</h2>
                    <ul>
                        <li>
                            <a href="/api/v1/docs" rel="external">
                                {w::footer_api(locale)}
                            </a>
                        </li>
                        <li>
                            <a href="/feed.atom" rel="external">
                                {w::footer_feed(locale)}
                            </a>
                        </li>
                    </ul>
                </nav>
            </div>
        </footer>
    }
}
