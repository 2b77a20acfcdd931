//! Importing public dumps, real and hostile, on both databases.

#[path = "import/again.rs"]
mod again;
#[path = "import/dump.rs"]
mod dump;
#[path = "import/dumps.rs"]
mod dumps;
#[path = "import/engines.rs"]
mod engines;

use std::io::Cursor;

use backend::{
    Backend,
    campaign::{
        self,
        import::{self, Failure, ImportOptions, Progress, Reason, Report, Warning},
        listing::{self, Listed},
    },
};
use domain::{
    campaign::CampaignState,
    category::Category,
    discovery::{Query, Sort, StateFilter},
    time::DAY,
};
use engines::{Engine, NOW, engines, sqlite};
use proptest::prelude::*;

const HEADER: &str = "ID,Name,Blurb,Goal,Slug,Country,Pledged,Backers_count,Currency,Deadline,Created_at,Launched_at,Category_name,Location_name,Location_state,Location_country";
/// Launched ten days before now, live for ten more.
const LIVE: &str = "1,A Game of Tides,Ebb and flow,1000,a-game-of-tides,FR,250.50,12,EUR,1797271200,1795000000,1795543200,Tabletop Games,Brest,Brittany,FR";

#[derive(Default)]
struct Told {
    refused: Vec<(u64, Reason)>,
    warned: Vec<(u64, Warning)>,
    searched: Vec<u64>,
}

async fn import_bytes(
    backend: &Backend,
    bytes: &[u8],
    shift_to_now: bool,
) -> Result<(Report, Told), Failure> {
    let options = ImportOptions { shift_to_now, source_label: "test record".into() };
    let mut told = Told::default();
    let report = import::run(backend, Cursor::new(bytes), &options, |progress| match progress {
        Progress::Read { .. } => {}
        Progress::Searched { bytes } => told.searched.push(bytes),
        Progress::Refused { line, reason } => told.refused.push((line, reason.clone())),
        Progress::Warned { line, warning } => told.warned.push((line, warning.clone())),
    })
    .await?;
    assert_eq!(report.refused, told.refused.len() as u64);
    assert_eq!(report.warned, told.warned.len() as u64);
    Ok((report, told))
}

async fn import_text(engine: &Engine, text: &str) -> (Report, Told) {
    import_bytes(&engine.backend, text.as_bytes(), false).await.expect("a readable file")
}

async fn all(backend: &Backend, sort: Sort, state: StateFilter) -> Vec<Listed> {
    let query = Query { sort, state, page: 1, ..Query::default() };
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let part = listing::list(backend, &query, after, 100).await.expect("a list");
        found.extend(part.items);
        after = part.next;
        if after.is_none() {
            assert_eq!(found.len() as i64, part.total, "the parts are the whole");
            return found;
        }
    }
}

#[tokio::test]
async fn a_row_becomes_a_campaign_with_a_labelled_balance() {
    for engine in engines().await {
        let (report, _) = import_text(&engine, &format!("{HEADER}\n{LIVE}\n")).await;
        assert_eq!(report, Report { added: 1, ..Report::default() }, "{}", engine.name);
        let page = campaign::page(&engine.backend, None, "a-game-of-tides", "")
            .await
            .expect("a public page");
        assert_eq!(
            (page.title.as_str(), page.subtitle.as_str()),
            ("A Game of Tides", "Ebb and flow")
        );
        assert_eq!((page.state, page.category), (CampaignState::Live, Category::Games));
        assert_eq!(
            (page.subcategory.as_str(), page.location.as_str()),
            ("Tabletop Games", "Brest, Brittany")
        );
        assert_eq!(
            (page.funding.goal, page.funding.pledged, page.funding.backers),
            (100_000, 25_050, 12)
        );
        assert_eq!(page.opening.map(|o| o.source).as_deref(), Some("test record"));
        assert_eq!(page.deadline, NOW.plus(10 * DAY));
        let community = campaign::community(&engine.backend, None, "a-game-of-tides")
            .await
            .expect("a community");
        assert_eq!((community.first_time, community.returning), (0, 0), "nobody is invented");
    }
}

#[tokio::test]
async fn the_shape_of_the_file_does_not_matter() {
    for engine in engines().await {
        reads_every_shape(&engine).await;
    }
}

