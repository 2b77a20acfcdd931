//! What of a campaign is rehearsed.

use domain::{Currency, Locale, Timestamp, id::CampaignId, rehearsal::Script, slug::Slug};

use crate::{
    campaign::terms::{TermsRow, terms_columns},
    db::Conn,
    error::Result,
};

/// A campaign as far as a rehearsal needs it.
#[derive(sqlx::FromRow)]
pub struct Played {
    pub id: CampaignId,
    pub slug: Slug,
    pub title: String,
    pub language: Locale,
    pub currency: Currency,
    pub is_demo: bool,
    #[sqlx(flatten)]
    pub plan: TermsRow,
    pub launched_at: Option<Timestamp>,
}

impl Played {
    /// What is played of it.
    pub fn script(&self, now: Timestamp) -> Script {
        let life = self.plan.life();
        Script::of(self.plan.terms(), self.currency, &life, self.launched_at, now)
    }
}

pub async fn campaign(conn: &mut Conn<'_>, slug: &Slug) -> Result<Option<Played>> {
    Ok(sql!(conn, |c| sqlx::query_as(concat!(
        "select id, slug, title, language, is_demo, launched_at, ",
        terms_columns!(),
        " from campaign
          where slug = $1"
    ))
    .bind(slug)
    .fetch_optional(c))?)
}
