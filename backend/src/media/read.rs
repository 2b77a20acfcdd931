//! From bytes of a stranger to dots. The kind is read off the content, the size off
//! the header before anything is unpacked, and no more memory is taken than that
//! size allows.

use std::{io::Cursor, panic::catch_unwind};

use domain::media::{LARGEST_FILE, LONGEST_SIDE, MOST_DOTS, MOST_OBLONG, SHORTEST_SIDE, Unfit};
use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits,
    metadata::Orientation,
};

use super::avif;

/// Most memory that a decoder takes, in bytes: [`MOST_DOTS`] in four bytes each.
const MOST_MEMORY: u64 = MOST_DOTS * 4 + 16 * 1024 * 1024;
/// How far into a text it is looked for what makes it a drawing, in bytes.
const HEAD: usize = 4 * 1024;

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    Webp,
    Gif,
    Avif,
}

impl Kind {
    /// As the database writes it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Avif => "avif",
        }
    }
}

/// Reads a picture, upright. Of one that moves, it is the first that is seen.
///
/// # Errors
/// Why it cannot be shown.
pub fn read(file: &[u8]) -> Result<(Kind, DynamicImage), Unfit> {
    if file.is_empty() {
        return Err(Unfit::Missing);
    }
    if file.len() > LARGEST_FILE {
        return Err(Unfit::TooLarge);
    }
    let kind = kind(file)?;
    let image = match kind {
        // The reader of its container asserts what a file ought to be.
        Kind::Avif => catch_unwind(|| avif::read(file)).unwrap_or(Err(Unfit::Broken))?,
        Kind::Jpeg if !is_whole_jpeg(file) => return Err(Unfit::Broken),
        Kind::Jpeg => decode(file, ImageFormat::Jpeg)?,
        Kind::Png => decode(file, ImageFormat::Png)?,
        Kind::Webp => decode(file, ImageFormat::WebP)?,
        Kind::Gif => decode(file, ImageFormat::Gif)?,
    };
    Ok((kind, image))
}

/// Whether a picture of these sides can be shown, in dots.
///
/// # Errors
/// Why not.
pub fn check_sides(width: u32, height: u32) -> Result<(), Unfit> {
    let (short, long) = (width.min(height), width.max(height));
    if long > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_DOTS {
        return Err(Unfit::TooManyDots);
    }
    if short < SHORTEST_SIDE {
        return Err(Unfit::TooSmall);
    }
    if long > short * MOST_OBLONG {
        return Err(Unfit::TooOblong);
    }
    Ok(())
}

/// What a file is, whatever it is called.
fn kind(file: &[u8]) -> Result<Kind, Unfit> {
    let is_at = |at: usize, magic: &[u8]| file.get(at..at + magic.len()) == Some(magic);
    if is_at(0, b"\xff\xd8\xff") {
        return Ok(Kind::Jpeg);
    }
    if is_at(0, b"\x89PNG\r\n\x1a\n") {
        return Ok(Kind::Png);
    }
    if is_at(0, b"GIF87a") || is_at(0, b"GIF89a") {
        return Ok(Kind::Gif);
    }
    if is_at(0, b"RIFF") && is_at(8, b"WEBP") {
        return Ok(Kind::Webp);
    }
    if is_at(4, b"ftyp") {
        let brands = &file[8..file.len().min(64)];
        let has = |brand: &[u8]| brands.chunks_exact(4).any(|it| it == brand);
        return match () {
            () if has(b"avif") || has(b"avis") => Ok(Kind::Avif),
            () if has(b"heic") || has(b"heix") || has(b"mif1") => Err(Unfit::Heic),
            () => Err(Unfit::NotAPicture),
        };
    }
    let head = String::from_utf8_lossy(&file[..file.len().min(HEAD)]).to_lowercase();
    let is_page = head.contains("<html") || head.contains("<!doctype html");
    if head.contains("<svg") && !is_page { Err(Unfit::Svg) } else { Err(Unfit::NotAPicture) }
}

fn decode(file: &[u8], format: ImageFormat) -> Result<DynamicImage, Unfit> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unfit)?;
    let (width, height) = decoder.dimensions();
    check_sides(width, height)?;
    // Half of all phones write pictures lying on their side, and say so.
    let upright = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(unfit)?;
    image.apply_orientation(upright);
    Ok(image)
}

#[expect(clippy::needless_pass_by_value, reason = "it is given")]
fn unfit(error: ImageError) -> Unfit {
    match error {
        ImageError::Limits(_) => Unfit::TooManyDots,
        _ => Unfit::Broken,
    }
}

/// Whether a JPEG goes on to its end. Decoders fill up what is missing with grey, and
/// half a photograph is no picture of a campaign. What phones append does no harm.
fn is_whole_jpeg(file: &[u8]) -> bool {
    let mut at = 2;
    loop {
        let Some(&[0xff, marker]) = file.get(at..at + 2) else { return false };
        match marker {
            // Fill bytes.
            0xff => at += 1,
            // The dots begin; among them an end is nothing else than an end.
            0xda => return file[at..].windows(2).any(|pair| pair == [0xff, 0xd9]),
            0x01 | 0xd0..=0xd9 => at += 2,
            _ => {
                let Some(&[high, low]) = file.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([high, low]));
            }
        }
    }
}

#[cfg(test)]
mod tests;
