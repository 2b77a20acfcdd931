//! A page as HTML, the same for visitors and in the editor. Everything that somebody
//! typed is escaped here; no tag or attribute comes from anywhere else.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Block, DECORATIVE, Kind, Page, Run, Runs, view::RewardLine};
use crate::{
    locale::Locale,
    markup::escaped,
    media::{self, Captions, Film, Recording},
    slug::Slug,
    words::{media as m, recording as r, story as w},
};

/// Widths that pictures of a story are shown in, as CSS writes them.
const SIZES: &str = "(min-width: 60em) 40em, 100vw";

/// What a story shows that is not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// The campaign, for links to its rewards.
    pub slug: Option<Slug>,
    /// In the language of the campaign.
    pub locale: Locale,
    pub pictures: Vec<Picture>,
    pub recordings: Vec<Recording>,
    pub rewards: Vec<RewardLine>,
}

/// A picture that was uploaded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub id: Uuid,
    pub src: String,
    /// Its WebP files, then its AVIF files, which are smaller.
    pub srcset: String,
    pub avif: String,
    /// A `data:` address of a few dots of it, to be shown until it has come.
    pub blur: String,
    /// In pixels, so that nothing moves when it arrives.
    pub width: u32,
    pub height: u32,
    /// What it shows, where the block does not say.
    pub alt: String,
}

impl From<media::Picture> for Picture {
    fn from(picture: media::Picture) -> Self {
        Self {
            id: picture.id.uuid(),
            src: picture.fitting(960),
            srcset: picture.srcset("webp"),
            avif: picture.srcset("avif"),
            width: picture.width,
            height: picture.height,
            blur: picture.blur,
            alt: picture.alt,
        }
    }
}

/// What a campaign tells below its title: the story, the risks, the questions.
#[must_use]
pub fn page(page: &Page, shown: &Shown) -> String {
    let mut out = story(&page.story, shown);
    if !page.risks.is_empty() {
        let _ = write!(out, "<h2>{}</h2>", w::risks(shown.locale));
        paragraphs(&mut out, &page.risks);
    }
    let answered = |question: &&super::Question| !question.answer.is_empty();
    if page.faq.iter().any(|question| answered(&question)) {
        let _ = write!(out, "<h2>{}</h2>", w::questions(shown.locale));
        for question in page.faq.iter().filter(answered) {
            let asked = escaped(&question.question);
            let _ = write!(out, "<details class=\"faq\"><summary>{asked}</summary>");
            paragraphs(&mut out, &question.answer);
            out.push_str("</details>");
        }
    }
    out
}

/// All blocks of a story, one below the other.
#[must_use]
pub fn story(blocks: &[Block], shown: &Shown) -> String {
    blocks.iter().map(|one| block(one, shown)).collect()
}

