//! What can be done next with a campaign, by whoever is looking. Which steps there
//! are is for the rules to say; a step that cannot be taken back is asked twice.

mod late;

use domain::{
    Locale, Timestamp,
    studio::{Step, StudioPage},
    time::Zone,
    words::studio_page as w,
};
use leptos::prelude::*;

use super::{
    act::{
        AbortLaunch, ApproveCampaign, CancelCampaign, DeleteDraft, ResumeCampaign, ReturnCampaign,
        ScheduleLaunch, SubmitCampaign, SuspendCampaign, WithdrawCampaign,
    },
    count_done,
    field::{self, Control, Sheet, Typing},
    launch::launch,
};
use crate::{
    locale::locale,
    ui::{Notice, RefusalNotice, Submit, When},
};

/// Longest reason or remark, in characters.
const LONGEST_REMARK: u32 = domain::studio::LONGEST_REMARK;

/// Every step there is now, the one that leads on first.
pub fn steps(page: &StudioPage, done: RwSignal<u32>) -> AnyView {
    let locale = locale();
    let has = |step| page.steps.contains(&step);
    let ways: Vec<AnyView> = [
        has(Step::OpenLatePledges).then(|| late::open(page, done, locale)),
        has(Step::CloseLatePledges).then(|| late::close(page, done, locale)),
        has(Step::Withdraw).then(|| withdraw(page, done, locale)),
        has(Step::DeleteDraft).then(|| delete(page, locale)),
        has(Step::Resume).then(|| resume(page, done, locale)),
        has(Step::Suspend).then(|| suspend(page, done, locale)),
        has(Step::Cancel).then(|| cancel(page, done, locale)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let next: Vec<AnyView> = [
        has(Step::Submit).then(|| submit(page, done, locale)),
        has(Step::Approve).then(|| approve(page, done, locale)),
        has(Step::Return).then(|| give_back(page, done, locale)),
        page.launch_at.map(|at| planned(page, at, done, locale)),
        has(Step::Launch).then(|| launch(page, done, locale)),
        has(Step::ScheduleLaunch).then(|| schedule(page, done, locale)),
        is_waiting(page).then(|| waiting(locale)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let next = (!next.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="next">
                <h2 id="next">{w::next(locale)}</h2>
                {next}
            </section>
        }
    });
    let ways = (!ways.is_empty()).then(|| {
        view! { <section class="ways" aria-label=w::other_steps(locale)>{ways}</section> }
    });
    view! {
        {next}
        {ways}
    }
    .into_any()
}

/// Its creator has nothing to do but to wait for the operator.
fn is_waiting(page: &StudioPage) -> bool {
    page.is_owner && page.steps.contains(&Step::Withdraw) && !page.steps.contains(&Step::Launch)
}

fn waiting(locale: Locale) -> AnyView {
    view! { <p>{w::waiting_text(locale)}</p> }.into_any()
}

fn submit(page: &StudioPage, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let slug = plain_slug(page);
    let act = ServerAction::<SubmitCampaign>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "slug");
    let is_complete = page.checklist.iter().all(|item| item.is_done);
    let (text, kind) = match is_complete {
        true => (w::submit_text(locale), "primary"),
        false => (w::submit_later(locale), ""),
    };
    view! {
        <ActionForm action=act attr:class="fields">
            {slug}
            <p>{text}</p>
            <RefusalNotice refused=sheet.refused />
            <div class="buttons">
                <Submit label=w::submit(locale) pending=act.pending() kind=kind large=true />
            </div>
        </ActionForm>
    }
    .into_any()
}

fn approve(page: &StudioPage, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let slug = form_slug(page);
    let act = ServerAction::<ApproveCampaign>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "form[slug]").tagged("approve-");
    view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {slug}
            <p>{w::approve_text(locale)}</p>
            {remark(sheet, w::approve_remark(locale), w::approve_remark_hint(locale), true)}
            <RefusalNotice refused=sheet.refused />
            <div class="buttons">
                <Submit label=w::approve(locale) pending=act.pending() />
            </div>
        </ActionForm>
    }
    .into_any()
}

fn give_back(page: &StudioPage, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let slug = form_slug(page);
    let act = ServerAction::<ReturnCampaign>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "form[slug]").tagged("return-");
    let body = view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {slug}
            {remark(sheet, w::return_remark(locale), w::return_remark_hint(locale), false)}
            <RefusalNotice refused=sheet.refused />
            <div class="buttons">
                <Submit label=w::return_submit(locale) pending=act.pending() kind="" />
            </div>
        </ActionForm>
    };
    way(sheet, w::return_it(locale), body.into_any())
}

fn schedule(page: &StudioPage, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let slug = form_slug(page);
    let act = ServerAction::<ScheduleLaunch>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "form[slug]");
    let text = w::schedule_text(locale, &page.zone.key());
    let date = Control {
        name: "form[date]".into(),
        label: w::launch_date(locale).into(),
        ..Control::default()
    };
    let time = Control {
        name: "form[time]".into(),
        label: w::launch_time(locale).into(),
        ..Control::default()
    };
    let body = view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {slug}
            <p>{text}</p>
            <div class="field-row">
                {field::line(sheet, date, Typing { kind: "date", ..Typing::default() })}
                {field::line(sheet, time, Typing { kind: "time", ..Typing::default() })}
            </div>
            <RefusalNotice refused=sheet.refused />
            <div class="buttons">
                <Submit label=w::schedule_submit(locale) pending=act.pending() kind="" />
            </div>
        </ActionForm>
    };
    way(sheet, w::schedule(locale), body.into_any())
}

