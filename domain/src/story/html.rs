//! A page as HTML, the same for visitors and in the editor. Everything that somebody
//! typed is escaped here; no tag or attribute comes from anywhere else.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Block, Kind, Page, Run, Runs, view::RewardLine};
use crate::{
    locale::Locale,
    markup::escaped,
    media::Recording,
    slug::Slug,
    words::{recording as r, story as w},
};

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
    pub srcset: String,
    /// In pixels, so that nothing moves when it arrives.
    pub width: u32,
    pub height: u32,
    /// What it shows, where the block does not say.
    pub alt: String,
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
            let found =
                pictures.iter().filter_map(|id| shown.pictures.iter().find(|one| one.id == *id));
            let images: String = found.map(|one| image(one, "")).collect();
            if images.is_empty() { images } else { figure("gallery", &images, &text) }
        }
        Kind::Video { address } if address.is_empty() => String::new(),
        Kind::Video { address } => film(address, &text, shown.locale),
        Kind::Recording { file, poster } => {
            let found = shown.recordings.iter().find(|one| Some(one.id.uuid()) == *file);
            let poster = shown.pictures.iter().find(|one| Some(one.id) == *poster);
            let drawn = found.map(|found| recording(found, poster, shown.locale));
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
    let alt = if alt.is_empty() { &picture.alt } else { alt };
    let srcset = match picture.srcset.as_str() {
        "" => String::new(),
        srcset => {
            format!(" srcset=\"{}\" sizes=\"(min-width: 60em) 40em, 100vw\"", escaped(srcset))
        }
    };
    format!(
        "<img src=\"{}\"{srcset} width=\"{}\" height=\"{}\" alt=\"{}\" loading=\"lazy\" decoding=\"async\">",
        escaped(&picture.src),
        picture.width,
        picture.height,
        escaped(alt),
    )
}

fn figure(class: &str, inside: &str, caption: &str) -> String {
    let caption = match caption {
        "" => String::new(),
        caption => format!("<figcaption>{caption}</figcaption>"),
    };
    format!("<figure class=\"{class}\">{inside}{caption}</figure>")
}

/// A film is a link: nothing of its host is loaded before somebody asks for it.
fn film(address: &str, caption: &str, locale: Locale) -> String {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or(host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    let link = format!(
        "<a class=\"film\" href=\"{}\" rel=\"nofollow noopener ugc\">{}</a>",
        escaped(address),
        escaped(&w::film_at(locale, &host)),
    );
    figure("video", &link, caption)
}

/// A film or a sound of ours: nothing of it is loaded before somebody plays it.
fn recording(recording: &Recording, poster: Option<&Picture>, locale: Locale) -> String {
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
        "<video src=\"{src}\" controls playsinline preload=\"none\" aria-label=\"{name}\"{}>{link}</video>",
        poster.unwrap_or_default()
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
mod tests {
    use super::{Block, Kind, Picture, Recording, Runs, Shown, block, inside, page};
    use crate::media::RecordingKind;
    use crate::story::{BlockId, Link, Marks, Page, Question, QuestionId};

    fn one(kind: Kind, text: &str) -> String {
        block(&Block { id: BlockId(1), kind, text: Runs::plain(text) }, &Shown::default())
    }

    #[test]
    fn blocks_become_what_visitors_read() {
        assert_eq!(one(Kind::Heading { level: 2 }, "Why"), "<h2>Why</h2>");
        assert_eq!(one(Kind::Bullets, "a\n\nb"), "<ul><li>a</li><li>b</li></ul>");
        assert_eq!(
            one(Kind::Table, "size\tprice\nbig"),
            "<table><thead><tr><th>size</th><th>price</th></tr></thead>\
             <tbody><tr><td>big</td><td></td></tr></tbody></table>"
        );
        assert_eq!(one(Kind::Text, ""), "");
        let film = one(Kind::Video { address: "https://www.films.example/7?x".into() }, "");
        assert!(film.contains(">Film at films.example</a>"), "{film}");
    }

    #[test]
    fn nothing_that_was_typed_becomes_a_tag() {
        let typed = "<script>alert(1)</script> & \"quotes\" 'n'";
        for kind in [
            Kind::Text,
            Kind::Quote,
            Kind::Table,
            Kind::Numbers,
            Kind::CallOut { tone: crate::story::Tone::Warning },
            Kind::Video { address: "https://a.example/<script>".into() },
        ] {
            let html = one(kind.clone(), typed);
            assert!(!html.contains("<script"), "{kind:?}: {html}");
        }
        let marks = Marks {
            bold: true,
            link: Link::parse("https://a.example/?a=1&b='2'"),
            ..Marks::default()
        };
        let mut runs = Runs::default();
        runs.push("x\ny", marks);
        assert_eq!(
            inside(&runs),
            "<a href=\"https://a.example/?a=1&amp;b=&#39;2&#39;\" rel=\"nofollow noopener ugc\">\
             <strong>x<br>y</strong></a>"
        );
    }

    #[test]
    fn a_recording_is_played_where_it_is_the_campaigns_own_and_loads_nothing_by_itself() {
        let id = crate::id::MediaId::from_uuid(uuid::Uuid::from_u128(7));
        let shown = |kind| Shown {
            recordings: vec![Recording { id, kind }],
            pictures: vec![Picture {
                id: uuid::Uuid::from_u128(8),
                src: "/media/8/960.webp".into(),
                ..Picture::default()
            }],
            ..Shown::default()
        };
        let one = |file, poster, shown: &Shown| {
            let uuid = |id| Some(uuid::Uuid::from_u128(id));
            let kind = Kind::Recording { file: uuid(file), poster: uuid(poster) };
            block(&Block { id: BlockId(1), kind, text: Runs::plain("The sea") }, shown)
        };
        let film = one(7, 8, &shown(RecordingKind::Mp4));
        let src = format!("src=\"/media/recordings/{id}.mp4\"");
        assert!(film.starts_with("<figure class=\"recording\"><video "), "{film}");
        for part in [&src, "preload=\"none\"", "poster=\"/media/8/960.webp\"", ">The sea<"] {
            assert!(film.contains(part), "{part} in {film}");
        }
        let sound = one(7, 8, &shown(RecordingKind::Ogg));
        assert!(sound.contains("<audio ") && !sound.contains("poster"), "{sound}");
        assert_eq!(one(9, 8, &shown(RecordingKind::Mp4)), "", "another campaign's");
    }

    #[test]
    fn risks_and_answered_questions_follow_the_story() {
        let mut told = Page { risks: Runs::plain("It may rain."), ..Page::default() };
        let question = |answer: &str| Question {
            id: QuestionId(1),
            question: "When?".into(),
            answer: Runs::plain(answer),
        };
        told.faq = vec![question("")];
        assert!(!page(&told, &Shown::default()).contains("When?"));
        told.faq = vec![question("Soon.")];
        let html = page(&told, &Shown::default());
        assert!(html.starts_with("<h2>Risks and challenges</h2><p>It may rain.</p>"), "{html}");
        assert!(html.contains("<summary>When?</summary><p>Soon.</p>"), "{html}");
    }
}
