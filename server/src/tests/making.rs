//! The studio's forms as a browser without wasm sends them: what stands in a page is
//! what is posted, so that a field that the server does not know is found out here.

use domain::account::Role;
use http::StatusCode;

use super::{
    html::{Element, elements},
    site::{Answer, Site},
};

/// What a browser would send for the form that leads to this function.
fn form(html: &str, action: &str) -> Vec<(String, String)> {
    let all = elements(html);
    let is_it = |e: &Element| {
        e.name == "form" && e.attribute("action").is_some_and(|to| to.ends_with(action))
    };
    let start = all.iter().position(is_it).unwrap_or_else(|| panic!("a form for {action}"));
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut list: Option<String> = None;
    for element in all[start + 1..].iter().take_while(|e| e.name != "form") {
        let name = element.attribute("name").map(str::to_owned);
        let is_off = element.attribute("disabled").is_some();
        let value = element.attribute("value").unwrap_or_default().to_owned();
        match (element.name.as_str(), name) {
            ("select", name) => list = name.filter(|_| !is_off),
            ("option", _) => {
                if let Some(name) = &list {
                    let is_chosen = element.attribute("selected").is_some();
                    match fields.iter_mut().find(|(known, _)| known == name) {
                        Some(field) if is_chosen => field.1 = value,
                        Some(_) => {}
                        None => fields.push((name.clone(), value)),
                    }
                }
            }
            ("textarea", Some(name)) => {
                let text = element.text.strip_prefix('\n').unwrap_or(&element.text);
                fields.push((name, text.replace('\n', "\r\n")));
            }
            ("input", Some(name)) if !is_off => {
                let kind = element.attribute("type").unwrap_or_default();
                let is_sent =
                    !matches!(kind, "radio" | "checkbox") || element.attribute("checked").is_some();
                if is_sent {
                    fields.push((name, value));
                }
            }
            _ => {}
        }
    }
    fields
}

/// Somebody who is signed in.
struct Person<'s> {
    site: &'s Site,
    cookie: String,
}

impl<'s> Person<'s> {
    async fn new(site: &'s Site, name: &str, role: Role) -> Self {
        Self { site, cookie: site.sign_in_as(name, role).await }
    }