/// A launch that the clock will bring about.
fn planned(page: &StudioPage, at: Timestamp, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let slug = plain_slug(page);
    let act = ServerAction::<AbortLaunch>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "slug");
    let abort = page.steps.contains(&Step::AbortLaunch).then(|| {
        view! {
            <ActionForm action=act>
                {slug}
                <RefusalNotice refused=sheet.refused />
                <div class="buttons">
                    <Submit label=w::abort(locale) pending=act.pending() kind="" />
                </div>
            </ActionForm>
        }
    });
    let there = (page.zone != Zone::Utc).then(|| format!(" ({})", page.zone.long(at, locale)));
    view! {
        <Notice title=w::planned(locale)>
            <p>
                {w::planned_text(locale)} " "
                <b>
                    <When at=at />
                </b>
                {there}
            </p>
        </Notice>
        {abort}
    }
    .into_any()
}

fn withdraw(page: &StudioPage, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let slug = plain_slug(page);
    let act = ServerAction::<WithdrawCampaign>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "slug");
    let body = view! {
        <ActionForm action=act attr:class="fields">
            {slug}
            <p>{w::withdraw_text(locale)}</p>
            <RefusalNotice refused=sheet.refused />
            <div class="buttons">
                <Submit label=w::withdraw_submit(locale) pending=act.pending() kind="" />
            </div>
        </ActionForm>
    };
    way(sheet, w::withdraw(locale), body.into_any())
}

fn delete(page: &StudioPage, locale: Locale) -> AnyView {
    let slug = plain_slug(page);
    let act = ServerAction::<DeleteDraft>::new();
    let sheet = Sheet::of(act, "slug");
    let body = view! {
        <ActionForm action=act attr:class="fields">
            {slug}
            <p>{w::delete_text(locale)}</p>
            <RefusalNotice refused=sheet.refused />
            <div class="buttons">
                <Submit label=w::delete_submit(locale) pending=act.pending() kind="danger" />
            </div>
        </ActionForm>
    };
    way(sheet, w::delete(locale), body.into_any())
}

fn cancel(page: &StudioPage, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let slug = form_slug(page);
    let act = ServerAction::<CancelCampaign>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "form[slug]").tagged("cancel-");
    let sure = Control {
        name: "form[sure]".into(),
        label: w::cancel_sure(locale).into(),
        ..Control::default()
    };
    let body = view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {slug}
            <p>{w::cancel_text(locale)}</p>
            {reason(sheet, locale)}
            {field::check(sheet, &sure)}
            <RefusalNotice refused=sheet.refused />
            <div class="buttons">
                <Submit label=w::cancel_submit(locale) pending=act.pending() kind="danger" />
            </div>
        </ActionForm>
    };
    way(sheet, w::cancel(locale), body.into_any())
}

fn suspend(page: &StudioPage, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let slug = form_slug(page);
    let act = ServerAction::<SuspendCampaign>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "form[slug]").tagged("suspend-");
    let body = view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {slug}
            <p>{w::suspend_text(locale)}</p>
            {reason(sheet, locale)}
            <RefusalNotice refused=sheet.refused />
            <div class="buttons">
                <Submit label=w::suspend_submit(locale) pending=act.pending() kind="danger" />
            </div>
        </ActionForm>
    };
    way(sheet, w::suspend(locale), body.into_any())
}

fn resume(page: &StudioPage, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let slug = form_slug(page);
    let act = ServerAction::<ResumeCampaign>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "form[slug]").tagged("resume-");
    let body = view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {slug}
            <p>{w::resume_text(locale)}</p>
            {reason(sheet, locale)}
            <RefusalNotice refused=sheet.refused />
            <div class="buttons">
                <Submit label=w::resume_submit(locale) pending=act.pending() kind="" />
            </div>
        </ActionForm>
    };
    way(sheet, w::resume(locale), body.into_any())
}

/// Something folded away until it is wanted, or until it was refused.
fn way(sheet: Sheet, label: &'static str, body: AnyView) -> AnyView {
    view! {
        <details class="way" open=sheet.refused.with_untracked(Option::is_some)>
            <summary class="button" data-kind="quiet">
                {label}
            </summary>
            {body}
        </details>
    }
    .into_any()
}

pub(super) fn plain_slug(page: &StudioPage) -> AnyView {
    field::hidden("slug", page.slug.as_str())
}

fn form_slug(page: &StudioPage) -> AnyView {
    field::hidden("form[slug]", page.slug.as_str())
}

fn reason(sheet: Sheet, locale: Locale) -> AnyView {
    let control = Control {
        name: "form[reason]".into(),
        label: w::reason(locale).into(),
        hint: w::reason_hint(locale).into(),
        ..Control::default()
    };
    field::area(sheet, control, 4, Typing { most: Some(LONGEST_REMARK), ..Typing::default() })
}

fn remark(sheet: Sheet, label: &str, hint: &str, optional: bool) -> AnyView {
    let control = Control {
        name: "form[remark]".into(),
        label: label.into(),
        hint: hint.into(),
        ..Control::default()
    };
    field::area(
        sheet,
        control,
        5,
        Typing { most: Some(LONGEST_REMARK), optional, ..Typing::default() },
    )
}
