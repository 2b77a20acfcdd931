//! Text that wants to be code. Wherever a text can come from, the page has the
//! same elements and attributes as with a harmless one in its place.

use app::error::AppError;
use axum::body::Body;
use backend::pledge;
use domain::{
    Currency, Money,
    campaign::{Measure, Opening, StretchGoal},
    payment::TestCard,
    pledge::Choices,
    reward::{Item, Shipping},
    slug::Slug,
};
use http::Method;
use leptos::server_fn::error::ServerFnUrlError;

use super::{
    html::{Element, elements, value_of},
    site::{PASSWORD, Site, encoded, request},
    stage::placement,
};

pub const PAYLOADS: [&str; 16] = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' autofocus onfocus='alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "<![CDATA[><script>alert(1)</script>]]>",
    "javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "{{constructor.constructor('alert(1)')()}}",
    "<a href=javascript:alert(1)>x</a>",
    "\u{2028}</script\u{2029}><iframe srcdoc='<script>alert(1)</script>'>",
];

/// What a story may consist of.
const OF_STORIES: [&str; 23] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h2",
    "h3",
    "h4",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "article",
];

struct Show {
    paths: Vec<String>,
    cookie: String,
}

/// A campaign, a pledge and an account that say `text` wherever they can.
async fn show(site: &Site, name: &str, text: &str) -> Show {
    let slug = site
        .stage
        .campaign(|new| {
            new.slug = Slug::parse(name).expect("a slug");
            new.title = text.into();
            new.subtitle = text.into();
            new.creator = text.into();
            new.subcategory = text.into();
            new.location = text.into();
            new.image_alt = text.into();
            // Also as a file of this site's, as an import may name one.
            new.image = format!("/media/art/{text}");
            new.story = "Plain.".into();
            new.plan.stretch_goals = vec![StretchGoal {
                title: text.into(),
                text: text.into(),
                measure: Measure::Backers,
                target: 100,
            }];
            new.opening = Some(Opening {
                pledged: Money::new(500, Currency::Eur),
                backers: 1,
                source: text.into(),
            });
        })
        .await;
    let reward = site
        .stage
        .reward(&slug, |new| {
            new.title = text.into();
            new.description = text.into();
            new.items = vec![Item { name: text.into(), quantity: 2 }];
            new.shipping = Shipping::PickUp { place: text.into() };
        })
        .await;
    let choices = Choices { reward: reward.to_string(), ..Choices::default() };
    let cookie = site.sign_in(name).await;
    // The browser that signs in may call itself anything.
    let boast = format!("Mozilla/5.0 {}", text.replace(['\u{2028}', '\u{2029}'], ""));
    let headers = [
        ("accept", "text/html"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
        ("user-agent", boast.as_str()),
    ];
    let address = format!("{name}@example.org");
    let fields = [("form[email]", address.as_str()), ("form[password]", PASSWORD)];
    let body = Body::from(encoded(&fields));
    let entered = site.ask(request(Method::POST, "/api/fn/account/sign-in", &headers, body)).await;
    assert!(entered.cookie("session").is_some());
    site.stage
        .tamper(&format!(
            "update account set name = '{}' where email = '{name}@example.org'",
            text.replace('\'', "''")
        ))
        .await;
    let account = site.stage.account(name).await;
    let order = pledge::Placement {
        backer: pledge::command::Backer::Account(account),
        card: TestCard::Success,
        ..placement(&slug, name, choices)
    };
    let placed = pledge::place(&site.stage.backend, order).await.expect("placed");
    site.call("/api/fn/account/create-token", &[("name", text)], &cookie).await;
    let paths = vec![
        "/".into(),
        "/discover?state=any".into(),
        format!("/campaigns/{slug}"),
        format!("/campaigns/{slug}/rewards"),
        format!("/campaigns/{slug}/community"),
        format!("/campaigns/{slug}/pledge"),
        format!("/campaigns/{slug}/accounting"),
        format!("/campaigns/{slug}/changes"),
        format!("/campaigns/{slug}/embed"),
        format!("/pledges/{}", placed.pledge),
        "/pledges".into(),
        "/account".into(),
    ];
    Show { paths, cookie }
}

/// What a text may not change.
pub fn shapes(elements: &[Element]) -> Vec<String> {
    elements.iter().map(Element::shape).collect()
}

pub fn assert_nothing_runs(elements: &[Element], path: &str, payload: &str) {
    for element in elements {
        for (name, value) in &element.attributes {
            let is_address =
                ["href", "src", "action", "formaction", "srcdoc", "data"].contains(&name.as_str());
            let runs = value.trim_start().to_lowercase().starts_with("javascript:");
            assert!(
                !(name.starts_with("on") || is_address && runs),
                "{path}: {} from {payload}",
                element.shape()
            );
        }
        let is_data = element.attribute("type") == Some("application/ld+json");
        assert!(
            element.name != "script" || is_data || element.attribute("nonce").is_some(),
            "{path} from {payload}"
        );
        if is_data {
            let data: serde_json::Value =
                serde_json::from_str(&element.text).expect("JSON-LD stays JSON");
            assert!(data["name"].is_string(), "{path}");
        }
    }
}

#[tokio::test]
async fn no_text_of_a_campaign_or_person_becomes_code() {
    let harmless = Site::sqlite().await;
    let calm = show(&harmless, "shown", "harmless").await;
    for payload in PAYLOADS {
        let site = Site::sqlite().await;
        let shown = show(&site, "shown", payload).await;
        for (path, calm_path) in shown.paths.iter().zip(&calm.paths) {
            let answer = site.get_with(path, &[("cookie", &shown.cookie)]).await;
            let expected = harmless.get_with(calm_path, &[("cookie", &calm.cookie)]).await;
            assert_eq!(answer.status, 200, "{path}");
            let (found, expected) = (elements(&answer.text), elements(&expected.text));
            assert_nothing_runs(&found, path, payload);
            assert_eq!(shapes(&found), shapes(&expected), "{path} is changed by {payload}");
            let said = found.iter().any(|e| {
                e.text.contains(payload) || e.attributes.iter().any(|(_, v)| v.contains(payload))
            });
            assert!(said, "{path} does show {payload} as text");
        }
    }
}

#[tokio::test]
async fn no_story_becomes_code() {
    let site = Site::sqlite().await;
    let markdown = [
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://evil.example/pixel.gif)",
        "<a href=\"java&#115;cript:alert(1)\">x</a>",
        "<https://a.example/\"onmouseover=\"alert(1)>",
        "<style>@import 'https://evil.example';</style>",
        "<form action=https://evil.example><input name=password>",
        "<div hidden>\n\n# x\n\n</div>",
    ];
    for (index, payload) in PAYLOADS.iter().chain(&markdown).enumerate() {
        let slug = site
            .stage
            .campaign(|new| {
                new.slug = Slug::parse(&format!("story-{index}")).expect("a slug");
                new.story = (*payload).to_owned();
            })
            .await;
        let answer = site.get(&format!("/campaigns/{slug}")).await;
        let story = answer
            .text
            .split("<article")
            .nth(1)
            .and_then(|rest| rest.split("</article>").next())
            .expect("a story");
        let found = elements(&format!("<article{story}"));
        for element in &found {
            assert!(
                OF_STORIES.contains(&element.name.as_str()),
                "{} from {payload}",
                element.shape()
            );
            for (name, value) in element.attributes.iter().filter(|_| element.name != "article") {
                let is_link = name == "rel"
                    || (name == "href"
                        && ["http://", "https://", "mailto:"].iter().any(|s| value.starts_with(s)));
                assert!(is_link, "{name}={value} from {payload}");
            }
        }
        assert_nothing_runs(&elements(&answer.text), slug.as_str(), payload);
    }
}

#[tokio::test]
async fn no_address_and_nothing_typed_becomes_code() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let pages = |text: &str| {
        let text = domain::discovery::percent_encoded(text);
        [
            format!("/discover?q={text}"),
            format!("/discover?q={text}&category={text}&sort={text}&page={text}"),
            format!("/campaigns/{slug}?secret={text}"),
            format!(
                "/campaigns/{slug}/pledge?secret={text}&bonus={text}&reward={text}&country={text}&add_on.{text}={text}"
            ),
            format!("/sign-in?next={text}"),
            format!("/sign-up?email={text}"),
            format!("/account/confirm?token={text}"),
            format!("/account/letter?token={text}&next={text}"),
            format!("/sign-in/letter?next={text}"),
            format!("/{text}"),
            format!("/campaigns/{text}"),
        ]
    };
    let mut calm = Vec::new();
    for path in pages("harmless") {
        calm.push(shapes(&elements(&site.get(&path).await.text)));
    }
    for payload in PAYLOADS {
        for (path, expected) in pages(payload).iter().zip(&calm) {
            let found = elements(&site.get(path).await.text);
            assert_nothing_runs(&found, path, payload);
            // A name with a dot is a file's: whoever asks for one gets no page.
            let is_file = found.is_empty() && payload.contains('.');
            assert!(
                is_file || shapes(&found) == *expected,
                "{path} is changed by {payload}: {:?}",
                shapes(&found)
            );
        }
        let next = format!("/sign-in?next=/{}", domain::discovery::percent_encoded(payload));
        assert_nothing_runs(&elements(&site.get(&next).await.text), &next, payload);
        let fields = [("form[name]", payload), ("form[email]", payload), ("form[password]", "x")];
        let refused = site.submit("/sign-up", "/api/fn/account/sign-up", &fields, "").await;
        let cookie = refused.cookie("typed").expect("kept");
        let back = site.get_with(&refused.location(), &[("cookie", &cookie)]).await;
        assert_nothing_runs(&elements(&back.text), "/sign-up", payload);
        assert_eq!(
            value_of(&back.text, "form[email]").as_deref(),
            Some(payload),
            "typed text comes back as it was"
        );
    }
}

#[tokio::test]
async fn an_error_in_the_address_says_only_what_we_would_say() {
    let site = Site::sqlite().await;
    let address = |reference: &str| {
        let error = AppError::Unexpected { reference: reference.into() };
        let error = ServerFnUrlError::new("/api/fn/account/sign-in", error);
        let address = error.to_url("http://site/sign-in").expect("an address");
        format!("{}?{}", address.path(), address.query().unwrap_or_default())
    };
    let calm = site.get(&address("x")).await.text;
    assert!(calm.contains("class=\"refusal\""), "{calm}");
    let calm = shapes(&elements(&calm));
    for payload in PAYLOADS {
        let path = address(payload);
        let found = elements(&site.get(&path).await.text);
        assert_nothing_runs(&found, &path, payload);
        assert_eq!(shapes(&found), calm, "{payload}");
    }
}
