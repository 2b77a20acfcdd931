//! What a block is, besides its text.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{LONGEST_ALT, MOST_PICTURES, runs::Link};
use crate::{
    id::RewardId,
    locale::Locale,
    media::Captions,
    words::{edit as w, recording},
};

/// What a block is. In the document it is one value, written by [`fmt::Display`], so
/// that of two people who change it at once one wins and nothing is half of each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A heading of the page's second or third level.
    Heading {
        level: u8,
    },
    #[default]
    Text,
    Quote,
    /// Each line is an item.
    Bullets,
    /// Each line is an item.
    Numbers,
    /// A picture of the campaign's; the text is its caption.
    Image {
        /// None while it is uploaded.
        picture: Option<Uuid>,
        /// What it shows, for whoever does not see it; or [`super::DECORATIVE`].
        alt: String,
    },
    /// Pictures side by side; the text is their caption.
    Gallery {
        pictures: Vec<Shot>,
    },
    /// A film by link; the text is its caption.
    Video {
        address: String,
    },
    /// A film or a sound that was uploaded; the text is its caption.
    Recording {
        /// None while it is uploaded.
        file: Option<Uuid>,
        /// A picture of the campaign's, shown before a film plays.
        poster: Option<Uuid>,
        /// What is said in a film, to be read while it plays.
        #[serde(default)]
        captions: Option<Captions>,
    },
    /// Each line is a row, its cells between tabs; the first row is the head.
    Table,
    Divider,
    CallOut {
        tone: Tone,
    },
    /// A reward, shown as in the list of them.
    RewardCard {
        reward: Option<RewardId>,
    },
}

/// One picture of a gallery. It is written as its id and, behind a space, what it
/// shows, in the document and wherever pages are kept: what was written before pictures
/// of galleries had descriptions is read as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shot {
    pub id: Uuid,
    /// What it shows, in one line; or [`super::DECORATIVE`].
    pub alt: String,
}

/// How a call-out sounds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    #[default]
    Note,
    Good,
    Warning,
}

impl Tone {
    /// Every tone.
    pub const ALL: [Self; 3] = [Self::Note, Self::Good, Self::Warning];

    /// The word in documents and class names.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Good => "good",
            Self::Warning => "warning",
        }
    }
}

impl Kind {
    /// What it is called.
    #[must_use]
    pub const fn name(&self, locale: Locale) -> &'static str {
        match self {
            Self::Text => w::text(locale),
            Self::Heading { level: 2 } => w::heading(locale),
            Self::Heading { .. } => w::subheading(locale),
            Self::Bullets => w::bullets(locale),
            Self::Numbers => w::numbers(locale),
            Self::Quote => w::quote(locale),
            Self::CallOut { tone: Tone::Note } => w::note(locale),
            Self::CallOut { tone: Tone::Good } => w::good(locale),
            Self::CallOut { tone: Tone::Warning } => w::warning(locale),
            Self::Image { .. } => w::image(locale),
            Self::Gallery { .. } => w::gallery(locale),
            Self::Video { .. } => w::video(locale),
            Self::Recording { .. } => recording::recording(locale),
            Self::Table => w::table(locale),
            Self::RewardCard { .. } => w::reward(locale),
            Self::Divider => w::divider(locale),
        }
    }

    /// The word in documents and for style sheets.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Heading { level: 2 } => "heading-2",
            Self::Heading { .. } => "heading-3",
            Self::Text => "text",
            Self::Quote => "quote",
            Self::Bullets => "bullets",
            Self::Numbers => "numbers",
            Self::Image { .. } => "image",
            Self::Gallery { .. } => "gallery",
            Self::Video { .. } => "video",
            Self::Recording { .. } => "recording",
            Self::Table => "table",
            Self::Divider => "divider",
            Self::CallOut { .. } => "call-out",
            Self::RewardCard { .. } => "reward",
        }
    }

    /// Whether Markdown has a sign for it, so that the form without scripts can hold it.
    #[must_use]
    pub const fn is_in_markdown(&self) -> bool {
        matches!(
            self,
            Self::Heading { .. }
                | Self::Text
                | Self::Quote
                | Self::Bullets
                | Self::Numbers
                | Self::Table
                | Self::Divider
        )
    }

    /// Whether anything can be typed in it.
    #[must_use]
    pub const fn has_text(&self) -> bool {
        !matches!(self, Self::Divider | Self::RewardCard { .. })
    }

    /// Whether its lines stand for themselves, so that Enter makes another one.
    #[must_use]
    pub const fn has_lines(&self) -> bool {
        matches!(self, Self::Bullets | Self::Numbers | Self::Table)
    }

    /// Whether its text is a caption.
    #[must_use]
    pub const fn has_caption(&self) -> bool {
        matches!(
            self,
            Self::Image { .. } | Self::Gallery { .. } | Self::Video { .. } | Self::Recording { .. }
        )
    }

    /// The pictures in it.
    #[must_use]
    pub fn pictures(&self) -> Vec<Uuid> {
        match self {
            Self::Image { picture, .. } => picture.iter().copied().collect(),
            Self::Gallery { pictures } => pictures.iter().map(|shot| shot.id).collect(),
            Self::Recording { poster, .. } => poster.iter().copied().collect(),
            _ => Vec::new(),
        }
    }

    /// How many of its pictures nobody has described, nor called decorative.
    #[must_use]
    pub fn undescribed(&self) -> usize {
        match self {
            Self::Image { picture: Some(_), alt } => usize::from(alt.is_empty()),
            Self::Gallery { pictures } => {
                pictures.iter().filter(|shot| shot.alt.is_empty()).count()
            }
            _ => 0,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())?;
        match self {
            Self::Image { picture, alt } => {
                f.write_str(" ")?;
                if let Some(picture) = picture {
                    write!(f, "{picture}")?;
                }
                write!(f, " {alt}")
            }
            Self::Gallery { pictures } => {
                let list: Vec<String> = pictures.iter().map(Shot::to_string).collect();
                write!(f, " {}", list.join("\n"))
            }
            Self::Video { address } => write!(f, " {address}"),
            Self::Recording { file, poster, captions } => {
                let id = |id: &Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
                write!(f, " {} {}", id(file), id(poster))?;
                captions.map_or(Ok(()), |captions| write!(f, " {captions}"))
            }
            Self::CallOut { tone } => write!(f, " {}", tone.key()),
            Self::RewardCard { reward: Some(reward) } => write!(f, " {reward}"),
            _ => Ok(()),
        }
    }
}

