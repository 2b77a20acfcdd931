//! A Postgres of this program's own, for as long as a test runs: on a free
//! port of the loopback interface, in a temporary folder, with durability as
//! in production.

use crate::apt;
use crate::guard::Guarded;
use crate::shell::{find, free_port, program, quiet, root, secret};
use crate::step::step;
use crate::user::{as_user, ordinary_user};
use anyhow::{Context, Result};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

/// Ends the cluster and removes its files when dropped.
pub struct Postgres {
    port: u16,
    password: String,
    bin: PathBuf,
    _server: Guarded,
}

impl Postgres {
    /// Installs the server where it is missing, makes a cluster and starts it.
    pub fn start() -> Result<Self> {
        let bin = match binaries() {
            Some(folder) => folder,
            None => {
                apt::ensure(&["postgresql"], "the Postgres server, for tests on both databases")?;
                binaries().context("postgresql is installed and its initdb cannot be found")?
            }
        };
        let hint = "The log is target/tools/logs/postgres.log.";
        step("start a throwaway Postgres", hint, || Self::start_with(bin))
    }

    /// The address of a database, which has to be created first.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://pedestal:{}@127.0.0.1:{}/{database}", self.password, self.port)
    }

    /// Creates an empty database and gives its address.
    pub fn create(&self, database: &str) -> Result<String> {
        quiet(
            program(self.bin.join("createdb"))
                .args(["-h", "127.0.0.1", "-U", "pedestal", "-p", &self.port.to_string(), database])
                .env("PGPASSWORD", &self.password),
        )?;
        Ok(self.url(database))
    }

    fn start_with(bin: PathBuf) -> Result<Self> {
        let user = ordinary_user("postgres")?;
        let made = quiet(program("mktemp").args(["-d", "-t", "pedestal-postgres-XXXXXXXX"]))?;
        let folder = PathBuf::from(made.trim());
        let password = secret()?;
        let word = folder.join("password");
        fs::write(&word, &password)?;
        fs::set_permissions(&word, fs::Permissions::from_mode(0o600))?;
        if let Some(name) = &user {
            quiet(program("chown").arg("-R").arg(format!("{name}:")).arg(&folder))?;
        }
        let data = folder.join("data");
        let made = quiet(
            as_user(&user, &bin.join("initdb"), &folder)
                .args(["--username=pedestal", "--auth=scram-sha-256", "--encoding=UTF8"])
                .args(["--locale=C.UTF-8", "--no-instructions"])
                .arg(format!("--pwfile={}", word.display()))
                .arg(&data),
        );
        let port = free_port()?;
        let mut command = as_user(&user, &bin.join("postgres"), &folder);
        command.arg("-D").arg(&data).arg("-k").arg(&folder).args(settings(port));
        let log = root().join("target/tools/logs/postgres.log");
        // Started before `initdb` is judged, so that the guard removes the folder.
        let mut server = Guarded::start("Postgres", &command, "INT", Some(&folder), &log)?;
        made?;
        server.wait(Duration::from_secs(60), || {
            let mut question = program(bin.join("pg_isready"));
            question.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
            question.status().is_ok_and(|status| status.success())
        })?;
        Ok(Self { port, password, bin, _server: server })
    }
}

/// Room for many test processes, each with a pool; durable as by default.
fn settings(port: u16) -> [String; 10] {
    let options = [
        format!("port={port}"),
        "listen_addresses=127.0.0.1".to_owned(),
        "max_connections=300".to_owned(),
        "shared_buffers=256MB".to_owned(),
        "max_wal_size=2GB".to_owned(),
    ];
    let mut settings = [const { String::new() }; 10];
    for (index, option) in options.into_iter().enumerate() {
        settings[index * 2] = "-c".to_owned();
        settings[index * 2 + 1] = option;
    }
    settings
}

/// The newest installed server.
fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .collect();
    found.sort();
    let elsewhere = || find("initdb").and_then(|file| Some(file.parent()?.to_path_buf()));
    found.pop().map(|(_, bin)| bin).or_else(elsewhere)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_is_gone_afterwards() {
        let Some(bin) = binaries() else { return };
        let postgres = Postgres::start_with(bin).unwrap();
        let url = postgres.create("proof").unwrap();
        let one = quiet(program(postgres.bin.join("psql")).args([&url, "-Atc", "select 1"]));
        assert_eq!(one.unwrap().trim(), "1");
        let port = postgres.port;
        drop(postgres);
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    }
}
