//! A service that speaks S3: moto, which is somebody else's reading of its rules.

use std::{
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A running service. Dropping it ends it.
pub struct Service {
    pub url: String,
    process: Child,
}

impl Service {
    /// Starts one, where `MOTO_PYTHON` names a Python that has `moto[server]`.
    /// `REQUIRE_MOTO` asks for it, as `cargo xtask test` does.
    #[allow(clippy::print_stderr, reason = "who runs the tests has to see it")]
    pub async fn start() -> Option<Self> {
        let Some(python) = std::env::var_os("MOTO_PYTHON") else {
            assert!(
                std::env::var_os("REQUIRE_MOTO").is_none(),
                "REQUIRE_MOTO is set and MOTO_PYTHON is not: no bucket was tried"
            );
            eprintln!("NOT TESTED with a bucket: MOTO_PYTHON is not set");
            return None;
        };
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let process = Command::new(python)
            .args(["-m", "moto.server", "-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the Python of MOTO_PYTHON starts");
        let service = Self { url: format!("http://127.0.0.1:{port}"), process };
        for _ in 0..600 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(service);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("moto does not answer");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
