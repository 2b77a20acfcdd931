//! Colours by lightness, chroma and hue as the eye orders them (OKLCH), so that
//! every hue carries the same contrast. Fixed-point: one is a million.

use std::fmt;

const ONE: i64 = 1_000_000;

/// An sRGB colour, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink([u8; 3]);

impl Ink {
    /// From lightness and chroma in thousandths and a hue in degrees. What lies
    /// outside sRGB is cut to its edge.
    #[must_use]
    pub fn new(lightness: i64, chroma: i64, hue: i64) -> Self {
        let (l, c) = (lightness * 1_000, chroma * 1_000);
        let (a, b) = (c * cosine(hue) / 1_000, c * sine(hue) / 1_000);
        // B. Ottosson's OKLab to linear sRGB.
        let long = cube(l + (396_338 * a + 215_804 * b) / ONE);
        let medium = cube(l - (105_561 * a + 63_854 * b) / ONE);
        let short = cube(l - (89_484 * a + 1_291_486 * b) / ONE);
        Self([
            encode((4_076_742 * long - 3_307_712 * medium + 230_970 * short) / ONE),
            encode((-1_268_438 * long + 2_609_757 * medium - 341_319 * short) / ONE),
            encode((-4_196 * long - 703_419 * medium + 1_707_615 * short) / ONE),
        ])
    }
}

impl fmt::Display for Ink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Thousandths of the sine of whole degrees, by Bhaskara's formula, which is
/// within two thousandths of it.
#[must_use]
pub fn sine(degrees: i64) -> i64 {
    let turn = degrees.rem_euclid(360);
    let (half, sign) = if turn < 180 { (turn, 1) } else { (turn - 180, -1) };
    let product = half * (180 - half);
    sign * 4_000 * product / (40_500 - product)
}

/// Thousandths of the cosine of whole degrees.
#[must_use]
pub fn cosine(degrees: i64) -> i64 {
    sine(degrees + 90)
}

const fn cube(value: i64) -> i64 {
    value * value / ONE * value / ONE
}

/// The byte whose light is nearest below `linear`.
fn encode(linear: i64) -> u8 {
    // A polynomial within half a percent of the sRGB curve.
    let light = |byte: u8| {
        let c = i64::from(byte) * ONE / 255;
        ((c * 305_306 / ONE + 682_171) * c / ONE + 12_523) * c / ONE
    };
    (0..=u8::MAX).rev().find(|byte| light(*byte) <= linear).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Ink, cosine, sine};

    #[test]
    fn known_colours_come_out_as_known() {
        assert_eq!(Ink::new(1_000, 0, 0).to_string(), "#ffffff");
        assert_eq!(Ink::new(0, 0, 0).to_string(), "#000000");
        // sRGB red, within the error of the fixed-point steps.
        let Ink([red, green, blue]) = Ink::new(628, 258, 29);
        assert!(red > 250 && green < 12 && blue < 16, "{red} {green} {blue}");
    }

    #[test]
    fn the_circle_closes() {
        assert_eq!((sine(0), sine(90), sine(180), sine(270)), (0, 1_000, 0, -1_000));
        assert_eq!((cosine(0), cosine(180), sine(-90)), (1_000, -1_000, -1_000));
        assert!((sine(30) - 500).abs() <= 2);
    }
}
