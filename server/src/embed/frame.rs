//! `/embed/{slug}`: a campaign as a page of its own, small enough to stand in
//! another one. No wasm, no cookie, no storage; it is whole without its script.

use std::{fmt::Write as _, sync::LazyLock};

use backend::embed::Snapshot;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    Locale, Timestamp,
    embed::{
        Hosts, Layout, Look,
        figures::{self, id},
    },
    markup::escaped,
    money::{count, percent},
    reward::{RewardKind, RewardView, offer::Availability},
    words::{campaign as w, embed as e, site},
};
use sha2::{Digest as _, Sha256};

/// Follows the figures, tells its height, and opens links where a sandbox does not. Its
/// comments and line ends are for who reads it here.
pub static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    include_str!("frame.js").lines().filter(|line| !line.starts_with("//")).collect()
});
pub const STYLE: &str = include_str!("frame.css");

/// A document and the policy that allows exactly what stands in it.
pub struct Document {
    pub html: String,
    pub policy: String,
}

/// The card of a campaign, as its address wants it.
pub fn card(snapshot: &Snapshot, look: &Look, base_url: &str, now: Timestamp) -> Document {
    let page = &snapshot.page;
    let locale = look.locale.unwrap_or(page.language);
    let face = Face { snapshot, look, locale, base_url, now };
    let title = e::frame_title(locale, &page.title);
    let slug = &page.slug;
    let address = format!("{base_url}/campaigns/{slug}");
    if snapshot.rule.is_off {
        let body = format!("<main>{}</main>", figures::off(&address, locale));
        let content = Content { title: &title, address: &address, live: "", body: &body };
        return document(look, locale, base_url, &Hosts::default(), &content);
    }
    let body = match look.layout {
        Layout::Card => face.card(),
        Layout::Compact => face.compact(),
        Layout::Bar => face.bar_only(),
        Layout::Button => face.button_only(),
    };
    let base = escaped(base_url);
    let live = format!(
        " data-live=\"{base}/live?campaigns={slug}&amp;words={tag}\" \
         data-poll=\"{base}/embed/{slug}.figures?lang={tag}\"",
        tag = locale.tag(),
    );
    let content = Content { title: &title, address: &address, live: &live, body: &body };
    document(look, locale, base_url, &snapshot.rule.hosts, &content)
}

/// What stands where a campaign stood. It holds nothing of what was asked for.
pub fn gone(look: &Look, locale: Locale, base_url: &str) -> Document {
    let body = format!(
        "<main><p class=\"said\">{} <a href=\"{base_url}/discover\" target=\"_blank\" rel=\"noopener\"><u>{}</u></a></p></main>",
        e::not_found(locale),
        site::discover(locale),
    );
    let content = Content { title: site::name(locale), address: base_url, live: "", body: &body };
    document(look, locale, base_url, &Hosts::default(), &content)
}

struct Content<'a> {
    title: &'a str,
    address: &'a str,
    /// Attributes that the script follows; without them there is no script.
    live: &'a str,
    body: &'a str,
}

fn document(
    look: &Look,
    locale: Locale,
    base_url: &str,
    hosts: &Hosts,
    content: &Content<'_>,
) -> Document {
    let base_url = escaped(base_url);
    let mut style = STYLE.to_owned();
    if let Some(accent) = look.accent {
        let text = if accent.wants_dark_text() { "#000" } else { "#fff" };
        let _ = write!(style, ":root{{--accent:#{};--on-accent:{text}}}", accent.hex());
    }
    let _ = write!(
        style,
        "main{{font-size:{}px}}.{} label{{display:none}}",
        look.size.pixels(),
        id::OVER
    );
    let has_script = !content.live.is_empty();
    let script = if has_script { format!("<script>{}</script>", *SCRIPT) } else { String::new() };
    let html = format!(
        "<!DOCTYPE html><html lang=\"{lang}\" data-theme=\"{theme}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{title}</title>\
         <link rel=\"canonical\" href=\"{address}\"><style>{style}</style></head>\
         <body{live}>{body}{script}</body></html>",
        lang = locale.tag(),
        theme = look.theme.key(),
        title = escaped(content.title),
        address = escaped(content.address),
        live = content.live,
        body = content.body,
    );
    let script = if has_script { format!("'{}'", hash(&SCRIPT)) } else { "'none'".to_owned() };
    // Who may frame it is for its creator to say; what it may do is what it needs.
    let policy = format!(
        "default-src 'none'; img-src {base_url}; style-src '{style}'; script-src {script}; connect-src {base_url}; \
         form-action {base_url}; base-uri 'none'; frame-ancestors {ancestors}",
        style = hash(&style),
        ancestors = hosts.ancestors(),
    );
    Document { html, policy }
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

/// One campaign in one look.
struct Face<'a> {
    snapshot: &'a Snapshot,
    look: &'a Look,
    locale: Locale,
    base_url: &'a str,
    now: Timestamp,
}

