//! Streets, roofs and what is built.

use std::fmt::Write as _;

use super::super::canvas::{Canvas, HORIZON};

/// Roofs with a few lit windows, and mist between them.
pub fn rooftops(c: &mut Canvas) {
    c.horizon(600);
    c.orb(c.dice.between(150, 810), c.dice.between(110, 180), 70);
    let rows = [(330, c.ink.far), (410, c.ink.mid), (490, c.ink.near)];
    for (row, (y, fill)) in rows.into_iter().enumerate() {
        let mut d = format!("M0 600V{y}");
        let mut x = -c.dice.between(0, 60);
        let mut lights = String::new();
        while x < 960 {
            let (wide, drop) = (c.dice.between(90, 170), c.dice.between(-30, 40));
            let roof = c.dice.between(40, 80);
            let _ = write!(d, "H{x}V{}l{} -{roof}l{} {roof}", y + drop, wide / 2, wide - wide / 2);
            if c.dice.below(3) > 0 {
                let _ = write!(lights, "M{} {}h18v26h-18Z", x + wide / 3, y + drop + 24);
            }
            x += wide;
        }
        d.push_str("V600Z");
        c.path(&d, fill);
        c.path(&lights, if row == 1 { c.ink.accent } else { c.ink.glow });
        if row < 2 {
            let mist = y + 80;
            c.veil(
                &format!("M0 {mist}q240-50 480 0t480 0v46q-240 40-480 0t-480 0Z"),
                c.ink.paper,
                35,
            );
        }
    }
}

/// Arches over a river, and their other halves in it.
pub fn bridges(c: &mut Canvas) {
    c.horizon(370);
    c.orb(c.dice.between(200, 760), c.dice.between(130, 200), 84);
    c.path("M0 372V300L140 250L300 310L520 262L760 315L960 250V372Z", c.ink.mid);
    for (y, scale, fill) in [(374, 2, c.ink.near), (500, 4, c.ink.accent)] {
        let (wide, shift) = (scale * 44, c.dice.between(-80, 0));
        let deck = y - wide * 3 / 4;
        let mut d = format!("M0 {deck}H960V{y}");
        let mut x = 960 + shift;
        while x > -wide {
            let _ = write!(d, "H{x}a{0} {0} 0 0 0-{1} 0", wide / 2 - 8, wide - 16);
            x -= wide;
        }
        let _ = write!(d, "H0Z");
        c.path(&d, fill);
        c.rect(0, deck - 10, 960, 10, c.ink.ink);
    }
    c.waves(540, 2);
    let x = c.dice.between(200, 700);
    c.path(&format!("M{x} 548h120l-26 26h-70Z"), c.ink.near);
}

/// A public stair with a dancer's line on it.
pub fn stairs(c: &mut Canvas) {
    c.horizon(600);
    c.orb(c.dice.between(130, 240), c.dice.between(130, 190), 78);
    let mut flights = String::from("M960 150");
    let mut edges = String::new();
    for step in 0..9 {
        let (x, y) = (860 - step * 100, 150 + step * 50);
        let _ = write!(flights, "H{x}v50");
        let _ = write!(edges, "M{x} {y}h100");
    }
    flights.push_str("H0V600H960Z");
    c.path(&flights, c.ink.mid);
    c.stroke(&edges, c.ink.line, 5);
    let at = c.dice.between(1, 3);
    let (x, y) = (910 - at * 100, 150 + at * 50);
    let (accent, paper) = (c.ink.accent, c.ink.paper);
    c.circle(x - 14, y - 196, 22, paper);
    c.stroke(&format!("M{} {}Q{} {} {x} {}", x - 12, y - 170, x + 10, y - 120, y - 90), accent, 26);
    c.stroke(
        &format!(
            "M{x} {}L{} {}L{x} {y}M{x} {}Q{} {} {} {}",
            y - 90,
            x + 12,
            y - 44,
            y - 90,
            x - 50,
            y - 84,
            x - 120,
            y - 112
        ),
        accent,
        17,
    );
    c.stroke(
        &format!(
            "M{} {}Q{} {} {} {}M{} {}Q{} {} {} {}",
            x - 10,
            y - 160,
            x + 50,
            y - 190,
            x + 96,
            y - 250,
            x - 12,
            y - 158,
            x - 70,
            y - 170,
            x - 110,
            y - 220
        ),
        paper,
        12,
    );
    c.path("M0 600V560H140V600Z", c.ink.near);
}

