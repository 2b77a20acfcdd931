//! `cargo xtask bench`: the release binary beside nginx, measured by the
//! `bench` crate, and the editor in a browser, by the browser tests. This part only
//! makes sure that everything is there.

use crate::guard::Guarded;
use crate::postgres::Postgres;
use crate::server::{binary, build_release};
use crate::shell::{cargo, find, free_port, program, root, run as run_command, tools};
use crate::step::step;
use crate::{apt, browser, npm, site};
use anyhow::{Context, Result};
use std::fs;
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::Duration;

/// The parts of the `bench` crate.
const ALL: [&str; 9] =
    ["page", "pledges", "weight", "live", "start", "discover", "embed", "edit", "lighthouse"];

/// Where Lighthouse is pinned.
const LIGHTHOUSE: &str = "bench/lighthouse";

/// Builds, starts nginx and a Postgres, and hands over to the `bench` crate.
pub fn run(arguments: &[String]) -> Result<()> {
    build_release()?;
    for (name, package) in [("nginx", "nginx-light"), ("wrk", "wrk")] {
        if find(name).is_none() {
            apt::ensure(&[package], "something to measure with")?;
        }
    }
    let nginx = Nginx::start()?;
    let postgres = Postgres::start()?;
    let (collection, arguments) = parts(arguments);
    if collection {
        step("collect from a crowd in simulated time", "", || {
            run_command(
                cargo()
                    .args(["bench", "--locked", "--quiet", "--package", "backend"])
                    .args(["--bench", "collection"])
                    .env("TEST_POSTGRES_URL", postgres.create("collection")?),
            )
        })?;
        if arguments.is_empty() {
            return Ok(());
        }
    }
    let mut command = cargo();
    if arguments.iter().any(|name| name == "lighthouse") {
        npm::ensure(LIGHTHOUSE)?;
        command.env("CHROMIUM", browser::chromium()?);
    }
    let is_edited = arguments.iter().any(|name| name == "edit");
    let measured = step("measure", "", || {
        run_command(
            command
                .args(["run", "--release", "--locked", "--quiet", "--package", "bench", "--"])
                .args(arguments)
                .env("BENCH_SERVER", binary("release"))
                .env("BENCH_SITE", site::folder())
                .env("BENCH_WRK", find("wrk").context("wrk cannot be found")?)
                // Whatever file is written to the folder is served at the address.
                .env("BENCH_NGINX_URL", &nginx.url)
                .env("BENCH_NGINX_FOLDER", &nginx.folder)
                .env("BENCH_POSTGRES_URL", postgres.create("bench")?),
        )
    });
    // A floor that is missed there is no reason not to look here.
    let edited = if is_edited { edit_in_a_browser() } else { Ok(()) };
    measured.and(edited)
}

/// What only a browser tells of a long story: how soon a letter is painted, the whole of
/// it open, and a letter on somebody else's screen.
fn edit_in_a_browser() -> Result<()> {
    let mut playwright = browser::playwright()?;
    step("measure the editor in a browser", "The table above names what is too slow.", || {
        run_command(
            playwright
                .args(["tests/edit/speed.spec.ts", "--project", "wasm"])
                .args(["--workers", "1", "--retries", "0"])
                .env("PEDESTAL_BINARY", binary("release"))
                .env("PEDESTAL_MEASURE", "1"),
        )
    })
}

/// Whether to collect from a crowd, and what the `bench` crate measures; nothing of
/// it when only the crowd was named.
fn parts(arguments: &[String]) -> (bool, Vec<String>) {
    let rest: Vec<String> =
        arguments.iter().filter(|name| *name != "collection").cloned().collect();
    let all = if arguments.is_empty() { ALL.map(str::to_owned).to_vec() } else { rest };
    (arguments.is_empty() || arguments.iter().any(|name| name == "collection"), all)
}

/// nginx with one worker per core, serving the files of one folder.
struct Nginx {
    url: String,
    folder: PathBuf,
    _process: Guarded,
}

impl Nginx {
    fn start() -> Result<Self> {
        let base = tools().join("nginx");
        let folder = base.join("files");
        fs::create_dir_all(&folder)?;
        let port = free_port()?;
        let configuration = base.join("nginx.conf");
        fs::write(&configuration, settings(&base.display().to_string(), port))?;
        let mut command = program(find("nginx").context("nginx cannot be found")?);
        command.arg("-p").arg(&base).arg("-e").arg(base.join("error.log"));
        command.arg("-c").arg(configuration);
        let log = root().join("target/tools/logs/nginx.log");
        let mut process = Guarded::start("nginx", &command, "TERM", None, &log)?;
        process
            .wait(Duration::from_secs(20), || TcpStream::connect(("127.0.0.1", port)).is_ok())?;
        Ok(Self { url: format!("http://127.0.0.1:{port}"), folder, _process: process })
    }
}

fn settings(base: &str, port: u16) -> String {
    // As root the workers would become another user, who may not read here.
    let is_root = crate::shell::quiet(program("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let user = if is_root { "user root;" } else { "" };
    format!(
        "{user} daemon off; worker_processes auto; pid {base}/nginx.pid;
error_log {base}/error.log warn;
events {{ worker_connections 8192; }}
http {{
    access_log off; sendfile on; tcp_nodelay on; keepalive_requests 1000000;
    open_file_cache max=100;
    types {{ text/html html; text/css css; }}
    client_body_temp_path {base}/t1; proxy_temp_path {base}/t2; fastcgi_temp_path {base}/t3;
    uwsgi_temp_path {base}/t4; scgi_temp_path {base}/t5;
    server {{ listen 127.0.0.1:{port}; root {base}/files; }}
}}
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};

    #[test]
    fn nginx_serves_a_file_that_is_written_to_its_folder() {
        if find("nginx").is_none() {
            return;
        }
        let nginx = Nginx::start().unwrap();
        fs::write(nginx.folder.join("probe.html"), "x".repeat(60_000)).unwrap();
        let address = nginx.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET /probe.html HTTP/1.0\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer:.200}");
        assert!(answer.len() > 60_000);
    }
}
