//! What follows a pledge, told once.

use domain::{
    pledge::{PledgePage, Timing},
    words::{instalment, pledge as w},
};
use leptos::prelude::*;

use crate::{
    campaign::{Share, letter},
    http::absolute,
    locale::locale,
    ui::{Icon, IconName, when},
};

/// The letter, the charge, the delivery, and a way to tell others.
pub fn next_steps(page: &PledgePage, is_guest: bool) -> AnyView {
    let locale = locale();
    let campaign = &page.checkout.campaign;
    let address = absolute(&format!("/campaigns/{}", campaign.slug));
    let letter = letter(&campaign.title, &address);
    let deadline = when::local(campaign.deadline, locale);
    let is_met = campaign.funding.is_met();
    let (terms, life) = (campaign.terms, campaign.life());
    let timing = page.timing;
    let charge = move || match timing {
        Timing::AtOnce => terms.explain(&life, &deadline.get(), locale),
        Timing::AtDeadline if is_met => w::next_charge_met(locale, &deadline.get()),
        Timing::AtDeadline => w::next_charge(locale, &deadline.get()),
    };
    let delivery = page.lines.iter().find_map(|line| {
        let reward = page.checkout.rewards.iter().find(|reward| Some(reward.id) == line.reward)?;
        Some(w::next_delivery(locale, &reward.delivery?.display(locale)))
    });
    let change = match page.instalments.is_empty() {
        true => w::next_change(locale),
        false => instalment::next_cancel(locale),
    };
    view! {
        <section class="section next" aria-labelledby="next">
            <h2 id="next">{w::next(locale)}</h2>
            <ul>
                <li>
                    <Icon name=IconName::Mail />
                    <span>
                        {w::next_mail(locale, &page.email)} " "
                        {(page.checkout.is_demo && is_guest)
                            .then(|| view! { <a href="/demo/mailbox">{w::demo_letter(locale)}</a> })}
                    </span>
                </li>
                <li>
                    <Icon name=IconName::Card />
                    <span>{charge}</span>
                </li>
                <li>
                    <Icon name=IconName::Clock />
                    <span>{change}</span>
                </li>
                {delivery
                    .map(|words| {
                        view! {
                            <li>
                                <Icon name=IconName::Box />
                                <span>{words}</span>
                            </li>
                        }
                    })}
            </ul>
            <Share address=address letter=letter />
        </section>
    }
    .into_any()
}
