//! Pictures for campaigns that have none: a few shapes, two hues and a horizon,
//! drawn from a word. The same word gives the same picture for ever, so that a
//! browser may keep it and nothing has to be stored.

mod canvas;
mod colour;
mod dice;
pub mod letters;
mod motif;
mod raster;

use canvas::Canvas;
use dice::Dice;
use motif::MOTIFS;
pub use raster::{dots, png};

/// Draws the picture of a seed as an SVG document of at most 4 KB.
///
/// A seed `motif-hue-variation`, such as `harbour-175-3`, chooses all three: the
/// motif by its name, the main hue in degrees, and the variation, which sets
/// the light and moves things about. Any other text, such as a campaign's slug,
/// is hashed to all three. No part of the seed itself is ever written out.
#[must_use]
pub fn draw(seed: &str) -> String {
    let plan = Plan::read(seed);
    let mut canvas = Canvas::new(plan.hue, plan.variation);
    (MOTIFS[plan.motif].1)(&mut canvas);
    canvas.finish()
}

/// Main hues that a hashed seed picks from: those that look well as a sky.
const HUES: [i64; 12] = [20, 45, 150, 170, 185, 200, 220, 240, 255, 270, 290, 345];

/// What a seed asks for.
struct Plan {
    /// Place in [`MOTIFS`].
    motif: usize,
    /// Degrees, 0 to 359.
    hue: i64,
    variation: u64,
}

impl Plan {
    fn read(seed: &str) -> Self {
        Self::named(seed).unwrap_or_else(|| {
            let dice = Dice::of(seed);
            let motif = usize::try_from(dice.below(MOTIFS.len() as u64)).expect("below a length");
            let hue = HUES[usize::try_from(dice.below(HUES.len() as u64)).expect("below a length")];
            Self { motif, hue: hue + dice.between(-6, 6), variation: dice.below(1_000) }
        })
    }

    fn named(seed: &str) -> Option<Self> {
        let mut parts = seed.rsplitn(3, '-');
        let variation = parts.next()?.parse().ok()?;
        let hue = parts.next()?.parse::<u16>().ok()?;
        let name = parts.next()?;
        let motif = MOTIFS.iter().position(|(known, _)| *known == name)?;
        Some(Self { motif, hue: i64::from(hue) % 360, variation })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MOTIFS, draw};

    #[test]
    fn one_seed_is_one_picture() {
        assert_eq!(draw("harbour-175-3"), draw("harbour-175-3"));
        assert_ne!(draw("harbour-175-3"), draw("harbour-175-4"));
        assert_ne!(draw("harbour-175-3"), draw("harbour-60-3"));
        assert_ne!(draw("harbour-175-3"), draw("kites-175-3"));
        assert_eq!(draw("an-imported-campaign"), draw("an-imported-campaign"));
    }

    #[test]
    fn every_motif_is_drawn_small_and_whole_in_every_light() {
        assert!(MOTIFS.len() >= 10);
        for (name, _) in MOTIFS {
            for variation in 0..12 {
                for hue in [0, 95, 185, 300] {
                    check(&format!("{name}-{hue}-{variation}"));
                }
            }
        }
    }

    #[test]
    fn a_hostile_seed_draws_a_harmless_picture() {
        for seed in [
            "\"><script>alert(1)</script>",
            "harbour-175-3\"/><script>",
            "harbour-99999999999999999999-1",
            "harbour--1",
            "-0-0",
            "../../etc/passwd",
            "",
            "é\0\u{202e}",
        ] {
            check(seed);
            assert!(!draw(seed).contains("script"));
        }
    }

    proptest! {
        #[test]
        fn no_seed_breaks_the_drawing(seed in "\\PC{0,60}") {
            check(&seed);
        }

        #[test]
        fn no_variation_breaks_a_motif(which in 0..MOTIFS.len(), hue in any::<u16>(), variation in any::<u64>()) {
            check(&format!("{}-{hue}-{variation}", MOTIFS[which].0));
        }
    }

    /// Size, characters, tags and attributes.
    fn check(seed: &str) {
        let svg = draw(seed);
        assert!(svg.len() <= 4096, "{seed}: {} bytes", svg.len());
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{seed}");
        assert!(svg.contains("viewBox=\"0 0 960 600\""));
        let allowed = |c: char| c.is_ascii_alphanumeric() || "<>/=\"'# .,:()-\n".contains(c);
        assert!(svg.chars().all(allowed), "{seed}: {svg}");
        let mut open = Vec::new();
        for tag in svg.split('<').skip(1) {
            let (inside, after) = tag.split_once('>').expect("every tag is closed");
            assert!(after.is_empty(), "{seed}: text between tags: {after}");
            assert_eq!(inside.matches('"').count() % 2, 0, "{seed}: {inside}");
            let name = inside.trim_matches('/').split(' ').next().expect("a tag has a name");
            assert!(
                ["svg", "defs", "linearGradient", "stop", "rect", "circle", "ellipse", "path", "g"]
                    .contains(&name),
                "{seed}: <{name}>"
            );
            match (inside.starts_with('/'), inside.ends_with('/')) {
                (true, _) => assert_eq!(open.pop(), Some(name), "{seed}"),
                (false, false) => open.push(name),
                (false, true) => {}
            }
            let is_root = name == "svg";
            assert!(is_root || !inside.contains("http"), "{seed}: {inside}");
        }
        assert!(open.is_empty(), "{seed}: {open:?} left open");
    }
}