/// Columns before a low sun.
pub fn pillars(c: &mut Canvas) {
    c.horizon(450);
    c.orb(c.dice.between(380, 580), 330, c.dice.between(150, 180));
    c.hills(450, 14, c.ink.mid);
    let (near, paper, deep) = (c.ink.near, c.ink.paper, c.ink.accent_deep);
    for (place, x) in [110, 290, 470, 650, 830].into_iter().enumerate() {
        let broken = c.dice.below(5) == place as u64;
        let top = if broken { c.dice.between(250, 330) } else { 150 };
        let fill = if place % 2 == 0 { near } else { deep };
        c.path(&format!("M{} 500L{} {top}h60l6 {}Z", x - 36, x - 30, 500 - top), fill);
        if !broken {
            c.rect(x - 48, 128, 96, 24, fill);
        }
        c.rect(x - 48, 492, 96, 20, fill);
    }
    c.rect(0, 512, 960, 88, c.ink.ink);
    c.stroke("M0 512H960", paper, 4);
}

/// An oven's mouth and what came out of it.
pub fn bakery(c: &mut Canvas) {
    c.horizon(600);
    let (mid, far, near, paper) = (c.ink.mid, c.ink.far, c.ink.near, c.ink.paper);
    c.rect(0, 0, 960, 450, mid);
    let mut joints = String::new();
    for row in 0..6 {
        let y = 20 + row * 75;
        let _ = write!(joints, "M0 {y}H960");
        for brick in 0..6 {
            let _ = write!(joints, "M{} {y}v75", 20 + brick * 180 + row % 2 * 90);
        }
    }
    c.stroke(&joints, far, 4);
    let x = c.dice.between(420, 540);
    c.path(&format!("M{} 450V300a200 200 0 0 1 400 0v150Z", x - 200), paper);
    c.path(&format!("M{} 450V300a165 165 0 0 1 330 0v150Z", x - 165), c.ink.ink);
    c.path(
        &format!("M{} 450q20-150 70-70q20-140 66-40q44-90 60 30q40-40 34 80Z", x - 115),
        c.ink.accent,
    );
    c.path(&format!("M{} 450q20-80 50-40q30-70 60 0q24-20 20 40Z", x - 65), c.ink.glow);
    c.rect(0, 450, 960, 150, near);
    for place in 0..4 {
        let (lx, ly) = (120 + place * 240 + c.dice.between(-30, 30), 530 + c.dice.between(-10, 14));
        c.ellipse(lx, ly, 84, 40, c.ink.accent_deep);
        c.stroke(
            &format!(
                "M{} {}q10-14 6-30M{} {}q10-14 6-34M{} {}q10-14 6-30",
                lx - 40,
                ly + 10,
                lx - 4,
                ly + 12,
                lx + 32,
                ly + 10
            ),
            c.ink.glow,
            5,
        );
    }
}

/// A wagon with an oven in it, under way.
pub fn rails(c: &mut Canvas) {
    c.horizon(HORIZON + 40);
    c.orb(c.dice.between(700, 850), c.dice.between(100, 160), 58);
    c.hills(400, 34, c.ink.mid);
    c.rect(0, 490, 960, 110, c.ink.near);
    c.stroke("M0 502H960M0 556H960", c.ink.line, 5);
    let x = c.dice.between(150, 250);
    let (accent, deep, paper, ink, glow) =
        (c.ink.accent, c.ink.accent_deep, c.ink.paper, c.ink.ink, c.ink.glow);
    for (dx, dy, r) in [(96, 170, 22), (60, 120, 30), (0, 70, 40)] {
        c.circle(x + dx, dy, r, paper);
    }
    c.rect(x + 84, 190, 40, 70, ink);
    c.block((x, 250), (560, 210), 16, accent);
    c.path(&format!("M{} 250q0-34 40-34h520q40 0 40 34Z", x - 20), deep);
    c.path(&format!("M{} 440v-70a70 70 0 0 1 140 0v70Z", x + 40), ink);
    c.path(&format!("M{} 440q14-70 36-30q16-56 34 6q20-20 10 24Z", x + 70), glow);
    for window in 0..3 {
        c.block((x + 230 + window * 105, 300), (76, 80), 8, if window == 1 { glow } else { paper });
    }
    for wheel in [90, 190, 390, 490] {
        c.circle(x + wheel, 472, 40, ink);
        c.circle(x + wheel, 472, 14, paper);
    }
}
