//! A client that keeps its connection and takes nothing for an answer that is not
//! whole.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// How long an answer may take on a slow machine.
const LONG: Duration = Duration::from_secs(60);

pub struct Client {
    address: SocketAddr,
    stream: Option<TcpStream>,
}

/// A whole answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub body: String,
}

impl Client {
    pub const fn new(address: SocketAddr) -> Self {
        Self { address, stream: None }
    }

    /// Sends a request, whose head has no end yet. Nothing when the server went
    /// away before its answer was whole.
    pub fn ask(&mut self, head: &str, body: &str) -> Option<Answer> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => TcpStream::connect(self.address).ok()?,
        };
        stream.set_read_timeout(Some(LONG)).ok()?;
        stream.set_nodelay(true).ok()?;
        let (address, length) = (self.address, body.len());
        let request =
            format!("{head}\r\nhost: {address}\r\ncontent-length: {length}\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).ok()?;
        let answer = read(&mut stream)?;
        self.stream = Some(stream);
        Some(answer)
    }
}

fn read(stream: &mut TcpStream) -> Option<Answer> {
    let (mut got, mut buffer) = (Vec::new(), [0; 4096]);
    let head = loop {
        if let Some(end) = got.windows(4).position(|four| four == b"\r\n\r\n") {
            break String::from_utf8_lossy(&got.drain(..end + 4).collect::<Vec<_>>()).into_owned();
        }
        more(stream, &mut buffer, &mut got)?;
    };
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let length: usize = header("content-length").map_or(0, |n| n.parse().unwrap_or(0));
    assert!(header("transfer-encoding").is_none(), "short answers are not chunked: {head}");
    while got.len() < length {
        more(stream, &mut buffer, &mut got)?;
    }
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let body = String::from_utf8_lossy(&got).into_owned();
    Some(Answer { status, location: header("location").unwrap_or_default(), body })
}

fn more(stream: &mut TcpStream, buffer: &mut [u8], got: &mut Vec<u8>) -> Option<()> {
    match stream.read(buffer) {
        Ok(0) | Err(_) => None,
        Ok(read) => {
            got.extend_from_slice(&buffer[..read]);
            Some(())
        }
    }
}
