//! What can be drawn, by name.

mod land;
mod machine;
mod sea;
mod stage;
mod table;
mod town;

use super::canvas::Canvas;

/// Draws one motif on an empty sheet.
pub type Motif = fn(&mut Canvas);

/// Every motif. A hashed seed picks by place, so new ones go to the end.
pub const MOTIFS: &[(&str, Motif)] = &[
    ("tide", sea::tide),
    ("harbour", sea::harbour),
    ("lighthouse", sea::lighthouse),
    ("barge", sea::barge),
    ("monolith", sea::monolith),
    ("mountains", land::mountains),
    ("orchard", land::orchard),
    ("flock", land::flock),
    ("kites", land::kites),
    ("sundial", land::sundial),
    ("rooftops", town::rooftops),
    ("bridges", town::bridges),
    ("stairs", town::stairs),
    ("pillars", town::pillars),
    ("bakery", town::bakery),
    ("rails", town::rails),
    ("curtain", stage::curtain),
    ("vinyl", stage::vinyl),
    ("organ", stage::organ),
    ("projector", stage::projector),
    ("typewriter", machine::typewriter),
    ("loom", machine::loom),
    ("press", machine::press),
    ("telescope", machine::telescope),
    ("console", machine::console),
    ("watch", table::watch),
    ("kettle", table::kettle),
    ("book", table::book),
    ("lamp", table::lamp),
    ("bowl", table::bowl),
];