async fn reads_every_shape(engine: &Engine) {
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let mut rows: Vec<Vec<String>> = [HEADER, LIVE].map(cells).to_vec();
    for row in &mut rows {
        row.reverse();
        row.insert(3, "an extra column".into());
    }
    rows[0][3] = "Staff_pick".into();
    let reversed: String = rows.iter().map(|row| row.join(",") + "\n").collect();
    let quoted = LIVE.replace("Ebb and flow", "\"Ebb\r\nand \"\"flow\"\", again\"");
    let shapes = [
        ("reversed, with an extra column", reversed),
        ("BOM and CRLF", format!("\u{feff}{HEADER}\r\n{LIVE}\r\n")),
        ("other case", format!("{}\n{LIVE}", HEADER.to_uppercase())),
        ("quoted newline", format!("{HEADER}\n{quoted}\n")),
        ("blank lines", format!("\n{HEADER}\n\n\n{LIVE}\n\n")),
    ];
    for (shape, text) in shapes {
        let (report, told) = import_text(engine, &text).await;
        assert_eq!((report.good(), report.refused), (1, 0), "{shape}: {:?}", told.refused);
        let page =
            campaign::page(&engine.backend, None, "a-game-of-tides", "").await.expect("a page");
        let subtitle =
            if shape == "quoted newline" { "Ebb and \"flow\", again" } else { "Ebb and flow" };
        assert_eq!(page.subtitle, subtitle, "{shape}");
        assert_eq!(
            (page.funding.pledged, page.location.as_str()),
            (25_050, "Brest, Brittany"),
            "{shape}"
        );
    }
    assert_eq!(all(&engine.backend, Sort::Popular, StateFilter::Any).await.len(), 1);
}

#[tokio::test]
async fn the_dumps_that_are_not_flattened_are_read_too() {
    for engine in engines().await {
        let text = "backers_count,blurb,category,country,created_at,creator,currency,deadline,goal,id,launched_at,location,name,pledged,slug,state,state_changed_at,usd_pledged\n\
        3,Hot,\"{\"\"id\"\":34,\"\"name\"\":\"\"Spaces\"\",\"\"parent_name\"\":\"\"Food\"\"}\",US,1595000000,\"{\"\"id\"\":1,\"\"name\"\":\"\"A Creator\"\"}\",USD,1598000000,500.0,77,1596000000,\"{\"\"name\"\":\"\"Lyon\"\",\"\"country\"\":\"\"FR\"\",\"\"state\"\":\"\"Rhone-Alpes\"\"}\",An Oven,12.0,an-oven,canceled,1597000000,12.0\n";
        let (report, told) = import_text(&engine, text).await;
        assert_eq!(report.added, 1, "{:?}", told.refused);
        let page = campaign::page(&engine.backend, None, "an-oven", "").await.expect("a page");
        assert_eq!((page.category, page.subcategory.as_str()), (Category::Food, "Spaces"));
        assert_eq!(
            (page.location.as_str(), page.creator.as_str()),
            ("Lyon, Rhone-Alpes", "A Creator")
        );
        assert_eq!(
            (page.state, page.country.map(|c| c.to_string()).as_deref()),
            (CampaignState::Cancelled, Some("FR"))
        );
    }
}

#[tokio::test]
async fn each_bad_row_is_told_and_the_rest_is_imported() {
    let with = |id: u32, from: &str, to: &str| {
        LIVE.replacen("1,A", &format!("{id},A"), 1).replacen(from, to, 1)
    };
    for engine in engines().await {
        let rows = [
            LIVE.to_owned(),
            with(3, ",1000,", ",abc,"),
            with(4, ",1000,", ",-5,"),
            with(5, ",1000,", ",0.01,"),
            with(6, ",1000,", ",1000.005,"),
            with(7, ",1000,", ",1000000000000000000000000000000,"),
            with(8, "250.50", ""),
            with(9, ",EUR,", ",XTS,"),
            with(10, "1797271200", "soon"),
            with(11, "1797271200", "1795543200"),
            with(12, "1795543200", "1797000000"),
            with(13, ",12,", ",-12,"),
            "14,too,short".to_owned(),
            with(15, "A Game of Tides", "\u{1}\u{2} "),
            with(16, "A Game of Tides", "The last one"),
        ];
        let text = format!("{HEADER}\n{}\n", rows.join("\n"));
        let (report, told) = import_text(&engine, &text).await;
        assert_eq!((report.added, report.refused), (2, 13), "{}", engine.name);
        let lines: Vec<u64> = told.refused.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, (3..=15).collect::<Vec<_>>(), "{}", engine.name);
        let said: Vec<String> = told.refused.iter().map(|(_, reason)| reason.to_string()).collect();
        assert_eq!(said[0], "the goal is not an amount: \"abc\"");
        assert_eq!(said[1], "the goal is negative: -5");
        assert_eq!(said[2], "the goal is less than one EUR: 0.01");
        assert_eq!(said[3], "the goal has more decimals than EUR: 1000.005");
        assert_eq!(said[5], "the pledged sum is missing");
        assert_eq!(said[8], "the deadline is not after the launch");
        assert_eq!(said[9], "the launch lies in the future");
        assert_eq!(said[11], "the row has 3 cells, the first row has 16");
        assert_eq!(said[12], "the name is missing");
        // The second good row wanted a slug that the first one has.
        assert!(campaign::page(&engine.backend, None, "a-game-of-tides-2", "").await.is_ok());
    }
}

#[tokio::test]
async fn a_quote_that_is_not_closed_costs_one_row() {
    for engine in engines().await {
        let row = |id: u32| LIVE.replacen("1,A", &format!("{id},A"), 1);
        let broken = row(2).replacen("Ebb", "\"Ebb", 1);
        let quoted = row(4).replacen("Ebb and flow", "\"Ebb, and flow\"", 1);
        let text = [HEADER, &row(1), &broken, &row(3), &quoted, &row(5)].join("\n");
        let (report, told) = import_text(&engine, &text).await;
        assert_eq!((report.added, report.refused), (4, 1), "{}: {:?}", engine.name, told.refused);
        assert_eq!(told.refused, [(3, Reason::NeverEnds)]);
    }
}

