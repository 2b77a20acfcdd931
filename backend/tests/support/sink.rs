//! A mail server of somebody else: aiosmtpd, which reads letters with a parser of
//! its own. `sink.py` says how its recipients are treated.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;

/// A running server. Dropping it ends it.
pub struct Sink {
    pub url: String,
    folder: PathBuf,
    process: Child,
}

impl Sink {
    /// Starts one, where `SMTP_SINK_PYTHON` names a Python that has aiosmtpd.
    /// `REQUIRE_SMTP_SINK` asks for it, as `cargo xtask test` does.
    #[allow(clippy::print_stderr, reason = "who runs the tests has to see it")]
    pub fn start() -> Option<Self> {
        let Some(python) = std::env::var_os("SMTP_SINK_PYTHON") else {
            assert!(
                std::env::var_os("REQUIRE_SMTP_SINK").is_none(),
                "REQUIRE_SMTP_SINK is set and SMTP_SINK_PYTHON is not: no letter was sent"
            );
            eprintln!("NOT TESTED with a mail server: SMTP_SINK_PYTHON is not set");
            return None;
        };
        let folder =
            std::env::temp_dir().join(format!("pedestal-sink-{}", uuid::Uuid::now_v7().simple()));
        fs::create_dir_all(&folder).expect("a folder");
        let mut process = Command::new(python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/sink.py"))
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the Python of SMTP_SINK_PYTHON starts");
        let mut port = String::new();
        let said = process.stdout.take().expect("piped");
        BufReader::new(said).read_line(&mut port).expect("it says its port");
        assert!(!port.trim().is_empty(), "is aiosmtpd there?");
        Some(Self { url: format!("smtp://127.0.0.1:{}", port.trim()), folder, process })
    }

    /// Every letter that was taken so far, in this order.
    pub fn taken(&self) -> Vec<Value> {
        let mut files: Vec<PathBuf> = fs::read_dir(&self.folder)
            .expect("its folder")
            .map(|entry| entry.expect("a file").path())
            .filter(|file| file.extension().is_some_and(|end| end == "json"))
            .collect();
        files.sort();
        files
            .iter()
            .map(|file| serde_json::from_slice(&fs::read(file).expect("a letter")).expect("JSON"))
            .collect()
    }

    /// Waits until it has fallen silent in the middle of a letter.
    pub async fn silence(&self) {
        let hanging = self.folder.join("hanging");
        while fs::remove_file(&hanging).is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The subjects of those to somebody.
    pub fn subjects(&self, to: &str) -> Vec<String> {
        let letters = self.taken().into_iter().filter(|letter| letter["to"][0] == to);
        letters.map(|letter| letter["subject"].as_str().expect("text").to_owned()).collect()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
