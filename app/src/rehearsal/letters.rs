//! One letter of each kind, opened in place.

use domain::{
    Locale,
    rehearsal::{LetterView, Part},
    words::rehearsal as w,
};
use leptos::prelude::*;

use crate::locale::locale;

/// The letters, in the order of their first.
pub fn letters(part: &Part) -> AnyView {
    let locale = locale();
    let language = part.language;
    let all: i64 = part.letters.iter().map(|letter| letter.count).sum();
    let letters: Vec<_> = part.letters.iter().map(|one| letter(one, language, locale)).collect();
    let body = if letters.is_empty() {
        view! { <p>{w::no_letters(locale)}</p> }.into_any()
    } else {
        view! {
            <p>{w::letters_count(locale, all)} ". " {w::letters_text(locale)}</p>
            <ul class="rehearsal-letters">{letters}</ul>
        }
        .into_any()
    };
    view! {
        <section class="section" aria-labelledby="letters">
            <h2 id="letters">{w::letters(locale)}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn letter(letter: &LetterView, language: Locale, locale: Locale) -> AnyView {
    let lang = language.tag();
    let lines: Vec<_> =
        letter.text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect();
    view! {
        <li>
            <details>
                <summary>
                    <b lang=lang>{letter.subject.clone()}</b>
                    <span>{letter.readers(locale)} " · " {letter.at.date(locale)}</span>
                </summary>
                <div class="letter-text" lang=lang>
                    {lines}
                </div>
            </details>
        </li>
    }
    .into_any()
}
