//! When cards are charged while a campaign takes pledges; what became of them
//! when it does not.

use domain::{
    Locale, Timestamp,
    campaign::{CampaignState, Funding, FundingRule, Life, Terms, Verdict},
    pledge::Timing,
    words::{campaign as w, rule},
};
use leptos::prelude::*;

use crate::{
    locale::locale,
    ui::{Notice, Tone, when},
};

/// The rule while pledges are taken; how it ended when they are not.
#[component]
pub fn Outcome(
    state: Signal<CampaignState>,
    funding: Signal<Funding>,
    terms: Terms,
    life: Life,
    deadline: Signal<Timestamp>,
    is_open: Signal<bool>,
) -> impl IntoView {
    let locale = locale();
    let is_met = Memo::new(move |_| funding.get().is_met());
    let charged_at = when::local(deadline, locale);
    let date = move || deadline.get().date(locale);
    let outcome = move || {
        let rule = move || sentence(&terms, &life, is_met.get(), &charged_at.get()).into_any();
        let (tone, title, text) = match state.get() {
            CampaignState::Live if !is_open.get() => {
                (Tone::Plain, String::new(), w::closing(locale).to_owned())
            }
            CampaignState::Live => return rule(),
            CampaignState::Successful if is_open.get() => (
                Tone::Good,
                w::ended_successful(locale, &date()),
                rule::charged_late(locale).to_owned(),
            ),
            CampaignState::Successful => (
                Tone::Good,
                w::ended_successful(locale, &date()),
                ended_well(terms.rule, locale).to_owned(),
            ),
            CampaignState::Deciding => (
                Tone::Plain,
                w::ended_deciding(locale, &date()),
                w::ended_deciding_text(locale).to_owned(),
            ),
            CampaignState::Failed => (
                Tone::Plain,
                w::ended_failed(locale, &date()),
                ended_badly(terms.verdict, locale).to_owned(),
            ),
            CampaignState::Cancelled => (
                Tone::Plain,
                w::ended_cancelled(locale).to_owned(),
                w::ended_cancelled_text(locale).to_owned(),
            ),
            CampaignState::Suspended => (
                Tone::Warning,
                w::ended_suspended(locale).to_owned(),
                w::ended_suspended_text(locale).to_owned(),
            ),
            CampaignState::Draft | CampaignState::InReview => {
                (Tone::Plain, String::new(), w::draft_notice(locale).to_owned())
            }
        };
        view! { <Notice tone=tone title=title>{text}</Notice> }.into_any()
    };
    view! { {move || outcome()} }
}

/// What a success means for the cards.
pub fn ended_well(rule: FundingRule, locale: Locale) -> &'static str {
    match rule {
        FundingRule::KeepWhatYouRaise => w::ended_kept_text(locale),
        FundingRule::AllOrNothing | FundingRule::PreOrders | FundingRule::Rounds => {
            w::ended_successful_text(locale)
        }
    }
}

/// And a failure; where charges decide, some were made.
pub fn ended_badly(verdict: Verdict, locale: Locale) -> &'static str {
    match verdict {
        Verdict::Pledged => w::ended_failed_text(locale),
        Verdict::Collected => w::ended_unfunded_text(locale),
    }
}

/// The rule's name, and when cards are charged, in one sentence.
fn sentence(terms: &Terms, life: &Life, is_met: bool, charged_at: &str) -> impl IntoView + use<> {
    let locale = locale();
    // A second round and a card that is charged at once wait for nothing.
    let waits = life.timing(terms.rule, life.deadline.plus(-1)) == Some(Timing::AtDeadline);
    let (bold, text) = if is_met && waits {
        (w::rule_met(locale).to_owned(), w::rule_met_text(locale, &charged_at))
    } else {
        (format!("{}.", terms.rule.name(locale)), terms.explain(life, charged_at, locale))
    };
    view! {
        <p class="funding-rule">
            <b>{bold}</b>
            " "
            {text}
        </p>
    }
}
