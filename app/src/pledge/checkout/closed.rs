//! What stands in for the checkout when there is nothing to pledge here.

use domain::{
    campaign::{CampaignCard, CampaignState},
    id::PledgeId,
    words::{campaign as c, pledge as w},
};
use leptos::prelude::*;

use crate::{
    campaign::{ended_badly, ended_well},
    error::AppError,
    locale::locale,
    ui::{Bar, RefusalNotice},
};

/// Why a pledge was refused that was sent before this page stood in for the form.
type Refused = Signal<Option<AppError>>;

/// The visitor has a pledge already.
pub fn own(campaign: &CampaignCard, pledge: PledgeId, refused: Refused) -> AnyView {
    let locale = locale();
    let buttons = view! {
        <a class="button" data-kind="primary" href=format!("/pledges/{pledge}")>
            {c::change_pledge(locale)}
        </a>
        <a class="button" href=format!("/campaigns/{}", campaign.slug)>
            {w::back_to_campaign(locale)}
        </a>
    };
    let text = w::own_text(locale).to_owned();
    stand_in(campaign, w::own_title(locale), text, refused, buttons.into_any())
}

/// The campaign takes no pledges, or no longer.
pub fn over(campaign: &CampaignCard, refused: Refused) -> AnyView {
    let locale = locale();
    let date = campaign.deadline.date(locale);
    let text = match campaign.state {
        CampaignState::Live => c::closing(locale).to_owned(),
        CampaignState::Successful => {
            sentence(&c::ended_successful(locale, &date), ended_well(campaign.terms.rule, locale))
        }
        CampaignState::Deciding => {
            sentence(&c::ended_deciding(locale, &date), c::ended_deciding_text(locale))
        }
        CampaignState::Failed => {
            sentence(&c::ended_failed(locale, &date), ended_badly(campaign.terms.verdict, locale))
        }
        CampaignState::Cancelled => {
            sentence(c::ended_cancelled(locale), c::ended_cancelled_text(locale))
        }
        CampaignState::Suspended => c::ended_suspended_text(locale).to_owned(),
        CampaignState::Draft | CampaignState::InReview => c::draft_notice(locale).to_owned(),
    };
    let buttons = view! {
        <a class="button" data-kind="primary" href=format!("/campaigns/{}", campaign.slug)>
            {w::back_to_campaign(locale)}
        </a>
        <a class="button" href="/discover">
            {w::discover_others(locale)}
        </a>
    };
    stand_in(campaign, w::closed_title(locale), text, refused, buttons.into_any())
}

fn sentence(what: &str, then: &str) -> String {
    format!("{what}. {then}")
}

fn stand_in(
    campaign: &CampaignCard,
    title: &'static str,
    text: String,
    refused: Refused,
    buttons: AnyView,
) -> AnyView {
    view! {
        <div class="page checkout" data-width="narrow">
            <header class="checkout-head">
                <img src=campaign.image.clone() alt="" width="640" height="400" />
                <div>
                    <p class="checkout-campaign">{campaign.title.clone()}</p>
                    <h1 tabindex="-1">{title}</h1>
                </div>
            </header>
            <RefusalNotice refused=refused />
            <Bar funding=campaign.funding state=campaign.state />
            <p>{text}</p>
            <div class="buttons">{buttons}</div>
        </div>
    }
    .into_any()
}
