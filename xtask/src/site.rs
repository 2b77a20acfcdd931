//! What the browser loads, in `target/site`: WebAssembly, its JavaScript, the
//! style sheet and the public files, with names that may be cached for ever
//! and a manifest that tells the server those names.

mod pack;
mod wasm;

use crate::shell::{digest, files_below, root};
use crate::step::{skip, step};
use crate::{npm, toolchain};
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};

const NPM: &str = "xtask/npm";

/// The finished site, as the server embeds it.
pub fn folder() -> PathBuf {
    root().join("target/site")
}

/// Builds what changed of the site.
pub fn build() -> Result<()> {
    build_beside(|| Ok(()))
}

/// The same while something else is under way, which is begun once nobody else can touch
/// the site: the server's build script waits until it may be embedded.
pub fn build_beside<T>(begin: impl FnOnce() -> Result<T>) -> Result<T> {
    fs::create_dir_all(work())?;
    // Two builds at once would overwrite each other's files.
    let lock = fs::File::create(work().join("lock"))?;
    lock.lock()?;
    let begun = begin()?;
    npm::ensure(NPM)?;
    let compiler = toolchain::ensure()?;
    let linked = step(
        "compile the browser's part to WebAssembly",
        "The compiler's messages are above.",
        || wasm::compile(&compiler),
    )?;
    let package = work().join("pkg");
    let inputs = [vec![linked.clone()], machinery()?].concat();
    cached("prepare WebAssembly and JavaScript", "pkg", &inputs, || {
        wasm::package(&linked, &package)
    })?;

    let mut inputs = machinery()?;
    for folder in [package.clone(), root().join("style"), root().join("public")] {
        if folder.is_dir() {
            inputs.extend(files_below(&folder)?);
        }
    }
    cached("assemble target/site", "site", &inputs, || pack::assemble(&package, &folder()))?;
    pack::report(&folder())?;
    Ok(begun)
}

/// Fails where a part that is loaded apart is heavier than it may be.
pub fn check() -> Result<()> {
    step(
        "weigh what is loaded apart",
        "Find what came into the part: `cargo xtask build` prints its weight.",
        || pack::check(&folder()),
    )
}

/// The server's code names the folder, so it has to exist even when only
/// checking that the code compiles.
pub fn ensure_folder() -> Result<()> {
    Ok(fs::create_dir_all(folder())?)
}

/// What this program changes itself is kept apart from cargo's own folders.
fn work() -> PathBuf {
    root().join("target/xtask")
}

/// This program's own share in the result.
fn machinery() -> Result<Vec<PathBuf>> {
    let mut files = files_below(&root().join("xtask/src/site"))?;
    files.extend(["package-lock.json", "site.mjs"].map(|name| root().join(NPM).join(name)));
    Ok(files)
}

/// Does `work` unless these inputs were the ones last time.
fn cached(
    name: &str,
    key: &str,
    inputs: &[PathBuf],
    work_to_do: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let wanted = digest(inputs)?;
    let stamp: &Path = &work().join(format!("{key}.stamp"));
    let output = if key == "site" { folder() } else { work().join(key) };
    if output.is_dir() && fs::read_to_string(stamp).is_ok_and(|done| done == wanted) {
        skip(name, "nothing changed");
        return Ok(());
    }
    step(name, "", work_to_do)?;
    Ok(fs::write(stamp, wanted)?)
}
