//! A compiler for WebAssembly. The usual one has it after `rustup target add`;
//! where that cannot be downloaded, Debian's own compiler stands in.

mod debian;

use crate::shell::{cargo, find, program, quiet, root, within};
use crate::step::step;
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// The target of everything that runs in a browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A compiler that was seen to make WebAssembly.
pub enum Toolchain {
    /// The one that compiles everything else.
    Default,
    /// Debian's, with a standard library of its own where it lacks one.
    Debian(debian::Compiler),
}

impl Toolchain {
    /// A cargo that compiles with `flags` for the browser.
    pub fn cargo(&self, flags: &[&str]) -> Command {
        let mut flags: Vec<String> = flags.iter().map(|&flag| flag.to_owned()).collect();
        let mut command = match self {
            Self::Default => cargo(),
            Self::Debian(compiler) => {
                flags.extend(compiler.flags());
                compiler.cargo()
            }
        };
        command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
        command
    }

    /// For a person.
    pub fn describe(&self) -> String {
        match self {
            Self::Default => "the default toolchain".to_owned(),
            Self::Debian(compiler) => compiler.describe(),
        }
    }

    fn rustc(&self) -> Command {
        match self {
            Self::Default => program("rustc"),
            Self::Debian(compiler) => compiler.rustc(),
        }
    }

    /// Whether it compiles and links a small library. Asking for the folder of
    /// the standard library would not do: it can be there and be of another
    /// version, or the linker can be missing.
    fn works(&self) -> bool {
        self.try_out().is_ok()
    }

    fn try_out(&self) -> Result<()> {
        let folder = root().join("target/xtask");
        fs::create_dir_all(&folder)?;
        let source = folder.join("probe.rs");
        fs::write(&source, "pub fn probe() -> Vec<u8> { vec![1] }")?;
        quiet(
            self.rustc()
                .args(["--edition=2024", "--crate-type=cdylib", "--target", TARGET, "-o"])
                .arg(folder.join("probe.wasm"))
                .arg(source),
        )?;
        Ok(())
    }
}

/// Finds a compiler for WebAssembly, or sets one up.
pub fn ensure() -> Result<Toolchain> {
    if let Some(found) = ready() {
        return Ok(found);
    }
    if find("rustup").is_some() {
        let added = step("rustup target add wasm32-unknown-unknown", "", || {
            within(Duration::from_secs(90), program("rustup").args(["target", "add", TARGET]))
        });
        if added.is_ok() && Toolchain::Default.works() {
            return Ok(Toolchain::Default);
        }
        crate::step::note("rustup cannot add it here; trying Debian's own compiler");
    }
    let compiler = debian::set_up(&cache()?).context(
        "no compiler for WebAssembly. Either `rustup target add wasm32-unknown-unknown` has to \
         work, or the machine has to be a Debian that has the package rustc-web",
    )?;
    let found = Toolchain::Debian(compiler);
    found.try_out().context("Debian's compiler was set up and still makes no WebAssembly")?;
    Ok(found)
}

fn ready() -> Option<Toolchain> {
    if Toolchain::Default.works() {
        return Some(Toolchain::Default);
    }
    debian::candidates(&cache().ok()?).into_iter().map(Toolchain::Debian).find(Toolchain::works)
}

/// Where a standard library that took a minute to compile outlives `cargo clean`.
fn cache() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("XDG_CACHE_HOME") {
        return Ok(PathBuf::from(folder).join("pedestal"));
    }
    let home = std::env::var_os("HOME").context("the environment names no HOME")?;
    Ok(PathBuf::from(home).join(".cache/pedestal"))
}
