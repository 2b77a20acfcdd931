//! The story, in Markdown.

use serde::{Deserialize, Serialize};

use super::{Form, LONGEST_STORY, mark, problem, tidy};
use crate::invalid::Invalid;

/// The section `story`, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    /// See [`Form::version`].
    #[serde(default)]
    pub version: String,
    /// Markdown.
    #[serde(default)]
    pub story: String,
}

impl Form for StoryForm {
    fn version(&self) -> &str {
        &self.version
    }

    fn fields(&mut self) -> Vec<(&'static str, &mut String)> {
        vec![("story", &mut self.story)]
    }
}

impl StoryForm {
    /// The form that shows what is kept.
    #[must_use]
    pub fn of(slug: &str, story: &str) -> Self {
        let form = Self { slug: slug.to_owned(), version: String::new(), story: story.to_owned() };
        Self { version: mark(&form), ..form }
    }

    /// The story as it is kept; it may be empty.
    ///
    /// # Errors
    /// A problem of `story` beyond [`LONGEST_STORY`] bytes.
    pub fn parse(&self) -> Result<String, Invalid> {
        let story = tidy(&self.story);
        if story.len() > LONGEST_STORY as usize {
            return Err(Invalid::field("story", problem::story_too_long(LONGEST_STORY)));
        }
        Ok(story)
    }
}
