//! Whether the public API keeps what its description promises, asked by
//! schemathesis, which makes up thousands of requests from that description.

use crate::server::{TestServer, binary};
use crate::shell::{program, quiet, root};
use crate::step::step;
use crate::{summary, venv};
use anyhow::{Context, Result};

/// An operator of the demo, so that no answer hides behind a missing right.
const ACCOUNT: &str = "operator@example.org";

/// What it is told about this API: no 5xx, no answer outside the description.
const SETTINGS: &str = "end2end/schemathesis.toml";

/// Runs schemathesis; `arguments` are for it.
pub fn run(server: &TestServer, arguments: &[String]) -> Result<()> {
    let schemathesis = venv::ensure("schemathesis", "4.32.5", "schemathesis")?;
    step("the API against its description", "Each failure above names a request to repeat.", || {
        let token = token(server)?;
        summary::run(
            program(schemathesis)
                .arg("--config-file")
                .arg(root().join(SETTINGS))
                .arg("run")
                .arg(format!("{}/api/v1/openapi.json", server.url))
                .args(["--max-examples", "40", "--seed", "1885", "--no-color"])
                .args(arguments)
                .env("PEDESTAL_API_TOKEN", token),
        )
    })
}

fn token(server: &TestServer) -> Result<String> {
    let printed = quiet(
        program(binary("debug"))
            .args(["admin", "create-token", "--email", ACCOUNT, "--data"])
            .arg(&server.data)
            .env_remove("DATABASE_URL"),
    )?;
    let token = printed.split_whitespace().last().context("no token was printed")?;
    Ok(token.to_owned())
}
