//! `/campaigns/{slug}/together`: a page written by several at once, over a WebSocket.
//! What its frames say is `domain::story::frame`; what becomes of them, `backend::story`.

use std::time::Duration;

use app::{error::AppError, http::Ctx};
use axum::{
    Extension,
    extract::{
        FromRequestParts as _, Path, Request, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    response::{IntoResponse as _, Response},
};
use backend::story::{self, Entry, Member};
use bytes::Bytes;
use domain::{
    Locale,
    story::frame::{LARGEST_FRAME, Refused, ToBrowser, ToServer},
    words::story as w,
};
use futures::{SinkExt as _, StreamExt as _, stream::SplitSink};
use tokio::{
    sync::mpsc,
    time::{Instant, interval_at},
};

use super::plain::Manner;
use crate::middleware::origin;

/// How often a silent line is tried, and after how many tries without an answer it is
/// given up.
const HEARTBEAT: Duration = Duration::from_secs(25);
const SILENT: u32 = 3;
/// Most frames of one browser in a second: fast typing is twenty, and what was kept
/// offline comes as one.
const MOST_A_SECOND: u32 = 200;

/// Lets somebody in who may edit the page. Others learn nothing, and another site's page
/// cannot come in somebody's name: unlike other reading, this writes.
pub async fn write(
    Path(slug): Path<String>,
    Extension(ctx): Extension<Ctx>,
    request: Request,
) -> Response {
    let manner = Manner::of(&request, &ctx.backend.options.base_url);
    if !origin::is_ours(request.headers(), &ctx.backend.options.base_url) {
        return manner.refuse(&AppError::Foreign);
    }
    let Some(who) = &ctx.who else { return manner.refuse(&AppError::SignedOut) };
    let (mut parts, _) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(refusal) => return refusal.into_response(),
    };
    let entry = match story::enter(&ctx.backend, who, &slug).await {
        Ok(entry) => entry,
        Err(error) => return manner.refuse(&error.into()),
    };
    upgrade
        .max_message_size(LARGEST_FRAME)
        .max_frame_size(LARGEST_FRAME)
        .on_upgrade(|socket| talk(socket, entry))
}

async fn talk(socket: WebSocket, entry: Entry) {
    let (mut sink, mut stream) = socket.split();
    let (member, mut heard) = match entry {
        Entry::In(member, heard) => (member, heard),
        Entry::Refused(why) => {
            let _ = sink.send(Message::Binary(why)).await;
            close(&mut sink).await;
            return;
        }
    };
    let mut heartbeat = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
    let (mut silent, mut pace) = (0, Pace::default());
    loop {
        tokio::select! {
            bytes = heard.recv() => {
                if !pass_on(&mut sink, bytes, &mut heard).await {
                    break;
                }
            }
            message = stream.next() => {
                silent = 0;
                let Some(Ok(message)) = message else { break };
                if !take(&member, &mut sink, message, &mut pace).await {
                    break;
                }
            }
            _ = heartbeat.tick() => {
                silent += 1;
                if silent > SILENT || sink.send(Message::Ping(Bytes::new())).await.is_err() {
                    break;
                }
            }
        }
    }
    close(&mut sink).await;
}

/// Sends what there is, at once. False where that was the last of it.
async fn pass_on(
    sink: &mut SplitSink<WebSocket, Message>,
    bytes: Option<Bytes>,
    heard: &mut mpsc::Receiver<Bytes>,
) -> bool {
    let mut next = bytes;
    let Some(_) = next else { return false };
    while let Some(bytes) = next {
        if sink.feed(Message::Binary(bytes)).await.is_err() {
            return false;
        }
        next = heard.try_recv().ok();
    }
    sink.flush().await.is_ok()
}

/// Takes what a browser says. False where the line is to be closed.
async fn take(
    member: &Member,
    sink: &mut SplitSink<WebSocket, Message>,
    message: Message,
    pace: &mut Pace,
) -> bool {
    match message {
        Message::Binary(bytes) => {
            if !pace.allows() {
                let say = |locale| w::refused_often(locale).to_owned();
                let why = Refused { counter: 0, en: say(Locale::En), fr: say(Locale::Fr) };
                let frame = ToBrowser::RightsLost(why).encode();
                let _ = sink.send(Message::Binary(frame.into())).await;
                return false;
            }
            match ToServer::decode(&bytes) {
                Some(frame) => member.says(frame).await,
                None => false,
            }
        }
        Message::Text(_) | Message::Close(_) => false,
        Message::Ping(_) | Message::Pong(_) => true,
    }
}

async fn close(sink: &mut SplitSink<WebSocket, Message>) {
    let _ = sink.send(Message::Close(None::<CloseFrame>)).await;
}

/// How many frames came in this second.
#[derive(Default)]
struct Pace {
    since: Option<Instant>,
    count: u32,
}

impl Pace {
    fn allows(&mut self) -> bool {
        let now = Instant::now();
        if self.since.is_none_or(|since| now - since > Duration::from_secs(1)) {
            (self.since, self.count) = (Some(now), 0);
        }
        self.count += 1;
        self.count <= MOST_A_SECOND
    }
}
