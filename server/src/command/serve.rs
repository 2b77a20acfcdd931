//! `pedestal serve`: the site, until it is told to stop.

use std::{process::ExitCode, time::Duration};

use anyhow::{Context as _, Result};
use backend::{Backend, Clock, demo, live, schedule, story};
use tokio::{
    net::TcpListener,
    signal,
    sync::watch,
    task::JoinSet,
    time::{Instant, timeout_at},
};

use super::{open, say};
use crate::{config::Config, listen, router};

/// How long a stop may take. Whatever runs processes asks for less than a minute
/// and then kills.
const STOP_WITHIN: Duration = Duration::from_secs(25);

/// Serves until a signal, then finishes what was accepted. A second signal ends it
/// at once; what was answered is in the database either way.
///
/// # Errors
/// When the database or the port cannot be opened.
pub async fn run(config: Config) -> Result<ExitCode> {
    let backend = Backend::open(&config.database_url(), Clock::system(), config.options()).await?;
    if config.demo {
        demo::seed::seed(&backend).await?;
    }
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("could not listen on {}", config.listen))?;
    let signals = Signals::listen()?;
    let background = start_background(&backend, config.demo && config.demo_traffic);
    say(&format!("Pedestal is open at {}", config.base_url()))?;

    let app = router::app(&backend, config.trust_proxy);
    let connections = listen::serve(listener, app, signals.nth(1)).await;
    tracing::info!("stopping: finishing what was accepted");
    finish(backend, background, connections.shutdown(), &signals).await
}

/// Runs only what runs by the clock.
///
/// # Errors
/// When the database cannot be opened.
pub async fn work(config: Config) -> Result<ExitCode> {
    let backend = open(&config).await?;
    let signals = Signals::listen()?;
    let mut background = JoinSet::new();
    background.spawn(schedule::run(backend.clone()));
    signals.nth(1).await;
    finish(backend, background, std::future::ready(()), &signals).await
}

fn start_background(backend: &Backend, with_traffic: bool) -> JoinSet<()> {
    let mut background = JoinSet::new();
    background.spawn(schedule::run(backend.clone()));
    let (db, hub) = (backend.db.clone(), backend.hub.clone());
    background.spawn(async move {
        let mut closing = hub.closing();
        tokio::select! {
            () = live::listen(&db, &hub) => {}
            // Nobody is left to tell.
            _ = closing.wait_for(|closing| *closing) => {}
        }
    });
    let writing = backend.clone();
    background.spawn(async move {
        let mut closing = writing.hub.closing();
        tokio::select! {
            () = story::listen(&writing) => {}
            _ = closing.wait_for(|closing| *closing) => {}
        }
    });
    if with_traffic {
        background.spawn(demo::traffic::run(backend.clone()));
    }
    background
}

/// Ends the streams, waits for what is under way, and closes the database; all of
/// it within [`STOP_WITHIN`].
async fn finish(
    backend: Backend,
    mut background: JoinSet<()>,
    connections: impl Future<Output = ()>,
    signals: &Signals,
) -> Result<ExitCode> {
    let until = Instant::now() + STOP_WITHIN;
    backend.hub.close();
    let everything = async {
        // Those who write are told to come again; the sockets are no connections any more.
        backend.rooms.close().await;
        connections.await;
        backend.rooms.close().await;
        while background.join_next().await.is_some() {}
        backend.db.close().await;
    };
    let code = tokio::select! {
        done = timeout_at(until, everything) => match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => {
                tracing::warn!("stopped with work under way: it took too long");
                ExitCode::FAILURE
            }
        },
        () = signals.nth(2) => {
            tracing::warn!("stopped with work under way: told twice");
            ExitCode::FAILURE
        }
    };
    Ok(code)
}

/// How often the process was told to stop.
struct Signals(watch::Receiver<u32>);

impl Signals {
    /// Takes over the signals. Until then they end the process at once, which
    /// harms nothing that has not begun.
    fn listen() -> Result<Self> {
        let (told, count) = watch::channel(0);
        #[cfg(unix)]
        let mut terminated = signal::unix::signal(signal::unix::SignalKind::terminate())
            .context("could not listen to signals")?;
        tokio::spawn(async move {
            loop {
                #[cfg(unix)]
                tokio::select! {
                    _ = signal::ctrl_c() => {}
                    _ = terminated.recv() => {}
                }
                #[cfg(not(unix))]
                let _ = signal::ctrl_c().await;
                told.send_modify(|count| *count += 1);
            }
        });
        Ok(Self(count))
    }

    /// Waits until it was told so often.
    async fn nth(&self, nth: u32) {
        let mut count = self.0.clone();
        if count.wait_for(|count| *count >= nth).await.is_err() {
            // Without a listener there is nothing to be told by.
            std::future::pending::<()>().await;
        }
    }
}
