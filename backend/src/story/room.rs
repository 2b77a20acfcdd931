//! The room of one page: everybody in this process who writes it. One task owns the
//! document; whatever happens goes through its queue, one after the other.
//!
//! A change is applied, checked, written down with the others of the last few
//! milliseconds, and only then acknowledged and passed on. One that is refused leaves no
//! trace: the document is read anew from what is written down.

mod people;
mod seen;
mod turn;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    time::Duration,
};

use bytes::Bytes;
use domain::{
    campaign::policy::Phase,
    id::{AccountId, CampaignId},
    story::{
        Page,
        document::Document,
        frame::{MOST_TOGETHER, Person, Presence, Refused, ToBrowser},
        view::Seen,
    },
    words::story as w,
};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, sleep_until},
};

use super::{
    rights,
    store::{Change, Store},
};
use crate::{account::Who, context::Backend, error::Result, people::Team};

/// How long changes are gathered before they are written down together.
const GATHER: Duration = Duration::from_millis(20);
/// How long a draft rests before its columns follow.
const TELL_AFTER: Duration = Duration::from_secs(1);
/// How often it is looked whether everybody may still be here, and how old that may be
/// when a change is written down.
const LOOK_EVERY: Duration = Duration::from_secs(2);
const LOOKED_WITHIN: Duration = Duration::from_millis(250);
/// How long an empty room stays open.
const LINGER: Duration = Duration::from_secs(10);
/// Frames that wait for a slow browser, at most; then it has to come again.
pub(super) const MOST_WAITING: usize = 512;
/// Most connections of one account to one page.
const MOST_EACH: usize = 20;

/// What happens in a room.
pub(super) enum Command {
    Join {
        who: Box<Who>,
        out: mpsc::Sender<Bytes>,
        reply: oneshot::Sender<Result<u32, Refused>>,
    },
    Sync {
        member: u32,
        known: Vec<u8>,
    },
    Update {
        member: u32,
        counter: u32,
        update: Vec<u8>,
    },
    Presence {
        member: u32,
        presence: Presence,
    },
    Leave {
        member: u32,
    },
    /// Another process has written something.
    Elsewhere,
    /// Somebody's rights were changed.
    Look,
    /// Edits by the server itself.
    Rewrite {
        act: Act,
        account: AccountId,
        reply: oneshot::Sender<Result<()>>,
    },
    Read {
        reply: oneshot::Sender<(Vec<u8>, Page)>,
    },
    /// Publishes what somebody looked at; what is written now, where they do not say.
    Publish {
        account: AccountId,
        seen: Option<Seen>,
        version_read: Option<i64>,
        reply: oneshot::Sender<Result<i64>>,
    },
    /// The page as somebody looked at it, if it is still known.
    Recall {
        mark: String,
        reply: oneshot::Sender<Option<Page>>,
    },
    /// A change set was published.
    Published {
        version: i64,
    },
    Close {
        reply: oneshot::Sender<()>,
    },
}

/// Edits of a document.
pub(super) type Act = Box<dyn FnOnce(&mut Document) + Send>;

struct Room {
    backend: Backend,
    store: Store,
    phase: Phase,
    looked_at: Instant,
    members: BTreeMap<u32, Member>,
    next_member: u32,
    /// Whose copies have which numbers: nobody speaks with another one's.
    owners: HashMap<u64, AccountId>,
    /// In the document, but not written down yet.
    batch: Vec<(Option<(u32, u32)>, Change)>,
    /// Pages as they were read, with their marks, the last one last.
    seen: VecDeque<(String, Page)>,
    moved: BTreeSet<u32>,
    flush_at: Option<Instant>,
    tell_at: Option<Instant>,
    empty_since: Instant,
}

struct Member {
    who: Who,
    out: mpsc::Sender<Bytes>,
    presence: Presence,
    /// Whether they have the page: a change before that would hang in the air.
    has_page: bool,
}

