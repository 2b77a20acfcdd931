//! Stories: as Markdown by the form, Markdown in, harmless HTML out; and as documents
//! that several people write at once, in rooms.

mod changes;
mod form;
mod listen;
mod page;
mod plan;
mod rights;
mod room;
mod rooms;
pub(crate) mod sql;
mod store;
mod told;

use std::sync::LazyLock;

use ammonia::Builder;
use domain::id::CampaignId;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

pub(crate) use form::{Sheet, Shown, Words, draw_anew, launch, tell};
pub use {
    changes::{Wanted, changes},
    listen::listen,
    page::{editor, moment, publish, publish_seen, restore, version, versions},
    plan::{abort, approve, ask, change_set, publish_due, schedule, send_back},
    rooms::{Entry, Member, Rooms, enter},
};

use crate::{context::Backend, db::Conn, error::Result};

/// What a notification ends with that is about rights.
const RIGHTS: &str = "rights";

/// Tells the other processes, when the transaction commits, that somebody's rights were
/// changed; the room of this one is told by [`Rooms`].
///
/// # Errors
/// When the database fails.
pub(crate) async fn tell_of_rights(
    conn: &mut Conn<'_>,
    backend: &Backend,
    campaign: CampaignId,
) -> Result<()> {
    let Conn::Postgres(connection) = conn else { return Ok(()) };
    let payload = format!("{} {campaign} {RIGHTS}", backend.rooms.node());
    sql::notify(connection, store::CHANNEL, &payload).await
}

/// What a story may consist of. Links keep their address when it is one of the
/// web or of mail; everything that could run or load is gone.
static ALLOWED: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .tags(
            [
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
            ]
            .into(),
        )
        .tag_attributes([("a", ["href"].into())].into())
        .generic_attributes([].into())
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("nofollow noopener ugc"));
    builder
});

/// The HTML of a story. Raw HTML in the Markdown is shown as text, headings
/// start below the page's own, and pictures by link are left out: they would
/// tell their host who reads.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut in_image = 0_u32;
    let events = Parser::new_ext(markdown, options).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Image { .. }) => {
            in_image += 1;
            None
        }
        Event::End(TagEnd::Image) => {
            in_image = in_image.saturating_sub(1);
            None
        }
        _ if in_image > 0 => None,
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Some(Event::Start(Tag::Heading { level: lowered(level), id, classes, attrs }))
        }
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(lowered(level)))),
        other => Some(other),
    });
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut out, events);
    ALLOWED.clean(&out).to_string()
}

fn lowered(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    use pulldown_cmark::HeadingLevel::{H1, H2, H3, H4};
    match level {
        H1 | H2 => H2,
        H3 => H3,
        _ => H4,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::to_html;

    #[test]
    fn markdown_becomes_a_story() {
        let html = to_html(
            "# Why\n\nA **brass** hand.\n\n> Trusted.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        );
        for part in ["<h2>Why</h2>", "<strong>brass</strong>", "<blockquote>", "<td>1</td>"] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn nothing_that_runs_or_loads_survives() {
        for payload in XSS {
            let html = to_html(payload).to_lowercase();
            // Angle brackets that are left belong to allowed tags alone.
            for tag in html.split('<').skip(1) {
                let name: String = tag
                    .trim_start_matches('/')
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect();
                assert!(
                    [
                        "a",
                        "p",
                        "br",
                        "em",
                        "strong",
                        "code",
                        "pre",
                        "blockquote",
                        "h2",
                        "h3",
                        "h4",
                        "ul",
                        "ol",
                        "li",
                        "table",
                        "thead",
                        "tbody",
                        "tr",
                        "th",
                        "td",
                        "hr",
                        "del"
                    ]
                    .contains(&name.as_str()),
                    "<{name}> from {payload}"
                );
                let inside = tag.split('>').next().unwrap_or_default();
                assert!(
                    !inside.contains(" on") && !inside.contains("style="),
                    "{inside} from {payload}"
                );
                assert!(
                    !inside.contains("javascript:") && !inside.contains("data:"),
                    "{inside} from {payload}"
                );
            }
        }
    }

    const XSS: &[&str] = &[
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "![x](https://evil.example/pixel.gif)",
        "<a href=\"java&#115;cript:alert(1)\">x</a>",
        "<svg/onload=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
        "<p style=\"background:url(javascript:alert(1))\">x",
        "`<script>`\n\n    <script>alert(1)</script>",
        "<<script>script>alert(1)<</script>/script>",
        "\"><img src=x onerror=alert(1)>",
        "[x]: javascript:alert(1)\n[x]",
        "<https://a.example/\"onmouseover=\"alert(1)>",
        "<style>@import 'https://evil.example';</style>",
        "<form action=https://evil.example><input name=password>",
        "# <u onclick=alert(1)>x</u>",
    ];

    proptest! {
        #[test]
        fn no_text_breaks_out(text in "\\PC{0,300}") {
            let html = to_html(&text);
            prop_assert!(!html.contains("<script"));
            prop_assert!(!html.contains("<img"));
        }
    }
}
