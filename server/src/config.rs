//! What an operator decides: flags, environment and a TOML file, in this order.

use std::{fmt, net::SocketAddr, path::PathBuf};

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser};

use crate::command::Command;

/// Pedestal: a crowdfunding platform that anyone can run.
#[derive(Parser)]
#[command(name = "pedestal", version, about, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    pub config: Config,
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Everything that can be configured. Each value can also stand in the TOML
/// file, under its flag's name with underscores.
#[derive(Args, Clone)]
pub struct Config {
    /// A TOML file with any of these values
    #[arg(long, global = true, env = "PEDESTAL_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Where to listen
    #[arg(long, global = true, env = "PEDESTAL_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    /// The folder of the SQLite file and of uploads
    #[arg(long, global = true, env = "PEDESTAL_DATA", default_value = "data")]
    pub data: PathBuf,

    /// `postgres://…`, or `sqlite://…`; a file in the data folder when not given
    #[arg(long, global = true, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// The public address of the site; `http://` and the listening address when not given
    #[arg(long, global = true, env = "PEDESTAL_BASE_URL")]
    pub base_url: Option<String>,

    /// Mail server, such as `smtp://user:password@host:587`; without it letters stay in the outbox
    #[arg(long, global = true, env = "PEDESTAL_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// Sender of all mail
    #[arg(
        long,
        global = true,
        env = "PEDESTAL_MAIL_FROM",
        default_value = "Pedestal <pedestal@localhost>"
    )]
    pub mail_from: String,

    /// Take the visitor's address from the last `X-Forwarded-For`; only behind a proxy that sets it
    #[arg(long, global = true, env = "PEDESTAL_TRUST_PROXY")]
    pub trust_proxy: bool,

    /// Fill an empty database with the demonstration, and say so on every page
    #[arg(long, global = true, env = "PEDESTAL_DEMO")]
    pub demo: bool,

    /// With `--demo`: place sandbox pledges at a human pace
    #[arg(long, global = true, env = "PEDESTAL_DEMO_TRAFFIC")]
    pub demo_traffic: bool,

    /// Limits on speed: `on`, or `off` for tests and benchmarks
    #[arg(long, global = true, env = "PEDESTAL_RATE_LIMITS", default_value = "on", value_parser = ["on", "off"])]
    pub rate_limits: String,

    /// What to log, such as `info` or `info,sqlx=debug`
    #[arg(long, global = true, env = "PEDESTAL_LOG", default_value = "info,sqlx=warn")]
    pub log: String,
}

impl Cli {
    /// Reads flags and environment over the values of the TOML file.
    ///
    /// # Errors
    /// What clap has to say to the user, help included.
    pub fn read() -> Result<Self, clap::Error> {
        let mut command = Self::command();
        // The file's own address has to be known before its values can be.
        let early = Self::command().ignore_errors(true).try_get_matches()?;
        if let Some(file) = early.get_one::<PathBuf>("config") {
            command = with_file(command, file)?;
        }
        let cli = Self::from_arg_matches(&command.try_get_matches()?)?;
        cli.config.validate()?;
        Ok(cli)
    }
}

impl Config {
    /// The database's address.
    #[must_use]
    pub fn database_url(&self) -> String {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}", self.data.join("pedestal.sqlite").display()))
    }

    /// The site's public address, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> String {
        let url = self.base_url.clone().unwrap_or_else(|| format!("http://{}", self.listen));
        url.trim_end_matches('/').to_owned()
    }

    /// What the backend needs to know.
    #[must_use]
    pub fn options(&self) -> backend::Options {
        backend::Options {
            base_url: self.base_url(),
            smtp_url: self.smtp_url.clone(),
            mail_from: self.mail_from.clone(),
            is_demo: self.demo,
            rate_limits: self.rate_limits == "on",
        }
    }

    fn validate(&self) -> Result<(), clap::Error> {
        let url = self.base_url();
        let is_plain = url.starts_with("http://") || url.starts_with("https://");
        if !is_plain || url.contains(['"', '<', '>', ' ']) {
            return Err(refusal("base-url has to begin with http:// or https://"));
        }
        let database = self.database_url();
        if !["sqlite:", "postgres:", "postgresql:"]
            .iter()
            .any(|scheme| database.starts_with(scheme))
        {
            return Err(refusal("database-url has to begin with sqlite:// or postgres://"));
        }
        Ok(())
    }
}

/// Addresses may hold passwords, so they are not shown.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("listen", &self.listen)
            .field("data", &self.data)
            .field("database_url", &self.database_url.as_ref().map(|_| "…"))
            .field("base_url", &self.base_url())
            .field("smtp_url", &self.smtp_url.as_ref().map(|_| "…"))
            .field("demo", &self.demo)
            .finish_non_exhaustive()
    }
}

/// Makes the file's values the defaults of their flags.
fn with_file(command: clap::Command, file: &PathBuf) -> Result<clap::Command, clap::Error> {
    let text = std::fs::read_to_string(file)
        .map_err(|e| refusal(&format!("could not read `{}`: {e}", file.display())))?;
    let values: toml::Table =
        text.parse().map_err(|e| refusal(&format!("`{}` is not TOML: {e}", file.display())))?;
    let mut command = command;
    for (name, value) in values {
        let known = command.get_arguments().any(|arg| arg.get_id() == name.as_str());
        if !known || name == "config" {
            return Err(refusal(&format!("`{}` has an unknown value `{name}`", file.display())));
        }
        let value = match value {
            toml::Value::String(text) => text,
            other => other.to_string(),
        };
        command = command.mut_arg(name, |arg| arg.default_value(value));
    }
    Ok(command)
}

fn refusal(message: &str) -> clap::Error {
    Cli::command().error(clap::error::ErrorKind::ValueValidation, message)
}
