//! What goes over the wire between an editor and the server while people write
//! together: binary frames, the first byte of which says what follows.

use serde::{Deserialize, Serialize};

use super::{LARGEST_UPDATE, Place};

/// Most bytes of what somebody shows of themselves.
pub const LARGEST_PRESENCE: usize = 1_024;
/// Largest frame that a browser sends, in bytes.
pub const LARGEST_FRAME: usize = LARGEST_UPDATE + 16;
/// Most people who write one page at once.
pub const MOST_TOGETHER: usize = 100;
/// So many colours tell people apart; style sheets know them by number.
pub const COLOURS: u8 = 8;

/// From the browser to the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToServer {
    /// What the browser knows (a state vector); it is sent what it lacks. The first
    /// frame, and again after [`ToBrowser::Rejoin`].
    Join(Vec<u8>),
    /// A change, and a number by which it is acknowledged.
    Update { counter: u32, update: Vec<u8> },
    /// Where its person is.
    Presence(Presence),
}

/// From the server to the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToBrowser {
    /// What the browser lacks, and what the server knows (a state vector), so that the
    /// browser sends what the server lacks as an update.
    Missing { update: Vec<u8>, known: Vec<u8> },
    /// A change of somebody else.
    Update(Vec<u8>),
    /// People who are here, all at first and then each as they move.
    Here(Vec<Person>),
    /// Somebody left.
    Gone(u32),
    /// The change of this number is written down for good.
    Saved(u32),
    /// The change of this number was not taken. The document here holds it, so it has
    /// to be thrown away and opened anew.
    Refused(Refused),
    /// This person may no longer edit the page, or not now; the sentence says why. The
    /// connection closes.
    RightsLost(Refused),
    /// Somebody published this version.
    Published(i64),
    /// The server ends; whoever connects again meets another one, or the next.
    GoingDown,
    /// The server has read the page anew: join again.
    Rejoin,
}

/// Where somebody is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// The text they are in.
    #[serde(default)]
    pub place: Option<Place>,
    /// Where the selection begins and where the caret is, as `Document::stick` says it,
    /// in hexadecimal digits.
    #[serde(default)]
    pub anchor: String,
    #[serde(default)]
    pub head: String,
}

/// Somebody who is here; once for each page that they have open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// This connection, among those of this page.
    pub id: u32,
    pub name: String,
    /// Less than [`COLOURS`].
    pub colour: u8,
    /// Whether this is the one who is told.
    #[serde(default)]
    pub is_you: bool,
    #[serde(flatten)]
    pub presence: Presence,
}

/// Why something was not taken, in every language of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The number of the change, where it was one.
    #[serde(default)]
    pub counter: u32,
    pub en: String,
    pub fr: String,
}

impl Refused {
    /// The sentence to show.
    #[must_use]
    pub fn say(&self, locale: crate::Locale) -> &str {
        match locale {
            crate::Locale::En => &self.en,
            crate::Locale::Fr => &self.fr,
        }
    }
}

impl ToServer {
    /// As it goes over the wire.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Join(known) => frame(0, known),
            Self::Update { counter, update } => {
                frame(1, &[&counter.to_be_bytes(), update.as_slice()].concat())
            }
            Self::Presence(presence) => frame(2, &json(presence)),
        }
    }

    /// As it came over the wire; nothing where it is no such frame.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (kind, rest) = bytes.split_first()?;
        match kind {
            0 => Some(Self::Join(rest.to_vec())),
            1 => {
                let (counter, update) = rest.split_first_chunk()?;
                let counter = u32::from_be_bytes(*counter);
                Some(Self::Update { counter, update: update.to_vec() })
            }
            2 if rest.len() <= LARGEST_PRESENCE => {
                serde_json::from_slice(rest).ok().map(Self::Presence)
            }
            _ => None,
        }
    }
}

impl ToBrowser {
    /// As it goes over the wire.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Missing { update, known } => {
                let length = u32::try_from(known.len()).expect("a state vector is small");
                frame(0, &[&length.to_be_bytes(), known.as_slice(), update].concat())
            }
            Self::Update(update) => frame(1, update),
            Self::Here(people) => frame(2, &json(people)),
            Self::Saved(counter) => frame(3, &counter.to_be_bytes()),
            Self::Refused(refused) => frame(4, &json(refused)),
            Self::RightsLost(why) => frame(5, &json(why)),
            Self::Published(version) => frame(6, &version.to_be_bytes()),
            Self::GoingDown => frame(7, &[]),
            Self::Gone(id) => frame(8, &id.to_be_bytes()),
            Self::Rejoin => frame(9, &[]),
        }
    }

    /// As it came over the wire; nothing where it is no such frame.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (kind, rest) = bytes.split_first()?;
        match kind {
            0 => {
                let (length, rest) = rest.split_first_chunk()?;
                let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
                let (known, update) = rest.split_at_checked(length)?;
                Some(Self::Missing { update: update.to_vec(), known: known.to_vec() })
            }
            1 => Some(Self::Update(rest.to_vec())),
            2 => serde_json::from_slice(rest).ok().map(Self::Here),
            3 => rest.try_into().ok().map(|counter| Self::Saved(u32::from_be_bytes(counter))),
            4 => serde_json::from_slice(rest).ok().map(Self::Refused),
            5 => serde_json::from_slice(rest).ok().map(Self::RightsLost),
            6 => rest.try_into().ok().map(|version| Self::Published(i64::from_be_bytes(version))),
            7 => Some(Self::GoingDown),
            8 => rest.try_into().ok().map(|id| Self::Gone(u32::from_be_bytes(id))),
            9 => Some(Self::Rejoin),
            _ => None,
        }
    }
}

fn frame(kind: u8, rest: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rest.len() + 1);
    bytes.push(kind);
    bytes.extend_from_slice(rest);
    bytes
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("frames are plain data")
}

#[cfg(test)]
mod tests {
    use super::{Person, Presence, Refused, ToBrowser, ToServer};
    use crate::story::{BlockId, Place};

    #[test]
    fn every_frame_is_read_as_it_was_sent() {
        let presence = Presence {
            place: Some(Place::Block(BlockId(7))),
            anchor: "00ff".into(),
            head: "00fe".into(),
        };
        for sent in [
            ToServer::Join(vec![1, 2]),
            ToServer::Update { counter: 70_000, update: vec![0, 0] },
            ToServer::Presence(presence.clone()),
        ] {
            assert_eq!(ToServer::decode(&sent.encode()), Some(sent));
        }
        let person = Person { id: 3, name: "Ada".into(), colour: 1, is_you: true, presence };
        let why = Refused { counter: 9, en: "No.".into(), fr: "Non.".into() };
        for sent in [
            ToBrowser::Missing { update: vec![0, 0], known: vec![0] },
            ToBrowser::Update(vec![1]),
            ToBrowser::Here(vec![person]),
            ToBrowser::Gone(3),
            ToBrowser::Saved(u32::MAX),
            ToBrowser::Refused(why.clone()),
            ToBrowser::RightsLost(why),
            ToBrowser::Published(4),
            ToBrowser::GoingDown,
            ToBrowser::Rejoin,
        ] {
            assert_eq!(ToBrowser::decode(&sent.encode()), Some(sent));
        }
        for nothing in [&[][..], &[0], &[1, 0], &[2, b'{'], &[9, 9], &[200]] {
            assert!(ToServer::decode(nothing).is_none_or(|sent| matches!(sent, ToServer::Join(_))));
        }
    }
}
