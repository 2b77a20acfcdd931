//! Databases refuse to run as root. Nobody in particular is needed: only somebody else.

use crate::shell::{program, quiet};
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// Whom to run a program as: the user of this name or `nobody`, where this program
/// runs as root, and otherwise whoever runs it.
pub fn ordinary_user(name: &str) -> Result<Option<String>> {
    if quiet(program("id").arg("-u"))?.trim() != "0" {
        return Ok(None);
    }
    for name in [name, "nobody"] {
        if quiet(program("id").args(["-u", name])).is_ok() {
            return Ok(Some(name.to_owned()));
        }
    }
    bail!("a database cannot run as root, and there is no user `{name}` or `nobody` to run it as")
}

/// A program that runs in a folder as that user.
pub fn as_user(user: &Option<String>, name: &Path, folder: &Path) -> Command {
    let mut command = match user {
        None => program(name),
        Some(user) => {
            let mut command = program("setpriv");
            command.arg(format!("--reuid={user}"));
            let group = quiet(program("id").args(["-g", user])).unwrap_or_default();
            command.arg(format!("--regid={}", group.trim())).arg("--clear-groups").arg(name);
            command
        }
    };
    command.current_dir(folder).env("HOME", folder).env("LC_ALL", "C.UTF-8");
    command
}
