//! The closed lists of words, each taken from the domain so that none can lag.

use std::borrow::Cow;

use domain::{
    Currency,
    campaign::{CampaignState, FundingRule},
    category::Category,
    discovery::{Sort, StateFilter},
    payment::TestCard,
    pledge::{InstalmentState, PledgeState},
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ObjectBuilder, Schema, Type},
    },
};

macro_rules! closed_lists {
    ($($kind:ident $name:literal $about:literal: $values:expr;)+) => {$(
        #[doc = $about]
        pub struct $kind;

        impl PartialSchema for $kind {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some($about))
                    .enum_values(Some($values))
                    .into()
            }
        }

        impl ToSchema for $kind {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }
        }
    )+};
}

closed_lists! {
    CurrencyWord "Currency" "A currency that campaigns may be run in (ISO 4217).":
        Currency::ALL.iter().map(|c| c.code());
    CategoryWord "Category" "What a campaign is about.":
        Category::ALL.iter().map(|c| c.key());
    CampaignStateWord "CampaignState" "Where a campaign stands. `live` takes pledges until its deadline; `successful` while late pledges are open. `deciding`: cards are being charged, and what comes of it decides.":
        CampaignState::PUBLIC.iter().map(|s| s.key());
    PledgeStateWord "PledgeState" "Where a pledge stands. `authentication_required` waits for the card's holder at the address in `url`; it counts for nothing until then.":
        PledgeState::ALL.iter().map(|s| s.key());
    FundingRuleWord "FundingRule" "When the money moves. `all_or_nothing`: cards are charged at the deadline, and only if the goal is met. `pre_orders`: the same, with a goal in units. `keep_what_you_raise`: cards are charged at once and what there is is kept. `rounds`: cards are charged when the first round ends with the minimum met; in the second round at once.":
        FundingRule::ALL.iter().map(|r| r.key());
    VerdictWord "Verdict" "What a success is decided by: what is `pledged` at the deadline, or what was really `collected` a week later.":
        ["pledged", "collected"];
    LatePledgesWord "LatePledges" "Whether rewards with a late price can be had after the success. They are charged at once.":
        ["none", "open", "closed"];
    MeasureWord "Measure" "What a stretch goal counts.":
        ["amount", "units", "backers"];
    StateFilterWord "StateFilter" "Which states a list holds. `any` is whatever anyone may see.":
        StateFilter::ALL.iter().map(|s| s.key());
    SortWord "Sort" "The order of a list. `popular` is most pledges lately; `most_funded` is furthest beyond the goal.":
        Sort::ALL.iter().map(|s| s.key());
    LanguageWord "Language" "The language a campaign is written in.":
        domain::Locale::ALL.iter().map(|l| l.tag());
    RewardKindWord "RewardKind" "A `reward` stands alone, one per pledge; an `add_on` comes with one.":
        ["reward", "add_on"];
    AvailabilityWord "Availability" "Whether a reward can be had now.":
        ["open", "not_yet", "over", "sold_out"];
    ShippingKindWord "ShippingKind" "How a reward reaches its backer.":
        ["none", "pick_up", "countries", "worldwide"];
    InstalmentStateWord "InstalmentState" "Where an instalment stands. One that is `errored` or `action_required` is seen to at the pledge's address; one that is `void` will never be charged.":
        InstalmentState::ALL.iter().map(|s| s.key());
    LineKindWord "LineKind" "What a line of a pledge stands for.":
        ["reward", "add_on", "bonus", "shipping"];
    PaymentMethodWord "PaymentMethod" "How a pledge is paid. The sandbox moves no money: `success` is charged at the deadline, `decline` is refused at once, `decline_later` at the deadline, `authenticate` waits for its holder.":
        TestCard::ALL.iter().map(|c| c.method());
}
