//! From dots to the files that are served. They hold the dots and nothing else: no
//! place, no time, no name of a camera.

use std::io::Cursor;

use anyhow::{Context as _, anyhow};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::media::{LONGEST_BLUR, WIDTHS, widths_below};
use fast_image_resize::Resizer;
use image::{
    DynamicImage, ImageFormat, RgbImage,
    codecs::{
        avif::AvifEncoder,
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
};

use super::read::Kind;

/// The name of what the smaller files are made from later. No address leads to it.
pub const SOURCE: &str = "source.png";
/// Qualities, in percent: with these the three kinds look alike.
const WEBP: f32 = 80.0;
const JPEG: u8 = 82;
const AVIF: u8 = 68;
/// From 1, slow and small, to 10: the slowest that takes seconds without assembler.
const AVIF_SPEED: u8 = 8;
/// Width of a blur, in dots, and its quality, in percent.
const BLUR: u32 = 16;
const BLUR_QUALITY: f32 = 40.0;

/// A picture in every width, ready to be stored.
pub struct Made {
    pub kind: Kind,
    /// Of the largest file, in dots.
    pub width: u32,
    pub height: u32,
    /// See [`domain::media::Picture::blur`].
    pub blur: String,
    /// Each with its name.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Makes what every page can show, and what the rest is made from.
///
/// # Errors
/// When an encoder fails, which would be a fault of ours.
pub fn make(kind: Kind, image: &DynamicImage) -> anyhow::Result<Made> {
    let largest = image.width().min(WIDTHS[WIDTHS.len() - 1]);
    let largest = resized(image, largest)?;
    let (width, height) = (largest.width(), largest.height());
    let mut files = Vec::new();
    for step in widths_below(width) {
        files.push((format!("{step}.webp"), webp(&resized(&largest, step)?, WEBP)?));
    }
    files.push((format!("{width}.jpg"), jpeg(&largest)?));
    let mut source = Vec::new();
    let encoder = PngEncoder::new_with_quality(
        Cursor::new(&mut source),
        CompressionType::Fast,
        FilterType::Adaptive,
    );
    largest.write_with_encoder(encoder)?;
    files.push((SOURCE.to_owned(), source));
    let blur = blur(&largest)?;
    Ok(Made { kind, width, height, blur, files })
}

/// Makes the AVIF of one width from what [`make`] left for it.
///
/// # Errors
/// When it cannot be read or written.
pub fn avif(source: &[u8], width: u32) -> anyhow::Result<Vec<u8>> {
    let source = image::load_from_memory_with_format(source, ImageFormat::Png)?;
    let mut file = Vec::new();
    let encoder =
        AvifEncoder::new_with_speed_quality(&mut file, AVIF_SPEED, AVIF).with_num_threads(Some(1));
    resized(&source, width)?.write_with_encoder(encoder)?;
    Ok(file)
}

/// The same picture in this width, in eight bits for each of three or four colours.
fn resized(image: &DynamicImage, width: u32) -> anyhow::Result<DynamicImage> {
    let plain = match image {
        DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_) => None,
        other if other.color().has_alpha() => Some(DynamicImage::from(other.to_rgba8())),
        other => Some(DynamicImage::from(other.to_rgb8())),
    };
    let image = plain.as_ref().unwrap_or(image);
    if width == image.width() {
        return Ok(image.clone());
    }
    let height = u64::from(image.height()) * u64::from(width) / u64::from(image.width());
    let height = u32::try_from(height).context("a picture becomes smaller")?.max(1);
    let mut smaller = DynamicImage::new(width, height, image.color());
    Resizer::new().resize(image, &mut smaller, None)?;
    Ok(smaller)
}

fn webp(image: &DynamicImage, quality: f32) -> anyhow::Result<Vec<u8>> {
    let (width, height) = (image.width(), image.height());
    let encoder = match image {
        DynamicImage::ImageRgba8(image) => webp::Encoder::from_rgba(image, width, height),
        DynamicImage::ImageRgb8(image) => webp::Encoder::from_rgb(image, width, height),
        _ => return Err(anyhow!("a picture is resized before it is written")),
    };
    let file = encoder.encode_simple(false, quality).map_err(|e| anyhow!("{e:?}"))?;
    Ok(file.to_vec())
}

/// JPEG knows nothing to be seen through, so white is put behind.
fn jpeg(image: &DynamicImage) -> anyhow::Result<Vec<u8>> {
    let mut file = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut file, JPEG);
    match image {
        DynamicImage::ImageRgba8(image) => {
            let mut flat = RgbImage::new(image.width(), image.height());
            for (dot, from) in flat.pixels_mut().zip(image.pixels()) {
                let [red, green, blue, alpha] = from.0;
                dot.0 = [red, green, blue].map(|colour| over_white(colour, alpha));
            }
            flat.write_with_encoder(encoder)?;
        }
        other => other.write_with_encoder(encoder)?,
    }
    Ok(file)
}

fn over_white(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u16::from(colour), u16::from(alpha));
    let mixed = (colour * alpha + 255 * (255 - alpha)) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

/// Nothing, where the picture can be seen through: the blur would stay behind it.
fn blur(image: &DynamicImage) -> anyhow::Result<String> {
    if image.color().has_alpha() {
        return Ok(String::new());
    }
    let tiny = DynamicImage::from(resized(image, BLUR.min(image.width()))?.to_rgb8());
    let tiny = match tiny.height() {
        0..=BLUR => tiny,
        height => tiny.crop_imm(0, (height - BLUR) / 2, tiny.width(), BLUR),
    };
    let address = format!("data:image/webp;base64,{}", STANDARD.encode(webp(&tiny, BLUR_QUALITY)?));
    Ok(if address.len() > LONGEST_BLUR { String::new() } else { address })
}
