//! What of the page is edited by the studio's forms, where it stands: its picture and its
//! rewards. One form is open at a time, so that nothing that is typed is lost to another;
//! saved, the page shows what is kept, and stays.

mod cards;

use std::future::Future;

use domain::{
    Locale,
    campaign::CampaignPage,
    id::RewardId,
    people::Right,
    reward::RewardKind,
    story::view::RewardLine,
    studio::{StoryForm, StudioPage},
    words::{edit as e, in_place as w},
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast as _;
use web_sys::{ClipboardEvent, DragEvent, FileList, HtmlElement};

use super::still;
use crate::{
    campaign,
    error::AppError,
    locale::locale,
    studio::{
        self,
        editor::Desk,
        picture::{self, Subject},
    },
    ui::{Notice, RefusalNotice, Tone},
};

/// The id of the form that is open.
const OPEN: &str = "edit-open";
/// The id of the heading of the rewards.
const HEADING: &str = "rewards";

/// Copied into every part of it.
#[derive(Clone, Copy)]
pub struct Shelf {
    /// The page as visitors see it, and as the studio does.
    read: RwSignal<(CampaignPage, StudioPage)>,
    open: RwSignal<Option<Open>>,
    /// Whether something is typed into the open form that is not saved.
    is_changed: RwSignal<bool>,
    /// Whether something else was wanted meanwhile.
    is_held: RwSignal<bool>,
    /// What a screen reader says next, and the page too.
    told: RwSignal<String>,
    refused: RwSignal<Option<AppError>>,
    /// How often something was saved; the page is read anew after each.
    done: RwSignal<u32>,
    locale: Locale,
}

/// Which form is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Picture,
    Reward(RewardId),
    RewardPicture(RewardId),
    New(RewardKind),
}

impl Open {
    fn is_of(self, id: RewardId) -> bool {
        matches!(self, Self::Reward(reward) | Self::RewardPicture(reward) if reward == id)
    }

    /// The id of the button that opens it.
    fn button(self) -> String {
        match self {
            Self::Picture => "edit-picture".to_owned(),
            Self::Reward(id) => format!("edit-reward-{id}"),
            Self::RewardPicture(id) => format!("edit-reward-picture-{id}"),
            Self::New(RewardKind::Reward) => "edit-add-reward".to_owned(),
            Self::New(RewardKind::AddOn) => "edit-add-add-on".to_owned(),
        }
    }
}

/// The page, and what the studio's forms here show of it.
///
/// # Errors
/// [`AppError::NotFound`] for who does not work on the campaign.
pub async fn read(slug: String) -> Result<(CampaignPage, StudioPage), AppError> {
    let mut studio = studio::act::studio_page(slug.clone()).await?;
    // The rest is long, and no form here asks for it.
    studio.story = StoryForm::default();
    studio.unsaved_story = None;
    studio.story_html = String::new();
    studio.identity = None;
    studio.events = Vec::new();
    let page = campaign::read::campaign_page(slug, String::new()).await?;
    Ok((page, studio))
}

impl Shelf {
    /// Of a page that was read. It lives as long as the component that calls this.
    #[must_use]
    pub fn new(page: CampaignPage, studio: StudioPage) -> Self {
        let shelf = Self {
            read: RwSignal::new((page, studio)),
            open: RwSignal::new(None),
            is_changed: RwSignal::new(false),
            is_held: RwSignal::new(false),
            told: RwSignal::new(String::new()),
            refused: RwSignal::new(None),
            done: RwSignal::new(0),
            locale: locale(),
        };
        Effect::new(move |before: Option<u32>| {
            let now = shelf.done.get();
            if before.is_some_and(|before| before != now) {
                shelf.read_anew();
            }
            now
        });
        shelf
    }

    /// The rewards as cards of the story show them, followed.
    #[must_use]
    pub fn lines(self) -> Vec<RewardLine> {
        self.read.with(|(_, studio)| {
            let line = |reward: &domain::studio::StudioReward| RewardLine {
                id: reward.id,
                title: reward.title.clone(),
                price: reward.price,
            };
            studio.rewards.iter().map(line).collect()
        })
    }

    /// The campaign's picture, and its form where it may be changed.
    pub fn media(self) -> AnyView {
        let is_open = Memo::new(move |_| self.open.get() == Some(Open::Picture));
        view! {
            <div
                class="edit-media"
                on:drop=move |event| {
                    if self.takes_picture() {
                        self.dropped(Open::Picture, &event);
                    }
                }
                on:paste=move |event| {
                    if self.takes_picture() {
                        self.pasted(Open::Picture, &event);
                    }
                }
            >
                {move || self.read.with(|(page, _)| still::figure(page))}
                {move || self.picture(is_open.get())}
            </div>
        }
        .into_any()
    }

    fn takes_picture(self) -> bool {
        self.read.with_untracked(|(_, studio)| {
            studio.rights.has(Right::EditPage)
                && !domain::campaign::policy::campaign("image", studio.phase, false).is_locked()
        })
    }

    fn picture(self, is_open: bool) -> Option<AnyView> {
        let studio = self.read.with(|(_, studio)| studio.clone());
        if !studio.rights.has(Right::EditPage) {
            return None;
        }
        let subject = Subject::campaign(&studio);
        if is_open || subject.edit.is_locked() {
            let body = picture::body(self.desk(""), &subject);
            let name = subject.title.to_owned();
            return Some(if is_open { self.opened(Open::Picture, name, body) } else { body });
        }
        let button = self.button(Open::Picture, e::edit_picture(self.locale), "");
        Some(view! { <div class="edit-acts">{button}</div> }.into_any())
    }

