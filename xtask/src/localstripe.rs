//! localstripe, which answers as Stripe's API does, for as long as a test runs.

use crate::guard::Guarded;
use crate::shell::{free_port, program, root};
use crate::step::step;
use crate::venv;
use anyhow::Result;
use std::net::TcpStream;
use std::time::Duration;

/// Its own command listens on every network of the machine, and writes all it
/// knows to a file with each request. It also goes through its webhooks while a
/// test registers another, and then drops the event that it was about to tell; here
/// it goes through a copy.
const START: &str = "\
import sys
from aiohttp import web
from localstripe.resources import store
from localstripe import webhooks
from localstripe.server import app
class Hooks(dict):
    def values(self):
        return list(super().values())
webhooks._webhooks = Hooks()
store.dump_to_disk = lambda: None
web.run_app(app, host='127.0.0.1', port=int(sys.argv[1]), access_log=None)
";

/// Ends the program when dropped.
pub struct Localstripe {
    pub url: String,
    _process: Guarded,
}

impl Localstripe {
    /// Installs it where it is missing, and starts it.
    pub fn start() -> Result<Self> {
        let installed = venv::ensure("localstripe", "1.15.10", "localstripe")?;
        step("start localstripe", "The log is target/tools/logs/localstripe.log.", || {
            let port = free_port()?;
            let mut command = program(installed.with_file_name("python"));
            command.args(["-c", START, &port.to_string()]);
            let log = root().join("target/tools/logs/localstripe.log");
            let mut process = Guarded::start("localstripe", &command, "TERM", None, &log)?;
            process.wait(Duration::from_secs(30), || {
                TcpStream::connect(("127.0.0.1", port)).is_ok()
            })?;
            Ok(Self { url: format!("http://127.0.0.1:{port}"), _process: process })
        })
    }
}
