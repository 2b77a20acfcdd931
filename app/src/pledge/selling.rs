//! What a backer is choosing and what that costs: the state that every part of
//! a checkout shares. The server draws it from the address; in the browser it
//! follows the form.

use std::collections::BTreeSet;

use domain::{
    Invalid, Problem,
    pledge::{CheckoutPage, Choices, Quote, quote},
    reward::{RewardView, offer::Availability},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use web_sys::{FormData, HtmlFormElement, UrlSearchParams};

use crate::{error::AppError, live, locale::locale, ui::when};

/// The choices, their price, and what is wrong with them.
#[derive(Clone, Copy)]
pub struct Selling {
    /// What the server last told; read anew after a refusal.
    pub page: RwSignal<CheckoutPage>,
    /// What stands in the form.
    pub choices: RwSignal<Choices>,
    /// What is offered, with the stock as it is right now.
    pub rewards: Memo<Vec<RewardView>>,
    /// What the choices cost, or why they cannot be had.
    pub quote: Memo<Result<Quote, Invalid>>,
    /// Whether wasm has taken over, so that nothing has to be sent for a total.
    pub is_alive: RwSignal<bool>,
    /// Why the server said no, if it did.
    pub refused: Signal<Option<AppError>>,
    /// The fields somebody has had a hand in; others are not complained about.
    touched: RwSignal<BTreeSet<String>>,
    /// Whether the form was sent, so that every field may be complained about.
    is_sent: RwSignal<bool>,
    /// Whether the choices have changed since the server said no.
    is_past: RwSignal<bool>,
    /// The page's address up to the choices.
    address: StoredValue<String>,
}

impl Selling {
    /// The state of a page whose address carries `query`. A name in the query is
    /// a field that was filled in. All were seen when the form was sent for a total.
    #[must_use]
    pub fn new(
        page: CheckoutPage,
        choices: Choices,
        query: &str,
        refused: Signal<Option<AppError>>,
        address: String,
    ) -> Self {
        let latest = live::latest(&page.campaign.slug);
        let now = when::passing(page.now);
        let page = RwSignal::new(page);
        let choices = RwSignal::new(choices);
        let rewards = Memo::new(move |_| {
            let mut rewards = page.with(|page| page.rewards.clone());
            latest.with(|event| {
                for line in event.iter().flat_map(|event| &event.left) {
                    for reward in rewards.iter_mut().filter(|reward| reward.id == line.reward) {
                        // Of variants the frame tells only what is left of all.
                        if let Some(quantity) = reward.offer.quantity {
                            reward.offer.claimed = quantity - line.left;
                        }
                    }
                }
            });
            rewards
        });
        let quote = Memo::new(move |_| {
            page.with(|page| {
                let currency = page.campaign.funding.currency;
                let order = choices.with(|choices| choices.parse(currency))?;
                rewards.with(|rewards| {
                    let is_late = page.campaign.life().is_late();
                    quote(&order, rewards, currency, &page.held, is_late, now.get())
                })
            })
        });
        let names = query.split('&').filter_map(|pair| Some(pair.split_once('=')?.0.to_owned()));
        let selling = Self {
            page,
            choices,
            rewards,
            quote,
            is_alive: RwSignal::new(false),
            refused,
            touched: RwSignal::new(names.collect()),
            is_sent: RwSignal::new(
                refused.with_untracked(Option::is_some)
                    || query.split('&').any(|pair| pair == crate::http::TYPED),
            ),
            is_past: RwSignal::new(false),
            address: StoredValue::new(address),
        };
        Effect::new(move |_| {
            if refused.with(Option::is_some) {
                selling.is_past.set(false);
            }
        });
        selling
    }

    /// What is wrong with a field of the choices, once it may be said.
    #[must_use]
    pub fn problem(self, field: String) -> Signal<Option<String>> {
        let locale = locale();
        Signal::derive(move || {
            let may_say =
                self.is_sent.get() || self.touched.with(|touched| touched.contains(&field));
            let of = |invalid: &Invalid| invalid.of(&field).cloned();
            let seen =
                self.quote.with(|quote| quote.as_ref().err().and_then(of)).filter(|_| may_say);
            let told = || {
                self.refused.with(|error| match error {
                    Some(AppError::Invalid(invalid)) if !self.is_past.get() => of(invalid),
                    _ => None,
                })
            };
            seen.or_else(told)
                // The country says it already, and a pledge has one reward.
                .filter(|problem| field != "reward" || *problem != Problem::CountryNotServed)
                .map(|problem| problem.say(locale))
        })
    }

    /// Whether somebody has already had a hand in this field.
    #[must_use]
    pub fn was_touched(self, field: &str) -> bool {
        self.touched.with_untracked(|touched| touched.contains(field))
    }

    /// The chosen reward.
    #[must_use]
    pub fn chosen(self) -> Memo<Option<RewardView>> {
        Memo::new(move |_| {
            let id = self.choices.with(|choices| choices.reward.clone());
            self.rewards
                .with(|rewards| rewards.iter().find(|reward| reward.id.to_string() == id).cloned())
        })
    }

    /// Where a reward stands right now.
    #[must_use]
    pub fn availability(self, id: domain::id::RewardId) -> Memo<Availability> {
        let now = when::passing(self.page.with_untracked(|page| page.now));
        Memo::new(move |_| {
            self.rewards.with(|rewards| {
                rewards
                    .iter()
                    .find(|r| r.id == id)
                    .map_or(Availability::Over, |r| r.sale().at(now.get()))
            })
        })
    }

    /// The total as the form sends it. Without one it is zero, which no pledge
    /// costs: nothing is placed for a sum that was not shown.
    #[must_use]
    pub fn expected(self) -> String {
        self.quote
            .with(|quote| quote.as_ref().map_or_else(|_| "0".to_owned(), |q| q.total.decimal()))
    }

    /// Takes over the choices that the form holds.
    pub fn read(self, form: &HtmlFormElement) {
        let Ok(fields) = FormData::new_with_form(form) else { return };
        let Ok(pairs) = UrlSearchParams::new_with_str_sequence_sequence(&fields) else { return };
        let next = Choices::from_form(&String::from(pairs.to_string()));
        if self.choices.with_untracked(|choices| *choices != next) {
            self.is_past.set(true);
            self.choices.set(next);
        }
    }

    /// Notes that a field was filled in.
    pub fn touch(self, field: String) {
        self.touched.update(|touched| {
            touched.insert(field);
        });
    }

    /// Notes that the form is on its way. Choices that cannot be had go too: the
    /// server looks at the other fields as well, so that all is said at once.
    pub fn send(self) {
        self.is_sent.set(true);
    }
}

/// Keeps the page's address in step with the choices, so that reloading and
/// coming back find them.
pub fn keep_address(selling: Selling) -> impl Fn() + Clone + 'static {
    let navigate = use_navigate();
    move || {
        let query = selling.choices.with_untracked(Choices::query);
        let address = selling.address.with_value(|address| format!("{address}{query}"));
        let options =
            NavigateOptions { replace: true, scroll: false, resolve: false, ..Default::default() };
        navigate(address.trim_end_matches(['?', '&']), options);
    }
}
