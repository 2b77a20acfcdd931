//! Letters as outlines, for pictures of dots: a server has no fonts. They are those of
//! Newsreader, which our pages use (`public/fonts`, SIL Open Font License), drawn once at
//! weight 500 with [`EM`] units to the em.

use std::{collections::HashMap, fmt::Write as _, sync::LazyLock};

/// Units to the em.
pub const EM: u32 = 200;

/// Each line is a letter, its advance, and its outline as an SVG path from the baseline.
static LETTERS: LazyLock<HashMap<char, Letter>> = LazyLock::new(|| {
    let read = |line: &'static str| {
        let mut rest = line.chars();
        let letter = rest.next()?;
        let (advance, outline) = rest.as_str().split_once(' ').unwrap_or((rest.as_str(), ""));
        Some((letter, Letter { advance: advance.parse().ok()?, outline }))
    };
    include_str!("letters.txt").lines().filter_map(read).collect()
});

/// What stands for a letter that is not among these: a box, as in any font.
const BOX: Letter = Letter { advance: 110, outline: "m20 0v-130h70v130zm12-12h46v-106h-46z" };

#[derive(Clone, Copy)]
struct Letter {
    advance: u32,
    outline: &'static str,
}

fn letter(c: char) -> Letter {
    // Blanks that do not break are as wide as those that do.
    let c = if matches!(c, '\u{a0}' | '\u{202f}') { ' ' } else { c };
    LETTERS.get(&c).copied().unwrap_or(BOX)
}

/// How wide a line is, in units.
#[must_use]
pub fn width(line: &str) -> u32 {
    line.chars().map(|c| letter(c).advance).sum()
}

/// The outlines of a line that begins at 0 on its baseline, as SVG.
#[must_use]
pub fn outlines(line: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for letter in line.chars().map(letter) {
        if !letter.outline.is_empty() {
            let outline = letter.outline;
            let _ = write!(out, "<path transform=\"translate({at})\" d=\"{outline}\"/>");
        }
        at += letter.advance;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{BOX, LETTERS, letter, outlines, width};

    #[test]
    fn the_letters_of_our_languages_are_there() {
        for c in "ABCXYZabcxyz0189 .,:%€$£’“”«»–…éèêëàâçîïôùûœŒÉÀÇ\u{a0}\u{202f}".chars()
        {
            assert_ne!(letter(c).outline, BOX.outline, "{c:?}");
        }
        assert!(LETTERS.len() > 180);
    }

    #[test]
    fn a_line_is_as_wide_as_its_letters_and_nothing_of_it_is_written_out() {
        assert_eq!(width("ab"), width("a") + width("b"));
        assert_eq!(width("\u{4e2d}"), BOX.advance);
        let drawn = outlines("<script>\"&");
        assert!(!drawn.contains("script") && !drawn.contains('&'), "{drawn}");
    }
}
