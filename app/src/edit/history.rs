//! `/campaigns/{slug}/edit/history`: every version that was published, and every change of
//! what stands beside the texts; any two of them side by side, and the way back to one.

use domain::{
    Locale,
    story::{
        compare::{self, Change, How, Pair, Piece},
        view::{History, Moment, VersionLine, VersionPage},
    },
    words::edit as w,
};
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::use_params_map;

use super::act::{self, RestoreVersion};
use crate::{
    error::AppError,
    layout::page_query,
    locale::locale,
    ui::{Empty, RefusalNotice, Submit, When, load, reading, refused},
};

/// The history, and of the two versions that the address names what each says.
type Compared = (History, Option<(VersionPage, VersionPage)>);

/// The versions of a page.
#[component]
pub fn EditHistory() -> impl IntoView {
    let params = use_params_map();
    let query = page_query();
    let wanted = Memo::new(move |_| {
        let slug = params.with(|params| params.get("slug")).unwrap_or_default();
        let moment = |name| query.with(|query| query.get(name))?.parse::<Moment>().ok();
        (slug, moment("from"), moment("to"))
    });
    let read = reading(move || wanted.get(), fetch);
    load(read, show)
}

async fn fetch(
    (slug, from, to): (String, Option<Moment>, Option<Moment>),
) -> Result<Compared, AppError> {
    let history = act::read_history(slug.clone()).await?;
    let pair = match chosen(&history.versions, from, to) {
        Some((from, to)) => {
            let from = act::read_version(slug.clone(), from.version, from.step).await?;
            Some((from, act::read_version(slug, to.version, to.step).await?))
        }
        None => None,
    };
    Ok((history, pair))
}

/// What is compared. Without a choice it is the newest line and the one before.
fn chosen(
    lines: &[VersionLine],
    from: Option<Moment>,
    to: Option<Moment>,
) -> Option<(Moment, Moment)> {
    let to = to.or(lines.first().map(VersionLine::moment))?;
    let before = lines.iter().map(VersionLine::moment).find(|moment| *moment < to);
    let from = from.or(before).filter(|from| from.version > 0)?;
    Some((from, to))
}

fn show((history, pair): Compared) -> AnyView {
    let locale = locale();
    let slug = history.slug.to_string();
    let title = w::history_of(locale, &history.title);
    // Beside the newest version there may be newer lines, which say the same.
    let newest = history.versions.first().map_or(0, |line| line.number);
    let body = match history.versions.is_empty() {
        true => view! { <Empty title=w::no_versions(locale) text=w::no_versions_text(locale) /> }
            .into_any(),
        false => {
            let chosen = pair.as_ref().map(|(from, to)| (from.moment(), to.moment()));
            view! {
                {choice(&slug, &history.versions, chosen, locale)}
                {pair.map(|(from, to)| side_by_side(&slug, &from, &to, newest, locale))}
            }
            .into_any()
        }
    };
    view! {
        <Title text=domain::words::site::page_title(locale, &title) />
        <Meta name="robots" content="noindex" />
        <Link rel="stylesheet" href="/edit.css" />
        <div class="page">
            <header class="page-head">
                <h1 tabindex="-1">{title}</h1>
                <p>{w::history_text(locale)}</p>
                <p>
                    <a href=format!("/campaigns/{slug}/edit")>{w::back_to_editor(locale)}</a>
                </p>
            </header>
            {body}
        </div>
    }
    .into_any()
}

/// The list of versions, in which two are chosen: a plain form, so that the address
/// names them.
fn choice(
    slug: &str,
    versions: &[VersionLine],
    chosen: Option<(Moment, Moment)>,
    locale: Locale,
) -> AnyView {
    let radio = |name: &'static str, moment: Moment, label: String, is_chosen: bool| {
        view! {
            <label>
                <input type="radio" name=name value=moment.to_string() checked=is_chosen />
                <span class="visually-hidden">{label}</span>
            </label>
        }
    };
    let lines = versions.iter().map(|version| {
        let moment = version.moment();
        let is_from = chosen.is_some_and(|(from, _)| from == moment);
        let is_to = chosen.map_or(moment == versions[0].moment(), |(_, to)| to == moment);
        let by = version.by.clone().unwrap_or_else(|| w::by_launch(locale).to_owned());
        view! {
            <tr>
                <td>{radio("from", moment, w::compare_from(locale, &moment), is_from)}</td>
                <td>{radio("to", moment, w::compare_to(locale, &moment), is_to)}</td>
                <th scope="row">{w::version(locale, &moment)}</th>
                <td>
                    <When at=version.at />
                    " · "
                    {by}
                </td>
                <td>{version.say(locale)}</td>
            </tr>
        }
    });
    view! {
        <form class="edit-versions" method="get" action=format!("/campaigns/{slug}/edit/history")>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{w::from(locale)}</th>
                        <th scope="col">{w::to(locale)}</th>
                        <th scope="col">{w::version_head(locale)}</th>
                        <th scope="col">{w::published_head(locale)}</th>
                        <th scope="col">{w::changed_head(locale)}</th>
                    </tr>
                </thead>
                <tbody>{lines.collect::<Vec<_>>()}</tbody>
            </table>
            <p>
                <button class="button" type="submit">
                    {w::compare(locale)}
                </button>
            </p>
        </form>
    }
    .into_any()
}