/// One block; nothing where nothing is in it.
#[must_use]
pub fn block(block: &Block, shown: &Shown) -> String {
    let text = inside(&block.text);
    match &block.kind {
        Kind::Divider => "<hr>".to_owned(),
        Kind::RewardCard { reward } => {
            let found = reward.and_then(|id| shown.rewards.iter().find(|line| line.id == id));
            found.map(|line| reward_card(line, shown)).unwrap_or_default()
        }
        Kind::Image { picture, alt } => {
            let found = picture.and_then(|id| shown.pictures.iter().find(|one| one.id == id));
            found.map(|found| figure("image", &image(found, alt), &text)).unwrap_or_default()
        }
        Kind::Gallery { pictures } => {
            let found = pictures.iter().filter_map(|shot| {
                let one = shown.pictures.iter().find(|one| one.id == shot.id)?;
                Some(image(one, &shot.alt))
            });
            let images: String = found.collect();
            if images.is_empty() { images } else { figure("gallery", &images, &text) }
        }
        Kind::Video { address } if address.is_empty() => String::new(),
        Kind::Video { address } => {
            let player = player(address, &block.text, shown.locale);
            figure("video", &(player + &film(address, shown.locale)), &text)
        }
        Kind::Recording { file, poster, captions } => {
            let found = shown.recordings.iter().find(|one| Some(one.id.uuid()) == *file);
            let poster = shown.pictures.iter().find(|one| Some(one.id) == *poster);
            let drawn = found.map(|found| recording(found, poster, *captions, shown.locale));
            drawn.map(|drawn| figure("recording", &drawn, &text)).unwrap_or_default()
        }
        _ if block.text.is_empty() => String::new(),
        Kind::Heading { level: 2 } => format!("<h2>{text}</h2>"),
        Kind::Heading { .. } => format!("<h3>{text}</h3>"),
        Kind::Text => format!("<p>{text}</p>"),
        Kind::Quote => format!("<blockquote><p>{text}</p></blockquote>"),
        Kind::CallOut { tone } => {
            format!("<aside class=\"call-out {}\"><p>{text}</p></aside>", tone.key())
        }
        Kind::Bullets => format!("<ul>{}</ul>", items(block)),
        Kind::Numbers => format!("<ol>{}</ol>", items(block)),
        Kind::Table => table(block),
    }
}

/// The inside of one text: its marks as elements, a line end as a break.
#[must_use]
pub fn inside(runs: &Runs) -> String {
    let mut out = String::new();
    for run in runs.iter() {
        marked(&mut out, run);
    }
    out
}

fn marked(out: &mut String, run: &Run) {
    let marks = &run.marks;
    if let Some(link) = &marks.link {
        let _ =
            write!(out, "<a href=\"{}\" rel=\"nofollow noopener ugc\">", escaped(link.as_str()));
    }
    let elements = [(marks.bold, "strong"), (marks.italic, "em"), (marks.code, "code")];
    for (_, element) in elements.iter().filter(|(is_on, _)| *is_on) {
        let _ = write!(out, "<{element}>");
    }
    for (number, line) in run.text.split('\n').enumerate() {
        if number > 0 {
            out.push_str("<br>");
        }
        out.push_str(&escaped(line));
    }
    for (_, element) in elements.iter().rev().filter(|(is_on, _)| *is_on) {
        let _ = write!(out, "</{element}>");
    }
    if marks.link.is_some() {
        out.push_str("</a>");
    }
}

/// A text of several lines, a paragraph each.
fn paragraphs(out: &mut String, text: &Runs) {
    for line in text.lines().iter().filter(|line| !line.is_empty()) {
        let _ = write!(out, "<p>{}</p>", inside(line));
    }
}

fn items(block: &Block) -> String {
    let full = |item: &Runs| !item.is_empty();
    let items = block.items().into_iter().filter(full);
    items.map(|item| format!("<li>{}</li>", inside(&item))).collect()
}

fn table(block: &Block) -> String {
    let rows = block.rows();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let row = |cells: &[Runs], element: &str| {
        let mut out = String::from("<tr>");
        for place in 0..width {
            let cell = cells.get(place).map(inside).unwrap_or_default();
            // Nothing heads no column.
            let element = if cell.is_empty() { "td" } else { element };
            let _ = write!(out, "<{element}>{cell}</{element}>");
        }
        out + "</tr>"
    };
    let Some((head, body)) = rows.split_first() else { return String::new() };
    let body: String = body.iter().map(|cells| row(cells, "td")).collect();
    format!("<table><thead>{}</thead><tbody>{body}</tbody></table>", row(head, "th"))
}

