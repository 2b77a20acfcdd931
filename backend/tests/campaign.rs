//! Finding campaigns, the same on both engines, and bringing imported ones up
//! to date without losing our own pledges.

#[path = "stage/stage.rs"]
mod stage;

use std::collections::BTreeSet;

use backend::campaign::{self, NewCampaign};
use domain::{
    Currency, Money,
    campaign::{CampaignState, Opening},
    category::Category,
    discovery::{Query, Sort, StateFilter},
    slug::Slug,
    time::{DAY, HOUR},
};
use stage::{NOW, Stage, amount};

/// Title, subtitle, creator: what a search looks at.
const TALES: [(&str, &str, &str); 10] = [
    ("L’Été des lucioles", "Un conte d’août", "Zoé Lefèvre"),
    ("Straße der Bücher", "Lesen unter freiem Himmel", "Jörg"),
    ("The Tide Clock", "A clock for the sea", "Ada"),
    ("Tidewater radio", "A station on stilts", "Bob"),
    ("Œuvre au noir", "Printed by hand", "Marguerite"),
    ("日本語の本", "A book of kanji", "Haruki"),
    ("Cards & dice — 2nd edition!", "Games; more games.", "O’Brien"),
    ("100% cotton", "T-shirts, plain", "Émile"),
    ("'; drop table campaign; --", "Robert\"); select 1", "Bobby"),
    ("AND OR NOT NEAR", "operators* (of) search:", "^column"),
];

fn asked(search: &str) -> Query {
    Query { search: search.into(), state: StateFilter::Any, page: 1, ..Query::default() }
}

async fn shelf(stage: &Stage) {
    for (index, (title, subtitle, creator)) in TALES.iter().enumerate() {
        stage
            .campaign(|new| {
                new.slug = Slug::parse(&format!("tale-{index}")).expect("a slug");
                (new.title, new.subtitle, new.creator) =
                    ((*title).into(), (*subtitle).into(), (*creator).into());
            })
            .await;
    }
}

async fn slugs(stage: &Stage, query: &Query) -> Vec<String> {
    let found = campaign::discover(&stage.backend, query).await.expect("an answer");
    found.campaigns.iter().map(|card| card.slug.to_string()).collect()
}

#[tokio::test]
async fn search_folds_accents_and_completes_words() {
    for stage in Stage::both().await {
        shelf(&stage).await;
        for (search, tales) in [
            ("ete", &["tale-0"][..]),
            ("ÉTÉ", &["tale-0"]),
            ("luciole zoe", &["tale-0"]),
            ("strasse", &["tale-1"]),
            ("jörg", &["tale-1"]),
            ("tide", &["tale-2", "tale-3"]),
            ("tide clo", &["tale-2"]),
            ("clock tide", &["tale-2"]),
            ("ide", &[]),
            ("œuvre", &["tale-4"]),
            ("oeuv", &["tale-4"]),
            ("日本", &["tale-5"]),
            ("o'brien", &["tale-6"]),
            ("2nd", &["tale-6"]),
            ("100", &["tale-7"]),
            ("and or", &["tale-9"]),
            ("not near", &["tale-9"]),
        ] {
            let mut found = slugs(&stage, &asked(search)).await;
            found.sort();
            assert_eq!(found, tales, "{search}");
        }
    }
}

#[tokio::test]
async fn hostile_searches_find_nothing_special_and_break_nothing() {
    for stage in Stage::both().await {
        shelf(&stage).await;
        let long_word = "a".repeat(10_000);
        let long_text = "tide ".repeat(2_000);
        for search in [
            "' OR 1=1",
            "' OR '1'='1' --",
            "\"*",
            "*",
            "\"",
            "''",
            "\\",
            "(((",
            "a:b:c",
            "col:tide",
            "-tide",
            "!tide",
            "tide | clock",
            "tide & !clock",
            "tide <-> clock",
            "NEAR(tide clock)",
            "^tide",
            "{tide}",
            ":*",
            "%",
            "_",
            "\u{0}",
            "tide\u{0}",
            "\u{fdd0}",
            "\u{202e}edit",
            "🎲",
            "﷽",
            "ﬁ",
            "½",
            "e\u{301}te\u{301}",
            long_word.as_str(),
            long_text.as_str(),
        ] {
            let query = asked(search);
            let found = campaign::discover(&stage.backend, &query).await.expect("an answer");
            assert!(found.total < 10, "{search:.40} found all");
            assert_eq!(
                found.total,
                i64::try_from(found.campaigns.len()).expect("few"),
                "{search:.40}"
            );
        }
        let (found, everything) =
            (slugs(&stage, &asked("!!!")).await, slugs(&stage, &asked("  ")).await);
        assert_eq!(
            (found.len(), everything.len()),
            (0, 10),
            "punctuation alone is no word, space is no search"
        );
        for page in [i64::MIN, -1, 0, i64::MAX] {
            let far = Query { page, ..asked("") };
            campaign::discover(&stage.backend, &far).await.expect("no page is an error");
        }
        assert_eq!(stage.number("select count(*) from campaign").await, 10, "nothing was dropped");
    }
}

