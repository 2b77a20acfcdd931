//! Other choices for the same pledge.

use domain::{
    pledge::{Choices, PledgePage},
    words::pledge as w,
};
use leptos::{prelude::*, server_fn::ServerFn as _, task::spawn_local};

use crate::{
    error::AppError,
    locale::locale,
    pledge::{
        act::{self, ChangePledge, UpdateChange},
        choosing::Choosing,
        selling::Selling,
        total::Total,
    },
    ui::{RefusalNotice, Submit, refused},
};

/// The checkout's own choices, filled in with what the pledge holds. Its name
/// in the address says that the choices there are a change under way.
pub fn change(
    page: &PledgePage,
    key: &str,
    search: &str,
    act: ServerAction<ChangePledge>,
) -> AnyView {
    let locale = locale();
    let refused = refused(act);
    let is_under_way = search.split('&').any(|pair| pair == "change=1");
    let (choices, query) = if is_under_way {
        let mut choices = Choices::from_query(search);
        choices.secret.clone_from(&page.choices.secret);
        (choices, search)
    } else {
        (page.choices.clone(), "")
    };
    let path = format!("/pledges/{}", page.id);
    let pairs = if key.is_empty() { String::new() } else { format!("key={key}&") };
    let address = format!("{path}?{pairs}change=1&");
    let selling = Selling::new(page.checkout.clone(), choices, query, refused, address);
    read_again_after(selling, refused, page.id.to_string(), key.to_owned());
    let (id, key) = (page.id.to_string(), key.to_owned());
    let label = Signal::derive(move || {
        selling.quote.with(|quote| match quote {
            Ok(quote) => w::change_submit(locale, &quote.total.display(locale)),
            Err(_) => w::change_submit_open(locale).to_owned(),
        })
    });
    let before = page.total.display(locale);
    view! {
        <details class="way" id="change" open=is_under_way || refused.with_untracked(Option::is_some)>
            <summary class="button">{w::change(locale)}</summary>
            <div class="checkout">
                <p class="quiet">{w::change_before(locale, &before)}</p>
                <ActionForm
                    action=act
                    attr:class="order"
                    attr:novalidate="novalidate"
                    on:submit:capture=move |_| selling.send()
                >
                    <Choosing selling=selling update=UpdateChange::url() />
                    <Total selling=selling />
                    <div class="paying">
                        <input type="hidden" name="form[id]" value=id />
                        <input type="hidden" name="form[key]" value=key />
                        <input type="hidden" name="form[expected]" value=move || selling.expected() />
                        <RefusalNotice refused=refused />
                        {move || {
                            (!selling.is_alive.get())
                                .then(|| {
                                    view! { <p class="update-first">{w::update_first(locale)}</p> }
                                        .into_any()
                                })
                        }}
                        <p class="paying-rule">{w::change_card(locale)}</p>
                        <Submit label=label pending=act.pending() large=true />
                    </div>
                </ActionForm>
            </div>
        </details>
    }
    .into_any()
}

/// As in the checkout: after a refusal prices and stock are read anew, and what
/// was chosen stays.
fn read_again_after(selling: Selling, refused: Signal<Option<AppError>>, id: String, key: String) {
    Effect::new(move |_| {
        if refused.with(|error| matches!(error, Some(AppError::Refused(_) | AppError::Invalid(_))))
        {
            let (id, key) = (id.clone(), key.clone());
            spawn_local(async move {
                if let Ok(fresh) = act::pledge_page(id, key).await {
                    selling.page.try_set(fresh.checkout);
                }
            });
        }
    });
}
