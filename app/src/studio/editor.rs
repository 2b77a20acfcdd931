//! `/studio/{slug}/{section}`: one section of a campaign at a time, never a form of
//! forty fields.

use domain::{
    campaign::policy::{self, Edit},
    embed::outcome::EmbedSettings,
    people::Right,
    studio::{Section, StudioPage},
    words::{embed_rule, people, studio_page as w},
};
use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};
use leptos_router::hooks::use_params_map;

use super::{
    act, anew, basics, count_done, embeds,
    field::{self, Control, Sheet},
    frame, funding, identity, lost_text, news,
    overview::{head, sections},
    preview, rewards, schedule, story, typed,
};
use crate::{
    embed,
    error::AppError,
    layout::{DemoCampaignNotice, NotFound, focus_coming_heading, page_query},
    locale::locale,
    ui::{Notice, RefusalNotice, Submit, load, reading},
};

/// What a section needs to draw and to save itself.
#[derive(Clone, Copy)]
pub struct Desk {
    pub page: StoredValue<StudioPage>,
    /// How often something was done here; the page is read anew after each.
    pub done: RwSignal<u32>,
    /// What the address names among the rewards: an id, `new`, or nothing.
    pub reward: StoredValue<String>,
    /// What the section about other pages shows; read with it only.
    pub embeds: StoredValue<Option<EmbedSettings>>,
    /// The form stands on the campaign's own page, which stays when it is saved.
    pub is_in_place: bool,
}

/// The section that the address names.
#[component]
pub fn Editor() -> impl IntoView {
    let params = use_params_map();
    let query = page_query();
    let done = RwSignal::new(0_u32);
    let wanted = Memo::new(move |_| {
        let get = |name| params.with(|params| params.get(name)).unwrap_or_default();
        let reward = query.with(|query| query.get("reward")).unwrap_or_default();
        (get("slug"), get("section"), reward)
    });
    let shown = StoredValue::new(None::<String>);
    let fetch = |((slug, section, _), _): ((String, String, String), u32)| read(slug, section);
    let page = reading(move || (wanted.get(), done.get()), fetch);
    load(page, move |(page, embeds)| {
        let (_, section, reward) = wanted.get_untracked();
        // Followed: where a save gave the campaign another address, what is shown there is
        // read before the address says so.
        let is_saved = Signal::derive(move || query.with(|query| query.get("saved").is_some()));
        // Going to a reward and back leaves the page as it is, and takes the link away
        // that was followed.
        let before = shown.try_update_value(|shown| shown.replace(reward.clone())).flatten();
        if before.is_some_and(|before| before != reward) {
            Effect::new(|_| focus_coming_heading());
        }
        let desk = Desk {
            page: StoredValue::new(page),
            done,
            reward: StoredValue::new(reward),
            embeds: StoredValue::new(embeds),
            is_in_place: false,
        };
        show(desk, &section, is_saved)
    })
}

/// The campaign, and what only one of its sections shows.
async fn read(
    slug: String,
    section: String,
) -> Result<(StudioPage, Option<EmbedSettings>), AppError> {
    let page = act::studio_page(slug.clone()).await?;
    let embeds = match section.as_str() {
        embeds::KEY => Some(embed::act::embed_settings(slug).await?),
        _ => None,
    };
    Ok((page, embeds))
}

fn show(desk: Desk, key: &str, is_saved: Signal<bool>) -> AnyView {
    let locale = locale();
    let section = key.parse::<Section>().ok();
    let (name, text) = match section {
        Some(section) => (section.name(locale), lede(section)),
        None if key == embeds::KEY => (embed_rule::section(locale), embed_rule::lede(locale)),
        None if key == "preview" => (w::preview(locale), w::preview_lede(locale)),
        None => return view! { <NotFound /> }.into_any(),
    };
    let is_embeds = key == embeds::KEY;
    let body = anew(move || match section {
        Some(Section::Basics) => basics::basics(desk),
        Some(Section::Funding) => funding::funding(desk),
        Some(Section::Schedule) => schedule::schedule(desk),
        Some(Section::Story) => story::story(desk),
        Some(Section::Rewards) => rewards::rewards(desk),
        Some(Section::Identity) => identity::identity(desk),
        None if is_embeds => embeds::embeds(desk),
        None => preview::preview(desk),
    });
    let right = section.map_or(Right::EditPage, Section::right);
    let heading = reward_name(desk).unwrap_or_else(|| name.to_owned());
    let (title, head, nav, is_demo) = desk.page.with_value(|page| {
        let title = format!("{heading} · {}", page.title);
        (title, head(page, true, heading), sections(page, Some(key)), page.is_demo)
    });
    let all = view! {
        <DemoCampaignNotice is_demo=is_demo />
        {head}
        {nav}
        <div class="studio-body">
            {move || news(is_saved.get(), w::saved(locale), "").into_any()}
            <p class="quiet">{text}</p>
            {for_right(desk, right, body)}
            {(section == Some(Section::Identity)).then(|| identity::judge(desk))}
        </div>
    };
    frame(&title, all.into_any())
}

