//! A campaign from its first form to its launch, in a browser without wasm.

use backend::campaign::{self, NewCampaign};
use domain::{
    Locale, Problem,
    account::Role,
    campaign::CampaignState,
    studio::{LONGEST_STORY, StudioPage},
    time::DAY,
};
use http::StatusCode;

use super::{
    html::elements,
    site::{Answer, Site, encoded},
    stage::DEADLINE,
};

/// Somebody signed in, who writes a campaign.
struct Author<'a> {
    site: &'a Site,
    cookie: String,
}

impl<'a> Author<'a> {
    async fn of(site: &'a Site, name: &str, role: Role) -> Self {
        Self { site, cookie: site.sign_in_as(name, role).await }
    }

    /// Posts a form from a page, to `studio/…` or `admin/…`.
    async fn post(&self, page: &str, function: &str, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/api/fn/{function}");
        self.site.submit(page, &path, fields, &self.cookie).await
    }

    /// The same, where it has to lead on.
    async fn done(&self, page: &str, function: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.post(page, function, fields).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{function}: {}", answer.text);
        let to = answer.location();
        assert!(!to.contains("__err="), "{function} led back: {to}");
        to
    }

    async fn studio(&self, slug: &str) -> StudioPage {
        let path = format!("/api/fn/studio/page?{}", encoded(&[("slug", slug)]));
        self.site.get_with(&path, &[("cookie", &self.cookie)]).await.value()
    }
}

const IDEA: [(&str, &str); 5] = [
    ("form[title]", "L’horloge des marées"),
    ("form[category]", "design"),
    ("form[country]", "FR"),
    ("form[currency]", "EUR"),
    ("form[rule]", "all_or_nothing"),
];

#[tokio::test]
async fn plain_forms_lead_from_an_idea_to_a_launched_campaign() {
    for site in Site::both().await {
        let author = Author::of(&site, "ada", Role::Member).await;
        let operator = Author::of(&site, "olga", Role::Operator).await;
        let to = author.done("/start", "studio/start", &IDEA).await;
        assert_eq!(to, "/studio/l-horloge-des-marees?started=1");
        let slug = "l-horloge-des-marees";
        let seen = author.studio(slug).await;
        let basics = [
            ("form[slug]", slug),
            ("form[version]", &seen.basics.version),
            ("form[title]", "L’horloge des marées"),
            ("form[subtitle]", "Elle montre la mer."),
            ("form[category]", "design"),
            ("form[country]", "FR"),
            ("form[language]", "fr"),
            ("form[address]", "horloge"),
        ];
        let to = author.done("/studio/x/basics", "studio/save-basics", &basics).await;
        assert_eq!(to, "/studio/horloge/basics?saved=1", "it leads to the new address");
        let slug = "horloge";
        let funding = [
            ("form[slug]", slug),
            ("form[version]", &seen.funding.version),
            ("form[rule]", "all_or_nothing"),
            ("form[currency]", "EUR"),
            ("form[goal]", "5 000"),
            ("form[overtime]", "on"),
            ("form[stretch][g0.title]", "En laiton"),
            ("form[stretch][g0.measure]", "backers"),
            ("form[stretch][g0.target]", "300"),
            ("form[stretch][g1.measure]", "amount"),
        ];
        author.done("/studio/horloge/funding", "studio/save-funding", &funding).await;
        let schedule = [
            ("form[slug]", slug),
            ("form[version]", &seen.schedule.version),
            ("form[zone]", "Europe/Paris"),
            ("form[ends]", "days"),
            ("form[days]", "45"),
            ("form[launch]", "hand"),
        ];
        author.done("/studio/horloge/schedule", "studio/save-schedule", &schedule).await;
        let story = [
            ("form[slug]", slug),
            ("form[version]", seen.story.version.as_str()),
            ("form[story]", "# Bonjour\r\n\r\nIl était une fois."),
        ];
        author.done("/studio/horloge/story", "studio/save-story", &story).await;
        for (title, kind) in [("Une horloge", "reward"), ("Une carte", "add_on")] {
            let reward = [
                ("form[slug]", slug),
                ("form[kind]", kind),
                ("form[title]", title),
                ("form[price]", "12,50"),
                ("form[items]", "2 × Carte\r\nEnveloppe"),
                ("form[delivery]", "2027-06"),
                ("form[shipping]", "countries"),
                ("form[shipping_costs]", "FR 4,50\r\nBE 6"),
            ];
            author.done("/studio/horloge/rewards", "studio/save-reward", &reward).await;
        }
        let stated = author.studio(slug).await.identity.expect("one's own").form;
        let identity = [
            ("form[slug]", slug),
            ("form[version]", stated.version.as_str()),
            ("form[kind]", "organisation"),
            ("form[name]", "Main de laiton SARL"),
            ("form[country]", "FR"),
            ("form[address]", "1 quai"),
            ("form[accepted]", "on"),
        ];
        author.done("/studio/horloge/identity", "studio/save-identity", &identity).await;
        let seen = author.studio(slug).await;
        assert!(seen.checklist.iter().all(|item| item.is_done), "{:?}", seen.checklist);
        assert_eq!(seen.rewards.len(), 2);
        author.done("/studio/horloge", "studio/submit", &[("slug", slug)]).await;
        let yes = [("form[slug]", slug), ("form[remark]", "Bien.")];
        let to = operator.done("/admin/reviews", "admin/approve", &yes).await;
        assert_eq!(to, "/admin/reviews?done=1");
        author.done("/studio/horloge", "studio/launch", &[("slug", slug)]).await;
        assert_eq!(author.studio(slug).await.state, CampaignState::Live);
        let page = site.get("/campaigns/horloge").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("Il était une fois.") && page.text.contains("Une horloge"));
    }
}

