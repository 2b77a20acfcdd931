//! What a film or a sound is, by its content, read as it comes: only the heads of its
//! parts are looked at, and what lies between is counted. So a file of any size takes a
//! few hundred bytes of memory, and one that only begins as a film is found out.

use domain::media::{RecordingKind, Unplayable};

/// Bytes that tell one kind from another.
const SIGNATURE: usize = 64;
/// Longest head of a part: a page of Ogg with its table.
const LONGEST_HEAD: usize = 27 + 255;
/// Frames one behind the other that make a file MP3: a sign of eleven bits alone is in
/// every other file by chance.
const FRAMES: u32 = 4;

/// A file of which a part has come.
#[derive(Default)]
pub struct Inspector {
    /// Nothing before the signature has come.
    kind: Option<RecordingKind>,
    /// The head that is being read.
    head: Vec<u8>,
    /// How long that head has to be at least, in bytes.
    wanted: usize,
    /// Bytes that come before the next head.
    skip: u64,
    parts: Parts,
    /// Nothing more is looked at.
    is_settled: bool,
}

/// What was seen of the parts that every file of a kind has.
#[derive(Default)]
struct Parts {
    /// What says how it is to be played.
    has_map: bool,
    /// What is played.
    has_content: bool,
    frames: u32,
}

/// What follows a head.
enum Next {
    /// More of the same head: so many bytes of it in all.
    Longer(usize),
    /// So many bytes, counted from the head's begin, and then a head of at least so many.
    Part(u64, usize),
    /// Whatever is left.
    Rest,
}

impl Inspector {
    /// What it is, once that is known.
    pub const fn kind(&self) -> Option<RecordingKind> {
        self.kind
    }

    /// Looks at what comes next.
    ///
    /// # Errors
    /// Why it cannot be played.
    pub fn read(&mut self, mut bytes: &[u8]) -> Result<(), Unplayable> {
        if self.kind.is_none() {
            let missing = SIGNATURE.saturating_sub(self.head.len()).min(bytes.len());
            let (first, rest) = bytes.split_at(missing);
            self.head.extend_from_slice(first);
            if self.head.len() < SIGNATURE {
                return Ok(());
            }
            self.kind = Some(recognise(&self.head).ok_or(Unplayable::Unknown)?);
            let first = std::mem::take(&mut self.head);
            self.walk(&first)?;
            bytes = rest;
        }
        self.walk(bytes)
    }

    /// What it is, as a whole.
    ///
    /// # Errors
    /// [`Unplayable::Unknown`], or [`Unplayable::Broken`] where something is missing.
    pub fn finish(self) -> Result<RecordingKind, Unplayable> {
        let kind = self.kind.ok_or(Unplayable::Unknown)?;
        let is_whole = self.is_settled || (self.skip == 0 && self.head.is_empty());
        let Parts { has_map, has_content, frames } = self.parts;
        let has_all = match kind {
            RecordingKind::Mp3 => frames >= FRAMES,
            _ => has_map && has_content,
        };
        if is_whole && has_all { Ok(kind) } else { Err(Unplayable::Broken) }
    }

    fn walk(&mut self, mut bytes: &[u8]) -> Result<(), Unplayable> {
        while !bytes.is_empty() && !self.is_settled {
            if self.skip > 0 {
                let here = usize::try_from(self.skip).unwrap_or(usize::MAX).min(bytes.len());
                self.skip -= here as u64;
                bytes = &bytes[here..];
                continue;
            }
            let wanted = self.wanted.max(4);
            let here = (wanted - self.head.len()).min(bytes.len());
            self.head.extend_from_slice(&bytes[..here]);
            bytes = &bytes[here..];
            if self.head.len() < wanted {
                break;
            }
            self.take_head()?;
        }
        Ok(())
    }

    fn take_head(&mut self) -> Result<(), Unplayable> {
        let next = match self.kind {
            Some(RecordingKind::Mp4 | RecordingKind::M4a) => iso(&self.head, &mut self.parts),
            Some(RecordingKind::Webm) => ebml(&self.head, &mut self.parts),
            Some(RecordingKind::Ogg) => ogg(&self.head, &mut self.parts),
            Some(RecordingKind::Mp3) => mp3(&self.head, &mut self.parts),
            None => None,
        };
        match next.ok_or(Unplayable::Broken)? {
            Next::Longer(wanted) if wanted <= LONGEST_HEAD => self.wanted = wanted,
            Next::Longer(_) => return Err(Unplayable::Broken),
            Next::Part(length, wanted) => {
                let read = self.head.len() as u64;
                self.skip = length.checked_sub(read).ok_or(Unplayable::Broken)?;
                self.wanted = wanted;
                self.head.clear();
            }
            Next::Rest => {
                self.is_settled = true;
                self.head.clear();
            }
        }
        Ok(())
    }
}

fn recognise(head: &[u8]) -> Option<RecordingKind> {
    match head {
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4)? {
            b"M4A " | b"M4B " => Some(RecordingKind::M4a),
            // QuickTime's own brand, and the pictures that share the container, are
            // not played.
            b"isom" | b"iso2" | b"iso3" | b"iso4" | b"iso5" | b"iso6" | b"iso7" | b"iso8"
            | b"iso9" | b"mp41" | b"mp42" | b"avc1" | b"dash" | b"M4V " | b"M4VH" | b"M4VP"
            | b"MSNV" | b"f4v " => Some(RecordingKind::Mp4),
            _ => None,
        },
        [0x1a, 0x45, 0xdf, 0xa3, rest @ ..] => {
            let says = |word: &[u8]| rest.windows(word.len()).any(|window| window == word);
            says(b"\x42\x82\x84webm").then_some(RecordingKind::Webm)
        }
        [b'O', b'g', b'g', b'S', 0, ..] => {
            // The first packet, behind the table of its page.
            let table = usize::from(*head.get(26)?);
            let packet = head.get(27 + table..)?;
            let is_sound = [&b"\x01vorbis"[..], b"OpusHead", b"\x7fFLAC", b"Speex   "]
                .iter()
                .any(|sign| packet.starts_with(sign));
            is_sound.then_some(RecordingKind::Ogg)
        }
        [b'I', b'D', b'3', ..] => Some(RecordingKind::Mp3),
        _ => frame(head).map(|_| RecordingKind::Mp3),
    }
}

