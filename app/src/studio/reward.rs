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
    words::{campaign as c, changes as ch, media as m, studio_page as w},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    act::SaveReward,
    count_done,
    editor::{self, Desk},
    field::{self, Sheet, Typing},
    picture::{self, Subject},
};
use crate::{
    layout::NotFound,
    locale::locale,
    ui::{Icon, IconName, Notice},
};

/// The reward that the address names, or a new one.
pub fn reward(desk: Desk) -> AnyView {
    let id = desk.reward.get_value();
    let page = desk.page.get_value();
    let saved = page.rewards.iter().find(|reward| reward.id.to_string() == id);
    let (form, is_backed) = match saved {
        Some(reward) => (reward.form.clone(), reward.is_backed),
        None if id == "new" => (fresh(&page), false),
        None => return view! { <NotFound /> }.into_any(),
    };
    sheet_of(desk, &page, &form, is_backed)
}

/// An untouched form, of the kind that the address asks for.
fn fresh(page: &StudioPage) -> RewardForm {
    let is_add_on = use_query_map()
        .with_untracked(|query| query.get("kind").is_some_and(|kind| kind == "add_on"));
    RewardForm {
        slug: page.slug.to_string(),
        kind: if is_add_on { "add_on" } else { "reward" }.to_owned(),
        shipping: "none".to_owned(),
        ..RewardForm::default()
    }
}

fn sheet_of(desk: Desk, page: &StudioPage, saved: &RewardForm, is_backed: bool) -> AnyView {
    let locale = locale();
    let act = ServerAction::<SaveReward>::new();
    count_done(act, desk.done);
    let sheet = Sheet::of(act, "form[slug]");
    let control = |key: &str, label: &str, hint: &str, saved: &str| {
        let edit = policy::reward(key, page.phase, is_backed);
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
    let backed = is_backed.then(|| view! { <Notice>{w::is_backed(locale)}</Notice> });
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
    };
    let inside = editor::inside(desk, sheet, mark, act.pending(), fields.into_any());
    let form = view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {inside}
        </ActionForm>
    };
    let form = form.into_any();
    view! {
        <p>
            <a class="studio-back" href=format!("/studio/{}/rewards", page.slug)>
                <Icon name=IconName::ArrowLeft />
                {w::to_rewards(locale)}
            </a>
        </p>
        {backed}
        {seen::beside(page, saved, form)}
        {picture_of(desk, page, &saved.id)}
        {link::link(desk, page, &saved.id)}
    }
    .into_any()
}

/// The picture of a reward that is saved.
fn picture_of(desk: Desk, page: &StudioPage, id: &str) -> Option<AnyView> {
    let locale = locale();
    let reward = page.rewards.iter().find(|reward| reward.id.to_string() == id)?;
    let subject = Subject {
        of: id.to_owned(),
        address: reward.image.as_ref().map(|image| image.address.clone()),
        picture: reward.image.as_ref().and_then(|image| image.picture.clone()),
        edit: policy::reward("image", page.phase, reward.is_backed),
        title: m::reward_picture(locale),
        text: m::reward_picture_text(locale),
    };
    Some(picture::section(desk, subject))
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
