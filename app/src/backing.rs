//! Every page of who does more than read a campaign and its rewards: pledges, accounts,
//! what follows from them. They are one part of the site, loaded with the first of them.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{account, campaign, embed, pledge, refund, rehearsal, returns};

/// The page that the address names.
#[component]
pub fn Pages() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts[..] {
        ["campaigns", _, "pledge"] => view! { <pledge::Checkout /> }.into_any(),
        ["campaigns", _, "community"] => view! { <campaign::CampaignCommunity /> }.into_any(),
        ["campaigns", _, "accounting"] => view! { <campaign::CampaignAccounts /> }.into_any(),
        ["campaigns", _, "changes"] => view! { <campaign::CampaignChanges /> }.into_any(),
        ["campaigns", _, "embed"] => view! { <embed::CampaignEmbed /> }.into_any(),
        ["campaigns", _, "rehearsal"] => view! { <rehearsal::CampaignRehearsal /> }.into_any(),
        ["campaigns", _, "pledges"] => view! { <refund::CampaignPledges /> }.into_any(),
        ["campaigns", ..] => view! { <refund::CampaignPledge /> }.into_any(),
        ["pledges"] => view! { <pledge::MyPledges /> }.into_any(),
        ["pledges", _] => view! { <pledge::Manage /> }.into_any(),
        ["sign-up"] => view! { <account::SignUp /> }.into_any(),
        ["sign-in"] => view! { <account::SignIn /> }.into_any(),
        ["sign-in", _] => view! { <account::AskForLetter /> }.into_any(),
        ["account"] => view! { <account::Account /> }.into_any(),
        ["account", "confirm"] => view! { <account::Confirm /> }.into_any(),
        ["account", "letter"] => view! { <account::FollowLetter /> }.into_any(),
        ["account", _] => view! { <embed::OwnEmbeds /> }.into_any(),
        ["admin", _] => view! { <returns::Returns /> }.into_any(),
        _ => view! { <account::Mailbox /> }.into_any(),
    }
}