/// A box of MP4: its length and its name.
fn iso(head: &[u8], parts: &mut Parts) -> Option<Next> {
    let Some((length, name)) = head.get(..4).zip(head.get(4..8)) else {
        return Some(Next::Longer(8));
    };
    let length = u32::from_be_bytes(length.try_into().ok()?);
    if !name.iter().all(|b| b.is_ascii_graphic() || *b == b' ' || *b == 0xa9) {
        return None;
    }
    match name {
        b"moov" => parts.has_map = true,
        b"mdat" => parts.has_content = true,
        _ => {}
    }
    match length {
        0 => Some(Next::Rest),
        1 => match head.get(8..16) {
            None => Some(Next::Longer(16)),
            Some(long) => {
                let long = u64::from_be_bytes(long.try_into().ok()?);
                (long >= 16).then_some(Next::Part(long, 8))
            }
        },
        length if length >= 8 => Some(Next::Part(u64::from(length), 8)),
        _ => None,
    }
}

/// An element of WebM. The two outer ones are gone into, since a browser that records
/// does not know how long they become.
fn ebml(head: &[u8], parts: &mut Parts) -> Option<Next> {
    let id_length = head.first()?.leading_zeros() as usize + 1;
    if id_length > 4 {
        return None;
    }
    let Some(first) = head.get(id_length) else { return Some(Next::Longer(id_length + 1)) };
    let size_length = first.leading_zeros() as usize + 1;
    if size_length > 8 {
        return None;
    }
    let Some(size) = head.get(id_length..id_length + size_length) else {
        return Some(Next::Longer(id_length + size_length));
    };
    let mask = 0xff_u64 >> size_length;
    let value =
        size[1..].iter().fold(u64::from(size[0]) & mask, |sum, b| (sum << 8) | u64::from(*b));
    let unknown = (1_u64 << (7 * size_length)) - 1;
    let here = (id_length + size_length) as u64;
    // Heads are read four bytes at a time at least; a shorter one leaves some that are
    // of what follows, and no element of these is as short as that.
    let part = Next::Part(here.checked_add(value)?, 4);
    match &head[..id_length] {
        // The whole of it: what is in it comes next.
        [0x18, 0x53, 0x80, 0x67] => Some(Next::Part(here, 4)),
        [0x16, 0x54, 0xae, 0x6b] => {
            parts.has_map = true;
            (value != unknown).then_some(part)
        }
        [0x1f, 0x43, 0xb6, 0x75] => {
            parts.has_content = true;
            Some(if value == unknown { Next::Rest } else { part })
        }
        _ => (value != unknown).then_some(part),
    }
}

/// A page of Ogg: its head ends with how many lengths follow.
fn ogg(head: &[u8], parts: &mut Parts) -> Option<Next> {
    if !head.starts_with(b"OggS") {
        return None;
    }
    let Some(count) = head.get(26) else { return Some(Next::Longer(27)) };
    let table = 27 + usize::from(*count);
    let Some(lengths) = head.get(27..table) else { return Some(Next::Longer(table)) };
    let body: u64 = lengths.iter().map(|length| u64::from(*length)).sum();
    parts.has_content = parts.has_map;
    parts.has_map = true;
    Some(Next::Part(table as u64 + body, 27))
}

/// What stands before the sound, or a frame of it.
fn mp3(head: &[u8], parts: &mut Parts) -> Option<Next> {
    if head.starts_with(b"ID3") {
        let Some(size) = head.get(6..10) else { return Some(Next::Longer(10)) };
        if size.iter().any(|b| *b > 0x7f) || parts.frames > 0 {
            return None;
        }
        let size = size.iter().fold(0_u64, |sum, b| (sum << 7) | u64::from(*b));
        let has_foot = head[5] & 0x10 != 0;
        return Some(Next::Part(10 + size + if has_foot { 10 } else { 0 }, 4));
    }
    let length = frame(head)?;
    parts.frames += 1;
    // Behind the sound there may be anything that players have thought of.
    Some(if parts.frames >= FRAMES { Next::Rest } else { Next::Part(length, 4) })
}

/// How long a frame of MP3 is, in bytes, if this begins one.
fn frame(head: &[u8]) -> Option<u64> {
    /// Thousands of bits a second, of MPEG 1 and of its slower successors.
    const FAST: [u64; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const SLOW: [u64; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    const RATES: [u64; 3] = [44_100, 48_000, 32_000];
    let [0xff, second, third, _, ..] = *head else { return None };
    // The eleven bits, and layer III.
    if second & 0xe6 != 0xe2 {
        return None;
    }
    let (bits, divisor, samples) = match (second >> 3) & 3 {
        3 => (FAST, 1, 144),
        2 => (SLOW, 2, 72),
        0 => (SLOW, 4, 72),
        _ => return None,
    };
    let bits = bits.get(usize::from(third >> 4).checked_sub(1)?)? * 1_000;
    let rate = RATES.get(usize::from((third >> 2) & 3))? / divisor;
    Some(samples * bits / rate + u64::from((third >> 1) & 1))
}

#[cfg(test)]
mod tests;
