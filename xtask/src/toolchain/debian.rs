//! Debian's `rustc-web`, the compiler that its browsers are built with. It
//! knows WebAssembly and comes with the sources of the standard library, but
//! not with that library compiled: this makes it, in a folder of the user.

use crate::apt;
use crate::shell::{find, hex, program, quiet, run};
use crate::step::step;
use crate::toolchain::{TARGET, TERSE, UNLOCK, is_terse};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";

/// One way of calling the compiler.
pub struct Compiler {
    version: String,
    /// A folder in the layout of a compiler's own, when its own does not do.
    sysroot: Option<PathBuf>,
    linker: Option<PathBuf>,
    /// Whether that library was compiled with the terse flags.
    is_terse: bool,
}

impl Compiler {
    pub fn rustc(&self) -> Command {
        let mut command = self.unlocked(RUSTC);
        command.args(self.flags());
        command
    }

    pub fn cargo(&self) -> Command {
        let mut command = self.unlocked(CARGO);
        command.env("RUSTC", RUSTC);
        command
    }

    fn unlocked(&self, name: &str) -> Command {
        let mut command = detached(name);
        if self.is_terse {
            command.env(UNLOCK, "1");
        }
        command
    }

    /// What it has to be told for the browser's target.
    pub fn flags(&self) -> Vec<String> {
        let mut flags = Vec::new();
        if let Some(folder) = &self.sysroot {
            flags.push(format!("--sysroot={}", folder.display()));
        }
        if let Some(linker) = &self.linker {
            flags.push(format!("-Clinker={}", linker.display()));
        }
        if self.is_terse {
            flags.extend(TERSE.map(str::to_owned));
        }
        flags
    }

    pub fn describe(&self) -> String {
        format!("Debian's compiler, {}", self.version)
    }
}

/// What may work without installing anything: the compiler as it is, and the
/// compiler with the library that an earlier run made.
pub fn candidates(cache: &Path) -> Vec<Compiler> {
    let Ok(about) = About::ask() else { return Vec::new() };
    let made = Compiler {
        version: about.version.clone(),
        sysroot: Some(about.sysroot(cache)),
        linker: linker(about.llvm),
        is_terse: about.is_terse,
    };
    vec![made, Compiler { version: about.version, sysroot: None, linker: None, is_terse: false }]
}

/// Installs the compiler and makes its standard library.
pub fn set_up(cache: &Path) -> Result<Compiler> {
    if find("apt-get").is_none() {
        bail!("this machine has no apt");
    }
    if !Path::new(RUSTC).exists() || !Path::new(CARGO).exists() {
        step("refresh the list of Debian packages", "", apt::refresh)?;
    }
    let purpose = "a compiler that knows WebAssembly";
    apt::ensure(&["rustc-web", "cargo-web", "rust-web-src"], purpose)?;
    let about = About::ask()?;
    if linker(about.llvm).is_none() {
        let package = apt::newest("lld-", about.llvm)
            .with_context(|| format!("Debian has no lld of version {} or newer", about.llvm))?;
        apt::ensure(&[&package], "the linker of that compiler")?;
    }
    let linker = linker(about.llvm).context("lld was installed and cannot be found")?;
    let sysroot = about.sysroot(cache);
    let hint = "Its messages above say why; the compiler and rust-web-src must be of one version.";
    step("compile the standard library for WebAssembly (a minute or two)", hint, || {
        make_sysroot(&about, &sysroot)
    })?;
    Ok(Compiler {
        version: about.version,
        sysroot: Some(sysroot),
        linker: Some(linker),
        is_terse: about.is_terse,
    })
}

/// What the compiler says about itself.
struct About {
    /// `1.96.0`.
    version: String,
    /// The triple of this machine.
    host: String,
    /// The major version of LLVM inside.
    llvm: u32,
    /// Different for each build of the compiler: libraries of one cannot be
    /// read by another, even where the version is the same.
    identity: String,
    /// Where its own libraries are.
    libraries: PathBuf,
    is_terse: bool,
}

