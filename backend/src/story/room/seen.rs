//! Pages as somebody looked at them. Whoever publishes means what they read, and not the
//! half sentence that another one has begun since. They are kept as long as the room is;
//! afterwards a page that is another by then has to be looked at once more.

use domain::{
    id::AccountId,
    story::{
        Page,
        view::{self, Seen},
    },
};

use super::Room;
use crate::{error::Result, story::store};

/// Pages that somebody looked at last, of which each can still be published.
const MOST_SEEN: usize = 16;

impl Room {
    pub(super) async fn publish(
        &mut self,
        account: AccountId,
        seen: Option<Seen>,
        version_read: Option<i64>,
    ) -> Result<i64> {
        let page = match &seen {
            // What others typed since is theirs to publish.
            Some(seen) => self.recall(&seen.mark).ok_or_else(store::changed_since)?,
            None => self.store.document.page(),
        };
        self.store.publish(&self.backend, account, &page, version_read).await
    }

    /// Keeps a page that somebody looks at, for when they want that one published.
    pub(super) fn remember(&mut self, page: &Page) {
        let mark = view::mark(page);
        self.seen.retain(|(known, _)| *known != mark);
        self.seen.push_back((mark, page.clone()));
        if self.seen.len() > MOST_SEEN {
            self.seen.pop_front();
        }
    }

    /// The page of this mark: what is written now, or what was looked at a while ago.
    pub(super) fn recall(&self, mark: &str) -> Option<Page> {
        let page = self.store.document.page();
        if view::mark(&page) == mark {
            return Some(page);
        }
        self.seen.iter().find(|(known, _)| known == mark).map(|(_, page)| page.clone())
    }
}
