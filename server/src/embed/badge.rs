//! `/embed/{slug}.svg` and `.png`: title and progress as a picture for README files,
//! mails and forums.

use backend::{
    artwork::{self, letters},
    embed::Snapshot,
};
use domain::{
    Locale,
    embed::{Look, Theme, snippet::BADGE_HEIGHT},
    markup::escaped,
    money::percent,
    words::{campaign as w, embed as e, site},
};

/// Longest title that is drawn, in characters; the whole of it is in the text for
/// who cannot see the picture, as far as there is room.
const LONGEST_TITLE: usize = 34;
/// The most that an SVG may weigh, in bytes: a README shows dozens of them.
pub const HEAVIEST: usize = 1_229;
/// The colour of the bar where nobody chose one.
const OWN: &str = "2b6f63";
/// Height of the picture; its width follows from what it says.
const HEIGHT: usize = BADGE_HEIGHT;

/// Colours of paper, track and ink, as a light page has them; then as a dark one.
const LIGHT: [&str; 3] = ["#f1efe9", "#d9d5ca", "#23302f"];
const DARK: [&str; 3] = ["#232a2b", "#3b4445", "#eceae4"];
/// Dots of a PNG for each pixel, so that it is sharp on any screen.
const DENSITY: usize = 2;
/// Size of the text, in pixels.
const TEXT: u32 = 13;

/// What a badge says.
pub struct Badge {
    theme: Theme,
    /// Six digits.
    accent: String,
    /// The whole of it.
    title: String,
    reached: String,
    /// Percent of the goal.
    share: i64,
    words: Words,
}

/// All of it, for who cannot see it.
enum Words {
    /// The title with what was given.
    Given { locale: Locale, goal: String, backers: String },
    /// A sentence that stands for itself.
    Alone(&'static str),
}

impl Badge {
    /// The badge of a campaign.
    pub fn of(snapshot: &Snapshot, look: &Look) -> Self {
        let page = &snapshot.page;
        let locale = look.locale.unwrap_or(page.language);
        if snapshot.rule.is_off {
            return Self::without(e::off_short(locale), e::off(locale), look.theme);
        }
        let funding = page.funding;
        let reached = percent(funding.percent(), locale);
        let backers = w::backers_count(locale, funding.backers);
        let goal = funding.goal().display(locale);
        Self {
            theme: look.theme,
            accent: look.accent.map_or_else(|| OWN.to_owned(), |accent| accent.hex()),
            title: page.title.clone(),
            words: Words::Given { locale, goal, backers },
            reached,
            share: funding.percent(),
        }
    }

    /// The badge that stands where there is no campaign.
    pub fn absent(locale: Locale) -> Self {
        Self::without(site::name(locale), e::not_found(locale), Theme::Auto)
    }

    fn without(title: &str, words: &'static str, theme: Theme) -> Self {
        Self {
            theme,
            accent: OWN.to_owned(),
            title: title.to_owned(),
            reached: "–".to_owned(),
            share: 0,
            words: Words::Alone(words),
        }
    }

    /// As SVG, at most [`HEAVIEST`]: less is said of a title that is too long for that, and
    /// one of what takes six bytes a letter is cut further.
    pub fn svg(&self) -> String {
        let mut svg = self.drawn(&shortened(&self.title, LONGEST_TITLE), &self.title);
        for most in (1..=LONGEST_TITLE).rev() {
            if svg.len() <= HEAVIEST {
                break;
            }
            let title = shortened(&self.title, most);
            svg = self.drawn(&title, &title);
        }
        svg
    }

    fn said(&self, title: &str) -> String {
        match &self.words {
            Words::Given { locale, goal, backers } => {
                e::badge(*locale, &title, &self.reached, goal, backers)
            }
            Words::Alone(words) => (*words).to_owned(),
        }
    }

