//! The one binary: HTTP surface, public API and command line.

mod api;
mod command;
mod config;
mod embed;
mod feeds;
mod listen;
mod middleware;
mod route;
mod router;
mod site;
mod telemetry;
#[cfg(test)]
mod tests;

use std::process::ExitCode;

/// Rendering a page makes thousands of short strings on many threads, which the
/// allocator of the C library serves one thread at a time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = match config::Cli::read() {
        Ok(cli) => cli,
        Err(refused) => refused.exit(),
    };
    telemetry::start(&cli.config);
    match command::run(cli).await {
        Ok(code) => code,
        Err(fault) => {
            tracing::error!("{fault:#}");
            ExitCode::FAILURE
        }
    }
}
