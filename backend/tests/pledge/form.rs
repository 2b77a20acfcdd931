//! The checkout's form is refused as a whole: everything that is wrong, at once.

use backend::pledge;
use domain::{
    Currency, Locale, Money, Problem,
    payment::CardForm,
    pledge::{Choices, PledgeForm, Refusal},
};

use crate::stage::{Stage, Why, amount};

#[tokio::test]
async fn a_form_is_told_every_problem_at_once() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let form = PledgeForm {
            slug: slug.to_string(),
            choices: Choices { bonus: "-3".into(), country: "XX".into(), ..Choices::default() },
            email: "nobody".into(),
            card: CardForm { number: "1234".into(), expiry: "13/20".into(), code: "x".into() },
            ..PledgeForm::default()
        };
        let why =
            stage.assert_refused(pledge::place_form(&stage.backend, None, &form, Locale::Fr)).await;
        let Why::Invalid(invalid) = why else { panic!("fields were refused, not {why:?}") };
        let fields: Vec<&str> = invalid.0.keys().map(String::as_str).collect();
        assert_eq!(
            fields,
            ["bonus", "card_code", "card_expiry", "card_number", "country", "email"]
        );
    }
}

#[tokio::test]
async fn a_total_that_was_not_shown_is_told_before_what_is_missing() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let form = |shown: &str, choices: Choices| PledgeForm {
            slug: slug.to_string(),
            choices,
            expected: shown.into(),
            ..PledgeForm::default()
        };
        let eur = |minor| Money::new(minor, Currency::Eur);
        for shown in ["0", "4.99", "nonsense"] {
            let form = form(shown, amount("5"));
            let placing = pledge::place_form(&stage.backend, None, &form, Locale::En);
            let why = stage.assert_refused(placing).await;
            assert_eq!(why, Why::Refused(Refusal::TotalChanged { total: eur(500) }), "{shown}");
        }
        // What was shown right, or has no price, is told with everything else.
        for (shown, choices) in [("5", amount("5")), ("", amount("5")), ("0", amount("0.5"))] {
            let form = form(shown, choices);
            let placing = pledge::place_form(&stage.backend, None, &form, Locale::En);
            let why = stage.assert_refused(placing).await;
            assert_eq!(why.of("email"), Some(&Problem::Missing), "{shown}");
        }
    }
}
