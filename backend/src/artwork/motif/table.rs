//! Things one keeps within reach.

use std::fmt::Write as _;

use super::super::canvas::{Canvas, HORIZON, around};

/// A watch lying by a window.
pub fn watch(c: &mut Canvas) {
    c.horizon(HORIZON);
    c.orb(c.dice.between(150, 260), c.dice.between(110, 170), 64);
    c.hills(390, 20, c.ink.mid);
    let x = c.dice.between(500, 580);
    let (ink, paper, accent, far) = (c.ink.ink, c.ink.paper, c.ink.accent, c.ink.far);
    c.path(&format!("M{} 0h150l14 150h-178Z", x - 75), accent);
    c.path(&format!("M{} 600h150l14-150h-178Z", x - 75), accent);
    c.block((x - 130, 120), (260, 350), 46, ink);
    c.block((x + 126, 240), (18, 100), 6, far);
    c.block((x - 100, 160), (200, 262), 10, paper);
    let mut ticks = String::new();
    for hour in 0..12 {
        let (ax, ay) = around(x, 291, 74, hour * 30);
        let (bx, by) = around(x, 291, 86, hour * 30);
        let _ = write!(ticks, "M{ax} {ay}L{bx} {by}");
    }
    c.stroke(&ticks, ink, 6);
    let minute = c.dice.between(0, 11) * 30;
    let (mx, my) = around(x, 291, 62, minute);
    let (hx, hy) = around(x, 291, 40, minute / 12 + 210);
    c.stroke(&format!("M{hx} {hy}L{x} 291L{mx} {my}"), ink, 9);
}

/// A kettle on its ring, with steam.
pub fn kettle(c: &mut Canvas) {
    c.horizon(460);
    c.rect(0, 460, 960, 140, c.ink.mid);
    c.orb(c.dice.between(740, 840), c.dice.between(120, 170), 72);
    let x = c.dice.between(400, 470);
    let (ink, paper, accent, deep, line) =
        (c.ink.ink, c.ink.paper, c.ink.accent, c.ink.accent_deep, c.ink.line);
    let rise = c.dice.between(30, 60);
    c.stroke(
        &format!("M{} 190q-40-{rise} 0-80t0-80M{} 200q-40-{rise} 0-70t0-70", x - 250, x - 290),
        line,
        9,
    );
    c.stroke(&format!("M{} 250Q{x} 60 {} 250", x - 130, x + 130), ink, 20);
    c.path(&format!("M{} 330L{} 236l40-18L{} 400Z", x - 150, x - 290, x - 130), deep);
    c.path(&format!("M{} 490q-30-240 120-260h80q150 20 120 260Z", x - 160), accent);
    c.path(&format!("M{} 490q-30-240 120-260h30q-110 60-90 260Z", x - 160), deep);
    c.block((x - 70, 214), (140, 26), 13, ink);
    c.circle(x, 202, 18, paper);
    c.block((x - 190, 484), (380, 26), 13, ink);
    c.circle(x + 310, 520, 40, paper);
    c.ring(x + 310, 520, 28, accent, 5);
    c.stroke(&format!("M{} 520h44", x + 288), ink, 6);
}

/// An open book for a landscape.
pub fn book(c: &mut Canvas) {
    c.horizon(430);
    c.orb(480 + c.dice.between(-90, 90), c.dice.between(170, 210), 96);
    c.hills(420, 26, c.ink.mid);
    c.path("M0 500Q480 460 960 500V600H0Z", c.ink.near);
    let (paper, glow, deep, far) = (c.ink.paper, c.ink.glow, c.ink.accent_deep, c.ink.far);
    c.path("M480 560Q300 500 90 540L130 330Q320 300 480 350Z", deep);
    c.path("M480 560Q660 500 870 540L830 330Q640 300 480 350Z", deep);
    c.path("M480 540Q310 480 116 516L150 310Q330 280 480 336Z", paper);
    c.path("M480 540Q650 480 844 516L810 310Q630 280 480 336Z", glow);
    let mut lines = String::new();
    for row in 0..6 {
        let y = 334 + row * 28;
        let (left, right) = (c.dice.between(120, 210), c.dice.between(120, 210));
        let _ = write!(
            lines,
            "M{} {y}q{} -14 {left} 10M520 {}q{} -18 {right} -16",
            194 - row * 5,
            left / 2,
            y + 26,
            right / 2
        );
    }
    c.stroke(&lines, far, 5);
    c.stroke("M640 300V400l14-14l14 14V298", c.ink.accent, 12);
}

/// A lamp and the circle it draws on a table.
pub fn lamp(c: &mut Canvas) {
    c.horizon(450);
    let x = c.dice.between(560, 640);
    c.veil(&format!("M{} 200L{} 470H{}Z", x - 150, x - 400, x + 60), c.ink.glow, 60);
    c.rect(0, 450, 960, 150, c.ink.mid);
    c.ellipse(x - 180, 490, 250, 44, c.ink.glow);
    let (ink, accent, deep, paper) = (c.ink.ink, c.ink.accent, c.ink.accent_deep, c.ink.paper);
    c.stroke(&format!("M{} 500L{} 310L{} 190", x + 140, x + 50, x - 110), ink, 16);
    c.circle(x + 50, 310, 20, accent);
    c.ellipse(x + 140, 506, 110, 24, ink);
    c.path(&format!("M{} 110L{} 150L{} 262L{} 180Z", x - 150, x - 66, x - 96, x - 270), accent);
    c.path(&format!("M{} 180L{} 262l6 10L{} 190Z", x - 270, x - 96, x - 276), deep);
    c.block((x - 330, 470), (150, 24), 4, paper);
    c.block((x - 310, 448), (130, 22), 4, deep);
}

/// A steaming bowl under a station clock.
pub fn bowl(c: &mut Canvas) {
    c.horizon(430);
    let clock = c.dice.between(700, 800);
    let (ink, paper, accent, deep, line) =
        (c.ink.ink, c.ink.paper, c.ink.accent, c.ink.accent_deep, c.ink.line);
    c.stroke(&format!("M{clock} 0v70"), ink, 10);
    c.circle(clock, 140, 76, paper);
    c.ring(clock, 140, 76, ink, 10);
    let (hx, hy) = around(clock, 140, 34, c.dice.between(0, 11) * 30);
    let (mx, my) = around(clock, 140, 54, c.dice.between(0, 11) * 30);
    c.stroke(&format!("M{hx} {hy}L{clock} 140L{mx} {my}"), ink, 7);
    c.rect(0, 430, 960, 170, c.ink.mid);
    let x = c.dice.between(340, 420);
    let rise = c.dice.between(36, 60);
    c.stroke(
        &format!(
            "M{} 230q-{rise}-40 0-80t0-80M{x} 210q-{rise}-40 0-80t0-80M{} 230q-{rise}-40 0-80t0-80",
            x - 80,
            x + 80
        ),
        line,
        8,
    );
    c.ellipse(x, 540, 250, 30, c.ink.near);
    c.path(&format!("M{} 290h460q0 190-150 240h-160q-150-50-150-240Z", x - 230), accent);
    c.ellipse(x, 290, 230, 44, deep);
    c.ellipse(x, 296, 196, 30, c.ink.glow);
    c.stroke(&format!("M{} 330q180 60 380 0", x - 190), paper, 8);
    c.stroke(&format!("M{} 510L{} 250M{} 520L{} 262", x + 330, x + 520, x + 360, x + 550), ink, 10);
}
