//! Embeds the built site into a release binary; see `src/site.rs`.

use std::fs::File;

fn main() {
    // New content has new file names, which only this manifest announces.
    println!("cargo::rerun-if-changed=../target/site/assets.json");
    // `cargo xtask` builds the site at the same time, and holds this until it is whole.
    // Whoever has never built it that way has nothing to wait for.
    if let Ok(lock) = File::open("../target/xtask/lock") {
        lock.lock_shared().expect("the site is built, or its build has ended");
    }
}