    async fn open(&self, page: &str) -> Answer {
        let answer = self.site.get_with(page, &[("cookie", &self.cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.text);
        let headings = elements(&answer.text).iter().filter(|e| e.name == "h1").count();
        assert_eq!(headings, 1, "one first heading on {page}");
        answer
    }

    /// Opens a page, fills its form in, and sends it.
    async fn send(&self, page: &str, action: &str, changes: &[(&str, &str)]) -> Answer {
        let mut fields = form(&self.open(page).await.text, action);
        for (name, value) in changes {
            match fields.iter_mut().find(|(known, _)| known == name) {
                Some(field) => (*value).clone_into(&mut field.1),
                // A box is ticked; any other field has to be there.
                None if *value == "on" => fields.push(((*name).into(), "on".into())),
                None => panic!("{page} has no field {name}: {fields:?}"),
            }
        }
        let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let path = format!("/api/fn/{action}");
        self.site.submit(page, &path, &fields, &self.cookie).await
    }

    /// The same, and it is done.
    async fn done(&self, page: &str, action: &str, changes: &[(&str, &str)]) -> String {
        let answer = self.send(page, action, changes).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{action}: {}", answer.text);
        let to = answer.location();
        assert!(!to.contains("__err"), "{action} leads to {}", self.back(&answer).await.text);
        to
    }

    /// The page that a refused form leads back to.
    async fn back(&self, answer: &Answer) -> Answer {
        let typed = answer.cookie("typed").unwrap_or_default();
        let cookies = format!("{}; {typed}", self.cookie);
        self.site.get_with(&answer.location(), &[("cookie", &cookies)]).await
    }

    /// A draft; its address in the studio.
    async fn start(&self, title: &str) -> String {
        let changes = [
            ("form[title]", title),
            ("form[category]", "design"),
            ("form[country]", "FR"),
            ("form[currency]", "EUR"),
        ];
        let to = self.done("/start", "studio/start", &changes).await;
        let (address, query) = to.split_once('?').expect("something to tell");
        assert_eq!(query, "started=1");
        address.to_owned()
    }

    /// Everything that a draft needs.
    async fn complete(&self, address: &str) {
        let section = |name: &str| format!("{address}/{name}");
        let subtitle = [("form[subtitle]", "A lamp that one can mend.")];
        self.done(&section("basics"), "studio/save-basics", &subtitle).await;
        let goal = [
            ("form[goal]", "1500"),
            ("form[stretch][g0.title]", "A second colour"),
            ("form[stretch][g0.target]", "3000"),
        ];
        self.done(&section("funding"), "studio/save-funding", &goal).await;
        self.done(&section("schedule"), "studio/save-schedule", &[("form[days]", "20")]).await;
        let story = [("form[story]", "## Why\n\nBecause **all** else is thrown away.")];
        self.done(&section("story"), "studio/save-story", &story).await;
        let identity = [
            ("form[name]", "Brass Hand Ltd"),
            ("form[country]", "FR"),
            ("form[address]", "1 Quay"),
            ("form[accepted]", "on"),
        ];
        self.done(&section("identity"), "studio/save-identity", &identity).await;
        for (title, price) in [("The lamp", "45"), ("A thank-you", "5")] {
            let page = section("rewards?reward=new");
            let reward =
                [("form[title]", title), ("form[price]", price), ("form[delivery]", "2030-06")];
            self.done(&page, "studio/save-reward", &reward).await;
        }
    }
}

/// The field that has this name.
fn field(html: &str, name: &str) -> Element {
    let found = elements(html).into_iter().find(|e| e.attribute("name") == Some(name));
    found.unwrap_or_else(|| panic!("a field {name}"))
}

/// What a field is described by, as text: its hint, its lock, its problem.
fn description(html: &str, name: &str) -> String {
    let of = field(html, name);
    let ids = of.attribute("aria-describedby").unwrap_or_default().to_owned();
    let mut all = elements(html).into_iter();
    let mut said = String::new();
    while let Some(element) = all.next() {
        let is_it = element.attribute("id").is_some_and(|id| ids.split(' ').any(|of| of == id));
        if is_it {
            said += &element.text;
            // Its sentence may stand behind an icon.
            let rest = all.clone().take_while(|e| matches!(&*e.name, "svg" | "path"));
            said.extend(rest.map(|e| e.text));
        }
    }
    said
}

#[tokio::test]
async fn a_campaign_is_made_and_launched_by_forms_alone() {
    for site in Site::both().await {
        let ada = Person::new(&site, "ada", Role::Member).await;
        let operator = Person::new(&site, "op", Role::Operator).await;
        let address = ada.start("A lamp to mend").await;
        assert_eq!(address, "/studio/a-lamp-to-mend");
        ada.complete(&address).await;
        for part in ["", "/basics", "/funding", "/schedule", "/story", "/rewards", "/preview"] {
            ada.open(&format!("{address}{part}")).await;
        }
        let order = |html: &str| {
            let at = |title| html.find(title).unwrap_or_else(|| panic!("{title} in the list"));
            at(">The lamp<") < at(">A thank-you<")
        };
        let page = format!("{address}/rewards");
        assert!(order(&ada.open(&page).await.text));
        assert_eq!(ada.done(&address, "studio/submit", &[]).await, format!("{address}?done=1"));

        let queue = operator.open("/admin/reviews").await.text;
        assert!(queue.contains(&format!("href=\"{address}\"")), "{queue}");
        let remark = [("form[remark]", "Say how long it lasts.")];
        operator.done(&address, "admin/return", &remark).await;
        assert!(ada.open(&address).await.text.contains("Say how long it lasts."));
        ada.done(&address, "studio/submit", &[]).await;
        assert_eq!(operator.done(&address, "admin/approve", &[]).await, "/admin/reviews?done=1");
        ada.done(&address, "studio/launch", &[]).await;

        let public = site.get("/campaigns/a-lamp-to-mend").await;
        assert_eq!(public.status, StatusCode::OK);
        for said in ["A lamp to mend", "<strong>all</strong>", "The lamp", "A second colour"] {
            assert!(public.text.contains(said), "{said}");
        }
        ada.open(&address).await;
        let list = ada.open("/studio").await.text;
        assert!(list.contains(&format!("href=\"{address}\"")), "{list}");
    }
}

#[tokio::test]
async fn rewards_move_double_and_go_by_buttons() {
    let site = Site::sqlite().await;
    let ada = Person::new(&site, "ada", Role::Member).await;
    let address = ada.start("Two rewards").await;
    ada.complete(&address).await;
    let page = format!("{address}/rewards");
    let titles = async || {
        let html = ada.open(&page).await.text;
        let is_one = |e: &Element| {
            e.name == "a" && e.attribute("href").is_some_and(|to| to.contains("?reward=0"))
        };
        elements(&html).into_iter().filter(is_one).map(|e| e.text).collect::<Vec<_>>()
    };
    assert_eq!(titles().await, ["The lamp", "A thank-you"]);
    // The first form that moves is that of the first reward, which goes up no further.
    ada.done(&page, "studio/move-reward", &[("up", "false")]).await;
    assert_eq!(titles().await, ["A thank-you", "The lamp"]);
    ada.done(&page, "studio/duplicate-reward", &[]).await;
    assert_eq!(titles().await.len(), 3);
    ada.done(&page, "studio/delete-reward", &[]).await;
    assert_eq!(titles().await.len(), 2);
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_the_rest_stays() {
    for site in Site::both().await {
        let ada = Person::new(&site, "ada", Role::Member).await;
        let address = ada.start("Refused").await;
        for (part, action, name, typed, kept) in [
            ("basics", "studio/save-basics", "form[title]", " ", ("form[location]", "Nantes")),
            (
                "basics",
                "studio/save-basics",
                "form[address]",
                "No address!",
                ("form[subtitle]", "S"),
            ),
            (
                "funding",
                "studio/save-funding",
                "form[goal]",
                "ten",
                ("form[stretch][g1.title]", "T"),
            ),
            ("schedule", "studio/save-schedule", "form[days]", "90", ("form[days]", "90")),
            (
                "rewards?reward=new",
                "studio/save-reward",
                "form[price]",
                "-1",
                ("form[items]", "2 × Card"),
            ),
            (
                "rewards?reward=new",
                "studio/save-reward",
                "form[delivery]",
                "soon",
                ("form[title]", "T"),
            ),
        ] {
            let page = format!("{address}/{part}");
            let refused = ada.send(&page, action, &[kept, (name, typed)]).await;
            let back = ada.back(&refused).await;
            assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", back.text);
            let at = field(&back.text, name);
            assert_eq!(at.attribute("aria-invalid"), Some("true"), "{name}");
            assert!(!description(&back.text, name).is_empty(), "{name} says why");
            for (name, typed) in [kept, (name, typed)] {
                let fields = form(&back.text, action);
                let found = fields.iter().find(|(known, _)| known == name);
                assert_eq!(found.map(|(_, value)| value.as_str()), Some(typed), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_locked_shows_why_and_is_sent_as_it_is() {
    let site = Site::sqlite().await;
    let ada = Person::new(&site, "ada", Role::Member).await;
    let operator = Person::new(&site, "op", Role::Operator).await;
    let address = ada.start("Locked").await;
    ada.complete(&address).await;
    ada.done(&address, "studio/submit", &[]).await;
    operator.done(&address, "admin/approve", &[]).await;
    ada.done(&address, "studio/launch", &[]).await;
    let page = format!("{address}/funding");
    let html = ada.open(&page).await.text;
    assert!(field(&html, "form[goal]").attribute("readonly").is_some());
    assert!(description(&html, "form[goal]").contains("fixed since the launch"), "{html}");
    assert!(field(&html, "form[currency]").attribute("disabled").is_some());
    // The page's own form changes nothing, whatever else is written into it.
    ada.done(
        &page,
        "studio/save-funding",
        &[("form[stretch][g1.title]", "More"), ("form[stretch][g1.target]", "5000")],
    )
    .await;
    let refused = ada.send(&page, "studio/save-funding", &[("form[goal]", "1")]).await;
    let back = ada.back(&refused).await.text;
    assert!(description(&back, "form[goal]").contains("fixed since the launch"), "{back}");
}

#[tokio::test]
async fn nothing_that_is_written_ends_its_field() {
    let site = Site::sqlite().await;
    let ada = Person::new(&site, "ada", Role::Member).await;
    let address = ada.start("Sharp").await;
    let page = format!("{address}/story");
    for story in [
        "</textarea><script>alert(1)</script>",
        "\n\nTwo empty lines first",
        "&lt;b&gt; &amp;amp; </TEXTAREA >",
        "<!--<textarea>--> ]]>",
    ] {
        ada.done(&page, "studio/save-story", &[("form[story]", story)]).await;
        let html = ada.open(&page).await.text;
        let shown = form(&html, "studio/save-story");
        let shown = shown.iter().find(|(name, _)| name == "form[story]").expect("the field");
        assert_eq!(shown.1.replace("\r\n", "\n"), story.trim(), "{story}");
        // What was typed may be data of the page's own scripts, which all have a nonce.
        let mut scripts = elements(&html).into_iter().filter(|e| e.name == "script");
        assert!(scripts.all(|e| e.attribute("nonce").is_some()), "{story}");
    }
}

#[tokio::test]
async fn a_studio_is_nobody_elses() {
    let site = Site::sqlite().await;
    let ada = Person::new(&site, "ada", Role::Member).await;
    let bob = Person::new(&site, "bob", Role::Member).await;
    let address = ada.start("Mine").await;
    for page in [address.clone(), format!("{address}/funding"), "/admin/reviews".into()] {
        let signed_out = site.get(&page).await;
        assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED, "{page}");
        assert!(signed_out.text.contains("/sign-in?next=%2F"), "the way back is kept");
        let other = site.get_with(&page, &[("cookie", &bob.cookie)]).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "{page}");
    }
    let nowhere = format!("{address}/nowhere");
    let nowhere = site.get_with(&nowhere, &[("cookie", &ada.cookie)]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    let start = site.get("/start").await;
    assert_eq!(start.status, StatusCode::OK, "what is asked may be read by anyone");
    assert!(start.text.contains("/sign-in?next=%2Fstart"), "{}", start.text);
}

#[tokio::test]
async fn a_reason_is_asked_twice_and_told_to_everybody() {
    let site = Site::sqlite().await;
    let ada = Person::new(&site, "ada", Role::Member).await;
    let operator = Person::new(&site, "op", Role::Operator).await;
    let address = ada.start("Called off").await;
    ada.complete(&address).await;
    ada.done(&address, "studio/submit", &[]).await;
    operator.done(&address, "admin/approve", &[]).await;
    ada.done(&address, "studio/launch", &[]).await;
    let public = address.replace("/studio/", "/campaigns/");

    let why = [("form[reason]", "Its pictures are somebody else’s.")];
    operator.done(&address, "admin/suspend", &why).await;
    assert!(site.get(&public).await.text.contains("Its pictures are somebody else’s."));
    operator.done(&address, "admin/resume", &[("form[reason]", "They were licensed.")]).await;
    assert!(!site.get(&public).await.text.contains("Its pictures are somebody else’s."));

    let why = [("form[reason]", "The workshop has burnt down.")];
    let refused = ada.send(&address, "studio/cancel", &why).await;
    let back = ada.back(&refused).await;
    assert_eq!(field(&back.text, "form[sure]").attribute("aria-invalid"), Some("true"));
    assert!(back.text.contains("The workshop has burnt down."), "what was typed stays");
    ada.done(&address, "studio/cancel", &[why[0], ("form[sure]", "on")]).await;
    assert!(site.get(&public).await.text.contains("The workshop has burnt down."));
}
