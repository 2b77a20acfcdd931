//! A colour that a blogger chooses, kept readable.

/// A colour of the sRGB space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Accent {
    pub r: u8,
    pub g: u8,
    pub b: u8,
}

impl Accent {
    /// Reads `2f7d6b` or `abc`, with or without `#`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let channel = |at: usize, width: usize| {
            let value = u8::from_str_radix(digits.get(at..at + width)?, 16).ok()?;
            Some(if width == 1 { value * 17 } else { value })
        };
        let width = match digits.len() {
            3 => 1,
            6 => 2,
            _ => return None,
        };
        Some(Self {
            r: channel(0, width)?,
            g: channel(width, width)?,
            b: channel(2 * width, width)?,
        })
    }

    /// Six digits, as addresses and styles hold them.
    #[must_use]
    pub fn hex(self) -> String {
        format!("{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }

    /// Whether dark text reads better on it than white text. One of the two always
    /// reaches 4.5:1, since no grey is that far from both.
    #[must_use]
    pub fn wants_dark_text(self) -> bool {
        // White text has the contrast 1.05 / (l + 0.05), black text (l + 0.05) / 0.05;
        // they are equal at a luminance of 0.179, here in millionths.
        self.luminance() > 179_000
    }

    /// Relative luminance as WCAG 2.2 defines it, in millionths.
    fn luminance(self) -> u64 {
        2_126 * linear(self.r) / 10_000
            + 7_152 * linear(self.g) / 10_000
            + 722 * linear(self.b) / 10_000
    }
}

/// A channel's share of light, in millionths: ((c / 255 + 0.055) / 1.055) ^ 2.4. The
/// power is taken as a square times a fifth root twice over, in whole numbers.
fn linear(channel: u8) -> u64 {
    let channel = u64::from(channel);
    if channel <= 10 {
        return channel * 1_000_000 / (255 * 1292 / 100);
    }
    // In 2^-20: x = (c / 255 + 0.055) / 1.055.
    let one = 1_u64 << 20;
    let x = (channel * one / 255 + 55 * one / 1_000) * 1_000 / 1_055;
    // x ^ 0.4 is the largest y with y ^ 5 <= x ^ 2.
    let square = u128::from(x) * u128::from(x) * u128::from(one).pow(3);
    let (mut low, mut high) = (0_u128, u128::from(one));
    while low < high {
        let middle = (low + high).div_ceil(2);
        if middle.pow(5) <= square { low = middle } else { high = middle - 1 }
    }
    let power = x * x / one * u64::try_from(low).expect("at most one") / one;
    power * 1_000_000 / one
}

#[cfg(test)]
mod tests {
    use super::Accent;

    #[test]
    fn a_colour_is_three_or_six_digits_and_nothing_else() {
        let teal = Accent { r: 0x2f, g: 0x7d, b: 0x6b };
        assert_eq!(Accent::parse("2f7d6b"), Some(teal));
        assert_eq!(Accent::parse("#2F7D6B"), Some(teal));
        assert_eq!(Accent::parse("abc"), Accent::parse("aabbcc"));
        for text in ["", "#", "ab", "abcd", "12345", "1234567", "é12", "-1-1-1", "+f+f+f", "red"] {
            assert_eq!(Accent::parse(text), None, "{text}");
        }
    }

    #[test]
    fn luminance_is_that_of_the_standard() {
        for (hex, expected) in [
            ("000000", 0),
            ("ffffff", 1_000_000),
            ("808080", 215_861),
            ("ff0000", 212_600),
            ("00ff00", 715_200),
            ("0000ff", 72_200),
            ("2f7d6b", 165_000),
        ] {
            let luminance = Accent::parse(hex).expect("a colour").luminance();
            assert!(luminance.abs_diff(expected) < 2_500, "{hex}: {luminance}");
        }
    }

    #[test]
    fn text_on_any_colour_can_be_read() {
        for step in 0..=255_u8 {
            for accent in [
                Accent { r: step, g: step, b: step },
                Accent { r: step, g: 0, b: 255 - step },
                Accent { r: 255, g: step, b: 0 },
            ] {
                let l = accent.luminance() + 50_000;
                let contrast =
                    if accent.wants_dark_text() { l * 100 / 50_000 } else { 105_000_000 / l };
                assert!(contrast >= 450, "{}: {contrast}", accent.hex());
            }
        }
    }
}
