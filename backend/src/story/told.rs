//! A page as visitors read it: the columns of its campaign.

use domain::{
    Invalid, Problem,
    story::{
        Block, Page,
        html::{self, Picture, Shown},
        markdown,
        view::RewardLine,
    },
    studio::{LONGEST_SUBTITLE, LONGEST_TITLE},
    words::story as w,
};

use crate::{campaign, db::Conn, error::Result, media, reward, studio::sql::StudioRow};

/// What is written of a page.
#[derive(PartialEq, Eq)]
pub struct Told {
    pub title: String,
    pub subtitle: String,
    pub search_text: String,
    /// Markdown, for the form without scripts.
    pub story: String,
    pub story_html: String,
}

/// The page as the campaign's columns hold it.
///
/// # Errors
/// When the database fails.
pub(super) async fn of(conn: &mut Conn<'_>, row: &StudioRow, page: &Page) -> Result<Told> {
    let shown = shown(conn, row).await?;
    let words = [&page.title, &page.subtitle, &row.creator, &row.subcategory, &row.location];
    Ok(Told {
        title: page.title.clone(),
        subtitle: page.subtitle.clone(),
        search_text: campaign::search_text(words.map(String::as_str)),
        story: in_form(&row.story, &page.story),
        story_html: html::page(page, &shown),
    })
}

/// A story as the form without scripts shows it: as it was typed there, unless it was
/// changed since.
pub(super) fn in_form(typed: &str, story: &[Block]) -> String {
    let as_typed = markdown::blocks(typed);
    let is_same = as_typed.len() == story.len()
        && as_typed
            .iter()
            .zip(story)
            .all(|((kind, text), block)| *kind == block.kind && *text == block.text);
    if is_same { typed.to_owned() } else { markdown::markdown(story) }
}

/// A page with the title and subtitle that its columns hold, where its own could not be
/// published.
pub(super) fn fit(row: &StudioRow, mut page: Page) -> Page {
    if let Err(Invalid(problems)) = check(&page) {
        if problems.contains_key("title") {
            page.title.clone_from(&row.title);
        }
        if problems.contains_key("subtitle") {
            page.subtitle.clone_from(&row.subtitle);
        }
    }
    page
}

/// Whether a page may be published: what is too long while it is written is cut by
/// nobody but its writer.
///
/// # Errors
/// A problem of `title`, `subtitle` or `story`.
pub(super) fn check(page: &Page) -> Result<(), Invalid> {
    let mut invalid = Invalid::default();
    let told = |say: fn(domain::Locale) -> &'static str| Problem::told(|l| say(l).to_owned());
    if page.title.is_empty() {
        invalid.add("title", told(w::no_title));
    }
    if page.title.chars().count() > LONGEST_TITLE as usize {
        invalid.add("title", Problem::told(|locale| w::title_long(locale, &LONGEST_TITLE)));
    }
    if page.subtitle.chars().count() > LONGEST_SUBTITLE as usize {
        invalid
            .add("subtitle", Problem::told(|locale| w::subtitle_long(locale, &LONGEST_SUBTITLE)));
    }
    if page.story.iter().all(|block| block.text.is_empty()) {
        invalid.add("story", told(w::no_story));
    }
    invalid.into_result()
}

/// The rewards as a story shows them.
///
/// # Errors
/// When the database fails.
pub(super) async fn rewards(conn: &mut Conn<'_>, row: &StudioRow) -> Result<Vec<RewardLine>> {
    let shelf = reward::all(conn, row.id, row.currency).await?;
    let lines = shelf.into_iter().map(|reward| RewardLine {
        id: reward.id,
        title: reward.title,
        price: reward.price,
    });
    Ok(lines.collect())
}

pub(super) async fn shown(conn: &mut Conn<'_>, row: &StudioRow) -> Result<Shown> {
    Ok(Shown {
        slug: Some(row.slug.clone()),
        locale: row.language,
        pictures: pictures(conn, row).await?,
        recordings: media::recording::of_campaign(conn, row.id).await?,
        rewards: rewards(conn, row).await?,
    })
}

/// The campaign's uploaded pictures. The one place where they come into its story.
///
/// # Errors
/// When the database fails.
pub(super) async fn pictures(conn: &mut Conn<'_>, row: &StudioRow) -> Result<Vec<Picture>> {
    let pictures = media::of_campaign(conn, row.id).await?;
    Ok(pictures.into_iter().map(Picture::from).collect())
}
