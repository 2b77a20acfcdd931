//! The socket of an open editor: opened again whenever it is lost, for as long as
//! the page is there, also after the right to write was lost: it may come back. Edits
//! go out in the order they were made; what comes in is taken into the document.

use std::time::Duration;

use domain::{
    id::CampaignId,
    story::frame::{Presence, ToBrowser, ToServer},
};
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{BinaryType, MessageEvent, WebSocket};

use super::{desk::Desk, keep::Shelf, line::Inner, people::hex};

/// What is typed within this time goes out as one update.
const PACE: Duration = Duration::from_millis(30);
/// So often others are told where this keyboard is, at most.
const PRESENCE_PACE: Duration = Duration::from_millis(120);

/// Connects, and stays connected while the calling component is on the page. By the
/// campaign's id: somebody may give a draft another address meanwhile.
pub fn connect(desk: Desk, campaign: CampaignId, account: &str) {
    let shelf = Shelf::new(campaign, account, super::random());
    for update in desk.line.shelve(shelf) {
        desk.absorb(&update);
    }
    let is_here = RwSignal::new(true);
    let address = address(campaign);
    let again = StoredValue::new_local(None::<TimeoutHandle>);
    let line = Dialer { desk, address: StoredValue::new_local(address), is_here, again };
    line.dial();
    let back = window_event_listener(ev::online, move |_| {
        desk.line.hurry();
        line.dial();
    });
    // A network that is gone closes no socket by itself for minutes.
    let gone = window_event_listener(ev::offline, move |_| line.hang_up());
    let leave = window_event_listener_untyped("beforeunload", move |event| {
        if desk.line.would_lose() {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        for listener in [back, gone, leave] {
            listener.remove();
        }
        is_here.try_set(false);
        line.hang_up();
    });
}

/// Sends what waits, a moment later: more may follow.
pub fn send_soon(desk: Desk) {
    set_timeout(move || send(desk), PACE);
}

fn send(desk: Desk) {
    while let Some((counter, update)) = desk.line.next() {
        say(desk, &ToServer::Update { counter, update });
    }
}

/// Tells the others where this keyboard is, a moment later.
pub fn tell_place(desk: Desk, is_told: StoredValue<bool>) {
    if is_told.try_update_value(|told| std::mem::replace(told, true)) != Some(false) {
        return;
    }
    set_timeout(
        move || {
            if is_told.try_set_value(false).is_some() {
                return;
            }
            let caret = desk.caret();
            let stick = |at| {
                let held = caret.and_then(|caret| desk.with(|page| page.stick(caret.place, at)));
                held.map_or_else(String::new, |held| hex(&held))
            };
            let presence = Presence {
                place: caret.map(|caret| caret.place),
                anchor: caret.map_or_else(String::new, |caret| stick(caret.anchor)),
                head: caret.map_or_else(String::new, |caret| stick(caret.head)),
            };
            say(desk, &ToServer::Presence(presence));
        },
        PRESENCE_PACE,
    );
}

fn say(desk: Desk, frame: &ToServer) {
    desk.line.inner.try_with_value(|inner| {
        if let Some(socket) = &inner.socket {
            // A socket that is closing says so by itself.
            let _ = socket.send_with_u8_array(&frame.encode());
        }
    });
}

fn address(campaign: CampaignId) -> String {
    let location = window().location();
    let scheme = if location.protocol().as_deref() == Ok("https:") { "wss" } else { "ws" };
    let host = location.host().unwrap_or_default();
    format!("{scheme}://{host}/campaigns/{campaign}/together")
}

#[derive(Clone, Copy)]
struct Dialer {
    desk: Desk,
    address: StoredValue<String, LocalStorage>,
    /// The page is still there.
    is_here: RwSignal<bool>,
    again: StoredValue<Option<TimeoutHandle>, LocalStorage>,
}

impl Dialer {
    fn dial(self) {
        let has_socket = self.desk.line.inner.try_with_value(|inner| inner.socket.is_some());
        if has_socket != Some(false) || self.is_here.try_get_untracked() != Some(true) {
            return;
        }
        if let Some(Some(timer)) = self.again.try_update_value(Option::take) {
            timer.clear();
        }
        // The event `online` dials again; until then a try would only fail.
        if !window().navigator().on_line() {
            return;
        }
        let Some(Ok(socket)) = self.address.try_with_value(|address| WebSocket::new(address))
        else {
            return self.dial_later();
        };
        socket.set_binary_type(BinaryType::Arraybuffer);
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() {
                self.hear(&Uint8Array::new(&buffer).to_vec());
            }
        });
        let opened = Closure::<dyn FnMut()>::new(move || self.join());
        let own = socket.clone();
        let closed = Closure::<dyn FnMut()>::new(move || {
            // One that was hung up is not the one in use.
            let is_own = |inner: &Inner| inner.socket.as_ref() == Some(&own);
            if self.desk.line.inner.try_with_value(is_own) == Some(true) {
                self.dial_later();
            }
        });
        socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        // The browser calls them as long as the socket lives, which nothing tells.
        heard.forget();
        opened.forget();
        closed.forget();
        self.desk.line.inner.try_update_value(|inner| inner.socket = Some(socket));
    }

    fn dial_later(self) {
        if self.is_here.try_get_untracked() != Some(true) {
            return;
        }
        let wait = self.desk.line.lost();
        // Jitter keeps all editors of a server that starts again apart.
        let wait = wait / 2 + wait / 256 * u32::from(super::random() as u8) / 2;
        if let Ok(timer) = set_timeout_with_handle(move || self.dial(), wait) {
            self.again.try_set_value(Some(timer));
        }
    }

    fn hang_up(self) {
        let socket = self.desk.line.inner.try_update_value(|inner| inner.socket.take()).flatten();
        if let Some(socket) = socket {
            let _ = socket.close();
            if self.is_here.try_get_untracked() == Some(true) {
                self.dial_later();
            }
        }
    }

    fn join(self) {
        say(self.desk, &ToServer::Join(self.desk.with(|document| document.state_vector())));
    }

    fn hear(self, frame: &[u8]) {
        let desk = self.desk;
        if self.is_here.try_get_untracked() != Some(true) {
            return;
        }
        match ToBrowser::decode(frame) {
            Some(ToBrowser::Missing { update, .. }) => {
                desk.absorb(&update);
                desk.line.joined();
                send(desk);
            }
            Some(ToBrowser::Update(update)) => {
                desk.absorb(&update);
            }
            Some(ToBrowser::Here(people)) => desk.meet(people),
            Some(ToBrowser::Gone(id)) => desk.part(id),
            Some(ToBrowser::Saved(counter)) => desk.line.saved(counter),
            Some(ToBrowser::Refused(why)) => {
                desk.refuse(why.say(desk.locale).to_owned());
                self.join();
            }
            Some(ToBrowser::RightsLost(why)) => {
                desk.line.close(why.say(desk.locale).to_owned());
            }
            Some(ToBrowser::Published(version)) => desk.line.version.set(version),
            Some(ToBrowser::Rejoin) => self.join(),
            Some(ToBrowser::GoingDown) => self.hang_up(),
            // Of another version of the site: what waits is kept until a reload.
            None => {}
        }
    }
}
