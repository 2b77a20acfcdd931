//! Versions of the custom element that were offered to be pasted. A page that pasted one
//! holds its hash and is never tended again, so each is served as long as there is a
//! server: nothing is taken out of here once it was released.

use std::sync::OnceLock;

use super::Script;

/// Name and text of each, the oldest first.
const TEXTS: &[(&str, &str)] = &[
    ("cd26c4283baa.js", include_str!("released/cd26c4283baa.js")),
    ("fa0986a6b774.js", include_str!("released/fa0986a6b774.js")),
];

/// The same, finished when the first page asks.
static SCRIPTS: [OnceLock<Script>; TEXTS.len()] = [const { OnceLock::new() }; TEXTS.len()];

/// The version of this name.
pub fn named(name: &str) -> Option<&'static Script> {
    let of_name = TEXTS.iter().zip(&SCRIPTS).find(|((known, _), _)| *known == name);
    of_name.map(|((_, text), script)| script.get_or_init(|| Script::of((*text).to_owned())))
}

/// The names of all of them.
#[cfg(test)]
pub fn names() -> impl Iterator<Item = &'static str> {
    TEXTS.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::{Script, TEXTS};
    use crate::embed::SCRIPT;

    #[test]
    fn what_was_released_is_kept_as_it_was() {
        for (name, text) in TEXTS {
            assert_eq!(*name, Script::of((*text).to_owned()).name, "its text was changed");
        }
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/embed/script/released");
        for entry in std::fs::read_dir(folder).expect("the folder of released versions") {
            let name = entry.expect("a file").file_name();
            assert!(TEXTS.iter().any(|(known, _)| name == **known), "{name:?} is not in TEXTS");
        }
    }

    #[test]
    fn the_version_of_today_is_kept_for_whoever_pastes_it() {
        let (name, text) = (&SCRIPT.name, &SCRIPT.plain);
        if TEXTS.iter().any(|(known, kept)| known == name && kept == text) {
            return;
        }
        let made = std::env::temp_dir().join(name);
        std::fs::write(&made, text).expect("a place for temporary files");
        panic!(
            "the custom element is another one now: move {} to server/src/embed/script/released, \
             and name it last in TEXTS there; the last one may go if it was never released",
            made.display(),
        );
    }
}
