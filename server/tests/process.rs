//! The real binary: told to stop under load, it finishes what it accepted, and what
//! it answered is in the database; its log says what was asked, and of nobody.

#![cfg(unix)]

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};

/// How long anything here may take on a slow machine.
const LONG: Duration = Duration::from_secs(60);

/// A server on a database of its own.
struct Server {
    child: Child,
    address: SocketAddr,
    folder: PathBuf,
}

impl Server {
    fn start(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("pedestal-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let pedestal = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_pedestal"));
            command
                .args(arguments)
                .args(["--rate-limits", "off", "--log", "info", "--listen"])
                .arg(address.to_string())
                .arg("--data")
                .arg(&folder)
                .env_remove("DATABASE_URL")
                .stdout(Stdio::null());
            command
        };
        assert!(pedestal(&["seed", "--bench"]).status().expect("it runs").success());
        let log = std::fs::File::create(folder.join("log")).expect("a log");
        let child = pedestal(&["serve"]).stderr(log).spawn().expect("it starts");
        let server = Self { child, address, folder };
        let started = Instant::now();
        while get(server.address, "/readyz").is_none_or(|answer| !answer.contains("200 OK")) {
            assert!(started.elapsed() < LONG, "it never opened");
            thread::sleep(Duration::from_millis(50));
        }
        server
    }

    fn tell(&self, signal: &str) {
        let id = self.child.id().to_string();
        let told = Command::new("kill").args([signal, &id]).status().expect("kill runs");
        assert!(told.success());
    }

    /// Waits for the end.
    fn ended(&mut self) -> ExitStatus {
        let since = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                return status;
            }
            assert!(since.elapsed() < LONG, "it never ended");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// One request on a connection of its own; nothing when no whole answer came.
fn ask(address: SocketAddr, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(LONG)).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    Some(String::from_utf8_lossy(&answer).into_owned()).filter(|answer| !answer.is_empty())
}

fn get(address: SocketAddr, path: &str) -> Option<String> {
    ask(address, &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"))
}

/// Pledges as the page's own script does; whether it was acknowledged.
fn pledge(address: SocketAddr, email: &str) -> bool {
    let body = format!(
        "form[slug]=bench-hot&form[choices][bonus]=5&form[email]={email}\
         &form[card][number]=4242424242424242&form[card][expiry]=12%2F60&form[card][code]=123"
    );
    let request = format!(
        "POST /api/fn/pledge/place HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         accept: application/x-postcard\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    ask(address, &request).is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_pledge_is_there_after_a_stop_under_load() {
    let mut server = Server::start("stop");
    let address = server.address;
    let is_over = Arc::new(AtomicBool::new(false));
    let backers: Vec<_> = (0..8)
        .map(|backer| {
            let is_over = Arc::clone(&is_over);
            thread::spawn(move || {
                let mut acknowledged = Vec::new();
                for n in 0.. {
                    let email = format!("backer-{backer}-{n}@load.example.org");
                    if pledge(address, &email) {
                        acknowledged.push(email);
                    }
                    if is_over.load(Ordering::Relaxed) {
                        break;
                    }
                }
                acknowledged
            })
        })
        .collect();
    thread::sleep(Duration::from_secs(2));
    let told = Instant::now();
    server.tell("-TERM");
    let status = server.ended();
    assert!(status.success(), "{status}: everything was finished");
    assert!(told.elapsed() < Duration::from_secs(25), "and soon");
    is_over.store(true, Ordering::Relaxed);
    let mut acknowledged: Vec<String> =
        backers.into_iter().flat_map(|backer| backer.join().expect("it ended")).collect();
    assert!(acknowledged.len() > 10, "there was load: {}", acknowledged.len());

    let file = server.folder.join("pedestal.sqlite");
    let mut connection =
        SqliteConnectOptions::new().filename(file).connect().await.expect("the database opens");
    let mut kept: Vec<String> = sqlx::query_scalar(
        "select email from pledge join account on account.id = pledge.backer_id
          where pledge.state = 'pledged'",
    )
    .fetch_all(&mut connection)
    .await
    .expect("read");
    let (pledged, backers): (i64, i64) =
        sqlx::query_as("select pledged, backers from campaign where slug = 'bench-hot'")
            .fetch_one(&mut connection)
            .await
            .expect("read");
    assert_eq!((pledged, backers), (500 * backers, kept.len() as i64), "the books agree");
    kept.sort();
    acknowledged.sort();
    acknowledged.retain(|email| kept.binary_search(email).is_err());
    assert!(acknowledged.is_empty(), "acknowledged and lost: {acknowledged:?}");
}

#[test]
fn every_request_is_logged_by_its_pattern_and_nothing_of_its_visitor() {
    let server = Server::start("log");
    assert!(pledge(server.address, "somebody@load.example.org"));
    get(server.address, "/campaigns/bench-hot?secret=s3same").expect("an answer");
    get(server.address, "/pledges/none?key=k3y").expect("an answer");
    let log = std::fs::read_to_string(server.folder.join("log")).expect("a log");
    for (route, status) in [("/campaigns/{slug}", 200), ("/pledges/{id}", 404)] {
        let is_it = |line: &str| {
            line.contains(&format!("\"route\":\"{route}\""))
                && line.contains(&format!("\"status\":{status}"))
                && line.contains("\"level\":\"INFO\"")
        };
        assert!(log.lines().any(is_it), "{route}: {log}");
    }
    for personal in ["somebody", "s3same", "k3y", "bench-hot", "127.0.0.1"] {
        assert!(!log.contains(personal), "{personal} is in the log: {log}");
    }
}

#[test]
fn open_streams_do_not_keep_it_from_ending() {
    let mut server = Server::start("streams");
    let mut stream = TcpStream::connect(server.address).expect("taken");
    let request =
        format!("GET /live?campaigns=bench-hot HTTP/1.1\r\nhost: {}\r\n\r\n", server.address);
    stream.write_all(request.as_bytes()).expect("sent");
    let mut first = [0; 12];
    stream.read_exact(&mut first).expect("it begins");
    assert_eq!(&first, b"HTTP/1.1 200");
    server.tell("-TERM");
    let told = Instant::now();
    assert!(server.ended().success());
    assert!(told.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let mut server = Server::start("twice");
    // A request that never ends keeps it waiting.
    let mut begun = TcpStream::connect(server.address).expect("taken");
    let request = format!(
        "POST /language HTTP/1.1\r\nhost: {}\r\ncontent-length: 99\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\nlocale=",
        server.address
    );
    begun.write_all(request.as_bytes()).expect("sent");
    thread::sleep(Duration::from_millis(300));
    server.tell("-TERM");
    thread::sleep(Duration::from_secs(1));
    assert!(server.child.try_wait().expect("ours").is_none(), "it waits for what was begun");
    server.tell("-TERM");
    let told = Instant::now();
    assert!(!server.ended().success(), "and says that it was cut short");
    assert!(told.elapsed() < Duration::from_secs(5));
}
