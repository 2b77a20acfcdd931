//! Embeds the built site into a release binary; see `src/site.rs`.

fn main() {
    // New content has new file names, which only this manifest announces.
    println!("cargo::rerun-if-changed=../target/site/assets.json");
}
