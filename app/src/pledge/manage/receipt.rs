//! The pledge on one sheet, fit for printing.

use domain::{
    pledge::PledgePage,
    words::{pledge as w, refund as r},
};
use leptos::prelude::*;

use crate::{
    locale::locale,
    pledge::{tone, total::line},
    ui::{When, WhenStyle},
};

/// Lines, total and facts.
pub fn receipt(page: &PledgePage) -> AnyView {
    let locale = locale();
    let campaign = &page.checkout.campaign;
    let lines: Vec<_> = page.lines.iter().map(|l| line(l, locale)).collect();
    let tone = tone(page.state);
    view! {
        <section class="section receipt" aria-labelledby="receipt" data-state=page.state.key()>
            <h2 id="receipt" class="visually-hidden">
                {w::receipt(locale)}
            </h2>
            <div class="receipt-head">
                <img src=campaign.image.clone() alt="" width="640" height="400" />
                <div>
                    <a href=format!("/campaigns/{}", campaign.slug)>{campaign.title.clone()}</a>
                    <p>{campaign.creator.clone()}</p>
                </div>
            </div>
            <dl class="lines">
                {lines}
                <div data-kind="total">
                    <dt>{w::total(locale)}</dt>
                    <dd>{page.total.display(locale)}</dd>
                </div>
                {(page.returned.minor > 0)
                    .then(|| {
                        view! {
                            <div>
                                <dt>{r::went_back_in_all(locale)}</dt>
                                <dd>{page.returned.display(locale)}</dd>
                            </div>
                        }
                    })}
            </dl>
            <dl class="receipt-facts">
                <div>
                    <dt>{w::fact_state(locale)}</dt>
                    <dd>
                        <span class="chip" data-tone=tone>
                            {page.state.name(locale)}
                        </span>
                    </dd>
                </div>
                <div>
                    <dt>{w::fact_placed(locale)}</dt>
                    <dd>
                        <When at=page.placed_at />
                    </dd>
                </div>
                <div>
                    <dt>{w::fact_deadline(locale)}</dt>
                    <dd>
                        <When at=campaign.deadline style=WhenStyle::Long />
                    </dd>
                </div>
                <div>
                    <dt>{w::fact_card(locale)}</dt>
                    <dd>{w::card_ending(locale, &page.card)}</dd>
                </div>
                {page
                    .destination
                    .clone()
                    .map(|country| {
                        view! {
                            <div>
                                <dt>{w::fact_destination(locale)}</dt>
                                <dd>{country}</dd>
                            </div>
                        }
                    })}
                <div>
                    <dt>{w::fact_email(locale)}</dt>
                    <dd>{page.email.clone()}</dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}
