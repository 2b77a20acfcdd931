//! From `frontend` to the files of one immutable folder: compile, split off
//! what is lazy, generate the JavaScript, make both small.

use super::NPM;
use crate::shell::{files_below, program, quiet, root, run};
use crate::toolchain::{TARGET, Toolchain};
use anyhow::{Context, Result, anyhow};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use wasm_bindgen_cli_support::Bindgen;

/// The file that loads lazy parts, as generated modules import it.
pub const SPLIT_SCRIPT: &str = "__wasm_split.js";
/// Which files each lazy part needs.
pub const SPLIT_LIST: &str = "splits.json";

/// Compiles `frontend` and says where the linked module is.
pub fn compile(compiler: &Toolchain) -> Result<PathBuf> {
    let folder = root().join("target/wasm");
    run(compiler
        // The splitter follows the linker's relocations and the functions' names.
        // Components are erased as in `.cargo/config.toml`: what the server
        // renders has to match what the browser expects.
        .cargo(&["-Clink-arg=--emit-relocs", "--cfg=erase_components"])
        .args(["build", "--package", "frontend", "--lib", "--locked"])
        .args(compiler.arguments())
        .args(["--profile", "wasm-release", "--target", TARGET, "--target-dir"])
        .arg(&folder)
        .env("CARGO_PROFILE_WASM_RELEASE_STRIP", "none"))?;
    Ok(folder.join(TARGET).join("wasm-release/frontend.wasm"))
}

/// Fills `output` with everything that the browser loads of the linked module.
pub fn package(linked: &Path, output: &Path) -> Result<()> {
    if output.exists() {
        fs::remove_dir_all(output)?;
    }
    fs::create_dir_all(output)?;
    let main = output.with_extension("main.wasm");
    split(linked, &main, output)?;
    Bindgen::new()
        .input_path(&main)
        .out_name("pedestal")
        .web(true)?
        .typescript(false)
        .keep_lld_exports(true)
        .demangle(false)
        .remove_producers_section(true)
        .generate(output)?;
    fs::remove_file(main)?;
    rename_imports(&output.join("pedestal_bg.wasm"), &output.join("pedestal.js"))?;
    shrink(output)
}

/// Gives what the module imports from its script short names, in both. As they are
/// generated each holds eight bytes that nothing compresses, and stands in two files.
fn rename_imports(module: &Path, script: &Path) -> Result<()> {
    let mut names = HashMap::new();
    let mut parsed = walrus::Module::from_file(module)
        .map_err(|error| anyhow!("{}: {error:#}", module.display()))?;
    for import in parsed.imports.iter_mut().filter(|import| import.module.ends_with(".js")) {
        let is_hashed = import.name.rsplit_once('_').is_some_and(|(_, hash)| {
            hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        if is_hashed {
            let short = format!("i{:x}", names.len());
            names.insert(std::mem::replace(&mut import.name, short.clone()), short);
        }
    }
    parsed.emit_wasm_file(module).map_err(|error| anyhow!("{}: {error:#}", module.display()))?;
    let text = fs::read_to_string(script)?;
    Ok(fs::write(script, renamed(&text, &names))?)
}

/// A script with some of its words replaced, wherever they stand.
fn renamed(text: &str, names: &HashMap<String, String>) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let (between, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        out.push_str(between);
        out.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    out + rest
}

fn split(linked: &Path, main: &Path, output: &Path) -> Result<()> {
    let input = fs::read(linked).with_context(|| format!("{}", linked.display()))?;
    let link_name = format!("./{SPLIT_SCRIPT}");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = output;
    options.main_out_path = main;
    options.link_name = &link_name;
    options.main_module = "./pedestal.js";
    let made = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("splitting failed: {error:#}"))?;
    if made.split_modules.is_empty() {
        // Nothing is lazy, so nothing asks for the loader.
        fs::remove_file(output.join(SPLIT_SCRIPT))?;
        return Ok(());
    }
    let parts: BTreeMap<_, _> = made.prefetch_map.into_iter().collect();
    Ok(fs::write(output.join(SPLIT_LIST), serde_json::to_string(&parts)?)?)
}

fn shrink(output: &Path) -> Result<()> {
    let files = files_below(output)?;
    let of = |extension: &'static str| {
        files.iter().filter(move |file| file.extension().is_some_and(|found| found == extension))
    };
    let modules: Vec<&PathBuf> = of("wasm").collect();
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        while let Some(module) = modules.get(next.fetch_add(1, Ordering::Relaxed)) {
            optimise(module)?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(work);
        work().and(other.join().expect("the optimiser's thread does not panic"))
    })?;
    let script = root().join(NPM).join("site.mjs");
    quiet(program("node").arg(script).arg("script").args(of("js")))?;
    Ok(())
}

fn optimise(module: &Path) -> Result<()> {
    quiet(
        program("node")
            .arg(root().join(NPM).join("node_modules/binaryen/bin/wasm-opt"))
            .args(["--generate-global-effects", "-Oz"])
            // Inlining makes a module smaller and its compressed form larger: 8 % at the
            // last measurement. What travels is compressed. Small functions with one caller
            // cost nothing there, and each function less is one less that a browser
            // compiles when it is first called, which is most of a page's waking up.
            .args(["--always-inline-max-function-size", "0"])
            .args(["--one-caller-inline-max-function-size", "25"])
            // What the compiler itself takes for granted in every browser.
            .args(["--enable-bulk-memory", "--enable-bulk-memory-opt", "--enable-multivalue"])
            .args(["--enable-mutable-globals", "--enable-nontrapping-float-to-int"])
            .args(["--enable-reference-types", "--enable-sign-ext"])
            .args(["--enable-call-indirect-overlong", "--enable-extended-const"])
            // Functions of one kind beside each other compress better.
            .args(["--reorder-functions-by-name"])
            .args(["--strip-debug", "--strip-producers", "--strip-target-features"])
            .arg(module)
            .arg("-o")
            .arg(module),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::renamed;
    use std::collections::HashMap;

    #[test]
    fn only_whole_words_are_renamed() {
        let names = HashMap::from([("__wbg_get_00".to_owned(), "i0".to_owned())]);
        let script =
            "a={__wbg_get_00:function(){},__wbg_get_001:1,x__wbg_get_00:2};é(__wbg_get_00)";
        let expected = "a={i0:function(){},__wbg_get_001:1,x__wbg_get_00:2};é(i0)";
        assert_eq!(renamed(script, &names), expected);
        assert_eq!(renamed("", &names), "");
    }
}