    /// The rewards, each with its form where it may be changed.
    pub fn rewards(self) -> AnyView {
        view! {
            <div class="edit-rewards">
                <p class="edit-news" role="status">
                    {self.told}
                </p>
                <RefusalNotice refused=self.refused.into() />
                {move || {
                    let (page, studio) = self.read.get();
                    cards::section(self, page, studio)
                }}
            </div>
        }
        .into_any()
    }

    /// What the studio's forms work with, for this reward.
    fn desk(self, reward: &str) -> Desk {
        Desk {
            page: StoredValue::new(self.read.with_untracked(|(_, studio)| studio.clone())),
            done: self.done,
            reward: StoredValue::new(reward.to_owned()),
            embeds: StoredValue::new(None),
            is_in_place: true,
        }
    }

    /// The frame of the open form.
    fn opened(self, open: Open, name: String, body: AnyView) -> AnyView {
        let locale = self.locale;
        let held = move || {
            self.is_held.get().then(|| {
                view! { <Notice tone=Tone::Warning>{w::unsaved(locale)}</Notice> }.into_any()
            })
        };
        view! {
            <div
                class="edit-in-place"
                id=OPEN
                role="group"
                aria-label=name
                tabindex="-1"
                on:input=move |_| self.is_changed.set(true)
                on:keydown=move |event| {
                    if event.key() == "Escape" && !self.is_changed.get_untracked() {
                        self.close();
                    }
                }
                on:drop=move |event| self.dropped(open, &event)
                on:paste=move |event| self.pasted(open, &event)
            >
                {held}
                {body}
                <div class="buttons">
                    <button
                        class="button"
                        data-kind="quiet"
                        type="button"
                        on:click=move |_| self.close()
                    >
                        {w::close(locale)}
                    </button>
                </div>
            </div>
        }
        .into_any()
    }

    /// A button that opens a form. Its words go on with what it is about.
    fn button(self, open: Open, words: &'static str, title: &str) -> AnyView {
        let title = (!title.is_empty()).then(|| {
            view! { <span class="visually-hidden">" " {title.to_owned()}</span> }
        });
        view! {
            <button
                class="button"
                type="button"
                id=open.button()
                on:click=move |_| {
                    self.show(open);
                }
            >
                <span>{words} {title}</span>
            </button>
        }
        .into_any()
    }

    /// Opens a form, unless that would lose what is typed into another.
    fn show(self, open: Open) -> bool {
        if self.holds() {
            return false;
        }
        self.shut();
        self.told.set(String::new());
        self.open.set(Some(open));
        focus(OPEN.to_owned());
        true
    }

    /// Whether something typed is not saved yet; then that is said where it stands.
    fn holds(self) -> bool {
        let holds = self.open.get_untracked().is_some() && self.is_changed.get_untracked();
        if holds {
            self.is_held.set(true);
            focus(OPEN.to_owned());
        }
        holds
    }

    /// Closes the open form, and goes back to its button.
    fn close(self) {
        if let Some(open) = self.open.get_untracked() {
            self.shut();
            focus(open.button());
        }
    }

    fn shut(self) {
        self.is_changed.set(false);
        self.is_held.set(false);
        self.refused.set(None);
        self.open.set(None);
    }

    /// Does something to a reward, and shows what came of it.
    fn ask(self, act: impl Future<Output = Result<(), AppError>> + 'static) {
        spawn_local(async move {
            match act.await {
                Ok(()) => _ = self.done.try_update(|done| *done += 1),
                Err(why) => _ = self.refused.try_set(Some(why)),
            }
        });
    }

    /// Shows what is saved now, and goes on at what was saved.
    fn read_anew(self) {
        let slug = self.read.with_untracked(|(page, _)| page.slug.to_string());
        let before = self.ids();
        spawn_local(async move {
            let fresh = read(slug).await;
            // Whoever has left the page is told nothing.
            let Some(open) = self.open.try_get_untracked() else { return };
            let fresh = match fresh {
                Ok(fresh) => fresh,
                Err(why) => return self.refused.set(Some(why)),
            };
            self.shut();
            self.read.set(fresh);
            let made = self.ids().into_iter().find(|id| !before.contains(id));
            let place = made.map(Open::Reward).or(open).map(Open::button);
            self.told.set(w::saved(self.locale).to_owned());
            focus(place.unwrap_or_else(|| HEADING.to_owned()));
        });
    }

    fn ids(self) -> Vec<RewardId> {
        self.read.with_untracked(|(_, studio)| studio.rewards.iter().map(|one| one.id).collect())
    }

    /// Files are dropped on a form, and on nothing behind it.
    fn dropped(self, open: Open, event: &DragEvent) {
        let files = event.data_transfer().and_then(|data| data.files());
        let Some(files) = files.filter(|files| files.length() > 0) else { return };
        event.prevent_default();
        event.stop_propagation();
        self.take(open, files);
    }

    /// Files are pasted; text goes where the keyboard is.
    fn pasted(self, open: Open, event: &ClipboardEvent) {
        let files = event.clipboard_data().and_then(|data| data.files());
        let Some(files) = files.filter(|files| files.length() > 0) else { return };
        event.prevent_default();
        event.stop_propagation();
        self.take(open, files);
    }

    /// Puts a file into the form of a picture, which is opened for it.
    fn take(self, open: Open, files: FileList) {
        let is_picture = matches!(open, Open::Picture | Open::RewardPicture(_));
        if !is_picture || (self.open.get_untracked() != Some(open) && !self.show(open)) {
            return;
        }
        self.is_changed.set(true);
        // A form that was only just opened is drawn by then.
        request_animation_frame(move || picture::choose(&files));
    }
}

/// Puts the keyboard on the element with this id, once it is drawn.
fn focus(id: String) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id);
        if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}
