//! Hills, fields and the open air.

use std::fmt::Write as _;

use super::super::canvas::{Canvas, HORIZON, Light, around};

/// Ridges behind each other, the highest with snow.
pub fn mountains(c: &mut Canvas) {
    c.horizon(460);
    c.orb(c.dice.between(640, 820), c.dice.between(100, 160), 56);
    let peak = c.dice.between(330, 470);
    let top = c.dice.between(110, 150);
    let (far, mid, near, paper) = (c.ink.far, c.ink.mid, c.ink.near, c.ink.paper);
    c.path(
        &format!(
            "M0 460L160 300L{} 380L{} {}L760 330L960 460V600H0Z",
            peak - 150,
            peak + 90,
            top + 110
        ),
        far,
    );
    c.path(&format!("M{} 520L{peak} {top}L{} 520Z", peak - 340, peak + 380), mid);
    c.path(
        &format!(
            "M{peak} {top}L{} {}l40-22l36 54l44-34l34 30l30-22L{peak} {top}Z",
            peak - 100,
            top + 120
        ),
        paper,
    );
    let left = c.dice.between(150, 230);
    c.path(
        &format!("M0 520L{left} {}L420 560L690 400L960 540V600H0Z", c.dice.between(360, 420)),
        near,
    );
    c.stroke(&format!("M{peak} 520q-60 30-20 50t-50 40"), c.ink.accent, 6);
}

/// Trees in rows, with their fruit.
pub fn orchard(c: &mut Canvas) {
    c.horizon(330);
    c.orb(c.dice.between(120, 840), c.dice.between(90, 150), 58);
    c.hills(350, 26, c.ink.mid);
    let (near, accent, ink, mid) = (c.ink.near, c.ink.accent, c.ink.ink, c.ink.far);
    c.path("M0 430Q480 380 960 440V600H0Z", mid);
    let mut fruit = String::new();
    for (y, size, count) in [(390, 34, 7), (440, 52, 5), (525, 84, 4)] {
        let start = c.dice.between(20, 90);
        for place in 0..count {
            let x = start + place * 960 / count;
            c.rect(x - size / 10, y, size / 5, size, ink);
            c.circle(x, y - size / 4, size, near);
            for _ in 0..3 {
                let (fx, fy) = (
                    x + c.dice.between(-size / 2, size / 2),
                    y - c.dice.between(-size / 6, size * 3 / 4),
                );
                let _ = write!(fruit, "M{fx} {fy}h0");
            }
        }
    }
    c.stroke(&fruit, accent, 15);
}

/// Sheep on a hill.
pub fn flock(c: &mut Canvas) {
    c.horizon(360);
    c.orb(c.dice.between(130, 830), c.dice.between(100, 160), 62);
    c.hills(340, 30, c.ink.mid);
    c.path("M0 420Q360 300 960 400V600H0Z", c.ink.far);
    for (x, y, size) in [
        (180, 415, 24),
        (320, 385, 20),
        (640, 380, 22),
        (800, 420, 28),
        (460, 450, 34),
        (700, 500, 46),
        (250, 515, 52),
    ] {
        let x = x + c.dice.between(-30, 30);
        let facing = if c.dice.below(2) == 0 { -1 } else { 1 };
        let (ink, paper) = (c.ink.ink, c.ink.paper);
        c.stroke(
            &format!("M{} {y}v{size}M{} {y}v{size}", x - size / 2, x + size / 2),
            ink,
            size / 7 + 2,
        );
        c.ellipse(x, y, size * 5 / 4, size * 4 / 5, paper);
        c.ellipse(x + facing * size * 5 / 4, y - size / 4, size * 2 / 5, size / 2, ink);
    }
    c.path("M0 590Q300 540 620 575T960 560V600H0Z", c.ink.near);
}

/// Kites over a plain.
pub fn kites(c: &mut Canvas) {
    c.horizon(470);
    c.orb(c.dice.between(80, 200), c.dice.between(330, 400), 70);
    c.hills(470, 18, c.ink.mid);
    let hand = c.dice.between(180, 300);
    for (place, (x, y, size)) in
        [(380, 240, 66), (600, 150, 96), (790, 300, 56)].into_iter().enumerate()
    {
        let (x, y) = (x + c.dice.between(-50, 40), y + c.dice.between(-40, 40));
        let (line, paper, glow) = (c.ink.line, c.ink.paper, c.ink.glow);
        let fill = [c.ink.accent, c.ink.paper, c.ink.accent_deep][place];
        let other = [glow, c.ink.accent, paper][place];
        c.stroke(&format!("M{hand} 520Q{} {} {x} {}", (hand + x) / 2, y + 240, y + size), line, 2);
        c.path(&format!("M{x} {}L{} {y}L{x} {}Z", y - size, x + size * 2 / 3, y + size), fill);
        c.path(&format!("M{x} {}L{} {y}L{x} {}Z", y - size, x - size * 2 / 3, y + size), other);
        c.stroke(&format!("M{x} {}q-34 26 0 52t0 52", y + size), fill, 5);
    }
    c.path("M0 530Q420 480 960 540V600H0Z", c.ink.near);
    c.circle(hand, 492, 11, c.ink.ink);
    c.stroke(&format!("M{hand} 508v36"), c.ink.ink, 16);
}

/// A gnomon and its shadow among the hours.
pub fn sundial(c: &mut Canvas) {
    c.horizon(HORIZON - 40);
    let x = c.dice.between(430, 530);
    c.orb(if x > 480 { 190 } else { 770 }, c.dice.between(90, 130), 64);
    let (mid, paper, accent, ink) = (c.ink.mid, c.ink.paper, c.ink.accent, c.ink.ink);
    c.ellipse(x, 470, 380, 104, mid);
    c.ellipse(x, 460, 380, 104, paper);
    let mut marks = String::new();
    for hour in 0..9 {
        let (dx, dy) = around(0, 0, 1_000, 4 + hour * 21);
        let _ = write!(
            marks,
            "M{} {}L{} {}",
            x + dx * 32 / 100,
            460 + dy * 86 / 1_000,
            x + dx * 36 / 100,
            460 + dy * 97 / 1_000
        );
    }
    c.stroke(&marks, ink, 6);
    let lean = if x > 480 { 240 } else { -240 };
    let shade = if c.light == Light::Day { c.ink.mid } else { c.ink.near };
    c.path(&format!("M{} 472L{} 446L{} {}Z", x - 26, x + 26, x + lean, 500), shade);
    c.path(&format!("M{} 470L{} 190L{} 448Z", x - 30, x + 14, x + 62), accent);
    c.path(&format!("M{} 448L{} 190L{} 456Z", x + 62, x + 14, x + 22), c.ink.accent_deep);
    c.rect(0, 580, 960, 20, c.ink.near);
}
