//! What a blogger pastes. Each is complete as it is; titles are escaped for where
//! they stand, since they are what people type.

use super::Look;
use crate::{
    campaign::CampaignState, currency::Currency, locale::Locale, markup::escaped, slug::Slug,
};

/// Height of a badge, in CSS pixels.
pub const BADGE_HEIGHT: usize = 28;
/// What a page has in its head where there is an `amp-iframe` in its body; AMP takes its
/// parts from no other address.
pub const AMP_SCRIPT: &str = "<script async custom-element=\"amp-iframe\" src=\"https://cdn.ampproject.org/v0/amp-iframe-0.1.js\"></script>";
/// How a page gives the custom element its own colours and shapes.
pub const STYLE_SHEET: &str = "pedestal-widget { --accent: #7a1f5c; --on-accent: #fff; }\npedestal-widget::part(button) { border-radius: 2rem; }";

/// Everything that the page for bloggers shows.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EmbedPage {
    pub slug: Slug,
    pub title: String,
    pub creator: String,
    pub language: Locale,
    pub state: CampaignState,
    pub currency: Currency,
    /// The public address of the site, without a slash at its end.
    pub base_url: String,
    /// Path of exactly this version of the custom element.
    pub script: String,
    /// Its hash, as the attribute `integrity` has it.
    pub integrity: String,
    /// Written for the demonstration.
    pub is_demo: bool,
}

impl EmbedPage {
    /// The campaign's address, which is all that WordPress and other consumers of
    /// oEmbed need.
    #[must_use]
    pub fn link(&self) -> String {
        format!("{}/campaigns/{}", self.base_url, self.slug)
    }

    /// The same for a card that is counted.
    #[must_use]
    pub fn link_of(&self, look: &Look) -> String {
        with_query(self.link(), &Look { embed: look.embed, ..Look::default() })
    }

    /// The address of the frame.
    #[must_use]
    pub fn frame_address(&self, look: &Look) -> String {
        with_query(format!("{}/embed/{}", self.base_url, self.slug), look)
    }

    /// A frame, for any page that takes HTML.
    #[must_use]
    pub fn frame(&self, look: &Look) -> String {
        let (width, height) = look.layout.frame();
        format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" style=\"border:0;max-width:100%\" loading=\"lazy\"></iframe>",
            escaped(&self.frame_address(look)),
            escaped(&self.title),
        )
    }

    /// The custom element with its script, in a version that never changes, and a link for
    /// where neither is to be had.
    #[must_use]
    pub fn element(&self, look: &Look) -> String {
        let mut attributes = format!(" campaign=\"{}\"", self.slug);
        let plain = Look::default();
        let mut attribute = |name: &str, value: &str| {
            attributes.push_str(&format!(" {name}=\"{value}\""));
        };
        if look.layout != plain.layout {
            attribute("layout", look.layout.key());
        }
        if look.theme != plain.theme {
            attribute("theme", look.theme.key());
        }
        if look.size != plain.size {
            attribute("size", look.size.key());
        }
        if let Some(accent) = look.accent {
            attribute("accent", &format!("#{}", accent.hex()));
        }
        if let Some(locale) = look.locale {
            attribute("lang", locale.tag());
        }
        if let Some(embed) = look.embed {
            attribute("embed", embed.as_str());
        }
        format!(
            "<script src=\"{}{}\" integrity=\"{}\" crossorigin=\"anonymous\" async></script>\n<pedestal-widget{attributes}><a href=\"{}\">{}</a></pedestal-widget>",
            self.base_url,
            self.script,
            self.integrity,
            self.link(),
            escaped(&self.title),
        )
    }

    /// A picture in HTML, for mails and forums, which show dots only. It has more of them
    /// than pixels, so its height is said.
    #[must_use]
    pub fn badge_html(&self, look: &Look) -> String {
        format!(
            "<a href=\"{}\"><img src=\"{}\" height=\"{BADGE_HEIGHT}\" alt=\"{}\"></a>",
            self.link(),
            escaped(&self.badge_address(look, "png")),
            escaped(&self.title),
        )
    }

    /// A picture in Markdown, for README files.
    #[must_use]
    pub fn badge_markdown(&self, look: &Look) -> String {
        let title: String = self
            .title
            .chars()
            .flat_map(|c| {
                matches!(c, '[' | ']' | '\\' | '`').then_some('\\').into_iter().chain([c])
            })
            .collect();
        format!("[![{title}]({})]({})", self.badge_address(look, "svg"), self.link())
    }

    /// The address of the badge of this kind (`svg` or `png`).
    #[must_use]
    pub fn badge_address(&self, look: &Look, kind: &str) -> String {
        let look =
            Look { theme: look.theme, accent: look.accent, locale: look.locale, ..Look::default() };
        with_query(format!("{}/embed/{}.{kind}", self.base_url, self.slug), &look)
    }

    /// For pages that have to be valid AMP, which take frames of a secure address only.
    /// Its height is fixed, since a card of twice the width is not twice as high; and
    /// what it opens leaves the sandbox, since a checkout needs what is taken from it.
    #[must_use]
    pub fn amp(&self, look: &Look) -> String {
        let (_, height) = look.layout.frame();
        format!(
            "<amp-iframe src=\"{}\" title=\"{}\" height=\"{height}\" layout=\"fixed-height\" sandbox=\"allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox\" frameborder=\"0\"><p placeholder>{}</p></amp-iframe>",
            escaped(&self.frame_address(look)),
            escaped(&self.title),
            escaped(&self.title),
        )
    }
}

