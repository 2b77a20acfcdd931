//! `pedestal serve`: the site, until it is told to stop.

use std::{net::SocketAddr, process::ExitCode};

use anyhow::{Context as _, Result};
use axum::serve::ListenerExt as _;
use backend::{Backend, Clock, demo, live, schedule};
use tokio::{net::TcpListener, signal};

use super::{open, say};
use crate::{config::Config, router};

/// Serves until a signal, then finishes what was accepted.
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
    start_background(&backend, config.demo && config.demo_traffic);
    say(&format!("Pedestal is open at {}", config.base_url()))?;

    // Without this, each answer waits for the acknowledgement of the one before.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "could not set TCP_NODELAY");
        }
    });
    let app = router::app(&backend, config.trust_proxy);
    let hub = backend.hub.clone();
    axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            stopped().await;
            tracing::info!("stopping: finishing what was accepted");
            hub.close();
        })
        .await?;
    backend.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Runs only what runs by the clock.
///
/// # Errors
/// When the database cannot be opened.
pub async fn work(config: Config) -> Result<ExitCode> {
    let backend = open(&config).await?;
    let hub = backend.hub.clone();
    tokio::spawn(async move {
        stopped().await;
        hub.close();
    });
    schedule::run(backend.clone()).await;
    backend.db.close().await;
    Ok(ExitCode::SUCCESS)
}

fn start_background(backend: &Backend, with_traffic: bool) {
    tokio::spawn(schedule::run(backend.clone()));
    let (db, hub) = (backend.db.clone(), backend.hub.clone());
    tokio::spawn(async move {
        if let Err(error) = live::listen(&db, &hub).await {
            tracing::error!(%error, "could not listen to other nodes; their pledges show after a reload");
        }
    });
    if with_traffic {
        tokio::spawn(demo::traffic::run(backend.clone()));
    }
}

async fn stopped() {
    let interrupted = signal::ctrl_c();
    #[cfg(unix)]
    {
        let mut terminated = signal::unix::signal(signal::unix::SignalKind::terminate())
            .expect("a process can listen to its own signals");
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}
