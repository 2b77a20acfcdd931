//! Who stands behind a campaign: the form of its creator, and what operators found.

use domain::{
    studio::{
        IdentityView, LegalKind, Verification,
        identity::{LONGEST_ADDRESS, LONGEST_NAME},
    },
    words::identity as w,
};
use leptos::prelude::*;

use super::{
    act::{JudgeIdentity, SaveIdentity},
    count_done,
    editor::{self, Desk},
    field::{self, Control, Sheet, Typing},
};
use crate::{
    locale::locale,
    ui::{Notice, RefusalNotice, Submit, Tone},
};

/// The form of who it is.
pub fn identity(desk: Desk) -> AnyView {
    let locale = locale();
    let act = ServerAction::<SaveIdentity>::new();
    count_done(act, desk.done);
    let sheet = Sheet::of(act, "form[slug]");
    let Some(view) = desk.page.with_value(|page| page.identity.clone()) else {
        return ().into_any();
    };
    let saved = view.form.clone();
    let control = free;
    let kind = control("kind", w::kind(locale), "", &saved.kind);
    let name = control("name", w::name(locale), w::name_hint(locale), &saved.name);
    let country = control("country", w::country(locale), "", &saved.country);
    let address = control("address", w::address(locale), w::address_hint(locale), &saved.address);
    let accepted = control("accepted", w::accepted(locale), "", &saved.accepted);
    let kinds = LegalKind::ALL.map(|kind| {
        let (words, text) = match kind {
            LegalKind::Person => (w::person(locale), w::person_text(locale)),
            LegalKind::Organisation => (w::organisation(locale), w::organisation_text(locale)),
        };
        (kind.key(), words.to_owned(), text.to_owned())
    });
    let most = |most| Typing { most: Some(most), ..Typing::default() };
    let choose = domain::words::studio_page::choose(locale);
    let fields = view! {
        {field::choices(sheet, &kind, kinds.to_vec())}
        {field::line(sheet, name, most(LONGEST_NAME))}
        {field::pick(sheet, country, field::countries(choose, locale))}
        {field::area(sheet, address, 4, most(LONGEST_ADDRESS))}
        {field::check(sheet, &accepted)}
    };
    let inside =
        editor::inside(desk, sheet, |page, _| version(page), act.pending(), fields.into_any());
    view! {
        {standing(&view)}
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {inside}
        </ActionForm>
    }
    .into_any()
}

/// What an operator found, to be noted. Nobody else has it.
pub fn judge(desk: Desk) -> Option<AnyView> {
    let locale = locale();
    let act = ServerAction::<JudgeIdentity>::new();
    count_done(act, desk.done);
    let (slug, version, view) = desk.page.with_value(|page| {
        let view = page.identity.clone().filter(|_| page.is_operator)?;
        Some((page.slug.to_string(), version(page), view))
    })?;
    if view.state.is_none() {
        return Some(view! { <p>{w::unstated(locale)}</p> }.into_any());
    }
    let sheet = Sheet::of(act, "form[slug]").tagged("judge-");
    let found = view.state.filter(|state| *state != Verification::Stated);
    let found = found.map(Verification::key).unwrap_or_default();
    let verdict = free("verdict", w::verdict(locale), "", found);
    let remark = free("remark", w::remark(locale), w::remark_hint(locale), &view.remark);
    let findings = [
        (Verification::Verified, w::says_verified(locale)),
        (Verification::Refused, w::says_refused(locale)),
    ];
    let findings = findings.map(|(found, words)| (found.key(), words.to_owned(), String::new()));
    let most =
        Typing { most: Some(domain::studio::LONGEST_REMARK), optional: true, ..Typing::default() };
    let form = view! {
        <section class="section" aria-labelledby="judge">
            <h2 id="judge">{w::judge(locale)}</h2>
            <p class="quiet">{w::judge_text(locale)}</p>
            <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
                {field::hidden("form[slug]", &slug)}
                {field::hidden("form[version]", &version)}
                {field::choices(sheet, &verdict, findings.to_vec())}
                {field::area(sheet, remark, 3, most)}
                <RefusalNotice refused=sheet.refused />
                <div class="buttons">
                    <Submit label=w::say(locale) pending=act.pending() />
                </div>
            </ActionForm>
        </section>
    };
    Some(form.into_any())
}

/// How far it was looked at.
fn standing(view: &IdentityView) -> Option<AnyView> {
    let locale = locale();
    let state = view.state?;
    let (tone, text) = match state {
        Verification::Stated => (Tone::Plain, w::stated_text(locale)),
        Verification::Verified => (Tone::Good, w::verified_text(locale)),
        Verification::Refused => (Tone::Warning, w::refused_text(locale)),
    };
    let remark =
        (!view.remark.is_empty()).then(|| view! { <p class="said">{view.remark.clone()}</p> });
    let notice = view! {
        <Notice tone=tone title=state.say(locale)>
            <p>{text}</p>
            {remark}
        </Notice>
    };
    Some(notice.into_any())
}

/// The mark of what is stated.
fn version(page: &domain::studio::StudioPage) -> String {
    page.identity.as_ref().map(|view| view.form.version.clone()).unwrap_or_default()
}

/// No step of a campaign locks who its creator is.
fn free(key: &str, label: &str, hint: &str, saved: &str) -> Control {
    editor::control(key, label, hint, saved, domain::campaign::policy::Edit::Free)
}
