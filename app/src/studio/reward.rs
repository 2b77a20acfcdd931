//! The form of one reward or add-on.

mod link;
mod sale;
mod seen;

use domain::{
    Locale,
    campaign::policy::{self, Edit},
    reward::{LONGEST_TITLE, RewardKind},
    studio::{
        RewardForm, StudioPage,
        reward::{LONGEST_DESCRIPTION, LONGEST_PLACE},
    },
    words::{campaign as c, changes as ch, studio_page as w},
};
use leptos::prelude::*;

use super::{
    act::SaveReward,
    editor::{self, Desk},
    field::{self, Sheet, Typing},
    picture::{self, Subject},
};
use crate::{
    layout::{NotFound, page_query},
    locale::locale,
    ui::{Icon, IconName, Notice},
};

/// The reward that the address names, or a new one.
pub fn reward(desk: Desk) -> AnyView {
    let locale = locale();
    let page = desk.page.get_value();
    let is_add_on =
        page_query().with_untracked(|query| query.get("kind").is_some_and(|kind| kind == "add_on"));
    let kind = if is_add_on { RewardKind::AddOn } else { RewardKind::Reward };
    let Some((saved, is_backed)) = wanted(desk, &page, kind) else {
        return view! { <NotFound /> }.into_any();
    };
    let form = form(desk, &page, &saved, is_backed);
    let picture = Subject::reward(&page, &saved.id);
    view! {
        <p>
            <a class="studio-back" href=format!("/studio/{}/rewards", page.slug)>
                <Icon name=IconName::ArrowLeft />
                {w::to_rewards(locale)}
            </a>
        </p>
        {backed(is_backed)}
        {seen::beside(&page, &saved, form)}
        {picture.map(|subject| picture::section(desk, subject))}
        {link::link(desk, &page, &saved.id)}
    }
    .into_any()
}

