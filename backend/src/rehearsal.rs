//! A campaign rehearsed by whoever runs it: played in memory by the rules of
//! `domain::rehearsal`, with the letters as they would be written. Nothing is
//! written down, and nobody is written to.

mod sql;

use domain::{
    Money,
    rehearsal::{LetterView, Part, Rates, RehearsalPage, Sample, ScenarioForm, Told, rehearse},
    slug::Slug,
};

use crate::{
    account::Who,
    campaign::life,
    context::{Backend, Options},
    error::{Error, Result},
    mail::{self, Letter},
    people,
    pledge::batch,
};
use sql::Played;

/// What the page of a rehearsal shows. A scenario or a campaign that cannot be
/// played is said on the page.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::NotFound`] for whoever neither
/// works on the campaign nor runs the platform.
pub async fn page(
    backend: &Backend,
    who: Option<&Who>,
    slug: &str,
    form: ScenarioForm,
) -> Result<RehearsalPage> {
    let who = who.ok_or(Error::SignedOut)?;
    let campaign = {
        let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
        let mut reader = backend.db.read().await?;
        let conn = &mut reader.conn();
        let campaign = sql::campaign(conn, &slug).await?.ok_or(Error::NotFound)?;
        if !people::access(conn, who, campaign.id).await?.is_any() {
            return Err(Error::NotFound);
        }
        campaign
    };
    let form = form.cut();
    let (form, refused, part) = match form.parse() {
        Ok(scenario) if campaign.plan.terms().check().is_ok() => {
            let script = campaign.script(backend.clock.now());
            let tale = rehearse(&script, &scenario, rates(&backend.options));
            let letters = letters(&campaign, &tale.letters, &backend.options)?;
            let language = campaign.language;
            let (ended, scenes, figures) = (tale.ended, tale.scenes, tale.figures);
            let part = Part { ended, scenes, figures, letters, language };
            (ScenarioForm::of(&scenario), Vec::new(), Some(part))
        }
        Ok(scenario) => (ScenarioForm::of(&scenario), Vec::new(), None),
        Err(refused) => (form, refused, None),
    };
    Ok(RehearsalPage {
        slug: campaign.slug.to_string(),
        title: campaign.title,
        is_demo: campaign.is_demo,
        form,
        refused,
        part,
    })
}

/// What this installation keeps of a charge and holds back of a payout.
const fn rates(options: &Options) -> Rates {
    Rates {
        fees: options.fees,
        reserve_percent: options.reserve_percent,
        reserve_days: options.reserve_days,
    }
}

/// One letter of each kind, in the campaign's language.
fn letters(campaign: &Played, samples: &[Sample], options: &Options) -> Result<Vec<LetterView>> {
    let mut letters = Vec::with_capacity(samples.len());
    for sample in samples {
        let Some(letter) = letter(campaign, sample, &options.base_url) else { continue };
        let (subject, text) = mail::words(&letter, campaign.language, options)?;
        let Sample { to, count, at, .. } = *sample;
        letters.push(LetterView { to, count, at, subject, text });
    }
    Ok(letters)
}

/// The letter that the product writes on such an occasion. A pledge that does
/// not exist has no page, so its link leads nowhere.
fn letter(campaign: &Played, sample: &Sample, base_url: &str) -> Option<Letter> {
    let title = campaign.title.clone();
    let money = |minor| Money::new(minor, campaign.currency);
    let total = money(sample.total);
    let page = format!("{base_url}/campaigns/{}", campaign.slug);
    let pledge = format!("{base_url}/pledges/…");
    Some(match sample.what {
        Told::Pledge(note) => {
            batch::letter(note, title, total, (sample.deadline, sample.until), pledge)
        }
        Told::Instalment { number, of, next } => {
            Letter::InstalmentCollected { title, total, number, of, next, link: pledge }
        }
        Told::InstalmentFailed { number, of, again } => {
            Letter::InstalmentFailed { title, total, number, of, again, link: pledge }
        }
        Told::PlanEnded { paid } => {
            Letter::InstalmentsEnded { title, total, paid: money(paid), link: pledge }
        }
        Told::Campaign { state, effect } => {
            return life::letter(&title, total, page, state, effect);
        }
        Told::GivenBack => Letter::PledgeRefunded {
            title,
            total,
            reason: domain::refund::Reason::CampaignCancelled,
            link: pledge,
        },
        Told::Payout(of) => Letter::PayoutStatement {
            title,
            collected: money(of.collected),
            platform_fee: money(of.platform_fee),
            processing_fee: money(of.processing_fee),
            dropped: money(of.dropped),
            returned: (of.returned > 0).then(|| money(of.returned)),
            reserve: (of.reserve > 0).then(|| (money(of.reserve), of.reserve_until)),
            paid_out: money(of.paid_out),
            link: page,
        },
        Told::Released => {
            Letter::ReserveReleased { title, total, link: format!("{page}/accounting") }
        }
    })
}
