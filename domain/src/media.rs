//! Pictures that people bring: what may be uploaded, and at which addresses it is
//! shown.

pub mod captions;
mod film;
pub mod recording;
mod unfit;

use std::fmt::Write as _;

pub use captions::{Captions, Uncaptioned};
pub use film::Film;
pub use recording::{Recording, RecordingKind, Unplayable};
pub use unfit::Unfit;

use serde::{Deserialize, Serialize};

use crate::{id::MediaId, invalid::Problem};

/// Widths that a picture is shown in, in dots, the smallest first. One that is
/// narrower keeps those below its own, and its own.
pub const WIDTHS: [u32; 4] = [320, 640, 960, 1_440];
/// Largest file of a picture, in bytes.
pub const LARGEST_FILE: usize = 12 * 1024 * 1024;
/// Longest side of a picture as it is uploaded, in dots.
pub const LONGEST_SIDE: u32 = 12_000;
/// Shortest side of a picture, in dots: less would be shown as a blot.
pub const SHORTEST_SIDE: u32 = 16;
/// Most dots of a picture as it is uploaded, which bounds the memory to read it.
pub const MOST_DOTS: u64 = 50_000_000;
/// How much longer one side of a picture may be than the other.
pub const MOST_OBLONG: u32 = 10;
/// Longest description, in characters.
pub const LONGEST_ALT: u32 = 300;
/// Most pictures that one campaign may keep.
pub const MOST_PICTURES: u32 = 200;
/// Most bytes of uploaded files that one campaign may keep.
pub const MOST_BYTES: i64 = 400 * 1024 * 1024;
/// Days after which a picture that nothing shows is forgotten.
pub const KEPT_UNUSED_DAYS: i64 = 7;
/// Longest [`Picture::blur`], in bytes.
pub const LONGEST_BLUR: usize = 400;

/// A picture as pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub id: MediaId,
    /// Width of the largest file there is of it, in dots; at most the last of [`WIDTHS`].
    pub width: u32,
    /// Height that goes with it, in dots.
    pub height: u32,
    /// A `data:` address of a few dots of it, to be shown until it has come; at most
    /// [`LONGEST_BLUR`] bytes.
    pub blur: String,
    /// What is to be seen, for who cannot see it. Empty while nobody has said.
    pub alt: String,
}

impl Picture {
    /// Where the file of this width is, which should be one of [`Picture::widths`].
    #[must_use]
    pub fn src(&self, width: u32) -> String {
        self.file(width, "webp")
    }

    /// Where the file of this width and kind (`webp`, `avif` or `jpg`) is. Kept as
    /// `jpg` is the largest only, for sites that know nothing else.
    #[must_use]
    pub fn file(&self, width: u32, extension: &str) -> String {
        format!("/media/{}/{width}.{extension}", self.id)
    }

    /// Where the smallest file is that fills this width, in dots, or else the largest.
    #[must_use]
    pub fn fitting(&self, width: u32) -> String {
        self.src(self.widths().find(|kept| *kept >= width).unwrap_or(self.width))
    }

    /// Where the picture is for sites and programs that know no other kind than JPEG.
    #[must_use]
    pub fn shared(&self) -> String {
        self.file(self.width, "jpg")
    }

    /// Every width there is a file of, in dots, the smallest first.
    pub fn widths(&self) -> impl Iterator<Item = u32> + use<> {
        widths_below(self.width)
    }

    /// All files of a kind (`webp` or `avif`), as a `srcset` names them.
    #[must_use]
    pub fn srcset(&self, extension: &str) -> String {
        let mut set = String::new();
        for width in self.widths() {
            let comma = if set.is_empty() { "" } else { ", " };
            let _ = write!(set, "{comma}{} {width}w", self.file(width, extension));
        }
        set
    }
}

/// Reads what is to be seen on a picture: one line.
///
/// # Errors
/// [`Problem::Missing`] where it has to be said, and [`Problem::TooLong`].
pub fn parse_alt(text: &str, is_required: bool) -> Result<String, Problem> {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 if is_required => Err(Problem::Missing),
        many if many > LONGEST_ALT as usize => Err(Problem::TooLong { most: LONGEST_ALT }),
        _ => Ok(line),
    }
}

/// The widths that a picture of this one is kept in: those of [`WIDTHS`] below it, and
/// itself or the last of them.
pub fn widths_below(width: u32) -> impl Iterator<Item = u32> {
    let largest = width.min(WIDTHS[WIDTHS.len() - 1]);
    WIDTHS.into_iter().filter(move |step| *step < largest).chain([largest])
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Picture, widths_below};
    use crate::id::MediaId;

    fn picture(width: u32, height: u32) -> Picture {
        let id = MediaId::from_uuid(Uuid::from_u128(7));
        Picture { id, width, height, blur: String::new(), alt: String::new() }
    }

    #[test]
    fn a_picture_is_kept_in_no_width_that_it_does_not_have() {
        let widths = |width| widths_below(width).collect::<Vec<_>>();
        assert_eq!(widths(4_000), [320, 640, 960, 1_440]);
        assert_eq!(widths(1_440), [320, 640, 960, 1_440]);
        assert_eq!(widths(1_000), [320, 640, 960, 1_000]);
        assert_eq!(widths(960), [320, 640, 960]);
        assert_eq!(widths(40), [40]);
    }

    #[test]
    fn a_srcset_names_each_file_with_its_width() {
        let id = "00000000-0000-0000-0000-000000000007";
        assert_eq!(
            picture(500, 300).srcset("avif"),
            format!("/media/{id}/320.avif 320w, /media/{id}/500.avif 500w")
        );
        assert_eq!(picture(500, 300).src(320), format!("/media/{id}/320.webp"));
    }
}
