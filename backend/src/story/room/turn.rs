//! From a change that somebody sends to one that is written down, or refused.

use std::collections::BTreeSet;

use domain::{
    Problem,
    id::AccountId,
    story::{
        document::{Malformed, authors},
        frame::{Person, Refused, ToBrowser},
        view::Summary,
    },
    words::story as w,
};
use tokio::time::Instant;

use super::{Act, Change, LOOKED_WITHIN, Room, Store, TELL_AFTER};
use crate::{
    error::{Error, Result},
    story::rights::{lock, refused},
};

/// What becomes of a change.
enum Verdict {
    /// It is in the document.
    Taken,
    /// It was known already.
    Known,
    /// It follows on what is not known here.
    Gap,
    Refused(Refused),
}

impl Room {
    pub(super) async fn update(&mut self, member: u32, counter: u32, update: Vec<u8>) {
        let Some(account) = self.members.get(&member).map(|one| one.who.account) else { return };
        match self.judge(account, &update).await {
            Verdict::Taken => {
                let change = Change { bytes: update, account: Some(account) };
                self.batch.push((Some((member, counter)), change));
                self.flush_soon();
            }
            Verdict::Known => self.say(member, &ToBrowser::Saved(counter)),
            Verdict::Gap => self.say(member, &ToBrowser::Rejoin),
            Verdict::Refused(why) => {
                self.say(member, &ToBrowser::Refused(Refused { counter, ..why }));
            }
        }
    }

    /// Takes a change into the document, or says why not; then the document is as before.
    async fn judge(&mut self, account: AccountId, update: &[u8]) -> Verdict {
        let strange = || Verdict::Refused(refused(|locale| w::refused_strange(locale).to_owned()));
        let clients = match authors(update) {
            Ok(clients) => clients,
            Err(Malformed::TooLarge) => {
                return Verdict::Refused(refused(|locale| w::refused_large(locale).to_owned()));
            }
            Err(_) => return strange(),
        };
        let is_anothers = |client: &u64| self.owners.get(client).is_some_and(|o| *o != account);
        if clients.iter().any(is_anothers) {
            return strange();
        }
        let known = self.store.document.state_vector();
        let changed = match self.store.document.apply(update) {
            Ok(changed) => changed,
            Err(Malformed::Gap) => return Verdict::Gap,
            Err(Malformed::Broken) => {
                self.again().await;
                return strange();
            }
            Err(_) => return strange(),
        };
        let fault = self.store.document.check(&changed).err();
        let fault = fault.map(|fault| refused(|locale| fault.say(locale)));
        let locked = || changed.parts().into_iter().find_map(|part| lock(part, self.phase));
        if let Some(why) = fault.or_else(locked) {
            self.again().await;
            return Verdict::Refused(why);
        }
        if changed.is_nothing() && self.store.document.state_vector() == known {
            return Verdict::Known;
        }
        for client in clients {
            self.owners.insert(client, account);
        }
        Verdict::Taken
    }

    /// Reads the document anew from what is written down, with what waits for that.
    async fn again(&mut self) {
        let read = async {
            let mut reader = self.backend.db.read().await?;
            Store::read(&mut reader.conn(), self.store.campaign).await
        };
        match read.await {
            Ok(store) => {
                let is_behind = self.store.is_behind;
                self.store = store;
                self.store.is_behind = is_behind;
                for (_, change) in &self.batch {
                    if let Err(error) = self.store.document.apply(&change.bytes) {
                        tracing::error!(%error, "a change that was taken is none any more");
                    }
                }
            }
            Err(error) => tracing::error!(%error, "could not read a page anew"),
        }
    }

    /// Writes down what was gathered; then tells its senders, and everybody else.
    pub(super) async fn flush(&mut self) {
        self.flush_at = None;
        if !self.batch.is_empty() && self.looked_at.elapsed() > LOOKED_WITHIN {
            self.drop_strangers().await;
        }
        let batch = std::mem::take(&mut self.batch);
        if !batch.is_empty() {
            let (senders, changes): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
            match self.store.write(&self.backend, &changes).await {
                Ok(others) => {
                    self.tell_at = Some(Instant::now() + TELL_AFTER);
                    self.pass_on(others);
                    for (sender, change) in senders.iter().zip(changes) {
                        self.pass_on_change(*sender, change.bytes);
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "could not write down what was changed");
                    // It is not saved, and was not acknowledged: everybody says again
                    // what is not known here.
                    self.again().await;
                    self.say_all(&ToBrowser::Rejoin);
                }
            }
        }
        self.show_moved();
    }

    pub(super) fn pass_on_change(&mut self, sender: Option<(u32, u32)>, change: Vec<u8>) {
        let frame = bytes::Bytes::from(ToBrowser::Update(change).encode());
        for id in self.members.keys().copied().collect::<Vec<_>>() {
            let has_page = self.members.get(&id).is_some_and(|member| member.has_page);
            if has_page && sender.is_none_or(|(member, _)| member != id) {
                self.send(id, frame.clone());
            }
        }
        if let Some((member, counter)) = sender {
            self.say(member, &ToBrowser::Saved(counter));
        }
    }

    /// What somebody sent who has lost the right meanwhile is not written down.
    async fn drop_strangers(&mut self) {
        if let Err(error) = self.look().await {
            tracing::warn!(%error, "could not look who may edit a page");
        }
        let there: BTreeSet<u32> = self.members.keys().copied().collect();
        let before = self.batch.len();
        self.batch.retain(|(sender, _)| sender.is_none_or(|(id, _)| there.contains(&id)));
        if self.batch.len() != before {
            self.again().await;
        }
    }

    fn show_moved(&mut self) {
        let moved = std::mem::take(&mut self.moved);
        let people: Vec<Person> = moved.iter().filter_map(|id| self.person(*id, 0)).collect();
        if people.is_empty() {
            return;
        }
        let frame = bytes::Bytes::from(ToBrowser::Here(people).encode());
        for id in self.members.keys().copied().collect::<Vec<_>>() {
            // Where they are themselves is no news. Among others it is in what all get, and
            // who is told knows which of them they are.
            if moved.len() > 1 || !moved.contains(&id) {
                self.send(id, frame.clone());
            }
        }
    }

    /// Edits by the server itself, in somebody's name.
    pub(super) async fn rewrite(&mut self, act: Act, account: AccountId) -> Result<()> {
        self.flush().await;
        self.look().await?;
        let old = self.store.document.page();
        act(&mut self.store.document);
        let Some(bytes) = self.store.document.take_local() else { return Ok(()) };
        let summary = Summary::of(&old, &self.store.document.page());
        for part in summary.parts {
            if let Some(Refused { en, fr, .. }) = lock(part, self.phase) {
                self.again().await;
                let problem = Problem::Told { en, fr };
                return Err(domain::Invalid::field(part.key(), problem).into());
            }
        }
        self.batch.push((None, Change { bytes, account: Some(account) }));
        let number = self.store.number;
        self.flush().await;
        if self.store.number > number {
            return Ok(());
        }
        Err(Error::Internal(anyhow::anyhow!("a page could not be rewritten")))
    }
}
