//! `/demo/mailbox`: the letters that a demonstration did not send.

use domain::words::account as w;
use leptos::prelude::*;

use super::{
    act::{self, CaughtLetter},
    page,
};
use crate::{
    layout::page_query,
    locale::locale,
    ui::{Empty, Field, When, load, reading},
};

/// All letters, or those to one address.
#[component]
pub fn Mailbox() -> impl IntoView {
    let query = page_query();
    let to = Memo::new(move |_| query.with(|query| query.get("to")).unwrap_or_default());
    let letters = reading(move || to.get(), act::mailbox);
    load(letters, move |letters| show(letters, to.get_untracked()))
}

fn show(letters: Vec<CaughtLetter>, to: String) -> AnyView {
    let locale = locale();
    let is_one = !to.is_empty();
    let letters: Vec<_> = letters.into_iter().map(letter).collect();
    let list = if letters.is_empty() {
        view! { <Empty title=w::mailbox_none(locale) text=w::mailbox_none_text(locale) /> }
            .into_any()
    } else {
        view! { <ol class="letters">{letters}</ol> }.into_any()
    };
    let body = view! {
        <form class="mailbox-search" action="/demo/mailbox">
            <Field
                name="to"
                kind="email"
                label=w::mailbox_to(locale)
                value=to
                autocomplete="off"
                inputmode="email"
                maxlength=254
            />
            <div class="buttons">
                <button class="button" type="submit">
                    {w::mailbox_show(locale)}
                </button>
                {is_one
                    .then(|| {
                        view! {
                            <a class="button" data-kind="quiet" href="/demo/mailbox">
                                {w::mailbox_all(locale)}
                            </a>
                        }
                    })}
            </div>
        </form>
        {list}
    };
    page(w::mailbox_title(locale).to_owned(), w::mailbox_text(locale), body.into_any())
}

fn letter(letter: CaughtLetter) -> impl IntoView {
    let locale = locale();
    let paragraphs: Vec<_> = letter.text.lines().map(line).collect();
    view! {
        <li>
            <article class="letter">
                <header>
                    <h2>{letter.subject}</h2>
                    <p>{w::letter_to(locale, &letter.to)} " · " <When at=letter.at /></p>
                </header>
                <div class="letter-text">{paragraphs}</div>
            </article>
        </li>
    }
}

/// One line; an address alone on it becomes a link. Only its path is used, so
/// that whatever stands in a letter leads to a page of this site.
fn line(line: &str) -> AnyView {
    match local_path(line.trim()) {
        Some(path) => {
            let words = line.trim().to_owned();
            view! {
                <p>
                    <a href=path.to_owned()>{words}</a>
                </p>
            }
            .into_any()
        }
        None => view! { <p>{line.to_owned()}</p> }.into_any(),
    }
}

fn local_path(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("https://").or_else(|| line.strip_prefix("http://"))?;
    let path = &rest[rest.find('/')?..];
    let is_plain =
        !path.starts_with("//") && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    is_plain.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn a_line_of_a_letter_leads_nowhere_else() {
        let link = "http://127.0.0.1:3000/account/confirm?token=a-b_c";
        assert_eq!(local_path(link), Some("/account/confirm?token=a-b_c"));
        assert_eq!(local_path("https://evil.example//evil.example/x"), None);
        assert_eq!(local_path("https://evil.example"), None);
        assert_eq!(local_path("data:text/html,x"), None);
        assert_eq!(local_path("See https://pedestal.example/x"), None);
    }
}