/// The form alone of the reward that the desk names, or of a new one of this kind: in the
/// place of its card on the campaign's own page.
pub fn alone(desk: Desk, kind: RewardKind) -> AnyView {
    let page = desk.page.get_value();
    match wanted(desk, &page, kind) {
        Some((saved, is_backed)) => view! {
            {backed(is_backed)}
            {form(desk, &page, &saved, is_backed)}
        }
        .into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

/// What is in the form, and whether somebody has the reward.
fn wanted(desk: Desk, page: &StudioPage, kind: RewardKind) -> Option<(RewardForm, bool)> {
    let id = desk.reward.get_value();
    match page.rewards.iter().find(|reward| reward.id.to_string() == id) {
        Some(reward) => Some((reward.form.clone(), reward.is_backed)),
        None => (id == "new").then(|| (fresh(page, kind), false)),
    }
}

/// An untouched form.
fn fresh(page: &StudioPage, kind: RewardKind) -> RewardForm {
    let kind = match kind {
        RewardKind::Reward => "reward",
        RewardKind::AddOn => "add_on",
    };
    RewardForm {
        slug: page.slug.to_string(),
        kind: kind.to_owned(),
        shipping: "none".to_owned(),
        ..RewardForm::default()
    }
}

fn backed(is_backed: bool) -> Option<AnyView> {
    is_backed.then(|| view! { <Notice>{w::is_backed(locale())}</Notice> }.into_any())
}

fn form(desk: Desk, page: &StudioPage, saved: &RewardForm, is_backed: bool) -> AnyView {
    let locale = locale();
    let act = ServerAction::<SaveReward>::new();
    desk.follow(act);
    let sheet = Sheet::of(act, "form[slug]");
    let control = |key: &str, label: &str, hint: &str, saved: &str| {
        let edit = policy::offer(key, page.state, page.phase, is_backed);
        editor::control(key, label, hint, saved, edit)
    };
    let currency = page.currency;
    let money = Typing { inputmode: Some("decimal"), most: Some(20), ..Typing::default() };
    let count =
        Typing { inputmode: Some("numeric"), most: Some(7), optional: true, ..Typing::default() };
    let kinds = vec![
        ("reward", kind_name(RewardKind::Reward, locale), w::kind_reward_text(locale).to_owned()),
        ("add_on", kind_name(RewardKind::AddOn, locale), w::kind_add_on_text(locale).to_owned()),
    ];
    let price = w::price(locale, &currency);
    let late_price = w::late_price(locale, &currency);
    // What may be changed of a reward that somebody has is told to them.
    let may_tell = is_backed && !policy::reward("delivery", page.phase, true).is_locked();
    let sure = may_tell.then(|| {
        let (label, hint) = (ch::confirm_change(locale), ch::confirm_change_hint(locale));
        field::check(sheet, &editor::control("confirmed", label, hint, "", Edit::Free))
    });
    let fields = view! {
        {field::hidden("form[id]", &saved.id)}
        {field::choices(sheet, &control("kind", w::kind(locale), "", &saved.kind), kinds)}
        {field::line(sheet, control("title", w::reward_title(locale), "", &saved.title), Typing { most: Some(LONGEST_TITLE), ..Typing::default() })}
        <div class="field-row">
            {field::line(sheet, control("price", &price, "", &saved.price), money)}
            {field::line(sheet, control("late_price", &late_price, w::late_price_hint(locale), &saved.late_price), Typing { optional: true, ..money })}
        </div>
        {field::area(sheet, control("description", w::description(locale), w::description_hint(locale), &saved.description), 4, Typing { most: Some(LONGEST_DESCRIPTION), optional: true, ..Typing::default() })}
        {field::area(sheet, control("items", c::items(locale), w::items_hint(locale), &saved.items), 3, Typing { optional: true, ..Typing::default() })}
        <div class="field-row">
            {field::line(sheet, control("delivery", c::delivery(locale), w::delivery_hint(locale), &saved.delivery), Typing { kind: "month", ..Typing::default() })}
            {field::line(sheet, control("quantity", w::quantity(locale), w::quantity_hint(locale), &saved.quantity), count)}
            {field::line(sheet, control("per_backer", w::per_backer(locale), w::quantity_hint(locale), &saved.per_backer), count)}
        </div>
        {field::line(sheet, control("units", w::counts_as(locale), w::counts_as_hint(locale), &saved.units), count)}
        {shipping(sheet, saved, &control, locale)}
        {sale::variants(sheet, saved, &control)}
        {sale::window(sheet, saved, &control, page.zone)}
        {sale::secret(sheet, saved, &control)}
        {sure}
        {desk.public_at_once()}
    };
    let inside = editor::inside(desk, sheet, mark, act.pending(), fields.into_any());
    view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {inside}
        </ActionForm>
    }
    .into_any()
}

/// How it travels, and the fields that this needs.
fn shipping(
    sheet: Sheet,
    saved: &RewardForm,
    control: &impl Fn(&str, &str, &str, &str) -> field::Control,
    locale: Locale,
) -> AnyView {
    let way = |key: &'static str, words: &str, text: &str| (key, words.to_owned(), text.to_owned());
    let ways = vec![
        way("none", c::ships_nothing(locale), ""),
        way("pick_up", w::ships_pick_up(locale), ""),
        way("countries", w::ships_countries(locale), ""),
        way("worldwide", c::ships_worldwide(locale), ""),
    ];
    let place = control("pick_up_place", w::pick_up_place(locale), "", &saved.pick_up_place);
    let costs =
        control("shipping_costs", w::costs(locale), w::costs_hint(locale), &saved.shipping_costs);
    let elsewhere =
        control("elsewhere", w::elsewhere(locale), w::elsewhere_hint(locale), &saved.elsewhere);
    let money = Typing { inputmode: Some("decimal"), most: Some(20), ..Typing::default() };
    view! {
        <div class="studio-shipping fields">
            {field::choices(sheet, &control("shipping", w::shipping(locale), "", &saved.shipping), ways)}
            <div class="studio-only" data-ships="pick_up">
                {field::line(sheet, place, Typing { most: Some(LONGEST_PLACE), ..Typing::default() })}
            </div>
            <div class="studio-only" data-ships="costs">
                {field::area(sheet, costs, 4, Typing::default())}
            </div>
            <div class="studio-only" data-ships="worldwide">
                {field::line(sheet, elsewhere, money)}
            </div>
        </div>
    }
    .into_any()
}

/// The mark of the reward with this id, as it is saved.
fn mark(page: &StudioPage, id: &str) -> String {
    let saved = page.rewards.iter().find(|reward| reward.id.to_string() == id);
    saved.map(|reward| reward.form.version.clone()).unwrap_or_default()
}

fn kind_name(kind: RewardKind, locale: Locale) -> String {
    match kind {
        RewardKind::Reward => w::one_reward(locale),
        RewardKind::AddOn => w::one_add_on(locale),
    }
    .to_owned()
}
