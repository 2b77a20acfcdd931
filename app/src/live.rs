//! Live figures on an open page: one stream per page, closed on leaving, and while
//! nobody sees the page: a browser opens only six connections to a site, and a
//! seventh tab would wait for ever.

use std::collections::HashMap;

use domain::{live::FundingEvent, slug::Slug};
use leptos::prelude::*;

/// What was told last of each followed campaign.
#[derive(Clone, Copy)]
struct Live(StoredValue<HashMap<Slug, Told>>);

#[derive(Clone, Default)]
struct Told {
    figures: ArcRwSignal<Option<FundingEvent>>,
    version: ArcRwSignal<i64>,
    shelf: ArcRwSignal<i64>,
}

/// Puts the live figures in reach of every page.
pub fn provide_live() {
    provide_context(Live(StoredValue::new(HashMap::new())));
}

/// The latest event of a campaign; `None` until the first one arrives, and
/// always on the server.
#[must_use]
pub fn latest(slug: &Slug) -> Signal<Option<FundingEvent>> {
    let figures = told(slug).figures;
    Signal::derive(move || figures.get())
}

/// The newest version of a campaign's page that was told; 0 until one is.
#[must_use]
pub fn version(slug: &Slug) -> Signal<i64> {
    let version = told(slug).version;
    Signal::derive(move || version.get())
}

/// The same of its picture and its rewards.
#[must_use]
pub fn shelf(slug: &Slug) -> Signal<i64> {
    let shelf = told(slug).shelf;
    Signal::derive(move || shelf.get())
}

fn told(slug: &Slug) -> Told {
    let Some(Live(all)) = use_context::<Live>() else { return Told::default() };
    all.try_update_value(|all| all.entry(slug.clone()).or_default().clone()).unwrap_or_default()
}

/// Follows these campaigns while the calling component is on the page.
pub fn use_live(slugs: Vec<Slug>) {
    #[cfg(feature = "hydrate")]
    browser::follow(slugs);
    #[cfg(not(feature = "hydrate"))]
    drop(slugs);
}

#[cfg(feature = "hydrate")]
mod wire;

#[cfg(feature = "hydrate")]
mod browser {
    use domain::{live::MOST_FOLLOWED, slug::Slug};
    use futures::{
        StreamExt as _,
        channel::mpsc::{UnboundedReceiver, unbounded},
        future::{Either, select},
    };
    use gloo_net::eventsource::futures::EventSource;
    use gloo_timers::future::TimeoutFuture;
    use leptos::{ev, prelude::*, task::spawn_local};

    use super::{Live, Told, told, wire};

    /// Longest wait before trying again, in milliseconds.
    const LONGEST_WAIT: u32 = 30_000;

    pub fn follow(slugs: Vec<Slug>) {
        let Some(live) = use_context::<Live>() else { return };
        let mut slugs = slugs;
        slugs.sort();
        slugs.dedup();
        slugs.truncate(MOST_FOLLOWED);
        if slugs.is_empty() {
            return;
        }
        for slug in &slugs {
            let _ = told(slug);
        }
        // Whoever leaves the page ends the stream's task; browser objects stay in it.
        let names: Vec<&str> = slugs.iter().map(Slug::as_str).collect();
        let address = format!("/live?campaigns={}", names.join(","));
        let stop = StoredValue::new_local(None::<futures::channel::oneshot::Sender<()>>);
        // The page comes into sight or goes out of it, or the network is back.
        let (turn, turns) = unbounded();
        let (seen, back) = (turn.clone(), turn);
        let handles = [
            window_event_listener_untyped("visibilitychange", move |_| {
                let _ = seen.unbounded_send(());
            }),
            window_event_listener(ev::online, move |_| {
                let _ = back.unbounded_send(());
            }),
        ];
        on_cleanup(move || {
            for handle in handles {
                handle.remove();
            }
            stop.try_update_value(|stop| stop.take().map(|stop| stop.send(())));
        });
        let (sender, receiver) = futures::channel::oneshot::channel();
        stop.set_value(Some(sender));
        spawn_local(async move {
            futures::pin_mut!(receiver);
            let work = listen(live, address, turns);
            futures::pin_mut!(work);
            select(work, receiver).await;
        });
    }

    /// Reads the stream for ever, opening it anew after each loss: browsers give
    /// up by themselves after an answer that is not 200.
    async fn listen(live: Live, address: String, mut turns: UnboundedReceiver<()>) {
        let mut last = String::new();
        let mut wait = 1_000_u32;
        loop {
            while document().hidden() {
                turns.next().await;
            }
            let url =
                if last.is_empty() { address.clone() } else { format!("{address}&last={last}") };
            if let Ok(mut source) = EventSource::new(&url)
                && let Ok(figures) = source.subscribe("funding")
                && let Ok(pages) = source.subscribe("page")
            {
                let mut events = futures::stream::select(figures, pages);
                loop {
                    match select(events.next(), turns.next()).await {
                        Either::Left((Some(Ok((kind, message))), _)) => {
                            wait = 1_000;
                            last = message.last_event_id();
                            let data = message.data().as_string().unwrap_or_default();
                            if kind == "page" {
                                if let Some((campaign, version, shelf)) = wire::page(&data) {
                                    tell(live, &campaign, |told| {
                                        told.version.set(version);
                                        told.shelf.set(shelf);
                                    });
                                }
                            } else if let Some(event) = wire::read(&data) {
                                let campaign = event.campaign.clone();
                                tell(live, &campaign, |told| told.figures.set(Some(event)));
                            }
                        }
                        Either::Right(_) if !document().hidden() => {}
                        _ => break,
                    }
                }
            }
            if document().hidden() {
                continue;
            }
            // Jitter keeps a thousand pages from coming back in the same instant.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::float_arithmetic
            )]
            let jitter = (js_sys::Math::random() * f64::from(wait)) as u32;
            select(TimeoutFuture::new(wait / 2 + jitter), turns.next()).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    fn tell(live: Live, campaign: &Slug, news: impl FnOnce(Told)) {
        let told = live.0.try_with_value(|all| all.get(campaign).cloned()).flatten();
        if let Some(told) = told {
            news(told);
        }
    }
}