impl FromStr for Kind {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const NO_KIND: &str = "not a kind of block";
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        Ok(match word {
            "heading-2" => Self::Heading { level: 2 },
            "heading-3" => Self::Heading { level: 3 },
            "text" => Self::Text,
            "quote" => Self::Quote,
            "bullets" => Self::Bullets,
            "numbers" => Self::Numbers,
            "table" => Self::Table,
            "divider" => Self::Divider,
            "image" => {
                let (picture, alt) = rest.split_once(' ').unwrap_or((rest, ""));
                if alt.len() > LONGEST_ALT {
                    return Err("the description of a picture is too long");
                }
                Self::Image { picture: optional(picture)?, alt: alt.to_owned() }
            }
            "gallery" => {
                let pictures = shots(rest)?;
                if pictures.len() > MOST_PICTURES {
                    return Err("a gallery has too many pictures");
                }
                Self::Gallery { pictures }
            }
            "video" => match rest {
                "" => Self::Video { address: String::new() },
                rest => Self::Video { address: Link::parse(rest).ok_or(NO_KIND)?.into() },
            },
            "recording" => {
                let (file, rest) = rest.split_once(' ').unwrap_or((rest, ""));
                let (poster, captions) = rest.split_once(' ').unwrap_or((rest, ""));
                Self::Recording {
                    file: optional(file)?,
                    poster: optional(poster)?,
                    captions: match captions {
                        "" => None,
                        captions => Some(captions.parse()?),
                    },
                }
            }
            "call-out" => {
                let tone = Tone::ALL.into_iter().find(|tone| tone.key() == rest);
                Self::CallOut { tone: tone.ok_or(NO_KIND)? }
            }
            "reward" => Self::RewardCard { reward: optional(rest)?.map(RewardId::from_uuid) },
            _ => return Err(NO_KIND),
        })
    }
}

impl fmt::Display for Shot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.id)?;
        if self.alt.is_empty() { Ok(()) } else { write!(f, " {}", self.alt) }
    }
}

impl FromStr for Shot {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (id, alt) = text.split_once(' ').unwrap_or((text, ""));
        if alt.len() > LONGEST_ALT {
            return Err("the description of a picture is too long");
        }
        let id = Uuid::parse_str(id).map_err(|_| "not an id")?;
        Ok(Self { id, alt: alt.to_owned() })
    }
}

impl TryFrom<String> for Shot {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Shot> for String {
    fn from(shot: Shot) -> Self {
        shot.to_string()
    }
}

/// The pictures of a gallery, each in a line of its own. Before they had descriptions,
/// commas stood between them.
fn shots(text: &str) -> Result<Vec<Shot>, &'static str> {
    let is_bare = !text.contains([' ', '\n']);
    let shots = text.split(if is_bare { ',' } else { '\n' });
    shots.filter(|one| !one.is_empty()).map(str::parse).collect()
}

fn optional(text: &str) -> Result<Option<Uuid>, &'static str> {
    match text {
        "" => Ok(None),
        text => Uuid::parse_str(text).map(Some).map_err(|_| "not an id"),
    }
}

#[cfg(test)]
mod tests;
