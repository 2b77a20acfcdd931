//! A campaign's accounts, its books as files, and refunds without wasm.

use backend::pledge;
use domain::{
    Locale, Problem,
    refund::RefundForm,
    words::{self, refund as w},
};
use http::StatusCode;

use super::{
    html::{elements, value_of},
    refunds::{Charged, all},
    site::Site,
};

const GIVE: &str = "/api/fn/refund/give";

#[tokio::test]
async fn anyone_reads_the_accounts_and_only_who_runs_it_the_books() {
    for site in Site::both().await {
        let charged = Charged::new(&site.stage, 2).await;
        let slug = &charged.slug;
        charged.refund(0, all()).await.expect("refunded");
        let (creator, stranger) = (site.sign_in("creator").await, site.sign_in("cleo").await);
        for (locale, refunded) in [("en", "€30"), ("fr", "30\u{a0}€")] {
            let cookie = format!("locale={locale}");
            let path = format!("/campaigns/{slug}/accounting");
            let page = site.get_with(&path, &[("cookie", &cookie)]).await;
            assert_eq!(page.status, StatusCode::OK);
            let locale = if locale == "fr" { Locale::Fr } else { Locale::En };
            for words in [w::platform_fee(locale), w::refunded_text(locale), refunded] {
                assert!(page.text.contains(words), "{words}");
            }
            assert!(!page.text.contains(w::books_csv(locale)), "not for anyone");
            assert!(!page.text.contains("example.org"), "names nobody");
        }
        let page = site.get(&format!("/campaigns/{slug}")).await;
        assert!(page.text.contains(&format!("href=\"/campaigns/{slug}/accounting\"")));

        for (kind, begins) in [("csv", "row,posting,at,event,"), ("json", "{\"campaign\":")] {
            let path = format!("/campaigns/{slug}/accounting.{kind}");
            let books = site.get_with(&path, &[("cookie", &creator)]).await;
            assert_eq!(books.status, StatusCode::OK, "{}", books.text);
            assert!(books.text.starts_with(begins), "{}", books.text);
            assert!(books.header("content-type").contains(kind));
            assert!(books.header("content-disposition").starts_with("attachment"));
            assert!(books.header("cache-control").contains("no-store"));
            for cookie in ["", stranger.as_str()] {
                let none = site.get_with(&path, &[("cookie", cookie)]).await;
                assert_eq!(none.status, StatusCode::NOT_FOUND, "{path}");
                let path = format!("/campaigns/none-of-ours/accounting.{kind}");
                let absent = site.get_with(&path, &[("cookie", cookie)]).await;
                assert_eq!(absent.text, none.text, "tells nothing of what is there");
            }
        }
    }
}

#[tokio::test]
async fn a_plain_form_gives_money_back_or_comes_back_with_what_was_typed() {
    for site in Site::both().await {
        let charged = Charged::new(&site.stage, 1).await;
        let (slug, id) = (charged.slug.to_string(), charged.pledge(0).to_string());
        let creator = site.sign_in("creator").await;
        let list = format!("/campaigns/{slug}/pledges");
        let path = format!("{list}/{id}");
        let shown = site.get_with(&list, &[("cookie", &creator)]).await;
        assert!(shown.text.contains(&path) && shown.text.contains("backer0@example.org"));
        let page = site.get_with(&path, &[("cookie", &creator)]).await;
        assert_eq!(page.status, StatusCode::OK);
        let key = value_of(&page.text, "form[key]").expect("a key");
        let add_on = format!("form[lines][{}]", RefundForm::line(charged.lines[1]));
        assert!(value_of(&page.text, &add_on).is_some(), "each line can be ticked");
        let form = |what: &'static str, amount: &'static str| {
            vec![
                ("form[slug]", slug.as_str()),
                ("form[id]", id.as_str()),
                ("form[key]", key.as_str()),
                ("form[what]", what),
                ("form[amount]", amount),
                ("form[reason]", "damaged"),
            ]
        };
        let refused = site.submit(&path, GIVE, &form("amount", "31"), &creator).await;
        assert_eq!(refused.status, StatusCode::FOUND, "{}", refused.text);
        assert!(refused.location().contains("__err="), "{}", refused.location());
        let cookies = format!("{creator}; {}", refused.cookie("typed").expect("kept"));
        let back = site.get_with(&refused.location(), &[("cookie", &cookies)]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(value_of(&back.text, "form[amount]").as_deref(), Some("31"));
        let left = domain::Money::new(3_000, domain::Currency::Eur);
        assert!(back.text.contains(&Problem::MoreThanLeft { left }.say(Locale::En)));
        let reason = elements(&back.text)
            .into_iter()
            .find(|e| e.attribute("value") == Some("damaged"))
            .expect("the reason");
        assert!(reason.attribute("selected").is_some(), "kept");

        let key = value_of(&back.text, "form[key]").expect("a key");
        let mut fields = form("lines", "");
        fields.retain(|(name, _)| *name != "form[key]");
        fields.extend([("form[key]", key.as_str()), (add_on.as_str(), "on")]);
        let done = site.submit(&path, GIVE, &fields, &creator).await;
        assert_eq!(done.location(), format!("{path}?given=1"), "{}", done.text);
        let after = site.get_with(&done.location(), &[("cookie", &creator)]).await;
        assert!(after.text.contains(w::given(Locale::En)) && after.text.contains("€10"));
        assert!(value_of(&after.text, &add_on).is_none(), "not a second time");

        charged.refund(0, RefundForm { restock: "on".into(), ..all() }).await.expect("the rest");
        let after = site.get_with(&path, &[("cookie", &creator)]).await;
        assert!(!after.text.contains(w::give_submit(Locale::En)), "nothing is left");
        let theirs = pledge::key(&site.stage.backend, charged.pledge(0));
        let theirs = site.get(&format!("/pledges/{id}?key={theirs}")).await;
        assert!(theirs.text.contains(words::pledge::refunded_title(Locale::En)));
        assert!(theirs.text.contains(w::went_back_in_all(Locale::En)));
        site.stage.assert_books().await;
    }
}