fn side_by_side(
    slug: &str,
    from: &VersionPage,
    to: &VersionPage,
    newest: i64,
    locale: Locale,
) -> AnyView {
    let mut pairs = compare::pages(&from.page, &to.page);
    if let Some((old, new)) = from.shelf.as_ref().zip(to.shelf.as_ref()) {
        pairs.extend(compare::shelves(old, new, locale));
    }
    let rows = pairs.iter().map(|pair| row(pair, locale)).collect::<Vec<_>>();
    let head = |version: &VersionPage| {
        let number = version.number;
        let back = (number != newest).then(|| restore(slug, number, locale));
        view! {
            <div class="edit-compare-head">
                <h2>{w::version(locale, &version.moment())}</h2>
                <p class="quiet">
                    <When at=version.at />
                </p>
                {back}
            </div>
        }
    };
    view! {
        <section class="edit-compare" aria-label=w::side_by_side(locale)>
            {head(from)}
            {head(to)}
            {rows}
        </section>
    }
    .into_any()
}

/// One block in both versions. What is the same stands on both sides; on a phone,
/// where they stand below each other, once.
fn row(pair: &Pair, locale: Locale) -> AnyView {
    let side = |words: &str, pieces: Option<Vec<Piece>>, kind: Change| {
        let inside = pieces.map(|pieces| {
            let pieces = pieces.into_iter().map(|piece| match piece.change {
                Change::Same => view! { <span>{piece.text}</span> }.into_any(),
                Change::Gone => view! { <del>{piece.text}</del> }.into_any(),
                Change::New => view! { <ins>{piece.text}</ins> }.into_any(),
            });
            pieces.collect::<Vec<_>>()
        });
        let words = words.to_owned();
        view! {
            <div class="edit-side" data-change=kind.key()>
                <p class="edit-side-kind">{words}</p>
                <p>{inside}</p>
            </div>
        }
        .into_any()
    };
    let words = |about: &compare::About| about.say(locale);
    match pair {
        Pair::Same { about, text } => {
            let pieces = || Some(vec![Piece { change: Change::Same, text: text.clone() }]);
            view! {
                {side(&words(about), pieces(), Change::Same)}
                {side(&words(about), pieces(), Change::Same)}
            }
            .into_any()
        }
        Pair::Changed { about, how, old, new } => view! {
            {side(&words(&about.0), Some(old.clone()), Change::Gone)}
            {side(&How::say(how, &about.1, locale), Some(new.clone()), Change::New)}
        }
        .into_any(),
        Pair::Gone { about, text } => {
            let pieces = vec![Piece { change: Change::Gone, text: text.clone() }];
            view! {
                {side(&words(about), Some(pieces), Change::Gone)}
                {side("", None, Change::Same)}
            }
            .into_any()
        }
        Pair::New { about, text } => {
            let pieces = vec![Piece { change: Change::New, text: text.clone() }];
            view! {
                {side("", None, Change::Same)}
                {side(&words(about), Some(pieces), Change::New)}
            }
            .into_any()
        }
    }
}

fn restore(slug: &str, number: i64, locale: Locale) -> AnyView {
    let act = ServerAction::<RestoreVersion>::new();
    let slug = slug.to_owned();
    view! {
        <RefusalNotice refused=refused(act) />
        <ActionForm action=act>
            <input type="hidden" name="slug" value=slug />
            <input type="hidden" name="number" value=number.to_string() />
            <Submit label=w::restore(locale).to_owned() kind="" pending=act.pending() />
            <p class="quiet">{w::restore_text(locale)}</p>
        </ActionForm>
    }
    .into_any()
}
