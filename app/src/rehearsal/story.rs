//! What happened, line by line, and what it came to.

use domain::{
    Locale, Money,
    rehearsal::{Figures, Scene},
    words::{campaign as c, rehearsal as w},
};
use leptos::prelude::*;

use crate::locale::locale;

/// The story, as a list in order.
pub fn scenes(scenes: &[Scene]) -> AnyView {
    let locale = locale();
    let lines: Vec<_> = scenes.iter().map(|scene| line(scene, locale)).collect();
    view! { <ol class="rehearsal-scenes">{lines}</ol> }.into_any()
}

fn line(scene: &Scene, locale: Locale) -> AnyView {
    let amount = (scene.amount.minor != 0).then(|| scene.amount.display(locale));
    view! {
        <li>
            <time datetime=scene.at.rfc3339()>{scene.when(locale)}</time>
            <div>
                <h3>{scene.title(locale)}</h3>
                <p>{scene.text(locale)}</p>
            </div>
            <b>{amount}</b>
        </li>
    }
    .into_any()
}

/// The sums.
pub fn figures(of: &Figures) -> AnyView {
    let locale = locale();
    let backers = w::by_backers(locale, &c::backers_count(locale, of.backers));
    let reserve =
        (of.reserve.minor > 0).then(|| w::figure_reserve(locale, &of.reserve.display(locale)));
    let rare = |name: &'static str, text: Option<String>, amount: Money| {
        (amount.minor != 0).then(|| row(name, text, amount, locale))
    };
    let owed_text = Some(w::figure_owed_text(locale).to_owned());
    view! {
        <dl class="lines">
            {row(w::figure_pledged(locale), Some(backers), of.pledged, locale)}
            {rare(w::figure_not_collected(locale), None, of.not_collected)}
            {row(w::figure_collected(locale), None, of.collected, locale)}
            {rare(w::figure_platform_fee(locale), None, of.platform_fee)}
            {rare(w::figure_processing_fee(locale), None, of.processing_fee)}
            {rare(w::figure_refunded(locale), None, of.refunded)}
            {rare(w::figure_owed(locale), owed_text, of.owed)} <div data-kind="total">
                <dt>{w::figure_paid_out(locale)} {reserve.map(|text| view! { <small>{text}</small> })}</dt>
                <dd>{of.paid_out.display(locale)}</dd>
            </div>
        </dl>
    }
    .into_any()
}

fn row(name: &'static str, text: Option<String>, amount: Money, locale: Locale) -> AnyView {
    view! {
        <div>
            <dt>{name} " " {text.map(|text| view! { <small>{text}</small> })}</dt>
            <dd>{amount.display(locale)}</dd>
        </div>
    }
    .into_any()
}
