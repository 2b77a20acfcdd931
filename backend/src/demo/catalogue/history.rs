//! The five campaigns that Kickstarter's first billion dollars is remembered
//! for, with the figures of its public record. The days are those of the
//! record, which counts in New York; the clock times are set to noon UTC,
//! because pages show the day alone.

use domain::{Currency, Locale, campaign::CampaignState, category::Category};

use super::super::{DemoCampaign, Record, Times};
use super::{on, story};

/// Where the figures come from.
const SOURCE: &str = "Kickstarter’s public record";

pub fn campaigns() -> Vec<DemoCampaign> {
    vec![
        DemoCampaign {
            slug: "historic-pebble",
            title: "Pebble: E-Paper Watch for iPhone and Android",
            subtitle: "A historical record, 2012. A watch that showed messages, and the largest campaign Kickstarter had seen.",
            story: story!("historic-pebble"),
            category: Category::Technology,
            subcategory: "Wearables",
            location: "Palo Alto, California",
            creator: "Pebble Technology",
            goal: 100_000,
            artwork: "watch-215-4",
            image_alt: "A square wristwatch by a window",
            // 11 April and 18 May 2012.
            times: Times::OnRecord { launched: on(1_334_145_600), ended: on(1_337_342_400) },
            record: Some(Record { pledged: 1_026_684_500, backers: 68_929, source: SOURCE }),
            ..past()
        },
        DemoCampaign {
            slug: "historic-ouya",
            title: "OUYA: A New Kind of Video Game Console",
            subtitle: "A historical record, 2012. A console for $99 that anyone was to be free to write games for.",
            story: story!("historic-ouya"),
            category: Category::Games,
            subcategory: "Gaming hardware",
            location: "Los Angeles, California",
            creator: "OUYA",
            goal: 950_000,
            artwork: "console-280-3",
            image_alt: "A small cube with a round button, a controller on a cable",
            // 10 July and 9 August 2012.
            times: Times::OnRecord { launched: on(1_341_921_600), ended: on(1_344_513_600) },
            record: Some(Record { pledged: 859_647_400, backers: 63_416, source: SOURCE }),
            ..past()
        },
        DemoCampaign {
            slug: "historic-veronica-mars",
            title: "The Veronica Mars Movie Project",
            subtitle: "A historical record, 2013. A film that a studio did not believe in, and 91,585 people who did.",
            story: story!("historic-veronica-mars"),
            category: Category::Film,
            subcategory: "Narrative film",
            location: "San Diego, California",
            creator: "Rob Thomas",
            goal: 2_000_000,
            artwork: "projector-20-3",
            image_alt: "A projector’s beam on a screen in the open air",
            // 13 March and 13 April 2013.
            times: Times::OnRecord { launched: on(1_363_176_000), ended: on(1_365_854_400) },
            record: Some(Record { pledged: 570_215_300, backers: 91_585, source: SOURCE }),
            ..past()
        },
        DemoCampaign {
            slug: "historic-torment",
            title: "Torment: Tides of Numenera",
            subtitle: "A historical record, 2013. A role-playing game of words, funded in six hours and delivered in four years.",
            story: story!("historic-torment"),
            category: Category::Games,
            subcategory: "Video games",
            location: "Newport Beach, California",
            creator: "inXile entertainment",
            goal: 900_000,
            artwork: "monolith-275-8",
            image_alt: "Tall slabs of stone in still water before a low sun",
            // 6 March and 5 April 2013.
            times: Times::OnRecord { launched: on(1_362_571_200), ended: on(1_365_163_200) },
            record: Some(Record { pledged: 418_892_700, backers: 74_405, source: SOURCE }),
            ..past()
        },
        DemoCampaign {
            slug: "historic-project-eternity",
            title: "Project Eternity",
            subtitle: "A historical record, 2012. The role-playing game that kept a studio alive, later called Pillars of Eternity.",
            story: story!("historic-project-eternity"),
            category: Category::Games,
            subcategory: "Video games",
            location: "Irvine, California",
            creator: "Obsidian Entertainment",
            goal: 1_100_000,
            artwork: "pillars-240-5",
            image_alt: "Columns, one of them broken, before a large low sun",
            // 14 September and 16 October 2012.
            times: Times::OnRecord { launched: on(1_347_624_000), ended: on(1_350_388_800) },
            record: Some(Record { pledged: 398_692_900, backers: 73_986, source: SOURCE }),
            ..past()
        },
    ]
}

/// What the five have in common.
const fn past() -> DemoCampaign {
    DemoCampaign {
        slug: "",
        title: "",
        subtitle: "",
        story: "",
        language: Locale::En,
        category: Category::Technology,
        subcategory: "",
        location: "",
        country: "US",
        creator: "",
        currency: Currency::Usd,
        goal: 0,
        percent: 0,
        artwork: "",
        image_alt: "",
        state: CampaignState::Successful,
        times: Times::OnRecord { launched: on(0), ended: on(0) },
        record: None,
        rewards: Vec::new(),
    }
}
