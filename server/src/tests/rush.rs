//! Two hundred buyers at once, over real connections, for fifty units.

use std::net::SocketAddr;

use domain::{Locale, Problem};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use super::site::{Site, encoded, pledge};

const UNITS: i64 = 50;
const BUYERS: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_buyers_over_http_get_exactly_fifty_units() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let reward = site.stage.limited(&slug, UNITS).await;
        let address = serve(&site).await;
        let mut buyers = JoinSet::new();
        for number in 0..BUYERS {
            let (choices, email) =
                (format!("reward={reward}"), format!("buyer-{number}@example.org"));
            let body = encoded(&pledge(slug.as_str(), &choices, &email));
            let page = format!("/campaigns/{slug}/pledge?{choices}");
            buyers.spawn(async move { buy(address, &page, &body).await });
        }
        let (mut sold, mut refused) = (Vec::new(), Vec::new());
        while let Some(location) = buyers.join_next().await {
            let location = location.expect("a buyer finished");
            if location.contains("/pledges/") {
                sold.push(location);
            } else {
                refused.push(location);
            }
        }
        assert_eq!((sold.len(), refused.len()), (50, 150));
        sold.sort();
        sold.dedup();
        assert_eq!(sold.len(), 50, "each has a pledge of their own");
        assert_eq!(site.stage.taken(&slug, reward).await, (UNITS, UNITS));
        assert_eq!(site.stage.totals(&slug).await, (UNITS * 1_000, UNITS));
        site.stage.assert_books().await;
        // All the rest are refused for one and the same reason, and are told it on
        // the page they come back to.
        refused.sort();
        refused.dedup();
        assert_eq!(refused.len(), 1, "refused for the stock and nothing else: {refused:#?}");
        let back = refused.first().expect("somebody was late");
        let back = back.split_once("3000").map_or(back.as_str(), |(_, path)| path);
        let page = site.get_with(back, &[("cookie", "locale=fr")]).await;
        assert!(page.text.contains(&Problem::SoldOut.say(Locale::Fr)), "{back}");
    }
}

/// The site on a port of its own.
async fn serve(site: &Site) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("bound");
    let app = site.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// Posts the form over a connection of its own and returns where it leads.
async fn buy(address: SocketAddr, page: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("connected");
    let request = format!(
        "POST /api/fn/pledge/place HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nAccept: text/html\r\n\
         Referer: http://127.0.0.1:3000{page}\r\nOrigin: http://127.0.0.1:3000\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 302"), "{answer}");
    let location = answer.lines().find_map(|line| line.strip_prefix("location: "));
    location.expect("every form leads somewhere").to_owned()
}