#[tokio::test]
async fn the_end_moves_with_the_launch_by_some_days_and_no_further() {
    let site = Site::sqlite().await;
    let reviewed = |new: &mut NewCampaign| {
        (new.state, new.launched_at) = (CampaignState::InReview, None);
    };
    let slug = site.stage.campaign(reviewed).await;
    let (slug, page) = (slug.as_str(), format!("/studio/{slug}"));
    let author = Author::of(&site, "creator", Role::Member).await;
    let operator = Author::of(&site, "olga", Role::Operator).await;
    let yes = [("form[slug]", slug), ("form[remark]", "")];
    operator.done("/admin/reviews", "admin/approve", &yes).await;
    let nudge = |html: &str| {
        elements(html).into_iter().find(|e| e.attribute("name") == Some("nudge")).expect("a field")
    };
    let shown = site.get_with(&page, &[("cookie", &author.cookie)]).await.text;
    assert_eq!(nudge(&shown).attribute("aria-invalid"), None);

    let refused = author.post(&page, "studio/launch", &[("slug", slug), ("nudge", "6")]).await;
    assert!(refused.location().contains("__err="), "{}", refused.location());
    let typed = refused.cookie("typed").expect("with what was typed");
    for locale in [Locale::En, Locale::Fr] {
        let cookies = format!("{}; {typed}; locale={}", author.cookie, locale.tag());
        let back = site.get_with(&refused.location(), &[("cookie", &cookies)]).await.text;
        let field = nudge(&back);
        assert_eq!(field.attribute("aria-invalid"), Some("true"), "{back}");
        assert_eq!(field.attribute("value"), Some("6"));
        assert!(back.contains(&Problem::NudgeTooFar { most: 5 }.say(locale)), "{back}");
    }
    author.done(&page, "studio/launch", &[("slug", slug), ("nudge", "-2")]).await;
    let launched = campaign::page(&site.stage.backend, None, slug, "").await.expect("public");
    assert_eq!(launched.deadline, DEADLINE.plus(-2 * DAY));
}

#[tokio::test]
async fn a_refused_form_leads_back_to_its_page() {
    let site = Site::sqlite().await;
    let author = Author::of(&site, "ada", Role::Member).await;
    let mut idea = IDEA;
    idea[0].1 = "";
    let answer = author.post("/start", "studio/start", &idea).await;
    assert!(answer.location().starts_with("/start?"), "{}", answer.location());
    assert!(answer.location().contains("__err="));
    assert!(answer.cookie("typed").is_some(), "with what was typed");
}

#[tokio::test]
async fn a_story_may_be_as_long_as_it_may_be_in_any_script() {
    let site = Site::sqlite().await;
    let author = Author::of(&site, "ada", Role::Member).await;
    author.done("/start", "studio/start", &IDEA).await;
    let slug = "l-horloge-des-marees";
    let longest = "海".repeat(LONGEST_STORY as usize / 3);
    let version = author.studio(slug).await.story.version;
    let form = |story: &str| {
        vec![
            ("form[slug]".to_owned(), slug.to_owned()),
            ("form[version]".to_owned(), version.clone()),
            ("form[story]".to_owned(), story.to_owned()),
        ]
    };
    let fields = form(&longest);
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    author.done("/studio/x/story", "studio/save-story", &fields).await;
    assert_eq!(author.studio(slug).await.story.story, longest);

    // One letter more, after the first has made the version stale.
    let fields = form(&format!("{longest}海"));
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let answer = author.post("/studio/x/story", "studio/save-story", &fields).await;
    assert!(answer.location().contains("__err="), "{}", answer.location());
    let seen = author.studio(slug).await;
    assert_eq!(seen.unsaved_story.map(|story| story.len()), Some(longest.len() + 3));
}
