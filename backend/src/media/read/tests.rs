use domain::media::{LARGEST_FILE, Unfit};
use image::{
    DynamicImage, ExtendedColorType, ImageEncoder as _, RgbImage, Rgba, RgbaImage,
    codecs::{gif::GifEncoder, jpeg::JpegEncoder, png::PngEncoder},
};

use super::{Kind, read};
use crate::media::make::{SOURCE, avif, make};

/// Red on the left, blue on the right.
fn flag(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 { [230, 20, 20].into() } else { [20, 20, 230].into() }
    })
}

fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut file = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut file, 90)).expect("written");
    file
}

fn png(image: &RgbImage) -> Vec<u8> {
    let mut file = Vec::new();
    image.write_with_encoder(PngEncoder::new(&mut file)).expect("written");
    file
}

/// A JPEG with what a phone adds: the orientation, and where it was.
fn from_a_phone(image: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08".to_vec();
    exif.extend(*b"\0\x02");
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    // GPS, at the end of these.
    exif.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    exif.extend([0, 0, 0, 0]);
    exif.extend(*b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0");
    exif.extend(*b"48.8584 N, 2.2945 E");
    let plain = jpeg(image);
    let mut file = plain[..2].to_vec();
    file.extend([0xff, 0xe1]);
    file.extend(u16::try_from(exif.len() + 2).expect("short").to_be_bytes());
    file.extend(exif);
    file.extend(&plain[2..]);
    file
}

fn refusal(file: &[u8]) -> Unfit {
    read(file).map(drop).expect_err("it is no picture to show")
}

fn is_red(image: &DynamicImage, x: u32, y: u32) -> bool {
    let [red, _, blue] = image.to_rgb8().get_pixel(x, y).0;
    red > 150 && blue < 110
}

#[test]
fn each_kind_is_read_by_its_content() {
    let flag = flag(64, 48);
    let mut gif = Vec::new();
    GifEncoder::new(&mut gif)
        .encode(flag.as_raw(), 64, 48, ExtendedColorType::Rgb8)
        .expect("written");
    let webp = webp::Encoder::from_rgb(flag.as_raw(), 64, 48).encode(90.0).to_vec();
    let avif = avif(&png(&flag), 64).expect("written");
    for (file, kind) in [
        (jpeg(&flag), Kind::Jpeg),
        (png(&flag), Kind::Png),
        (gif, Kind::Gif),
        (webp, Kind::Webp),
        (avif, Kind::Avif),
    ] {
        let (found, image) = read(&file).unwrap_or_else(|unfit| panic!("{kind:?}: {unfit:?}"));
        assert_eq!((found, image.width(), image.height()), (kind, 64, 48));
        assert!(is_red(&image, 10, 20) && !is_red(&image, 54, 20), "{kind:?}: its colours");
    }
}

#[test]
fn a_picture_that_lies_on_its_side_is_put_upright() {
    let lying = from_a_phone(&flag(64, 32), 6);
    let (_, image) = read(&lying).expect("a picture");
    assert_eq!((image.width(), image.height()), (32, 64));
    assert!(is_red(&image, 16, 8) && !is_red(&image, 16, 56), "what was left is above");
}

#[test]
fn nothing_of_what_a_phone_adds_is_in_any_file() {
    let file = from_a_phone(&flag(400, 300), 1);
    let holds = |file: &[u8], word: &[u8]| file.windows(word.len()).any(|it| it == word);
    assert!(holds(&file, b"48.8584") && holds(&file, b"Exif"), "the test has something to find");
    let (kind, image) = read(&file).expect("a picture");
    let made = make(kind, &image).expect("made");
    assert!(made.files.len() >= 4);
    for (name, content) in &made.files {
        for word in [b"48.8584".as_slice(), b"Exif", b"EXIF", b"eXIf"] {
            assert!(!holds(content, word), "{name} holds {word:?}");
        }
    }
}

#[test]
fn what_stands_behind_a_picture_is_in_no_file_of_it() {
    let mut file = png(&flag(320, 200));
    file.extend(b"<script>alert(1)</script><?php system('id');");
    let (kind, image) = read(&file).expect("a picture with a tail");
    for (name, content) in make(kind, &image).expect("made").files {
        assert!(!content.windows(7).any(|it| it == b"<script"), "{name}");
    }
}

#[test]
fn a_header_that_promises_billions_of_dots_is_not_believed() {
    let mut bomb = png(&flag(64, 64));
    bomb[16..20].copy_from_slice(&50_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&50_000_u32.to_be_bytes());
    let sum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(refusal(&bomb), Unfit::TooManyDots);
    // Each side alone may be so long; all the dots together may not.
    bomb[16..20].copy_from_slice(&11_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&11_000_u32.to_be_bytes());
    let sum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(refusal(&bomb), Unfit::TooManyDots);
}

#[test]
fn half_a_file_is_refused_as_that() {
    let flag = flag(200, 200);
    for whole in [jpeg(&flag), png(&flag), from_a_phone(&flag, 1)] {
        for part in [whole.len() / 2, whole.len() * 9 / 10, 40] {
            assert_eq!(refusal(&whole[..part]), Unfit::Broken);
        }
    }
    let avif = avif(&png(&flag), 200).expect("written");
    for part in [20, avif.len() / 2, avif.len() - 20] {
        assert_eq!(refusal(&avif[..part]), Unfit::Broken);
    }
}

#[test]
fn no_name_makes_a_picture_of_something_else() {
    for (file, unfit) in [
        (b"<!doctype html><html><script>alert(1)</script>".as_slice(), Unfit::NotAPicture),
        (b"<html><svg onload=alert(1)></svg></html>", Unfit::NotAPicture),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", Unfit::Svg),
        (
            b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- x -->\n<SVG onload=\"alert(1)\"/>",
            Unfit::Svg,
        ),
        (b"%PDF-1.7", Unfit::NotAPicture),
        (b"MZ\x90\0", Unfit::NotAPicture),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Unfit::Heic),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", Unfit::NotAPicture),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", Unfit::Broken),
        (b"\xff\xd8\xff\xe0", Unfit::Broken),
        (b"\x89PNG\r\n\x1a\n", Unfit::Broken),
        (b"GIF89a", Unfit::Broken),
        (b"RIFF\0\0\0\0WEBPVP8 ", Unfit::Broken),
        (b"", Unfit::Missing),
        (b"x", Unfit::NotAPicture),
    ] {
        assert_eq!(refusal(file), unfit, "{}", String::from_utf8_lossy(file));
    }
    assert_eq!(refusal(&vec![0xff; LARGEST_FILE + 1]), Unfit::TooLarge);
}

