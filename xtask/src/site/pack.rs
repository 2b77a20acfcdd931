//! The last steps: hashed names, the style sheet, public files, compressed
//! twins, the manifest.

use super::{NPM, wasm};
use crate::shell::{digest, files_below, program, quiet, root};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Tells the server the names of what it may refer to.
const MANIFEST: &str = "assets.json";

/// Makes the site in a folder beside `site`, then moves over what differs:
/// files that stayed the same keep their time, so the server is not compiled
/// again without need.
pub fn assemble(package: &Path, site: &Path) -> Result<()> {
    let fresh = super::work().join("site");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    let public = root().join("public");
    if public.is_dir() {
        copy_below(&public, &fresh)?;
    }
    let version = digest(&files_below(package)?)?;
    let pkg = format!("pkg/{version}");
    copy_below(package, &fresh.join(&pkg))?;
    let css = style(&fresh)?;
    write_twins(&fresh)?;
    write_manifest(&fresh, &pkg, &css)?;
    replace(&fresh, site)?;
    Ok(fs::remove_dir_all(fresh)?)
}

/// Prints what a first visit loads, and what comes later when needed.
pub fn report(site: &Path) -> Result<()> {
    let manifest: Value = serde_json::from_slice(&fs::read(site.join(MANIFEST))?)?;
    let mut sum = [0, 0];
    let mut line = |name: &str, path: &str, count: bool| -> Result<()> {
        let file = site.join(path.trim_start_matches('/'));
        let plain = fs::metadata(&file)?.len();
        let twin = file.with_added_extension("br");
        let small = fs::metadata(twin).map_or(plain, |data| data.len());
        println!("    {name:<34} {:>8} KB {:>8} KB", kilobytes(plain), kilobytes(small));
        if count {
            sum = [sum[0] + plain, sum[1] + small];
        }
        Ok(())
    };
    println!("    {:<34} {:>11} {:>11}", "site", "plain", "brotli");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for (name, key) in [("WebAssembly", "wasm"), ("JavaScript", "js"), ("CSS", "css")] {
        line(name, &text(&manifest[key]), true)?;
    }
    if let Some(script) = manifest["split_js"].as_str() {
        line("loader of lazy parts", &format!("{}/{script}", text(&manifest["pkg"])), true)?;
    }
    for font in manifest["fonts"].as_array().into_iter().flatten() {
        line(&format!("font {}", file_name(&text(font))), &text(font), true)?;
    }
    let mut lazy: Vec<PathBuf> = files_below(&site.join(text(&manifest["pkg"]).trim_matches('/')))?
        .into_iter()
        .filter(|file| {
            let name = file_name(&file.to_string_lossy());
            name.ends_with(".wasm") && !name.starts_with("pedestal")
        })
        .collect();
    lazy.sort();
    for file in lazy {
        let name = file_name(&file.to_string_lossy());
        let short = name.trim_start_matches("split_").trim_end_matches(".wasm");
        let short: String = short.chars().take(24).collect();
        line(&format!("  later: {short}"), &file.strip_prefix(site)?.to_string_lossy(), false)?;
    }
    let [plain, small] = sum;
    let name = "first visit, without its HTML";
    println!("    {name:<34} {:>8} KB {:>8} KB", kilobytes(plain), kilobytes(small));
    Ok(())
}

fn style(fresh: &Path) -> Result<Option<String>> {
    let entry = root().join("style/main.css");
    if !entry.is_file() {
        crate::step::note("style/main.css is not there, so the site has no style sheet");
        return Ok(None);
    }
    let bundled = super::work().join("pedestal.css");
    quiet(
        program("node")
            .arg(root().join(NPM).join("site.mjs"))
            .arg("style")
            .arg(entry)
            .arg(&bundled),
    )?;
    let name = format!("pkg/pedestal.{}.css", digest(std::slice::from_ref(&bundled))?);
    fs::rename(bundled, fresh.join(&name))?;
    Ok(Some(format!("/{name}")))
}

fn write_twins(fresh: &Path) -> Result<()> {
    const SHRINKING: [&str; 9] =
        ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"];
    let files: Vec<PathBuf> = files_below(fresh)?
        .into_iter()
        .filter(|file| {
            let extension = file.extension().unwrap_or_default().to_string_lossy();
            SHRINKING.contains(&extension.as_ref())
                && fs::metadata(file).is_ok_and(|data| data.len() > 200)
        })
        .collect();
    let script = root().join(NPM).join("site.mjs");
    quiet(program("node").arg(script).arg("twins").args(files))?;
    Ok(())
}

fn write_manifest(fresh: &Path, pkg: &str, css: &Option<String>) -> Result<()> {
    let folder = fresh.join(pkg);
    let splits: Value = match fs::read(folder.join(wasm::SPLIT_LIST)) {
        Ok(text) => serde_json::from_slice(&text)?,
        Err(_) => json!({}),
    };
    let fonts: Vec<String> = files_below(fresh)?
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "woff2"))
        .map(|file| format!("/{}", file.strip_prefix(fresh).expect("below").display()))
        .collect();
    let manifest = json!({
        // Differs whenever any file does, so that whoever embeds the site and
        // watches this one file embeds all of it anew.
        "version": digest(&files_below(fresh)?)?,
        "pkg": format!("/{pkg}"),
        "js": format!("/{pkg}/pedestal.js"),
        "wasm": format!("/{pkg}/pedestal_bg.wasm"),
        "css": css,
        "fonts": fonts,
        "split_js": folder.join(wasm::SPLIT_SCRIPT).is_file().then_some(wasm::SPLIT_SCRIPT),
        "splits": splits,
    });
    Ok(fs::write(fresh.join(MANIFEST), serde_json::to_string_pretty(&manifest)?)?)
}

fn copy_below(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from)? {
        let target = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(target.parent().expect("a file is in a folder"))?;
        fs::copy(&file, &target).with_context(|| format!("{}", target.display()))?;
    }
    Ok(())
}

fn replace(fresh: &Path, site: &Path) -> Result<()> {
    fs::create_dir_all(site)?;
    for old in files_below(site)? {
        if !fresh.join(old.strip_prefix(site)?).is_file() {
            fs::remove_file(old)?;
        }
    }
    for file in files_below(fresh)? {
        let target = site.join(file.strip_prefix(fresh)?);
        let content = fs::read(&file)?;
        if fs::read(&target).is_ok_and(|old| old == content) {
            continue;
        }
        fs::create_dir_all(target.parent().expect("a file is in a folder"))?;
        fs::write(target, content)?;
    }
    Ok(())
}

fn file_name(path: &str) -> String {
    Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Tenths are enough, and floats are not needed for them.
fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1000);
    format!("{}.{}", tenths / 10, tenths % 10)
}
