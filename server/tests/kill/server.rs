//! The program under test, on a database of its own.

use std::{
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    books::{Books, Engine},
    http::Client,
};

/// How long anything here may take on a slow machine.
const LONG: Duration = Duration::from_secs(60);

/// A database with the campaign in it, and the folder of its server.
pub struct Site {
    pub books: Books,
    pub address: SocketAddr,
    folder: PathBuf,
    /// Cards that are charged in a second.
    pub pace: u64,
}

/// A running server, which only ever ends in one way.
pub struct Server(Child);

impl Site {
    /// A fresh database with the campaign that everybody backs: its last reward
    /// is for two.
    pub fn found(engine: &Engine) -> Self {
        let folder =
            std::env::temp_dir().join(format!("pedestal-kill-{}", uuid::Uuid::now_v7().simple()));
        fs::create_dir_all(&folder).expect("a folder");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let books = Books::create(engine, &folder);
        let site = Self { books, address, folder, pace: 25 };
        site.run(&["seed", "--bench"]);
        site.books.alter("update reward set quantity = 2 where position = 3");
        site
    }

    /// Runs one command to its end and returns what it printed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}{complaint}");
        said.trim().to_owned()
    }

    /// Starts the server; it may not be open yet.
    pub fn start(&self) -> Server {
        let log = File::options().create(true).append(true).open(self.folder.join("log"));
        let mut command = self.command(&["serve"]);
        command.arg("--charges-per-second").arg(self.pace.to_string());
        command.stdout(Stdio::null()).stderr(log.expect("a log"));
        Server(command.spawn().expect("it starts"))
    }

    /// Starts the server and waits until it is open.
    pub fn open(&self) -> Server {
        let mut server = self.start();
        let since = Instant::now();
        let ready = || Client::new(self.address).ask("GET /readyz HTTP/1.1", "");
        while ready().is_none_or(|answer| answer.status != 200) {
            if let Some(status) = server.0.try_wait().expect("a child of ours") {
                panic!("it ended with {status}: {}", self.log());
            }
            assert!(since.elapsed() < LONG, "it never opened: {}", self.log());
            thread::sleep(Duration::from_millis(10));
        }
        server
    }

    /// What the operator's own command says about the books.
    pub fn check(&self) {
        assert_eq!(self.run(&["check"]), "The books agree.");
    }

    /// The last it said.
    pub fn log(&self) -> String {
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let from = log.lines().count().saturating_sub(20);
        log.lines().skip(from).collect::<Vec<_>>().join("\n")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pedestal"));
        command
            .args(arguments)
            .args(["--rate-limits", "off", "--log", "warn", "--listen"])
            .arg(self.address.to_string())
            .arg("--data")
            .arg(&self.folder)
            .env_remove("DATABASE_URL");
        if let Some(url) = self.books.url() {
            command.env("DATABASE_URL", url);
        }
        command
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Server {
    /// `kill -9`, and waits until nothing of it is left.
    pub fn kill(mut self) {
        assert!(self.0.try_wait().expect("a child of ours").is_none(), "it ended by itself");
        self.0.kill().expect("killed");
        self.0.wait().expect("gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
