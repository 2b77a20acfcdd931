//! Requests that are sent again, because nobody knows whether the first one
//! arrived: what comes under the same key is carried out once.

use serde::Serialize;

use super::command::Once;
use crate::{error::Result, secret};

/// How a request that is sent again is known: what comes under the same key is
/// carried out once. Empty where nobody sends it again.
#[derive(Debug, Clone, Copy, Default)]
pub struct Repeat<'a> {
    pub key: &'a str,
    /// What was asked, as it was written; under one key it has to be the same.
    pub asked: &'a str,
}

/// A key with the way it came; still empty for none.
#[must_use]
pub fn marked(way: &str, key: &str) -> String {
    if key.is_empty() { String::new() } else { format!("{way}:{key}") }
}

/// What makes a request safe to send again, unless its key is empty.
pub(crate) fn once(key: &str, asked: &impl Serialize) -> Result<Option<Once>> {
    if key.is_empty() {
        return Ok(None);
    }
    let fingerprint = secret::hashed(&serde_json::to_string(asked)?);
    Ok(Some(Once { key: secret::hashed(key), fingerprint }))
}
