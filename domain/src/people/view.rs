//! What the pages about a campaign's people show.

use serde::{Deserialize, Serialize};

use super::{PeopleEventKind, Rights};
use crate::{
    id::{AccountId, InvitationId},
    slug::Slug,
    time::Timestamp,
};

/// Everybody who works on a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    pub slug: Slug,
    /// The visitor's own rights; none for an operator who only looks.
    pub rights: Rights,
    /// Whether the visitor sees addresses, invitations and what was done: whoever
    /// manages people, and operators.
    pub sees_all: bool,
    /// Owners first, then by when they came.
    pub people: Vec<PersonView>,
    /// Oldest first; none for who does not see all.
    pub invitations: Vec<InvitationView>,
    /// Newest first; none for who does not see all.
    pub events: Vec<PeopleEvent>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    pub id: AccountId,
    pub name: String,
    /// None for who does not see all.
    pub email: Option<String>,
    pub rights: Rights,
    /// Letters about the campaign and its money go to this one.
    pub is_creator: bool,
    /// It is the visitor.
    pub is_you: bool,
    /// Whether the visitor may change their rights, or remove them.
    pub may_change: bool,
}

/// An invitation that was not answered yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    pub id: InvitationId,
    pub email: String,
    pub rights: Rights,
    pub expires_at: Timestamp,
    pub is_over: bool,
    /// Whether the visitor may send it again, or withdraw it.
    pub may_change: bool,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleEvent {
    pub at: Timestamp,
    pub kind: PeopleEventKind,
    /// Who did it; nobody signed in, where an invitation was declined.
    pub who: Option<String>,
    /// About whom: a name or an address; empty where it is about who did it.
    pub subject: String,
    /// The rights it was about, if any.
    pub rights: Rights,
}

/// What whoever holds an invitation's link is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationPage {
    pub title: String,
    pub is_demo: bool,
    /// The name of who invites.
    pub by: String,
    pub rights: Rights,
    pub expires_at: Timestamp,
    pub guest: Guest,
}

/// Who holds the link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Guest {
    /// Nobody is signed in.
    Unknown,
    /// Whoever was invited.
    Invited,
    /// Somebody else, signed in with this address of their own.
    Other(String),
}
