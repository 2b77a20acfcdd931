//! npm packages, exactly as their lock files say.

use crate::shell::{digest, find, program, quiet, root};
use crate::step::step;
use anyhow::{Result, bail};
use std::fs;

/// Installs the packages of a folder, unless they are as its lock file says.
pub fn ensure(folder: &str) -> Result<()> {
    let folder = root().join(folder);
    if find("npm").is_none() || find("node").is_none() {
        bail!(
            "Node with npm is needed (version 20 or newer): it optimises the WebAssembly and \
             drives the browser tests. Install it and try again"
        );
    }
    let wanted = digest(&[folder.join("package.json"), folder.join("package-lock.json")])?;
    let stamp = folder.join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|done| done == wanted) {
        return Ok(());
    }
    let name = folder.strip_prefix(root())?.display().to_string();
    let hint = format!("Is the npm registry in reach? Try `npm ci` in {name}.");
    step(&format!("npm packages of {name}"), &hint, || {
        quiet(
            program("npm")
                .args(["ci", "--no-audit", "--no-fund"])
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                .current_dir(&folder),
        )?;
        Ok(fs::write(stamp, wanted)?)
    })
}