impl Face<'_> {
    fn card(&self) -> String {
        let page = &self.snapshot.page;
        let picture = format!(
            "<a class=\"picture\" href=\"{href}\" target=\"_blank\" rel=\"noopener\" tabindex=\"-1\" aria-hidden=\"true\">\
             <img src=\"{base}{image}\" alt=\"\" width=\"640\" height=\"400\" loading=\"lazy\" decoding=\"async\"></a>",
            href = self.href(),
            base = self.base_url,
            image = escaped(&page.image),
        );
        let pledge = if self.is_open() { self.form() } else { self.button() };
        format!(
            "<main id=\"{card}\" class=\"card\">{picture}<div class=\"text\">{}{}{}{}{}{pledge}</div></main>",
            self.title(),
            self.by(),
            self.bar(),
            self.sum(),
            self.facts(),
            card = id::CARD,
        )
    }

    fn compact(&self) -> String {
        format!(
            "<main id=\"{}\"><div class=\"text\">{}{}{}{}</div></main>",
            id::CARD,
            self.title(),
            self.bar(),
            self.facts(),
            self.button(),
        )
    }

    fn bar_only(&self) -> String {
        format!(
            "<main id=\"{}\"><div class=\"line\">{}<b id=\"{}\">{}</b>{}</div></main>",
            id::CARD,
            self.title(),
            id::REACHED,
            self.percent(),
            self.bar(),
        )
    }

    fn button_only(&self) -> String {
        let words = self.act();
        let label = format!("{words}: {}", self.snapshot.page.title);
        format!(
            "<main id=\"{}\" class=\"bare\"><h1><a class=\"button\" href=\"{}\" target=\"_blank\" rel=\"noopener\" aria-label=\"{}\">{words}</a></h1></main>",
            id::CARD,
            self.href(),
            escaped(&label),
        )
    }

    fn is_open(&self) -> bool {
        self.snapshot.takes_pledges(self.now)
    }

    fn href(&self) -> String {
        escaped(&href(self.snapshot, self.look, self.base_url))
    }

    fn title(&self) -> String {
        let page = &self.snapshot.page;
        format!(
            "<h1 lang=\"{}\"><a href=\"{}\" target=\"_blank\" rel=\"noopener\">{}</a></h1>",
            page.language.tag(),
            self.href(),
            escaped(&page.title),
        )
    }

    fn by(&self) -> String {
        let page = &self.snapshot.page;
        let demo = if page.is_demo {
            format!(" · {}", site::demo_label(self.locale))
        } else {
            String::new()
        };
        format!(
            "<p class=\"by\">{} · {}{demo}</p>",
            escaped(&w::by(self.locale, &page.creator)),
            e::on_site(self.locale),
        )
    }

    fn percent(&self) -> String {
        percent(self.snapshot.page.funding.percent(), self.locale)
    }

    /// Its width is an attribute: a style in a document needs a policy of its own, and only
    /// what a script sets does not.
    fn bar(&self) -> String {
        let reached = self.snapshot.page.funding.percent();
        format!(
            "<div id=\"{bar}\" class=\"bar\" role=\"progressbar\" aria-label=\"{name}\" aria-valuemin=\"0\" \
             aria-valuemax=\"100\" aria-valuenow=\"{now}\"><svg id=\"f\" width=\"{now}%\" height=\"100%\"></svg></div>",
            bar = id::BAR,
            name = w::funding(self.locale),
            now = reached.clamp(0, 100),
        )
    }

    fn sum(&self) -> String {
        let funding = self.snapshot.page.funding;
        let goal = match funding.goal_units {
            Some(_) => w::pledged_so_far(self.locale).to_owned(),
            None => w::pledged_of(self.locale, &funding.goal().display(self.locale)),
        };
        format!(
            "<p class=\"sum\"><b id=\"{}\">{}</b> {goal}</p>",
            id::SUM,
            funding.pledged().display(self.locale)
        )
    }

    fn facts(&self) -> String {
        let page = &self.snapshot.page;
        let (name, rest) = self.snapshot.rest(self.now).fact(self.locale);
        let rest = format!(
            "<div><dt id=\"{}\">{name}</dt><dd id=\"{}\">{rest}</dd></div>",
            id::REST_NAME,
            id::REST,
        );
        let backers = count(page.funding.backers, self.locale);
        format!(
            "<dl>{}{}{rest}</dl>",
            fact(w::reached(self.locale), id::REACHED, &self.percent()),
            fact(w::backers(self.locale), id::BACKERS, &backers),
        )
    }

    fn act(&self) -> &'static str {
        self.snapshot.rest(self.now).act(self.locale)
    }

    fn button(&self) -> String {
        format!(
            "<a id=\"{}\" class=\"button\" href=\"{}\" target=\"_blank\" rel=\"noopener\">{}</a>",
            id::ACT,
            self.href(),
            self.act(),
        )
    }

    /// Leads to the checkout with its choices made.
    fn form(&self) -> String {
        let page = &self.snapshot.page;
        let is_late = page.life().is_late();
        let options: String = page
            .rewards
            .iter()
            .filter(|reward| reward.kind == RewardKind::Reward && !reward.is_secret)
            .filter_map(|reward| self.option(reward, is_late))
            .collect();
        let amount = e::amount(self.locale, &page.funding.currency.code());
        let embed = self
            .look
            .embed
            .map(|embed| format!("<input type=\"hidden\" name=\"embed\" value=\"{embed}\">"));
        let embed = embed.unwrap_or_default();
        format!(
            "<form id=\"{form}\" action=\"{base}/embed/{slug}/pledge\" target=\"_blank\" rel=\"noopener\">{embed}<label>{choose}<select name=\"reward\">\
             <option value=\"\">{none}</option>{options}</select></label>\
             <label class=\"amount\">{amount}<input name=\"bonus\" inputmode=\"decimal\" autocomplete=\"off\" maxlength=\"14\"></label>\
             <button id=\"{act}\" class=\"button\">{back}</button></form>",
            form = id::FORM,
            act = id::ACT,
            base = escaped(self.base_url),
            slug = page.slug,
            choose = e::choose(self.locale),
            none = e::no_reward(self.locale),
            back = self.act(),
        )
    }

    fn option(&self, reward: &RewardView, is_late: bool) -> Option<String> {
        if !matches!(reward.offer.at(self.now), Availability::Open | Availability::Left(_)) {
            return None;
        }
        let price = reward.price_now(is_late)?.display(self.locale);
        let chosen = if self.look.reward == Some(reward.id) { " selected" } else { "" };
        let words = escaped(&e::reward_line(self.locale, &price, &reward.title));
        Some(format!("<option id=\"{id}\" value=\"{id}\"{chosen}>{words}</option>", id = reward.id))
    }
}

/// Where a card leads: to its campaign, over an address that counts if it has a name.
pub fn href(snapshot: &Snapshot, look: &Look, base_url: &str) -> String {
    let slug = &snapshot.page.slug;
    match look.embed {
        Some(embed) => format!("{base_url}/embed/{slug}/open?embed={embed}"),
        None => format!("{base_url}/campaigns/{slug}"),
    }
}

fn fact(name: &str, id: &str, value: &str) -> String {
    format!("<div><dt>{name}</dt><dd id=\"{id}\">{value}</dd></div>")
}
