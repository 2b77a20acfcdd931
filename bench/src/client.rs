//! A small HTTP/1.1 client that keeps its connection: the loader shares the
//! machine with what it measures, so it must cost little.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// One connection.
pub struct Connection {
    stream: TcpStream,
    /// What has arrived and was not read yet.
    buffer: Vec<u8>,
}

/// One answer.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    /// The header lines, in lower case up to each colon as the server sent them.
    pub head: String,
    pub body: Vec<u8>,
    /// Bytes of the body as they came over the wire.
    pub transferred: u64,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("could not connect")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a GET with these further header lines, each ended by `\r\n`.
    pub async fn get(&mut self, path: &str, headers: &str) -> Result<Response> {
        self.send(&get(path, headers)).await
    }

    /// Sends a whole request and reads the whole answer.
    pub async fn send(&mut self, request: &[u8]) -> Result<Response> {
        self.stream.write_all(request).await?;
        let (status, head) = self.head().await?;
        let mut transferred = 0;
        let mut body = Vec::new();
        if header(&head, "transfer-encoding").is_some_and(|how| how.contains("chunked")) {
            while let Some(chunk) = self.chunk().await? {
                transferred += chunk.len() as u64;
                body.extend_from_slice(&chunk);
            }
        } else if let Some(length) = header(&head, "content-length") {
            let length: usize = length.parse().context("content-length")?;
            while self.buffer.len() < length {
                self.fill().await?;
            }
            body = self.buffer.drain(..length).collect();
            transferred = length as u64;
        } else if status != 304 && status != 204 {
            bail!("an answer of unknown length");
        }
        Ok(Response { status, head, body, transferred })
    }

    /// Sends a request whose answer never ends; its chunks are then read with
    /// [`Connection::chunk`].
    pub async fn stream(&mut self, request: &[u8]) -> Result<u16> {
        self.stream.write_all(request).await?;
        Ok(self.head().await?.0)
    }

    /// The next chunk of a chunked answer; `None` at its end.
    pub async fn chunk(&mut self) -> Result<Option<Vec<u8>>> {
        let line = self.until(b"\r\n").await?;
        let size =
            std::str::from_utf8(&line).ok().and_then(|l| usize::from_str_radix(l.trim(), 16).ok());
        let size = size.context("a chunk without a size")?;
        while self.buffer.len() < size + 2 {
            self.fill().await?;
        }
        let chunk: Vec<u8> = self.buffer.drain(..size).collect();
        self.buffer.drain(..2);
        Ok((size > 0).then_some(chunk))
    }

    async fn head(&mut self) -> Result<(u16, String)> {
        let head = self.until(b"\r\n\r\n").await?;
        let head = String::from_utf8_lossy(&head).into_owned();
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
        Ok((status.context("an answer without a status")?, head))
    }

    async fn until(&mut self, end: &[u8]) -> Result<Vec<u8>> {
        let mut searched = 0;
        loop {
            let found = self.buffer[searched..].windows(end.len()).position(|window| window == end);
            if let Some(at) = found {
                let line = self.buffer[..searched + at].to_vec();
                self.buffer.drain(..searched + at + end.len());
                return Ok(line);
            }
            searched = self.buffer.len().saturating_sub(end.len() - 1);
            self.fill().await?;
        }
    }

    async fn fill(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server hung up");
        }
        Ok(())
    }
}

impl Response {
    /// The value of a header, without the space before it.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A GET request.
pub fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n").into_bytes()
}

/// A form as the page's own script posts it.
pub fn post_form(path: &str, form: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .into_bytes()
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().skip(1).find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };

    use super::Connection;

    async fn answering(answer: &'static [&'static str]) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("bound");
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a client");
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).await;
            for part in answer {
                stream.write_all(part.as_bytes()).await.expect("written");
                tokio::task::yield_now().await;
            }
        });
        address
    }

    #[tokio::test]
    async fn chunks_are_put_together_wherever_they_are_cut() {
        let parts = &[
            "HTTP/1.1 200 OK\r\nTransfer-Enc",
            "oding: chunked\r\n\r",
            "\n5\r\nhel",
            "lo\r",
            "\n6\r\n world\r\n0\r\n\r\n",
        ];
        let mut connection = Connection::open(answering(parts).await).await.expect("open");
        let response = connection.get("/", "").await.expect("an answer");
        assert_eq!((response.status, response.text().as_str()), (200, "hello world"));
        assert!(connection.buffer.is_empty(), "nothing is left for the next answer");
    }

    #[tokio::test]
    async fn a_length_is_believed() {
        let parts = &["HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\nno", "ne"];
        let mut connection = Connection::open(answering(parts).await).await.expect("open");
        let response = connection.get("/", "").await.expect("an answer");
        assert_eq!((response.status, response.text().as_str()), (404, "none"));
        assert_eq!(response.header("Content-Length"), Some("4"));
    }
}
