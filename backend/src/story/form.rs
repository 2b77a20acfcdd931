//! The forms without scripts, where a page has a document. They are filled with what
//! stands in it, and what they change is one more change of it: whatever others write at
//! the same time stays. On a launched campaign it is published at once, alone.
//!
//! All of it happens in the transaction that saves the form, with the campaign locked.

use domain::{
    Invalid, Problem, Timestamp,
    id::CampaignId,
    story::{Block, Kind, MOST_BLOCKS, Page, Part, html, markdown, view::Summary},
    words::story as w,
};

use super::{
    plan, rights, sql,
    store::{Store, notify, publish_page, published, tell_open_pages},
    told,
};
use crate::{
    account::Who, context::Backend, db::Conn, error::Result, live, studio::sql::StudioRow,
};

/// The document behind a form.
pub(crate) struct Sheet {
    store: Store,
    /// The page as it was before the form.
    page: Page,
}

/// The words that the forms are filled with.
pub(crate) struct Shown {
    pub title: String,
    pub subtitle: String,
    /// Markdown.
    pub story: String,
}

/// What a form changes of them.
#[derive(Default)]
pub(crate) struct Words {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    /// Markdown.
    pub story: Option<String>,
}

/// That something was written, for whoever has the page open.
pub(crate) struct Written {
    campaign: CampaignId,
    /// The version that was published, on a launched campaign.
    version: Option<i64>,
}

impl Shown {
    /// Of a page, or of the columns where there is no document.
    fn of(row: &StudioRow, page: Option<&Page>) -> Self {
        match page {
            Some(page) => Self {
                title: page.title.clone(),
                subtitle: page.subtitle.clone(),
                story: told::in_form(&row.story, &page.story),
            },
            None => Self {
                title: row.title.clone(),
                subtitle: row.subtitle.clone(),
                story: row.story.clone(),
            },
        }
    }

    /// For who only looks.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn read(conn: &mut Conn<'_>, row: &StudioRow) -> Result<Self> {
        if sql::kept(conn, row.id).await?.is_none() {
            return Ok(Self::of(row, None));
        }
        let page = Store::read(conn, row.id).await?.document.page();
        Ok(Self::of(row, Some(&page)))
    }

    /// For who saves.
    pub(crate) fn on(row: &StudioRow, sheet: Option<&Sheet>) -> Self {
        Self::of(row, sheet.map(|sheet| &sheet.page))
    }
}

impl Words {
    /// The parts that they are about.
    fn parts(&self) -> Vec<Part> {
        let changed = [
            (Part::Title, self.title.is_some()),
            (Part::Subtitle, self.subtitle.is_some()),
            (Part::Story, self.story.is_some()),
        ];
        changed.into_iter().filter(|(_, is_changed)| *is_changed).map(|(part, _)| part).collect()
    }
}

