//! `/embed/{slug}.svg`: title and progress as a picture for README files, mails
//! and forums.

use backend::embed::Snapshot;
use domain::{
    Locale,
    embed::{Look, Theme},
    markup::escaped,
    money::percent,
    words::{campaign as w, embed as e, site},
};

/// Longest title that is drawn, in characters; the whole of it is in the text for
/// who cannot see the picture.
const LONGEST_TITLE: usize = 34;
/// The colour of the bar where nobody chose one.
const OWN: &str = "2b6f63";
/// Height of the picture; its width follows from what it says.
const HEIGHT: usize = 28;

/// The badge of a campaign, at most 1.2 KB.
pub fn draw(snapshot: &Snapshot, look: &Look) -> String {
    let page = &snapshot.page;
    let locale = look.locale.unwrap_or(page.language);
    let funding = page.funding;
    let reached = percent(funding.percent(), locale);
    let backers = w::backers_count(locale, funding.backers);
    let goal = funding.goal().display(locale);
    if snapshot.rule.is_off {
        return picture(look.theme, OWN, e::off_short(locale), "–", 0, e::off(locale));
    }
    let words = e::badge(locale, &page.title, &reached, &goal, &backers);
    let accent = look.accent.map_or_else(|| OWN.to_owned(), |accent| accent.hex());
    picture(look.theme, &accent, &shortened(&page.title), &reached, funding.percent(), &words)
}

/// The badge that stands where there is no campaign.
pub fn absent(locale: Locale) -> String {
    picture(Theme::Auto, OWN, site::name(locale), "–", 0, e::not_found(locale))
}

fn picture(
    theme: Theme,
    accent: &str,
    title: &str,
    reached: &str,
    share: i64,
    words: &str,
) -> String {
    let (left, right) = (width(title) + 20, width(reached) + 20);
    let whole = left + right;
    let filled = usize::try_from(share.clamp(0, 100)).unwrap_or_default() * whole / 100;
    let dark = "text{fill:#eceae4}.a{fill:#232a2b}.b{fill:#3b4445}";
    let style = match theme {
        Theme::Light => String::new(),
        Theme::Dark => format!("<style>{dark}</style>"),
        Theme::Auto => format!("<style>@media(prefers-color-scheme:dark){{{dark}}}</style>"),
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole}\" height=\"{HEIGHT}\" role=\"img\" aria-label=\"{words}\">\
         <title>{words}</title>{style}<clipPath id=\"c\"><rect width=\"{whole}\" height=\"{HEIGHT}\" rx=\"5\"/></clipPath>\
         <g clip-path=\"url(#c)\" font-family=\"system-ui,Verdana,sans-serif\" font-size=\"13\" text-anchor=\"middle\">\
         <rect class=\"a\" width=\"{whole}\" height=\"{HEIGHT}\" fill=\"#f1efe9\"/>\
         <rect class=\"b\" y=\"24\" width=\"{whole}\" height=\"4\" fill=\"#d9d5ca\"/>\
         <rect y=\"24\" width=\"{filled}\" height=\"4\" fill=\"#{accent}\"/>\
         <g fill=\"#23302f\"><text x=\"{title_at}\" y=\"17\">{title}</text>\
         <text x=\"{reached_at}\" y=\"17\" font-weight=\"700\">{reached}</text></g></g></svg>",
        words = escaped(words),
        title = escaped(title),
        title_at = left / 2 + 3,
        reached_at = left + right / 2 - 3,
    )
}

/// About as many pixels as a text takes. Fonts differ; twenty pixels are to spare.
fn width(text: &str) -> usize {
    let tenths: usize = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | '\'' | '’' | ':' | ' ' | 'I' => 42,
            'm' | 'w' | 'M' | 'W' | '%' => 112,
            c if c.is_uppercase() => 88,
            c if c.is_ascii() => 74,
            // What is wide in most scripts.
            c if u32::from(c) >= 0x1100 => 130,
            _ => 78,
        })
        .sum();
    tenths.div_ceil(10)
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= LONGEST_TITLE {
        return title.to_owned();
    }
    let head: String = title.chars().take(LONGEST_TITLE - 1).collect();
    format!("{}…", head.trim_end())
}
