//! A page written together over real sockets: who comes in, what they hear, and what
//! closes the door.

use std::net::SocketAddr;

use domain::{
    Locale,
    slug::Slug,
    story::{
        Place,
        document::Document,
        frame::{ToBrowser, ToServer},
    },
};
use futures::{SinkExt as _, StreamExt as _};
use http::StatusCode;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Error, Message, client::IntoClientRequest as _},
};

use super::site::{BASE, Site};
use crate::listen;

type Socket = WebSocketStream<TcpStream>;

async fn open(site: &Site) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(listen::serve(listener, site.router.clone(), std::future::pending()));
    address
}

async fn connect(
    address: SocketAddr,
    slug: &Slug,
    headers: &[(&'static str, &str)],
) -> Result<Socket, StatusCode> {
    let url = format!("ws://{address}/campaigns/{slug}/together");
    let mut request = url.into_client_request().expect("a request");
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().expect("a header"));
    }
    let stream = TcpStream::connect(address).await.expect("taken");
    match tokio_tungstenite::client_async(request, stream).await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(response)) => Err(response.status()),
        Err(error) => panic!("{error}"),
    }
}

async fn say(socket: &mut Socket, frame: &ToServer) {
    socket.send(Message::Binary(frame.encode().into())).await.expect("sent");
}

/// The next frame; nothing when the line is closed.
async fn hear(socket: &mut Socket) -> Option<ToBrowser> {
    loop {
        match socket.next().await? {
            Ok(Message::Binary(bytes)) => return ToBrowser::decode(&bytes),
            Ok(Message::Ping(_) | Message::Pong(_)) => {}
            Ok(_) | Err(_) => return None,
        }
    }
}

async fn until(socket: &mut Socket, is_it: impl Fn(&ToBrowser) -> bool) -> ToBrowser {
    loop {
        let frame = hear(socket).await.expect("the line is open");
        if is_it(&frame) {
            return frame;
        }
    }
}

async fn joined(socket: &mut Socket, client: u64) -> Document {
    let mut document = Document::new(client, client);
    say(socket, &ToServer::Join(document.state_vector())).await;
    let missing = until(socket, |frame| matches!(frame, ToBrowser::Missing { .. })).await;
    let ToBrowser::Missing { update, .. } = missing else { unreachable!("it was looked for") };
    document.apply(&update).expect("the page");
    document
}

#[tokio::test]
async fn two_browsers_write_one_page_and_see_each_other() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let cookie = site.sign_in("creator").await;
        let address = open(&site).await;
        let ours = [("cookie", cookie.as_str()), ("origin", BASE)];
        let mut one = connect(address, &slug, &ours).await.expect("may edit");
        let mut two = connect(address, &slug, &ours).await.expect("may edit");
        let here = until(&mut one, |frame| matches!(frame, ToBrowser::Here(_))).await;
        assert!(matches!(here, ToBrowser::Here(people) if people.iter().any(|one| one.is_you)));
        until(&mut one, |frame| matches!(frame, ToBrowser::Here(p) if !p[0].is_you)).await;
        let mut document = joined(&mut one, 5).await;
        let mut other = joined(&mut two, 6).await;
        document.splice(Place::Title, 0, 0, &"Now: ".into());
        let update = document.take_local().expect("changed");
        say(&mut one, &ToServer::Update { counter: 7, update }).await;
        until(&mut one, |frame| *frame == ToBrowser::Saved(7)).await;
        let told = until(&mut two, |frame| matches!(frame, ToBrowser::Update(_))).await;
        let ToBrowser::Update(update) = told else { unreachable!("it was looked for") };
        other.apply(&update).expect("an update");
        assert_eq!(other.page().title, "Now: A campaign");
        drop(one);
        until(&mut two, |frame| matches!(frame, ToBrowser::Gone(_))).await;
        site.stage.backend.rooms.close().await;
        until(&mut two, |frame| *frame == ToBrowser::GoingDown).await;
        assert_eq!(hear(&mut two).await, None, "and the line is closed");
    }
}

#[tokio::test]
async fn nobody_comes_in_who_may_not() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let (creator, stranger) = (site.sign_in("creator").await, site.sign_in("eve").await);
    let address = open(&site).await;
    for (headers, status) in [
        (&[][..], StatusCode::UNAUTHORIZED),
        (&[("cookie", stranger.as_str())], StatusCode::NOT_FOUND),
        (&[("cookie", &creator), ("origin", "https://evil.example")], StatusCode::FORBIDDEN),
        (&[("cookie", &creator), ("sec-fetch-site", "cross-site")], StatusCode::FORBIDDEN),
    ] {
        let refused = connect(address, &slug, headers).await;
        assert_eq!(refused.err(), Some(status), "{headers:?}");
    }
    let nowhere = Slug::parse("no-such-campaign").expect("a slug");
    let refused = connect(address, &nowhere, &[("cookie", &creator)]).await;
    assert_eq!(refused.err(), Some(StatusCode::NOT_FOUND));
    assert_eq!(
        site.get(&format!("/campaigns/{slug}/together")).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn whoever_says_nonsense_or_too_much_is_let_go() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let cookie = site.sign_in("creator").await;
    let address = open(&site).await;
    let nonsense = [
        Message::Text("hello".into()),
        Message::Binary(vec![200].into()),
        Message::Binary(Vec::new().into()),
        Message::Binary(vec![1; 600 * 1024].into()),
    ];
    for message in nonsense {
        let mut socket = connect(address, &slug, &[("cookie", &cookie)]).await.expect("in");
        let _ = socket.send(message).await;
        while hear(&mut socket).await.is_some() {}
    }
    let mut socket = connect(address, &slug, &[("cookie", &cookie)]).await.expect("in");
    for _ in 0..400 {
        let frame = ToServer::Presence(domain::story::frame::Presence::default()).encode();
        if socket.send(Message::Binary(frame.into())).await.is_err() {
            break;
        }
    }
    let mut last = None;
    while let Some(frame) = hear(&mut socket).await {
        last = Some(frame);
    }
    let Some(ToBrowser::RightsLost(why)) = last else { panic!("nobody said why: {last:?}") };
    assert_eq!(why.say(Locale::En), "Too many changes at once.");
}
