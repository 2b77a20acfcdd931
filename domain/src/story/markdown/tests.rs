use proptest::prelude::*;

use super::{blocks, markdown};
use crate::story::{Block, BlockId, Kind, Runs, Tone};

fn as_story(found: Vec<(Kind, Runs)>) -> Vec<Block> {
    let numbered = found.into_iter().zip(1..);
    numbered.map(|((kind, text), id)| Block { id: BlockId(id), kind, text }).collect()
}

#[test]
fn a_story_in_markdown_becomes_blocks() {
    let found = blocks(
        "# Why\n\nA **brass** *hand*,\nwith a [link](https://a.example).\n\n> Trusted.\n\n\
         - one\n- two `x`\n  - inner\n\n1. first\n\n| a | b |\n|---|---|\n| 1 | |\n\n---\n\n### End",
    );
    let kinds: Vec<&str> = found.iter().map(|(kind, _)| kind.key()).collect();
    assert_eq!(
        kinds,
        ["heading-2", "text", "quote", "bullets", "numbers", "table", "divider", "heading-3"]
    );
    let texts: Vec<String> = found.iter().map(|(_, text)| text.text()).collect();
    assert_eq!(texts[1], "A brass hand, with a link.");
    assert_eq!(texts[3], "one\ntwo x\ninner");
    assert_eq!(texts[5], "a\tb\n1\t");
    let text = &found[1].1;
    let marked = |word: &str| {
        let run = text.iter().find(|run| run.text == word).expect("the word stands by itself");
        run.marks.clone()
    };
    assert!(marked("brass").bold && marked("hand").italic);
    assert_eq!(marked("link").link.expect("a link").as_str(), "https://a.example");
}

#[test]
fn what_markdown_cannot_hold_is_harmless() {
    for hostile in [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/pixel.gif)",
        "<img src=x onerror=alert(1)>",
    ] {
        for (_, text) in blocks(hostile) {
            assert!(text.iter().all(|run| run.marks.link.is_none()), "{hostile}");
            assert!(!text.text().contains("pixel"), "{hostile}");
        }
    }
}

#[test]
fn what_has_no_sign_in_markdown_is_left_out_or_stays_text() {
    let story = as_story(vec![
        (Kind::CallOut { tone: Tone::Note }, "Read this.".into()),
        (Kind::RewardCard { reward: None }, Runs::default()),
        (Kind::Image { picture: None, alt: "x".into() }, Runs::default()),
        (Kind::Text, "Then that.".into()),
    ]);
    assert_eq!(markdown(&story), "Read this.\n\nThen that.");
}

proptest! {
    /// Whoever saves the form without having changed anything changes nothing.
    #[test]
    fn a_story_survives_its_markdown(
        parts in proptest::collection::vec(
            (0_usize..5, "[a-z#*_>|.<&`1-9-]{1,12}( [a-z#*_>|.<&`1-9)~+-]{1,12}){0,3}", 0_usize..4),
            0..6,
        ),
    ) {
        let made = parts.into_iter().map(|(kind, text, mark)| {
            let kind = match kind {
                0 => Kind::Heading { level: 2 },
                1 => Kind::Text,
                2 => Kind::Quote,
                3 => Kind::Bullets,
                _ => Kind::Heading { level: 3 },
            };
            let mut runs = Runs::plain("so ");
            let mut marks = crate::story::Marks::default();
            match mark {
                0 => marks.bold = true,
                1 => marks.italic = true,
                2 => marks.link = crate::story::Link::parse("https://a.example/x"),
                _ => {}
            }
            runs.push(text, marks);
            (kind, runs)
        });
        let mut story: Vec<(Kind, Runs)> = Vec::new();
        for (kind, text) in made {
            // Two quotes or lists that touch are one in Markdown.
            if story.last().is_none_or(|(last, _)| *last != kind || kind == Kind::Text) {
                story.push((kind, text));
            }
        }
        let written = markdown(&as_story(story.clone()));
        prop_assert_eq!(blocks(&written), story, "{}", written);
    }

    #[test]
    fn no_text_is_too_much(text in "\\PC{0,300}") {
        let _ = markdown(&as_story(blocks(&text)));
    }
}
