//! Somebody who writes a page, with a browser that says and hears frames.

use std::time::Duration;

use backend::{
    Backend,
    account::Who,
    story::{self, Entry, Member},
};
use bytes::Bytes;
use domain::{
    Locale,
    account::Role,
    slug::Slug,
    story::{
        BlockId, Place,
        document::Document,
        frame::{ToBrowser, ToServer},
    },
};
use tokio::{sync::mpsc, time::timeout};

use crate::stage::{Stage, email};

const SOON: Duration = Duration::from_secs(10);

pub struct Writer {
    pub member: Member,
    pub document: Document,
    heard: mpsc::Receiver<Bytes>,
    counter: u32,
}

impl Writer {
    /// Comes in with a number of their own and fetches the page.
    pub async fn of(backend: &Backend, who: &Who, slug: &Slug, client: u64) -> Self {
        let entry = story::enter(backend, who, slug.as_str()).await.expect("may edit");
        let Entry::In(member, heard) = entry else { panic!("nobody was let in") };
        let document = Document::with_undo(client, client << 32);
        let mut writer = Self { member, document, heard, counter: 0 };
        writer.join().await;
        writer
    }

    pub async fn join(&mut self) {
        self.member.says(ToServer::Join(self.document.state_vector())).await;
        self.until(|frame| matches!(frame, ToBrowser::Missing { .. })).await;
    }

    /// Hears the next frame, and does what it says.
    pub async fn hear(&mut self) -> ToBrowser {
        let bytes = timeout(SOON, self.heard.recv()).await.expect("something comes soon");
        let frame = ToBrowser::decode(&bytes.expect("the line is open")).expect("a frame");
        if let ToBrowser::Missing { update, .. } | ToBrowser::Update(update) = &frame {
            self.document.apply(update).expect("what the server sends is an update");
        }
        frame
    }

    pub async fn until(&mut self, is_it: impl Fn(&ToBrowser) -> bool) -> ToBrowser {
        loop {
            let frame = self.hear().await;
            if is_it(&frame) {
                return frame;
            }
        }
    }

    /// Sends what was changed; does not wait.
    pub async fn send(&mut self) -> u32 {
        let update = self.document.take_local().expect("something was changed");
        self.say(update).await
    }

    pub async fn say(&mut self, update: Vec<u8>) -> u32 {
        self.counter += 1;
        self.member.says(ToServer::Update { counter: self.counter, update }).await;
        self.counter
    }

    /// Sends what was changed, and waits until it is saved.
    pub async fn save(&mut self) {
        let counter = self.send().await;
        self.until(|frame| *frame == ToBrowser::Saved(counter)).await;
    }

    /// Types at the beginning of a block.
    pub fn types(&mut self, block: BlockId, text: &str) {
        self.document.splice(Place::Block(block), 0, 0, &text.into());
    }

    pub fn first(&self) -> BlockId {
        self.document.order()[0]
    }

    pub fn texts(&self) -> Vec<String> {
        self.document.page().story.iter().map(|block| block.text.text()).collect()
    }
}

/// Whoever runs the campaigns that a stage makes.
pub async fn creator(stage: &Stage) -> Who {
    Who {
        account: stage.account("creator").await,
        session: None,
        name: "Ada".into(),
        email: email("creator"),
        role: Role::Member,
        locale: Locale::En,
    }
}
