//! What an operator decides: flags, environment and a TOML file, in this order.

#[cfg(test)]
mod tests;

use std::{fmt, net::SocketAddr, path::PathBuf};

use backend::{
    media::{Bucket, Storage},
    payment::stripe,
    pledge::writer,
};

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser};
use domain::fee::{ByCurrency, Fees};
use rust_decimal::Decimal;

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

    /// The platform's share of what is collected, in percent
    #[arg(long, global = true, env = "PEDESTAL_PLATFORM_FEE", default_value = "5")]
    pub platform_fee: Decimal,

    /// The payment provider's share of each charge, in percent
    #[arg(long, global = true, env = "PEDESTAL_PROCESSING_FEE", default_value = "3")]
    pub processing_fee: Decimal,

    /// What the provider takes of each charge on top, in hundredths of the currency's least pledge:
    /// 20 is €0.20, or ¥20
    #[arg(long, global = true, env = "PEDESTAL_PROCESSING_FIXED", default_value_t = 20)]
    pub processing_fixed: i64,

    /// Currencies whose fees differ, in percent and in the currency itself:
    /// `JPY platform=4 processing=3.6 fixed=40; CHF fixed=0.30`
    #[arg(long, global = true, env = "PEDESTAL_CURRENCY_FEES", value_name = "RATES")]
    pub currency_fees: Option<ByCurrency>,

    /// Held back of what is collected when a creator is paid, in percent, for refunds and disputes
    #[arg(long, global = true, env = "PEDESTAL_RESERVE", default_value = "0")]
    pub reserve: Decimal,

    /// For how many days it is held back
    #[arg(long, global = true, env = "PEDESTAL_RESERVE_DAYS", default_value_t = 180,
          value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub reserve_days: u16,

    /// What the provider takes for a disputed charge, in hundredths of the currency's least pledge
    #[arg(long, global = true, env = "PEDESTAL_CHARGEBACK_FEE", default_value_t = 1_500,
          value_parser = clap::value_parser!(i64).range(0..=100_000))]
    pub chargeback_fee: i64,

    /// Charges and refunds that all processes of one database send in a second, at most
    #[arg(long, global = true, env = "PEDESTAL_CHARGES_PER_SECOND", default_value_t = 25,
          value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub charges_per_second: u32,

    /// Stripe's secret key, `sk_…`. With it, and the two below, cards are real; without, the sandbox's
    #[arg(long, global = true, env = "PEDESTAL_STRIPE_SECRET_KEY", hide_env_values = true)]
    pub stripe_secret_key: Option<String>,

    /// Stripe's publishable key, `pk_…`, which stands in pages
    #[arg(long, global = true, env = "PEDESTAL_STRIPE_PUBLISHABLE_KEY")]
    pub stripe_publishable_key: Option<String>,

    /// The signing secret of the webhook that Stripe sends to `/webhooks/stripe`, `whsec_…`
    #[arg(long, global = true, env = "PEDESTAL_STRIPE_WEBHOOK_SECRET", hide_env_values = true)]
    pub stripe_webhook_secret: Option<String>,

    /// Where Stripe's API is; another address is for tests
    #[arg(long, global = true, env = "PEDESTAL_STRIPE_API", default_value = stripe::Options::API)]
    pub stripe_api: String,

    /// Where Stripe.js is; another address is for tests
    #[arg(long, global = true, env = "PEDESTAL_STRIPE_SCRIPT", default_value = stripe::Options::SCRIPT)]
    pub stripe_script: String,

    /// Where uploaded pictures are kept: `s3://bucket/prefix`; a folder `media` in the data folder when
    /// not given
    #[arg(long, global = true, env = "PEDESTAL_MEDIA_URL", value_name = "URL")]
    pub media_url: Option<String>,

    /// Where the service of `--media-url` is, such as `https://s3.example.org`; Amazon's when not given
    #[arg(long, global = true, env = "PEDESTAL_S3_ENDPOINT", value_name = "URL")]
    pub s3_endpoint: Option<String>,

    /// Its region
    #[arg(long, global = true, env = "PEDESTAL_S3_REGION", default_value = "us-east-1")]
    pub s3_region: String,

    /// The id of the key to it
    #[arg(long, global = true, env = "PEDESTAL_S3_ACCESS_KEY_ID", hide_env_values = true)]
    pub s3_access_key_id: Option<String>,

    /// The secret of the key to it
    #[arg(long, global = true, env = "PEDESTAL_S3_SECRET_ACCESS_KEY", hide_env_values = true)]
    pub s3_secret_access_key: Option<String>,

    /// Pledges in one transaction, at most; only to measure what batches are good for
    #[arg(long, global = true, env = "PEDESTAL_WRITER_BATCH", hide = true,
          default_value_t = 512, value_parser = clap::value_parser!(u32).range(1..=512))]
    pub writer_batch: u32,

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
            fees: self.fees(),
            reserve_percent: self.reserve,
            reserve_days: self.reserve_days,
            chargeback_fee: self.chargeback_fee,
            charges_per_second: self.charges_per_second,
            stripe: self.stripe(),
            writer_batch: usize::try_from(self.writer_batch).unwrap_or(usize::MAX),
            writer_queue: writer::QUEUE,
            pictures: self.pictures(),
        }
    }

    /// Where uploaded pictures are kept.
    fn pictures(&self) -> Storage {
        let url = self.media_url.as_deref().and_then(|url| url.strip_prefix("s3://"));
        let Some(place) = url else { return Storage::Folder(self.data.join("media")) };
        let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
        Storage::Bucket(Bucket {
            name: name.to_owned(),
            prefix: prefix.trim_matches('/').to_owned(),
            region: self.s3_region.clone(),
            endpoint: self.s3_endpoint.clone(),
            access_key_id: self.s3_access_key_id.clone().unwrap_or_default(),
            secret_access_key: self.s3_secret_access_key.clone().unwrap_or_default(),
        })
    }

    /// The account at Stripe, if one is named.
    fn stripe(&self) -> Option<stripe::Options> {
        Some(stripe::Options {
            secret_key: self.stripe_secret_key.clone()?,
            publishable_key: self.stripe_publishable_key.clone()?,
            webhook_secret: self.stripe_webhook_secret.clone()?,
            api: self.stripe_api.trim_end_matches('/').to_owned(),
            script: self.stripe_script.clone(),
            patience: stripe::Options::PATIENCE,
        })
    }

    fn fees(&self) -> Fees {
        Fees {
            platform_percent: self.platform_fee,
            processing_percent: self.processing_fee,
            processing_fixed: self.processing_fixed,
            own: self.currency_fees.unwrap_or_default(),
        }
    }

    fn validate(&self) -> Result<(), clap::Error> {
        let url = self.base_url();
        let is_plain = url.starts_with("http://") || url.starts_with("https://");
        if !is_plain || url.contains(['"', '<', '>', ' ']) {
            return Err(refusal("base-url has to begin with http:// or https://"));
        }
        if !self.fees().are_sane() {
            return Err(refusal("fees are 0 to 50 percent, and 0 to 100 hundredths on top"));
        }
        if !(Decimal::ZERO..=Decimal::from(50)).contains(&self.reserve) {
            return Err(refusal("reserve is 0 to 50 percent"));
        }
        self.validate_stripe()?;
        self.validate_pictures()?;
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

impl Config {
    fn validate_pictures(&self) -> Result<(), clap::Error> {
        let Some(url) = &self.media_url else { return Ok(()) };
        let place = url.strip_prefix("s3://").unwrap_or_default();
        if place.split('/').next().is_none_or(str::is_empty) {
            return Err(refusal("media-url has to be s3:// and the name of a bucket"));
        }
        if self.s3_access_key_id.is_none() || self.s3_secret_access_key.is_none() {
            return Err(refusal("media-url needs s3-access-key-id and s3-secret-access-key"));
        }
        // The key signs what goes there; its secret never does.
        let endpoint = self.s3_endpoint.as_deref().unwrap_or("https://");
        if !endpoint.starts_with("https://") && !endpoint.starts_with("http://") {
            return Err(refusal("s3-endpoint has to begin with https:// or http://"));
        }
        Ok(())
    }

    fn validate_stripe(&self) -> Result<(), clap::Error> {
        let keys = [
            (&self.stripe_secret_key, ["sk_", "rk_"]),
            (&self.stripe_publishable_key, ["pk_", "pk_"]),
            (&self.stripe_webhook_secret, ["whsec_", "whsec_"]),
        ];
        if keys.iter().all(|(key, _)| key.is_none()) {
            return Ok(());
        }
        for (key, starts) in keys {
            let is_whole = key.as_deref().is_some_and(|key| {
                starts.iter().any(|start| key.len() > start.len() && key.starts_with(start))
                    && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            });
            if !is_whole {
                return Err(refusal(
                    "Stripe needs stripe-secret-key (sk_…), stripe-publishable-key (pk_…) and \
                     stripe-webhook-secret (whsec_…) together",
                ));
            }
        }
        if self.demo {
            return Err(refusal("a demonstration takes no real cards: leave out --demo or Stripe"));
        }
        // The secret key goes to one of them, and the other runs in our pages.
        if [&self.stripe_api, &self.stripe_script].into_iter().any(|url| !is_safe(url)) {
            return Err(refusal("stripe-api and stripe-script have to begin with https://"));
        }
        Ok(())
    }
}

/// Encrypted, or on this machine; and nothing that means more in a policy.
fn is_safe(url: &str) -> bool {
    let is_local = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"]
        .iter()
        .any(|start| url.starts_with(start));
    (url.starts_with("https://") || is_local)
        && url.bytes().all(|b| b.is_ascii_graphic() && !b";,'\"<>@*".contains(&b))
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
            .field("stripe", &self.stripe_secret_key.as_ref().map(|_| "…"))
            .field("media_url", &self.media_url)
            .field("s3", &self.s3_secret_access_key.as_ref().map(|_| "…"))
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