impl Sheet {
    /// The document of a campaign whose row is locked. None for a draft that nobody has
    /// opened in its editor: its columns are all there is of it.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn of(
        conn: &mut Conn<'_>,
        row: &StudioRow,
        now: Timestamp,
    ) -> Result<Option<Self>> {
        if sql::kept(conn, row.id).await?.is_some() {
            // Nobody else writes until this is saved.
            sql::take_numbers(conn, row.id, 0).await?;
        } else if row.launched_at.is_none() {
            return Ok(None);
        }
        let store = Store::of_locked(conn, row, now).await?;
        let page = store.document.page();
        Ok(Some(Self { store, page }))
    }

    /// Writes what a form changes into the document, and nothing else; to be followed by
    /// [`tell`] once it is committed. Nothing where nothing is changed.
    ///
    /// # Errors
    /// A problem of a changed part while other changes wait to be published; of `story`
    /// where it holds what Markdown cannot; what publishing refuses.
    pub(crate) async fn take(
        mut self,
        conn: &mut Conn<'_>,
        backend: &Backend,
        who: &Who,
        words: Words,
    ) -> Result<Option<Written>> {
        let parts = words.parts();
        let Some(first) = parts.first() else { return Ok(None) };
        let campaign = self.store.campaign;
        let mut row = rights::row(conn, campaign).await?;
        let read = match row.launched_at {
            Some(_) => Some(nothing_waits(conn, &row, &self.page, *first).await?),
            None => None,
        };
        let story = match &words.story {
            Some(markdown) => self.blocks(markdown)?,
            None => self.page.story.clone(),
        };
        let page = Page {
            title: words.title.unwrap_or_else(|| self.page.title.clone()),
            subtitle: words.subtitle.unwrap_or_else(|| self.page.subtitle.clone()),
            story,
            ..self.page.clone()
        };
        self.store.document.rewrite_parts(&page, &parts);
        if let Some(typed) = words.story {
            row.story = typed;
        }
        let Some(change) = self.store.document.take_local() else {
            // The same words in other Markdown: nobody but the form shows that.
            sql::set_typed(conn, campaign, &row.story).await?;
            return Ok(None);
        };
        let now = backend.clock.now();
        self.store.insert(conn, &change, Some(who.account), now).await?;
        notify(conn, backend, campaign).await?;
        let page = self.store.document.page();
        let version = match read {
            Some(read) => {
                let wanted = (who.account, Some(read));
                Some(publish_page(conn, backend, &row, &page, wanted).await?)
            }
            None => {
                let told = told::of(conn, &row, &told::fit(&row, page)).await?;
                sql::set_told(conn, campaign, &told).await?;
                None
            }
        };
        Ok(Some(Written { campaign, version }))
    }

    /// A story in Markdown as blocks of this document.
    fn blocks(&mut self, markdown: &str) -> Result<Vec<Block>, Invalid> {
        if !self.page.story.iter().all(|block| block.kind.is_in_markdown()) {
            let problem = Problem::told(|locale| w::form_cannot_hold(locale).to_owned());
            return Err(Invalid::field(Part::Story.key(), problem));
        }
        let blocks = markdown::blocks(markdown);
        if blocks.len() > MOST_BLOCKS {
            let problem = Problem::told(|locale| w::refused_blocks(locale, &MOST_BLOCKS));
            return Err(Invalid::field(Part::Story.key(), problem));
        }
        Ok(self.store.document.recognised(blocks))
    }
}

/// The version that visitors read, where what is written is no other page: what a form
/// saves is published at once, and nothing may go along that nobody wanted published.
async fn nothing_waits(
    conn: &mut Conn<'_>,
    row: &StudioRow,
    page: &Page,
    part: Part,
) -> Result<i64> {
    let (old, version) = published(conn, row).await?;
    let set = plan::sql::last(conn, row.id).await?;
    let waits = set.is_some_and(|set| set.state.is_open());
    if waits || !Summary::of(&old, page).is_nothing() {
        let problem = Problem::told(|locale| w::form_while_unpublished(locale).to_owned());
        return Err(Invalid::field(part.key(), problem).into());
    }
    Ok(version)
}

/// Tells whoever has a page open, in its editor or as a visitor, what a form has written.
pub(crate) async fn tell(backend: &Backend, written: Option<Written>) {
    let Some(Written { campaign, version }) = written else { return };
    backend.rooms.elsewhere(Some(campaign)).await;
    if let Some(version) = version {
        tell_open_pages(backend, campaign).await;
        backend.rooms.published(campaign, version).await;
    }
}

/// What a campaign tells at its launch is its first version. Its row is locked, and says
/// already that it is launched.
///
/// # Errors
/// When the database fails.
pub(crate) async fn launch(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    now: Timestamp,
) -> Result<()> {
    let is_begun = sql::kept(conn, campaign).await?.is_some();
    let row = rights::row(conn, campaign).await?;
    let store = Store::of_locked(conn, &row, now).await?;
    if is_begun {
        // Visitors read what the version says, also where the columns were left behind.
        let told = told::of(conn, &row, &told::fit(&row, store.document.page())).await?;
        sql::set_told(conn, campaign, &told).await?;
    }
    Ok(())
}

/// Draws what visitors read of a page anew where it shows rewards: one of them is another
/// now. The campaign is locked; open pages are told by whoever commits this.
///
/// # Errors
/// When the database fails.
pub(crate) async fn draw_anew(
    conn: &mut Conn<'_>,
    backend: &Backend,
    row: &StudioRow,
) -> Result<()> {
    let page = if row.launched_at.is_some() {
        published(conn, row).await?.0
    } else if sql::kept(conn, row.id).await?.is_some() {
        told::fit(row, Store::read(conn, row.id).await?.document.page())
    } else {
        return Ok(());
    };
    let is_card = |block: &Block| matches!(block.kind, Kind::RewardCard { .. });
    if !page.story.iter().any(is_card) {
        return Ok(());
    }
    let html = html::page(&page, &told::shown(conn, row).await?);
    if html == row.story_html {
        return Ok(());
    }
    sql::set_drawn(conn, row.id, &html).await?;
    live::announce(conn, &backend.hub, &[row.id]).await
}
