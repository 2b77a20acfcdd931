//! What an operator writes, and what is said of it at the start.

use clap::{CommandFactory as _, FromArgMatches as _, Parser as _};
use domain::{Currency, Money, fee::ChargeFees};

use super::{Cli, Config, with_file};

fn flags(flags: &[&str]) -> Result<Config, clap::Error> {
    let config = Cli::try_parse_from([&["pedestal"][..], flags].concat())?.config;
    config.validate()?;
    Ok(config)
}

/// With a TOML file of this text.
fn file(text: &str) -> Result<Config, clap::Error> {
    let name = format!("pedestal-config-{}.toml", uuid::Uuid::now_v7().simple());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, text).expect("a file");
    let command = with_file(Cli::command(), &path);
    std::fs::remove_file(&path).expect("removed");
    let config = Cli::from_arg_matches(&command?.try_get_matches_from(["pedestal"])?)?.config;
    config.validate()?;
    Ok(config)
}

/// What 100 euros and 10,000 yen cost.
fn fees(config: &Config) -> [ChargeFees; 2] {
    let fees = config.options().fees;
    [Currency::Eur, Currency::Jpy].map(|currency| fees.of(Money::new(10_000, currency)))
}

#[test]
fn fees_differ_by_currency_where_that_is_configured() {
    let usual = ChargeFees { platform: 500, processing: 320 };
    assert_eq!(fees(&flags(&[]).expect("read")), [usual, usual]);
    let rates = "JPY platform=4 processing=3.6 fixed=40";
    let yen = ChargeFees { platform: 400, processing: 400 };
    let flagged = flags(&["--currency-fees", rates]).expect("read");
    assert_eq!(fees(&flagged), [usual, yen]);
    let filed = file(&format!("currency_fees = \"{rates}\"")).expect("read");
    assert_eq!(fees(&filed), [usual, yen]);
    // What is not named follows what holds for every currency.
    let both = flags(&["--platform-fee", "8", "--currency-fees", "JPY fixed=0"]).expect("read");
    let expected = [
        ChargeFees { platform: 800, processing: 320 },
        ChargeFees { platform: 800, processing: 300 },
    ];
    assert_eq!(fees(&both), expected);
}

#[test]
fn fees_that_cannot_be_meant_are_refused_at_the_start() {
    for (rates, said) in [
        ("XBT platform=4", "`XBT` is no currency of this platform"),
        ("EUR platform=60", "EUR: platform and processing are 0 to 50 percent"),
        ("EUR fixed=5", "EUR: fixed is 0 to 1.00, in EUR"),
        ("EUR=4", "`EUR=4` is no currency of this platform"),
    ] {
        let refused = flags(&["--currency-fees", rates]).expect_err(rates).to_string();
        assert!(refused.contains(said) && refused.contains("--currency-fees"), "{refused}");
    }
}
