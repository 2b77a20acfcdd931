//! Water and what stands by it.

use std::fmt::Write as _;

use super::super::canvas::{Canvas, HORIZON};

/// A clock with one hand over the tide, under a moon.
pub fn tide(c: &mut Canvas) {
    c.horizon(600);
    let (x, moon) = (c.dice.between(260, 380), c.dice.between(640, 780));
    c.orb(moon, c.dice.between(120, 180), 66);
    c.waves(390, 5);
    let (paper, accent, ink) = (c.ink.paper, c.ink.accent, c.ink.ink);
    c.circle(x, 300, 150, paper);
    c.ring(x, 300, 150, accent, 12);
    let (dx, dy) = (c.dice.between(-50, 50), c.dice.between(-110, -90));
    c.stroke(&format!("M{x} 300l{dx} {dy}"), ink, 8);
    c.circle(x, 300, 10, accent);
}

/// Boats at rest behind a quay.
pub fn harbour(c: &mut Canvas) {
    c.horizon(HORIZON);
    let x = c.dice.between(140, 820);
    c.orb(x, c.dice.between(110, 190), 60);
    let far = c.dice.between(0, 120);
    c.path(
        &format!("M0 400V{}L220 {}L480 {}L700 400Z", 330 + far / 3, 280 + far / 2, 350),
        c.ink.mid,
    );
    for (at, size) in [(190, 70), (470, 110), (760, 86)] {
        let (x, y) = (at + c.dice.between(-30, 30), 400 + size / 2 + c.dice.between(0, 26));
        boat(c, x, y, size);
    }
    c.waves(470, 2);
    let (near, accent) = (c.ink.near, c.ink.accent);
    c.rect(0, 548, 960, 52, near);
    for post in [90, 330, 570, 810] {
        c.block((post, 512), (26, 60), 6, accent);
    }
}

fn boat(c: &mut Canvas, x: i64, y: i64, size: i64) {
    let (mast, beam) = (size * 2, size);
    c.stroke(&format!("M{x} {y}v-{mast}"), c.ink.ink, 5);
    c.path(
        &format!("M{} {}v-{}l{} {}Z", x + 8, y - 14, mast - 26, beam * 3 / 4, mast - 26),
        c.ink.paper,
    );
    c.path(
        &format!("M{} {}v-{}l-{} {}Z", x - 8, y - 14, mast * 2 / 3, beam / 2, mast * 2 / 3),
        c.ink.glow,
    );
    c.path(
        &format!("M{} {y}h{}l-{} {}h-{}Z", x - beam, beam * 2, beam / 3, beam / 3, beam * 4 / 3),
        c.ink.accent_deep,
    );
}

/// A tower with its beam over rocks.
pub fn lighthouse(c: &mut Canvas) {
    c.horizon(440);
    let x = c.dice.between(250, 420);
    c.scatter((20, 20), (940, 240), 16, c.ink.glow);
    c.veil(&format!("M{x} 150L960 {}V{}Z", 60, 250), c.ink.glow, 45);
    c.veil(&format!("M{x} 150L0 {}V{}Z", 110, 190), c.ink.glow, 30);
    c.waves(480, 3);
    let (paper, accent, ink, near) = (c.ink.paper, c.ink.accent, c.ink.ink, c.ink.near);
    c.path(&format!("M{} 500L{} 190h68L{} 500Z", x - 62, x - 34, x + 62), paper);
    c.path(&format!("M{} 300h88l7 70h-102Z", x - 44), accent);
    c.rect(x - 48, 178, 96, 14, ink);
    c.rect(x - 26, 124, 52, 54, c.ink.glow);
    c.path(&format!("M{} 124L{x} 84L{} 124Z", x - 40, x + 40), accent);
    c.path(
        &format!("M{} 600Q{} 470 {x} 478T{} 520T{} 600Z", x - 330, x - 150, x + 170, x + 380),
        near,
    );
}

/// A long boat on a canal between poplars.
pub fn barge(c: &mut Canvas) {
    c.horizon(360);
    c.orb(c.dice.between(120, 300), c.dice.between(110, 170), 58);
    let (mid, near, line) = (c.ink.mid, c.ink.near, c.ink.line);
    let first = c.dice.between(-20, 40);
    for place in 0..8 {
        let (x, tall) = (first + place * 135, c.dice.between(150, 220));
        c.ellipse(x, 362 - tall / 2, 30, tall / 2, mid);
        c.ellipse(x, 366 + tall / 3, 26, tall / 3, mid);
    }
    c.rect(0, 352, 960, 16, near);
    c.stroke("M60 560h220M420 580h300M700 540h190", line, 3);
    let (paper, accent, deep, glow) = (c.ink.paper, c.ink.accent, c.ink.accent_deep, c.ink.glow);
    let x = c.dice.between(150, 250);
    c.path(&format!("M{x} 430h600q20 0 24-24h30q-4 92-70 92H{}q-54 0-60-68Z", x + 40), c.ink.ink);
    c.block((x + 90, 340), (400, 90), 8, paper);
    for window in 0..5 {
        c.circle(x + 140 + window * 76, 385, 20, if window % 2 == 0 { glow } else { accent });
    }
    c.path(&format!("M{} 340q200-74 400 0Z", x + 90), deep);
    c.rect(x + 540, 360, 14, 70, accent);
}

/// Slabs that stand in still water.
pub fn monolith(c: &mut Canvas) {
    c.horizon(410);
    let sun = c.dice.between(400, 560);
    c.orb(sun, 300, 150);
    let (mid, near, accent) = (c.ink.mid, c.ink.near, c.ink.accent_deep);
    let mut mirror = String::new();
    for (place, base) in
        [(120, 150), (290, 230), (470, 330), (650, 200), (800, 120)].into_iter().enumerate()
    {
        let (x, tall) = (base.0 + c.dice.between(-20, 20), base.1 + c.dice.between(-30, 30));
        let wide = 44 + tall / 8;
        let fill = if place == 2 { accent } else { near };
        c.path(&format!("M{x} 412l10-{tall}l{wide}-16l6 {}Z", tall + 16), fill);
        let _ = write!(mirror, "M{x} 418h{}l-8 {}h-{wide}Z", wide + 16, tall / 2);
    }
    c.path(&mirror, mid);
    c.waves(470, 3);
}
