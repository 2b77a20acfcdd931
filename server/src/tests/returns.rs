//! What operators see to, without wasm; and refunds of some units of a line.

use backend::refund;
use domain::{
    Locale, Problem,
    account::Role,
    refund::{Reason, RefundForm, returns::ReturnsPage},
    time::{DAY, HOUR},
    words::{refund as r, returns as w},
};
use http::StatusCode;

use super::{
    html::{elements, value_of},
    refunds::Charged,
    site::Site,
};

const PAGE: &str = "/admin/returns";
const AGAIN: &str = "/api/fn/returns/try-again";
const SETTLE: &str = "/api/fn/returns/settle";

/// Two refunds that the provider has refused for good.
pub async fn refused(site: &Site) -> Charged {
    let (stage, backend) = (&site.stage, &site.stage.backend);
    let charged = Charged::new(stage, 2).await;
    stage.tamper("update sandbox_charge set outcome = 'declined'").await;
    let campaign = charged.campaign(stage).await;
    refund::everyone(backend, campaign, Reason::CampaignCancelled).await.expect("planned");
    for wait in [0, HOUR, 6 * HOUR, DAY, 3 * DAY] {
        stage.clock.set(stage.clock.now().plus(wait));
        refund::once(backend).await.expect("a round");
    }
    charged
}

#[tokio::test]
async fn an_operator_sees_what_does_not_go_back_and_nobody_else_that_there_is_a_page() {
    for site in Site::both().await {
        let operator = site.sign_in_as("otto", Role::Operator).await;
        let empty = site.get_with(PAGE, &[("cookie", &operator)]).await;
        assert_eq!(empty.status, StatusCode::OK);
        assert!(empty.text.contains(w::none(Locale::En)), "says that nothing is to be done");

        let charged = refused(&site).await;
        for locale in Locale::ALL {
            let cookie = format!("{operator}; locale={locale}");
            let page = site.get_with(PAGE, &[("cookie", &cookie)]).await;
            assert_eq!(page.status, StatusCode::OK);
            for n in 0..2 {
                assert!(page.text.contains(&format!("backer{n}@example.org")));
                assert!(page.text.contains(&charged.pledge(n).to_string()), "leads to the pledge");
            }
            assert!(page.text.contains("nothing_left"), "the provider's own word");
            assert!(page.text.contains(w::campaign_over(locale)));
            assert!(!page.text.contains(w::none(locale)));
        }
        let (creator, backer) = (site.sign_in("creator").await, site.sign_in("backer0").await);
        for cookie in ["", creator.as_str(), backer.as_str()] {
            let none = site.get_with(PAGE, &[("cookie", cookie)]).await;
            assert_eq!(none.status, StatusCode::NOT_FOUND);
            assert!(
                !none.text.contains("example.org") && !none.text.contains(w::try_again(Locale::En))
            );
        }
    }
}

