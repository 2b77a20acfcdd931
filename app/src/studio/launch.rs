//! The launch by hand: a button, and by how many days the end moves with it.

use domain::{Locale, campaign::FundingRule, studio::StudioPage, words::studio_page as w};
use leptos::prelude::*;

use super::{
    act::LaunchCampaign,
    count_done,
    field::{self, Control, Sheet, Typing},
    step::plain_slug,
};
use crate::ui::{Notice, RefusalNotice, Submit, Tone};

pub fn launch(page: &StudioPage, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let slug = plain_slug(page);
    let act = ServerAction::<LaunchCampaign>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "slug");
    let nudge = nudge(page, sheet, locale);
    view! {
        <Notice tone=Tone::Good title=w::approved(locale)>
            {w::approved_text(locale)}
        </Notice>
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {slug}
            <p>{w::launch_text(locale)}</p>
            {nudge}
            <RefusalNotice refused=sheet.refused />
            <div class="buttons">
                <Submit label=w::launch(locale) pending=act.pending() large=true />
            </div>
        </ActionForm>
    }
    .into_any()
}

/// As far as the rule lets the campaign run.
fn nudge(page: &StudioPage, sheet: Sheet, locale: Locale) -> Option<AnyView> {
    let rule = FundingRule::ALL.into_iter().find(|rule| rule.key() == page.funding.rule)?;
    let days = rule.nudges(page.now, page.deadline)?;
    let control = Control {
        name: "nudge".into(),
        label: w::nudge(locale).into(),
        hint: w::nudge_hint(locale, days.start(), days.end()),
        ..Control::default()
    };
    let typing = Typing { most: Some(3), optional: true, ..Typing::default() };
    Some(field::line(sheet, control, typing))
}
