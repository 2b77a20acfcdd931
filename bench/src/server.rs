//! The server that is measured: started on a free port with data of its own,
//! and ended with whoever measures it.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

use crate::Surroundings;

/// Where the server finds its data; the folder goes when this is dropped.
pub struct Place {
    binary: PathBuf,
    folder: PathBuf,
    database: Option<String>,
    /// What its server is told besides.
    pub environment: Vec<(&'static str, &'static str)>,
}

/// A running server.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Place {
    /// An empty folder, and a Postgres if there is one to be used.
    pub fn new(surroundings: &Surroundings, name: &str, database: Option<String>) -> Result<Self> {
        let folder =
            std::env::temp_dir().join(format!("pedestal-bench-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self { binary: surroundings.binary.clone(), folder, database, environment: Vec::new() })
    }

    /// Runs one command of the binary to its end and returns what it printed.
    pub fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = self.command(arguments).output()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            bail!(
                "`pedestal {}` failed: {said}{}",
                arguments.join(" "),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(said)
    }

    /// Runs one command that reads a line.
    pub fn tell(&self, arguments: &[&str], line: &str) -> Result<()> {
        let mut child =
            self.command(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        writeln!(child.stdin.take().context("its input")?, "{line}")?;
        let status = child.wait()?;
        if !status.success() {
            bail!("`pedestal {}` failed with {status}", arguments.join(" "));
        }
        Ok(())
    }

    /// Starts the server and waits for its first answer. Returns how long that
    /// took as well.
    pub fn serve(&self, path: &str) -> Result<(Server, Duration)> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let log = fs::File::create(self.folder.join("server.log"))?;
        let started = Instant::now();
        let child = self
            .command(&["serve"])
            .env("PEDESTAL_LISTEN", address.to_string())
            .env("PEDESTAL_BASE_URL", format!("http://{address}"))
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .with_context(|| format!("could not start {}", self.binary.display()))?;
        let mut server = Server { child, address };
        while !answers(address, path) {
            if let Some(status) = server.child.try_wait()? {
                bail!(
                    "the server ended with {status}: {}",
                    fs::read_to_string(self.folder.join("server.log"))?
                );
            }
            if started.elapsed() > Duration::from_secs(60) {
                bail!("the server gave no answer for a minute");
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok((server, started.elapsed()))
    }

    /// How many lines of the server's log hold these words.
    pub fn logged(&self, words: &str) -> Result<u64> {
        let log = fs::read_to_string(self.folder.join("server.log"))?;
        Ok(log.lines().filter(|line| line.contains(words)).count() as u64)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .args(arguments)
            .env_remove("DATABASE_URL")
            .env("PEDESTAL_DATA", &self.folder)
            .env("PEDESTAL_RATE_LIMITS", "off")
            .env("PEDESTAL_LOG", "warn")
            .envs(self.environment.iter().copied());
        if let Some(database) = &self.database {
            command.env("DATABASE_URL", database);
        }
        command
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Server {
    /// Memory that is resident now, in bytes.
    pub fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .context("resident memory is read from /proc, as on Linux")?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("VmRSS")?;
        let kilobytes: u64 = line.split_whitespace().nth(1).context("VmRSS")?.parse()?;
        Ok(kilobytes * 1_024)
    }

    /// How long it has kept a processor busy so far.
    pub fn processor(&self) -> Result<Duration> {
        /// Of the kernel's clock, the same on every Linux.
        const TICK: Duration = Duration::from_millis(10);
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))
            .context("the processor's time is read from /proc, as on Linux")?;
        // What stands in brackets is a name, which may hold anything.
        let (_, fields) = stat.rsplit_once(") ").context("a name in brackets")?;
        let ticks = fields.split(' ').skip(11).take(2);
        let ticks = ticks.map(str::parse::<u32>).sum::<Result<u32, _>>()?;
        Ok(TICK * ticks)
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answers(address: SocketAddr, path: &str) -> bool {
    let ask = || -> Result<bool> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(start.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}