impl About {
    fn ask() -> Result<Self> {
        let said = quiet(detached(RUSTC).arg("-vV"))?;
        let field = |name: &str| {
            let line = said.lines().find_map(|line| line.strip_prefix(name));
            line.map(str::trim).with_context(|| format!("{RUSTC} -vV tells no {name}"))
        };
        let llvm = field("LLVM version:")?.split('.').next().unwrap_or_default();
        let libraries = quiet(detached(RUSTC).args(["--print", "target-libdir"]))?;
        Ok(Self {
            version: field("release:")?.to_owned(),
            host: field("host:")?.to_owned(),
            llvm: llvm.parse().context("the version of LLVM is no number")?,
            identity: hex(&Sha256::digest(&said)),
            libraries: PathBuf::from(libraries.trim()),
            is_terse: is_terse(detached(RUSTC)),
        })
    }

    fn sysroot(&self, cache: &Path) -> PathBuf {
        let kind = if self.is_terse { "terse" } else { "plain" };
        cache.join(format!("sysroot-{}-{}-{kind}", self.version, self.identity))
    }
}

fn make_sysroot(about: &About, sysroot: &Path) -> Result<()> {
    let source = Path::new("/usr/src").join(format!("rustc-{}/library", about.version));
    if !source.is_dir() {
        bail!("{} is not there", source.display());
    }
    // Made beside its place and moved there, so that half of one is never found.
    let work = sysroot.with_extension("making");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    let mut flags = vec!["-Zforce-unstable-if-unmarked", "-Cembed-bitcode=yes"];
    if about.is_terse {
        flags.extend(TERSE);
    }
    run(program("cp").arg("-r").arg(&source).arg(work.join("library")))?;
    run(detached(CARGO)
        .current_dir(work.join("library"))
        .args(["build", "--quiet", "--release", "--package", "sysroot", "--target", TARGET])
        .args(["--features", "panic-unwind compiler-builtins-mem optimize_for_size"])
        .env("RUSTC", RUSTC)
        .env(UNLOCK, "1")
        .env("RUSTFLAGS", flags.join(" "))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "z")
        .env("__CARGO_DEFAULT_LIB_METADATA", "pedestal"))?;

    let made = work.join("library/target").join(TARGET).join("release/deps");
    let rustlib = work.join("sysroot/lib/rustlib");
    let libraries = rustlib.join(TARGET).join("lib");
    fs::create_dir_all(&libraries)?;
    for entry in fs::read_dir(made)? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "rlib") {
            fs::copy(&file, libraries.join(file.file_name().expect("a file has a name")))?;
        }
    }
    // Procedural macros and build scripts still need the machine's own libraries.
    let own = about.libraries.parent().context("the libraries are in no folder")?;
    std::os::unix::fs::symlink(own, rustlib.join(&about.host))?;
    if sysroot.exists() {
        fs::remove_dir_all(sysroot)?;
    }
    fs::rename(work.join("sysroot"), sysroot)?;
    Ok(fs::remove_dir_all(work)?)
}

/// The lowest lld that knows what this compiler writes.
fn linker(llvm: u32) -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/bin")
        .ok()?
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.strip_prefix("wasm-ld-")?.parse().ok()?;
            (version >= llvm).then_some((version, path))
        })
        .collect();
    found.sort();
    found.into_iter().next().map(|(_, path)| path)
}

/// A program that does not hear of the toolchain that started this one.
fn detached(name: &str) -> Command {
    let mut command = program(name);
    for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTC_WRAPPER", "RUSTFLAGS", "RUSTUP_TOOLCHAIN"] {
        command.env_remove(name);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toolchain::Toolchain;

    #[test]
    #[ignore = "installs packages and compiles for two minutes"]
    fn debian_s_compiler_is_set_up_from_nothing() {
        let cache = std::env::temp_dir().join("pedestal-toolchain-test");
        let compiler = set_up(&cache).unwrap();
        assert!(Toolchain::Debian(compiler).works());
        // Found again without making it once more.
        let again = candidates(&cache).into_iter().map(Toolchain::Debian).next_back().unwrap();
        assert!(again.works());
        fs::remove_dir_all(cache).unwrap();
    }
}
