//! The studio's own controls. Each can be locked: then it shows what is saved, and
//! why that stays.

use domain::{Invalid, Locale};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    error::AppError,
    http::typed,
    locale::locale,
    ui::{Icon, IconName, invalid, refused},
};

/// One form of the studio: why it was refused, and whether it came back with what
/// was typed.
#[derive(Clone, Copy)]
pub struct Sheet {
    pub refused: Signal<Option<AppError>>,
    invalid: Signal<Invalid>,
    /// Without wasm the page of a refused form is drawn anew.
    came_back: bool,
    /// Tells its fields from those of another form on the page.
    tag: &'static str,
}

/// What is the same for every kind of control.
#[derive(Clone, Default)]
pub struct Control {
    /// The field's `name` in the form, such as `form[title]`.
    pub name: String,
    pub label: String,
    /// A sentence under it.
    pub hint: String,
    /// What is saved.
    pub saved: String,
    /// Why it cannot be changed; nothing when it can.
    pub lock: Option<String>,
}

/// The kinds of an `<input>` that is typed into.
#[derive(Clone, Copy, Default)]
pub struct Typing {
    /// The `type`; empty is text.
    pub kind: &'static str,
    /// The keyboard a phone shows.
    pub inputmode: Option<&'static str>,
    /// Most characters.
    pub most: Option<u32>,
    /// Whether it may stay empty, also at the launch.
    pub optional: bool,
}

impl Sheet {
    /// The form of this action. `mark` is a field that is never empty in it.
    #[must_use]
    pub fn of<S>(act: ServerAction<S>, mark: &str) -> Self
    where
        S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
        S::Output: Clone + Send + Sync + 'static,
    {
        let refused = refused(act);
        let came_back = refused.with_untracked(Option::is_some) && !typed(mark).is_empty();
        Self { refused, invalid: invalid(refused), came_back, tag: "" }
    }

    /// The same form on a page that has others with fields of the same name.
    #[must_use]
    pub const fn tagged(self, tag: &'static str) -> Self {
        Self { tag, ..self }
    }

    /// What stands in a field at first: what was typed, or what is saved.
    #[must_use]
    pub fn value(self, name: &str, saved: &str) -> String {
        if self.came_back { typed(name) } else { saved.to_owned() }
    }

    /// Whether a refused form came back without what was typed, which is too long to
    /// travel with the page.
    #[must_use]
    pub fn has_lost(self) -> bool {
        cfg!(feature = "ssr") && self.refused.with_untracked(Option::is_some) && !self.came_back
    }

    /// What is wrong with a field, by its innermost name.
    #[must_use]
    pub fn problem(self, name: &str) -> Signal<Option<String>> {
        let (key, locale) = (key(name).to_owned(), locale());
        Signal::derive(move || self.invalid.with(|all| all.of(&key).map(|p| p.say(locale))))
    }
}

/// One line of text.
pub fn line(sheet: Sheet, control: Control, typing: Typing) -> AnyView {
    let frame = Frame::new(sheet, &control);
    let (problem, is_locked) = (frame.problem, control.lock.is_some());
    let described = frame.described();
    let Control { name, label, saved, .. } = control;
    let value = sheet.value(&name, &saved);
    let input = view! {
        <input
            class="input"
            id=frame.id.clone()
            name=name
            type=if typing.kind.is_empty() { "text" } else { typing.kind }
            value=value
            autocomplete="off"
            inputmode=typing.inputmode
            maxlength=typing.most.map(|most| most.to_string())
            readonly=is_locked
            aria-invalid=move || problem.get().is_some().then_some("true")
            aria-describedby=described
        />
    };
    frame.around(label, typing.optional, input.into_any())
}

/// Several lines of text.
pub fn area(sheet: Sheet, control: Control, rows: u32, typing: Typing) -> AnyView {
    let frame = Frame::new(sheet, &control);
    let (problem, is_locked) = (frame.problem, control.lock.is_some());
    let described = frame.described();
    let Control { name, label, saved, .. } = control;
    let value = sheet.value(&name, &saved);
    let input = view! {
        <textarea
            class="input"
            id=frame.id.clone()
            name=name
            rows=rows.to_string()
            maxlength=typing.most.map(|most| most.to_string())
            readonly=is_locked
            aria-invalid=move || problem.get().is_some().then_some("true")
            aria-describedby=described
            inner_html=inside(&value)
        ></textarea>
    };
    frame.around(label, typing.optional, input.into_any())
}