fn image(picture: &Picture, alt: &str) -> String {
    let alt = match alt {
        "" => picture.alt.as_str(),
        DECORATIVE => "",
        alt => alt,
    };
    let srcset = match picture.srcset.as_str() {
        "" => String::new(),
        srcset => format!(" srcset=\"{}\" sizes=\"{SIZES}\"", escaped(srcset)),
    };
    let image = format!(
        "<img src=\"{}\"{srcset} width=\"{}\" height=\"{}\" alt=\"{}\" loading=\"lazy\" decoding=\"async\">",
        escaped(&picture.src),
        picture.width,
        picture.height,
        escaped(alt),
    );
    let smaller = match picture.avif.as_str() {
        "" => return image,
        avif => {
            format!("<source type=\"image/avif\" srcset=\"{}\" sizes=\"{SIZES}\">", escaped(avif))
        }
    };
    let blur = match picture.blur.as_str() {
        "" => String::new(),
        blur => format!("<img class=\"blur\" src=\"{}\" alt=\"\">", escaped(blur)),
    };
    format!("<span class=\"photo\">{blur}<picture>{smaller}{image}</picture></span>")
}

fn figure(class: &str, inside: &str, caption: &str) -> String {
    let caption = match caption {
        "" => String::new(),
        caption => format!("<figcaption>{caption}</figcaption>"),
    };
    format!("<figure class=\"{class}\">{inside}{caption}</figure>")
}

/// The way to a film's own page, for whoever would rather watch it there.
fn film(address: &str, locale: Locale) -> String {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or(host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    format!(
        "<a class=\"film\" href=\"{}\" rel=\"nofollow noopener ugc\">{}</a>",
        escaped(address),
        escaped(&w::film_at(locale, &host)),
    )
}

/// A frame of ours that plays a film of a provider's: nothing of that one is loaded
/// before somebody asks for it, and no script of this page has to run for it. Nothing
/// where the film is of none that we know.
fn player(address: &str, caption: &Runs, locale: Locale) -> String {
    let Ok(film) = Film::parse(address) else { return String::new() };
    let Some(src) = film.src(locale) else { return String::new() };
    let provider = film.provider();
    let name = match caption.in_one_line().as_str() {
        "" => m::film_of(locale, &provider),
        caption => m::film_named(locale, &provider, &caption),
    };
    format!(
        "<iframe src=\"{}\" title=\"{}\" loading=\"lazy\" allowfullscreen></iframe>",
        escaped(&src),
        escaped(&name),
    )
}

/// A film or a sound of ours: nothing of it is loaded before somebody plays it.
fn recording(
    recording: &Recording,
    poster: Option<&Picture>,
    captions: Option<Captions>,
    locale: Locale,
) -> String {
    let src = escaped(&recording.src());
    let link = format!("<a href=\"{src}\">{}</a>", r::open_file(locale));
    if !recording.kind.is_film() {
        let name = r::sound(locale);
        return format!(
            "<audio src=\"{src}\" controls preload=\"none\" aria-label=\"{name}\">{link}</audio>"
        );
    }
    let name = r::film(locale);
    let poster = poster.map(|picture| format!(" poster=\"{}\"", escaped(&picture.src)));
    format!(
        "<video src=\"{src}\" controls playsinline preload=\"none\" aria-label=\"{name}\"{}>{}{link}</video>",
        poster.unwrap_or_default(),
        captions.map(track).unwrap_or_default(),
    )
}

/// Captions are there from the start; a player has a button that hides them.
fn track(captions: Captions) -> String {
    let (tag, name) = (captions.language.tag(), captions.language.name());
    format!(
        "<track kind=\"captions\" src=\"{}\" srclang=\"{tag}\" label=\"{name}\" default>",
        escaped(&captions.src()),
    )
}

fn reward_card(line: &RewardLine, shown: &Shown) -> String {
    let (title, price) = (escaped(&line.title), escaped(&line.price.display(shown.locale)));
    let inside = format!("<strong>{title}</strong> <span>{price}</span>");
    match &shown.slug {
        Some(slug) => {
            let id = line.id;
            format!(
                "<a class=\"reward-card\" href=\"/campaigns/{slug}/pledge?reward={id}\">{inside}</a>"
            )
        }
        None => format!("<p class=\"reward-card\">{inside}</p>"),
    }
}

#[cfg(test)]
mod tests;
