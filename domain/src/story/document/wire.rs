//! Reading an update without believing it. The library that merges trusts its peers: a
//! length that is told is reserved, nested values are read by recursion. So what may be
//! in an update of a page, and that it continues what is known, is checked here first,
//! byte by byte (the format is that of lib0 and Yjs, version 1).

use std::collections::BTreeMap;

use crate::story::{LARGEST_DOCUMENT, LARGEST_UPDATE};

/// Most values that are maps of their own and take the place of another: each could
/// stand inside the one before.
const MOST_REPLACED: usize = 2_000;

/// Why an update is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Larger than [`LARGEST_UPDATE`], or, as a whole document, [`LARGEST_DOCUMENT`].
    #[error("the update is too large")]
    TooLarge,
    /// Not an update of a page.
    #[error("not an update of a page")]
    NoUpdate,
    /// It follows on something that is not known here.
    #[error("the update follows on one that is missing")]
    Gap,
    /// Only merging it showed what it is; the copy has to be thrown away.
    #[error("the update broke the document")]
    Broken,
}

/// Whose copies an update of somebody comes from, by their client numbers.
///
/// # Errors
/// [`Malformed`] for what is no update, or too large a one.
pub fn authors(update: &[u8]) -> Result<Vec<u64>, Malformed> {
    if update.len() > LARGEST_UPDATE {
        return Err(Malformed::TooLarge);
    }
    let walked = walk(update)?;
    if walked.replaced > MOST_REPLACED {
        return Err(Malformed::NoUpdate);
    }
    Ok(walked.gives.into_keys().collect())
}

/// Checks that this is an update of a page and continues what is known: `clock` says how
/// much is known of a client.
pub(super) fn check(update: &[u8], clock: impl Fn(u64) -> u32) -> Result<(), Malformed> {
    let walked = walk(update)?;
    if walked.gives.iter().any(|(client, (start, _))| *start > clock(*client)) {
        return Err(Malformed::Gap);
    }
    let is_known = |(client, end): (&u64, &u32)| {
        let given = walked.gives.get(client).map_or(0, |(_, end)| *end);
        *end <= given.max(clock(*client))
    };
    if walked.needs.iter().all(is_known) { Ok(()) } else { Err(Malformed::Gap) }
}

/// Whether this is what somebody knows; the library would reserve what it claims.
pub(super) fn is_state_vector(bytes: &[u8]) -> bool {
    if bytes.len() > LARGEST_UPDATE {
        return false;
    }
    let mut reader = Reader { bytes };
    let read = |reader: &mut Reader<'_>| {
        for _ in 0..reader.count(2)? {
            reader.client()?;
            reader.number()?;
        }
        Some(())
    };
    read(&mut reader).is_some() && reader.bytes.is_empty()
}

/// What an update brings along and what it stands on.
#[derive(Default)]
struct Walked {
    /// By client: from where on it tells, and up to where.
    gives: BTreeMap<u64, (u32, u32)>,
    /// By client: up to where it has to be known.
    needs: BTreeMap<u64, u32>,
    replaced: usize,
}

fn walk(update: &[u8]) -> Result<Walked, Malformed> {
    if update.len() > LARGEST_DOCUMENT {
        return Err(Malformed::TooLarge);
    }
    let mut reader = Reader { bytes: update };
    let walked = walk_all(&mut reader).ok_or(Malformed::NoUpdate)?;
    if reader.bytes.is_empty() { Ok(walked) } else { Err(Malformed::NoUpdate) }
}

fn walk_all(reader: &mut Reader<'_>) -> Option<Walked> {
    let mut walked = Walked::default();
    for _ in 0..reader.count(3)? {
        let items = reader.count(2)?;
        let client = reader.client()?;
        let start = reader.small()?;
        let mut end = start;
        for _ in 0..items {
            end = end.checked_add(walked.item(reader)?)?;
        }
        let is_first = walked.gives.insert(client, (start, end)).is_none();
        if !is_first || end > i32::MAX as u32 {
            return None;
        }
    }
    for _ in 0..reader.count(2)? {
        let client = reader.client()?;
        for _ in 0..reader.count(2)? {
            let start = reader.small()?;
            let end = start.checked_add(reader.small()?)?;
            walked.need(client, end);
        }
    }
    Some(walked)
}

impl Walked {
    fn need(&mut self, client: u64, end: u32) {
        let known = self.needs.entry(client).or_default();
        *known = end.max(*known);
    }

    fn reference(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let client = reader.client()?;
        let end = reader.small()?.checked_add(1)?;
        self.need(client, end);
        Some(())
    }

    /// Reads one item, and says how many units it has.
    fn item(&mut self, reader: &mut Reader<'_>) -> Option<u32> {
        const LEFT: u8 = 0x80;
        const RIGHT: u8 = 0x40;
        const KEYED: u8 = 0x20;
        let info = reader.byte()?;
        let content = info & 0x1f;
        // What was forgotten has no neighbours.
        if content == 0 {
            return if info == 0 { reader.length() } else { None };
        }
        if info & LEFT != 0 {
            self.reference(reader)?;
        }
        if info & RIGHT != 0 {
            self.reference(reader)?;
        }
        let is_nested = if info & (LEFT | RIGHT) != 0 {
            None
        } else if reader.number()? == 1 {
            let root = reader.text()?;
            let is_list = matches!(root, "blocks" | "faq" | "campaign");
            let is_text = matches!(root, "title" | "subtitle" | "risks");
            // Lists have keys only, texts none.
            if !(is_list && info & KEYED != 0 || is_text && info & KEYED == 0) {
                return None;
            }
            Some(false)
        } else {
            self.reference(reader)?;
            Some(true)
        };
        if is_nested.is_some() && info & KEYED != 0 {
            reader.text()?;
        }
        match content {
            // Deleted.
            1 => reader.length(),
            // A piece of text.
            4 => {
                let text = reader.text()?;
                Some(crate::story::runs::length(text)).filter(|length| *length > 0)
            }
            // The beginning or end of a mark.
            6 => {
                reader.text()?;
                let value = reader.text()?;
                let is_plain = matches!(value, "null" | "true" | "false") || value.starts_with('"');
                is_plain.then_some(1)
            }
            // A map or a text; a map stands in a list, or in place of another value.
            7 => match reader.number()? {
                1 if is_nested == Some(true) => None,
                1 => {
                    self.replaced += usize::from(is_nested.is_none());
                    Some(1)
                }
                2 => Some(1),
                _ => None,
            },
            // Values: texts only.
            8 => {
                let count = reader.count(1)?;
                for _ in 0..count {
                    match reader.byte()? {
                        119 => {
                            reader.text()?;
                        }
                        126 | 127 => {}
                        _ => return None,
                    }
                }
                u32::try_from(count).ok().filter(|count| *count > 0)
            }
            _ => None,
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*byte)
    }

    /// A number of seven bits a byte, lowest first.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn length(&mut self) -> Option<u32> {
        self.small().filter(|length| *length > 0 && *length <= i32::MAX as u32)
    }

    /// How many follow that take at least so many bytes each.
    fn count(&mut self, least: usize) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count.checked_mul(least)? <= self.bytes.len()).then_some(count)
    }

    fn client(&mut self) -> Option<u64> {
        self.number().filter(|client| *client < 1 << 53)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.count(1)?;
        let (text, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }
}
