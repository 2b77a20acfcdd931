//! What search engines and other sites learn of a page.

use std::fmt::Write as _;

use domain::{
    campaign::CampaignPage, discovery::percent_encoded, embed::Look, media::Picture, slug::Slug,
    words::site as w,
};
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

use crate::{http::absolute, layout::page_query, locale::locale};

/// Title, description, canonical address and Open Graph of a public page.
#[component]
pub fn Head(
    /// The page's own title, without the site's name.
    #[prop(into)]
    title: String,
    /// One sentence.
    #[prop(into)]
    description: String,
    /// The page's one address, without what only tracks.
    address: String,
    /// Path of a picture, and what is on it.
    #[prop(optional)]
    image: Option<(String, String)>,
) -> impl IntoView {
    let locale = locale();
    view! {
        <Title text=w::page_title(locale, &title) />
        <Meta name="description" content=description.clone() />
        <Link rel="canonical" href=address.clone() />
        <Meta property="og:site_name" content=w::name(locale) />
        <Meta property="og:type" content="website" />
        <Meta property="og:locale" content=locale.og() />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=description />
        <Meta property="og:url" content=address />
        {image
            .map(|(image, alt)| {
                let (image, is_drawn) = shared(image);
                view! {
                    <Meta property="og:image" content=absolute(&image) />
                    {is_drawn
                        .then(|| {
                            view! {
                                <Meta property="og:image:width" content="1200" />
                                <Meta property="og:image:height" content="630" />
                            }
                        })}
                    <Meta property="og:image:alt" content=alt />
                    <Meta name="twitter:card" content="summary_large_image" />
                }
            })}
    }
}

/// The picture as other sites can show it, and whether we draw it: those sites
/// take no SVG, and the same drawing is there as a PNG.
fn shared(image: String) -> (String, bool) {
    match image.strip_suffix(".svg").filter(|path| path.starts_with("/media/art/")) {
        Some(path) => (format!("{path}.png"), true),
        None => (image, false),
    }
}

/// A picture for [`Head`]; the title stands in where nobody described it.
pub(super) fn picture(page: &CampaignPage) -> (String, String) {
    let alt = if page.image_alt.is_empty() { &page.title } else { &page.image_alt };
    let image = page.picture.as_ref().map_or_else(|| page.image.clone(), Picture::shared);
    (image, alt.clone())
}

/// Tells other sites what to show in place of a link to one of a campaign's pages (oEmbed).
pub(super) fn embeddable(slug: &Slug) -> impl IntoView + use<> {
    // Who asks reads the document; a browser that goes on has no use for it.
    let href = if cfg!(feature = "ssr") { answer(slug) } else { String::new() };
    let xml = format!("{href}&format=xml");
    view! {
        <Link rel="alternate" type_="application/json+oembed" href=href />
        <Link rel="alternate" type_="text/xml+oembed" href=xml />
    }
}

/// Where such a site finds the answer, with the reward and the name of the card that the
/// page's address was pasted for.
fn answer(slug: &Slug) -> String {
    let query = page_query().with_untracked(|query| Look {
        reward: query.get("reward").and_then(|reward| reward.parse().ok()),
        embed: query.get("embed").and_then(|embed| embed.parse().ok()),
        ..Look::default()
    });
    let query = query.query();
    let query = if query.is_empty() { query } else { format!("?{query}") };
    let address = absolute(&format!("/campaigns/{slug}{query}"));
    absolute(&format!("/oembed?url={}", percent_encoded(&address)))
}

/// The campaign as schema.org describes it (JSON-LD). It is data, not a script
/// that runs, and stands in the body.
#[component]
pub fn LinkedData(
    /// The campaign.
    page: StoredValue<CampaignPage>,
) -> impl IntoView {
    // Who reads it reads the document; a browser that goes on has no use for it.
    let json = if cfg!(feature = "ssr") { page.with_value(linked_data) } else { String::new() };
    view! { <script type="application/ld+json" inner_html=json></script> }
}

fn linked_data(page: &CampaignPage) -> String {
    let address = absolute(&format!("/campaigns/{}", page.slug));
    let mut json = String::from("{\"@context\":\"https://schema.org\",\"@type\":\"WebPage\"");
    let mut pair = |name: &str, value: &str| {
        let _ = write!(json, ",\"{name}\":{}", quoted(value));
    };
    pair("name", &page.title);
    pair("description", &page.subtitle);
    pair("url", &address);
    pair("inLanguage", page.language.tag());
    pair("primaryImageOfPage", &absolute(&picture(page).0));
    pair("expires", &page.deadline.rfc3339());
    if let Some(launched_at) = page.launched_at {
        pair("datePublished", &launched_at.rfc3339());
    }
    let _ = write!(
        json,
        ",\"mainEntity\":{{\"@type\":\"Project\",\"name\":{},\"description\":{},\"founder\":{{\"@type\":\"Person\",\"name\":{}}},\"funding\":{{\"@type\":\"Grant\",\"name\":{},\"amount\":{{\"@type\":\"MonetaryAmount\",\"currency\":{},\"value\":{}}}}}}}}}",
        quoted(&page.title),
        quoted(&page.subtitle),
        quoted(&page.creator),
        quoted(&page.title),
        quoted(page.funding.currency.code()),
        quoted(&page.funding.pledged().decimal()),
    );
    json
}

/// A JSON string that cannot end the script element it stands in.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_title_ends_the_script_element() {
        let hostile = "</script><script>alert(\"1\")</script>\n\\";
        let json = quoted(hostile);
        assert!(!json.contains('<') && !json.contains('\n'), "{json}");
        assert_eq!(
            json,
            "\"\\u003c/script\\u003e\\u003cscript\\u003ealert(\\\"1\\\")\\u003c/script\\u003e\\u000a\\\\\""
        );
    }
}
