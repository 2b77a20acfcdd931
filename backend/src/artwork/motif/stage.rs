//! Curtains, sound and light.

use std::fmt::Write as _;

use super::super::canvas::{Canvas, around};

/// A stage between its curtains, with one light on.
pub fn curtain(c: &mut Canvas) {
    c.horizon(450);
    let x = c.dice.between(400, 560);
    c.veil(&format!("M{x} 40L{} 500H{}Z", x - 170, x + 170), c.ink.glow, 55);
    c.rect(0, 450, 960, 150, c.ink.near);
    c.ellipse(x, 510, 172, 32, c.ink.glow);
    let (accent, deep, paper, ink) = (c.ink.accent, c.ink.accent_deep, c.ink.paper, c.ink.ink);
    c.stroke(&format!("M{} 508v-70h56v70M{} 438v-56", x - 28, x + 28), ink, 9);
    for side in 0..2 {
        for fold in 0..4 {
            let place = fold * 62;
            let from = if side == 0 { place } else { 898 - place };
            let foot = 560 - fold * 36;
            let fill = if fold % 2 == 0 { accent } else { deep };
            c.path(&format!("M{from} 0h66v{foot}q-33 26-66 0Z"), fill);
        }
    }
    let mut swags = String::from("M0 0");
    for _ in 0..6 {
        swags.push_str("q80 190 160 0");
    }
    swags.push('Z');
    c.path(&swags, deep);
    c.stroke(&swags, paper, 4);
}

/// A record and its arm, on a table.
pub fn vinyl(c: &mut Canvas) {
    c.horizon(470);
    c.rect(0, 470, 960, 130, c.ink.mid);
    let x = c.dice.between(390, 470);
    let (ink, line, accent, paper) = (c.ink.ink, c.ink.line, c.ink.accent, c.ink.paper);
    c.circle(x, 300, 240, ink);
    for r in [216, 194, 172, 150, 128] {
        c.ring(x, 300, r, c.ink.mid, 2);
    }
    let (from, to) = (c.dice.between(200, 240), c.dice.between(262, 300));
    let (ax, ay) = around(x, 300, 205, from);
    let (bx, by) = around(x, 300, 205, to);
    c.stroke(&format!("M{ax} {ay}A205 205 0 0 1 {bx} {by}"), line, 5);
    c.circle(x, 300, 92, accent);
    c.ring(x, 300, 64, c.ink.accent_deep, 3);
    c.circle(x, 300, 12, paper);
    c.circle(800, 130, 44, c.ink.accent_deep);
    c.circle(800, 130, 20, paper);
    let needle = x + c.dice.between(120, 160);
    c.stroke(&format!("M800 130L780 380L{needle} 420"), paper, 14);
    c.stroke(&format!("M{} 402l-34 34", needle + 14), accent, 24);
}

/// Pipes of an organ, and the keys below.
pub fn organ(c: &mut Canvas) {
    c.horizon(600);
    let (ink, paper, accent, deep, glow) =
        (c.ink.ink, c.ink.paper, c.ink.accent, c.ink.accent_deep, c.ink.glow);
    c.orb(c.dice.between(440, 520), 250, 210);
    let mut mouths = String::new();
    for pipe in 0..13 {
        let x = 66 + pipe * 64;
        let from_middle = (pipe - 6_i64).abs();
        let tall = 390 - from_middle * 34 + c.dice.between(-14, 14);
        let fill = if pipe % 2 == 0 { accent } else { deep };
        c.path(&format!("M{x} {}q26-34 52 0V400l-18 60h-16L{x} 400Z", 460 - tall), fill);
        let _ = write!(mouths, "M{} 392q16-34 32 0Z", x + 10);
    }
    c.path(&mouths, ink);
    c.rect(0, 460, 960, 140, c.ink.near);
    c.rect(30, 500, 900, 76, paper);
    let mut keys = String::new();
    for key in 1..30 {
        let _ = write!(keys, "M{} 500v76", 30 + key * 30);
    }
    c.stroke(&keys, c.ink.far, 2);
    let mut sharps = String::new();
    for key in (1..30).filter(|key| !matches!(key % 7, 3 | 0)) {
        let _ = write!(sharps, "M{} 500h18v44h-18Z", 21 + key * 30);
    }
    c.path(&sharps, ink);
    c.rect(0, 452, 960, 10, glow);
}

/// A beam from a projector to a sheet in the open air.
pub fn projector(c: &mut Canvas) {
    c.horizon(440);
    c.scatter((20, 20), (940, 260), 22, c.ink.glow);
    c.hills(430, 24, c.ink.mid);
    let (paper, ink, accent, near, glow) =
        (c.ink.paper, c.ink.ink, c.ink.accent, c.ink.near, c.ink.glow);
    let top = c.dice.between(90, 130);
    c.stroke(&format!("M80 520V{}M420 500V{}", top - 20, top - 20), ink, 9);
    c.path(&format!("M70 {top}q180 30 360 0v300q-180 26-360 0Z"), paper);
    c.circle(250, top + 160, 74, accent);
    c.path(&format!("M70 {}q180-90 360 6v90q-180 26-360 0Z", top + 216), c.ink.far);
    c.veil(&format!("M800 404L430 {top}V{}Z", top + 300), glow, 50);
    c.path("M0 540Q480 480 960 530V600H0Z", near);
    c.block((770, 370), (130, 74), 10, ink);
    c.ring(806, 330, 40, accent, 12);
    c.ring(884, 334, 30, accent, 12);
    c.stroke("M835 444L790 560M835 444L890 560", ink, 9);
    for seat in 0..5 {
        let x = 150 + seat * 110 + c.dice.between(-16, 16);
        c.circle(x, 530, 22, ink);
        c.ellipse(x, 590, 40, 40, ink);
    }
}