/// Sixty campaigns that differ in whatever a list can be ordered or cut by.
async fn library(stage: &Stage) {
    let states = [
        CampaignState::Live,
        CampaignState::Live,
        CampaignState::Successful,
        CampaignState::Failed,
        CampaignState::Cancelled,
    ];
    let currencies = [Currency::Eur, Currency::Jpy, Currency::Usd];
    for index in 0..60_i64 {
        let at = usize::try_from(index).expect("small");
        let currency = currencies[at % 3];
        stage
            .campaign(|new| {
                new.slug = Slug::parse(&format!("book-{index}")).expect("a slug");
                new.title = format!("Book {index}");
                new.state = states[at % 5];
                new.category = Category::ALL[at % 4];
                new.currency = currency;
                new.goal = 1_000 + index % 7 * 500;
                new.opening = Some(Opening {
                    pledged: Money::new(index * 37 % 11 * 400, currency),
                    backers: index * 13 % 9,
                    source: "a record".into(),
                });
                // Some launches and deadlines fall together; one was never launched.
                new.launched_at = (index != 4).then(|| NOW.plus(-HOUR * (index % 20 + 1)));
                let ends =
                    if at % 5 < 2 { HOUR * (index % 15 + 1) } else { -HOUR * (index % 15 + 1) };
                new.deadline = NOW.plus(ends);
            })
            .await;
    }
    stage
        .campaign(|new| {
            (new.slug, new.state) = (Slug::parse("hidden").expect("a slug"), CampaignState::Draft);
        })
        .await;
}

fn every_question() -> Vec<Query> {
    let mut questions = Vec::new();
    for sort in Sort::ALL {
        for state in StateFilter::ALL {
            for (category, currency, search) in [
                (None, None, ""),
                (Some(Category::ALL[1]), None, ""),
                (None, Some(Currency::Jpy), ""),
                (Some(Category::ALL[0]), Some(Currency::Eur), "book"),
                (None, None, "book 1"),
            ] {
                questions.push(Query {
                    search: search.into(),
                    category,
                    state: *state,
                    currency,
                    sort: *sort,
                    page: 1,
                });
            }
        }
    }
    questions
}

#[tokio::test]
async fn pages_neither_overlap_nor_skip_and_add_up_to_the_total() {
    for stage in Stage::both().await {
        library(&stage).await;
        for mut query in every_question() {
            let mut seen = Vec::new();
            let total = loop {
                let found = campaign::discover(&stage.backend, &query).await.expect("an answer");
                seen.extend(found.campaigns.iter().map(|card| card.slug.to_string()));
                if found.campaigns.is_empty() || query.page > 9 {
                    break found.total;
                }
                query.page += 1;
            };
            let distinct: BTreeSet<&String> = seen.iter().collect();
            assert_eq!(distinct.len(), seen.len(), "{query:?} shows one twice");
            assert_eq!(i64::try_from(seen.len()).ok(), Some(total), "{query:?}");
            assert!(!seen.contains(&"hidden".to_owned()), "drafts are nobody's business");
        }
    }
}

