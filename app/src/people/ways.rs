//! What can be done about the people of a campaign: invite, hand over, leave.

use domain::{
    people::{PeoplePage, Right, Rights},
    words::people as w,
};
use leptos::prelude::*;

use super::{
    act::{HandOver, Invite, LeaveCampaign},
    row::boxes,
};
use crate::{
    locale::locale,
    studio::{Control, Sheet, Typing, check, count_done, hidden, line, pick},
    ui::{FieldProblem, RefusalNotice, Submit, refused},
};

/// Each way that the reader has.
pub fn ways(page: &PeoplePage, done: RwSignal<u32>) -> AnyView {
    let invite = page.rights.has(Right::ManagePeople).then(|| invite(page, done));
    let hand_over =
        (page.rights.is_owner() && page.people.len() > 1).then(|| hand_over(page, done));
    let leave = (!page.rights.is_empty()).then(|| leave(page));
    let rest = (hand_over.is_some() || leave.is_some())
        .then(|| view! { <div class="ways">{hand_over} {leave}</div> });
    view! {
        {invite}
        {rest}
    }
    .into_any()
}

fn invite(page: &PeoplePage, done: RwSignal<u32>) -> AnyView {
    let locale = locale();
    let act = ServerAction::<Invite>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "form[slug]").tagged("invite-");
    let came_back = sheet.refused.with_untracked(Option::is_some);
    let email = Control {
        name: "form[email]".into(),
        label: w::invite_email(locale).into(),
        ..Control::default()
    };
    let typing =
        Typing { kind: "email", inputmode: Some("email"), most: Some(254), ..Typing::default() };
    let inside = view! {
        {hidden("form[slug]", page.slug.as_str())}
        <p>{w::invite_text(locale)}</p>
        {line(sheet, email, typing)}
        <fieldset class="choices">
            <legend>{w::rights(locale)}</legend>
            {boxes(page.rights, Rights::NONE, came_back, "invite", locale)}
        </fieldset>
        <FieldProblem name="form[invite-rights]" problem=sheet.problem("form[rights]") />
        <RefusalNotice refused=sheet.refused />
        <div class="buttons">
            <Submit label=w::invite_submit(locale) pending=act.pending() />
        </div>
    };
    view! {
        <section class="section" aria-labelledby="invite">
            <h2 id="invite">{w::invite(locale)}</h2>
            <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
                {inside}
            </ActionForm>
        </section>
    }
    .into_any()
}

fn hand_over(page: &PeoplePage, done: RwSignal<u32>) -> AnyView {
    let locale = locale();
    let act = ServerAction::<HandOver>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "form[slug]").tagged("hand-over-");
    let to = Control {
        name: "form[id]".into(),
        label: w::hand_over_to(locale).into(),
        ..Control::default()
    };
    let sure = Control {
        name: "form[sure]".into(),
        label: w::hand_over_sure(locale).into(),
        ..Control::default()
    };
    let others = page.people.iter().filter(|one| !one.is_you).map(|one| {
        let email = one.email.as_ref().map(|email| format!(" ({email})")).unwrap_or_default();
        (one.id.to_string(), format!("{}{email}", one.name))
    });
    let nobody = (String::new(), w::choose(locale).to_owned());
    let others = std::iter::once(nobody).chain(others).collect();
    let inside = view! {
        {hidden("form[slug]", page.slug.as_str())}
        <p>{w::hand_over_text(locale)}</p>
        {pick(sheet, to, others)}
        {check(sheet, &sure)}
        <RefusalNotice refused=sheet.refused />
        <div class="buttons">
            <Submit label=w::hand_over_submit(locale) pending=act.pending() kind="danger" />
        </div>
    };
    view! {
        <details class="way" open=sheet.refused.with_untracked(Option::is_some)>
            <summary class="button" data-kind="quiet">
                {w::hand_over(locale)}
            </summary>
            <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
                {inside}
            </ActionForm>
        </details>
    }
    .into_any()
}

fn leave(page: &PeoplePage) -> AnyView {
    let locale = locale();
    let act = ServerAction::<LeaveCampaign>::new();
    let refused = refused(act);
    let inside = view! {
        {hidden("slug", page.slug.as_str())}
        <p>{w::leave_text(locale)}</p>
        <RefusalNotice refused=refused />
        <div class="buttons">
            <Submit label=w::leave_submit(locale) pending=act.pending() kind="danger" />
        </div>
    };
    view! {
        <details class="way" open=refused.with_untracked(Option::is_some)>
            <summary class="button" data-kind="quiet">
                {w::leave(locale)}
            </summary>
            <ActionForm action=act attr:class="fields">{inside}</ActionForm>
        </details>
    }
    .into_any()
}
