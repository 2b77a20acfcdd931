//! The rooms of this process, and who goes into them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use domain::{
    id::CampaignId,
    story::frame::{Refused, ToBrowser, ToServer},
};
use tokio::sync::{mpsc, oneshot};

use super::{
    rights,
    room::{self, Command, MOST_WAITING},
};
use crate::{
    account::Who,
    context::Backend,
    error::{Error, Result},
};

/// Commands that wait for a room, at most; then whoever sends more waits too.
const QUEUE: usize = 1_024;

/// The rooms that are open. Cheap to clone.
#[derive(Clone)]
pub struct Rooms(Arc<Inner>);

struct Inner {
    open: Mutex<HashMap<CampaignId, mpsc::Sender<Command>>>,
    /// Tells this process's notifications from those of others.
    node: String,
}

impl Default for Rooms {
    fn default() -> Self {
        let node = crate::secret::random_token();
        Self(Arc::new(Inner { open: Mutex::default(), node }))
    }
}

/// Somebody in a room. Dropped, they have left.
pub struct Member {
    id: u32,
    room: mpsc::Sender<Command>,
}

/// Whether somebody came in: with what they hear, or told why not.
pub enum Entry {
    In(Member, mpsc::Receiver<Bytes>),
    Refused(Bytes),
}

impl Member {
    /// Takes what a browser says. False when the room is gone: connect again.
    pub async fn says(&self, frame: ToServer) -> bool {
        let member = self.id;
        let command = match frame {
            ToServer::Join(known) => Command::Sync { member, known },
            ToServer::Update { counter, update } => Command::Update { member, counter, update },
            ToServer::Presence(presence) => Command::Presence { member, presence },
        };
        self.room.send(command).await.is_ok()
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        let leave = Command::Leave { member: self.id };
        if let Err(mpsc::error::TrySendError::Full(leave)) = self.room.try_send(leave) {
            let room = self.room.clone();
            tokio::spawn(async move {
                let _ = room.send(leave).await;
            });
        }
    }
}

/// Goes into the room of a page.
///
/// # Errors
/// [`Error::NotFound`] for who may not edit it.
pub async fn enter(backend: &Backend, who: &Who, slug: &str) -> Result<Entry> {
    let campaign = {
        let mut reader = backend.db.read().await?;
        rights::editable(&mut reader.conn(), who, slug).await?.id
    };
    let (out, heard) = mpsc::channel(MOST_WAITING);
    let who = Box::new(who.clone());
    let (room, joined) =
        backend.rooms.ask(backend, campaign, |reply| Command::Join { who, out, reply }).await?;
    Ok(match joined {
        Ok(id) => Entry::In(Member { id, room }, heard),
        Err(why) => Entry::Refused(Bytes::from(refusal(why).encode())),
    })
}

const fn refusal(why: Refused) -> ToBrowser {
    ToBrowser::RightsLost(why)
}

impl Rooms {
    /// How many pages are being written.
    #[must_use]
    pub fn open(&self) -> usize {
        self.lock().len()
    }

    /// Tells everybody that the process ends, and writes down what is left.
    pub async fn close(&self) {
        let rooms: Vec<mpsc::Sender<Command>> = self.lock().values().cloned().collect();
        for room in rooms {
            let (reply, done) = oneshot::channel();
            if room.send(Command::Close { reply }).await.is_ok() {
                let _ = done.await;
            }
        }
    }

    /// Asks a room, which is opened for that if it is not.
    pub(super) async fn ask<T>(
        &self,
        backend: &Backend,
        campaign: CampaignId,
        command: impl FnOnce(oneshot::Sender<T>) -> Command,
    ) -> Result<(mpsc::Sender<Command>, T)> {
        let (reply, answer) = oneshot::channel();
        let mut command = command(reply);
        loop {
            let room = self.room(backend, campaign);
            match room.send(command).await {
                Ok(()) => {
                    let gone = |_| Error::Internal(anyhow::anyhow!("a page could not be opened"));
                    return Ok((room, answer.await.map_err(gone)?));
                }
                // It was just closing; the next one is another.
                Err(mpsc::error::SendError(back)) => command = back,
            }
        }
    }

    /// Tells a room, if there is one, that somebody's rights were changed: whoever has
    /// lost theirs is let go at once.
    pub(crate) async fn look(&self, campaign: CampaignId) {
        let room = self.lock().get(&campaign).cloned();
        if let Some(room) = room {
            let _ = room.send(Command::Look).await;
        }
    }

    /// Tells a room, if there is one, that another process has written.
    pub(super) async fn elsewhere(&self, campaign: Option<CampaignId>) {
        let rooms: Vec<mpsc::Sender<Command>> = {
            let open = self.lock();
            let wanted = open.iter().filter(|(id, _)| campaign.is_none_or(|one| one == **id));
            wanted.map(|(_, room)| room.clone()).collect()
        };
        for room in rooms {
            let _ = room.send(Command::Elsewhere).await;
        }
    }

    /// Tells a room, if there is one, that a change set of its page was published.
    pub(super) async fn published(&self, campaign: CampaignId, version: i64) {
        let room = self.lock().get(&campaign).cloned();
        if let Some(room) = room {
            let _ = room.send(Command::Published { version }).await;
        }
    }

    /// Forgets a room, unless somebody is on their way into it.
    pub(super) fn remove(
        &self,
        campaign: CampaignId,
        commands: &mut mpsc::Receiver<Command>,
        in_any_case: bool,
    ) -> bool {
        let mut open = self.lock();
        if !in_any_case && !commands.is_empty() {
            return false;
        }
        open.remove(&campaign);
        commands.close();
        true
    }

    pub(super) fn node(&self) -> &str {
        &self.0.node
    }

    fn room(&self, backend: &Backend, campaign: CampaignId) -> mpsc::Sender<Command> {
        let mut open = self.lock();
        if let Some(room) = open.get(&campaign).filter(|room| !room.is_closed()) {
            return room.clone();
        }
        let (sender, commands) = mpsc::channel(QUEUE);
        open.insert(campaign, sender.clone());
        tokio::spawn(room::run(backend.clone(), campaign, commands));
        sender
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<CampaignId, mpsc::Sender<Command>>> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
