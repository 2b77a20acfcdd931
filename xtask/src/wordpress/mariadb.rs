//! A MariaDB of this program's own, for as long as a test runs: reached through a
//! socket in a temporary folder and from nowhere else.

use crate::guard::Guarded;
use crate::shell::{find, program, quiet, root, secret};
use crate::step::step;
use crate::user::{as_user, ordinary_user};
use anyhow::{Context, Result};
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The server's own tables. The rest of what `mariadb-install-db` makes (help, time
/// zones, reports) is for people, and that program wants more than the core package.
const TABLES: [&str; 3] =
    ["mysql_system_tables.sql", "mysql_performance_tables.sql", "mysql_system_tables_data.sql"];
const SHARED: &str = "/usr/share/mysql";

/// Ends the server and removes its files when dropped.
pub struct MariaDb {
    pub socket: PathBuf,
    /// Of the user `wordpress`, who owns the database of that name.
    pub password: String,
    _server: Guarded,
}

impl MariaDb {
    /// Makes an empty database and starts its server, which has to be installed.
    pub fn start() -> Result<Self> {
        let hint = "The log is target/tools/logs/mariadb.log.";
        step("start a throwaway MariaDB", hint, || {
            Self::start_with(&find("mariadbd").context("mariadbd cannot be found")?)
        })
    }

    fn start_with(mariadbd: &Path) -> Result<Self> {
        let user = ordinary_user("mysql")?;
        let made = quiet(program("mktemp").args(["-d", "-t", "pedestal-mariadb-XXXXXXXX"]))?;
        let folder = PathBuf::from(made.trim());
        let password = secret()?;
        fs::create_dir(folder.join("data"))?;
        fs::write(folder.join("tables.sql"), tables()?)?;
        let owner = folder.join("owner.sql");
        fs::write(&owner, statements(&password))?;
        fs::set_permissions(&owner, fs::Permissions::from_mode(0o600))?;
        if let Some(name) = &user {
            quiet(program("chown").arg("-R").arg(format!("{name}:")).arg(&folder))?;
        }
        let data = format!("--datadir={}", folder.join("data").display());
        let made = quiet(
            as_user(&user, Path::new("sh"), &folder)
                .args(["-c", r#"exec "$@" <tables.sql"#, "sh"])
                .arg(mariadbd)
                .args(["--no-defaults", "--bootstrap", &data]),
        );
        let socket = folder.join("socket");
        let mut command = as_user(&user, mariadbd, &folder);
        command
            .args(["--no-defaults", "--skip-networking", &data])
            .arg(format!("--socket={}", socket.display()))
            .arg(format!("--pid-file={}", folder.join("pid").display()))
            .arg(format!("--init-file={}", owner.display()));
        let log = root().join("target/tools/logs/mariadb.log");
        // Started before the tables are judged, so that the guard removes the folder.
        let mut server = Guarded::start("MariaDB", &command, "TERM", Some(&folder), &log)?;
        made?;
        server.wait(Duration::from_secs(60), || UnixStream::connect(&socket).is_ok())?;
        Ok(Self { socket, password, _server: server })
    }
}

/// As `mariadb-install-db` does it. Each statement has to begin on a line of its own.
fn tables() -> Result<String> {
    let mut script = "create database mysql;\nuse mysql;\n".to_owned();
    for name in TABLES {
        let file = Path::new(SHARED).join(name);
        let text = fs::read_to_string(&file).with_context(|| format!("{}", file.display()))?;
        writeln!(script, "{text}")?;
    }
    Ok(script)
}

/// What the server does before it lets anybody in.
fn statements(password: &str) -> String {
    format!(
        "create database wordpress;
create user wordpress@localhost identified by '{password}';
grant all on wordpress.* to wordpress@localhost;
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_answers_and_is_gone_afterwards() {
        let Some(mariadbd) = find("mariadbd") else { return };
        let database = MariaDb::start_with(&mariadbd).unwrap();
        let socket = database.socket.clone();
        drop(database);
        assert!(!socket.exists() && !socket.parent().unwrap().exists());
    }
}