    /// With this title in the picture, and that one in words.
    fn drawn(&self, title: &str, said: &str) -> String {
        let (left, right) = (width(title) + 20, width(&self.reached) + 20);
        let [paper, track, ink] = DARK;
        let dark = format!("text{{fill:{ink}}}.a{{fill:{paper}}}.b{{fill:{track}}}");
        let style = match self.theme {
            Theme::Light => String::new(),
            Theme::Dark => format!("<style>{dark}</style>"),
            Theme::Auto => format!("<style>@media(prefers-color-scheme:dark){{{dark}}}</style>"),
        };
        let [.., ink] = LIGHT;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole}\" height=\"{HEIGHT}\" role=\"img\" aria-labelledby=\"t\">\
             <title id=\"t\">{words}</title>{style}<clipPath id=\"c\"><rect width=\"{whole}\" height=\"{HEIGHT}\" rx=\"5\"/></clipPath>\
             <g clip-path=\"url(#c)\" font-family=\"system-ui,Verdana,sans-serif\" font-size=\"{TEXT}\" text-anchor=\"middle\">\
             {ground}<g fill=\"{ink}\"><text x=\"{title_at}\" y=\"17\">{title}</text>\
             <text x=\"{reached_at}\" y=\"17\" font-weight=\"700\">{reached}</text></g></g></svg>",
            whole = left + right,
            words = escaped(&self.said(said)),
            ground = self.ground(left + right, LIGHT),
            title = escaped(title),
            reached = self.reached,
            title_at = left / 2 + 3,
            reached_at = left + right / 2 - 3,
        )
    }

    /// As PNG, for where no SVG is shown. A picture of dots cannot follow the reader's
    /// system, so it is light unless it is asked to be dark.
    ///
    /// # Errors
    /// When it cannot be drawn, which would be a fault of ours.
    pub fn png(&self) -> anyhow::Result<Vec<u8>> {
        let colours = if self.theme == Theme::Dark { DARK } else { LIGHT };
        let title = shortened(&self.title, LONGEST_TITLE);
        let pixels = |line: &str| {
            let units = letters::width(line) * TEXT;
            usize::try_from(units.div_ceil(letters::EM)).unwrap_or_default()
        };
        let (left, right) = (pixels(&title) + 16, pixels(&self.reached) + 16);
        let whole = left + right;
        // In thousandths, since drawing takes fractions and we do not.
        let scale = TEXT * 1_000 / letters::EM;
        let line = |line: &str, at: usize| {
            let outlines = letters::outlines(line);
            format!("<g transform=\"translate({at} 18) scale(.{scale:03})\">{outlines}</g>")
        };
        let drawing = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {whole} {HEIGHT}\">\
             <clipPath id=\"c\"><rect width=\"{whole}\" height=\"{HEIGHT}\" rx=\"5\"/></clipPath>\
             <g clip-path=\"url(#c)\">{ground}<g fill=\"{ink}\">{title}{reached}</g></g></svg>",
            whole * DENSITY,
            HEIGHT * DENSITY,
            ground = self.ground(whole, colours),
            ink = colours[2],
            title = line(&title, 10),
            reached = line(&self.reached, left + 6),
        );
        artwork::dots(&drawing)
    }

    fn ground(&self, whole: usize, [paper, track, _]: [&str; 3]) -> String {
        let filled = usize::try_from(self.share.clamp(0, 100)).unwrap_or_default() * whole / 100;
        format!(
            "<rect class=\"a\" width=\"{whole}\" height=\"{HEIGHT}\" fill=\"{paper}\"/>\
             <rect class=\"b\" y=\"24\" width=\"{whole}\" height=\"4\" fill=\"{track}\"/>\
             <rect y=\"24\" width=\"{filled}\" height=\"4\" fill=\"#{}\"/>",
            self.accent,
        )
    }
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

fn shortened(title: &str, most: usize) -> String {
    if title.chars().count() <= most {
        return title.to_owned();
    }
    let head: String = title.chars().take(most - 1).collect();
    format!("{}…", head.trim_end())
}