#[tokio::test]
async fn each_order_is_the_one_it_says() {
    for stage in Stage::both().await {
        library(&stage).await;
        for query in every_question() {
            let found =
                campaign::discover(&stage.backend, &query).await.expect("an answer").campaigns;
            for pair in found.windows(2) {
                let (a, b) = (&pair[0], &pair[1]);
                let right = match query.sort {
                    Sort::MostFunded => a.funding.basis_points() >= b.funding.basis_points(),
                    Sort::MostBacked => a.funding.backers >= b.funding.backers,
                    Sort::EndingSoon => a.deadline <= b.deadline,
                    Sort::Newest | Sort::Popular => true,
                };
                assert!(right, "{query:?}: {} before {}", a.slug, b.slug);
            }
            assert!(found.iter().all(|card| query.state.states().contains(&card.state)));
            assert!(
                found
                    .iter()
                    .all(|card| query.category.is_none_or(|category| card.category == category))
            );
            assert!(found.iter().all(|card| {
                query.currency.is_none_or(|currency| card.funding.currency == currency)
            }));
        }
        let newest = slugs(&stage, &Query { sort: Sort::Newest, ..asked("") }).await;
        assert_eq!(
            newest[..3],
            ["book-0", "book-20", "book-40"],
            "launched an hour ago, in their order"
        );
        let first = Query { sort: Sort::Popular, page: 1, ..Query::default() };
        let quiet = stage.campaign(|new| new.launched_at = Some(NOW.plus(-30 * DAY))).await;
        stage.place(&quiet, "ada", amount("5")).await.expect("placed");
        stage.place(&quiet, "bob", amount("5")).await.expect("placed");
        assert!(
            slugs(&stage, &first).await.contains(&quiet.to_string()),
            "fresh pledges make it popular"
        );
    }
}

#[tokio::test]
async fn both_engines_answer_every_question_alike() {
    let [sqlite, postgres] = &Stage::both().await[..] else { return };
    for stage in [sqlite, postgres] {
        library(stage).await;
        shelf(stage).await;
    }
    for query in every_question() {
        assert_eq!(slugs(sqlite, &query).await, slugs(postgres, &query).await, "{query:?}");
    }
    for search in
        ["tide", "b", "1", "2nd", "日", "été", "edition 2nd cards", "o b", "100 cotton", "é", "ö"]
    {
        assert_eq!(
            slugs(sqlite, &asked(search)).await,
            slugs(postgres, &asked(search)).await,
            "{search}"
        );
    }
}

fn imported(new: &NewCampaign, pledged: i64, backers: i64) -> NewCampaign {
    NewCampaign {
        external_ref: Some("record:7".into()),
        opening: Some(Opening {
            pledged: Money::new(pledged, Currency::Eur),
            backers,
            source: "a record".into(),
        }),
        ..new.clone()
    }
}

#[tokio::test]
async fn a_corrected_record_keeps_our_own_pledges_counted() {
    for stage in Stage::both().await {
        let first = imported(&stage.new_campaign().await, 40_000, 12);
        let id = stage.put(&first).await;
        let placed = stage.place(&first.slug, "ada", amount("25")).await.expect("placed");
        assert_eq!(stage.totals(&first.slug).await, (42_500, 13));
        let corrected = NewCampaign { title: "Corrected".into(), ..imported(&first, 30_000, 10) };
        assert_eq!(stage.put(&corrected).await, id, "the same campaign");
        assert_eq!(stage.totals(&first.slug).await, (32_500, 11));
        stage.assert_books().await;
        assert_eq!(slugs(&stage, &asked("corrected")).await, [first.slug.to_string()]);
        assert!(slugs(&stage, &asked("campaign")).await.is_empty(), "the old title is forgotten");
        stage.cancel(&placed).await.expect("cancelled");
        assert_eq!(stage.totals(&first.slug).await, (30_000, 10));
        let page =
            campaign::page(&stage.backend, None, first.slug.as_str(), "").await.expect("the page");
        assert_eq!(
            page.opening.map(|opening| (opening.pledged.minor, opening.backers)),
            Some((30_000, 10))
        );
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn community_counts_our_backers_and_not_the_record() {
    for stage in Stage::both().await {
        let slug = imported(&stage.new_campaign().await, 40_000, 12);
        stage.put(&slug).await;
        let other = stage.campaign(|_| ()).await;
        stage.place(&other, "ada", amount("5")).await.expect("placed");
        stage.clock.set(NOW.plus(HOUR));
        for guest in ["ada", "bob"] {
            stage.place(&slug.slug, guest, amount("5")).await.expect("placed");
        }
        stage.place_unconfirmed(&slug.slug, "cleo", amount("5")).await;
        let community =
            campaign::community(&stage.backend, None, slug.slug.as_str()).await.expect("a page");
        assert_eq!((community.first_time, community.returning), (1, 1));
        assert_eq!(community.recent.len(), 2, "only what counts is told");
        assert_eq!(community.campaign.funding.backers, 14);
    }
}