/// Who works on a campaign writes what their rights are for, and reads the rest; an
/// operator reads every part of it, and writes none.
fn for_right(desk: Desk, right: Right, body: AnyView) -> AnyView {
    let rights = desk.page.with_value(|page| page.rights);
    if rights.has(right) {
        return body;
    }
    let locale = locale();
    let why = if rights.is_empty() { w::only_creator(locale) } else { people::part_locked(locale) };
    view! {
        <Notice>{why}</Notice>
        <fieldset class="studio-read" disabled=true>
            {body}
        </fieldset>
    }
    .into_any()
}

/// What the page of one reward is called.
fn reward_name(desk: Desk) -> Option<String> {
    let id = desk.reward.get_value();
    if id == "new" {
        return Some(w::new_reward(locale()).to_owned());
    }
    desk.page.with_value(|page| {
        let reward = page.rewards.iter().find(|reward| reward.id.to_string() == id);
        reward.map(|reward| reward.title.clone())
    })
}

/// What a section is for.
fn lede(section: Section) -> &'static str {
    let locale = locale();
    match section {
        Section::Basics => w::basics_lede(locale),
        Section::Funding => w::funding_lede(locale),
        Section::Schedule => w::schedule_lede(locale),
        Section::Story => w::story_lede(locale),
        Section::Rewards => w::rewards_lede(locale),
        Section::Identity => domain::words::identity::lede(locale),
    }
}

impl Desk {
    /// A control of a field of the campaign, locked where the rules say so.
    pub fn control(self, key: &str, label: &str, hint: &str, saved: &str) -> Control {
        let edit = self
            .page
            .with_value(|page| policy::campaign(key, page.phase, !page.rewards.is_empty()));
        control(key, label, hint, saved, edit)
    }

    /// Counts what is done by this action. In place the keyboard goes where the page
    /// leads it, and elsewhere to the heading.
    pub fn follow<S>(self, act: ServerAction<S>)
    where
        S: ServerFn<Error = AppError, Output = ()> + Clone + Send + Sync + 'static,
    {
        if !self.is_in_place {
            return count_done(act, self.done);
        }
        Effect::new(move |_| {
            if act.value().with(|answer| matches!(answer, Some(Ok(())))) {
                self.done.update(|done| *done += 1);
            }
        });
    }

    /// What tells the server that one stays on the page.
    pub fn stays(self) -> Option<AnyView> {
        self.is_in_place.then(|| field::hidden("stay", "true"))
    }

    /// Says that what is saved here is public at once, where the campaign is.
    pub fn public_at_once(self) -> Option<AnyView> {
        let is_public = self.page.with_value(|page| page.state.is_public());
        is_public
            .then(|| view! { <p class="field-hint">{w::public_at_once(locale())}</p> }.into_any())
    }

    /// The mark of what is saved.
    fn version(self, of: Version) -> String {
        let reward = self.reward.get_value();
        self.page.with_value(|page| of(page, &reward))
    }

    /// Why the stretch goals are locked, or the rewards' shelf, or any group of fields.
    pub fn lock(self, key: &str) -> Option<String> {
        self.control(key, "", "", "").lock
    }
}

/// A control of a field that may be changed as far as this.
pub fn control(key: &str, label: &str, hint: &str, saved: &str, edit: Edit) -> Control {
    let why = edit.say(locale()).map(str::to_owned);
    let (lock, hint) = match edit {
        Edit::Free => (None, hint.to_owned()),
        Edit::Locked(_) => (why, String::new()),
        Edit::OnlyUp(_) => (None, why.unwrap_or_default()),
    };
    Control {
        name: format!("form[{key}]"),
        label: label.to_owned(),
        hint,
        saved: saved.to_owned(),
        lock,
    }
}

/// How the mark of what a form holds is found, for the reward that an address names.
pub type Version = fn(&StudioPage, &str) -> String;

/// What stands in the form of a section: its fields, and what every one of them
/// carries.
pub fn inside(
    desk: Desk,
    sheet: Sheet,
    version: Version,
    pending: Memo<bool>,
    fields: AnyView,
) -> AnyView {
    let locale = locale();
    let saved = RwSignal::new(desk.version(version));
    keep_up(desk, sheet, saved, version);
    let slug = desk.page.with_value(|page| page.slug.to_string());
    view! {
        {lost_text(sheet)}
        {field::hidden("form[slug]", &slug)}
        {desk.stays()}
        <input type="hidden" name="form[version]" value=move || saved.get() />
        {typed::kept(desk, sheet, pending, fields)}
        <RefusalNotice refused=sheet.refused />
        <div class="buttons studio-save">
            <Submit label=w::save(locale) pending=pending large=true />
        </div>
    }
    .into_any()
}

/// After a refusal the form learns what is saved now, while everything typed stays:
/// what was saved elsewhere meanwhile is only replaced by who was told of it.
fn keep_up(desk: Desk, sheet: Sheet, saved: RwSignal<String>, version: Version) {
    Effect::new(move |_| {
        let is_refused = sheet
            .refused
            .with(|error| matches!(error, Some(AppError::Refused(_) | AppError::Invalid(_))));
        if is_refused {
            let slug = desk.page.with_value(|page| page.slug.to_string());
            spawn_local(async move {
                if let Ok(fresh) = act::studio_page(slug).await {
                    let is_gone = desk.page.try_update_value(|page| *page = fresh).is_none();
                    if !is_gone {
                        saved.try_set(desk.version(version));
                    }
                }
            });
        }
    });
}
