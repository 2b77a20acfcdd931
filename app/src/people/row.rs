//! Those who work on a campaign, and those who are asked to.

use domain::{
    Locale,
    people::{InvitationView, PeoplePage, PersonView, Right, Rights},
    words::people as w,
};
use leptos::prelude::*;

use super::act::{ChangeRights, RemovePerson, SendAgain, WithdrawInvitation};
use crate::{
    http::typed,
    locale::locale,
    studio::{Sheet, count_done, hidden},
    ui::{FieldProblem, RefusalNotice, Submit, When, refused},
};

/// Everybody, each with their rights and, where the reader may, the ways to change them.
pub fn team(page: &PeoplePage, done: RwSignal<u32>) -> AnyView {
    let locale = locale();
    // One action for all, so that a refusal stands in one place, which is there anyway.
    let change = ServerAction::<ChangeRights>::new();
    let remove = ServerAction::<RemovePerson>::new();
    count_done(change, done);
    count_done(remove, done);
    let sheet = Sheet::of(change, "form[id]");
    let rows: Vec<_> =
        page.people.iter().map(|one| person(page, one, (sheet, change), remove)).collect();
    view! {
        <section class="section" aria-labelledby="team">
            <h2 id="team" class="visually-hidden">
                {w::people(locale)}
            </h2>
            <RefusalNotice refused=sheet.refused />
            <FieldProblem name="form[rights]" problem=sheet.problem("form[rights]") />
            <RefusalNotice refused=refused(remove) />
            <ul class="rows people">{rows}</ul>
        </section>
    }
    .into_any()
}

fn person(
    page: &PeoplePage,
    one: &PersonView,
    (sheet, change): (Sheet, ServerAction<ChangeRights>),
    remove: ServerAction<RemovePerson>,
) -> AnyView {
    let locale = locale();
    let id = one.id.to_string();
    let email = one.email.clone().map(|email| view! { <p class="quiet">{email}</p> });
    let you = one.is_you.then(|| view! { " (" {w::you(locale)} ")" });
    let letters = one.is_creator.then(|| view! { <p>{w::gets_letters(locale)}</p> });
    // Without wasm the one whose form was refused stays open, as it was ticked.
    let came_back = sheet.refused.with_untracked(Option::is_some) && typed("form[id]") == id;
    let ways = one.may_change.then(|| {
        let boxes = boxes(page.rights, one.rights, came_back, &id, locale);
        let leave = (!one.is_you).then(|| {
            let inside = view! {
                {hidden("slug", page.slug.as_str())}
                {hidden("id", &id)}
                <p class="quiet">{w::remove_text(locale, &one.name)}</p>
                <div class="buttons">{button(w::remove(locale), &one.name, "danger")}</div>
            };
            view! { <ActionForm action=remove attr:class="fields">{inside}</ActionForm> }
        });
        // Owned, since a form keeps what stands in it.
        let fields = (hidden("form[slug]", page.slug.as_str()), hidden("form[id]", &id));
        let legend = w::change_rights_of(locale, &one.name);
        let name = one.name.clone();
        view! {
            <details class="way" open=came_back>
                <summary class="button" data-kind="quiet">
                    <span>
                        {w::change_rights(locale)}
                        <span class="visually-hidden">" " {name}</span>
                    </span>
                </summary>
                <div class="fields">
                    <ActionForm action=change attr:class="fields" attr:novalidate="novalidate">
                        {fields}
                        <fieldset class="choices">
                            <legend>{legend}</legend>
                            {boxes}
                        </fieldset>
                        <div class="buttons">
                            <Submit label=w::save_rights(locale) pending=change.pending() kind="" />
                        </div>
                    </ActionForm>
                    {leave}
                </div>
            </details>
        }
    });
    view! {
        <li>
            <div>
                <b>{one.name.clone()}</b>
                {you}
                {email}
                <p>{one.rights.say(locale)}</p>
                {letters}
            </div>
            {ways}
        </li>
    }
    .into_any()
}

