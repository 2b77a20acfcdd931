//! The sheet that motifs draw on: its colours by role, and its shapes.

use std::fmt::Write as _;

use super::{
    colour::{Ink, cosine, sine},
    dice::Dice,
};

/// Where the horizon lies unless a motif says otherwise.
pub const HORIZON: i64 = 400;

/// A sheet of 960 by 600 with its colours. Later shapes cover earlier ones.
pub struct Canvas {
    out: String,
    /// Of the sky's gradient: pictures may stand in one document.
    id: String,
    pub dice: Dice,
    pub ink: Palette,
    pub light: Light,
}

/// The time of day of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    Night,
    Day,
    Dusk,
}

/// Colours by what they are for. Two hues: the first for sky, land and water,
/// the second for light and for whatever the picture is about.
pub struct Palette {
    pub sky_top: Ink,
    pub sky_low: Ink,
    /// Land or water at the horizon, half-way, and at the reader's feet.
    pub far: Ink,
    pub mid: Ink,
    pub near: Ink,
    /// Thin lines on land and water.
    pub line: Ink,
    /// Sun, moon and lit windows.
    pub glow: Ink,
    pub accent: Ink,
    pub accent_deep: Ink,
    /// The lightest and the darkest, for things in front.
    pub paper: Ink,
    pub ink: Ink,
}

impl Canvas {
    /// An empty sheet. The variation chooses light, second hue and dice.
    #[must_use]
    pub fn new(hue: i64, variation: u64) -> Self {
        let light = [Light::Night, Light::Day, Light::Dusk][(variation % 3) as usize];
        let second = hue + [225, 180, 150, 205][(variation / 3 % 4) as usize];
        let mut out = String::with_capacity(4096);
        out.push_str(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960\" height=\"600\" viewBox=\"0 0 960 600\" \
             preserveAspectRatio=\"xMidYMid slice\">",
        );
        let dice = Dice::new(variation.wrapping_mul(1_009).wrapping_add(hue.unsigned_abs()));
        let id = format!("sky-{hue}-{variation}");
        Self { out, id, dice, ink: Palette::new(light, hue, second), light }
    }

    /// The document.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }

    /// The sky, and the ground from a height down.
    pub fn horizon(&mut self, y: i64) {
        let (id, top, low) = (&self.id, self.ink.sky_top, self.ink.sky_low);
        let _ = write!(
            self.out,
            "<defs><linearGradient id=\"{id}\" x2=\"0\" y2=\"1\"><stop stop-color=\"{top}\"/>\
             <stop offset=\"1\" stop-color=\"{low}\"/></linearGradient></defs>"
        );
        // One behind the ground, so that no size leaves a gap where they meet.
        let _ = write!(self.out, "<rect width=\"960\" height=\"{}\" fill=\"url(#{id})\"/>", y + 1);
        if y < 600 {
            self.rect(0, y, 960, 600 - y, self.ink.far);
        }
    }

    /// Sun or moon. By night it wanes a little.
    pub fn orb(&mut self, x: i64, y: i64, r: i64) {
        let ink = if self.light == Light::Day { self.ink.accent } else { self.ink.glow };
        self.circle(x, y, r, ink);
    }

    /// A filled rectangle.
    pub fn rect(&mut self, x: i64, y: i64, width: i64, height: i64, fill: Ink) {
        let _ = write!(
            self.out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>"
        );
    }

    /// A filled rectangle with round corners.
    pub fn block(&mut self, (x, y): (i64, i64), (width, height): (i64, i64), r: i64, fill: Ink) {
        let _ = write!(
            self.out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{r}\" fill=\"{fill}\"/>"
        );
    }

    /// A filled circle.
    pub fn circle(&mut self, x: i64, y: i64, r: i64, fill: Ink) {
        let _ = write!(self.out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{fill}\"/>");
    }

    /// A filled ellipse.
    pub fn ellipse(&mut self, x: i64, y: i64, rx: i64, ry: i64, fill: Ink) {
        let _ = write!(
            self.out,
            "<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{rx}\" ry=\"{ry}\" fill=\"{fill}\"/>"
        );
    }

