//! Debian packages: the only way this program changes the machine itself.

use crate::shell::{files_below, find, program, quiet, within};
use crate::step::{note, step};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Installs the packages that are missing. `purpose` is for the person who
/// has to install them in another way.
pub fn ensure(packages: &[&str], purpose: &str) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if find("apt-get").is_none() {
        bail!(
            "{purpose} is needed and this machine has no apt. On Debian it comes from `{list}`; \
             install the like of it with your system's package manager and try again"
        );
    }
    let hint = format!("Run `apt-get install {list}` yourself to see why, then try again.");
    step(&format!("install {list} ({purpose})"), &hint, || {
        if quiet(apt()?.arg("install").args(&missing)).is_err() {
            // The list of packages may be missing or old.
            quiet(apt()?.arg("update")).context("the list of packages cannot be refreshed")?;
            quiet(apt()?.arg("install").args(&missing))?;
        }
        Ok(())
    })
}

/// Unpacks packages into a folder and installs nothing, for what would bring
/// services along that the machine should not run.
pub fn unpack(packages: &[&str], folder: &Path, purpose: &str) -> Result<()> {
    let list = packages.join(" ");
    let stamp = folder.join("unpacked");
    if fs::read_to_string(&stamp).is_ok_and(|done| done == list) {
        return Ok(());
    }
    if find("apt-get").is_none() {
        bail!("{purpose} is needed, from Debian's `{list}`, and this machine has no apt");
    }
    let hint = format!("Try `apt-get download {list}` yourself to see why.");
    step(&format!("unpack {list} ({purpose})"), &hint, || {
        let archives = folder.join("archives");
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(&archives)?;
        let download = || {
            let mut command = program("apt-get");
            quiet(command.args(["-qq", "download"]).args(packages).current_dir(&archives))
        };
        if download().is_err() {
            quiet(apt()?.arg("update")).context("the list of packages cannot be refreshed")?;
            download()?;
        }
        for archive in files_below(&archives)? {
            quiet(program("dpkg-deb").arg("-x").arg(archive).arg(folder))?;
        }
        Ok(fs::write(stamp, &list)?)
    })
}

/// The newest package whose name is `prefix` and a number, at least `least`.
pub fn newest(prefix: &str, least: u32) -> Option<String> {
    let listed = quiet(program("apt-cache").args(["pkgnames", prefix])).ok()?;
    let number = |name: &str| name.strip_prefix(prefix).and_then(|rest| rest.parse::<u32>().ok());
    listed
        .lines()
        .filter(|name| number(name).is_some_and(|version| version >= least))
        .filter(|name| candidate(name))
        .max_by_key(|name| number(name))
        .map(str::to_owned)
}

/// Refreshes the list of packages, so that what can be installed is known.
pub fn refresh() -> Result<()> {
    let limit = Duration::from_secs(180);
    if within(limit, apt()?.arg("update")).is_err() {
        note("the list of Debian packages could not be refreshed; going on with the old one");
    }
    Ok(())
}

fn installed(name: &str) -> bool {
    let query = program("dpkg-query").args(["-W", "-f=${db:Status-Status}", name]).output();
    query.is_ok_and(|output| output.stdout == b"installed")
}

fn candidate(name: &str) -> bool {
    quiet(program("apt-cache").args(["policy", name]))
        .is_ok_and(|policy| policy.contains("Candidate:") && !policy.contains("Candidate: (none)"))
}

/// `apt-get` with the rights it needs.
fn apt() -> Result<Command> {
    let is_root = quiet(program("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let mut command = if is_root {
        program("apt-get")
    } else if find("sudo").is_some() {
        let mut command = program("sudo");
        // Without `-n` a hidden password prompt would wait for ever.
        command.args(["-n", "--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
        command
    } else {
        bail!("installing packages needs root or sudo, and neither is there");
    };
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-y", "-qq"]);
    Ok(command)
}