/// Runs a room until nobody is in it any more.
pub(super) async fn run(
    backend: Backend,
    campaign: CampaignId,
    mut commands: mpsc::Receiver<Command>,
) {
    let rooms = backend.rooms.clone();
    let mut room = match Room::open(backend, campaign).await {
        Ok(room) => room,
        Err(error) => {
            tracing::error!(%error, "could not open a page for writing");
            rooms.remove(campaign, &mut commands, true);
            return;
        }
    };
    loop {
        tokio::select! {
            command = commands.recv() => match command {
                Some(Command::Close { reply }) => {
                    room.say_all(&ToBrowser::GoingDown);
                    room.rest(true).await;
                    rooms.remove(campaign, &mut commands, true);
                    let _ = reply.send(());
                    return;
                }
                Some(command) => room.take(command).await,
                None => return,
            },
            () = sleep_until(room.next()) => {
                room.due().await;
                let is_over = room.members.is_empty() && room.empty_since.elapsed() >= LINGER;
                if is_over {
                    room.rest(true).await;
                    if rooms.remove(campaign, &mut commands, false) {
                        return;
                    }
                }
            }
        }
    }
}

impl Room {
    async fn open(backend: Backend, campaign: CampaignId) -> Result<Self> {
        let store = Store::open(&backend, campaign).await?;
        let now = Instant::now();
        let mut room = Self {
            backend,
            store,
            phase: Phase::Draft,
            looked_at: now,
            members: BTreeMap::new(),
            next_member: 0,
            owners: HashMap::new(),
            batch: Vec::new(),
            seen: VecDeque::new(),
            moved: BTreeSet::new(),
            flush_at: None,
            tell_at: None,
            empty_since: now,
        };
        room.look().await?;
        Ok(room)
    }

    async fn take(&mut self, command: Command) {
        match command {
            Command::Join { who, out, reply } => {
                let joined = self.join(*who, out).await;
                let _ = reply.send(joined);
            }
            Command::Sync { member, known } => self.sync(member, &known).await,
            Command::Update { member, counter, update } => {
                self.update(member, counter, update).await;
            }
            Command::Presence { member, presence } => {
                if let Some(found) = self.members.get_mut(&member) {
                    found.presence = presence;
                    self.moved.insert(member);
                    self.flush_soon();
                }
            }
            Command::Leave { member } => self.leave(member).await,
            Command::Elsewhere => self.elsewhere().await,
            Command::Look => self.look_now().await,
            Command::Rewrite { act, account, reply } => {
                let done = self.rewrite(act, account).await;
                let _ = reply.send(done);
            }
            Command::Read { reply } => {
                // With what a form or another process has written just now.
                self.elsewhere().await;
                let page = self.store.document.page();
                self.remember(&page);
                let _ = reply.send((self.store.document.whole(), page));
            }
            Command::Publish { account, seen, version_read, reply } => {
                self.elsewhere().await;
                let published = self.publish(account, seen, version_read).await;
                if let Ok(version) = &published {
                    self.say_all(&ToBrowser::Published(*version));
                }
                let _ = reply.send(published);
            }
            Command::Recall { mark, reply } => {
                self.flush().await;
                let _ = reply.send(self.recall(&mark));
            }
            Command::Published { version } => self.say_all(&ToBrowser::Published(version)),
            Command::Close { .. } => unreachable!("a room is closed by its loop"),
        }
    }

    /// When something is to be done without being asked.
    fn next(&self) -> Instant {
        let look = self.looked_at + LOOK_EVERY;
        let times = [self.flush_at, self.tell_at, Some(look)];
        times.into_iter().flatten().min().unwrap_or(look)
    }

    async fn due(&mut self) {
        let now = Instant::now();
        if self.flush_at.is_some_and(|at| at <= now) {
            self.flush().await;
        }
        if self.tell_at.is_some_and(|at| at <= now) {
            self.rest(false).await;
        }
        if self.looked_at + LOOK_EVERY <= now {
            self.look_now().await;
        }
    }