/// A box for each right, ticked where they have it. One that the reader cannot give is
/// there to be read; what it is now is sent along.
pub fn boxes(
    mine: Rights,
    theirs: Rights,
    came_back: bool,
    tag: &str,
    locale: Locale,
) -> Vec<AnyView> {
    let one = |right: Right| {
        let name = format!("form[rights][{}]", right.key());
        let (may, has) = (mine.has(right), theirs.has(right));
        let is_on = if came_back && may { !typed(&name).is_empty() } else { has };
        let (id, text) = (format!("right-{tag}-{}", right.key()), text(right, locale));
        let kept = (!may && has).then(|| hidden(&name, "on"));
        view! {
            <div class="field">
                <label class="check">
                    <input
                        type="checkbox"
                        name=name.clone()
                        value="on"
                        checked=is_on
                        disabled=!may
                        aria-describedby=id.clone()
                    />
                    <span>{right.name(locale)}</span>
                </label>
                <p class="field-hint" id=id>
                    {text}
                </p>
                {kept}
            </div>
        }
        .into_any()
    };
    // Who owns nothing gives nobody the whole: it is not even named to them.
    let named = |right: &Right| *right != Right::Own || mine.is_owner() || theirs.is_owner();
    Right::ALL.into_iter().filter(named).map(one).collect()
}

const fn text(right: Right, locale: Locale) -> &'static str {
    match right {
        Right::Own => w::right_own_text(locale),
        Right::EditPage => w::right_edit_page_text(locale),
        Right::EditRewards => w::right_edit_rewards_text(locale),
        Right::SeeBackers => w::right_see_backers_text(locale),
        Right::SeeMoney => w::right_see_money_text(locale),
        Right::ManagePeople => w::right_manage_people_text(locale),
    }
}

/// Invitations that nobody has answered.
pub fn invitations(page: &PeoplePage, done: RwSignal<u32>) -> Option<AnyView> {
    if page.invitations.is_empty() {
        return None;
    }
    let locale = locale();
    let again = ServerAction::<SendAgain>::new();
    let withdraw = ServerAction::<WithdrawInvitation>::new();
    count_done(again, done);
    count_done(withdraw, done);
    let rows: Vec<_> =
        page.invitations.iter().map(|one| invitation(page, one, again, withdraw)).collect();
    let view = view! {
        <section class="section" aria-labelledby="invitations">
            <h2 id="invitations">{w::invitations(locale)}</h2>
            <RefusalNotice refused=refused(again) />
            <RefusalNotice refused=refused(withdraw) />
            <ul class="rows people">{rows}</ul>
        </section>
    };
    Some(view.into_any())
}

fn invitation(
    page: &PeoplePage,
    one: &InvitationView,
    again: ServerAction<SendAgain>,
    withdraw: ServerAction<WithdrawInvitation>,
) -> AnyView {
    let locale = locale();
    let until = if one.is_over {
        view! { {w::is_over(locale)} }.into_any()
    } else {
        view! { {w::expires(locale)} " " <When at=one.expires_at /> }.into_any()
    };
    let inside = |words: &'static str, kind| {
        view! {
            {hidden("slug", page.slug.as_str())}
            {hidden("id", &one.id.to_string())}
            {button(words, &one.email, kind)}
        }
        .into_any()
    };
    let ways = one.may_change.then(|| {
        let (resend, end) =
            (inside(w::send_again(locale), "quiet"), inside(w::withdraw(locale), "quiet"));
        view! {
            <div class="studio-row-buttons">
                <ActionForm action=again>{resend}</ActionForm>
                <ActionForm action=withdraw>{end}</ActionForm>
            </div>
        }
    });
    view! {
        <li>
            <div>
                <b>{one.email.clone()}</b>
                <p>{one.rights.say(locale)} " · " {until}</p>
            </div>
            {ways}
        </li>
    }
    .into_any()
}

/// A button whose words go on with whom it is about, for who does not see the row.
fn button(words: &'static str, about: &str, kind: &'static str) -> AnyView {
    view! {
        <button class="button" data-kind=kind type="submit">
            <span>
                {words} <span class="visually-hidden">" " {about.to_owned()}</span>
            </span>
        </button>
    }
    .into_any()
}