    /// A circle's outline.
    pub fn ring(&mut self, x: i64, y: i64, r: i64, ink: Ink, width: i64) {
        let _ = write!(
            self.out,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{width}\"/>"
        );
    }

    /// A filled path, in SVG's path language.
    pub fn path(&mut self, d: &str, fill: Ink) {
        let _ = write!(self.out, "<path d=\"{d}\" fill=\"{fill}\"/>");
    }

    /// A drawn path with round ends.
    pub fn stroke(&mut self, d: &str, ink: Ink, width: i64) {
        let _ = write!(
            self.out,
            "<path d=\"{d}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{width}\" \
             stroke-linecap=\"round\" stroke-linejoin=\"round\"/>"
        );
    }

    /// A path of light that lets what is behind it through.
    pub fn veil(&mut self, d: &str, fill: Ink, percent: i64) {
        let _ = write!(self.out, "<path d=\"{d}\" fill=\"{fill}\" opacity=\".{percent:02}\"/>");
    }

    /// Lines of water across the sheet, from a height down.
    pub fn waves(&mut self, y: i64, count: i64) {
        let lift = self.dice.between(20, 38);
        let shift = self.dice.between(-200, 0);
        let mut d = String::new();
        for row in 0..count {
            let (x, y) = (shift - row * 40, y + row * 38);
            let _ = write!(d, "M{x} {y}q120-{lift} 240 0t240 0 240 0 240 0 240 0 240 0");
        }
        self.stroke(&d, self.ink.line, 2);
    }

    /// A hill line from edge to edge; filled down to the bottom.
    pub fn hills(&mut self, y: i64, swing: i64, fill: Ink) {
        let [a, b, c] = [0, 0, 0].map(|_| self.dice.between(-swing, swing));
        let d = format!(
            "M0 {}C200 {} 320 {} 500 {}S820 {} 960 {}V600H0Z",
            y + a,
            y - swing,
            y + b,
            y + c,
            y + swing,
            y - c
        );
        self.path(&d, fill);
    }

    /// Dots scattered in a rectangle: stars, lights, crumbs.
    pub fn scatter(&mut self, (x0, y0): (i64, i64), (x1, y1): (i64, i64), count: i64, ink: Ink) {
        let mut d = String::new();
        for _ in 0..count {
            let (x, y) = (self.dice.between(x0, x1), self.dice.between(y0, y1));
            let _ = write!(d, "M{x} {y}h0");
        }
        self.stroke(&d, ink, 5);
    }
}

impl Palette {
    fn new(light: Light, hue: i64, second: i64) -> Self {
        let one = |lightness, chroma| Ink::new(lightness, chroma, hue);
        let two = |lightness, chroma| Ink::new(lightness, chroma, second);
        let (accent, accent_deep) = (two(640, 115), two(470, 95));
        let (paper, ink) = (two(965, 14), one(220, 30));
        match light {
            Light::Night => Self {
                sky_top: one(260, 45),
                sky_low: one(500, 75),
                far: one(420, 70),
                mid: one(340, 58),
                near: one(230, 40),
                line: one(820, 50),
                glow: two(930, 45),
                accent,
                accent_deep,
                paper,
                ink,
            },
            Light::Day => Self {
                sky_top: one(830, 60),
                sky_low: two(955, 24),
                far: one(700, 75),
                mid: one(560, 80),
                near: one(380, 62),
                line: one(900, 40),
                glow: two(950, 40),
                accent,
                accent_deep,
                paper,
                ink,
            },
            Light::Dusk => Self {
                sky_top: one(400, 80),
                sky_low: two(840, 75),
                far: one(450, 70),
                mid: one(350, 60),
                near: one(250, 45),
                line: two(800, 60),
                glow: two(950, 50),
                accent,
                accent_deep,
                paper,
                ink,
            },
        }
    }
}

/// The point of a circle at whole degrees, clockwise from the right.
#[must_use]
pub fn around(x: i64, y: i64, r: i64, degrees: i64) -> (i64, i64) {
    (x + r * cosine(degrees) / 1_000, y + r * sine(degrees) / 1_000)
}