#[tokio::test]
async fn the_dumps_of_kaggle_are_read_too() {
    for engine in engines().await {
        let text = "ID,name,category,main_category,currency,deadline,goal,launched,pledged,state,backers,country,usd pledged,usd_pledged_real,usd_goal_real\n\
            7,A Lamp,Product Design,Design,GBP,2015-10-09,1000.00,2015-08-11 12:12:28,0.00,failed,0,GB,0.00,0.00,1533.95\n\
            8,An Old One,Poetry,Publishing,GBP,2010-04-10,1000.00,1970-01-01 01:00:00,0.00,failed,0,GB,0.00,0.00,1533.95\n\
            9,Half,Poetry,Publishing,GBP,2015-10-09,12.500,2015-08-11 12:12:28,0.00,failed,0,GB,0.00,0.00,1533.95\n";
        let (report, told) = import_text(&engine, text).await;
        assert_eq!((report.added, report.refused), (1, 2), "{}: {:?}", engine.name, told.refused);
        assert!(told.refused[0].1.to_string().starts_with("the launch is neither a time"));
        assert_eq!(
            told.refused[1].1.to_string(),
            "the goal can mean thousands or decimals: 12.500"
        );
        let page = campaign::page(&engine.backend, None, "a-lamp", "").await.expect("a page");
        assert_eq!(
            (page.category, page.subcategory.as_str()),
            (Category::Design, "Product Design")
        );
        assert_eq!(page.launched_at.map(|at| at.rfc3339()), Some("2015-08-11T12:12:28Z".into()));
        assert_eq!(page.deadline.rfc3339(), "2015-10-09T00:00:00Z");
    }
}

#[tokio::test]
async fn bytes_that_are_not_text_are_replaced_and_told() {
    for engine in engines().await {
        let mut bytes = format!("{HEADER}\n{LIVE}\n").into_bytes();
        let at = bytes.windows(5).position(|w| w == b"Tides").expect("the title");
        bytes[at] = 0xff;
        bytes[at + 1] = 0;
        let (report, told) =
            import_bytes(&engine.backend, &bytes, false).await.expect("a readable file");
        assert_eq!((report.added, report.warned), (1, 1), "{}: {:?}", engine.name, told.refused);
        assert_eq!(told.warned, [(2, Warning::NotUtf8)]);
        let page =
            campaign::page(&engine.backend, None, "a-game-of-tides", "").await.expect("a page");
        assert_eq!(page.title, "A Game of \u{fffd} des");
    }
}

#[tokio::test]
async fn an_unknown_category_is_filed_and_told() {
    for engine in engines().await {
        let (report, told) = import_text(
            &engine,
            &format!("{HEADER}\n{}", LIVE.replace("Tabletop Games", "Sealing wax")),
        )
        .await;
        assert_eq!((report.added, report.warned), (1, 1));
        assert_eq!(
            told.warned[0].1.to_string(),
            "the category is unknown and was filed under art: \"Sealing wax\""
        );
    }
}

#[tokio::test]
async fn a_file_without_its_columns_is_one_clear_error() {
    for engine in engines().await {
        for (text, said) in [
            ("", "the file is empty: it has no row with the names of its columns"),
            ("\n\n", "the file is empty: it has no row with the names of its columns"),
            (
                "ID,Name,Goal\n1,x,5\n",
                "the first row does not name these columns: Pledged, Backers_count, Currency, Launched_at, Deadline",
            ),
        ] {
            for shift in [false, true] {
                let failure = import_bytes(&engine.backend, text.as_bytes(), shift)
                    .await
                    .err()
                    .expect("refused");
                assert_eq!(failure.to_string(), said);
            }
        }
        let (report, _) = import_text(&engine, HEADER).await;
        assert_eq!(report, Report::default(), "a header alone is an empty list");
    }
}

#[test]
fn no_bytes_make_the_import_panic() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let engine = runtime.block_on(sqlite());
    let cell = prop_oneof![
        "\\PC{0,12}",
        "[0-9.,eE+-]{0,20}",
        Just("1795543200".to_owned()),
        Just("EUR".to_owned()),
        Just("\"{\"\"name\"\":{\"\"name\"\":7}}\"".to_owned()),
    ];
    let row = prop::collection::vec(cell, 0..20).prop_map(|cells| cells.join(","));
    let rows = prop::collection::vec(row, 0..6)
        .prop_map(|rows| format!("{HEADER}\n{}", rows.join("\n")).into_bytes());
    let files = prop_oneof![prop::collection::vec(any::<u8>(), 0..400), rows];
    proptest!(ProptestConfig::with_cases(256), |(bytes in files, shift: bool)| {
        if let Ok((report, _)) = runtime.block_on(import_bytes(&engine.backend, &bytes, shift)) {
            prop_assert_eq!(report.good() + report.refused, report.rows());
        }
    });
}
