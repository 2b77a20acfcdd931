//! Machines that people repair.

use std::fmt::Write as _;

use super::super::canvas::{Canvas, around};

/// Round keys, and a sheet with raised dots.
pub fn typewriter(c: &mut Canvas) {
    c.horizon(440);
    c.rect(0, 440, 960, 160, c.ink.mid);
    let (paper, ink, accent, deep, near) =
        (c.ink.paper, c.ink.ink, c.ink.accent, c.ink.accent_deep, c.ink.near);
    c.block((300, 50), (360, 280), 6, paper);
    let mut dots = String::new();
    for row in 0..2 {
        for cell in 0..5 {
            for dot in 0..6 {
                if c.dice.below(5) < 3 {
                    let (x, y) = (344 + cell * 62 + dot % 2 * 24, 92 + row * 108 + dot / 2 * 26);
                    let _ = write!(dots, "M{x} {y}h0");
                }
            }
        }
    }
    c.stroke(&dots, deep, 13);
    c.block((190, 290), (580, 60), 30, ink);
    c.path("M230 350h500l110 220H120Z", near);
    for x in [170, 790] {
        c.circle(x, 320, 32, accent);
    }
    for (row, (first, count)) in [(300, 6), (262, 7)].into_iter().enumerate() {
        for key in 0..count {
            let (x, y) = (first + key * 72, 410 + row as i64 * 64);
            c.circle(x, y + 6, 27, ink);
            c.circle(x, y, 25, if (key + row as i64) % 4 == 1 { accent } else { paper });
        }
    }
    c.block((330, 518), (300, 32), 16, paper);
}

/// Warp, weft and a shuttle.
pub fn loom(c: &mut Canvas) {
    c.horizon(600);
    let (ink, paper, accent, deep, line) =
        (c.ink.ink, c.ink.paper, c.ink.accent, c.ink.accent_deep, c.ink.line);
    let mut warp = String::new();
    for thread in 0..33 {
        let _ = write!(warp, "M{} 70V360", 160 + thread * 20);
    }
    c.stroke(&warp, line, 3);
    c.rect(150, 360, 660, 190, paper);
    let phase = c.dice.between(0, 5);
    let step = c.dice.between(2, 4);
    let (mut one, mut two) = (String::new(), String::new());
    for row in 0..5 {
        for column in 0..16 {
            let (x, y) = (154 + column * 41, 364 + row * 37);
            let d = format!("M{x} {y}h37v33h-37Z");
            match (column * step + row * (phase + 1) + column / 4) % 5 {
                0 | 1 => one.push_str(&d),
                3 => two.push_str(&d),
                _ => {}
            }
        }
    }
    c.path(&one, accent);
    c.path(&two, deep);
    c.block((90, 40), (780, 44), 10, ink);
    c.block((90, 550), (780, 50), 10, ink);
    c.rect(100, 40, 36, 560, ink);
    c.rect(824, 40, 36, 560, ink);
    c.block((130, c.dice.between(180, 240)), (700, 26), 8, c.ink.near);
    let x = c.dice.between(300, 540);
    c.path(&format!("M{x} 330q90-44 180 0q-90 44-180 0Z"), accent);
    c.block((x + 54, 320), (72, 20), 8, paper);
}

/// A sheet on its way over the rollers.
pub fn press(c: &mut Canvas) {
    c.horizon(500);
    c.orb(c.dice.between(780, 860), 110, 50);
    c.rect(0, 500, 960, 100, c.ink.near);
    let (ink, paper, accent, deep, line) =
        (c.ink.ink, c.ink.paper, c.ink.accent, c.ink.accent_deep, c.ink.far);
    c.block((170, 90), (40, 430), 6, ink);
    c.block((690, 90), (40, 430), 6, ink);
    c.rect(170, 90, 560, 36, ink);
    c.stroke("M20 210H330Q460 210 460 290T590 370H960", paper, 74);
    let mut type_lines = String::new();
    for row in 0..3 {
        let (y, cut) = (190 + row * 20, c.dice.between(0, 60));
        let _ = write!(type_lines, "M20 {y}h{}M{} {}h{}", 180 - cut, 760 + cut, y + 160, 200 - cut);
    }
    c.stroke(&type_lines, line, 6);
    for (x, y, r, fill) in
        [(350, 300, 84, accent), (560, 270, 84, deep), (350, 150, 40, ink), (570, 430, 52, ink)]
    {
        c.circle(x, y, r, fill);
        c.circle(x, y, r / 4, paper);
    }
    let turn = c.dice.between(0, 89);
    for (x, y) in [(350, 300), (560, 270)] {
        let mut spokes = String::new();
        for spoke in 0..4 {
            let (ax, ay) = around(x, y, 30, turn + spoke * 90);
            let (bx, by) = around(x, y, 64, turn + spoke * 90);
            let _ = write!(spokes, "M{ax} {ay}L{bx} {by}");
        }
        c.stroke(&spokes, paper, 8);
    }
}

/// A dome, a tube and a piece of sky.
pub fn telescope(c: &mut Canvas) {
    c.horizon(480);
    c.scatter((20, 20), (940, 330), 46, c.ink.glow);
    let moon = c.dice.between(720, 840);
    c.orb(moon, 130, 64);
    let top = c.ink.sky_top;
    c.circle(moon - 26, 116, 58, top);
    c.hills(480, 24, c.ink.mid);
    let x = c.dice.between(300, 420);
    let (paper, ink, accent, near, deep) =
        (c.ink.paper, c.ink.ink, c.ink.accent, c.ink.near, c.ink.accent_deep);
    c.rect(x - 150, 430, 300, 110, paper);
    c.path(&format!("M{} 430a170 170 0 0 1 340 0Z", x - 170), accent);
    c.path(&format!("M{x} 262a170 170 0 0 1 100 30L{} 430H{x}Z", x + 60), ink);
    c.stroke(&format!("M{} 392L{} 236", x + 24, x + 156), deep, 44);
    c.stroke(&format!("M{} 258L{} 236", x + 138, x + 156), paper, 46);
    c.block((x - 34, 466), (68, 74), 6, ink);
    c.path("M0 560Q480 500 960 560V600H0Z", near);
}

/// A small box with one round button, and its long shadow.
pub fn console(c: &mut Canvas) {
    c.horizon(360);
    c.orb(c.dice.between(150, 300), c.dice.between(110, 160), 70);
    let x = c.dice.between(400, 480);
    let (near, paper, accent, deep, mid) =
        (c.ink.near, c.ink.paper, c.ink.accent, c.ink.accent_deep, c.ink.mid);
    c.path(&format!("M{} 500L960 560V600H{}Z", x, x - 90), mid);
    c.path(&format!("M{x} 220L{} 250V500L{x} 540Z", x + 170), deep);
    c.path(&format!("M{x} 220L{} 250V500L{x} 540Z", x - 170), accent);
    c.path(&format!("M{x} 220L{} 250L{x} 282L{} 250Z", x + 170, x - 170), paper);
    c.ellipse(x, 251, 46, 9, near);
    c.stroke(&format!("M{} 420q-90 90-190 60", x - 170), near, 7);
    let pad = x - 350;
    c.block((pad - 70, 470), (170, 74), 37, near);
    c.circle(pad - 26, 507, 20, paper);
    c.circle(pad + 52, 507, 16, accent);
}