fn with_query(address: String, look: &Look) -> String {
    match look.query() {
        query if query.is_empty() => address,
        query => format!("{address}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::EmbedPage;
    use crate::{
        campaign::CampaignState,
        currency::Currency,
        embed::{Layout, Look, Theme},
        locale::Locale,
        slug::Slug,
    };

    fn page(title: &str) -> EmbedPage {
        EmbedPage {
            slug: Slug::parse("tide").expect("a slug"),
            title: title.to_owned(),
            creator: "Ada".to_owned(),
            language: Locale::En,
            state: CampaignState::Live,
            currency: Currency::Eur,
            base_url: "https://give.example.org".to_owned(),
            script: "/embed/script/abc.js".to_owned(),
            integrity: "sha384-x".to_owned(),
            is_demo: false,
        }
    }

    #[test]
    fn a_title_stays_text_in_what_is_pasted() {
        let hostile = page("\"><script>alert(1)</script>](x) & `code`");
        let look = Look { layout: Layout::Compact, theme: Theme::Dark, ..Look::default() };
        for snippet in [
            hostile.frame(&look),
            hostile.element(&look),
            hostile.badge_html(&look),
            hostile.amp(&look),
        ] {
            assert!(!snippet.contains("<script>") && !snippet.contains("\"><s"), "{snippet}");
        }
        assert!(
            hostile
                .badge_markdown(&look)
                .starts_with("[![\"><script>alert(1)</script>\\](x) & \\`code\\`](")
        );
    }

    #[test]
    fn a_snippet_asks_for_the_look_that_was_chosen() {
        let look = Look { layout: Layout::Bar, theme: Theme::Dark, ..Look::default() };
        let page = page("The tide clock");
        assert!(
            page.frame(&look)
                .contains("src=\"https://give.example.org/embed/tide?layout=bar&amp;theme=dark\"")
        );
        assert!(page.element(&look).ends_with(
            "campaign=\"tide\" layout=\"bar\" theme=\"dark\"><a href=\"https://give.example.org/campaigns/tide\">The tide clock</a></pedestal-widget>"
        ));
        assert_eq!(
            page.badge_markdown(&look),
            "[![The tide clock](https://give.example.org/embed/tide.svg?theme=dark)](https://give.example.org/campaigns/tide)"
        );
    }

    #[test]
    fn a_frame_for_amp_keeps_its_height_and_opens_the_checkout_outside() {
        let amp = page("The tide clock").amp(&Look::default());
        assert!(amp.contains(" height=\"660\" layout=\"fixed-height\" "), "{amp}");
        assert!(!amp.contains(" width=") && !amp.contains("allow-same-origin"), "{amp}");
        assert!(amp.contains("allow-popups-to-escape-sandbox\""), "{amp}");
        assert!(amp.contains("<p placeholder>The tide clock</p></amp-iframe>"), "{amp}");
    }
}