    async fn look_now(&mut self) {
        if let Err(error) = self.look().await {
            tracing::warn!(%error, "could not look who may edit a page");
        }
    }

    async fn join(&mut self, who: Who, out: mpsc::Sender<Bytes>) -> Result<u32, Refused> {
        if let Err(error) = self.look().await {
            tracing::error!(%error, "could not look whether a page may be edited");
        }
        if let Some(lock) = rights::all_locked(self.phase) {
            return Err(lock);
        }
        let own = self.members.values().filter(|member| member.who.account == who.account).count();
        if self.members.len() >= MOST_TOGETHER || own >= MOST_EACH {
            return Err(rights::refused(|locale| w::refused_full(locale).to_owned()));
        }
        self.next_member += 1;
        let id = self.next_member;
        let member = Member { who, out, presence: Presence::default(), has_page: false };
        self.members.insert(id, member);
        let here: Vec<Person> =
            self.members.keys().filter_map(|one| self.person(*one, id)).collect();
        self.say(id, &ToBrowser::Here(here));
        self.moved.insert(id);
        self.flush_soon();
        Ok(id)
    }

    async fn leave(&mut self, member: u32) {
        if self.members.remove(&member).is_none() {
            return;
        }
        self.moved.remove(&member);
        self.say_all(&ToBrowser::Gone(member));
        if self.members.is_empty() {
            self.empty_since = Instant::now();
            self.rest(true).await;
        }
    }

    /// Tells somebody what they lack, and what is known here, so that they do the same.
    async fn sync(&mut self, member: u32, known: &[u8]) {
        self.flush().await;
        let document = &self.store.document;
        match document.diff_since(known) {
            Some(update) => {
                let known = document.state_vector();
                self.say(member, &ToBrowser::Missing { update, known });
                if let Some(found) = self.members.get_mut(&member) {
                    found.has_page = true;
                }
            }
            None => self.lose(member, Refused::default()),
        }
    }

    async fn elsewhere(&mut self) {
        self.flush().await;
        let caught_up = async {
            let mut reader = self.backend.db.read().await?;
            self.store.catch_up(&mut reader.conn()).await
        };
        match caught_up.await {
            Ok(changes) => self.pass_on(changes),
            Err(error) => tracing::error!(%error, "could not read what another process wrote"),
        }
    }

    /// Looks in which phase the campaign is, and who may still be here.
    async fn look(&mut self) -> Result<()> {
        let mut reader = self.backend.db.read().await?;
        let conn = &mut reader.conn();
        let row = rights::row(conn, self.store.campaign).await?;
        let team = Team::of(conn, row.id).await?;
        let mut gone = Vec::new();
        for (id, member) in &self.members {
            if !rights::may_stay(&self.backend, conn, &member.who, &team).await? {
                gone.push(*id);
            }
        }
        reader.done();
        self.looked_at = Instant::now();
        let phase = row.phase();
        let lock = rights::all_locked(phase).or_else(|| {
            // Whoever writes on would write what is refused: they have to look anew.
            (phase != self.phase)
                .then(|| super::store::locked_part(domain::story::Part::ALL, &row))?
        });
        self.phase = phase;
        for id in gone {
            self.lose(id, rights::no_right());
        }
        if let Some(lock) = lock {
            for id in self.members.keys().copied().collect::<Vec<_>>() {
                self.lose(id, lock.clone());
            }
        }
        Ok(())
    }

    /// Writes to the columns and takes updates up, when nobody writes any more.
    async fn rest(&mut self, is_last: bool) {
        self.flush().await;
        self.tell_at = None;
        match self.store.tell(&self.backend).await {
            Ok(others) => self.pass_on(others),
            Err(error) => {
                tracing::error!(%error, "could not write a page to its campaign");
                // What others wrote may be in the document, and nobody was told.
                self.say_all(&ToBrowser::Rejoin);
            }
        }
        if let Err(error) = self.store.compact(&self.backend, is_last).await {
            tracing::error!(%error, "could not take changes up into their page");
        }
    }
}