/// A choice from a list of values and words. An empty value first asks for one.
pub fn pick(sheet: Sheet, control: Control, options: Vec<(String, String)>) -> AnyView {
    let frame = Frame::new(sheet, &control);
    let (problem, is_locked) = (frame.problem, control.lock.is_some());
    let described = frame.described();
    let Control { name, label, saved, .. } = control;
    let options = self::options(options, &sheet.value(&name, &saved));
    let input = view! {
        <select
            class="input"
            id=frame.id.clone()
            name=name.clone()
            disabled=is_locked
            aria-invalid=move || problem.get().is_some().then_some("true")
            aria-describedby=described
        >
            {options}
        </select>
        {is_locked.then(|| hidden(&name, &saved))}
    };
    frame.around(label, false, input.into_any())
}

/// What a list offers, values and words, one of them chosen.
pub fn options(all: Vec<(String, String)>, chosen: &str) -> Vec<AnyView> {
    let option = |(value, words): (String, String)| {
        let is_chosen = value == chosen;
        view! {
            <option value=value selected=is_chosen>
                {words}
            </option>
        }
        .into_any()
    };
    all.into_iter().map(option).collect()
}

/// One of a few choices, each with what follows from it: value, words and sentence.
pub fn choices(
    sheet: Sheet,
    control: &Control,
    options: Vec<(&'static str, String, String)>,
) -> AnyView {
    let chosen = sheet.value(&control.name, &control.saved);
    let frame = Frame::new(sheet, control);
    let (problem, is_locked) = (frame.problem, control.lock.is_some());
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, words, text)| {
            let is_chosen = value == chosen;
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name=control.name.clone()
                        value=value
                        checked=is_chosen
                        disabled=is_locked
                        aria-invalid=move || problem.get().is_some().then_some("true")
                    />
                    <span>
                        <b>{words}</b>
                        {(!text.is_empty()).then(|| view! { <small>{text}</small> })}
                    </span>
                </label>
            }
        })
        .collect();
    let described = frame.described();
    view! {
        <fieldset class="choices" aria-describedby=described>
            <legend>{control.label.clone()}</legend>
            {frame.hint()}
            {options}
            {is_locked.then(|| hidden(&control.name, &control.saved))}
            {frame.problem_line()}
        </fieldset>
    }
    .into_any()
}

/// Something to tick. What is saved is `on` or nothing.
pub fn check(sheet: Sheet, control: &Control) -> AnyView {
    let is_on = !sheet.value(&control.name, &control.saved).is_empty();
    let frame = Frame::new(sheet, control);
    let (problem, is_locked) = (frame.problem, control.lock.is_some());
    let described = frame.described();
    view! {
        <div class="field">
            <label class="check">
                <input
                    type="checkbox"
                    id=frame.id.clone()
                    name=control.name.clone()
                    value="on"
                    checked=is_on
                    disabled=is_locked
                    aria-invalid=move || problem.get().is_some().then_some("true")
                    aria-describedby=described
                />
                <span>{control.label.clone()}</span>
            </label>
            {frame.hint()}
            {(is_locked && is_on).then(|| hidden(&control.name, "on"))}
            {frame.problem_line()}
        </div>
    }
    .into_any()
}

/// A field that nobody sees.
pub fn hidden(name: &str, value: &str) -> AnyView {
    view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> }.into_any()
}

/// Currencies by their code, as a list to pick from.
pub fn currencies() -> Vec<(String, String)> {
    let words = |c: &domain::Currency| format!("{} · {}", c.code(), c.symbol());
    domain::Currency::ALL.iter().map(|c| (c.code().to_owned(), words(c))).collect()
}