#[tokio::test]
async fn plain_forms_ask_again_and_settle_by_hand_and_keep_what_was_typed() {
    for site in Site::both().await {
        let charged = refused(&site).await;
        let operator = site.sign_in_as("otto", Role::Operator).await;
        let page = site.get_with(PAGE, &[("cookie", &operator)]).await;
        let first = value_of(&page.text, "form[id]").expect("a form for each");
        site.stage.tamper("update sandbox_charge set outcome = 'succeeded'").await;
        let done = site.submit(PAGE, AGAIN, &[("form[id]", &first)], &operator).await;
        assert_eq!(done.location(), format!("{PAGE}?done=again"), "{}", done.text);
        refund::once(&site.stage.backend).await.expect("a round");
        assert_eq!(charged.letters("pledge_refunded").await, 1);

        let page = site.get_with(PAGE, &[("cookie", &operator)]).await;
        let second = value_of(&page.text, "form[id]").expect("the other one");
        assert_ne!(first, second);
        let see = format!("{PAGE}?see={second}");
        let open = site.get_with(&see, &[("cookie", &operator)]).await;
        assert!(open.text.contains(w::by_hand_submit(Locale::En)), "the form is open");
        let long = "x".repeat(501);
        let fields = [("form[id]", second.as_str()), ("form[note]", &long)];
        let refused = site.submit(&see, SETTLE, &fields, &operator).await;
        assert!(refused.location().contains("__err="), "{}", refused.location());
        let cookies = format!("{operator}; {}", refused.cookie("typed").expect("kept"));
        let back = site.get_with(&refused.location(), &[("cookie", &cookies)]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(value_of(&back.text, "form[note]"), Some(long));
        assert!(back.text.contains(&Problem::TooLong { most: 500 }.say(Locale::En)));

        let fields = [("form[id]", second.as_str()), ("form[note]", "transfer 7")];
        let done = site.submit(&see, SETTLE, &fields, &operator).await;
        assert_eq!(done.location(), format!("{PAGE}?done=hand"), "{}", done.text);
        let after = site.get_with(&done.location(), &[("cookie", &operator)]).await;
        assert!(after.text.contains(w::done_by_hand(Locale::En)));
        assert!(after.text.contains(w::none(Locale::En)));
        let read = [("accept", "application/json"), ("cookie", operator.as_str())];
        let list = site.get_with("/api/fn/returns/page", &read).await;
        assert_eq!(list.value::<ReturnsPage>().total, 0);
        site.stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_line_of_several_takes_a_number_and_keeps_it() {
    for site in Site::both().await {
        let charged = Charged::new(&site.stage, 1).await;
        // As if two add-ons had been ordered for what one costs.
        site.stage.tamper("update pledge_item set quantity = 2 where kind = 'add_on'").await;
        let creator = site.sign_in("creator").await;
        let path = format!("/campaigns/{}/pledges/{}", charged.slug, charged.pledge(0));
        let page = site.get_with(&path, &[("cookie", &creator)]).await;
        let line = RefundForm::line(charged.lines[1]);
        let (ticked, units) = (format!("form[lines][{line}]"), format!("form[units][{line}]"));
        let is_units = |e: &super::html::Element| e.attribute("name") == Some(units.as_str());
        let field = elements(&page.text).into_iter().find(is_units).expect("a number");
        assert_eq!(field.attribute("max"), Some("2"));
        let alone = format!("form[units][{}]", RefundForm::line(charged.lines[0]));
        assert!(value_of(&page.text, &alone).is_none(), "there is one of it");
        let form = |units_of: &'static str| {
            let key = value_of(&page.text, "form[key]").expect("a key");
            [
                ("form[slug]".to_owned(), charged.slug.to_string()),
                ("form[id]".to_owned(), charged.pledge(0).to_string()),
                ("form[key]".to_owned(), format!("{key}{units_of}")),
                ("form[what]".to_owned(), "lines".to_owned()),
                ("form[reason]".to_owned(), "damaged".to_owned()),
                (ticked.clone(), "on".to_owned()),
                (units.clone(), units_of.to_owned()),
            ]
        };
        let give = async |units_of: &'static str| {
            let form = form(units_of);
            let fields: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            site.submit(&path, "/api/fn/refund/give", &fields, &creator).await
        };
        let refused = give("3").await;
        let cookies = format!("{creator}; {}", refused.cookie("typed").expect("kept"));
        let back = site.get_with(&refused.location(), &[("cookie", &cookies)]).await;
        assert_eq!(value_of(&back.text, &units).as_deref(), Some("3"));
        assert!(back.text.contains(&Problem::OnlyLeft { left: 2 }.say(Locale::En)));
        let done = give("1").await;
        assert_eq!(done.location(), format!("{path}?given=1"), "{}", done.text);
        let after = site.get_with(&path, &[("cookie", &creator)]).await;
        assert!(after.text.contains(&r::units_refunded(Locale::En, 1)));
        assert_eq!(site.stage.number("select refunded from pledge").await, 500);
    }
}
