//! A real WordPress on loopback, with posts that show a campaign in each of the
//! ways that bloggers have, and the browser tests that read them.
//!
//! WordPress and its theme are Debian's, unpacked and not installed: their packages
//! would bring a web server along. PHP serves them by itself.

mod mariadb;

use crate::guard::Guarded;
use crate::server::TestServer;
use crate::shell::{find, free_port, program, quiet, root, secret, tools};
use crate::step::{note, step};
use crate::{apt, browser, summary};
use anyhow::{Context, Result};
use mariadb::MariaDb;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Where its parts come from. The core of MariaDB's package has no service, PHP's
/// for the command line no web server.
const INSTALLED: [&str; 3] = ["mariadb-server-core", "php-cli", "php-mysql"];
const UNPACKED: [&str; 2] = ["wordpress", "wordpress-theme-twentytwentythree"];

/// In place of Debian's, which reads files below `/etc`.
const CONFIGURATION: &str = include_str!("wordpress/wp-config.php");
/// What WordPress has to be told before it asks a server on this machine.
const LOOPBACK: &str = include_str!("wordpress/loopback.php");
/// Sets the site up and writes the posts.
const POSTS: &str = include_str!("wordpress/posts.php");

/// Runs the tests; `arguments` are for Playwright.
pub fn run(arguments: &[String]) -> Result<()> {
    let server = TestServer::start("wordpress", None, None)?;
    let wordpress = WordPress::start(&server.url)?;
    let mut playwright = browser::playwright()?;
    step("browser tests in WordPress", browser::HINT, || {
        summary::run(
            playwright
                .args(["--project", "wasm"])
                .args(arguments)
                .env("BASE_URL", &server.url)
                .env("WORDPRESS_POSTS", &wordpress.posts),
        )
    })
}

/// Ends with its database when dropped.
struct WordPress {
    /// The address of each post by its name, as JSON.
    posts: String,
    _php: Guarded,
    _database: MariaDb,
}

impl WordPress {
    /// Installs what is missing, sets a new site up and starts it. Its posts are about
    /// a campaign of the server at this address.
    fn start(pedestal: &str) -> Result<Self> {
        apt::ensure(&INSTALLED, "a database and PHP, for WordPress")?;
        let folder = tools().join("wordpress");
        apt::unpack(&UNPACKED, &folder, "WordPress itself")?;
        let site = folder.join("usr/share/wordpress");
        let scripts = configure(&folder, &site)?;
        let database = MariaDb::start()?;
        let hint = "The log is target/tools/logs/wordpress.log.";
        step("set up WordPress and write its posts", hint, || {
            let port = free_port()?;
            // Another host than the server's, so that what a browser keeps to one
            // site stays there.
            let url = format!("http://localhost:{port}");
            let php = |command: &mut Command| {
                command
                    .current_dir(&site)
                    .env("WORDPRESS_FOLDER", &site)
                    .env("WORDPRESS_URL", &url)
                    .env("WORDPRESS_SOCKET", &database.socket)
                    .env("WORDPRESS_PASSWORD", &database.password)
                    .env("PEDESTAL_URL", pedestal);
            };
            let mut write = program(find("php").context("php cannot be found")?);
            php(write.arg(&scripts).env("WORDPRESS_ADMIN_PASSWORD", secret()?));
            let posts = quiet(&mut write)?;
            let mut serve = program(find("php").context("php cannot be found")?);
            php(serve.args(["-S", &format!("127.0.0.1:{port}"), "-t"]).arg(&site));
            let log = root().join("target/tools/logs/wordpress.log");
            let mut process = Guarded::start("WordPress", &serve, "TERM", None, &log)?;
            process.wait(Duration::from_secs(30), || {
                TcpStream::connect(("127.0.0.1", port)).is_ok()
            })?;
            note(&format!("WordPress's posts: {}", posts.trim()));
            Ok(Self { posts, _php: process, _database: database })
        })
    }
}

/// Writes our files beside WordPress's own; returns the script that sets it up.
fn configure(folder: &Path, site: &Path) -> Result<PathBuf> {
    // A plugin that nobody has to switch on.
    let plugins = site.join("wp-content/mu-plugins");
    fs::create_dir_all(&plugins)?;
    fs::write(site.join("wp-config.php"), CONFIGURATION)?;
    fs::write(plugins.join("loopback.php"), LOOPBACK)?;
    // Out of reach of those who visit the site.
    let script = folder.join("posts.php");
    fs::write(&script, POSTS)?;
    Ok(script)
}