/// Countries by name, with a first line that is none.
pub fn countries(none: &str, locale: Locale) -> Vec<(String, String)> {
    let mut all: Vec<_> = domain::Country::all()
        .map(|country| (country.code().to_owned(), country.name(locale).to_owned()))
        .collect();
    all.sort_by_cached_key(|(_, name)| domain::slug::folded_words(name));
    all.insert(0, (String::new(), none.to_owned()));
    all
}

/// Categories in the site's order, with a first line that is none.
pub fn categories(none: &str, locale: Locale) -> Vec<(String, String)> {
    let all = domain::category::Category::ALL.iter();
    let all = all.map(|it| (it.key().to_owned(), it.name(locale).to_owned()));
    std::iter::once((String::new(), none.to_owned())).chain(all).collect()
}

/// What stands around a control: its label, its sentence, and what is wrong.
struct Frame {
    id: String,
    hint: String,
    lock: Option<String>,
    problem: Signal<Option<String>>,
}

impl Frame {
    fn new(sheet: Sheet, control: &Control) -> Self {
        Self {
            id: format!("field-{}{}", sheet.tag, key(&control.name).replace('.', "-")),
            hint: control.hint.clone(),
            lock: control.lock.clone(),
            problem: sheet.problem(&control.name),
        }
    }

    /// The `aria-describedby` of the control.
    fn described(&self) -> impl Fn() -> Option<String> + Send + 'static {
        let has_hint = !self.hint.is_empty() || self.lock.is_some();
        let (id, problem) = (self.id.clone(), self.problem);
        move || match (has_hint, problem.get().is_some()) {
            (false, false) => None,
            (true, false) => Some(format!("{id}-hint")),
            (false, true) => Some(format!("{id}-problem")),
            (true, true) => Some(format!("{id}-problem {id}-hint")),
        }
    }

    fn around(self, label: String, optional: bool, input: AnyView) -> AnyView {
        let locale = locale();
        let optional = optional
            .then(|| view! { " " <span>"(" {domain::words::site::optional(locale)} ")"</span> });
        view! {
            <div class="field">
                <label class="field-label" for=self.id.clone()>
                    {label}
                    {optional}
                </label>
                {input}
                {self.hint()}
                {self.problem_line()}
            </div>
        }
        .into_any()
    }

    /// Why it is locked, or else what to write into it.
    fn hint(&self) -> Option<AnyView> {
        let id = format!("{}-hint", self.id);
        if let Some(lock) = self.lock.clone() {
            let line = view! {
                <p class="field-hint field-lock" id=id>
                    <Icon name=IconName::Lock />
                    {lock}
                </p>
            };
            return Some(line.into_any());
        }
        let hint = self.hint.clone();
        (!hint.is_empty()).then(|| view! { <p class="field-hint" id=id>{hint}</p> }.into_any())
    }

    fn problem_line(&self) -> AnyView {
        let (id, problem) = (format!("{}-problem", self.id), self.problem);
        let line = move |sentence| {
            view! {
                <p class="field-problem" id=id.clone()>
                    <Icon name=IconName::Alert />
                    {sentence}
                </p>
            }
            .into_any()
        };
        view! { {move || problem.get().map(&line)} }.into_any()
    }
}

/// The innermost word of a form name.
fn key(name: &str) -> &str {
    name.trim_end_matches(']').rsplit('[').next().unwrap_or(name)
}

/// Text as what stands inside a textarea: nothing typed there ends it. Elements'
/// children are written as they are, so it is not put there as one.
fn inside(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    // A document's parser swallows a first line break, and a script's does not.
    if cfg!(feature = "ssr") { format!("\n{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::{inside, key};

    #[test]
    fn nothing_that_is_typed_ends_its_textarea() {
        let text = inside("</textarea><script>alert(1)</script> & &amp; \"");
        assert!(!text.contains('<'), "{text}");
        assert!(text.contains("&amp; &amp;amp;"), "{text}");
    }

    #[test]
    fn fields_are_known_by_their_innermost_name() {
        assert_eq!(key("form[stretch][0.title]"), "0.title");
        assert_eq!(key("slug"), "slug");
    }
}
