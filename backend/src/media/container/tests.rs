//! Files of every kind, whole, cut off, in pieces of any size, and disguised.

use domain::media::{RecordingKind, Unplayable};
use proptest::prelude::*;

use super::Inspector;

fn part(name: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).expect("short");
    [&length.to_be_bytes()[..], name, content].concat()
}

fn mp4(brand: &[u8]) -> Vec<u8> {
    let first = part(b"ftyp", &[brand, &[0, 0, 2, 0], b"isomiso2avc1mp41"].concat());
    [first, part(b"free", &[]), part(b"mdat", &[7; 900]), part(b"moov", &[3; 200])].concat()
}

fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("short") | 0x4000;
    [id, &length.to_be_bytes(), content].concat()
}

fn webm() -> Vec<u8> {
    let says = [element(b"\x42\x86", &[1]), b"\x42\x82\x84webm".to_vec()].concat();
    let inside = [
        element(b"\x11\x4d\x9b\x74", &[0; 60]),
        element(b"\x16\x54\xae\x6b", &[1; 90]),
        element(b"\x1f\x43\xb6\x75", &[2; 700]),
        element(b"\x1f\x43\xb6\x75", &[3; 700]),
    ];
    // As a browser records it: nobody knew how long it becomes.
    let outer = [b"\x18\x53\x80\x67\x01".as_slice(), &[0xff; 7]].concat();
    [element(b"\x1a\x45\xdf\xa3", &says), outer, inside.concat()].concat()
}

fn ogg(first: &[u8]) -> Vec<u8> {
    let page = |content: &[u8]| {
        let length = u8::try_from(content.len()).expect("short");
        [&b"OggS\0\x02"[..], &[0; 20], &[1, length], content].concat()
    };
    [page(&[first, &[0; 40]].concat()), page(&[1; 200]), page(&[2; 100])].concat()
}

fn mp3(with_tag: bool) -> Vec<u8> {
    // 128 kbit/s at 44.1 kHz.
    let frame = [&[0xff, 0xfb, 0x90, 0x00][..], &[0; 413]].concat();
    let tag = [&b"ID3\x04\0\0\0\0\x02\x00"[..], &[9; 256]].concat();
    let tag = if with_tag { tag } else { Vec::new() };
    [tag, frame.repeat(6), b"TAG and whatever".to_vec()].concat()
}

fn all() -> Vec<(Vec<u8>, RecordingKind)> {
    vec![
        (mp4(b"isom"), RecordingKind::Mp4),
        (mp4(b"mp42"), RecordingKind::Mp4),
        (mp4(b"M4A "), RecordingKind::M4a),
        (webm(), RecordingKind::Webm),
        (ogg(b"\x01vorbis"), RecordingKind::Ogg),
        (ogg(b"OpusHead"), RecordingKind::Ogg),
        (mp3(true), RecordingKind::Mp3),
        (mp3(false), RecordingKind::Mp3),
    ]
}

fn inspected(file: &[u8], piece: usize) -> Result<RecordingKind, Unplayable> {
    let mut inspector = Inspector::default();
    for piece in file.chunks(piece) {
        inspector.read(piece)?;
    }
    inspector.finish()
}

#[test]
fn a_file_is_known_by_its_content_however_it_comes() {
    for (file, kind) in all() {
        for piece in [1, 3, 64, 1_000_000] {
            assert_eq!(inspected(&file, piece), Ok(kind), "{kind:?} by {piece}");
        }
    }
}

#[test]
fn a_file_that_ends_too_early_is_none() {
    for (file, kind) in all() {
        let least = match kind {
            // Its sound is told from chance by its first frames.
            RecordingKind::Mp3 => 300,
            _ => file.len() - 1,
        };
        assert_eq!(inspected(&file[..least], 50).ok(), None, "{kind:?}");
    }
    assert_eq!(inspected(&[], 1), Err(Unplayable::Unknown));
}

#[test]
fn whatever_only_begins_as_a_film_is_found_out() {
    let page = b"<!doctype html><script>alert(1)</script>".repeat(40);
    for (file, kind) in all() {
        let disguised = [&file[..64], &page].concat();
        assert!(inspected(&disguised, 500).is_err(), "{kind:?}");
    }
    for other in [
        page.clone(),
        vec![0; 4_000],
        mp4(b"qt  "),
        mp4(b"avif"),
        mp4(b"heic"),
        ogg(b"\x80theora"),
        [b"\x1a\x45\xdf\xa3\x40\x0a\x42\x82\x88matroska".to_vec(), vec![0; 500]].concat(),
        [b"\xff\xfb".to_vec(), page].concat(),
        b"%PDF-1.7".repeat(40),
    ] {
        assert!(inspected(&other, 500).is_err(), "{:?}", &other[..20]);
    }
}

#[test]
fn a_part_that_says_it_is_endless_ends_with_the_file() {
    let mut file = [mp4(b"isom"), part(b"free", &[])].concat();
    let last = file.len() - 8;
    file[last..last + 4].copy_from_slice(&[0; 4]);
    assert_eq!(inspected(&file, 7), Ok(RecordingKind::Mp4));
    file[last..last + 4].copy_from_slice(&5_u32.to_be_bytes());
    assert_eq!(inspected(&file, 7), Err(Unplayable::Broken), "shorter than its own head");
    file[last..last + 4].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(inspected(&file, 7), Err(Unplayable::Broken), "longer than the file");
}

proptest! {
    #[test]
    fn no_bytes_confuse_it(
        which in 0_usize..8,
        at in 0_usize..1_000,
        noise in prop::collection::vec(any::<u8>(), 1..200),
        piece in 1_usize..300,
    ) {
        let (mut file, _) = all().swap_remove(which);
        let at = at.min(file.len());
        file.splice(at.., noise);
        let _ = inspected(&file, piece);
    }
}
