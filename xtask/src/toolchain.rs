//! A compiler for WebAssembly. The usual one has it after `rustup target add`;
//! where that cannot be downloaded, Debian's own compiler stands in.

mod debian;

use crate::shell::{cargo, find, program, quiet, root, within};
use crate::step::{note, step};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// The target of everything that runs in a browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Lets a stable compiler take unstable flags.
const UNLOCK: &str = "RUSTC_BOOTSTRAP";

/// A panic in a browser has nobody to tell its story to. Without its words and
/// places the download is a tenth smaller, but the standard library has to be
/// compiled so too, and no stable compiler takes these flags by itself.
const TERSE: [&str; 4] =
    ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"];

/// A compiler that was seen to make WebAssembly.
pub enum Toolchain {
    /// The one that compiles everything else. It `is_terse` when it has the
    /// sources of its standard library, too.
    Default { is_terse: bool },
    /// Debian's, with a standard library of its own where it lacks one.
    Debian(debian::Compiler),
}

impl Toolchain {
    /// A cargo that compiles with `flags` for the browser.
    pub fn cargo(&self, flags: &[&str]) -> Command {
        let mut flags: Vec<String> = flags.iter().map(|&flag| flag.to_owned()).collect();
        let mut command = match self {
            Self::Default { is_terse: false } => cargo(),
            Self::Default { is_terse: true } => {
                flags.extend(TERSE.map(str::to_owned));
                let mut command = cargo();
                command.env(UNLOCK, "1");
                command
            }
            Self::Debian(compiler) => {
                flags.extend(compiler.flags());
                compiler.cargo()
            }
        };
        command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
        command
    }

    /// What cargo has to be told for a standard library that fits the flags.
    pub fn arguments(&self) -> &'static [&'static str] {
        match self {
            Self::Default { is_terse: true } => {
                &["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]
            }
            _ => &[],
        }
    }

    /// For a person.
    pub fn describe(&self) -> String {
        match self {
            Self::Default { is_terse: true } => {
                "the default toolchain, with a standard library of our own".to_owned()
            }
            Self::Default { .. } => "the default toolchain".to_owned(),
            Self::Debian(compiler) => compiler.describe(),
        }
    }

    fn rustc(&self) -> Command {
        match self {
            Self::Default { .. } => program("rustc"),
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
    let is_verbose = |found: &Toolchain| matches!(found, Toolchain::Default { is_terse: false });
    let found = ready();
    if find("rustup").is_some() && found.as_ref().is_none_or(is_verbose) {
        if found.is_none() {
            add("target", TARGET);
        }
        add("component", "rust-src");
        if let Some(found) = default() {
            return Ok(found);
        }
        note("rustup cannot add it here; trying Debian's own compiler");
    }
    if let Some(found) = found {
        return Ok(found);
    }
    let compiler = debian::set_up(&cache()?).context(
        "no compiler for WebAssembly. Either `rustup target add wasm32-unknown-unknown` has to \
         work, or the machine has to be a Debian that has the package rustc-web",
    )?;
    let found = Toolchain::Debian(compiler);
    found.try_out().context("Debian's compiler was set up and still makes no WebAssembly")?;
    Ok(found)
}

/// Asks rustup for a part of the compiler; what came of it shows afterwards.
fn add(kind: &str, name: &str) {
    let added = step(&format!("rustup {kind} add {name}"), "", || {
        within(Duration::from_secs(90), program("rustup").args([kind, "add", name]))
    });
    if added.is_err() {
        note(&format!("going on without {name}"));
    }
}

fn default() -> Option<Toolchain> {
    let found = Toolchain::Default { is_terse: has_sources() && is_terse(program("rustc")) };
    found.works().then_some(found)
}

fn ready() -> Option<Toolchain> {
    if let Some(found) = default() {
        return Some(found);
    }
    debian::candidates(&cache().ok()?).into_iter().map(Toolchain::Debian).find(Toolchain::works)
}

/// Whether this compiler knows the flags.
fn is_terse(mut rustc: Command) -> bool {
    let asked = ["--print", "cfg", "--target", TARGET];
    quiet(rustc.args(asked).args(TERSE).env(UNLOCK, "1")).is_ok()
}

/// Whether the default compiler's standard library can be compiled anew.
fn has_sources() -> bool {
    quiet(program("rustc").args(["--print", "sysroot"])).is_ok_and(|sysroot| {
        PathBuf::from(sysroot.trim()).join("lib/rustlib/src/rust/library/std").is_dir()
    })
}

/// Where a standard library that took a minute to compile outlives `cargo clean`.
fn cache() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("XDG_CACHE_HOME") {
        return Ok(PathBuf::from(folder).join("pedestal"));
    }
    let home = std::env::var_os("HOME").context("the environment names no HOME")?;
    Ok(PathBuf::from(home).join(".cache/pedestal"))
}
