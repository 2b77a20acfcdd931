//! What is typed without a connection, kept in the browser until the server has it.
//!
//! In `localStorage` and not in a database of the browser's: writing there is done
//! when the call returns, so that a tab that is closed in the next moment has kept
//! it. What waits is small; where there is no room for it, the page says so and
//! asks before it is closed.

use domain::id::CampaignId;
use leptos::prelude::window;
use web_sys::Storage;

/// Whose edits, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// What begins the names of all tabs of this person on this campaign.
    all: String,
    /// This tab's name among them.
    own: String,
}

/// What a tab has kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub changes: u32,
    pub update: Vec<u8>,
    name: String,
    text: String,
}

impl Shelf {
    /// Of one account on one campaign, in the tab with this number.
    #[must_use]
    pub fn new(campaign: CampaignId, account: &str, tab: u64) -> Self {
        // By its id: an address may become another one, and another campaign's.
        let all = format!("story/{account}/{campaign}/");
        Self { own: format!("{all}{tab:x}"), all }
    }

    /// Keeps what waits in this tab. `false` when the browser has no room.
    #[must_use]
    pub fn keep(&self, changes: u32, update: &[u8]) -> bool {
        let Some(storage) = storage() else { return false };
        let Some(text) = write(changes, update) else { return false };
        storage.set_item(&self.own, &text).is_ok()
    }

    /// Forgets what waited in this tab.
    pub fn clear(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.own);
        }
    }

    /// What tabs before this one have left.
    #[must_use]
    pub fn left(&self) -> Vec<Kept> {
        let Some(storage) = storage() else { return Vec::new() };
        let names = (0..storage.length().unwrap_or_default())
            .filter_map(|at| storage.key(at).ok().flatten())
            .filter(|name| name.starts_with(&self.all) && *name != self.own);
        names
            .filter_map(|name| {
                let text = storage.get_item(&name).ok().flatten()?;
                let (changes, update) = read(&text)?;
                Some(Kept { changes, update, name, text })
            })
            .collect()
    }
}

impl Kept {
    /// Forgets it, unless its tab is still open and has gone on.
    pub fn clear(&self) {
        if let Some(storage) = storage()
            && storage.get_item(&self.name).ok().flatten().as_ref() == Some(&self.text)
        {
            let _ = storage.remove_item(&self.name);
        }
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn write(changes: u32, update: &[u8]) -> Option<String> {
    let bytes: String = update.iter().map(|byte| char::from(*byte)).collect();
    Some(format!("{changes} {}", window().btoa(&bytes).ok()?))
}

fn read(text: &str) -> Option<(u32, Vec<u8>)> {
    let (changes, update) = text.split_once(' ')?;
    let bytes = window().atob(update).ok()?;
    let bytes = bytes.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect::<Option<_>>()?;
    Some((changes.parse().ok()?, bytes))
}