#[test]
fn a_blot_and_a_thread_are_no_pictures() {
    assert_eq!(refusal(&png(&flag(15, 15))), Unfit::TooSmall);
    assert_eq!(refusal(&png(&flag(661, 66))), Unfit::TooOblong);
    assert!(read(&png(&flag(660, 66))).is_ok());
}

#[test]
fn a_picture_is_made_in_the_widths_that_it_has() {
    let (kind, image) = read(&jpeg(&flag(1_000, 500))).expect("a picture");
    let made = make(kind, &image).expect("made");
    let names: Vec<&str> = made.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["320.webp", "640.webp", "960.webp", "1000.webp", "1000.jpg", SOURCE]);
    assert_eq!((made.width, made.height), (1_000, 500));
    assert!(made.blur.starts_with("data:image/webp;base64,") && made.blur.len() <= 400);
    for (name, content) in &made.files[..4] {
        let (kind, image) = read(content).expect("a picture of ours");
        let width: u32 = name.trim_end_matches(".webp").parse().expect("a width");
        assert_eq!((kind, image.width(), image.height()), (Kind::Webp, width, width / 2));
        assert!(is_red(&image, width / 4, 20) && !is_red(&image, width * 3 / 4, 20));
    }
}

#[test]
fn what_can_be_seen_through_stays_so_and_is_white_in_a_jpeg() {
    let clear = RgbaImage::from_pixel(400, 300, Rgba([0, 0, 0, 0]));
    let mut file = Vec::new();
    PngEncoder::new(&mut file)
        .write_image(clear.as_raw(), 400, 300, ExtendedColorType::Rgba8)
        .expect("written");
    let (kind, image) = read(&file).expect("a picture");
    let made = make(kind, &image).expect("made");
    assert!(made.blur.is_empty(), "nothing may show behind it");
    for (name, content) in &made.files {
        let image = image::load_from_memory(content).expect("a picture").to_rgba8();
        let expected = if name.ends_with(".jpg") { [255; 4] } else { [0; 4] };
        let seen = image.get_pixel(100, 100).0;
        assert!(seen[3] == expected[3] && (seen[3] == 0 || seen[0] > 250), "{name}: {seen:?}");
    }
}

#[test]
fn no_bytes_whatever_break_the_reading() {
    let flag = flag(80, 60);
    let wholes = [jpeg(&flag), png(&flag), avif(&png(&flag), 80).expect("written")];
    let mut dice = 7_u64;
    let mut roll = move |below: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(dice >> 33).expect("31 bits") % below
    };
    for whole in &wholes {
        for _ in 0..300 {
            let mut file = whole.clone();
            for _ in 0..=roll(6) {
                let at = roll(file.len());
                file[at] = u8::try_from(roll(256)).expect("a byte");
            }
            // Whatever comes of it, it comes.
            let _ = read(&file);
        }
    }
}

/// The sum behind each part of a PNG.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 }
        })
    })
}
