//! Connections: taken as they come, given up when they dawdle, and finished before
//! the process ends. `axum::serve` does the same without any limit on time.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::Request;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tower::ServiceExt as _;

/// How long a client may take to send the head of a request, and how long a
/// connection stays open without one. Whoever sends a byte a minute holds nothing.
const HEAD_WITHIN: Duration = Duration::from_secs(30);
/// How long to wait when no more connections can be taken, as when there are no
/// file handles left.
const BREATHER: Duration = Duration::from_millis(100);

/// Connections that are open. The library's own count of them knows none that goes on as
/// a WebSocket.
pub struct Open(watch::Sender<bool>);

impl Open {
    /// Lets every connection finish what it has begun, and waits for that.
    pub async fn shutdown(self) {
        self.0.send_replace(true);
        self.0.closed().await;
    }
}

/// Serves until `stop`, and gives what has yet to be finished.
pub async fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) -> Open {
    let open = Open(watch::Sender::new(false));
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => return open,
        };
        match accepted {
            Ok((stream, peer)) => take(stream, peer, app.clone(), &open),
            Err(error) => {
                tracing::warn!(%error, "could not take a connection");
                tokio::time::sleep(BREATHER).await;
            }
        }
    }
}

fn take(stream: TcpStream, peer: SocketAddr, app: Router, open: &Open) {
    // Without this, each answer waits for the acknowledgement of the one before.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "could not set TCP_NODELAY");
    }
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        app.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .serve_connection(TokioIo::new(stream), service)
        // Pages that are written together go on as WebSockets.
        .with_upgrades();
    let mut closing = open.0.subscribe();
    tokio::spawn(async move {
        let mut connection = std::pin::pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = async { closing.wait_for(|closing| *closing).await.map_or((), drop) } => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            // Visitors leave in the middle, and some never begin.
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::{Router, routing::get};
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::{TcpListener, TcpStream},
        sync::oneshot,
    };

    use super::{HEAD_WITHIN, serve};

    const WHOLE: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

    async fn answer(connection: &mut TcpStream) -> String {
        let mut text = String::new();
        let _ = connection.read_to_string(&mut text).await;
        text
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_never_finishes_a_request_is_let_go() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let app = Router::new().route("/", get(async || "hello"));
        tokio::spawn(serve(listener, app, std::future::pending()));
        for sent in [&b""[..], b"G", b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: "] {
            let mut slow = TcpStream::connect(address).await.expect("taken");
            slow.write_all(sent).await.expect("sent");
            let ended = tokio::time::timeout(HEAD_WITHIN * 2, answer(&mut slow)).await;
            assert!(!ended.expect("the server hangs up").contains("hello"));
        }
        let mut brisk = TcpStream::connect(address).await.expect("taken");
        brisk.write_all(WHOLE).await.expect("sent");
        assert!(answer(&mut brisk).await.ends_with("hello"));
    }

    #[tokio::test]
    async fn what_was_begun_is_finished_and_nothing_more_is_taken() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let app = Router::new().route(
            "/",
            get(async || {
                tokio::time::sleep(Duration::from_millis(300)).await;
                "hello"
            }),
        );
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve(listener, app, async move {
            let _ = stopped.await;
        }));
        let mut begun = TcpStream::connect(address).await.expect("taken");
        begun.write_all(WHOLE).await.expect("sent");
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.send(()).expect("it serves");
        let open = serving.await.expect("it stops");
        assert!(TcpStream::connect(address).await.is_err(), "the door is closed");
        let (text, ()) = tokio::join!(answer(&mut begun), open.shutdown());
        assert!(text.ends_with("hello"), "{text}");
    }
}
