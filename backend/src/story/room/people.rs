//! Who is in a room, and what they are told.

use bytes::Bytes;
use domain::story::frame::{COLOURS, Person, Refused, ToBrowser};
use tokio::time::Instant;

use super::{GATHER, Room};

impl Room {
    pub(super) fn person(&self, id: u32, told: u32) -> Option<Person> {
        let member = self.members.get(&id)?;
        let colour = u8::try_from((id - 1) % u32::from(COLOURS)).unwrap_or(0);
        Some(Person {
            id,
            name: member.who.name.clone(),
            colour,
            is_you: id == told,
            presence: member.presence.clone(),
        })
    }

    pub(super) fn say(&mut self, member: u32, frame: &ToBrowser) {
        self.send(member, Bytes::from(frame.encode()));
    }

    pub(super) fn say_all(&mut self, frame: &ToBrowser) {
        let bytes = Bytes::from(frame.encode());
        for id in self.members.keys().copied().collect::<Vec<_>>() {
            self.send(id, bytes.clone());
        }
    }

    pub(super) fn pass_on(&mut self, changes: Vec<Vec<u8>>) {
        for change in changes {
            self.pass_on_change(None, change);
        }
    }

    /// Whoever does not keep up is let go and comes again: then they get it as one.
    pub(super) fn send(&mut self, member: u32, bytes: Bytes) {
        let is_sent = self.members.get(&member).is_some_and(|one| one.out.try_send(bytes).is_ok());
        if !is_sent {
            self.members.remove(&member);
            self.moved.remove(&member);
        }
    }

    /// Tells somebody why, and lets them go.
    pub(super) fn lose(&mut self, member: u32, why: Refused) {
        self.say(member, &ToBrowser::RightsLost(why));
        if self.members.remove(&member).is_some() {
            self.moved.remove(&member);
            self.say_all(&ToBrowser::Gone(member));
        }
        if self.members.is_empty() {
            self.empty_since = Instant::now();
        }
    }

    pub(super) fn flush_soon(&mut self) {
        self.flush_at.get_or_insert_with(|| Instant::now() + GATHER);
    }
}
