//! The small toolbar over a selection: marks, and where a link leads.

use domain::{
    story::{Link, Mark, Run},
    words::edit as w,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

use super::{
    desk::Desk,
    dom,
    menu::from_corner,
    place::{Caret, element},
};
use crate::ui::{Icon, IconName};

/// The one toolbar there is.
#[derive(Clone, Copy)]
pub struct Tools {
    desk: Desk,
    open: RwSignal<Option<Open>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Open {
    caret: Caret,
    left: i32,
    top: i32,
    /// Which of bold, italic and code the whole selection has.
    marks: [bool; 3],
    /// The address while it is asked for; where the selection leads now.
    link: Option<String>,
}

impl Tools {
    #[must_use]
    pub fn new(desk: Desk) -> Self {
        Self { desk, open: RwSignal::new(None) }
    }

    /// The selection changed: it has a toolbar or none.
    pub fn follow(self) {
        let asks =
            self.open.with_untracked(|open| matches!(open, Some(Open { link: Some(_), .. })));
        if asks {
            return;
        }
        let caret = self.desk.caret();
        let open = caret.filter(|caret| caret.anchor != caret.head && !caret.place.is_plain());
        let open = open.and_then(|caret| self.over(caret, None));
        if self.open.with_untracked(|shown| *shown != open) {
            self.open.set(open);
        }
    }

    /// Sets a mark, or takes it where the whole selection has it.
    pub fn toggle(self, caret: Caret, mark: &Mark) {
        if caret.place.is_plain() || caret.anchor == caret.head {
            return;
        }
        let has = self.all(caret, |run| match mark {
            Mark::Bold => run.marks.bold,
            Mark::Italic => run.marks.italic,
            Mark::Code => run.marks.code,
            Mark::Link(_) => run.marks.link.is_some(),
        });
        self.desk.mark(caret, mark, !has);
        self.follow();
    }

    /// Asks where the selection shall lead.
    pub fn ask_link(self, caret: Caret) -> bool {
        if caret.place.is_plain() || caret.anchor == caret.head {
            return true;
        }
        let (from, to) = caret.ends();
        let text = self.desk.text(caret.place).slice(from, to);
        let now = text.iter().find_map(|run| run.marks.link.clone());
        let now = now.map_or_else(String::new, |link| link.as_str().to_owned());
        self.open.set(self.over(caret, Some(now)));
        leptos::task::spawn_local(async {
            leptos::task::tick().await;
            if let Some(input) = link_input() {
                let _ = input.focus();
                input.select();
            }
        });
        true
    }

    fn set_link(self) {
        let Some(open) = self.open.get_untracked() else { return };
        let typed = link_input().map(|input| input.value()).unwrap_or_default();
        let typed = typed.trim();
        // Most people leave out what every address begins with.
        let link = Link::parse(typed).or_else(|| match typed.contains('.') {
            true => Link::parse(&["https://", typed].concat()),
            false => None,
        });
        self.open.set(None);
        match link {
            Some(link) => self.desk.mark(open.caret, &Mark::Link(link), true),
            None => {
                let (from, to) = open.caret.ends();
                let text = self.desk.text(open.caret.place).slice(from, to);
                let links = text.iter().find_map(|run| run.marks.link.clone());
                match links {
                    Some(link) if typed.is_empty() => {
                        self.desk.mark(open.caret, &Mark::Link(link), false);
                    }
                    _ => self.desk.go(open.caret),
                }
            }
        }
    }

    fn over(self, caret: Caret, link: Option<String>) -> Option<Open> {
        let (from, to) = caret.ends();
        let drawn = dom::text_box(&element(caret.place)?, from, to)?;
        let (left, top) = from_corner(&drawn);
        let marks = [
            self.all(caret, |run| run.marks.bold),
            self.all(caret, |run| run.marks.italic),
            self.all(caret, |run| run.marks.code),
        ];
        Some(Open { caret, left, top, marks, link })
    }

    fn all(self, caret: Caret, has: impl Fn(&Run) -> bool) -> bool {
        let (from, to) = caret.ends();
        let text = self.desk.text(caret.place).slice(from, to);
        !text.is_empty() && text.iter().all(has)
    }
}

fn link_input() -> Option<HtmlInputElement> {
    document().get_element_by_id("edit-link")?.dyn_into().ok()
}

/// The toolbar over the page, where something is selected.
pub fn view(tools: Tools) -> AnyView {
    (move || tools.open.get().map(|open| bar(tools, open))).into_any()
}

fn bar(tools: Tools, open: Open) -> AnyView {
    let locale = tools.desk.locale;
    let Open { caret, marks, link, left, top } = open;
    let button = move |sign: &'static str, name: &'static str, mark: Mark, has: bool| {
        view! {
            <button
                type="button"
                aria-label=name
                title=name
                aria-pressed=if has { "true" } else { "false" }
                on:click=move |_| tools.toggle(caret, &mark)
            >
                <span data-sign=sign>{sign}</span>
            </button>
        }
    };
    let inside = match link {
        Some(now) => view! {
            <input
                id="edit-link"
                class="input"
                type="url"
                inputmode="url"
                aria-label=w::link_address(locale)
                placeholder="https://"
                prop:value=now
                on:keydown=move |event| {
                    match event.key().as_str() {
                        "Enter" => tools.set_link(),
                        "Escape" => {
                            tools.open.set(None);
                            tools.desk.go(caret);
                        }
                        _ => return,
                    }
                    event.prevent_default();
                    event.stop_propagation();
                }
            />
            <button type="button" on:click=move |_| tools.set_link()>
                {w::link_set(locale)}
            </button>
        }
        .into_any(),
        None => {
            let [bold, italic, code] = marks;
            view! {
                {button("B", w::bold(locale), Mark::Bold, bold)}
                {button("I", w::italic(locale), Mark::Italic, italic)}
                {button("<>", w::code(locale), Mark::Code, code)}
                <button
                    type="button"
                    aria-label=w::link(locale)
                    title=w::link(locale)
                    on:click=move |_| _ = tools.ask_link(caret)
                >
                    <Icon name=IconName::Link />
                </button>
            }
            .into_any()
        }
    };
    view! {
        <div
            class="edit-tools"
            role="toolbar"
            aria-label=w::tools(locale)
            style:left=format!("{left}px")
            style:top=format!("{top}px")
            // The text keeps its selection while a button is pressed.
            on:mousedown=|event| {
                let is_field = event
                    .target()
                    .is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some());
                if !is_field {
                    event.prevent_default();
                }
            }
        >
            {inside}
        </div>
    }
    .into_any()
}
