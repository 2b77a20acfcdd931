//! The last steps: hashed names, the style sheet, public files, compressed
//! twins, the manifest.

use super::{NPM, wasm};
use crate::shell::{digest, files_below, program, quiet, root};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Tells the server the names of what it may refer to.
const MANIFEST: &str = "assets.json";

/// Most bytes of a part that is loaded apart, on the wire, with the style sheets of such
/// parts: the studio and the editor are to be open before one waits for them.
const MOST_OF_A_PART: u64 = 500_000;
/// The style sheets of pages that are loaded apart.
const PART_STYLES: [&str; 2] = ["pages.css", "edit.css"];

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
    part_styles(&fresh)?;
    write_twins(&fresh)?;
    write_manifest(&fresh, &pkg, &css)?;
    replace(&fresh, site)?;
    Ok(fs::remove_dir_all(fresh)?)
}

/// Prints what every visit loads, and what each lazy part adds to it.
pub fn report(site: &Path) -> Result<()> {
    let manifest: Value = serde_json::from_slice(&fs::read(site.join(MANIFEST))?)?;
    let text = |key: &str| manifest[key].as_str().map(str::to_owned);
    let mut rows = Vec::new();
    for (name, key) in [("WebAssembly", "wasm"), ("JavaScript", "js"), ("CSS", "css")] {
        rows.extend(text(key).map(|path| (name.to_owned(), path)));
    }
    let pkg = text("pkg").unwrap_or_default();
    rows.extend(
        text("split_js").map(|name| ("loader of parts".to_owned(), format!("{pkg}/{name}"))),
    );
    for font in manifest["fonts"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let name = font.rsplit('/').next().unwrap_or_default();
        rows.push((format!("font {name}"), font.to_owned()));
    }
    println!("    {:<40} {:>11} {:>11}", "site", "plain", "brotli");
    let mut visit = Weight::default();
    for (name, path) in rows {
        let weight = Weight::of(&site.join(path.trim_start_matches('/')))?;
        weight.print(&name);
        visit.add(weight);
    }
    visit.print("every first visit, without its HTML");
    for part in parts(site, &manifest)? {
        part.weight.print(&format!("  + {} ({} files)", part.name, part.files));
    }
    Ok(())
}

/// Fails where a part that is loaded apart is heavier than it may be.
pub fn check(site: &Path) -> Result<()> {
    let manifest: Value = serde_json::from_slice(&fs::read(site.join(MANIFEST))?)?;
    for part in parts(site, &manifest)? {
        let mut whole = part.weight;
        for name in PART_STYLES {
            whole.add(Weight::of(&site.join(name))?);
        }
        ensure!(
            whole.brotli <= MOST_OF_A_PART,
            "the part {} weighs {} KB as brotli, and may weigh {} KB",
            part.name,
            kilobytes(whole.brotli),
            kilobytes(MOST_OF_A_PART),
        );
    }
    Ok(())
}

/// A part that is loaded apart.
struct Part {
    name: String,
    /// How many of them there are.
    files: usize,
    weight: Weight,
}

fn parts(site: &Path, manifest: &Value) -> Result<Vec<Part>> {
    let pkg = manifest["pkg"].as_str().unwrap_or_default().trim_start_matches('/');
    let mut parts = Vec::new();
    for (name, files) in manifest["splits"].as_object().into_iter().flatten() {
        let files: Vec<&str> =
            files.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut weight = Weight::default();
        for file in &files {
            weight.add(Weight::of(&site.join(format!("{pkg}/{file}.wasm")))?);
        }
        // The splitter adds a number that tells parts of the same name apart.
        let name = name.trim_end_matches(|sign: char| sign.is_ascii_digit()).trim_matches('_');
        parts.push(Part { name: name.to_owned(), files: files.len(), weight });
    }
    Ok(parts)
}

/// Bytes on disk, and bytes on the wire.
#[derive(Clone, Copy, Default)]
struct Weight {
    plain: u64,
    brotli: u64,
}

impl Weight {
    fn of(file: &Path) -> Result<Self> {
        let plain = fs::metadata(file).with_context(|| format!("{}", file.display()))?.len();
        let twin = file.with_added_extension("br");
        Ok(Self { plain, brotli: fs::metadata(twin).map_or(plain, |data| data.len()) })
    }

    fn add(&mut self, other: Self) {
        self.plain += other.plain;
        self.brotli += other.brotli;
    }

    fn print(self, name: &str) {
        let [plain, brotli] = [self.plain, self.brotli].map(kilobytes);
        println!("    {name:<40} {plain:>8} KB {brotli:>8} KB");
    }
}

fn style(fresh: &Path) -> Result<Option<String>> {
    let entry = root().join("style/main.css");
    if !entry.is_file() {
        crate::step::note("style/main.css is not there, so the site has no style sheet");
        return Ok(None);
    }
    let bundled = super::work().join("pedestal.css");
    bundle(&entry, &bundled)?;
    let name = format!("pkg/pedestal.{}.css", digest(std::slice::from_ref(&bundled))?);
    fs::rename(bundled, fresh.join(&name))?;
    Ok(Some(format!("/{name}")))
}

/// The style sheets of pages that are loaded apart, each under one name for ever: the
/// browser's code names them, and is made before they are.
fn part_styles(fresh: &Path) -> Result<()> {
    for name in PART_STYLES {
        bundle(&root().join("style").join(name), &fresh.join(name))?;
    }
    Ok(())
}

fn bundle(entry: &Path, output: &Path) -> Result<()> {
    let script = root().join(NPM).join("site.mjs");
    quiet(program("node").arg(script).arg("style").arg(entry).arg(output))?;
    Ok(())
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

/// Tenths are enough, and floats are not needed for them.
fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1000);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{MANIFEST, MOST_OF_A_PART, PART_STYLES, check};
    use serde_json::json;
    use std::fs;

    #[test]
    fn a_part_that_is_too_heavy_on_the_wire_is_refused_by_name() {
        let site = std::env::temp_dir().join(format!("pedestal-parts-{}", std::process::id()));
        fs::create_dir_all(site.join("pkg")).expect("a folder");
        let manifest = json!({ "pkg": "/pkg", "splits": { "__studio_view_12": ["a", "b"] } });
        fs::write(site.join(MANIFEST), manifest.to_string()).expect("written");
        for name in PART_STYLES {
            fs::write(site.join(name), "p{}").expect("written");
        }
        let weigh = |bytes: u64| {
            let bytes = usize::try_from(bytes).expect("it fits");
            // What is sent is the twin, however large the file is.
            fs::write(site.join("pkg/a.wasm"), vec![0_u8; 3_000_000]).expect("written");
            fs::write(site.join("pkg/a.wasm.br"), vec![0_u8; bytes]).expect("written");
            fs::write(site.join("pkg/b.wasm"), [0_u8; 100]).expect("written");
            check(&site).map_err(|fault| fault.to_string())
        };
        assert_eq!(weigh(MOST_OF_A_PART - 1_000), Ok(()));
        let refused = weigh(MOST_OF_A_PART - 50).expect_err("too heavy");
        assert!(refused.contains("studio_view") && refused.contains("500.0 KB"), "{refused}");
        fs::remove_dir_all(&site).expect("removed");
    }
}
